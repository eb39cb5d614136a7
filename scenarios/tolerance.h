/*
 * tolerance.h: how late each delivery may come, and how badly each crew may be missed.
 *
 * The slip up to which the plan stands as it is, is exact: that is a question to the verifier, and
 * a later delivery never helps. Where dates must move, the plans are those that replan() finds, so
 * what is said of them is what the program would do, and an estimate of what is possible. A plan
 * for a long slip serves for a shorter one, too; that sets straight what the search missed.
 */
#ifndef PILOTE_TOLERANCE_H
#define PILOTE_TOLERANCE_H

#include "scenarios/whatif.h"

enum { ANY_SLIP = -1, TOLERANCE_WEEKS = 4 };

typedef struct DeliveryTolerance {
    int delivery;
    bool done;           /* false: the run was stopped before, or `failed` */
    bool failed;         /* its process ended by accident */
    int stands;          /* days that it can slip and every date stays; ANY_SLIP: however late */
    int promises;        /* the same for announced and confirmed dates alone */
    bool promises_exact; /* a day later no plan at all keeps them */
    int returns;         /* days of slip at which the first return moves; ANY_SLIP: none */
    bool returns_exact;  /* no plan at all keeps all returns then; with fewer days one does */
    cost_t weeks[TOLERANCE_WEEKS]; /* cost units that a slip of 1, 2, ... weeks adds */
} DeliveryTolerance;

typedef struct CrewTolerance {
    int resource;
    bool done, failed; /* as above */
    int n_weeks;       /* in which it works */
    int n_standing;    /* of these: weeks without one of its units in which every date stays */
    date_t worst;      /* the Monday of the week in which it is missed most; or DATE_NONE */
    cost_t cost;       /* that this week adds */
    int n_promises;    /* announced and confirmed dates that move then */
    int n_returns;     /* returns that move then */
    int n_unplanned;   /* households that lose their dates then */
} CrewTolerance;

typedef struct Tolerance {
    Arena *arena;
    const Operation *op;
    int n_deliveries, n_crews;
    DeliveryTolerance *deliveries; /* those that have not arrived, the most dangerous first */
    CrewTolerance *crews;          /* crew and volume members, the same */
    bool complete;                 /* false: stopped by a signal */
} Tolerance;

/* Asks about every delivery and crew of `op`, which has the plan `base`; what is given must outlive
 * the result. Free it with tolerance_free(). */
Tolerance *tolerance_new(const Operation *op, const Plan *base, const WhatIfOptions *options);

/* How many jobs tolerance_new() has. */
int tolerance_jobs(const Operation *op);

/* Does some of them; see engine_do_task(). */
bool tolerance_do_task(const Operation *op, const Plan *base, const WhatIfOptions *options,
                       const EngineTask *task);

void tolerance_free(Tolerance *tolerance); /* NULL is allowed */

#endif
