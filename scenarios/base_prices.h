/*
 * base_prices.h: what crews, hours, homes and deliveries are worth in the operation as it is, found
 * once and used for all scenarios.
 *
 * Any multipliers >= 0 of the shared rows give a lower bound of every plan (solver/bound.h). Those
 * of the operation as it is serve it nearly as well when a delivery slips or a crew fails; so one
 * look at every household tells how good the plan of a scenario is, where the bound itself would
 * take many. And they guide the search.
 */
#ifndef PILOTE_BASE_PRICES_H
#define PILOTE_BASE_PRICES_H

#include "solver/bound.h"

typedef struct BasePrices {
    Problem *problem;
    Rows *rows;
    double *multiplier; /* rows->n */
    cost_t bound;       /* no plan of the operation has a smaller total */
} BasePrices;

/* Finds the prices of `op`, with `plan` as last week's; both must outlive them. The more often the
 * bound is raised, the better they are; `threads` >= 1 changes nothing in them. Free with
 * base_prices_free(). */
BasePrices *base_prices_new(const Operation *op, const Plan *plan, int raises, int threads);
void base_prices_free(BasePrices *prices); /* NULL is allowed */

/* The prices on an altered operation. */
typedef struct Outlook {
    Workers *workers;
    Rows *rows;
    Bound *bound; /* its value, prices and ideal: see solver/bound.h */
} Outlook;

/* Looks at `problem`, of an operation that was altered from that of the prices, with the seeker,
 * which is borrowed. Close it with outlook_close(). */
Outlook outlook_open(const BasePrices *prices, const Problem *problem, Seeker **seeker);
void outlook_close(Outlook *outlook);

#endif
