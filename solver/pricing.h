/*
 * pricing.h: the cheapest itinerary of one household.
 *
 * The pricing problem, with a the tasks of a household that are still to be dated, i in O_a the
 * options of task a (a start, the finish that follows from it, the members that do it) and
 * c_a(i) the cost of an option, prices of shared resources included:
 *
 *     minimise   sum over a of c_a(i_a)
 *     so that    min <= start(i_b) - finish(i_a) <= max     for every lag a -> b
 *
 * Variables are eliminated one by one (bucket elimination, Dechter 1999; for series-parallel
 * graphs this is the classic series and parallel reduction): a task with one neighbour left sends
 * it a vector of minima, a task with two neighbours leaves a table between them. Lags are intervals
 * in sorted options, so that a minimum over them is a sliding window: O(n) per task on a tree,
 * O(n^2) per parallel branch. A graph in which every task left has three neighbours or more goes to
 * the minimum cut of the time-expanded closure (Moehring, Schulz, Stork, Uetz 2003; pricing_cut.c).
 *
 * All costs are multiples of 2^-16 below 2^36, so that sums of doubles are exact and a bound made
 * of them is proven, not rounded.
 */
#ifndef PILOTE_PRICING_H
#define PILOTE_PRICING_H

#include "solver/date.h"

#include <stdbool.h>

#define COST_INFINITE 1e18
#define COST_IS_FINITE(cost) ((cost) < 1e17)

/* The options of one task, sorted by start. A position is day * n_slots + slot; works start in
 * slot 0 and finish in the last slot of their last day. */
typedef struct Options {
    int n, room;
    int32_t *start;  /* position */
    int32_t *finish; /* position */
    double *cost;    /* cost units, a multiple of 2^-16, or COST_INFINITE */
    int32_t *mode;   /* who does it: index into the task's modes */
    int32_t *minute; /* clock time where one is chosen already, else MINUTE_NONE */
} Options;

/* A lag between two tasks of the pricing problem. */
typedef struct PricingLag {
    int from, to; /* indices of tasks */
    int min_days, max_days;
    bool has_max;
    bool in_order; /* both are appointments: on one day, `to` stands in the same slot or later */
} PricingLag;

/* A cost of two tasks' starts together: the home and the nights between them. row() fills
 * extra[0 .. n_days - 1] with the cost (or COST_INFINITE) of task `to` starting on each day when
 * task `from` starts on `day`. Costs are multiples of 2^-16. */
typedef struct PairCost {
    int from, to;
    int n_days;
    void *context;
    void (*row)(void *context, day_t day, double *extra);
} PairCost;

typedef struct Pricing Pricing; /* a workspace, one per thread */

Pricing *pricing_new(int n_slots);
void pricing_free(Pricing *pricing);

/* Starts a new problem of n tasks with the given lags and pair cost (NULL: none), both kept by
 * reference until the next start. A lag's `from` has the smaller index. */
void pricing_start(Pricing *pricing, int n_tasks, const PricingLag *lags, int n_lags,
                   const PairCost *pair);

/* The options of task a, empty after pricing_start(); fill them with options_add() in ascending
 * order of start. */
Options *pricing_options(Pricing *pricing, int a);

void options_add(Options *options, int32_t start, int32_t finish, double cost, int32_t mode,
                 int32_t minute);

/* With `quick` pricing_solve() may miss the optimum, or any itinerary, where branching over lags
 * would take long: for heuristics only. Off after pricing_new(). */
void pricing_set_quick(Pricing *pricing, bool quick);

/* At most so many eliminations per problem, 0: the usual number; after that the answer is not
 * exact, but its value still a lower bound. */
void pricing_set_effort(Pricing *pricing, int nodes);

/* What has been computed so far, in units of about the same time each: it measures out work where
 * time would not give the same results on every machine. */
double pricing_work(const Pricing *pricing);

/* Puts options that were added in another order into ascending order of start, then of finish, then
 * of cost. */
void options_sort(Options *options);

/* Of options so sorted that start alike, drops those that others make needless whatever the rest of
 * the problem: they finish at the same time, or later where `early` says that finishing early never
 * hurts, and cost no less. */
void options_thin(Options *options, bool early);

/*
 * Solves the problem. Returns the least cost, COST_INFINITE when there is no itinerary that costs
 * less than `cutoff`, and the option chosen for each task in choice[n_tasks]. With a pair cost, or
 * several members per task, the minimum cut may return a relaxation (pair costs >= 0 are left out):
 * then *exact is false, the value is a lower bound, and choice is the cheapest start of each task
 * without a guarantee for the lags.
 */
double pricing_solve(Pricing *pricing, double cutoff, int *choice, bool *exact);

#endif
