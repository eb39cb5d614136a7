/* The parts of the objective, with figures counted by hand, and what a plan tells of itself. */
#include "solver/verify.h"

#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void leave_out(Estate *e, int h) {
    e->plan->households[h] = plan_new(e->op->arena, e->op)->households[h];
}

static cost_t total_of(const Estate *e) {
    Verdict *verdict = verify_plan(e->op, e->previous, e->plan, false);
    cost_t total = verdict->total;
    verdict_free(verdict);
    return total;
}

static void a_plain_plan_costs_its_nights_and_its_days(void **state) {
    Estate *e = *state;
    assert_int_equal(cost_of(e, PART_NIGHT_AWAY), 10 * (8 + 10));
    assert_int_equal(cost_of(e, PART_FLOW_DAY), 22 + 25);
    assert_int_equal(total_of(e), 227);
}

static void nights_count_times_the_weight_of_the_household(void **state) {
    Estate *e = *state;
    e->op->households[H2].weight = 3;
    assert_int_equal(cost_of(e, PART_NIGHT_AWAY), 10 * (8 + 3 * 10));
    assert_int_equal(cost_of(e, PART_FLOW_DAY), 47);
}

static void nights_count_without_a_home_of_ours_too(void **state) {
    Estate *e = *state;
    e->op->households[H1].relocation = RELOCATION_OWN;
    e->plan->households[H1].home = NONE;
    assert_int_equal(cost_of(e, PART_NIGHT_AWAY), 180);
}

static void nights_beyond_the_most_count_more(void **state) {
    Estate *e = *state;
    e->op->households[H1].max_nights_away = 8;
    e->op->households[H2].max_nights_away = 7;
    e->op->households[H2].weight = 2;
    assert_int_equal(cost_of(e, PART_NIGHT_OVER_MAX), 100 * 2 * 3);
}

static void who_moves_out_for_good_is_away_to_the_end(void **state) {
    Estate *e = *state;
    Package *package = &e->op->packages[0];
    package->n_tasks = BACK; /* the move back is the last one */
    package->move_back = NONE;
    package->transfer = true;
    /* 21 September to 29 January: 130 nights; 22 September: 129. */
    assert_int_equal(cost_of(e, PART_NIGHT_AWAY), 10 * (130 + 129));
}

static void a_household_left_out_counts_by_its_weight(void **state) {
    Estate *e = *state;
    e->op->households[H2].weight = 3;
    leave_out(e, H2);
    assert_int_equal(cost_of(e, PART_UNPLANNED_HOUSEHOLD), 300000);
    assert_int_equal(total_of(e), 300000 + 80 + 22);
}

static void a_household_left_out_counts_its_confirmed_tasks(void **state) {
    Estate *e = *state;
    build_fact(e->op, H2, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("13:30"));
    build_fact(e->op, H2, OUT, STATUS_CONFIRMED, on("2026-09-22"), MINUTE_NONE);
    build_fact(e->op, H2, BACK, STATUS_ANNOUNCED, on("2026-10-09"), MINUTE_NONE);
    leave_out(e, H2);
    assert_int_equal(cost_of(e, PART_BROKEN_PROMISE), 2 * 5000);
    assert_int_equal(total_of(e), 100000 + 10000 + 80 + 22);
}

/* H2 has moved out on the 8th; it is the 10th. */
static void move_out_h2(Estate *e) {
    e->op->as_of = on("2026-09-10");
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-07"), at("13:30"))->member = PAUL;
    build_fact(e->op, H2, OUT, STATUS_DONE, on("2026-09-08"), MINUTE_NONE)->home = R2;
    estate_plan(e);
}

static void a_household_left_out_while_away_counts_its_nights_to_the_end(void **state) {
    Estate *e = *state;
    e->op->households[H2].weight = 2;
    e->op->households[H2].max_nights_away = 5;
    e->op->households[H2].deadline = on("2026-09-01");
    move_out_h2(e);
    leave_out(e, H2);
    /* 8 September to 29 January: 143 nights. */
    assert_int_equal(cost_of(e, PART_NIGHT_AWAY), 10 * (8 + 2 * 143));
    assert_int_equal(cost_of(e, PART_NIGHT_OVER_MAX), 0);
    assert_int_equal(cost_of(e, PART_LATE_DAY), 0);
    assert_int_equal(cost_of(e, PART_FLOW_DAY), 22);
}

static void a_household_left_out_that_is_back_has_no_nights_left(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-20");
    build_fact(e->op, H2, OUT, STATUS_DONE, on("2026-09-08"), MINUTE_NONE)->home = R2;
    build_fact(e->op, H2, BACK, STATUS_DONE, on("2026-09-18"), MINUTE_NONE)->home = R2;
    leave_out(e, H2);
    leave_out(e, H1);
    assert_int_equal(cost_of(e, PART_NIGHT_AWAY), 0);
}

/* ---- Promises ------------------------------------------------------------------------------ */

static void a_promise_that_is_kept_costs_nothing(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("09:00"))->member = PAUL;
    build_fact(e->op, H2, VISIT, STATUS_CONFIRMED, on("2026-09-14"), MINUTE_NONE);
    build_fact(e->op, H2, OUT, STATUS_ANNOUNCED, on("2026-09-22"), MINUTE_NONE);
    assert_int_equal(total_of(e), 227);
}

static void a_promise_breaks_once_by_its_date_its_time_or_its_member(void **state) {
    Estate *e = *state;
    Fact *visit = build_fact(e->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("09:00"));
    visit->start = on("2026-09-15");
    assert_int_equal(cost_of(e, PART_BROKEN_PROMISE), 5000);
    visit->start = on("2026-09-14");
    visit->start_minute = at("09:15");
    assert_int_equal(cost_of(e, PART_BROKEN_PROMISE), 5000);
    visit->start_minute = at("09:00");
    visit->member = ANNA;
    assert_int_equal(cost_of(e, PART_BROKEN_PROMISE), 5000);
    visit->start = on("2026-09-17");
    visit->start_minute = at("13:30");
    assert_int_equal(cost_of(e, PART_BROKEN_PROMISE), 5000);
    assert_int_equal(total_of(e), 5227);
}

static void an_announced_date_that_moves_counts_once_and_by_the_day(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, OUT, STATUS_ANNOUNCED, on("2026-09-24"), MINUTE_NONE);
    build_fact(e->op, H2, OUT, STATUS_ANNOUNCED, on("2026-09-18"), MINUTE_NONE);
    assert_int_equal(cost_of(e, PART_MOVED_ANNOUNCED), 2 * 50);
    assert_int_equal(cost_of(e, PART_MOVED_ANNOUNCED_DAY), 2 * (3 + 4));
    assert_int_equal(cost_of(e, PART_BROKEN_PROMISE), 0);
}

static void an_announced_time_that_moves_has_moved_no_day(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, VISIT, STATUS_ANNOUNCED, on("2026-09-14"), at("10:00"));
    assert_int_equal(cost_of(e, PART_MOVED_ANNOUNCED), 50);
    assert_int_equal(cost_of(e, PART_MOVED_ANNOUNCED_DAY), 0);
}

static void a_date_that_differs_from_the_previous_plan_counts(void **state) {
    Estate *e = *state;
    e->previous = e->plan;
    estate_plan(e);
    assert_int_equal(cost_of(e, PART_MOVED_PROPOSED), 0);
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("10:00"));
    assert_int_equal(cost_of(e, PART_MOVED_PROPOSED), 0);
    put_works(e->plan, H2, BACK, on("2026-10-05"), on("2026-10-05"));
    put_works(e->plan, H1, BACK, on("2026-09-28"), on("2026-09-28"));
    assert_int_equal(cost_of(e, PART_MOVED_PROPOSED), 2 * 5);
    build_fact(e->op, H1, BACK, STATUS_ANNOUNCED, on("2026-09-28"), MINUTE_NONE);
    assert_int_equal(cost_of(e, PART_MOVED_PROPOSED), 5);
}

static void a_task_without_a_date_in_the_previous_plan_has_not_moved(void **state) {
    Estate *e = *state;
    e->previous = plan_new(e->op->arena, e->op);
    assert_int_equal(cost_of(e, PART_MOVED_PROPOSED), 0);
}

/* ---- Deadlines, evenings, wishes ----------------------------------------------------------- */

static void days_after_the_deadline_count_times_the_weight(void **state) {
    Estate *e = *state;
    e->op->households[H1].deadline = on("2026-09-29");
    e->op->households[H2].deadline = on("2026-09-30");
    e->op->households[H2].weight = 3;
    assert_int_equal(cost_of(e, PART_LATE_DAY), 20 * 3 * 2);
}

static void the_last_finish_counts_even_if_it_is_a_fact(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-12-01");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-14"), at("09:00"))->member = PAUL;
    build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-21"), MINUTE_NONE)->home = R1;
    build_fact(e->op, H1, KITCHEN, STATUS_DONE, on("2026-09-24"), MINUTE_NONE)->finish =
        on("2026-11-30");
    build_fact(e->op, H1, BACK, STATUS_DONE, on("2026-09-29"), MINUTE_NONE)->home = R1;
    e->op->households[H1].deadline = on("2026-11-20");
    estate_plan(e);
    e->plan->households[H1].planned = true;
    assert_int_equal(cost_of(e, PART_LATE_DAY), 20 * 10);
    leave_out(e, H2);
    assert_int_equal(cost_of(e, PART_FLOW_DAY), 84); /* 7 September to 30 November */
}

static void what_ended_before_the_horizon_costs_no_days(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-10-05");
    e->op->start = on("2026-10-05");
    for (int a = VISIT; a <= BACK; a++) {
        build_fact(e->op, H1, a, STATUS_DONE, on("2026-09-20"), MINUTE_NONE)->finish =
            on("2026-09-20");
    }
    estate_plan(e);
    e->plan->households[H1].planned = true;
    leave_out(e, H2);
    assert_int_equal(cost_of(e, PART_FLOW_DAY), 0);
}

/* Paul and anna work evenings, and the tenants are there at any time. */
static void open_evenings(Estate *e) {
    build_evenings(e->op, PAUL, NO_LIMIT);
    build_evenings(e->op, ANNA, NO_LIMIT);
    for (int h = H1; h <= H2; h++) {
        build_availability(e->op, h, AVAILABLE, e->op->start, e->op->end, MINUTE_NONE, MINUTE_NONE);
    }
}

static int evenings_of_plan(const Estate *e) {
    Verdict *verdict = verify_plan(e->op, NULL, e->plan, false);
    int n = verdict->n_evenings;
    verdict_free(verdict);
    return n;
}

static void an_evening_counts_once_per_member_and_date(void **state) {
    Estate *e = *state;
    open_evenings(e);
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("17:30"));
    assert_int_equal(cost_of(e, PART_LATE_EVENING), 40);
    put_appointment(e->op, e->plan, H2, VISIT, on("2026-09-14"), at("19:00"));
    assert_int_equal(cost_of(e, PART_LATE_EVENING), 40);
    put_member(e->op, e->plan, H2, ANNA);
    assert_int_equal(cost_of(e, PART_LATE_EVENING), 80);
    assert_int_equal(evenings_of_plan(e), 2);
    put_appointment(e->op, e->plan, H2, VISIT, on("2026-09-14"), at("16:00"));
    assert_int_equal(evenings_of_plan(e), 1);
}

static void an_evening_that_is_done_counts_while_its_household_is_planned(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-10");
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-08"), at("18:00"))->member = ANNA;
    estate_plan(e);
    assert_int_equal(cost_of(e, PART_LATE_EVENING), 40);
    leave_out(e, H2);
    assert_int_equal(cost_of(e, PART_LATE_EVENING), 0);
}

static void an_appointment_outside_the_preferred_windows_counts(void **state) {
    Estate *e = *state;
    date_t day = on("2026-09-14");
    open_evenings(e);
    assert_int_equal(cost_of(e, PART_NON_PREFERRED), 0);
    build_availability(e->op, H1, PREFERRED, day, day, at("09:00"), at("10:00"));
    assert_int_equal(cost_of(e, PART_NON_PREFERRED), 3);
    build_availability(e->op, H1, PREFERRED, day, day, at("10:00"), at("10:30"));
    assert_int_equal(cost_of(e, PART_NON_PREFERRED), 0);
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-15"), at("09:00"));
    assert_int_equal(cost_of(e, PART_NON_PREFERRED), 3);
}

static void an_appointment_done_before_the_horizon_may_have_been_preferred(void **state) {
    Estate *e = *state;
    date_t day = on("2026-09-03");
    build_availability(e->op, H1, PREFERRED, day, day, at("09:00"), at("10:30"));
    Fact *visit = build_fact(e->op, H1, VISIT, STATUS_DONE, day, at("09:00"));
    estate_plan(e);
    assert_int_equal(cost_of(e, PART_NON_PREFERRED), 0);
    visit->start_minute = at("09:15");
    estate_plan(e);
    assert_int_equal(cost_of(e, PART_NON_PREFERRED), 3);
    visit->start_minute = MINUTE_NONE;
    estate_plan(e);
    assert_int_equal(cost_of(e, PART_NON_PREFERRED), 0);
}

static void every_weight_may_be_set(void **state) {
    Estate *e = *state;
    e->op->weights[PART_NIGHT_AWAY] = 7;
    e->op->weights[PART_FLOW_DAY] = 0;
    assert_int_equal(total_of(e), 7 * 18);
}

static void costs_too_large_to_count_stay_at_the_most(void **state) {
    Estate *e = *state;
    e->op->weights[PART_NIGHT_AWAY] = INT64_MAX / 2;
    assert_true(cost_of(e, PART_NIGHT_AWAY) == INT64_MAX);
    assert_true(total_of(e) == INT64_MAX);
}

/* ---- What the plan tells ------------------------------------------------------------------- */

/* The figures of the plain plan. */
static void tell_figures(Estate *e) {
    e->plan->parts[PART_NIGHT_AWAY] = 180;
    e->plan->parts[PART_FLOW_DAY] = 47;
    e->plan->total = 227;
    e->plan->bound = 227;
}

/* Fails unless the plan's own figures give exactly one violation, whose message has the words. */
static void assert_told_wrong(const Estate *e, const char *first, const char *second) {
    Verdict *verdict = verify_plan(e->op, NULL, e->plan, true);
    assert_int_equal(verdict->n_violations, 1);
    assert_string_equal(verdict->violations[0].constraint, "objective");
    assert_int_equal(verdict->violations[0].household, NONE);
    assert_non_null(strstr(verdict->violations[0].message, first));
    assert_non_null(strstr(verdict->violations[0].message, second));
    verdict_free(verdict);
}

static void figures_that_are_told_right_are_kept(void **state) {
    Estate *e = *state;
    tell_figures(e);
    Verdict *verdict = verify_plan(e->op, NULL, e->plan, true);
    assert_int_equal(verdict->n_violations, 0);
    verdict_free(verdict);
}

static void a_wrong_total_is_found(void **state) {
    Estate *e = *state;
    tell_figures(e);
    e->plan->total = 228;
    assert_told_wrong(e, "228", "227");
}

static void a_wrong_part_is_found(void **state) {
    Estate *e = *state;
    tell_figures(e);
    e->plan->parts[PART_NIGHT_AWAY] = 190;
    assert_told_wrong(e, "night_away", "190");
}

static void a_bound_above_the_total_is_found(void **state) {
    Estate *e = *state;
    tell_figures(e);
    e->plan->bound = 228;
    assert_told_wrong(e, "228", "227");
}

static void figures_are_not_compared_unless_they_are_told(void **state) {
    Estate *e = *state;
    e->plan->total = 1;
    e->plan->bound = 1000000;
    assert_kept(e);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_plain_plan_costs_its_nights_and_its_days),
        TEST(nights_count_times_the_weight_of_the_household),
        TEST(nights_count_without_a_home_of_ours_too),
        TEST(nights_beyond_the_most_count_more),
        TEST(who_moves_out_for_good_is_away_to_the_end),
        TEST(a_household_left_out_counts_by_its_weight),
        TEST(a_household_left_out_counts_its_confirmed_tasks),
        TEST(a_household_left_out_while_away_counts_its_nights_to_the_end),
        TEST(a_household_left_out_that_is_back_has_no_nights_left),
        TEST(a_promise_that_is_kept_costs_nothing),
        TEST(a_promise_breaks_once_by_its_date_its_time_or_its_member),
        TEST(an_announced_date_that_moves_counts_once_and_by_the_day),
        TEST(an_announced_time_that_moves_has_moved_no_day),
        TEST(a_date_that_differs_from_the_previous_plan_counts),
        TEST(a_task_without_a_date_in_the_previous_plan_has_not_moved),
        TEST(days_after_the_deadline_count_times_the_weight),
        TEST(the_last_finish_counts_even_if_it_is_a_fact),
        TEST(what_ended_before_the_horizon_costs_no_days),
        TEST(an_evening_counts_once_per_member_and_date),
        TEST(an_evening_that_is_done_counts_while_its_household_is_planned),
        TEST(an_appointment_outside_the_preferred_windows_counts),
        TEST(an_appointment_done_before_the_horizon_may_have_been_preferred),
        TEST(every_weight_may_be_set),
        TEST(costs_too_large_to_count_stay_at_the_most),
        TEST(figures_that_are_told_right_are_kept),
        TEST(a_wrong_total_is_found),
        TEST(a_wrong_part_is_found),
        TEST(a_bound_above_the_total_is_found),
        TEST(figures_are_not_compared_unless_they_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
