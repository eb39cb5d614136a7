/* plan_json.h: plan.json, the contract with other programs, written and read. */
#ifndef PILOTE_PLAN_JSON_H
#define PILOTE_PLAN_JSON_H

#include "io/events.h"
#include "io/fault.h"
#include "solver/plan.h"

#define PLAN_FORMAT "pilote-plan/1"

/* The bytes of plan.json, NUL-terminated, to be freed with g_free(). Deterministic: a function of
 * its arguments. `events` are the plan's. */
char *plan_to_json(const Operation *op, const Plan *plan, const Events *events);

/*
 * Reads the plan at `path` against `op`, in `arena`. Only what the file says is dated; keys that
 * are not ours are passed over. Faults are appended; a household, task, member or home that the
 * operation no longer has is a warning and is left out when `previous` is true (last week's plan),
 * and an error otherwise, as is a household that the file does not name. Returns NULL when there
 * was an error.
 */
Plan *plan_read(const char *path, const Operation *op, Arena *arena, bool previous, Faults *faults);

#endif
