/* draw.h: reproducible random numbers (SplitMix64): the same seed gives the same numbers anywhere.
 */
#ifndef PILOTE_TESTS_DRAW_H
#define PILOTE_TESTS_DRAW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Draw {
    uint64_t state; /* set it by draw_from() */
    int calm;       /* 1; what odd() draws comes so many times more seldom */
} Draw;

static inline Draw draw_from(uint64_t seed) {
    return (Draw){seed * 0xD1342543DE82EF95U + 1, 1};
}

/* A whole number from low to high, both included. */
static inline int between(Draw *draw, int low, int high) {
    uint64_t z = draw->state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    z ^= z >> 31;
    return low + (int)(z % (uint64_t)(high - low + 1));
}

/* True once in n times. */
static inline bool one_in(Draw *draw, int n) {
    return between(draw, 1, n) == 1;
}

/* The same of what makes trouble. */
static inline bool odd(Draw *draw, int n) {
    return one_in(draw, n * draw->calm);
}

#endif
