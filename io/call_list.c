#include "io/call_list.h"

#include "solver/promise.h"

const char *const call_topic_names[] = {
    [CALL_BROKEN] = "broken", [CALL_MOVED] = "moved",     [CALL_WITHDRAWN] = "withdrawn",
    [CALL_TELL] = "tell",     [CALL_CONFIRM] = "confirm",
};

/* Whether all windows of the tenant on Monday to Friday lie in late slots. */
static bool reached_in_evenings_only(const Operation *op, int h) {
    bool any = false;
    for (int i = 0; i < op->n_availability; i++) {
        const AvailabilityRow *row = &op->availability[i];
        bool weekday = row->from != DATE_NONE;
        for (int d = 0; d < 5 && row->from == DATE_NONE; d++)
            weekday |= row->weekdays[d];
        if (row->household != h || row->kind == ABSENT || !weekday)
            continue;
        any = true;
        for (int s = 0; s < op->n_slots; s++)
            if (!op->slots[s].late && row->start < op->slots[s].to && row->end > op->slots[s].from)
                return false;
    }
    return any;
}

/* What the tenant of a planned or unplanned household is to hear of the task, if anything. */
static bool find_item(const Review *review, int h, int a, CallItem *item) {
    const Operation *op = review->weeks.op;
    const Task *task = &household_package(op, h)->tasks[a];
    const Fact *fact = &op->households[h].facts[a];
    const PlanTask *now = &review->weeks.plan->households[h].tasks[a];
    Promise promise = promise_of(op, review->weeks.plan, h, a);
    date_t last = op->as_of + CALL_DAYS;
    *item = (CallItem){.task = a, .now = *now, .by = op->as_of};
    item->told =
        (PlanTask){fact->start, fact->finish, fact->start_minute, MINUTE_NONE, fact->status};
    for (int i = 0; i < review->n_broken; i++)
        if (review->broken[i].household == h && review->broken[i].task == a) {
            item->topic = CALL_BROKEN;
            item->broken = &review->broken[i];
            return true;
        }
    if (promise == PROMISE_MOVED || promise == PROMISE_WITHDRAWN) {
        item->topic = promise == PROMISE_MOVED ? CALL_MOVED : CALL_WITHDRAWN;
        return true;
    }
    if (now->start == DATE_NONE || now->start < op->as_of)
        return false;
    if (fact->status == STATUS_ANNOUNCED) {
        item->topic = CALL_CONFIRM;
        item->by = MAX(op->as_of, now->start - 1);
        return task->minutes > 0 && now->start < last;
    }
    item->topic = CALL_TELL;
    item->by = MAX(op->as_of, now->start - task->notice_days);
    return fact->status == STATUS_PROPOSED && item->by < last &&
           (task->minutes > 0 || task->move != MOVE_NONE || task->presence);
}

static gint compare_items(gconstpointer left, gconstpointer right) {
    const CallItem *a = left, *b = right;
    if ((a->topic == CALL_BROKEN) != (b->topic == CALL_BROKEN))
        return a->topic == CALL_BROKEN ? -1 : 1;
    if (a->by != b->by)
        return a->by < b->by ? -1 : 1;
    return a->task - b->task;
}

static gint compare_calls(gconstpointer left, gconstpointer right) {
    const Call *a = left, *b = right;
    if (a->broken != b->broken)
        return a->broken ? -1 : 1;
    if (a->by != b->by)
        return a->by < b->by ? -1 : 1;
    if (a->op != b->op)
        return a->op->n_households - b->op->n_households;
    return a->household - b->household;
}

/* Takes the items over; a call about nothing is none. */
static void add_call(GArray *calls, const Operation *op, int h, GArray *items) {
    if (items->len == 0) {
        g_array_free(items, TRUE);
        return;
    }
    g_array_sort(items, compare_items);
    Call call = {.op = op,
                 .household = h,
                 .evenings_only = reached_in_evenings_only(op, h),
                 .by = g_array_index(items, CallItem, 0).by,
                 .broken = g_array_index(items, CallItem, 0).topic == CALL_BROKEN,
                 .items = items};
    for (guint i = 1; i < items->len; i++)
        call.by = MIN(call.by, g_array_index(items, CallItem, i).by);
    g_array_append_val(calls, call);
}

/* Tenants who were told dates that the operation no longer has. */
static void add_gone(GArray *calls, const Review *review) {
    const Changes *changes = &review->changes;
    for (int i = 0; i < changes->n;) {
        const Operation *op = changes->rows[i].op;
        int h = changes->rows[i].household;
        GArray *items = g_array_new(FALSE, FALSE, sizeof(CallItem));
        for (; i < changes->n && changes->rows[i].op == op && changes->rows[i].household == h;
             i++) {
            const Change *change = &changes->rows[i];
            if (op == review->weeks.op ||
                (change->status != STATUS_ANNOUNCED && change->status != STATUS_CONFIRMED))
                continue;
            CallItem item = {.topic = CALL_WITHDRAWN,
                             .task = change->task,
                             .told = change->then,
                             .now.start = DATE_NONE,
                             .by = review->weeks.op->as_of};
            g_array_append_val(items, item);
        }
        add_call(calls, op, h, items);
    }
}

/* Whether the item is about a date that the plan before does not have. */
static bool is_new(const Review *review, int h, const CallItem *item) {
    const PlanTask *then = &review->weeks.previous->households[h].tasks[item->task];
    return item->topic == CALL_BROKEN ||
           !same_start(then->start, then->start_minute, item->now.start, item->now.start_minute);
}

GArray *call_list(const Review *review, CallScope scope) {
    const Operation *op = review->weeks.op;
    GArray *calls = g_array_new(FALSE, FALSE, sizeof(Call));
    for (int h = 0; h < op->n_households; h++) {
        GArray *items = g_array_new(FALSE, FALSE, sizeof(CallItem));
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            CallItem item;
            if (find_item(review, h, a, &item) && (scope == CALLS_ALL || is_new(review, h, &item)))
                g_array_append_val(items, item);
        }
        add_call(calls, op, h, items);
    }
    add_gone(calls, review);
    g_array_sort(calls, compare_calls);
    return calls;
}

void call_list_free(GArray *calls) {
    for (guint i = 0; i < calls->len; i++)
        g_array_free(g_array_index(calls, Call, i).items, TRUE);
    g_array_free(calls, TRUE);
}
