/* summary_week.c: what the pilot has to do in the next seven days. */
#include "io/page.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "io/tell_change.h"
#include "solver/language.h"
#include "solver/promise.h"

enum { WEEK_DAYS = 7, MAX_ENTRIES = 20, MAX_NAME_WIDTH = 24, MARGIN = 2 };

typedef struct Entry {
    int household, task;
    date_t date;
    minute_t minute; /* or MINUTE_NONE */
} Entry;

static const Task *task_of(const Operation *op, const Entry *entry) {
    return &household_package(op, entry->household)->tasks[entry->task];
}

static int compare_entries(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->minute != b->minute)
        return a->minute < b->minute ? -1 : 1;
    if (a->household != b->household)
        return a->household < b->household ? -1 : 1;
    return (a->task > b->task) - (a->task < b->task);
}

static bool in_week(const Operation *op, date_t date) {
    return date >= op->as_of && date < op->as_of + WEEK_DAYS;
}

/* Appointments and moves that take place. */
static bool is_due(const Operation *op, const Plan *plan, int h, int a, Entry *entry) {
    const Task *task = &household_package(op, h)->tasks[a];
    const PlanTask *dated = &plan->households[h].tasks[a];
    *entry = (Entry){h, a, dated->start, dated->start_minute};
    return (task->minutes > 0 || task->move != MOVE_NONE) && dated->start != DATE_NONE &&
           dated->status != STATUS_DONE && in_week(op, dated->start);
}

/* Dates that the tenant must know and does not know yet; the entry has the last day to tell them.
 */
static bool is_to_tell(const Operation *op, const Plan *plan, int h, int a, Entry *entry) {
    const Task *task = &household_package(op, h)->tasks[a];
    const PlanTask *dated = &plan->households[h].tasks[a];
    bool concerned = task->minutes > 0 || task->move != MOVE_NONE || task->presence;
    bool unknown = dated->status == STATUS_PROPOSED || promise_of(op, plan, h, a) == PROMISE_MOVED;
    if (!concerned || !unknown || dated->start == DATE_NONE)
        return false;
    *entry = (Entry){h, a, dated->start - task->notice_days, MINUTE_NONE};
    return in_week(op, entry->date);
}

static GArray *find_entries(const Operation *op, const Plan *plan,
                            bool (*wanted)(const Operation *, const Plan *, int, int, Entry *)) {
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            Entry entry;
            if (wanted(op, plan, h, a, &entry))
                g_array_append_val(entries, entry);
        }
    g_array_sort(entries, compare_entries);
    return entries;
}

/* The first columns of a list, as wide as its entries need. */
typedef struct Columns {
    int when, name;
} Columns;

/* `Mon 2026-09-14 18:45`; free with g_free(). */
static char *when_text(const Operation *op, const Entry *entry) {
    GString *text = g_string_new(NULL);
    tell_weekday_moment(text, op, entry->date, entry->minute);
    return g_string_free(text, FALSE);
}

static Columns measure(const Operation *op, const GArray *entries) {
    Columns columns = {0, 0};
    for (guint i = 0; i < MIN(entries->len, MAX_ENTRIES); i++) {
        const Entry *entry = &g_array_index(entries, Entry, i);
        char *when = when_text(op, entry), *name = summary_name(op, entry->household);
        columns.when = MAX(columns.when, page_width(when));
        columns.name = MAX(columns.name, MIN(page_width(name), MAX_NAME_WIDTH));
        g_free(name);
        g_free(when);
    }
    return columns;
}

static void append_entry(GString *out, const Operation *op, const Columns *columns,
                         const Entry *entry, const char *what) {
    char *when = when_text(op, entry), *name = summary_name(op, entry->household);
    int column = MARGIN + columns->when + MARGIN + columns->name + MARGIN;
    g_string_append_printf(out, "%*s", MARGIN, "");
    page_cell(out, when, columns->when + MARGIN);
    page_cell(out, name, columns->name);
    g_string_append_printf(out, "%*s", MARGIN, "");
    page_wrap(out, column, column, what);
    g_free(name);
    g_free(when);
}

static void append_rest(GString *out, const GArray *entries) {
    int rest = (int)entries->len - MAX_ENTRIES;
    if (rest > 0)
        g_string_append_printf(
            out, n_("  and %d more, in calendar.csv\n", "  and %d more, in calendar.csv\n", rest),
            rest);
}

static void append_due(GString *out, const Operation *op, const Plan *plan) {
    GArray *entries = find_entries(op, plan, is_due);
    Columns columns = measure(op, entries);
    char from[DATE_TEXT], to[DATE_TEXT];
    g_string_append_printf(out, _("\nAppointments and moves from %s to %s:\n"),
                           tell_moment(op, op->as_of, MINUTE_NONE, from),
                           tell_moment(op, op->as_of + WEEK_DAYS - 1, MINUTE_NONE, to));
    if (entries->len == 0)
        g_string_append_printf(out, "  %s\n", _("none"));
    for (guint i = 0; i < MIN(entries->len, MAX_ENTRIES); i++) {
        const Entry *entry = &g_array_index(entries, Entry, i);
        append_entry(out, op, &columns, entry, task_of(op, entry)->label);
    }
    append_rest(out, entries);
    g_array_free(entries, TRUE);
}

static void append_to_tell(GString *out, const Operation *op, const Plan *plan) {
    GArray *entries = find_entries(op, plan, is_to_tell);
    Columns columns = measure(op, entries);
    if (entries->len > 0)
        g_string_append(out, _("\nTo tell the tenants, on that day at the latest:\n"));
    for (guint i = 0; i < MIN(entries->len, MAX_ENTRIES); i++) {
        const Entry *entry = &g_array_index(entries, Entry, i);
        const PlanTask *dated = &plan->households[entry->household].tasks[entry->task];
        char moment[DATE_TEXT];
        char *what = g_strdup_printf(_("%s: %s"), task_of(op, entry)->label,
                                     tell_moment(op, dated->start, dated->start_minute, moment));
        append_entry(out, op, &columns, entry, what);
        g_free(what);
    }
    append_rest(out, entries);
    g_array_free(entries, TRUE);
}

void summary_week(GString *out, const Operation *op, const Plan *plan) {
    append_due(out, op, plan);
    append_to_tell(out, op, plan);
}
