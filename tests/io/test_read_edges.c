/* What is at the edge of being right: one too many, none at all, just inside and just outside. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/folder.h"

#define CHECK(file, cases) folder_check(file, cases, G_N_ELEMENTS(cases))

/* A folder with this operation.json, otherwise the default one: what is told of it must contain
 * the line. */
static void assert_settings_tell(const char *text, const char *line) {
    char *folder = folder_new();
    folder_write(folder, "operation.json", text);
    char *told = folder_faults(folder);
    if (strstr(told, line) == NULL)
        fail_msg("'%s' is not told, but:\n%s", line, told);
    g_free(told);
    folder_free(folder);
}

/* The default settings with what stands between `begin` and `end` replaced. */
static char *settings_with(const char *begin, const char *end, const char *new) {
    const char *text = folder_default("operation.json");
    const char *from = strstr(text, begin);
    assert_non_null(from);
    const char *until = strstr(from, end);
    assert_non_null(until);
    return g_strdup_printf("%.*s%s%s", (int)(from - text), text, new, until);
}

static void lists_that_may_not_be_empty_are_told(void **state) {
    (void)state;
    char *slots = settings_with("[\n    {\"id\": \"morning\"", ",\n  \"weights\"", "[]");
    assert_settings_tell(slots, "operation.json:7: key 'slots': got '[]', expected at least one "
                                "slot\n");
    g_free(slots);
    const char *text = folder_default("operation.json");
    char *packages =
        g_strdup_printf("%.*s\"packages\": {}}", (int)(strstr(text, "\"packages\"") - text), text);
    assert_settings_tell(packages, "operation.json:13: key 'packages': got '{}', expected at least "
                                   "one package\n");
    g_free(packages);
}

static void more_slots_than_a_day_may_have_are_told(void **state) {
    (void)state;
    for (int n = 16; n <= 17; n++) {
        GString *list = g_string_new("[");
        for (int i = 0; i < n; i++)
            g_string_append_printf(list,
                                   "%s{\"id\": \"s%d\", \"from\": \"%02d:00\", \"to\": "
                                   "\"%02d:30\"}",
                                   i > 0 ? ", " : "", i, i + 5, i + 5);
        g_string_append_c(list, ']');
        char *settings =
            settings_with("[\n    {\"id\": \"morning\"", ",\n  \"weights\"", list->str);
        char *folder = folder_new();
        folder_write(folder, "operation.json", settings);
        folder_write(folder, "resources.csv",
                     "resource,role,measure\npaul,pilot,clock\nmov,movers,crew\n"
                     "trucks,trucks,volume\nfit1,fitter,crew\n");
        char *told = folder_faults(folder);
        assert_int_equal(strstr(told, "expected at most 16 slots\n") != NULL, n > 16);
        g_free(told);
        folder_free(folder);
        g_free(settings);
        g_string_free(list, TRUE);
    }
}

static void more_packages_than_may_be_are_told(void **state) {
    (void)state;
    GString *all = g_string_new("\"packages\": {");
    for (int i = 0; i < 1001; i++)
        g_string_append_printf(all, "%s\"p%d\": {\"tasks\": [{\"id\": \"t\", \"days\": 1}]}",
                               i > 0 ? ", " : "", i);
    g_string_append(all, "}}");
    const char *text = folder_default("operation.json");
    char *settings =
        g_strdup_printf("%.*s%s", (int)(strstr(text, "\"packages\"") - text), text, all->str);
    assert_settings_tell(settings, "expected at most 1000 packages\n");
    g_free(settings);
    g_string_free(all, TRUE);
}

static void languages_have_two_or_three_letters_and_perhaps_a_country(void **state) {
    (void)state;
#define LANGUAGE(text)                                                                             \
    {                                                                                              \
        "\"en\"", "\"" text "\"",                                                                  \
            "operation.json:4: key 'language': got '" text                                         \
            "', expected a language such as \"fr\" or "                                            \
            "\"en\"\n"                                                                             \
    }
    static const FolderCase cases[] = {
        LANGUAGE("e"),
        LANGUAGE("engl"),
        LANGUAGE("en_"),
        LANGUAGE("en_G"),
        LANGUAGE("en-gB"),
        LANGUAGE("en_GBR"),
        LANGUAGE("EN"),
        {"\"en\"", "\"en_GB\"", ""},
        {"\"en\"", "\"en-GB\"", ""},
        {"\"en\"", "\"nds\"", ""},
    };
    CHECK("operation.json", cases);
}

static void ids_of_packages_are_not_empty_and_lags_are_numbers(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"\"occupied\": {\n", "\"\": {\n",
         "operation.json:31: key 'packages.': got '{...}', expected an id for the package, not an "
         "empty one\n"
         "households.csv:4: column 'package': got 'occupied', expected a package of "
         "operation.json\n"},
        {"\"max_days\": 60", "\"max_days\": \"60\"",
         "operation.json:21: key 'packages.full.tasks[1].after[0].max_days': got '60', expected a "
         "whole number from -3660 to 3660\n"},
        {"\"max_days\": 60", "\"max_days\": null", ""},
        {"\"max_days\": 60", "\"max_days\": 3661",
         "operation.json:21: key 'packages.full.tasks[1].after[0].max_days': got '3661', expected "
         "a "
         "whole number from -3660 to 3660\n"},
        {"{\"role\": \"pilot\"}", "{\"role\": \"pilot\", \"amount\": 0}",
         "operation.json:18: key 'packages.full.tasks[0].needs[0].amount': got '0', expected a "
         "whole number of people from 1 to 1000: the role keeps appointments\n"},
        {"{\"role\": \"pilot\"}", "{\"role\": \"pilot\", \"amount\": 1001}",
         "operation.json:18: key 'packages.full.tasks[0].needs[0].amount': got '1001', expected a "
         "whole number of people from 1 to 1000: the role keeps appointments\n"},
        {"\"notice_days\": 7", "\"notice_days\": 7, \"notice_days\": 8",
         "operation.json:18: key 'packages.full.tasks[0].notice_days': got '8', expected each key "
         "only once\n"},
        {"\"minutes\": 90", "\"minutes\": 0",
         "operation.json:17: key 'packages.full.tasks[0].minutes': got '0', expected a whole "
         "number "
         "from 1 to 1440\n"},
        {"[{\"role\": \"fitter\"}]", "[\"fitter\"]",
         "operation.json:23: key 'packages.full.tasks[2].needs[0]': got 'fitter', expected an "
         "object in braces\n"},
    };
    CHECK("operation.json", cases);
}

static void resources_at_the_edge_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"fit1,fitter", "fit1,*",
         "resources.csv:6: column 'role': got '*', expected another name: in calendar.csv '*' "
         "means "
         "everybody\n"
         "operation.json:23: key 'packages.full.tasks[2].needs[0].role': got 'fitter', expected a "
         "role that has a member in resources.csv\n"
         "operation.json:32: key 'packages.occupied.tasks[0].needs[0].role': got 'fitter', "
         "expected "
         "a role that has a member in resources.csv\n"},
        {"\"morning,afternoon,evening,sat:morning\"", "\" ; , \"",
         "resources.csv:2: column 'slots': got '; ,', expected slots such as morning,evening\n"},
        {"anne,pilot,Anne,clock,,", "anne,pilot,Anne,clock,1001,",
         "resources.csv:3: column 'capacity': got '1001', expected a whole number of people, at "
         "most 1000\n"},
    };
    CHECK("resources.csv", cases);
    char *folder = folder_new();
    char *settings = settings_with("[\n    {\"id\": \"morning\"", ",\n  \"weights\"",
                                   "[{\"id\": \"evening\", \"from\": \"17:30\", \"to\": \"20:30\", "
                                   "\"late\": true}]");
    folder_write(folder, "operation.json", settings);
    folder_write(folder, "resources.csv",
                 "resource,role,measure,slots\npaul,pilot,clock,evening\nanne,pilot,clock,\n"
                 "mov,movers,crew,\ntrucks,trucks,volume,\nfit1,fitter,crew,\n");
    char *told = folder_faults(folder);
    assert_non_null(strstr(told,
                           "resources.csv:3: column 'slots': got '', expected a slot: without "
                           "a name only slots that are not late are meant, and there is "
                           "none\n"));
    g_free(told);
    g_free(settings);
    folder_free(folder);
}

static void facts_at_the_edge_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"2026-10-12", "2046-10-12",
         "progress.csv:3: column 'start': got '2046-10-12', expected a date not twenty years after "
         "2026-09-04\n"},
        {"2026-10-12", "2046-09-04", ""},
        {"2026-10-12,", "2026-10-12,2036-10-20",
         "progress.csv:3: column 'finish': got '2036-10-20', expected a date not ten years after "
         "the start, 2026-10-12\n"},
        {"2026-10-12,", "2026-10-12,2026-10-11",
         "progress.csv:3: column 'finish': got '2026-10-11', expected a finish that is not before "
         "the start, 2026-10-12\n"},
        {"2026-10-12,", "2026-10-12,2026-10-12 17:00",
         "progress.csv:3: column 'finish': got '2026-10-12 17:00', expected a date without a time, "
         "for works are counted in days\n"},
        {"2026-10-12,", "2026-10-12,2026-10-12 00:00", ""},
        {"2026-09-02 18:00,", "2026-09-02 18:00,2026-09-02 18:00", ""},
        {"2026-09-02 18:00,", "2026-09-02 18:00,2026-09-04", ""},
        {"2026-09-02 18:00,", "2026-09-02 18:00,2026-09-02 25:00",
         "progress.csv:2: column 'finish': got '2026-09-02 25:00', expected a date such as "
         "2026-09-14, or for an appointment a date and time such as 2026-09-14 18:30\n"},
        {NULL, "H002,move_out,done,2026-08-02,,,\nH002,move_back,started,2026-09-02,,,\n",
         "progress.csv:4: column 'home': got '', expected the home in which the household lives "
         "since it moved out\n"},
        {NULL, "H002,move_out,announced,2026-10-13,,,R1\nH002,kitchen,announced,2026-10-20,,,R02\n",
         "progress.csv:4: column 'home': got 'R1', expected a home of homes.csv; did you mean "
         "'R01'?\n"},
        {NULL, "H002,move_out,confirmed,2026-10-13,,,\nH002,move_back,started,2026-09-02,,,\n",
         "progress.csv:5: column 'status': got 'started', expected a move out that is done too, "
         "before the move back\n"},
    };
    CHECK("progress.csv", cases);
}

static void cells_at_the_edge_are_told(void **state) {
    (void)state;
    static const FolderCase households[] = {
        {"2026-09-10", "2026-09-10 18:30",
         "households.csv:2: column 'earliest': got '2026-09-10 18:30', expected a date such as "
         "2026-09-14 or 14/09/2026\n"},
        {"pilot=paul", "pilot=paul;;movers=mov1", ""},
        {"pilot=paul", "pilot=",
         "households.csv:2: column 'members': got 'pilot=', expected a resource of resources.csv "
         "instead of 'pilot='\n"},
        {",3,22.5", ",0,22.5", ""},
        {",3,22.5", ",-1,22.5",
         "households.csv:2: column 'rooms': got '-1', expected a whole number from 0 to 100\n"},
        {",3,22.5", ",101,22.5",
         "households.csv:2: column 'rooms': got '101', expected a whole number from 0 to 100\n"},
    };
    CHECK("households.csv", households);
    static const FolderCase availability[] = {
        {"17:30,20:30", "17:30:30,20:30",
         "availability.csv:2: column 'from': got '17:30:30', expected a time such as 18:30 or "
         "18h30\n"},
        {"17:30,20:30", "17:30:00,20h30", ""},
        {"2026-12-20..2027-01-04", "..2027-01-04",
         "availability.csv:3: column 'days': got '..2027-01-04', expected days such as mon-fri or "
         "sat, a date such as 2026-09-14, or 2026-12-20..2027-01-04\n"},
        {"2026-12-20..2027-01-04", "2026-12-20..",
         "availability.csv:3: column 'days': got '2026-12-20..', expected days such as mon-fri or "
         "sat, a date such as 2026-09-14, or 2026-12-20..2027-01-04\n"},
    };
    CHECK("availability.csv", availability);
    static const FolderCase calendar[] = {
        {NULL, "pilot,2027-01-11,,1001,\n",
         "calendar.csv:4: column 'capacity': got '1001', expected a whole number of people, at "
         "most "
         "1000\n"},
        {"2027-01-15,3", "2027-01-15,3.5", ""},
    };
    CHECK("calendar.csv", calendar);
    static const FolderCase deliveries[] = {
        {",late", ",delivered",
         "deliveries.csv:3: column 'status': got 'delivered', expected promised, "
         "late or arrived\n"},
        {"2026-11-02,,,late", "2026-09-04,,,arrived", ""},
    };
    CHECK("deliveries.csv", deliveries);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_that_may_not_be_empty_are_told),
        cmocka_unit_test(more_slots_than_a_day_may_have_are_told),
        cmocka_unit_test(more_packages_than_may_be_are_told),
        cmocka_unit_test(languages_have_two_or_three_letters_and_perhaps_a_country),
        cmocka_unit_test(ids_of_packages_are_not_empty_and_lags_are_numbers),
        cmocka_unit_test(resources_at_the_edge_are_told),
        cmocka_unit_test(facts_at_the_edge_are_told),
        cmocka_unit_test(cells_at_the_edge_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
