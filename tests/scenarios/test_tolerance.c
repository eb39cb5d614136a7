/* How late a delivery may come, checked against what is known of the estate. */
#include "scenarios/tolerance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "tests/support/estate.h"

#include <cmocka.h>

static const WhatIfOptions options = {.effort = 0.05, .seed = 1, .engine = {.workers = 2}};

static Tolerance *tolerance_of(Estate *estate) {
    estate_plan(estate);
    Tolerance *tolerance = tolerance_new(estate->op, estate->plan, &options);
    assert_true(tolerance->complete);
    for (int i = 0; i < tolerance->n_deliveries; i++)
        assert_true(tolerance->deliveries[i].done);
    for (int i = 0; i < tolerance->n_crews; i++)
        assert_true(tolerance->crews[i].done);
    return tolerance;
}

static const CrewTolerance *crew(const Tolerance *tolerance, int resource) {
    for (int i = 0; i < tolerance->n_crews; i++)
        if (tolerance->crews[i].resource == resource)
            return &tolerance->crews[i];
    fail_msg("no answer about resource %d", resource);
    return NULL;
}

/* The kitchens come on Monday 21st; H1 needs one on the 23rd, H2 on the 27th. */
static void a_plan_stands_until_the_day_on_which_it_needs_the_delivery(void **state) {
    Tolerance *tolerance = tolerance_of(*state);
    const DeliveryTolerance *answer = &tolerance->deliveries[0];
    assert_int_equal(answer->stands, 2);
    assert_int_equal(answer->promises, ANY_SLIP);
    assert_true(answer->returns >= 3 && answer->returns <= 6);
    assert_true(answer->weeks[0] > 0);
    for (int w = 1; w < TOLERANCE_WEEKS; w++)
        assert_true(answer->weeks[w] >= answer->weeks[w - 1]);
    tolerance_free(tolerance);
}

static void a_promise_holds_as_long_as_there_is_a_plan_that_keeps_it(void **state) {
    Estate *estate = *state;
    build_fact(estate->op, H2, KITCHEN, STATUS_CONFIRMED, on("2026-09-28"), MINUTE_NONE);
    Tolerance *tolerance = tolerance_of(estate);
    assert_int_equal(tolerance->deliveries[0].stands, 2);
    assert_int_equal(tolerance->deliveries[0].promises, 6);
    assert_true(tolerance->deliveries[0].promises_exact);
    tolerance_free(tolerance);
}

static void every_edge_agrees_with_planning_again(void **state) {
    Estate *estate = *state;
    build_fact(estate->op, H1, BACK, STATUS_ANNOUNCED, on("2026-09-29"), MINUTE_NONE);
    Tolerance *tolerance = tolerance_of(estate);
    const DeliveryTolerance *answer = &tolerance->deliveries[0];
    ReplanOptions whole = {.work = replan_work(estate->op), .seed = 7};
    for (int days = answer->stands; days <= answer->stands + 1; days++) {
        Replanned replanned;
        Alteration alteration = alteration_of(ALTER_DELIVERY_SLIP, 0);
        alteration.number = days;
        assert_true(replan(estate->op->arena, estate->op, estate->plan, &alteration, 1, &whole,
                           &replanned));
        Figures figures = figures_of(replanned.op, replanned.previous, replanned.plan);
        assert_int_equal(figures.n_moved == 0, days == answer->stands);
    }
    tolerance_free(tolerance);
}

static void what_comes_late_enough_matters_to_nobody(void **state) {
    Estate *estate = *state;
    int spare = build_delivery(estate->op, "kitchen", 1, on("2026-10-05"), NONE);
    estate->op->deliveries[0].status = DELIVERY_ARRIVED;
    Tolerance *tolerance = tolerance_of(estate);
    assert_int_equal(tolerance->n_deliveries, 1);
    assert_int_equal(tolerance->deliveries[0].delivery, spare);
    assert_int_equal(tolerance->deliveries[0].stands, ANY_SLIP);
    assert_int_equal(tolerance->deliveries[0].returns, ANY_SLIP);
    assert_int_equal(tolerance->deliveries[0].weeks[3], 0);
    tolerance_free(tolerance);
}

static void the_most_dangerous_comes_first(void **state) {
    Estate *estate = *state;
    int spare = build_delivery(estate->op, "kitchen", 1, on("2026-10-05"), NONE);
    Tolerance *tolerance = tolerance_of(estate);
    assert_int_equal(tolerance->n_deliveries, 2);
    assert_int_equal(tolerance->deliveries[1].delivery, spare);
    tolerance_free(tolerance);
}

static void a_crew_is_missed_in_the_weeks_in_which_it_works(void **state) {
    Tolerance *tolerance = tolerance_of(*state);
    const CrewTolerance *movers = crew(tolerance, MOV), *spare = crew(tolerance, FIT2);
    assert_int_equal(tolerance->n_crews, 4);
    assert_int_equal(movers->n_weeks, 21);
    assert_int_equal(movers->n_standing, 19); /* all but those of the 21st and the 28th */
    assert_true(movers->worst == on("2026-09-21") || movers->worst == on("2026-09-28"));
    assert_true(movers->cost > 0);
    assert_int_equal(spare->n_standing, 21);
    assert_int_equal(spare->worst, DATE_NONE);
    assert_int_equal(spare->cost, 0);
    tolerance_free(tolerance);
}

#define ESTATE_TEST(test) cmocka_unit_test_setup_teardown(test, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        ESTATE_TEST(a_plan_stands_until_the_day_on_which_it_needs_the_delivery),
        ESTATE_TEST(a_promise_holds_as_long_as_there_is_a_plan_that_keeps_it),
        ESTATE_TEST(every_edge_agrees_with_planning_again),
        ESTATE_TEST(what_comes_late_enough_matters_to_nobody),
        ESTATE_TEST(the_most_dangerous_comes_first),
        ESTATE_TEST(a_crew_is_missed_in_the_weeks_in_which_it_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
