/* risk_internal.h: one sample. For scenarios/risk*.c only. */
#ifndef PILOTE_RISK_INTERNAL_H
#define PILOTE_RISK_INTERNAL_H

#include "scenarios/risk.h"

typedef struct Sampling {
    const Operation *op;
    const Plan *base;
    const Supplier *suppliers;
    int n_suppliers;
    ReplanOptions options;
    uint64_t seed;
    cost_t total; /* of the plan that the same search finds when all comes as promised */
} Sampling;

/* What a sample gives: per household its return (NEVER: none), the last day, and per supplier what
 * it adds to the cost. */
typedef struct Sample {
    int32_t *returns;
    int32_t finish;
    int64_t *harms;
} Sample;

/* The return of household h: its move back or, when it stays at home, its last day; DATE_NONE when
 * it has no dates. */
date_t return_of(const Operation *op, const Plan *plan, int h);

/* Draws and plans sample `number`; its bytes, or NULL when no plan was found. */
GByteArray *sample_plan(const Sampling *sampling, int number);

/* Reads such bytes; the arrays of `sample` point into them. False when they are none. */
bool sample_read(const Sampling *sampling, const GByteArray *bytes, Sample *sample);

/* How many lorries of the supplier are still to come. */
int sample_lorries(const Operation *op, const Supplier *supplier);

#endif
