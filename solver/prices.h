/*
 * prices.h: dual prices of what households share, and sums of them that pricing looks up.
 *
 * All prices are >= 0, in cost units per unit of the resource. Set the arrays of the first block,
 * then call prices_sum().
 */
#ifndef PILOTE_PRICES_H
#define PILOTE_PRICES_H

#include "solver/problem.h"

typedef struct Prices {
    const Problem *problem;
    double *crew;  /* [r * n_days + d] per unit of crew or volume */
    double *clock; /* [clock_cell(r, d, s) + i * n_kinds + kind] per appointment of duration i and
                      person, see reception_kind() */
    double *home;  /* [c * n_days + d] per home */
    double *need;  /* [pool * need_days + t] per piece needed on day t or before */

    double *crew_sum; /* [pair * (n_days + 1) + d] of the pair's working days before d */
    double *home_sum; /* [c * (n_days + 1) + d] of the days before d */
    double *need_sum; /* [pool * (need_days + 1) + t] of day t and all later ones */
} Prices;

/* All prices 0; free with prices_free(). */
Prices *prices_new(const Problem *problem);
void prices_free(Prices *prices);

/* Brings the sums up to date. */
void prices_sum(Prices *prices);

static inline size_t clock_cell(const Problem *problem, int r, day_t d, int s) {
    return (((size_t)r * problem->n_days + d) * problem->n_slots + s) * problem->n_durations *
           problem->n_kinds;
}

#endif
