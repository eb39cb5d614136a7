/* The compact program, our search and the verifier judge the same small operations. */
#include "solver/compact.h"
#include "tests/support/random_estate.h"
#include "tests/support/search.h"
#include "tests/support/solution.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

/* The optimum of the compact program; fails the test when it was not found. */
static double compact_optimum(const Operation *op, cost_t *total, char *violation) {
    Problem *problem = problem_new(op, NULL);
    char *error = NULL;
    glp_prob *prob = compact_build(problem, &error);
    assert_non_null(prob);
    glp_iocp options;
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    options.msg_lev = GLP_MSG_OFF;
    options.tm_lim = 60000;
    assert_int_equal(glp_intopt(prob, &options), 0);
    assert_int_equal(glp_mip_status(prob), GLP_OPT);
    double optimum = glp_mip_obj_val(prob);
    Solution *solution = solution_new();
    for (int j = 1; j <= glp_get_num_cols(prob); j++) {
        solution_set(solution, j - 1, glp_get_col_name(prob, j), glp_mip_col_val(prob, j));
    }
    *total = solution_total(problem, solution, violation);
    solution_free(solution);
    glp_delete_prob(prob);
    problem_free(problem);
    return optimum;
}

static void no_plan_costs_less_than_the_program(void **state) {
    (void)state;
    enum { SAMPLES = 12 };
    int met = 0;
    for (int seed = 1; seed <= SAMPLES; seed++) {
        Operation *op = random_estate((uint64_t)seed);
        cost_t own;
        char violation[200] = "";
        double optimum = compact_optimum(op, &own, violation);
        /* What the program describes is a plan, with the same total. */
        assert_string_equal(violation, "");
        assert_float_equal((double)own, optimum, 1e-3);
        SolveOptions options = {.gap = 0, .seed = 1, .threads = 1};
        Found found = search(op, NULL, &options, 1000);
        assert_string_equal(found.wrong, "");
        assert_true(found.n_plans > 0);
        assert_true((double)found.total > optimum - 1e-3);
        assert_true((double)found.bound < optimum + 1e-3);
        met += (double)found.total < optimum + 1e-3;
        operation_free(op);
    }
    /* A second is little for the search, but it is not to miss the optimum often. */
    assert_true(met >= SAMPLES / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_plan_costs_less_than_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
