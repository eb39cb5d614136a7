/* check.h: what can be known about an operation before any search. */
#ifndef PILOTE_CHECK_H
#define PILOTE_CHECK_H

#include "io/fault.h"
#include "solver/operation.h"

/* Appends a FAULT_INFEASIBLE for every household that can never be planned, with the reason (no
 * home that is big enough, no usable window, a horizon too short for its longest chain of tasks,
 * ...), at the line where it stands. */
void check_operation(const Operation *op, Faults *faults);

#endif
