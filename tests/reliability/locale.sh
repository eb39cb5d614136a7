#!/bin/sh
# The machine's language, time zone and way to write numbers change no byte of a plan.
. "$(dirname "$0")/../commands/common"

tiny=$(operation tiny)
sed -i 's/"horizon": {[^}]*}/"horizon": {"start": "2027-12-20", "end": "2028-11-05"}/; s/"as_of": "[^"]*"/"as_of": "2027-12-17"/' "$tiny/operation.json"
rm "$tiny/progress.csv"
sed -i 's/202[67]-[0-9][0-9]-[0-9][0-9]\(,\|$\)/2028-02-29\1/' "$tiny/deliveries.csv"
sed -i 's/2026-09-14//; s/2026-11-27//' "$tiny/households.csv"

# plan_as NAME [VARIABLE=VALUE...]: plans and exports in that environment.
plan_as() {
    name=$1
    shift
    code=0
    env "$@" "$PILOTE" plan "$tiny" -q --rounds 1 -o "$scratch/$name" >"$scratch/$name.out" 2>"$scratch/err" || code=$?
    [ "$code" -le 1 ] && env "$@" "$PILOTE" export "$scratch/$name/plan.json" -q --ics "$scratch/$name/ics" \
        >"$scratch/out" 2>"$scratch/err"
}
same_as_plain() { diff -r "$scratch/plain" "$scratch/$1" >"$scratch/out"; }

plan_as plain TZ=UTC LC_ALL=C && grep -q '"start": "2028' "$scratch/plain/plan.json"
tell "a year with a leap day is planned" $?
run "0|1" verify "$tiny" "$scratch/plain/plan.json"
tell "and the plan keeps all rules" $?
for zone in Pacific/Kiritimati Pacific/Niue Asia/Kathmandu America/New_York Europe/Paris No/Where; do
    plan_as "zone" TZ="$zone" LC_ALL=C && same_as_plain zone
    tell "the zone $zone of the machine changes nothing" $?
    rm -rf "$scratch/zone"
done
if localedef -i de_DE -f UTF-8 "$scratch/de_DE.UTF-8" >/dev/null 2>&1 || [ -d "$scratch/de_DE.UTF-8" ]; then
    [ "$(LOCPATH=$scratch LC_ALL=de_DE.UTF-8 /usr/bin/printf %.1f 0,5 2>/dev/null)" = 0,5 ]
    tell "there is a language whose decimals have commas" $?
    # The C library itself never gives back what it keeps of LOCPATH.
    plan_as comma LOCPATH="$scratch" LC_ALL=de_DE.UTF-8 ASAN_OPTIONS=detect_leaks=0 && same_as_plain comma
    tell "commas in decimals change nothing" $?
else
    echo "ok # skipped: this machine cannot make a locale with commas in decimals"
fi
finish
