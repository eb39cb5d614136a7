/*
 * columns.h: the columns that pricing has found, and multipliers that suit them.
 *
 * The Lagrangian function over the the collected columns alone is cheap to evaluate and lies above
 * the true one. Incremental subgradient steps on it (Nedic and Bertsekas, "Incremental subgradient
 * methods for nondifferentiable optimization", SIAM Journal on Optimization 12, 2001) find
 * multipliers at which pricing is worth its time, as the linear program over the columns would, but
 * in time that grows with their number only.
 */
#ifndef PILOTE_COLUMNS_H
#define PILOTE_COLUMNS_H

#include "solver/rows.h"

typedef struct Columns Columns;

/* The rows are borrowed. Free with columns_free(). */
Columns *columns_new(const Rows *rows);
void columns_free(Columns *columns); /* NULL is allowed */

/* Copies of the itinerary, whose cost without prices is `own`, and its column; one that is there
 * already is not added. */
void columns_add(Columns *columns, const Itinerary *itinerary, double own, const Column *column);

/* The itinerary of household h that is the cheapest at the multipliers, NULL for unplanned; it
 * belongs to the columns until the next columns_add(). *own is its cost without prices. */
const Itinerary *columns_cheapest(const Columns *columns, int h, const double *multiplier,
                                  double *own);

/* Moves multiplier[rows->n] by `passes` passes over the households; the sum of the steps' ascents
 * would be about `ascent` cost units per pass at first and falls to nothing at the end. */
void columns_ascend(Columns *columns, double *multiplier, int passes, double ascent);

#endif
