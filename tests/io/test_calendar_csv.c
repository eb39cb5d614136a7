#include "io/calendar_csv.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv.h"
#include "solver/language.h"
#include "tests/support/builder.h"

#include <cmocka.h>

enum { VISIT, LEAVE, KITCHEN, RETURN };

#define HEADINGS                                                                                   \
    "\xef\xbb\xbfhousehold,name,dwelling,building,task,label,start,finish,member,home,status,"     \
    "change,cause\r\n"

typedef struct Fixture {
    Operation *op;
    Plan *plan, *previous;
    Changes changes;
    char *text;
    int paul, anne;
} Fixture;

/* Two households of which the first is planned. */
static void put_all(const Fixture *f, Plan *plan) {
    put_appointment(f->op, plan, 0, VISIT, on("2026-09-14"), at("16:00"));
    put_works(plan, 0, LEAVE, on("2026-10-12"), on("2026-10-12"));
    put_works(plan, 0, KITCHEN, on("2026-11-03"), on("2026-11-04"));
    put_works(plan, 0, RETURN, on("2026-11-09"), on("2026-11-09"));
    put_member(f->op, plan, 0, f->paul);
    plan->households[0].home = 0;
}

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    Operation *op = f->op = build_operation();
    int pilot = build_role(op, "pilot", MEASURE_CLOCK);
    int fitter = build_role(op, "fitter", MEASURE_CREW);
    f->paul = build_resource(op, pilot, "paul", 1);
    f->anne = build_resource(op, pilot, "anne", 1);
    op->resources[f->paul].label = "Paul, pilote";
    build_resource(op, fitter, "fit1", 1);
    int full = build_package(op, "full");
    build_appointment(op, full, "visit", 90, pilot);
    op->packages[full].tasks[VISIT].label = "Visite technique";
    build_works(op, full, "leave", 1, NONE);
    build_works(op, full, "kitchen", 2, fitter);
    build_works(op, full, "return", 1, NONE);
    build_moves(op, full, LEAVE, RETURN);
    build_household(op, full, "H001");
    build_household(op, full, "H002");
    op->households[0].name = "Mme Petit";
    op->households[0].dwelling = "2 rue des Mésanges";
    op->households[0].building = "A";
    build_home(op, "R03");
    build_home(op, "R04");
    f->plan = plan_new(op->arena, op);
    f->previous = plan_new(op->arena, op);
    put_all(f, f->plan);
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

/* The table's bytes; freed with the fixture. */
static const char *table(Fixture *f, const Plan *previous) {
    g_free(f->text);
    return f->text = plan_to_csv(f->op, previous, f->plan, &f->changes);
}

/* The cell `change` of the row, whose change has no cause, that has `task` of `household`. */
static void check_change(Fixture *f, const Plan *previous, const char *household, const char *task,
                         const char *expected) {
    char **lines = g_strsplit(table(f, previous), "\r\n", -1);
    char *wanted = g_strdup_printf(",%s,", task), *ending = g_strdup_printf(",%s,", expected);
    int found = 0;
    for (char **line = lines; *line != NULL; line++) {
        if (!g_str_has_prefix(*line, household) || strstr(*line, wanted) == NULL)
            continue;
        found++;
        if (!g_str_has_suffix(*line, ending))
            fail_msg("'%s' does not end with '%s'", *line, ending);
    }
    assert_int_equal(found, 1);
    g_free(wanted);
    g_free(ending);
    g_strfreev(lines);
}

static void english_tables_have_commas_and_iso_dates(void **state) {
    Fixture *f = *state;
    assert_string_equal(
        table(f, NULL), HEADINGS
        "H001,Mme Petit,2 rue des Mésanges,A,visit,Visite technique,2026-09-14 16:00,"
        "2026-09-14 17:30,\"Paul, pilote\",R03,proposed,,\r\n"
        "H001,Mme Petit,2 rue des Mésanges,A,leave,leave,2026-10-12,2026-10-12,,R03,proposed,,\r\n"
        "H001,Mme Petit,2 rue des Mésanges,A,kitchen,kitchen,2026-11-03,2026-11-04,,R03,"
        "proposed,,\r\n"
        "H001,Mme Petit,2 rue des Mésanges,A,return,return,2026-11-09,2026-11-09,,R03,proposed,,"
        "\r\n");
}

static void french_tables_have_semicolons_and_french_dates(void **state) {
    Fixture *f = *state;
    f->op->language = "fr";
    const char *text = table(f, NULL);
    assert_non_null(strstr(text, ";visit;Visite technique;14/09/2026 16:00;14/09/2026 17:30;"
                                 "\"Paul, pilote\";R03;"));
    assert_non_null(strstr(text, ";kitchen;kitchen;03/11/2026;04/11/2026;"));
    f->op->language = "fr_BE";
    assert_non_null(strstr(table(f, NULL), ";03/11/2026;"));
    f->op->language = "fry";
    assert_non_null(strstr(table(f, NULL), ",2026-11-03,"));
}

static void rows_are_sorted_by_time_whoever_they_are_about(void **state) {
    Fixture *f = *state;
    put_appointment(f->op, f->plan, 1, VISIT, on("2026-09-14"), at("09:00"));
    put_works(f->plan, 1, KITCHEN, on("2026-11-03"), on("2026-11-04"));
    static const char *const order[] = {
        "\nH002,,,,visit",   "\nH001,Mme Petit,2 rue des Mésanges,A,visit",
        "A,leave",           "A,kitchen",
        "\nH002,,,,kitchen", "A,return"};
    const char *place = table(f, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(order) && place != NULL; i++)
        place = strstr(place, order[i]);
    assert_non_null(place);
}

static void our_own_reader_reads_the_table(void **state) {
    Fixture *f = *state;
    f->op->households[0].name = "Petit \"dite\n; Lili\", veuve";
    f->op->language = "fr";
    char *path = NULL;
    int fd = g_file_open_tmp("pilote-test-XXXXXX", &path, NULL);
    assert_true(fd >= 0 && g_close(fd, NULL));
    assert_true(g_file_set_contents(path, table(f, NULL), -1, NULL));
    const Column columns[] = {{.name = "name"}, {.name = "start"}, {.name = "member"}};
    Faults *faults = faults_new();
    Table *read = table_read(path, "calendar.csv", true, columns, 3, faults);
    assert_non_null(read);
    assert_int_equal(faults_count(faults, FAULT_ERROR), 0);
    assert_int_equal(table_rows(read), 4);
    assert_int_equal(table_delimiter(read), ';');
    assert_string_equal(table_cell(read, 0, 0), "Petit \"dite\n; Lili\", veuve");
    assert_string_equal(table_cell(read, 0, 1), "14/09/2026 16:00");
    assert_string_equal(table_cell(read, 0, 2), "Paul, pilote");
    table_free(read);
    faults_free(faults);
    assert_int_equal(remove(path), 0);
    g_free(path);
}

static void formulas_become_text(void **state) {
    Fixture *f = *state;
    static const struct {
        const char *cell, *written;
    } cases[] = {
        {"=1+1", "\"'=1+1\""},
        {"+33 1", "\"'+33 1\""},
        {"-2", "\"'-2\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"  =1", "\"'  =1\""},
        {"\t=1", "\"'\t=1\""},
        {"\r=1", "\"'\r=1\""},
        {"=\"a\";B", "\"'=\"\"a\"\";B\""},
        {"\xef\xbc\x9d"
         "1",
         "\"'\xef\xbc\x9d"
         "1\""},
        {"Petit-Jean", "Petit-Jean"},
        {"a=b", "a=b"},
        {"'quoted'", "'quoted'"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        f->op->households[0].name = cases[i].cell;
        char *expected = g_strdup_printf("\nH001,%s,2 rue", cases[i].written);
        if (strstr(table(f, NULL), expected) == NULL)
            fail_msg("no %s in %s", expected, f->text);
        g_free(expected);
    }
}

static void every_text_of_the_files_is_neutralised(void **state) {
    Fixture *f = *state;
    Operation *op = f->op;
    op->households[0].id = op->households[0].name = op->households[0].dwelling = "=x";
    op->households[0].building = op->homes[0].id = op->resources[f->paul].label = "=x";
    op->packages[0].tasks[VISIT].id = op->packages[0].tasks[VISIT].label = "=x";
    const char *text = table(f, NULL);
    assert_non_null(strstr(text, "\"'=x\",\"'=x\",\"'=x\",\"'=x\",\"'=x\",\"'=x\",2026-09-14 16:00,"
                                 "2026-09-14 17:30,\"'=x\",\"'=x\",proposed,,\r\n"));
    assert_null(strstr(text, ",="));
    assert_null(strstr(text, "\n="));
}

static void without_a_previous_plan_nothing_is_said_of_changes(void **state) {
    Fixture *f = *state;
    check_change(f, NULL, "H001", "visit", "");
}

static void what_had_no_date_is_new(void **state) {
    Fixture *f = *state;
    check_change(f, f->previous, "H001", "visit", "new");
}

static void what_is_as_it_was_is_unchanged(void **state) {
    Fixture *f = *state;
    put_all(f, f->previous);
    static const char *const tasks[] = {"visit", "leave", "kitchen", "return"};
    for (size_t i = 0; i < G_N_ELEMENTS(tasks); i++)
        check_change(f, f->previous, "H001", tasks[i], "unchanged");
}

static void what_has_moved_tells_its_old_date(void **state) {
    Fixture *f = *state;
    put_all(f, f->previous);
    put_appointment(f->op, f->previous, 0, VISIT, on("2026-09-14"), at("10:30"));
    put_works(f->previous, 0, LEAVE, on("2026-10-05"), on("2026-10-05"));
    check_change(f, f->previous, "H001", "visit", "moved from 2026-09-14 10:30");
    check_change(f, f->previous, "H001", "leave", "moved from 2026-10-05");
}

static void works_that_take_longer_tell_their_old_finish(void **state) {
    Fixture *f = *state;
    put_all(f, f->previous);
    put_works(f->plan, 0, KITCHEN, on("2026-11-03"), on("2026-11-06"));
    check_change(f, f->previous, "H001", "kitchen", "\"other finish, was 2026-11-04\"");
}

static void another_member_and_another_home_are_told(void **state) {
    Fixture *f = *state;
    put_all(f, f->previous);
    put_member(f->op, f->plan, 0, f->anne);
    f->plan->households[0].home = 1;
    check_change(f, f->previous, "H001", "visit", "\"other member, was Paul, pilote\"");
    check_change(f, f->previous, "H001", "leave", "\"other home, was R03\"");
    check_change(f, f->previous, "H001", "kitchen", "unchanged");
    put_appointment(f->op, f->previous, 0, VISIT, on("2026-09-15"), at("10:30"));
    check_change(f, f->previous, "H001", "visit",
                 "\"moved from 2026-09-15 10:30, other member, was Paul, pilote\"");
}

static void a_change_has_its_cause(void **state) {
    Fixture *f = *state;
    put_works(f->previous, 0, LEAVE, on("2026-10-05"), on("2026-10-05"));
    Change changes[] = {{.kind = CHANGE_MOVED,
                         .op = f->op,
                         .household = 0,
                         .task = LEAVE,
                         .cause = {.kind = CAUSE_GIVES_WAY, .other = 1}}};
    f->changes = (Changes){1, changes, 1};
    const char *text = table(f, f->previous);
    assert_non_null(strstr(text, ",moved from 2026-10-05,gives way to H002\r\n"));
    assert_null(strstr(text, ",unchanged,gives"));
}

static void a_date_that_is_gone_has_a_row_in_its_old_place(void **state) {
    Fixture *f = *state;
    put_appointment(f->op, f->previous, 1, VISIT, on("2026-10-01"), at("09:00"));
    const char *text = table(f, f->previous);
    const char *row = strstr(text, "\nH002,,,,visit,Visite technique,,,,,proposed,\"withdrawn, was "
                                   "2026-10-01 09:00\",\r\n");
    assert_non_null(row);
    assert_true(row > strstr(text, "A,visit"));
    assert_true(row < strstr(text, "A,leave"));
}

static void a_promise_counts_where_the_previous_plan_says_nothing(void **state) {
    Fixture *f = *state;
    build_fact(f->op, 0, LEAVE, STATUS_ANNOUNCED, on("2026-10-05"), MINUTE_NONE);
    build_fact(f->op, 0, VISIT, STATUS_CONFIRMED, on("2026-09-14"), MINUTE_NONE);
    build_fact(f->op, 1, VISIT, STATUS_CONFIRMED, on("2026-09-16"), at("09:00"));
    check_change(f, NULL, "H001", "leave", "moved from 2026-10-05");
    check_change(f, NULL, "H001", "visit", "unchanged");
    check_change(f, NULL, "H002", "visit", "\"withdrawn, was 2026-09-16 09:00\"");
    put_all(f, f->previous);
    check_change(f, f->previous, "H001", "leave", "unchanged");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    language_init();
    language_set("en");
    const struct CMUnitTest tests[] = {
        TEST(english_tables_have_commas_and_iso_dates),
        TEST(french_tables_have_semicolons_and_french_dates),
        TEST(rows_are_sorted_by_time_whoever_they_are_about),
        TEST(our_own_reader_reads_the_table),
        TEST(formulas_become_text),
        TEST(every_text_of_the_files_is_neutralised),
        TEST(without_a_previous_plan_nothing_is_said_of_changes),
        TEST(what_had_no_date_is_new),
        TEST(what_is_as_it_was_is_unchanged),
        TEST(what_has_moved_tells_its_old_date),
        TEST(works_that_take_longer_tell_their_old_finish),
        TEST(another_member_and_another_home_are_told),
        TEST(a_change_has_its_cause),
        TEST(a_date_that_is_gone_has_a_row_in_its_old_place),
        TEST(a_promise_counts_where_the_previous_plan_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
