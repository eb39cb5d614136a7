#!/bin/sh
# Generated operations are valid, the same for the same seed, and different for another.
set -u
generate=$(dirname "$PILOTE")/bench/generate
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# expect <sentence> <command...>: one test.
expect() {
    sentence=$1
    shift
    if "$@" >"$folder/said" 2>&1; then
        echo "ok $sentence"
    else
        echo "not ok $sentence"
        sed 's/^/    /' "$folder/said"
    fi
}

fails() {
    ! "$@"
}

# Makes an operation and reads it; warnings count as well.
reads_cleanly() {
    rm -rf "$folder/op"
    "$generate" --quiet "$@" "$folder/op" && "$PILOTE" check "$folder/op" >"$folder/check" 2>&1 ||
        { cat "$folder/check"; return 1; }
    ! grep -iE 'warning|avertissement' "$folder/check"
}

expect "the smallest operation is valid" reads_cleanly --households 4
expect "sixty households are valid" reads_cleanly --households 60 --seed 2 --progress
expect "hostile texts are valid" reads_cleanly --households 300 --seed 3 --hostile --progress --general
expect "a tight operation is valid" reads_cleanly --households 60 --tightness 1
expect "five thousand households are valid" reads_cleanly --households 5000 --progress
expect "a project is valid" reads_cleanly --projects 1 --tasks 120
expect "projects with maximum lags are valid" reads_cleanly --projects 20 --maxima 30 --strength 0

"$generate" -q -n 90 -s 7 --progress --hostile "$folder/a"
"$generate" -q -n 90 -s 7 --progress --hostile "$folder/b"
"$generate" -q -n 90 -s 8 --progress --hostile "$folder/c"
"$generate" -p 3 -s 7 --maxima 20 "$folder/p"
"$generate" -p 3 -s 7 --maxima 20 "$folder/q"
expect "the same seed gives the same projects" diff -r "$folder/p" "$folder/q"
expect "the same seed gives the same bytes" diff -r "$folder/a" "$folder/b"
expect "another seed gives another operation" fails cmp -s "$folder/a/households.csv" "$folder/c/households.csv"
expect "hostile texts hold formulas" grep -q ',=cmd' "$folder/a/households.csv"
expect "progress holds promises" grep -q ',announced,' "$folder/a/progress.csv"

for arguments in "" "--households 3 $folder/d" "--households 5001 $folder/d" "--tightness 2 $folder/d" \
    "--projects 1 --tasks 2 $folder/d" "--projects 101 $folder/d" "--projects 2 --strength 2 $folder/d" \
    "--unknown $folder/d"; do
    # shellcheck disable=SC2086 # several words
    expect "refused: generate $(echo "$arguments" | sed "s|$folder|FOLDER|")" fails "$generate" $arguments
done
expect "nothing was written for refused arguments" fails test -e "$folder/d"
