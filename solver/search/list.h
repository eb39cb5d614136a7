/*
 * list.h: schedules from lists of tasks, and their justification.
 *
 * A list is a key per task: tasks are placed one after the other in the order of their keys, each
 * at its first start that fits (the serial schedule generation scheme, Kelley 1963; Kolisch 1996).
 * Where a maximum lag would break, the tasks that bind it are taken out and come later (the
 * unscheduling step of Franck, Neumann, Schwindt, "Truncated branch-and-bound,
 * schedule-construction, and schedule-improvement procedures for resource-constrained project
 * scheduling", OR Spektrum 23, 2001).
 */
#ifndef PILOTE_LIST_H
#define PILOTE_LIST_H

#include "solver/search/schedule.h"

typedef struct Lister Lister; /* a workspace, one per thread */

Lister *lister_new(void);
void lister_free(Lister *lister); /* NULL is allowed */

/* Schedules all tasks by ascending key; of equal keys the smaller t goes first. Keys lie in
 * -2^30 .. 2^30. Returns false when that leads nowhere; then some tasks are not placed. */
bool list_schedule(Lister *lister, Schedule *schedule, const int32_t *key);

/* Raises keys so that nobody stands before a task that it waits for. */
void list_keep_order(const Schedule *schedule, int32_t *key);

/*
 * Shifts the tasks of a whole schedule, last ones first, to their cheapest start, of equal ones the
 * last, without a later finish of any household; then, with justify_left(), first ones first to
 * their cheapest and first. Neither raises the cost of a household (forward-backward improvement,
 * Li and Willis 1992; Valls, Ballestin, Quintanilla, "Justification and RCPSP: a technique that
 * pays", European Journal of Operational Research 165, 2005).
 */
void justify_right(Lister *lister, Schedule *schedule);
void justify_left(Lister *lister, Schedule *schedule);

#endif
