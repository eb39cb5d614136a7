/* report_axis.c: months from left to right, the same in all views, and drawings below them. */
#include "io/report_internal.h"
#include "io/tell_day.h"
#include "solver/language.h"

int axis_x(const Report *report, date_t date) {
    return date - report->from;
}

static int axis_days(const Report *report) {
    return report->until - report->from + 1;
}

date_t axis_next_month(date_t date) {
    int year;
    int month;
    int day;
    date_to_ymd(date, &year, &month, &day);
    return date_from_ymd(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1);
}

void axis_grid(Report *report) {
    html_add(report->out,
             "<svg class=defs aria-hidden=true><defs>"
             "<pattern id=hatch width=6 height=6 patternUnits=userSpaceOnUse>"
             "<path class=hatch d=M0,6L6,0 /></pattern><g id=grid><path class=months d=\"");
    for (date_t date = axis_next_month(report->from); date <= report->until;
         date = axis_next_month(date))
        html_add(report->out, "M%d,0v99", axis_x(report, date));
    html_add(report->out, "\"/><path class=today d=M%d,0v99 /></g></defs></svg>\n",
             axis_x(report, report->op->as_of));
}

/* `Dec`, and `Jan 2027` where a year begins. */
static void add_months(Report *report) {
    double days = axis_days(report);
    html_add(report->out, "<svg class=axis aria-hidden=true>");
    for (date_t date = report->from; date <= report->until; date = axis_next_month(date)) {
        int year;
        int month;
        int day;
        date_to_ymd(date, &year, &month, &day);
        html_add(report->out, "<text x=\"%.2f%%\" y=13>%s", 100 * axis_x(report, date) / days,
                 tell_short_month(date));
        if (month == 1)
            html_add(report->out, " %d", year);
        html_add(report->out, "</text>");
    }
    html_add(report->out, "</svg>");
}

void axis_open(Report *report, const char *id, const char *caption, const char *first_column) {
    html_add(report->out,
             "<div class=scroll tabindex=0 role=region aria-label=\"%s\"><table class=\"time %s\">"
             "<caption>%s</caption><thead><tr><th scope=col>%s</th><th scope=col>"
             "<span class=hidden>%s</span>",
             caption, id, caption, first_column, _("Time"));
    add_months(report);
    html_add(report->out, "</th></tr></thead>\n<tbody>\n");
}

void axis_close(Report *report) {
    html_add(report->out, "</tbody></table></div>\n");
}

void axis_draw(Report *report, const char *classes, int height) {
    html_add(
        report->out,
        "<td><svg class=\"%s\" viewBox=\"0 0 %d %d\" preserveAspectRatio=none><use href=#grid />",
        classes, axis_days(report), height);
}

void axis_drawn(Report *report) {
    html_add(report->out, "</svg></td>");
}
