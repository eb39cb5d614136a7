#!/bin/sh
# pilote verify.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run "0|1" plan "$tiny" --time-limit 1
tell "there is a plan to verify" $?
plan=$tiny/plan/plan.json

run "0|1" verify "$tiny" "$plan" && out_has "keeps all rules" && [ ! -s "$scratch/err" ]
tell "a plan of ours keeps all rules" $?
run "0|1" verify "$tiny" "$plan" --json && out_has '"valid":true' &&
    [ "$(wc -l <"$scratch/out")" -eq 1 ]
tell "--json gives one line" $?

# A1's move out on a Sunday.
sed 's/"task": *"move_out", *"start": *"[0-9-]*", *"finish": *"[0-9-]*"/"task":"move_out","start":"2026-10-25","finish":"2026-10-25"/' \
    "$plan" >"$scratch/sunday.json"
! cmp -s "$plan" "$scratch/sunday.json" && run 3 verify "$tiny" "$scratch/sunday.json" &&
    out_has "C3:" && out_has "breaks the rules"
tell "a plan that breaks rules is refused, and they are named" $?
run 3 verify "$tiny" "$scratch/sunday.json" --json && out_has '"valid":false' &&
    out_has '"constraint":"C3"'
tell "violations are in the JSON" $?
sed 's/"total": *[0-9]*/"total": 1/' "$plan" >"$scratch/cheap.json"
run 3 verify "$tiny" "$scratch/cheap.json" && { out_has "objective" || err_has "objective"; }
tell "a wrong total is not accepted" $?

run "0|1|3" verify "$tiny" "$plan" --as-of 2026-09-03 && err_has "made as of 2026-09-04" &&
    err_has "judged as of 2026-09-03"
tell "judging by another day than the plan's is told" $?

run 3 verify "$tiny" "$scratch/missing.json" && err_has "missing.json" && [ ! -s "$scratch/out" ]
tell "a missing plan is a faulty input" $?
head -c 200 "$plan" >"$scratch/half.json"
run 3 verify "$tiny" "$scratch/half.json" && err_has "half.json" && [ ! -s "$scratch/out" ]
tell "half a plan is a faulty input" $?
sed 's/"A1"/"Z9"/' "$plan" >"$scratch/other.json"
run 3 verify "$tiny" "$scratch/other.json" && err_has "Z9"
tell "a plan of another operation is a faulty input" $?
finish
