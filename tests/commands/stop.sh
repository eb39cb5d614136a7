#!/bin/sh
# Ctrl-C, TERM, and a search that dies: the best plan is written.
. "$(dirname "$0")/common"

pinsons=$(operation pinsons)
log=$scratch/err

# start: plans in the background; $pid is pilote, $search the process of the search. Waits for the
# first plan.
start() {
    : >"$log"
    "$PILOTE" plan "$pinsons" -o "$scratch/plan" --time-limit 60 >"$scratch/out" 2>"$log" &
    pid=$!
    wait_until 15 grep -q "total" "$log" || return 1
    search=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || pgrep -P "$pid")
    search=${search% }
    [ -n "$search" ]
}

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

cp "$scratch/plan/plan.json" "$scratch/before.json"
start && kill -STOP "$search" && kill -INT "$pid" && kill -INT "$pid"
kill -KILL "$search" 2>/dev/null
code=0
wait "$pid" || code=$?
# Either the second signal met the search, or the first one was already dealt with.
[ "$code" -eq 130 ] || [ "$code" -le 1 ]
tell "two signals end it" $?
if [ "$code" -eq 130 ]; then cmp -s "$scratch/plan/plan.json" "$scratch/before.json"; fi
tell "and leave whole what was there" $?

start && kill -KILL "$search"
tell "a search is there to be killed" $?
code=0
wait "$pid" || code=$?
[ "$code" -le 1 ] && err_has "by accident" && run "0|1" verify "$pinsons" "$scratch/plan/plan.json"
tell "a search that is killed leaves the best plan" $?

start && kill -KILL "$pid" && wait_until 5 ended "$search"
tell "a search does not outlive pilote" $?
wait "$pid" 2>/dev/null
[ "$(ls -A "$scratch/plan" | wc -l)" -eq 2 ]
tell "a killed pilote leaves no other files" $?
finish
