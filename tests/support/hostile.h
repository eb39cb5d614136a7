/*
 * hostile.h: operations that no landlord has, for tests that look for faults: everything that the
 * files allow, mixed without sense.
 *
 * Slots of any length, grids that do not divide them, seven-day firms, several members per role,
 * clocks of several people, tasks of several roles and amounts, graphs of lags (negative, with
 * maxima, without slack), moves for good, homes with dates, scarce deliveries, facts of every
 * status, last week's plans that do not fit. Everything passes what the readers of the files
 * check. The same seed gives the same operation.
 */
#ifndef PILOTE_TESTS_HOSTILE_H
#define PILOTE_TESTS_HOSTILE_H

#include "solver/plan.h"

typedef struct Hostile {
    Operation *op;
    Plan *previous; /* in the operation's arena; NULL in most cases */
} Hostile;

/* An operation of `least` to `most` households; free it with operation_free(). */
Hostile hostile_estate(uint64_t seed, int least, int most);

#endif
