/*
 * changes.h: what is different between last week's plan and this week's.
 */
#ifndef PILOTE_CHANGES_H
#define PILOTE_CHANGES_H

#include "solver/differences.h"
#include "solver/plan.h"

/* Two plans of one operation, from two weeks. */
typedef struct Weeks {
    const Operation *then_op; /* as it was when the old plan was made; NULL: not known */
    const Plan *then;         /* the old plan of then_op; NULL with it */
    const Operation *op;
    const Plan *previous; /* the old plan, with the indices of op (what op lacks left out) */
    const Plan *plan;
} Weeks;

typedef enum ChangeKind {
    CHANGE_NEW,       /* it had no date */
    CHANGE_MOVED,     /* another start */
    CHANGE_FINISH,    /* the same start, another end */
    CHANGE_WITHDRAWN, /* it has no date any more */
    CHANGE_MEMBER,    /* somebody else serves the household in a role */
    CHANGE_HOME       /* another temporary home, or one where there was none */
} ChangeKind;

extern const char *const change_names[]; /* "new", "moved", ... by ChangeKind */

typedef enum CauseKind {
    CAUSE_UNKNOWN,    /* the old plan does not hold its inputs, or nothing was found */
    CAUSE_FORCED,     /* with these differences undone, the old dates would hold (better) */
    CAUSE_ENABLED,    /* with these undone, the new dates would not hold */
    CAUSE_EXPLAINED,  /* the old dates would hold, but these rows of its own changed what is best */
    CAUSE_GIVES_WAY,  /* the old dates are taken by household `other` */
    CAUSE_IMPROVEMENT /* the old dates would hold: it is free, and saves more than it disturbs */
} CauseKind;

extern const char *const cause_names[]; /* "unknown", "forced", ... by CauseKind */

enum { MAX_CAUSES = 4 };

typedef struct Cause {
    CauseKind kind;
    int n;
    const Difference
        *differences[MAX_CAUSES]; /* of CAUSE_GIVES_WAY: those of the other household */
    int other;                    /* household of op, or NONE */
} Cause;

typedef struct Change {
    ChangeKind kind;
    const Operation *op; /* that the indices are of: then_op for what is gone, otherwise op */
    int household, task; /* task is NONE for members and homes */
    PlanTask then, now;  /* of a task; start is DATE_NONE where there is none */
    Status status;       /* what progress.csv says of the task by now */
    int role;            /* of CHANGE_MEMBER: index into op */
    const Resource *member_then, *member_now;
    const Home *home_then, *home_now; /* NULL: none */
    date_t date;                      /* the sooner of the two dates; what it is sorted by */
    minute_t minute;
    Cause cause;
} Change;

typedef struct Changes {
    int n;
    Change *rows; /* by household, the one with the soonest change first, each soonest first */
    int n_dates;  /* changes of dates */
} Changes;

/* Compares the two plans. Tasks that are done or started by now are facts and no changes. Causes
 * are left unknown, see causes.h. The result is in `arena`. */
Changes changes_between(const Weeks *weeks, Arena *arena);

#endif
