/* whatif_text.c: scenarios beside the plan, for the terminal. */
#include <limits.h>
#include <string.h>

#include "io/page.h"
#include "io/review_text.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "io/whatif_report.h"
#include "solver/language.h"

/* Marks a text that is translated where it is used. */
#define N_(text) text

enum { TITLE_WIDTH = 32, COLUMN_WIDTH = 12, COLUMNS = (PAGE_WIDTH - TITLE_WIDTH) / COLUMN_WIDTH };

/* What each part of the objective costs, for people. */
static const char *const part_titles[PART_COUNT] = {
    [PART_UNPLANNED_HOUSEHOLD] = N_("  unplanned households"),
    [PART_BROKEN_PROMISE] = N_("  broken promises"),
    [PART_MOVED_ANNOUNCED] = N_("  announced dates moved"),
    [PART_MOVED_ANNOUNCED_DAY] = N_("  days of these"),
    [PART_MOVED_PROPOSED] = N_("  proposed dates moved"),
    [PART_NIGHT_AWAY] = N_("  nights away"),
    [PART_NIGHT_OVER_MAX] = N_("  nights over the maximum"),
    [PART_LATE_DAY] = N_("  days after the deadline"),
    [PART_FLOW_DAY] = N_("  days to the end"),
    [PART_LATE_EVENING] = N_("  late evenings"),
    [PART_NON_PREFERRED] = N_("  hours not preferred"),
};

/* The columns of one table: the base, then outcomes from `first` on. */
typedef struct Table {
    const WhatIf *whatif;
    const Figures *columns[COLUMNS]; /* NULL: there is no plan */
    int n, first;
} Table;

/* Appends a cell whose text stands at its right end. */
static void append_right(GString *out, const char *text, int width) {
    g_string_append_printf(out, "%*s%s", MAX(width - page_width(text), 1), "", text);
}

static void begin_row(GString *out, const char *title) {
    page_cell(out, title, TITLE_WIDTH);
}

static void append_number(GString *out, const Operation *op, int64_t number) {
    GString *text = g_string_new(NULL);
    tell_number(text, op, number);
    append_right(out, text->str, COLUMN_WIDTH);
    g_string_free(text, TRUE);
}

/* One row per figure: how it is told of one plan. */
typedef void (*TellFigure)(GString *out, const Operation *op, const Figures *figures);

static void tell_planned(GString *out, const Operation *op, const Figures *figures) {
    (void)op;
    char *text = g_strdup_printf("%d/%d", figures->n_planned, figures->n_households);
    append_right(out, text, COLUMN_WIDTH);
    g_free(text);
}

static void tell_total(GString *out, const Operation *op, const Figures *figures) {
    append_number(out, op, figures->total);
}

/* How much less than the total the best plan can cost at most, in percent of the total. */
static void tell_gap(GString *out, const Operation *op, const Figures *figures) {
    GString *text = g_string_new(NULL);
    if (figures->bound > 0) {
        double gap = (double)(figures->total - figures->bound) / (double)figures->total;
        tell_tenths(text, op, 100 * gap);
        g_string_append(text, tell_french(op) ? "\xc2\xa0%" : "%");
    } else {
        g_string_append_c(text, '-');
    }
    append_right(out, text->str, COLUMN_WIDTH);
    g_string_free(text, TRUE);
}

static void tell_mean(GString *out, const Operation *op, const Figures *figures) {
    GString *text = g_string_new(NULL);
    tell_tenths(text, op, figures->mean_nights);
    append_right(out, text->str, COLUMN_WIDTH);
    g_string_free(text, TRUE);
}

static void tell_worst(GString *out, const Operation *op, const Figures *figures) {
    append_number(out, op, figures->worst_nights);
}

static void tell_broken(GString *out, const Operation *op, const Figures *figures) {
    append_number(out, op, figures->n_broken);
}

static void tell_moved(GString *out, const Operation *op, const Figures *figures) {
    append_number(out, op, figures->n_moved);
}

static void tell_evenings(GString *out, const Operation *op, const Figures *figures) {
    append_number(out, op, figures->n_evenings);
}

static void tell_last(GString *out, const Operation *op, const Figures *figures) {
    char text[DATE_TEXT] = "-";
    if (figures->last_finish != DATE_NONE)
        tell_moment(op, figures->last_finish, MINUTE_NONE, text);
    append_right(out, text, COLUMN_WIDTH);
}

static void append_row(GString *out, const Table *table, const char *title, TellFigure tell) {
    begin_row(out, title);
    for (int c = 0; c < table->n; c++)
        if (table->columns[c] == NULL)
            append_right(out, "-", COLUMN_WIDTH);
        else
            tell(out, table->whatif->op, table->columns[c]);
    g_string_append_c(out, '\n');
}

static void append_parts(GString *out, const Table *table) {
    for (int part = 0; part < PART_COUNT; part++) {
        bool any = false;
        for (int c = 0; c < table->n; c++)
            any |= table->columns[c] != NULL && table->columns[c]->parts[part] != 0;
        if (!any)
            continue;
        begin_row(out, _(part_titles[part]));
        for (int c = 0; c < table->n; c++)
            if (table->columns[c] == NULL)
                append_right(out, "-", COLUMN_WIDTH);
            else
                append_number(out, table->whatif->op, table->columns[c]->parts[part]);
        g_string_append_c(out, '\n');
    }
}

static void append_head(GString *out, const Table *table) {
    begin_row(out, "");
    append_right(out, _("plan"), COLUMN_WIDTH);
    for (int c = 1; c < table->n; c++) {
        char *number = g_strdup_printf("%d", table->first + c);
        append_right(out, number, COLUMN_WIDTH);
        g_free(number);
    }
    g_string_append_c(out, '\n');
}

static void append_table(GString *out, const Table *table) {
    append_head(out, table);
    append_row(out, table, _("Households planned"), tell_planned);
    append_row(out, table, _("Nights away, on average"), tell_mean);
    append_row(out, table, _("Nights away, at most"), tell_worst);
    append_row(out, table, _("Confirmed dates not kept"), tell_broken);
    append_row(out, table, _("Dates moved"), tell_moved);
    append_row(out, table, _("Late evenings"), tell_evenings);
    append_row(out, table, _("Last day"), tell_last);
    append_row(out, table, _("Cost"), tell_total);
    append_parts(out, table);
    append_row(out, table, _("Could be saved, at most"), tell_gap);
}

/* Why there are no figures; free with g_free(). NULL when there are. */
static char *trouble(const Outcome *outcome) {
    if (!outcome->done)
        return g_strdup(_("not planned: stopped before"));
    return outcome->failure != NULL
               ? g_strdup_printf(_("could not be planned: %s"), outcome->failure)
               : NULL;
}

static void append_names(GString *out, const WhatIf *whatif) {
    for (int i = 0; i < whatif->n; i++) {
        const Outcome *outcome = &whatif->outcomes[i];
        char *failure = trouble(outcome), *head = g_strdup_printf("%3d  ", i + 1);
        char *line = failure != NULL ? g_strdup_printf("%s (%s)", outcome->scenario->name, failure)
                                     : g_strdup(outcome->scenario->name);
        g_string_append(out, head);
        page_wrap(out, 5, 5, line);
        g_free(line);
        g_free(head);
        g_free(failure);
    }
}

static void append_unplanned(GString *out, const Outcome *outcome) {
    const Operation *op = outcome->replanned.op;
    for (int h = 0; h < op->n_households; h++) {
        const PlanHousehold *household = &outcome->replanned.plan->households[h];
        if (household->planned)
            continue;
        char *name = summary_name(op, h), *head = g_strdup_printf(_("%s has no dates"), name);
        summary_unplanned(out, head, household);
        g_free(head);
        g_free(name);
    }
}

static void append_outcome(GString *out, const WhatIf *whatif, int i) {
    const Outcome *outcome = &whatif->outcomes[i];
    char *title = g_strdup_printf("%d  %s", i + 1, outcome->scenario->name);
    g_string_append_c(out, '\n');
    page_wrap(out, 0, 3, title);
    g_free(title);
    if (outcome->figures.n_moved == 0 && outcome->figures.n_planned == whatif->figures.n_planned) {
        g_string_append_printf(out, "  %s\n", _("every date stays as it is"));
        return;
    }
    Weeks weeks = {whatif->op, whatif->base, outcome->replanned.op, outcome->replanned.previous,
                   outcome->replanned.plan};
    Review *review = review_new(&weeks);
    append_unplanned(out, outcome);
    review_append_broken(out, review);
    review_append_changes(out, review, INT_MAX);
    review_append_calls(out, review, CALLS_NEW);
    review_free(review);
}

char *whatif_text(const WhatIf *whatif) {
    GString *out = g_string_new(NULL);
    append_names(out, whatif);
    for (int first = 0; first < whatif->n; first += COLUMNS - 1) {
        Table table = {whatif, {&whatif->figures}, 1, first};
        for (int i = first; i < whatif->n && table.n < COLUMNS; i++)
            table.columns[table.n++] =
                whatif->outcomes[i].replanned.plan != NULL ? &whatif->outcomes[i].figures : NULL;
        g_string_append_c(out, '\n');
        append_table(out, &table);
    }
    for (int i = 0; i < whatif->n; i++)
        if (whatif->outcomes[i].replanned.plan != NULL)
            append_outcome(out, whatif, i);
    return g_string_free(out, FALSE);
}
