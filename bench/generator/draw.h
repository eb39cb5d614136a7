/* draw.h: reproducible random numbers (SplitMix64): the same seed gives the same estate anywhere.
 */
#ifndef PILOTE_GENERATOR_DRAW_H
#define PILOTE_GENERATOR_DRAW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Draw {
    uint64_t state; /* set it to the seed */
} Draw;

/* A whole number from `low` to `high`, both included. */
int draw_between(Draw *draw, int low, int high);

/* True in `percent` of 100 cases. */
bool draw_percent(Draw *draw, int percent);

/* An index of shares[n], as often as its share of their sum says. */
int draw_share(Draw *draw, const int *shares, int n);

#endif
