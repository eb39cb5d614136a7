/*
 * supplier.h: how late a supplier's lorries come.
 *
 * A lorry comes on its day with probability `on_time`; otherwise it is late by a number of days
 * that is log-normal with the given mean and standard deviation, rounded, and at least 1. What one
 * supplier brings on one day comes on one lorry.
 */
#ifndef PILOTE_SUPPLIER_H
#define PILOTE_SUPPLIER_H

#include "solver/operation.h"

typedef struct Supplier {
    const char *name;    /* as in deliveries.csv */
    double on_time;      /* share of lorries, 0 to 1 */
    double mean, spread; /* days of delay of those that are late: mean and standard deviation */
    int n_history;       /* deliveries of the past that this was reckoned from; 0: it was given */
} Supplier;

/* The days by which the lorry of that date is late in one sample: a function of its arguments
 * alone, so that what one supplier does in a sample does not depend on the others. */
int supplier_slip(const Supplier *supplier, date_t date, uint64_t seed, int sample);

/*
 * Reckons a supplier from n past delays (days; 0 or less: on time). One lorry on time and one late
 * are added to the share, so that few do not make it certain (Laplace's rule of succession). With
 * none late the delay is a week, give or take one.
 */
Supplier supplier_fitted(const char *name, const int *delays, int n);

#endif
