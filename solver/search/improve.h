/*
 * improve.h: the first plan, and better ones by ruin and recreate.
 *
 * Large neighbourhood search (Shaw 1998; Schrimpf et al., "Record breaking optimization results
 * using the ruin and recreate principle", 2000): a few related households lose their dates and are
 * inserted again one by one at their cheapest.
 */
#ifndef PILOTE_IMPROVE_H
#define PILOTE_IMPROVE_H

#include "solver/search/operators.h"
#include "solver/search/random.h"
#include "solver/search/state.h"
#include "solver/search/steps.h"

/* Plans everybody that can be planned, one by one; near last week's dates where there are any. */
void improve_construct(State *state, Seeker *seeker);

/* Gives everybody last week's dates, times and members back where that costs nothing: tenants are
 * to see no change without a reason. */
void improve_settle(State *state, Seeker *seeker);

typedef struct Improvement {
    double work;         /* to do, see pricing_work() */
    double hot, cold;    /* cost units: how much worse a step may be, at first and at last */
    const Prices *guide; /* prices of the bound, or NULL */
    const double *ideal; /* per household: no itinerary of its own costs less; or NULL */
    const int *focus;    /* n_focus households around whom most steps are taken; or NULL */
    int n_focus;
    const bool *movable; /* per household: it may be taken out; NULL: all may */
    Steps *steps;        /* notes every step that was taken; or NULL: where lists suit somebody */
    uint64_t seed;
    Operators *operators; /* what is known of them, and will be */
} Improvement;

/* Walks on from `state`, accepting what is better or a little worse (simulated annealing), and
 * copies to `best` (or NULL) what is better than that. Returns the work done, which is more than
 * what was to do by a part of the last step. */
double improve_run(State *state, State *best, Seeker *seeker, const Improvement *improvement);

#endif
