#!/bin/sh
# Ctrl-C, TERM, and a search that dies: the best plan is written.
. "$(dirname "$0")/common"

pinsons=$(operation pinsons)
sed -i 's/"language": "fr"/"language": "en"/' "$pinsons/operation.json"
log=$scratch/err

# launch: plans in the background; $pid is pilote, $search the process of the search.
launch() {
    : >"$log"
    "$PILOTE" plan "$pinsons" -o "$scratch/plan" --time-limit 60 >"$scratch/out" 2>"$log" &
    pid=$!
    search=
    tries=100000 # a process that ended is still there until it is waited for
    while [ -z "$search" ]; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        read -r search <"/proc/$pid/task/$pid/children" || :
    done 2>/dev/null
    search=${search% }
}

# start: launches and waits for the first plan.
start() { launch && wait_until 15 grep -q "total" "$log"; }

ended() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }

for signal in INT TERM; do
    start && kill -$signal "$pid"
    tell "a plan is there to be interrupted by $signal" $?
    code=0
    wait "$pid" || code=$?
    [ "$code" -le 1 ] && err_has "interrupted" && grep -q '"status": *"interrupted"' \
        "$scratch/plan/plan.json"
    tell "$signal writes the best plan" $?
    run "0|1" verify "$pinsons" "$scratch/plan/plan.json"
    tell "and it keeps all rules" $?
done

# A search that is stopped before its first plan makes pilote wait after the first signal; the second
# one ends it. The attempt is repeated where the first plan was quicker.
cp -r "$scratch/plan" "$scratch/before"
for attempt in 1 2 3 4 5 6 7 8 9; do
    launch && kill -STOP "$search" && kill -INT "$pid"
    sleep 0.3
    kill -TERM "$pid" 2>/dev/null
    code=0
    wait "$pid" || code=$?
    [ "$code" -ne 143 ] || break
    rm -rf "$scratch/before"
    cp -r "$scratch/plan" "$scratch/before"
done
[ "$code" -eq 143 ]
tell "a second signal ends everything at once (attempt $attempt)" $?
diff -r -x .plan.lock "$scratch/plan" "$scratch/before" >"$scratch/out"
tell "and leaves alone what was there" $?

start && kill -KILL "$search"
tell "a search is there to be killed" $?
code=0
wait "$pid" || code=$?
[ "$code" -le 1 ] && err_has "by accident" && run "0|1" verify "$pinsons" "$scratch/plan/plan.json"
tell "a search that is killed leaves the best plan" $?

start && kill -KILL "$pid" && wait_until 5 ended "$search"
tell "a search does not outlive pilote" $?
wait "$pid" 2>/dev/null
[ "$(ls -A "$scratch/plan" | grep -v "^.plan.lock$" | wc -l)" -eq 3 ]
tell "a killed pilote leaves no other files but its lock" $?
finish
