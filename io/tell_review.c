#include "io/tell_review.h"

#include "io/tell_change.h"
#include "solver/language.h"

bool same_cause(const Cause *a, const Cause *b) {
    bool same = a->kind == b->kind && a->n == b->n && a->other == b->other;
    for (int i = 0; same && i < a->n; i++)
        same = a->differences[i] == b->differences[i];
    return same;
}

void tell_offers(GString *text, const Operation *op, const BrokenPromise *promise) {
    if (promise->n_offers == 0)
        g_string_append(text, _("no other date was found in what the plan leaves"));
    else
        g_string_append(text, _("to offer: "));
    for (int i = 0; i < promise->n_offers; i++) {
        g_string_append(text, i > 0 ? ", " : "");
        tell_weekday_moment(text, op, promise->offers[i].start, promise->offers[i].minute);
    }
}

void tell_outcome(GString *text, const Review *review, const BrokenPromise *promise) {
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

void tell_why(GString *text, const Review *review, const BrokenPromise *promise) {
    const Operation *op = review->weeks.op;
    bool known = promise->cause != NULL && promise->cause->kind != CAUSE_UNKNOWN;
    g_string_append(text, _("why: "));
    if (promise->rule != NULL)
        g_string_append(text, promise->rule);
    else if (!known)
        g_string_append(text, _("the whole plan is better so"));
    if (known) {
        g_string_append(text, promise->rule != NULL ? "; " : "");
        tell_cause(text, op, promise->cause);
    }
}

void tell_topic(GString *text, const Operation *op, const Call *call, const CallItem *item) {
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
