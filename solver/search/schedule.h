/*
 * schedule.h: the tasks of one or a few households, put into days one at a time.
 *
 * A schedule stands in what other households leave (a Usage without its own households). Every
 * task is placed on a start day or not; what is placed always keeps the rules, so that tasks can be
 * placed, taken out and shifted in any order. Members of roles are chosen beforehand (C8), homes
 * and clock times are found on the way. Tasks are numbered t, household by household, in each in
 * topological order.
 */
#ifndef PILOTE_SCHEDULE_H
#define PILOTE_SCHEDULE_H

#include "solver/usage.h"

/* What a task takes of a crew or volume member on each of its days. */
typedef struct ScheduleNeed {
    milli_t *left; /* n_days: what the member has left */
    milli_t amount;
} ScheduleNeed;

/* A lag, seen from one of its tasks. */
typedef struct ScheduleLag {
    int other, min_days, max_days;
    bool has_max, in_order; /* see PricingLag */
} ScheduleLag;

typedef struct ScheduleTask {
    int owner;     /* index among the schedule's households */
    int k;         /* free task of its household */
    int days;      /* of works; an appointment: 1 */
    bool clock;    /* an appointment */
    ClockAsk *ask; /* of an appointment: whom it asks, without a day */
    bool special;  /* deliveries, homes or clocks decide as well whether a day fits */
    bool priced;   /* its date costs something besides the household's last finish */
    int n_needs, n_before, n_after;
    ScheduleNeed *needs;         /* of crews and volumes */
    ScheduleLag *before, *after; /* to the tasks it waits for, and to those that wait for it */
    const JointCalendar *joint;  /* of works; an appointment: NULL */
    day_t low, high;             /* starts lie in it whatever the other tasks do; both included */
    const uint8_t *open;         /* n_days: starts that are possible at all; NULL: low..high */
} ScheduleTask;

typedef struct ScheduleHousehold {
    int h;
    int first, n;   /* its tasks */
    int out, back;  /* t of the moves, or NONE */
    int home_class; /* of a stay that is placed, or NONE */
    int *members;   /* n_roles */
} ScheduleHousehold;

typedef struct Schedule {
    const Problem *problem;
    const Usage *usage;
    Arena *arena; /* of all below but the first block; anew with each schedule_begin() */
    double work;  /* done so far, in units of pricing_work() */
    int n_households, n_tasks;
    bool loose; /* some lag has a maximum or a negative minimum */
    ScheduleHousehold *households;
    ScheduleTask *tasks;
    /* Per task; start is NO_DAY while it is not placed. */
    day_t *start, *finish;
    minute_t *minute;
    int *slot;
    /* What is left for all of them; rows that no task uses are NULL. */
    milli_t **left;     /* per resource: n_days */
    milli_t **stock;    /* per pool: need_days */
    int32_t *home_left; /* as in Usage; NULL when nobody stays */
} Schedule;

/* A workspace, one per thread. */
Schedule *schedule_new(const Problem *problem);
void schedule_free(Schedule *schedule); /* NULL is allowed */

/* Begins anew with `n` households, none of which is in `usage` (borrowed). members[i][role] is the
 * member that serves household i, NONE where the role is not needed (copied). Returns false when
 * some task has no day in any case; nothing else may be called then. */
bool schedule_begin(Schedule *schedule, const Usage *usage, const int *households, int n,
                    int *const *members);

/* Takes out every task. */
void schedule_clear(Schedule *schedule);

/* The starts of t that the lags to placed tasks allow; false when there is none. */
bool schedule_window(const Schedule *schedule, int t, day_t *low, day_t *high);

/* The first and the last start of t in low..high that fits, and the cheapest one, of equal ones
 * the first or, with `late`, the last one; t is not placed. NO_DAY when there is none. */
day_t schedule_first(Schedule *schedule, int t, day_t low, day_t high);
day_t schedule_last(Schedule *schedule, int t, day_t low, day_t high);
day_t schedule_cheapest(Schedule *schedule, int t, day_t low, day_t high, bool late);

/* Places t on a start that fits; its lags are the caller's business. */
void schedule_place(Schedule *schedule, int t, day_t start);
void schedule_remove(Schedule *schedule, int t);

/* The first start whose finish is `day` or later; the last one whose finish is `day` or sooner. */
day_t schedule_start_reaching(const Schedule *schedule, int t, day_t day);
day_t schedule_start_within(const Schedule *schedule, int t, day_t day);

/* The last day of works that start on `day` or on the first working day after it; n_days when that
 * is beyond the horizon. */
day_t schedule_finish(const Schedule *schedule, int t, day_t day);

/* The last finish of the household's placed tasks but `except` (or NONE) and of its facts. */
day_t schedule_end(const Schedule *schedule, int owner, int except);

/* What the plan pays for the schedule, evenings included; every task is placed. */
cost_t schedule_cost(const Schedule *schedule);

/* The itinerary of a household whose tasks are all placed; free it with g_free(). */
Itinerary *schedule_itinerary(const Schedule *schedule, int owner);

#endif
