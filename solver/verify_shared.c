/* verify_shared.c: members that households share: C4, C6 and C7. Everything that is used becomes a
 * list that is sorted by member and day and walked through once. */
#include "solver/language.h"
#include "solver/verify_internal.h"

enum { MOST_NAMED = 5 }; /* tasks named in one message */

/* ---- C4: crews and volumes ----------------------------------------------------------------- */

/* What a task takes of a member on a day. */
typedef struct Use {
    int resource;
    date_t date;
    int h, a;
    milli_t amount;
    bool fact;
} Use;

static int compare_uses(const void *one, const void *two) {
    const Use *x = one;
    const Use *y = two;
    COMPARE(x->resource, y->resource);
    COMPARE(x->date, y->date);
    COMPARE(x->h, y->h);
    COMPARE(x->a, y->a);
    return 0;
}

/* A started task uses its members from as_of to its finish, on the working days of each. */
static void add_started_use(const Judge *judge, GArray *uses, Use use) {
    const Operation *op = judge->op;
    const Dated *dated = &judge->tasks[use.h][use.a];
    date_t last = MIN(dated->finish, op->end);
    use.date = MAX(dated->start, MAX(op->as_of, op->start));
    for (; use.date <= last; use.date++) {
        if (roster_capacity(judge->roster, use.resource, use.date) > 0) {
            g_array_append_val(uses, use);
        }
    }
}

/* New works use their members on the days on which they are done: `days` of them, whatever finish
 * the plan tells (C3). */
static void add_new_use(const Judge *judge, GArray *uses, Use use) {
    const Operation *op = judge->op;
    const Task *task = &household_package(op, use.h)->tasks[use.a];
    const Dated *dated = &judge->tasks[use.h][use.a];
    int left = task->days;
    for (use.date = dated->start; left > 0 && use.date <= MIN(dated->finish, op->end); use.date++) {
        if (works_can_be_done(judge, use.h, use.a, use.date)) {
            g_array_append_val(uses, use);
            left--;
        }
    }
}

static void add_uses(Judge *judge, GArray *uses, int h, int a) {
    const Operation *op = judge->op;
    const Task *task = &household_package(op, h)->tasks[a];
    const Dated *dated = &judge->tasks[h][a];
    if (!dated->dated || (dated->fact && !dated->started)) {
        return;
    }
    for (int i = 0; i < task->n_needs; i++) {
        int role = task->needs[i].role;
        Use use = {member_of(judge, h, a, role), dated->start, h, a, 0, dated->fact};
        if (use.resource == NONE || op->roles[role].measure == MEASURE_CLOCK ||
            !amount_of_role(op, h, task, i, &use.amount)) {
            continue;
        }
        if (dated->fact) {
            add_started_use(judge, uses, use);
        } else if (task->minutes == 0) {
            add_new_use(judge, uses, use);
        } else if (roster_capacity(judge->roster, use.resource, use.date) > 0) {
            g_array_append_val(uses, use);
        } else {
            complain_task(judge, "C4", h, a, _("it needs %s, who does not work on %s"),
                          op->resources[use.resource].id, say_date(judge, use.date));
        }
    }
}

/* "H001 visit, H002 visit, ...", to be freed with g_free(). */
static char *name_uses(const Judge *judge, const Use *uses, int n) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i < n && i < MOST_NAMED; i++) {
        g_string_append_printf(text, "%s%s %s", i > 0 ? ", " : "",
                               judge->op->households[uses[i].h].id,
                               household_package(judge->op, uses[i].h)->tasks[uses[i].a].id);
    }
    g_string_append(text, n > MOST_NAMED ? ", ..." : "");
    return g_string_free(text, FALSE);
}

static void judge_crew_day(Judge *judge, const Use *uses, int n) {
    milli_t capacity = roster_capacity(judge->roster, uses[0].resource, uses[0].date);
    milli_t used = 0;
    milli_t new_use = 0;
    for (int i = 0; i < n; i++) {
        used += uses[i].amount;
        new_use += uses[i].fact ? 0 : uses[i].amount;
    }
    if (used > capacity && new_use > 0) {
        char *names = name_uses(judge, uses, n);
        complain(judge, "C4", NONE, _("%s on %s: %s needed, but only %s available (%s)"),
                 judge->op->resources[uses[0].resource].id, say_date(judge, uses[0].date),
                 say_amount(judge, used), say_amount(judge, capacity), names);
        g_free(names);
    }
}

void judge_crews(Judge *judge) {
    GArray *uses = g_array_new(FALSE, FALSE, sizeof(Use));
    for (int h = 0; h < judge->op->n_households; h++) {
        for (int a = 0; a < household_package(judge->op, h)->n_tasks; a++) {
            add_uses(judge, uses, h, a);
        }
    }
    const Use *all = (const Use *)(void *)uses->data;
    int n = (int)uses->len;
    g_array_sort(uses, compare_uses);
    for (int first = 0, last; first < n; first = last) {
        last = first + 1;
        while (last < n && all[last].resource == all[first].resource &&
               all[last].date == all[first].date) {
            last++;
        }
        judge_crew_day(judge, &all[first], last - first);
    }
    g_array_free(uses, TRUE);
}

/* ---- C6: clocks ---------------------------------------------------------------------------- */

/* An appointment in the diary of one member. */
typedef struct Booking {
    int resource;
    date_t date;
    minute_t from, to;
    int h, a;
    int people;   /* that the appointment takes */
    int capacity; /* people that the member has in that slot */
    bool fact;
} Booking;

static int compare_by_start(const void *one, const void *two) {
    const Booking *x = one;
    const Booking *y = two;
    COMPARE(x->resource, y->resource);
    COMPARE(x->date, y->date);
    COMPARE(x->from, y->from);
    COMPARE(x->to, y->to);
    COMPARE(x->h, y->h);
    COMPARE(x->a, y->a);
    return 0;
}

static int compare_by_end(const void *one, const void *two) {
    const Booking *x = one;
    const Booking *y = two;
    COMPARE(x->resource, y->resource);
    COMPARE(x->date, y->date);
    COMPARE(x->to, y->to);
    return 0;
}

/* People of the member at that time; at a time at which it does not work (C5), its ordinary
 * number. */
static int people_at(const Judge *judge, int r, date_t date, minute_t minute) {
    int s = slot_at(judge->op, minute);
    int people = s == NONE ? 0 : roster_people(judge->roster, r, date, s);
    return people > 0 ? people : MAX((int)(judge->op->resources[r].capacity / MILLI), 1);
}

static void add_bookings(const Judge *judge, GArray *bookings, int h, int a) {
    const Operation *op = judge->op;
    const Task *task = &household_package(op, h)->tasks[a];
    const Dated *dated = &judge->tasks[h][a];
    if (!dated->dated || dated->from == MINUTE_NONE || (dated->fact && !dated->started)) {
        return;
    }
    for (int i = 0; i < task->n_needs; i++) {
        int role = task->needs[i].role;
        int r = member_of(judge, h, a, role);
        milli_t amount;
        if (r == NONE || op->roles[role].measure != MEASURE_CLOCK ||
            !amount_of_role(op, h, task, i, &amount)) {
            continue;
        }
        Booking booking = {.resource = r,
                           .date = dated->start,
                           .from = dated->from,
                           .to = dated->finish > dated->start ? 24 * 60 : dated->to,
                           .h = h,
                           .a = a,
                           .people = (int)((amount + MILLI - 1) / MILLI),
                           .capacity = people_at(judge, r, dated->start, dated->from),
                           .fact = dated->fact};
        g_array_append_val(bookings, booking);
    }
}

static const char *task_id(const Judge *judge, const Booking *booking) {
    return household_package(judge->op, booking->h)->tasks[booking->a].id;
}

/* The buffer between an appointment and the one before, both kept by one person. */
static bool judge_buffer(Judge *judge, const Booking *before, const Booking *now) {
    if (before == NULL || before->capacity != 1 || now->capacity != 1 ||
        now->from >= before->to + judge->op->buffer_minutes) {
        return false;
    }
    complain_task(judge, "C6", now->h, now->a,
                  n_("%s is to start on %s, but is with household %s (%s) until %s and needs "
                     "%d minute between the two",
                     "%s is to start on %s, but is with household %s (%s) until %s and needs "
                     "%d minutes between the two",
                     judge->op->buffer_minutes),
                  judge->op->resources[now->resource].id, say_moment(judge, now->date, now->from),
                  judge->op->households[before->h].id, task_id(judge, before),
                  say_time(judge, before->to), judge->op->buffer_minutes);
    return true;
}

/* One member's day: the same n appointments sorted by start and by end. What facts do to each other
 * is not judged. */
static void judge_diary(Judge *judge, const Booking *starts, const Booking *ends, int n) {
    const Booking *last = NULL;     /* the one that ends last of those before */
    const Booking *last_new = NULL; /* the same without facts */
    int busy = 0;
    int busy_new = 0;
    for (int i = 0, e = 0; i < n; i++) {
        const Booking *now = &starts[i];
        for (; e < n && ends[e].to <= now->from; e++) {
            busy -= ends[e].people;
            busy_new -= ends[e].fact ? 0 : ends[e].people;
        }
        busy += now->people;
        busy_new += now->fact ? 0 : now->people;
        if (!judge_buffer(judge, now->fact ? last_new : last, now) && busy > now->capacity &&
            busy_new > 0) {
            complain_task(judge, "C6", now->h, now->a,
                          _("%s has %d at that time, on %s, but %d are asked for at once"),
                          judge->op->resources[now->resource].id, now->capacity,
                          say_moment(judge, now->date, now->from), busy);
        }
        last = last == NULL || now->to > last->to ? now : last;
        if (!now->fact && (last_new == NULL || now->to > last_new->to)) {
            last_new = now;
        }
    }
}

void judge_clocks(Judge *judge) {
    GArray *bookings = g_array_new(FALSE, FALSE, sizeof(Booking));
    for (int h = 0; h < judge->op->n_households; h++) {
        for (int a = 0; a < household_package(judge->op, h)->n_tasks; a++) {
            add_bookings(judge, bookings, h, a);
        }
    }
    GArray *by_end = g_array_copy(bookings);
    g_array_sort(bookings, compare_by_start);
    g_array_sort(by_end, compare_by_end);
    const Booking *starts = (const Booking *)(void *)bookings->data;
    const Booking *ends = (const Booking *)(void *)by_end->data;
    int n = (int)bookings->len;
    for (int first = 0, last; first < n; first = last) {
        last = first + 1;
        while (last < n && starts[last].resource == starts[first].resource &&
               starts[last].date == starts[first].date) {
            last++;
        }
        judge_diary(judge, &starts[first], &ends[first], last - first);
    }
    g_array_free(bookings, TRUE);
    g_array_free(by_end, TRUE);
}

/* ---- C7: late evenings --------------------------------------------------------------------- */

static int compare_evenings(const void *one, const void *two) {
    const Evening *x = one;
    const Evening *y = two;
    COMPARE(x->resource, y->resource);
    COMPARE(x->date, y->date);
    return 0;
}

static void add_evenings(const Judge *judge, GArray *evenings, int h, int a) {
    const Operation *op = judge->op;
    const Task *task = &household_package(op, h)->tasks[a];
    const Dated *dated = &judge->tasks[h][a];
    int s = dated->dated && dated->from != MINUTE_NONE ? slot_at(op, dated->from) : NONE;
    if (s == NONE || !op->slots[s].late) {
        return;
    }
    for (int i = 0; i < task->n_needs; i++) {
        int role = task->needs[i].role;
        Evening evening = {member_of(judge, h, a, role), dated->start, dated->fact,
                           judge->plan->households[h].planned};
        if (evening.resource != NONE && op->roles[role].measure == MEASURE_CLOCK) {
            g_array_append_val(evenings, evening);
        }
    }
}

GArray *evenings_of(const Judge *judge) {
    GArray *evenings = g_array_new(FALSE, FALSE, sizeof(Evening));
    for (int h = 0; h < judge->op->n_households; h++) {
        for (int a = 0; a < household_package(judge->op, h)->n_tasks; a++) {
            add_evenings(judge, evenings, h, a);
        }
    }
    g_array_sort(evenings, compare_evenings);
    Evening *all = (Evening *)(void *)evenings->data;
    guint kept = 0;
    for (guint i = 0; i < evenings->len; i++) {
        if (kept > 0 && compare_evenings(&all[kept - 1], &all[i]) == 0) {
            all[kept - 1].fact |= all[i].fact;
            all[kept - 1].counted |= all[i].counted;
        } else {
            all[kept++] = all[i];
        }
    }
    g_array_set_size(evenings, kept);
    return evenings;
}

void judge_evenings(Judge *judge, const GArray *evenings) {
    const Evening *all = (const Evening *)(void *)evenings->data;
    int n = (int)evenings->len;
    for (int first = 0, last; first < n; first = last) {
        const Resource *resource = &judge->op->resources[all[first].resource];
        bool is_new = false;
        GString *dates = g_string_new(NULL);
        for (last = first; last < n && all[last].resource == all[first].resource &&
                           date_week(all[last].date) == date_week(all[first].date);
             last++) {
            is_new |= !all[last].fact;
            g_string_append_printf(dates, "%s%s", last > first ? ", " : "",
                                   say_date(judge, all[last].date));
        }
        if (resource->max_late_per_week != NO_LIMIT && is_new &&
            last - first > resource->max_late_per_week) {
            complain(judge, "C7", NONE,
                     n_("%s works late on %d evening of one week (%s), but at most on %d",
                        "%s works late on %d evenings of one week (%s), but at most on %d",
                        last - first),
                     resource->id, last - first, dates->str, resource->max_late_per_week);
        }
        g_string_free(dates, TRUE);
    }
}
