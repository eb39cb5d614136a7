#include "solver/review.h"

#include <glib.h>
#include <string.h>

#include "solver/causes.h"
#include "solver/promise.h"

/* More than these are told without other dates to offer. */
enum { MAX_OFFERED = 30 };

static bool is_broken(const Weeks *weeks, int h, int a) {
    Promise promise = promise_of(weeks->op, weeks->plan, h, a);
    return weeks->op->households[h].facts[a].status == STATUS_CONFIRMED && promise != PROMISE_KEPT;
}

static const Cause *cause_of(const Changes *changes, const Operation *op, int h, int a) {
    const Cause *cause = NULL;
    for (int i = 0; i < changes->n; i++) {
        const Change *change = &changes->rows[i];
        if (change->op != op || change->household != h)
            continue;
        if (change->task == a)
            return &change->cause;
        if (change->kind == CHANGE_MEMBER)
            cause = &change->cause;
    }
    return cause;
}

static gint compare_promises(gconstpointer left, gconstpointer right, gpointer data) {
    const BrokenPromise *a = left, *b = right;
    const Operation *op = data;
    const Fact *s = &op->households[a->household].facts[a->task];
    const Fact *t = &op->households[b->household].facts[b->task];
    if (s->start != t->start)
        return s->start < t->start ? -1 : 1;
    if (a->household != b->household)
        return a->household - b->household;
    return a->task - b->task;
}

static void find_broken(Review *review) {
    const Weeks *weeks = &review->weeks;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(BrokenPromise));
    for (int h = 0; h < weeks->op->n_households; h++)
        for (int a = 0; a < household_package(weeks->op, h)->n_tasks; a++)
            if (is_broken(weeks, h, a)) {
                BrokenPromise promise = {.household = h, .task = a};
                g_array_append_val(found, promise);
            }
    g_array_sort_with_data(found, compare_promises, (gpointer)(guintptr)weeks->op);
    review->n_broken = (int)found->len;
    review->broken = ARENA_NEW(review->arena, BrokenPromise, review->n_broken);
    if (found->len > 0)
        memcpy(review->broken, found->data, sizeof(BrokenPromise) * found->len);
    g_array_free(found, TRUE);
}

static void explain_broken(Review *review) {
    const Weeks *weeks = &review->weeks;
    Problem *problem = review->n_broken > 0 ? problem_new(weeks->op, weeks->previous) : NULL;
    for (int i = 0; i < MIN(review->n_broken, MAX_OFFERED); i++) {
        BrokenPromise *promise = &review->broken[i];
        const PlanHousehold *household = &weeks->plan->households[promise->household];
        promise->rule = causes_rule(weeks, promise->household, promise->task, review->arena);
        if (promise->rule == NULL && !household->planned && household->n_reasons > 0)
            promise->rule = household->reasons[0];
        promise->cause = cause_of(&review->changes, weeks->op, promise->household, promise->task);
        promise->n_offers =
            offers_find(problem, weeks->plan, promise->household, promise->task, promise->offers);
    }
    problem_free(problem);
}

Review *review_new(const Weeks *weeks) {
    Arena *arena = arena_new();
    Review *review = ARENA_NEW(arena, Review, 1);
    review->arena = arena;
    review->weeks = *weeks;
    if (weeks->then_op != NULL && weeks->previous != NULL)
        review->differences = differences_new(weeks->then_op, weeks->op);
    if (weeks->previous != NULL) {
        review->changes = changes_between(weeks, arena);
        causes_find(weeks, review->differences, &review->changes);
    }
    find_broken(review);
    explain_broken(review);
    return review;
}

void review_free(Review *review) {
    if (review == NULL)
        return;
    differences_free(review->differences);
    arena_free(review->arena);
}
