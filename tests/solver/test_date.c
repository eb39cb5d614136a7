/* Civil dates, weekdays, ISO weeks and how dates are written. */
#include "solver/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_first_day_counted_is_in_1970(void **state) {
    (void)state;
    assert_int_equal(date_from_ymd(1970, 1, 1), 0);
    assert_int_equal(date_from_ymd(1970, 1, 2), 1);
    assert_int_equal(date_from_ymd(1969, 12, 31), -1);
    assert_int_equal(date_from_ymd(2026, 9, 14), 20710);
}

static void february_has_29_days_in_leap_years_only(void **state) {
    (void)state;
    assert_int_not_equal(date_from_ymd(2028, 2, 29), DATE_NONE);
    assert_int_not_equal(date_from_ymd(2000, 2, 29), DATE_NONE);
    assert_int_equal(date_from_ymd(2026, 2, 29), DATE_NONE);
    assert_int_equal(date_from_ymd(1900, 2, 29), DATE_NONE);
    assert_int_equal(date_from_ymd(2100, 2, 29), DATE_NONE);
    assert_int_equal(date_from_ymd(2028, 3, 1) - date_from_ymd(2028, 2, 28), 2);
    assert_int_equal(date_from_ymd(2100, 3, 1) - date_from_ymd(2100, 2, 28), 1);
}

static void a_day_that_is_not_in_the_calendar_is_none(void **state) {
    (void)state;
    assert_int_equal(date_from_ymd(2026, 4, 31), DATE_NONE);
    assert_int_equal(date_from_ymd(2026, 13, 1), DATE_NONE);
    assert_int_equal(date_from_ymd(2026, 0, 1), DATE_NONE);
    assert_int_equal(date_from_ymd(2026, 1, 0), DATE_NONE);
    assert_int_equal(date_from_ymd(2026, 1, 32), DATE_NONE);
    assert_int_equal(date_from_ymd(1899, 12, 31), DATE_NONE);
    assert_int_equal(date_from_ymd(3000, 1, 1), DATE_NONE);
    assert_int_not_equal(date_from_ymd(1900, 1, 1), DATE_NONE);
    assert_int_not_equal(date_from_ymd(2999, 12, 31), DATE_NONE);
}

static void every_date_comes_back_as_it_was(void **state) {
    (void)state;
    date_t last = date_from_ymd(2999, 12, 31);
    int year = 0;
    int month = 0;
    int day = 0;
    for (date_t date = date_from_ymd(1900, 1, 1); date <= last; date++) {
        date_to_ymd(date, &year, &month, &day);
        assert_int_equal(date_from_ymd(year, month, day), date);
    }
    assert_int_equal(year, 2999);
}

static void weekdays_follow_each_other_from_monday_to_sunday(void **state) {
    (void)state;
    assert_int_equal(date_weekday(date_from_ymd(2026, 9, 7)), 0);
    assert_int_equal(date_weekday(date_from_ymd(2026, 9, 13)), 6);
    assert_int_equal(date_weekday(date_from_ymd(1970, 1, 1)), 3);
    assert_int_equal(date_weekday(date_from_ymd(1969, 12, 28)), 6);
    assert_int_equal(date_weekday(date_from_ymd(1900, 1, 1)), 0);
    for (date_t date = -1000; date < 1000; date++) {
        assert_int_equal(date_weekday(date + 1), (date_weekday(date) + 1) % 7);
    }
}

static void a_week_begins_on_monday(void **state) {
    (void)state;
    int week = date_week(date_from_ymd(2026, 9, 7));
    assert_int_equal(date_week(date_from_ymd(2026, 9, 13)), week);
    assert_int_equal(date_week(date_from_ymd(2026, 9, 6)), week - 1);
    assert_int_equal(date_week(date_from_ymd(2026, 9, 14)), week + 1);
}

static void a_week_over_new_year_is_one_week(void **state) {
    (void)state;
    /* 2026 has 53 ISO weeks; the last one is Monday 28 December to Sunday 3 January. */
    int week = date_week(date_from_ymd(2026, 12, 28));
    assert_int_equal(date_week(date_from_ymd(2026, 12, 31)), week);
    assert_int_equal(date_week(date_from_ymd(2027, 1, 3)), week);
    assert_int_equal(date_week(date_from_ymd(2027, 1, 4)), week + 1);
    /* Monday 31 December 2029 is in the first week of 2030. */
    assert_int_equal(date_week(date_from_ymd(2029, 12, 31)), date_week(date_from_ymd(2030, 1, 6)));
}

static void weeks_rise_by_one(void **state) {
    (void)state;
    for (date_t date = date_from_ymd(1970, 1, 5); date < date_from_ymd(2100, 1, 1); date++) {
        int rise = date_weekday(date + 1) == 0 ? 1 : 0;
        assert_int_equal(date_week(date + 1), date_week(date) + rise);
    }
}

static void a_date_is_written_year_first(void **state) {
    (void)state;
    char text[DATE_TEXT];
    assert_string_equal(date_text(date_from_ymd(2026, 9, 4), text), "2026-09-04");
    assert_string_equal(date_text(date_from_ymd(1900, 1, 1), text), "1900-01-01");
    assert_string_equal(date_text(date_from_ymd(2999, 12, 31), text), "2999-12-31");
}

static void a_time_follows_the_date_after_a_t(void **state) {
    (void)state;
    char text[DATE_TEXT];
    date_t date = date_from_ymd(2026, 9, 14);
    assert_string_equal(date_time_text(date, 18 * 60 + 45, text), "2026-09-14T18:45");
    assert_string_equal(date_time_text(date, 5, text), "2026-09-14T00:05");
    assert_string_equal(date_time_told(date, 5, false, text), "2026-09-14 00:05");
    assert_string_equal(date_time_told(date, 18 * 60 + 45, true, text), "14/09/2026 18:45");
    assert_string_equal(date_time_told(date, MINUTE_NONE, true, text), "14/09/2026");
    assert_string_equal(date_time_text(date, 24 * 60, text), "2026-09-14T24:00");
    assert_string_equal(date_time_text(date, MINUTE_NONE, text), "2026-09-14");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_day_counted_is_in_1970),
        cmocka_unit_test(february_has_29_days_in_leap_years_only),
        cmocka_unit_test(a_day_that_is_not_in_the_calendar_is_none),
        cmocka_unit_test(every_date_comes_back_as_it_was),
        cmocka_unit_test(weekdays_follow_each_other_from_monday_to_sunday),
        cmocka_unit_test(a_week_begins_on_monday),
        cmocka_unit_test(a_week_over_new_year_is_one_week),
        cmocka_unit_test(weeks_rise_by_one),
        cmocka_unit_test(a_date_is_written_year_first),
        cmocka_unit_test(a_time_follows_the_date_after_a_t),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
