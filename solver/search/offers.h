/*
 * offers.h: dates that can be offered to a tenant for one task.
 */
#ifndef PILOTE_OFFERS_H
#define PILOTE_OFFERS_H

#include "solver/search/standing.h"

enum { MAX_OFFERS = 4, MOST_OFFERS = 30 }; /* instead of a broken promise; on demand */

typedef struct Offer {
    date_t start;
    minute_t minute; /* MINUTE_NONE for works */
    cost_t cost;     /* of offers_confirmed(): what the whole plan costs more with it */
    int n_moved;     /* how many others get other dates */
    Plan *plan;      /* the whole plan with it; NULL for offers_find() */
} Offer;

/*
 * The best dates for task a of household h in what `plan` leaves when the household itself is taken
 * out: each is part of a whole itinerary of the household at its cheapest, and none stands on the
 * same day in the same slot as another. The plan's own date comes first when there is one. Every
 * offer has been judged by the verifier. Returns how many were written to offers[MAX_OFFERS].
 */
int offers_find(const Problem *problem, const Plan *plan, int h, int a, Offer *offers);

/* What is asked for. */
typedef struct Wish {
    int household, task; /* a task that is not begun */
    int count;           /* of offers, at most MOST_OFFERS */
    date_t from, until;  /* the start lies between, both included; DATE_NONE: any */
    bool late;           /* only evenings */
} Wish;

/*
 * The best dates for the wish: those that move nobody else first, then those for which others who
 * were told nothing yet get other dates, the cheapest first. Each was tried out: with the date
 * confirmed to the tenant the whole plan keeps every rule and every promise, so it can be given. A
 * date that is confirmed already is not offered again. Offers and their plans are in `arena`.
 * Returns how many were written to offers[wish->count].
 */
int offers_confirmed(const Standing *standing, const Wish *wish, Arena *arena, Offer *offers);

#endif
