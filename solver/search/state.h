/*
 * state.h: a plan under construction: an itinerary or none for every household, and what is used.
 */
#ifndef PILOTE_STATE_H
#define PILOTE_STATE_H

#include "solver/cheapest.h"

typedef struct State {
    const Problem *problem;
    Usage *usage;
    Itinerary **itineraries; /* per household; NULL: unplanned */
    cost_t total;            /* cost units, late evenings included */
    int n_unplanned;
    struct Projects *projects; /* how households are planned whose works compete, see project.h */
} State;

/* Nobody planned but those with nothing left to decide. Free it with state_free(). */
State *state_new(const Problem *problem);
void state_free(State *state);

/* How state_insert() looks for an itinerary. */
typedef struct Insertion {
    const Prices *guide;    /* prices that keep room for others, or NULL */
    const uint8_t *skipped; /* per resource, see cheapest.h; or NULL */
    bool keeps_minutes;     /* see cheapest.h */
    int nodes;              /* of the branching over members */
    double cutoff;          /* only an itinerary that costs less will do; COST_INFINITE: any */
    int reach;              /* days from `near` within which tasks start */
    Itinerary *const *near; /* per household: where it was, or NULL; itself NULL: anywhere */
} Insertion;

/* Plans household h (which is not) at its cheapest in what is left. Returns false when no
 * itinerary fits. */
bool state_insert(State *state, Seeker *seeker, int h, const Insertion *insertion);

/* Puts in an itinerary as it is (clock times that are open are chosen); takes it over, and
 * frees it when it does not fit (returns false). */
bool state_put(State *state, Itinerary *itinerary);

/* Makes h unplanned and returns its itinerary, which the caller owns; NULL when it has none. */
Itinerary *state_take(State *state, int h);

/* Replaces the whole of `state` by `source`, which stays as it is. */
void state_copy(State *state, const State *source);

/* True when every home is free for those who are promised it. */
bool state_is_sound(const State *state);

/* The plan, in `arena`, homes assigned one by one; total and parts are left to verify_plan(). */
Plan *state_plan(const State *state, Arena *arena);

/* Sets broken[h] for every household whose dates break a rule; the others stay as they are. */
void state_find_broken(const State *state, bool *broken);

/* True when the verifier has nothing against the plan. */
bool state_verifies(const State *state);

#endif
