/* risk_text.c: which dates hold and which supplier harms most, for the terminal. */
#include <math.h>

#include "io/page.h"
#include "io/risk_report.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "solver/language.h"

enum { NAME = 27, DATE = 12, SHARE = 8, LORRIES = 9, HARM = 12 };

/* Appends a cell whose text stands at its right end; takes over `text`. */
static void append_right(GString *out, char *text, int width) {
    g_string_append_printf(out, "%*s%s", MAX(width - page_width(text), 1), "", text);
    g_free(text);
}

static char *percent_text(double share) {
    return g_strdup_printf("%.0f %%", round(100 * share));
}

static char *range_text(const Interval *interval) {
    return g_strdup_printf("%.0f-%.0f %%", floor(100 * interval->low), ceil(100 * interval->high));
}

static char *day_text(const Operation *op, date_t date) {
    char text[DATE_TEXT];
    if (date == NEVER)
        return g_strdup(_("never"));
    return g_strdup(date == DATE_NONE ? "-" : tell_moment(op, date, MINUTE_NONE, text));
}

static char *cost_text(const Operation *op, double cost) {
    GString *text = g_string_new(NULL);
    tell_number(text, op, (int64_t)llround(cost));
    return g_string_free(text, FALSE);
}

static void append_samples(GString *out, const Risk *risk) {
    GString *text = g_string_new(NULL);
    g_string_append_printf(text,
                           n_("%d sample of late and punctual deliveries; ",
                              "%d samples of late and punctual deliveries; ", risk->n_samples),
                           risk->n_samples);
    g_string_append(text, risk->settled ? _("more would hardly change what is advised.")
                                        : _("more would make it more certain."));
    if (risk->n_failed > 0) {
        g_string_append_c(text, ' ');
        g_string_append_printf(
            text,
            n_("%d more could not be planned.", "%d more could not be planned.", risk->n_failed),
            risk->n_failed);
    }
    page_wrap(out, 0, 0, text->str);
    g_string_free(text, TRUE);
}

static void append_suppliers(GString *out, const Risk *risk) {
    const Operation *op = risk->op;
    char *low = cost_text(op, risk->harm.low), *high = cost_text(op, risk->harm.high);
    char *mean = cost_text(op, risk->harm.value);
    char *text = g_strdup_printf(_("What is to be expected of late deliveries costs %s (%s to %s). "
                                   "Whom to call first, by his share of that:"),
                                 mean, low, high);
    page_wrap(out, 0, 0, text);
    page_cell(out, _("Supplier"), NAME);
    append_right(out, g_strdup(_("Lorries")), LORRIES);
    append_right(out, g_strdup(_("On time")), SHARE + 2);
    append_right(out, g_strdup(_("Delay")), SHARE);
    append_right(out, g_strdup(_("Share")), SHARE);
    append_right(out, g_strdup(_("between")), HARM);
    g_string_append_c(out, '\n');
    for (int s = 0; s < risk->n_suppliers; s++) {
        const SupplierRisk *supplier = &risk->suppliers[s];
        GString *days = g_string_new(NULL);
        tell_tenths(days, op, supplier->supplier->mean);
        page_cell(out, supplier->supplier->name[0] != '\0' ? supplier->supplier->name : "-", NAME);
        append_right(out, g_strdup_printf("%d", supplier->n_lorries), LORRIES);
        append_right(out, percent_text(supplier->supplier->on_time), SHARE + 2);
        append_right(out, g_strdup_printf(_("%s d"), days->str), SHARE);
        append_right(out, percent_text(supplier->share.value), SHARE);
        append_right(out, range_text(&supplier->share), HARM);
        g_string_append_c(out, '\n');
        g_string_free(days, TRUE);
    }
    g_free(text);
    g_free(mean);
    g_free(low);
    g_free(high);
}

static void append_finish(GString *out, const Risk *risk) {
    char *plan = day_text(risk->op, risk->finish), *p50 = day_text(risk->op, risk->finish_p50);
    char *p80 = day_text(risk->op, risk->finish_p80), *p95 = day_text(risk->op, risk->finish_p95);
    char *text = g_strdup_printf(_("Last day of all works: %s in the plan; %s in half of the "
                                   "samples, %s in 80 %%, %s in 95 %%."),
                                 plan, p50, p80, p95);
    page_wrap(out, 0, 0, text);
    g_free(text);
    g_free(plan);
    g_free(p50);
    g_free(p80);
    g_free(p95);
}

static void append_household(GString *out, const Operation *op, const HouseholdRisk *risk) {
    char *name = summary_name(op, risk->household);
    page_cell(out, name, NAME - 1);
    append_right(out, day_text(op, risk->plan), DATE);
    append_right(out, percent_text(risk->confidence.value), SHARE - 2);
    append_right(out, day_text(op, risk->p50), DATE - 1);
    append_right(out, day_text(op, risk->p80), DATE);
    append_right(out, day_text(op, risk->p95), DATE);
    g_string_append_c(out, '\n');
    if (!risk->promise) {
        char *date = day_text(op, risk->p90), *range = range_text(&risk->confidence);
        char *text =
            risk->p90 == NEVER
                ? g_strdup_printf(_("do not promise yet (%s); no date holds at 90 %%"), range)
                : g_strdup_printf(_("do not promise yet (%s); %s holds at 90 %%"), range, date);
        g_string_append(out, "  -> ");
        page_wrap(out, 5, 5, text);
        g_free(text);
        g_free(range);
        g_free(date);
    }
    g_free(name);
}

/* Whether every sample has the household back on the day of the plan. */
static bool is_certain(const HouseholdRisk *risk) {
    return risk->confidence.value >= 1 && risk->p95 == risk->plan;
}

static void append_households(GString *out, const Risk *risk) {
    int certain = 0;
    page_wrap(out, 0, 0,
              _("Return of each household: in the plan, how certain that is, and by when it is "
                "back in 50, 80 and 95 of 100 cases:"));
    page_cell(out, _("Household"), NAME - 1);
    append_right(out, g_strdup(_("Plan")), DATE);
    append_right(out, g_strdup(_("Sure")), SHARE - 2);
    append_right(out, g_strdup("P50"), DATE - 1);
    append_right(out, g_strdup("P80"), DATE);
    append_right(out, g_strdup("P95"), DATE);
    g_string_append_c(out, '\n');
    for (int h = 0; h < risk->n_households; h++) {
        if (is_certain(&risk->households[h]))
            certain++;
        else
            append_household(out, risk->op, &risk->households[h]);
    }
    if (certain > 0)
        g_string_append_printf(out,
                               n_("%d household returns as planned in every sample.\n",
                                  "%d households return as planned in every sample.\n", certain),
                               certain);
}

char *risk_text(const Risk *risk) {
    GString *out = g_string_new(NULL);
    append_samples(out, risk);
    g_string_append_c(out, '\n');
    append_suppliers(out, risk);
    g_string_append_c(out, '\n');
    append_finish(out, risk);
    g_string_append_c(out, '\n');
    append_households(out, risk);
    return g_string_free(out, FALSE);
}
