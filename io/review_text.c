#include "io/review_text.h"

#include <limits.h>

#include "io/page.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "io/tell_change.h"
#include "io/tell_review.h"
#include "solver/language.h"

enum { MARGIN = 2 };

/* Appends `text` as a paragraph that begins in column `indent`; frees it. */
static void append_paragraph(GString *out, int indent, GString *text) {
    g_string_append_printf(out, "%*s", indent, "");
    page_wrap(out, indent, indent + MARGIN, text->str);
    g_string_free(text, TRUE);
}

void review_append_broken(GString *out, const Review *review) {
    const Operation *op = review->weeks.op;
    if (review->n_broken > 0)
        g_string_append(out, _("Confirmed dates that cannot be kept:\n"));
    for (int i = 0; i < review->n_broken; i++) {
        const BrokenPromise *promise = &review->broken[i];
        char *name = summary_name(op, promise->household);
        GString *text = g_string_new(name);
        g_free(name);
        if (op->households[promise->household].phone[0] != '\0') {
            g_string_append(text, ", ");
            g_string_append_printf(text, _("tel. %s"), op->households[promise->household].phone);
        }
        append_paragraph(out, MARGIN, text);
        text = g_string_new(household_package(op, promise->household)->tasks[promise->task].label);
        g_string_append(text, ", ");
        tell_outcome(text, review, promise);
        append_paragraph(out, 2 * MARGIN, text);
        text = g_string_new(NULL);
        tell_why(text, review, promise);
        append_paragraph(out, 2 * MARGIN, text);
        text = g_string_new(NULL);
        tell_offers(text, op, promise);
        append_paragraph(out, 2 * MARGIN, text);
    }
}

/* The household's changes from changes[i] on; a cause stands below the last change that has it.
 * Returns the index behind them. */
static int append_household(GString *out, const Review *review, int i) {
    const Changes *changes = &review->changes;
    const Change *first = &changes->rows[i];
    char *name = summary_name(first->op, first->household);
    append_paragraph(out, MARGIN, g_string_new(name));
    g_free(name);
    for (; i < changes->n && changes->rows[i].op == first->op &&
           changes->rows[i].household == first->household;
         i++) {
        const Change *change = &changes->rows[i];
        bool last = i + 1 == changes->n || change[1].op != first->op ||
                    change[1].household != first->household ||
                    !same_cause(&change->cause, &change[1].cause);
        GString *text = g_string_new(tell_subject(change));
        g_string_append(text, ": ");
        tell_change(text, review->weeks.op, change);
        append_paragraph(out, 2 * MARGIN, text);
        if (!last)
            continue;
        text = g_string_new("-> ");
        tell_cause(text, review->weeks.op, &change->cause);
        append_paragraph(out, 3 * MARGIN, text);
    }
    return i;
}

void review_append_changes(GString *out, const Review *review, int most) {
    const Changes *changes = &review->changes;
    int n = 0, i = 0;
    if (review->weeks.previous == NULL)
        return;
    g_string_append(out, _("Changes since the last plan, soonest first:\n"));
    if (changes->n == 0)
        g_string_append_printf(out, "  %s\n", _("none"));
    while (i < changes->n && n < most) {
        i = append_household(out, review, i);
        n++;
    }
    if (i < changes->n)
        g_string_append_printf(
            out, n_("  and %d more change\n", "  and %d more changes\n", changes->n - i),
            changes->n - i);
}

void review_append_calls(GString *out, const Review *review, CallScope scope) {
    const Operation *op = review->weeks.op;
    GArray *calls = call_list(review, scope);
    char from[DATE_TEXT], to[DATE_TEXT];
    g_string_append_printf(out, _("To call or visit from %s to %s, in this order:\n"),
                           tell_moment(op, op->as_of, MINUTE_NONE, from),
                           tell_moment(op, op->as_of + CALL_DAYS - 1, MINUTE_NONE, to));
    if (calls->len == 0)
        g_string_append_printf(out, "  %s\n", _("nobody"));
    for (guint i = 0; i < calls->len; i++) {
        const Call *call = &g_array_index(calls, Call, i);
        const Household *household = &call->op->households[call->household];
        char *name = summary_name(call->op, call->household);
        GString *text = g_string_new(NULL);
        g_string_append_printf(text, "%u. %s, ", i + 1, name);
        g_free(name);
        if (household->phone[0] != '\0')
            g_string_append_printf(text, _("tel. %s"), household->phone);
        else
            g_string_append(text, _("visit (no phone number)"));
        g_string_append(text, ", ");
        char by[DATE_TEXT];
        g_string_append_printf(text, _("until %s"), tell_moment(op, call->by, MINUTE_NONE, by));
        if (call->evenings_only)
            g_string_append(text, _(" (in the evening only)"));
        append_paragraph(out, MARGIN, text);
        for (guint j = 0; j < call->items->len; j++) {
            text = g_string_new(NULL);
            tell_topic(text, op, call, &g_array_index(call->items, CallItem, j));
            append_paragraph(out, 3 * MARGIN, text);
        }
    }
    call_list_free(calls);
}

char *review_text(const Review *review) {
    const Weeks *weeks = &review->weeks;
    GString *out = g_string_new(NULL);
    char then[DATE_TEXT], now[DATE_TEXT];
    char *title =
        g_strdup_printf(_("%s: the plan of %s after that of %s."), weeks->op->name,
                        tell_moment(weeks->op, weeks->plan->as_of, MINUTE_NONE, now),
                        tell_moment(weeks->op, weeks->previous->as_of, MINUTE_NONE, then));
    page_wrap(out, 0, 0, title);
    g_free(title);
    g_string_append_c(out, '\n');
    review_append_broken(out, review);
    if (review->n_broken > 0)
        g_string_append_c(out, '\n');
    review_append_changes(out, review, INT_MAX);
    g_string_append_c(out, '\n');
    review_append_calls(out, review, CALLS_ALL);
    return g_string_free(out, FALSE);
}
