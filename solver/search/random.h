/* random.h: a small generator of random numbers (xorshift64*, Vigna 2016). */
#ifndef PILOTE_RANDOM_H
#define PILOTE_RANDOM_H

#include <stdint.h>

typedef struct Random {
    uint64_t state;
} Random;

Random random_from(uint64_t seed);       /* seed it with anything */
int random_below(Random *random, int n); /* 0 .. n - 1 */
double random_unit(Random *random);      /* 0 <= x < 1 */

#endif
