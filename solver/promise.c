#include "solver/promise.h"

bool same_start(date_t date, minute_t minute, date_t other_date, minute_t other_minute) {
    return date == other_date &&
           (minute == MINUTE_NONE || other_minute == MINUTE_NONE || minute == other_minute);
}

Promise promise_of(const Operation *op, const Plan *plan, int h, int a) {
    const Fact *fact = &op->households[h].facts[a];
    const PlanHousehold *household = &plan->households[h];
    const PlanTask *task = &household->tasks[a];
    if (fact->status != STATUS_ANNOUNCED && fact->status != STATUS_CONFIRMED)
        return PROMISE_NONE;
    if (task->start == DATE_NONE)
        return PROMISE_WITHDRAWN;
    if (!same_start(task->start, task->start_minute, fact->start, fact->start_minute))
        return PROMISE_MOVED;
    if (fact->member != NONE &&
        household->members[op->resources[fact->member].role] != fact->member)
        return PROMISE_OTHER_MEMBER;
    return PROMISE_KEPT;
}

const Operation *operation_told(const Operation *op, int h, int a, Status status, date_t start,
                                minute_t minute, Arena *arena) {
    int n_tasks = household_package(op, h)->n_tasks;
    Operation *copy = ARENA_NEW(arena, Operation, 1);
    *copy = *op;
    copy->households = ARENA_COPY(arena, op->households, op->n_households, 0);
    Household *household = &copy->households[h];
    household->facts = ARENA_COPY(arena, household->facts, n_tasks, 0);
    Fact *fact = &household->facts[a];
    fact->status = status;
    fact->start = start;
    fact->start_minute = minute;
    fact->finish = DATE_NONE;
    fact->finish_minute = MINUTE_NONE;
    return copy;
}
