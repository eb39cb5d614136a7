#!/bin/sh
# Two runs in one folder: the second is refused in words, and the first is not disturbed.
. "$(dirname "$0")/../commands/common"

tiny=$(operation tiny)
pinsons=$(operation pinsons)
sed -i 's/"language": "fr"/"language": "en"/' "$pinsons/operation.json"
"$PILOTE" plan "$pinsons" -q -t 60 >"$scratch/first" 2>&1 &
first=$!
wait_until 15 [ -e "$pinsons/plan/.plan.lock" ]
tell "a run takes its folder" $?
run 4 plan "$pinsons" -q -t 60 && err_has "another run of pilote" && [ ! -e "$pinsons/plan/plan.json" ]
tell "a second run is refused" $?
run "0|1" plan "$pinsons" -q --rounds 1 -t 60 -o "$scratch/other"
tell "it may plan into another folder" $?
run 0 record "$pinsons" H001 visit confirmed
tell "facts can be noted meanwhile" $?
kill -KILL "$first"
wait "$first" 2>/dev/null
released() { "$PILOTE" plan "$pinsons" -q -t 0 >"$scratch/out" 2>"$scratch/err" || [ $? -eq 1 ]; }
wait_until 10 released
tell "the lock of a killed run is none" $?
[ ! -e "$pinsons/plan/.plan.lock" ] && [ -e "$pinsons/plan/plan.json" ]
tell "and its file goes with the next run" $?

mkdir "$scratch/readonly" && chmod 500 "$scratch/readonly"
if [ "$(id -u)" -ne 0 ]; then
    run 4 plan "$tiny" -q -t 0 -o "$scratch/readonly"
    tell "a folder that can only be read is told" $?
fi
finish
