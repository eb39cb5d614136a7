/*
 * risk.h: which dates hold when suppliers come as they are used to, and which supplier harms most.
 *
 * Monte Carlo: in each sample every lorry is on time or late by chance, and the operation is
 * planned again. The plan of a sample knows all its delays from the day of the plan on; so dates
 * are rather too good than too bad. Samples share their random numbers (supplier.h): other
 * suppliers, another plan, another effort see the same lorries late.
 */
#ifndef PILOTE_RISK_H
#define PILOTE_RISK_H

#include "scenarios/supplier.h"
#include "scenarios/whatif.h"

/* A return that no sample reaches. */
#define NEVER INT32_MAX

/* 95 % interval of a share or a mean. */
typedef struct Interval {
    double value, low, high;
} Interval;

typedef struct SupplierRisk {
    const Supplier *supplier;
    int n_lorries;  /* that are still to come */
    Interval share; /* of the expected harm: the Shapley value of the supplier in it, 0 to 1 */
    double harm;    /* the same in cost units */
} SupplierRisk;

typedef struct HouseholdRisk {
    int household;
    date_t plan;               /* its return in the plan; DATE_NONE: it has none there */
    Interval confidence;       /* share of samples in which it returns by then (Wilson 1927) */
    date_t p50, p80, p90, p95; /* by which it returns in so many % of the samples, or NEVER */
    bool promise;              /* confidence is 80 % or more */
} HouseholdRisk;

typedef struct Risk {
    Arena *arena;
    const Operation *op;
    int n_samples, n_failed; /* those that count, and those whose process ended by accident */
    bool settled;            /* stopped because more samples would hardly change any advice */
    bool complete;           /* false: stopped by a signal */
    Interval harm;           /* expected cost units above the plan */
    date_t finish, finish_p50, finish_p80, finish_p95; /* the last day: of the plan, of samples */
    int n_suppliers, n_households;
    SupplierRisk *suppliers;   /* the most harmful first */
    HouseholdRisk *households; /* the least certain first */
} Risk;

typedef struct RiskOptions {
    int samples; /* at most */
    WhatIfOptions run;
} RiskOptions;

enum { LEAST_SAMPLES = 40, SAMPLES_AT_ONCE = 20 };

/* Asks about `base`, a plan of `op` that keeps its rules; what is given must outlive the result.
 * Stops after options->samples samples, or sooner when for every household the interval of its
 * confidence lies on one side of 80 %. Free it with risk_free(). */
Risk *risk_new(const Operation *op, const Plan *base, const Supplier *suppliers, int n_suppliers,
               const RiskOptions *options);

/* Does some jobs of risk_new(), of which each plans a sample; see engine_do_task(). */
bool risk_do_task(const Operation *op, const Plan *base, const Supplier *suppliers, int n_suppliers,
                  const RiskOptions *options, const EngineTask *task);

void risk_free(Risk *risk); /* NULL is allowed */

/* The share of `n` in which something was seen `seen` times, with Wilson's interval. */
Interval share_of(int seen, int n);

#endif
