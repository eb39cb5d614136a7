/*
 * rounding.h: plans from the fractional plan that the bound's multipliers belong to.
 *
 * Households are inserted in the order of their mean dates in the fractional plan (alpha points:
 * Hall, Schulz, Shmoys, Wein, "Scheduling to minimize average completion time", Mathematics of
 * Operations Research 22, 1997), at their cheapest under its prices.
 */
#ifndef PILOTE_ROUNDING_H
#define PILOTE_ROUNDING_H

#include "solver/bound.h"
#include "solver/search/random.h"
#include "solver/search/state.h"

/* Plans everybody in an empty state. */
void round_shares(State *state, Seeker *seeker, const Bound *bound, Random *random);

#endif
