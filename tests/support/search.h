/*
 * search.h: the search in a process of its own, each of its plans judged.
 *
 * A crash, or the end of the processor time given, ends the process and not the test.
 */
#ifndef PILOTE_TESTS_SEARCH_H
#define PILOTE_TESTS_SEARCH_H

#include "solver/solve.h"

typedef struct Found {
    cost_t total, bound; /* of the last plan, by the verifier; INT64_MIN without a bound */
    cost_t broken;       /* what the broken promises of the last plan cost */
    int n_plans, n_planned;
    uint64_t planned; /* bit h: household h is, of the first 64 */
    int n_wrong;      /* violations, wrong totals, worse plans, bounds above a plan */
    char wrong[300];  /* the first of them, and the last one's way to end when it is no good */
    uint64_t digest;  /* of all plans and bounds told, in their order */
    bool ended;       /* by its own rule */
} Found;

/* Searches for at most `milliseconds` of processor time. */
Found search(const Operation *op, const Plan *previous, const SolveOptions *options,
             int milliseconds);

#endif
