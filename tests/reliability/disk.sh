#!/bin/sh
# A disk that is full or can only be read: told with exit code 4, and all files are as they were.
. "$(dirname "$0")/../commands/common"

tiny=$(operation tiny)
for command in "check $tiny" "help" "--version"; do
    code=0
    # shellcheck disable=SC2086 # several words
    "$PILOTE" $command >/dev/full 2>"$scratch/err" || code=$?
    [ "$code" -eq 4 ] && err_has "could not be printed"
    tell "results that cannot be printed are told: ${command%% *}" $?
done

small=$scratch/small
mkdir "$small"
if ! mount -t tmpfs -o size=600k,mode=700 tmpfs "$small" 2>/dev/null; then
    echo "ok # skipped: only root can make a small disk"
    finish
fi
trap 'umount -l "$small"; rm -rf "$scratch"' EXIT
run "0|1" plan "$tiny" -q --rounds 1 -o "$small/plan"
tell "a small disk takes a plan" $?
cp -r "$small/plan" "$scratch/before"
cp "$tiny/progress.csv" "$tiny/operation.json" "$tiny/households.csv" "$tiny/resources.csv" "$small/"
head -c 1000000 /dev/zero >"$small/filler" 2>/dev/null
same() { diff -r "$small/plan" "$scratch/before" >"$scratch/out" && cmp -s "$small/progress.csv" "$tiny/progress.csv"; }
run 4 plan "$tiny" -q --rounds 1 -o "$small/plan" --previous "$small/plan/plan.json" && err_has "disk is full" && same
tell "a full disk is told, and the old plan stays" $?
run 4 export "$small/plan/plan.json" --ics "$small/ics" --households && [ ! -e "$small/ics" ] && same
tell "no calendar is written on a full disk, and no folder" $?
run 4 anonymise "$tiny" "$small/anonymous" && [ ! -e "$small/anonymous" ]
tell "nor half an operation" $?
rm "$small/filler"
mount -o remount,ro "$small"
run 4 plan "$tiny" -q --rounds 1 -o "$small/plan" && same
tell "a disk that can only be read is told before the search" $?
run 4 export "$small/plan/plan.json" --ics "$small/ics" && err_has "only be read"
tell "and so is it by the calendars" $?
finish
