#include "scenarios/supplier.h"

#include <math.h>

#include "solver/search/random.h"

enum { MOST_DAYS = 3660, WEEK = 7 };

/* FNV-1a (Fowler, Noll, Vo), 64 bits. */
static uint64_t mix(uint64_t hash, uint64_t value) {
    for (int i = 0; i < 8; i++)
        hash = (hash ^ (value >> (8 * i) & 0xFF)) * 0x100000001B3ULL;
    return hash;
}

static uint64_t stream_of(const Supplier *supplier, date_t date, uint64_t seed, int sample) {
    uint64_t hash = mix(mix(0xCBF29CE484222325ULL, seed), (uint64_t)sample);
    for (const char *c = supplier->name; *c != '\0'; c++)
        hash = mix(hash, (unsigned char)*c);
    return mix(hash, (uint64_t)(int64_t)date);
}

int supplier_slip(const Supplier *supplier, date_t date, uint64_t seed, int sample) {
    Random random = random_from(stream_of(supplier, date, seed, sample));
    double chance = random_unit(&random);
    /* Box and Muller 1958. */
    double radius = sqrt(-2 * log(1 - random_unit(&random)));
    double normal = radius * cos(2 * M_PI * random_unit(&random));
    if (chance < supplier->on_time || supplier->mean <= 0)
        return 0;
    double variance = log1p(supplier->spread * supplier->spread / supplier->mean / supplier->mean);
    double days = exp(log(supplier->mean) - variance / 2 + sqrt(variance) * normal);
    return (int)fmin(fmax(round(days), 1), MOST_DAYS);
}

Supplier supplier_fitted(const char *name, const int *delays, int n) {
    int late = 0;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        if (delays[i] <= 0)
            continue;
        late++;
        sum += delays[i];
        squares += (double)delays[i] * delays[i];
    }
    Supplier supplier = {name, (double)(n - late + 1) / (n + 2), WEEK, WEEK, n};
    if (late > 0) {
        supplier.mean = sum / late;
        supplier.spread =
            late > 1 ? sqrt(fmax(squares - sum * sum / late, 0) / (late - 1)) : supplier.mean / 2;
    }
    return supplier;
}
