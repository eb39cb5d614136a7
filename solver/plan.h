/*
 * plan.h: the answer: a date for every task of every planned household.
 *
 * A plan belongs to the arena that it was made in. Its arrays follow the operation's indices:
 * households[h] is household h, tasks[a] task a of that household's package.
 */
#ifndef PILOTE_PLAN_H
#define PILOTE_PLAN_H

#include "solver/operation.h"

typedef enum PlanStatus { PLAN_OPTIMAL, PLAN_FEASIBLE, PLAN_INTERRUPTED } PlanStatus;

extern const char *const plan_status_names[]; /* "optimal", "feasible", "interrupted" */

typedef struct PlanTask {
    date_t start, finish; /* both included; start is DATE_NONE when the task has no date */
    minute_t start_minute, finish_minute; /* MINUTE_NONE for works */
    Status status;                        /* that of progress.csv, or proposed */
} PlanTask;

typedef struct PlanHousehold {
    bool planned;
    int home;        /* home index or NONE */
    int *members;    /* per role: the resource that serves it, or NONE; Operation.n_roles long */
    PlanTask *tasks; /* per task of its package; unplanned: only those done or started are dated */
    int nights_away; /* of the stay, 0 without one; by verify_plan() */
    int n_reasons;   /* why it is unplanned, in the operation's language */
    const char **reasons;
} PlanHousehold;

typedef struct Plan {
    date_t as_of;
    date_t follows; /* as_of of the plan that it keeps near to; DATE_NONE: made from nothing */
    PlanStatus status;
    cost_t total, bound;       /* cost units; bound <= the total of every plan */
    cost_t parts[PART_COUNT];  /* weighted; their sum is total */
    PlanHousehold *households; /* Operation.n_households long */
} Plan;

/* A new plan in `arena` in which nobody is planned: tasks done or started stand as progress.csv
 * has them (finish as told, else counted from the start over working days), nothing else has a
 * date. Members and home are those that facts and fixed members give. */
Plan *plan_new(Arena *arena, const Operation *op);

/* (total - bound) / total; 0 when total is 0. */
double plan_gap(const Plan *plan);

#endif
