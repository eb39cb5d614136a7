#include "tests/support/hostile_internal.h"

#include <glib.h>

const char *hostile_id(Operation *op, const char *prefix, int number) {
    char text[32];
    g_snprintf(text, sizeof text, "%s%d", prefix, number);
    return arena_strdup(op->arena, text);
}

date_t hostile_date(const Operation *op, Draw *draw, int beyond) {
    return op->start + between(draw, -beyond, op->end - op->start + beyond);
}

/* ---- Settings ---------------------------------------------------------------------------- */

static void add_slots(Operation *op, Draw *draw) {
    minute_t minute = between(draw, 0, 10 * 60);
    op->n_slots = between(draw, 1, 4);
    op->slots = ARENA_NEW(op->arena, Slot, op->n_slots);
    for (int s = 0; s < op->n_slots; s++) {
        minute_t from = minute + (one_in(draw, 2) ? 0 : between(draw, 1, 60));
        minute_t to = from + (odd(draw, 4) ? between(draw, 5, 60) : 15 * between(draw, 6, 14));
        op->slots[s] = (Slot){hostile_id(op, "slot", s), from, MIN(to, 24 * 60),
                              s > 0 && (s == op->n_slots - 1 || one_in(draw, 8))};
        minute = to;
    }
}

static void add_weights(Operation *op, Draw *draw) {
    int mood = between(draw, 0, 5);
    for (int part = 0; part < PART_COUNT; part++) {
        if (mood == 0 && one_in(draw, 2)) {
            op->weights[part] = between(draw, 0, 200);
        } else if (mood == 1 && one_in(draw, 3)) {
            op->weights[part] = 0;
        }
    }
    if (mood == 2) {
        op->weights[PART_UNPLANNED_HOUSEHOLD] = between(draw, 0, 500);
    }
}

static void add_settings(Operation *op, Draw *draw) {
    static const int grids[] = {1, 5, 7, 10, 15, 15, 30, 45, 60};
    static const int buffers[] = {0, 0, 5, 15, 15, 40};
    op->start += between(draw, 0, 150);
    op->end = op->start + (odd(draw, 8) ? between(draw, 0, 9) : between(draw, 10 * draw->calm, 80));
    op->as_of = op->start - between(draw, 0, 10);
    if (odd(draw, 2)) {
        op->as_of = op->start + between(draw, 0, (op->end - op->start) / 2);
    }
    op->grid_minutes = grids[between(draw, 0, G_N_ELEMENTS(grids) - 1)];
    op->buffer_minutes = buffers[between(draw, 0, G_N_ELEMENTS(buffers) - 1)];
    op->turnaround_days = one_in(draw, 2) ? 2 : between(draw, 0, 5);
    add_slots(op, draw);
    add_weights(op, draw);
}

/* ---- Members ----------------------------------------------------------------------------- */

/* From when and until when something is there, both often open. */
static void add_dates(const Operation *op, Draw *draw, date_t *from, date_t *until) {
    *from = odd(draw, 5) ? hostile_date(op, draw, 5) : DATE_NONE;
    *until = odd(draw, 5) ? hostile_date(op, draw, 5) : DATE_NONE;
    if (*from != DATE_NONE && *until != DATE_NONE && *until < *from) {
        *until = *from;
    }
}

static void add_days(Operation *op, Draw *draw, Resource *resource) {
    if (one_in(draw, 3)) {
        bool all = one_in(draw, 2);
        for (int weekday = 0; weekday < 7; weekday++) {
            resource->works[weekday] = all || one_in(draw, 2);
            resource->slots[weekday] = resource->works[weekday] ? resource->base_slots : 0;
        }
    }
    add_dates(op, draw, &resource->from, &resource->until);
}

static void add_member(Operation *op, Draw *draw, int role) {
    Measure measure = op->roles[role].measure;
    int capacity = measure == MEASURE_VOLUME ? between(draw, 10, 60)
                   : one_in(draw, 3)         ? between(draw, 1, 4)
                                             : 1;
    int r = build_resource(op, role, hostile_id(op, "member", op->n_resources), capacity);
    Resource *resource = &op->resources[r];
    uint32_t all = (1U << op->n_slots) - 1;
    if (measure == MEASURE_CLOCK) {
        resource->base_slots = odd(draw, 3) ? (uint32_t)between(draw, 1, (int)all) : all;
        for (int weekday = 0; weekday < 5; weekday++) {
            resource->slots[weekday] = resource->base_slots;
        }
        resource->max_late_per_week = odd(draw, 2) ? between(draw, 0, 2) : NO_LIMIT;
    } else if (odd(draw, 8)) {
        resource->capacity = between(draw, 0, 3000);
    }
    add_days(op, draw, resource);
    if (measure == MEASURE_CLOCK && one_in(draw, 4)) {
        int weekday = between(draw, 0, 6);
        resource->slots[weekday] = (uint32_t)between(draw, 0, (int)all);
        resource->works[weekday] = resource->slots[weekday] != 0;
    }
}

static void add_members(Operation *op, Draw *draw) {
    int n_clocks = one_in(draw, 4) ? 2 : 1;
    int n_roles = n_clocks + between(draw, 1, 4);
    for (int role = 0; role < n_roles; role++) {
        Measure measure = role < n_clocks   ? MEASURE_CLOCK
                          : one_in(draw, 4) ? MEASURE_VOLUME
                                            : MEASURE_CREW;
        build_role(op, hostile_id(op, "role", role), measure);
        for (int i = one_in(draw, 2) ? 1 : between(draw, 2, 4); i > 0; i--) {
            add_member(op, draw, role);
        }
    }
}

static void add_calendar(Operation *op, Draw *draw) {
    for (int i = !odd(draw, 2) ? 0 : between(draw, 1, 6); i > 0; i--) {
        date_t from = hostile_date(op, draw, 3);
        int r = between(draw, 0, op->n_resources - 1);
        CalendarRow *row = build_calendar(op, r, from, from + between(draw, 0, 6),
                                          one_in(draw, 3) ? between(draw, 1, 3) : 0);
        if (op->resources[r].measure == MEASURE_CLOCK && one_in(draw, 2)) {
            row->slots = (uint32_t)between(draw, 1, (1 << op->n_slots) - 1);
        }
        if (one_in(draw, 4)) {
            row->resource = NONE;
            row->role = row->slots != 0 || one_in(draw, 2) ? op->resources[r].role : NONE;
        }
    }
}

/* ---- Households -------------------------------------------------------------------------- */

static void add_window(Operation *op, Draw *draw, int h, AvailabilityKind kind) {
    const Slot *slot = &op->slots[between(draw, 0, op->n_slots - 1)];
    minute_t from = CLAMP(slot->from + between(draw, -30, 60), 0, 24 * 60 - 1);
    minute_t to = MIN(from + between(draw, 20, 300), 24 * 60);
    date_t first = hostile_date(op, draw, 2);
    bool whole_day = one_in(draw, 3);
    AvailabilityRow *row =
        build_availability(op, h, kind, first, first + between(draw, 0, kind == ABSENT ? 6 : 30),
                           whole_day ? MINUTE_NONE : from, whole_day ? MINUTE_NONE : to);
    if (kind != ABSENT ? !one_in(draw, 4) : one_in(draw, 4)) {
        row->from = row->until = DATE_NONE;
        for (int weekday = 0; weekday < 7; weekday++) {
            row->weekdays[weekday] = kind == ABSENT ? one_in(draw, 6) : !one_in(draw, 3);
        }
    }
}

static void add_windows(Operation *op, Draw *draw, int h) {
    for (int i = odd(draw, 2) ? between(draw, 1, 4) : 0; i > 0; i--) {
        add_window(op, draw, h, one_in(draw, 4) ? PREFERRED : AVAILABLE);
    }
    for (int i = odd(draw, 2) ? between(draw, 1, 3) : 0; i > 0; i--) {
        add_window(op, draw, h, ABSENT);
    }
}

static void add_household(Operation *op, Draw *draw) {
    int package = between(draw, 0, op->n_packages - 1);
    int h = build_household(op, package, hostile_id(op, "H", op->n_households));
    Household *household = &op->households[h];
    household->rooms = between(draw, 0, 3);
    household->accessible = odd(draw, 5);
    household->volume = one_in(draw, 5) ? 0 : between(draw, 1000, draw->calm > 1 ? 9000 : 40000);
    household->weight = one_in(draw, 3) ? between(draw, 1, 5) : 1;
    household->relocation = one_in(draw, 6) ? RELOCATION_OWN : RELOCATION_HOME;
    household->earliest = odd(draw, 5) ? hostile_date(op, draw, 5) : DATE_NONE;
    household->deadline = one_in(draw, 2) ? hostile_date(op, draw, 5) : DATE_NONE;
    household->max_nights_away = one_in(draw, 2) ? between(draw, 0, 20) : NO_LIMIT;
    for (int role = 0; role < op->n_roles; role++) {
        const Role *of = &op->roles[role];
        if (odd(draw, 8)) {
            household->members[role] = of->members[between(draw, 0, of->n_members - 1)];
        }
    }
    add_windows(op, draw, h);
}

static void add_homes(Operation *op, Draw *draw, int n) {
    for (int i = 0; i < n; i++) {
        int index = build_home(op, hostile_id(op, "home", i));
        Home *home = &op->homes[index];
        home->rooms = between(draw, draw->calm > 1 ? 3 : 1, 4);
        home->accessible = one_in(draw, 2);
        add_dates(op, draw, &home->from, &home->until);
    }
}

static void add_deliveries(Operation *op, Draw *draw) {
    for (int i = between(draw, 0, draw->calm * op->n_households); i > 0; i--) {
        int h = odd(draw, 4) ? between(draw, 0, op->n_households - 1) : NONE;
        build_delivery(op, one_in(draw, 2) ? "boiler" : "kitchen", between(draw, 0, 3),
                       hostile_date(op, draw, 10) - between(draw, 0, 30), h);
    }
}

Hostile hostile_estate(uint64_t seed, int least, int most) {
    Draw draw = draw_from(seed);
    draw.calm = one_in(&draw, 3) ? 1 : 4;
    Hostile hostile = {.op = build_operation()};
    Operation *op = hostile.op;
    add_settings(op, &draw);
    add_members(op, &draw);
    add_calendar(op, &draw);
    hostile_packages(op, &draw);
    int n = between(&draw, least, most);
    add_homes(op, &draw, one_in(&draw, 3) ? n : between(&draw, 1, MAX(n / 2, 1)));
    for (int h = 0; h < n; h++) {
        add_household(op, &draw);
    }
    add_deliveries(op, &draw);
    if (odd(&draw, 1)) {
        hostile_facts(op, &draw);
    }
    hostile.previous = one_in(&draw, 2) ? hostile_previous(op, &draw) : NULL;
    return hostile;
}
