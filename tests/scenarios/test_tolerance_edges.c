/* What tolerance says of a delivery, against whole searches at the edges: on the last day that is
 * said to hold there is a plan, and a day later there is none. */
#include "scenarios/tolerance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "solver/promise.h"
#include "solver/verify.h"
#include "tests/support/first_plan.h"
#include "tests/support/random_estate.h"
#include "tests/support/search.h"

#include <cmocka.h>

/* Under a sanitizer everything takes longer. */
#ifdef __SANITIZE_ADDRESS__
enum { SAMPLES = 40, MILLISECONDS = 200 };
#else
enum { SAMPLES = 60, MILLISECONDS = 60 };
#endif

static const WhatIfOptions options = {.effort = 0.1, .seed = 1, .engine = {.workers = 1}};

/* Whoever must not move costs more than all else together. */
enum { DEAR = 100000000 };

/* How often each edge was looked at. */
typedef struct Tally {
    int stands, promises, exact_promises, returns, exact_returns;
} Tally;

static Alteration slip(int delivery, int days) {
    Alteration alteration = alteration_of(ALTER_DELIVERY_SLIP, delivery);
    alteration.number = days;
    return alteration;
}

/* Whether a search finds a plan of the operation that keeps all that is dear when the delivery
 * slips. `base` is a plan of `op`. */
static bool can_be_kept(const Operation *op, const Plan *base, int delivery, int days) {
    Arena *arena = arena_new();
    static const Part dear[] = {PART_BROKEN_PROMISE, PART_MOVED_ANNOUNCED,
                                PART_UNPLANNED_HOUSEHOLD};
    Alteration alterations[] = {slip(delivery, days), alteration_of(ALTER_WEIGHT, dear[0]),
                                alteration_of(ALTER_WEIGHT, dear[1]),
                                alteration_of(ALTER_WEIGHT, dear[2])};
    for (int i = 1; i <= 3; i++)
        alterations[i].number = DEAR;
    const Operation *altered = operation_altered(op, alterations, 4, arena);
    const Plan *previous = altered_plan(altered, op, base, arena);
    SolveOptions whole = {.seed = 3, .threads = 1};
    Found found = search(altered, previous, &whole, MILLISECONDS);
    assert_int_equal(found.n_wrong, 0);
    arena_free(arena);
    return found.total < DEAR;
}

/* The operation in which every household was told when it moves back, and nothing else. */
static const Operation *with_returns_told(const Operation *op, const Plan *plan, Arena *arena) {
    for (int h = 0; h < op->n_households; h++) {
        const Package *package = household_package(op, h);
        for (int a = 0; a < package->n_tasks; a++) {
            const Fact *fact = &op->households[h].facts[a];
            const PlanTask *task = &plan->households[h].tasks[a];
            if (fact->status == STATUS_DONE || fact->status == STATUS_STARTED)
                continue;
            bool told = package->move_back == a && plan->households[h].planned;
            op = operation_told(op, h, a, told ? STATUS_CONFIRMED : STATUS_PROPOSED,
                                told ? task->start : DATE_NONE, MINUTE_NONE, arena);
        }
    }
    return op;
}

/* The operation in which some more dates of the plan were told. */
static const Operation *with_some_told(const Operation *op, const Plan *plan, uint64_t seed) {
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            const PlanTask *task = &plan->households[h].tasks[a];
            int turn = (int)((uint64_t)(h + a) + seed);
            if (op->households[h].facts[a].status == STATUS_PROPOSED && task->start != DATE_NONE &&
                turn % 3 == 0)
                op = operation_told(op, h, a, turn % 2 == 0 ? STATUS_CONFIRMED : STATUS_ANNOUNCED,
                                    task->start, task->start_minute, op->arena);
        }
    return op;
}

static bool every_date_stays(const Operation *op, const Plan *plan, int delivery, int days) {
    Arena *arena = arena_new();
    Alteration alteration = slip(delivery, days);
    ReplanOptions whole = {.work = replan_work(op), .seed = 7, .brief = true};
    Replanned replanned;
    assert_true(replan(arena, op, plan, &alteration, 1, &whole, &replanned));
    bool stays = figures_of(replanned.op, replanned.previous, replanned.plan).n_moved == 0;
    arena_free(arena);
    return stays;
}

static void check_edges(const Operation *op, const Plan *plan, const DeliveryTolerance *answer,
                        Tally *tally) {
    enum { EVER = 400 };
    int delivery = answer->delivery;
    int promises = answer->promises == ANY_SLIP ? EVER : answer->promises;
    int returns = answer->returns == ANY_SLIP ? EVER : answer->returns;
    Arena *arena = arena_new();
    const Operation *told = with_returns_told(op, plan, arena);
    if (answer->stands != ANY_SLIP) {
        assert_true(every_date_stays(op, plan, delivery, answer->stands));
        assert_false(every_date_stays(op, plan, delivery, answer->stands + 1));
        tally->stands++;
    }
    assert_true(can_be_kept(op, plan, delivery, promises));
    tally->promises++;
    if (answer->promises != ANY_SLIP && answer->promises_exact) {
        assert_false(can_be_kept(op, plan, delivery, promises + 1));
        tally->exact_promises++;
    }
    if (returns > 0)
        assert_true(can_be_kept(told, plan, delivery, returns - 1));
    tally->returns++;
    if (answer->returns != ANY_SLIP && answer->returns_exact) {
        assert_false(can_be_kept(told, plan, delivery, returns));
        tally->exact_returns++;
    }
    arena_free(arena);
}

/* Whether everybody has dates, and those that were told. */
static bool keeps_all_promises(const Operation *op, const Plan *plan) {
    Verdict *verdict = verify_plan(op, NULL, plan, false);
    bool keeps = verdict->n_violations == 0 && verdict->n_planned == op->n_households &&
                 verdict->parts[PART_BROKEN_PROMISE] == 0 &&
                 verdict->parts[PART_MOVED_ANNOUNCED] == 0;
    verdict_free(verdict);
    return keeps;
}

static void a_day_later_there_is_no_such_plan(void **state) {
    (void)state;
    Tally tally = {0};
    for (uint64_t seed = 1; seed <= SAMPLES; seed++) {
        Operation *estate = random_estate(seed);
        Plan *plan = first_plan(estate, NULL, estate->arena);
        const Operation *op = with_some_told(estate, plan, seed);
        if (keeps_all_promises(op, plan)) {
            Tolerance *tolerance = tolerance_new(op, plan, &options);
            assert_true(tolerance->complete);
            for (int i = 0; i < tolerance->n_deliveries; i++)
                if (!tolerance->deliveries[i].failed)
                    check_edges(op, plan, &tolerance->deliveries[i], &tally);
            tolerance_free(tolerance);
        }
        operation_free(estate);
    }
    assert_true(tally.stands > 0 && tally.exact_promises > 0 && tally.exact_returns > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_day_later_there_is_no_such_plan)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
