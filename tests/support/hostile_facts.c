/* hostile_facts.c: what was done and promised, and last week's plan: one that the search made when
 * less was known, or one made of dates without sense. */
#include "tests/support/hostile_internal.h"

#include "solver/solve.h"

#include <glib.h>
#include <string.h>

/* ---- Facts ------------------------------------------------------------------------------- */

static int some_minute(const Operation *op, Draw *draw) {
    const Slot *slot = &op->slots[between(draw, 0, op->n_slots - 1)];
    int steps = (slot->to - slot->from) / op->grid_minutes;
    return one_in(draw, 8) ? between(draw, 0, 24 * 60 - 1)
                           : MIN(slot->from + between(draw, 0, steps) * op->grid_minutes, 1439);
}

/* Somebody of a role that the task needs, most of the time as households.csv says. */
static int some_member(const Operation *op, Draw *draw, int h, const Task *task) {
    if (task->n_needs == 0 || one_in(draw, 2)) {
        return NONE;
    }
    int role = task->needs[between(draw, 0, task->n_needs - 1)].role;
    int fixed = op->households[h].members[role];
    const Role *of = &op->roles[role];
    return fixed != NONE && !one_in(draw, 4) ? fixed
                                             : of->members[between(draw, 0, of->n_members - 1)];
}

static void add_fact(Operation *op, Draw *draw, int h, int a, Status status, date_t start) {
    const Task *task = &household_package(op, h)->tasks[a];
    bool fact = status == STATUS_DONE || status == STATUS_STARTED;
    bool timed = task->minutes > 0 && !one_in(draw, 4);
    Fact *of = build_fact(op, h, a, status, start, timed ? some_minute(op, draw) : MINUTE_NONE);
    of->member = some_member(op, draw, h, task);
    if (fact && one_in(draw, 2)) {
        date_t latest = status == STATUS_DONE ? op->as_of : op->as_of + 12;
        of->finish = between(draw, start, task->minutes > 0 ? start : MAX(latest, start));
    }
    if (of->finish == start && timed && one_in(draw, 2)) {
        of->finish_minute = MIN(of->start_minute + between(draw, 0, 120), 24 * 60 - 1);
    }
}

/* The home in which the household lives; a stay needs one. */
static void add_home(Operation *op, Draw *draw, int h) {
    const Package *package = household_package(op, h);
    Household *household = &op->households[h];
    if (package->move_out == NONE || household->relocation == RELOCATION_OWN) {
        return;
    }
    household->facts[package->move_out].home =
        one_in(draw, 8) ? between(draw, 0, op->n_homes - 1) : h % op->n_homes;
}

/* The first tasks are done, the next may be under way. Now and then somebody was ahead of time. */
static void begin_tasks(Operation *op, Draw *draw, int h) {
    const Package *package = household_package(op, h);
    int n_done = between(draw, 0, package->n_tasks);
    date_t date = op->as_of - between(draw, 0, 15);
    for (int i = 0; i < package->n_tasks; i++) {
        int a = package->order[i];
        bool ahead = one_in(draw, 15);
        if (i < n_done || ahead) {
            bool started = (i + 1 == n_done || ahead) && one_in(draw, 2);
            add_fact(op, draw, h, a, started ? STATUS_STARTED : STATUS_DONE, MIN(date, op->as_of));
            date += between(draw, 0, 4);
        }
    }
}

static void promise_tasks(Operation *op, Draw *draw, int h) {
    const Package *package = household_package(op, h);
    date_t date = op->as_of + between(draw, -6, 10);
    for (int i = 0; i < package->n_tasks; i++) {
        int a = package->order[i];
        if (!has_begun(&op->households[h].facts[a]) && one_in(draw, 2)) {
            add_fact(op, draw, h, a, one_in(draw, 2) ? STATUS_CONFIRMED : STATUS_ANNOUNCED, date);
            date += between(draw, 0, 6);
        }
    }
}

/* No return before a departure, no stay without a home. */
static void mend_stay(Operation *op, Draw *draw, int h) {
    const Package *package = household_package(op, h);
    Household *household = &op->households[h];
    if (package->move_out == NONE) {
        return;
    }
    Fact *out = &household->facts[package->move_out];
    bool is_back = package->move_back != NONE && has_begun(&household->facts[package->move_back]);
    if (is_back && !has_begun(out)) {
        *out = (Fact){.status = STATUS_DONE,
                      .start = household->facts[package->move_back].start - between(draw, 0, 9),
                      .start_minute = MINUTE_NONE,
                      .finish = DATE_NONE,
                      .finish_minute = MINUTE_NONE,
                      .member = NONE,
                      .home = NONE,
                      .line = h + 2};
    }
    if (has_begun(out) || one_in(draw, 8)) {
        add_home(op, draw, h);
    }
}

void hostile_facts(Operation *op, Draw *draw) {
    int share = between(draw, 1, 4);
    for (int h = 0; h < op->n_households; h++) {
        if (one_in(draw, share)) {
            begin_tasks(op, draw, h);
        }
        if (one_in(draw, share)) {
            promise_tasks(op, draw, h);
        }
        mend_stay(op, draw, h);
    }
}

/* ---- Last week's plan -------------------------------------------------------------------- */

typedef struct Kept {
    const Operation *op;
    Plan *plan;
} Kept;

static void keep_plan(void *context, const Plan *plan) {
    Kept *kept = context;
    const Operation *op = kept->op;
    kept->plan = plan_new(op->arena, op);
    for (int h = 0; h < op->n_households; h++) {
        const PlanHousehold *from = &plan->households[h];
        PlanHousehold *to = &kept->plan->households[h];
        to->planned = from->planned;
        to->home = from->home;
        memcpy(to->members, from->members, sizeof(int) * (size_t)op->n_roles);
        memcpy(to->tasks, from->tasks,
               sizeof(PlanTask) * (size_t)household_package(op, h)->n_tasks);
    }
}

static void ignore_bound(void *context, cost_t bound) {
    (void)context;
    (void)bound;
}

static void ignore_log(void *context, const char *text) {
    (void)context;
    (void)text;
}

/* What the plan had until now has happened, and some of the rest was told to the tenants. */
static void live_through(Operation *op, Draw *draw, int h, const PlanHousehold *planned) {
    const Package *package = household_package(op, h);
    for (int a = 0; a < package->n_tasks; a++) {
        const PlanTask *task = &planned->tasks[a];
        Fact *fact = &op->households[h].facts[a];
        if (has_begun(fact) || task->start == DATE_NONE || one_in(draw, 20)) {
            continue;
        }
        bool past = task->finish < op->as_of;
        if (!past && task->start >= op->as_of && one_in(draw, 2)) {
            continue;
        }
        Status told = one_in(draw, 2) ? STATUS_ANNOUNCED : STATUS_CONFIRMED;
        Status status = past ? STATUS_DONE : task->start < op->as_of ? STATUS_STARTED : told;
        *fact = (Fact){.status = status,
                       .start = task->start,
                       .start_minute = task->start_minute,
                       .finish = status == STATUS_DONE ? task->finish : DATE_NONE,
                       .finish_minute = MINUTE_NONE,
                       .member = NONE,
                       .home = NONE,
                       .line = h + 2};
        if (package->tasks[a].n_needs > 0 && one_in(draw, 2)) {
            fact->member = planned->members[package->tasks[a].needs[0].role];
        }
    }
    if (package->move_out != NONE && has_begun(&op->households[h].facts[package->move_out]) &&
        op->households[h].relocation == RELOCATION_HOME) {
        op->households[h].facts[package->move_out].home = planned->home;
    }
}

static Plan *lived_through(Operation *op, Draw *draw) {
    Kept kept = {.op = op};
    SolveOptions options = {.seed = 1, .threads = 1, .first_only = true};
    SolveEvents events = {
        .context = &kept, .plan = keep_plan, .bound = ignore_bound, .log = ignore_log};
    solve(op, NULL, &options, &events);
    op->as_of += between(draw, 0, 14);
    for (int h = 0; h < op->n_households && kept.plan != NULL; h++) {
        if (kept.plan->households[h].planned) {
            live_through(op, draw, h, &kept.plan->households[h]);
        }
        mend_stay(op, draw, h);
    }
    return kept.plan;
}

static void put_without_sense(const Operation *op, Draw *draw, Plan *plan, int h, int a) {
    PlanTask *task = &plan->households[h].tasks[a];
    const Task *of = &household_package(op, h)->tasks[a];
    date_t start = hostile_date(op, draw, 10);
    if (of->minutes > 0) {
        minute_t minute = one_in(draw, 6) ? MINUTE_NONE : some_minute(op, draw);
        minute_t finish = minute == MINUTE_NONE ? MINUTE_NONE : minute + of->minutes;
        *task = (PlanTask){start, start, minute, finish, task->status};
    } else {
        *task =
            (PlanTask){start, start + between(draw, 0, 5), MINUTE_NONE, MINUTE_NONE, task->status};
    }
}

static Plan *without_sense(const Operation *op, Draw *draw) {
    Plan *plan = plan_new(op->arena, op);
    for (int h = 0; h < op->n_households; h++) {
        PlanHousehold *household = &plan->households[h];
        household->planned = !one_in(draw, 4);
        household->home =
            op->n_homes > 0 && one_in(draw, 2) ? between(draw, 0, op->n_homes - 1) : NONE;
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            if (household->planned || one_in(draw, 8)) {
                put_without_sense(op, draw, plan, h, a);
            }
        }
    }
    return plan;
}

Plan *hostile_previous(Operation *op, Draw *draw) {
    return one_in(draw, 3) ? without_sense(op, draw) : lived_through(op, draw);
}
