/*
 * operation.h: an operation as its files say it: names, dates, rows, with references resolved.
 *
 * Written by io/read_operation.c, read by everything else; never changed once read. All of it,
 * strings included, belongs to the operation's arena. Indices point into the arrays of this
 * struct: `h` household, `a` task of a package, `r` resource member, `s` slot. An index of NONE
 * means "none given". Text is UTF-8.
 */
#ifndef PILOTE_OPERATION_H
#define PILOTE_OPERATION_H

#include "solver/arena.h"
#include "solver/date.h"

enum { NONE = -1, NO_LIMIT = -1 };
enum { MAX_SLOTS = 16 };

/* Parts of the objective, in the order in which they are told. One table (part_infos) holds
 * their names and default weights. */
typedef enum Part {
    PART_UNPLANNED_HOUSEHOLD,
    PART_BROKEN_PROMISE,
    PART_MOVED_ANNOUNCED,
    PART_MOVED_ANNOUNCED_DAY,
    PART_MOVED_PROPOSED,
    PART_NIGHT_AWAY,
    PART_NIGHT_OVER_MAX,
    PART_LATE_DAY,
    PART_FLOW_DAY,
    PART_LATE_EVENING,
    PART_NON_PREFERRED,
    PART_COUNT
} Part;

typedef struct PartInfo {
    const char *name;      /* as in operation.json and plan.json */
    cost_t default_weight; /* cost units */
} PartInfo;

extern const PartInfo part_infos[PART_COUNT];

typedef struct Slot {
    const char *id;
    minute_t from, to;
    bool late; /* an evening of the pilot's */
} Slot;

typedef struct Need {
    int role;       /* index into Operation.roles */
    milli_t amount; /* units of the role; 0 when by_volume */
    bool by_volume; /* the household's own volume_m3 */
} Need;

typedef struct ItemNeed {
    int item; /* index into Operation.items */
    milli_t quantity;
    int days_before; /* calendar days before the task's start */
} ItemNeed;

/* min_days <= start day - finish day of the task `other` <= max_days, in calendar days. */
typedef struct Lag {
    int other;    /* index of the earlier task in the same package */
    int min_days; /* may be negative */
    int max_days;
    bool has_max;
} Lag;

typedef enum Move { MOVE_NONE, MOVE_OUT, MOVE_BACK } Move;

typedef struct Task {
    const char *id, *label; /* label falls back to id */
    int minutes;            /* > 0: an appointment; 0: works */
    int days;               /* > 0: works, in working days; 0: an appointment */
    bool presence;
    Move move;
    int notice_days;
    int n_needs, n_items, n_lags;
    Need *needs;
    ItemNeed *items;
    Lag *lags;
} Task;

typedef struct Package {
    const char *id, *label;
    int n_tasks;
    Task *tasks;             /* in the file's order, which is the plan's order */
    int *order;              /* n_tasks indices of tasks, each after all that it waits for */
    int move_out, move_back; /* task index or NONE */
    bool transfer;           /* moves out for good: no move back */
} Package;

typedef enum Measure { MEASURE_CREW, MEASURE_VOLUME, MEASURE_CLOCK } Measure;

typedef struct Resource {
    const char *id, *label; /* label falls back to id */
    int role;
    Measure measure;
    milli_t capacity;      /* per working day; a clock member's is people x MILLI */
    bool works[7];         /* weekday (0 Monday): a working day without exceptions */
    uint32_t slots[7];     /* clock: bit s set when slot s is worked on that weekday */
    uint32_t base_slots;   /* clock: the slots of an ordinary day, for days opened by exception */
    int max_late_per_week; /* dates with a late appointment per ISO week, or NO_LIMIT */
    date_t from, until;    /* both included; DATE_NONE = unbounded */
    int line;              /* of resources.csv */
} Resource;

typedef struct Role {
    const char *id;
    int n_members;
    int *members;    /* resource indices, in file order */
    Measure measure; /* of all its members (readers refuse a mixture of clock and others) */
} Role;

/* A dated exception: the later row wins. Applies to one resource, to a role's members or to all. */
typedef struct CalendarRow {
    int resource, role; /* NONE both: everybody */
    date_t from, until;
    bool closed;
    milli_t capacity; /* when not closed */
    uint32_t slots;   /* clock: the slots it speaks of; 0 = all that the member works */
    const char *label;
    int line;
} CalendarRow;

typedef enum AvailabilityKind { AVAILABLE, PREFERRED, ABSENT } AvailabilityKind;

typedef struct AvailabilityRow {
    int household;
    bool weekdays[7];    /* used when from is DATE_NONE */
    date_t from, until;  /* a date or a range, both included */
    minute_t start, end; /* 0 and 24 * 60 when blank */
    AvailabilityKind kind;
    int line;
} AvailabilityRow;

typedef struct Home {
    const char *id, *building;
    int rooms;
    bool accessible;
    date_t from, until; /* both included; DATE_NONE = unbounded */
    int line;
} Home;

typedef enum DeliveryStatus { DELIVERY_PROMISED, DELIVERY_LATE, DELIVERY_ARRIVED } DeliveryStatus;

typedef struct Delivery {
    const char *id, *supplier;
    int item;
    milli_t quantity;
    date_t date;
    int household; /* reserved for it, or NONE: common stock */
    DeliveryStatus status;
    int line;
} Delivery;

/* STATUS_PROPOSED is the plan's word for a task that progress.csv does not name. */
typedef enum Status {
    STATUS_PROPOSED,
    STATUS_ANNOUNCED,
    STATUS_CONFIRMED,
    STATUS_STARTED,
    STATUS_DONE
} Status;

extern const char *const status_names[]; /* "proposed", "announced", ... by Status */

/* What progress.csv says of one task. status is STATUS_PROPOSED when it says nothing. */
typedef struct Fact {
    Status status;
    date_t start;
    minute_t start_minute; /* MINUTE_NONE when only a date is given */
    date_t finish;         /* DATE_NONE when blank */
    minute_t finish_minute;
    int member; /* resource index or NONE */
    int home;   /* home index or NONE */
    int line;
} Fact;

/* Whether the task is started or done. */
static inline bool has_begun(const Fact *fact) {
    return fact->status == STATUS_STARTED || fact->status == STATUS_DONE;
}

/* What is said of a task of which progress.csv says nothing. */
extern const Fact no_fact;

/* That of `n` tasks, in the arena. */
Fact *no_facts(Arena *arena, int n);

typedef enum Relocation { RELOCATION_HOME, RELOCATION_OWN } Relocation;

typedef struct Household {
    const char *id, *name, *dwelling, *building, *phone, *notes; /* "" when blank, never NULL */
    const char *access; /* how those who come get in; "" when blank */
    int package;
    int rooms;
    bool accessible;
    milli_t volume; /* thousandths of m3 */
    cost_t weight;
    date_t earliest, deadline; /* DATE_NONE when blank */
    int max_nights_away;       /* NO_LIMIT when blank */
    Relocation relocation;
    int *members; /* per role: the fixed resource, or NONE; Operation.n_roles long */
    Fact *facts;  /* per task of its package */
    int line;     /* of households.csv */
} Household;

/* An input file, e.g. deliveries.csv, as text: UTF-8 without byte order mark. */
typedef struct InputText {
    const char *file, *text;
} InputText;

typedef struct Operation {
    Arena *arena;
    const char *folder; /* as given on the command line */
    const char *name, *timezone, *language;
    date_t as_of;
    date_t start, end; /* the horizon, both included */
    int grid_minutes, buffer_minutes, turnaround_days;
    cost_t weights[PART_COUNT];

    int n_slots, n_roles, n_items, n_packages, n_households, n_resources;
    int n_calendar, n_availability, n_homes, n_deliveries;
    Slot *slots;
    Role *roles;
    const char **items;
    Package *packages;
    Household *households;
    Resource *resources;
    CalendarRow *calendar;
    AvailabilityRow *availability;
    Home *homes;
    Delivery *deliveries;

    int n_inputs;
    InputText *inputs; /* all that it was read from; none when it was made in memory */
} Operation;

/* The household's package. */
static inline const Package *household_package(const Operation *op, int h) {
    return &op->packages[op->households[h].package];
}

/* The amount of a need for household h: its own volume where the need says so. */
static inline milli_t need_amount(const Operation *op, int h, const Need *need) {
    return need->by_volume ? op->households[h].volume : need->amount;
}

/* Frees the operation and its arena. NULL is allowed. */
void operation_free(Operation *op);

/* Index of the task with that id, or NONE. */
int package_task(const Package *package, const char *id);

/* True when deliveries of the item are reserved for household h, which then uses no others (C11).
 */
bool has_reserved(const Operation *op, int h, int item);

#endif
