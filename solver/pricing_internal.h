/* pricing_internal.h: what pricing.c and pricing_cut.c share. */
#ifndef PILOTE_PRICING_INTERNAL_H
#define PILOTE_PRICING_INTERNAL_H

#include "solver/pricing.h"

/* Positions of `to`'s start that lag allows after a finish at position `finish`: low..high. */
static inline void lag_window(const PricingLag *lag, int n_slots, int32_t finish, int32_t *low,
                              int32_t *high) {
    int32_t day = finish / n_slots;
    *low = lag->in_order && lag->min_days == 0 ? finish : (day + lag->min_days) * n_slots;
    *high = lag->has_max ? (day + lag->max_days) * n_slots + n_slots - 1 : INT32_MAX;
}

/* The least cost by minimum cut; see pricing_solve(). */
double pricing_cut(int n_tasks, const Options *options, const PricingLag *lags, int n_lags,
                   int n_slots, int *choice, bool *exact);

#endif
