/* verify_calendar.c: who works on which day, and when tenants can be met: the verifier's own
 * reading of resources.csv, calendar.csv and availability.csv. */
#include "solver/verify_internal.h"

struct Roster {
    const Operation *op;
    int n_days;
    milli_t **capacity; /* [r][d] of crew and volume members, NULL for clock members */
    int32_t **people;   /* [r][d * n_slots + s] of clock members, NULL for the others */
};

static bool is_employed(const Resource *resource, date_t date) {
    return (resource->from == DATE_NONE || date >= resource->from) &&
           (resource->until == DATE_NONE || date <= resource->until);
}

static bool speaks_of(const Operation *op, const CalendarRow *row, int r) {
    if (row->resource != NONE) {
        return row->resource == r;
    }
    return row->role == NONE || row->role == op->resources[r].role;
}

/* The slots of which a row speaks on a weekday. */
static uint32_t slots_of_row(const Resource *resource, const CalendarRow *row, int weekday) {
    if (row->slots != 0) {
        return row->slots;
    }
    if (row->closed) {
        return UINT32_MAX;
    }
    return resource->slots[weekday] != 0 ? resource->slots[weekday] : resource->base_slots;
}

/* The row that has the last word on every day (crew, volume) or slot of a day (clock). */
static const CalendarRow **last_words(const Operation *op, int r, int n_days, int n_cells) {
    const Resource *resource = &op->resources[r];
    const CalendarRow **words = g_new0(const CalendarRow *, (gsize)n_days *n_cells + 1);
    for (int i = 0; i < op->n_calendar; i++) {
        const CalendarRow *row = &op->calendar[i];
        if (!speaks_of(op, row, r)) {
            continue;
        }
        for (date_t date = MAX(row->from, op->start); date <= MIN(row->until, op->end); date++) {
            uint32_t slots = resource->measure == MEASURE_CLOCK
                                 ? slots_of_row(resource, row, date_weekday(date))
                                 : 1U;
            for (int s = 0; s < n_cells; s++) {
                if ((slots >> s & 1U) != 0) {
                    words[(size_t)(date - op->start) * n_cells + s] = row;
                }
            }
        }
    }
    return words;
}

static milli_t capacity_by(const Resource *resource, const CalendarRow *word, bool ordinary) {
    if (word != NULL) {
        return word->closed ? 0 : word->capacity;
    }
    return ordinary ? resource->capacity : 0;
}

static void fill_member(Arena *arena, Roster *roster, int r) {
    const Operation *op = roster->op;
    const Resource *resource = &op->resources[r];
    bool clock = resource->measure == MEASURE_CLOCK;
    int n_cells = clock ? op->n_slots : 1;
    const CalendarRow **words = last_words(op, r, roster->n_days, n_cells);
    if (clock) {
        roster->people[r] = ARENA_NEW(arena, int32_t, (size_t)roster->n_days * n_cells);
    } else {
        roster->capacity[r] = ARENA_NEW(arena, milli_t, roster->n_days);
    }
    for (date_t date = op->start; date <= op->end; date++) {
        int weekday = date_weekday(date);
        for (int s = 0; s < n_cells && is_employed(resource, date); s++) {
            size_t cell = (size_t)(date - op->start) * n_cells + s;
            bool ordinary =
                clock ? (resource->slots[weekday] >> s & 1U) != 0 : resource->works[weekday];
            milli_t capacity = capacity_by(resource, words[cell], ordinary);
            if (clock) {
                roster->people[r][cell] = (int32_t)(capacity / MILLI);
            } else {
                roster->capacity[r][cell] = capacity;
            }
        }
    }
    g_free(words);
}

Roster *roster_new(Arena *arena, const Operation *op) {
    Roster *roster = ARENA_NEW(arena, Roster, 1);
    roster->op = op;
    roster->n_days = op->end - op->start + 1;
    roster->capacity = ARENA_NEW(arena, milli_t *, op->n_resources);
    roster->people = ARENA_NEW(arena, int32_t *, op->n_resources);
    for (int r = 0; r < op->n_resources; r++) {
        fill_member(arena, roster, r);
    }
    return roster;
}

milli_t roster_capacity(const Roster *roster, int r, date_t date) {
    if (date < roster->op->start || date > roster->op->end || roster->capacity[r] == NULL) {
        return 0;
    }
    return roster->capacity[r][date - roster->op->start];
}

int roster_people(const Roster *roster, int r, date_t date, int s) {
    if (date < roster->op->start || date > roster->op->end || roster->people[r] == NULL) {
        return 0;
    }
    return roster->people[r][(size_t)(date - roster->op->start) * roster->op->n_slots + s];
}

bool roster_works(const Roster *roster, int r, date_t date) {
    bool works = roster_capacity(roster, r, date) > 0;
    for (int s = 0; s < roster->op->n_slots && !works; s++) {
        works = roster_people(roster, r, date, s) > 0;
    }
    return works;
}

void sort_tenant_rows(Judge *judge) {
    const Operation *op = judge->op;
    int *first = judge->tenant_first;
    /* first[h + 1] counts up from where the rows of h begin to where they end. */
    for (int i = 0; i < op->n_availability; i++) {
        first[op->availability[i].household + 2]++;
    }
    for (int h = 0; h < op->n_households; h++) {
        first[h + 2] += first[h + 1];
    }
    for (int i = 0; i < op->n_availability; i++) {
        judge->tenant_rows[first[op->availability[i].household + 1]++] = &op->availability[i];
    }
}

static bool row_holds_on(const AvailabilityRow *row, date_t date) {
    if (row->from == DATE_NONE) {
        return row->weekdays[date_weekday(date)];
    }
    return date >= row->from && date <= row->until;
}

bool tenant_has(const Judge *judge, int h, AvailabilityKind kind) {
    for (int i = judge->tenant_first[h]; i < judge->tenant_first[h + 1]; i++) {
        if (judge->tenant_rows[i]->kind == kind) {
            return true;
        }
    }
    return false;
}

bool tenant_receives(const Judge *judge, int h, date_t date, minute_t from, minute_t to,
                     bool preferred) {
    /* From window to window as far as they reach without a gap. */
    minute_t reached = from;
    bool further = true;
    while (further && reached < to) {
        further = false;
        for (int i = judge->tenant_first[h]; i < judge->tenant_first[h + 1]; i++) {
            const AvailabilityRow *row = judge->tenant_rows[i];
            bool counts = row->kind == PREFERRED || (row->kind == AVAILABLE && !preferred);
            if (counts && row->start <= reached && row->end > reached && row_holds_on(row, date)) {
                reached = row->end;
                further = true;
            }
        }
    }
    return reached >= to;
}

bool tenant_is_absent(const Judge *judge, int h, date_t date, minute_t from, minute_t to) {
    for (int i = judge->tenant_first[h]; i < judge->tenant_first[h + 1]; i++) {
        const AvailabilityRow *row = judge->tenant_rows[i];
        if (row->kind == ABSENT && row->start < to && row->end > from && row_holds_on(row, date)) {
            return true;
        }
    }
    return false;
}

int slot_at(const Operation *op, minute_t minute) {
    for (int s = 0; s < op->n_slots; s++) {
        if (minute >= op->slots[s].from && minute < op->slots[s].to) {
            return s;
        }
    }
    return NONE;
}
