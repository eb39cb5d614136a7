#include "io/offer.h"

#include "io/page.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "io/tell_change.h"
#include "solver/changes.h"
#include "solver/language.h"

enum { MARGIN = 2, INDENT = 5, MOST_TOLD = 4 };

date_t last_finish(const Operation *op, const Plan *plan, int h) {
    date_t last = DATE_NONE;
    for (int a = 0; a < household_package(op, h)->n_tasks; a++)
        if (plan->households[h].tasks[a].start != DATE_NONE)
            last = MAX(last, plan->households[h].tasks[a].finish);
    return last;
}

static void append_paragraph(GString *out, int indent, const char *text) {
    g_string_append_printf(out, "%*s", indent, "");
    page_wrap(out, indent, indent, text);
}

/* Appends what costs more or less, in points of the objective. */
static void append_cost(GString *text, const Operation *op, cost_t cost) {
    GString *points = g_string_new(NULL);
    tell_number(points, op, ABS(cost));
    if (cost > 0)
        g_string_append_printf(text, _("costs %s points"), points->str);
    else if (cost < 0)
        g_string_append_printf(text, _("saves %s points"), points->str);
    else
        g_string_append(text, _("costs nothing"));
    g_string_free(points, TRUE);
}

/* ---- What changes with it ------------------------------------------------------------------- */

/* Appends the changes of household h but for task `except`, or of all the others; the first few,
 * and how many more. Returns how many there are. */
static int append_changes(GString *text, const Operation *op, const Changes *changes, int h,
                          int except, bool others) {
    int n = 0;
    for (int i = 0; i < changes->n; i++) {
        const Change *change = &changes->rows[i];
        if ((change->household == h) == others || (!others && change->task == except) ||
            (others && change->task == NONE))
            continue;
        if (n++ >= MOST_TOLD)
            continue;
        g_string_append(text, n > 1 ? "; " : "");
        if (others) {
            char *name = summary_name(op, change->household);
            g_string_append_printf(text, "%s, ", name);
            g_free(name);
        }
        g_string_append_printf(text, "%s: ", tell_subject(change));
        tell_change(text, op, change);
    }
    if (n > MOST_TOLD)
        g_string_append_printf(text, n_("; and %d more", "; and %d more", n - MOST_TOLD),
                               n - MOST_TOLD);
    return n;
}

static void append_consequences(GString *out, const Operation *op, const Plan *then,
                                const Plan *now, int h, int a) {
    Arena *arena = arena_new();
    Weeks weeks = {.op = op, .previous = then, .plan = now};
    Changes changes = changes_between(&weeks, arena);
    for (int others = 0; others < 2; others++) {
        GString *text = g_string_new(others ? _("others get other dates: ")
                                            : _("the household's other dates: "));
        if (append_changes(text, op, &changes, h, a, others) > 0)
            append_paragraph(out, INDENT, text->str);
        g_string_free(text, TRUE);
    }
    arena_free(arena);
}

/* Appends `, home on Fri 2026-11-20 (3 days later)`. */
static void append_return(GString *text, const Operation *op, const Plan *then, const Plan *now,
                          int h) {
    date_t before = last_finish(op, then, h), after = last_finish(op, now, h);
    if (before == DATE_NONE || after == DATE_NONE || before == after)
        return;
    int days = after - before;
    g_string_append(text, ", ");
    if (days > 0)
        g_string_append_printf(
            text,
            n_("everything is finished %d day later", "everything is finished %d days later", days),
            days);
    else
        g_string_append_printf(text,
                               n_("everything is finished %d day earlier",
                                  "everything is finished %d days earlier", -days),
                               -days);
}

/* ---- Offers --------------------------------------------------------------------------------- */

static void append_offer(GString *out, const Standing *standing, const Wish *wish,
                         const Offer *offer, int number) {
    const Operation *op = standing->op;
    int h = wish->household;
    const PlanTask *now = &standing->plan->households[h].tasks[wish->task];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%d. ", number);
    tell_weekday_moment(text, op, offer->start, offer->minute);
    if (now->start == offer->start && now->start_minute == offer->minute)
        g_string_append_printf(text, ", %s", _("as planned"));
    g_string_append(text, ": ");
    if (offer->n_moved == 0)
        g_string_append(text, _("moves nobody else"));
    else
        g_string_append_printf(
            text, n_("moves %d other household", "moves %d other households", offer->n_moved),
            offer->n_moved);
    g_string_append(text, ", ");
    append_cost(text, op, offer->cost);
    append_return(text, op, standing->plan, offer->plan, h);
    g_string_append_printf(out, "%*s", MARGIN, "");
    page_wrap(out, MARGIN, INDENT, text->str);
    g_string_free(text, TRUE);
    append_consequences(out, op, standing->plan, offer->plan, h, wish->task);
}

static void append_hint(GString *out, const Standing *standing, const Wish *wish,
                        const Offer *offer, const char *folder) {
    char moment[DATE_TEXT];
    char *quoted = g_shell_quote(folder);
    date_time_text(offer->start, offer->minute, moment);
    g_string_append_printf(out, "\n%s\n  pilote record %s %s %s confirmed --start %s\n",
                           _("To note what was agreed, for example the first one:"), quoted,
                           standing->op->households[wish->household].id,
                           household_package(standing->op, wish->household)->tasks[wish->task].id,
                           moment);
    g_free(quoted);
}

char *offers_text(const Standing *standing, const Wish *wish, const Offer *offers, int n,
                  const char *folder) {
    const Operation *op = standing->op;
    GString *out = g_string_new(NULL);
    char *name = summary_name(op, wish->household);
    const char *label = household_package(op, wish->household)->tasks[wish->task].label;
    char *title = n > 0 ? g_strdup_printf(_("%s, %s: dates to offer."), name, label)
                        : g_strdup_printf(_("%s, %s: no date can be offered in what is asked for."),
                                          name, label);
    page_wrap(out, 0, 0, title);
    for (int i = 0; i < n; i++)
        append_offer(out, standing, wish, &offers[i], i + 1);
    if (n > 0)
        append_hint(out, standing, wish, &offers[0], folder);
    g_free(title);
    g_free(name);
    return g_string_free(out, FALSE);
}

/* ---- A freed date --------------------------------------------------------------------------- */

static void append_use(GString *out, const Operation *op, const FreedUse *use, int number) {
    const Plan *then = use->otherwise;
    int h = use->household;
    char *name = summary_name(op, h);
    const PlanTask *before = &then->households[h].tasks[use->task];
    const PlanTask *after = &use->plan->households[h].tasks[use->task];
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%d. %s", number, name);
    if (op->households[h].phone[0] != '\0') {
        g_string_append(text, ", ");
        g_string_append_printf(text, _("tel. %s"), op->households[h].phone);
    }
    g_string_append_printf(text, ", %s: ", household_package(op, h)->tasks[use->task].label);
    if (before->start == DATE_NONE) {
        g_string_append(text, _("is unplanned otherwise"));
    } else {
        int days = before->start - after->start;
        g_string_append_printf(text, n_("%d day earlier", "%d days earlier", days), days);
    }
    append_return(text, op, then, use->plan, h);
    int nights = then->households[h].nights_away - use->plan->households[h].nights_away;
    if (before->start != DATE_NONE && nights > 0) {
        g_string_append(text, ", ");
        g_string_append_printf(text, n_("%d night away less", "%d nights away less", nights),
                               nights);
    }
    g_string_append(text, ", ");
    append_cost(text, op, -use->gain);
    g_string_append_printf(out, "%*s", MARGIN, "");
    page_wrap(out, MARGIN, INDENT, text->str);
    g_string_free(text, TRUE);
    g_free(name);
}

static void append_holder(GString *out, const Operation *op, const Plan *without,
                          const Freed *freed) {
    int h = freed->holder;
    char *name = summary_name(op, h);
    const char *label = household_package(op, h)->tasks[freed->holder_task].label;
    GString *text = g_string_new(NULL);
    if (freed->holder_has_date) {
        const PlanTask *task = &without->households[h].tasks[freed->holder_task];
        GString *moment = g_string_new(NULL);
        tell_weekday_moment(moment, op, task->start, task->start_minute);
        g_string_append_printf(text, _("It is the date of %s, %s; another one for them: %s."), name,
                               label, moment->str);
        g_string_free(moment, TRUE);
    } else {
        g_string_append_printf(text,
                               _("It is the date of %s, %s, for whom another one is still to be "
                                 "found, and whose other "
                                 "dates are kept for them meanwhile."),
                               name, label);
    }
    page_wrap(out, 0, 0, text->str);
    g_string_free(text, TRUE);
    g_free(name);
}

char *freed_text(const Standing *standing, const FreedSlot *slot, const Freed *freed) {
    const Operation *op = standing->op;
    GString *out = g_string_new(NULL), *moment = g_string_new(NULL);
    const Plan *then = freed->without == NULL ? standing->plan : freed->without->plan;
    tell_weekday_moment(moment, op, slot->start, slot->minute);
    const char *member = op->resources[slot->member].label;
    char *title =
        freed->n > 0
            ? g_strdup_printf(_("%s, %s: whom to call, in this order."), member, moment->str)
            : g_strdup_printf(_("%s, %s: nobody could come sooner then without harm."), member,
                              moment->str);
    page_wrap(out, 0, 0, title);
    if (freed->holder != NONE)
        append_holder(out, op, then, freed);
    for (int i = 0; i < freed->n; i++)
        append_use(out, op, &freed->uses[i], i + 1);
    g_free(title);
    g_string_free(moment, TRUE);
    return g_string_free(out, FALSE);
}
