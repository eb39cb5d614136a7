/*
 * bound.h: the lower bound by Lagrangian relaxation of the shared rows.
 *
 * For any multipliers >= 0 the sum of every household's cheapest itinerary under their prices (or
 * of its staying unplanned), plus the evenings, less the price of what there is, is a lower bound
 * of every plan. The multipliers come from shares of the columns found so far (solver/columns.h),
 * which pricing around them adds to; now and then all households are priced exactly.
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

/* Some more passes over all households, and a proof when that is worth its time. Columns go to sink
 * (or NULL), household by household in order, so that nothing depends on threads. Returns the gain,
 * INFINITY without a proof and the first time. */
double bound_raise(Bound *bound, ColumnSink *sink, void *context);

/* One evaluation between the best multipliers and the given ones (rows->n of them, from the master
 * program): smoothing 1 is the best ones, 0 the given ones (Wentges, "Weighted Dantzig-Wolfe
 * decomposition for linear mixed-integer programming", International Transactions in Operational
 * Research 4, 1997). Returns the Lagrangian bound there. */
double bound_try(Bound *bound, const double *multiplier, double smoothing, ColumnSink *sink,
                 void *context);

/* The best bound so far, cost units: no plan has a smaller total. */
cost_t bound_value(const Bound *bound);

/* Per household: no itinerary of its own costs less (its cost without any price); NULL before the
 * first step. */
const double *bound_ideal(const Bound *bound);

/* The newest multipliers, one per row; they belong to the bound and change with bound_raise(). */
const double *bound_multipliers(const Bound *bound);

/* Prices at the best multipliers, before the second proof at the newest ones; belongs to the bound,
 * changes with bound_raise(). */
const Prices *bound_prices(const Bound *bound);

#endif
