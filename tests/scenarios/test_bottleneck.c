/* What holds the operation up is found by its price, and one more of it brings what is said. */
#include "scenarios/bottleneck.h"
#include "tests/support/builder.h"
#include "tests/support/first_plan.h"
#include "tests/support/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

enum { HOUSEHOLDS = 6 };

/* Six kitchens by one busy fitter, each a day after a day of a painter's who has time enough. */
static Operation *busy_fitter(void) {
    Operation *op = build_operation();
    int fitter = build_role(op, "fitter", MEASURE_CREW);
    int painter = build_role(op, "painter", MEASURE_CREW);
    build_resource(op, fitter, "fit", 1);
    build_resource(op, painter, "paint", 20);
    int package = build_package(op, "kitchen");
    int paint = build_works(op, package, "paint", 1, painter);
    int kitchen = build_works(op, package, "kitchen", 5, fitter);
    build_lag(op, package, paint, kitchen, 1, NO_LIMIT);
    static const char *const ids[HOUSEHOLDS] = {"A", "B", "C", "D", "E", "F"};
    for (int h = 0; h < HOUSEHOLDS; h++)
        build_household(op, package, ids[h]);
    return op;
}

static void a_busy_crew_is_the_bottleneck_and_one_more_brings_what_is_said(void **state) {
    (void)state;
    Operation *op = busy_fitter();
    Arena *arena = arena_new();
    Bottlenecks bottlenecks = bottlenecks_find(op, first_plan(op, NULL, op->arena), 3, 0.2, arena);
    SolveOptions options = {.seed = 1, .threads = 1, .rounds = 2};
    Found before = search(op, NULL, &options, 2000);
    assert_int_equal(bottlenecks.n, 1);
    const Bottleneck *row = &bottlenecks.rows[0];
    assert_int_equal(row->kind, BOTTLENECK_CREW);
    assert_string_equal(op->resources[row->subject].id, "fit");
    assert_true(row->worth > 0);
    assert_true(row->tried);
    assert_true(row->gain > 0);
    /* The same in the files, planned from nothing. */
    op->resources[row->subject].capacity += MILLI;
    Found after = search(op, NULL, &options, 2000);
    assert_true(before.total - after.total >= row->gain);
    arena_free(arena);
    operation_free(op);
}

static void where_there_is_enough_of_everything_there_is_no_bottleneck(void **state) {
    (void)state;
    Operation *op = busy_fitter();
    Arena *arena = arena_new();
    op->resources[0].capacity = (milli_t)HOUSEHOLDS * MILLI;
    assert_int_equal(bottlenecks_find(op, first_plan(op, NULL, op->arena), 3, 0.2, arena).n, 0);
    arena_free(arena);
    operation_free(op);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_busy_crew_is_the_bottleneck_and_one_more_brings_what_is_said),
        cmocka_unit_test(where_there_is_enough_of_everything_there_is_no_bottleneck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
