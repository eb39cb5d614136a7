#include "tests/support/builder.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

date_t on(const char *text) {
    int year = 0;
    int month = 0;
    int day = 0;
    g_assert_cmpint(sscanf(text, "%4d-%2d-%2d", &year, &month, &day), ==, 3);
    date_t date = date_from_ymd(year, month, day);
    g_assert(date != DATE_NONE);
    return date;
}

minute_t at(const char *text) {
    int hour = 0;
    int minute = 0;
    g_assert_cmpint(sscanf(text, "%2d:%2d", &hour, &minute), ==, 2);
    return hour * 60 + minute;
}

/* Arrays grow at powers of two. */
static void *grown(Arena *arena, const void *old, size_t size, int count) {
    if ((count & (count - 1)) != 0) {
        return NULL;
    }
    void *room = arena_alloc(arena, size * (size_t)MAX(2 * count, 1));
    if (count > 0) {
        memcpy(room, old, size * (size_t)count);
    }
    return room;
}

/* Makes room for one more element at the end of array[count]. */
#define GROW(arena, array, count)                                                                  \
    do {                                                                                           \
        void *room_ = grown((arena), (array), sizeof *(array), (count));                           \
        (array) = room_ != NULL ? room_ : (array);                                                 \
    } while (0)

Operation *build_operation(void) {
    static const Slot slots[] = {{"morning", 8 * 60 + 30, 12 * 60, false},
                                 {"afternoon", 13 * 60 + 30, 17 * 60 + 30, false},
                                 {"evening", 17 * 60 + 30, 20 * 60 + 30, true}};
    Arena *arena = arena_new();
    Operation *op = ARENA_NEW(arena, Operation, 1);
    *op = (Operation){.arena = arena,
                      .folder = "",
                      .name = "Estate",
                      .timezone = "Europe/Paris",
                      .language = "en",
                      .as_of = on("2026-09-04"),
                      .start = on("2026-09-07"),
                      .end = on("2027-01-29"),
                      .grid_minutes = 15,
                      .buffer_minutes = 15,
                      .turnaround_days = 2,
                      .n_slots = G_N_ELEMENTS(slots)};
    op->slots = ARENA_NEW(arena, Slot, op->n_slots);
    memcpy(op->slots, slots, sizeof slots);
    for (int part = 0; part < PART_COUNT; part++) {
        op->weights[part] = part_infos[part].default_weight;
    }
    return op;
}

int build_role(Operation *op, const char *id, Measure measure) {
    for (int role = 0; role < op->n_roles; role++) {
        if (strcmp(op->roles[role].id, id) == 0) {
            return role;
        }
    }
    g_assert_cmpint(op->n_households, ==, 0); /* they have a member per role */
    GROW(op->arena, op->roles, op->n_roles);
    op->roles[op->n_roles] = (Role){.id = id, .measure = measure};
    return op->n_roles++;
}

int build_resource(Operation *op, int role, const char *id, int capacity) {
    int r = op->n_resources;
    Role *of = &op->roles[role];
    GROW(op->arena, op->resources, r);
    Resource *resource = &op->resources[r];
    *resource = (Resource){.id = id,
                           .label = id,
                           .role = role,
                           .measure = of->measure,
                           .capacity = (milli_t)capacity * MILLI,
                           .max_late_per_week = NO_LIMIT,
                           .from = DATE_NONE,
                           .until = DATE_NONE};
    for (int s = 0; s < op->n_slots && of->measure == MEASURE_CLOCK; s++) {
        resource->base_slots |= op->slots[s].late ? 0 : 1U << s;
    }
    for (int weekday = 0; weekday < 5; weekday++) {
        resource->works[weekday] = true;
        resource->slots[weekday] = resource->base_slots;
    }
    GROW(op->arena, of->members, of->n_members);
    of->members[of->n_members++] = r;
    return op->n_resources++;
}

int build_daily_crew(Operation *op, const char *id, int capacity) {
    int role = build_role(op, id, MEASURE_CREW);
    int resource = build_resource(op, role, id, capacity);
    for (int i = 0; i < 7; i++) {
        op->resources[resource].works[i] = true;
    }
    return role;
}

void build_evenings(Operation *op, int resource, int max_late_per_week) {
    Resource *of = &op->resources[resource];
    of->base_slots |= 1U << EVENING;
    for (int weekday = 0; weekday < 5; weekday++) {
        of->slots[weekday] = of->base_slots;
    }
    of->max_late_per_week = max_late_per_week;
}

int build_package(Operation *op, const char *id) {
    GROW(op->arena, op->packages, op->n_packages);
    op->packages[op->n_packages] =
        (Package){.id = id, .label = id, .move_out = NONE, .move_back = NONE};
    return op->n_packages++;
}

/* Puts every task after all that it waits for. */
static void order_tasks(const Operation *op, Package *package) {
    bool *placed = ARENA_NEW(op->arena, bool, package->n_tasks);
    for (int n = 0; n < package->n_tasks;) {
        int before = n;
        for (int a = 0; a < package->n_tasks; a++) {
            bool ready = !placed[a];
            for (int l = 0; ready && l < package->tasks[a].n_lags; l++) {
                ready = placed[package->tasks[a].lags[l].other];
            }
            if (ready) {
                placed[a] = true;
                package->order[n++] = a;
            }
        }
        g_assert_cmpint(n, >, before); /* no circle */
    }
}

static int add_task(Operation *op, int package, const Task *task, int role) {
    Package *of = &op->packages[package];
    g_assert_cmpint(op->n_households, ==, 0); /* they have a fact per task */
    GROW(op->arena, of->tasks, of->n_tasks);
    GROW(op->arena, of->order, of->n_tasks);
    int a = of->n_tasks++;
    of->tasks[a] = *task;
    if (role != NONE) {
        build_need(op, package, a, role, 1);
    }
    order_tasks(op, of);
    return a;
}

int build_appointment(Operation *op, int package, const char *id, int minutes, int role) {
    Task task = {.id = id, .label = id, .minutes = minutes, .notice_days = 1};
    return add_task(op, package, &task, role);
}

int build_works(Operation *op, int package, const char *id, int days, int role) {
    Task task = {.id = id, .label = id, .days = days, .notice_days = 1};
    return add_task(op, package, &task, role);
}

void build_moves(Operation *op, int package, int out, int back) {
    Package *of = &op->packages[package];
    of->move_out = out;
    of->move_back = back;
    of->transfer = back == NONE;
    of->tasks[out].move = MOVE_OUT;
    if (back != NONE) {
        of->tasks[back].move = MOVE_BACK;
    }
}

static Need *add_need(Operation *op, int package, int task, int role) {
    Task *of = &op->packages[package].tasks[task];
    GROW(op->arena, of->needs, of->n_needs);
    of->needs[of->n_needs] = (Need){.role = role};
    return &of->needs[of->n_needs++];
}

void build_need(Operation *op, int package, int task, int role, int amount) {
    add_need(op, package, task, role)->amount = (milli_t)amount * MILLI;
}

void build_volume_need(Operation *op, int package, int task, int role) {
    add_need(op, package, task, role)->by_volume = true;
}

/* The item with this id, added when there is none. */
static int item_index(Operation *op, const char *id) {
    for (int i = 0; i < op->n_items; i++) {
        if (strcmp(op->items[i], id) == 0) {
            return i;
        }
    }
    GROW(op->arena, op->items, op->n_items);
    op->items[op->n_items] = id;
    return op->n_items++;
}

void build_item(Operation *op, int package, int task, const char *item, int quantity,
                int days_before) {
    Task *of = &op->packages[package].tasks[task];
    GROW(op->arena, of->items, of->n_items);
    of->items[of->n_items++] = (ItemNeed){.item = item_index(op, item),
                                          .quantity = (milli_t)quantity * MILLI,
                                          .days_before = days_before};
}

void build_lag(Operation *op, int package, int earlier, int later, int min_days, int max_days) {
    Task *of = &op->packages[package].tasks[later];
    GROW(op->arena, of->lags, of->n_lags);
    of->lags[of->n_lags++] = (Lag){.other = earlier,
                                   .min_days = min_days,
                                   .max_days = max_days == NO_LIMIT ? 0 : max_days,
                                   .has_max = max_days != NO_LIMIT};
    order_tasks(op, &op->packages[package]);
}

int build_household(Operation *op, int package, const char *id) {
    int n_tasks = op->packages[package].n_tasks;
    GROW(op->arena, op->households, op->n_households);
    Household *household = &op->households[op->n_households];
    *household = (Household){.id = id,
                             .name = "",
                             .dwelling = "",
                             .building = "",
                             .phone = "",
                             .notes = "",
                             .access = "",
                             .package = package,
                             .rooms = 1,
                             .weight = 1,
                             .earliest = DATE_NONE,
                             .deadline = DATE_NONE,
                             .max_nights_away = NO_LIMIT,
                             .relocation = RELOCATION_HOME,
                             .members = ARENA_NEW(op->arena, int, op->n_roles),
                             .facts = no_facts(op->arena, n_tasks),
                             .line = op->n_households + 2};
    for (int role = 0; role < op->n_roles; role++) {
        household->members[role] = NONE;
    }
    return op->n_households++;
}

int build_home(Operation *op, const char *id) {
    GROW(op->arena, op->homes, op->n_homes);
    op->homes[op->n_homes] =
        (Home){.id = id, .building = "", .rooms = 1, .from = DATE_NONE, .until = DATE_NONE};
    return op->n_homes++;
}

int build_delivery(Operation *op, const char *item, int quantity, date_t date, int household) {
    GROW(op->arena, op->deliveries, op->n_deliveries);
    op->deliveries[op->n_deliveries] = (Delivery){.id = "delivery",
                                                  .supplier = "",
                                                  .item = item_index(op, item),
                                                  .quantity = (milli_t)quantity * MILLI,
                                                  .date = date,
                                                  .household = household,
                                                  .status = DELIVERY_PROMISED};
    return op->n_deliveries++;
}

AvailabilityRow *build_availability(Operation *op, int household, AvailabilityKind kind,
                                    date_t from, date_t until, minute_t start, minute_t end) {
    GROW(op->arena, op->availability, op->n_availability);
    AvailabilityRow *row = &op->availability[op->n_availability++];
    *row = (AvailabilityRow){.household = household,
                             .from = from,
                             .until = until,
                             .start = start == MINUTE_NONE ? 0 : start,
                             .end = end == MINUTE_NONE ? 24 * 60 : end,
                             .kind = kind};
    return row;
}

CalendarRow *build_calendar(Operation *op, int resource, date_t from, date_t until, int capacity) {
    GROW(op->arena, op->calendar, op->n_calendar);
    CalendarRow *row = &op->calendar[op->n_calendar++];
    *row = (CalendarRow){.resource = resource,
                         .role = NONE,
                         .from = from,
                         .until = until,
                         .closed = capacity == 0,
                         .capacity = (milli_t)capacity * MILLI,
                         .label = ""};
    return row;
}

Fact *build_fact(Operation *op, int household, int task, Status status, date_t start,
                 minute_t minute) {
    Fact *fact = &op->households[household].facts[task];
    fact->status = status;
    fact->start = start;
    fact->start_minute = minute;
    fact->line = household + 2;
    return fact;
}

void put_works(Plan *plan, int household, int task, date_t start, date_t finish) {
    PlanTask *of = &plan->households[household].tasks[task];
    *of = (PlanTask){start, finish, MINUTE_NONE, MINUTE_NONE, of->status};
    plan->households[household].planned = true;
}

void put_appointment(const Operation *op, Plan *plan, int household, int task, date_t date,
                     minute_t minute) {
    PlanTask *of = &plan->households[household].tasks[task];
    int minutes = household_package(op, household)->tasks[task].minutes;
    *of = (PlanTask){date, date, minute, minute + minutes, of->status};
    plan->households[household].planned = true;
}

void put_member(const Operation *op, Plan *plan, int household, int resource) {
    plan->households[household].members[op->resources[resource].role] = resource;
}
