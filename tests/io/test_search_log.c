#include "io/search_log.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const RunProgress begin = {.news = RUN_NEWS_PHASE, .by = "first plan"};

static const RunProgress found = {.news = RUN_NEWS_PLAN,
                                  .elapsed = 1.25,
                                  .by = "neighbourhoods",
                                  .columns = 12,
                                  .rows = 345,
                                  .has_plan = true,
                                  .total = 1000,
                                  .bound = 900,
                                  .unplanned = 2};

/* The lines that are written for the news, and then for the remark unless it is NULL. */
static char **lines_of(bool json, const RunProgress *news, int count, const char *remark) {
    FILE *file = tmpfile();
    assert_non_null(file);
    SearchLog *log = search_log_new(file, json);
    for (int i = 0; i < count; i++)
        search_log_news(log, &news[i]);
    if (remark != NULL)
        search_log_remark(log, remark);
    search_log_free(log);
    long length = ftell(file);
    rewind(file);
    char *text = g_malloc0((gsize)length + 1);
    assert_int_equal(fread(text, 1, (size_t)length, file), length);
    fclose(file);
    assert_true(length == 0 || text[length - 1] == '\n');
    if (length > 0)
        text[length - 1] = '\0';
    char **lines = g_strsplit(text, "\n", -1);
    g_free(text);
    return lines;
}

static void an_improvement_is_a_row_under_the_head(void **state) {
    (void)state;
    char **lines = lines_of(false, &found, 1, NULL);
    assert_int_equal(g_strv_length(lines), 2);
    static const struct {
        const char *head, *cell;
    } cells[] = {{"time, s", "1.25"}, {"total", "1000"}, {"bound", "900"}, {"gap, %", "10.000"},
                 {"unplanned", "2"},  {"columns", "12"}, {"rows", "345"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        /* Figures end where their heads end. */
        const char *head = strstr(lines[0], cells[i].head);
        assert_non_null(head);
        size_t end = (size_t)(head - lines[0]) + strlen(cells[i].head);
        size_t length = strlen(cells[i].cell);
        assert_true(strlen(lines[1]) >= end);
        assert_memory_equal(lines[1] + end - length, cells[i].cell, length);
        assert_true(lines[1][end - length - 1] == ' ');
    }
    assert_non_null(strstr(lines[1], "* neighbourhoods "));
    g_strfreev(lines);
}

static void what_is_not_known_is_a_dash(void **state) {
    (void)state;
    char **lines = lines_of(false, &begin, 1, NULL);
    assert_non_null(strstr(lines[1], "> first plan"));
    assert_null(strpbrk(strchr(lines[1], '>'), "0123456789"));
    g_strfreev(lines);
}

static void a_phase_has_one_line(void **state) {
    (void)state;
    RunProgress news[] = {begin, begin, begin, begin};
    news[1].by = "bound";
    news[3].news = RUN_NEWS_NONE; /* time passes */
    char **lines = lines_of(true, news, 4, NULL);
    assert_int_equal(g_strv_length(lines), 2);
    assert_non_null(strstr(lines[0], "first plan"));
    assert_non_null(strstr(lines[1], "bound"));
    g_strfreev(lines);
}

static void json_has_what_is_known(void **state) {
    (void)state;
    RunProgress news[] = {begin, found};
    char **lines = lines_of(true, news, 2, NULL);
    assert_int_equal(g_strv_length(lines), 2);
    assert_string_equal(lines[0], "{\"time\":0,\"event\":\"phase\",\"by\":\"first plan\"}");
    assert_string_equal(lines[1], "{\"time\":1.25,\"event\":\"plan\",\"by\":\"neighbourhoods\","
                                  "\"total\":1000,\"bound\":900,\"gap\":0.1,\"unplanned\":2,"
                                  "\"columns\":12,\"rows\":345}");
    g_strfreev(lines);
}

static void a_plan_that_costs_nothing_has_no_gap_to_divide(void **state) {
    (void)state;
    RunProgress free_of_cost = {.news = RUN_NEWS_END, .by = "finished", .has_plan = true};
    char **lines = lines_of(true, &free_of_cost, 1, NULL);
    assert_string_equal(lines[0], "{\"time\":0,\"event\":\"end\",\"by\":\"finished\","
                                  "\"total\":0,\"unplanned\":0}");
    g_strfreev(lines);
}

static void a_remark_stands_on_a_line_of_its_own(void **state) {
    (void)state;
    char **lines = lines_of(false, NULL, 0, "a \"bound\" was wrong");
    assert_true(g_str_has_suffix(lines[0], "   a \"bound\" was wrong"));
    g_strfreev(lines);
    lines = lines_of(true, NULL, 0, "a \"bound\"\nwas wrong");
    assert_int_equal(g_strv_length(lines), 1);
    assert_true(g_str_has_prefix(lines[0], "{\"time\":"));
    assert_true(g_str_has_suffix(
        lines[0], ",\"event\":\"remark\",\"text\":\"a \\\"bound\\\"\\nwas wrong\"}"));
    g_strfreev(lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_improvement_is_a_row_under_the_head),
        cmocka_unit_test(what_is_not_known_is_a_dash),
        cmocka_unit_test(a_phase_has_one_line),
        cmocka_unit_test(json_has_what_is_known),
        cmocka_unit_test(a_plan_that_costs_nothing_has_no_gap_to_divide),
        cmocka_unit_test(a_remark_stands_on_a_line_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
