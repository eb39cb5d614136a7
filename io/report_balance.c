/* report_balance.c: the line of balance: dwellings finished against time, a line for each trade. */
#include <stdlib.h>

#include "io/report_internal.h"
#include "io/tell_day.h"
#include "solver/language.h"

enum { HEIGHT = 100 }; /* units of the drawing from top to bottom */

static gint compare_days(gconstpointer left, gconstpointer right) {
    const date_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The days on which a trade has finished its last task in a dwelling, in order. */
static GArray *finishes_of(const Report *report, int trade) {
    GArray *days = g_array_new(FALSE, FALSE, sizeof(date_t));
    for (int h = 0; h < report->op->n_households; h++) {
        const Package *package = household_package(report->op, h);
        date_t last = DATE_NONE;
        for (int a = 0; a < package->n_tasks; a++)
            if (report->shown[h][a] != NULL && report_trade(report, &package->tasks[a]) == trade)
                last = MAX(last, report->plan->households[h].tasks[a].finish);
        if (last != DATE_NONE)
            g_array_append_val(days, last);
    }
    g_array_sort(days, compare_days);
    return days;
}

/* `Electricity: 52 dwellings, from 5 Oct to 12 Jul`; free with g_free(). */
static char *describe(const Report *report, int trade, const GArray *days) {
    GString *from = g_string_new(NULL), *until = g_string_new(NULL);
    tell_short_day(from, report->op, g_array_index(days, date_t, 0));
    tell_short_day(until, report->op, g_array_index(days, date_t, days->len - 1));
    char *text = report_text(n_("%s: %d dwelling, finished from %s to %s",
                                "%s: %d dwellings, finished from %s to %s", (int)days->len),
                             report->trades[trade].label, (int)days->len, from->str, until->str);
    g_string_free(from, TRUE);
    g_string_free(until, TRUE);
    return text;
}

/* A step at each day on which dwellings were finished. */
static void add_steps(Report *report, const GArray *days, double unit) {
    html_add(report->out, "M%d,%d", axis_x(report, g_array_index(days, date_t, 0)), HEIGHT);
    for (guint i = 0; i < days->len; i++) {
        date_t day = g_array_index(days, date_t, i);
        if (i + 1 < days->len && g_array_index(days, date_t, i + 1) == day)
            continue;
        html_add(report->out, "L%d,%.2f", axis_x(report, day) + 1, HEIGHT - unit * (i + 1));
    }
}

/* The two kinds of moves are lines of their own. */
static const char *line_class(int trade) {
    return trade == TRADE_OUT ? "m0" : trade == TRADE_BACK ? "m1" : report_colour(trade);
}

static void add_line(Report *report, int trade, const GArray *days, double unit) {
    if (days->len == 0)
        return;
    char *text = describe(report, trade, days);
    for (int hit = 0; hit < 2; hit++) {
        html_add(report->out, "<path class=\"line %s\" data-l=%d", hit ? "hit" : line_class(trade),
                 trade);
        if (hit)
            html_add(report->out, " data-t=\"%s\"", text);
        html_add(report->out, " d=\"");
        add_steps(report, days, unit);
        html_add(report->out, "\"/>");
    }
    g_free(text);
}

/* The scale on the left: round numbers of dwellings. */
static void add_scale(Report *report, int most) {
    int step = 1;
    for (int i = 0; most / step > 6; i++)
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    html_add(report->out, "<svg class=scale aria-hidden=true>");
    for (int n = step; n <= most; n += step)
        html_add(report->out, "<text x=\"100%%\" y=\"%.2f%%\">%d</text>", 100 - 100.0 * n / most,
                 n);
    html_add(report->out, "</svg>");
}

static void add_legend(Report *report, const GPtrArray *lines) {
    html_add(report->out, "<ul class=\"legend lines\">");
    for (int t = 0; t < report->n_trades; t++) {
        const GArray *days = g_ptr_array_index(lines, t);
        if (days->len == 0)
            continue;
        char *text = describe(report, t, days);
        html_add(report->out,
                 "<li><button type=button data-l=%d data-t=\"%s\"><svg class=swatch "
                 "viewBox=\"0 0 16 16\" aria-hidden=true><path class=\"line %s\" d=\"M0,8h16\"/>"
                 "</svg>%s</button></li>",
                 t, text, line_class(t), report->trades[t].label);
        g_free(text);
    }
    html_add(report->out, "</ul>\n");
}

void report_balance(Report *report) {
    GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    int most = 0;
    for (int t = 0; t < report->n_trades; t++) {
        GArray *days = finishes_of(report, t);
        g_ptr_array_add(lines, days);
        most = MAX(most, (int)days->len);
    }
    report_section(report, "balance", _("Line of balance"),
                   _("Dwellings that each trade has finished, against time. A line that is steeper "
                     "is a faster trade; two lines that near each other are a trade that catches "
                     "up with the one before it."));
    add_legend(report, lines);
    axis_open(report, "balance", _("Dwellings finished, by trade"), _("Dwellings"));
    if (most > 0) {
        html_add(report->out, "<tr><th scope=row><span class=hidden>%s</span>", _("Dwellings"));
        add_scale(report, most);
        html_add(report->out, "</th>");
        axis_draw(report, "plot", HEIGHT);
        for (int t = 0; t < report->n_trades; t++)
            add_line(report, t, g_ptr_array_index(lines, t), (double)HEIGHT / most);
        axis_drawn(report);
        html_add(report->out, "</tr>\n");
    }
    axis_close(report);
    html_add(report->out, "</section>\n");
    g_ptr_array_free(lines, TRUE);
}
