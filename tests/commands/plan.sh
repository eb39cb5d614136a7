#!/bin/sh
# pilote plan: what it writes, prints and refuses.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run "0|1" plan "$tiny" --time-limit 1
first=$code
tell "a plan is made" $((first > 1))
[ -s "$tiny/plan/plan.json" ] && [ -s "$tiny/plan/calendar.csv" ] && [ -s "$tiny/plan/report.html" ] && out_has "plan.json"
tell "plan.json, calendar.csv and report.html are in DIR/plan" $?
[ "$(stat -c %a "$tiny/plan/plan.json")" = 600 ] && [ "$(ls -A "$tiny/plan" | wc -l)" -eq 3 ]
tell "only the user can read them, and nothing else is left there" $?
run "$first" verify "$tiny" "$tiny/plan/plan.json"
tell "verify agrees, with the same exit code" $?

run "0|1" plan "$tiny" -o "$scratch/again" --time-limit 1 && ! err_has "again/plan.json"
tell "results go where --output says" $?
run "0|1" plan "$tiny" --time-limit 1 && err_has "not taken into account" && err_has "--previous"
tell "an earlier plan in the folder is mentioned" $?
run "0|1" plan "$tiny" --previous "$tiny/plan/plan.json" --time-limit 1 &&
    ! err_has "not taken into account" &&
    run "0|1" verify "$tiny" "$tiny/plan/plan.json" --previous "$scratch/again/plan.json"
tell "an earlier plan is taken into account when it is named" $?

run "0|1" plan "$tiny" -o "$scratch/quiet" -q -t 1 && [ ! -s "$scratch/err" ]
tell "--quiet prints no progress" $?
run "0|1" plan "$tiny" -o "$scratch/json" -t 1 --json && [ "$(wc -l <"$scratch/out")" -eq 1 ] &&
    grep -q '^{.*}$' "$scratch/out"
tell "--json prints one line of JSON" $?
run "0|1" plan "$tiny" -o "$scratch/verbose" -t 1 --verbose && err_has "read $tiny" &&
    err_has "> first plan" && err_has "* first plan" && err_has "+ bound"
tell "--verbose tells what was read, phases and improvements" $?
run "0|1" plan "$tiny" -o "$scratch/log" -t 1 -q --log --json && [ "$(wc -l <"$scratch/out")" -eq 1 ] &&
    ! grep -v '^{"time":[0-9.]*,"event":"[a-z]*",.*}$' "$scratch/err" &&
    err_has '"event":"plan","by":"first plan"' &&
    tail -n 1 "$scratch/err" | grep -q '"event":"end"'
tell "--log with --json tells them as objects, one on each line" $?
run "0|1" plan "$tiny" -o "$scratch/none" -t 0 && [ -s "$scratch/none/plan.json" ]
tell "without time there is a plan all the same" $?

# Impossible places are found out before the search: at once.
begin=$(date +%s)
run 2 plan "$tiny" -o "$tiny" -t 9 && err_has "calendar.csv" || err_has "--output"
[ "$code" -eq 2 ] && cmp -s "$tiny/calendar.csv" "$root/examples/tiny/calendar.csv"
tell "results are not written over the inputs" $?
: >"$scratch/file"
run 4 plan "$tiny" -o "$scratch/file" -t 9 && err_has "$scratch/file"
tell "a file instead of the folder is refused" $?
run 4 plan "$tiny" -o "$scratch/no/such/parent" -t 9
tell "a folder that cannot be made is refused" $?
run 4 plan "$tiny" -o /proc/pilote -t 9
tell "a place that takes no files is refused" $?
[ $(($(date +%s) - begin)) -lt 8 ]
tell "refusals come before the search" $?

cp "$tiny/plan/plan.json" "$scratch/plan.json"
"$PILOTE" plan "$tiny" -t 1 >/dev/full 2>"$scratch/err"
[ $? -eq 4 ] && err_has "could not be printed"
tell "a full disk behind stdout is told" $?
(
    ulimit -f 0
    "$PILOTE" plan "$tiny" -o "$scratch/quota" -t 1 2>&1
) | cat >"$scratch/out"
[ ! -e "$scratch/quota/plan.json" ] && [ -s "$scratch/out" ]
tell "nothing half written is left when the disk is full" $?

sed -i 's/^A2,/A1,/' "$tiny/households.csv"
cp "$tiny/plan/plan.json" "$scratch/before.json"
run 3 plan "$tiny" && err_has "households.csv:3:" && [ ! -s "$scratch/out" ] &&
    cmp -s "$tiny/plan/plan.json" "$scratch/before.json"
tell "faulty inputs are refused and nothing is written" $?
run 3 plan "$tiny" -o "$scratch/new" && [ ! -e "$scratch/new" ]
tell "no folder is made for faulty inputs" $?

tiny=$(operation tiny)
sed -i 's/^A1,\(.*\),full,3,/A1,\1,full,9,/' "$tiny/households.csv"
run 1 plan "$tiny" -t 1 && out_has "A1 Mary Ashworth: no temporary home" && [ -s "$tiny/plan/plan.json" ]
tell "the others are planned when one household never can be" $?
finish
