#include "io/wall_clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "io/uuid.h"
#include "tests/support/builder.h"

#include <cmocka.h>

/* The hour and minute in UTC, on the day given, of a time on the wall. */
static void check_utc(const char *zone_name, const char *date, const char *wall, const char *utc,
                      int days_later) {
    GTimeZone *zone = wall_clock_zone(zone_name);
    assert_non_null(zone);
    int64_t expected = ((int64_t)on(date) + days_later) * 86400 + (int64_t)at(utc) * 60;
    assert_int_equal(wall_clock_to_utc(zone, on(date), at(wall)), expected);
    g_time_zone_unref(zone);
}

static void a_time_is_the_same_on_the_wall_before_and_after_the_clocks_change(void **state) {
    (void)state;
    check_utc("Europe/Paris", "2026-10-24", "18:45", "16:45", 0);
    check_utc("Europe/Paris", "2026-10-25", "18:45", "17:45", 0);
    check_utc("Europe/Paris", "2026-10-25", "00:30", "22:30", -1);
    check_utc("Europe/Paris", "2027-03-27", "08:30", "07:30", 0);
    check_utc("Europe/Paris", "2027-03-28", "08:30", "06:30", 0);
    check_utc("Europe/London", "2026-10-24", "09:00", "08:00", 0);
    check_utc("Europe/London", "2026-10-26", "09:00", "09:00", 0);
    check_utc("America/New_York", "2026-11-01", "20:30", "01:30", 1);
    check_utc("Indian/Reunion", "2026-10-25", "02:30", "22:30", -1);
}

static void a_time_that_comes_twice_is_the_first_one(void **state) {
    (void)state;
    check_utc("Europe/Paris", "2026-10-25", "02:30", "00:30", 0);
    check_utc("Europe/Paris", "2026-10-25", "03:00", "02:00", 0);
    check_utc("America/New_York", "2026-11-01", "01:30", "05:30", 0);
}

static void a_time_that_does_not_come_is_counted_from_before_the_change(void **state) {
    (void)state;
    check_utc("Europe/Paris", "2027-03-28", "02:30", "01:30", 0);
    check_utc("Europe/Paris", "2027-03-28", "03:00", "01:00", 0);
    check_utc("America/New_York", "2027-03-14", "02:30", "07:30", 0);
}

static void every_minute_on_the_wall_comes_back_but_those_that_do_not_exist(void **state) {
    (void)state;
    GTimeZone *zone = wall_clock_zone("Europe/Paris");
    int lost = 0;
    for (date_t date = on("2026-01-01"); date < on("2028-01-01"); date++)
        for (minute_t minute = 0; minute < 24 * 60; minute += 15) {
            date_t back = DATE_NONE;
            minute_t back_minute = MINUTE_NONE;
            wall_clock_from_utc(zone, wall_clock_to_utc(zone, date, minute), &back, &back_minute);
            lost += back != date || back_minute != minute;
        }
    assert_int_equal(lost, 2 * 4); /* an hour in each of two springs */
    g_time_zone_unref(zone);
}

static void names_that_are_no_zones_are_none(void **state) {
    (void)state;
    assert_null(wall_clock_zone("Europe/Lens"));
    assert_null(wall_clock_zone("+01:00"));
    assert_null(wall_clock_zone(""));
}

/* As Python's uuid.uuid5() makes them. */
static void a_name_always_has_the_same_uuid(void **state) {
    (void)state;
    char space[UUID_TEXT], uuid[UUID_TEXT], other[UUID_TEXT];
    uuid_from_name(UUID_OPERATIONS, "Cité des Pinsons", NULL, space);
    assert_string_equal(space, "ab359a70-3341-5251-aa4b-72d666cb3729");
    assert_string_equal(uuid_from_name(space, "H001", "visit", uuid),
                        "6fc8ee9d-e957-5a17-a62e-966f801fd838");
    assert_true(uuid_is(uuid));
    assert_string_not_equal(uuid_from_name(space, "ab", "c", uuid),
                            uuid_from_name(space, "a", "bc", other));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_the_same_on_the_wall_before_and_after_the_clocks_change),
        cmocka_unit_test(a_time_that_comes_twice_is_the_first_one),
        cmocka_unit_test(a_time_that_does_not_come_is_counted_from_before_the_change),
        cmocka_unit_test(every_minute_on_the_wall_comes_back_but_those_that_do_not_exist),
        cmocka_unit_test(names_that_are_no_zones_are_none),
        cmocka_unit_test(a_name_always_has_the_same_uuid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
