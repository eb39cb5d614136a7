#!/bin/sh
# pilote tolerance: how late each delivery may come.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run 0 plan "$tiny" -q -t 1
run 0 tolerance "$tiny" -q -j 1 && out_has "most dangerous first" && out_has "K1         kitchen" &&
    out_has "Kitchen Fitters" && awk 'length > 82 { exit 1 }' "$scratch/out"
tell "deliveries and crews stand in two tables" $?
run 0 tolerance "$tiny" -q --json -j 1 && cp "$scratch/out" "$scratch/one" &&
    run 0 tolerance "$tiny" -q --json -j 2 && cmp -s "$scratch/out" "$scratch/one"
tell "two workers say the same as one" $?
python3 - "$scratch/out" >"$scratch/limits" <<'END'
import json, sys
answer = json.load(open(sys.argv[1]))
assert [d["weeks"][3] for d in answer["deliveries"]] == sorted(
    (d["weeks"][3] for d in answer["deliveries"]), reverse=True)
for d in answer["deliveries"]:
    assert d["weeks"] == sorted(d["weeks"])
    if d["stands"] is not None:
        print(d["delivery"], d["stands"])
for crew in answer["crews"]:
    assert 0 <= crew["standing"] <= crew["weeks"] and crew["cost"] >= 0
END
tell "the most dangerous comes first" $?
good=0
while read -r delivery days; do
    if [ "$days" -gt 0 ]; then
        run 0 whatif "$tiny" -q --slip "$delivery:+${days}d" && out_has "every date stays" || good=1
    fi
    run "0|1" whatif "$tiny" -q --slip "$delivery:+$((days + 1))d" && ! out_has "every date stays" || good=1
done <"$scratch/limits"
[ -s "$scratch/limits" ] || good=1
tell "on both sides of every edge whatif says the same" "$good"
run 0 tolerance "$tiny" -q --csv && [ "$(head -1 "$scratch/out" | tr -d '\r')" = \
    "kind,id,item,supplier,date,stands,promises,returns,cost_week_1,cost_week_2,cost_week_3,cost_week_4" ] &&
    [ "$(grep -c ^delivery, "$scratch/out")" -eq 3 ]
tell "spreadsheets get a table" $?
run 3 tolerance "$scratch/none" && err_has "there is no such folder"
tell "a folder that is not there is told" $?
finish
