/*
 * freed.h: a tenant has cancelled; who could use the time of the member that came free.
 */
#ifndef PILOTE_FREED_H
#define PILOTE_FREED_H

#include <limits.h>

#include "solver/search/standing.h"

/* A date of a member. */
typedef struct FreedSlot {
    int member;      /* resource */
    date_t start;    /* a day of the horizon */
    minute_t minute; /* of a clock member; MINUTE_NONE for others */
} FreedSlot;

/* Somebody who could take it. */
typedef struct FreedUse {
    int household, task;
    int sooner;       /* days; INT_MAX when the task has no date otherwise */
    cost_t gain;      /* cost units that the whole plan saves, but for dates nobody was told of */
    const Plan *plan; /* the whole plan with it */
    const Plan *otherwise; /* the best one without it */
} FreedUse;

typedef struct Freed {
    Arena *arena;
    int holder, holder_task; /* whose date it is in the standing plan, or NONE */
    bool holder_has_date;    /* another one, in `without` */
    Standing *without;       /* the plan when the time is free; NULL: it is now, or no such plan */
    int n;
    FreedUse *uses; /* the one that saves most first, at most one per household */
} Freed;

/*
 * Finds at most `count` households of whom one task could take place sooner at the freed time, and
 * the whole plan would be no dearer. Whose task is confirmed is not asked to move. Each use was
 * tried out: with the date confirmed the whole plan keeps every rule and every promise. Free it
 * with freed_free().
 */
Freed *freed_find(const Standing *standing, const FreedSlot *slot, int count);
void freed_free(Freed *freed); /* NULL is allowed */

#endif
