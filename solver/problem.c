#include "solver/problem_internal.h"

#include <glib.h>
#include <string.h>

cost_t end_cost(const Problem *problem, int h, day_t last) {
    const ProblemHousehold *household = &problem->households[h];
    cost_t cost = problem->op->weights[PART_FLOW_DAY] * MAX(last, 0);
    if (household->deadline != NO_DAY && last > household->deadline) {
        cost +=
            problem->op->weights[PART_LATE_DAY] * household->weight * (last - household->deadline);
    }
    return cost;
}

cost_t nights_cost(const Problem *problem, int h, int nights) {
    const ProblemHousehold *household = &problem->households[h];
    cost_t cost = problem->op->weights[PART_NIGHT_AWAY] * household->weight * nights;
    if (household->max_nights != NO_LIMIT && nights > household->max_nights) {
        cost += problem->op->weights[PART_NIGHT_OVER_MAX] * household->weight *
                (nights - household->max_nights);
    }
    return cost;
}

bool is_as_told(const FreeTask *task, day_t start, minute_t minute) {
    return start == task->told.day &&
           (task->told.minute == MINUTE_NONE || task->told.minute == minute);
}

cost_t stability_cost(const Problem *problem, int h, int k, day_t start, minute_t minute) {
    const FreeTask *task = &problem->households[h].free[k];
    const cost_t *weights = problem->op->weights;
    if (task->status == STATUS_PROPOSED) {
        return task->previous != NO_DAY && task->previous != start ? weights[PART_MOVED_PROPOSED]
                                                                   : 0;
    }
    if (is_as_told(task, start, minute)) {
        return 0;
    }
    if (task->status == STATUS_CONFIRMED) {
        return weights[PART_BROKEN_PROMISE];
    }
    return weights[PART_MOVED_ANNOUNCED] +
           weights[PART_MOVED_ANNOUNCED_DAY] * ABS(start - task->told.day);
}

/* Sorts the rows of availability.csv by household, in file order within one. */
static void sort_availability(Problem *problem) {
    const Operation *op = problem->op;
    int *first = ARENA_NEW(problem->arena, int, op->n_households + 2);
    problem->availability = ARENA_NEW(problem->arena, const AvailabilityRow *, op->n_availability);
    for (int i = 0; i < op->n_availability; i++) {
        first[op->availability[i].household + 2]++;
    }
    for (int h = 0; h <= op->n_households; h++) {
        first[h + 1] += first[h];
    }
    for (int i = 0; i < op->n_availability; i++) {
        problem->availability[first[op->availability[i].household + 1]++] = &op->availability[i];
    }
    problem->availability_first = first;
}

static void number_weeks(Problem *problem) {
    problem->week = ARENA_NEW(problem->arena, int, problem->n_days);
    int first = date_week(problem->op->start);
    for (day_t d = 0; d < problem->n_days; d++) {
        problem->week[d] = date_week(problem->op->start + d) - first;
    }
    problem->n_weeks = problem->week[problem->n_days - 1] + 1;
}

int problem_slot_at(const Problem *problem, minute_t minute) {
    for (int s = 0; s < problem->n_slots; s++) {
        if (minute >= problem->op->slots[s].from && minute < problem->op->slots[s].to) {
            return s;
        }
    }
    return NONE;
}

int problem_fact_member(const Problem *problem, int h, int a, int role) {
    int told = problem->op->households[h].facts[a].member;
    if (told != NONE && problem->op->resources[told].role == role) {
        return told;
    }
    return problem->households[h].fixed[role];
}

Problem *problem_new(const Operation *op, const Plan *previous) {
    Arena *arena = arena_new();
    Problem *problem = ARENA_NEW(arena, Problem, 1);
    problem->arena = arena;
    problem->op = op;
    problem->previous = previous;
    problem->calendar = calendar_new(arena, op);
    problem->facts = plan_new(arena, op);
    problem->n_days = problem->calendar->n_days;
    problem->n_slots = op->n_slots;
    problem->n_households = op->n_households;
    problem->n_resources = op->n_resources;
    problem->n_roles = op->n_roles;
    problem->as_of = op->as_of - op->start;
    number_weeks(problem);
    sort_availability(problem);
    problem_add_parts(problem);
    problem_add_templates(problem);
    problem_add_homes(problem);
    problem_add_stock(problem);
    problem_use_items(problem, problem->facts);
    problem_add_least_capacity(problem);
    problem->plain_reception = ARENA_NEW(arena, const uint8_t *, problem->n_durations);
    problem->households = ARENA_NEW(arena, ProblemHousehold, op->n_households);
    for (int h = 0; h < op->n_households; h++) {
        problem_add_household(problem, h);
    }
    problem_add_evenings(problem);
    return problem;
}

void problem_free(Problem *problem) {
    if (problem != NULL) {
        arena_free(problem->arena);
    }
}
