#!/bin/sh
# pilote plan --write-mps.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run 0 plan "$tiny" --write-mps "$scratch/tiny.mps" && tail -n 1 "$scratch/tiny.mps" | grep -q '^ENDATA'
tell "the program is written whole" $?
[ ! -e "$tiny/plan" ]
tell "nothing is planned" $?
grep -q 'unplanned_0' "$scratch/tiny.mps" && grep -q 'evening_' "$scratch/tiny.mps"
tell "its columns have the names that the documentation gives" $?
run 4 plan "$tiny" --write-mps "$scratch/missing/tiny.mps" && err_has "could not be written"
tell "a file that cannot be written is told" $?
run 4 plan "$tiny" --write-mps /dev/full
tell "a device is not replaced" $?
ls -A "$scratch" | grep -q part
[ $? -ne 0 ]
tell "no half file is left" $?
if command -v glpsol >/dev/null; then
    glpsol --freemps "$scratch/tiny.mps" --tmlim 60 -o "$scratch/solution" >"$scratch/out" 2>&1
    optimum=$(sed -n 's/^Objective: .* = \([0-9]*\) .*/\1/p' "$scratch/solution")
    run "0|1" plan "$tiny" -o "$scratch/plan" -t 10 --json &&
        total=$(sed -n 's/.*"total": *\([0-9]*\).*/\1/p' "$scratch/plan/plan.json" | head -n 1) &&
        [ "$total" -ge "$optimum" ] && [ "$total" -le $((optimum + optimum / 20)) ]
    tell "another solver finds about what the plan costs" $?
fi
finish
