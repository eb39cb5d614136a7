/* C9 and C11: temporary homes and deliveries. */
#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- C9 ------------------------------------------------------------------------------------ */

/* H2 follows H1, which is back on 2026-09-29, in home R1. */
static void follow_in_one_home(Estate *e, const char *out) {
    e->plan->households[H2].home = R1;
    put_works(e->plan, H2, OUT, on(out), on(out));
    put_works(e->plan, H2, KITCHEN, on("2026-10-05"), on("2026-10-06"));
    put_works(e->plan, H2, BACK, on("2026-10-08"), on("2026-10-08"));
}

static void a_home_is_taken_again_on_the_day_after_the_turnaround(void **state) {
    Estate *e = *state;
    follow_in_one_home(e, "2026-10-02");
    assert_kept(e);
}

static void a_return_leaves_the_home_empty_for_the_turnaround(void **state) {
    Estate *e = *state;
    follow_in_one_home(e, "2026-10-01");
    assert_broken(e, "C9", "H2", "R1", "2026-10-01", "H1", NULL);
}

static void without_a_turnaround_the_next_household_comes_a_day_later(void **state) {
    Estate *e = *state;
    e->op->turnaround_days = 0;
    e->op->resources[MOV].capacity = 2 * MILLI;
    follow_in_one_home(e, "2026-09-30");
    assert_kept(e);
    follow_in_one_home(e, "2026-09-29");
    assert_broken(e, "C9", "H2", "R1", "2026-09-29", "H1", NULL);
}

static void two_households_in_one_home_are_found(void **state) {
    Estate *e = *state;
    e->plan->households[H2].home = R1;
    assert_broken(e, "C9", "H2", "R1", "2026-09-22", "H1", "2026-10-01", NULL);
}

static void a_stay_without_a_home_is_found(void **state) {
    Estate *e = *state;
    e->plan->households[H1].home = NONE;
    assert_broken(e, "C9", "H1", "2026-09-21", NULL);
}

static void who_arranges_the_stay_itself_needs_no_home(void **state) {
    Estate *e = *state;
    e->op->households[H1].relocation = RELOCATION_OWN;
    e->plan->households[H1].home = NONE;
    assert_kept(e);
}

static void a_home_that_is_too_small_is_found(void **state) {
    Estate *e = *state;
    e->op->households[H1].rooms = 3;
    e->op->homes[R1].rooms = 3;
    assert_kept(e);
    e->op->households[H1].rooms = 4;
    assert_broken(e, "C9", "H1", "4", "R1", "3", NULL);
}

static void a_home_with_steps_is_found(void **state) {
    Estate *e = *state;
    e->op->households[H1].accessible = true;
    assert_broken(e, "C9", "H1", "R1", NULL);
    e->op->homes[R1].accessible = true;
    assert_kept(e);
}

static void a_stay_may_fill_the_dates_of_its_home(void **state) {
    Estate *e = *state;
    e->op->homes[R1].from = on("2026-09-21");
    e->op->homes[R1].until = on("2026-09-29");
    assert_kept(e);
}

static void a_home_that_is_not_there_yet_is_found(void **state) {
    Estate *e = *state;
    e->op->homes[R1].from = on("2026-09-22");
    assert_broken(e, "C9", "H1", "2026-09-21", "R1", "2026-09-22", NULL);
}

static void a_home_that_is_gone_too_early_is_found(void **state) {
    Estate *e = *state;
    e->op->homes[R1].until = on("2026-09-28");
    assert_broken(e, "C9", "H1", "2026-09-29", "R1", "2026-09-28", NULL);
}

/* H1 has moved out into R1, and it is Tuesday the 22nd. */
static void move_out_h1(Estate *e) {
    e->op->as_of = on("2026-09-22");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-14"), at("09:00"))->member = PAUL;
    build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-21"), MINUTE_NONE)->home = R1;
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-14"), at("13:30"))->member = PAUL;
    estate_plan(e);
    put_works(e->plan, H2, OUT, on("2026-09-23"), on("2026-09-23"));
}

static void a_household_that_has_moved_keeps_its_home(void **state) {
    Estate *e = *state;
    move_out_h1(e);
    e->op->homes[R1].rooms = 0;
    e->op->homes[R1].from = on("2026-10-01");
    assert_kept(e);
    e->plan->households[H1].home = R2;
    assert_broken(e, "C9", "H1", "R1", "R2", NULL);
}

static void the_home_of_a_household_that_has_moved_lasts_until_it_is_back(void **state) {
    Estate *e = *state;
    move_out_h1(e);
    e->op->homes[R1].until = on("2026-09-28");
    assert_broken(e, "C9", "H1", "2026-09-29", "R1", "2026-09-28", NULL);
}

static void a_household_that_is_away_and_unplanned_holds_its_home_to_the_end(void **state) {
    Estate *e = *state;
    move_out_h1(e);
    Plan *facts = plan_new(e->op->arena, e->op);
    e->plan->households[H1] = facts->households[H1];
    assert_kept(e);
    put_works(e->plan, H2, OUT, on("2027-01-18"), on("2027-01-18"));
    put_works(e->plan, H2, KITCHEN, on("2027-01-19"), on("2027-01-20"));
    put_works(e->plan, H2, BACK, on("2027-01-22"), on("2027-01-22"));
    e->plan->households[H2].home = R1;
    assert_broken(e, "C9", "H2", "R1", "2027-01-18", "H1", "2027-01-29", NULL);
}

static void the_turnaround_after_a_return_that_is_done_holds(void **state) {
    Estate *e = *state;
    move_out_h1(e);
    e->op->as_of = on("2026-09-29");
    build_fact(e->op, H1, KITCHEN, STATUS_DONE, on("2026-09-24"), MINUTE_NONE)->member = FIT1;
    build_fact(e->op, H1, BACK, STATUS_DONE, on("2026-09-29"), MINUTE_NONE)->home = R1;
    estate_plan(e);
    follow_in_one_home(e, "2026-10-01");
    assert_broken(e, "C9", "H2", "R1", "2026-10-01", "H1", NULL);
    follow_in_one_home(e, "2026-10-02");
    assert_kept(e);
}

static void two_households_that_share_a_home_by_the_facts_are_not_judged(void **state) {
    Estate *e = *state;
    move_out_h1(e);
    build_fact(e->op, H2, OUT, STATUS_DONE, on("2026-09-22"), MINUTE_NONE)->home = R1;
    estate_plan(e);
    assert_kept(e);
}

static void who_moves_out_for_good_keeps_the_home_to_the_end(void **state) {
    Estate *e = *state;
    Package *package = &e->op->packages[0];
    package->n_tasks = BACK; /* the move back is the last one */
    package->move_back = NONE;
    package->transfer = true;
    assert_kept(e);
    e->op->homes[R1].until = on("2027-01-28");
    assert_broken(e, "C9", "H1", "2027-01-29", "R1", "2027-01-28", NULL);
    e->op->homes[R1].until = DATE_NONE;
    e->plan->households[H2].home = R1;
    assert_broken(e, "C9", "H2", "R1", "H1", "2027-01-29", NULL);
}

/* ---- C11 ----------------------------------------------------------------------------------- */

static void a_delivery_on_the_day_of_the_need_is_in_time(void **state) {
    Estate *e = *state;
    e->op->deliveries[0].date = on("2026-09-23");
    assert_kept(e);
}

static void a_delivery_a_day_late_is_found(void **state) {
    Estate *e = *state;
    e->op->deliveries[0].date = on("2026-09-24");
    assert_broken(e, "C11", "H1", "kitchen", "2026-09-24", "2026-09-23", " 1 of", " 0 ", NULL);
}

static void what_is_short_is_found_where_it_runs_out(void **state) {
    Estate *e = *state;
    e->op->deliveries[0].quantity = 2 * MILLI - 1;
    assert_broken(e, "C11", "H2", "kitchen", "2026-09-28", "2026-09-27", " 2 of", "1.999", NULL);
}

static void deliveries_add_up(void **state) {
    Estate *e = *state;
    e->op->deliveries[0].quantity = MILLI;
    build_delivery(e->op, "kitchen", 1, on("2026-09-27"), NONE);
    assert_kept(e);
}

static void a_late_delivery_does_not_help_before_it_is_there(void **state) {
    Estate *e = *state;
    e->op->deliveries[0].quantity = MILLI;
    build_delivery(e->op, "kitchen", 1, on("2026-09-28"), NONE);
    assert_broken(e, "C11", "H2", "kitchen", NULL);
}

static void a_reserved_delivery_is_for_its_household_alone(void **state) {
    Estate *e = *state;
    e->op->deliveries[0].household = H2;
    assert_broken(e, "C11", "H1", "kitchen", NULL);
}

static void who_has_a_reserved_delivery_uses_nothing_else(void **state) {
    Estate *e = *state;
    build_delivery(e->op, "kitchen", 1, on("2026-09-28"), H2);
    assert_broken(e, "C11", "H2", "kitchen", "2026-09-27", NULL);
    e->op->deliveries[1].date = on("2026-09-27");
    e->op->deliveries[0].quantity = MILLI;
    assert_kept(e);
}

static void a_reserved_delivery_of_another_item_changes_nothing(void **state) {
    Estate *e = *state;
    build_delivery(e->op, "boiler", 1, on("2026-12-01"), H2);
    assert_kept(e);
}

/* H1's kitchen is in place since the 15th. */
static void fit_kitchen_of_h1(Estate *e) {
    e->op->as_of = on("2026-09-17");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-08"), at("09:00"))->member = PAUL;
    build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-10"), MINUTE_NONE)->home = R1;
    build_fact(e->op, H1, KITCHEN, STATUS_DONE, on("2026-09-15"), MINUTE_NONE)->member = FIT1;
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-14"), at("13:30"))->member = PAUL;
    e->op->deliveries[0].date = on("2026-09-10");
    estate_plan(e);
}

static void what_facts_used_is_gone(void **state) {
    Estate *e = *state;
    fit_kitchen_of_h1(e);
    assert_kept(e);
    e->op->deliveries[0].quantity = MILLI;
    assert_broken(e, "C11", "H2", "kitchen", " 2 of", " 1 ", NULL);
}

static void what_facts_alone_overdraw_is_not_judged(void **state) {
    Estate *e = *state;
    fit_kitchen_of_h1(e);
    e->op->deliveries[0].date = on("2026-09-20");
    assert_kept(e);
}

static void an_unplanned_household_used_what_its_facts_used(void **state) {
    Estate *e = *state;
    fit_kitchen_of_h1(e);
    Plan *facts = plan_new(e->op->arena, e->op);
    e->plan->households[H1] = facts->households[H1];
    e->op->deliveries[0].quantity = MILLI;
    assert_broken(e, "C11", "H2", "kitchen", " 2 of", " 1 ", NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, estate_set_up, estate_tear_down)

static void nobody_moves_back_before_having_moved_out(void **state) {
    Estate *estate = *state;
    estate->op->packages[0].tasks[BACK].n_lags = 0;
    put_works(estate->plan, H1, BACK, on("2026-09-18"), on("2026-09-18"));
    assert_broken(estate, "C9", "H1", "move_back", "2026-09-18", "2026-09-21", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(nobody_moves_back_before_having_moved_out),
        TEST(a_home_is_taken_again_on_the_day_after_the_turnaround),
        TEST(a_return_leaves_the_home_empty_for_the_turnaround),
        TEST(without_a_turnaround_the_next_household_comes_a_day_later),
        TEST(two_households_in_one_home_are_found),
        TEST(a_stay_without_a_home_is_found),
        TEST(who_arranges_the_stay_itself_needs_no_home),
        TEST(a_home_that_is_too_small_is_found),
        TEST(a_home_with_steps_is_found),
        TEST(a_stay_may_fill_the_dates_of_its_home),
        TEST(a_home_that_is_not_there_yet_is_found),
        TEST(a_home_that_is_gone_too_early_is_found),
        TEST(a_household_that_has_moved_keeps_its_home),
        TEST(the_home_of_a_household_that_has_moved_lasts_until_it_is_back),
        TEST(a_household_that_is_away_and_unplanned_holds_its_home_to_the_end),
        TEST(the_turnaround_after_a_return_that_is_done_holds),
        TEST(two_households_that_share_a_home_by_the_facts_are_not_judged),
        TEST(who_moves_out_for_good_keeps_the_home_to_the_end),
        TEST(a_delivery_on_the_day_of_the_need_is_in_time),
        TEST(a_delivery_a_day_late_is_found),
        TEST(what_is_short_is_found_where_it_runs_out),
        TEST(deliveries_add_up),
        TEST(a_late_delivery_does_not_help_before_it_is_there),
        TEST(a_reserved_delivery_is_for_its_household_alone),
        TEST(who_has_a_reserved_delivery_uses_nothing_else),
        TEST(a_reserved_delivery_of_another_item_changes_nothing),
        TEST(what_facts_used_is_gone),
        TEST(what_facts_alone_overdraw_is_not_judged),
        TEST(an_unplanned_household_used_what_its_facts_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
