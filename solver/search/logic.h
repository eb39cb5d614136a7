/*
 * logic.h: whole numbers between bounds, what follows from what, and what conflicts teach.
 *
 * Lazy clause generation (Ohrimenko, Stuckey, Codish, "Propagation via lazy clause generation",
 * Constraints 14, 2009; Schutt, Feydy, Stuckey, Wallace, "Explaining the cumulative propagator",
 * Constraints 16, 2011): every bound that is raised knows why, and from a conflict a clause is
 * learned that keeps the search from coming there again.
 *
 * A number v has two sides, 2 v and 2 v + 1; the bound of the first is its least value, that of the
 * second minus its largest one. A claim says that the bound of a side is at least a value, and its
 * contrary is a claim too: see logic_contrary(). A number between 0 and 1 is a yes or no.
 */
#ifndef PILOTE_LOGIC_H
#define PILOTE_LOGIC_H

#include <stdbool.h>

typedef struct Claim {
    int side, value;
} Claim;

typedef struct Logic Logic;

/* What only the caller knows: raises bounds by logic_infer() once all clauses and lags rest.
 * Returns false after logic_infer() has. */
typedef bool LogicRule(void *context, Logic *logic);

typedef enum LogicEnd { LOGIC_FOUND, LOGIC_NONE, LOGIC_TIRED } LogicEnd;

/* Numbers between low[v] and high[v], n of each (copied). `rule` may be NULL. Free with
 * logic_free(). */
Logic *logic_new(int n, const int *low, const int *high, LogicRule *rule, void *context);
void logic_free(Logic *logic); /* NULL is allowed */

/* Bound of side `to` >= bound of side `from` + add, as soon as the condition holds; a condition of
 * side -1 always does. Before the first search only. */
void logic_add_lag(Logic *logic, int from, int to, int add, Claim condition);

/* Forgets the search's decisions and raises a bound for good; false when nothing is possible any
 * more. */
bool logic_demand(Logic *logic, Claim claim);

/* Looks for values that keep everything, first those near wish[v], until about `work` is done.
 * The first n_first numbers are decided when nothing else calls for a decision, those that can be
 * least first. After LOGIC_FOUND logic_bounds() tells the values; LOGIC_NONE is a proof. */
LogicEnd logic_search(Logic *logic, int n_first, const int *wish, double work);

/* What the searches have done so far, in units of pricing_work(). */
double logic_work(const Logic *logic);
void logic_add_work(Logic *logic, double work); /* what the rule has done */

/* The bounds of all sides, which change as the search goes on; they belong to the logic. */
const int *logic_bounds(const Logic *logic);

/* Has the side's bound changed since this was last asked? */
bool logic_has_moved(Logic *logic, int side);

Claim logic_contrary(Claim claim);

/* The claim follows from n others, all of which hold. False when that is a contradiction. */
bool logic_infer(Logic *logic, Claim claim, const Claim *because, int n);

/* n claims that hold cannot hold together. Always false. */
bool logic_refute(Logic *logic, const Claim *claims, int n);

#endif
