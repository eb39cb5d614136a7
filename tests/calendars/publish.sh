#!/bin/sh
# The calendar on a server: equal to the plan, and left alone where somebody changed it.
. "$(dirname "$0")/../commands/common"
. "$(dirname "$0")/server"

oracle="/usr/bin/python3 $root/tests/calendars/oracle.py"
estate=$(operation tiny)
plan=$estate/plan/plan.json
publish() {
    code=$1
    shift
    run "$code" publish "$plan" --caldav "$calendar" --user jane "$@"
}
# The calendar as another client sees it is the plan; a file of the pilot's own is left out.
is_plan() {
    $dav fetch "$calendar" "$scratch/there.ics" && $oracle equals "$plan" "$scratch/there.ics"
} >"$scratch/out" 2>"$scratch/err"

start_server
tell "the server is there" $?
run 0 plan "$estate" --rounds 2 -q
n=$(grep -c '"task":' "$plan")

publish 0 --dry-run && out_has "new $n, changed 0, deleted 0" && [ "$(changes)" -eq 1 ] && # MKCALENDAR
    out_has "new: A3 Joan and Peter Hill, Technical visit, 2026-09-08 10:00" &&
    [ ! -e "$estate/plan/caldav.json" ]
tell "a dry run tells what would be sent, and sends nothing" $?
forget_requests
publish 0 && out_has "new $n, changed 0, deleted 0; unchanged 0" && [ "$(changes)" -eq "$n" ]
tell "every date of the plan is sent, in a request each" $?
is_plan
tell "the calendar is the plan, read by another client" $?
[ "$(stat -c %a "$estate/plan/caldav.json")" = 600 ] && ! grep -q secret-42 "$estate/plan/caldav.json"
tell "what was sent is noted for its owner alone, without the password" $?
forget_requests
publish 0 && out_has "new 0, changed 0, deleted 0; unchanged $n" && [ "$(changes)" -eq 0 ] &&
    [ "$(grep -c 'request for' "$server_log")" -eq 1 ]
tell "sending it again sends nothing; one question is enough" $?

# The pilot's own entry, and what a client adds to one of ours.
put_own_entry
$dav edit "$calendar" "Technical visit: Joan and Peter Hill" COMMENT=parking
forget_requests
publish 0 && out_has "unchanged $n" && [ "$(changes)" -eq 0 ]
tell "what a client adds to an event is no change of its date" $?

# Next week: a visit is moved in the plan, one household has left.
cp "$plan" "$scratch/old.json"
sed -i '/^A2,/d' "$estate/households.csv" "$estate/availability.csv"
sed -i '/A2/d' "$estate/deliveries.csv"
sed -i 's/^A3,visit,confirmed,2026-09-08T10:00/A3,visit,confirmed,2026-09-08T10:30/' "$estate/progress.csv"
run '0|1' plan "$estate" --previous "$scratch/old.json" --rounds 2 -q --as-of 2026-09-07
forget_requests
publish 0 && out_has "deleted 7"
tell "next week's plan is sent" $?
told=$(sed -n 's/.*new \([0-9]*\), changed \([0-9]*\), deleted \([0-9]*\).*/\1 + \2 + \3/p' "$scratch/out")
[ "$(changes)" -eq $(($told)) ]
tell "with a request for each change that was told" $?
$dav list "$calendar" >"$scratch/out" && out_has own.ics && $dav delete "$calendar" own.ics && is_plan
tell "the calendar is the plan again, and the pilot's own entry was still there" $?
grep -q 'DTSTART:20260908T093000Z' "$scratch/there.ics" && grep -q 'SEQUENCE:1' "$scratch/there.ics"
tell "the visit has moved, as a later edition of itself" $?

# What the pilot decides in her calendar.
$dav edit "$calendar" "Technical visit: Joan and Peter Hill" DTSTART=Europe/London:20260909T140000
$dav edit "$calendar" "Technical visit: Priya Nair" STATUS=CANCELLED
forget_requests
publish 1 && out_has "A3 Joan and Peter Hill, Technical visit, 2026-09-08 10:30: moved in the calendar to 2026-09-09 14:00" &&
    out_has "A4 Priya Nair, Technical visit, 2026-09-15 18:00: cancelled in the calendar" && [ "$(changes)" -eq 0 ]
tell "what was changed in the calendar is told and not overwritten" $?
publish 1 -q && out_has "moved in the calendar" && [ "$(changes)" -eq 0 ]
tell "and told again for as long as it is so" $?

pull() {
    code=$1
    shift
    run "$code" pull "$estate" --caldav "$calendar" --user jane --as-of 2026-09-07 "$@"
}
cp "$estate/progress.csv" "$scratch/progress.csv"
pull 1 </dev/null && out_has "to be noted: A3, visit, confirmed, 2026-09-09 14:00" &&
    out_has "to be removed: A4, visit" && cmp -s "$estate/progress.csv" "$scratch/progress.csv"
tell "without an answer nothing is noted" $?
echo no >"$scratch/answer" && pull 1 <"$scratch/answer" && cmp -s "$estate/progress.csv" "$scratch/progress.csv"
tell "with a no nothing is noted" $?
echo y >"$scratch/answer" && pull 0 <"$scratch/answer" && out_has "2 lines of progress.csv were changed" &&
    grep -q '^A3,visit,confirmed,2026-09-09T14:00,,jane,' "$estate/progress.csv" &&
    ! grep -q '^A4,' "$estate/progress.csv" && grep -q '^A1,visit,done,2026-09-02T14:00,2026-09-02T15:30,jane,' "$estate/progress.csv"
tell "with a yes progress.csv says what the calendar says, and else what it said" $?
[ "$(changes)" -eq 0 ]
tell "pulling changes nothing in the calendar" $?
pull 0 </dev/null && ! out_has "to be noted" && ! out_has "to be removed"
tell "what is noted is not asked again" $?
cp "$plan" "$scratch/old.json"
run '0|1' plan "$estate" --previous "$scratch/old.json" --rounds 2 -q --as-of 2026-09-07
grep -q '"task": "visit", "start": "2026-09-09T14:00"' "$plan"
tell "the next plan keeps to the date of the calendar" $?
publish '0|1' && ! out_has "moved in the calendar"
tell "plan and calendar agree again about the visit that was moved" $?

# A date that was cancelled or deleted is not sent again; another one is.
publish 1 && out_has "A4 Priya Nair, Technical visit, 2026-09-15 18:00: cancelled in the calendar"
tell "the date that was cancelled is not sent again" $?
uid=$($oracle uid "$plan" A3 visit)
$dav delete "$calendar" "$uid.ics"
publish 1 && out_has "A3 Joan and Peter Hill, Technical visit, 2026-09-09 14:00: cancelled in the calendar"
tell "nor is one that was deleted" $?
echo 'A4,2026-09-15,,,absent' >>"$estate/availability.csv"
sed -i 's/^A3,visit,confirmed,2026-09-09T14:00/A3,visit,confirmed,2026-09-10T14:00/' "$estate/progress.csv"
cp "$plan" "$scratch/old.json"
run '0|1' plan "$estate" --previous "$scratch/old.json" --rounds 2 -q --as-of 2026-09-07
publish 0 && is_plan
tell "other dates instead are sent, and the calendar is the plan" $?

# The file of what was sent is lost.
rm "$estate/plan/caldav.json"
forget_requests
publish 0 && out_has "new 0, changed 0, deleted 0" && [ "$(changes)" -eq 0 ]
tell "without the file of what was sent the events themselves tell it" $?
rm "$estate/plan/caldav.json"
$dav edit "$calendar" "Technical visit: Joan and Peter Hill" DTSTART=:20260911T080000Z
publish 1 && out_has "A3 Joan and Peter Hill, Technical visit, 2026-09-10 14:00: moved in the calendar to 2026-09-11 09:00"
tell "and that somebody moved one of them" $?
echo '{' >"$estate/plan/caldav.json"
publish 3 && err_has "caldav.json:"
tell "a damaged file of what was sent is told" $?
rm "$estate/plan/caldav.json"

# A firm's calendar on the server.
$dav mkcalendar "${calendar%work/}watts/"
run 0 publish "$plan" --caldav "${calendar%work/}watts/" --user jane --member watts &&
    $dav fetch "${calendar%work/}watts/" "$scratch/watts.ics" && grep -q "SUMMARY:Electricity" "$scratch/watts.ics"
tell "a member's calendar is sent with --member" $?
! cat "$scratch"/collections/collection-root/jane/watts/*.ics | grep -E "Ashworth|Hill|Nair|01632|daughter"
tell "and nobody's name or number is on the server there" $?
run 2 publish "$plan" --caldav "$calendar" --user jane --member nobody && err_has "'nobody'"
tell "an unknown member is told" $?

# Read by vdirsyncer and khal, over the change of the clocks.
sed 's/"start": "2026-09-10T14:00", "finish": "2026-09-10T15:30"/"start": "2026-10-25T18:45", "finish": "2026-10-25T20:15"/' \
    "$plan" >"$scratch/plan.json"
$dav mkcalendar "${calendar%work/}clocks/"
run 0 publish "$scratch/plan.json" --caldav "${calendar%work/}clocks/" --user jane
cat >"$scratch/vdirsyncer.conf" <<END
[general]
status_path = "$scratch/vdirsyncer"
[pair all]
a = "server"
b = "here"
collections = ["clocks"]
[storage server]
type = "caldav"
url = "http://127.0.0.1:$port/jane/"
username = "jane"
password = "secret-42"
[storage here]
type = "filesystem"
path = "$scratch/here"
fileext = ".ics"
END
mkdir "$scratch/here"
{ yes | vdirsyncer -c "$scratch/vdirsyncer.conf" discover && vdirsyncer -c "$scratch/vdirsyncer.conf" sync; } \
    >"$scratch/out" 2>"$scratch/err"
$oracle equals "$scratch/plan.json" "$scratch"/here/clocks/*.ics >"$scratch/out" 2>"$scratch/err" &&
    $oracle wall "$scratch/plan.json" "$scratch"/here/clocks/*.ics >"$scratch/out" &&
    out_has "A3 visit 2026-10-25T18:45 2026-10-25T20:15"
tell "vdirsyncer brings the plan to another machine, with the hours on the wall" $?

# Who may not, and where there is nothing.
PILOTE_CALDAV_PASSWORD=wrong publish 4 && err_has "does not accept the user and the password"
tell "a wrong password is told" $?
PILOTE_CALDAV_PASSWORD= publish 2 && err_has PILOTE_CALDAV_PASSWORD
tell "a missing password is told" $?
printf 'secret-42\n' >"$scratch/password" && chmod 644 "$scratch/password"
PILOTE_CALDAV_PASSWORD= publish 1 --password-file "$scratch/password" && err_has "chmod 600"
tell "the password may be in a file, which had better be the owner's alone" $?
run 4 publish "$plan" --caldav "${calendar%work/}nothing/" --user jane && err_has "no calendar at this address"
tell "an address without a calendar is told" $?
run 4 publish "$plan" --caldav "http://127.0.0.1:$port/jane/" --user jane && err_has "but no calendar"
tell "an address of something else is told" $?
for url in http://example.org/work/ https://jane:secret@127.0.0.1/work/ ftp://127.0.0.1/ work; do
    run 2 publish "$plan" --caldav "$url" --user jane && [ "$(wc -l <"$scratch/err")" -eq 1 ]
    tell "the address $url is refused before anything is sent" $?
done
stop_server
run 4 publish "$plan" --caldav "$calendar" --user jane && err_has "the server does not answer" &&
    [ ! -s "$scratch/out" ]
tell "a server that does not answer is told" $?
finish
