#include "solver/plan.h"

#include "solver/calendar.h"

#include <glib.h>

const char *const plan_status_names[] = {
    [PLAN_OPTIMAL] = "optimal", [PLAN_FEASIBLE] = "feasible", [PLAN_INTERRUPTED] = "interrupted"};

static bool is_fact(const Fact *fact) {
    return has_begun(fact) && fact->start != DATE_NONE;
}

/* The members that cannot be chosen any more, per role: those of households.csv, then those that
 * facts name, then, for works under way of which nobody said whose they are, the role's first. */
static void settle_members(const Operation *op, int h, int *members) {
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    for (int role = 0; role < op->n_roles; role++) {
        members[role] = household->members[role];
    }
    for (int a = 0; a < package->n_tasks; a++) {
        const Fact *fact = &household->facts[a];
        if (is_fact(fact) && fact->member != NONE) {
            int *member = &members[op->resources[fact->member].role];
            *member = *member == NONE ? fact->member : *member;
        }
    }
    for (int a = 0; a < package->n_tasks; a++) {
        const Task *task = &package->tasks[a];
        for (int i = 0; household->facts[a].status == STATUS_STARTED && i < task->n_needs; i++) {
            const Role *role = &op->roles[task->needs[i].role];
            int *member = &members[task->needs[i].role];
            *member = *member == NONE && role->n_members > 0 ? role->members[0] : *member;
        }
    }
}

/* The home of a household that has moved out, from whichever row names it. */
static int settled_home(const Operation *op, int h) {
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    int home = NONE;
    if (household->relocation == RELOCATION_OWN || package->move_out == NONE ||
        !is_fact(&household->facts[package->move_out])) {
        return NONE;
    }
    for (int a = 0; a < package->n_tasks && home == NONE; a++) {
        home = household->facts[a].home;
    }
    return home;
}

/* The last day of a fact. What is done was done by the day of the plan. */
static date_t fact_finish(const Operation *op, const Calendar *calendar, int h, int a,
                          const int *settled) {
    const Task *task = &household_package(op, h)->tasks[a];
    const Fact *fact = &op->households[h].facts[a];
    if (fact->finish != DATE_NONE || task->minutes > 0) {
        return MAX(fact->finish, fact->start);
    }
    int *members = g_new(int, task->n_needs + 1);
    int n = 0;
    for (int i = 0; i < task->n_needs; i++) {
        int role = task->needs[i].role;
        bool named = fact->member != NONE && op->resources[fact->member].role == role;
        int member = named ? fact->member : settled[role];
        if (member != NONE) {
            members[n++] = member;
        }
    }
    date_t finish =
        op->start + calendar_finish(calendar, op, members, n, fact->start - op->start, task->days);
    g_free(members);
    return fact->status == STATUS_DONE ? MIN(finish, MAX(fact->start, op->as_of)) : finish;
}

static PlanTask task_of_fact(const Operation *op, const Calendar *calendar, int h, int a,
                             const int *settled) {
    const Task *task = &household_package(op, h)->tasks[a];
    const Fact *fact = &op->households[h].facts[a];
    PlanTask dated = {DATE_NONE, DATE_NONE, MINUTE_NONE, MINUTE_NONE, fact->status};
    if (!is_fact(fact)) {
        return dated;
    }
    dated.start = fact->start;
    dated.finish = fact_finish(op, calendar, h, a, settled);
    if (task->minutes > 0 && fact->start_minute != MINUTE_NONE) {
        dated.start_minute = fact->start_minute;
        dated.finish_minute = fact->finish_minute != MINUTE_NONE
                                  ? fact->finish_minute
                                  : fact->start_minute + task->minutes;
    }
    return dated;
}

Plan *plan_new(Arena *arena, const Operation *op) {
    Plan *plan = ARENA_NEW(arena, Plan, 1);
    Arena *scratch = arena_new();
    const Calendar *calendar = calendar_new(scratch, op);
    plan->as_of = op->as_of;
    plan->follows = DATE_NONE;
    plan->status = PLAN_FEASIBLE;
    plan->households = ARENA_NEW(arena, PlanHousehold, op->n_households);
    for (int h = 0; h < op->n_households; h++) {
        int n_tasks = household_package(op, h)->n_tasks;
        PlanHousehold *household = &plan->households[h];
        household->members = ARENA_NEW(arena, int, op->n_roles);
        household->tasks = ARENA_NEW(arena, PlanTask, n_tasks);
        household->home = settled_home(op, h);
        settle_members(op, h, household->members);
        for (int a = 0; a < n_tasks; a++) {
            household->tasks[a] = task_of_fact(op, calendar, h, a, household->members);
        }
    }
    arena_free(scratch);
    return plan;
}

double plan_gap(const Plan *plan) {
    return plan->total == 0 ? 0.0 : (double)(plan->total - plan->bound) / (double)plan->total;
}
