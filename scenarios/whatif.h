/*
 * whatif.h: what scenarios would do to a plan, side by side.
 */
#ifndef PILOTE_WHATIF_H
#define PILOTE_WHATIF_H

#include "scenarios/engine.h"
#include "scenarios/replan.h"

/* What people compare plans by. */
typedef struct Figures {
    cost_t total, parts[PART_COUNT]; /* cost units */
    cost_t bound;                    /* no plan has a smaller total; 0: not known */
    int n_households, n_planned;
    int n_away;                        /* households away for a night or more */
    double mean_nights;                /* of these */
    int worst_nights, worst_household; /* household NONE: nobody is away */
    int n_broken;                      /* confirmed dates or members not kept */
    int n_moved;                       /* dates that differ from the base plan */
    int n_evenings;                    /* member-dates with a late appointment */
    date_t last_finish;                /* of all tasks; DATE_NONE when none has a date */
} Figures;

typedef struct Outcome {
    const Scenario *scenario;
    const char *failure; /* why there is no plan, in English; NULL when there is one */
    bool done;           /* false: the run was stopped before */
    Replanned replanned; /* its plan may be NULL */
    Figures figures;
} Outcome;

typedef struct WhatIf {
    Arena *arena;
    const Operation *op;
    const Plan *base;
    Figures figures; /* of the base, with itself as last week's plan */
    int n;
    Outcome *outcomes; /* in the order of the scenarios */
    bool complete;     /* false: stopped by a signal */
} WhatIf;

typedef struct WhatIfOptions {
    double effort; /* times replan_work() */
    uint64_t seed;
    Engine engine;
    void (*progress)(void *context, const PoolProgress *progress); /* or NULL */
    void *context;
} WhatIfOptions;

/* The figures of a plan of `op` that follows `previous`. */
Figures figures_of(const Operation *op, const Plan *previous, const Plan *plan);

/* Plans the operation for each scenario from `base`, a plan that keeps its rules. What is given
 * must outlive the result; free it with whatif_free(). */
WhatIf *whatif_new(const Operation *op, const Plan *base, const Scenario *scenarios, int n,
                   const WhatIfOptions *options);

/* Does some jobs of whatif_new(), of which each plans a scenario; see engine_do_task(). */
bool whatif_do_task(const Operation *op, const Plan *base, const Scenario *scenarios,
                    const WhatIfOptions *options, const EngineTask *task);

void whatif_free(WhatIf *whatif); /* NULL is allowed */

#endif
