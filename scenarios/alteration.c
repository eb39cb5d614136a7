#include "scenarios/alteration_internal.h"

#include <glib.h>
#include <string.h>

Alteration alteration_of(AlterationKind kind, int subject) {
    return (Alteration){
        .kind = kind, .subject = subject, .task = NONE, .from = DATE_NONE, .until = DATE_NONE};
}

bool alteration_takes(const Operation *base, const Alteration *alteration) {
    const int64_t number = alteration->number;
    switch (alteration->kind) {
    case ALTER_DELIVERY_SLIP:
        return number >= 0;
    case ALTER_DELIVERY_DATE:
        return alteration->from >= base->deliveries[alteration->subject].date;
    case ALTER_DELIVERY_QUANTITY:
        return number <= base->deliveries[alteration->subject].quantity;
    case ALTER_CAPACITY_BY:
    case ALTER_EVENINGS_BY:
        return number <= 0;
    case ALTER_CLOSED:
    case ALTER_ABSENT:
    case ALTER_HOME_LOST:
        return true;
    default:
        return false;
    }
}

int alteration_household(const Alteration *alteration) {
    switch (alteration->kind) {
    case ALTER_ABSENT:
    case ALTER_DEADLINE:
    case ALTER_MAX_NIGHTS:
    case ALTER_DURATION_HOUSEHOLD:
        return alteration->subject;
    default:
        return NONE;
    }
}

static void alter_delivery(Operation *op, const Alteration *alteration) {
    OWN(op, deliveries, op->n_deliveries, 0);
    Delivery *delivery = &op->deliveries[alteration->subject];
    if (alteration->kind == ALTER_DELIVERY_SLIP)
        delivery->date += (date_t)alteration->number;
    else if (alteration->kind == ALTER_DELIVERY_DATE)
        delivery->date = alteration->from;
    else
        delivery->quantity = alteration->number;
}

static void set_duration(Task *task, int64_t number) {
    if (task->minutes > 0)
        task->minutes = (int)number;
    else
        task->days = (int)number;
}

static void alter_package(Operation *op, const Alteration *alteration) {
    OWN(op, packages, op->n_packages, 0);
    Package *package = &op->packages[alteration->subject];
    package->tasks = ARENA_COPY(op->arena, package->tasks, package->n_tasks, 0);
    set_duration(&package->tasks[alteration->task], alteration->number);
}

/* The household's package becomes its own. */
static void alter_own_package(Operation *op, const Alteration *alteration) {
    int h = alteration->subject, p = op->n_packages;
    Package own = *household_package(op, h);
    own.tasks = ARENA_COPY(op->arena, own.tasks, own.n_tasks, 0);
    set_duration(&own.tasks[alteration->task], alteration->number);
    OWN(op, packages, op->n_packages, 1);
    op->packages[op->n_packages++] = own;
    OWN(op, households, op->n_households, 0);
    op->households[h].package = p;
}

static void alter(Operation *op, const Alteration *alteration) {
    switch (alteration->kind) {
    case ALTER_DELIVERY_SLIP:
    case ALTER_DELIVERY_DATE:
    case ALTER_DELIVERY_QUANTITY:
        alter_delivery(op, alteration);
        break;
    case ALTER_CAPACITY:
    case ALTER_CAPACITY_BY:
    case ALTER_WEEKDAYS:
    case ALTER_SLOTS:
    case ALTER_CLOSED:
    case ALTER_EVENINGS:
    case ALTER_EVENINGS_BY:
        alter_resource(op, alteration);
        break;
    case ALTER_ABSENT:
    case ALTER_LEAVES:
    case ALTER_JOINS:
    case ALTER_DEADLINE:
    case ALTER_MAX_NIGHTS:
        alter_household(op, alteration);
        break;
    case ALTER_HOME_LOST:
    case ALTER_HOME_WON:
        alter_home(op, alteration);
        break;
    case ALTER_DURATION:
        alter_package(op, alteration);
        break;
    case ALTER_DURATION_HOUSEHOLD:
        alter_own_package(op, alteration);
        break;
    case ALTER_WEIGHT:
        op->weights[alteration->subject] = alteration->number;
        break;
    case ALTER_HORIZON:
        op->start = alteration->from;
        op->end = alteration->until;
        break;
    }
}

Operation *operation_altered(const Operation *base, const Alteration *alterations, int n,
                             Arena *arena) {
    Operation *op = ARENA_NEW(arena, Operation, 1);
    *op = *base;
    op->arena = arena;
    for (int i = 0; i < n; i++)
        alter(op, &alterations[i]);
    return op;
}

/* The dates that the plan gives the tasks of h's package; facts stand already. */
static void carry_tasks(const Operation *altered, const Operation *base, int h,
                        const PlanHousehold *from, PlanHousehold *to) {
    const Package *then = household_package(base, h), *now = household_package(altered, h);
    for (int a = 0, b = 0; b < now->n_tasks; a++, b++) {
        /* The package of who has left lacks tasks, the others stand in the same order. */
        while (!g_str_equal(then->tasks[a].id, now->tasks[b].id))
            a++;
        Status status = altered->households[h].facts[b].status;
        if (status != STATUS_DONE && status != STATUS_STARTED)
            to->tasks[b] = from->tasks[a];
    }
}

Plan *altered_plan(const Operation *altered, const Operation *base, const Plan *plan,
                   Arena *arena) {
    Plan *carried = plan_new(arena, altered);
    carried->follows = plan->follows;
    carried->status = PLAN_FEASIBLE;
    carried->total = plan->total;
    memcpy(carried->parts, plan->parts, sizeof carried->parts);
    for (int h = 0; h < base->n_households; h++) {
        const PlanHousehold *from = &plan->households[h];
        PlanHousehold *to = &carried->households[h];
        to->planned = from->planned;
        to->nights_away = from->nights_away;
        to->n_reasons = from->n_reasons;
        to->reasons = from->reasons;
        carry_tasks(altered, base, h, from, to);
        int out = household_package(altered, h)->move_out;
        if (out != NONE && from->home != NONE)
            to->home = home_part(altered, from->home, to->tasks[out].start);
        for (int role = 0; role < base->n_roles; role++)
            to->members[role] = from->members[role];
    }
    return carried;
}
