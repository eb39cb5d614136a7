#include "io/progress.h"

#include <glib.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const RunProgress first = {.elapsed = 0.5, .has_plan = true, .total = 1000, .unplanned = 2};

static void the_text_tells_total_bound_gap_and_unplanned(void **state) {
    (void)state;
    RunProgress news = first;
    news.elapsed = 12.4;
    news.bound = 900;
    char *text = progress_text(&news, 0);
    assert_string_equal(text, "12 s: total 1000, bound 900, gap 10.00 %, 2 households unplanned");
    g_free(text);
}

static void without_plan_or_bound_nothing_is_invented(void **state) {
    (void)state;
    char *text = progress_text(&(RunProgress){.elapsed = 3}, 0);
    assert_string_equal(text, "3 s: no plan yet");
    g_free(text);
    text = progress_text(&(RunProgress){.has_plan = true}, 0);
    assert_string_equal(text, "0 s: total 0, 0 households unplanned");
    g_free(text);
}

static void the_text_is_cut_to_the_width(void **state) {
    (void)state;
    for (int width = 1; width < 100; width++) {
        char *text = progress_text(&first, width);
        assert_true(g_utf8_strlen(text, -1) <= width);
        assert_true(g_utf8_validate(text, -1, NULL));
        g_free(text);
    }
}

/* Shows the news one after the other on a stream that is no terminal; what was printed. */
static char *shown(const RunProgress *news, int count) {
    char *text = NULL;
    FILE *file = tmpfile();
    assert_non_null(file);
    Progress *progress = progress_new(file);
    for (int i = 0; i < count; i++)
        progress_show(progress, &news[i]);
    progress_end(progress);
    long length = ftell(file);
    rewind(file);
    text = g_malloc0((gsize)length + 1);
    assert_int_equal(fread(text, 1, (size_t)length, file), length);
    fclose(file);
    return text;
}

static int count_lines(const char *text) {
    int lines = 0;
    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void off_a_terminal_lines_come_with_news_and_pauses(void **state) {
    (void)state;
    RunProgress news[] = {first, first, first, first, first};
    news[1].elapsed = 1;
    news[1].total = 900; /* too soon after the first line */
    news[2].elapsed = 6;
    news[2].total = 800;
    news[3].elapsed = 20;
    news[3].total = 800; /* nothing new */
    news[4].elapsed = 21;
    news[4].unplanned = 1;
    news[4].total = 800;
    char *text = shown(news, 5);
    assert_int_equal(count_lines(text), 3);
    assert_non_null(strstr(text, "total 1000"));
    assert_null(strstr(text, "total 900"));
    assert_non_null(strstr(text, "6 s: total 800"));
    assert_non_null(strstr(text, "21 s: total 800"));
    assert_null(strchr(text, '\r'));
    assert_null(strchr(text, '\033'));
    g_free(text);
}

static void on_a_terminal_one_line_is_rewritten(void **state) {
    (void)state;
    int master = -1, slave = -1;
    const struct winsize size = {.ws_row = 24, .ws_col = 30};
    assert_int_equal(openpty(&master, &slave, NULL, NULL, &size), 0);
    g_setenv("TERM", "xterm", TRUE);
    FILE *file = fdopen(slave, "w");
    assert_non_null(file);
    Progress *progress = progress_new(file);
    RunProgress news = first;
    news.elapsed = 0;
    progress_show(progress, &news);
    news.elapsed = 0.05;
    progress_show(progress, &news); /* too soon to be read */
    news.elapsed = 0.2;
    progress_show(progress, &news); /* the seconds move on without news, too */
    progress_end(progress);
    fclose(file);
    /* What was written may come in pieces; behind the last one there is an error, not an end. */
    char text[1000] = "";
    size_t length = 0;
    for (ssize_t got; (got = read(master, text + length, sizeof text - 1 - length)) > 0;)
        length += (size_t)got;
    const char *line = "0 s: total 1000, 2 households"; /* 29 of 30 columns */
    const char *clear = "\r\033[K";
    char *expected = g_strconcat(line, clear, line, clear, NULL);
    assert_string_equal(text, expected);
    g_free(expected);
    close(master);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_tells_total_bound_gap_and_unplanned),
        cmocka_unit_test(without_plan_or_bound_nothing_is_invented),
        cmocka_unit_test(the_text_is_cut_to_the_width),
        cmocka_unit_test(off_a_terminal_lines_come_with_news_and_pauses),
        cmocka_unit_test(on_a_terminal_one_line_is_rewritten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
