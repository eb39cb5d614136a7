/*
 * tree.h: branch and price: a proof where the relaxation of the master program leaves a gap.
 *
 * A node says where tasks may start, by one window for each free task. Windows are what pricing
 * understands anyway, so that a node is bounded like the whole operation: by column generation of
 * its own, and by the Lagrangian function at the multipliers that this finds (Barnhart, Johnson,
 * Nemhauser, Savelsbergh, Vance, "Branch-and-price: column generation for solving huge integer
 * programs", Operations Research 46, 1998). A node whose bound meets the best plan is done with;
 * another one is split at a task and a start between those that its fractional plan would like to
 * have at once. The least bound of the nodes that are open is a bound of the operation at any time.
 *
 * The program of the tree has links besides the rows (solver/links.h).
 */
#ifndef PILOTE_TREE_H
#define PILOTE_TREE_H

#include "solver/bound.h"

typedef struct Tree Tree;

/* The rows are borrowed. Everything of a tree belongs to one thread. Free with tree_free(). */
Tree *tree_new(const Rows *rows);
void tree_free(Tree *tree); /* NULL is allowed */

/* A copy of the itinerary is a column of the tree's program from now on. */
void tree_offer(Tree *tree, const Itinerary *itinerary);

/* Works at open nodes, the least bound first, until `work` (see pricing_work(); the linear program
 * is counted in the same units) is done or nothing is open. `upper` is the total of the best plan:
 * only better ones are looked for. Columns that pricing finds go to sink (or NULL), too. */
void tree_grow(Tree *tree, cost_t upper, double work, ColumnSink *sink, void *context);

/* True when that came across a relaxation without fractions that costs less than `upper`. */
bool tree_found(const Tree *tree);

/* The itinerary of household h (NULL: none is to be decided) in the newest one; it belongs to the
 * tree until tree_grow() is called again. Its clock times need not fit. */
const Itinerary *tree_choice(const Tree *tree, int h);

/* No plan has a smaller total than this or the least `upper` so far; cost units, -INFINITY before
 * there is any. */
double tree_bound(const Tree *tree);

/* More work can raise the bound. */
bool tree_is_open(const Tree *tree);

#endif
