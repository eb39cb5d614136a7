#!/bin/sh
# A run that is killed at any moment leaves what was there or what it was to make, and the next one
# works. KILLS is how many moments are tried of each command (12); `make torture` tries 200.
. "$(dirname "$0")/../commands/common"
. "$root/tests/calendars/server"

if sanitized; then
    echo "ok # skipped: a sanitizer finds nothing in what is killed"
    exit 0
fi
kills=${KILLS:-12}
now() { date +%s%N; }

# kill_at I ARGUMENT...: kills pilote at the I-th of $kills moments that lie evenly in $span ns.
kill_at() {
    part=$((span * $1 / kills))
    shift
    "$PILOTE" "$@" >"$scratch/out" 2>"$scratch/err" &
    sleep "$((part / 1000000000)).$(printf %09d $((part % 1000000000)))"
    kill -KILL $! 2>/dev/null
    wait $! 2>/dev/null
}

# measure ARGUMENT...: sets $span to what the command takes, and a fifth more.
measure() {
    begin=$(now)
    "$PILOTE" "$@" >"$scratch/out" 2>"$scratch/err"
    span=$((($(now) - begin) * 6 / 5))
}

left_over() { find "$1" -name '.*' -type f | grep -q .; }

tiny=$(operation tiny)
plan=$tiny/plan/plan.json
measure plan "$tiny" --rounds 2 -q
cp -r "$tiny/plan" "$scratch/good"
bad=0
for i in $(seq "$kills"); do
    [ $((i % 2)) -eq 0 ] || rm -rf "$tiny/plan"
    kill_at "$i" plan "$tiny" --rounds 2 -q
    [ ! -e "$plan" ] || cmp -s "$plan" "$scratch/good/plan.json" || bad=$((bad + 1))
done
[ "$bad" -eq 0 ]
tell "a plan that is killed at $kills moments leaves none or a whole one" $?
run "0|1" plan "$tiny" --rounds 2 -q && cmp -s "$plan" "$scratch/good/plan.json" && ! left_over "$tiny"
tell "the next one is made, and clears up" $?

progress=$tiny/progress.csv
cp "$progress" "$scratch/old.csv"
measure record "$tiny" A2 visit announced --start 2026-09-30T10:00
cp "$progress" "$scratch/new.csv"
! cmp -s "$scratch/old.csv" "$scratch/new.csv"
tell "a fact is noted" $?
bad=0
for i in $(seq "$kills"); do
    cp "$scratch/old.csv" "$progress"
    kill_at "$i" record "$tiny" A2 visit announced --start 2026-09-30T10:00
    cmp -s "$progress" "$scratch/old.csv" || cmp -s "$progress" "$scratch/new.csv" || bad=$((bad + 1))
done
[ "$bad" -eq 0 ]
tell "a note that is killed at $kills moments is there or not" $?
cp "$scratch/old.csv" "$progress"
run 0 record "$tiny" A2 visit announced --start 2026-09-30T10:00 && cmp -s "$progress" "$scratch/new.csv" &&
    ! left_over "$tiny"
tell "the next one is noted, and clears up" $?
cp "$scratch/old.csv" "$progress"

if start_server; then
    measure publish "$plan" --caldav "$calendar" --user jane
    bad=0
    for i in $(seq "$kills"); do
        calendar=${calendar%/*/}/week$i/
        $dav mkcalendar "$calendar" 2>/dev/null
        rm -f "$tiny/plan/caldav.json"
        kill_at "$i" publish "$plan" --caldav "$calendar" --user jane
        run 0 publish "$plan" --caldav "$calendar" --user jane &&
            $dav fetch "$calendar" "$scratch/there.ics" &&
            /usr/bin/python3 "$root/tests/calendars/oracle.py" equals "$plan" "$scratch/there.ics" >"$scratch/out" 2>&1 ||
            bad=$((bad + 1))
    done
    [ "$bad" -eq 0 ] && ! left_over "$tiny/plan"
    tell "after sending that is killed at $kills moments the next one makes the calendar the plan" $?
fi
finish
