#include "solver/reason.h"

#include <glib.h>
#include <string.h>

const char *const reason_codes[] = {"member", "evenings", "max_lag", "notice", "earliest",
                                    "lag",    "absence",  "hours",   "crew",   "delivery",
                                    "home",   "horizon",  "facts"};

/* Waiting longer than that is a limit that could be lifted; the order itself is not. */
enum { NEXT_DAY = 1 };

/* ---- What there is to lift ------------------------------------------------------------------ */

typedef struct Listing {
    const Operation *op;
    int h;
    GArray *reasons;
} Listing;

static void add(Listing *listing, Reason reason) {
    for (guint i = 0; i < listing->reasons->len; i++) {
        const Reason *other = &g_array_index(listing->reasons, Reason, i);
        if (memcmp(other, &reason, sizeof reason) == 0)
            return;
    }
    g_array_append_val(listing->reasons, reason);
}

static Reason of_kind(ReasonKind kind) {
    return (Reason){kind, NONE, NONE, NONE, NONE};
}

static void add_of_task(Listing *listing, int a) {
    const Task *task = &household_package(listing->op, listing->h)->tasks[a];
    Reason reason;
    if (has_begun(&listing->op->households[listing->h].facts[a])) {
        add(listing, of_kind(REASON_FACTS));
        return;
    }
    if (listing->op->households[listing->h].facts[a].status == STATUS_CONFIRMED) {
        reason = of_kind(REASON_PROMISE);
        reason.task = a;
        add(listing, reason);
    }
    if (task->notice_days > 0) {
        reason = of_kind(REASON_NOTICE);
        reason.task = a;
        add(listing, reason);
    }
    for (int i = 0; i < task->n_lags; i++) {
        reason = of_kind(REASON_LAG);
        reason.task = a;
        reason.other = task->lags[i].other;
        if (task->lags[i].min_days > NEXT_DAY)
            add(listing, reason);
        reason.kind = REASON_MAX_LAG;
        if (task->lags[i].has_max)
            add(listing, reason);
    }
    for (int i = 0; i < task->n_needs; i++) {
        int role = task->needs[i].role;
        reason = of_kind(REASON_CREW);
        reason.role = role;
        add(listing, reason);
        reason.kind = REASON_MEMBER;
        if (listing->op->households[listing->h].members[role] != NONE)
            add(listing, reason);
        reason.kind = REASON_EVENINGS;
        if (listing->op->roles[role].measure == MEASURE_CLOCK)
            add(listing, reason);
    }
    for (int i = 0; i < task->n_items; i++) {
        reason = of_kind(REASON_DELIVERY);
        reason.item = task->items[i].item;
        add(listing, reason);
    }
}

static gint compare_reasons(gconstpointer left, gconstpointer right) {
    const Reason *a = left, *b = right;
    if (a->kind != b->kind)
        return (int)a->kind - (int)b->kind;
    if (a->task != b->task)
        return a->task - b->task;
    if (a->other != b->other)
        return a->other - b->other;
    return a->role != b->role ? a->role - b->role : a->item - b->item;
}

int reasons_list(const Operation *op, int h, Arena *arena, const Reason **reasons) {
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    Listing listing = {op, h, g_array_new(FALSE, FALSE, sizeof(Reason))};
    for (int a = 0; a < package->n_tasks; a++)
        add_of_task(&listing, a);
    if (household->earliest != DATE_NONE)
        add(&listing, of_kind(REASON_EARLIEST));
    for (int i = 0; i < op->n_availability; i++)
        if (op->availability[i].household == h && op->availability[i].kind == ABSENT)
            add(&listing, of_kind(REASON_ABSENCE));
    add(&listing, of_kind(REASON_HOURS));
    if (package->move_out != NONE && household->relocation == RELOCATION_HOME)
        add(&listing, of_kind(REASON_HOME));
    add(&listing, of_kind(REASON_HORIZON));
    g_array_sort(listing.reasons, compare_reasons);
    int n = (int)listing.reasons->len;
    *reasons = arena_copy(arena, listing.reasons->data, sizeof(Reason), n, 0);
    g_array_free(listing.reasons, TRUE);
    return n;
}

/* ---- Lifted --------------------------------------------------------------------------------- */

Operation *operation_private(const Operation *op, int h, Arena *arena) {
    Operation *copy = ARENA_COPY(arena, op, 1, 0);
    copy->arena = arena;
    copy->households = ARENA_COPY(arena, op->households, op->n_households, 0);
    copy->packages = ARENA_COPY(arena, op->packages, op->n_packages, 1);
    copy->resources = ARENA_COPY(arena, op->resources, op->n_resources, 0);
    Household *household = &copy->households[h];
    Package *package = &copy->packages[copy->n_packages];
    *package = *household_package(op, h);
    household->package = copy->n_packages++;
    household->members = ARENA_COPY(arena, household->members, op->n_roles, 0);
    household->facts = ARENA_COPY(arena, household->facts, package->n_tasks, 0);
    package->tasks = ARENA_COPY(arena, package->tasks, package->n_tasks, 0);
    for (int a = 0; a < package->n_tasks; a++) {
        Task *task = &package->tasks[a];
        task->needs = ARENA_COPY(arena, task->needs, task->n_needs, 0);
        task->items = ARENA_COPY(arena, task->items, task->n_items, 0);
        task->lags = ARENA_COPY(arena, task->lags, task->n_lags, 0);
    }
    return copy;
}

static void lift_lag(Task *task, int other, bool max) {
    for (int i = 0; i < task->n_lags; i++) {
        Lag *lag = &task->lags[i];
        if (lag->other != other)
            continue;
        lag->min_days = max ? lag->min_days : MIN(lag->min_days, NEXT_DAY);
        lag->has_max = lag->has_max && !max;
    }
}

/* The household does without the role, or without the item. */
static void lift_needs(Package *package, int role, int item) {
    for (int a = 0; a < package->n_tasks; a++) {
        Task *task = &package->tasks[a];
        int n_needs = 0, n_items = 0;
        for (int i = 0; i < task->n_needs; i++)
            if (task->needs[i].role != role)
                task->needs[n_needs++] = task->needs[i];
        for (int i = 0; i < task->n_items; i++)
            if (task->items[i].item != item)
                task->items[n_items++] = task->items[i];
        task->n_needs = n_needs;
        task->n_items = n_items;
    }
}

/* Drops the tenant's absences, or else its windows, for which it is there at any time. */
static void lift_availability(Operation *op, int h, bool absences) {
    AvailabilityRow *rows = ARENA_NEW(op->arena, AvailabilityRow, op->n_availability + 1);
    int n = 0;
    for (int i = 0; i < op->n_availability; i++) {
        const AvailabilityRow *row = &op->availability[i];
        if (row->household != h || (row->kind == ABSENT) != absences)
            rows[n++] = *row;
    }
    if (!absences) {
        AvailabilityRow always = {.household = h,
                                  .weekdays = {true, true, true, true, true, true, true},
                                  .from = DATE_NONE,
                                  .until = DATE_NONE,
                                  .end = 24 * 60,
                                  .kind = AVAILABLE};
        rows[n++] = always;
    }
    op->availability = rows;
    op->n_availability = n;
}

static void lift_facts(Household *household, int n_tasks) {
    for (int a = 0; a < n_tasks; a++)
        if (household->facts[a].status >= STATUS_STARTED)
            household->facts[a] = no_fact;
}

static void lift(Operation *op, int h, const Reason *reason) {
    enum { MUCH_LATER = 400 };
    Household *household = &op->households[h];
    Package *package = &op->packages[household->package];
    switch (reason->kind) {
    case REASON_MEMBER:
        household->members[reason->role] = NONE;
        break;
    case REASON_EVENINGS:
        for (int r = 0; r < op->n_resources; r++)
            if (op->resources[r].role == reason->role)
                op->resources[r].max_late_per_week = NO_LIMIT;
        break;
    case REASON_MAX_LAG:
    case REASON_LAG:
        lift_lag(&package->tasks[reason->task], reason->other, reason->kind == REASON_MAX_LAG);
        break;
    case REASON_NOTICE:
        package->tasks[reason->task].notice_days = 0;
        break;
    case REASON_EARLIEST:
        household->earliest = DATE_NONE;
        break;
    case REASON_ABSENCE:
    case REASON_HOURS:
        lift_availability(op, h, reason->kind == REASON_ABSENCE);
        break;
    case REASON_CREW:
        lift_needs(package, reason->role, NONE);
        break;
    case REASON_DELIVERY:
        lift_needs(package, NONE, reason->item);
        break;
    case REASON_HOME:
        household->relocation = RELOCATION_OWN;
        break;
    case REASON_HORIZON:
        op->end += MUCH_LATER;
        break;
    case REASON_PROMISE:
        household->facts[reason->task].status = STATUS_PROPOSED;
        break;
    case REASON_FACTS:
        lift_facts(household, package->n_tasks);
        break;
    }
}

const Operation *operation_lifted(const Operation *op, int h, const Reason *reasons, int n,
                                  Arena *arena) {
    Operation *copy = operation_private(op, h, arena);
    for (int i = 0; i < n; i++)
        lift(copy, h, &reasons[i]);
    return copy;
}

const Operation *operation_alone(const Operation *op, int h, Arena *arena) {
    Operation *copy = ARENA_COPY(arena, op, 1, 0);
    copy->arena = arena;
    copy->households = ARENA_COPY(arena, &op->households[h], 1, 0);
    copy->n_households = 1;
    copy->availability = ARENA_NEW(arena, AvailabilityRow, op->n_availability);
    copy->n_availability = 0;
    for (int i = 0; i < op->n_availability; i++)
        if (op->availability[i].household == h) {
            copy->availability[copy->n_availability] = op->availability[i];
            copy->availability[copy->n_availability++].household = 0;
        }
    copy->deliveries = ARENA_NEW(arena, Delivery, op->n_deliveries);
    copy->n_deliveries = 0;
    for (int i = 0; i < op->n_deliveries; i++)
        if (op->deliveries[i].household == NONE || op->deliveries[i].household == h) {
            Delivery *delivery = &copy->deliveries[copy->n_deliveries++];
            *delivery = op->deliveries[i];
            delivery->household = delivery->household == NONE ? NONE : 0;
        }
    return copy;
}
