/*
 * offers.h: other dates for an appointment whose confirmed date cannot be kept.
 */
#ifndef PILOTE_OFFERS_H
#define PILOTE_OFFERS_H

#include "solver/problem.h"

enum { MAX_OFFERS = 4 };

typedef struct Offer {
    date_t start;
    minute_t minute; /* MINUTE_NONE for works */
} Offer;

/*
 * The best dates for task a of household h in what `plan` leaves when the household itself is taken
 * out: each is part of a whole itinerary of the household at its cheapest, and none stands on the
 * same day in the same slot as another. The plan's own date comes first when there is one. Every
 * offer has been judged by the verifier. Returns how many were written to offers[MAX_OFFERS].
 */
int offers_find(const Problem *problem, const Plan *plan, int h, int a, Offer *offers);

#endif
