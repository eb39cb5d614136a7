/*
 * snapshot.h: a plan with the operation that it was made from, out of its plan.json alone.
 */
#ifndef PILOTE_SNAPSHOT_H
#define PILOTE_SNAPSHOT_H

#include "io/fault.h"
#include "solver/plan.h"

typedef struct Snapshot {
    Operation *op; /* as the plan's key `inputs` holds it, as of the plan's day */
    Plan *plan;    /* in op's arena */
} Snapshot;

/*
 * Reads the plan at `path` and the operation that it holds. Returns false after a fault (a file
 * that cannot be read, a plan that is none, a damaged snapshot); `op` is NULL without a fault when
 * the plan holds no inputs, because another program made it. The language of messages becomes the
 * operation's. Free it with snapshot_free().
 */
bool snapshot_read(const char *path, Snapshot *snapshot, Faults *faults);

void snapshot_free(Snapshot *snapshot);

#endif
