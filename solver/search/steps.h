/*
 * steps.h: the steps that one walk has taken, so that another plan can take them too.
 *
 * A step gives some households other itineraries. On a plan that has changed meanwhile an itinerary
 * may find its place taken: then another one near it will do, and the step as a whole is taken only
 * if it makes that plan no worse than it was allowed to make its own.
 */
#ifndef PILOTE_STEPS_H
#define PILOTE_STEPS_H

#include "solver/search/state.h"

typedef struct Steps Steps;

Steps *steps_new(void);
void steps_free(Steps *steps); /* NULL is allowed */
void steps_clear(Steps *steps);

/* Notes that `state` has just given the n households the itineraries that they have in it, and that
 * this might have cost `worse` cost units at most. Itineraries are copied. */
void steps_note(Steps *steps, const State *state, const int *households, int n, double worse);

/* Takes the steps in their order on `state`, each as a whole or not at all; a household that a step
 * has planned is planned afterwards, or stays as it was. Returns how many were not taken. */
int steps_take(const Steps *steps, State *state, Seeker *seeker);

#endif
