/*
 * scripted_solve.h: a solve() that does what the test says, in place of the library's. Included by
 * one test program, once.
 */
#ifndef PILOTE_TESTS_SCRIPTED_SOLVE_H
#define PILOTE_TESTS_SCRIPTED_SOLVE_H

#include <unistd.h>

#include "solver/solve.h"
#include "tests/support/one_task.h"

/* What solve() does in the current test; it runs in the search's process. */
typedef void Script(const Operation *op, const SolveOptions *options, const SolveEvents *events);
static Script *script;

void solve(const Operation *op, const Plan *previous, const SolveOptions *options,
           const SolveEvents *events) {
    (void)previous;
    script(op, options, events);
}

/* Sends the plan of that day with these figures. */
static inline void send_figures(const Operation *op, const SolveEvents *events, day_t day,
                                cost_t total, cost_t bound) {
    Arena *arena = arena_new();
    Plan *plan = one_task_plan(arena, op, day);
    plan->total = total;
    plan->bound = bound;
    events->plan(events->context, plan);
    arena_free(arena);
}

static inline void send_day(const Operation *op, const SolveEvents *events, day_t day) {
    send_figures(op, events, day, day, 0);
}

/* Waits for ever, without using the processor. */
static inline void stand_still(void) {
    for (;;)
        pause();
}

static volatile unsigned turns;

/* Computes for ever. */
static inline void spin(void) {
    for (;;)
        turns++;
}

static inline void then_spin(const Operation *op, const SolveOptions *options,
                             const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    spin();
}

#endif
