/*
 * bottleneck.h: what holds the whole operation up, and what one more of it would bring.
 *
 * The prices of the bound (solver/bound.h) say what one more unit of each thing that households
 * share would save, at first order and for the operation as a whole. The dearest are then tried:
 * the operation with one more is planned again.
 */
#ifndef PILOTE_BOTTLENECK_H
#define PILOTE_BOTTLENECK_H

#include "scenarios/replan.h"

typedef enum BottleneckKind {
    BOTTLENECK_CREW,     /* one more unit of a crew, a lorry's room or a person, on all its days */
    BOTTLENECK_EVENINGS, /* one more late evening a week */
    BOTTLENECK_HOME,     /* one more temporary home of a kind */
    BOTTLENECK_DELIVERY  /* a delivery a week sooner */
} BottleneckKind;

extern const char *const bottleneck_codes[]; /* "crew", "evenings", ... by BottleneckKind */

typedef struct Bottleneck {
    BottleneckKind kind;
    int subject;  /* resource; home, one of the kind; delivery */
    double worth; /* cost units that one more would save, by the prices */
    bool tried;   /* planned again with one more */
    cost_t gain;  /* cost units that were saved so, changes of dates that nobody was told of not
                     counted; none when <= 0 */
} Bottleneck;

typedef struct Bottlenecks {
    int n;
    Bottleneck *rows; /* what is worth most first; the tried ones among each other by their gain */
} Bottlenecks;

/*
 * Finds what is worth more than nothing in `op`, and tries the first `tries` by planning again from
 * `plan`, which keeps the rules of `op`, with `effort` times replan_work(). The result is in
 * `arena` and the same on every machine.
 */
Bottlenecks bottlenecks_find(const Operation *op, const Plan *plan, int tries, double effort,
                             Arena *arena);

#endif
