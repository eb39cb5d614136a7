#!/bin/sh
# Calendars as files: read by other programs, and searched for what nobody else may know.
. "$(dirname "$0")/../commands/common"

oracle="/usr/bin/python3 $root/tests/calendars/oracle.py"
estate=$(operation tiny)
plan=$estate/plan/plan.json
ics=$scratch/ics

# The tenants' own texts are made into traps; one firm has an id that is no name for a file.
sed -i '1s/$/,access/; 2s/$/,"Ring twice; code 4711, left"/' "$estate/households.csv"
sed -i 's/^A2,Samuel Okoro,/A2,"Samuel\nATTENDEE:mailto:x@example.org",/' "$estate/households.csv"
sed -i 's/^smith,/..\/smith,/' "$estate/resources.csv"
sed -i 's/plumber=smith/plumber=..\/smith/' "$estate/households.csv"

run 0 plan "$estate" --rounds 2 -q
tell "the estate is planned" $?
run 0 export "$plan" --ics "$ics" && out_has "$ics/pilot.ics"
tell "the plan is exported" $?
[ "$(ls "$ics" | wc -l)" -eq 8 ] && [ -f "$ics/member-watts.ics" ] && [ -f "$ics/member-jane.ics" ] &&
    ls "$ics" | grep -q '^member-___smith\.[0-9a-f]*\.ics$'
tell "there is a calendar for the pilot and for each member of every role" $?
[ "$(stat -c %a "$ics")" = 700 ] && [ "$(stat -c %a "$ics"/* | sort -u)" = 600 ]
tell "nobody else can read them" $?
$oracle parse "$ics"/* >"$scratch/out" 2>"$scratch/err"
tell "other libraries read every calendar, and understand the same" $?
$oracle equals "$plan" "$ics/pilot.ics" >"$scratch/out" 2>"$scratch/err"
tell "the pilot's calendar is the plan" $?
$oracle equals "$plan" "$ics"/member-* >"$scratch/out" 2>"$scratch/err"
tell "the calendars of all members together are the plan" $?
! grep -q '^ATTENDEE' "$ics"/*
tell "a name cannot become a line of its own" $?

# khal, with a database of its own.
cat >"$scratch/khal.conf" <<END
[calendars]
[[all]]
path = $scratch/khal
type = calendar
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $scratch/khal.db
END
mkdir "$scratch/khal"
HOME=$scratch khal -c "$scratch/khal.conf" import --batch "$ics/pilot.ics" >"$scratch/out" 2>"$scratch/err"
HOME=$scratch khal -c "$scratch/khal.conf" list --day-format '' --format '{start-time} {title}' \
    2026-09-08 1d >"$scratch/out" 2>"$scratch/err"
out_has "10:00 Technical visit: Joan and Peter Hill"
tell "khal shows the hour on the wall" $?

# What may be in whose calendar. Searched without folds, which could divide a word.
unfold() { sed ':a;N;$!ba;s/\r\n //g' "$@"; }
secrets="Ashworth Samuel Hill Nair 01632 wheelchair daughter step-free evenings Absen A1 A2 A3 A4"
for file in "$ics"/member-*; do
    [ "$file" = "$ics/member-jane.ics" ] || unfold "$file"
done >"$scratch/firms"
status=0
for secret in $secrets; do
    if grep "$secret" "$scratch/firms"; then status=1; fi
done >"$scratch/out"
[ "$(grep -c 'BEGIN:VCALENDAR' "$scratch/firms")" -eq 6 ] || status=1
tell "no firm learns who lives there, or anything else of the tenants" $status
grep -q '4711' "$ics/member-watts.ics" && grep -q 'LOCATION:1 Wren Row' "$ics/member-watts.ics"
tell "a firm learns where it is and how to get in" $?
status=0
for secret in Ashworth Samuel Hill Nair 01632 wheelchair daughter step-free Absen 4711; do
    unfold "$ics/pilot.ics" | grep -q "$secret" || status=1
done
tell "the pilot has it all" $status

# The same plan gives the same bytes; households on request.
cp -r "$ics" "$scratch/before"
run 0 export "$plan" --ics "$ics" -q && [ ! -s "$scratch/out" ] && diff -r "$ics" "$scratch/before" >"$scratch/out"
tell "an export done again changes nothing" $?
run 0 export "$plan" --ics "$ics" --households && [ "$(ls "$ics"/household-* | wc -l)" -eq 4 ] &&
    $oracle equals "$plan" "$ics"/household-* 2>"$scratch/err"
tell "the calendars of all households together are the plan" $?
status=0
for secret in Samuel Hill Nair 01632 "2 Wren" "3 Wren" "4 Wren" wheelchair Ashworth 4711 Absen; do
    if unfold "$ics/household-A1.ics" | grep "$secret"; then status=1; fi
done >"$scratch/out"
tell "a household learns nothing of the others, nor what is noted of it" $status

# Next week one household has left, one firm is another, and one visit has moved.
cp "$plan" "$scratch/old.json"
sed -i '/^A2,/,/wheelchair/d' "$estate/households.csv"
sed -i '/^A2,/d' "$estate/availability.csv"
sed -i '/A2/d' "$estate/deliveries.csv"
sed -i 's/^watts,/sparks,/' "$estate/resources.csv"
sed -i '/^electrician,/d' "$estate/calendar.csv"
sed -i 's/^A3,visit,confirmed,2026-09-08T10:00/A3,visit,confirmed,2026-09-08T10:30/' "$estate/progress.csv"
run '0|1' plan "$estate" --previous "$scratch/old.json" --rounds 2 -q
run 0 export "$plan" --ics "$ics"
tell "the next week is exported" $?
$oracle parse "$ics"/* >"$scratch/out" 2>"$scratch/err" &&
    $oracle equals "$plan" "$ics/pilot.ics" >"$scratch/out" 2>"$scratch/err"
tell "it is the plan again, and everybody reads it" $?
$oracle show "$ics/member-watts.ics" >"$scratch/out" 2>"$scratch/err" && [ -s "$scratch/out" ] &&
    ! grep -v CANCELLED "$scratch/out"
tell "the firm that is gone is told so of each date" $?
$oracle show "$ics/household-A2.ics" >"$scratch/out" 2>"$scratch/err" && [ -s "$scratch/out" ] &&
    ! grep -v CANCELLED "$scratch/out" && ! grep -q "Okoro\|Ashworth" "$ics/household-A2.ics"
tell "the household that has left is told so, though nobody asked for households" $?
$oracle show "$ics/pilot.ics" >"$scratch/out" 2>"$scratch/err"
[ "$(grep -c CANCELLED "$scratch/out")" -eq 7 ]
tell "the pilot sees what is cancelled, and only that" $?
$oracle show "$ics/household-A3.ics" >"$scratch/out" 2>"$scratch/err"
grep -q ' 1 CONFIRMED 2026-09-08T09:30:00+00:00' "$scratch/out"
tell "the visit that moved is a later edition of itself" $?
# Nothing of it depends on the files of the last export.
run 0 export "$plan" --ics "$scratch/fresh" && for file in "$scratch"/fresh/*; do
    cmp -s "$file" "$ics/$(basename "$file")" || break
done
tell "a fresh export has the same calendars" $?

# Somebody of whom not even the plan knows any more.
sed 's/member-watts/x/' "$ics/pilot.ics" >"$ics/member-gone.ics"
printf 'BEGIN:VCALENDAR\r\nPRODID:other\r\nEND:VCALENDAR\r\n' >"$ics/member-other.ics"
cp "$ics/member-other.ics" "$scratch/other.ics"
run 0 export "$plan" --ics "$ics" && ! grep -q VEVENT "$ics/member-gone.ics" &&
    $oracle parse "$ics/member-gone.ics" 2>"$scratch/err"
tell "a calendar that was left behind becomes empty" $?
cmp -s "$ics/member-other.ics" "$scratch/other.ics"
tell "a calendar of another program is left alone" $?

# Over the change of the clocks: the 25th of October is the first day of winter time.
sed 's/"start": "2026-09-08T10:30", "finish": "2026-09-08T12:00"/"start": "2026-10-24T18:45", "finish": "2026-10-25T18:45"/' \
    "$plan" >"$scratch/clocks.json"
run 0 export "$scratch/clocks.json" --ics "$scratch/clocks" --households &&
    $oracle wall "$scratch/clocks.json" "$scratch/clocks/household-A3.ics" >"$scratch/out" 2>"$scratch/err"
out_has "A3 visit 2026-10-24T18:45 2026-10-25T18:45" &&
    grep -q '^DTSTART:20261024T174500Z' "$scratch/clocks/household-A3.ics" &&
    grep -q '^DTEND:20261025T184500Z' "$scratch/clocks/household-A3.ics"
tell "the hour on the wall is kept on the night in which the clocks go back" $?

# What can go wrong.
run 2 export "$plan" && err_has "needs the option '--ics'"
tell "without a folder it is wrong usage" $?
run 3 export "$scratch/nothing.json" --ics "$scratch/none" && [ ! -e "$scratch/none" ]
tell "a missing plan is told, and nothing is written" $?
sed 's/"sequence": 1/"sequence": -1/' "$plan" >"$scratch/bad.json"
run 3 export "$scratch/bad.json" --ics "$scratch/none" && err_has "sequence" && [ ! -e "$scratch/none" ]
tell "a plan with a fault is told, and nothing is written" $?
sed 's/"Europe\/London"/"Europe\/Lens"/' "$plan" >"$scratch/bad.json"
run 4 export "$scratch/bad.json" --ics "$scratch/none" && err_has "Europe/Lens" && [ ! -e "$scratch/none" ]
tell "an unknown time zone is told, and no wrong hour is written" $?
mkdir "$scratch/full" && mkdir "$scratch/full/pilot.ics"
run 4 export "$plan" --ics "$scratch/full" && [ "$(ls "$scratch/full")" = pilot.ics ]
tell "when one calendar cannot be written none is" $?
finish
