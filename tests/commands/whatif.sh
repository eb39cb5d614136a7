#!/bin/sh
# pilote whatif: scenarios beside the plan.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run 0 plan "$tiny" -q -t 1
cp -r "$tiny" "$scratch/before"

run 0 whatif "$tiny" -q --slip K1:+10d --slip "kitchen:2026-11-16" &&
    out_has "  1  K1:+10d" && out_has "  2  kitchen:2026-11-16" && out_has "Households planned" &&
    out_has "because of deliveries.csv:2: K1: date 2026-10-29, before: 2026-10-19" &&
    out_has "To call or visit" && [ ! -s "$scratch/err" ]
tell "slips stand side by side, each with its changes, causes and calls" $?
awk 'length > 80 { exit 1 }' "$scratch/out"
tell "the table fits a terminal of 80 columns" $?
diff -r "$tiny" "$scratch/before" >"$scratch/err"
tell "nothing is written" $?

set --
for file in "$root"/scenarios/examples/*.json; do set -- "$@" --scenario "$file"; done
run 0 whatif "$tiny" -q --csv "$@" -j 1 && cp "$scratch/out" "$scratch/one.csv" &&
    [ "$(wc -l <"$scratch/one.csv")" -eq $(($# / 2 + 2)) ] && ! grep -q ',$' "$scratch/one.csv"
tell "every example scenario is answered" $?
run 0 whatif "$tiny" -q --csv "$@" -j 2 && cmp -s "$scratch/out" "$scratch/one.csv"
tell "two workers say the same as one" $?
run 0 whatif "$tiny" -q --json "$@" && [ "$(wc -l <"$scratch/out")" -eq 1 ] &&
    python3 - "$scratch/out" <<'END'
import json, sys
answer = json.load(open(sys.argv[1]))
total = answer["plan"]["total"]
assert answer["plan"]["moved"] == 0 and sum(answer["plan"]["parts"].values()) == total
by_name = {entry["name"]: entry for entry in answer["scenarios"]}
never = by_name["The reserved kitchen never comes"]
assert never["unplanned"] == ["A2"], never["unplanned"]
assert never["figures"]["planned"] == 3
assert by_name["5 Wren Row joins, with a new bathroom"]["figures"]["households"] == 5
late = by_name["The kitchen of the common stock comes ten days late"]
assert late["displaced"] == 1 and late["figures"]["moved"] > 0
assert any(change["cause"]["kind"] == "forced" for change in late["changes"])
for entry in answer["scenarios"]:
    figures = entry["figures"]
    assert sum(figures["parts"].values()) == figures["total"], entry["name"]
    assert "calls" in entry and "broken_promises" in entry
    assert 0 < figures["bound"] <= figures["total"], entry["name"]
    changed = {(change["household"], change.get("task")) for change in entry["changes"]}
    for call in entry["calls"]:
        for topic in call["topics"]:
            assert (call["household"], topic["task"]) in changed, (entry["name"], call)
assert 0 < answer["plan"]["bound"] <= total
assert not late["calls"]
assert any(entry["calls"] for entry in answer["scenarios"])
END
tell "programs get all figures, changes and calls" $?

run 0 whatif "$tiny" -q --slip K2:+1d && out_has "every date stays as it is"
tell "a slip that harms nobody says so" $?
echo "A3,electrical,confirmed,2026-10-14,,," >>"$tiny/progress.csv"
run 0 whatif "$tiny" -q --scenario "$root/scenarios/examples/member-closed.json" --slip K1:+3d
tell "promises of today are taken into account" $?

# The plan is older than the files: it is put right first.
run 0 whatif "$tiny" --slip K1:+1d --as-of 2026-09-20 && err_has "planned again first"
tell "a plan that no longer fits is planned again first" $?
rm -r "$tiny/plan"
run 0 whatif "$tiny" --slip K1:+1d -t 1 && err_has "there is no plan yet" && [ ! -e "$tiny/plan" ]
tell "without a plan one is made, and not written" $?

# Some seconds of work, of which the first part is let finish.
pinsons=$(operation pinsons)
run "0|1" plan "$pinsons" -q --rounds 2
set --
for i in 01 02 03 04 05 06 07 08 09; do set -- "$@" --slip "C$i:never"; done
"$PILOTE" whatif "$pinsons" -j 1 --csv "$@" >"$scratch/out" 2>"$scratch/err" &
pid=$!
working() { [ -n "$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)" ]; }
wait_until 60 working && kill -INT "$pid"
code=0
wait "$pid" || code=$?
[ "$code" -eq 1 ] && err_has "interrompu" && [ "$(wc -l <"$scratch/out")" -eq 11 ] &&
    tail -n 1 "$scratch/out" | grep -q "^C09:never.$"
tell "Ctrl-C tells what is done" $?

cat >"$scratch/wrong.json" <<'END'
{"name": "Wrong",
 "changes": [
   {"delivery": "K9", "slip_days": 10},
   {"resource": "janet", "closed": true}]}
END
run 3 whatif "$tiny" -q --scenario "$scratch/wrong.json" --slip K0:+1d &&
    err_has "wrong.json:3: key 'changes[0].delivery'" &&
    err_has "wrong.json:4: key 'changes[1].resource': got 'janet'" &&
    err_has "did you mean 'jane'?" && err_has "--slip: got 'K0'" && [ ! -s "$scratch/out" ]
tell "faults of scenarios are told all at once, with line and path" $?
run 3 whatif "$tiny" -q --scenario "$scratch/none.json" && err_has "none.json"
tell "a file that is not there is told" $?
run 2 whatif "$tiny" && err_has "needs to be told what happens, like --slip="
tell "a question is needed" $?
run 2 whatif "$tiny" --slip K1:+1d --csv --json && err_has "exclude each other"
tell "one form at a time" $?
finish
