#include "solver/calendar.h"

static bool inside(const Resource *resource, date_t date) {
    return (resource->from == DATE_NONE || date >= resource->from) &&
           (resource->until == DATE_NONE || date <= resource->until);
}

static bool row_concerns(const Operation *op, const CalendarRow *row, int r) {
    if (row->resource != NONE) {
        return row->resource == r;
    }
    return row->role == NONE || row->role == op->resources[r].role;
}

static void set_slots(Calendar *calendar, int r, day_t d, uint32_t slots, int people) {
    int32_t *cell = &calendar->people[((size_t)r * calendar->n_days + d) * calendar->n_slots];
    for (int s = 0; s < calendar->n_slots; s++) {
        if (slots >> s & 1U) {
            cell[s] = people;
        }
    }
}

static void set_ordinary_days(Calendar *calendar, const Operation *op, int r) {
    const Resource *resource = &op->resources[r];
    for (day_t d = 0; d < calendar->n_days; d++) {
        int weekday = date_weekday(op->start + d);
        if (!inside(resource, op->start + d)) {
            continue;
        }
        if (resource->measure == MEASURE_CLOCK) {
            set_slots(calendar, r, d, resource->slots[weekday], (int)(resource->capacity / MILLI));
        } else if (resource->works[weekday]) {
            calendar->capacity[(size_t)r * calendar->n_days + d] = resource->capacity;
        }
    }
}

static void apply_row(Calendar *calendar, const Operation *op, const CalendarRow *row, int r) {
    const Resource *resource = &op->resources[r];
    day_t first = row->from < op->start ? 0 : row->from - op->start;
    day_t last = row->until > op->end ? calendar->n_days - 1 : row->until - op->start;
    for (day_t d = first; d <= last; d++) {
        if (!inside(resource, op->start + d)) {
            continue;
        }
        if (resource->measure != MEASURE_CLOCK) {
            calendar->capacity[(size_t)r * calendar->n_days + d] = row->closed ? 0 : row->capacity;
            continue;
        }
        uint32_t ordinary = resource->slots[date_weekday(op->start + d)];
        uint32_t slots = row->slots != 0 ? row->slots
                         : row->closed   ? ~0U
                         : ordinary != 0 ? ordinary
                                         : resource->base_slots;
        set_slots(calendar, r, d, slots, row->closed ? 0 : (int)(row->capacity / MILLI));
    }
}

Calendar *calendar_new(Arena *arena, const Operation *op) {
    Calendar *calendar = ARENA_NEW(arena, Calendar, 1);
    calendar->n_days = op->end - op->start + 1;
    calendar->n_slots = op->n_slots;
    size_t cells = (size_t)op->n_resources * calendar->n_days;
    calendar->capacity = ARENA_NEW(arena, milli_t, cells);
    calendar->people = ARENA_NEW(arena, int32_t, cells * (size_t)op->n_slots);
    for (int r = 0; r < op->n_resources; r++) {
        set_ordinary_days(calendar, op, r);
        for (int i = 0; i < op->n_calendar; i++) {
            if (row_concerns(op, &op->calendar[i], r)) {
                apply_row(calendar, op, &op->calendar[i], r);
            }
        }
    }
    return calendar;
}

bool calendar_works(const Calendar *calendar, int r, day_t d) {
    return d >= 0 && d < calendar->n_days &&
           calendar->capacity[(size_t)r * calendar->n_days + d] > 0;
}

int calendar_people(const Calendar *calendar, int r, day_t d, int s) {
    return calendar->people[((size_t)r * calendar->n_days + d) * calendar->n_slots + s];
}

day_t calendar_finish(const Calendar *calendar, const Operation *op, const int *members, int n,
                      day_t start, int days) {
    day_t d = start;
    for (int left = days;; d++) {
        bool works = true;
        if (d < 0 || d >= calendar->n_days) {
            works = date_weekday(op->start + d) < 5;
        } else {
            for (int i = 0; i < n; i++) {
                works = works && (op->resources[members[i]].measure == MEASURE_CLOCK ||
                                  calendar_works(calendar, members[i], d));
            }
        }
        left -= works ? 1 : 0;
        if (left <= 0) {
            return d;
        }
    }
}
