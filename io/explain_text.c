#include "io/explain.h"
#include "io/page.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "io/tell_change.h"
#include "solver/language.h"

enum { MARGIN = 2 };

static void append_item(GString *out, GString *text) {
    g_string_append_printf(out, "%*s- ", MARGIN, "");
    page_wrap(out, MARGIN + 2, MARGIN + 2, text->str);
    g_string_free(text, TRUE);
}

static void append_line(GString *out, char *text) {
    page_wrap(out, 0, 0, text);
    g_free(text);
}

/* `Mon 2026-09-14 18:45` of a task of the plan; free with g_free(). */
static char *moment_of(const Operation *op, const Plan *plan, int h, int a) {
    const PlanTask *task = &plan->households[h].tasks[a];
    GString *text = g_string_new(NULL);
    tell_weekday_moment(text, op, task->start, task->start_minute);
    return g_string_free(text, FALSE);
}

/* ---- Why not sooner, or why not at all ------------------------------------------------------ */

/* Appends how much sooner the task would be, or that there would be dates. */
static void append_gain(GString *text, const Explanation *explanation, date_t start) {
    int days = explanation->planned ? explanation->earliest - start : 0;
    if (explanation->planned)
        g_string_append_printf(text, n_("%d day sooner", "%d days sooner", days), days);
    else
        g_string_append(text, _("the household can be planned"));
}

static void append_obstacle(GString *out, const Operation *op, const Explanation *explanation,
                            const Obstacle *obstacle) {
    GString *text = g_string_new(NULL);
    tell_reason(text, op, explanation->household, &obstacle->reason);
    if (obstacle->has_relief) {
        g_string_append(text, " -> ");
        tell_relief(text, op, &obstacle->relief);
        g_string_append(text, ": ");
        append_gain(text, explanation, obstacle->relieved);
    } else if (obstacle->enough) {
        g_string_append(text, " -> ");
        g_string_append(text, _("otherwise: "));
        append_gain(text, explanation, obstacle->start);
    }
    append_item(out, text);
}

static void append_conflict(GString *out, const Operation *op, const Explanation *explanation) {
    const Conflict *conflict = &explanation->conflict;
    bool any = false;
    for (int enough = 1; enough >= 0; enough--)
        for (int i = 0; i < conflict->n; i++)
            if (conflict->obstacles[i].enough == (enough == 1)) {
                append_obstacle(out, op, explanation, &conflict->obstacles[i]);
                any = any || enough == 1;
            }
    if (conflict->n > 0 && !any)
        append_line(out, g_strdup(_("None of these alone would be enough: there are other reasons "
                                    "like them.")));
}

/* ---- Planned -------------------------------------------------------------------------------- */

/* The parts of the objective that make the soonest start dear. */
static void append_price(GString *out, const Standing *standing, const Explanation *explanation) {
    const Operation *op = standing->op;
    const Plan *soonest = explanation->soonest;
    char date[DATE_TEXT];
    tell_moment(op, explanation->earliest, MINUTE_NONE, date);
    if (soonest == NULL) {
        append_line(out, g_strdup_printf(
                             _("It could start on %s, but only if a promise were broken."), date));
        return;
    }
    GString *points = g_string_new(NULL);
    tell_number(points, op, ABS(soonest->total - standing->plan->total));
    int nights = soonest->households[explanation->household].nights_away -
                 standing->plan->households[explanation->household].nights_away;
    if (soonest->total < standing->plan->total)
        append_line(out,
                    g_strdup_printf(_("It could start on %s, and that would even save %s points: "
                                      "a longer search would find it."),
                                    date, points->str));
    else if (nights > 0)
        append_line(
            out, g_strdup_printf(n_("It could start on %s, but that costs %s points more: %d more "
                                    "night away, for one thing.",
                                    "It could start on %s, but that costs %s points more: %d more "
                                    "nights away, for one thing.",
                                    nights),
                                 date, points->str, nights));
    else
        append_line(out, g_strdup_printf(_("It could start on %s, but that costs %s points more."),
                                         date, points->str));
    g_string_free(points, TRUE);
}

/* The chain of tasks that decides, and how far the others can slip. */
static void append_slacks(GString *out, const Standing *standing, const Explanation *explanation) {
    const Operation *op = standing->op;
    int h = explanation->household;
    GString *chain = g_string_new(_("What decides it, none of which can slip: "));
    GString *loose = g_string_new(_("What can slip: "));
    int n_chain = 0, n_loose = 0;
    for (int i = 0; i < explanation->n_slacks; i++) {
        const Slack *slack = &explanation->slacks[i];
        char *moment = moment_of(op, standing->plan, h, slack->task);
        const char *label = household_package(op, h)->tasks[slack->task].label;
        if (slack->days == 0)
            g_string_append_printf(chain, "%s%s (%s)", n_chain++ > 0 ? " -> " : "", label, moment);
        else
            g_string_append_printf(loose,
                                   n_("%s%s (%s) by %d day", "%s%s (%s) by %d days", slack->days),
                                   n_loose++ > 0 ? "; " : "", label, moment, slack->days);
        g_free(moment);
    }
    if (n_chain > 0)
        page_wrap(out, 0, MARGIN, chain->str);
    if (n_loose > 0)
        page_wrap(out, 0, MARGIN, loose->str);
    g_string_free(chain, TRUE);
    g_string_free(loose, TRUE);
}

static void append_planned(GString *out, const Standing *standing, const Explanation *explanation) {
    const Operation *op = standing->op;
    char date[DATE_TEXT];
    if (explanation->promised == STATUS_CONFIRMED)
        append_line(out, g_strdup(_("The date is confirmed. But for that:")));
    else if (explanation->promised == STATUS_ANNOUNCED)
        append_line(out, g_strdup(_("The date was announced. But for that:")));
    if (explanation->earliest < explanation->start)
        append_price(out, standing, explanation);
    tell_moment(op, explanation->earliest, MINUTE_NONE, date);
    if (explanation->conflict.n > 0)
        append_line(
            out, g_strdup_printf(_("It cannot start before %s, while the others keep their dates, "
                                   "because:"),
                                 date));
    else
        append_line(out,
                    g_strdup_printf(_("It cannot start before %s, whatever is changed: the works "
                                      "themselves take so long."),
                                    date));
    append_conflict(out, op, explanation);
    append_slacks(out, standing, explanation);
}

char *explain_text(const Standing *standing, const Explanation *explanation) {
    const Operation *op = standing->op;
    int h = explanation->household;
    GString *out = g_string_new(NULL);
    char *name = summary_name(op, h);
    if (explanation->planned) {
        char *moment = moment_of(op, standing->plan, h, explanation->task);
        append_line(out, g_strdup_printf("%s, %s: %s.", name,
                                         household_package(op, h)->tasks[explanation->task].label,
                                         moment));
        g_free(moment);
        append_planned(out, standing, explanation);
    } else if (explanation->conflict.reached) {
        append_line(out,
                    g_strdup_printf(_("%s is not planned, but there is room: plan again."), name));
    } else {
        append_line(out,
                    g_strdup_printf(explanation->conflict.n > 0
                                        ? _("%s cannot be planned, while the others keep their "
                                            "dates, because:")
                                        : _("%s cannot be planned, whatever is changed."),
                                    name));
        append_conflict(out, op, explanation);
    }
    g_free(name);
    return g_string_free(out, FALSE);
}
