/*
 * tolerance_limit.c: how late a delivery may come before no plan at all can keep some dates.
 *
 * Where a household's return (or a date that it was told) is to stay, the tasks before it can
 * start only so late. What they need by then, all households together, must be there (C11).
 */
#include "scenarios/tolerance_internal.h"

#include <glib.h>

#include "solver/calendar.h"
#include "solver/promise.h"

/* No limit. */
enum { ANY_TIME = INT32_MAX };

/* A household's tasks: the last days on which they can start and finish; ANY_TIME: any. */
typedef struct Latest {
    const Inquiry *inquiry;
    const Calendar *calendar;
    int household;
    date_t *start, *finish;
} Latest;

/* ---- One household --------------------------------------------------------------------------- */

static bool comes(const Latest *latest, int r, day_t day) {
    const Calendar *calendar = latest->calendar;
    bool any = calendar_works(calendar, r, day);
    for (int s = 0; s < calendar->n_slots && day >= 0 && day < calendar->n_days && !any; s++)
        any = calendar_people(calendar, r, day, s) > 0;
    return any;
}

/* Whether somebody of the role can work for the household on the date. */
static bool somebody_comes(const Latest *latest, int role, date_t date) {
    const Operation *op = latest->inquiry->op;
    int fixed = op->households[latest->household].members[role];
    bool any = false;
    for (int i = 0; i < op->roles[role].n_members && !any; i++) {
        int r = op->roles[role].members[i];
        any = (fixed == NONE || fixed == r) && comes(latest, r, date - op->start);
    }
    return any;
}

static bool can_be_done(const Latest *latest, const Task *task, date_t date) {
    bool can = true;
    for (int i = 0; i < task->n_needs && can; i++)
        can = somebody_comes(latest, task->needs[i].role, date);
    return can;
}

/* The last day on which the task can start when it is to be finished by `finish`. */
static date_t start_for(const Latest *latest, const Task *task, date_t finish) {
    const Operation *op = latest->inquiry->op;
    date_t date = finish;
    if (finish > op->end) /* works may end after the horizon */
        return finish;
    for (int left = MAX(task->days, 1); date >= op->start; date--)
        if (can_be_done(latest, task, date) && --left == 0)
            break;
    return date;
}

/* What task a may not be later than, by those that follow it and those that it follows. */
static date_t finish_for_others(const Latest *latest, const Package *package, int a) {
    date_t finish = latest->finish[a];
    for (int b = 0; b < package->n_tasks; b++)
        for (int i = 0; i < package->tasks[b].n_lags; i++) {
            const Lag *lag = &package->tasks[b].lags[i];
            if (lag->other == a && latest->start[b] != ANY_TIME)
                finish = MIN(finish, latest->start[b] - lag->min_days);
        }
    return finish;
}

static date_t start_after_others(const Latest *latest, const Task *task) {
    date_t start = ANY_TIME;
    for (int i = 0; i < task->n_lags; i++)
        if (task->lags[i].has_max && latest->finish[task->lags[i].other] != ANY_TIME)
            start = MIN(start, latest->finish[task->lags[i].other] + task->lags[i].max_days);
    return start;
}

static bool tighten(const Latest *latest, const Package *package, int a) {
    const Task *task = &package->tasks[a];
    date_t finish = finish_for_others(latest, package, a);
    date_t start = MIN(latest->start[a], start_after_others(latest, task));
    if (finish != ANY_TIME)
        start = MIN(start, start_for(latest, task, finish));
    /* Works of several days may last longer than so many days. */
    if (task->days <= 1 && start != ANY_TIME)
        finish = MIN(finish, start);
    bool tighter = finish < latest->finish[a] || start < latest->start[a];
    latest->finish[a] = finish;
    latest->start[a] = start;
    return tighter;
}

/* The day on which the task starts whatever happens, where it is to stay; otherwise ANY_TIME. */
static date_t kept_start(const Inquiry *inquiry, Kept kept, int h, int a) {
    const Operation *op = inquiry->op;
    const PlanHousehold *planned = &inquiry->base->households[h];
    bool stays = kept == KEPT_RETURNS ? planned->planned && household_package(op, h)->move_back == a
                                      : promise_of(op, inquiry->base, h, a) == PROMISE_KEPT;
    date_t start = planned->tasks[a].start;
    return (has_begun(&op->households[h].facts[a]) || stays) && start != DATE_NONE ? start
                                                                                   : ANY_TIME;
}

static void find_latest(const Latest *latest, Kept kept) {
    int h = latest->household;
    const Package *package = household_package(latest->inquiry->op, h);
    for (int a = 0; a < package->n_tasks; a++) {
        latest->start[a] = kept_start(latest->inquiry, kept, h, a);
        latest->finish[a] = ANY_TIME;
    }
    /* Each limit holds by itself, so that it may end before they are as tight as can be. */
    bool tighter = true;
    for (int round = 0; round < package->n_tasks && tighter; round++) {
        tighter = false;
        for (int i = package->n_tasks - 1; i >= 0; i--)
            tighter |= tighten(latest, package, package->order[i]);
    }
}

/* ---- All of them ----------------------------------------------------------------------------- */

/* So much is needed on the day or before. */
typedef struct LatestNeed {
    date_t date;
    milli_t quantity;
    bool fact; /* of a task done or started */
} LatestNeed;

/* Whether household h draws on the delivery. */
static bool draws_on(const Operation *op, const Delivery *delivery, int h) {
    if (delivery->household != NONE)
        return delivery->household == h;
    return !has_reserved(op, h, delivery->item);
}

static void add_needs(const Latest *latest, int item, GArray *needs) {
    const Operation *op = latest->inquiry->op;
    const Package *package = household_package(op, latest->household);
    for (int a = 0; a < package->n_tasks; a++) {
        const Task *task = &package->tasks[a];
        bool fact = has_begun(&op->households[latest->household].facts[a]);
        for (int i = 0; i < task->n_items; i++) {
            if (task->items[i].item != item || latest->start[a] == ANY_TIME)
                continue;
            LatestNeed need = {latest->start[a] - task->items[i].days_before,
                               task->items[i].quantity, fact};
            g_array_append_val(needs, need);
        }
    }
}

static GArray *needs_of(const Inquiry *inquiry, Kept kept, const Delivery *delivery) {
    const Operation *op = inquiry->op;
    Arena *arena = arena_new();
    const Calendar *calendar = calendar_new(arena, op);
    GArray *needs = g_array_new(FALSE, FALSE, sizeof(LatestNeed));
    for (int h = 0; h < op->n_households; h++) {
        int n = household_package(op, h)->n_tasks;
        Latest latest = {inquiry, calendar, h, ARENA_NEW(arena, date_t, n),
                         ARENA_NEW(arena, date_t, n)};
        if (!draws_on(op, delivery, h))
            continue;
        find_latest(&latest, kept);
        add_needs(&latest, delivery->item, needs);
    }
    arena_free(arena);
    return needs;
}

/* What is there by the date without the delivery. */
static milli_t there_without(const Operation *op, int index, date_t date) {
    const Delivery *delivery = &op->deliveries[index];
    milli_t there = 0;
    for (int i = 0; i < op->n_deliveries; i++) {
        const Delivery *other = &op->deliveries[i];
        if (i != index && other->item == delivery->item &&
            other->household == delivery->household && other->date <= date)
            there += other->quantity;
    }
    return there;
}

/* Whether more is needed by the date than there is. What tasks done or started have taken alone is
 * nobody's fault. */
static bool is_short(const GArray *needs, date_t date, milli_t there) {
    milli_t needed = 0;
    bool to_come = false;
    for (guint i = 0; i < needs->len; i++) {
        const LatestNeed *need = &g_array_index(needs, LatestNeed, i);
        if (need->date > date)
            continue;
        needed += need->quantity;
        to_come |= !need->fact;
    }
    return to_come && needed > there;
}

bool no_plan_keeps(const Inquiry *inquiry, Kept kept, int delivery, int days) {
    const Operation *op = inquiry->op;
    const Delivery *late = &op->deliveries[delivery];
    GArray *needs = needs_of(inquiry, kept, late);
    bool impossible = false;
    for (date_t date = late->date; date < late->date + days && !impossible; date++)
        impossible = is_short(needs, date, there_without(op, delivery, date));
    g_array_free(needs, TRUE);
    return impossible;
}
