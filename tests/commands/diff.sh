#!/bin/sh
# pilote diff: two plans compared, from their files alone; and what plan says of changes.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run "0|1" plan "$tiny" -q --rounds 2
cp "$tiny/plan/plan.json" "$scratch/old.json"
run 0 diff "$scratch/old.json" "$scratch/old.json" && out_has "none" && out_has "A2 Samuel Okoro, tel."
tell "the same plan has no changes, and still somebody to call" $?

# Someone who has confirmed goes away.
echo "A3,2026-09-08,,,absent" >>"$tiny/availability.csv"
run 1 plan "$tiny" -q --rounds 2 --previous "$scratch/old.json"
head -3 "$scratch/out" | grep -q "Confirmed dates that cannot be kept" &&
    out_has "when the tenant is absent" && out_has "to offer: " && out_has "availability.csv:7: new:"
tell "a broken promise comes first, with why and what to offer" $?
[ "$(sed -n '/to offer/,/^$/p' "$scratch/out" | grep -o '2026-[0-9-]* [0-9:]*' | sort -u | wc -l)" -ge 3 ]
tell "there are three dates to offer at least" $?
grep -q ",visit,.*moved from 2026-09-08 10:00,\"because of availability.csv:7" "$tiny/plan/calendar.csv"
tell "calendar.csv has the change and its cause" $?
cmp -s "$scratch/old.json" "$tiny/plan/previous.json"
tell "the old plan is kept beside the new one" $?

rm -rf "$scratch/moved" && mkdir "$scratch/moved" && mv "$tiny/plan" "$scratch/moved/"
run 0 diff "$scratch/moved/plan/previous.json" "$scratch/moved/plan/plan.json" &&
    out_has "moved from Tue 2026-09-08 10:00" && out_has "because of availability.csv:7"
tell "the files of the plans are enough" $?
sed -n '/To call/,$p' "$scratch/out" | grep -q "1. A3 Joan and Peter Hill, tel. 01632 960 013"
tell "whoever is disappointed is called first" $?
run 0 diff "$scratch/moved/plan/previous.json" "$scratch/moved/plan/plan.json" --json &&
    [ "$(wc -l <"$scratch/out")" -eq 1 ] && out_has '"change":"moved"' && out_has '"offers":["2026-' &&
    out_has '"cause":{"kind":"forced","rows":[{"file":"availability.csv","line":7'
tell "programs get the same as JSON" $?

run 3 diff "$scratch/none.json" "$scratch/old.json" && err_has "none.json"
tell "a plan that is not there is told" $?
sed 's/"inputs": {/"others": {/' "$scratch/old.json" >"$scratch/bare.json"
run 3 diff "$scratch/bare.json" "$scratch/old.json" && err_has "does not hold the files"
tell "a plan of another program cannot be compared alone" $?
sed 's/household,days,from/household,dayz,from/' "$scratch/old.json" >"$scratch/damaged.json"
run 3 diff "$scratch/damaged.json" "$scratch/old.json" && err_has "cannot be read any more"
tell "a damaged one is told" $?
run "0|1" plan "$tiny" -q --rounds 2 --previous "$scratch/bare.json" && out_has "cause not known" || out_has "Changes"
tell "without the old files changes have no causes" $?
finish
