/*
 * bound.h: the lower bound by Lagrangian relaxation of the shared rows.
 *
 * For any multipliers >= 0 the sum of every household's cheapest itinerary under their prices (or
 * of its staying unplanned), plus the evenings, less the price of what there is, is a lower bound
 * of every plan. The multipliers are improved by the volume algorithm (Barahona and Anbil, "The
 * volume algorithm: producing primal solutions with a subgradient method", Mathematical
 * Programming 87, 2000): the direction is a running average of the answers' excess, which also
 * approximates the master program's fractional solution.
 */
#ifndef PILOTE_BOUND_H
#define PILOTE_BOUND_H

#include "solver/cheapest.h"
#include "solver/rows.h"
#include "solver/workers.h"

typedef struct Bound Bound;

/* A column that pricing found; the callee takes it over. */
typedef void ColumnSink(void *context, Itinerary *itinerary);

/* seekers[workers_count()] are borrowed, as is everything else. Free with bound_free(). */
Bound *bound_new(const Problem *problem, const Rows *rows, Workers *workers, Seeker **seekers);
void bound_free(Bound *bound);

/* `steps` more steps; `upper` is the total of the best plan known. Columns go to sink (or NULL),
 * household by household in order, so that nothing depends on threads. */
void bound_improve(Bound *bound, int steps, cost_t upper, ColumnSink *sink, void *context);

/* One evaluation between the best multipliers and the given ones (rows->n of them, from the master
 * program): smoothing 1 is the best ones, 0 the given ones (Wentges, "Weighted Dantzig-Wolfe
 * decomposition for linear mixed-integer programming", International Transactions in Operational
 * Research 4, 1997). Returns the Lagrangian bound there. */
double bound_try(Bound *bound, const double *multiplier, double smoothing, ColumnSink *sink,
                 void *context);

/* The best bound so far, cost units: no plan has a smaller total. */
cost_t bound_value(const Bound *bound);

/* Steps without a noteworthy gain. */
int bound_stalled(const Bound *bound);

/* Per household: no itinerary of its own costs less (its cost without any price); NULL before the
 * first step. */
const double *bound_ideal(const Bound *bound);

/* Prices at the best multipliers; belongs to the bound, changes with bound_improve(). */
const Prices *bound_prices(const Bound *bound);

#endif
