#include "solver/relief.h"

#include <glib.h>

/* ---- Read off a plan ------------------------------------------------------------------------ */

static bool is_open(const Operation *op, int h, int a) {
    return op->households[h].facts[a].status < STATUS_STARTED;
}

/* Whether the tenant has a window, or by default a slot that is not late, for those minutes. */
static bool is_received(const Operation *op, int h, const PlanTask *task) {
    bool any = false, inside = false;
    for (int i = 0; i < op->n_availability; i++) {
        const AvailabilityRow *row = &op->availability[i];
        if (row->household != h || row->kind == ABSENT)
            continue;
        bool on = row->from != DATE_NONE ? task->start >= row->from && task->start <= row->until
                                         : row->weekdays[date_weekday(task->start)];
        any = true;
        inside =
            inside || (on && row->start <= task->start_minute && row->end >= task->finish_minute);
    }
    for (int s = 0; s < op->n_slots && !any; s++)
        inside = inside || (!op->slots[s].late && op->slots[s].from <= task->start_minute &&
                            op->slots[s].to >= task->finish_minute);
    return inside;
}

/* The first appointment at an hour at which the tenant does not receive. */
static bool read_hours(const Operation *op, const Plan *plan, int h, Relief *relief) {
    for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
        const PlanTask *task = &plan->households[h].tasks[a];
        if (task->start_minute == MINUTE_NONE || !is_open(op, h, a) || is_received(op, h, task))
            continue;
        relief->from = relief->until = task->start;
        relief->minute = task->start_minute;
        relief->last = task->finish_minute;
        return true;
    }
    return false;
}

/* By when how much of the item would have to be there. */
static bool read_delivery(const Operation *op, const Plan *plan, int h, Relief *relief) {
    const Package *package = household_package(op, h);
    relief->from = DATE_NONE;
    for (int a = 0; a < package->n_tasks; a++)
        for (int i = 0; i < package->tasks[a].n_items && is_open(op, h, a); i++) {
            const ItemNeed *need = &package->tasks[a].items[i];
            date_t day = plan->households[h].tasks[a].start - need->days_before;
            if (need->item != relief->reason.item)
                continue;
            relief->amount += need->quantity;
            relief->from = relief->from == DATE_NONE ? day : MIN(relief->from, day);
        }
    return relief->from != DATE_NONE;
}

/* The first start and the last finish of what is still to do. */
static void read_span(const Operation *op, const Plan *plan, int h, Relief *relief) {
    relief->from = INT32_MAX;
    relief->until = INT32_MIN;
    for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
        const PlanTask *task = &plan->households[h].tasks[a];
        if (!is_open(op, h, a))
            continue;
        relief->from = MIN(relief->from, task->start);
        relief->until = MAX(relief->until, task->finish);
    }
}

static bool read_stay(const Operation *op, const Plan *plan, int h, Relief *relief) {
    const Package *package = household_package(op, h);
    relief->from = plan->households[h].tasks[package->move_out].start;
    relief->until = package->move_back != NONE
                        ? plan->households[h].tasks[package->move_back].start + op->turnaround_days
                        : op->end;
    return true;
}

bool relief_read(const Operation *op, const Plan *plan, int h, const Reason *reason,
                 Relief *relief) {
    const PlanTask *tasks = plan->households[h].tasks;
    *relief = (Relief){.reason = *reason,
                       .member = NONE,
                       .from = DATE_NONE,
                       .until = DATE_NONE,
                       .minute = MINUTE_NONE,
                       .last = MINUTE_NONE};
    switch (reason->kind) {
    case REASON_MEMBER:
        relief->member = plan->households[h].members[reason->role];
        return relief->member != NONE;
    case REASON_LAG:
    case REASON_MAX_LAG:
        relief->number = tasks[reason->task].start - tasks[reason->other].finish;
        return true;
    case REASON_NOTICE:
        relief->number = tasks[reason->task].start - op->as_of;
        return true;
    case REASON_EARLIEST:
    case REASON_HORIZON:
        read_span(op, plan, h, relief);
        return true;
    case REASON_HOURS:
        return read_hours(op, plan, h, relief);
    case REASON_DELIVERY:
        return read_delivery(op, plan, h, relief);
    case REASON_HOME:
        return read_stay(op, plan, h, relief);
    case REASON_EVENINGS:
    case REASON_CREW:
    case REASON_ABSENCE:
    case REASON_PROMISE:
    case REASON_FACTS:
        break;
    }
    return false;
}

/* The most that one task of the household needs of the role. */
static milli_t most_needed(const Operation *op, int h, int role) {
    const Package *package = household_package(op, h);
    milli_t most = 0;
    for (int a = 0; a < package->n_tasks; a++) {
        milli_t amount = 0;
        for (int i = 0; i < package->tasks[a].n_needs; i++)
            if (package->tasks[a].needs[i].role == role)
                amount += need_amount(op, h, &package->tasks[a].needs[i]);
        most = MAX(most, amount);
    }
    return most;
}

int relief_steps(const Operation *op, int h, const Reason *reason, Relief *reliefs, int most) {
    int n = 0;
    if (reason->kind != REASON_CREW && reason->kind != REASON_EVENINGS)
        return 0;
    const Role *role = &op->roles[reason->role];
    for (int m = 0; m < role->n_members && n < most; m++) {
        int r = role->members[m], limit = op->resources[r].max_late_per_week;
        if (reason->kind == REASON_EVENINGS && limit == NO_LIMIT)
            continue;
        reliefs[n++] = (Relief){.reason = *reason,
                                .number = limit + 1,
                                .amount = most_needed(op, h, reason->role),
                                .member = r,
                                .from = DATE_NONE,
                                .until = DATE_NONE};
    }
    return n;
}

/* ---- Applied -------------------------------------------------------------------------------- */

static void set_lag(Task *task, const Relief *relief) {
    for (int i = 0; i < task->n_lags; i++) {
        Lag *lag = &task->lags[i];
        if (lag->other == relief->reason.other && relief->reason.kind == REASON_LAG)
            lag->min_days = MIN(lag->min_days, relief->number);
        else if (lag->other == relief->reason.other && lag->has_max)
            lag->max_days = MAX(lag->max_days, relief->number);
    }
}

/* The tenant receives at that hour too. Who has no windows keeps what holds by default. */
static void add_hours(Operation *op, int h, const Relief *relief) {
    AvailabilityRow row = {.household = h,
                           .weekdays = {true, true, true, true, true, true, true},
                           .from = DATE_NONE,
                           .until = DATE_NONE,
                           .kind = AVAILABLE};
    bool any = false;
    int n = op->n_availability;
    for (int i = 0; i < n; i++)
        any = any || (op->availability[i].household == h && op->availability[i].kind != ABSENT);
    op->availability = ARENA_COPY(op->arena, op->availability, n, op->n_slots + 1);
    for (int s = 0; s < op->n_slots && !any; s++)
        if (!op->slots[s].late) {
            row.start = op->slots[s].from;
            row.end = op->slots[s].to;
            op->availability[n++] = row;
        }
    row.from = relief->from;
    row.until = relief->until;
    row.start = relief->minute;
    row.end = relief->last;
    op->availability[n++] = row;
    op->n_availability = n;
}

/* More of the item, from where the household takes it. */
static void add_delivery(Operation *op, int h, const Relief *relief) {
    int owner = has_reserved(op, h, relief->reason.item) ? h : NONE;
    op->deliveries = ARENA_COPY(op->arena, op->deliveries, op->n_deliveries, 1);
    op->deliveries[op->n_deliveries++] = (Delivery){.id = "",
                                                    .supplier = "",
                                                    .item = relief->reason.item,
                                                    .quantity = relief->amount,
                                                    .date = relief->from,
                                                    .household = owner};
}

static void add_home(Operation *op, int h, const Relief *relief) {
    op->homes = ARENA_COPY(op->arena, op->homes, op->n_homes, 1);
    op->homes[op->n_homes++] = (Home){.id = "",
                                      .building = "",
                                      .rooms = op->households[h].rooms,
                                      .accessible = op->households[h].accessible,
                                      .from = relief->from,
                                      .until = relief->until};
}

/* The member has more of what it has, on all days on which it works. */
static void add_capacity(Operation *op, const Relief *relief) {
    Resource *resource = &op->resources[relief->member];
    resource->capacity += relief->amount;
    op->calendar = ARENA_COPY(op->arena, op->calendar, op->n_calendar, 0);
    for (int i = 0; i < op->n_calendar; i++) {
        CalendarRow *row = &op->calendar[i];
        bool own = row->resource == relief->member ||
                   (row->resource == NONE && (row->role == NONE || row->role == resource->role));
        if (own && !row->closed && row->capacity > 0)
            row->capacity += relief->amount;
    }
}

const Operation *operation_relieved(const Operation *op, int h, const Relief *relief,
                                    Arena *arena) {
    Operation *copy = operation_private(op, h, arena);
    Household *household = &copy->households[h];
    Task *task = &copy->packages[household->package].tasks[MAX(relief->reason.task, 0)];
    switch (relief->reason.kind) {
    case REASON_MEMBER:
        household->members[relief->reason.role] = relief->member;
        break;
    case REASON_EVENINGS:
        copy->resources[relief->member].max_late_per_week = relief->number;
        break;
    case REASON_LAG:
    case REASON_MAX_LAG:
        set_lag(task, relief);
        break;
    case REASON_NOTICE:
        task->notice_days = MIN(task->notice_days, relief->number);
        break;
    case REASON_EARLIEST:
        household->earliest = MIN(household->earliest, relief->from);
        break;
    case REASON_HORIZON:
        copy->end = MAX(copy->end, relief->until);
        break;
    case REASON_HOURS:
        add_hours(copy, h, relief);
        break;
    case REASON_DELIVERY:
        add_delivery(copy, h, relief);
        break;
    case REASON_HOME:
        add_home(copy, h, relief);
        break;
    case REASON_CREW:
        add_capacity(copy, relief);
        break;
    case REASON_ABSENCE:
    case REASON_PROMISE:
    case REASON_FACTS:
        break;
    }
    return copy;
}
