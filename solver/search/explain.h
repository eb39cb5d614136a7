/*
 * explain.h: why a household has the dates that it has, found out by planning it again.
 */
#ifndef PILOTE_EXPLAIN_H
#define PILOTE_EXPLAIN_H

#include "solver/search/conflict.h"

/* How far a task can slip before the one that is explained starts later, all other households
 * keeping their dates. */
typedef struct Slack {
    int task;
    int days;
} Slack;

typedef struct Explanation {
    int household;
    int task;     /* the one that is explained: the one asked for, else the return, else the last */
    bool planned; /* in the standing plan; otherwise only `conflict` is filled, why it is not */
    Status promised;     /* what the tenant was told of the task */
    date_t start;        /* of the task in the standing plan */
    date_t earliest;     /* the soonest possible, all others keeping their dates */
    const Plan *soonest; /* the plan with that; NULL when the task starts then, or no such plan
                            keeps all promises */
    Conflict conflict;   /* why it cannot start sooner than `earliest` */
    int n_slacks;
    Slack *slacks; /* of the task and those still to do that it waits for, in the order of their
                      dates; those with 0 days are the chain that decides */
} Explanation;

/* Explains task a of household h, or with NONE when it is home again; tasks that are begun are
 * facts and need no explanation. At least one task is still to do. The result is in `arena`. */
Explanation explain_household(const Standing *standing, int h, int a, Arena *arena);

#endif
