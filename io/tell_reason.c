/* tell_reason.c: reasons and what would lift them, in words that a tenant understands. */
#include "io/explain.h"
#include "io/tell.h"
#include "io/tell_change.h"
#include "solver/language.h"

static const char *label_of(const Operation *op, int h, int a) {
    return household_package(op, h)->tasks[a].label;
}

/* The lag between the two tasks of the reason; there is one. */
static const Lag *lag_of(const Operation *op, int h, const Reason *reason) {
    const Task *task = &household_package(op, h)->tasks[reason->task];
    int i = 0;
    while (i < task->n_lags - 1 && task->lags[i].other != reason->other)
        i++;
    return &task->lags[i];
}

static void tell_lag(GString *out, const Operation *op, int h, const Reason *reason) {
    const Lag *lag = lag_of(op, h, reason);
    const char *task = label_of(op, h, reason->task), *other = label_of(op, h, reason->other);
    if (reason->kind == REASON_MAX_LAG)
        g_string_append_printf(out,
                               n_("'%s' must come %d day after '%s' at most",
                                  "'%s' must come %d days after '%s' at most", lag->max_days),
                               task, lag->max_days, other);
    else
        g_string_append_printf(out,
                               n_("'%s' must come %d day after '%s' at least",
                                  "'%s' must come %d days after '%s' at least", lag->min_days),
                               task, lag->min_days, other);
}

static void tell_crew(GString *out, const Operation *op, int role) {
    const Role *of = &op->roles[role];
    const char *label = op->resources[of->members[0]].label;
    if (of->n_members > 1)
        g_string_append_printf(out, _("none of the %d members of '%s' has time for it"),
                               of->n_members, of->id);
    else if (of->measure == MEASURE_CLOCK)
        g_string_append_printf(out, _("the diary of %s has no time for it"), label);
    else
        g_string_append_printf(out, _("%s does not work then, or has other work"), label);
}

static void tell_home(GString *out, const Household *household) {
    g_string_append_printf(
        out,
        household->accessible
            ? n_("no temporary home with %d room and access without steps is free",
                 "no temporary home with %d rooms and access without steps is free",
                 household->rooms)
            : n_("no temporary home with %d room is free",
                 "no temporary home with %d rooms is free", household->rooms),
        household->rooms);
}

void tell_reason(GString *out, const Operation *op, int h, const Reason *reason) {
    const Household *household = &op->households[h];
    char date[DATE_TEXT];
    int days = 0;
    switch (reason->kind) {
    case REASON_MEMBER:
        g_string_append_printf(out, _("only %s may come"),
                               op->resources[household->members[reason->role]].label);
        break;
    case REASON_EVENINGS:
        g_string_append_printf(out, _("there are only so many evenings a week for '%s'"),
                               op->roles[reason->role].id);
        break;
    case REASON_MAX_LAG:
    case REASON_LAG:
        tell_lag(out, op, h, reason);
        break;
    case REASON_NOTICE:
        days = household_package(op, h)->tasks[reason->task].notice_days;
        g_string_append_printf(
            out, n_("'%s' is announced %d day ahead", "'%s' is announced %d days ahead", days),
            label_of(op, h, reason->task), days);
        break;
    case REASON_EARLIEST:
        g_string_append_printf(out, _("nothing starts before %s"),
                               tell_moment(op, household->earliest, MINUTE_NONE, date));
        break;
    case REASON_ABSENCE:
        g_string_append(out, _("the tenant is absent"));
        break;
    case REASON_HOURS:
        g_string_append(out, _("the tenant does not receive at other hours"));
        break;
    case REASON_CREW:
        tell_crew(out, op, reason->role);
        break;
    case REASON_DELIVERY:
        g_string_append_printf(out, _("there is too little of '%s' by then"),
                               op->items[reason->item]);
        break;
    case REASON_HOME:
        tell_home(out, household);
        break;
    case REASON_HORIZON:
        g_string_append_printf(out, _("the horizon ends on %s"),
                               tell_moment(op, op->end, MINUTE_NONE, date));
        break;
    case REASON_PROMISE:
        g_string_append_printf(
            out, _("'%s' is confirmed for %s"), label_of(op, h, reason->task),
            tell_moment(op, household->facts[reason->task].start, MINUTE_NONE, date));
        break;
    case REASON_FACTS:
        g_string_append(out, _("what is done or under way stays as it is"));
        break;
    }
}

/* ---- Relief --------------------------------------------------------------------------------- */

static void tell_amount(GString *out, const Operation *op, milli_t amount) {
    tell_tenths(out, op, (double)amount / MILLI);
}

static void tell_more_crew(GString *out, const Operation *op, const Relief *relief) {
    const Resource *resource = &op->resources[relief->member];
    GString *amount = g_string_new(NULL);
    tell_amount(amount, op, relief->amount);
    if (resource->measure == MEASURE_CLOCK)
        g_string_append_printf(out, _("with %s more person beside %s"), amount->str,
                               resource->label);
    else if (resource->measure == MEASURE_VOLUME)
        g_string_append_printf(out, _("with %s m3 a day more of %s"), amount->str, resource->label);
    else
        g_string_append_printf(out, _("with %s more crew of %s"), amount->str, resource->label);
    g_string_free(amount, TRUE);
}

static void tell_hours(GString *out, const Operation *op, const Relief *relief) {
    GString *from = g_string_new(NULL);
    tell_weekday_moment(from, op, relief->from, relief->minute);
    g_string_append_printf(out, _("if the tenant could receive on %s until %02d:%02d"), from->str,
                           relief->last / 60, relief->last % 60);
    g_string_free(from, TRUE);
}

void tell_relief(GString *out, const Operation *op, const Relief *relief) {
    char from[DATE_TEXT], until[DATE_TEXT];
    GString *amount = g_string_new(NULL);
    if (relief->from != DATE_NONE)
        tell_moment(op, relief->from, MINUTE_NONE, from);
    if (relief->until != DATE_NONE)
        tell_moment(op, relief->until, MINUTE_NONE, until);
    switch (relief->reason.kind) {
    case REASON_MEMBER:
        g_string_append_printf(out, _("if %s came instead"), op->resources[relief->member].label);
        break;
    case REASON_EVENINGS:
        g_string_append_printf(out, _("with one more evening a week of %s"),
                               op->resources[relief->member].label);
        break;
    case REASON_LAG:
    case REASON_MAX_LAG:
        g_string_append_printf(
            out, n_("with %d day between them", "with %d days between them", relief->number),
            relief->number);
        break;
    case REASON_NOTICE:
        g_string_append_printf(
            out, n_("with a notice of %d day", "with a notice of %d days", relief->number),
            relief->number);
        break;
    case REASON_EARLIEST:
        g_string_append_printf(out, _("if it may start on %s"), from);
        break;
    case REASON_HORIZON:
        g_string_append_printf(out, _("if the horizon ended on %s"), until);
        break;
    case REASON_HOURS:
        tell_hours(out, op, relief);
        break;
    case REASON_DELIVERY:
        tell_amount(amount, op, relief->amount);
        g_string_append_printf(out, _("with %s more of '%s' on %s"), amount->str,
                               op->items[relief->reason.item], from);
        break;
    case REASON_HOME:
        g_string_append_printf(out, _("with one more home from %s to %s"), from, until);
        break;
    case REASON_CREW:
        tell_more_crew(out, op, relief);
        break;
    case REASON_ABSENCE:
    case REASON_PROMISE:
    case REASON_FACTS:
        break;
    }
    g_string_free(amount, TRUE);
}
