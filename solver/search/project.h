/*
 * project.h: households whose own works compete, planned as projects are scheduled.
 *
 * Their dates come from lists of tasks (list.h), one list for all households that are planned
 * together. A genetic algorithm over lists (Hartmann 1998; Valls, Ballestin, Quintanilla, "A hybrid
 * genetic algorithm for the resource-constrained project scheduling problem", European Journal of
 * Operational Research 185, 2008) serves when they are all there are; where others stay as they
 * are, a walk from the present list to lists like it.
 */
#ifndef PILOTE_PROJECT_H
#define PILOTE_PROJECT_H

#include "solver/search/random.h"
#include "solver/search/state.h"

typedef struct Projects Projects; /* a workspace, one per state */

Projects *projects_new(const Problem *problem);
void projects_free(Projects *projects); /* NULL is allowed */

/* What it has computed so far, in units of pricing_work(). */
double projects_work(const Projects *projects);

/* A proven lower bound of every plan's total, or 0. */
cost_t projects_proven(const Projects *projects);

/* True when lists suit household h: its works compete, or it has nothing but works. */
bool projects_suit(const Projects *projects, int h);

/* True when pricing is of no use to household h: it has nothing but works, and they compete. */
bool projects_only(const Projects *projects, int h);

/* True when lists suit everybody, and a list of all can be worked with. */
bool projects_suit_all(const Projects *projects);

/* The best itinerary from some lists of household h, which is not in `usage`; NULL when none of
 * them leads anywhere. Free it with g_free(). */
Itinerary *project_find(Projects *projects, const Usage *usage, int h);

/* Plans household h, which is unplanned, by the best of some lists; false when none costs less than
 * `cutoff`. */
bool project_insert(State *state, int h, double cutoff);

/* Plans the households anew (unplanned ones as well), for about `work`; they are told in ascending
 * order, for what is kept from one time to the next knows works by their place. The total of the
 * state becomes at most `limit`, or nothing changes. Returns true when it has changed. */
bool project_improve(State *state, const int *households, int n, double limit, double work,
                     Random *random);

#endif
