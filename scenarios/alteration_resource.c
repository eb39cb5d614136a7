/*
 * alteration_resource.c: a member has other capacities, days, slots or evenings.
 *
 * For a period this is told in rows like those of calendar.csv, day by day, because a row of
 * several days would also open those on which the member does not work.
 */
#include "scenarios/alteration_internal.h"

#include <glib.h>

#include "solver/calendar.h"

/* Rows that are added for one member. */
typedef struct Rows {
    Operation *op;
    int resource;
    GArray *rows; /* CalendarRow */
} Rows;

/* What the member does on one day. */
typedef struct Day {
    milli_t capacity; /* 0: it does not work */
    uint32_t slots;   /* of clock members */
} Day;

static Day day_of(const Operation *op, const Calendar *calendar, int r, date_t date) {
    day_t d = date - op->start;
    Day day = {0, 0};
    if (op->resources[r].measure != MEASURE_CLOCK) {
        day.capacity = calendar->capacity[r * calendar->n_days + d];
        return day;
    }
    for (int s = 0; s < op->n_slots; s++)
        if (calendar_people(calendar, r, d, s) > 0) {
            day.slots |= 1U << s;
            day.capacity = MAX(day.capacity, (milli_t)calendar_people(calendar, r, d, s) * MILLI);
        }
    return day;
}

/* Adds what the member does on the date; a row of the day before that says the same goes on. */
static void add_day(const Rows *rows, date_t date, Day day) {
    CalendarRow row = {.resource = rows->resource,
                       .role = NONE,
                       .from = date,
                       .until = date,
                       .closed = day.capacity <= 0,
                       .capacity = MAX(day.capacity, 0),
                       .slots = day.capacity <= 0 ? 0 : day.slots,
                       .label = ""};
    CalendarRow *last =
        rows->rows->len == 0 ? NULL : &g_array_index(rows->rows, CalendarRow, rows->rows->len - 1);
    if (last != NULL && last->until == date - 1 && last->closed == row.closed &&
        last->capacity == row.capacity && last->slots == row.slots)
        last->until = date;
    else
        g_array_append_val(rows->rows, row);
}

/* Whether a row of calendar.csv speaks of the member on that date. */
static bool is_exception(const Operation *op, int r, date_t date) {
    for (int i = 0; i < op->n_calendar; i++) {
        const CalendarRow *row = &op->calendar[i];
        bool his = row->resource == r || (row->resource == NONE && row->role == NONE) ||
                   (row->role != NONE && row->role == op->resources[r].role);
        if (his && row->from <= date && date <= row->until)
            return true;
    }
    return false;
}

/* What the member does instead; false when that is the same. */
static bool altered_day(const Operation *op, const Alteration *alteration, date_t date, Day *day) {
    const Resource *resource = &op->resources[alteration->subject];
    bool works = day->capacity > 0;
    switch (alteration->kind) {
    case ALTER_CAPACITY:
        day->capacity = alteration->number;
        return works;
    case ALTER_CAPACITY_BY:
        day->capacity += alteration->number;
        return works;
    case ALTER_WEEKDAYS:
        if (alteration->weekdays[date_weekday(date)] == works)
            return false;
        day->capacity = works ? 0 : resource->capacity;
        day->slots = resource->base_slots;
        /* What is shut on that date for another reason stays shut. */
        return works || !is_exception(op, alteration->subject, date);
    case ALTER_SLOTS:
        day->slots = alteration->slots;
        return works;
    default:
        day->capacity = 0;
        return works;
    }
}

/* Adds the rows of the period; with `shut` those that shut the slots which are not named. */
static void add_period(const Rows *rows, const Alteration *alteration, bool shut) {
    const Operation *op = rows->op;
    Arena *arena = arena_new();
    const Calendar *calendar = calendar_new(arena, op);
    date_t from = alteration->from == DATE_NONE ? op->start : MAX(alteration->from, op->start);
    date_t until = alteration->until == DATE_NONE ? op->end : MIN(alteration->until, op->end);
    for (date_t date = from; date <= until; date++) {
        Day day = day_of(op, calendar, alteration->subject, date);
        if (altered_day(op, alteration, date, &day))
            add_day(rows, date, shut ? (Day){0, 0} : day);
    }
    arena_free(arena);
}

static void alter_period(Operation *op, const Alteration *alteration) {
    Rows rows = {op, alteration->subject, g_array_new(FALSE, FALSE, sizeof(CalendarRow))};
    if (alteration->kind == ALTER_SLOTS)
        add_period(&rows, alteration, true);
    add_period(&rows, alteration, false);
    OWN(op, calendar, op->n_calendar, (int)rows.rows->len);
    for (guint i = 0; i < rows.rows->len; i++)
        op->calendar[op->n_calendar++] = g_array_index(rows.rows, CalendarRow, i);
    g_array_free(rows.rows, TRUE);
}

static void alter_ordinary(Operation *op, const Alteration *alteration) {
    OWN(op, resources, op->n_resources, 0);
    Resource *resource = &op->resources[alteration->subject];
    switch (alteration->kind) {
    case ALTER_CAPACITY:
        resource->capacity = alteration->number;
        break;
    case ALTER_CAPACITY_BY:
        resource->capacity = MAX(resource->capacity + alteration->number, 0);
        break;
    case ALTER_WEEKDAYS:
        for (int i = 0; i < 7; i++) {
            bool works = alteration->weekdays[i];
            resource->works[i] = works;
            if (!works || resource->slots[i] == 0)
                resource->slots[i] = works ? resource->base_slots : 0;
        }
        break;
    case ALTER_SLOTS:
        for (int i = 0; i < 7; i++)
            resource->slots[i] = resource->slots[i] != 0 ? alteration->slots : 0;
        resource->base_slots = alteration->slots;
        break;
    case ALTER_EVENINGS:
        resource->max_late_per_week = (int)alteration->number;
        break;
    case ALTER_EVENINGS_BY:
        if (resource->max_late_per_week != NO_LIMIT)
            resource->max_late_per_week =
                MAX(resource->max_late_per_week + (int)alteration->number, 0);
        break;
    default:
        break;
    }
}

void alter_resource(Operation *op, const Alteration *alteration) {
    bool evenings = alteration->kind == ALTER_EVENINGS || alteration->kind == ALTER_EVENINGS_BY;
    bool always = alteration->from == DATE_NONE && alteration->until == DATE_NONE;
    if (evenings || (always && alteration->kind != ALTER_CLOSED))
        alter_ordinary(op, alteration);
    else
        alter_period(op, alteration);
}
