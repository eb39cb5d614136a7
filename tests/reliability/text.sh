#!/bin/sh
# Texts that attack those who read them are only texts in every output: formulas, HTML, line ends,
# codes of terminals, paths, marks that turn the direction of writing.
. "$(dirname "$0")/../commands/common"

override=$(printf '\342\200\256') # U+202E: what follows reads from right to left
escape=$(printf '\033')
tiny=$(operation tiny)
# Whether a file holds what steers a terminal.
steers() { cat "$@" | grep -qaF -e "$escape" -e "$override"; }
python3 - "$tiny" <<'END' 2>"$scratch/err"
import sys
folder = sys.argv[1]
def change(file, *pairs):
    with open(f"{folder}/{file}", encoding="utf-8") as old:
        text = old.read()
    for old, new in pairs:
        assert old in text or "A2" in old, old
        text = text.replace(old, new)
    with open(f"{folder}/{file}", "w", encoding="utf-8") as new:
        new.write(text)
for file in ("households.csv", "availability.csv", "progress.csv", "deliveries.csv"):
    change(file, ("\nA2,", "\n../../A2,"), (",A2", ",../../A2"))
change("households.csv", ("Mary Ashworth", '"=HYPERLINK(""x"")\u202e<script>alert(1)</script>"'),
       ("Joan and Peter Hill", '"@Joan\nBEGIN:VEVENT\nUID:evil"'), ("Priya Nair", "+1-Priya;X-EVIL:1"))
change("operation.json", ('"label": "Technical visit"', '"label": "=1+1;\\nSUMMARY:<b>"'))
END
cp "$tiny/households.csv" "$scratch/kept.csv"
run "0|1" plan "$tiny" -q --rounds 1 -o "$scratch/plan"
tell "such texts are planned" $?
! steers "$scratch/out"
tell "nothing on the terminal steers it" $?
run "0|1" plan "$tiny" -q --rounds 1 -o "$scratch/log" --log
! grep -qE "HYPERLINK|Joan|Priya|01632" "$scratch/err"
tell "the log names nobody" $?

grep -qE '^[^,;]*[,;]"'"'"'=HYPERLINK' "$scratch/plan/calendar.csv" && ! grep -qE '(^|[,;])"?[=+@-][A-Za-z0-9]' "$scratch/plan/calendar.csv"
tell "no cell of calendar.csv is a formula" $?
mkdir -p "$scratch/deep"
run 0 export "$scratch/plan/plan.json" --ics "$scratch/deep/ics" --households &&
    [ "$(ls "$scratch/deep")" = ics ] && [ "$(find "$scratch" -name 'household-*' | wc -l)" -eq 4 ] &&
    [ "$(find "$scratch/deep/ics" -name 'household-*' | wc -l)" -eq 4 ]
tell "an id with slashes is no path" $?
! cat "$scratch/deep/ics"/* | grep -qaE "^(UID:evil|X-EVIL|SUMMARY:<b>)" && ! steers "$scratch/deep/ics"/* &&
    [ "$(grep -ac "^BEGIN:VEVENT" "$scratch/deep/ics/pilot.ics")" -eq "$(grep -ac "^UID:" "$scratch/deep/ics/pilot.ics")" ]
tell "no text becomes a line of a calendar, or turns its direction" $?

sed -i "s/^A4,/${escape}[31mA4,/" "$tiny/households.csv"
run 3 check "$tiny" && ! steers "$scratch/out" "$scratch/err" && out_has '\x1b[31mA4'
tell "codes of terminals are refused, and shown as what they are" $?
cp "$scratch/kept.csv" "$tiny/households.csv"
sed -i "s/,full,3,/,full$override,3,/" "$tiny/households.csv"
run 3 check "$tiny" && ! steers "$scratch/out" "$scratch/err"
tell "so are marks of direction where a text is told" $?
run 3 check "$scratch/${escape}[31m$override" && ! steers "$scratch/out" "$scratch/err"
tell "and in names of folders" $?
run 2 "chec$escape[31m$override" && ! steers "$scratch/out" "$scratch/err"
tell "and in words of the command line" $?
finish
