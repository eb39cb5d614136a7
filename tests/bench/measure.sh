#!/bin/sh
# bench/run measures an operation; skipped where there is no Python 3.
. "$(dirname "$0")/common"

"$root/bench/run" --build "$build" --sizes 4 --seconds 1,5 --seeds 1 --out "$folder/out" >"$folder/said" 2>&1
tell "an operation is measured and its plan verifies" $?
[ "$(grep -c '^4,1,' "$folder/out/measures.csv")" -eq 2 ]
tell "there is a row for each time looked at" $?
tail -n 1 "$folder/out/measures.csv" | grep -Eq '^4,1,5.0,[0-9.]+,[0-9]+,[0-9]*,[0-9.e-]*,[0-9]+,[0-9.]+,[0-9]+,yes$'
tell "it has total, time and memory" $?
grep -q '^4,1,.*,plan,first plan,' "$folder/out/courses.csv"
tell "the course of the search is kept" $?
grep -q '^| 4 | ' "$folder/out/measures.md"
tell "the table is in Markdown" $?
