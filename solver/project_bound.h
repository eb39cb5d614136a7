/*
 * project_bound.h: what a household costs at least when its own works compete for crews.
 *
 * Lagrangian prices see the crews as shared between households; two arguments from project
 * scheduling see them within one. With r_a the first day on which task a can start and q_a the days
 * that the household needs at least after a's finish (both the longest paths over the lags):
 *
 *     last finish >= first finish of a + q_a                               (critical path)
 *     last finish >= first day by which the crew has done what all tasks
 *                    with r_a >= r and q_a >= q need of it, from r on, + q     (energy)
 *
 * for every r, q and role; a role's capacity is that of its largest member day by day, less the
 * facts. Whole days and units: nothing is rounded. (Brucker and Knust, "Complex scheduling", 2012.)
 */
#ifndef PILOTE_PROJECT_BOUND_H
#define PILOTE_PROJECT_BOUND_H

#include "solver/usage.h"

/* A lower bound of the cost of every itinerary of household h, cost units; its other parts than
 * flow and lateness count 0. `facts` holds nobody's itinerary. */
cost_t project_bound(const Problem *problem, const Usage *facts, int h);

/* The same of every household whose works compete, 0 for the others; free it with g_free(). */
double *project_bounds(const Problem *problem, const Usage *facts);

/* True where that is all that is worth knowing: pricing says little of many works that compete, and
 * takes long. */
static inline bool project_bound_suffices(const ProblemHousehold *household, double least) {
    enum { MOST_COMPETING = 20 };
    return least > 0 && household->n_free > MOST_COMPETING;
}

/* The sum over all households, each planned or not, whichever is cheaper: no plan costs less. */
cost_t project_bound_total(const Problem *problem);

#endif
