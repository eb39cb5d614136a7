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

/* ---- Parts of slots ---------------------------------------------------------------------- */

typedef struct Count {
    Span span;
    int times;
} Count;

static int compare_counts(gconstpointer a, gconstpointer b) {
    const Count *s = a;
    const Count *t = b;
    if (s->times != t->times) {
        return t->times - s->times;
    }
    return s->span.from != t->span.from ? s->span.from - t->span.from : s->span.to - t->span.to;
}

static void count_span(GArray *counts, Span span) {
    for (guint i = 0; i < counts->len; i++) {
        Count *count = &g_array_index(counts, Count, i);
        if (count->span.from == span.from && count->span.to == span.to) {
            count->times++;
            return;
        }
    }
    Count fresh = {span, 1};
    g_array_append_val(counts, fresh);
}

static void find_parts(Problem *problem, int s) {
    const Operation *op = problem->op;
    const Slot *slot = &op->slots[s];
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(Count));
    for (int i = 0; i < op->n_availability; i++) {
        const AvailabilityRow *row = &op->availability[i];
        Span span = {MAX(row->start, slot->from), MIN(row->end, slot->to)};
        bool whole = span.from == slot->from && span.to == slot->to;
        if (row->kind != ABSENT && span.from < span.to && !whole) {
            count_span(counts, span);
        }
    }
    g_array_sort(counts, compare_counts);
    problem->parts[s].n = MIN((int)counts->len, MOST_PARTS);
    for (int i = 0; i < problem->parts[s].n; i++) {
        problem->parts[s].part[i] = g_array_index(counts, Count, i).span;
    }
    g_array_free(counts, TRUE);
}

void problem_add_parts(Problem *problem) {
    problem->parts = ARENA_NEW(problem->arena, SlotParts, problem->n_slots);
    problem->n_kinds = 1;
    for (int s = 0; s < problem->n_slots; s++) {
        find_parts(problem, s);
        problem->n_kinds = MAX(problem->n_kinds, 1 << problem->parts[s].n);
    }
}

/* ---- Tables ------------------------------------------------------------------------------ */

static minute_t first_on_grid(const Operation *op, const Slot *slot, minute_t minute) {
    int grid = op->grid_minutes;
    return slot->from + (minute - slot->from + grid - 1) / grid * grid;
}

/* The hull of all appointments that the spans can hold; empty (from == to) when there is none. */
static Span hull_of(const Operation *op, const Slot *slot, const Span *spans, int n, int minutes) {
    Span hull = {0, 0};
    for (int i = 0; i < n; i++) {
        minute_t from = first_on_grid(op, slot, spans[i].from);
        if (from + minutes <= spans[i].to) {
            hull.from = hull.to == 0 ? from : hull.from;
            hull.to = spans[i].to;
        }
    }
    return hull;
}

static int kind_of(const SlotParts *parts, Span hull) {
    int kind = 0;
    for (int i = 0; i < parts->n; i++) {
        if (hull.from >= parts->part[i].from && hull.to <= parts->part[i].to) {
            kind |= 1 << i;
        }
    }
    return kind;
}

static uint8_t reception_cell(const Problem *problem, int h, day_t d, int s, int minutes) {
    const Slot *slot = &problem->op->slots[s];
    Span spans[MOST_SPANS];
    int n = reception_spans(problem, h, d, s, false, spans, MOST_SPANS);
    Span hull = hull_of(problem->op, slot, spans, n, minutes);
    Reception reception = RECEPTION_PREFERRED;
    if (hull.to == 0) {
        return RECEPTION_NONE;
    }
    if (problem->households[h].has_preferred) {
        n = reception_spans(problem, h, d, s, true, spans, MOST_SPANS);
        if (hull_of(problem->op, slot, spans, n, minutes).to == 0) {
            reception = RECEPTION_POSSIBLE;
        }
    }
    return (uint8_t)(reception | kind_of(&problem->parts[s], hull) << 2);
}

/* The days for which some row of the household gives dates; to be freed with g_free(). */
static bool *dated_days(const Problem *problem, int h) {
    bool *dated = g_new0(bool, problem->n_days);
    for (int i = problem->availability_first[h]; i < problem->availability_first[h + 1]; i++) {
        const AvailabilityRow *row = problem->availability[i];
        if (row->from == DATE_NONE) {
            continue;
        }
        day_t last = MIN(row->until - problem->op->start, problem->n_days - 1);
        for (day_t d = MAX(row->from - problem->op->start, 0); d <= last; d++) {
            dated[d] = true;
        }
    }
    return dated;
}

/* A day without dates of its own is like the others of its weekday. */
static uint8_t *make_table(Problem *problem, int h, int minutes) {
    const size_t n = (size_t)problem->n_slots;
    uint8_t *table = ARENA_NEW(problem->arena, uint8_t, (size_t)problem->n_days * n);
    bool *dated = dated_days(problem, h);
    day_t like[7];
    for (int i = 0; i < 7; i++) {
        like[i] = NO_DAY;
    }
    for (day_t d = 0; d < problem->n_days; d++) {
        day_t *same = &like[date_weekday(problem->op->start + d)];
        if (!dated[d] && *same != NO_DAY) {
            memcpy(&table[(size_t)d * n], &table[(size_t)*same * n], n);
            continue;
        }
        for (int s = 0; s < problem->n_slots; s++) {
            table[(size_t)d * n + (size_t)s] = reception_cell(problem, h, d, s, minutes);
        }
        *same = dated[d] ? *same : d;
    }
    g_free(dated);
    return table;
}

const uint8_t *problem_reception(Problem *problem, int h, int minutes) {
    int i = 0;
    while (i < problem->n_durations && problem->duration[i] != minutes) {
        i++;
    }
    bool plain = problem->availability_first[h] == problem->availability_first[h + 1];
    if (!plain || i == problem->n_durations) {
        return make_table(problem, h, minutes);
    }
    if (problem->plain_reception[i] == NULL) {
        problem->plain_reception[i] = make_table(problem, h, minutes);
    }
    return problem->plain_reception[i];
}

bool problem_is_preferred(const Problem *problem, int h, day_t d, minute_t start, int minutes) {
    Span spans[MOST_SPANS];
    int n = 0;
    if (!problem->households[h].has_preferred) {
        return true;
    }
    /* Windows alone count: what was done may have been outside all slots, or before the horizon. */
    for (int i = problem->availability_first[h];
         i < problem->availability_first[h + 1] && n < MOST_SPANS - 1; i++) {
        const AvailabilityRow *row = problem->availability[i];
        if (row->kind == PREFERRED && row_is_on(problem->op, row, d)) {
            n = join_span(spans, n, (Span){row->start, row->end});
        }
    }
    for (int i = 0; i < n; i++) {
        if (spans[i].from <= start && start + minutes <= spans[i].to) {
            return true;
        }
    }
    return false;
}
