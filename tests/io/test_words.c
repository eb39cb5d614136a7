/* What people type into cells, and what must not be taken for it. */
#include "io/words.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void check_date(const char *text, int year, int month, int day) {
    date_t date = DATE_NONE;
    assert_true(words_date(text, &date));
    assert_int_equal(date, date_from_ymd(year, month, day));
}

static void dates_are_read_in_both_orders(void **state) {
    (void)state;
    check_date("2026-09-14", 2026, 9, 14);
    check_date("14/09/2026", 2026, 9, 14);
    check_date(" 1/2/2027 ", 2027, 2, 1);
    check_date("29/02/2028", 2028, 2, 29);
}

static void what_is_no_date_is_refused_and_changes_nothing(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",           "2026-9-14",  "2026-02-29",  "31/04/2026",  "14/09/26",   "09/14/2026",
        "2026/09/14", "14-09-2026", "2026-09-145", "2026-09-14x", "0000-01-01", "1/1/20266",
        "2026-09",    "tomorrow",   "46279",       "-2026-09-14", "3000-01-01",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        date_t date = 7;
        if (words_date(texts[i], &date))
            fail_msg("'%s' is taken for a date", texts[i]);
        assert_int_equal(date, 7);
    }
}

static void check_time(const char *text, int expected) {
    minute_t minute = -7;
    assert_true(words_time(text, &minute));
    assert_int_equal(minute, expected);
}

static void times_are_read_as_the_french_and_the_english_write_them(void **state) {
    (void)state;
    check_time("18:30", 18 * 60 + 30);
    check_time("18h30", 18 * 60 + 30);
    check_time("8h", 8 * 60);
    check_time("8H05", 8 * 60 + 5);
    check_time("00:00", 0);
    check_time("24:00", 24 * 60);
    check_time("08:30:00", 8 * 60 + 30);
}

static void what_is_no_time_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",      "18",      "18:3",   "18:60", "24:01",
                                        "25:00", "18h3",    "18:30x", "h30",   "08:30:30",
                                        "-1:00", "6:30 pm", "18h300"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        minute_t minute = -7;
        if (words_time(texts[i], &minute))
            fail_msg("'%s' is taken for a time", texts[i]);
        assert_int_equal(minute, -7);
    }
}

static void a_moment_is_a_date_with_or_without_a_time(void **state) {
    (void)state;
    date_t date;
    minute_t minute;
    assert_true(words_date_time("2026-09-14T18:45", &date, &minute));
    assert_int_equal(date, date_from_ymd(2026, 9, 14));
    assert_int_equal(minute, 18 * 60 + 45);
    assert_true(words_date_time("14/09/2026 18h45", &date, &minute));
    assert_int_equal(minute, 18 * 60 + 45);
    assert_true(words_date_time("14/09/2026 ", &date, &minute));
    assert_int_equal(minute, MINUTE_NONE);
    assert_false(words_date_time("2026-09-14T", &date, &minute));
    assert_false(words_date_time("2026-09-14 soon", &date, &minute));
    assert_false(words_date_time("18:45", &date, &minute));
}

static void yes_and_no_have_many_words(void **state) {
    (void)state;
    bool flag = false;
    static const char *const yes[] = {"yes", "Oui", "TRUE", "vrai", "1", " oui "};
    static const char *const no[] = {"no", "NON", "false", "Faux", "0"};
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
        flag = false;
        assert_true(words_flag(yes[i], &flag) && flag);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
        flag = true;
        assert_true(words_flag(no[i], &flag) && !flag);
    }
    assert_false(words_flag("2", &flag));
    assert_false(words_flag("", &flag));
    assert_false(words_flag("o", &flag));
}

static void check_amount(const char *text, milli_t expected) {
    milli_t amount = -7;
    if (!words_amount(text, &amount))
        fail_msg("'%s' is refused", text);
    assert_int_equal(amount, expected);
}

static void amounts_are_exact_with_point_and_comma(void **state) {
    (void)state;
    check_amount("22.5", 22500);
    check_amount("22,5", 22500);
    check_amount("0,001", 1);
    check_amount("1.1000", 1100);
    check_amount("-3", -3000);
    check_amount("007", 7000);
    check_amount("999999999999", INT64_C(999999999999000));
}

static void what_is_no_amount_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",      ".5",    "5.",    "1.0005",       "1e3",
                                        "1 000", "1.2.3", "1,2,3", "22,5 m3",      "--1",
                                        "0x10",  "nan",   "inf",   "1234567890123"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        milli_t amount = -7;
        if (words_amount(texts[i], &amount))
            fail_msg("'%s' is taken for an amount", texts[i]);
        assert_int_equal(amount, -7);
    }
}

static void whole_numbers_have_no_decimals_and_no_end(void **state) {
    (void)state;
    int64_t number = 0;
    assert_true(words_whole("-12", &number));
    assert_int_equal(number, -12);
    assert_true(words_whole("999999999999999999", &number));
    assert_int_equal(number, INT64_C(999999999999999999));
    assert_false(words_whole("9999999999999999999", &number));
    assert_false(words_whole("1.0", &number));
    assert_false(words_whole("", &number));
    assert_false(words_whole("-", &number));
}

static void check_days(const char *text, const char *expected) {
    bool days[7] = {false};
    if (!words_weekdays(text, days))
        fail_msg("'%s' is refused", text);
    for (int i = 0; i < 7; i++)
        if (days[i] != (expected[i] == 'x'))
            fail_msg("'%s': day %d is wrong", text, i);
}

static void weekdays_are_ranges_and_lists_in_two_languages(void **state) {
    (void)state;
    check_days("mon-fri", "xxxxx--");
    check_days("mon-thu,sat", "xxxx-x-");
    check_days("lun-ven", "xxxxx--");
    check_days("Lundi; mercredi", "x-x----");
    check_days("fri-mon", "x---xxx");
    check_days("samedi", "-----x-");
    check_days("SUN", "------x");
    bool days[7] = {false};
    assert_false(words_weekdays("mon-", days));
    assert_false(words_weekdays("mon-wed-fri", days));
    assert_false(words_weekdays("mondey", days));
    assert_false(words_weekdays("", days));
    assert_false(words_weekdays(",", days));
    for (int i = 0; i < 7; i++)
        assert_false(days[i]);
}

static void words_are_compared_without_case_accents_and_blanks(void **state) {
    (void)state;
    static const struct {
        const char *text, *folded;
    } cases[] = {{"Préféré", "prefere"},
                 {"  EN RETARD ", "en_retard"},
                 {"Pie\xcc\x80"
                  "ces",
                  "pieces"},
                 {"Créneaux\xc2\xa0"
                  "du soir",
                  "creneaux_du_soir"},
                 {"", ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *folded = words_fold(cases[i].text);
        assert_string_equal(folded, cases[i].folded);
        g_free(folded);
    }
    char *damaged = words_fold("\xff\xfe");
    assert_non_null(damaged);
    g_free(damaged);
}

static void the_nearest_word_is_one_that_may_have_been_meant(void **state) {
    (void)state;
    static const char *const names[] = {"volume_m3", "household", "earliest", "H001"};
    int n = G_N_ELEMENTS(names);
    assert_string_equal(words_nearest("volumem3", names, n), "volume_m3");
    assert_string_equal(words_nearest("houshold", names, n), "household");
    assert_string_equal(words_nearest("Ealriest", names, n), "earliest");
    assert_string_equal(words_nearest("H010", names, n), "H001");
    assert_null(words_nearest("supplier", names, n));
    assert_null(words_nearest("x", names, n));
    assert_null(words_nearest("", names, n));
    assert_null(words_nearest("houshold", names, 0));
    char *endless = g_strnfill(100000, 'h');
    assert_null(words_nearest(endless, names, n));
    g_free(endless);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_in_both_orders),
        cmocka_unit_test(what_is_no_date_is_refused_and_changes_nothing),
        cmocka_unit_test(times_are_read_as_the_french_and_the_english_write_them),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(a_moment_is_a_date_with_or_without_a_time),
        cmocka_unit_test(yes_and_no_have_many_words),
        cmocka_unit_test(amounts_are_exact_with_point_and_comma),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(whole_numbers_have_no_decimals_and_no_end),
        cmocka_unit_test(weekdays_are_ranges_and_lists_in_two_languages),
        cmocka_unit_test(words_are_compared_without_case_accents_and_blanks),
        cmocka_unit_test(the_nearest_word_is_one_that_may_have_been_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
