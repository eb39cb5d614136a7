/* Scenario files and slips on the command line: what they mean, and what is said of faults. */
#include "io/read_scenario.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/builder.h"
#include "tests/support/folder.h"

#include <cmocka.h>

/* The default folder's operation (see folder.h) and a scenario file in it. */
typedef struct Fixture {
    char *folder, *path;
    Operation *op;
    Scenario scenario;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    f->folder = folder_new();
    f->path = g_build_filename(f->folder, "scenario.json", NULL);
    f->op = folder_read(f->folder);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    folder_free(f->folder);
    operation_free(f->op);
    g_free(f->path);
    g_free(f);
    return 0;
}

/* What faults_print() says of them, without the path of the file. */
static char *told_of(Faults *faults, const char *path) {
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    faults_print(faults, out, true);
    fclose(out);
    char **parts = g_strsplit(bytes, path, -1);
    char *told = g_strjoinv("", parts);
    g_strfreev(parts);
    g_free(bytes);
    return told;
}

/* Reads a scenario file with these changes; returns what is told, to be freed with g_free(). */
static char *read_changes(Fixture *f, const char *changes) {
    char *text = g_strdup_printf("{\"name\": \"Test\", \"changes\": [%s]}", changes);
    Faults *faults = faults_new();
    folder_write(f->folder, "scenario.json", text);
    bool good = scenario_read(f->path, f->op, f->op->arena, &f->scenario, faults);
    char *told = told_of(faults, f->path);
    assert_int_equal(good, faults_count(faults, FAULT_ERROR) == 0);
    faults_free(faults);
    g_free(text);
    return told;
}

/* Reads one change that is good; the alteration number i of it. */
static const Alteration *one_change(Fixture *f, const char *change, int n, int i) {
    char *told = read_changes(f, change);
    if (*told != '\0')
        fail_msg("%s: %s", change, told);
    g_free(told);
    assert_int_equal(f->scenario.n, n);
    return &f->scenario.alterations[i];
}

static void check_refused(Fixture *f, const char *change, const char *part) {
    char *told = read_changes(f, change);
    if (strstr(told, part) == NULL)
        fail_msg("%s: got '%s', without '%s'", change, told, part);
    g_free(told);
}

static void deliveries_slip_arrive_short_or_never(void **state) {
    Fixture *f = *state;
    const Alteration *a = one_change(f, "{\"delivery\": \"L2\", \"slip_days\": -3}", 1, 0);
    assert_int_equal(a->kind, ALTER_DELIVERY_SLIP);
    assert_int_equal(a->subject, 1);
    assert_int_equal(a->number, -3);
    a = one_change(f, "{\"delivery\": \"L2\", \"date\": \"2026-11-09\", \"quantity\": 4.5}", 2, 0);
    assert_int_equal(a[0].kind, ALTER_DELIVERY_DATE);
    assert_int_equal(a[0].from, on("2026-11-09"));
    assert_int_equal(a[1].kind, ALTER_DELIVERY_QUANTITY);
    assert_int_equal(a[1].number, 4500);
    a = one_change(f, "{\"delivery\": \"L1\", \"never\": true}", 1, 0);
    assert_int_equal(a->kind, ALTER_DELIVERY_QUANTITY);
    assert_int_equal(a->number, 0);
    one_change(f, "{\"item\": \"kitchen\", \"slip_days\": 5}", 2, 0);
    a = one_change(f, "{\"supplier\": \"Cuisines du Nord\", \"slip_days\": 5}", 1, 0);
    assert_int_equal(a->subject, 0);
}

static void resources_change_for_a_time_or_always(void **state) {
    Fixture *f = *state;
    const Alteration *a =
        one_change(f,
                   "{\"resource\": \"mov1\", \"from\": \"2026-10-05\", \"until\": \"2026-10-09\", "
                   "\"capacity\": 1}",
                   1, 0);
    assert_int_equal(a->kind, ALTER_CAPACITY);
    assert_int_equal(a->number, MILLI);
    assert_int_equal(a->from, on("2026-10-05"));
    a = one_change(f, "{\"resource\": \"mov1\", \"extra_capacity\": -1}", 1, 0);
    assert_int_equal(a->kind, ALTER_CAPACITY_BY);
    assert_int_equal(a->number, -MILLI);
    assert_int_equal(a->from, DATE_NONE);
    a = one_change(f, "{\"resource\": \"fit1\", \"closed\": true, \"from\": \"2026-10-05\"}", 1, 0);
    assert_int_equal(a->kind, ALTER_CLOSED);
    a = one_change(f, "{\"resource\": \"fit1\", \"days\": \"mon-sat\"}", 1, 0);
    assert_int_equal(a->kind, ALTER_WEEKDAYS);
    assert_true(a->weekdays[5] && !a->weekdays[6]);
    a = one_change(f, "{\"resource\": \"paul\", \"slots\": \"morning,evening\"}", 1, 0);
    assert_int_equal(a->slots, 1U << MORNING | 1U << EVENING);
    a = one_change(f, "{\"resource\": \"paul\", \"max_late_per_week\": 0}", 1, 0);
    assert_int_equal(a->kind, ALTER_EVENINGS);
    a = one_change(f, "{\"resource\": \"paul\", \"extra_late_per_week\": 1}", 1, 0);
    assert_int_equal(a->kind, ALTER_EVENINGS_BY);
}

static void households_are_absent_leave_join_or_have_other_limits(void **state) {
    Fixture *f = *state;
    const Alteration *a = one_change(
        f, "{\"household\": \"H001\", \"absent\": true, \"from\": \"2026-10-05\"}", 1, 0);
    assert_int_equal(a->kind, ALTER_ABSENT);
    assert_int_equal(a->until, on("2026-10-05"));
    a = one_change(f, "{\"household\": \"H002\", \"leaves\": true}", 1, 0);
    assert_int_equal(a->kind, ALTER_LEAVES);
    a = one_change(f,
                   "{\"household\": \"H900\", \"joins\": true, \"like\": \"H001\", \"rooms\": 2},"
                   "{\"household\": \"H900\", \"absent\": true, \"from\": \"2026-10-05\"}",
                   2, 0);
    assert_int_equal(a[0].kind, ALTER_JOINS);
    assert_string_equal(a[0].joining->id, "H900");
    assert_int_equal(a[0].joining->rooms, 2);
    assert_int_equal(a[0].joining->weight, 2);
    assert_int_equal(a[0].subject, 0);
    assert_int_equal(a[1].subject, 3);
    a = one_change(f, "{\"household\": \"H901\", \"joins\": true, \"package\": \"occupied\"}", 1,
                   0);
    assert_int_equal(a->joining->package, 1);
    a = one_change(f,
                   "{\"household\": \"H001\", \"deadline\": \"2027-01-31\", "
                   "\"max_nights_away\": 20}",
                   2, 0);
    assert_int_equal(a[0].kind, ALTER_DEADLINE);
    assert_int_equal(a[1].kind, ALTER_MAX_NIGHTS);
}

static void homes_tasks_weights_and_the_horizon_change(void **state) {
    Fixture *f = *state;
    const Alteration *a = one_change(f, "{\"home\": \"R02\", \"lost_from\": \"2026-12-01\"}", 1, 0);
    assert_int_equal(a->kind, ALTER_HOME_LOST);
    assert_int_equal(a->until, DATE_NONE);
    a = one_change(f,
                   "{\"home\": \"R02\", \"lost_from\": \"2026-12-01\", "
                   "\"lost_until\": \"2026-12-12\"}",
                   1, 0);
    assert_int_equal(a->from, on("2026-12-01"));
    assert_int_equal(a->until, on("2026-12-12"));
    a = one_change(f, "{\"home\": \"R09\", \"won\": true, \"rooms\": 4}", 1, 0);
    assert_int_equal(a->home->rooms, 4);
    a = one_change(f, "{\"task\": \"kitchen\", \"extra_days\": 2}", 1, 0);
    assert_int_equal(a->kind, ALTER_DURATION);
    assert_int_equal(a->number, 4);
    a = one_change(f, "{\"task\": \"visit\", \"household\": \"H002\", \"minutes\": 120}", 1, 0);
    assert_int_equal(a->kind, ALTER_DURATION_HOUSEHOLD);
    assert_int_equal(a->number, 120);
    a = one_change(f, "{\"weight\": \"night_away\", \"value\": 20}", 1, 0);
    assert_int_equal(a->subject, PART_NIGHT_AWAY);
    a = one_change(f, "{\"horizon_end\": \"2027-08-31\"}", 1, 0);
    assert_int_equal(a->from, on("2026-09-07"));
    assert_int_equal(a->until, on("2027-08-31"));
}

static void faults_name_the_path_and_what_was_meant(void **state) {
    static const struct {
        const char *change, *told;
    } cases[] = {
        {"{\"delivery\": \"L3\", \"slip_days\": 1}", "changes[0].delivery"},
        {"{\"delivery\": \"L3\", \"slip_days\": 1}", "did you mean 'L"},
        {"{\"weight\": \"night_away\", \"value\": 1}, {\"delivery\": \"L1\", \"slip\": 1}",
         "changes[1].slip"},
        {"{\"delivery\": \"L1\", \"slip_days\": 1.5}", "changes[0].slip_days"},
        {"{\"delivery\": \"L1\", \"slip_days\": 1, \"never\": true}", "one of slip_days"},
        {"{\"delivery\": \"L1\", \"item\": \"kitchen\", \"never\": true}", "either a delivery"},
        {"{\"delivery\": \"L1\"}", "one of slip_days, date, quantity"},
        {"{\"item\": \"kitchn\", \"slip_days\": 1}", "did you mean 'kitchen'?"},
        {"{\"supplier\": \"Nobody\", \"slip_days\": 1}", "has not arrived yet"},
        {"{\"delivery\": \"L1\", \"date\": \"2026-02-30\"}", "a date such as"},
        {"{\"resource\": \"pauk\", \"closed\": true}", "did you mean 'paul'?"},
        {"{\"resource\": \"paul\"}", "one of closed, capacity"},
        {"{\"resource\": \"mov1\", \"slots\": \"morning\"}", "a resource that keeps appointments"},
        {"{\"resource\": \"paul\", \"slots\": \"mornin\"}", "did you mean 'morning'?"},
        {"{\"resource\": \"paul\", \"slots\": \",\"}", "slots such as"},
        {"{\"resource\": \"paul\", \"days\": \"mon-fry\"}", "days of the week"},
        {"{\"resource\": \"paul\", \"capacity\": 1.5}", "a whole number of people"},
        {"{\"resource\": \"paul\", \"max_late_per_week\": 8}", "from 0 to 7"},
        {"{\"resource\": \"paul\", \"max_late_per_week\": 1, \"from\": \"2026-10-01\"}",
         "without dates"},
        {"{\"resource\": \"mov1\", \"closed\": true, \"from\": \"2026-10-02\", "
         "\"until\": \"2026-10-01\"}",
         "changes[0].until"},
        {"{\"household\": \"H01\", \"leaves\": true}", "a household of households.csv"},
        {"{\"household\": \"H001\"}", "one of absent, leaves, joins"},
        {"{\"household\": \"H001\", \"absent\": true}", "the first day of the absence"},
        {"{\"household\": \"H001\", \"absent\": true, \"leaves\": true}", "one of absent, leaves"},
        {"{\"household\": \"H001\", \"absent\": true, \"from\": \"2026-10-02\", "
         "\"until\": \"2026-10-01\"}",
         "a date on or after 'from'"},
        {"{\"household\": \"H001\", \"leaves\": true, \"rooms\": 3}", "a household that joins"},
        {"{\"household\": \"H001\", \"joins\": true, \"like\": \"H002\"}", "no household has yet"},
        {"{\"household\": \"H9\", \"joins\": true}", "the package of the household"},
        {"{\"household\": \"H9\", \"joins\": true, \"package\": \"ful\"}", "did you mean 'full'?"},
        {"{\"household\": \"H9\", \"joins\": true, \"like\": \"H009\"}", "changes[0].like"},
        {"{\"home\": \"R01\"}", "either won or lost_from"},
        {"{\"home\": \"R01\", \"won\": true}", "no home has yet"},
        {"{\"home\": \"R01\", \"lost_until\": \"2026-10-01\"}", "either won or lost_from"},
        {"{\"home\": \"R01\", \"lost_from\": \"2026-10-02\", \"lost_until\": \"2026-10-01\"}",
         "changes[0].lost_until"},
        {"{\"home\": \"R01\", \"lost_from\": \"2026-10-02\", \"until\": \"2026-10-10\"}",
         "from 'lost_from' to 'lost_until'"},
        {"{\"household\": \"H001\", \"leaves\": true, \"from\": \"2026-10-02\"}", "an absence"},
        {"{\"home\": \"R3\", \"lost_from\": \"2026-10-01\"}", "a home of homes.csv"},
        {"{\"task\": \"kitchn\", \"days\": 1}", "a task of the package"},
        {"{\"task\": \"kitchen\", \"minutes\": 1}", "for it is works"},
        {"{\"task\": \"visit\", \"days\": 1}", "for it is an appointment"},
        {"{\"task\": \"kitchen\", \"extra_days\": -2}", "that still lasts some time"},
        {"{\"task\": \"kitchen\", \"household\": \"H009\", \"days\": 3}", "changes[0].household"},
        {"{\"task\": \"kitchen\", \"package\": \"nil\", \"days\": 3}", "changes[0].package"},
        {"{\"weight\": \"night\", \"value\": 1}", "a part of the objective"},
        {"{\"weight\": \"night_away\", \"value\": -1}", "changes[0].value"},
        {"{\"horizon_end\": \"2026-09-01\"}", "that ends after its start"},
        {"{\"horizon_end\": \"2039-09-01\"}", "ten years"},
        {"{\"colour\": \"red\"}", "what changes: one of delivery"},
        {"[]", "an object in braces"},
        {"", "at least one change"},
        {"{\"delivery\": \"L1\", \"slip_days\": 1,}", ":1:"},
    };
    Fixture *f = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check_refused(f, cases[i].change, cases[i].told);
}

static void what_has_arrived_changes_no_more(void **state) {
    Fixture *f = *state;
    f->op->deliveries[1].status = DELIVERY_ARRIVED;
    check_refused(f, "{\"delivery\": \"L2\", \"slip_days\": 1}",
                  "changes[0].delivery': got 'L2', expected a delivery that has not arrived yet");
    const Alteration *a = one_change(f, "{\"item\": \"kitchen\", \"slip_days\": 1}", 1, 0);
    assert_int_equal(a->subject, 0);
    f->op->deliveries[0].status = DELIVERY_ARRIVED;
    check_refused(f, "{\"item\": \"kitchen\", \"slip_days\": 1}",
                  "changes[0].item': got 'kitchen', expected one of which a delivery has not "
                  "arrived yet");
}

static void what_is_new_is_new_once(void **state) {
    Fixture *f = *state;
    check_refused(f, "{\"home\": \"R9\", \"won\": true}, {\"home\": \"R9\", \"won\": true}",
                  "changes[1].home': got 'R9', expected an id that no home has yet");
    check_refused(f,
                  "{\"household\": \"H9\", \"joins\": true, \"package\": \"full\"}, "
                  "{\"household\": \"H9\", \"joins\": true, \"package\": \"full\"}",
                  "changes[1].household");
}

static void values_at_the_edge_are_refused(void **state) {
    static const struct {
        const char *change, *told;
    } cases[] = {
        {"{\"delivery\": \"L1\", \"supplier\": \"x\", \"never\": true}", "either a delivery"},
        {"{\"delivery\": \"L1\", \"slip_days\": 1, \"date\": \"2026-11-02\"}", "one of slip_days"},
        {"{\"delivery\": \"L1\", \"never\": true, \"quantity\": 1}", "one of slip_days"},
        {"{\"delivery\": \"L1\", \"slip_days\": 3661}", "changes[0].slip_days"},
        {"{\"resource\": \"paul\", \"extra_late_per_week\": 1, \"until\": \"2026-10-01\"}",
         "without dates"},
        {"{\"home\": \"R9\", \"won\": true, \"rooms\": 101}", "changes[0].rooms"},
        {"{\"home\": \"R9\", \"won\": \"yes\"}", "changes[0].won"},
        {"{\"horizon_end\": \"soon\"}", "changes[0].horizon_end"},
        {"{\"household\": \"H001\", \"absent\": 1}", "changes[0].absent"},
        {"{\"task\": \"kitchen\"}", "either days or extra_days, for it is works"},
        {"{\"task\": \"kitchen\", \"days\": 1, \"extra_days\": 1}", "either days or extra_days"},
        {"{\"task\": \"visit\", \"extra_minutes\": -90}", "changes[0].extra_minutes"},
        {"{\"task\": \"kitchen\", \"days\": \"3\"}", "changes[0].days"},
        {"{\"weight\": \"night_away\", \"value\": 1000000001}", "changes[0].value"},
        {"3", "an object in braces"},
    };
    Fixture *f = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check_refused(f, cases[i].change, cases[i].told);
}

static void so_many_changes_are_read_and_no_more(void **state) {
    Fixture *f = *state;
    GString *changes = g_string_new(NULL);
    for (int i = 0; i < 1000; i++)
        g_string_append_printf(changes, "%s{\"delivery\": \"L1\", \"slip_days\": 1}",
                               i > 0 ? ",\n" : "");
    one_change(f, changes->str, 1000, 0);
    g_string_append(changes, ", {\"delivery\": \"L1\", \"slip_days\": 1}");
    check_refused(f, changes->str,
                  "changes[1000]': got '{...}', expected at most 1000 changes, of 200000 things in "
                  "all");
    g_string_free(changes, TRUE);
}

static void all_faults_of_a_file_are_told(void **state) {
    Fixture *f = *state;
    char *told = read_changes(f, "{\"delivery\": \"L3\", \"slip_days\": 1},\n"
                                 "{\"resource\": \"nobody\", \"closed\": true}");
    assert_non_null(strstr(told, "changes[0].delivery"));
    assert_non_null(strstr(told, "changes[1].resource"));
    g_free(told);
}

/* Reads the slips; what is told, to be freed with g_free(). */
static char *read_slips(Fixture *f, const char *text) {
    Faults *faults = faults_new();
    scenario_from_slips(text, f->op, f->op->arena, &f->scenario, faults);
    char *told = told_of(faults, f->path);
    faults_free(faults);
    return told;
}

static void slips_name_a_delivery_an_item_or_a_supplier(void **state) {
    static const struct {
        const char *text;
        int n;
        AlterationKind kind;
        int64_t number;
    } cases[] = {
        {"L2:+10d", 1, ALTER_DELIVERY_SLIP, 10},
        {"L2:-3j", 1, ALTER_DELIVERY_SLIP, -3},
        {"L2 : +10", 1, ALTER_DELIVERY_SLIP, 10},
        {"kitchen:+10d", 2, ALTER_DELIVERY_SLIP, 10},
        {"Cuisines du Nord:+1d", 1, ALTER_DELIVERY_SLIP, 1},
        {"L1:2026-11-02", 1, ALTER_DELIVERY_DATE, 0},
        {"L1:never", 1, ALTER_DELIVERY_QUANTITY, 0},
        {"L1:+1d, L2:+2d", 2, ALTER_DELIVERY_SLIP, 1},
    };
    Fixture *f = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *told = read_slips(f, cases[i].text);
        assert_string_equal(told, "");
        assert_string_equal(f->scenario.name, cases[i].text);
        assert_int_equal(f->scenario.n, cases[i].n);
        assert_int_equal(f->scenario.alterations[0].kind, cases[i].kind);
        assert_int_equal(f->scenario.alterations[0].number, cases[i].number);
        g_free(told);
    }
}

static void slips_that_mean_nothing_are_refused(void **state) {
    static const struct {
        const char *text, *told;
    } cases[] = {
        {"L2", "a colon"},
        {"L2:", "a colon"},
        {":+3d", "a colon"},
        {"L2:10d", "a colon"},
        {"L2:+d", "a colon"},
        {"L2:+3dd", "a colon"},
        {" :+3d", "a colon"},
        {"L2:+0d", "a colon"},
        {"L2:+9999d", "a colon"},
        {"L2:+1w", "a colon"},
        {"L2:2026-02-30", "a colon"},
        {"L2:+1x", "a colon"},
        {"L2:++3d", "a colon"},
        {"L2:+3660d", "a colon"},
        {"L22:+3d", "did you mean 'L2'?"},
        {"", "a colon"},
        {"L1:+1d,", "a colon"},
        {"nothing:+1d", "a delivery, an item or a supplier"},
    };
    Fixture *f = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *told = read_slips(f, cases[i].text);
        if (strstr(told, cases[i].told) == NULL || strstr(told, "--slip") == NULL)
            fail_msg("%s: got '%s'", cases[i].text, told);
        g_free(told);
    }
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(deliveries_slip_arrive_short_or_never),
        TEST(resources_change_for_a_time_or_always),
        TEST(households_are_absent_leave_join_or_have_other_limits),
        TEST(homes_tasks_weights_and_the_horizon_change),
        TEST(faults_name_the_path_and_what_was_meant),
        TEST(what_has_arrived_changes_no_more),
        TEST(what_is_new_is_new_once),
        TEST(values_at_the_edge_are_refused),
        TEST(so_many_changes_are_read_and_no_more),
        TEST(all_faults_of_a_file_are_told),
        TEST(slips_name_a_delivery_an_item_or_a_supplier),
        TEST(slips_that_mean_nothing_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
