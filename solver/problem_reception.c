#include "solver/problem_internal.h"

#include <glib.h>
#include <string.h>

enum { MOST_SPANS = 64 }; /* windows of one tenant on one day; more are not looked at */

static bool row_is_on(const Operation *op, const AvailabilityRow *row, day_t d) {
    date_t date = op->start + d;
    if (row->from != DATE_NONE) {
        return date >= row->from && date <= row->until;
    }
    return row->weekdays[date_weekday(date)];
}

/* Adds a span and joins those that touch or overlap; spans stay sorted. */
static int join_span(Span *spans, int n, Span span) {
    int keep = 0;
    int place = 0;
    for (int i = 0; i < n; i++) {
        if (spans[i].from <= span.to && spans[i].to >= span.from) {
            span.from = MIN(span.from, spans[i].from);
            span.to = MAX(span.to, spans[i].to);
        } else {
            spans[keep++] = spans[i];
        }
    }
    while (place < keep && spans[place].from < span.from) {
        place++;
    }
    memmove(&spans[place + 1], &spans[place], sizeof(Span) * (size_t)(keep - place));
    spans[place] = span;
    return keep + 1;
}

/* Takes an absence out of the spans. */
static int cut_span(Span *spans, int n, Span away, int room) {
    Span left[MOST_SPANS];
    int count = 0;
    for (int i = 0; i < n; i++) {
        if (spans[i].to <= away.from || spans[i].from >= away.to) {
            left[count++] = spans[i];
            continue;
        }
        if (spans[i].from < away.from && count < room) {
            left[count++] = (Span){spans[i].from, away.from};
        }
        if (spans[i].to > away.to && count < room) {
            left[count++] = (Span){away.to, spans[i].to};
        }
    }
    memcpy(spans, left, sizeof(Span) * (size_t)count);
    return count;
}

int reception_spans(const Problem *problem, int h, day_t d, int s, bool preferred, Span *spans,
                    int room) {
    const Operation *op = problem->op;
    const Slot *slot = &op->slots[s];
    Span all[MOST_SPANS];
    int n = 0;
    if (!problem->households[h].has_windows && !slot->late) {
        all[n++] = (Span){slot->from, slot->to};
    }
    int first = problem->availability_first[h];
    int last = problem->availability_first[h + 1];
    for (int i = first; i < last && n < MOST_SPANS - 1; i++) {
        const AvailabilityRow *row = problem->availability[i];
        if (row->kind != ABSENT && (!preferred || row->kind == PREFERRED) &&
            row_is_on(op, row, d)) {
            n = join_span(all, n, (Span){row->start, row->end});
        }
    }
    for (int i = first; i < last; i++) {
        const AvailabilityRow *row = problem->availability[i];
        if (row->kind == ABSENT && row_is_on(op, row, d)) {
            n = cut_span(all, n, (Span){row->start, row->end}, MOST_SPANS);
        }
    }
    int count = 0;
    for (int i = 0; i < n && count < room; i++) {
        Span span = {MAX(all[i].from, slot->from), MIN(all[i].to, slot->to)};
        if (span.from < span.to) {
            spans[count++] = span;
        }
    }
    return count;
}

static minute_t first_on_grid(const Operation *op, const Slot *slot, minute_t minute) {
    int grid = op->grid_minutes;
    return slot->from + (minute - slot->from + grid - 1) / grid * grid;
}

static bool has_room(const Operation *op, const Slot *slot, const Span *spans, int n, int minutes) {
    for (int i = 0; i < n; i++) {
        if (first_on_grid(op, slot, spans[i].from) + minutes <= spans[i].to) {
            return true;
        }
    }
    return false;
}

const uint8_t *problem_reception(Problem *problem, int h, int minutes) {
    const Operation *op = problem->op;
    uint8_t *table = ARENA_NEW(problem->arena, uint8_t, (size_t)problem->n_days * op->n_slots);
    bool chooses = problem->households[h].has_preferred;
    Span spans[MOST_SPANS];
    for (day_t d = 0; d < problem->n_days; d++) {
        for (int s = 0; s < op->n_slots; s++) {
            const Slot *slot = &op->slots[s];
            int n = reception_spans(problem, h, d, s, false, spans, MOST_SPANS);
            uint8_t *cell = &table[(size_t)d * op->n_slots + s];
            if (!has_room(op, slot, spans, n, minutes)) {
                *cell = RECEPTION_NONE;
                continue;
            }
            *cell = RECEPTION_PREFERRED;
            if (chooses) {
                n = reception_spans(problem, h, d, s, true, spans, MOST_SPANS);
                if (!has_room(op, slot, spans, n, minutes)) {
                    *cell = RECEPTION_POSSIBLE;
                }
            }
        }
    }
    return table;
}

bool problem_is_preferred(const Problem *problem, int h, day_t d, minute_t start, int minutes) {
    Span spans[MOST_SPANS];
    if (!problem->households[h].has_preferred) {
        return true;
    }
    for (int s = 0; s < problem->n_slots && d >= 0 && d < problem->n_days; s++) {
        int n = reception_spans(problem, h, d, s, true, spans, MOST_SPANS);
        for (int i = 0; i < n; i++) {
            if (spans[i].from <= start && start + minutes <= spans[i].to) {
                return true;
            }
        }
    }
    return false;
}
