/*
 * columns.h: the columns that pricing has found, each household's shares of its own, and the
 * multipliers of the shared rows that follow from them.
 *
 * With x_k the share of column k (per household they sum to one), c_k its cost, a_k its use of the
 * rows, y the evenings and b what there is, the linear master program is
 *
 *     minimise c x + late_evening y   so that   A x - B y <= b.
 *
 * Its augmented Lagrangian around multipliers u, with a weight t_i of each row i,
 *
 *     c x + late_evening y + sum over i of (max(0, u_i + t_i (A x - B y - b)_i)^2 - u_i^2) / 2 t_i,
 *
 * is made small household by household: a share moves from the column that is the dearest at the
 * multipliers of the moment, max(0, u + t (A x - B y - b)), to the cheapest one, as far as an exact
 * line search says (block-coordinate Frank-Wolfe: Lacoste-Julien, Jaggi, Schmidt, Pletscher 2013;
 * with columns that are kept: Shah, Kolmogorov, Lampert, "A multi-plane block-coordinate
 * Frank-Wolfe algorithm", CVPR 2015). Then u moves there (method of multipliers: Hestenes 1969,
 * Rockafellar 1973), which maximises the Lagrangian dual by proximal steps. The time is linear in
 * the number of columns, and no basis has to be kept.
 */
#ifndef PILOTE_COLUMNS_H
#define PILOTE_COLUMNS_H

#include "solver/rows.h"

typedef struct Columns Columns;

/* The rows are borrowed. Every household begins unplanned. Free with columns_free(). */
Columns *columns_new(const Rows *rows);
void columns_free(Columns *columns); /* NULL is allowed */

/* Copies of the itinerary, whose cost without prices is `own`, and its column; one that is there
 * already is not added. */
void columns_add(Columns *columns, const Itinerary *itinerary, double own, const Column *column);

/* The itinerary of household h that is the cheapest at the multipliers, NULL for unplanned; it
 * belongs to the columns until the next columns_add(). *own is its cost without prices. */
const Itinerary *columns_cheapest(const Columns *columns, int h, const double *multiplier,
                                  double *own);

/* The weight t of the rows, in cost units per square of what a household's task takes of a row. */
void columns_set_weight(Columns *columns, double weight);

/* Moves shares of household h, at most `steps` times: the first time between all of its columns
 * when `all`, otherwise between those that have a share, which costs much less. */
void columns_balance(Columns *columns, int h, int steps, bool all);

/* Moves the evenings. */
void columns_balance_evenings(Columns *columns);

/* multiplier[rows->n] becomes that of the moment. */
void columns_multipliers(const Columns *columns, double *multiplier);

/* The multipliers of the moment become the centre u. */
void columns_settle(Columns *columns);

#endif
