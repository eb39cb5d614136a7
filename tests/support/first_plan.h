/* first_plan.h: plans and standing plans for tests that ask about them. */
#ifndef PILOTE_TESTS_FIRST_PLAN_H
#define PILOTE_TESTS_FIRST_PLAN_H

#include "solver/search/standing.h"
#include "tests/support/estate.h"

/* A first plan near to `previous` (or NULL), as the command makes it, in the arena. */
Plan *first_plan(const Operation *op, const Plan *previous, Arena *arena);

/* The estate of estate.h and a plan of it that stands, made by stand(). */
typedef struct StandingEstate {
    Estate *estate;
    Standing *standing; /* NULL before stand() */
    Arena *arena;
} StandingEstate;

int standing_estate_set_up(void **state);
int standing_estate_tear_down(void **state);

/* The estate's plan stands from now on; fails when it cannot. */
void stand(StandingEstate *standing);

#endif
