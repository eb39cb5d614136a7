/* What seldom happens and has to be judged all the same: dates of employment, rows for a whole
 * role, facts outside of the horizon, needs told twice, everything at the same time. */
#include "solver/verify.h"
#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* ---- Calendars ----------------------------------------------------------------------------- */

static void who_is_not_employed_yet_does_not_work(void **state) {
    Estate *e = *state;
    e->op->resources[FIT1].from = on("2026-09-25");
    assert_int_equal(count_broken(e, "C3"), 2); /* the start, and the finish that follows */
    e->op->resources[FIT1].from = on("2026-09-24");
    assert_kept(e);
}

static void who_is_not_employed_any_more_does_not_work(void **state) {
    Estate *e = *state;
    e->op->resources[FIT1].until = on("2026-09-28");
    assert_int_equal(count_broken(e, "C3"), 1); /* H2's second day */
    e->op->resources[FIT1].until = on("2026-09-29");
    assert_kept(e);
    e->op->resources[PAUL].until = on("2026-09-13");
    assert_int_equal(count_broken(e, "C5"), 2);
    e->op->resources[PAUL].until = on("2026-09-14");
    assert_kept(e);
}

static void a_row_for_a_role_is_for_all_its_members_alone(void **state) {
    Estate *e = *state;
    CalendarRow *row = build_calendar(e->op, NONE, on("2026-09-24"), on("2026-09-24"), 0);
    row->role = FITTER;
    row->closed = true;
    assert_int_equal(count_broken(e, "C3"), 2);
    row->role = LORRY;
    assert_kept(e);
    row->role = PILOT;
    row->from = row->until = on("2026-09-14");
    assert_int_equal(count_broken(e, "C5"), 2);
}

static void a_row_changes_nothing_outside_of_employment(void **state) {
    Estate *e = *state;
    e->op->resources[PAUL].until = on("2026-09-13");
    build_calendar(e->op, PAUL, on("2026-09-14"), on("2026-09-14"), 1);
    assert_int_equal(count_broken(e, "C5"), 2);
}

static void a_row_reaches_beyond_the_horizon_without_harm(void **state) {
    Estate *e = *state;
    build_calendar(e->op, FIT1, on("2026-08-01"), on("2026-09-23"), 0);
    build_calendar(e->op, FIT1, on("2026-09-30"), on("2027-12-31"), 0);
    assert_kept(e);
}

/* ---- Facts --------------------------------------------------------------------------------- */

/* H1's visit took place on that day. */
static Fact *visit_done(Estate *e, const char *date, const char *time) {
    e->op->as_of = on("2026-09-15");
    Fact *fact = build_fact(e->op, H1, VISIT, STATUS_DONE, on(date), at(time));
    fact->member = PAUL;
    return fact;
}

static PlanTask *told(const Estate *e, int h, int a) {
    return &e->plan->households[h].tasks[a];
}

static void the_end_of_an_appointment_is_told_as_it_was(void **state) {
    Estate *e = *state;
    Fact *fact = visit_done(e, "2026-09-14", "09:00");
    fact->finish = on("2026-09-14");
    fact->finish_minute = at("10:00");
    estate_plan(e);
    assert_int_equal(told(e, H1, VISIT)->finish_minute, at("10:00"));
    assert_int_equal(count_broken(e, "C12"), 0);
    told(e, H1, VISIT)->finish_minute = at("10:30");
    assert_int_equal(count_broken(e, "C12"), 1);
    /* Where the end is not known, nothing is said of it. */
    fact->finish_minute = MINUTE_NONE;
    assert_int_equal(count_broken(e, "C12"), 0);
}

static void a_fact_at_an_unknown_hour_may_be_told_at_any(void **state) {
    Estate *e = *state;
    Fact *fact = visit_done(e, "2026-09-14", "09:00");
    fact->start_minute = MINUTE_NONE;
    fact->finish = on("2026-09-14");
    fact->finish_minute = at("10:00");
    estate_plan(e);
    assert_int_equal(count_broken(e, "C12"), 0);
    told(e, H1, VISIT)->start_minute = at("09:00");
    told(e, H1, VISIT)->finish_minute = at("10:30");
    assert_int_equal(count_broken(e, "C12"), 0);
}

static void a_fact_on_a_day_that_no_calendar_has_is_not_judged(void **state) {
    Estate *e = *state;
    Fact *fact = visit_done(e, "2026-09-14", "09:00");
    estate_plan(e);
    assert_int_equal(count_broken(e, "C12"), 0);
    fact->start = on("2999-12-31") + 1;
    assert_int_equal(count_broken(e, "C12"), 0);
    fact->start = on("1900-01-01") - 1;
    assert_int_equal(count_broken(e, "C12"), 0);
}

static void works_done_have_ended_by_the_day_of_the_plan(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-24");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-14"), at("09:00"))->member = PAUL;
    Fact *out = build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-21"), MINUTE_NONE);
    out->home = R1;
    build_fact(e->op, H1, KITCHEN, STATUS_DONE, on("2026-09-24"), MINUTE_NONE);
    estate_plan(e);
    /* Two working days from Thursday on end on Friday, which is to come. */
    assert_int_equal(told(e, H1, KITCHEN)->finish, on("2026-09-24"));
    assert_int_equal(count_broken(e, "C12"), 0);
    told(e, H1, KITCHEN)->finish = on("2026-09-25");
    assert_int_equal(count_broken(e, "C12"), 1);
}

static void works_begun_before_the_horizon_count_weekdays(void **state) {
    Estate *e = *state;
    e->op->as_of = on("2026-09-07");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-08-31"), MINUTE_NONE);
    Fact *out = build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-01"), MINUTE_NONE);
    out->home = R1;
    /* Friday before the horizon and its first Monday; the weekend between is none of their days. */
    build_fact(e->op, H1, KITCHEN, STATUS_STARTED, on("2026-09-04"), MINUTE_NONE);
    estate_plan(e);
    assert_int_equal(told(e, H1, KITCHEN)->finish, on("2026-09-07"));
    assert_int_equal(count_broken(e, "C12"), 0);
    told(e, H1, KITCHEN)->finish = on("2026-09-08");
    assert_int_equal(count_broken(e, "C12"), 1);
}

/* ---- At the same time ---------------------------------------------------------------------- */

static void a_need_told_twice_is_one_need_of_so_many(void **state) {
    Estate *e = *state;
    build_need(e->op, 0, VISIT, PILOT, 1);
    estate_plan(e);
    assert_int_equal(count_broken(e, "C6"), 2); /* each visit wants two pilots of one */
    e->op->resources[PAUL].capacity = 2 * MILLI;
    assert_kept(e);
    e->op->resources[PAUL].until = on("2026-09-13");
    assert_int_equal(count_broken(e, "C5"), 2); /* each is told once */
}

static void a_household_cannot_have_two_appointments_with_one_pilot_at_once(void **state) {
    (void)state;
    Operation *op = build_operation();
    int pilot = build_role(op, "pilot", MEASURE_CLOCK);
    build_resource(op, pilot, "paul", 1);
    int package = build_package(op, "package");
    build_appointment(op, package, "one", 60, pilot);
    build_appointment(op, package, "two", 60, pilot);
    build_household(op, package, "H1");
    Plan *plan = plan_new(op->arena, op);
    put_appointment(op, plan, 0, 0, on("2026-09-14"), at("09:00"));
    put_appointment(op, plan, 0, 1, on("2026-09-14"), at("09:00"));
    put_member(op, plan, 0, 0);
    Verdict *verdict = verify_plan(op, NULL, plan, false);
    assert_int_equal(verdict->n_violations, 1);
    assert_string_equal(verdict->violations[0].constraint, "C6");
    verdict_free(verdict);
    operation_free(op);
}

static void so_many_on_one_day_are_named_as_fit(void **state) {
    Estate *e = *state;
    enum { MORE = 12 };
    for (int i = 0; i < MORE; i++) {
        estate_add_household(e, "more");
    }
    estate_plan(e);
    for (int h = 0; h < 2 + MORE; h++) {
        e->plan->households[h] = e->plan->households[H1];
        e->plan->households[h].home = NONE;
        e->op->households[h].relocation = RELOCATION_OWN;
    }
    Verdict *verdict = verify_plan(e->op, NULL, e->plan, false);
    int named = 0;
    for (int i = 0; i < verdict->n_violations; i++) {
        named += strstr(verdict->violations[i].message, ", ...") != NULL;
    }
    assert_true(named > 0);
    verdict_free(verdict);
}

static void an_evening_with_a_crew_is_the_pilots_alone(void **state) {
    Estate *e = *state;
    build_evenings(e->op, PAUL, 1);
    build_need(e->op, 0, VISIT, FITTER, 1);
    estate_plan(e);
    build_availability(e->op, H1, AVAILABLE, on("2026-09-14"), on("2026-09-14"), at("17:30"),
                       at("20:30"));
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("18:00"));
    assert_int_equal(cost_of(e, PART_LATE_EVENING), e->op->weights[PART_LATE_EVENING]);
    assert_int_equal(count_broken(e, "C7"), 0);
}

/* ---- Notice -------------------------------------------------------------------------------- */

static void a_day_planned_before_without_a_time_leaves_the_time_free(void **state) {
    Estate *e = *state;
    e->previous = plan_new(e->op->arena, e->op);
    for (int h = 0; h < 2; h++) {
        for (int a = 0; a < 4; a++) {
            e->previous->households[h].tasks[a] = e->plan->households[h].tasks[a];
        }
    }
    e->op->packages[0].tasks[VISIT].notice_days = 30;
    assert_kept(e);
    PlanTask *before = &e->previous->households[H1].tasks[VISIT];
    before->start_minute = before->finish_minute = MINUTE_NONE;
    assert_kept(e);
    before->start_minute = at("09:15");
    assert_int_equal(count_broken(e, "C1"), 1);
    before->start -= 1;
    assert_int_equal(count_broken(e, "C1"), 1);
}

static void without_a_grid_any_minute_will_do(void **state) {
    Estate *e = *state;
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("09:07"));
    assert_int_equal(count_broken(e, "C5"), 1);
    e->op->grid_minutes = 0;
    assert_kept(e);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(who_is_not_employed_yet_does_not_work),
        TEST(who_is_not_employed_any_more_does_not_work),
        TEST(a_row_for_a_role_is_for_all_its_members_alone),
        TEST(a_row_changes_nothing_outside_of_employment),
        TEST(a_row_reaches_beyond_the_horizon_without_harm),
        TEST(the_end_of_an_appointment_is_told_as_it_was),
        TEST(a_fact_at_an_unknown_hour_may_be_told_at_any),
        TEST(a_fact_on_a_day_that_no_calendar_has_is_not_judged),
        TEST(works_done_have_ended_by_the_day_of_the_plan),
        TEST(works_begun_before_the_horizon_count_weekdays),
        TEST(a_need_told_twice_is_one_need_of_so_many),
        cmocka_unit_test(a_household_cannot_have_two_appointments_with_one_pilot_at_once),
        TEST(so_many_on_one_day_are_named_as_fit),
        TEST(an_evening_with_a_crew_is_the_pilots_alone),
        TEST(a_day_planned_before_without_a_time_leaves_the_time_free),
        TEST(without_a_grid_any_minute_will_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
