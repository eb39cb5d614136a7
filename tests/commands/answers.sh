#!/bin/sh
# pilote offer and pilote explain: answers on the doorstep.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run 3 offer "$tiny" A2 visit && err_has "plan.json"
tell "without a plan there is nothing to offer from" $?
run "0|1" plan "$tiny" -q --rounds 2

run 0 offer "$tiny" A2 visit --count 3 && out_has "  1. " && out_has "moves nobody else" &&
    [ "$(grep -c '^  [0-9]*\. ' "$scratch/out")" -eq 3 ]
tell "there are as many offers as asked for" $?
run 0 offer "$tiny" A2 visit --from 2026-09-21 --until 2026-09-25 --json &&
    [ "$(grep -o '"start":"2026-09-2[1-5]T' "$scratch/out" | wc -l)" -ge 3 ] &&
    [ "$(grep -o '"late":false' "$scratch/out" | wc -l)" -ge 3 ]
tell "offers lie in the days asked for, in JSON too" $?
run 0 offer "$tiny" A4 visit --late --language fr && out_has "ne déplace personne" && out_has ":00"
tell "evenings alone, in French" $?
run 1 offer "$tiny" A1 keys_out --late && out_has "no date can be offered"
tell "who never receives in the evening has no evening to be offered" $?

# Offers are taken on the telephone and noted; the next plan keeps all of them.
cp "$tiny/plan/plan.json" "$scratch/old.json"
for household in A2 A4; do
    run 0 offer "$tiny" $household visit --count 4 --json
    start=$(grep -o '"start":"[0-9T:-]*"' "$scratch/out" | sed -n 's/.*"start":"\(.*\)"/\1/;4p')
    run 0 record "$tiny" $household visit confirmed --start "$start"
    tell "$household takes the fourth offer, $start" $?
done
run 0 plan "$tiny" -q --rounds 2 --previous "$scratch/old.json" --json &&
    out_has '"broken_promises":[]'
tell "no promise is broken by the next plan" $?

# The same on an estate of sixty, one offer after the other before all is planned again.
pinsons=$(operation pinsons)
run "0|1" plan "$pinsons" -q -t 0
kept=0
for household in H004 H011 H023 H037; do
    run 0 offer "$pinsons" "$household" visit --count 3 --json || kept=1
    start=$(grep -o '"start":"[0-9T:-]*"' "$scratch/out" | sed -n 's/.*"start":"\(.*\)"/\1/;3p')
    run 0 record "$pinsons" "$household" visit confirmed --start "$start" || kept=1
done
run "0|1" plan "$pinsons" -q -t 0 --json --previous "$pinsons/plan/plan.json" &&
    out_has '"broken_promises":[]' && [ "$kept" -eq 0 ]
tell "on an estate of sixty, too" $?

run 2 offer "$tiny" A1 visit && err_has "done or under way"
tell "what is done is not offered" $?
run 2 offer "$tiny" A9 visit && err_has "did you mean" && run 2 offer "$tiny" A2 && err_has "TASK" &&
    run 2 offer "$tiny" A2 visit --count 0 && err_has "1 to 30"
tell "wrong words are told" $?

# A date of the pilot's came free.
run "0|1" offer "$tiny" --freed jane "2026-09-08 10:00" && out_has "A3 Joan and Peter Hill" &&
    run "0|1" offer "$tiny" --freed jane "2026-09-08 10:00" --json && out_has '"holder":{"household":"A3"'
tell "whose date it was is known" $?
run 2 offer "$tiny" --freed jane 2026-09-08 && err_has "the time is missing" &&
    run 2 offer "$tiny" --freed jane yesterday && err_has "START" &&
    run 2 offer "$tiny" --freed jone "2026-09-08 10:00" && err_has "did you mean 'jane'"
tell "so are a date and a member that are none" $?

run 0 explain "$tiny" A1 && out_has "Move back home" && out_has "because:" && out_has "What decides it"
tell "a return is explained, with the chain that decides it" $?
run 0 explain "$tiny" A1 --json && out_has '"chain":[{"task":"keys_out"' && out_has '"reasons":[{"code":' &&
    [ "$(wc -l <"$scratch/out")" -eq 1 ]
tell "programs get codes" $?
run 0 explain "$tiny" A2 move_out --language fr && out_has "parce que"
tell "one task is explained, in French" $?
run 2 explain "$tiny" A1 visit && err_has "done or under way"
tell "what is done needs no explanation" $?

run 0 explain "$tiny" && out_has "holds the operation up" && out_has "planned again with it" &&
    run 0 explain "$tiny" --json && out_has '"bottlenecks":[{"code":' && out_has '"gain":'
tell "what holds everything up is told, and tried" $?

# The kitchens never come: whoever needs one has no dates, and that is why.
sed -i 's/2026-\([01][0-9]\)-\([0-3][0-9]\)/2031-\1-\2/' "$tiny/deliveries.csv"
run 1 plan "$tiny" -q --rounds 1
run 0 explain "$tiny" A1 && out_has "cannot be planned" && out_has "too little of 'kitchen'" &&
    run 0 explain "$tiny" A1 --json && out_has '"code":"delivery","item":"kitchen"'
tell "a household without dates has its reasons, and what would let it in" $?
day=$(sed -n 's/.*"more":1,"from":"\([0-9-]*\)".*/\1/p' "$scratch/out")
echo "K9,kitchen,1,$day,A1,Kitchens Direct,promised" >>"$tiny/deliveries.csv"
run "0|1" plan "$tiny" -q --rounds 1
run 0 explain "$tiny" A1 && out_has "What decides it"
tell "with that it has dates" $?

# A plan that the files have left behind.
sed -i 's/^jane,/june,/' "$tiny/resources.csv"
sed -i 's/,jane,/,june,/' "$tiny/progress.csv"
run 3 offer "$tiny" A2 keys_out
tell "a plan that does not fit the files any more is refused" $?
finish
