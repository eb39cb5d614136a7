#include "io/tell_change.h"

#include "io/tell.h"
#include "solver/language.h"

void tell_weekday_moment(GString *out, const Operation *op, date_t date, minute_t minute) {
    char text[DATE_TEXT];
    g_string_append_printf(out, "%s %s", tell_weekday(date_weekday(date)),
                           tell_moment(op, date, minute, text));
}

/* The moment as a text of its own; free with g_free(). */
static char *moment_of(const Operation *op, date_t date, minute_t minute) {
    GString *text = g_string_new(NULL);
    tell_weekday_moment(text, op, date, minute);
    return g_string_free(text, FALSE);
}

static void tell_move(GString *out, const Operation *op, const Change *change) {
    char *then = moment_of(op, change->then.start, change->then.start_minute);
    char *now = moment_of(op, change->now.start, change->now.start_minute);
    int days = change->now.start - change->then.start;
    g_string_append_printf(out, _("moved from %s to %s"), then, now);
    if (days > 0)
        g_string_append_printf(out, n_(" (%d day later)", " (%d days later)", days), days);
    else if (days < 0)
        g_string_append_printf(out, n_(" (%d day earlier)", " (%d days earlier)", -days), -days);
    g_free(then);
    g_free(now);
}

void tell_change(GString *out, const Operation *op, const Change *change) {
    char *then = change->then.start != DATE_NONE
                     ? moment_of(op, change->then.start, change->then.start_minute)
                     : NULL;
    char *text = NULL;
    switch (change->kind) {
    case CHANGE_NEW:
        text = moment_of(op, change->now.start, change->now.start_minute);
        g_string_append_printf(out, _("new date: %s"), text);
        break;
    case CHANGE_MOVED:
        tell_move(out, op, change);
        break;
    case CHANGE_FINISH:
        g_free(then);
        then = moment_of(op, change->then.finish, MINUTE_NONE);
        text = moment_of(op, change->now.finish, MINUTE_NONE);
        g_string_append_printf(out, _("ends on %s, before: %s"), text, then);
        break;
    case CHANGE_WITHDRAWN:
        g_string_append_printf(out, _("withdrawn, was %s"), then);
        break;
    case CHANGE_MEMBER:
        g_string_append_printf(out, _("%s instead of %s"), change->member_now->label,
                               change->member_then->label);
        break;
    case CHANGE_HOME:
        if (change->home_then == NULL)
            g_string_append_printf(out, _("new: %s"), change->home_now->id);
        else if (change->home_now == NULL)
            g_string_append_printf(out, _("none, before: %s"), change->home_then->id);
        else
            g_string_append_printf(out, _("%s instead of %s"), change->home_now->id,
                                   change->home_then->id);
        break;
    }
    g_free(text);
    g_free(then);
}

const char *tell_subject(const Change *change) {
    switch (change->kind) {
    case CHANGE_MEMBER:
        return change->op->roles[change->role].id;
    case CHANGE_HOME:
        return _("temporary home");
    default:
        return household_package(change->op, change->household)->tasks[change->task].label;
    }
}

/* A cell's value; `-` when it is blank. */
static void tell_cell(GString *out, const Operation *op, const InputCell *cell) {
    char text[DATE_TEXT];
    if (cell->text != NULL)
        g_string_append(out, cell->text[0] != '\0' ? cell->text : "-");
    else
        g_string_append(
            out, cell->date == DATE_NONE ? "-" : tell_moment(op, cell->date, cell->minute, text));
}

static bool is_blank(const InputCell *cell) {
    return cell->text != NULL ? cell->text[0] == '\0' : cell->date == DATE_NONE;
}

/* All that a row says. */
static void tell_row(GString *out, const Operation *op, const InputRow *row) {
    bool any = false;
    for (int c = 0; c < row->n_cells; c++) {
        if (is_blank(&row->cells[c]))
            continue;
        g_string_append_printf(out, "%s%s ", any ? ", " : "", row->cells[c].column);
        tell_cell(out, op, &row->cells[c]);
        any = true;
    }
}

/* The cells that differ. */
static void tell_cells(GString *out, const Operation *op, const Difference *difference) {
    bool any = false;
    for (int c = 0; c < difference->now->n_cells; c++) {
        if ((difference->columns >> c & 1) == 0)
            continue;
        GString *was = g_string_new(NULL), *is = g_string_new(NULL);
        tell_cell(was, op, &difference->then->cells[c]);
        tell_cell(is, op, &difference->now->cells[c]);
        g_string_append(out, any ? "; " : "");
        /* TRANSLATORS: a column of a table, what it says, what it said before */
        g_string_append_printf(out, _("%s %s, before: %s"), difference->now->cells[c].column,
                               is->str, was->str);
        g_string_free(was, TRUE);
        g_string_free(is, TRUE);
        any = true;
    }
}

void tell_difference(GString *out, const Operation *op, const Difference *difference) {
    const InputRow *row = difference->now != NULL ? difference->now : difference->then;
    g_string_append(out, input_files[row->kind]);
    if (difference->now != NULL && row->line > 0)
        g_string_append_printf(out, ":%d", row->line);
    g_string_append(out, ": ");
    if (row->key[0] != '\0')
        g_string_append_printf(out, "%s: ", row->key);
    if (difference->now == NULL)
        g_string_append(out, _("no longer there: "));
    else if (difference->then == NULL)
        g_string_append(out, _("new: "));
    if (difference->now != NULL && difference->then != NULL)
        tell_cells(out, op, difference);
    else
        tell_row(out, op, row);
}

static void tell_differences(GString *out, const Operation *op, const Cause *cause) {
    for (int i = 0; i < cause->n; i++) {
        g_string_append(out, i > 0 ? " + " : "");
        tell_difference(out, op, cause->differences[i]);
    }
}

void tell_cause(GString *out, const Operation *op, const Cause *cause) {
    switch (cause->kind) {
    case CAUSE_FORCED:
        g_string_append(out, _("because of "));
        break;
    case CAUSE_ENABLED:
        g_string_append(out, _("made possible by "));
        break;
    case CAUSE_EXPLAINED:
        g_string_append(out, _("in view of "));
        break;
    case CAUSE_GIVES_WAY:
        g_string_append_printf(out, _("gives way to %s"), op->households[cause->other].id);
        g_string_append(out, cause->n > 0 ? ": " : "");
        break;
    case CAUSE_IMPROVEMENT:
        g_string_append(out, _("free improvement of the whole plan"));
        break;
    case CAUSE_UNKNOWN:
        g_string_append(out, _("cause not known"));
        break;
    }
    tell_differences(out, op, cause);
}
