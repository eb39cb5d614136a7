/* calendar_csv.c: one row per task, and what has changed since the last time. */
#include "io/calendar_csv.h"

#include <glib.h>
#include <string.h>

#include "io/csv_write.h"
#include "io/tell.h"
#include "io/tell_change.h"
#include "solver/language.h"
#include "solver/promise.h"

#define BOM "\xef\xbb\xbf"

/* When a task was to take place before this plan; start is DATE_NONE when it had no date. */
typedef struct Before {
    date_t start, finish;
    minute_t start_minute;
} Before;

typedef struct Row {
    int household, task;
    date_t date; /* where it is sorted in: its start or, when it has none now, its old one */
    minute_t minute;
    Before before;
} Row;

typedef struct Sheet {
    const Operation *op;
    const Plan *previous, *plan; /* previous may be NULL */
    const Changes *changes;
    int *first_change; /* per household: index into changes, or NONE */
    GString *out;
    char delimiter;
    bool begun; /* the line has a cell */
} Sheet;

static Before before(const Sheet *sheet, int h, int a) {
    const Fact *fact = &sheet->op->households[h].facts[a];
    if (sheet->previous != NULL) {
        const PlanTask *task = &sheet->previous->households[h].tasks[a];
        if (task->start != DATE_NONE)
            return (Before){task->start, task->finish, task->start_minute};
    }
    if (fact->status == STATUS_ANNOUNCED || fact->status == STATUS_CONFIRMED)
        return (Before){fact->start, DATE_NONE, fact->start_minute};
    return (Before){DATE_NONE, DATE_NONE, MINUTE_NONE};
}

static void append_cell(Sheet *sheet, const char *cell) {
    if (sheet->begun)
        g_string_append_c(sheet->out, sheet->delimiter);
    sheet->begun = true;
    csv_write_cell(sheet->out, cell);
}

static void end_line(Sheet *sheet) {
    g_string_append(sheet->out, "\r\n");
    sheet->begun = false;
}

static void append_headings(Sheet *sheet) {
    const char *const headings[] = {_("household"), _("name"),  _("dwelling"), _("building"),
                                    _("task"),      _("label"), _("start"),    _("finish"),
                                    _("member"),    _("home"),  _("status"),   _("change"),
                                    _("cause")};
    for (size_t i = 0; i < G_N_ELEMENTS(headings); i++)
        append_cell(sheet, headings[i]);
    end_line(sheet);
}

/* Appends to a list of changes; takes over `text`. */
static void append_change(GString *changes, char *text) {
    g_string_append_printf(changes, "%s%s", changes->len > 0 ? ", " : "", text);
    g_free(text);
}

static void append_other_start(const Sheet *sheet, const Before *then, const PlanTask *now,
                               GString *changes) {
    char text[DATE_TEXT];
    if (!same_start(now->start, now->start_minute, then->start, then->start_minute)) {
        tell_moment(sheet->op, then->start, then->start_minute, text);
        append_change(changes, g_strdup_printf(_("moved from %s"), text));
    } else if (then->finish != DATE_NONE && then->finish != now->finish) {
        tell_moment(sheet->op, then->finish, MINUTE_NONE, text);
        append_change(changes, g_strdup_printf(_("other finish, was %s"), text));
    }
}

/* Who came before in the place of those who come now, and the home that was before. */
static void append_other_members(const Sheet *sheet, const Row *row, const Task *task,
                                 GString *changes) {
    if (sheet->previous == NULL)
        return;
    const Operation *op = sheet->op;
    const PlanHousehold *old = &sheet->previous->households[row->household];
    const PlanHousehold *new = &sheet->plan->households[row->household];
    for (int i = 0; i < task->n_needs; i++) {
        int was = old->members[task->needs[i].role], is = new->members[task->needs[i].role];
        if (was != NONE && is != was)
            append_change(changes,
                          g_strdup_printf(_("other member, was %s"), op->resources[was].label));
    }
    if (task->move != MOVE_NONE && old->home != NONE && new->home != old->home)
        append_change(changes, g_strdup_printf(_("other home, was %s"), op->homes[old->home].id));
}

/* The cause of the row's change; of another member or home it is the household's. */
static void append_cause(Sheet *sheet, const Row *row) {
    GString *text = g_string_new(NULL);
    int first = sheet->first_change[row->household];
    const Change *own = NULL;
    for (int i = first; i != NONE && i < sheet->changes->n; i++) {
        const Change *change = &sheet->changes->rows[i];
        if (change->op != sheet->op || change->household != row->household)
            break;
        if (change->task == row->task || (change->task == NONE && own == NULL))
            own = change;
    }
    if (own != NULL)
        tell_cause(text, sheet->op, &own->cause);
    append_cell(sheet, text->str);
    g_string_free(text, TRUE);
}

static void append_changes(Sheet *sheet, const Row *row, const Task *task, const PlanTask *now) {
    const Before *then = &row->before;
    GString *changes = g_string_new(NULL);
    char text[DATE_TEXT];
    if (then->start == DATE_NONE) {
        g_string_append(changes, sheet->previous != NULL ? _("new") : "");
    } else if (now->start == DATE_NONE) {
        tell_moment(sheet->op, then->start, then->start_minute, text);
        append_change(changes, g_strdup_printf(_("withdrawn, was %s"), text));
    } else {
        append_other_start(sheet, then, now, changes);
        append_other_members(sheet, row, task, changes);
    }
    bool changed = changes->len > 0;
    if (!changed && then->start != DATE_NONE)
        g_string_append(changes, _("unchanged"));
    append_cell(sheet, changes->str);
    if (changed)
        append_cause(sheet, row);
    else
        append_cell(sheet, "");
    g_string_free(changes, TRUE);
}

static void append_row(Sheet *sheet, const Row *row) {
    const Operation *op = sheet->op;
    const Household *household = &op->households[row->household];
    const PlanHousehold *planned = &sheet->plan->households[row->household];
    const Task *task = &household_package(op, row->household)->tasks[row->task];
    const PlanTask *now = &planned->tasks[row->task];
    bool dated = now->start != DATE_NONE;
    char text[DATE_TEXT];
    append_cell(sheet, household->id);
    append_cell(sheet, household->name);
    append_cell(sheet, household->dwelling);
    append_cell(sheet, household->building);
    append_cell(sheet, task->id);
    append_cell(sheet, task->label);
    append_cell(sheet, dated ? tell_moment(op, now->start, now->start_minute, text) : "");
    append_cell(sheet, dated ? tell_moment(op, now->finish, now->finish_minute, text) : "");
    GString *members = g_string_new(NULL);
    if (dated)
        tell_members(members, op, planned, task);
    append_cell(sheet, members->str);
    g_string_free(members, TRUE);
    append_cell(sheet, dated && planned->home != NONE ? op->homes[planned->home].id : "");
    append_cell(sheet, tell_status(now->status));
    append_changes(sheet, row, task, now);
    end_line(sheet);
}

static int compare_rows(const void *left, const void *right) {
    const Row *a = left, *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->minute != b->minute)
        return a->minute < b->minute ? -1 : 1;
    if (a->household != b->household)
        return a->household < b->household ? -1 : 1;
    return (a->task > b->task) - (a->task < b->task);
}

static GArray *find_rows(const Sheet *sheet) {
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
    for (int h = 0; h < sheet->op->n_households; h++)
        for (int a = 0; a < household_package(sheet->op, h)->n_tasks; a++) {
            const PlanTask *now = &sheet->plan->households[h].tasks[a];
            Row row = {h, a, now->start, now->start_minute, before(sheet, h, a)};
            if (row.date == DATE_NONE) {
                row.date = row.before.start;
                row.minute = row.before.start_minute;
            }
            if (row.date != DATE_NONE)
                g_array_append_val(rows, row);
        }
    g_array_sort(rows, compare_rows);
    return rows;
}

static void find_first_changes(Sheet *sheet) {
    sheet->first_change = g_new(int, sheet->op->n_households + 1);
    for (int h = 0; h < sheet->op->n_households; h++)
        sheet->first_change[h] = NONE;
    for (int i = sheet->changes->n - 1; i >= 0; i--)
        if (sheet->changes->rows[i].op == sheet->op)
            sheet->first_change[sheet->changes->rows[i].household] = i;
}

char *plan_to_csv(const Operation *op, const Plan *previous, const Plan *plan,
                  const Changes *changes) {
    Sheet sheet = {.op = op,
                   .previous = previous,
                   .plan = plan,
                   .changes = changes,
                   .out = g_string_new(BOM),
                   .delimiter = tell_french(op) ? ';' : ','};
    find_first_changes(&sheet);
    append_headings(&sheet);
    GArray *rows = find_rows(&sheet);
    for (guint i = 0; i < rows->len; i++)
        append_row(&sheet, &g_array_index(rows, Row, i));
    g_array_free(rows, TRUE);
    g_free(sheet.first_change);
    return g_string_free(sheet.out, FALSE);
}
