/* cheapest_internal.h: what cheapest.c (branching) and options.c (the options) share. */
#ifndef PILOTE_CHEAPEST_INTERNAL_H
#define PILOTE_CHEAPEST_INTERNAL_H

#include "solver/cheapest.h"

struct Seeker {
    const Problem *problem;
    Pricing *pricing;
    const Request *request;
    const ProblemHousehold *household;
    int *only;       /* per role: the one member that may serve, or NONE */
    uint8_t *banned; /* per resource: not in this branch */
    int home_class;  /* or NONE */
    day_t home_from; /* the stay, turnaround included, lies between these days */
    day_t home_until;
    double night_price;        /* per night above the maximum, for this pricing problem */
    double *day_cost;          /* n_days: what a start costs whoever does it */
    double *total, *need_cost; /* n_days each: of a combination, and of one of its needs */
    int *choice;
    Itinerary *best;
    double best_value;
    int nodes_left;
};

/* Makes the options of task k anew. */
void options_make(Seeker *seeker, int k);

/* Makes the options of the end node. */
void options_make_end(Seeker *seeker);

/* The member of need i that option o of task k takes. */
int options_member(Seeker *seeker, int k, int o, int i);

#endif
