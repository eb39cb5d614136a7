#!/bin/sh
# An operation without names: nobody is in it, and its plan has the same dates.
. "$(dirname "$0")/../commands/common"

# What a plan says of dates and costs.
dates() { grep -o '"\(start\|finish\|total\|bound\|nights_away\|planned\)": [^,}]*' "$1/plan.json"; }

tiny=$(operation tiny)
sed -i '1s/$/,access,remark/; 2,$s/$/,Code 4711,Said by Aunt Agatha/' "$tiny/households.csv"
run 0 anonymise "$tiny" "$scratch/out_tiny" --quiet
tell "an operation is made anonymous" $?
run 0 check "$scratch/out_tiny"
tell "and is in order" $?
[ "$(stat -c %a "$scratch/out_tiny")" = 700 ] &&
    [ "$(stat -c %a "$scratch/out_tiny"/* | sort -u)" = 600 ]
tell "it is its owner's alone" $?
! grep -rliE "ashworth|okoro|hill|nair|wren|01632|wheelchair|daughter|4711|agatha|jane|smith|tiny estate" "$scratch/out_tiny" >"$scratch/out"
tell "nobody's name, address, number or note is in it" $?
run 2 anonymise "$tiny" "$scratch/out_tiny" && err_has "not replaced"
tell "no operation is written over" $?

for name in tiny pinsons; do
    of=$(operation $name)
    rm -rf "$scratch/out_$name"
    run 0 anonymise "$of" "$scratch/out_$name" && run "0|1" plan "$of" -q --rounds 1 -o "$scratch/with" &&
        run "0|1" plan "$scratch/out_$name" -q --rounds 1 -o "$scratch/without" &&
        [ "$(dates "$scratch/with" | wc -l)" -gt 20 ] && [ "$(dates "$scratch/with")" = "$(dates "$scratch/without")" ]
    tell "$name: the plan has the same dates without names" $?
done
run 0 anonymise "$tiny" "$scratch/dated" --as-of 2026-09-05 && grep -q '"as_of":.*"2026-09-05"' "$scratch/dated/operation.json"
tell "the day of the plan is in it" $?
run 3 anonymise "$scratch/none" "$scratch/nothing" && [ ! -e "$scratch/nothing" ]
tell "nothing is written of what cannot be read" $?
finish
