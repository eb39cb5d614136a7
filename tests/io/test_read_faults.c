/* Everything that contradicts itself in an operation is told, each in one exact line. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/support/folder.h"

#define CHECK(file, cases) folder_check(file, cases, G_N_ELEMENTS(cases))

static void faults_of_settings_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"\"name\": \"Cité des Pinsons\",\n", "", "operation.json:1: the key 'name' is missing\n"},
        {"\"timezone\"", "\"time_zone\"",
         "operation.json:3: the key 'time_zone' is not known; did you mean 'timezone'?\n"},
        {"Europe/Paris", "Paris/Europe",
         "operation.json:3: key 'timezone': got 'Paris/Europe', expected a time zone such as "
         "\"Europe/Paris\"\n"},
        {"Europe/Paris", "+01:00",
         "operation.json:3: key 'timezone': got '+01:00', expected a time zone such as "
         "\"Europe/Paris\"\n"},
        {"\"en\"", "\"../../en\"",
         "operation.json:4: key 'language': got '../../en', expected a language such as \"fr\" or "
         "\"en\"\n"},
        {"\"2026-09-04\"", "\"2026-09-31\"",
         "operation.json:5: key 'as_of': got '2026-09-31', expected a date such as "
         "\"2026-09-14\"\n"},
        {"2027-07-30", "2026-09-06",
         "operation.json:6: key 'horizon.end': got '2026-09-06', expected a date on or after the "
         "horizon's start\n"},
        {"2027-07-30", "2036-09-14",
         "operation.json:6: key 'horizon.end': got '2036-09-14', expected a horizon of at most "
         "3660 days (ten years)\n"},
        {", \"end\": \"2027-07-30\"", "", "operation.json:6: the key 'horizon.end' is missing\n"},
        {"\"12:00\"", "\"14:00\"",
         "operation.json:9: key 'slots[1].from': got '13:30', expected slots in the order of the "
         "day that do not overlap: this one begins before the one above it ends\n"},
        {"\"12:00\"", "\"08:30\"",
         "operation.json:8: key 'slots[0].to': got '08:30', expected a time after \"from\"\n"},
        {"\"id\": \"afternoon\"", "\"id\": \"morning\"",
         "operation.json:9: key 'slots[1].id': got 'morning', expected an id that no other slot "
         "has\n"
         "resources.csv:2: column 'slots': got 'morning,afternoon,evening,sat:morning', expected "
         "a slot of operation.json instead of 'afternoon'\n"},
        {"\"late\": true", "\"late\": \"true\"",
         "operation.json:10: key 'slots[2].late': got 'true', expected true or false\n"},
        {"\"language\": \"en\",", "\"language\": \"en\", \"grid_minutes\": 241,",
         "operation.json:4: key 'grid_minutes': got '241', expected a whole number from 1 to "
         "240\n"},
        {"\"language\": \"en\",", "\"language\": \"en\", \"buffer_minutes\": -1,",
         "operation.json:4: key 'buffer_minutes': got '-1', expected a whole number from 0 to "
         "1440\n"},
        {"\"night_away\": 12", "\"night_awy\": 12",
         "operation.json:12: the key 'weights.night_awy' is not known; did you mean "
         "'night_away'?\n"},
        {"\"night_away\": 12", "\"night_away\": 1000000001",
         "operation.json:12: key 'weights.night_away': got '1000000001', expected a whole number "
         "from 0 to 1000000000\n"},
        {"\"night_away\": 12", "\"night_away\": 12.5",
         "operation.json:12: key 'weights.night_away': got '12.5', expected a whole number from 0 "
         "to 1000000000\n"},
    };
    CHECK("operation.json", cases);
}

static void faults_of_tasks_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"\"minutes\": 90,", "\"minutes\": 90, \"days\": 1,",
         "operation.json:17: key 'packages.full.tasks[0].days': got '1', expected either minutes "
         "(an appointment) or days (works), not both\n"},
        {"\"minutes\": 90,\n", "\n",
         "operation.json:17: a task needs either minutes (an appointment) or days (works)\n"},
        {"\"minutes\": 90", "\"minutes\": 245",
         "operation.json:17: key 'packages.full.tasks[0].minutes': got '245', expected at most 240 "
         "minutes, the length of the longest slot\n"},
        {"\"needs\": [{\"role\": \"pilot\"}], \"notice_days\": 7", "\"notice_days\": 7",
         "operation.json:17: an appointment needs at least one role of measure clock\n"
         "progress.csv:2: column 'member': got 'paul', expected a member of a role that the task "
         "needs\n"},
        {"{\"role\": \"fitter\"}],\n         \"items\"", "{\"role\": \"pilot\"}],\n\"items\"",
         "operation.json:23: key 'packages.full.tasks[2].needs[0].role': got 'pilot', expected a "
         "role of measure crew or volume: works are no appointment\n"},
        {"\"role\": \"pilot\"", "\"role\": \"pilott\"",
         "operation.json:18: key 'packages.full.tasks[0].needs[0].role': got 'pilott', expected a "
         "role that has a member in resources.csv; did you mean 'pilot'?\n"},
        {"{\"role\": \"pilot\"}", "{\"role\": \"pilot\", \"amount\": 1.5}",
         "operation.json:18: key 'packages.full.tasks[0].needs[0].amount': got '1.5', expected a "
         "whole number of people from 1 to 1000: the role keeps appointments\n"},
        {"{\"role\": \"pilot\"}", "{\"role\": \"pilot\", \"amount\": \"volume_m3\"}",
         "operation.json:18: key 'packages.full.tasks[0].needs[0].amount': got 'volume_m3', "
         "expected a number of people: the role keeps appointments\n"},
        {"\"volume_m3\"", "\"volume\"",
         "operation.json:20: key 'packages.full.tasks[1].needs[1].amount': got 'volume', expected "
         "a number or \"volume_m3\"\n"},
        {"\"volume_m3\"", "-1",
         "operation.json:20: key 'packages.full.tasks[1].needs[1].amount': got '-1', expected a "
         "number from 0 to 1000000 with at most 3 decimals\n"},
        {"\"max_days\": 60", "\"max_days\": 13",
         "operation.json:21: key 'packages.full.tasks[1].after[0].max_days': got '13', expected at "
         "least min_days, which is 14\n"},
        {"\"task\": \"visit\"", "\"task\": \"vist\"",
         "operation.json:21: key 'packages.full.tasks[1].after[0].task': got 'vist', expected a "
         "task of the same package; did you mean 'visit'?\n"},
        {"\"task\": \"visit\"", "\"task\": \"move_out\"",
         "operation.json:21: key 'packages.full.tasks[1].after[0].task': got 'move_out', expected "
         "another task, not itself\n"},
        {"[{\"task\": \"move_out\"}]", "[{\"task\": \"move_out\"}, {\"task\": \"move_out\"}]",
         "operation.json:25: key 'packages.full.tasks[2].after[1].task': got 'move_out', expected "
         "each task only once in a list\n"},
        {"\"notice_days\": 7", "\"notice_days\": 7, \"after\": [{\"task\": \"kitchen\"}]",
         "operation.json:17: tasks wait for each other in a circle: visit -> move_out -> kitchen "
         "-> visit\n"},
        {"\"id\": \"kitchen\"", "\"id\": \"visit\"",
         "operation.json:23: key 'packages.full.tasks[2].id': got 'visit', expected an id that no "
         "other task of the package has\n"
         "operation.json:28: key 'packages.full.tasks[3].after[0].task': got 'kitchen', expected a "
         "task of the same package\n"},
        {"\"notice_days\": 30", "\"notice_day\": 30",
         "operation.json:22: the key 'packages.full.tasks[1].notice_day' is not known; did you "
         "mean 'notice_days'?\n"},
        {"\"item\": \"kitchen\"", "\"item\": \"kitchn\"",
         "deliveries.csv:2: warning: column 'item': got 'kitchen', expected an item that a task "
         "needs; did you mean 'kitchn'?\n"
         "operation.json:24: key 'packages.full.tasks[2].items[0].item': got 'kitchn', expected an "
         "item that deliveries.csv brings; did you mean 'kitchen'?\n"},
        {"\"tasks\": [{\"id\": \"bathroom\", \"days\": 4, \"needs\": [{\"role\": \"fitter\"}]}]",
         "\"tasks\": []",
         "operation.json:32: key 'packages.occupied.tasks': got '[]', expected at least one "
         "task\n"},
    };
    CHECK("operation.json", cases);
}

static void moves_that_do_not_fit_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"\"moves\": \"out\"", "\"moves\": \"away\"",
         "operation.json:19: key 'packages.full.tasks[1].moves': got 'away', expected \"out\" or "
         "\"back\"\n"},
        {"\"moves\": \"back\",", "",
         "operation.json:19: key 'packages.full.tasks[1].moves': got 'out', expected a task of the "
         "package that moves \"back\" too, or \"transfer\": true\n"},
        {"\"moves\": \"out\",", "",
         "operation.json:26: key 'packages.full.tasks[3].moves': got 'back', expected a task of "
         "the package that moves \"out\" too\n"
         "progress.csv:3: column 'home': got 'R01', expected a blank cell, for this household does "
         "not move out\n"},
        {"\"moves\": \"back\"", "\"moves\": \"out\"",
         "operation.json:26: key 'packages.full.tasks[3].moves': got 'out', expected one such task "
         "in a package: 'move_out' moves this way already\n"},
        {"\"label\": \"Full renovation\",", "\"transfer\": true,",
         "operation.json:26: key 'packages.full.tasks[3].moves': got 'back', expected no move "
         "back, since \"transfer\" says that the household moves for good\n"},
        {"\"occupied\": {\n", "\"occupied\": {\"transfer\": true,\n",
         "operation.json:31: \"transfer\" needs a task that moves \"out\"\n"},
        {"\"id\": \"bathroom\",", "\"id\": \"bathroom\", \"transfer\": true,",
         "operation.json:32: key 'packages.occupied.tasks[0].transfer': got 'true', expected it "
         "only on the task that moves out, or on the package\n"},
        {"\"after\": [{\"task\": \"kitchen\", \"min_days\": 2}]", "\"after\": []",
         "operation.json:26: key 'packages.full.tasks[3].moves': got 'back', expected a move back "
         "that comes after 'move_out', by its \"after\"\n"},
    };
    CHECK("operation.json", cases);
}

static void faults_of_households_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {NULL, "H001,,occupied,,,,,,\n",
         "households.csv:5: column 'household': got 'H001', expected an id of its own; line 2 has "
         "this one already\n"},
        {"H003", "",
         "households.csv:4: column 'household': got '', expected a value, not a blank "
         "cell\n"},
        {"occupied", "ocupied",
         "households.csv:4: column 'package': got 'ocupied', expected a package of operation.json; "
         "did you mean 'occupied'?\n"},
        {"22.5", "-1",
         "households.csv:2: column 'volume_m3': got '-1', expected a number from 0 "
         "to 1000000 with at most 3 decimals\n"},
        {",22.5,2,", ",22.5,0,",
         "households.csv:2: column 'weight': got '0', expected a whole number from 1 to 1000\n"},
        {",22.5,2,", ",22.5,1.5,",
         "households.csv:2: column 'weight': got '1.5', expected a whole number from 1 to 1000\n"},
        {"2027-03-31", "2026-09-09",
         "households.csv:2: warning: column 'deadline': got '2026-09-09', expected a date on or "
         "after 'earliest'\n"},
        {"pilot=paul", "pilot=pual",
         "households.csv:2: column 'members': got 'pilot=pual', expected a resource of "
         "resources.csv instead of 'pilot=pual'; did you mean 'paul'?\n"},
        {"pilot=paul", "pilote=paul",
         "households.csv:2: column 'members': got 'pilote=paul', expected a role of resources.csv "
         "instead of 'pilote=paul'; did you mean 'pilot'?\n"},
        {"pilot=paul", "pilot=fit1",
         "households.csv:2: column 'members': got 'pilot=fit1', expected a member of the role "
         "'pilot' instead of 'pilot=fit1'\n"},
        {"pilot=paul", "pilot=paul;pilot=anne",
         "households.csv:2: column 'members': got 'pilot=paul;pilot=anne', expected one member for "
         "each role instead of 'pilot=anne'\n"},
        {"pilot=paul", "paul",
         "households.csv:2: column 'members': got 'paul', expected a role "
         "and its member such as pilot=paul instead of 'paul'\n"},
    };
    CHECK("households.csv", cases);
}

static void faults_of_resources_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {NULL, "mov1,movers,,crew,,,,\n",
         "resources.csv:7: column 'resource': got 'mov1', expected an id of its own; line 4 has "
         "this one already\n"},
        {"anne,pilot,Anne,clock", "anne,pilot,Anne,crew",
         "resources.csv:3: column 'measure': got 'crew', expected 'clock', as for the other "
         "members of the role 'pilot'\n"},
        {NULL, "mov2,movers,,volume,,,,\n",
         "resources.csv:7: column 'measure': got 'volume', expected 'crew', as for the other "
         "members of the role 'movers'\n"},
        {"mov1,movers,,crew,2,,,", "mov1,movers,,crew,2,,morning,3",
         "resources.csv:4: column 'slots': got 'morning', expected a blank cell: only a clock "
         "resource has slots\n"
         "resources.csv:4: column 'max_late_per_week': got '3', expected a blank cell: only a "
         "clock resource has evenings\n"},
        {"sat:morning", "sat:mornin",
         "resources.csv:2: column 'slots': got 'morning,afternoon,evening,sat:mornin', expected a "
         "slot of operation.json instead of 'sat:mornin'; did you mean 'morning'?\n"},
        {"sat:morning", "sa:morning",
         "resources.csv:2: column 'slots': got 'morning,afternoon,evening,sa:morning', expected a "
         "weekday and a slot such as sat:morning instead of 'sa:morning'\n"},
        {"mon-fri", "mon-fry",
         "resources.csv:2: column 'days': got 'mon-fry', expected days of the week such as mon-fri "
         "or mon-thu,sat\n"},
        {"anne,pilot,Anne,clock,,", "anne,pilot,Anne,clock,0.5,",
         "resources.csv:3: column 'capacity': got '0.5', expected a whole number of people, at "
         "most 1000\n"},
        {"fit1,fitter", "*,fitter",
         "resources.csv:6: column 'resource': got '*', expected another id: in calendar.csv '*' "
         "means everybody\n"},
        {"clock,1,", "clok,1,",
         "resources.csv:2: column 'measure': got 'clok', expected crew, volume or clock\n"},
    };
    CHECK("resources.csv", cases);
}

static void faults_of_the_calendar_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"movers,", "mover,",
         "calendar.csv:3: column 'resource': got 'mover', expected a resource or a role of "
         "resources.csv, or *; did you mean 'movers'?\n"},
        {"2027-01-15", "2027-01-10",
         "calendar.csv:3: column 'until': got '2027-01-10', expected a date on or after "
         "2027-01-11, which column 'from' says\n"},
        {NULL, "pilot,2027-01-11,,1.5,\n",
         "calendar.csv:4: column 'capacity': got '1.5', expected a whole number of people, at most "
         "1000\n"},
        {NULL, "pilot,,,1,\n",
         "calendar.csv:4: column 'from': got '', expected a value, not a blank cell\n"},
    };
    CHECK("calendar.csv", cases);
    char *folder = folder_new();
    folder_write(folder, "calendar.csv",
                 "resource,from,slots\n*,2026-12-24,afternoon\n"
                 "paul,2026-12-24,sat:morning\npaul,2026-12-24,noon\n");
    char *told = folder_faults(folder);
    assert_string_equal(told,
                        "calendar.csv:2: column 'slots': got 'afternoon', expected a blank cell: "
                        "only clock resources have slots, and this row concerns others too\n"
                        "calendar.csv:3: column 'slots': got 'sat:morning', expected slots without "
                        "weekdays instead of 'sat:morning'\n"
                        "calendar.csv:4: column 'slots': got 'noon', expected a slot of "
                        "operation.json instead of 'noon'\n");
    g_free(told);
    folder_free(folder);
}

static void a_name_of_a_resource_and_of_another_role_is_ambiguous(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_append(folder, "resources.csv", "movers,fitter,,crew,,,,\n");
    char *told = folder_faults(folder);
    assert_string_equal(told, "calendar.csv:3: column 'resource': got 'movers', expected a name of "
                              "its own: this is a resource and also a role with other members\n");
    g_free(told);
    /* The only member of a role of its name is the same thing. */
    folder_write(folder, "resources.csv", folder_default("resources.csv"));
    folder_append(folder, "calendar.csv", "trucks,2026-11-11,,,\n");
    told = folder_faults(folder);
    assert_string_equal(told, "");
    g_free(told);
    folder_free(folder);
}

static void faults_of_windows_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {"17:30,20:30", "20:30,17:30",
         "availability.csv:2: column 'to': got '17:30', expected a window that ends after it "
         "begins\n"},
        {"17:30,20:30", "24:00,",
         "availability.csv:2: column 'from': got '24:00', expected a window that ends after it "
         "begins\n"},
        {"2027-01-04", "2026-12-19",
         "availability.csv:3: column 'days': got '2026-12-20..2026-12-19', expected a first date "
         "that is not after the last one\n"},
        {"sat,", "someday,",
         "availability.csv:4: column 'days': got 'someday', expected days such as mon-fri or sat, "
         "a date such as 2026-09-14, or 2026-12-20..2027-01-04\n"},
        {"preferred", "prefered",
         "availability.csv:2: column 'kind': got 'prefered', expected available, preferred or "
         "absent\n"},
        {"H002,sat", "H004,sat",
         "availability.csv:4: column 'household': got 'H004', expected a household of "
         "households.csv; did you mean 'H001'?\n"},
    };
    CHECK("availability.csv", cases);
}

static void faults_of_homes_and_deliveries_are_told(void **state) {
    (void)state;
    static const FolderCase homes[] = {
        {"R02,", "R01,",
         "homes.csv:3: column 'home': got 'R01', expected an id of its own; line 2 has this one "
         "already\n"},
        {"2027-07-31", "2026-08-31",
         "homes.csv:2: column 'until': got '2026-08-31', expected a date on or after 2026-09-01, "
         "which column 'from' says\n"},
        {"yes", "y", "homes.csv:2: column 'accessible': got 'y', expected yes or no\n"},
    };
    CHECK("homes.csv", homes);
    static const FolderCase deliveries[] = {
        {"L2,", "L1,",
         "deliveries.csv:3: column 'delivery': got 'L1', expected an id of its own; line 2 has "
         "this one already\n"},
        {"kitchen,5", "kitchen,-5",
         "deliveries.csv:3: column 'quantity': got '-5', expected a number from 0 to 1000000 with "
         "at most 3 decimals\n"},
        {"L2,kitchen", "L2,kithcen",
         "deliveries.csv:3: warning: column 'item': got 'kithcen', expected an item that a task "
         "needs; did you mean 'kitchen'?\n"},
        {",late", ",arrived",
         "deliveries.csv:3: warning: column 'date': got '2026-11-02', expected a date that is "
         "past, for it has arrived\n"},
        {",H001,", ",H01,",
         "deliveries.csv:2: column 'household': got 'H01', expected a household of households.csv; "
         "did you mean 'H001'?\n"},
    };
    CHECK("deliveries.csv", deliveries);
}

static void an_item_that_nobody_delivers_is_told(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_delete(folder, "deliveries.csv");
    char *told = folder_faults(folder);
    assert_string_equal(told, "operation.json:24: key 'packages.full.tasks[2].items[0].item': got "
                              "'kitchen', expected an item that deliveries.csv brings\n");
    g_free(told);
    folder_free(folder);
}

static void facts_that_contradict_themselves_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {NULL, "H001,visit,done,2026-09-01,,,\n",
         "progress.csv:4: column 'task': got 'visit', expected each task of a household only once; "
         "line 2 speaks of it already\n"},
        {"2026-09-02 18:00", "2026-09-05 18:00",
         "progress.csv:2: column 'start': got '2026-09-05 18:00', expected a date until "
         "2026-09-04, the day of the plan, for what has begun\n"},
        {"2026-09-02 18:00", "1926-09-02",
         "progress.csv:2: column 'start': got '1926-09-02', expected a date not ten years before "
         "2026-09-04\n"},
        {"2026-09-02 18:00,", "2026-09-02 18:00,2026-09-02 17:00",
         "progress.csv:2: column 'finish': got '2026-09-02 17:00', expected a finish that is not "
         "before the start, 2026-09-02\n"},
        {"2026-09-02 18:00,", "2026-09-02 18:00,2026-09-05",
         "progress.csv:2: column 'finish': got '2026-09-05', expected a date until 2026-09-04, the "
         "day of the plan, for what is done\n"},
        {",2026-10-12,", ",2026-10-12 08:30,",
         "progress.csv:3: column 'start': got '2026-10-12 08:30', expected a date without a time, "
         "for works are counted in days\n"},
        {"paul", "fit1",
         "progress.csv:2: column 'member': got 'fit1', expected a member of a role that the task "
         "needs\n"},
        {"paul", "pauline",
         "progress.csv:2: column 'member': got 'pauline', expected a resource of resources.csv\n"},
        {"R01", "R1",
         "progress.csv:3: column 'home': got 'R1', expected a home of homes.csv; did you mean "
         "'R01'?\n"},
        {"H001,move_out", "H001,moveout",
         "progress.csv:3: column 'task': got 'moveout', expected a task of the package 'full'; did "
         "you mean 'move_out'?\n"},
        {"announced,", "proposed,",
         "progress.csv:3: column 'status': got 'proposed', expected done, started, confirmed or "
         "announced\n"},
        {NULL, "H003,bathroom,started,2026-09-01,2026-09-03,,\n",
         "progress.csv:4: warning: column 'status': got 'started', expected done, since the finish "
         "is past, or a later finish\n"},
        {NULL, "H002,visit,confirmed,2026-09-17 11:00,,,\n",
         "progress.csv:4: warning: column 'start': got '2026-09-17 11:00', expected an appointment "
         "that lies inside one slot; this one will be moved\n"},
        {NULL, "H002,visit,confirmed,2026-09-17 09:20,,,\n",
         "progress.csv:4: warning: column 'start': got '2026-09-17 09:20', expected a start on the "
         "grid of the slot; this one will be moved\n"},
    };
    CHECK("progress.csv", cases);
}

static void facts_of_a_stay_that_do_not_fit_are_told(void **state) {
    (void)state;
    static const FolderCase cases[] = {
        {NULL, "H002,move_out,started,2026-09-02,,,\n",
         "progress.csv:4: column 'home': got '', expected the home in which the household lives "
         "since it moved out\n"},
        {NULL, "H002,move_back,done,2026-09-02,,,R02\n",
         "progress.csv:4: column 'status': got 'done', expected a move out that is done too, "
         "before the move back\n"},
        {NULL, "H001,kitchen,announced,2026-10-20,,,R02\n",
         "progress.csv:4: column 'home': got 'R02', expected the home that line 3 names: a "
         "household keeps one home for its stay\n"},
        {NULL, "H003,bathroom,announced,2026-10-20,,,R02\n",
         "progress.csv:4: column 'home': got 'R02', expected a blank cell, for this household does "
         "not move out\n"},
        {NULL, "H002,move_out,done,2026-08-02,,,\nH002,move_back,done,2026-09-02,,,\n", ""},
        {NULL, "H002,visit,done,2026-08-01,,,R02\nH002,move_out,done,2026-08-02,,,\n", ""},
    };
    CHECK("progress.csv", cases);
}

static void who_arranges_the_stay_alone_has_no_home(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_write(folder, "households.csv", "household,package,relocation\nH001,full,own\n");
    folder_write(folder, "availability.csv", "household,days,kind\n");
    char *told = folder_faults(folder);
    assert_string_equal(told,
                        "progress.csv:3: column 'home': got 'R01', expected a blank cell, for "
                        "this household arranges its stay itself\n");
    g_free(told);
    /* A word that is neither of both is told, and nothing is concluded from it. */
    folder_write(folder, "households.csv", "household,package,relocation\nH001,full,onw\n");
    folder_write(folder, "progress.csv",
                 "household,task,status,start,home\n"
                 "H001,move_out,done,2026-09-01,\n");
    told = folder_faults(folder);
    assert_string_equal(told, "households.csv:2: column 'relocation': got 'onw', expected home (a "
                              "temporary home) or own (they arrange it)\n");
    g_free(told);
    folder_free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_of_settings_are_told),
        cmocka_unit_test(faults_of_tasks_are_told),
        cmocka_unit_test(moves_that_do_not_fit_are_told),
        cmocka_unit_test(faults_of_households_are_told),
        cmocka_unit_test(faults_of_resources_are_told),
        cmocka_unit_test(faults_of_the_calendar_are_told),
        cmocka_unit_test(a_name_of_a_resource_and_of_another_role_is_ambiguous),
        cmocka_unit_test(faults_of_windows_are_told),
        cmocka_unit_test(faults_of_homes_and_deliveries_are_told),
        cmocka_unit_test(an_item_that_nobody_delivers_is_told),
        cmocka_unit_test(facts_that_contradict_themselves_are_told),
        cmocka_unit_test(facts_of_a_stay_that_do_not_fit_are_told),
        cmocka_unit_test(who_arranges_the_stay_alone_has_no_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
