/* check.h: what no fault of a file shows, but makes a household impossible to plan. */
#ifndef PILOTE_CHECK_H
#define PILOTE_CHECK_H

#include "io/fault.h"
#include "solver/plan.h"

/* Adds a FAULT_INFEASIBLE for everything that alone keeps a household from ever being planned: no
 * home that suits, no window, no delivery, too short a horizon. The operation has no errors;
 * `previous` is last week's plan or NULL. */
void check_operation(const Operation *op, const Plan *previous, Faults *faults);

#endif
