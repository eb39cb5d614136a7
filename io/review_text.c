#include "io/review_text.h"

#include <limits.h>

#include "io/call_list.h"
#include "io/page.h"
#include "io/summary_internal.h"
#include "io/tell.h"
#include "io/tell_change.h"
#include "solver/language.h"

enum { MARGIN = 2 };

/* Appends `text` as a paragraph that begins in column `indent`; frees it. */
static void append_paragraph(GString *out, int indent, GString *text) {
    g_string_append_printf(out, "%*s", indent, "");
    page_wrap(out, indent, indent + MARGIN, text->str);
    g_string_free(text, TRUE);
}

static void append_offers(GString *out, const Operation *op, const BrokenPromise *promise,
                          int indent) {
    GString *text = g_string_new(NULL);
    if (promise->n_offers == 0)
        g_string_append(text, _("no other date was found in what the plan leaves"));
    else
        g_string_append(text, _("to offer: "));
    for (int i = 0; i < promise->n_offers; i++) {
        g_string_append(text, i > 0 ? ", " : "");
        tell_weekday_moment(text, op, promise->offers[i].start, promise->offers[i].minute);
    }
    append_paragraph(out, indent, text);
}

/* What the plan makes of the promise. */
static void append_outcome(GString *text, const Review *review, const BrokenPromise *promise) {
    const Operation *op = review->weeks.op;
    const Fact *fact = &op->households[promise->household].facts[promise->task];
    const PlanHousehold *planned = &review->weeks.plan->households[promise->household];
    const PlanTask *now = &planned->tasks[promise->task];
    tell_weekday_moment(text, op, fact->start, fact->start_minute);
    g_string_append(text, ": ");
    if (now->start == DATE_NONE) {
        g_string_append(text, _("has no date any more"));
        return;
    }
    GString *moment = g_string_new(NULL);
    tell_weekday_moment(moment, op, now->start, now->start_minute);
    g_string_append_printf(text, _("now %s"), moment->str);
    g_string_free(moment, TRUE);
    int member = fact->member != NONE ? planned->members[op->resources[fact->member].role] : NONE;
    if (member != NONE && member != fact->member) {
        g_string_append(text, ", ");
        g_string_append_printf(text, _("%s instead of %s"), op->resources[member].label,
                               op->resources[fact->member].label);
    }
}

static void append_why(GString *out, const Review *review, const BrokenPromise *promise) {
    const Operation *op = review->weeks.op;
    bool known = promise->cause != NULL && promise->cause->kind != CAUSE_UNKNOWN;
    GString *text = g_string_new(_("why: "));
    if (promise->rule != NULL)
        g_string_append(text, promise->rule);
    else if (!known)
        g_string_append(text, _("the whole plan is better so"));
    if (known) {
        g_string_append(text, promise->rule != NULL ? "; " : "");
        tell_cause(text, op, promise->cause);
    }
    append_paragraph(out, 2 * MARGIN, text);
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
        append_outcome(text, review, promise);
        append_paragraph(out, 2 * MARGIN, text);
        append_why(out, review, promise);
        append_offers(out, op, promise, 2 * MARGIN);
    }
}

static bool same_cause(const Cause *a, const Cause *b) {
    bool same = a->kind == b->kind && a->n == b->n && a->other == b->other;
    for (int i = 0; same && i < a->n; i++)
        same = a->differences[i] == b->differences[i];
    return same;
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

static void append_topic(GString *text, const Operation *op, const Call *call,
                         const CallItem *item) {
    GString *told = g_string_new(NULL), *now = g_string_new(NULL);
    if (item->told.start != DATE_NONE)
        tell_weekday_moment(told, op, item->told.start, item->told.start_minute);
    if (item->now.start != DATE_NONE)
        tell_weekday_moment(now, op, item->now.start, item->now.start_minute);
    g_string_append_printf(
        text, "%s: ", household_package(call->op, call->household)->tasks[item->task].label);
    if (item->topic == CALL_TELL)
        g_string_append_printf(text, _("announce %s"), now->str);
    else if (item->topic == CALL_CONFIRM)
        g_string_append_printf(text, _("have %s confirmed"), now->str);
    else if (now->len == 0)
        g_string_append_printf(text, _("%s does not take place; a new date will follow"),
                               told->str);
    else if (item->topic == CALL_BROKEN)
        g_string_append_printf(text, _("%s cannot be kept; offer %s"), told->str, now->str);
    else
        g_string_append_printf(text, _("%s becomes %s"), told->str, now->str);
    for (int i = 0; item->broken != NULL && i < item->broken->n_offers; i++) {
        const Offer *offer = &item->broken->offers[i];
        if (offer->start == item->now.start && offer->minute == item->now.start_minute)
            continue;
        g_string_append_printf(text, " %s ", _("or"));
        tell_weekday_moment(text, op, offer->start, offer->minute);
    }
    g_string_free(told, TRUE);
    g_string_free(now, TRUE);
}

static void append_calls(GString *out, const Review *review, const GArray *calls) {
    const Operation *op = review->weeks.op;
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
            append_topic(text, op, call, &g_array_index(call->items, CallItem, j));
            append_paragraph(out, 3 * MARGIN, text);
        }
    }
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
    GArray *calls = call_list(review);
    append_calls(out, review, calls);
    call_list_free(calls);
    return g_string_free(out, FALSE);
}
