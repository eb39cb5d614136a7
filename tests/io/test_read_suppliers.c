/* How late suppliers come: what their two files say, and every way in which they may be wrong. */
#include "io/read_suppliers.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/support/folder.h"

static const char given_head[] = "supplier,on_time,delay_days,spread_days\n";
static const char past_head[] = "supplier,promised,actual\n";

/* What was read of a folder; freed with reading_free(). */
typedef struct Reading {
    char *folder;
    Operation *op;
    Arena *arena;
    Supplier *suppliers;
    int n;
    char *told; /* faults and warnings */
} Reading;

/* Reads the files with these rows; NULL: there is no such file. */
static Reading reading_of(const char *deliveries, const char *given, const char *past) {
    Reading reading = {.folder = folder_new(), .arena = arena_new()};
    if (deliveries != NULL)
        folder_write(reading.folder, "deliveries.csv", deliveries);
    if (given != NULL)
        folder_write(reading.folder, "suppliers.csv", given);
    if (past != NULL)
        folder_write(reading.folder, "supplier_history.csv", past);
    reading.op = folder_read(reading.folder);
    Faults *faults = faults_new();
    reading.suppliers = suppliers_read(reading.op, reading.arena, &reading.n, faults);
    assert_int_equal(reading.suppliers == NULL, faults_count(faults, FAULT_ERROR) > 0);
    reading.told = faults_text(faults);
    faults_free(faults);
    return reading;
}

static void reading_free(Reading *reading) {
    g_free(reading->told);
    operation_free(reading->op);
    arena_free(reading->arena);
    folder_free(reading->folder);
}

static void those_who_still_deliver_are_listed_once_in_order(void **state) {
    (void)state;
    char *given = g_strconcat(given_head, "Zorn,75 %,12,3\nAbel,\"0,9\",4,\nGone,1,0,0\n", NULL);
    Reading reading = reading_of("delivery,item,date,supplier,status\n"
                                 "L1,kitchen,2026-10-01,Zorn,promised\n"
                                 "L2,kitchen,2026-10-02,Abel,late\n"
                                 "L3,kitchen,2026-09-01,Gone,arrived\n"
                                 "L4,kitchen,2026-10-03,Zorn,promised\n",
                                 given, NULL);
    assert_string_equal(reading.told, "");
    assert_int_equal(reading.n, 2);
    assert_string_equal(reading.suppliers[0].name, "Zorn");
    assert_float_equal(reading.suppliers[0].on_time, 0.75, 1e-9);
    assert_float_equal(reading.suppliers[0].mean, 12, 1e-9);
    assert_float_equal(reading.suppliers[0].spread, 3, 1e-9);
    assert_string_equal(reading.suppliers[1].name, "Abel");
    assert_float_equal(reading.suppliers[1].on_time, 0.9, 1e-9);
    /* Half the mean unless it is told. */
    assert_float_equal(reading.suppliers[1].spread, 2, 1e-9);
    reading_free(&reading);
    g_free(given);
}

static void a_row_of_ones_own_wins_over_the_past_and_the_past_over_the_rest(void **state) {
    (void)state;
    char *given = g_strconcat(given_head, "Own,0.5,10,1\n*,0.25,20,2\n", NULL);
    char *past = g_strconcat(past_head,
                             "Own,2026-01-05,2026-03-05\nPast,2026-01-05,2026-01-05\n"
                             "Past,2026-02-02,06/02/2026\nPast,2026-03-02,2026-03-01\n",
                             NULL);
    Reading reading = reading_of("delivery,item,date,supplier\n"
                                 "L1,kitchen,2026-10-01,Own\nL2,kitchen,2026-10-02,Past\n"
                                 "L3,kitchen,2026-10-02,Other\n",
                                 given, past);
    assert_string_equal(reading.told, "");
    assert_int_equal(reading.n, 3);
    assert_float_equal(reading.suppliers[0].on_time, 0.5, 1e-9);
    assert_int_equal(reading.suppliers[0].n_history, 0);
    /* Two of three on time, and one more of each (docs/scenarios.md). */
    assert_float_equal(reading.suppliers[1].on_time, 3.0 / 5, 1e-9);
    assert_float_equal(reading.suppliers[1].mean, 4, 1e-9);
    assert_int_equal(reading.suppliers[1].n_history, 3);
    assert_string_equal(reading.suppliers[2].name, "Other");
    assert_float_equal(reading.suppliers[2].on_time, 0.25, 1e-9);
    reading_free(&reading);
    g_free(past);
    g_free(given);
}

static void who_is_not_known_is_on_time_with_a_warning(void **state) {
    (void)state;
    Reading reading =
        reading_of("delivery,item,date,supplier\nL1,kitchen,2026-10-01,New\n", given_head, NULL);
    assert_string_equal(reading.told, "suppliers.csv: warning: nothing is said of the supplier "
                                      "'New', who is taken to be always on time\n");
    assert_int_equal(reading.n, 1);
    assert_float_equal(reading.suppliers[0].on_time, 1, 1e-9);
    reading_free(&reading);
}

static void assert_told(const char *given, const char *past, const char *told) {
    char *rows[2] = {given != NULL ? g_strconcat(given_head, given, NULL) : NULL,
                     past != NULL ? g_strconcat(past_head, past, NULL) : NULL};
    Reading reading = reading_of(NULL, rows[0], rows[1]);
    assert_string_equal(reading.told, told);
    reading_free(&reading);
    g_free(rows[0]);
    g_free(rows[1]);
}

static void faults_of_suppliers_are_told(void **state) {
    (void)state;
#define SHARE "expected a share from 0 to 1, or 0% to 100%\n"
#define DAYS "expected a number of days from 0 to 365\n"
    static const struct {
        const char *row, *told;
    } cases[] = {
        {"A,1.2,5,1\n", "suppliers.csv:2: column 'on_time': got '1.2', " SHARE},
        {"A,-0.1,5,1\n", "suppliers.csv:2: column 'on_time': got '-0.1', " SHARE},
        {"A,101%,5,1\n", "suppliers.csv:2: column 'on_time': got '101%', " SHARE},
        {"A,75 % about,5,1\n", "suppliers.csv:2: column 'on_time': got '75 % about', " SHARE},
        {"A,often,5,1\n", "suppliers.csv:2: column 'on_time': got 'often', " SHARE},
        {"A,,5,1\n", "suppliers.csv:2: column 'on_time': got '', " SHARE},
        {"A,1,366,1\n", "suppliers.csv:2: column 'delay_days': got '366', " DAYS},
        {"A,1,-1,1\n", "suppliers.csv:2: column 'delay_days': got '-1', " DAYS},
        {"A,1,,1\n", "suppliers.csv:2: column 'delay_days': got '', " DAYS},
        {"A,1,5,400\n", "suppliers.csv:2: column 'spread_days': got '400', " DAYS},
        {"A,2,soon,x\n", "suppliers.csv:2: column 'on_time': got '2', " SHARE
                         "suppliers.csv:2: column 'delay_days': got 'soon', " DAYS
                         "suppliers.csv:2: column 'spread_days': got 'x', " DAYS},
        {"A,1,5,1\nA,1,5,1\n",
         "suppliers.csv:3: column 'supplier': got 'A', expected each supplier once\n"},
        {"A,1,5,1\nA,1,x,1\n",
         "suppliers.csv:3: column 'supplier': got 'A', expected each supplier once\n"
         "suppliers.csv:3: column 'delay_days': got 'x', " DAYS},
        {",1,5,1\n",
         "suppliers.csv:2: column 'supplier': got '', expected a value, not a blank cell\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_told(cases[i].row, NULL, cases[i].told);
}

static void faults_of_the_past_are_told(void **state) {
    (void)state;
    assert_told(NULL, "A,2026-13-01,soon\n",
                "supplier_history.csv:2: column 'promised': got '2026-13-01', expected a date like "
                "2026-09-14\n"
                "supplier_history.csv:2: column 'actual': got 'soon', expected a date like "
                "2026-09-14\n");
    assert_told(NULL, ",2026-01-05,2026-01-05\n",
                "supplier_history.csv:2: column 'supplier': got '', expected a value, not a blank "
                "cell\n");
}

static void without_either_file_nothing_is_known(void **state) {
    (void)state;
    assert_told(NULL, NULL,
                "suppliers.csv: the file is missing, and supplier_history.csv too: how "
                "late do suppliers come?\n");
}

static void a_missing_column_is_told(void **state) {
    (void)state;
    Reading reading = reading_of(NULL, "supplier,on_time\nA,1\n", NULL);
    assert_string_equal(reading.told, "suppliers.csv:1: the column 'delay_days' is missing\n");
    reading_free(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_who_still_deliver_are_listed_once_in_order),
        cmocka_unit_test(a_row_of_ones_own_wins_over_the_past_and_the_past_over_the_rest),
        cmocka_unit_test(who_is_not_known_is_on_time_with_a_warning),
        cmocka_unit_test(faults_of_suppliers_are_told),
        cmocka_unit_test(faults_of_the_past_are_told),
        cmocka_unit_test(without_either_file_nothing_is_known),
        cmocka_unit_test(a_missing_column_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
