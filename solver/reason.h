/*
 * reason.h: what can keep a household from a date: rules and limits that could be lifted.
 *
 * A reason is told only after the household was planned again without it (search/conflict.h).
 */
#ifndef PILOTE_REASON_H
#define PILOTE_REASON_H

#include "solver/operation.h"

typedef enum ReasonKind {
    REASON_MEMBER,   /* C8: households.csv names who serves the household in `role` */
    REASON_EVENINGS, /* C7: members of `role` work late on so many dates a week at most */
    REASON_MAX_LAG,  /* C2: `task` starts so many days after `other` at most */
    REASON_NOTICE,   /* C1: the notice of `task` */
    REASON_EARLIEST, /* C1: nothing starts before the household's earliest date */
    REASON_LAG,      /* C2: `task` starts more than a day after `other` at least */
    REASON_ABSENCE,  /* C5, C10: the tenant is absent */
    REASON_HOURS,    /* C5: when the tenant can receive somebody */
    REASON_CREW,     /* C3 to C6: the days and the capacity of `role`, and what others take of it */
    REASON_DELIVERY, /* C11: what is delivered of `item`, and when */
    REASON_HOME,     /* C9: temporary homes */
    REASON_HORIZON,  /* C1: everything is finished by the horizon's end */
    REASON_PROMISE,  /* the date that was confirmed for `task` */
    REASON_FACTS     /* C12: what is done or started */
} ReasonKind;

extern const char *const reason_codes[]; /* "member", "evenings", ... by ReasonKind */

typedef struct Reason {
    ReasonKind kind;
    int task, other; /* tasks of the household's package, or NONE */
    int role, item;  /* or NONE */
} Reason;

/* All that could keep household h from a date, in `arena`; those that people would rather hear of
 * come last. Returns how many. */
int reasons_list(const Operation *op, int h, Arena *arena, const Reason **reasons);

/* A copy of the operation, in `arena`, to be changed: household h has a package and facts of its
 * own in it. Households, packages and resources are copies; all else is shared. */
Operation *operation_private(const Operation *op, int h, Arena *arena);

/* A copy of the operation, in `arena`, in which these reasons do not hold for household h. Nothing
 * gets harder for others, and all indices stay the same: plans of `op` can be judged by it. */
const Operation *operation_lifted(const Operation *op, int h, const Reason *reasons, int n,
                                  Arena *arena);

/* A copy, in `arena`, in which household h is the only one, with index 0: what others have done,
 * started or reserved is left out. */
const Operation *operation_alone(const Operation *op, int h, Arena *arena);

#endif
