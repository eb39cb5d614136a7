/*
 * standing.h: a plan that stands, and what becomes of it when one household is planned anew.
 *
 * Everybody else keeps the dates of the standing plan unless they are made to give way (room.h).
 * What is found so is judged by the verifier before anybody is told of it.
 */
#ifndef PILOTE_STANDING_H
#define PILOTE_STANDING_H

#include "solver/search/state.h"

typedef struct Standing {
    Arena *arena;
    const Operation *op;
    const Plan *previous; /* the plan as it was written: its dates need no new notice */
    Plan *plan;           /* the same with all that was promised since; total and parts are known */
    int n_planned;
} Standing;

/* The plan of `op` that stands: `plan`, in which those who were promised other dates since, or
 * whose dates are gone, are planned again near to where they were. Both are borrowed. NULL when
 * that plan does not keep the rules with the files as they are: everything is to be planned again.
 */
Standing *standing_new(const Operation *op, const Plan *plan);
void standing_free(Standing *standing); /* NULL is allowed */

/* All that still holds of `plan`; those whose dates are gone, or who were promised others, are
 * planned near to where they were, and those that it left out wherever there is room. The state is
 * the caller's. */
State *standing_state(const Problem *problem, const Plan *plan);

/* Household h is being planned anew. */
typedef struct Refit {
    const Standing *standing;
    int h;
    const Operation *op;
    Problem *problem; /* its own, which may be narrowed */
    State *state;
    Seeker *seeker;
} Refit;

/* Takes household h out of the standing plan. `op` is the standing one but for what concerns h, or
 * with more of something that is shared: the others' dates keep the rules with it. End it with
 * refit_end(). */
void refit_begin(Refit *refit, const Standing *standing, const Operation *op, int h);
void refit_end(Refit *refit);

/* From now on free task k of h starts on one of the days `from` to `until`, both included. */
void refit_within(Refit *refit, int k, day_t from, day_t until);

/* From now on the appointment k of h lies in one of the slots with allowed[s]. */
void refit_slots(Refit *refit, int k, const bool *allowed);

/* From now on the appointment k of h does not lie in that slot of that day. */
void refit_bar(Refit *refit, int k, day_t day, int slot);

/* From now on h keeps the days that were confirmed to it and that the standing plan keeps, but for
 * that of free task `except` (or NONE). */
void refit_keep_promises(Refit *refit, int except);

/* Plans h at its cheapest; false when nothing fits. */
bool refit_insert(Refit *refit);

/* The whole plan, in `arena`, with total, parts and nights; NULL when it breaks a rule, plans fewer
 * households than the standing one, or breaks a promise that the standing one keeps: a date told to
 * anybody but h, or confirmed to h itself. */
Plan *refit_plan(const Refit *refit, Arena *arena);

/* A reception table of free task k of h alone, which is now the task's and may be changed. */
uint8_t *own_reception(Problem *problem, int h, int k);

/* The index k of task a among the free tasks of h, or NONE. */
int free_index(const Problem *problem, int h, int a);

#endif
