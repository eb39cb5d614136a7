/*
 * conflict.h: why a household cannot have what it should: a smallest set of reasons that conflict.
 *
 * Found by deletion (Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear
 * programs", ORSA Journal on Computing 3, 1991), half by half as in QuickXplain (Junker 2004): a
 * reason is left out for good when the household finds no dates without it either. What is left is
 * minimal: the reasons that are left allow no dates together, and all but any one of them do. All
 * others keep the dates of the standing plan meanwhile.
 */
#ifndef PILOTE_CONFLICT_H
#define PILOTE_CONFLICT_H

#include "solver/relief.h"
#include "solver/search/standing.h"

/* What household h is to have: dates for everything, and task `task` on day `by` at the latest. */
typedef struct Goal {
    int household;
    int task;  /* of those not begun, or NONE */
    date_t by; /* or DATE_NONE */
} Goal;

/* A reason, and what would happen if it alone did not hold. */
typedef struct Obstacle {
    Reason reason;
    bool enough;     /* the goal would be reached */
    date_t start;    /* of the goal's task then, at the soonest; DATE_NONE without a task */
    bool has_relief; /* it need not go altogether: this much would be enough */
    Relief relief;
    date_t relieved;  /* `start` with the relief */
    const Plan *plan; /* the whole plan when the goal is reached, with the relief if there is one */
} Obstacle;

typedef struct Conflict {
    bool reached; /* the goal can be reached; there is no conflict */
    int n;        /* 0 without `reached`: it cannot be reached whatever is lifted */
    Obstacle *obstacles;
} Conflict;

/* The conflict that keeps the goal from being reached, in `arena`. Every obstacle, and every
 * relief, was tried by planning the household again; plans are judged by the verifier. */
Conflict conflict_find(const Standing *standing, const Goal *goal, Arena *arena);

/* Whether the reasons alone, all others being lifted, keep the goal from being reached. */
bool conflict_holds(const Standing *standing, const Goal *goal, const Reason *reasons, int n);

/* The first day on which task a of household h can start in `op`, where all others keep the dates
 * of the standing plan; DATE_NONE when it cannot. *plan (unless NULL) becomes that plan, in
 * `arena`. */
date_t earliest_start(const Standing *standing, const Operation *op, int h, int a, Arena *arena,
                      Plan **plan);

#endif
