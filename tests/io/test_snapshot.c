/* A plan holds the operation that it was made from; both come back out of plan.json alone, or a
 * fault says why not. */
#include "io/snapshot.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "io/plan_json.h"
#include "tests/support/folder.h"

typedef struct Fixture {
    char *folder, *path;
    char *text; /* plan.json of the default operation, in which facts are all that is dated */
    char *told;
    Snapshot snapshot;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->folder = folder_new();
    f->path = g_build_filename(f->folder, "plan.json", NULL);
    Operation *op = folder_read(f->folder);
    Plan *plan = plan_new(op->arena, op);
    f->text = plan_to_json(op, plan, events_new(op->arena, op, plan, NULL));
    operation_free(op);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    snapshot_free(&f->snapshot);
    folder_free(f->folder);
    g_free(f->path);
    g_free(f->text);
    g_free(f->told);
    g_free(f);
    return 0;
}

/* Reads the text as a plan.json; what is told of it is in f->told, without the path. */
static bool read_text(Fixture *f, const char *text) {
    folder_write(f->folder, "plan.json", text);
    snapshot_free(&f->snapshot);
    Faults *faults = faults_new();
    bool read = snapshot_read(f->path, &f->snapshot, faults);
    assert_int_equal(read, faults_count(faults, FAULT_ERROR) == 0);
    char *told = faults_text(faults);
    char **parts = g_strsplit(told, f->path, -1);
    g_free(f->told);
    f->told = g_strjoinv("", parts);
    g_strfreev(parts);
    g_free(told);
    faults_free(faults);
    return read;
}

/* The plan with its first `old` replaced. */
static bool read_replaced(Fixture *f, const char *old, const char *new) {
    const char *at = strstr(f->text, old);
    assert_non_null(at);
    char *text = g_strdup_printf("%.*s%s%s", (int)(at - f->text), f->text, new, at + strlen(old));
    bool read = read_text(f, text);
    g_free(text);
    return read;
}

static void a_plan_comes_back_with_its_operation(void **state) {
    Fixture *f = *state;
    assert_true(read_text(f, f->text));
    assert_string_equal(f->told, "");
    const Operation *op = f->snapshot.op;
    assert_int_equal(op->n_households, 3);
    assert_string_equal(op->name, "Cité des Pinsons");
    assert_int_equal(op->as_of, date_from_ymd(2026, 9, 4));
    assert_int_equal(f->snapshot.plan->households[0].tasks[0].start, date_from_ymd(2026, 9, 2));
}

static void the_plans_own_day_is_the_day_of_its_operation(void **state) {
    Fixture *f = *state;
    assert_true(read_replaced(f, "\"as_of\": \"2026-09-04\"", "\"as_of\": \"2026-09-05\""));
    assert_int_equal(f->snapshot.op->as_of, date_from_ymd(2026, 9, 5));
}

static void a_plan_of_another_program_holds_no_operation(void **state) {
    Fixture *f = *state;
    assert_true(read_text(f, "{\"format\": \"pilote-plan/1\", \"households\": []}"));
    assert_string_equal(f->told, "");
    assert_null(f->snapshot.op);
    assert_null(f->snapshot.plan);
}

static void a_damaged_snapshot_is_told(void **state) {
    Fixture *f = *state;
    assert_false(read_replaced(f, "\"as_of\": \"2026-09-04\"", "\"as_of\": \"yesterday\""));
    assert_string_equal(f->told, ": the key 'as_of' is missing\n");
    assert_false(read_replaced(f, "\"as_of\": \"2026-09-04\"", "\"as_off\": \"2026-09-04\""));
    assert_string_equal(f->told, ": the key 'as_of' is missing\n");
    assert_false(read_replaced(f, "household,name,package", "houshold,name,package"));
    assert_non_null(strstr(f->told, "the inputs that the plan holds cannot be read any more\n"));
    assert_null(f->snapshot.op);
    assert_false(read_text(f, "{\"as_of\": \"2026-09-04\", \"inputs\": []}"));
    assert_non_null(strstr(f->told, ":1: key 'inputs': got '[]', expected an object in braces\n"));
    assert_false(read_text(f, "{\"as_of\": \"2026-09-04\", \"inputs\": {\"homes.csv\": 3}}"));
    assert_non_null(
        strstr(f->told, ":1: key 'inputs.homes.csv': got '3', expected the text of a file\n"));
}

static void a_damaged_plan_beside_a_good_snapshot_is_told(void **state) {
    Fixture *f = *state;
    assert_false(read_replaced(f, "\"status\": \"done\"", "\"status\": \"gone\""));
    assert_non_null(strstr(f->told, "got 'gone'"));
    assert_null(f->snapshot.op);
    assert_null(f->snapshot.plan);
}

static void what_is_no_file_and_no_json_is_told(void **state) {
    Fixture *f = *state;
    assert_false(read_text(f, "{"));
    Faults *faults = faults_new();
    assert_false(snapshot_read("/nowhere/plan.json", &f->snapshot, faults));
    assert_int_equal(faults_count(faults, FAULT_ERROR), 1);
    faults_free(faults);
    for (size_t length = 0; length + 1 < strlen(f->text); length += 7) {
        char *cut = g_strndup(f->text, length);
        assert_false(read_text(f, cut));
        g_free(cut);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_plan_comes_back_with_its_operation),
        TEST(the_plans_own_day_is_the_day_of_its_operation),
        TEST(a_plan_of_another_program_holds_no_operation),
        TEST(a_damaged_snapshot_is_told),
        TEST(a_damaged_plan_beside_a_good_snapshot_is_told),
        TEST(what_is_no_file_and_no_json_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
