/* summary.c: the figures of a plan and the households that it fails. */
#include "io/summary.h"

#include <math.h>
#include <string.h>

#include "io/page.h"
#include "io/review_text.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "solver/language.h"
#include "solver/promise.h"

enum { MAX_NAMES = 5, MAX_UNPLANNED = 10, MAX_CHANGED = 10 };

/* One line `title  text` of the figures. */
typedef struct Figure {
    char *title, *text;
} Figure;

char *summary_name(const Operation *op, int h) {
    const Household *household = &op->households[h];
    return household->name[0] != '\0' ? g_strdup_printf("%s %s", household->id, household->name)
                                      : g_strdup(household->id);
}

void summary_unplanned(GString *out, const char *head, const PlanHousehold *household) {
    GString *line = g_string_new(head);
    for (int r = 0; r < household->n_reasons; r++)
        g_string_append_printf(line, "%s%s", r == 0 ? ": " : "; ", household->reasons[r]);
    g_string_append(out, "  ");
    page_wrap(out, 2, 4, line->str);
    g_string_free(line, TRUE);
}

Nights summary_nights(const Operation *op, const Verdict *verdict) {
    Nights nights = {.worst_household = NONE};
    int64_t sum = 0;
    for (int h = 0; h < op->n_households; h++) {
        int away = verdict->nights_away[h], max = op->households[h].max_nights_away;
        if (away > nights.worst) {
            nights.worst = away;
            nights.worst_household = h;
        }
        sum += away;
        nights.households += away > 0;
        nights.over_max += max != NO_LIMIT && away > max;
    }
    nights.mean = nights.households > 0 ? (double)sum / nights.households : 0;
    return nights;
}

bool summary_broken(const Operation *op, const Plan *plan, Status status, int h, int a) {
    Promise promise = promise_of(op, plan, h, a);
    if (op->households[h].facts[a].status != status)
        return false;
    return promise == PROMISE_MOVED || promise == PROMISE_WITHDRAWN ||
           (promise == PROMISE_OTHER_MEMBER && status == STATUS_CONFIRMED);
}

/* Takes over `text`. */
static void add_figure(GArray *figures, const char *title, char *text) {
    Figure figure = {.title = g_strdup(title)};
    figure.text = text;
    g_array_append_val(figures, figure);
}

/* `H003 Petit, H017 Lebrun and 3 more`, for the marked households. */
static char *names(const Operation *op, const bool *marked) {
    GString *list = g_string_new(NULL);
    int n = 0;
    for (int h = 0; h < op->n_households; h++) {
        if (!marked[h] || ++n > MAX_NAMES)
            continue;
        char *name = summary_name(op, h);
        g_string_append_printf(list, "%s%s", n > 1 ? ", " : "", name);
        g_free(name);
    }
    if (n > MAX_NAMES)
        g_string_append_printf(list, n_(" and %d more", " and %d more", n - MAX_NAMES),
                               n - MAX_NAMES);
    return g_string_free(list, FALSE);
}

static void add_nights(GArray *figures, const Operation *op, const Verdict *verdict) {
    Nights nights = summary_nights(op, verdict);
    if (nights.households == 0)
        return;
    GString *mean = g_string_new(NULL);
    tell_tenths(mean, op, nights.mean);
    char *name = summary_name(op, nights.worst_household);
    add_figure(
        figures, _("Nights away"),
        g_strdup_printf(n_("%s on average for %d household, %d at most (%s)",
                           "%s on average for %d households, %d at most (%s)", nights.households),
                        mean->str, nights.households, nights.worst, name));
    if (nights.over_max > 0)
        add_figure(
            figures, "",
            g_strdup_printf(n_("%d household is away longer than its maximum",
                               "%d households are away longer than their maximum", nights.over_max),
                            nights.over_max));
    g_free(name);
    g_string_free(mean, TRUE);
}

/* Dates with `status` that are not kept, and whose they are. */
static void add_broken(GArray *figures, const Operation *op, const Plan *plan, Status status,
                       const char *title) {
    bool *marked = g_new0(bool, op->n_households);
    int n = 0;
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++)
            if (summary_broken(op, plan, status, h, a)) {
                marked[h] = true;
                n++;
            }
    char *list = names(op, marked);
    if (n > 0)
        add_figure(figures, title, g_strdup_printf("%d (%s)", n, list));
    else if (status == STATUS_CONFIRMED)
        add_figure(figures, title, g_strdup("0"));
    g_free(list);
    g_free(marked);
}

static void add_late(GArray *figures, const Operation *op, const Plan *plan) {
    bool *marked = g_new0(bool, op->n_households);
    int n = 0;
    for (int h = 0; h < op->n_households; h++) {
        date_t deadline = op->households[h].deadline, last = DATE_NONE;
        for (int a = 0; a < household_package(op, h)->n_tasks; a++)
            last = MAX(last, plan->households[h].tasks[a].finish);
        marked[h] = plan->households[h].planned && deadline != DATE_NONE && last > deadline;
        n += marked[h];
    }
    char *list = names(op, marked);
    if (n > 0)
        add_figure(figures, _("After the deadline"), g_strdup_printf("%d (%s)", n, list));
    g_free(list);
    g_free(marked);
}

static void add_changes(GArray *figures, const Review *review) {
    int moved = 0;
    for (int i = 0; i < review->changes.n; i++)
        moved += review->changes.rows[i].kind == CHANGE_MOVED ||
                 review->changes.rows[i].kind == CHANGE_WITHDRAWN;
    if (review->weeks.previous != NULL)
        add_figure(figures, _("Since the last plan"),
                   moved == 0
                       ? g_strdup(_("no date has changed"))
                       : g_strdup_printf(n_("%d date has changed", "%d dates have changed", moved),
                                         moved));
}

/* The total, and how much better a plan could be at most, rounded up. */
static void add_cost(GArray *figures, const Operation *op, const Plan *plan) {
    GString *total = g_string_new(NULL), *bound = g_string_new(NULL), *gap = g_string_new(NULL);
    tell_number(total, op, plan->total);
    tell_number(bound, op, plan->bound);
    tell_tenths(gap, op, ceil(plan_gap(plan) * 1000 - 1e-6) / 10);
    char *text;
    if (plan->total == plan->bound)
        text = g_strdup_printf(_("%s points; no plan can have fewer"), total->str);
    else if (plan->bound == 0)
        text = g_strdup_printf(_("%s points; how few are possible is not known"), total->str);
    else
        text = g_strdup_printf(_("%s points; no plan can have fewer than %s, so at most %s%% could "
                                 "be saved"),
                               total->str, bound->str, gap->str);
    add_figure(figures, _("Cost"), text);
    g_string_free(total, TRUE);
    g_string_free(bound, TRUE);
    g_string_free(gap, TRUE);
}

/* Titles in one column, as wide as the widest of them. */
static void append_figures(GString *out, GArray *figures) {
    int width = 0;
    for (guint i = 0; i < figures->len; i++)
        width = MAX(width, page_width(g_array_index(figures, Figure, i).title) + 2);
    for (guint i = 0; i < figures->len; i++) {
        Figure *figure = &g_array_index(figures, Figure, i);
        page_cell(out, figure->title, width);
        page_wrap(out, width, width, figure->text);
        g_free(figure->title);
        g_free(figure->text);
    }
}

static void append_unplanned(GString *out, const Operation *op, const Plan *plan) {
    int n = 0;
    for (int h = 0; h < op->n_households; h++) {
        const PlanHousehold *household = &plan->households[h];
        if (household->planned || ++n > MAX_UNPLANNED)
            continue;
        if (n == 1)
            g_string_append(out, _("\nNot planned:\n"));
        char *name = summary_name(op, h);
        summary_unplanned(out, name, household);
        g_free(name);
    }
    if (n > MAX_UNPLANNED)
        g_string_append_printf(
            out,
            n_("  and %d more, in plan.json\n", "  and %d more, in plan.json\n", n - MAX_UNPLANNED),
            n - MAX_UNPLANNED);
}

char *summary_text(const Operation *op, const Plan *plan, const Verdict *verdict,
                   const Review *review) {
    GString *out = g_string_new(NULL);
    char as_of[DATE_TEXT];
    char *first =
        g_strdup_printf(n_("%d of %d household is planned (%s, as of %s).",
                           "%d of %d households are planned (%s, as of %s).", op->n_households),
                        verdict->n_planned, op->n_households, op->name,
                        tell_moment(op, plan->as_of, MINUTE_NONE, as_of));
    page_wrap(out, 0, 0, first);
    g_free(first);
    g_string_append_c(out, '\n');
    review_append_broken(out, review);
    if (review->n_broken > 0)
        g_string_append_c(out, '\n');
    GArray *figures = g_array_new(FALSE, FALSE, sizeof(Figure));
    add_nights(figures, op, verdict);
    add_figure(figures, _("Late evenings"), g_strdup_printf("%d", verdict->n_evenings));
    add_broken(figures, op, plan, STATUS_CONFIRMED, _("Broken promises"));
    add_broken(figures, op, plan, STATUS_ANNOUNCED, _("Announced, changed"));
    add_late(figures, op, plan);
    add_changes(figures, review);
    add_cost(figures, op, plan);
    append_figures(out, figures);
    g_array_free(figures, TRUE);
    append_unplanned(out, op, plan);
    if (review->changes.n > 0) {
        g_string_append_c(out, '\n');
        review_append_changes(out, review, MAX_CHANGED);
    }
    summary_week(out, op, plan);
    return g_string_free(out, FALSE);
}
