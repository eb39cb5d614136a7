/* report_changes.c: promises that cannot be kept, what is new since last week, what is cancelled.
 */
#include "io/report_internal.h"
#include "io/tell_change.h"
#include "io/tell_day.h"
#include "io/tell_review.h"
#include "solver/language.h"

static void add_broken(Report *report) {
    const Review *review = report->review;
    html_add(report->out, "<h3>%s</h3><ul class=changes>\n",
             _("Confirmed dates that cannot be kept"));
    for (int i = 0; i < review->n_broken; i++) {
        const BrokenPromise *promise = &review->broken[i];
        GString *outcome = g_string_new(NULL), *why = g_string_new(NULL),
                *offers = g_string_new(NULL);
        tell_outcome(outcome, review, promise);
        tell_why(why, review, promise);
        tell_offers(offers, report->op, promise);
        html_add(report->out, "<li class=broken");
        report_mark(report, promise->household);
        html_add(report->out, ">");
        report_link(report, promise->household);
        html_add(report->out, "<p><b>%s</b> %s</p><p>%s</p><p>%s</p></li>\n",
                 household_package(report->op, promise->household)->tasks[promise->task].label,
                 outcome->str, why->str, offers->str);
        g_string_free(outcome, TRUE);
        g_string_free(why, TRUE);
        g_string_free(offers, TRUE);
    }
    html_add(report->out, "</ul>\n");
}

/* Whether the household's next change has another cause, or there is none. */
static bool is_last_of_cause(const Changes *changes, int i) {
    const Change *change = &changes->rows[i];
    return i + 1 == changes->n || change[1].op != change->op ||
           change[1].household != change->household ||
           !same_cause(&change->cause, &change[1].cause);
}

/* The household's changes from row i on; returns the index behind them. */
static int add_household(Report *report, int i) {
    const Changes *changes = &report->review->changes;
    const Change *first = &changes->rows[i];
    html_add(report->out, "<li");
    if (first->op == report->op) {
        report_mark(report, first->household);
        html_add(report->out, ">");
        report_link(report, first->household);
    } else {
        html_add(report->out, ">%s %s", first->op->households[first->household].id,
                 first->op->households[first->household].name);
    }
    html_add(report->out, "<dl>");
    for (; i < changes->n && changes->rows[i].op == first->op &&
           changes->rows[i].household == first->household;
         i++) {
        const Change *change = &changes->rows[i];
        GString *what = g_string_new(NULL);
        tell_change(what, report->op, change);
        html_add(report->out, "<div><dt>%s</dt><dd>%s</dd></div>", tell_subject(change), what->str);
        g_string_free(what, TRUE);
        if (is_last_of_cause(changes, i)) {
            GString *cause = g_string_new(NULL);
            tell_cause(cause, report->op, &change->cause);
            html_add(report->out, "<div class=cause><dt>%s</dt><dd>%s</dd></div>", _("why"),
                     cause->str);
            g_string_free(cause, TRUE);
        }
    }
    html_add(report->out, "</dl></li>\n");
    return i;
}

static void add_changes(Report *report) {
    const Changes *changes = &report->review->changes;
    GString *day = g_string_new(NULL);
    tell_day(day, report->op, report->review->weeks.previous->as_of, true);
    char *heading = report_text(_("Since the plan of %s"), day->str);
    html_add(report->out, "<h3>%s</h3>\n", heading);
    if (changes->n == 0)
        html_add(report->out, "<p class=none>%s</p>", _("nothing"));
    html_add(report->out, "<ul class=changes>\n");
    for (int i = 0; i < changes->n;)
        i = add_household(report, i);
    html_add(report->out, "</ul>\n");
    g_free(heading);
    g_string_free(day, TRUE);
}

/* Dates that the audience was told of and that are no more. */
static void add_cancelled(Report *report) {
    html_add(report->out, "<ul class=changes>\n");
    for (int i = 0; i < report->events->n_past; i++) {
        const Event *event = &report->events->past[i];
        if (!audience_sees(report->events, report->audience, event))
            continue;
        PlanTask dated = {event->start, event->finish, event->start_minute, event->finish_minute,
                          event->status};
        GString *when = g_string_new(NULL);
        tell_when(when, report->op, &dated);
        char *cancelled = report_text(_("Cancelled: %s"), event->label);
        html_add(report->out, "<li><p><b>%s</b> <s>%s</s> <span class=place>%s</span></p></li>\n",
                 cancelled, when->str, event->place);
        g_free(cancelled);
        g_string_free(when, TRUE);
    }
    html_add(report->out, "</ul>\n");
}

static bool any_cancelled(const Report *report) {
    for (int i = 0; i < report->events->n_past; i++)
        if (audience_sees(report->events, report->audience, &report->events->past[i]))
            return true;
    return false;
}

bool report_has_changes(const Report *report) {
    if (report->audience->kind == AUDIENCE_PILOT)
        return report->review->weeks.previous != NULL || report->review->n_broken > 0;
    return any_cancelled(report);
}

void report_changes(Report *report) {
    if (!report_has_changes(report))
        return;
    report_section(report, "changes", _("What has changed"), NULL);
    if (report->audience->kind == AUDIENCE_PILOT) {
        if (report->review->n_broken > 0)
            add_broken(report);
        if (report->review->weeks.previous != NULL)
            add_changes(report);
    } else {
        add_cancelled(report);
    }
    html_add(report->out, "</section>\n");
}
