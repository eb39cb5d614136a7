#include "tests/support/one_task.h"

#include "tests/support/builder.h"

Operation *one_task_operation(void) {
    Operation *op = build_operation();
    int package = build_package(op, "small");
    build_works(op, package, "works", 1, NONE);
    build_household(op, package, "H1");
    return op;
}

Plan *one_task_plan(Arena *arena, const Operation *op, day_t day) {
    Plan *plan = plan_new(arena, op);
    put_works(plan, 0, 0, op->start + day, op->start + day);
    plan->total = plan->parts[PART_FLOW_DAY] = day;
    return plan;
}

day_t one_task_day(const Operation *op, const Plan *plan) {
    return plan->households[0].tasks[0].start - op->start;
}
