/* C1, C2, C3 and C10: the dates of one household alone. */
#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Task *task_of(const Estate *estate, int a) {
    return &estate->op->packages[0].tasks[a];
}

/* The same plan, as last week's. */
static void keep_as_previous(Estate *estate) {
    estate->previous = estate->plan;
    estate_plan(estate);
}

/* ---- C1 ------------------------------------------------------------------------------------ */

static void a_start_may_be_the_first_day_of_the_horizon(void **state) {
    Estate *e = *state;
    put_appointment(e->op, e->plan, H1, VISIT, e->op->start, at("09:00"));
    assert_kept(e);
}

static void a_start_before_the_horizon_is_found(void **state) {
    Estate *e = *state;
    e->op->start = on("2026-09-15");
    put_appointment(e->op, e->plan, H2, VISIT, on("2026-09-15"), at("13:30"));
    assert_int_equal(count_broken(e, "C1"), 1);
    e->op->start = on("2026-09-14");
    assert_kept(e);
}

static void a_finish_may_be_the_last_day_of_the_horizon(void **state) {
    Estate *e = *state;
    e->op->end = on("2026-10-02");
    assert_kept(e);
}

static void a_start_after_the_horizon_is_found(void **state) {
    Estate *e = *state;
    e->op->end = on("2026-10-01");
    assert_broken(e, "C1", "H2", "move_back", "2026-10-02", "2026-10-01", NULL);
}

static void works_that_end_after_the_horizon_are_found(void **state) {
    Estate *e = *state;
    e->op->end = on("2026-10-01");
    put_works(e->plan, H2, KITCHEN, on("2026-10-01"), on("2026-10-02"));
    assert_int_equal(count_broken(e, "C1"), 2);
    assert_int_equal(count_broken(e, "C3"), 1);
}

static void a_start_may_be_on_the_earliest_date_of_the_household(void **state) {
    Estate *e = *state;
    e->op->households[H1].earliest = on("2026-09-14");
    assert_kept(e);
}

static void a_start_before_the_earliest_date_is_found(void **state) {
    Estate *e = *state;
    e->op->households[H1].earliest = on("2026-09-15");
    assert_broken(e, "C1", "H1", "visit", "2026-09-14 09:00", "2026-09-15", NULL);
}

static void a_start_exactly_at_the_notice_is_kept(void **state) {
    Estate *e = *state;
    task_of(e, VISIT)->notice_days = 10;
    assert_kept(e);
}

static void a_start_within_the_notice_is_found(void **state) {
    Estate *e = *state;
    task_of(e, OUT)->notice_days = 18;
    assert_broken(e, "C1", "H1", "move_out", "2026-09-21", "2026-09-22", NULL);
}

static void a_start_of_the_previous_plan_needs_no_new_notice(void **state) {
    Estate *e = *state;
    task_of(e, VISIT)->notice_days = 60;
    keep_as_previous(e);
    assert_kept(e);
}

static void another_time_on_the_same_day_needs_new_notice(void **state) {
    Estate *e = *state;
    task_of(e, VISIT)->notice_days = 60;
    keep_as_previous(e);
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("09:15"));
    assert_broken(e, "C1", "H1", "visit", "2026-09-14 09:15", "2026-11-03", NULL);
}

static void a_promised_date_needs_no_new_notice(void **state) {
    Estate *e = *state;
    task_of(e, OUT)->notice_days = 18;
    build_fact(e->op, H1, OUT, STATUS_ANNOUNCED, on("2026-09-21"), MINUTE_NONE);
    assert_kept(e);
}

static void a_promised_date_without_a_time_leaves_the_time_free(void **state) {
    Estate *e = *state;
    task_of(e, VISIT)->notice_days = 60;
    build_fact(e->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-14"), MINUTE_NONE);
    build_fact(e->op, H2, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("13:30"));
    assert_kept(e);
    put_appointment(e->op, e->plan, H2, VISIT, on("2026-09-14"), at("13:45"));
    assert_broken(e, "C1", "H2", "visit", NULL);
}

static void a_promised_date_that_is_past_may_stay(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-18");
    build_fact(e->op, H1, VISIT, STATUS_ANNOUNCED, on("2026-09-14"), at("09:00"));
    build_fact(e->op, H2, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("13:30"));
    assert_kept(e);
}

static void a_proposed_date_that_is_past_is_found_even_if_it_was_planned_before(void **state) {
    Estate *e = *state;
    build_fact(e->op, H2, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("13:30"));
    keep_as_previous(e);
    e->op->as_of = on("2026-09-14");
    assert_kept(e);
    e->op->as_of = on("2026-09-15");
    assert_broken(e, "C1", "H1", "visit", "2026-09-14 09:00", "2026-09-15", NULL);
}

/* ---- C2 ------------------------------------------------------------------------------------ */

static void a_lag_exactly_long_enough_is_kept(void **state) {
    Estate *e = *state;
    put_works(e->plan, H1, BACK, on("2026-09-28"), on("2026-09-28"));
    put_works(e->plan, H1, KITCHEN, on("2026-09-24"), on("2026-09-25"));
    task_of(e, BACK)->lags[0].min_days = 3;
    assert_kept(e);
}

static void a_lag_too_short_is_found(void **state) {
    Estate *e = *state;
    task_of(e, BACK)->lags[0].min_days = 4;
    assert_broken(e, "C2", "H2", "move_back", "2026-10-02", "2026-10-03", "kitchen", "2026-09-29",
                  NULL);
}

static void a_lag_exactly_at_its_maximum_is_kept(void **state) {
    Estate *e = *state;
    task_of(e, OUT)->lags[0].max_days = 8;
    task_of(e, OUT)->lags[0].has_max = true;
    assert_kept(e);
}

static void a_lag_too_long_is_found(void **state) {
    Estate *e = *state;
    task_of(e, OUT)->lags[0].max_days = 7;
    task_of(e, OUT)->lags[0].has_max = true;
    assert_broken(e, "C2", "H2", "move_out", "2026-09-22", "2026-09-21", "visit", "2026-09-14",
                  NULL);
}

/* A second appointment with the other pilot on the day of the visit. */
static Estate *with_survey(void **state, minute_t minute) {
    Estate *e = *state;
    operation_free(e->op);
    Operation *op = build_operation();
    build_role(op, "pilot", MEASURE_CLOCK);
    build_role(op, "estimator", MEASURE_CLOCK);
    build_resource(op, 0, "paul", 1);
    build_resource(op, 1, "eve", 1);
    build_package(op, "small");
    build_appointment(op, 0, "visit", 90, 0);
    build_appointment(op, 0, "survey", 45, 1);
    build_lag(op, 0, 0, 1, 0, NO_LIMIT);
    build_household(op, 0, "H1");
    e = ARENA_NEW(op->arena, Estate, 1);
    *e = (Estate){.op = op, .plan = plan_new(op->arena, op)};
    put_appointment(op, e->plan, 0, 0, on("2026-09-14"), at("09:00"));
    put_appointment(op, e->plan, 0, 1, on("2026-09-14"), minute);
    put_member(op, e->plan, 0, 0);
    put_member(op, e->plan, 0, 1);
    *state = e;
    return e;
}

static void linked_appointments_may_touch(void **state) {
    assert_kept(with_survey(state, at("10:30")));
}

static void linked_appointments_follow_each_other_in_time(void **state) {
    assert_broken(with_survey(state, at("10:15")), "C2", "H1", "survey", "2026-09-14 10:15",
                  "visit", "10:30", NULL);
}

static void a_lag_from_a_fact_holds(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-18");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-18"), at("09:00"));
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-14"), at("13:30"));
    task_of(e, OUT)->lags[0].min_days = 4;
    estate_plan(e);
    assert_broken(e, "C2", "H1", "move_out", "2026-09-21", "2026-09-22", "visit", "2026-09-18",
                  NULL);
}

static void lags_between_facts_are_not_judged(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-22");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-21"), at("09:00"));
    build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-21"), MINUTE_NONE)->home = R1;
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-14"), at("13:30"));
    build_fact(e->op, H2, OUT, STATUS_STARTED, on("2026-09-22"), MINUTE_NONE)->home = R2;
    estate_plan(e);
    assert_kept(e);
}

/* ---- C3 ------------------------------------------------------------------------------------ */

static void works_may_span_a_weekend(void **state) {
    Estate *e = *state;
    put_works(e->plan, H1, KITCHEN, on("2026-09-25"), on("2026-09-28"));
    put_works(e->plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    put_member(e->op, e->plan, H2, FIT2);
    assert_kept(e);
}

static void works_that_start_on_a_day_off_are_found(void **state) {
    Estate *e = *state;
    put_works(e->plan, H1, KITCHEN, on("2026-09-26"), on("2026-09-29"));
    put_works(e->plan, H1, BACK, on("2026-10-01"), on("2026-10-01"));
    put_member(e->op, e->plan, H2, FIT2);
    assert_broken(e, "C3", "H1", "kitchen", "2026-09-26", "fit1", NULL);
}

static void works_that_end_too_early_are_found(void **state) {
    Estate *e = *state;
    put_works(e->plan, H1, KITCHEN, on("2026-09-24"), on("2026-09-24"));
    assert_broken(e, "C3", "H1", "kitchen", "2 working days", "2026-09-24", "2026-09-25", NULL);
}

static void works_that_end_too_late_are_found(void **state) {
    Estate *e = *state;
    put_works(e->plan, H1, KITCHEN, on("2026-09-23"), on("2026-09-25"));
    assert_broken(e, "C3", "H1", "kitchen", "2026-09-24", "2026-09-25", NULL);
}

static void works_that_end_on_a_day_off_are_found(void **state) {
    Estate *e = *state;
    put_works(e->plan, H1, KITCHEN, on("2026-09-24"), on("2026-09-26"));
    put_works(e->plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    assert_broken(e, "C3", "H1", "kitchen", "2026-09-25", "2026-09-26", NULL);
}

static void a_closed_day_is_not_counted(void **state) {
    Estate *e = *state;
    build_calendar(e->op, FIT1, on("2026-09-25"), on("2026-09-25"), 0);
    put_member(e->op, e->plan, H2, FIT2);
    assert_broken(e, "C3", "H1", "kitchen", "2026-09-28", "2026-09-25", NULL);
    put_works(e->plan, H1, KITCHEN, on("2026-09-24"), on("2026-09-28"));
    put_works(e->plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    assert_kept(e);
}

static void works_need_all_their_members_at_once(void **state) {
    Estate *e = *state;
    build_calendar(e->op, VAN, on("2026-09-21"), on("2026-09-21"), 0);
    assert_int_equal(count_broken(e, "C3"), 2); /* the day off, and another finish */
    assert_int_equal(count_broken(e, "C4"), 0);
}

static void a_saturday_may_be_opened(void **state) {
    Estate *e = *state;
    build_calendar(e->op, FIT1, on("2026-09-26"), on("2026-09-26"), 1);
    put_works(e->plan, H1, KITCHEN, on("2026-09-25"), on("2026-09-26"));
    assert_kept(e);
}

/* ---- C10 ----------------------------------------------------------------------------------- */

static void an_absence_of_an_hour_makes_a_day_of_presence_impossible(void **state) {
    Estate *e = *state;
    build_availability(e->op, H1, ABSENT, on("2026-09-21"), on("2026-09-21"), at("18:00"),
                       at("19:00"));
    assert_broken(e, "C10", "H1", "move_out", "2026-09-21", NULL);
}

static void works_without_presence_do_not_mind_an_absence(void **state) {
    Estate *e = *state;
    build_availability(e->op, H1, ABSENT, on("2026-09-22"), on("2026-09-28"), MINUTE_NONE,
                       MINUTE_NONE);
    assert_kept(e);
}

static void every_absent_day_of_works_is_found(void **state) {
    Estate *e = *state;
    task_of(e, KITCHEN)->presence = true;
    build_availability(e->op, H1, ABSENT, on("2026-09-23"), on("2026-09-26"), MINUTE_NONE,
                       MINUTE_NONE);
    assert_int_equal(count_broken(e, "C10"), 2);
}

static void an_absence_on_a_closed_day_between_does_not_count(void **state) {
    Estate *e = *state;
    task_of(e, KITCHEN)->presence = true;
    put_works(e->plan, H1, KITCHEN, on("2026-09-25"), on("2026-09-28"));
    put_works(e->plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    put_member(e->op, e->plan, H2, FIT2);
    build_availability(e->op, H1, ABSENT, on("2026-09-26"), on("2026-09-27"), MINUTE_NONE,
                       MINUTE_NONE);
    assert_kept(e);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_start_may_be_the_first_day_of_the_horizon),
        TEST(a_start_before_the_horizon_is_found),
        TEST(a_finish_may_be_the_last_day_of_the_horizon),
        TEST(a_start_after_the_horizon_is_found),
        TEST(works_that_end_after_the_horizon_are_found),
        TEST(a_start_may_be_on_the_earliest_date_of_the_household),
        TEST(a_start_before_the_earliest_date_is_found),
        TEST(a_start_exactly_at_the_notice_is_kept),
        TEST(a_start_within_the_notice_is_found),
        TEST(a_start_of_the_previous_plan_needs_no_new_notice),
        TEST(another_time_on_the_same_day_needs_new_notice),
        TEST(a_promised_date_needs_no_new_notice),
        TEST(a_promised_date_without_a_time_leaves_the_time_free),
        TEST(a_promised_date_that_is_past_may_stay),
        TEST(a_proposed_date_that_is_past_is_found_even_if_it_was_planned_before),
        TEST(a_lag_exactly_long_enough_is_kept),
        TEST(a_lag_too_short_is_found),
        TEST(a_lag_exactly_at_its_maximum_is_kept),
        TEST(a_lag_too_long_is_found),
        TEST(linked_appointments_may_touch),
        TEST(linked_appointments_follow_each_other_in_time),
        TEST(a_lag_from_a_fact_holds),
        TEST(lags_between_facts_are_not_judged),
        TEST(works_may_span_a_weekend),
        TEST(works_that_start_on_a_day_off_are_found),
        TEST(works_that_end_too_early_are_found),
        TEST(works_that_end_too_late_are_found),
        TEST(works_that_end_on_a_day_off_are_found),
        TEST(a_closed_day_is_not_counted),
        TEST(works_need_all_their_members_at_once),
        TEST(a_saturday_may_be_opened),
        TEST(an_absence_of_an_hour_makes_a_day_of_presence_impossible),
        TEST(works_without_presence_do_not_mind_an_absence),
        TEST(every_absent_day_of_works_is_found),
        TEST(an_absence_on_a_closed_day_between_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
