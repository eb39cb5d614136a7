/*
 * relief.h: the least that would have to be different for a reason not to matter.
 */
#ifndef PILOTE_RELIEF_H
#define PILOTE_RELIEF_H

#include "solver/plan.h"
#include "solver/reason.h"

typedef struct Relief {
    Reason reason;
    int number;         /* days of notice or of a lag; evenings a week */
    milli_t amount;     /* units of a crew, pieces of an item */
    int member;         /* of a crew: whose capacity; of a fixed member: who serves instead */
    date_t from, until; /* a delivery, the first start, the horizon's end, a stay, an appointment */
    minute_t minute, last; /* of an appointment: begin and end */
} Relief;

/* What would have to be different for `reason` when household h is planned as in `plan`, a plan of
 * the operation with that reason lifted. False for what has no measure: facts, absences, and the
 * crews and evenings, for which relief_steps() has more to try. */
bool relief_read(const Operation *op, const Plan *plan, int h, const Reason *reason,
                 Relief *relief);

/* Of a crew: one more household's need for each of its members; of evenings: one more a week. At
 * most `most` are written; returns how many. */
int relief_steps(const Operation *op, int h, const Reason *reason, Relief *reliefs, int most);

/* A copy of the operation, in `arena`, with the relief. Nothing gets harder for others, and indices
 * stay the same. */
const Operation *operation_relieved(const Operation *op, int h, const Relief *relief, Arena *arena);

#endif
