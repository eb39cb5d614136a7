/* Which rows differ (differences.h), and each difference undone (revert.h). */
#include "solver/differences.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "solver/revert.h"
#include "tests/support/builder.h"
#include "tests/support/folder.h"

#include <cmocka.h>

/* The default operation after one change of a file, and what it was before. */
typedef struct Edit {
    const char *file, *old, *new;
} Edit;

static Operation *edited(const Edit *edit) {
    char *folder = folder_new();
    if (edit != NULL && edit->old != NULL)
        folder_replace(folder, edit->file, edit->old, edit->new);
    else if (edit != NULL)
        folder_append(folder, edit->file, edit->new);
    Operation *op = folder_read(folder);
    folder_free(folder);
    return op;
}

static void what_planning_does_not_see_is_no_difference(void **state) {
    (void)state;
    static const Edit edits[] = {
        {"households.csv", "Mme Petit", "Mme Grand"},
        {"deliveries.csv", "2026-10-01", "01/10/2026"},
        {"deliveries.csv", "Cuisines du Nord,promised", "Cuisines du Sud,late"},
        {"households.csv", "22.5", "\"22,50\""},
        {"availability.csv", "household,days,from,to,kind\n", "household,days,from,to,kind\n\n"},
        {"operation.json", "Visite technique", "Technical visit"},
    };
    Operation *then = edited(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(edits); i++) {
        Operation *now = edited(&edits[i]);
        Differences *differences = differences_new(then, now);
        if (differences->n != 0)
            fail_msg("'%s' is a difference", edits[i].new);
        differences_free(differences);
        operation_free(now);
    }
    operation_free(then);
}

/* One edit makes one difference (or `n`), in one column (NULL: a row that was added or removed);
 * undone it is gone, and plans keep their indices. */
static void check(const Edit *edit, int n, const char *key, const char *column, bool undone) {
    Operation *then = edited(NULL), *now = edited(edit);
    Differences *differences = differences_new(then, now);
    assert_int_equal(differences->n, n);
    for (int i = 0; i < n; i++) {
        const Difference *difference = &differences->rows[i];
        const InputRow *row = difference->now != NULL ? difference->now : difference->then;
        assert_string_equal(input_files[row->kind], edit->file);
        assert_string_equal(row->key, key);
        bool both = difference->now != NULL && difference->then != NULL;
        assert_int_equal(both, column != NULL);
        for (int c = 0; both && c < row->n_cells; c++)
            assert_int_equal(difference->columns >> c & 1,
                             g_strcmp0(row->cells[c].column, column) == 0);
        Arena *arena = arena_new();
        const Operation *without = operation_without(now, then, difference, arena);
        assert_int_equal(without != NULL, undone);
        if (without != NULL) {
            Differences *left = differences_new(then, without);
            assert_int_equal(left->n, n - 1);
            assert_int_equal(without->n_households, now->n_households);
            assert_int_equal(without->n_resources, now->n_resources);
            assert_int_equal(without->n_homes, now->n_homes);
            differences_free(left);
        }
        arena_free(arena);
    }
    differences_free(differences);
    operation_free(now);
    operation_free(then);
}

static void a_changed_row_is_found_and_undone(void **state) {
    (void)state;
    static const struct {
        Edit edit;
        const char *key, *column;
    } cases[] = {
        {{"deliveries.csv", "2026-11-02", "2026-11-16"}, "L2", "date"},
        {{"deliveries.csv", "kitchen,5", "kitchen,4"}, "L2", "quantity"},
        {{"households.csv", "2026-09-10", "2026-09-17"}, "H001", "earliest"},
        {{"households.csv", "pilot=paul", "pilot=anne"}, "H001", "members"},
        {{"resources.csv", "crew,2", "crew,1"}, "mov1", "capacity"},
        {{"resources.csv", "\"mon-thu,sat\"", "mon-thu"}, "trucks", "days"},
        {{"homes.csv", "2027-07-31", "2027-02-28"}, "R01", "until"},
        {{"progress.csv", "announced,2026-10-12", "announced,2026-10-13"},
         "H001 move_out",
         "start"},
        {{"operation.json", "\"as_of\": \"2026-09-04\"", "\"as_of\": \"2026-09-11\""},
         "as_of",
         "as_of"},
        {{"operation.json", "\"days\": 2", "\"days\": 3"}, "full.kitchen", "days"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i].edit, 1, cases[i].key, cases[i].column, true);
}

static void a_row_without_an_id_is_the_same_or_another(void **state) {
    (void)state;
    check(&(Edit){"availability.csv", "2026-12-20..2027-01-04", "2026-12-20..2027-01-11"}, 2, "",
          NULL, true);
    check(&(Edit){"availability.csv", NULL, "H002,2026-10-12,,,absent\n"}, 1, "", NULL, true);
    check(&(Edit){"availability.csv", "H002,sat,09:00,12:00,available\n", ""}, 1, "", NULL, true);
    check(&(Edit){"calendar.csv", NULL, "movers,2026-11-02,,,strike\n"}, 1, "", NULL, true);
    check(&(Edit){"calendar.csv", "*,2026-12-25,,,Christmas\n", ""}, 1, "", NULL, true);
}

static void rows_come_and_go(void **state) {
    (void)state;
    check(&(Edit){"deliveries.csv", NULL, "L3,kitchen,1,2026-10-05,,,\n"}, 1, "L3", NULL, true);
    check(&(Edit){"deliveries.csv", "L1,kitchen,1,2026-10-01,H001,Cuisines du Nord,promised\n", ""},
          1, "L1", NULL, true);
    check(&(Edit){"progress.csv", NULL, "H002,visit,announced,2026-09-12 09:00,,,\n"}, 1,
          "H002 visit", NULL, true);
    check(&(Edit){"progress.csv", "H001,move_out,announced,2026-10-12,,,R01\n", ""}, 1,
          "H001 move_out", NULL, true);
}

static void what_cannot_be_undone_alone_is_said_to_be_so(void **state) {
    (void)state;
    check(&(Edit){"households.csv", NULL, "H004,M. Roux,occupied,,,,,,\n"}, 1, "H004", NULL, false);
    check(&(Edit){"operation.json", "\"min_days\": 14", "\"min_days\": 15"}, 1, "full.move_out",
          "after", false);
    check(&(Edit){"operation.json", "\"night_away\": 12", "\"night_away\": 13"}, 1, "night_away",
          "weight", false);
}

#define TEST(name) cmocka_unit_test(name)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_planning_does_not_see_is_no_difference),  TEST(a_changed_row_is_found_and_undone),
        TEST(a_row_without_an_id_is_the_same_or_another),   TEST(rows_come_and_go),
        TEST(what_cannot_be_undone_alone_is_said_to_be_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
