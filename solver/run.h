/*
 * run.h: the search under control: a time limit that holds, Ctrl-C, and a plan whatever happens.
 *
 * The search runs in a child process that owns GLPK and tells its plans and bounds over a pipe;
 * the parent owns the monotonic deadline, the signals and the best plan. A child that aborts,
 * hangs or is killed costs the rest of the search, never the plan found so far.
 */
#ifndef PILOTE_RUN_H
#define PILOTE_RUN_H

#include "solver/solve.h"

typedef struct RunOptions {
    SolveOptions solve;
    double time_limit; /* seconds of wall clock, from the call on */
} RunOptions;

typedef struct RunProgress {
    double elapsed;      /* seconds */
    bool has_plan;       /* total and unplanned are known */
    cost_t total, bound; /* cost units; the bound is 0 until one is known */
    int unplanned;       /* households */
} RunProgress;

/* Both are called in the parent, while it waits. */
typedef struct RunEvents {
    void *context;
    void (*progress)(void *context, const RunProgress *progress); /* on news, and once a second */
    void (*log)(void *context, const char *text);                 /* English, for --verbose */
} RunEvents;

typedef enum RunEnding {
    RUN_FINISHED,    /* by its own stopping rule */
    RUN_TIME_LIMIT,  /* the time was used up */
    RUN_INTERRUPTED, /* by SIGINT or SIGTERM */
    RUN_CRASHED,     /* the search ended by accident; the plan is the best one until then */
    RUN_HUNG         /* it did not react in time and was stopped; the plan as above */
} RunEnding;

/*
 * Plans `op`. Always returns a plan in `arena`: the best one found; after an early accident the
 * first plan of a second, GLPK-free child; at worst one in which nobody is planned. Every plan that
 * comes over the pipe is checked with verify_plan() before it counts. Status, total, parts,
 * nights and bound are filled in.
 *
 * During the call SIGINT and SIGTERM stop the search (RUN_INTERRUPTED); a second one ends the
 * process at once with 128 + its number (outputs are still whole: nothing is being written). The
 * first signal's handler stays until the process ends.
 */
Plan *run_search(Arena *arena, const Operation *op, const Plan *previous, const RunOptions *options,
                 const RunEvents *events, RunEnding *ending);

#endif
