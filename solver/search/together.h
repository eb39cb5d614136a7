/*
 * together.h: several walks on one plan.
 *
 * With few households every walk has a plan of its own, and the best one counts. With many of them
 * the plan is still falling when the time is over, and two plans are half of the work each: there
 * the walks share out the households of one plan, half of them each, near ones together. For a
 * while each walk moves its own households on its own copy, on which the others stand still; then
 * the steps of all walks (steps.h) are taken on the plan, one walk after the other, and the
 * households are shared out anew. Only what two walks have taken at once (a crew's day, a time of
 * day, a home) can be in the way; the shorter the while, the less.
 */
#ifndef PILOTE_TOGETHER_H
#define PILOTE_TOGETHER_H

#include "solver/search/improve.h"
#include "solver/workers.h"

typedef struct Together Together;

/* n >= 1 walks; the workers are borrowed. */
Together *together_new(const Problem *problem, Workers *workers, int n);
void together_free(Together *together); /* NULL is allowed */

/* Walks on from `plan` as improve_run() does, each walk for the work of `leg`, and copies to `best`
 * what is better than that. The leg's operators, movable and steps are not used: every walk has its
 * own. The same for any number of workers. */
void together_leg(Together *together, State *plan, State *best, const Improvement *leg);

/* Shares out the households of the plan among n walks: sets movable[i][h] for one walk i of each
 * household h. They go by the middle of their dates, as many to each walk; `offset`, 0 to 1, shifts
 * where one walk's part of the time begins, the end of time being followed by its begin. */
void together_share_out(const State *plan, double offset, int n, bool *const *movable);

#endif
