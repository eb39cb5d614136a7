/* logic_internal.h: what logic.c (what follows, decisions) and logic_learn.c (conflicts) share. */
#ifndef PILOTE_LOGIC_INTERNAL_H
#define PILOTE_LOGIC_INTERNAL_H

#include "solver/search/logic.h"

#include <glib.h>

enum { NOWHERE = -1, ROOT = 0 };

/* Why a bound was raised. */
typedef enum Cause { CAUSE_DECIDED, CAUSE_CLAUSE, CAUSE_LAG, CAUSE_GIVEN } Cause;

/* A bound that was raised. */
typedef struct Step {
    int side, old, value;
    int before; /* the side's step before, or NOWHERE */
    int level;
    Cause cause;
    int at, n;   /* the clause, the lag, or the first of n claims in `given` */
    bool marked; /* part of the conflict that is looked at */
    int needed;  /* then: the value that it needs of this step */
} Step;

typedef struct Lag {
    int from, to, add;
    Claim condition;
} Lag;

/* At least one of its claims holds. The first two are watched. */
typedef struct Clause {
    Claim *claims;
    int n;
    int levels; /* on so many levels its claims failed when it was learned */
} Clause;

/* A clause to look at once the bound of a side has reached a value: then a watched claim fails. */
typedef struct Watch {
    int clause, value;
    Claim other; /* another claim of the clause: while it holds there is nothing to do */
} Watch;

struct Logic {
    int n_sides;
    int *bound, *root; /* per side: now, and at first */
    int *last;         /* per side: its last step, or NOWHERE */
    bool *moved;       /* per side, see logic_has_moved() */
    LogicRule *rule;
    void *context;
    GArray *lags;         /* of Lag */
    GArray **lags_from;   /* per side: of int */
    GArray **lags_asking; /* per side: lags whose condition is a claim of that side */
    GArray *clauses;      /* of Clause */
    GArray **watches;     /* per side: of Watch */
    GArray *steps;        /* of Step */
    GArray *given;        /* of Claim */
    GArray *levels;       /* of int: the first step of level 1, 2, ... */
    GArray *conflict;     /* of Claim: hold and cannot hold together */
    GArray *lower;        /* of int: steps of lower levels that the conflict needs */
    GArray *because;      /* of Claim: scratch */
    GArray *fresh;        /* of Claim: of the clause that is learned, contrary */
    guint head;           /* steps that have been followed up */
    bool refuted;         /* nothing is possible */
    double work;
    /* Decisions: an atom says that a number is at least a value above its least one. */
    int n_atoms;
    int *first_atom; /* per number: that of root + 1 */
    int *number_of;  /* per atom */
    double *activity;
    int *heap, *place, n_heap; /* atoms by activity; place NOWHERE: not in it */
    double increment;
    int most_clauses;
    int *strongest; /* per side: scratch, INT_MIN */
};

static inline bool claim_holds(const Logic *logic, Claim claim) {
    return logic->bound[claim.side] >= claim.value;
}

static inline bool claim_fails(const Logic *logic, Claim claim) {
    return logic->bound[claim.side ^ 1] >= 1 - claim.value;
}

static inline Step *logic_step(const Logic *logic, int i) {
    return &g_array_index(logic->steps, Step, i);
}

static inline Clause *logic_clause(const Logic *logic, int i) {
    return &g_array_index(logic->clauses, Clause, i);
}

/* The step by which the claim came to hold; NOWHERE when it always did. */
static inline int logic_step_of(const Logic *logic, Claim claim) {
    int i = logic->last[claim.side];
    while (i != NOWHERE && logic_step(logic, i)->old >= claim.value) {
        i = logic_step(logic, i)->before;
    }
    return i;
}

static inline int logic_level(const Logic *logic) {
    return (int)logic->levels->len;
}

/* Raises a bound; false when that contradicts the other side of the number. */
bool logic_lift(Logic *logic, Claim claim, Cause cause, int at, int n);

/* Appends the claims that made side >= value, where the cause raised it at least so far. */
void logic_explain(const Logic *logic, Claim claim, Cause cause, int at, int n, GArray *claims);

/* Decisions about this claim come sooner from now on. */
void logic_bump(Logic *logic, Claim claim);

/* Takes the steps of all higher levels back. */
void logic_go_back(Logic *logic, int level);

/* Watches a claim of clause c, which needs no look while the other one holds. */
void logic_watch(Logic *logic, int c, Claim claim, Claim other);

/* Learns from the conflict and goes back to where the new clause says something; false when
 * nothing is possible any more. */
bool logic_learn(Logic *logic);

/* Without decisions: drops clauses that say nothing, and every other one of those that join many
 * levels. */
void logic_forget(Logic *logic);

#endif
