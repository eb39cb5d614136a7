/* revert.c: one way to undo a difference per kind of row. References go from the old operation's
 * indices to the new one's by their ids. */
#include "solver/revert.h"

#include <glib.h>
#include <string.h>

/* A day on which no_fact takes place: what is open until then does not exist. */
#define LONG_AGO date_from_ymd(1900, 1, 1)

typedef struct Undo {
    const Operation *then;
    Operation *op; /* the copy */
    const InputRow *was, *is;
} Undo;

/* The index of the struct with this id, its first field, among `n` of `size` bytes; or NONE. */
static int find(const char *id, const void *structs, size_t size, int n) {
    for (int i = 0; i < n; i++)
        if (g_str_equal(
                *(const char *const *)(const void *)((const char *)structs + size * (size_t)i), id))
            return i;
    return NONE;
}

static int resource_now(const Undo *undo, int then) {
    return then == NONE ? NONE
                        : find(undo->then->resources[then].id, undo->op->resources,
                               sizeof(Resource), undo->op->n_resources);
}

static int household_now(const Undo *undo, int then) {
    return then == NONE ? NONE
                        : find(undo->then->households[then].id, undo->op->households,
                               sizeof(Household), undo->op->n_households);
}

static int home_now(const Undo *undo, int then) {
    return then == NONE
               ? NONE
               : find(undo->then->homes[then].id, undo->op->homes, sizeof(Home), undo->op->n_homes);
}

static int role_now(const Undo *undo, int then) {
    return then == NONE
               ? NONE
               : find(undo->then->roles[then].id, undo->op->roles, sizeof(Role), undo->op->n_roles);
}

static int item_now(const Undo *undo, int then) {
    return find(undo->then->items[then], undo->op->items, sizeof(const char *), undo->op->n_items);
}

/* A copy of `n` structs in which element `drop` (or NONE) is missing and there is room for one more
 * at `insert` (or NONE). */
static void *edited(Arena *arena, const void *structs, size_t size, int n, int drop, int insert) {
    char *copy = arena_alloc(arena, size * ((size_t)n + 1));
    char *out = copy;
    for (int i = 0; i <= n; i++) {
        if (i == insert)
            out += size;
        if (i < n && i != drop) {
            memcpy(out, (const char *)structs + size * (size_t)i, size);
            out += size;
        }
    }
    return copy;
}

#define EDITED(undo, array, n, drop, insert)                                                       \
    ((undo)->op->array = edited((undo)->op->arena, (undo)->op->array, sizeof *(undo)->op->array,   \
                                (n), (drop), (insert)))

static bool undo_setting(Undo *undo) {
    static const char *const undone[] = {"as_of", "horizon", "grid_minutes", "buffer_minutes",
                                         "turnaround_days"};
    Operation *op = undo->op;
    const Operation *then = undo->then;
    const char *key = undo->is->key;
    int i = 0;
    while (i < (int)G_N_ELEMENTS(undone) && !g_str_equal(key, undone[i]))
        i++;
    switch (i) {
    case 0:
        op->as_of = then->as_of;
        return true;
    case 1:
        op->start = then->start;
        op->end = then->end;
        return true;
    case 2:
        op->grid_minutes = then->grid_minutes;
        return true;
    case 3:
        op->buffer_minutes = then->buffer_minutes;
        return true;
    case 4:
        op->turnaround_days = then->turnaround_days;
        return true;
    default:
        return false;
    }
}

/* How long a task takes, what it asks of the tenant, and its notice. */
static bool undo_task(Undo *undo, uint32_t columns) {
    enum { UNDONE = 4 }; /* the first columns; the others need more than the task */
    if (undo->was == NULL || undo->is == NULL || columns >> UNDONE != 0)
        return false;
    const Task *was = &undo->then->packages[undo->was->package].tasks[undo->was->task];
    EDITED(undo, packages, undo->op->n_packages, NONE, NONE);
    Package *package = &undo->op->packages[undo->is->package];
    package->tasks =
        edited(undo->op->arena, package->tasks, sizeof(Task), package->n_tasks, NONE, NONE);
    Task *task = &package->tasks[undo->is->task];
    task->minutes = was->minutes;
    task->days = was->days;
    task->presence = was->presence;
    task->notice_days = was->notice_days;
    return true;
}

static bool undo_household(Undo *undo) {
    if (undo->was == NULL || undo->is == NULL)
        return false;
    const Household *was = &undo->then->households[undo->was->index];
    if (!g_str_equal(undo->then->packages[was->package].id,
                     household_package(undo->op, undo->is->index)->id))
        return false;
    EDITED(undo, households, undo->op->n_households, NONE, NONE);
    Household *household = &undo->op->households[undo->is->index];
    household->rooms = was->rooms;
    household->accessible = was->accessible;
    household->volume = was->volume;
    household->weight = was->weight;
    household->earliest = was->earliest;
    household->deadline = was->deadline;
    household->max_nights_away = was->max_nights_away;
    household->relocation = was->relocation;
    household->members = ARENA_NEW(undo->op->arena, int, undo->op->n_roles);
    for (int role = 0; role < undo->op->n_roles; role++)
        household->members[role] = NONE;
    for (int role = 0; role < undo->then->n_roles; role++)
        if (role_now(undo, role) != NONE)
            household->members[role_now(undo, role)] = resource_now(undo, was->members[role]);
    return true;
}

static bool undo_availability(Undo *undo) {
    Operation *op = undo->op;
    if (undo->is != NULL) {
        EDITED(undo, availability, op->n_availability--, undo->is->index, NONE);
        return true;
    }
    AvailabilityRow row = undo->then->availability[undo->was->index];
    row.household = household_now(undo, row.household);
    if (row.household == NONE)
        return false;
    EDITED(undo, availability, op->n_availability, NONE, op->n_availability);
    op->availability[op->n_availability++] = row;
    return true;
}

/* Slots are bits: of other slots they mean something else. */
static bool same_slots(const Operation *a, const Operation *b) {
    bool same = a->n_slots == b->n_slots;
    for (int s = 0; same && s < a->n_slots; s++)
        same = g_str_equal(a->slots[s].id, b->slots[s].id);
    return same;
}

static bool undo_resource(Undo *undo) {
    Operation *op = undo->op;
    if (undo->is == NULL)
        return false;
    EDITED(undo, resources, op->n_resources, NONE, NONE);
    Resource *resource = &op->resources[undo->is->index];
    if (undo->was == NULL) {
        resource->from = resource->until = LONG_AGO;
        return true;
    }
    const Resource *was = &undo->then->resources[undo->was->index];
    if (was->measure != resource->measure || !same_slots(undo->then, op) ||
        !g_str_equal(undo->then->roles[was->role].id, op->roles[resource->role].id))
        return false;
    Resource old = *was;
    old.id = resource->id;
    old.label = resource->label;
    old.role = resource->role;
    *resource = old;
    return true;
}

static bool undo_calendar(Undo *undo) {
    Operation *op = undo->op;
    if (undo->is != NULL) {
        EDITED(undo, calendar, op->n_calendar--, undo->is->index, NONE);
        return true;
    }
    CalendarRow row = undo->then->calendar[undo->was->index];
    bool everybody = row.resource == NONE && row.role == NONE;
    row.resource = resource_now(undo, row.resource);
    row.role = role_now(undo, row.role);
    if ((!everybody && row.resource == NONE && row.role == NONE) || !same_slots(undo->then, op))
        return false;
    int place = MIN(undo->was->index, op->n_calendar); /* a later row wins */
    EDITED(undo, calendar, op->n_calendar++, NONE, place);
    op->calendar[place] = row;
    return true;
}

static bool undo_home(Undo *undo) {
    Operation *op = undo->op;
    if (undo->is == NULL)
        return false;
    EDITED(undo, homes, op->n_homes, NONE, NONE);
    Home *home = &op->homes[undo->is->index];
    if (undo->was == NULL) {
        home->from = home->until = LONG_AGO;
        return true;
    }
    const Home *was = &undo->then->homes[undo->was->index];
    home->rooms = was->rooms;
    home->accessible = was->accessible;
    home->from = was->from;
    home->until = was->until;
    return true;
}

static bool undo_delivery(Undo *undo) {
    Operation *op = undo->op;
    if (undo->was == NULL) {
        EDITED(undo, deliveries, op->n_deliveries--, undo->is->index, NONE);
        return true;
    }
    Delivery old = undo->then->deliveries[undo->was->index];
    bool reserved = old.household != NONE;
    old.item = item_now(undo, old.item);
    old.household = household_now(undo, old.household);
    if (old.item == NONE || (reserved && old.household == NONE))
        return false;
    int place = undo->is != NULL ? undo->is->index : op->n_deliveries;
    EDITED(undo, deliveries, op->n_deliveries, NONE, undo->is != NULL ? NONE : place);
    op->deliveries[place] = old;
    op->n_deliveries += undo->is == NULL;
    return true;
}

static bool undo_fact(Undo *undo) {
    Operation *op = undo->op;
    int h = undo->is != NULL ? undo->is->household : household_now(undo, undo->was->household);
    if (h == NONE)
        return false;
    const Package *package = household_package(op, h);
    int a =
        undo->is != NULL
            ? undo->is->task
            : find(household_package(undo->then, undo->was->household)->tasks[undo->was->task].id,
                   package->tasks, sizeof(Task), package->n_tasks);
    if (a == NONE)
        return false;
    EDITED(undo, households, op->n_households, NONE, NONE);
    Household *household = &op->households[h];
    household->facts =
        edited(op->arena, household->facts, sizeof(Fact), package->n_tasks, NONE, NONE);
    household->facts[a] = no_fact;
    if (undo->was != NULL) {
        Fact old = undo->then->households[undo->was->household].facts[undo->was->task];
        old.member = resource_now(undo, old.member);
        old.home = home_now(undo, old.home);
        household->facts[a] = old;
    }
    return true;
}

const Operation *operation_without(const Operation *now, const Operation *then,
                                   const Difference *difference, Arena *arena) {
    Operation *op = ARENA_NEW(arena, Operation, 1);
    *op = *now;
    op->arena = arena;
    Undo undo = {then, op, difference->then, difference->now};
    bool undone = false;
    switch (difference->now != NULL ? difference->now->kind : difference->then->kind) {
    case INPUT_SETTING:
        undone = undo.was != NULL && undo.is != NULL && undo_setting(&undo);
        break;
    case INPUT_TASK:
        undone = undo_task(&undo, difference->columns);
        break;
    case INPUT_HOUSEHOLD:
        undone = undo_household(&undo);
        break;
    case INPUT_AVAILABILITY:
        undone = undo_availability(&undo);
        break;
    case INPUT_RESOURCE:
        undone = undo_resource(&undo);
        break;
    case INPUT_CALENDAR:
        undone = undo_calendar(&undo);
        break;
    case INPUT_HOME:
        undone = undo_home(&undo);
        break;
    case INPUT_DELIVERY:
        undone = undo_delivery(&undo);
        break;
    case INPUT_PROGRESS:
        undone = undo_fact(&undo);
        break;
    }
    return undone ? op : NULL;
}
