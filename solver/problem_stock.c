#include "solver/problem_internal.h"

#include <glib.h>

static int greatest_days_before(const Operation *op) {
    int most = 0;
    for (int p = 0; p < op->n_packages; p++) {
        for (int a = 0; a < op->packages[p].n_tasks; a++) {
            const Task *task = &op->packages[p].tasks[a];
            for (int i = 0; i < task->n_items; i++) {
                most = MAX(most, task->items[i].days_before);
            }
        }
    }
    return most;
}

/* Adds the delivery to every day of its pool from its date on. */
static void add_delivery(const Problem *problem, Pool *pool, const Delivery *delivery) {
    int first = delivery->date - problem->op->start + problem->need_offset;
    for (int t = MAX(first, 0); t < problem->need_days; t++) {
        pool->delivered[t] += delivery->quantity;
    }
}

static void add_pools(Problem *problem) {
    const Operation *op = problem->op;
    problem->need_offset = greatest_days_before(op);
    problem->need_days = problem->n_days + problem->need_offset;
    problem->first_reserved = ARENA_NEW(problem->arena, int, op->n_households);
    for (int h = 0; h < op->n_households; h++) {
        problem->first_reserved[h] = NONE;
    }
    problem->pools = ARENA_NEW(problem->arena, Pool, op->n_items + op->n_deliveries);
    for (int i = 0; i < op->n_items; i++) {
        problem->pools[problem->n_pools++] =
            (Pool){i, NONE, NONE, ARENA_NEW(problem->arena, milli_t, problem->need_days)};
    }
    for (int i = 0; i < op->n_deliveries; i++) {
        const Delivery *delivery = &op->deliveries[i];
        int pool = delivery->household == NONE
                       ? delivery->item
                       : problem_pool(problem, delivery->household, delivery->item);
        if (delivery->household != NONE && pool == delivery->item) {
            pool = problem->n_pools++;
            problem->pools[pool] = (Pool){delivery->item, delivery->household,
                                          problem->first_reserved[delivery->household],
                                          ARENA_NEW(problem->arena, milli_t, problem->need_days)};
            problem->first_reserved[delivery->household] = pool;
        }
        add_delivery(problem, &problem->pools[pool], delivery);
    }
}

int problem_pool(const Problem *problem, int h, int item) {
    for (int i = problem->first_reserved[h]; i != NONE; i = problem->pools[i].next) {
        if (problem->pools[i].item == item) {
            return i;
        }
    }
    return item;
}

void problem_use_items(Problem *problem, const Plan *facts) {
    const Operation *op = problem->op;
    for (int h = 0; h < op->n_households; h++) {
        const Package *package = household_package(op, h);
        for (int a = 0; a < package->n_tasks; a++) {
            const Task *task = &package->tasks[a];
            const PlanTask *fact = &facts->households[h].tasks[a];
            for (int i = 0; i < task->n_items && fact->start != DATE_NONE; i++) {
                Pool *pool = &problem->pools[problem_pool(problem, h, task->items[i].item)];
                int day = fact->start - op->start - task->items[i].days_before;
                for (int t = MAX(day + problem->need_offset, 0); t < problem->need_days; t++) {
                    pool->delivered[t] -= task->items[i].quantity;
                }
            }
        }
    }
}

void problem_add_stock(Problem *problem) {
    add_pools(problem);
}
