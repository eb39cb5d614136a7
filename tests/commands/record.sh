#!/bin/sh
# pilote record and pilote announce: facts in progress.csv without a spreadsheet.
. "$(dirname "$0")/common"

tiny=$(operation tiny)
run "0|1" plan "$tiny" -q -t 0
run 0 record "$tiny" A3 visit confirmed --start "2026-09-09 10:00" && out_has "A3, visit"
tell "a fact is noted" $?
sed 's/A3,visit,confirmed,2026-09-08T10:00/A3,visit,confirmed,2026-09-09T10:00/' \
    "$root/examples/tiny/progress.csv" | cmp -s - "$tiny/progress.csv"
tell "all else in the file stays" $?

cp "$tiny/progress.csv" "$scratch/before"
run 2 record "$tiny" A9 visit done && err_has "no household 'A9'" && err_has "did you mean"
tell "an unknown household is told, with the nearest one" $?
run 2 record "$tiny" A3 vist done && err_has "did you mean 'visit'"
tell "so is an unknown task" $?
run 3 record "$tiny" A3 visit perhaps && err_has "progress.csv:3: column 'status': got 'perhaps'"
tell "a status that does not exist is a fault of the file" $?
run 3 record "$tiny" A3 visit done --start 2026-12-01 && err_has "nothing was noted"
tell "a fact of the future is refused" $?
run 2 record "$tiny" A3 visit done --start yesterday && err_has "--start"
tell "a date that is none is wrong usage" $?
cmp -s "$scratch/before" "$tiny/progress.csv" && [ "$(ls -A "$tiny" | grep -c '^\.')" -eq 0 ]
tell "nothing of that is written" $?

run 0 record "$tiny" A2 visit confirmed
date=$(sed -n 's/^A2,visit,confirmed,\([^,]*\),,,$/\1/p' "$tiny/progress.csv")
[ -n "$date" ] && grep -q "\"task\": \"visit\", \"start\": \"$date\"" "$tiny/plan/plan.json"
tell "without a date the plan's is noted" $?
mv "$tiny/plan" "$scratch/plan"
run 2 record "$tiny" A1 move_out started && err_has "--start"
tell "without a plan the date has to be given" $?
run 3 record "$tiny" A1 move_out started --plan "$scratch/none.json" && err_has "none.json"
tell "a plan that is named has to be there" $?
mv "$scratch/plan" "$tiny/plan"

run "0|1" plan "$tiny" -q -t 1
run 2 announce "$tiny" && err_has "--until"
tell "announce asks until when" $?
run 0 announce "$tiny" --until 2026-10-10 && out_has "as announced"
announced=$(grep -c ',announced,' "$tiny/progress.csv")
[ "$announced" -gt 1 ] && run "0|1" verify "$tiny" "$tiny/plan/plan.json"
tell "proposed dates are announced, and the plan still holds" $?
run 0 announce "$tiny" --until 2026-10-10 && out_has "dates: 0" &&
    [ "$(grep -c ',announced,' "$tiny/progress.csv")" -eq "$announced" ]
tell "a second time there is nothing to announce" $?

# A file that cannot be replaced stays as it is.
cp "$tiny/progress.csv" "$scratch/before"
(
    ulimit -f 0
    "$PILOTE" record "$tiny" A2 visit announced --start "2026-09-16 09:00" >/dev/null 2>&1
)
[ $? -eq 4 ] && cmp -s "$scratch/before" "$tiny/progress.csv"
tell "a full disk leaves the old file" $?
finish
