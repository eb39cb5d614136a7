#!/bin/sh
# pilote check.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
ls -l "$tiny" >"$scratch/before"
run 0 check "$tiny" && out_has "households: 4" && out_has "no faults" && [ ! -s "$scratch/err" ]
tell "an operation without faults is said to be so" $?
ls -l "$tiny" | cmp -s - "$scratch/before"
tell "nothing is written" $?
run 0 check "$root/examples/pinsons" && out_has "60"
tell "the big example has no faults" $?
run 0 check "$tiny" --verbose && err_has "as of 2026-09-04" && run 0 check "$tiny" -v \
    --as-of 2026-09-03 && err_has "as of 2026-09-03"
tell "--as-of wins over operation.json" $?

run 3 check "$scratch/missing" && out_has "no such folder" && out_has "missing"
tell "a missing folder is a faulty input" $?
run 3 check "$tiny/homes.csv" && out_has "no folder"
tell "a file instead of a folder is a faulty input" $?

sed -i 's/^A2,/A1,/' "$tiny/households.csv"
echo 'T9,,many,no,,' >>"$tiny/homes.csv"
run 3 check "$tiny" && out_has "households.csv:3:" && out_has "homes.csv:3:" && out_has "'many'" &&
    ! out_has "no faults"
tell "all faults of all files are told in one run" $?

tiny=$(operation tiny)
sed -i 's/^A1,\(.*\),full,3,/A1,\1,full,9,/' "$tiny/households.csv"
run 3 check "$tiny" && out_has "A1" && out_has "households.csv:2:"
tell "a household that can never be planned is told" $?
run 3 check "$tiny" --quiet && out_has "A1"
tell "--quiet still tells what must be corrected" $?

tiny=$(operation tiny)
sed -i '/^A2,/d' "$tiny/availability.csv"
echo 'A2,mon-fri,09:00,09:05,available' >>"$tiny/availability.csv"
run 3 check "$tiny" && out_has "households.csv:3:" && out_has "windows leave no time" &&
    ! out_has "A1"
tell "a tenant without a usable window is told" $?

tiny=$(operation tiny)
sed -i 's/2026-\([01][0-9]\)-\([0-3][0-9]\)/2031-\1-\2/' "$tiny/deliveries.csv"
run 3 check "$tiny" && out_has "is delivered too late"
tell "a delivery that comes too late is told" $?

tiny=$(operation tiny)
sed -i 's/"end": "[0-9-]*"/"end": "2026-09-20"/' "$tiny/operation.json"
run 3 check "$tiny" && out_has "horizon"
tell "a horizon that is too short is told" $?
run 1 plan "$tiny" -o "$scratch/plan" -t 2 && out_has "horizon" &&
    grep -q '"reasons"' "$scratch/plan/plan.json"
tell "the summary and the plan say why a household is not planned" $?

"$PILOTE" check "$tiny" >/dev/full 2>"$scratch/err"
[ $? -eq 4 ]
tell "a full disk behind stdout is told" $?
finish
