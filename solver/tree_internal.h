/* tree_internal.h: what tree.c (nodes) and tree_bound.c (the bound of one) share. */
#ifndef PILOTE_TREE_INTERNAL_H
#define PILOTE_TREE_INTERNAL_H

#include "solver/master.h"
#include "solver/tree.h"

#include <glib.h>
#include <math.h>

/* A multiplier that is not 0. */
typedef struct Price {
    int row;
    double price;
} Price;

/* Where the nodes of one split begin: the best multipliers of their parent, and its basis. */
typedef struct Origin {
    int users; /* nodes that still hold it */
    int n_prices;
    Price *prices;
    MasterBasis *basis;
} Origin;

typedef struct Node {
    double bound;
    int number; /* nodes are numbered as they are made */
    StartWindow *windows;
    Origin *origin; /* NULL at the root */
} Node;

struct Tree {
    const Problem *problem;
    const Rows *rows;
    Usage *facts;
    Seeker *seeker;
    Prices *prices;
    Links *links;
    Master *master;
    double *least;      /* per household: what competing works alone make an itinerary cost, or 0 */
    double *dual;       /* of the last relaxation; this and the next three have links->n */
    double *multiplier; /* at hand */
    double *lifted;     /* the same, see links_lift() */
    double *best;       /* the best ones of the node */
    double *worth;      /* [clock group * n_days + d]: what links say that an evening is worth */
    GPtrArray *open;    /* a heap: the least bound first */
    Node *node;         /* at hand, or NULL */
    double best_value;  /* at best[], -INFINITY before the first evaluation */
    double value;       /* of the last relaxation, COST_INFINITE before the first one of a node */
    int times;          /* relaxations of the node */
    int steps;          /* of the simplex method before it */
    double before;      /* what the one before left open between it and the bound */
    int stale;          /* relaxations in a row that closed next to nothing of that */
    bool eased;         /* there are so many links that relaxations are better eased */
    bool exact;         /* the one at hand is not */
    double least_leaf;  /* the least bound of nodes that cannot be split */
    int n_nodes;        /* made so far */
    Itinerary **chosen; /* per household: its own in the newest relaxation without fractions */
    bool found;         /* there is one since tree_grow() began */
    ColumnSink *sink;
    void *context;
};

/* The least whole total that a bound leaves to plans. */
static inline double tree_whole(double bound) {
    return ceil(bound - 1e-3);
}

/* The node at hand from its origin; a first evaluation. */
void tree_enter(Tree *tree);

/* One relaxation of the node at hand and some evaluations. Returns true when that is enough: its
 * bound has met `upper`, or it is to be split. With `whole` only a relaxation that is solved to its
 * end is enough. */
bool tree_relax(Tree *tree, double upper, bool whole);

#endif
