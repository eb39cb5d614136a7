#include "tests/support/one_task.h"

static Package *make_package(Arena *arena) {
    Task *task = ARENA_NEW(arena, Task, 1);
    *task = (Task){.id = "works", .label = "works", .days = 1, .notice_days = 1};
    Package *package = ARENA_NEW(arena, Package, 1);
    *package = (Package){.id = "small",
                         .label = "small",
                         .n_tasks = 1,
                         .tasks = task,
                         .order = ARENA_NEW(arena, int, 1),
                         .move_out = NONE,
                         .move_back = NONE};
    return package;
}

static Household *make_household(Arena *arena) {
    Fact *fact = ARENA_NEW(arena, Fact, 1);
    *fact = (Fact){.status = STATUS_PROPOSED,
                   .start = DATE_NONE,
                   .start_minute = MINUTE_NONE,
                   .finish = DATE_NONE,
                   .finish_minute = MINUTE_NONE,
                   .member = NONE,
                   .home = NONE};
    Household *household = ARENA_NEW(arena, Household, 1);
    *household = (Household){.id = "H1",
                             .name = "",
                             .dwelling = "",
                             .building = "",
                             .phone = "",
                             .notes = "",
                             .rooms = 1,
                             .weight = 1,
                             .earliest = DATE_NONE,
                             .deadline = DATE_NONE,
                             .max_nights_away = NO_LIMIT,
                             .members = ARENA_NEW(arena, int, 1),
                             .facts = fact,
                             .line = 2};
    return household;
}

Operation *one_task_operation(void) {
    Arena *arena = arena_new();
    Operation *op = ARENA_NEW(arena, Operation, 1);
    op->arena = arena;
    op->folder = "";
    op->name = "One task";
    op->timezone = "Europe/Paris";
    op->language = "en";
    op->as_of = date_from_ymd(2026, 9, 4);
    op->start = date_from_ymd(2026, 9, 7);
    op->end = date_from_ymd(2026, 12, 31);
    op->grid_minutes = 15;
    for (int part = 0; part < PART_COUNT; part++)
        op->weights[part] = part_infos[part].default_weight;
    op->n_packages = 1;
    op->packages = make_package(arena);
    op->n_households = 1;
    op->households = make_household(arena);
    return op;
}

Plan *one_task_plan(Arena *arena, const Operation *op, day_t day) {
    Plan *plan = ARENA_NEW(arena, Plan, 1);
    plan->as_of = op->as_of;
    plan->total = plan->parts[PART_FLOW_DAY] = day;
    plan->households = ARENA_NEW(arena, PlanHousehold, 1);
    plan->households[0] = (PlanHousehold){.planned = true,
                                          .home = NONE,
                                          .members = ARENA_NEW(arena, int, 1),
                                          .tasks = ARENA_NEW(arena, PlanTask, 1)};
    plan->households[0].tasks[0] = (PlanTask){.start = op->start + day,
                                              .finish = op->start + day,
                                              .start_minute = MINUTE_NONE,
                                              .finish_minute = MINUTE_NONE,
                                              .status = STATUS_PROPOSED};
    return plan;
}

day_t one_task_day(const Operation *op, const Plan *plan) {
    return plan->households[0].tasks[0].start - op->start;
}
