#!/bin/sh
# Memory that runs out at any moment: an error or the end of the program, never a wrong answer and
# never half a file. MOMENTS is how many allocations of each command fail, one at a time (25);
# `make torture` lets each of them fail.
. "$(dirname "$0")/../commands/common"

if sanitized; then
    echo "ok # skipped: a sanitizer has an allocator of its own"
    exit 0
fi
library=$scratch/no_memory.so
"${CC:-cc}" -shared -fPIC -o "$library" "$root/tests/reliability/no_memory.c" >"$scratch/err" 2>&1
tell "the failing allocator is built" $?
ulimit -c 0

# with_failure AT ARGUMENT...: runs pilote; the exit code is in $code.
with_failure() {
    at=$1
    shift
    code=0
    env LD_PRELOAD="$library" FAIL_AT="$at" COUNT_INTO="$scratch/count" \
        "$PILOTE" "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
}

# in_every_moment NAME CHECK ARGUMENT...: CHECK says whether the files are still good.
in_every_moment() {
    name=$1
    check=$2
    shift 2
    rm -f "$scratch/count"
    with_failure 0 "$@"
    n=$(cat "$scratch/count")
    step=$((n / ${MOMENTS:-25} + 1))
    $check
    wrong=0
    at=1
    while [ "$at" -le "$n" ]; do
        with_failure "$at" "$@"
        case $code in
        # Well; shortfall; not written; internal; GLib and abort() say that there is no memory.
        0 | 1 | 4 | 5 | 133 | 134) ;;
        *)
            echo "exit code $code when allocation $at fails" >>"$scratch/wrong"
            wrong=$((wrong + 1))
            ;;
        esac
        $check || {
            echo "wrong files when allocation $at fails" >>"$scratch/wrong"
            wrong=$((wrong + 1))
        }
        at=$((at + step))
    done
    [ "$wrong" -eq 0 ] || tail -n 5 "$scratch/wrong" >>"$scratch/err"
    [ "$wrong" -eq 0 ] && [ "$n" -gt 100 ]
    tell "$name survives where memory ends ($((n / step + 1)) of $n allocations)" $?
}

tiny=$(operation tiny)
cp "$tiny/progress.csv" "$scratch/old.csv"
"$PILOTE" plan "$tiny" -q -t 0 -o "$scratch/plan" >"$scratch/out" 2>"$scratch/err"
cp "$scratch/plan/plan.json" "$scratch/old.json"
noted() {
    grep -q '^A2,visit,announced' "$tiny/progress.csv" && cp "$scratch/old.csv" "$tiny/progress.csv"
    cmp -s "$tiny/progress.csv" "$scratch/old.csv"
}
# Where memory ends in the search the plan may be another one, and with a time limit of nothing the clock decides
# how far it comes; but it is whole, and keeps all rules.
planned() {
    cmp -s "$scratch/plan/plan.json" "$scratch/old.json" && return
    kept=0
    "$PILOTE" verify "$tiny" "$scratch/plan/plan.json" >"$scratch/out" 2>"$scratch/err" || kept=$?
    [ "$kept" -le 1 ] && cp "$scratch/old.json" "$scratch/plan/plan.json"
}
exported() { [ ! -e "$scratch/ics/pilot.ics" ] || tail -n 1 "$scratch/ics/pilot.ics" | grep -q "END:VCALENDAR"; }
anonymous() { rm -rf "$scratch/anonymous"; }

in_every_moment "check" true check "$tiny"
in_every_moment "record" noted record "$tiny" A2 visit announced --start 2026-09-30T10:00
in_every_moment "plan" planned plan "$tiny" -q -t 0 --threads 1 -o "$scratch/plan"
in_every_moment "export" exported export "$scratch/plan/plan.json" --ics "$scratch/ics"
in_every_moment "diff" planned diff "$scratch/plan/plan.json" "$scratch/plan/plan.json"
in_every_moment "verify" planned verify "$tiny" "$scratch/plan/plan.json"
mkdir "$tiny/plan" && cp "$scratch/old.json" "$tiny/plan/plan.json"
told() { cmp -s "$tiny/plan/plan.json" "$scratch/old.json"; }
reported() { [ ! -e "$scratch/report.html" ] || tail -n 1 "$scratch/report.html" | grep -q "</html>"; }
in_every_moment "offer" told offer "$tiny" A2 visit
in_every_moment "explain" told explain "$tiny" A1
in_every_moment "whatif" told whatif "$tiny" --slip K1:+10d --threads 1
in_every_moment "export of a report" reported export "$scratch/plan/plan.json" --html "$scratch/report.html"
in_every_moment "anonymise" anonymous anonymise "$tiny" "$scratch/anonymous"

wrong=0
for kilobytes in 20000 40000 60000 80000 100000 120000; do
    code=0
    (ulimit -v "$kilobytes" && exec "$PILOTE" plan "$tiny" -q -t 0 -o "$scratch/plan") >"$scratch/out" 2>"$scratch/err" || code=$?
    case $code in
    0 | 1 | 4 | 5 | 127 | 133 | 134) planned || wrong=1 ;; # 127: no room for the libraries
    *) wrong=1 ;;
    esac
done
tell "a limit on the memory of the process leaves the old plan or a new one" $wrong
finish
