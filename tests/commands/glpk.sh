#!/bin/sh
# GLPK that aborts, stands still or never ends: the best plan is written, and people are told.
. "$(dirname "$0")/common"

if ! grep -qa glp_simplex "$PILOTE" && ! grep -qa glp_intopt "$PILOTE"; then
    echo "ok # skipped: this program does not call GLPK"
    exit 0
fi

library=$scratch/fail_glpk.so
"${CC:-cc}" -shared -fPIC -o "$library" "$root/tests/commands/fail_glpk.c" >"$scratch/err" 2>&1
tell "the failing GLPK is built" $?
small=$(operation tiny)

# plan_with MODE TEXT: plans with a GLPK that fails in that way; TEXT is what must be told.
plan_with() {
    rm -f "$scratch/note"
    code=0
    env LD_PRELOAD="$library" FAIL_GLPK="$1" FAIL_GLPK_NOTE="$scratch/note" \
        ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
        "$PILOTE" plan "$small" -o "$scratch/plan" -t 12 >"$scratch/out" 2>"$scratch/err" || code=$?
    [ -e "$scratch/note" ]
    tell "GLPK was called before it failed by '$1'" $?
    [ "$code" -le 1 ] && err_has "$2"
    tell "'$1' is told, and no failure of the command" $?
    run "0|1" verify "$small" "$scratch/plan/plan.json"
    tell "the plan after '$1' keeps all rules" $?
}

plan_with abort "by accident"
plan_with sleep "stood still"
plan_with spin "time limit"
finish
