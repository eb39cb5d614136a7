/* cheapest_internal.h: what cheapest.c (branching) and options.c (the options) share. */
#ifndef PILOTE_CHEAPEST_INTERNAL_H
#define PILOTE_CHEAPEST_INTERNAL_H

#include "solver/cheapest.h"

/* Days on which a home of a class is free: the stay, turnaround included, lies inside. */
typedef struct Run {
    int home_class;
    day_t from, until; /* both included; the turnaround may reach beyond the horizon */
    day_t last_back;   /* the return is on this day at the latest */
} Run;

struct Seeker {
    const Problem *problem;
    Pricing *pricing;
    const Request *request;
    const ProblemHousehold *household;
    int *only;       /* per role: the one member that may serve, or NONE */
    uint8_t *banned; /* per resource: not in this branch */
    int n_runs;      /* of the homes that suit */
    Run *runs;
    PairCost pair;
    double *least_home; /* n_days + 1: sums of the cheapest suitable home's price, day by day */
    double *day_cost;   /* n_days: what a start costs whoever does it */
    double *total, *need_cost; /* n_days each: of a combination, and of one of its needs */
    int *choice;
    Itinerary *best;
    double best_value;
    int nodes_left;
};

/* The run whose home is the cheapest for a stay from `out` to `back`, and its price (0 without
 * prices); NULL when there is none. */
const Run *options_home(const Seeker *seeker, day_t out, day_t back, double *price);

/* Makes the options of task k anew. */
void options_make(Seeker *seeker, int k);

/* Makes the options of the end node. */
void options_make_end(Seeker *seeker);

/* The member of need i that option o of task k takes. */
int options_member(Seeker *seeker, int k, int o, int i);

#endif
