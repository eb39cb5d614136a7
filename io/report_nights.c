/* report_nights.c: how many households are away for how many nights. */
#include <math.h>

#include "io/report_internal.h"
#include "io/tell.h"
#include "solver/language.h"

enum { WEEK = 7 };

ReportNights report_count_nights(const Report *report) {
    ReportNights nights = {0, 0, INT32_MAX, 0};
    int64_t sum = 0;
    for (int h = 0; h < report->op->n_households; h++) {
        int own = report->plan->households[h].nights_away;
        if (own <= 0)
            continue;
        nights.n++;
        sum += own;
        nights.worst = MAX(nights.worst, own);
        nights.least = MIN(nights.least, own);
    }
    nights.mean = nights.n > 0 ? (double)sum / nights.n : 0;
    return nights;
}

/* One bar: households away from `low` nights to a week more. */
static void add_bar(Report *report, int low, int width, int most) {
    int n = 0;
    GString *who = g_string_new(NULL);
    for (int h = 0; h < report->op->n_households; h++) {
        int own = report->plan->households[h].nights_away;
        if (own < MAX(low, 1) || own >= low + width)
            continue;
        g_string_append_printf(who, "%s%s", n > 0 ? ", " : "", report->op->households[h].id);
        n++;
    }
    char *range = report_text(_("%d to %d"), MAX(low, 1), low + width - 1);
    html_add(report->out,
             "<tr><th scope=row>%s</th><td><svg data-t=\"%s\"><rect width=\"%.2f%%\" height=16 y=2 "
             "rx=2 /></svg></td><td class=number>%d</td></tr>\n",
             range, who->str, 100.0 * n / most, n);
    g_free(range);
    g_string_free(who, TRUE);
}

static int count_in(const Report *report, int low, int width) {
    int n = 0;
    for (int h = 0; h < report->op->n_households; h++) {
        int own = report->plan->households[h].nights_away;
        n += own >= MAX(low, 1) && own < low + width;
    }
    return n;
}

void report_nights(Report *report) {
    ReportNights nights = report_count_nights(report);
    if (nights.n == 0)
        return;
    GString *mean = g_string_new(NULL);
    tell_tenths(mean, report->op, nights.mean);
    char *sentence = report_text(n_("%d household is away from home, for %s nights in the mean and "
                                    "%d at most.",
                                    "%d households are away from home, for %s nights in the mean "
                                    "and %d at most.",
                                    nights.n),
                                 nights.n, mean->str, nights.worst);
    report_section(report, "nights", _("Nights away from home"), sentence);
    int width = WEEK;
    while ((nights.worst - nights.least) / width > 16)
        width += WEEK;
    int first = nights.least / width * width, most = 1;
    for (int low = first; low <= nights.worst; low += width)
        most = MAX(most, count_in(report, low, width));
    html_add(report->out,
             "<table class=histogram><thead><tr><th scope=col>%s</th><th scope=col><span "
             "class=hidden>%s</span></th><th scope=col class=number>%s</th></tr></thead><tbody>\n",
             _("Nights"), _("Share"), _("Households"));
    for (int low = first; low <= nights.worst; low += width)
        add_bar(report, low, width, most);
    html_add(report->out, "</tbody></table></section>\n");
    g_free(sentence);
    g_string_free(mean, TRUE);
}
