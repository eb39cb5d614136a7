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

#include "solver/links.h"

typedef struct Master Master;

/* The rows are borrowed. Free with master_free(). Everything of a master belongs to one thread. */
Master *master_new(const Rows *rows);
void master_free(Master *master); /* NULL is allowed */

/* The same with links, which are borrowed: multipliers are links->n then. */
Master *master_new_linked(const Rows *rows, const Links *links);

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

/* ---- Branches: solver/master_branch.c ---------------------------------------------------- */

/* From now on only those columns are used that fit. */
void master_restrict(Master *master, bool (*fits)(const void *context, const Itinerary *itinerary),
                     const void *context);

/* Whether links are a little wider than they should be, each by another amount. Otherwise nearly
 * all hold with equality, which makes the simplex method slow where there are many; but the
 * relaxation loses by it. Its multipliers are good ones either way. Not from the beginning. */
void master_set_eased(Master *master, bool eased);

/* Of the simplex method so far. */
int master_steps(const Master *master);

/* A basis of the relaxation. */
typedef struct MasterBasis {
    int age;               /* of the program that it belongs to, see master_clean() */
    int n_columns, n_rows; /* basic columns, and rows that bind */
    int index[];           /* these columns, then these rows */
} MasterBasis;

/* That of the last relaxation; free it with g_free(). */
MasterBasis *master_basis(const Master *master);

/* The next relaxation begins there, unless the program has been made anew since. */
void master_return(Master *master, const MasterBasis *basis);

/* The share of column i in the last relaxation. */
double master_share(const Master *master, int i);

/* The least price at multiplier[] of a column of household h that fits, or of its staying
 * unplanned; *column is what that uses and belongs to the master. */
double master_cheapest(const Master *master, int h, const double *multiplier,
                       const Column **column);

/* ---- Cleaning ---------------------------------------------------------------------------- */

/* Drops columns that have not been worth anything for long, when there are too many. */
void master_clean(Master *master);

#endif
