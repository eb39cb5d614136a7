/* promise.h: dates that tenants were told, and what a plan makes of them. */
#ifndef PILOTE_PROMISE_H
#define PILOTE_PROMISE_H

#include "solver/plan.h"

typedef enum Promise {
    PROMISE_NONE, /* nobody was told, or it is done or under way */
    PROMISE_KEPT,
    PROMISE_MOVED,        /* another date or, where one was given, time */
    PROMISE_OTHER_MEMBER, /* somebody else comes */
    PROMISE_WITHDRAWN     /* it has no date any more */
} Promise;

/* What became of task a of household h, which progress.csv may say is announced or confirmed. */
Promise promise_of(const Operation *op, const Plan *plan, int h, int a);

/* Whether two starts are the same as far as both are known: a time that only one has says nothing.
 */
bool same_start(date_t date, minute_t minute, date_t other_date, minute_t other_minute);

/* A copy of the operation, in `arena`, in which task a of household h has this status and start
 * (`minute` is MINUTE_NONE for works) and what else was said of it stays. STATUS_PROPOSED: nobody
 * was told of it, and there is no start. */
const Operation *operation_told(const Operation *op, int h, int a, Status status, date_t start,
                                minute_t minute, Arena *arena);

#endif
