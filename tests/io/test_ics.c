/* Calendars byte by byte: what a line may be, and who may know what. */
#include "io/ics.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "io/ics_files.h"
#include "io/ics_text.h"
#include "io/wall_clock.h"
#include "tests/support/estate.h"

#include <cmocka.h>

#define SECRETS                                                                                    \
    { "Petit", "01 99 00 10 21", "step-free", "wheelchair", "2026-09-17", "H1" }

/* The estate with somebody in it of whom there is much to say. */
typedef struct Fixture {
    Estate *estate;
    Arena *arena;
    GTimeZone *zone;
    char *text; /* the last calendar */
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    void *estate = NULL;
    estate_set_up(&estate);
    f->estate = estate;
    f->arena = arena_new();
    f->zone = wall_clock_zone("Europe/Paris");
    Household *household = &f->estate->op->households[H1];
    household->name = "Mme Petit";
    household->dwelling = "2 rue des Mésanges";
    household->building = "Bâtiment A";
    household->phone = "01 99 00 10 21";
    household->notes = "Uses a wheelchair; deaf, too";
    household->accessible = true;
    household->access = "Key at the caretaker's, code 4711";
    build_availability(f->estate->op, H1, ABSENT, on("2026-09-17"), on("2026-09-18"), MINUTE_NONE,
                       MINUTE_NONE);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    void *estate = f->estate;
    estate_tear_down(&estate);
    arena_free(f->arena);
    g_time_zone_unref(f->zone);
    g_free(f->text);
    g_free(f);
    return 0;
}

static const Events *events_of(const Fixture *f) {
    return events_new(f->arena, f->estate->op, f->estate->plan, NULL);
}

/* The calendar without its folds; freed with the fixture. */
static const char *calendar(Fixture *f, const Events *events, AudienceKind kind, const char *id) {
    IcsWriter writer = {events, audience_of(events, kind, id), f->zone};
    char *bytes = ics_calendar(&writer);
    char **pieces = g_strsplit(bytes, "\r\n ", -1);
    g_free(f->text);
    f->text = g_strjoinv("", pieces);
    g_strfreev(pieces);
    g_free(bytes);
    return f->text;
}

static void check_has(const char *text, const char *part) {
    if (strstr(text, part) == NULL)
        fail_msg("no '%s' in:\n%s", part, text);
}

static void check_lacks(const char *text, const char *part) {
    if (strstr(text, part) != NULL)
        fail_msg("'%s' is in:\n%s", part, text);
}

static int count(const char *text, const char *part) {
    int n = 0;
    for (const char *p = text; (p = strstr(p, part)) != NULL; p += strlen(part))
        n++;
    return n;
}

static void lines_are_folded_between_characters(void **state) {
    (void)state;
    for (int length = 0; length < 400; length++) {
        GString *text = g_string_new(NULL);
        GString *out = g_string_new(NULL);
        for (int i = 0; i < length; i++)
            g_string_append(text, i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "\xf0\x9f\x8f\xa0");
        ics_text(out, "SUMMARY", text->str);
        assert_true(g_str_has_suffix(out->str, "\r\n"));
        char **lines = g_strsplit(out->str, "\r\n", -1);
        GString *unfolded = g_string_new(NULL);
        for (int i = 0; lines[i] != NULL; i++) {
            assert_in_range(strlen(lines[i]), 0, 75);
            assert_true(g_utf8_validate(lines[i], -1, NULL));
            assert_true(i == 0 || lines[i][0] == ' ' || lines[i][0] == '\0');
            g_string_append(unfolded, lines[i] + (i > 0 && lines[i][0] != '\0'));
        }
        assert_true(g_str_has_prefix(unfolded->str, "SUMMARY:"));
        assert_string_equal(unfolded->str + strlen("SUMMARY:"), text->str);
        g_string_free(unfolded, TRUE);
        g_strfreev(lines);
        g_string_free(out, TRUE);
        g_string_free(text, TRUE);
    }
}

static void a_text_cannot_begin_a_line_of_its_own(void **state) {
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"a\r\nATTENDEE:x", "a\\nATTENDEE:x"},
        {"a\rb", "a\\nb"},
        {"a\nb\n", "a\\nb\\n"},
        {"1; 2, 3 \\ 4", "1\\; 2\\, 3 \\\\ 4"},
        {"\x01\x07\t\x7f", "    "},
        {"\xc2\x85\xe2\x80\xa8\xe2\x80\xa9", "\\n\\n\\n"},
        {"\xc3(", "\xef\xbf\xbd("},
        {"\xc2\x9b", " "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *out = g_string_new(NULL);
        char *expected = g_strdup_printf("X:%s\r\n", cases[i].written);
        ics_text(out, "X", cases[i].text);
        assert_string_equal(out->str, expected);
        g_free(expected);
        g_string_free(out, TRUE);
    }
    GString *out = g_string_new(NULL);
    ics_line(out, "X:a\r\nb");
    assert_string_equal(out->str, "X:ab\r\n");
    g_string_free(out, TRUE);
}

static void the_pilot_knows_all(void **state) {
    Fixture *f = *state;
    const char *text = calendar(f, events_of(f), AUDIENCE_PILOT, NULL);
    static const char *const secrets[] = SECRETS;
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
        check_has(text, secrets[i]);
    check_has(text, "caretaker");
    check_has(text, "SUMMARY:visit: Mme Petit\r\n");
    check_has(text, "LOCATION:2 rue des Mésanges\\, Bâtiment A\r\n");
    assert_int_equal(count(text, "BEGIN:VEVENT"), 8);
}

static void a_firm_learns_where_and_what_and_how_to_get_in(void **state) {
    Fixture *f = *state;
    static const char *const secrets[] = SECRETS;
    static const char *const firms[] = {"mov", "van", "fit1"};
    for (size_t m = 0; m < G_N_ELEMENTS(firms); m++) {
        const char *text = calendar(f, events_of(f), AUDIENCE_MEMBER, firms[m]);
        for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
            check_lacks(text, secrets[i]);
        check_has(text, "LOCATION:2 rue des Mésanges");
        check_has(text, "caretaker's\\, code 4711");
    }
    const char *text = calendar(f, events_of(f), AUDIENCE_MEMBER, "fit1");
    assert_int_equal(count(text, "BEGIN:VEVENT"), 2);
    check_has(text, "SUMMARY:kitchen: 2 rue des Mésanges\\, Bâtiment A\r\n");
    check_lacks(text, "R1"); /* where the household lives meanwhile */
}

static void a_firm_learns_nothing_from_what_is_withdrawn_either(void **state) {
    Fixture *f = *state;
    const Events *before = events_of(f);
    f->estate->plan->households[H1].tasks[KITCHEN].start = DATE_NONE;
    const Events *events = events_new(f->arena, f->estate->op, f->estate->plan, before);
    const char *text = calendar(f, events, AUDIENCE_MEMBER, "fit1");
    check_has(text, "STATUS:CANCELLED\r\n");
    check_has(text, "SUMMARY:Cancelled: kitchen: 2 rue des");
    check_has(text, "SEQUENCE:1\r\n");
    static const char *const secrets[] = SECRETS;
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
        check_lacks(text, secrets[i]);
    check_has(calendar(f, events, AUDIENCE_PILOT, NULL), "Cancelled: kitchen: Mme Petit");
}

static void a_household_has_its_own_dates_alone(void **state) {
    Fixture *f = *state;
    f->estate->op->households[H2].name = "M. Grand";
    const char *text = calendar(f, events_of(f), AUDIENCE_HOUSEHOLD, "H2");
    assert_int_equal(count(text, "BEGIN:VEVENT"), 4);
    static const char *const secrets[] = SECRETS;
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
        check_lacks(text, secrets[i]);
    check_lacks(text, "Mésanges");
    check_lacks(text, "caretaker");
    text = calendar(f, events_of(f), AUDIENCE_HOUSEHOLD, "H1");
    check_lacks(text, "wheelchair"); /* the pilot's notes are the pilot's */
    check_lacks(text, "Grand");
}

static void a_pilot_has_all_of_her_own_and_nothing_else(void **state) {
    Fixture *f = *state;
    const char *text = calendar(f, events_of(f), AUDIENCE_MEMBER, "paul");
    assert_int_equal(count(text, "BEGIN:VEVENT"), 2);
    check_has(text, "01 99 00 10 21");
    assert_int_equal(count(calendar(f, events_of(f), AUDIENCE_MEMBER, "anna"), "BEGIN:VEVENT"), 0);
}

static void appointments_are_in_utc_and_works_are_days(void **state) {
    Fixture *f = *state;
    PlanTask *visit = &f->estate->plan->households[H1].tasks[VISIT];
    const char *text = calendar(f, events_of(f), AUDIENCE_HOUSEHOLD, "H1");
    check_has(text, "DTSTART:20260914T070000Z\r\nDTEND:20260914T083000Z\r\n");
    check_has(text, "DTSTART;VALUE=DATE:20260924\r\nDTEND;VALUE=DATE:20260926\r\n");
    visit->start = visit->finish = on("2026-10-26"); /* the day after the clocks went back */
    check_has(calendar(f, events_of(f), AUDIENCE_HOUSEHOLD, "H1"),
              "DTSTART:20261026T080000Z\r\nDTEND:20261026T093000Z\r\n");
    visit->start_minute = visit->finish_minute = MINUTE_NONE;
    check_has(calendar(f, events_of(f), AUDIENCE_HOUSEHOLD, "H1"),
              "DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261027\r\n");
}

static void what_was_told_is_reminded_of(void **state) {
    Fixture *f = *state;
    PlanTask *tasks = f->estate->plan->households[H1].tasks;
    assert_int_equal(count(calendar(f, events_of(f), AUDIENCE_PILOT, NULL), "VALARM"), 0);
    tasks[VISIT].status = STATUS_ANNOUNCED;
    tasks[OUT].status = STATUS_CONFIRMED; /* works */
    const char *text = calendar(f, events_of(f), AUDIENCE_PILOT, NULL);
    assert_int_equal(count(text, "BEGIN:VALARM"), 1);
    assert_int_equal(count(text, "STATUS:TENTATIVE"), 7);
    assert_int_equal(count(text, "STATUS:CONFIRMED"), 1);
    tasks[VISIT].status = STATUS_CONFIRMED;
    text = calendar(f, events_of(f), AUDIENCE_HOUSEHOLD, "H1");
    check_has(text, "TRIGGER:-P1D\r\n");
    assert_int_equal(count(text, "STATUS:CONFIRMED"), 2);
    tasks[VISIT].status = STATUS_DONE;
    assert_int_equal(count(calendar(f, events_of(f), AUDIENCE_PILOT, NULL), "VALARM"), 0);
}

static void an_empty_calendar_is_a_calendar(void **state) {
    Fixture *f = *state;
    const char *text = calendar(f, events_of(f), AUDIENCE_MEMBER, "fit2");
    assert_int_equal(count(text, "BEGIN:VEVENT"), 0);
    assert_int_equal(count(text, "BEGIN:VTIMEZONE"), 1); /* one component there must be */
}

/* ---- Files ------------------------------------------------------------------------------- */

static char *file_text(const char *folder, const char *name) {
    char *path = g_build_filename(folder, name, NULL), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    g_free(path);
    return text;
}

static int events_in(const char *folder, const char *name) {
    char *text = file_text(folder, name);
    int n = text == NULL ? -1 : count(text, "BEGIN:VEVENT");
    g_free(text);
    return n;
}

static void remove_folder(char *folder) {
    GDir *entries = g_dir_open(folder, 0, NULL);
    assert_non_null(entries);
    for (const char *name; (name = g_dir_read_name(entries)) != NULL;) {
        char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
        g_free(path);
    }
    g_dir_close(entries);
    assert_int_equal(g_rmdir(folder), 0);
    g_free(folder);
}

static void assert_written(const Events *events, const char *folder, bool households,
                           const IcsCount *wanted) {
    IcsCount n;
    char *error = NULL;
    assert_true(ics_write_files(events, folder, households, &n, &error));
    assert_null(error);
    assert_int_equal(n.members, wanted->members);
    assert_int_equal(n.households, wanted->households);
    assert_int_equal(n.emptied, wanted->emptied);
}

static void each_audience_has_its_file(void **state) {
    Fixture *f = *state;
    char *folder = g_dir_make_tmp("pilote-test-XXXXXX", NULL);
    assert_written(events_of(f), folder, false, &(IcsCount){6, 0, 0});
    assert_int_equal(events_in(folder, "pilot.ics"), 8);
    assert_int_equal(events_in(folder, "member-paul.ics"), 2);
    assert_int_equal(events_in(folder, "member-fit2.ics"), 0);
    assert_int_equal(events_in(folder, "household-H1.ics"), -1);
    assert_written(events_of(f), folder, true, &(IcsCount){6, 2, 0});
    assert_int_equal(events_in(folder, "household-H1.ics"), 4);
    /* Those of households are renewed from then on, asked for or not. */
    f->estate->plan->households[H1].tasks[VISIT].start = DATE_NONE;
    assert_written(events_of(f), folder, false, &(IcsCount){6, 2, 0});
    assert_int_equal(events_in(folder, "household-H1.ics"), 3);
    remove_folder(folder);
}

static void calendars_of_those_who_left_become_empty_and_others_stay(void **state) {
    Fixture *f = *state;
    char *folder = g_dir_make_tmp("pilote-test-XXXXXX", NULL);
    assert_written(events_of(f), folder, true, &(IcsCount){6, 2, 0});
    char *foreign = g_build_filename(folder, "member-foreign.ics", NULL);
    assert_true(g_file_set_contents(foreign, "BEGIN:VCALENDAR\r\n", -1, NULL));
    f->estate->op->resources[PAUL].id = "paula";
    f->estate->op->households[H2].id = "H22";
    assert_written(events_of(f), folder, false, &(IcsCount){6, 1, 2});
    assert_int_equal(events_in(folder, "member-paul.ics"), 0);
    assert_int_equal(events_in(folder, "member-paula.ics"), 2);
    assert_int_equal(events_in(folder, "household-H2.ics"), 0);
    char *text = file_text(folder, "household-H2.ics");
    check_has(text, "BEGIN:VTIMEZONE\r\n"); /* one component there must be */
    check_has(text, "END:VCALENDAR\r\n");
    g_free(text);
    text = file_text(folder, "member-foreign.ics");
    assert_string_equal(text, "BEGIN:VCALENDAR\r\n");
    g_free(text);
    g_free(foreign);
    remove_folder(folder);
}

static void members_who_only_came_before_learn_that_they_need_not(void **state) {
    Fixture *f = *state;
    char *folder = g_dir_make_tmp("pilote-test-XXXXXX", NULL);
    assert_written(events_of(f), folder, true, &(IcsCount){6, 2, 0});
    const Events *before = events_of(f);
    f->estate->plan->households[H1].members[PILOT] = ANNA;
    f->estate->plan->households[H2].members[PILOT] = ANNA;
    const Events *now = events_new(f->arena, f->estate->op, f->estate->plan, before);
    assert_written(now, folder, false, &(IcsCount){6, 2, 0});
    char *text = file_text(folder, "member-paul.ics");
    assert_int_equal(count(text, "STATUS:CANCELLED"), 2);
    g_free(text);
    assert_int_equal(events_in(folder, "member-anna.ics"), 2);
    /* Somebody who is no member any more has a calendar of cancelled events, where there is one. */
    f->estate->op->resources[PAUL].id = "other";
    now = events_new(f->arena, f->estate->op, f->estate->plan, before);
    assert_written(now, folder, false, &(IcsCount){7, 2, 0});
    text = file_text(folder, "member-paul.ics");
    assert_int_equal(count(text, "STATUS:CANCELLED"), 2);
    g_free(text);
    remove_folder(folder);
}

static void calendars_that_cannot_be_written_are_told(void **state) {
    Fixture *f = *state;
    IcsCount n;
    char *error = NULL;
    assert_false(ics_write_files(events_of(f), "/dev/null/folder", true, &n, &error));
    assert_non_null(error);
    g_free(error);
    error = NULL;
    Events *events = ARENA_NEW(f->arena, Events, 1);
    *events = *events_of(f);
    events->timezone = "Mars/Olympus";
    assert_false(ics_write_files(events, "/tmp", true, &n, &error));
    assert_non_null(strstr(error, "Mars/Olympus"));
    g_free(error);
}

static void names_of_files_stay_in_their_folder(void **state) {
    (void)state;
    static const char *const ids[] = {"../../etc/passwd", "..", "a/b", "", "\xc3\xa9l\xc3\xa9"};
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        char *name = ics_file_name("member-", ids[i]);
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-."), strlen(name));
        assert_null(strstr(name, ".."));
        g_free(name);
    }
    char *plain = ics_file_name("member-", "elec_dupont-2");
    assert_string_equal(plain, "member-elec_dupont-2.ics");
    g_free(plain);
    char *one = ics_file_name("member-", "a/b"), *other = ics_file_name("member-", "a b");
    assert_string_not_equal(one, other);
    g_free(one);
    g_free(other);
    char *id = g_strnfill(5000, 'x');
    char *name = ics_file_name("member-", id);
    assert_in_range(strlen(name), 1, 120);
    g_free(name);
    g_free(id);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_folded_between_characters),
        cmocka_unit_test(a_text_cannot_begin_a_line_of_its_own),
        TEST(the_pilot_knows_all),
        TEST(a_firm_learns_where_and_what_and_how_to_get_in),
        TEST(a_firm_learns_nothing_from_what_is_withdrawn_either),
        TEST(a_household_has_its_own_dates_alone),
        TEST(a_pilot_has_all_of_her_own_and_nothing_else),
        TEST(appointments_are_in_utc_and_works_are_days),
        TEST(what_was_told_is_reminded_of),
        TEST(an_empty_calendar_is_a_calendar),
        TEST(each_audience_has_its_file),
        TEST(calendars_of_those_who_left_become_empty_and_others_stay),
        TEST(members_who_only_came_before_learn_that_they_need_not),
        TEST(calendars_that_cannot_be_written_are_told),
        cmocka_unit_test(names_of_files_stay_in_their_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
