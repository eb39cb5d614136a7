/* Reasons are checked by experiment: what is said to be in the way is, and what is said to help
 * does. */
#include "solver/search/explain.h"
#include "solver/verify.h"
#include "tests/support/draw.h"
#include "tests/support/first_plan.h"
#include "tests/support/random_estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

enum { OPERATIONS = 30 };

/* ---- Too much at once ------------------------------------------------------------------------ */

/* Makes something of the operation impossible, or at least hard. */
static void overconstrain(Operation *op, Draw *draw) {
    int h = between(draw, 0, op->n_households - 1);
    int r = between(draw, 0, op->n_resources - 1);
    switch (between(draw, 0, 6)) {
    case 0:
        op->end -= between(draw, 5, 12);
        break;
    case 1:
        build_calendar(op, r, op->start, op->end, 0);
        break;
    case 2:
        for (int i = 0; i < op->n_deliveries; i++)
            op->deliveries[i].date += 40;
        break;
    case 3:
        build_availability(op, h, ABSENT, op->start, op->end, MINUTE_NONE, MINUTE_NONE);
        break;
    case 4:
        op->packages[op->households[h].package].tasks[0].notice_days = between(draw, 15, 60);
        break;
    case 5:
        op->n_homes = 0;
        break;
    default:
        op->households[h].earliest = op->end - between(draw, 0, 5);
        break;
    }
}

/* The relief was tried: with it the plan keeps every rule and has dates for the household. */
static void check_relief(const Standing *standing, const Goal *goal, const Obstacle *obstacle) {
    Arena *arena = arena_new();
    const Operation *op =
        operation_relieved(standing->op, goal->household, &obstacle->relief, arena);
    Verdict *verdict = verify_plan(op, standing->previous, obstacle->plan, false);
    assert_int_equal(verdict->n_violations, 0);
    assert_true(obstacle->plan->households[goal->household].planned);
    if (goal->task != NONE) {
        date_t start = obstacle->plan->households[goal->household].tasks[goal->task].start;
        assert_int_equal(start, obstacle->relieved);
        assert_true(start <= goal->by);
    }
    verdict_free(verdict);
    arena_free(arena);
}

/* The set conflicts, no part of it does, and what is said to be enough is. */
static void check_conflict(const Standing *standing, const Goal *goal, const Conflict *conflict,
                           int *n_reliefs) {
    Reason *reasons = g_new0(Reason, conflict->n + 1);
    for (int i = 0; i < conflict->n; i++)
        reasons[i] = conflict->obstacles[i].reason;
    if (conflict->n > 0)
        assert_true(conflict_holds(standing, goal, reasons, conflict->n));
    for (int i = 0; i < conflict->n; i++) {
        const Obstacle *obstacle = &conflict->obstacles[i];
        reasons[i] = reasons[conflict->n - 1];
        assert_false(conflict_holds(standing, goal, reasons, conflict->n - 1));
        reasons[i] = obstacle->reason;
        if (obstacle->has_relief)
            check_relief(standing, goal, obstacle);
        *n_reliefs += obstacle->has_relief;
    }
    g_free(reasons);
}

static void unplanned_households_have_reasons_that_hold(void **state) {
    (void)state;
    int n_operations = 0, n_reliefs = 0;
    for (uint64_t seed = 1; n_operations < OPERATIONS; seed++) {
        Draw draw = draw_from(seed);
        Operation *op = random_estate(seed);
        overconstrain(op, &draw);
        Standing *standing = standing_new(op, first_plan(op, NULL, op->arena));
        int h = 0;
        while (standing != NULL && h < op->n_households && standing->plan->households[h].planned)
            h++;
        if (standing != NULL && h < op->n_households) {
            Arena *arena = arena_new();
            Goal goal = {h, NONE, DATE_NONE};
            Conflict conflict = conflict_find(standing, &goal, arena);
            assert_true(conflict.reached || conflict.n > 0);
            check_conflict(standing, &goal, &conflict, &n_reliefs);
            n_operations += !conflict.reached;
            arena_free(arena);
        }
        standing_free(standing);
        operation_free(op);
    }
    assert_true(n_reliefs >= OPERATIONS / 2);
}

/* ---- Dates ----------------------------------------------------------------------------------- */

static void what_is_said_to_make_a_return_sooner_does(void **state) {
    enum { SEEDS = 12 };
    (void)state;
    int n_reliefs = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        Operation *op = random_estate(seed);
        Standing *standing = standing_new(op, first_plan(op, NULL, op->arena));
        for (int h = 0; standing != NULL && h < op->n_households; h++) {
            Problem *problem = problem_new(op, NULL);
            bool open = problem->households[h].n_free > 0;
            problem_free(problem);
            if (!open || !standing->plan->households[h].planned)
                continue;
            Arena *arena = arena_new();
            Explanation explanation = explain_household(standing, h, NONE, arena);
            Goal goal = {h, explanation.task, explanation.earliest - 1};
            assert_true(explanation.earliest <= explanation.start);
            assert_false(explanation.conflict.reached);
            check_conflict(standing, &goal, &explanation.conflict, &n_reliefs);
            arena_free(arena);
        }
        standing_free(standing);
        operation_free(op);
    }
    assert_true(n_reliefs > SEEDS);
}

/* ---- One estate ------------------------------------------------------------------------------ */

static Explanation explain(StandingEstate *f, int h, int task) {
    stand(f);
    return explain_household(f->standing, h, task, f->arena);
}

static const Obstacle *obstacle_of(const Explanation *explanation, ReasonKind kind) {
    for (int i = 0; i < explanation->conflict.n; i++)
        if (explanation->conflict.obstacles[i].reason.kind == kind)
            return &explanation->conflict.obstacles[i];
    fail_msg("there is no reason '%s'", reason_codes[kind]);
    return NULL;
}

static void
a_late_kitchen_is_the_reason_and_an_earlier_one_brings_the_return_forward(void **state) {
    StandingEstate *f = *state;
    Operation *op = f->estate->op;
    for (int i = 0; i < op->n_deliveries; i++)
        op->deliveries[i].date = on("2026-10-12");
    f->estate->plan = first_plan(op, NULL, op->arena);
    Explanation explanation = explain(f, H1, NONE);
    assert_int_equal(explanation.task, BACK);
    const Obstacle *obstacle = obstacle_of(&explanation, REASON_DELIVERY);
    assert_true(obstacle->has_relief);
    /* The same in the files: the kitchens come on the day said. */
    for (int i = 0; i < op->n_deliveries; i++)
        op->deliveries[i].date = obstacle->relief.from;
    Explanation again = explain(f, H1, NONE);
    assert_int_equal(again.start, explanation.start);
    assert_int_equal(again.earliest, obstacle->relieved);
    assert_true(again.earliest < explanation.earliest);
}

static void a_date_that_is_later_than_it_could_be_has_its_price(void **state) {
    StandingEstate *f = *state;
    put_works(f->estate->plan, H2, BACK, on("2026-10-05"), on("2026-10-05"));
    Explanation explanation = explain(f, H2, NONE);
    assert_int_equal(explanation.start, on("2026-10-05"));
    assert_true(explanation.earliest < explanation.start);
    assert_non_null(explanation.soonest);
}

static void notice_is_a_reason_with_the_days_that_would_do(void **state) {
    StandingEstate *f = *state;
    f->estate->op->packages[0].tasks[VISIT].notice_days = 10;
    Explanation explanation = explain(f, H1, VISIT);
    const Obstacle *obstacle = obstacle_of(&explanation, REASON_NOTICE);
    assert_true(obstacle->has_relief);
    assert_int_equal(obstacle->relief.number, obstacle->relieved - f->estate->op->as_of);
    assert_int_equal(obstacle->relieved, on("2026-09-07"));
}

static void the_chain_decides_and_the_rest_can_slip(void **state) {
    StandingEstate *f = *state;
    Explanation explanation = explain(f, H1, NONE);
    for (int i = 0; i < explanation.n_slacks; i++) {
        const Slack *slack = &explanation.slacks[i];
        if (slack->task == VISIT)
            assert_true(slack->days > 0);
        if (slack->task == BACK)
            assert_int_equal(slack->days, 0);
    }
    assert_int_equal(explanation.n_slacks, 4);
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, standing_estate_set_up, standing_estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unplanned_households_have_reasons_that_hold),
        cmocka_unit_test(what_is_said_to_make_a_return_sooner_does),
        TEST(a_late_kitchen_is_the_reason_and_an_earlier_one_brings_the_return_forward),
        TEST(a_date_that_is_later_than_it_could_be_has_its_price),
        TEST(notice_is_a_reason_with_the_days_that_would_do),
        TEST(the_chain_decides_and_the_rest_can_slip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
