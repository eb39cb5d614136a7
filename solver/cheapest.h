/*
 * cheapest.h: the cheapest itinerary of a household, under prices or in what is left.
 *
 * One function serves the bound (dual prices, facts only) and the search (what other households
 * left, true costs). Choosing dates is solver/pricing.h's; this module makes the options, and
 * branches over what couples tasks otherwise: one member per role for all tasks (C8), one home for
 * the whole stay (C9), the convex cost of nights above the maximum.
 */
#ifndef PILOTE_CHEAPEST_H
#define PILOTE_CHEAPEST_H

#include "solver/prices.h"
#include "solver/usage.h"

/* A start that is not to be used again: it clashed with another task of the same household. */
typedef struct Barrier {
    int k;
    day_t day;
    int slot; /* of appointments; works: NONE */
} Barrier;

/* Positions (day * n_slots + slot, works: the day's first) at which a task may start, both
 * included. */
typedef struct StartWindow {
    int32_t low, high;
} StartWindow;

/* What an appointment in a late slot costs by its set of tasks (solver/links.h). */
typedef struct LatePrices {
    const double *price;     /* [set * n_days + d] */
    const int *set;          /* [k * n_groups + group] */
    const int *clock_member; /* per resource: its group */
    int n_groups;
} LatePrices;

typedef struct Request {
    int household;
    const Usage *usage;     /* options must fit in what it leaves */
    const Prices *prices;   /* or NULL: none */
    bool counts_evenings;   /* a new late evening costs its weight (else the prices hold it) */
    const uint8_t *skipped; /* per resource: not to be used; or NULL */
    const Itinerary *near;  /* or NULL: starts lie at most `reach` days from this one's */
    int reach;
    const StartWindow *windows; /* per free task; NULL: it may start anywhere */
    const LatePrices *late;     /* besides the prices; or NULL */
    bool keeps_minutes; /* a start that was promised or planned before has no other minute */
    int n_barriers;
    const Barrier *barriers;
    int nodes;     /* at most so many pricing problems, some more until there is a first answer */
    int lag_nodes; /* effort within each, see pricing_set_effort(); 0: the usual */
    bool quick;    /* heuristic: *bound means nothing then */
    double cutoff; /* only an itinerary that costs less is looked for; COST_INFINITE: any */
} Request;

/* What a request for a proof may spend: `nodes` and `lag_nodes`. */
enum { PROOF_NODES = 40, PROOF_LAG_NODES = 600 };

typedef struct Seeker Seeker; /* a workspace, one per thread */

Seeker *seeker_new(const Problem *problem);
void seeker_free(Seeker *seeker);

/* What it has computed so far, see pricing_work(). */
double seeker_work(const Seeker *seeker);

/*
 * Returns the cheapest itinerary found, or NULL when there is none; free it with g_free(). *value
 * is its cost, prices included; *bound is a proven lower bound of every itinerary's cost under the
 * request: at most `cutoff`, COST_INFINITE when there is none and no cutoff. Clock times of
 * appointments are left open (MINUTE_NONE) unless a promised time is kept. The household needs at
 * least one free task.
 */
Itinerary *cheapest_itinerary(Seeker *seeker, const Request *request, double *value, double *bound);

#endif
