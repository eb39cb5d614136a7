#!/bin/sh
# bench/whatif measures an operation; skipped where there is no Python 3.
. "$(dirname "$0")/common"

"$root/bench/whatif" --build "$build" --sizes 4 --seconds 1 --out "$folder" >"$folder/said" 2>&1 &&
    grep -q '"planned": "4/4"' "$folder/said" && [ "$(wc -l <"$folder/whatif.csv")" -eq 2 ]
tell "a slip is compared with planning from nothing" $?
