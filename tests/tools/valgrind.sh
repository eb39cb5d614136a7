#!/bin/sh
# valgrind's memcheck finds no error and no lost memory in any command: what a sanitizer does not see,
# such as the use of values that were never set.
. "$(dirname "$0")/../commands/common"

command -v valgrind >/dev/null || { echo "ok # skipped: there is no valgrind"; exit 0; }
if sanitized; then
    echo "ok # skipped: a sanitizer has an allocator of its own"
    exit 0
fi

# memcheck CODE NAME ARGUMENT...: runs pilote, in which nothing may be found, its child processes included.
memcheck() {
    wanted=$1
    name=$2
    shift 2
    rm -f "$scratch"/memcheck.*
    code=0
    G_SLICE=always-malloc valgrind --quiet --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite --num-callers=20 --log-file="$scratch/memcheck.%p" \
        "$PILOTE" "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
    bad=0
    case "|$wanted|" in
    *"|$code|"*) ;;
    *) bad=1 && echo "exit code $code instead of $wanted" >>"$scratch/err" ;;
    esac
    # A child that the parent ends has told its errors by then; only of leaks nothing is known.
    if [ -s "$(find "$scratch" -name 'memcheck.*' -size +0 | head -n 1)" ]; then
        bad=1
        cat "$scratch"/memcheck.* >>"$scratch/err"
    fi
    [ "$bad" -eq 0 ]
    tell "memcheck finds nothing in $name" $?
}

tiny=$(operation tiny)
cp "$root/examples/tiny/suppliers.csv" "$tiny/" 2>/dev/null
cp "$root/scenarios/examples/delivery-late.json" "$scratch/late.json"
plan=$tiny/plan/plan.json
memcheck 0 check check "$tiny"
memcheck "0|1" plan plan "$tiny" --rounds 1 --threads 2
cp "$plan" "$scratch/week1.json"
memcheck 0 verify verify "$tiny" "$plan"
memcheck 0 record record "$tiny" A2 visit confirmed
memcheck 0 announce announce "$tiny" --until 2026-09-20
memcheck "0|1" "plan after a plan" plan "$tiny" --rounds 1 --threads 1 --previous "$scratch/week1.json"
memcheck 0 diff diff "$scratch/week1.json" "$plan"
memcheck 0 "export of calendars" export "$plan" --ics "$scratch/ics" --households
memcheck 0 "export of a report" export "$plan" --html "$scratch/report.html"
memcheck 0 offer offer "$tiny" A2 visit
memcheck 0 "explain of a household" explain "$tiny" A1
memcheck 0 "explain of all" explain "$tiny"
memcheck "0|1" whatif whatif "$tiny" --slip K1:+10d
memcheck "0|1" tolerance tolerance "$tiny"
memcheck "0|1" risk risk "$tiny" --samples 2
memcheck 0 anonymise anonymise "$tiny" "$scratch/anonymous"
sed -i 's/,full,/,ful,/; s/kitchen/kitchn/' "$tiny"/*.csv
memcheck 3 "check of faulty files" check "$tiny"
memcheck 2 "wrong usage" plan
finish
