/* C4, C6 and C7: members that households share. */
#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Task *task_of(const Estate *estate, int a) {
    return &estate->op->packages[0].tasks[a];
}

/* Both move out on one day, H2 with this volume. */
static void move_out_together(Estate *estate, milli_t volume) {
    estate->op->resources[MOV].capacity = 2 * MILLI;
    estate->op->households[H2].volume = volume;
    put_works(estate->plan, H2, OUT, on("2026-09-21"), on("2026-09-21"));
}

/* ---- C4 ------------------------------------------------------------------------------------ */

static void a_capacity_may_be_used_up(void **state) {
    Estate *e = *state;
    move_out_together(e, 20 * MILLI);
    assert_kept(e);
}

static void a_thousandth_too_much_is_found(void **state) {
    Estate *e = *state;
    move_out_together(e, 20 * MILLI + 1);
    assert_broken(e, "C4", "van", "2026-09-21", "40.001", " 40 ", "H1 move_out", "H2 move_out",
                  NULL);
}

static void a_crew_in_two_places_is_found(void **state) {
    Estate *e = *state;
    put_works(e->plan, H2, OUT, on("2026-09-21"), on("2026-09-21"));
    assert_broken(e, "C4", "mov", "2026-09-21", "H1 move_out", "H2 move_out", NULL);
}

static void every_day_on_which_a_crew_is_short_is_found(void **state) {
    Estate *e = *state;
    put_works(e->plan, H2, KITCHEN, on("2026-09-24"), on("2026-09-25"));
    assert_int_equal(count_broken(e, "C4"), 2);
    put_works(e->plan, H2, KITCHEN, on("2026-09-25"), on("2026-09-28"));
    assert_broken(e, "C4", "fit1", "2026-09-25", NULL);
}

static void a_day_with_less_capacity_counts_as_it_is(void **state) {
    Estate *e = *state;
    build_calendar(e->op, VAN, on("2026-09-21"), on("2026-09-21"), 19);
    assert_broken(e, "C4", "van", "2026-09-21", "20", "19", NULL);
}

static void needs_of_one_role_add_up(void **state) {
    Estate *e = *state;
    build_need(e->op, 0, KITCHEN, FITTER, 1);
    e->op->resources[FIT1].capacity = 2 * MILLI;
    assert_kept(e);
    e->op->resources[FIT1].capacity = MILLI;
    assert_int_equal(count_broken(e, "C4"), 4);
}

static void a_closed_day_between_uses_nothing(void **state) {
    Estate *e = *state;
    build_calendar(e->op, FIT1, on("2026-09-25"), on("2026-09-25"), 0);
    put_works(e->plan, H1, KITCHEN, on("2026-09-24"), on("2026-09-28"));
    put_works(e->plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    put_works(e->plan, H2, KITCHEN, on("2026-09-29"), on("2026-09-30"));
    assert_kept(e);
}

static void a_day_on_which_another_member_is_off_uses_nothing(void **state) {
    Estate *e = *state;
    /* The kitchen of H1 needs the movers too, who are off on Friday: the fitter is free then, for
     * the visit of H2. */
    build_need(e->op, 0, KITCHEN, MOVERS, 1);
    build_need(e->op, 0, VISIT, FITTER, 1);
    build_calendar(e->op, MOV, on("2026-09-25"), on("2026-09-25"), 0);
    put_works(e->plan, H1, KITCHEN, on("2026-09-24"), on("2026-09-28"));
    put_works(e->plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    put_appointment(e->op, e->plan, H2, VISIT, on("2026-09-25"), at("13:30"));
    put_works(e->plan, H2, OUT, on("2026-09-29"), on("2026-09-29"));
    put_works(e->plan, H2, KITCHEN, on("2026-10-01"), on("2026-10-02"));
    put_works(e->plan, H2, BACK, on("2026-10-05"), on("2026-10-05"));
    assert_kept(e);
}

static void an_appointment_uses_the_crew_that_it_needs(void **state) {
    Estate *e = *state;
    build_need(e->op, 0, VISIT, FITTER, 1);
    assert_broken(e, "C4", "fit1", "2026-09-14", "H1 visit", "H2 visit", NULL);
    put_member(e->op, e->plan, H2, FIT2);
    assert_kept(e);
}

static void an_appointment_needs_a_crew_that_works_that_day(void **state) {
    Estate *e = *state;
    build_need(e->op, 0, VISIT, FITTER, 1);
    put_member(e->op, e->plan, H2, FIT2);
    build_calendar(e->op, FIT2, on("2026-09-14"), on("2026-09-14"), 0);
    assert_broken(e, "C4", "H2", "visit", "fit2", "2026-09-14", NULL);
}

/* H1's kitchen is under way from Monday 21 to `finish`, and it is the day `as_of`. */
static void start_kitchen(Estate *e, const char *as_of, const char *finish) {
    e->op->as_of = on(as_of);
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-07"), at("09:00"))->member = PAUL;
    build_fact(e->op, H1, OUT, STATUS_DONE, on("2026-09-08"), MINUTE_NONE)->home = R1;
    Fact *kitchen = build_fact(e->op, H1, KITCHEN, STATUS_STARTED, on("2026-09-21"), MINUTE_NONE);
    kitchen->finish = on(finish);
    kitchen->member = FIT1;
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-07"), at("13:30"))->member = PAUL;
    build_fact(e->op, H2, OUT, STATUS_DONE, on("2026-09-09"), MINUTE_NONE)->home = R2;
    estate_plan(e);
    put_works(e->plan, H1, BACK, on("2026-10-05"), on("2026-10-05"));
}

static void works_under_way_use_their_crew_to_their_finish(void **state) {
    Estate *e = *state;
    start_kitchen(e, "2026-09-23", "2026-09-28");
    assert_broken(e, "C4", "fit1", "2026-09-28", "H1 kitchen", "H2 kitchen", NULL);
}

static void works_under_way_use_nothing_after_their_finish(void **state) {
    Estate *e = *state;
    start_kitchen(e, "2026-09-23", "2026-09-25");
    assert_kept(e);
}

static void facts_that_exceed_a_capacity_by_themselves_are_not_judged(void **state) {
    Estate *e = *state;
    start_kitchen(e, "2026-09-23", "2026-09-25");
    Fact *kitchen = build_fact(e->op, H2, KITCHEN, STATUS_STARTED, on("2026-09-22"), MINUTE_NONE);
    kitchen->member = FIT1;
    kitchen->finish = on("2026-09-25");
    estate_plan(e);
    put_works(e->plan, H1, BACK, on("2026-10-05"), on("2026-10-05"));
    assert_kept(e);
}

static void nothing_new_is_added_where_facts_exceed_a_capacity(void **state) {
    Estate *e = *state;
    start_kitchen(e, "2026-09-23", "2026-09-25");
    build_calendar(e->op, FIT1, on("2026-09-24"), on("2026-09-24"), 1)->capacity = MILLI / 2;
    put_works(e->plan, H2, KITCHEN, on("2026-09-24"), on("2026-09-25"));
    assert_int_equal(count_broken(e, "C4"), 2);
}

/* ---- C6 ------------------------------------------------------------------------------------ */

static void visit_of_h2(Estate *e, const char *time) {
    put_appointment(e->op, e->plan, H2, VISIT, on("2026-09-14"), at(time));
}

static void a_buffer_exactly_long_enough_is_kept(void **state) {
    Estate *e = *state;
    task_of(e, VISIT)->minutes = 60;
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("08:30"));
    visit_of_h2(e, "09:45");
    assert_kept(e);
}

static void a_buffer_too_short_is_found(void **state) {
    Estate *e = *state;
    task_of(e, VISIT)->minutes = 60;
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("08:30"));
    visit_of_h2(e, "09:30");
    assert_broken(e, "C6", "H2", "visit", "paul", "2026-09-14 09:30", "H1", "09:30", "15", NULL);
}

static void the_buffer_holds_from_slot_to_slot(void **state) {
    Estate *e = *state;
    e->op->slots[AFTERNOON].from = at("12:00");
    put_appointment(e->op, e->plan, H1, VISIT, on("2026-09-14"), at("10:30"));
    visit_of_h2(e, "12:00");
    assert_broken(e, "C6", "H2", "paul", NULL);
    visit_of_h2(e, "12:15");
    assert_kept(e);
}

static void two_appointments_at_once_are_found(void **state) {
    Estate *e = *state;
    visit_of_h2(e, "09:45");
    assert_broken(e, "C6", "H2", "paul", "2026-09-14 09:45", "H1", NULL);
}

static void two_members_may_have_appointments_at_once(void **state) {
    Estate *e = *state;
    visit_of_h2(e, "09:00");
    put_member(e->op, e->plan, H2, ANNA);
    assert_kept(e);
}

static void so_many_people_keep_so_many_appointments_without_a_buffer(void **state) {
    Estate *e = *state;
    e->op->resources[PAUL].capacity = 2 * MILLI;
    visit_of_h2(e, "09:45");
    assert_kept(e);
    int h3 = estate_add_household(e, "H3");
    estate_plan(e);
    put_member(e->op, e->plan, h3, PAUL);
    visit_of_h2(e, "09:45");
    put_appointment(e->op, e->plan, h3, VISIT, on("2026-09-14"), at("10:30"));
    assert_int_equal(count_broken(e, "C6"), 0);
    put_appointment(e->op, e->plan, h3, VISIT, on("2026-09-14"), at("10:15"));
    assert_int_equal(count_broken(e, "C6"), 1);
}

static void an_appointment_may_need_more_people_than_there_are(void **state) {
    Estate *e = *state;
    task_of(e, VISIT)->needs[0].amount = 2 * MILLI;
    e->op->resources[PAUL].capacity = 2 * MILLI;
    assert_kept(e);
    e->op->resources[PAUL].capacity = MILLI;
    assert_int_equal(count_broken(e, "C6"), 2);
}

/* It is Monday the 14th, and paul is with H1 from 09:00 to 10:30. */
static void start_visit(Estate *e, Status status) {
    e->op->as_of = on("2026-09-14");
    task_of(e, VISIT)->notice_days = 0;
    build_fact(e->op, H1, VISIT, status, on("2026-09-14"), at("09:00"))->member = PAUL;
    estate_plan(e);
}

static void an_appointment_under_way_takes_its_time(void **state) {
    Estate *e = *state;
    start_visit(e, STATUS_STARTED);
    visit_of_h2(e, "10:30");
    assert_broken(e, "C6", "H2", "2026-09-14 10:30", "H1", NULL);
}

static void a_short_appointment_does_not_hide_a_long_one_that_began_before(void **state) {
    Estate *e = *state;
    start_visit(e, STATUS_STARTED);
    e->op->households[H1].facts[VISIT].finish = on("2026-09-14");
    e->op->households[H1].facts[VISIT].finish_minute = at("13:30");
    int h3 = estate_add_household(e, "H3");
    build_fact(e->op, h3, VISIT, STATUS_STARTED, on("2026-09-14"), at("09:15"))->member = PAUL;
    estate_plan(e);
    visit_of_h2(e, "13:30");
    assert_broken(e, "C6", "H2", "2026-09-14 13:30", "H1", "13:30", NULL);
}

static void an_appointment_that_is_done_takes_no_time(void **state) {
    Estate *e = *state;
    start_visit(e, STATUS_DONE);
    visit_of_h2(e, "10:30");
    assert_kept(e);
}

static void appointments_under_way_at_once_are_not_judged(void **state) {
    Estate *e = *state;
    start_visit(e, STATUS_STARTED);
    build_fact(e->op, H2, VISIT, STATUS_STARTED, on("2026-09-14"), at("09:30"))->member = PAUL;
    estate_plan(e);
    assert_kept(e);
}

/* ---- C7 ------------------------------------------------------------------------------------ */

/* Paul and anna work evenings, the tenants like them; the visits are on these evenings. */
static void visit_in_evenings(Estate *e, int most, const char *first, const char *second) {
    build_evenings(e->op, PAUL, most);
    build_evenings(e->op, ANNA, most);
    for (int h = H1; h <= H2; h++) {
        build_availability(e->op, h, AVAILABLE, e->op->start, e->op->end, MINUTE_NONE, MINUTE_NONE);
    }
    put_appointment(e->op, e->plan, H1, VISIT, on(first), at("17:30"));
    put_appointment(e->op, e->plan, H2, VISIT, on(second), at("19:00"));
}

static void as_many_evenings_as_allowed_are_kept(void **state) {
    Estate *e = *state;
    visit_in_evenings(e, 2, "2026-09-14", "2026-09-18");
    assert_kept(e);
}

static void an_evening_too_many_is_found(void **state) {
    Estate *e = *state;
    visit_in_evenings(e, 1, "2026-09-14", "2026-09-18");
    assert_broken(e, "C7", "paul", "2 evenings", "2026-09-14", "2026-09-18", "1", NULL);
}

static void two_appointments_of_one_evening_are_one_evening(void **state) {
    Estate *e = *state;
    e->op->buffer_minutes = 0;
    visit_in_evenings(e, 1, "2026-09-14", "2026-09-14");
    assert_kept(e);
}

static void the_week_ends_on_sunday(void **state) {
    Estate *e = *state;
    visit_in_evenings(e, 1, "2026-09-11", "2026-09-14");
    assert_kept(e);
}

static void every_member_has_evenings_of_its_own(void **state) {
    Estate *e = *state;
    visit_in_evenings(e, 1, "2026-09-14", "2026-09-15");
    put_member(e->op, e->plan, H2, ANNA);
    assert_kept(e);
}

static void no_evening_at_all_may_be_allowed(void **state) {
    Estate *e = *state;
    visit_in_evenings(e, 0, "2026-09-14", "2026-09-14");
    e->op->buffer_minutes = 0;
    assert_broken(e, "C7", "paul", "1 evening", "2026-09-14", NULL);
}

/* H1's visit took the evening of Tuesday the 8th; it is Wednesday. */
static void do_evening_visit(Estate *e) {
    e->op->as_of = on("2026-09-09");
    build_fact(e->op, H1, VISIT, STATUS_DONE, on("2026-09-08"), at("18:00"))->member = PAUL;
    estate_plan(e);
    visit_in_evenings(e, 1, "2026-09-08", "2026-09-11");
    e->plan->households[H1].tasks[VISIT].start_minute = at("18:00");
    e->plan->households[H1].tasks[VISIT].finish_minute = at("19:30");
}

static void an_evening_that_is_done_counts_in_its_week(void **state) {
    Estate *e = *state;
    do_evening_visit(e);
    assert_broken(e, "C7", "paul", "2026-09-08", "2026-09-11", NULL);
}

static void an_evening_done_before_the_horizon_counts_in_its_week(void **state) {
    Estate *e = *state;
    do_evening_visit(e);
    e->op->start = on("2026-09-09");
    assert_broken(e, "C7", "paul", "2026-09-08", "2026-09-11", NULL);
}

static void too_many_evenings_done_already_are_not_judged(void **state) {
    Estate *e = *state;
    do_evening_visit(e);
    build_fact(e->op, H2, VISIT, STATUS_DONE, on("2026-09-09"), at("18:00"))->member = PAUL;
    estate_plan(e);
    assert_kept(e);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_capacity_may_be_used_up),
        TEST(a_thousandth_too_much_is_found),
        TEST(a_crew_in_two_places_is_found),
        TEST(every_day_on_which_a_crew_is_short_is_found),
        TEST(a_day_with_less_capacity_counts_as_it_is),
        TEST(needs_of_one_role_add_up),
        TEST(a_closed_day_between_uses_nothing),
        TEST(a_day_on_which_another_member_is_off_uses_nothing),
        TEST(an_appointment_uses_the_crew_that_it_needs),
        TEST(an_appointment_needs_a_crew_that_works_that_day),
        TEST(works_under_way_use_their_crew_to_their_finish),
        TEST(works_under_way_use_nothing_after_their_finish),
        TEST(facts_that_exceed_a_capacity_by_themselves_are_not_judged),
        TEST(nothing_new_is_added_where_facts_exceed_a_capacity),
        TEST(a_buffer_exactly_long_enough_is_kept),
        TEST(a_buffer_too_short_is_found),
        TEST(the_buffer_holds_from_slot_to_slot),
        TEST(two_appointments_at_once_are_found),
        TEST(two_members_may_have_appointments_at_once),
        TEST(so_many_people_keep_so_many_appointments_without_a_buffer),
        TEST(an_appointment_may_need_more_people_than_there_are),
        TEST(an_appointment_under_way_takes_its_time),
        TEST(a_short_appointment_does_not_hide_a_long_one_that_began_before),
        TEST(an_appointment_that_is_done_takes_no_time),
        TEST(appointments_under_way_at_once_are_not_judged),
        TEST(as_many_evenings_as_allowed_are_kept),
        TEST(an_evening_too_many_is_found),
        TEST(two_appointments_of_one_evening_are_one_evening),
        TEST(the_week_ends_on_sunday),
        TEST(every_member_has_evenings_of_its_own),
        TEST(no_evening_at_all_may_be_allowed),
        TEST(an_evening_that_is_done_counts_in_its_week),
        TEST(an_evening_done_before_the_horizon_counts_in_its_week),
        TEST(too_many_evenings_done_already_are_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
