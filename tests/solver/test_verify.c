/* What is a plan at all, who serves a household (C8), and the facts (C12). */
#include "solver/verify.h"

#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static PlanTask *told(const Estate *estate, int h, int a) {
    return &estate->plan->households[h].tasks[a];
}

static void a_correct_plan_keeps_all_rules(void **state) {
    Estate *e = *state;
    assert_kept(e);
    Verdict *verdict = verify_plan(e->op, NULL, e->plan, false);
    assert_int_equal(verdict->n_planned, 2);
    assert_int_equal(verdict->nights_away[H1], 8);
    assert_int_equal(verdict->nights_away[H2], 10);
    verdict_free(verdict);
}

static void a_plan_of_nobody_keeps_all_rules(void **state) {
    Estate *e = *state;
    e->plan = plan_new(e->op->arena, e->op);
    assert_kept(e);
}

static void an_empty_operation_has_a_plan(void **state) {
    (void)state;
    Operation *op = build_operation();
    Plan *plan = plan_new(op->arena, op);
    Verdict *verdict = verify_plan(op, NULL, plan, true);
    assert_int_equal(verdict->n_violations, 0);
    assert_int_equal(verdict->total, 0);
    verdict_free(verdict);
    operation_free(op);
}

static void every_violation_is_found_not_only_the_first(void **state) {
    Estate *e = *state;
    put_works(e->plan, H1, KITCHEN, on("2026-09-24"), on("2026-09-24"));
    e->plan->households[H2].home = NONE;
    e->op->households[H1].earliest = on("2026-09-15");
    assert_int_equal(count_broken(e, "C3"), 1);
    assert_int_equal(count_broken(e, "C9"), 1);
    assert_int_equal(count_broken(e, "C1"), 1);
}

/* ---- A plan that is no plan ---------------------------------------------------------------- */

static void a_planned_household_dates_every_task(void **state) {
    Estate *e = *state;
    told(e, H1, BACK)->start = DATE_NONE;
    e->op->households[H1].relocation = RELOCATION_OWN;
    e->plan->households[H1].home = NONE;
    assert_broken(e, "plan", "H1", "move_back", NULL);
}

static void a_task_ends_after_it_starts(void **state) {
    Estate *e = *state;
    told(e, H2, BACK)->finish = on("2026-10-01");
    assert_int_equal(count_broken(e, "plan"), 1);
    told(e, H2, BACK)->finish = on("2026-10-02");
    assert_kept(e);
}

static void dates_that_no_calendar_has_are_found(void **state) {
    Estate *e = *state;
    told(e, H2, BACK)->finish = INT32_MAX;
    assert_int_equal(count_broken(e, "plan"), 1);
    told(e, H2, BACK)->start = INT32_MIN + 1;
    assert_int_equal(count_broken(e, "plan"), 1);
}

static void an_appointment_has_a_clock_time(void **state) {
    Estate *e = *state;
    told(e, H1, VISIT)->start_minute = told(e, H1, VISIT)->finish_minute = MINUTE_NONE;
    assert_broken(e, "plan", "H1", "visit", "2026-09-14", NULL);
    told(e, H1, VISIT)->start_minute = 24 * 60;
    assert_broken(e, "plan", "H1", "visit", "2026-09-14", NULL);
}

static void works_have_no_clock_time(void **state) {
    Estate *e = *state;
    told(e, H1, KITCHEN)->start_minute = at("08:00");
    assert_broken(e, "plan", "H1", "kitchen", "2026-09-24", NULL);
}

static void an_unplanned_household_has_no_new_dates(void **state) {
    Estate *e = *state;
    Plan *facts = plan_new(e->op->arena, e->op);
    e->plan->households[H2] = facts->households[H2];
    *told(e, H2, OUT) =
        (PlanTask){on("2026-09-22"), on("2026-09-22"), MINUTE_NONE, MINUTE_NONE, STATUS_PROPOSED};
    assert_broken(e, "plan", "H2", "move_out", "2026-09-22", NULL);
}

static void a_member_of_another_role_serves_nobody(void **state) {
    Estate *e = *state;
    e->plan->households[H1].members[PILOT] = MOV;
    assert_broken(e, "plan", "H1", "pilot", NULL);
}

static void a_member_that_does_not_exist_serves_nobody(void **state) {
    Estate *e = *state;
    e->plan->households[H1].members[FITTER] = 77;
    assert_broken(e, "plan", "H1", "fitter", NULL);
    e->plan->households[H1].members[FITTER] = -77;
    assert_broken(e, "plan", "H1", "fitter", NULL);
}

static void a_role_that_is_needed_has_a_member(void **state) {
    Estate *e = *state;
    e->plan->households[H2].members[LORRY] = NONE;
    assert_broken(e, "plan", "H2", "lorry", NULL);
}

static void a_role_whose_tasks_are_done_needs_nobody(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-14");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-14"), at("09:00"));
    estate_plan(e);
    e->plan->households[H1].members[PILOT] = NONE;
    put_appointment(e->op, e->plan, H2, VISIT, on("2026-09-15"), at("13:30"));
    assert_kept(e);
}

static void a_home_that_does_not_exist_is_found(void **state) {
    Estate *e = *state;
    e->plan->households[H1].home = 2;
    assert_int_equal(count_broken(e, "plan"), 1);
    assert_int_equal(count_broken(e, "C9"), 1);
}

static void a_home_for_who_needs_none_is_found(void **state) {
    Estate *e = *state;
    e->op->households[H1].relocation = RELOCATION_OWN;
    assert_broken(e, "plan", "H1", "R1", NULL);
}

/* ---- C8 ------------------------------------------------------------------------------------ */

static void the_fixed_member_serves_the_household(void **state) {
    Estate *e = *state;
    e->op->households[H1].members[FITTER] = FIT2;
    assert_broken(e, "C8", "H1", "fit1", "fitter", "fit2", NULL);
    put_member(e->op, e->plan, H1, FIT2);
    assert_kept(e);
}

/* Anna has visited H1. */
static void visit_by_anna(Estate *e) {
    e->op->as_of = on("2026-09-09");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-08"), at("09:00"))->member = ANNA;
    estate_plan(e);
}

static void the_member_of_a_fact_serves_on(void **state) {
    Estate *e = *state;
    visit_by_anna(e);
    assert_kept(e);
    put_member(e->op, e->plan, H1, PAUL);
    assert_broken(e, "C8", "H1", "paul", "pilot", "anna", NULL);
}

static void a_fixed_member_takes_over_from_the_member_of_a_fact(void **state) {
    Estate *e = *state;
    e->op->households[H1].members[PILOT] = PAUL;
    visit_by_anna(e);
    assert_kept(e);
    put_member(e->op, e->plan, H1, ANNA);
    assert_broken(e, "C8", "H1", "anna", "pilot", "paul", NULL);
}

static void the_member_of_a_promise_may_change(void **state) {
    Estate *e = *state;
    build_fact(e->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("09:00"))->member = ANNA;
    assert_kept(e);
}

/* ---- C12 ----------------------------------------------------------------------------------- */

/* H1 has moved out, its kitchen is under way since Thursday the 24th. */
static void start_kitchen(Estate *e) {
    e->op->as_of = on("2026-09-24");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-14"), at("09:00"))->member = PAUL;
    build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-21"), MINUTE_NONE)->home = R1;
    build_fact(e->op, H1, KITCHEN, STATUS_STARTED, on("2026-09-24"), MINUTE_NONE)->member = FIT1;
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-14"), at("13:30"))->member = PAUL;
    build_fact(e->op, H2, OUT, STATUS_DONE, on("2026-09-22"), MINUTE_NONE)->home = R2;
    estate_plan(e);
}

static void facts_as_they_are_told_are_kept(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    assert_kept(e);
}

static void a_fact_that_moves_is_found(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    told(e, H1, VISIT)->start = told(e, H1, VISIT)->finish = on("2026-09-15");
    assert_broken(e, "C12", "H1", "visit", "2026-09-14", "2026-09-15", NULL);
}

static void a_fact_at_another_time_is_found(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    told(e, H1, VISIT)->start_minute = at("09:15");
    assert_broken(e, "C12", "H1", "visit", "2026-09-14 09:00", "2026-09-14 09:15", NULL);
}

static void a_fact_that_ends_otherwise_is_found(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    told(e, H1, KITCHEN)->finish = on("2026-09-28");
    assert_broken(e, "C12", "H1", "kitchen", "2026-09-25", "2026-09-28", NULL);
}

static void a_fact_that_is_left_out_is_found(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    told(e, H1, OUT)->start = DATE_NONE;
    assert_broken(e, "C12", "H1", "move_out", "2026-09-21", NULL);
}

static void facts_of_unplanned_households_are_kept_too(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    Plan *facts = plan_new(e->op->arena, e->op);
    e->plan->households[H1] = facts->households[H1];
    assert_kept(e);
    told(e, H1, KITCHEN)->start = on("2026-09-23");
    assert_broken(e, "C12", "H1", "kitchen", "2026-09-24", "2026-09-23", NULL);
}

static void works_under_way_end_when_their_working_days_are_over(void **state) {
    Estate *e = *state;
    build_calendar(e->op, FIT1, on("2026-09-25"), on("2026-09-25"), 0);
    start_kitchen(e);
    assert_int_equal(told(e, H1, KITCHEN)->finish, on("2026-09-28"));
    put_member(e->op, e->plan, H2, FIT2);
    put_works(e->plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    assert_kept(e);
}

static void successors_wait_for_the_forecast_of_works_under_way(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    build_fact(e->op, H1, KITCHEN, STATUS_STARTED, on("2026-09-24"), MINUTE_NONE)->finish =
        on("2026-09-28");
    estate_plan(e);
    put_member(e->op, e->plan, H2, FIT2);
    assert_broken(e, "C2", "H1", "move_back", "2026-09-29", "2026-09-30", "2026-09-28", NULL);
}

/* ---- Anything at all ----------------------------------------------------------------------- */

/* A number that is often at an edge. */
static int32_t any_number(int32_t near) {
    static const int32_t edges[] = {INT32_MIN, INT32_MIN + 1, -1000, -1, 0, 1, 1000, INT32_MAX};
    int choice = rand() % 12;
    return choice < 8 ? edges[choice] : near + rand() % 61 - 30;
}

static void a_plan_full_of_nonsense_is_judged_without_harm(void **state) {
    Estate *e = *state;
    start_kitchen(e);
    srand(1);
    for (int round = 0; round < 3000; round++) {
        for (int h = H1; h <= H2; h++) {
            PlanHousehold *household = &e->plan->households[h];
            household->planned = rand() % 4 > 0;
            household->home = any_number(0);
            for (int role = PILOT; role <= FITTER; role++) {
                household->members[role] = rand() % 3 > 0 ? rand() % 6 : any_number(2);
            }
            for (int a = VISIT; a <= BACK; a++) {
                date_t start = any_number(on("2026-09-24"));
                date_t finish = rand() % 2 == 0 ? start : any_number(on("2026-09-24"));
                household->tasks[a] =
                    (PlanTask){start, finish, any_number(600), any_number(600), STATUS_PROPOSED};
            }
        }
        e->previous = rand() % 2 == 0 ? e->plan : NULL;
        Verdict *verdict = verify_plan(e->op, e->previous, e->plan, true);
        assert_true(verdict->n_violations > 0);
        for (int i = 0; i < verdict->n_violations; i++) {
            assert_true(strlen(verdict->violations[i].message) > 10);
            assert_in_range(verdict->violations[i].household + 1, 0, 2);
        }
        verdict_free(verdict);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_correct_plan_keeps_all_rules),
        TEST(a_plan_of_nobody_keeps_all_rules),
        TEST(an_empty_operation_has_a_plan),
        TEST(every_violation_is_found_not_only_the_first),
        TEST(a_planned_household_dates_every_task),
        TEST(a_task_ends_after_it_starts),
        TEST(dates_that_no_calendar_has_are_found),
        TEST(an_appointment_has_a_clock_time),
        TEST(works_have_no_clock_time),
        TEST(an_unplanned_household_has_no_new_dates),
        TEST(a_member_of_another_role_serves_nobody),
        TEST(a_member_that_does_not_exist_serves_nobody),
        TEST(a_role_that_is_needed_has_a_member),
        TEST(a_role_whose_tasks_are_done_needs_nobody),
        TEST(a_home_that_does_not_exist_is_found),
        TEST(a_home_for_who_needs_none_is_found),
        TEST(the_fixed_member_serves_the_household),
        TEST(the_member_of_a_fact_serves_on),
        TEST(a_fixed_member_takes_over_from_the_member_of_a_fact),
        TEST(the_member_of_a_promise_may_change),
        TEST(facts_as_they_are_told_are_kept),
        TEST(a_fact_that_moves_is_found),
        TEST(a_fact_at_another_time_is_found),
        TEST(a_fact_that_ends_otherwise_is_found),
        TEST(a_fact_that_is_left_out_is_found),
        TEST(facts_of_unplanned_households_are_kept_too),
        TEST(works_under_way_end_when_their_working_days_are_over),
        TEST(successors_wait_for_the_forecast_of_works_under_way),
        TEST(a_plan_full_of_nonsense_is_judged_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
