#!/bin/sh
# Servers and connections on bad days, and certificates.
. "$(dirname "$0")/../commands/common"
. "$(dirname "$0")/server"

oracle="/usr/bin/python3 $root/tests/calendars/oracle.py"
estate=$(operation tiny)
plan=$estate/plan/plan.json
# Two households with ten dates are enough.
sed -i '/^A[12],/d' "$estate/households.csv" "$estate/availability.csv" "$estate/progress.csv"
sed -i '/A2/d' "$estate/deliveries.csv"
start_server
tell "the server is there" $?
run 0 plan "$estate" --rounds 2 -q
n=$(grep -c '"task":' "$plan")

flaky=
stop_flaky() {
    [ -z "$flaky" ] || kill "$flaky" 2>/dev/null || true
    [ -z "$flaky" ] || wait "$flaky" 2>/dev/null || true
    flaky=
}
trap 'stop_flaky; stop_server; rm -rf "$scratch"' EXIT

# bad_day CODE ACTION...: an empty calendar is filled through a server that acts so; the requests are
# in $scratch/requests.
day=0
bad_day() {
    code=$1
    shift
    stop_flaky
    day=$((day + 1))
    rm -f "$estate/plan/caldav.json"
    $dav mkcalendar "${calendar%work/}day$day/"
    forget_requests
    flaky_port=$($dav port)
    : >"$scratch/requests"
    /usr/bin/python3 "$root/tests/calendars/flaky.py" "$flaky_port" "$port" "$scratch/requests" "$@" &
    flaky=$!
    there=http://127.0.0.1:$flaky_port/jane/day$day/
    wait_until 20 $dav list "$there" 2>/dev/null >/dev/null
    : >"$scratch/requests"
    run "$code" publish "$plan" --caldav "$there" --user jane
}
requests() { grep -c "^$1 $2" "$scratch/requests"; }
is_plan() {
    $dav fetch "${calendar%work/}day$day/" "$scratch/there.ics" &&
        $oracle equals "$plan" "$scratch/there.ics"
} >"$scratch/out" 2>"$scratch/err"

bad_day 0 good busy good && is_plan
tell "what is refused for a while is sent again" $?
[ "$(requests PUT .)" -eq $((n + 1)) ] && [ "$(requests GET .)" -eq 0 ]
tell "without looking, for the server said that it did nothing" $?
bad_day 0 silent && is_plan
tell "a request whose answer is lost was done" $?
[ "$(requests PUT .)" -eq "$n" ] && [ "$(requests GET .)" -eq 1 ]
tell "and is not sent again, after a look" $?
bad_day 0 keep good silent && is_plan
tell "the same over a connection that was open already" $?
bad_day 0 lost && is_plan && [ "$(requests PUT .)" -eq $((n + 1)) ] && [ "$(requests GET .)" -eq 1 ]
tell "a request that is lost is sent again, after a look" $?
bad_day 0 broken half && is_plan && [ "$(requests PUT .)" -eq $((n + 1)) ] && [ "$(requests GET .)" -eq 2 ]
tell "an error of the server is looked into, whether it did it or not" $?
bad_day 0 noetag noetag && is_plan && [ "$(requests GET .)" -eq 2 ] &&
    run 0 publish "$plan" --caldav "$there" --user jane && out_has "unchanged $n" && [ "$(requests PUT .)" -eq "$n" ]
tell "an answer without an ETag is looked up" $?
bad_day 1 good race && out_has "1 event cannot be changed now" && [ "$(requests PUT .)" -eq "$n" ]
tell "an event that somebody makes at the same moment is left alone" $?
run 1 publish "$plan" --caldav "$there" --user jane && [ "$(requests PUT .)" -eq "$n" ] &&
    out_has "moved in the calendar to 2027"
tell "and the next time it is told what they made of it" $?
bad_day 4 good busy busy busy busy busy && err_has "busy" && out_has "new 1,"
tell "a server that stays busy is told, with what was done until then" $?
run 0 publish "$plan" --caldav "$there" --user jane && out_has "new $((n - 1)), changed 0" && is_plan
tell "and the next time goes on from there" $?

# Changes and deletions.
sed 's/"start": "2026-09-08T10:00", "finish": "2026-09-08T11:30"/"start": "2026-09-08T10:30", "finish": "2026-09-08T12:00"/' \
    "$plan" >"$scratch/moved.json"
bad_day 0
stop_flaky
cp "$plan" "$scratch/first.json"
cp "$scratch/moved.json" "$plan"
: >"$scratch/requests"
/usr/bin/python3 "$root/tests/calendars/flaky.py" "$flaky_port" "$port" "$scratch/requests" silent &
flaky=$!
wait_until 20 $dav list "$there" 2>/dev/null >/dev/null
run 0 publish "$plan" --caldav "$there" --user jane && out_has "new 0, changed 1" && is_plan &&
    [ "$(requests PUT .)" -eq 1 ]
tell "a change whose answer is lost was done, and is not sent again" $?
stop_flaky

# Certificates.
stop_server
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$scratch/server.key" -out "$scratch/server.pem" 2>/dev/null
cp "$scratch/first.json" "$plan"
rm -f "$estate/plan/caldav.json"
start_server tls
tell "the server is there, with a certificate of its own" $?
forget_requests
run 4 publish "$plan" --caldav "$calendar" --user jane && err_has "not to be trusted" && err_has "--ca-file" &&
    [ "$(grep -c 'request for' "$server_log")" -eq 0 ]
tell "an unknown certificate is refused, and nothing is sent" $?
run 0 publish "$plan" --caldav "$calendar" --user jane --ca-file "$scratch/server.pem" && out_has "new $n"
tell "with its authority named it is trusted" $?
run 4 publish "$plan" --caldav "https://localhost:$port/jane/work/" --user jane --ca-file "$scratch/server.pem" &&
    err_has "not to be trusted"
tell "but not under another name" $?
finish
