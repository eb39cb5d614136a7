/* An operation folder becomes an operation: every field, default and spelling. */
#include "io/read_operation.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/folder.h"

static date_t day(int year, int month, int number) {
    return date_from_ymd(year, month, number);
}

static void settings_are_read(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    assert_string_equal(op->folder, folder);
    assert_string_equal(op->name, "Cité des Pinsons");
    assert_string_equal(op->timezone, "Europe/Paris");
    assert_string_equal(op->language, "en");
    assert_int_equal(op->as_of, day(2026, 9, 4));
    assert_int_equal(op->start, day(2026, 9, 7));
    assert_int_equal(op->end, day(2027, 7, 30));
    assert_int_equal(op->n_slots, 3);
    assert_string_equal(op->slots[2].id, "evening");
    assert_int_equal(op->slots[2].from, 17 * 60 + 30);
    assert_int_equal(op->slots[2].to, 20 * 60 + 30);
    assert_true(op->slots[2].late);
    assert_false(op->slots[0].late);
    operation_free(op);
    folder_free(folder);
}

static void settings_that_are_not_given_take_the_default(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    assert_int_equal(op->grid_minutes, 15);
    assert_int_equal(op->buffer_minutes, 15);
    assert_int_equal(op->turnaround_days, 2);
    for (int p = 0; p < PART_COUNT; p++)
        assert_int_equal(op->weights[p], p == PART_NIGHT_AWAY ? 12 : part_infos[p].default_weight);
    operation_free(op);
    folder_replace(folder, "operation.json", "  \"language\": \"en\",\n", "");
    op = folder_read(folder);
    assert_string_equal(op->language, "en");
    operation_free(op);
    folder_free(folder);
}

static void settings_that_are_given_win(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_replace(folder, "operation.json", "  \"language\": \"en\",\n",
                   "  \"grid_minutes\": 20, \"buffer_minutes\": 0, \"turnaround_days\": 5,\n"
                   "  \"language\": \"fr\",\n");
    Operation *op = folder_read(folder);
    assert_string_equal(op->language, "fr");
    assert_int_equal(op->grid_minutes, 20);
    assert_int_equal(op->buffer_minutes, 0);
    assert_int_equal(op->turnaround_days, 5);
    operation_free(op);
    folder_free(folder);
}

static date_t as_of_read(const char *folder, date_t as_of) {
    Faults *faults = faults_new();
    Operation *op = read_operation(folder, as_of, faults);
    assert_non_null(op);
    date_t read = op->as_of;
    operation_free(op);
    faults_free(faults);
    return read;
}

static date_t today(void) {
    GDateTime *now = g_date_time_new_now_local();
    date_t date = day(g_date_time_get_year(now), g_date_time_get_month(now),
                      g_date_time_get_day_of_month(now));
    g_date_time_unref(now);
    return date;
}

static void the_day_of_the_plan_is_the_callers_then_the_files_then_today(void **state) {
    (void)state;
    char *folder = folder_new();
    assert_int_equal(as_of_read(folder, day(2026, 9, 5)), day(2026, 9, 5));
    assert_int_equal(as_of_read(folder, DATE_NONE), day(2026, 9, 4));
    folder_replace(folder, "operation.json", "  \"as_of\": \"2026-09-04\",\n", "");
    folder_delete(folder, "progress.csv"); /* its dates may lie after today */
    date_t before = today(), read = as_of_read(folder, DATE_NONE);
    assert_true(read >= before && read <= today());
    folder_free(folder);
}

static void packages_and_tasks_are_read(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    assert_int_equal(op->n_packages, 2);
    const Package *full = &op->packages[0], *occupied = &op->packages[1];
    assert_string_equal(full->label, "Full renovation");
    assert_string_equal(occupied->label, "occupied");
    assert_int_equal(full->n_tasks, 4);
    assert_int_equal(full->move_out, 1);
    assert_int_equal(full->move_back, 3);
    assert_int_equal(occupied->move_out, NONE);
    assert_false(full->transfer);
    const Task *visit = &full->tasks[0], *out = &full->tasks[1], *kitchen = &full->tasks[2];
    assert_string_equal(visit->label, "Visite technique");
    assert_string_equal(out->label, "move_out");
    assert_int_equal(visit->minutes, 90);
    assert_int_equal(visit->days, 0);
    assert_int_equal(visit->notice_days, 7);
    assert_int_equal(kitchen->notice_days, 1);
    assert_int_equal(out->minutes, 0);
    assert_int_equal(out->days, 1);
    assert_true(out->presence);
    assert_false(kitchen->presence);
    assert_int_equal(out->move, MOVE_OUT);
    assert_int_equal(out->n_needs, 2);
    assert_string_equal(op->roles[out->needs[1].role].id, "trucks");
    assert_true(out->needs[1].by_volume);
    assert_int_equal(out->needs[1].amount, 0);
    assert_int_equal(out->needs[0].amount, MILLI);
    assert_int_equal(need_amount(op, 0, &out->needs[1]), 22500);
    assert_int_equal(out->lags[0].other, 0);
    assert_int_equal(out->lags[0].min_days, 14);
    assert_true(out->lags[0].has_max);
    assert_int_equal(out->lags[0].max_days, 60);
    assert_int_equal(kitchen->lags[0].min_days, 1);
    assert_false(kitchen->lags[0].has_max);
    assert_int_equal(kitchen->n_items, 1);
    assert_string_equal(op->items[kitchen->items[0].item], "kitchen");
    assert_int_equal(kitchen->items[0].quantity, MILLI);
    assert_int_equal(kitchen->items[0].days_before, 1);
    operation_free(op);
    folder_free(folder);
}

static void tasks_are_ordered_after_what_they_wait_for(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_replace(folder, "operation.json", "\"tasks\": [{\"id\": \"bathroom\",",
                   "\"tasks\": [\n"
                   "{\"id\": \"c\", \"days\": 1, \"after\": [{\"task\": \"b\"}, {\"task\": "
                   "\"bathroom\", \"min_days\": -2}]},\n"
                   "{\"id\": \"b\", \"days\": 1, \"after\": [{\"task\": \"a\"}]},\n"
                   "{\"id\": \"a\", \"days\": 1},\n"
                   "{\"id\": \"bathroom\",");
    Operation *op = folder_read(folder);
    const Package *package = &op->packages[1];
    static const int expected[] = {2, 1, 3, 0};
    assert_int_equal(package->n_tasks, 4);
    assert_memory_equal(package->order, expected, sizeof expected);
    assert_int_equal(package->tasks[0].lags[1].min_days, -2);
    operation_free(op);
    folder_free(folder);
}

static void a_household_may_move_for_good(void **state) {
    (void)state;
    static const char *const texts[] = {
        "\"transfer\": true, \"tasks\": [{\"id\": \"go\", \"days\": 1, \"moves\": \"out\"}, "
        "{\"id\": \"bathroom\",",
        "\"tasks\": [{\"id\": \"go\", \"days\": 1, \"moves\": \"out\", \"transfer\": true}, "
        "{\"id\": \"bathroom\",",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *folder = folder_new();
        folder_replace(folder, "operation.json", "\"tasks\": [{\"id\": \"bathroom\",", texts[i]);
        Operation *op = folder_read(folder);
        assert_true(op->packages[1].transfer);
        assert_int_equal(op->packages[1].move_out, 0);
        assert_int_equal(op->packages[1].move_back, NONE);
        operation_free(op);
        folder_free(folder);
    }
}

static void resources_and_roles_are_read(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    assert_int_equal(op->n_resources, 5);
    assert_int_equal(op->n_roles, 4);
    assert_string_equal(op->roles[0].id, "pilot");
    assert_int_equal(op->roles[0].n_members, 2);
    assert_int_equal(op->roles[0].members[1], 1);
    assert_int_equal(op->roles[0].measure, MEASURE_CLOCK);
    assert_int_equal(op->roles[2].measure, MEASURE_VOLUME);
    const Resource *paul = &op->resources[0], *anne = &op->resources[1];
    assert_string_equal(paul->label, "Paul");
    assert_string_equal(op->resources[2].label, "mov1");
    assert_int_equal(paul->capacity, MILLI);
    assert_int_equal(paul->max_late_per_week, 2);
    assert_int_equal(anne->max_late_per_week, NO_LIMIT);
    assert_int_equal(paul->from, DATE_NONE);
    /* sat:morning is added on a day outside mon-fri; without a list the late slot is left out. */
    assert_int_equal(paul->base_slots, 7);
    assert_int_equal(paul->slots[0], 7);
    assert_int_equal(paul->slots[5], 1);
    assert_int_equal(paul->slots[6], 0);
    assert_true(paul->works[5]);
    assert_false(paul->works[6]);
    assert_int_equal(anne->base_slots, 3);
    assert_int_equal(anne->slots[4], 3);
    assert_int_equal(anne->slots[5], 0);
    const Resource *trucks = &op->resources[3];
    assert_int_equal(trucks->capacity, 60 * MILLI);
    assert_true(trucks->works[3] && !trucks->works[4] && trucks->works[5]);
    assert_int_equal(trucks->line, 5);
    operation_free(op);
    folder_free(folder);
}

static void a_slot_added_for_a_weekday_leaves_the_ordinary_ones(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_replace(folder, "resources.csv", "\"morning,afternoon,evening,sat:morning\"",
                   "\"mer:evening; sam-dim:morning\"");
    Operation *op = folder_read(folder);
    const Resource *paul = &op->resources[0];
    static const uint32_t expected[] = {3, 3, 7, 3, 3, 1, 1};
    assert_memory_equal(paul->slots, expected, sizeof expected);
    assert_int_equal(paul->base_slots, 3);
    operation_free(op);
    folder_free(folder);
}

static void households_are_read(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    assert_int_equal(op->n_households, 3);
    const Household *first = &op->households[0], *third = &op->households[2];
    assert_string_equal(first->name, "Mme Petit");
    assert_string_equal(first->phone, "");
    assert_int_equal(first->package, 0);
    assert_int_equal(first->rooms, 3);
    assert_int_equal(first->volume, 22500);
    assert_int_equal(first->weight, 2);
    assert_int_equal(first->earliest, day(2026, 9, 10));
    assert_int_equal(first->deadline, day(2027, 3, 31));
    assert_int_equal(first->members[0], 0);
    assert_int_equal(first->members[1], NONE);
    assert_int_equal(third->package, 1);
    assert_int_equal(third->rooms, 1);
    assert_int_equal(third->volume, 0);
    assert_int_equal(third->weight, 1);
    assert_false(third->accessible);
    assert_int_equal(third->earliest, DATE_NONE);
    assert_int_equal(third->max_nights_away, NO_LIMIT);
    assert_int_equal(third->relocation, RELOCATION_HOME);
    assert_int_equal(third->line, 4);
    operation_free(op);
    folder_free(folder);
}

static void exceptions_windows_homes_and_deliveries_are_read(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    assert_int_equal(op->n_calendar, 2);
    assert_int_equal(op->calendar[0].resource, NONE);
    assert_int_equal(op->calendar[0].role, NONE);
    assert_int_equal(op->calendar[0].until, day(2026, 12, 25));
    assert_true(op->calendar[0].closed);
    assert_string_equal(op->calendar[0].label, "Christmas");
    assert_int_equal(op->calendar[1].role, 1);
    assert_false(op->calendar[1].closed);
    assert_int_equal(op->calendar[1].capacity, 3 * MILLI);
    assert_int_equal(op->n_availability, 3);
    assert_int_equal(op->availability[0].kind, PREFERRED);
    assert_true(op->availability[0].weekdays[4]);
    assert_int_equal(op->availability[0].from, DATE_NONE);
    assert_int_equal(op->availability[0].start, 17 * 60 + 30);
    assert_int_equal(op->availability[1].from, day(2026, 12, 20));
    assert_int_equal(op->availability[1].until, day(2027, 1, 4));
    assert_int_equal(op->availability[1].start, 0);
    assert_int_equal(op->availability[1].end, 24 * 60);
    assert_int_equal(op->n_homes, 2);
    assert_true(op->homes[0].accessible);
    assert_int_equal(op->homes[0].rooms, 4);
    assert_int_equal(op->homes[1].from, DATE_NONE);
    assert_string_equal(op->homes[1].building, "");
    assert_int_equal(op->n_deliveries, 2);
    assert_int_equal(op->deliveries[0].household, 0);
    assert_int_equal(op->deliveries[1].household, NONE);
    assert_int_equal(op->deliveries[1].quantity, 5 * MILLI);
    assert_int_equal(op->deliveries[1].status, DELIVERY_LATE);
    operation_free(op);
    folder_free(folder);
}

static void progress_is_read(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    const Fact *facts = op->households[0].facts;
    assert_int_equal(facts[0].status, STATUS_DONE);
    assert_int_equal(facts[0].start, day(2026, 9, 2));
    assert_int_equal(facts[0].start_minute, 18 * 60);
    assert_int_equal(facts[0].finish, DATE_NONE);
    assert_int_equal(facts[0].member, 0);
    assert_int_equal(facts[0].home, NONE);
    assert_int_equal(facts[1].status, STATUS_ANNOUNCED);
    assert_int_equal(facts[1].start_minute, MINUTE_NONE);
    assert_int_equal(facts[1].home, 0);
    assert_int_equal(facts[1].line, 3);
    assert_int_equal(facts[2].status, STATUS_PROPOSED);
    assert_int_equal(facts[2].start, DATE_NONE);
    assert_int_equal(facts[2].member, NONE);
    operation_free(op);
    folder_free(folder);
}

static void only_three_files_are_needed(void **state) {
    (void)state;
    char *folder = folder_new();
    static const char *const optional[] = {"availability.csv", "calendar.csv", "homes.csv",
                                           "progress.csv"};
    for (size_t i = 0; i < G_N_ELEMENTS(optional); i++)
        folder_delete(folder, optional[i]);
    Operation *op = folder_read(folder);
    assert_int_equal(op->n_homes + op->n_calendar + op->n_availability, 0);
    operation_free(op);
    folder_free(folder);
}

/* Everything that French Excel does to a folder at once. */
static void a_french_folder_is_read_like_an_english_one(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_write(folder, "households.csv",
                 "sep=;\r\nM\xe9nage;Nom;Logement;B\xe2timent;Forfait;Pi\xe8"
                 "ces;PMR;Volume;Poids;"
                 "Au plus t\xf4t;\xc9"
                 "ch\xe9"
                 "ance;Nuits max;Relogement;Intervenants;"
                 "T\xe9l\xe9phone;Remarques\r\n"
                 "H001;Mme B\xe9gu\xe9;12;A;full;3;oui;22,5;2;10/09/2026;31/03/2027;40;"
                 "Logement relais;pilot=paul;0321;\"sonner\r\ndeux fois\"\r\n"
                 "H002;M. Carpentier;14;A;full;4;non;30;;;;;personnel;;;\r\n");
    folder_write(folder, "availability.csv",
                 "\xef\xbb\xbf"
                 "Ménage\tJours\tDe\tÀ\tType\n"
                 "H001\tlun-ven\t17h30\t20h30\tPréféré\n"
                 "H001\t20/12/2026..04/01/2027\t\t\tAbsente\n"
                 "H002\tsam\t9h\t12h\tdisponible\n");
    folder_write(folder, "progress.csv",
                 "ménage;tâche;statut;début;fin;intervenant;logement relais\n"
                 "H001;visit;Fait;02/09/2026 18h00;;paul;\n"
                 "H001;move_out;annoncé;12/10/2026 00:00;;;R01\n"
                 "H002;visit;confirmé;17/09/2026 18h30;;anne;\n");
    folder_write(folder, "deliveries.csv",
                 "livraison;article;quantité;date;ménage;fournisseur;statut\n"
                 "L1;kitchen;1;01/10/2026;H001;;promis\nL2;kitchen;4,5;02/11/2026;;;En retard\n"
                 "L3;kitchen;1;01/09/2026;;;livré\n");
    folder_write(folder, "homes.csv",
                 "logement relais;bâtiment;pièces;pmr;du;au\n"
                 "R01;A;4;vrai;01/09/2026;31/07/2027\n");
    folder_write(folder, "calendar.csv",
                 "ressource;du;au;capacité;créneaux;libellé\n"
                 "pilot;02/11/2026;;1;morning;\n");
    folder_write(folder, "resources.csv",
                 "ressource;rôle;libellé;mesure;capacité;jours;créneaux;soirées max;du;au\n"
                 "paul;pilot;Paul;horaire;1;lun-ven;morning,afternoon,sam:morning;2;;\n"
                 "anne;pilot;;agenda;;;;;;\nmov1;movers;;équipe;2,5;;;;;\n"
                 "trucks;trucks;;volume;60;;;;01/09/2026;\nfit1;fitter;;crew;;;;;;\n");
    char *told = folder_faults(folder);
    assert_string_equal(told, "");
    g_free(told);
    Operation *op = folder_read(folder);
    const Household *first = &op->households[0];
    assert_string_equal(first->name, "Mme Bégué");
    assert_string_equal(first->notes, "sonner\ndeux fois");
    assert_string_equal(first->dwelling, "12");
    assert_true(first->accessible);
    assert_int_equal(first->volume, 22500);
    assert_int_equal(first->max_nights_away, 40);
    assert_int_equal(first->line, 3);
    assert_int_equal(op->households[1].relocation, RELOCATION_OWN);
    assert_int_equal(op->households[1].line, 5);
    assert_int_equal(op->availability[0].kind, PREFERRED);
    assert_int_equal(op->availability[1].kind, ABSENT);
    assert_int_equal(op->availability[1].until, day(2027, 1, 4));
    assert_int_equal(op->availability[2].start, 9 * 60);
    assert_int_equal(first->facts[0].status, STATUS_DONE);
    assert_int_equal(first->facts[1].start_minute, MINUTE_NONE);
    assert_int_equal(op->households[1].facts[0].status, STATUS_CONFIRMED);
    assert_int_equal(op->households[1].facts[0].start_minute, 18 * 60 + 30);
    assert_int_equal(op->deliveries[1].quantity, 4500);
    assert_int_equal(op->deliveries[1].status, DELIVERY_LATE);
    assert_int_equal(op->deliveries[2].status, DELIVERY_ARRIVED);
    assert_true(op->homes[0].accessible);
    assert_int_equal(op->calendar[0].slots, 1);
    assert_int_equal(op->calendar[0].role, 0);
    assert_int_equal(op->resources[0].slots[5], 1);
    assert_int_equal(op->resources[2].capacity, 2500);
    assert_int_equal(op->resources[3].from, day(2026, 9, 1));
    operation_free(op);
    folder_free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_read),
        cmocka_unit_test(settings_that_are_not_given_take_the_default),
        cmocka_unit_test(settings_that_are_given_win),
        cmocka_unit_test(the_day_of_the_plan_is_the_callers_then_the_files_then_today),
        cmocka_unit_test(packages_and_tasks_are_read),
        cmocka_unit_test(tasks_are_ordered_after_what_they_wait_for),
        cmocka_unit_test(a_household_may_move_for_good),
        cmocka_unit_test(resources_and_roles_are_read),
        cmocka_unit_test(a_slot_added_for_a_weekday_leaves_the_ordinary_ones),
        cmocka_unit_test(households_are_read),
        cmocka_unit_test(exceptions_windows_homes_and_deliveries_are_read),
        cmocka_unit_test(progress_is_read),
        cmocka_unit_test(only_three_files_are_needed),
        cmocka_unit_test(a_french_folder_is_read_like_an_english_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
