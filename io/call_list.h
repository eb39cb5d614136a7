/*
 * call_list.h: whom the pilot calls or visits this week, about what, in which order.
 *
 * One call a household: those first whose promise is broken, then by the last day on which the call
 * is in time.
 */
#ifndef PILOTE_CALL_LIST_H
#define PILOTE_CALL_LIST_H

#include <glib.h>

#include "solver/review.h"

enum { CALL_DAYS = 7 };

typedef enum CallTopic {
    CALL_BROKEN,    /* a confirmed date or member cannot be kept */
    CALL_MOVED,     /* an announced date has moved */
    CALL_WITHDRAWN, /* an announced date has no successor */
    CALL_TELL,      /* a new date, whose notice ends this week */
    CALL_CONFIRM    /* an announced appointment of this week that nobody has confirmed */
} CallTopic;

extern const char *const call_topic_names[]; /* "broken", "moved", ... by CallTopic */

typedef struct CallItem {
    CallTopic topic;
    int task;
    PlanTask told, now;          /* start is DATE_NONE where there is none */
    date_t by;                   /* the last day to call */
    const BrokenPromise *broken; /* of CALL_BROKEN, or NULL */
} CallItem;

typedef struct Call {
    const Operation *op; /* that the indices are of: the old one for a household that is gone */
    int household;
    bool evenings_only; /* the tenant is free on weekdays in late slots only */
    date_t by;          /* the least of its items */
    bool broken;
    GArray *items; /* CallItem, the first to be told first */
} Call;

/* All calls, or those about dates that are others than in the plan before: what is new. */
typedef enum CallScope { CALLS_ALL, CALLS_NEW } CallScope;

/* The calls (Call) of the CALL_DAYS days from the plan's as_of. Free with call_list_free(). */
GArray *call_list(const Review *review, CallScope scope);

void call_list_free(GArray *calls);

#endif
