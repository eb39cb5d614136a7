#!/bin/sh
# Five weeks in a row: each week the calendar on the server is the plan, and nothing is sent twice.
. "$(dirname "$0")/../commands/common"
. "$(dirname "$0")/../commands/five_weeks"
. "$(dirname "$0")/server"

oracle="/usr/bin/python3 $root/tests/calendars/oracle.py"

# Events of both calendars that are a later edition without another date or place, or the reverse. A
# date that is withdrawn or comes back is another one.
editions() { # OLD NEW
    $oracle show "$1" >"$scratch/old"
    $oracle show "$2" >"$scratch/new"
    awk '{ now = ($3 == "CANCELLED") " " $4 " " $5 " " $6 }
        FNR == NR { sequence[$1] = $2; date[$1] = now; next }
        $1 in date && (date[$1] != now) != ($2 > sequence[$1]) { print }' \
        "$scratch/old" "$scratch/new"
}

check_calendars() { # WEEK AS_OF DIR
    plan=$3/plan/plan.json
    run 0 publish "$plan" --caldav "$calendar" --user jane
    tell "week $1: the plan is sent" $?
    $dav fetch "$calendar" "$scratch/all.ics" && grep -q 'SUMMARY:Dentist' "$scratch/all.ics"
    tell "week $1: the pilot's own entry is there" $?
    $dav delete "$calendar" own.ics && $dav fetch "$calendar" "$scratch/there.ics" &&
        $dav put "$calendar" own.ics "$scratch/own.ics" &&
        $oracle equals "$plan" "$scratch/there.ics" >"$scratch/out" 2>"$scratch/err"
    tell "week $1: the calendar on the server is the plan" $?
    forget_requests
    run 0 publish "$plan" --caldav "$calendar" --user jane && [ "$(changes)" -eq 0 ]
    tell "week $1: a second time nothing is sent" $?
    run 0 export "$plan" --ics "$scratch/ics" -q --households &&
        $oracle parse "$scratch"/ics/* >"$scratch/out" 2>"$scratch/err" &&
        $oracle equals "$plan" "$scratch/ics/pilot.ics" >"$scratch/out" 2>"$scratch/err"
    tell "week $1: the exported calendars are the plan" $?
    if [ -f "$scratch/last.ics" ]; then
        editions "$scratch/last.ics" "$scratch/ics/pilot.ics" >"$scratch/out" 2>"$scratch/err"
        [ ! -s "$scratch/out" ] && [ ! -s "$scratch/err" ]
        tell "week $1: an event is a later edition when its date or place has changed, and only then" $?
    fi
    cp "$scratch/ics/pilot.ics" "$scratch/last.ics"
}

start_server
tell "the server is there" $?
put_own_entry
# Twenty households of the estate, whose weeks go by as fast as those of all.
pinsons=$(operation pinsons)
sed -i '/^H0[3-6]/d; /^H02[1-9]/d; /;H0[3-6][0-9];/d; /;H02[1-9];/d' "$pinsons/households.csv" \
    "$pinsons/availability.csv" "$pinsons/progress.csv" "$pinsons/deliveries.csv"
five_weeks "$pinsons" check_calendars
finish
