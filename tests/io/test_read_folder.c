/* What is told of a folder as a whole: all faults of all files, and no false ones. */
#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/read_operation.h"
#include "tests/support/folder.h"

static void weights_whose_costs_could_not_be_reckoned_are_told(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_replace(folder, "operation.json", "\"night_away\": 12",
                   "\"night_away\": 1000000000, \"unplanned_household\": 1000000000");
    char *told = folder_faults(folder);
    assert_string_equal(told, "");
    g_free(told);
    GString *text = g_string_new("household,package,weight\n");
    for (int i = 1; i <= 40; i++)
        g_string_append_printf(text, "H%03d,full,1000\n", i);
    folder_write(folder, "households.csv", text->str);
    g_string_free(text, TRUE);
    told = folder_faults(folder);
    assert_string_equal(told, "operation.json:12: key 'weights': got '{...}', expected smaller "
                              "weights: a plan of this operation could cost more than can be "
                              "reckoned exactly (9 million billions)\n");
    g_free(told);
    folder_free(folder);
}

static void ten_faults_in_five_files_are_all_told_in_one_run(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_replace(folder, "operation.json", "\"night_away\": 12", "\"night_awy\": 12");
    folder_write(folder, "households.csv",
                 "household;name;package;rooms;volume_m3;deadline\n"
                 "H001;Mme Petit;full;trois;22,5;31/03/2027\n"
                 "H002;M. Carpentier;ful;4;30;31/02/2027\n"
                 "H003;Mme Lefebvre;occupied;;;\n");
    folder_replace(folder, "resources.csv", "clock,1,mon-fri", "clock,one,mon-fry");
    folder_write(folder, "availability.csv",
                 "household,days,from,to,kind\n"
                 "H001,mon-fri,17h30,20h75,preferred\n"
                 "H005,sat,,,available\n");
    folder_write(folder, "progress.csv",
                 "household,task,status,start,member,home\n"
                 "H001,visit,done,2026-09-22,paul,\n"
                 "H003,bathrom,announced,2026-10-12,,\n");
    char *told = folder_faults(folder);
    assert_string_equal(
        told,
        "operation.json:12: the key 'weights.night_awy' is not known; did you mean 'night_away'?\n"
        "resources.csv:2: column 'capacity': got 'one', expected a number from 0 to 1000000 with "
        "at most 3 decimals\n"
        "resources.csv:2: column 'days': got 'mon-fry', expected days of the week such as mon-fri "
        "or mon-thu,sat\n"
        "households.csv:2: column 'rooms': got 'trois', expected a whole number from 0 to 100\n"
        "households.csv:3: column 'package': got 'ful', expected a package of operation.json; did "
        "you mean 'full'?\n"
        "households.csv:3: column 'deadline': got '31/02/2027', expected a date such as 2026-09-14 "
        "or 14/09/2026\n"
        "availability.csv:2: column 'to': got '20h75', expected a time such as 18:30 or 18h30\n"
        "availability.csv:3: column 'household': got 'H005', expected a household of "
        "households.csv; did you mean 'H001'?\n"
        "progress.csv:2: column 'start': got '2026-09-22', expected a date until 2026-09-04, the "
        "day of the plan, for what has begun\n"
        "progress.csv:3: column 'task': got 'bathrom', expected a task of the package 'occupied'; "
        "did you mean 'bathroom'?\n");
    g_free(told);
    folder_free(folder);
}

static void a_broken_file_makes_no_false_faults_in_the_others(void **state) {
    (void)state;
    static const struct {
        const char *file, *text, *told;
    } cases[] = {
        {"operation.json", "{\"name\": \"x\"",
         "operation.json:1: the file ends too early, expected ',' or '}'\n"},
        {"resources.csv", "resource\n",
         "resources.csv:1: the column 'role' is missing\n"
         "resources.csv:1: the column 'measure' is missing\n"},
        {"households.csv", "household,package\n\"H001,full\n",
         "households.csv:2: a quote opened on this line is never closed\n"},
        {"homes.csv", "\xff\xfe", "homes.csv:1: the file is in UTF-16; save it as \"CSV UTF-8\"\n"},
        {"deliveries.csv", "delivery,item,dat\n",
         "deliveries.csv:1: warning: column 'dat' is not known and was left out; did you mean "
         "'date'?\n"
         "deliveries.csv:1: the column 'date' is missing\n"},
    };
    char *folder = folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        folder_write(folder, cases[i].file, cases[i].text);
        char *told = folder_faults(folder);
        assert_string_equal(told, cases[i].told);
        g_free(told);
        folder_write(folder, cases[i].file, folder_default(cases[i].file));
    }
    folder_free(folder);
}

static void missing_files_and_folders_are_told(void **state) {
    (void)state;
    char *folder = folder_new();
    static const char *const required[] = {"operation.json", "households.csv", "resources.csv"};
    for (size_t i = 0; i < G_N_ELEMENTS(required); i++)
        folder_delete(folder, required[i]);
    char *told = folder_faults(folder);
    assert_string_equal(told, "operation.json: the file is missing\n"
                              "resources.csv: the file is missing\n"
                              "households.csv: the file is missing\n");
    g_free(told);
    folder_free(folder);
    told = folder_faults("/no/such/folder");
    assert_string_equal(told, "/no/such/folder: there is no such folder\n");
    g_free(told);
}

static void tables_without_rows_are_told(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_write(folder, "households.csv", "household;package\n");
    folder_write(folder, "availability.csv", "household;days;kind\n");
    folder_write(folder, "deliveries.csv", "delivery,item,date\nL1,kitchen,2026-10-01\n");
    folder_delete(folder, "progress.csv");
    char *told = folder_faults(folder);
    assert_string_equal(told, "households.csv: there is no row below the column names\n");
    g_free(told);
    folder_free(folder);
}

static void a_file_with_a_misspelt_name_is_not_left_out_silently(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_delete(folder, "availability.csv");
    folder_write(folder, "avaibility.csv", folder_default("availability.csv"));
    folder_write(folder, "notes.txt", "x");
    char *told = folder_faults(folder);
    assert_string_equal(told, "avaibility.csv: warning: the file was left out; did you mean "
                              "'availability.csv'?\n");
    g_free(told);
    folder_free(folder);
}

static void a_folder_in_place_of_a_table_is_told(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_delete(folder, "homes.csv");
    folder_delete(folder, "progress.csv");
    char *path = g_build_filename(folder, "homes.csv", NULL);
    assert_int_equal(g_mkdir(path, 0700), 0);
    g_free(path);
    char *told = folder_faults(folder);
    assert_string_equal(told, "homes.csv: this is not an ordinary file\n");
    g_free(told);
    folder_free(folder);
}

static void what_can_be_read_without_end_is_refused(void **state) {
    (void)state;
    char *folder = folder_new(), *path = g_build_filename(folder, "homes.csv", NULL);
    folder_delete(folder, "homes.csv");
    folder_delete(folder, "progress.csv");
    assert_int_equal(symlink("/dev/zero", path), 0);
    char *told = folder_faults(folder);
    assert_string_equal(told, "homes.csv: this is not an ordinary file\n");
    g_free(told);
    folder_delete(folder, "homes.csv");
    assert_int_equal(mkfifo(path, 0600), 0); /* nobody will ever write into it */
    told = folder_faults(folder);
    assert_string_equal(told, "homes.csv: this is not an ordinary file\n");
    g_free(told);
    folder_delete(folder, "homes.csv");
    /* 65 MiB that take no room on the disk. */
    folder_write(folder, "homes.csv", "home\n");
    assert_int_equal(truncate(path, (off_t)65 << 20), 0);
    told = folder_faults(folder);
    assert_non_null(strstr(told, "homes.csv: the file is larger than 64 MiB\n"));
    g_free(told);
    folder_delete(folder, "homes.csv");
    assert_int_equal(symlink("homes.csv", path), 0); /* to itself */
    told = folder_faults(folder);
    assert_non_null(strstr(told, "homes.csv: cannot be opened: "));
    g_free(told);
    g_free(path);
    folder_free(folder);
}

static void a_text_that_the_snapshot_lacks_is_missing(void **state) {
    (void)state;
    const InputText texts[] = {{"operation.json", folder_default("operation.json")},
                               {"resources.csv", folder_default("resources.csv")}};
    Faults *faults = faults_new();
    assert_null(read_operation_texts("memory", texts, 2, DATE_NONE, faults));
    char *told = faults_text(faults);
    assert_non_null(strstr(told, "households.csv: the file is missing\n"));
    g_free(told);
    faults_free(faults);
}

static void deadlines_that_are_past_count_in_what_a_plan_could_cost(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_replace(folder, "operation.json", "\"night_away\": 12",
                   "\"late_day\": 1000000000, \"night_away\": 12");
    GString *text = g_string_new("household,package,weight,deadline\n");
    for (int i = 1; i <= 20; i++)
        g_string_append_printf(text, "H%03d,full,1000,2027-01-29\n", i);
    folder_write(folder, "households.csv", text->str);
    char *told = folder_faults(folder);
    assert_string_equal(told, "");
    g_free(told);
    g_string_replace(text, "2027-01-29", "2025-01-29", 0);
    folder_write(folder, "households.csv", text->str);
    g_string_free(text, TRUE);
    told = folder_faults(folder);
    assert_non_null(strstr(told, "expected smaller weights: "));
    g_free(told);
    folder_free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_whose_costs_could_not_be_reckoned_are_told),
        cmocka_unit_test(ten_faults_in_five_files_are_all_told_in_one_run),
        cmocka_unit_test(a_broken_file_makes_no_false_faults_in_the_others),
        cmocka_unit_test(missing_files_and_folders_are_told),
        cmocka_unit_test(tables_without_rows_are_told),
        cmocka_unit_test(a_file_with_a_misspelt_name_is_not_left_out_silently),
        cmocka_unit_test(a_folder_in_place_of_a_table_is_told),
        cmocka_unit_test(what_can_be_read_without_end_is_refused),
        cmocka_unit_test(a_text_that_the_snapshot_lacks_is_missing),
        cmocka_unit_test(deadlines_that_are_past_count_in_what_a_plan_could_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
