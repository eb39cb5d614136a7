/* The plan with which everything begins: the facts, and nobody planned. */
#include "solver/plan.h"

#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const PlanHousehold *begun(const Estate *estate, int h) {
    return &plan_new(estate->op->arena, estate->op)->households[h];
}

static void nobody_is_planned_and_nothing_is_dated(void **state) {
    Estate *e = *state;
    const PlanHousehold *household = begun(e, H1);
    assert_false(household->planned);
    assert_int_equal(household->home, NONE);
    for (int a = VISIT; a <= BACK; a++) {
        assert_int_equal(household->tasks[a].start, DATE_NONE);
        assert_int_equal(household->tasks[a].start_minute, MINUTE_NONE);
        assert_int_equal(household->tasks[a].status, STATUS_PROPOSED);
    }
    for (int role = PILOT; role <= FITTER; role++) {
        assert_int_equal(household->members[role], NONE);
    }
}

static void a_promise_keeps_its_status_but_is_no_date_yet(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, OUT, STATUS_CONFIRMED, on("2026-09-21"), MINUTE_NONE)->member = MOV;
    const PlanHousehold *household = begun(e, H1);
    assert_int_equal(household->tasks[OUT].status, STATUS_CONFIRMED);
    assert_int_equal(household->tasks[OUT].start, DATE_NONE);
    assert_int_equal(household->members[MOVERS], NONE);
}

static void an_appointment_ends_after_its_minutes(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-01"), at("09:00"));
    const PlanTask *visit = &begun(e, H1)->tasks[VISIT];
    assert_int_equal(visit->start, on("2026-09-01"));
    assert_int_equal(visit->finish, on("2026-09-01"));
    assert_int_equal(visit->start_minute, at("09:00"));
    assert_int_equal(visit->finish_minute, at("10:30"));
}

static void an_appointment_that_is_told_by_its_date_has_no_time(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-01"), MINUTE_NONE);
    const PlanTask *visit = &begun(e, H1)->tasks[VISIT];
    assert_int_equal(visit->finish, on("2026-09-01"));
    assert_int_equal(visit->start_minute, MINUTE_NONE);
    assert_int_equal(visit->finish_minute, MINUTE_NONE);
}

static void an_appointment_ends_when_it_is_told_to(void **state) {
    Estate *e = *state;
    Fact *fact = build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-01"), at("09:00"));
    fact->finish = on("2026-09-01");
    fact->finish_minute = at("11:00");
    assert_int_equal(begun(e, H1)->tasks[VISIT].finish_minute, at("11:00"));
}

static void works_end_when_they_are_told_to(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, KITCHEN, STATUS_STARTED, on("2026-09-03"), MINUTE_NONE)->finish =
        on("2026-09-11");
    assert_int_equal(begun(e, H1)->tasks[KITCHEN].finish, on("2026-09-11"));
}

static void works_under_way_end_when_their_days_are_over(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, KITCHEN, STATUS_STARTED, on("2026-09-04"), MINUTE_NONE)->member = FIT2;
    assert_int_equal(begun(e, H1)->tasks[KITCHEN].finish, on("2026-09-07"));
    build_calendar(e->op, FIT2, on("2026-09-07"), on("2026-09-08"), 0);
    assert_int_equal(begun(e, H1)->tasks[KITCHEN].finish, on("2026-09-09"));
    assert_int_equal(begun(e, H1)->tasks[KITCHEN].finish_minute, MINUTE_NONE);
}

static void works_that_are_done_ended_by_the_day_of_the_plan(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, KITCHEN, STATUS_DONE, on("2026-09-04"), MINUTE_NONE);
    assert_int_equal(begun(e, H1)->tasks[KITCHEN].finish, on("2026-09-04"));
}

static void the_fixed_member_comes_before_the_member_of_a_fact(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-01"), at("09:00"))->member = ANNA;
    assert_int_equal(begun(e, H1)->members[PILOT], ANNA);
    e->op->households[H1].members[PILOT] = PAUL;
    assert_int_equal(begun(e, H1)->members[PILOT], PAUL);
}

static void works_under_way_are_somebody_s(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, KITCHEN, STATUS_DONE, on("2026-09-01"), MINUTE_NONE);
    assert_int_equal(begun(e, H1)->members[FITTER], NONE);
    build_fact(e->op, H1, KITCHEN, STATUS_STARTED, on("2026-09-04"), MINUTE_NONE);
    assert_int_equal(begun(e, H1)->members[FITTER], FIT1);
}

static void the_home_is_that_of_the_move_out(void **state) {
    Estate *e = *state;
    Fact *out = build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-01"), MINUTE_NONE);
    out->home = R2;
    assert_int_equal(begun(e, H1)->home, R2);
    out->status = STATUS_CONFIRMED;
    assert_int_equal(begun(e, H1)->home, NONE);
}

static void the_promise_of_a_return_may_name_the_home(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-01"), MINUTE_NONE);
    build_fact(e->op, H1, BACK, STATUS_ANNOUNCED, on("2026-10-01"), MINUTE_NONE)->home = R2;
    assert_int_equal(begun(e, H1)->home, R2);
}

static void the_gap_is_the_part_of_the_total_that_is_not_proven(void **state) {
    (void)state;
    Plan plan = {.total = 400, .bound = 300};
    assert_true(plan_gap(&plan) == 0.25);
    plan.bound = 400;
    assert_true(plan_gap(&plan) == 0.0);
    plan = (Plan){.total = 0, .bound = 0};
    assert_true(plan_gap(&plan) == 0.0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(nobody_is_planned_and_nothing_is_dated),
        TEST(a_promise_keeps_its_status_but_is_no_date_yet),
        TEST(an_appointment_ends_after_its_minutes),
        TEST(an_appointment_that_is_told_by_its_date_has_no_time),
        TEST(an_appointment_ends_when_it_is_told_to),
        TEST(works_end_when_they_are_told_to),
        TEST(works_under_way_end_when_their_days_are_over),
        TEST(works_that_are_done_ended_by_the_day_of_the_plan),
        TEST(the_fixed_member_comes_before_the_member_of_a_fact),
        TEST(works_under_way_are_somebody_s),
        TEST(the_home_is_that_of_the_move_out),
        TEST(the_promise_of_a_return_may_name_the_home),
        TEST(the_gap_is_the_part_of_the_total_that_is_not_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
