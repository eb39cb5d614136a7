/* Where the cells of a table stand in its bytes, and how a cell is written into them. */
#include "io/csv_layout.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void the_layout_is_what_the_file_has(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *line_end;
        size_t head;
        int head_line;
        char delimiter;
        bool windows;
    } cases[] = {
        {"a,b\n1,2\n", "\n", 0, 1, ',', false},
        {"a;b\r\n1;2\r\n", "\r\n", 0, 1, ';', false},
        {"a\tb\r1\t2\r", "\r", 0, 1, '\t', false},
        {"\xef\xbb\xbf"
         "a,b\n1,2\n",
         "\n", 3, 1, ',', false},
        {"sep=;\na;b\n", "\n", 6, 2, ';', false},
        {"sep=;\n\n  \na;b\n", "\n", 10, 4, ';', false},
        {"\n\na;b\n", "\n", 2, 3, ';', false},
        {"pr\xe9nom;b\n", "\n", 0, 1, ';', true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *bytes = g_string_new(cases[i].bytes);
        CsvLayout layout = csv_layout(bytes);
        assert_string_equal(layout.line_end, cases[i].line_end);
        assert_int_equal(layout.delimiter, cases[i].delimiter);
        assert_int_equal(layout.windows_1252, cases[i].windows);
        assert_int_equal(layout.head, cases[i].head);
        assert_int_equal(layout.head_line, cases[i].head_line);
        g_string_free(bytes, TRUE);
    }
}

static void a_table_of_nothing_has_a_layout_too(void **state) {
    (void)state;
    static const char *const texts[] = {"", "\n", " \r\n \r\n", "sep=;\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        GString *bytes = g_string_new(texts[i]);
        CsvLayout layout = csv_layout(bytes);
        assert_int_equal(layout.head, bytes->len);
        g_string_free(bytes, TRUE);
    }
}

/* Writes the text as the second of three cells and reads it back. */
static void check_cell(const char *head, const char *text, const char *written) {
    GString *bytes = g_string_new(head);
    CsvLayout layout = csv_layout(bytes);
    GString *row = g_string_new("x");
    g_string_append_c(row, layout.delimiter);
    gsize place = row->len;
    assert_true(csv_layout_append(&layout, row, text));
    assert_string_equal(row->str + place, written);
    g_string_append_c(row, layout.delimiter);
    g_string_append(row, layout.line_end);
    size_t start = bytes->len, next = 0;
    g_string_append_len(bytes, row->str, (gssize)row->len);
    layout.bytes = bytes;
    GArray *cells = csv_layout_cells(&layout, start, &next);
    assert_int_equal(cells->len, 3);
    assert_int_equal(next, bytes->len);
    char *again = csv_layout_text(&layout, g_array_index(cells, CsvSpan, 1));
    assert_string_equal(again, text);
    g_free(again);
    g_array_free(cells, TRUE);
    g_string_free(row, TRUE);
    g_string_free(bytes, TRUE);
}

static void a_cell_is_quoted_where_it_must_be(void **state) {
    (void)state;
    check_cell("a;b;c\r\n", "plain text", "plain text");
    check_cell("a;b;c\r\n", "one, two", "\"one, two\"");
    check_cell("a;b;c\r\n", "one; two", "\"one; two\"");
    check_cell("a,b,c\n", "one\ttwo", "\"one\ttwo\"");
    check_cell("a,b,c\n", "two\nlines", "\"two\nlines\"");
    check_cell("a,b,c\n", "say \"no\"", "\"say \"\"no\"\"\"");
    check_cell("a,b,c\n", "été", "été");
    check_cell("pr\xe9nom,b,c\n", "été", "\xe9t\xe9");
    check_cell("a,b,c\n", "", "");
}

static void what_the_encoding_does_not_have_is_not_written(void **state) {
    (void)state;
    GString *bytes = g_string_new("pr\xe9nom,b\n"), *out = g_string_new("x");
    CsvLayout layout = csv_layout(bytes);
    assert_false(csv_layout_append(&layout, out, "Łódź"));
    assert_string_equal(out->str, "x");
    g_string_free(out, TRUE);
    g_string_free(bytes, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_layout_is_what_the_file_has),
        cmocka_unit_test(a_table_of_nothing_has_a_layout_too),
        cmocka_unit_test(a_cell_is_quoted_where_it_must_be),
        cmocka_unit_test(what_the_encoding_does_not_have_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
