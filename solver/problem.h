/*
 * problem.h: the operation as the search sees it: what is free to decide, and at what cost.
 *
 * Made once from the operation and last week's plan, never changed afterwards, shared by all
 * threads; it belongs to its own arena. Indices: h household, a task of a package, k free task of a
 * household (those neither done nor started), r resource member, d day, s slot. Costs are cost
 * units.
 */
#ifndef PILOTE_PROBLEM_H
#define PILOTE_PROBLEM_H

#include "solver/calendar.h"
#include "solver/plan.h"
#include "solver/pricing.h"

#define NO_DAY INT32_MIN

/* The days on which all of some members work. */
typedef struct JointCalendar {
    const uint8_t *works; /* n_days */
    const int32_t *index; /* n_days + 1: working days before day d */
    const int32_t *day;   /* the working days, `count` of them */
    int count;
} JointCalendar;

/* A role that a task needs; needs of one role in the file are added up. */
typedef struct RoleNeed {
    int role;
    milli_t amount; /* without the volume */
    int volumes;    /* plus so many times the household's volume_m3 */
    Measure measure;
} RoleNeed;

/* One way to choose members whose calendars agree: member sets per need, and the days on which
 * they work together. The members of a set have the same working days. */
typedef struct Combination {
    int calendar;        /* index into joint_calendars */
    int *n_members;      /* per need of the task */
    const int **members; /* per need: resource indices */
    const int **pairs;   /* per need and member: index into the joint prices, see prices.h */
} Combination;

/* A task of a package, compiled. */
typedef struct Template {
    bool appointment, presence;
    int minutes, days;
    int duration;                /* appointments: index into durations */
    int n_needs, n_combinations; /* appointments have no combinations */
    RoleNeed *needs;
    Combination *combinations;
} Template;

/* The part of a day that facts leave to an appointment: it stands after some, before others. */
typedef struct Hours {
    day_t day;
    minute_t from, until; /* it starts at `from` or later and ends until `until` */
} Hours;

/* Lags with a fact at one end, or the horizon: bounds on the days of a free task. */
typedef struct Window {
    day_t start_low, start_high, finish_low, finish_high; /* both included */
    int n_hours; /* days on which an appointment keeps the order of time with one of a fact */
    Hours *hours;
} Window;

/* A start that needs no new notice, because somebody was told or planned it before. */
typedef struct KeptStart {
    day_t day;
    minute_t minute; /* MINUTE_NONE: any */
} KeptStart;

typedef struct FreeTask {
    int task;      /* index into the package */
    day_t release; /* the first day that keeps the notice and the household's earliest */
    Window window;
    int n_kept;
    KeptStart kept[2];
    /* What a change costs. */
    Status status;   /* proposed, announced or confirmed */
    KeptStart told;  /* the start of progress.csv; day is only valid when status is not proposed */
    int told_member; /* of a confirmed task, or NONE */
    day_t previous;  /* of a proposed task in last week's plan, or NO_DAY */
    bool last;       /* may be the household's last task and has the cost of its end */
    int *item_pools; /* per item of the task: index into pools */
    const uint8_t *reception; /* appointments: [d * n_slots + s], see reception_of() */
} FreeTask;

/* What a slot of a day can give an appointment of a certain length, by the tenant's windows. */
typedef enum Reception { RECEPTION_NONE, RECEPTION_POSSIBLE, RECEPTION_PREFERRED } Reception;

/* Windows of a household on one day, minutes, sorted and disjoint. */
typedef struct Span {
    minute_t from, to;
} Span;

/* Parts of a slot that many tenants' windows have in common, like the evening from 18:00 on:
 * appointments that must lie inside one compete for it, and not for the whole slot. */
enum { MOST_PARTS = 2 };
typedef struct SlotParts {
    int n;
    Span part[MOST_PARTS];
} SlotParts;

/* What a cell of a reception table says. */
static inline Reception reception_of(uint8_t cell) {
    return (Reception)(cell & 3);
}

/* The parts of the slot in which the appointment must lie, bit by bit: 0 .. n_kinds - 1. */
static inline int reception_kind(uint8_t cell) {
    return cell >> 2;
}

typedef struct ProblemHousehold {
    int package;
    int n_free, n_lags;
    FreeTask *free;   /* in the package's topological order */
    PricingLag *lags; /* between free tasks (indices k), and to the end node */
    bool has_end;     /* the last finish is a pricing task of its own, index n_free */
    int out, back;    /* k of the move out and back, or NONE */
    day_t out_day;    /* when the move out is a fact; else NO_DAY */
    bool stays;       /* uses a temporary home that is still to be freed or taken */
    int fixed_home;   /* home index by facts, or NONE */
    int n_classes;
    int *classes;     /* home classes that suit; n_classes 0 when no home is needed */
    bool *absent;     /* n_days, or NULL when never absent */
    const int *fixed; /* per role: the member by facts or households.csv, or NONE */
    cost_t weight;
    day_t last_fact; /* the last finish of facts, or NO_DAY */
    day_t deadline;  /* or NO_DAY */
    int max_nights;  /* or NO_LIMIT */
    cost_t constant; /* of being planned: what its facts cost in any case */
    cost_t unplanned_cost;
    int n_evenings;                  /* of its facts, each once */
    size_t *evenings;                /* cells, see late_fact */
    bool has_windows, has_preferred; /* any available or preferred row; any preferred row */
    bool competes;   /* its own works can get in each other's way, see problem_competes() */
    bool impossible; /* facts alone already break a lag towards every new start, or no home */
} ProblemHousehold;

/* Homes that are alike: same dates, rooms and access. */
typedef struct HomeClass {
    int rooms;
    bool accessible;
    bool shared;       /* one home, in which facts have put several households at once */
    day_t from, until; /* the stay lies inside, both included; clipped to the horizon */
    int n_homes;
    int *homes; /* home indices */
} HomeClass;

/* A stock: what is there, by day, for whom. */
typedef struct Pool {
    int item;
    int household;      /* reserved for it, or NONE */
    int next;           /* the household's next reserved pool, or NONE */
    milli_t *delivered; /* [day + need_offset], cumulative, facts' needs taken off */
} Pool;

typedef struct Problem {
    Arena *arena;
    const Operation *op;
    const Plan *previous; /* or NULL */
    Calendar *calendar;
    int n_days, n_slots, n_households, n_resources, n_roles;
    day_t as_of;
    SlotParts *parts;     /* per slot */
    int n_kinds;          /* sets of parts: 1, 2 or 4 */
    Template **templates; /* [package][task] */
    int n_joint;
    JointCalendar *joint;
    int n_pairs; /* (joint calendar, member) pairs that some combination uses */
    int *pair_calendar, *pair_member;
    ProblemHousehold *households;
    int n_classes;
    HomeClass *classes;
    int n_pools, need_offset, need_days;  /* need_days = n_days + need_offset */
    Pool *pools;                          /* the common one of item i is pool i */
    int *first_reserved;                  /* per household: its first reserved pool, or NONE */
    const AvailabilityRow **availability; /* sorted by household */
    int *availability_first;              /* n_households + 1: where each household's rows begin */
    int n_late;       /* cells of evenings: r * n_days + d, then those outside the horizon */
    bool *late_fact;  /* n_late: a done or started appointment in a late slot */
    int *late_payer;  /* n_late: where late_fact, the household whose constant it is in */
    int *late_before; /* per resource: such evenings outside the horizon, but in its first week */
    int n_durations;  /* distinct lengths of appointments */
    int *duration;    /* minutes, ascending */
    const uint8_t **plain_reception; /* per duration: of households without rows, once needed */
    milli_t *least_capacity; /* per resource: on a day on which it has any; INT64_MAX: never */
    Plan *facts;             /* plan_new(): what is done or started */
    int n_weeks;
    int *week; /* per day: 0 .. n_weeks - 1 */
} Problem;

/* Compiles the operation. `previous` may be NULL. Both must outlive the problem. */
Problem *problem_new(const Operation *op, const Plan *previous);
void problem_free(Problem *problem); /* NULL is allowed */

/* Amount that household h uses of a need. */
static inline milli_t role_need_amount(const Problem *problem, int h, const RoleNeed *need) {
    return need->amount + need->volumes * problem->op->households[h].volume;
}

/* The hours of a day within the window; the whole day where facts do not bound them. */
static inline Hours window_hours(const Window *window, day_t day) {
    for (int i = 0; i < window->n_hours; i++) {
        if (window->hours[i].day == day) {
            return window->hours[i];
        }
    }
    return (Hours){day, 0, INT32_MAX};
}

/* Whether facts bound the hours of that day. */
static inline bool window_bounds_hours(const Window *window, day_t day) {
    Hours hours = window_hours(window, day);
    return hours.from > 0 || hours.until < INT32_MAX;
}

static inline const Template *free_template(const Problem *problem, int h, int k) {
    const ProblemHousehold *household = &problem->households[h];
    return &problem->templates[household->package][household->free[k].task];
}

/* The last of `days` working days from working day d on, or NO_DAY beyond the horizon. */
static inline day_t joint_finish(const JointCalendar *joint, day_t d, int days) {
    int k = joint->index[d] + days - 1;
    return k < joint->count ? joint->day[k] : NO_DAY;
}

/* The tenant's windows in slot s of day d as spans of spans[], which has room for `room`; returns
 * how many. With `preferred` only the preferred ones. Absences are cut out. */
int reception_spans(const Problem *problem, int h, day_t d, int s, bool preferred, Span *spans,
                    int room);

/* True when the start is the one that was told, as far as a time of day was told. */
bool is_as_told(const FreeTask *task, day_t start, minute_t minute);

/* What the start of free task k of h costs against what was told or planned before: broken
 * promises of the date (not of the member), moved dates. `minute` is MINUTE_NONE for works. */
cost_t stability_cost(const Problem *problem, int h, int k, day_t start, minute_t minute);

/* Nights away, those over the household's maximum included. */
cost_t nights_cost(const Problem *problem, int h, int nights);

/* The class of a home. */
int problem_class_of(const Problem *problem, int home);

/* The slot in which `minute` lies, or NONE. */
int problem_slot_at(const Problem *problem, minute_t minute);

/* The member of `role` that did task a of household h, a fact; NONE when nobody knows. */
int problem_fact_member(const Problem *problem, int h, int a, int role);

/* True when an appointment of `minutes` at `start` lies inside a preferred window of h, or h has
 * none. */
bool problem_is_preferred(const Problem *problem, int h, day_t d, minute_t start, int minutes);

/* Flow and lateness of a household whose last task finishes on day `last`. */
cost_t end_cost(const Problem *problem, int h, day_t last);

#endif
