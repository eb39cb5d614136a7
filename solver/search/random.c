#include "solver/search/random.h"

Random random_from(uint64_t seed) {
    /* splitmix64 spreads small seeds over the whole state. */
    uint64_t z = seed + 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    z ^= z >> 31;
    return (Random){z == 0 ? 1 : z};
}

static uint64_t random_next(Random *random) {
    uint64_t x = random->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    random->state = x;
    return x * 0x2545F4914F6CDD1DULL;
}

int random_below(Random *random, int n) {
    return n <= 1 ? 0 : (int)((random_next(random) >> 33) % (uint64_t)n);
}

double random_unit(Random *random) {
    return (double)(random_next(random) >> 11) / 9007199254740992.0;
}
