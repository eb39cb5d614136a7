#include "io/summary.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "io/page.h"
#include "solver/language.h"
#include "tests/support/builder.h"

#include <cmocka.h>

enum { VISIT, LEAVE, KITCHEN, RETURN, HOUSEHOLDS = 14, PLANNED = 12 };

/* Fourteen households, twelve of them planned from November on, three of these away. */
typedef struct Fixture {
    Operation *op;
    Plan *plan, *previous;
    Verdict verdict;
    char *text;
    int paul, anne;
} Fixture;

static int set_up(void **state) {
    static const char *const ids[] = {"H01", "H02", "H03", "H04", "H05", "H06", "H07",
                                      "H08", "H09", "H10", "H11", "H12", "H13", "H14"};
    Fixture *f = g_new0(Fixture, 1);
    Operation *op = f->op = build_operation();
    op->name = "Cité des Pinsons";
    int pilot = build_role(op, "pilot", MEASURE_CLOCK);
    f->paul = build_resource(op, pilot, "paul", 1);
    f->anne = build_resource(op, pilot, "anne", 1);
    int full = build_package(op, "full");
    build_appointment(op, full, "visit", 90, pilot);
    build_works(op, full, "leave", 1, NONE);
    build_works(op, full, "kitchen", 2, NONE);
    build_works(op, full, "return", 1, NONE);
    build_moves(op, full, LEAVE, RETURN);
    op->packages[full].tasks[VISIT].label = "Visite technique";
    op->packages[full].tasks[VISIT].notice_days = 7;
    op->packages[full].tasks[LEAVE].label = "Déménagement";
    op->packages[full].tasks[LEAVE].notice_days = 30;
    for (int h = 0; h < HOUSEHOLDS; h++)
        build_household(op, full, ids[h]);
    op->households[0].name = "Mme Petit";
    f->plan = plan_new(op->arena, op);
    f->previous = plan_new(op->arena, op);
    for (int h = 0; h < PLANNED; h++) {
        put_appointment(op, f->plan, h, VISIT, on("2026-11-02") + h, at("09:00"));
        put_works(f->plan, h, LEAVE, on("2026-11-23") + h, on("2026-11-23") + h);
        put_works(f->plan, h, KITCHEN, on("2026-12-07") + h, on("2026-12-08") + h);
        put_works(f->plan, h, RETURN, on("2026-12-20") + h, on("2026-12-20") + h);
        put_member(op, f->plan, h, f->paul);
    }
    f->plan->total = 48210;
    f->plan->bound = 47980;
    f->verdict.nights_away = ARENA_NEW(op->arena, int, HOUSEHOLDS);
    f->verdict.n_planned = PLANNED;
    f->verdict.n_evenings = 12;
    f->verdict.nights_away[0] = 20;
    f->verdict.nights_away[1] = 27;
    f->verdict.nights_away[2] = 27;
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    operation_free(f->op);
    g_free(f->text);
    g_free(f);
    return 0;
}

/* The summary; freed with the fixture. Lines have 80 columns at most. */
static const char *summary(Fixture *f, const Plan *previous) {
    g_free(f->text);
    Weeks weeks = {.op = f->op, .previous = previous, .plan = f->plan};
    Review *review = review_new(&weeks);
    f->text = summary_text(f->op, f->plan, &f->verdict, review);
    review_free(review);
    assert_true(g_utf8_validate(f->text, -1, NULL));
    char **lines = g_strsplit(f->text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (page_width(*line) > PAGE_WIDTH)
            fail_msg("too long: '%s'", *line);
    g_strfreev(lines);
    return f->text;
}

static void check_says(Fixture *f, const char *expected) {
    if (strstr(summary(f, NULL), expected) == NULL)
        fail_msg("'%s' does not say '%s'", f->text, expected);
}

/* As check_says(), wherever the lines are broken. */
static void check_tells(Fixture *f, const char *expected) {
    char **words = g_strsplit_set(summary(f, NULL), " \n", -1);
    GString *text = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++)
        g_string_append_printf(text, "%s%s", **word != '\0' ? " " : "", *word);
    if (strstr(text->str, expected) == NULL)
        fail_msg("'%s' does not tell '%s'", f->text, expected);
    g_string_free(text, TRUE);
    g_strfreev(words);
}

static void check_silent(Fixture *f, const char *word) {
    if (strstr(summary(f, NULL), word) != NULL)
        fail_msg("'%s' says '%s'", f->text, word);
}

static void the_first_line_says_how_many_are_planned(void **state) {
    Fixture *f = *state;
    assert_true(g_str_has_prefix(
        summary(f, NULL),
        "12 of 14 households are planned (Cité des Pinsons, as of 2026-09-04).\n\n"));
}

static void figures_stand_in_one_column(void **state) {
    Fixture *f = *state;
    check_says(f, "\nNights away      24.7 on average for 3 households, 27 at most (H02)\n"
                  "Late evenings    12\n"
                  "Broken promises  0\n"
                  "Cost             48,210 points; no plan can have fewer than 47,980, so at "
                  "most\n"
                  "                 0.5% could be saved\n");
}

static void figures_are_french_in_a_french_operation(void **state) {
    Fixture *f = *state;
    f->op->language = "fr";
    f->plan->total = 1234567;
    f->plan->bound = 1000000;
    check_says(f, "24,7 on average");
    check_says(f, "1\u00a0234\u00a0567 points");
    check_tells(f, "at most 19%");
    check_says(f, "as of 04/09/2026");
}

static void whole_figures_have_no_decimal(void **state) {
    Fixture *f = *state;
    f->verdict.nights_away[1] = f->verdict.nights_away[2] = 23;
    check_says(f, "22 on average");
    f->plan->total = 999;
    f->plan->bound = 998;
    check_tells(f, "999 points; no plan can have fewer than 998, so at most 0.2%");
}

static void what_could_be_saved_is_never_told_too_small(void **state) {
    Fixture *f = *state;
    f->plan->total = 1000000;
    f->plan->bound = 999999;
    check_tells(f, "so at most 0.1%");
    f->plan->bound = 999000;
    check_tells(f, "so at most 0.1%");
    f->plan->bound = 998999;
    check_tells(f, "so at most 0.2%");
    f->plan->bound = 1000000;
    check_says(f, "1,000,000 points; no plan can have fewer\n");
    f->plan->bound = 0;
    check_tells(f, "how few are possible is not known");
}

static void nobody_away_is_not_mentioned(void **state) {
    Fixture *f = *state;
    memset(f->verdict.nights_away, 0, sizeof(int) * HOUSEHOLDS);
    check_silent(f, "Nights away");
}

static void stays_over_the_maximum_are_counted(void **state) {
    Fixture *f = *state;
    check_silent(f, "longer than");
    f->op->households[0].max_nights_away = 20;
    f->op->households[1].max_nights_away = 26;
    check_says(f, "                 1 household is away longer than its maximum\n");
    f->op->households[2].max_nights_away = 26;
    check_says(f, "2 households are away longer than their maximum\n");
}

static void broken_promises_name_their_households(void **state) {
    Fixture *f = *state;
    build_fact(f->op, 0, VISIT, STATUS_CONFIRMED, on("2026-11-02"), at("09:00"));
    build_fact(f->op, 1, VISIT, STATUS_CONFIRMED, on("2026-11-03"), MINUTE_NONE);
    check_says(f, "Broken promises  0\n");
    build_fact(f->op, 0, VISIT, STATUS_CONFIRMED, on("2026-11-02"), at("09:15"));
    check_says(f, "Broken promises  1 (H01 Mme Petit)\n");
    build_fact(f->op, 1, VISIT, STATUS_CONFIRMED, on("2026-11-03"), MINUTE_NONE)->member = f->anne;
    check_says(f, "Broken promises  2 (H01 Mme Petit, H02)\n");
    build_fact(f->op, 1, LEAVE, STATUS_CONFIRMED, on("2026-11-25"), MINUTE_NONE);
    build_fact(f->op, 13, LEAVE, STATUS_CONFIRMED, on("2026-11-25"), MINUTE_NONE);
    check_says(f, "Broken promises  4 (H01 Mme Petit, H02, H14)\n");
}

static void announced_dates_that_change_are_told_apart(void **state) {
    Fixture *f = *state;
    build_fact(f->op, 0, VISIT, STATUS_ANNOUNCED, on("2026-11-02"), at("09:00"))->member = f->anne;
    check_silent(f, "Announced");
    build_fact(f->op, 0, VISIT, STATUS_ANNOUNCED, on("2026-11-05"), at("09:00"));
    check_says(f, "Announced, changed  1 (H01 Mme Petit)\n");
    check_says(f, "Broken promises     0\n");
}

static void many_names_are_cut_short(void **state) {
    Fixture *f = *state;
    for (int h = 1; h < 7; h++)
        f->op->households[h].deadline = on("2026-12-01");
    f->op->households[8].deadline = on("2027-01-15");
    check_says(f, "After the deadline  6 (H02, H03, H04, H05, H06 and 1 more)\n");
}

static void changes_since_the_last_plan_are_counted(void **state) {
    Fixture *f = *state;
    check_silent(f, "last plan");
    assert_non_null(strstr(summary(f, f->previous), "Since the last plan  no date has changed\n"));
    put_appointment(f->op, f->previous, 0, VISIT, on("2026-11-02"), at("10:00"));
    assert_non_null(strstr(summary(f, f->previous), "Since the last plan  1 date has changed\n"));
    put_works(f->previous, 0, LEAVE, on("2026-11-23"), on("2026-11-23"));
    put_works(f->previous, 13, LEAVE, on("2026-11-23"), on("2026-11-23"));
    assert_non_null(strstr(summary(f, f->previous), "2 dates have changed\n"));
}

static void the_unplanned_are_named_with_their_reasons(void **state) {
    Fixture *f = *state;
    static const char *reasons[] = {
        "no temporary home with 5 rooms and step-free access is free for a stay of 30 nights",
        "the deadline is too near"};
    f->plan->households[12].reasons = reasons;
    f->plan->households[12].n_reasons = 2;
    check_says(f, "\n\nNot planned:\n"
                  "  H13: no temporary home with 5 rooms and step-free access is free for a stay "
                  "of\n"
                  "    30 nights; the deadline is too near\n"
                  "  H14\n");
}

static void many_unplanned_are_cut_short(void **state) {
    Fixture *f = *state;
    for (int h = 1; h < PLANNED; h++)
        f->plan->households[h].planned = false;
    check_says(f, "  H11\n  and 3 more, in plan.json\n");
    check_silent(f, "  H12");
    for (int h = 1; h < HOUSEHOLDS; h++)
        f->plan->households[h].planned = true;
    check_silent(f, "Not planned");
}

static void the_week_has_its_appointments_and_moves_in_order(void **state) {
    Fixture *f = *state;
    check_says(f, "\n\nAppointments and moves from 2026-09-04 to 2026-09-10:\n  none\n");
    put_appointment(f->op, f->plan, 1, VISIT, on("2026-09-10"), at("18:00"));
    put_appointment(f->op, f->plan, 0, VISIT, on("2026-09-10"), at("09:00"));
    put_works(f->plan, 2, LEAVE, on("2026-09-04"), on("2026-09-04"));
    put_appointment(f->op, f->plan, 3, VISIT, on("2026-09-11"), at("09:00"));
    put_appointment(f->op, f->plan, 4, VISIT, on("2026-09-03"), at("09:00"));
    put_works(f->plan, 5, KITCHEN, on("2026-09-07"), on("2026-09-08"));
    put_appointment(f->op, f->plan, 6, VISIT, on("2026-09-08"), at("09:00"));
    f->plan->households[6].tasks[VISIT].status = STATUS_DONE;
    check_says(f, ":\n  Fri 2026-09-04        H03            Déménagement\n"
                  "  Thu 2026-09-10 09:00  H01 Mme Petit  Visite technique\n"
                  "  Thu 2026-09-10 18:00  H02            Visite technique\n\n");
}

static void what_tenants_must_be_told_this_week_is_listed(void **state) {
    Fixture *f = *state;
    check_silent(f, "To tell the tenants");
    put_appointment(f->op, f->plan, 0, VISIT, on("2026-09-15"), at("10:30"));
    put_appointment(f->op, f->plan, 1, VISIT, on("2026-09-18"), at("10:30"));
    put_works(f->plan, 0, LEAVE, on("2026-10-04"), on("2026-10-04"));
    put_works(f->plan, 0, KITCHEN, on("2026-09-07"), on("2026-09-08"));
    /* The third was told this date, the fourth another one. */
    put_appointment(f->op, f->plan, 2, VISIT, on("2026-09-15"), at("14:00"));
    put_appointment(f->op, f->plan, 3, VISIT, on("2026-09-15"), at("16:00"));
    f->plan->households[2].tasks[VISIT].status = STATUS_ANNOUNCED;
    f->plan->households[3].tasks[VISIT].status = STATUS_ANNOUNCED;
    build_fact(f->op, 2, VISIT, STATUS_ANNOUNCED, on("2026-09-15"), at("14:00"));
    build_fact(f->op, 3, VISIT, STATUS_ANNOUNCED, on("2026-09-15"), at("14:30"));
    check_says(f, "\n\nTo tell the tenants, on that day at the latest:\n"
                  "  Fri 2026-09-04  H01 Mme Petit  Déménagement: 2026-10-04\n"
                  "  Tue 2026-09-08  H01 Mme Petit  Visite technique: 2026-09-15 10:30\n"
                  "  Tue 2026-09-08  H04            Visite technique: 2026-09-15 16:00\n");
    check_silent(f, "Fri 2026-09-11");
}

static void long_lists_are_cut_short(void **state) {
    Fixture *f = *state;
    for (int h = 0; h < PLANNED; h++) {
        put_appointment(f->op, f->plan, h, VISIT, on("2026-09-07"), at("09:00"));
        put_works(f->plan, h, LEAVE, on("2026-09-08"), on("2026-09-08"));
    }
    check_says(f, "  Tue 2026-09-08        H08            Déménagement\n"
                  "  and 4 more, in calendar.csv\n");
}

static void names_cannot_steer_the_terminal_or_break_the_columns(void **state) {
    Fixture *f = *state;
    f->op->households[0].name =
        "\x1b[2JÉlodie\u200e\n山田 e\u0301 de la Très-Longue-Particule-Haute";
    put_appointment(f->op, f->plan, 0, VISIT, on("2026-09-10"), at("18:00"));
    put_appointment(f->op, f->plan, 1, VISIT, on("2026-09-10"), at("18:00"));
    check_silent(f, "\x1b");
    check_silent(f, "\u200e");
    check_says(f, "  H01 [2JÉlodie 山田 e\u0301 de…  Visite technique\n");
    check_says(f, "  H02                       Visite technique\n");
}

static void a_long_word_stays_whole(void **state) {
    (void)state;
    GString *out = g_string_new("  ");
    char word[101];
    memset(word, 'x', 100);
    word[100] = '\0';
    char *text = g_strdup_printf("a %s  b\u00a0c", word);
    page_wrap(out, 2, 4, text);
    char *expected = g_strdup_printf("  a\n    %s\n    b\u00a0c\n", word);
    assert_string_equal(out->str, expected);
    g_free(expected);
    g_free(text);
    g_string_free(out, TRUE);
}

static void programs_get_one_line_of_json(void **state) {
    Fixture *f = *state;
    static const char *reasons[] = {"no \"home\""};
    f->plan->households[12].reasons = reasons;
    f->plan->households[12].n_reasons = 1;
    build_fact(f->op, 13, LEAVE, STATUS_CONFIRMED, on("2026-11-25"), MINUTE_NONE);
    f->verdict.total = 48210;
    for (int p = 0; p < PART_COUNT; p++)
        f->verdict.parts[p] = p;
    Weeks weeks = {.op = f->op, .plan = f->plan};
    Review *review = review_new(&weeks);
    f->text = summary_json(f->op, f->plan, &f->verdict, review);
    review_free(review);
    assert_string_equal(
        f->text,
        "{\"operation\":\"Cité des Pinsons\",\"as_of\":\"2026-09-04\",\"status\":\"feasible\","
        "\"households\":14,\"planned\":12,"
        "\"nights_away\":{\"households\":3,\"mean\":24.7,\"worst\":27,\"worst_household\":\"H02\"},"
        "\"evenings\":12,\"broken_promises\":[{\"household\":\"H14\",\"task\":\"leave\","
        "\"confirmed\":\"2026-11-25\",\"offers\":[]}],"
        "\"objective\":{\"total\":48210,\"bound\":47980,\"gap\":0.0048,\"parts\":{"
        "\"unplanned_household\":0,\"broken_promise\":1,\"moved_announced\":2,"
        "\"moved_announced_day\":3,\"moved_proposed\":4,\"night_away\":5,\"night_over_max\":6,"
        "\"late_day\":7,\"flow_day\":8,\"late_evening\":9,\"non_preferred\":10}},"
        "\"unplanned\":[{\"household\":\"H13\",\"reasons\":[\"no \\\"home\\\"\"]},"
        "{\"household\":\"H14\",\"reasons\":[]}]}\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    language_init();
    language_set("en");
    const struct CMUnitTest tests[] = {
        TEST(the_first_line_says_how_many_are_planned),
        TEST(figures_stand_in_one_column),
        TEST(figures_are_french_in_a_french_operation),
        TEST(whole_figures_have_no_decimal),
        TEST(what_could_be_saved_is_never_told_too_small),
        TEST(nobody_away_is_not_mentioned),
        TEST(stays_over_the_maximum_are_counted),
        TEST(broken_promises_name_their_households),
        TEST(announced_dates_that_change_are_told_apart),
        TEST(many_names_are_cut_short),
        TEST(changes_since_the_last_plan_are_counted),
        TEST(the_unplanned_are_named_with_their_reasons),
        TEST(many_unplanned_are_cut_short),
        TEST(the_week_has_its_appointments_and_moves_in_order),
        TEST(what_tenants_must_be_told_this_week_is_listed),
        TEST(long_lists_are_cut_short),
        TEST(names_cannot_steer_the_terminal_or_break_the_columns),
        cmocka_unit_test(a_long_word_stays_whole),
        TEST(programs_get_one_line_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
