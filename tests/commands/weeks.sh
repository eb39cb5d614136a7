#!/bin/sh
# Five weeks in a row: each week plans, verifies and keeps what was promised.
. "$(dirname "$0")/common"
. "$(dirname "$0")/five_weeks"

# Rows of progress.csv that are confirmed and whose start is not that of the calendar.
unkept() { # DIR
    awk -F ';' 'FNR == 1 { next }
        FILENAME ~ /calendar/ { start[$1 " " $5] = $7; next }
        $3 == "confirmed" && start[$1 " " $2] != $4 { print $1, $2, $4, start[$1 " " $2] }' \
        "$1/plan/calendar.csv" "$1/progress.csv"
}

check_week() { # WEEK AS_OF DIR
    unkept "$3" >"$scratch/out"
    [ ! -s "$scratch/out" ]
    tell "week $1: confirmed dates are kept" $?
    run "0|1" verify "$3" "$3/plan/plan.json" --as-of "$2" ${previous:+--previous "$previous"}
    tell "week $1: the plan keeps all rules" $?
    [ "$1" -gt 1 ] || return 0
    run 0 diff "$previous" "$3/plan/plan.json" && cmp -s "$previous" "$3/plan/previous.json"
    tell "week $1: diff compares it with the last one" $?
    case $1 in
    2)
        grep -q "deliveries.csv:[23]: C0[12]: date" "$scratch/out"
        tell "a delivery that slipped is a cause" $?
        ;;
    3)
        tr -s ' \n' ' ' <"$scratch/out" | grep -q "availability.csv:[0-9]*: .*${away% *}"
        tell "the tenant who went away has another date, and that is why" $?
        ;;
    esac
}

pinsons=$(operation pinsons)
five_weeks "$pinsons" check_week

# The same files, the same plan.
run "0|1" plan "$pinsons" --as-of "$as_of" -q --rounds 2 --previous "$previous" -o "$scratch/once"
run "0|1" plan "$pinsons" --as-of "$as_of" -q --rounds 2 --previous "$scratch/once/plan.json" \
    -o "$scratch/again"
run 0 diff "$scratch/once/plan.json" "$scratch/again/plan.json" --json && out_has '"changes":[],'
tell "an unchanged operation keeps its plan" $?
finish
