/*
 * replan.h: plans an altered operation again, from the plan that it had.
 *
 * What still holds of the plan stays; who cannot keep his dates is put as near to them as possible;
 * then the search looks for better plans around him. That takes seconds where a plan from nothing
 * takes minutes, and moves few dates: the old plan counts as last week's plan does.
 *
 * The effort is counted in work, not in seconds, and there are no threads: the same arguments give
 * the same plan on every machine.
 */
#ifndef PILOTE_REPLAN_H
#define PILOTE_REPLAN_H

#include "scenarios/alteration.h"
#include "scenarios/base_prices.h"

typedef struct ReplanOptions {
    double work;              /* in units of pricing_work(); see replan_work() */
    uint64_t seed;            /* of all random choices */
    bool brief;               /* nobody will read why households are unplanned */
    const BasePrices *prices; /* to guide the search and for the plan's bound; or NULL: neither */
} ReplanOptions;

/* What a thorough search takes for an operation of this size; 0 only repairs. */
double replan_work(const Operation *op);

typedef struct Replanned {
    Operation *op;  /* the operation, altered */
    Plan *previous; /* the plan that it was planned from, with the indices of `op` */
    Plan *plan; /* keeps all rules; its figures are the verifier's; its bound is 0 without prices */
    int n_displaced; /* households that could not keep their dates as they were */
} Replanned;

/*
 * Applies the alterations to `base` and plans that again from `plan`, a plan of `base` that keeps
 * its rules; all in `arena`. Where the alterations only take away and everybody can keep his dates,
 * the plan stands as it is. Returns false when no plan was found that the verifier accepts.
 *
 * With alterations that give something the search goes everywhere and may find what it would have
 * found without them: to see what they are worth, compare with the same call without alterations.
 */
bool replan(Arena *arena, const Operation *base, const Plan *plan, const Alteration *alterations,
            int n, const ReplanOptions *options, Replanned *replanned);

/* The total that the search reaches with no alterations, at most that of `plan`: what is above it
 * in a scenario is due to the scenario. A plan that can still be improved must not make mishaps
 * look harmless. */
cost_t replan_total(const Operation *op, const Plan *plan, const ReplanOptions *options);

#endif
