/* tolerance_internal.h: one question after the other. For scenarios/tolerance*.c only. */
#ifndef PILOTE_TOLERANCE_INTERNAL_H
#define PILOTE_TOLERANCE_INTERNAL_H

#include "scenarios/tolerance.h"

typedef struct Inquiry {
    const Operation *op;
    const Plan *base;
    cost_t total; /* of the plan that the same search finds when all comes as promised */
    ReplanOptions options;
} Inquiry;

/* What becomes of the plan. */
typedef struct Effect {
    cost_t cost; /* that is added */
    int n_promises, n_returns, n_unplanned;
} Effect;

/* Whether every date of the plan can stay after the alteration. */
bool inquiry_stands(const Inquiry *inquiry, const Alteration *alteration);

/* The effect of planning again; false when no plan was found. */
bool inquiry_effect(const Inquiry *inquiry, const Alteration *alteration, Effect *effect);

/* Dates that are to stay: those that were told to tenants, or when they move back. */
typedef enum Kept { KEPT_PROMISES, KEPT_RETURNS } Kept;

/* Whether it can be shown that no plan keeps these dates of the base when the delivery comes so
 * many days late. */
bool no_plan_keeps(const Inquiry *inquiry, Kept kept, int delivery, int days);

/* Answers one question whole. False when a plan could not be found. */
bool tolerance_of_delivery(const Inquiry *inquiry, int delivery, DeliveryTolerance *answer);
bool tolerance_of_crew(const Inquiry *inquiry, int resource, CrewTolerance *answer);

#endif
