/*
 * one_task.h: the smallest operation that has something to plan, from builder.h.
 *
 * One household `H1` with one day of works that needs nobody. as_of is 2026-09-04, the horizon
 * 2026-09-07 to 2027-01-29. The only cost of a plan is one unit a day from the horizon's start to
 * the works, so the plan that puts them on day d costs d; leaving the household out costs 100000.
 */
#ifndef PILOTE_TESTS_ONE_TASK_H
#define PILOTE_TESTS_ONE_TASK_H

#include "solver/plan.h"

/* Free it with operation_free(). */
Operation *one_task_operation(void);

/* The plan that puts the works on day `day` of the horizon, with a total of `day`. */
Plan *one_task_plan(Arena *arena, const Operation *op, day_t day);

/* The day on which the plan puts the works. */
day_t one_task_day(const Operation *op, const Plan *plan);

#endif
