/* package_check.h: whether the tasks of a package make sense together. For read_packages.c only. */
#ifndef PILOTE_PACKAGE_CHECK_H
#define PILOTE_PACKAGE_CHECK_H

#include "io/reader.h"

/* Checks a task that was read from `node`, but for its lags: minutes or days, and who is needed
 * (unless `needs_good` is false: then needs are missing for a fault already told). */
void package_check_task(const Reader *reader, const cJSON *node, const Task *task, bool needs_good);

/* Fills package->order, move_out and move_back. Reports tasks that wait for each other in a circle,
 * and moves that do not fit; nodes[n_tasks] are the tasks in the text. With `complete` false tasks
 * are missing for a fault already told, and moves are not judged. */
void package_check(const Reader *reader, const cJSON *node, Package *package,
                   const cJSON *const *nodes, bool complete);

#endif
