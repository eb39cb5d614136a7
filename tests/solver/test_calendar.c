/* On which days and in which slots members work. */
#include "solver/calendar.h"

#include "tests/support/builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Three members: a crew, a lorry and a pilot. The horizon begins on Monday 2026-09-07, day 0. */
enum { CREW, LORRY, PILOT };

static Operation *members(void) {
    Operation *op = build_operation();
    build_resource(op, build_role(op, "fitter", MEASURE_CREW), "fit", 2);
    build_resource(op, build_role(op, "lorry", MEASURE_VOLUME), "van", 40);
    build_resource(op, build_role(op, "pilot", MEASURE_CLOCK), "paul", 1);
    return op;
}

static milli_t capacity_on(const Operation *op, int r, const char *date) {
    Arena *arena = arena_new();
    const Calendar *calendar = calendar_new(arena, op);
    day_t d = on(date) - op->start;
    milli_t capacity = calendar->capacity[(size_t)r * calendar->n_days + d];
    assert_int_equal(calendar_works(calendar, r, d), capacity > 0);
    arena_free(arena);
    return capacity;
}

/* The slots in which paul works on the date, a bit each. */
static uint32_t slots_on(const Operation *op, const char *date) {
    Arena *arena = arena_new();
    const Calendar *calendar = calendar_new(arena, op);
    uint32_t slots = 0;
    for (int s = 0; s < op->n_slots; s++) {
        slots |= calendar_people(calendar, PILOT, on(date) - op->start, s) > 0 ? 1U << s : 0;
    }
    arena_free(arena);
    return slots;
}

static int people_on(const Operation *op, const char *date, int slot) {
    Arena *arena = arena_new();
    int people = calendar_people(calendar_new(arena, op), PILOT, on(date) - op->start, slot);
    arena_free(arena);
    return people;
}

static const uint32_t DAYTIME = 1U << MORNING | 1U << AFTERNOON;

static void weekdays_are_worked_and_weekends_are_not(void **state) {
    (void)state;
    Operation *op = members();
    assert_int_equal(capacity_on(op, CREW, "2026-09-07"), 2 * MILLI);
    assert_int_equal(capacity_on(op, CREW, "2026-09-11"), 2 * MILLI);
    assert_int_equal(capacity_on(op, CREW, "2026-09-12"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-13"), 0);
    assert_int_equal(capacity_on(op, LORRY, "2026-09-14"), 40 * MILLI);
    assert_int_equal(slots_on(op, "2026-09-11"), DAYTIME);
    assert_int_equal(slots_on(op, "2026-09-12"), 0);
    operation_free(op);
}

static void clock_members_have_no_capacity_by_the_day(void **state) {
    (void)state;
    Operation *op = members();
    assert_int_equal(capacity_on(op, PILOT, "2026-09-07"), 0);
    operation_free(op);
}

static void a_closure_closes_its_days_and_no_other(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, CREW, on("2026-09-08"), on("2026-09-09"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-07"), 2 * MILLI);
    assert_int_equal(capacity_on(op, CREW, "2026-09-08"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-09"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-10"), 2 * MILLI);
    assert_int_equal(capacity_on(op, LORRY, "2026-09-08"), 40 * MILLI);
    operation_free(op);
}

static void a_row_with_a_capacity_opens_a_weekend(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, CREW, on("2026-09-12"), on("2026-09-12"), 1);
    assert_int_equal(capacity_on(op, CREW, "2026-09-12"), MILLI);
    assert_int_equal(capacity_on(op, CREW, "2026-09-13"), 0);
    operation_free(op);
}

static void the_later_row_wins(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, NONE, on("2026-09-08"), on("2026-09-10"), 0);
    build_calendar(op, CREW, on("2026-09-09"), on("2026-09-09"), 5);
    assert_int_equal(capacity_on(op, CREW, "2026-09-08"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-09"), 5 * MILLI);
    assert_int_equal(capacity_on(op, LORRY, "2026-09-09"), 0);
    build_calendar(op, NONE, on("2026-09-09"), on("2026-09-09"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-09"), 0);
    operation_free(op);
}

static void a_row_for_a_role_concerns_its_members(void **state) {
    (void)state;
    Operation *op = members();
    CalendarRow *row = build_calendar(op, NONE, on("2026-09-08"), on("2026-09-08"), 0);
    row->role = op->resources[CREW].role;
    assert_int_equal(capacity_on(op, CREW, "2026-09-08"), 0);
    assert_int_equal(capacity_on(op, LORRY, "2026-09-08"), 40 * MILLI);
    assert_int_equal(slots_on(op, "2026-09-08"), DAYTIME);
    operation_free(op);
}

static void a_row_may_reach_over_both_ends_of_the_horizon(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, CREW, on("2026-01-01"), on("2027-12-31"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-07"), 0);
    assert_int_equal(capacity_on(op, CREW, "2027-01-29"), 0);
    build_calendar(op, CREW, on("2026-01-01"), on("2026-01-31"), 3);
    build_calendar(op, CREW, on("2028-01-01"), on("2028-01-31"), 3);
    assert_int_equal(capacity_on(op, CREW, "2026-09-07"), 0);
    operation_free(op);
}

static void nothing_opens_a_member_outside_its_dates(void **state) {
    (void)state;
    Operation *op = members();
    op->resources[CREW].from = on("2026-09-09");
    op->resources[CREW].until = on("2026-09-16");
    op->resources[PILOT].until = on("2026-09-08");
    build_calendar(op, NONE, on("2026-09-07"), on("2026-09-30"), 1);
    assert_int_equal(capacity_on(op, CREW, "2026-09-08"), 0);
    assert_int_equal(capacity_on(op, CREW, "2026-09-09"), MILLI);
    assert_int_equal(capacity_on(op, CREW, "2026-09-16"), MILLI);
    assert_int_equal(capacity_on(op, CREW, "2026-09-17"), 0);
    assert_int_equal(slots_on(op, "2026-09-08"), DAYTIME);
    assert_int_equal(slots_on(op, "2026-09-09"), 0);
    operation_free(op);
}

static void a_row_closes_the_slots_that_it_names(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, PILOT, on("2026-09-08"), on("2026-09-08"), 0)->slots = 1U << MORNING;
    assert_int_equal(slots_on(op, "2026-09-08"), 1U << AFTERNOON);
    build_calendar(op, PILOT, on("2026-09-08"), on("2026-09-08"), 0);
    assert_int_equal(slots_on(op, "2026-09-08"), 0);
    operation_free(op);
}

static void a_row_without_slots_opens_no_evening(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, PILOT, on("2026-09-08"), on("2026-09-12"), 3);
    assert_int_equal(slots_on(op, "2026-09-08"), DAYTIME);
    assert_int_equal(slots_on(op, "2026-09-12"), DAYTIME);
    assert_int_equal(people_on(op, "2026-09-08", MORNING), 3);
    build_calendar(op, PILOT, on("2026-09-09"), on("2026-09-09"), 1)->slots = 1U << EVENING;
    assert_int_equal(slots_on(op, "2026-09-09"), DAYTIME | 1U << EVENING);
    assert_int_equal(people_on(op, "2026-09-09", MORNING), 3);
    assert_int_equal(people_on(op, "2026-09-09", EVENING), 1);
    operation_free(op);
}

static void a_row_without_slots_means_those_of_that_weekday(void **state) {
    (void)state;
    Operation *op = members();
    op->resources[PILOT].slots[5] = 1U << MORNING; /* Saturday mornings */
    build_calendar(op, PILOT, on("2026-09-12"), on("2026-09-12"), 2);
    assert_int_equal(slots_on(op, "2026-09-12"), 1U << MORNING);
    assert_int_equal(people_on(op, "2026-09-12", MORNING), 2);
    operation_free(op);
}

/* ---- The finish of works ------------------------------------------------------------------- */

/* The finish of works of the crew and the lorry, or of nobody. */
static date_t finish(const Operation *op, int n, const char *start, int days) {
    static const int both[] = {CREW, LORRY};
    Arena *arena = arena_new();
    const Calendar *calendar = calendar_new(arena, op);
    date_t date = op->start + calendar_finish(calendar, op, both, n, on(start) - op->start, days);
    arena_free(arena);
    return date;
}

static void one_day_of_works_ends_where_it_starts(void **state) {
    (void)state;
    Operation *op = members();
    assert_int_equal(finish(op, 2, "2026-09-08", 1), on("2026-09-08"));
    operation_free(op);
}

static void works_go_on_after_the_weekend(void **state) {
    (void)state;
    Operation *op = members();
    assert_int_equal(finish(op, 2, "2026-09-10", 2), on("2026-09-11"));
    assert_int_equal(finish(op, 2, "2026-09-10", 3), on("2026-09-14"));
    operation_free(op);
}

static void works_go_on_after_a_closure_of_any_member(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, LORRY, on("2026-09-09"), on("2026-09-09"), 0);
    build_calendar(op, CREW, on("2026-09-10"), on("2026-09-18"), 0);
    assert_int_equal(finish(op, 2, "2026-09-08", 2), on("2026-09-21"));
    assert_int_equal(finish(op, 1, "2026-09-08", 2), on("2026-09-09"));
    operation_free(op);
}

static void works_of_nobody_count_every_day_of_the_horizon(void **state) {
    (void)state;
    Operation *op = members();
    assert_int_equal(finish(op, 0, "2026-09-11", 3), on("2026-09-13"));
    operation_free(op);
}

static void days_outside_the_horizon_are_worked_from_monday_to_friday(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, CREW, on("2026-09-07"), on("2026-09-07"), 0);
    /* Thursday, Friday, then Tuesday, since Monday the 7th is closed. */
    assert_int_equal(finish(op, 2, "2026-09-03", 3), on("2026-09-08"));
    /* Friday is the horizon's last day; then Monday and Tuesday. */
    assert_int_equal(finish(op, 2, "2027-01-29", 3), on("2027-02-02"));
    assert_int_equal(finish(op, 2, "2026-08-28", 2), on("2026-08-31"));
    operation_free(op);
}

static void works_of_a_member_that_never_works_end_after_the_horizon(void **state) {
    (void)state;
    Operation *op = members();
    build_calendar(op, CREW, op->start, op->end, 0);
    assert_int_equal(finish(op, 2, "2026-09-08", 1), on("2027-02-01"));
    operation_free(op);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekdays_are_worked_and_weekends_are_not),
        cmocka_unit_test(clock_members_have_no_capacity_by_the_day),
        cmocka_unit_test(a_closure_closes_its_days_and_no_other),
        cmocka_unit_test(a_row_with_a_capacity_opens_a_weekend),
        cmocka_unit_test(the_later_row_wins),
        cmocka_unit_test(a_row_for_a_role_concerns_its_members),
        cmocka_unit_test(a_row_may_reach_over_both_ends_of_the_horizon),
        cmocka_unit_test(nothing_opens_a_member_outside_its_dates),
        cmocka_unit_test(a_row_closes_the_slots_that_it_names),
        cmocka_unit_test(a_row_without_slots_opens_no_evening),
        cmocka_unit_test(a_row_without_slots_means_those_of_that_weekday),
        cmocka_unit_test(one_day_of_works_ends_where_it_starts),
        cmocka_unit_test(works_go_on_after_the_weekend),
        cmocka_unit_test(works_go_on_after_a_closure_of_any_member),
        cmocka_unit_test(works_of_nobody_count_every_day_of_the_horizon),
        cmocka_unit_test(days_outside_the_horizon_are_worked_from_monday_to_friday),
        cmocka_unit_test(works_of_a_member_that_never_works_end_after_the_horizon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
