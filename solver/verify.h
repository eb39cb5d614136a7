/*
 * verify.h: judges a plan by the model (C1 to C12 and the objective), from the operation alone.
 *
 * It shares no code with the solver beyond the structs that were read from the files, so that a
 * fault of the solver cannot hide in it.
 */
#ifndef PILOTE_VERIFY_H
#define PILOTE_VERIFY_H

#include "solver/plan.h"

typedef struct Violation {
    const char *constraint; /* "C1" ... "C12", "objective" or "plan" (a plan that is no plan) */
    int household;          /* index, or NONE when it concerns a shared resource only */
    const char *message;    /* in the operation's language, naming ids, dates and figures */
} Violation;

typedef struct Verdict {
    Arena *arena;
    int n_violations;
    Violation *violations;
    cost_t total, parts[PART_COUNT]; /* recomputed, cost units */
    int *nights_away;                /* per household, recomputed */
    int n_planned, n_evenings;       /* households planned; member-dates with a late appointment */
} Verdict;

/*
 * Checks `plan` of `op`; `previous` is last week's plan or NULL (its dates need no new notice and
 * count for moved_proposed). Finds every violation, not only the first. When `told` is true the
 * plan's own total and parts are compared with the recomputed ones, and its bound with the total.
 * Free the verdict with verdict_free().
 */
Verdict *verify_plan(const Operation *op, const Plan *previous, const Plan *plan, bool told);

/* The figures of the plan (total, parts, nights away) become those of its verdict. */
void verdict_take_figures(const Verdict *verdict, const Operation *op, Plan *plan);

void verdict_free(Verdict *verdict);

#endif
