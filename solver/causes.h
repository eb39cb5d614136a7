/*
 * causes.h: why a plan differs from last week's.
 *
 * A cause is not guessed from what looks alike: the household's old dates are put back into the new
 * plan, the verifier counts what they break, and counts again with one difference of the inputs
 * undone. What then breaks less was the cause. Old dates that break nothing were given up freely.
 */
#ifndef PILOTE_CAUSES_H
#define PILOTE_CAUSES_H

#include "solver/changes.h"

/* Fills the causes of all changes. `differences` are those between weeks->then_op and weeks->op, or
 * NULL when they are not known. The work is limited, and the same on every machine: in a large
 * operation with many changes the last causes stay unknown. */
void causes_find(const Weeks *weeks, const Differences *differences, Changes *changes);

/* What the date that progress.csv has for task a of household h would break in the new plan: a
 * sentence of the verifier's, in `arena`, that does not name the task; NULL when it would hold, or
 * when the household's other dates are not known. weeks->previous may be NULL. */
const char *causes_rule(const Weeks *weeks, int h, int a, Arena *arena);

#endif
