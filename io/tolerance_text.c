/* tolerance_text.c: how late deliveries may come and how badly crews are missed, for the terminal.
 */
#include "io/page.h"
#include "io/tell.h"
#include "io/tolerance_report.h"
#include "solver/language.h"

/* Appends a cell whose text stands at its right end; takes over `text`. */
static void append_right(GString *out, char *text, int width) {
    g_string_append_printf(out, "%*s%s", MAX(width - page_width(text), 1), "", text);
    g_free(text);
}

static char *number_text(const Operation *op, int64_t number) {
    GString *text = g_string_new(NULL);
    tell_number(text, op, number);
    return g_string_free(text, FALSE);
}

static char *date_cell(const Operation *op, date_t date) {
    char text[DATE_TEXT] = "-";
    if (date != DATE_NONE)
        tell_moment(op, date, MINUTE_NONE, text);
    return g_strdup(text);
}

/* `12`, with a sign in front of what is an estimate; any slip at all: `any`. */
static char *slip_text(int days, const char *sign) {
    return days == ANY_SLIP ? g_strdup(_("any")) : g_strdup_printf("%s%d", sign, days);
}

static const char *trouble(bool failed) {
    return failed ? _("could not be planned") : _("not planned: stopped before");
}

/* ---- Deliveries ------------------------------------------------------------------------------ */

enum { ID = 11, ITEM = 14, DATE = 11, STANDS = 8, PROMISES = 10, RETURNS = 8, COST = 9 };

static void append_delivery_head(GString *out) {
    page_cell(out, _("Delivery"), ID);
    page_cell(out, _("Item"), ITEM);
    append_right(out, g_strdup(_("Promised")), DATE);
    append_right(out, g_strdup(_("Stands")), STANDS);
    append_right(out, g_strdup(_("Promises")), PROMISES);
    append_right(out, g_strdup(_("Return")), RETURNS);
    append_right(out, g_strdup(_("1 week")), COST);
    append_right(out, g_strdup(_("4 weeks")), COST);
    g_string_append_c(out, '\n');
}

static void append_delivery(GString *out, const Operation *op, const DeliveryTolerance *answer) {
    const Delivery *delivery = &op->deliveries[answer->delivery];
    page_cell(out, delivery->id, ID - 1);
    g_string_append_c(out, ' ');
    page_cell(out, op->items[delivery->item], ITEM);
    append_right(out, date_cell(op, delivery->date), DATE);
    if (!answer->done) {
        g_string_append_printf(out, "  %s\n", trouble(answer->failed));
        return;
    }
    append_right(out, slip_text(answer->stands, ""), STANDS);
    append_right(out, slip_text(answer->promises, answer->promises_exact ? "" : "≥"), PROMISES);
    append_right(out,
                 answer->returns == ANY_SLIP
                     ? g_strdup("-")
                     : slip_text(answer->returns, answer->returns_exact ? "" : "≥"),
                 RETURNS);
    append_right(out, number_text(op, answer->weeks[0]), COST);
    append_right(out, number_text(op, answer->weeks[TOLERANCE_WEEKS - 1]), COST);
    g_string_append_c(out, '\n');
}

static void append_deliveries(GString *out, const Tolerance *tolerance) {
    page_wrap(
        out, 0, 0,
        _("Deliveries, the most dangerous first. In days of delay: how long every date stays; "
          "how long announced and confirmed dates stay; when the first return moves. Then "
          "what a delay of 1 week and of 4 weeks costs:"));
    append_delivery_head(out);
    for (int i = 0; i < tolerance->n_deliveries; i++)
        append_delivery(out, tolerance->op, &tolerance->deliveries[i]);
    if (tolerance->n_deliveries == 0)
        g_string_append_printf(out, "  %s\n", _("none"));
}

/* ---- Crews ----------------------------------------------------------------------------------- */

enum { LABEL = 25, WEEKS = 9, WORST = 12, COUNT = 9, LOST = 8 };

static void append_crew_head(GString *out) {
    page_cell(out, _("Crew"), LABEL);
    append_right(out, g_strdup(_("Weeks")), WEEKS);
    append_right(out, g_strdup(_("Worst")), WORST);
    append_right(out, g_strdup(_("Promises")), COUNT);
    append_right(out, g_strdup(_("Returns")), COUNT);
    append_right(out, g_strdup(_("Undated")), LOST);
    append_right(out, g_strdup(_("Cost")), LOST);
    g_string_append_c(out, '\n');
}

static void append_crew(GString *out, const Operation *op, const CrewTolerance *answer) {
    page_cell(out, op->resources[answer->resource].label, LABEL);
    if (!answer->done) {
        g_string_append_printf(out, "  %s\n", trouble(answer->failed));
        return;
    }
    append_right(out, g_strdup_printf("%d/%d", answer->n_standing, answer->n_weeks), WEEKS);
    append_right(out, date_cell(op, answer->worst), WORST);
    append_right(out, number_text(op, answer->n_promises), COUNT);
    append_right(out, number_text(op, answer->n_returns), COUNT);
    append_right(out, number_text(op, answer->n_unplanned), LOST);
    append_right(out, number_text(op, answer->cost), LOST);
    g_string_append_c(out, '\n');
}

static void append_crews(GString *out, const Tolerance *tolerance) {
    page_wrap(out, 0, 0,
              _("One crew less for a week, the most dangerous first: weeks in which every date "
                "stays, of those that it works; the Monday of the worst week; and what moves then: "
                "announced and confirmed dates, returns, households that lose their dates:"));
    append_crew_head(out);
    for (int i = 0; i < tolerance->n_crews; i++)
        append_crew(out, tolerance->op, &tolerance->crews[i]);
}

char *tolerance_text(const Tolerance *tolerance) {
    GString *out = g_string_new(NULL);
    append_deliveries(out, tolerance);
    g_string_append_c(out, '\n');
    append_crews(out, tolerance);
    g_string_append_c(out, '\n');
    page_wrap(out, 0, 0,
              _("Numbers without a sign are exact, except costs and what moves, which are those of "
                "the plans that were found; ≥ means at least."));
    return g_string_free(out, FALSE);
}
