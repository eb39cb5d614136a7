/*
 * run.h: the search under control: a time limit that holds, Ctrl-C, and a plan whatever happens.
 *
 * The search runs in a child process that owns GLPK and tells its plans and bounds over a pipe;
 * the parent owns the monotonic deadline, the signals and the best plan. A child that aborts,
 * hangs or is killed costs the rest of the search, never the plan found so far.
 *
 * A search that computes for long without any news is not called hung, because a long linear
 * program looks the same; it is ended by the time limit like any other. Hung is a search that
 * stands still: RUN_STILL_SECONDS without news and without using any processor time.
 */
#ifndef PILOTE_RUN_H
#define PILOTE_RUN_H

#include "solver/solve.h"

enum {
    RUN_STILL_SECONDS = 5,         /* standing still for so long is being hung */
    RUN_GRACE_SECONDS = 10,        /* for the first plan, when the time limit passes without one */
    RUN_STOPPED_GRACE_SECONDS = 2, /* the same after SIGINT or SIGTERM */
};

typedef struct RunOptions {
    SolveOptions solve;
    double time_limit; /* seconds of wall clock, from the call on */
} RunOptions;

typedef enum RunNews {
    RUN_NEWS_NONE,  /* a second has passed */
    RUN_NEWS_PHASE, /* a phase of the search has begun */
    RUN_NEWS_PLAN,  /* there is a better plan (the bound may be better, too) */
    RUN_NEWS_BOUND, /* there is a better bound */
    RUN_NEWS_END    /* the search is over; `by` is how it ended */
} RunNews;

typedef struct RunProgress {
    RunNews news;
    double elapsed;      /* seconds */
    const char *by;      /* the phase (solver/solve.h) that begins, or in which it was found */
    int columns, rows;   /* of the master program in that phase; 0: not known */
    bool has_plan;       /* total and unplanned are known */
    cost_t total, bound; /* cost units; the bound is 0 until one is known */
    int unplanned;       /* households */
} RunProgress;

/* Both are called in the parent, while it waits; each may be NULL. */
typedef struct RunEvents {
    void *context;
    void (*progress)(void *context, const RunProgress *progress); /* on news, and once a second */
    void (*log)(void *context, const char *text);                 /* a remark in English */
} RunEvents;

typedef enum RunEnding {
    RUN_FINISHED,    /* by its own stopping rule */
    RUN_TIME_LIMIT,  /* the time was used up */
    RUN_INTERRUPTED, /* by SIGINT or SIGTERM */
    RUN_CRASHED,     /* the search ended by accident (or could not begin) */
    RUN_HUNG         /* the search stood still and was stopped */
} RunEnding;

/*
 * Plans `op`. Always returns a plan in `arena`: the best one found. When the time is up, or a
 * signal came, or an accident happened before there was any plan, the first plan is waited for (see
 * the graces above), then a second, GLPK-free search is asked for one under the same graces; at
 * worst the plan is one in which nobody is planned. Every plan that comes over the pipe is checked
 * with verify_plan() before it counts; total, parts and nights are the verifier's, not the
 * search's. A search that is proven wrong in its own figures (another total, a bound above a plan's
 * total) keeps its plans but loses its bound (0). The status is PLAN_OPTIMAL when the bound meets
 * the total, otherwise PLAN_INTERRUPTED after a signal and PLAN_FEASIBLE without one.
 *
 * Call it before any thread is started. During the call SIGINT and SIGTERM stop the search
 * (RUN_INTERRUPTED); a second one ends the process at once with 128 + its number (outputs are still
 * whole: nothing is being written). The handler stays until the process ends. The search's process
 * ignores both, ends when this process ends, leaves no core file, and writes to stderr whatever its
 * libraries print.
 */
Plan *run_search(Arena *arena, const Operation *op, const Plan *previous, const RunOptions *options,
                 const RunEvents *events, RunEnding *ending);

#endif
