/* C5: appointments in slots, on the grid, when member and tenant are there. */
#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void move_visit(Estate *e, const char *date, const char *time) {
    put_appointment(e->op, e->plan, H1, VISIT, on(date), at(time));
}

static void an_appointment_may_fill_a_slot_to_its_end(void **state) {
    Estate *e = *state;
    move_visit(e, "2026-09-14", "10:30");
    assert_kept(e);
    move_visit(e, "2026-09-15", "08:30");
    assert_kept(e);
}

static void an_appointment_beyond_its_slot_is_found(void **state) {
    Estate *e = *state;
    move_visit(e, "2026-09-14", "10:45");
    assert_broken(e, "C5", "H1", "visit", "2026-09-14 10:45", "morning", "12:00", NULL);
}

static void a_french_operation_is_told_as_the_french_write(void **state) {
    Estate *e = *state;
    e->op->language = "fr_BE";
    move_visit(e, "2026-09-14", "10:45");
    assert_broken(e, "C5", "H1", "visit", "14/09/2026 10:45", NULL);
}

static void an_appointment_outside_all_slots_is_found(void **state) {
    Estate *e = *state;
    move_visit(e, "2026-09-15", "12:00");
    assert_broken(e, "C5", "H1", "visit", "2026-09-15 12:00", NULL);
}

static void an_appointment_off_the_grid_is_found(void **state) {
    Estate *e = *state;
    move_visit(e, "2026-09-14", "09:10");
    assert_broken(e, "C5", "H1", "2026-09-14 09:10", "15", "08:30", NULL);
}

static void the_grid_is_counted_from_the_start_of_the_slot(void **state) {
    Estate *e = *state;
    e->op->grid_minutes = 20;
    e->op->slots[MORNING].from = at("08:35");
    move_visit(e, "2026-09-14", "08:55");
    assert_kept(e);
    move_visit(e, "2026-09-14", "09:00");
    assert_broken(e, "C5", "H1", "20 minutes", "08:35", NULL);
}

static void an_appointment_in_a_slot_that_its_member_does_not_work_is_found(void **state) {
    Estate *e = *state;
    e->op->resources[PAUL].slots[1] = 1U << AFTERNOON;
    move_visit(e, "2026-09-15", "09:00");
    assert_broken(e, "C5", "H1", "2026-09-15 09:00", "paul", NULL);
    move_visit(e, "2026-09-15", "13:30");
    assert_kept(e);
}

static void an_appointment_on_a_weekend_needs_a_member_that_works_then(void **state) {
    Estate *e = *state;
    move_visit(e, "2026-09-12", "09:00");
    assert_broken(e, "C5", "H1", "2026-09-12", "paul", NULL);
    build_calendar(e->op, PAUL, on("2026-09-12"), on("2026-09-12"), 1);
    assert_kept(e);
}

static void a_closed_slot_leaves_the_other_slots_open(void **state) {
    Estate *e = *state;
    build_calendar(e->op, PAUL, on("2026-09-14"), on("2026-09-14"), 0)->slots = 1U << MORNING;
    assert_broken(e, "C5", "H1", "2026-09-14 09:00", "paul", NULL);
    move_visit(e, "2026-09-14", "15:15");
    assert_kept(e);
}

static void an_appointment_that_lasts_another_time_is_found(void **state) {
    Estate *e = *state;
    e->plan->households[H1].tasks[VISIT].finish_minute = at("10:00");
    assert_broken(e, "C5", "H1", "visit", "10:30", "2026-09-14 10:00", NULL);
}

static void an_evening_needs_a_tenant_that_asked_for_it(void **state) {
    Estate *e = *state;
    build_evenings(e->op, PAUL, NO_LIMIT);
    move_visit(e, "2026-09-15", "18:00");
    assert_broken(e, "C5", "H1", "visit", "2026-09-15 18:00", NULL);
    build_availability(e->op, H1, AVAILABLE, on("2026-09-15"), on("2026-09-15"), at("18:00"),
                       at("19:30"));
    assert_kept(e);
}

static void a_household_with_absences_only_is_not_there_in_the_evening(void **state) {
    Estate *e = *state;
    build_evenings(e->op, PAUL, NO_LIMIT);
    build_availability(e->op, H1, ABSENT, on("2026-12-01"), on("2026-12-01"), MINUTE_NONE,
                       MINUTE_NONE);
    assert_kept(e);
    move_visit(e, "2026-09-15", "18:00");
    assert_broken(e, "C5", "H1", "2026-09-15 18:00", NULL);
}

static void an_appointment_outside_the_windows_of_the_tenant_is_found(void **state) {
    Estate *e = *state;
    build_availability(e->op, H1, AVAILABLE, on("2026-09-14"), on("2026-09-14"), at("09:15"),
                       at("12:00"));
    assert_broken(e, "C5", "H1", "2026-09-14 09:00", "10:30", NULL);
    move_visit(e, "2026-09-14", "09:15");
    assert_kept(e);
    move_visit(e, "2026-09-15", "09:15");
    assert_broken(e, "C5", "H1", "2026-09-15 09:15", NULL);
}

static void windows_that_touch_are_one(void **state) {
    Estate *e = *state;
    date_t day = on("2026-09-14");
    build_availability(e->op, H1, AVAILABLE, day, day, at("09:00"), at("10:00"));
    build_availability(e->op, H1, PREFERRED, day, day, at("10:00"), at("10:30"));
    assert_kept(e);
}

static void windows_with_a_gap_are_two(void **state) {
    Estate *e = *state;
    date_t day = on("2026-09-14");
    build_availability(e->op, H1, AVAILABLE, day, day, at("09:00"), at("10:00"));
    build_availability(e->op, H1, PREFERRED, day, day, at("10:01"), at("12:00"));
    assert_broken(e, "C5", "H1", "2026-09-14 09:00", NULL);
}

static void a_window_may_hold_on_weekdays(void **state) {
    Estate *e = *state;
    AvailabilityRow *row =
        build_availability(e->op, H1, AVAILABLE, DATE_NONE, DATE_NONE, at("09:00"), at("10:30"));
    row->weekdays[0] = true;
    assert_kept(e);
    move_visit(e, "2026-09-15", "09:00");
    assert_broken(e, "C5", "H1", "2026-09-15 09:00", NULL);
}

static void an_absence_may_begin_when_the_appointment_ends(void **state) {
    Estate *e = *state;
    date_t day = on("2026-09-14");
    build_availability(e->op, H1, ABSENT, day, day, at("10:30"), at("12:00"));
    build_availability(e->op, H1, ABSENT, day, day, at("08:00"), at("09:00"));
    assert_kept(e);
}

static void an_absence_cuts_every_window(void **state) {
    Estate *e = *state;
    date_t day = on("2026-09-14");
    build_availability(e->op, H1, AVAILABLE, day, day, MINUTE_NONE, MINUTE_NONE);
    build_availability(e->op, H1, ABSENT, day, day, at("10:15"), at("10:45"));
    assert_broken(e, "C5", "H1", "2026-09-14 09:00", "10:30", "absent", NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_appointment_may_fill_a_slot_to_its_end),
        TEST(an_appointment_beyond_its_slot_is_found),
        TEST(an_appointment_outside_all_slots_is_found),
        TEST(a_french_operation_is_told_as_the_french_write),
        TEST(an_appointment_off_the_grid_is_found),
        TEST(the_grid_is_counted_from_the_start_of_the_slot),
        TEST(an_appointment_in_a_slot_that_its_member_does_not_work_is_found),
        TEST(an_appointment_on_a_weekend_needs_a_member_that_works_then),
        TEST(a_closed_slot_leaves_the_other_slots_open),
        TEST(an_appointment_that_lasts_another_time_is_found),
        TEST(an_evening_needs_a_tenant_that_asked_for_it),
        TEST(a_household_with_absences_only_is_not_there_in_the_evening),
        TEST(an_appointment_outside_the_windows_of_the_tenant_is_found),
        TEST(windows_that_touch_are_one),
        TEST(windows_with_a_gap_are_two),
        TEST(a_window_may_hold_on_weekdays),
        TEST(an_absence_may_begin_when_the_appointment_ends),
        TEST(an_absence_cuts_every_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
