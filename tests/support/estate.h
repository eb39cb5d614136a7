/*
 * estate.h: two households, a plan for them that keeps every rule, and what the verifier says of
 * it.
 *
 * H1 and H2 need: a visit (90 minutes, a pilot), the move out (a day, movers and their volume of a
 * lorry, the tenant there, from the day after the visit on), a kitchen (two days, a fitter, the
 * item `kitchen` the day before) and the move back (as the move out, two days after the kitchen or
 * more). There are the pilots paul and anna, one crew of movers (mov), a lorry of 40 m3 (van), the
 * fitters fit1 and fit2, the homes R1 and R2, and two kitchens on 2026-09-21. The plan:
 *
 *          visit (paul)         move out     kitchen (fit1)     move back    home
 *     H1   Mon 14.9. 09:00      Mon 21.9.    Thu 24., Fri 25.   Tue 29.9.    R1
 *     H2   Mon 14.9. 13:30      Tue 22.9.    Mon 28., Tue 29.   Fri 2.10.    R2
 *
 * It costs 18 nights of 10 and 22 + 25 days of 1: 227. As the fixture of a test: estate_set_up()
 * and estate_tear_down(), and the Estate is *state.
 */
#ifndef PILOTE_TESTS_ESTATE_H
#define PILOTE_TESTS_ESTATE_H

#include "tests/support/builder.h"

enum { VISIT, OUT, KITCHEN, BACK };        /* tasks */
enum { PILOT, MOVERS, LORRY, FITTER };     /* roles */
enum { PAUL, ANNA, MOV, VAN, FIT1, FIT2 }; /* resources */
enum { H1, H2 };                           /* households */
enum { R1, R2 };                           /* homes */

typedef struct Estate {
    Operation *op;
    Plan *plan;     /* in the operation's arena */
    Plan *previous; /* NULL unless the test sets one */
} Estate;

int estate_set_up(void **state);
int estate_tear_down(void **state);

/* Begins the plan anew with the facts that the test has added, with the dates, members and homes
 * of the plan above for every task that is no fact. */
void estate_plan(Estate *estate);

/* A further household of the same package, unplanned. Call estate_plan() afterwards. */
int estate_add_household(Estate *estate, const char *id);

/* Fails unless the plan keeps every rule. */
void assert_kept(const Estate *estate);

/* Fails unless there is exactly one violation, of this constraint, whose message has all the words
 * that follow; NULL ends them. */
void assert_broken(const Estate *estate, const char *constraint, ...) __attribute__((sentinel));

/* How often the constraint is violated. */
int count_broken(const Estate *estate, const char *constraint);

/* The part's cost, recomputed. */
cost_t cost_of(const Estate *estate, Part part);

#endif
