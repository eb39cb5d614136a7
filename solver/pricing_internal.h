/* pricing_internal.h: what the files of the pricing problem share. */
#ifndef PILOTE_PRICING_INTERNAL_H
#define PILOTE_PRICING_INTERNAL_H

#include "solver/pricing.h"

#include <glib.h>
#include <stddef.h>

/* Positions that a branch leaves to a task, both included. */
typedef struct Bounds {
    int32_t start_low, start_high, finish_low, finish_high;
} Bounds;

/* The options of a task that are worth looking at: of those with one start and one finish only the
 * cheapest. Positions are the day's first slot unless the order within a day matters to some lag of
 * the task. Sorted by start. */
typedef struct DayOptions {
    int n;
    int32_t *start, *finish; /* positions */
    double *value;           /* cost, and the messages of eliminated tasks */
    int *option;             /* index into the task's Options */
    int *order;              /* by finish */
    int *rank;               /* its inverse */
    bool monotone;           /* order is the identity */
} DayOptions;

/* What links two tasks. A window edge u -> v allows, for the option of u at rank p of its finish
 * order, the options of v from u_low[p] to u_high[p] - 1, and for option j of v the ranks of u from
 * v_low[j] to v_high[j] - 1. A table edge costs table[i * n_v + j]. */
typedef struct Edge {
    int u, v;
    bool alive;
    int *u_low, *u_high, *v_low, *v_high;
    double *table;
} Edge;

/* How an eliminated task finds its option again once its neighbours have theirs. */
typedef struct Step {
    int task;
    int edges[2]; /* indices of edges, -1 where there is none */
} Step;

struct Pricing {
    int n_slots, n_tasks, n_lags, n_edges, n_steps, room;
    const PricingLag *lags;
    const PairCost *pair;
    bool quick;
    int effort;
    double work;            /* done since pricing_new() */
    bool planned;           /* left_out, in_tree and what follows are up to date */
    bool *left_out;         /* per lag: not in the graph, see pricing_plan_reduction() */
    bool *in_tree;          /* per lag: in the spanning forest that filters options */
    int *tree_root;         /* per task */
    int *length;            /* per task: the fewest days from start to finish */
    GHashTable *reductions; /* what was planned before, by graph */
    bool *by_slot;          /* per task: the order within a day matters */
    Options *options;
    Bounds *bounds; /* per task */
    int *trial;     /* per task: the choice of the branch at hand */
    DayOptions *days;
    Edge *edges;
    int edges_room;
    Step *steps;
    struct Chunk *chunks, *current; /* scratch memory, reused from one problem to the next */
    double *line, *result;          /* two rows of the widest task */
    int *queue;
};

/* Memory until the next elimination. */
void *pricing_scratch(Pricing *pricing, size_t bytes);

/* Chooses the lags to leave out of the graph, and a spanning forest (pricing_reduce.c). */
void pricing_plan_reduction(Pricing *pricing);

/* Makes days[] and edges[] from the options within bounds[] (pricing_days.c). Options are left out
 * that cost more than `room` above the bound of a relaxation, or `cutoff`. Returns that bound;
 * COST_INFINITE when nothing below cutoff is left. */
double pricing_prepare(Pricing *pricing, double room, double cutoff);

/* Cost units above the relaxation's bound within which options are looked at at first. An answer is
 * proven when it lies within, and says how far to look when it does not. */
enum { PRICING_ROOM = 48 };

/* How far to look next; `over` is what the answer costs above the bound, or infinite. */
static inline double pricing_more_room(double room, double over) {
    return COST_IS_FINITE(over) ? over : room < 5000 ? room * 4 : COST_INFINITE;
}

/* Options in all days[]. */
int pricing_count_days(const Pricing *pricing);

/* A new living edge without windows. */
Edge *pricing_new_edge(Pricing *pricing, int u, int v);

/* out[] over the options of the window edge's other end: the least of x's line[from..to), which is
 * in the finish order of x when x is u, else in its start order. */
void pricing_through_window(const Pricing *pricing, const Edge *edge, int x, const double *line,
                            int from, int to, double *out);

/* The least cost within the bounds, lags left out excepted, exact where it is below `cutoff`; the
 * option of each task goes to choice[]. COST_INFINITE when there is none (pricing_eliminate.c). */
double pricing_eliminate(Pricing *pricing, int *choice, double cutoff);

/* Positions of `to`'s start that lag allows after a finish at position `finish`: low..high. */
static inline void lag_window(const PricingLag *lag, int n_slots, int32_t finish, int32_t *low,
                              int32_t *high) {
    int32_t day = finish / n_slots;
    *low = lag->in_order && lag->min_days == 0 ? finish : (day + lag->min_days) * n_slots;
    *high = lag->has_max ? (day + lag->max_days) * n_slots + n_slots - 1 : INT32_MAX;
}

/* The least cost of what was prepared by minimum cut, see pricing_cut.c; choice[] are indices of
 * days. Not *exact: a lower bound. */
double pricing_cut(const Pricing *pricing, int *choice, bool *exact);

#endif
