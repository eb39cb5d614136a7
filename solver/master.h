/*
 * master.h: the master program in GLPK: one itinerary or unplanned per household, within the rows
 * that households share (solver/rows.h).
 *
 * Restricted: its columns are those that pricing and the search have found. Rows enter only when a
 * solution breaks them, for most never bind. Evenings are columns of their own. The linear
 * relaxation gives dual prices to price at (column generation) and a fractional plan to round;
 * the integer program over the columns gives plans.
 */
#ifndef PILOTE_MASTER_H
#define PILOTE_MASTER_H

#include "solver/rows.h"

typedef struct Master Master;

/* The rows are borrowed. Free with master_free(). Everything of a master belongs to one thread. */
Master *master_new(const Rows *rows);
void master_free(Master *master); /* NULL is allowed */

/* Takes over the itinerary; one that is there already, or uses more than a row has, is freed and
 * false returned. */
bool master_add(Master *master, Itinerary *itinerary);

int master_columns(const Master *master);

/* Solves the linear relaxation to optimality over the columns there are. multiplier[rows->n]
 * receives the rows' dual prices, >= 0. Returns the objective, or COST_INFINITE when GLPK could not
 * solve it. */
double master_relax(Master *master, double *multiplier);

/* Column i of the pool; it belongs to the master. */
const Itinerary *master_itinerary(const Master *master, int i);

/* Looks for the best choice of whole columns, at most `nodes` nodes of branch and bound, better
 * than `upper`. Returns its objective with chosen[h] the column of household h or NONE (unplanned);
 * COST_INFINITE when none was found. */
double master_choose(Master *master, double upper, int nodes, int *chosen);

/* Drops columns that have not been worth anything for long, when there are too many. */
void master_clean(Master *master);

#endif
