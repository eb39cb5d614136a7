/*
 * solve.h: from an operation to a plan and a proven bound, in this process.
 *
 * The search proper: it knows nothing of deadlines, signals or pipes. solver/run.h calls it in a
 * process of its own.
 */
#ifndef PILOTE_SOLVE_H
#define PILOTE_SOLVE_H

#include "solver/plan.h"

typedef struct SolveOptions {
    double gap;      /* stop when (total - bound) / total is at most this; 0: prove optimality */
    uint64_t seed;   /* of all random choices */
    int threads;     /* at least 1; changes nothing in the plan */
    int rounds;      /* at most, of the search after the first plan; 0: as many as it takes */
    bool first_only; /* stop with the first plan, made without GLPK */
} SolveOptions;

/* What the search is busy with, and how large its linear program is. */
typedef struct SolvePhase {
    const char *name;  /* in English, of at most MAX_PHASE_NAME letters */
    int columns, rows; /* of the master program; 0 where there is none (yet) */
} SolvePhase;

enum { MAX_PHASE_NAME = 24 };

/* What the search tells while it works. Called from the thread that called solve(). */
typedef struct SolveEvents {
    void *context;
    /* A phase begins: what is told from now on was found in it. May be NULL. */
    void (*phase)(void *context, const SolvePhase *phase);
    /* A better plan, complete (reasons of unplanned households included); it is valid during the
     * call only. Its total, parts and bound are the solver's. */
    void (*plan)(void *context, const Plan *plan);
    /* A better bound, cost units. */
    void (*bound)(void *context, cost_t bound);
    /* A remark in English, for the log. */
    void (*log)(void *context, const char *text);
} SolveEvents;

/*
 * Searches until the gap is reached or its own stopping rule holds (which depends on the inputs,
 * the options and the seed only, not on time or threads). `previous` is last week's plan or NULL.
 */
void solve(const Operation *op, const Plan *previous, const SolveOptions *options,
           const SolveEvents *events);

#endif
