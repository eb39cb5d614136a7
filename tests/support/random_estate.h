/*
 * random_estate.h: tiny operations in which everything of the model occurs, for tests that compare.
 *
 * Three to five households over three to four weeks: visits and keys by pilots (with evenings,
 * windows, preferences), moves by crews and lorries, trades with two firms and closed days, homes
 * of two kinds, deliveries, promises, works under way. The same seed gives the same operation.
 */
#ifndef PILOTE_TESTS_RANDOM_ESTATE_H
#define PILOTE_TESTS_RANDOM_ESTATE_H

#include "solver/operation.h"

/* Free it with operation_free(). */
Operation *random_estate(uint64_t seed);

#endif
