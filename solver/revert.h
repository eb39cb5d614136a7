/*
 * revert.h: an operation as it would be if one row of its inputs had stayed as it was.
 */
#ifndef PILOTE_REVERT_H
#define PILOTE_REVERT_H

#include "solver/differences.h"

/*
 * A copy of `now`, in `arena`, in which `difference` (between `then` and `now`) is undone. It has
 * the same households, tasks, resources and homes with the same indices, so plans of `now` can be
 * judged by it. Returns NULL for what cannot be undone alone: a household, resource, package or
 * task that is gone, other slots, other needs of a task.
 */
const Operation *operation_without(const Operation *now, const Operation *then,
                                   const Difference *difference, Arena *arena);

#endif
