/* Tables as spreadsheets save them, and what happens to damaged ones. */
#include "io/csv.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const Column columns[] = {
    {"household", "menage", true, NULL, 0, NULL},
    {"rooms", "pieces", false, NULL, 0, NULL},
    {"notes", NULL, false, NULL, 0, NULL},
};
enum { HOUSEHOLD, ROOMS, NOTES, N_COLUMNS };

typedef struct Reading {
    char *folder, *path;
    Faults *faults;
    Table *table;
    char *told; /* the faults, printed */
} Reading;

static Reading reading_of(const void *bytes, size_t length) {
    Reading reading = {.faults = faults_new()};
    reading.folder = g_dir_make_tmp("pilote-test-XXXXXX", NULL);
    assert_non_null(reading.folder);
    reading.path = g_build_filename(reading.folder, "t.csv", NULL);
    assert_true(g_file_set_contents(reading.path, bytes, (gssize)length, NULL));
    reading.table = table_read(reading.path, "t.csv", true, columns, N_COLUMNS, reading.faults);
    size_t size;
    FILE *out = open_memstream(&reading.told, &size);
    faults_print(reading.faults, out, true);
    fclose(out);
    return reading;
}

static Reading reading_text(const char *text) {
    return reading_of(text, strlen(text));
}

static void reading_end(Reading *reading) {
    table_free(reading->table);
    faults_free(reading->faults);
    free(reading->told);
    g_remove(reading->path);
    g_rmdir(reading->folder);
    g_free(reading->path);
    g_free(reading->folder);
}

/* Checks that the text is a table without faults whose cells are "a|b|c" row by row. */
static void check_rows_of(const void *bytes, size_t length, const char *const *rows, int n) {
    Reading reading = reading_of(bytes, length);
    assert_string_equal(reading.told, "");
    assert_non_null(reading.table);
    assert_int_equal(table_rows(reading.table), n);
    for (int row = 0; row < n; row++) {
        char *joined = g_strjoin("|", table_cell(reading.table, row, HOUSEHOLD),
                                 table_cell(reading.table, row, ROOMS),
                                 table_cell(reading.table, row, NOTES), NULL);
        assert_string_equal(joined, rows[row]);
        g_free(joined);
    }
    reading_end(&reading);
}

static void check_row(const char *text, const char *row) {
    check_rows_of(text, strlen(text), &row, 1);
}

static void check_told(const char *text, const char *told) {
    Reading reading = reading_text(text);
    assert_string_equal(reading.told, told);
    reading_end(&reading);
}

static void the_delimiter_is_found(void **state) {
    (void)state;
    check_row("household,rooms,notes\nH1,3,n\n", "H1|3|n");
    check_row("household;rooms;notes\nH1;3;a, b\n", "H1|3|a, b");
    check_row("household\trooms\tnotes\nH1\t3\ta; b, c\n", "H1|3|a; b, c");
    check_row("household\nH1\n", "H1||");
}

static void excels_separator_line_is_obeyed_and_is_no_row(void **state) {
    (void)state;
    check_row("sep=;\r\nhousehold;notes\r\nH1;a,b,c\r\n", "H1||a,b,c");
    check_row("\"sep=,\"\nhousehold,notes\nH1,x\n", "H1||x");
    check_row("sep=\t\nhousehold\tnotes\nH1\tx\n", "H1||x");
    check_told("sep=|\nhousehold;notes\nH1;x\n",
               "t.csv:1: got the separator '|', expected ';', ',' or a tab\n");
}

static void columns_may_stand_in_any_order_and_have_french_names(void **state) {
    (void)state;
    check_row("Notes;Pi\xc3\xa8"
              "ces;M\xc3\xa9nage\nn;3;H1\n",
              "H1|3|n");
    check_row("\xc2\xa0MENAGE ; Rooms\nH1;3\n", "H1|3|");
}

static void encodings_are_found(void **state) {
    (void)state;
    check_row("household,notes\nH1,\xc3\xa9t\xc3\xa9 \xe2\x82\xac\n", "H1||été €");
    check_row("\xef\xbb\xbfhousehold,notes\nH1,\xc3\xa9t\xc3\xa9\n", "H1||été");
    check_row("m\xe9nage;notes;pi\xe8"
              "ces\nH1;\xe9t\xe9 \x80 \x9cuvre;2\n",
              "H1|2|été € œuvre");
    Reading reading = reading_text("m\xe9nage;notes\nH1;x\n");
    assert_string_equal(table_encoding(reading.table), "Windows-1252");
    assert_int_equal(table_delimiter(reading.table), ';');
    reading_end(&reading);
    reading = reading_text("household;notes\nH1;\xc3\xa9\n");
    assert_string_equal(table_encoding(reading.table), "UTF-8");
    reading_end(&reading);
}

static void what_is_no_text_is_told_in_plain_words(void **state) {
    (void)state;
    check_told("\xff\xfeh\0o\0", "t.csv:1: the file is in UTF-16; save it as \"CSV UTF-8\"\n");
    check_told("\xfe\xff\x01h", "t.csv:1: the file is in UTF-16; save it as \"CSV UTF-8\"\n");
    Reading reading = reading_of("household\nH1\nH\0002\n", 16);
    assert_string_equal(reading.told, "t.csv:3: a NUL byte: this is not a text file\n");
    assert_null(reading.table);
    reading_end(&reading);
    check_told("\xef\xbb\xbfhousehold\nH\xe9\n",
               "t.csv:2: the file begins as UTF-8 but byte 0xe9 is not UTF-8\n");
    check_told("household\nH1\nH\x81\n", "t.csv:3: byte 0x81 is neither UTF-8 nor Windows-1252; "
                                         "save the file as UTF-8\n");
    check_told("", "t.csv:1: the row of column names is missing\n");
    check_told("\n \n;;\n", "t.csv:1: the row of column names is missing\n");
}

static void all_line_ends_are_understood(void **state) {
    (void)state;
    static const char *const rows[] = {"H1|3|", "H2|4|"};
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        char *text = g_strdup_printf("household,rooms%sH1,3%sH2,4%s", ends[i], ends[i],
                                     i == 0 ? "" : ends[i]);
        check_rows_of(text, strlen(text), rows, 2);
        g_free(text);
    }
}

static void lines_are_counted_as_an_editor_counts_them(void **state) {
    (void)state;
    Reading reading = reading_text(
        "\nhousehold,notes\n\n\nH1,\"two\nlines\"\n;;\nH2,\"a \"\"b\"\"\"\n\n\"H3\",\n");
    assert_int_equal(table_rows(reading.table), 4);
    assert_int_equal(table_line(reading.table, 0), 5);
    assert_string_equal(table_cell(reading.table, 0, NOTES), "two\nlines");
    assert_int_equal(table_line(reading.table, 2), 8);
    assert_string_equal(table_cell(reading.table, 2, NOTES), "a \"b\"");
    assert_int_equal(table_line(reading.table, 3), 10);
    reading_end(&reading);
    reading = reading_text("household;notes\r\nH1;\"two\r\nlines\"\r\n\r\nH2;\r\n");
    assert_string_equal(table_cell(reading.table, 0, NOTES), "two\nlines");
    assert_int_equal(table_line(reading.table, 1), 5);
    reading_end(&reading);
}

static void blanks_around_cells_and_rows_of_nothing_are_left_out(void **state) {
    (void)state;
    static const char *const rows[] = {"H1|3|", "H2||"};
    static const char text[] =
        "household,rooms,notes\n \"H1\" ,\t3\xc2\xa0,\n,,\n\"\",\" \",\nH2\n";
    check_rows_of(text, strlen(text), rows, 2);
}

static void an_unknown_column_is_a_warning_with_the_nearest_name(void **state) {
    (void)state;
    check_told("household,room,colour,peices\nH1,3,red,2\n",
               "t.csv:1: warning: column 'room' is not known and was left out; did you mean "
               "'rooms'?\n"
               "t.csv:1: warning: column 'colour' is not known and was left out\n"
               "t.csv:1: warning: column 'peices' is not known and was left out; did you mean "
               "'pieces'?\n");
}

static void a_missing_and_a_doubled_column_are_errors(void **state) {
    (void)state;
    check_told("rooms\n3\n", "t.csv:1: the column 'household' is missing\n");
    check_told("household,rooms,pieces\nH1,3,3\n",
               "t.csv:1: column 'rooms': got 'pieces', expected each column only once\n");
}

static void a_cell_without_a_column_is_an_error(void **state) {
    (void)state;
    check_told("household,rooms\nH1,22,5\nH2,3,,\n",
               "t.csv:2: got '5', expected no more cells than the first row has column names\n");
}

static void an_open_quote_is_told_where_it_opens_and_reading_goes_on(void **state) {
    (void)state;
    Reading reading = reading_text("household,notes\nH1,\"open\nH2,x\nH3,a\"b\nH4,y\n");
    assert_string_equal(reading.told,
                        "t.csv:2: a quote opened on this line is not closed rightly (line 4)\n"
                        "t.csv:4: a quote inside a cell: put the whole cell in quotes and double "
                        "the quotes in it\n");
    assert_false(table_complete(reading.table));
    assert_int_equal(table_rows(reading.table), 2);
    assert_string_equal(table_cell(reading.table, 0, HOUSEHOLD), "H2");
    assert_string_equal(table_cell(reading.table, 1, HOUSEHOLD), "H4");
    assert_int_equal(table_line(reading.table, 1), 5);
    reading_end(&reading);
    check_told("household\nH1\n\"H2\nH3\n",
               "t.csv:3: a quote opened on this line is never closed\n");
}

static void so_many_quotes_that_are_wrong_are_enough(void **state) {
    (void)state;
    GString *text = g_string_new("household,rooms\n");
    for (int i = 0; i < 30; i++)
        g_string_append(text, "a\"b,1\n");
    Reading reading = reading_text(text->str);
    assert_int_equal(faults_count(reading.faults, FAULT_ERROR), 20 + 1);
    assert_non_null(strstr(reading.told, "t.csv:22: too many faults with quotes; the rest of the "
                                         "file was not read\n"));
    assert_null(strstr(reading.told, "t.csv:23"));
    reading_end(&reading);
    g_string_free(text, TRUE);
}

static void control_characters_are_refused_and_shown_escaped(void **state) {
    (void)state;
    check_told("household\nH\x1b[31m\n",
               "t.csv:2: got 'H\\x1b[31m', expected text without control characters\n");
}

static void absurd_sizes_are_refused(void **state) {
    (void)state;
    GString *text = g_string_new("household,rooms\n");
    for (int i = 0; i < MAX_TABLE_ROWS + 2; i++)
        g_string_append(text, "H,1\n");
    check_told(text->str, "t.csv: more than 200000 rows; the rest was not read\n");
    g_string_assign(text, "household");
    for (int i = 0; i < 1000000; i++)
        g_string_append_c(text, ',');
    check_told(text->str, "t.csv:1: more than 256 columns\n");
    g_string_assign(text, "household\nH1");
    for (int i = 0; i < 1000000; i++)
        g_string_append_c(text, ',');
    g_string_append_c(text, 'x');
    check_told(text->str,
               "t.csv:2: got 'x', expected no more cells than the first row has column names\n");
    g_string_assign(text, "household\n");
    for (int i = 0; i < MAX_CELL_BYTES + 1; i++)
        g_string_append_c(text, 'H');
    check_told(text->str, "t.csv:2: a cell is longer than 65536 bytes\n");
    g_string_set_size(text, MAX_TABLE_BYTES + 1);
    memset(text->str, '\n', text->len);
    check_told(text->str, "t.csv: the file is larger than 16 MiB\n");
    g_string_free(text, TRUE);
}

static void a_folder_in_place_of_a_file_is_told(void **state) {
    (void)state;
    Faults *faults = faults_new();
    assert_null(table_read("/", "t.csv", false, columns, N_COLUMNS, faults));
    assert_int_equal(faults_count(faults, FAULT_ERROR), 1);
    assert_null(table_read("/no/such/file", "u.csv", false, columns, N_COLUMNS, faults));
    assert_int_equal(faults_count(faults, FAULT_ERROR), 1);
    assert_null(table_read("/no/such/file", "u.csv", true, columns, N_COLUMNS, faults));
    assert_int_equal(faults_count(faults, FAULT_ERROR), 2);
    faults_free(faults);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_delimiter_is_found),
        cmocka_unit_test(excels_separator_line_is_obeyed_and_is_no_row),
        cmocka_unit_test(columns_may_stand_in_any_order_and_have_french_names),
        cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(what_is_no_text_is_told_in_plain_words),
        cmocka_unit_test(all_line_ends_are_understood),
        cmocka_unit_test(lines_are_counted_as_an_editor_counts_them),
        cmocka_unit_test(blanks_around_cells_and_rows_of_nothing_are_left_out),
        cmocka_unit_test(an_unknown_column_is_a_warning_with_the_nearest_name),
        cmocka_unit_test(a_missing_and_a_doubled_column_are_errors),
        cmocka_unit_test(a_cell_without_a_column_is_an_error),
        cmocka_unit_test(an_open_quote_is_told_where_it_opens_and_reading_goes_on),
        cmocka_unit_test(so_many_quotes_that_are_wrong_are_enough),
        cmocka_unit_test(control_characters_are_refused_and_shown_escaped),
        cmocka_unit_test(absurd_sizes_are_refused),
        cmocka_unit_test(a_folder_in_place_of_a_file_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
