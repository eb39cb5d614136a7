/* alteration_household.c: a household is absent, leaves, joins, or has other limits. */
#include "scenarios/alteration_internal.h"

#include <glib.h>

static void add_absence(Operation *op, const Alteration *alteration) {
    OWN(op, availability, op->n_availability, 1);
    op->availability[op->n_availability++] = (AvailabilityRow){
        .household = alteration->subject,
        .from = alteration->from,
        .until = alteration->until,
        .start = 0,
        .end = 24 * 60,
        .kind = ABSENT,
    };
}

/* A household that leaves has what was done or started as its package: that used crews and
 * deliveries. Nothing is to come, and no home is held. */
static void leave(Operation *op, int h) {
    const Package *package = household_package(op, h);
    const Fact *facts = op->households[h].facts;
    Package left = {
        .id = package->id, .label = package->label, .move_out = NONE, .move_back = NONE};
    left.tasks = ARENA_NEW(op->arena, Task, package->n_tasks);
    left.order = ARENA_NEW(op->arena, int, package->n_tasks);
    Fact *kept = ARENA_NEW(op->arena, Fact, package->n_tasks);
    for (int a = 0; a < package->n_tasks; a++) {
        if (facts[a].status != STATUS_DONE && facts[a].status != STATUS_STARTED)
            continue;
        Task task = package->tasks[a];
        task.move = MOVE_NONE;
        task.n_lags = 0;
        kept[left.n_tasks] = facts[a];
        left.order[left.n_tasks] = left.n_tasks;
        left.tasks[left.n_tasks++] = task;
    }
    OWN(op, packages, op->n_packages, 1);
    OWN(op, households, op->n_households, 0);
    op->households[h].package = op->n_packages;
    op->households[h].facts = kept;
    op->households[h].deadline = DATE_NONE;
    op->packages[op->n_packages++] = left;
}

static void copy_hours(Operation *op, int from, int to) {
    int n = op->n_availability;
    OWN(op, availability, n, n);
    for (int i = 0; i < n; i++)
        if (op->availability[i].household == from) {
            op->availability[op->n_availability] = op->availability[i];
            op->availability[op->n_availability++].household = to;
        }
}

static void join(Operation *op, const Alteration *alteration) {
    int h = op->n_households;
    OWN(op, households, h, 1);
    Household *household = &op->households[op->n_households++];
    *household = *alteration->joining;
    household->facts = no_facts(op->arena, household_package(op, h)->n_tasks);
    if (alteration->subject != NONE)
        copy_hours(op, alteration->subject, h);
}

void alter_household(Operation *op, const Alteration *alteration) {
    switch (alteration->kind) {
    case ALTER_ABSENT:
        add_absence(op, alteration);
        break;
    case ALTER_LEAVES:
        leave(op, alteration->subject);
        break;
    case ALTER_JOINS:
        join(op, alteration);
        break;
    case ALTER_DEADLINE:
        OWN(op, households, op->n_households, 0);
        op->households[alteration->subject].deadline = alteration->from;
        break;
    case ALTER_MAX_NIGHTS:
        OWN(op, households, op->n_households, 0);
        op->households[alteration->subject].max_nights_away = (int)alteration->number;
        break;
    default:
        break;
    }
}
