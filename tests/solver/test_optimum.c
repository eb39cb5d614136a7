/* Another solver (CBC) finds the optima of small operations; what we say of them agrees. */
#include "solver/compact.h"
#include "tests/support/random_estate.h"
#include "tests/support/search.h"
#include "tests/support/solution.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Under a sanitizer everything takes longer. */
#ifdef __SANITIZE_ADDRESS__
enum { SAMPLES = 30, MILLISECONDS = 1000 };
#else
enum { SAMPLES = 200, MILLISECONDS = 250 };
#endif

typedef struct Files {
    char *folder, *program, *solution;
} Files;

static bool have_cbc(void) {
    char *path = g_find_program_in_path("cbc");
    g_free(path);
    return path != NULL;
}

/* Starts CBC on the program. */
static GPid start_cbc(const Files *files) {
    char *arguments[] = {"cbc",    files->program, "-ratio",        "0",
                         "-solve", "-solution",    files->solution, NULL};
    GPid process;
    unlink(files->solution);
    assert_true(
        g_spawn_async(NULL, arguments, NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL,
                      NULL, NULL, &process, NULL));
    return process;
}

static void wait_for(GPid process) {
    int status;
    assert_int_equal(waitpid(process, &status, 0), process);
    assert_int_equal(status, 0);
}

/* The search runs while CBC does: there are two processors. Returns whether CBC's solution is a
 * plan, and so its optimum that of the operation. */
static bool compare(const Files *files, uint64_t seed, int *met) {
    Operation *op = random_estate(seed);
    Problem *problem = problem_new(op, NULL);
    char *error = NULL;
    char reason[200] = "";
    double optimum = 0;
    assert_true(compact_write_mps(problem, files->program, &error));
    GPid process = start_cbc(files);
    SolveOptions options = {.gap = 0, .seed = 1, .threads = 1};
    Found found = search(op, NULL, &options, MILLISECONDS);
    wait_for(process);
    Solution *solution = solution_new();
    bool optimal = solution_read_cbc(solution, files->solution, &optimum);
    cost_t own = optimal ? solution_total(problem, solution, reason) : -1;
    /* Its clock times may not fit one after the other; then the optimum is only a bound. */
    bool is_plan = own >= 0 && (double)own < optimum + 1e-3;
    if (!optimal || found.n_wrong > 0 || found.n_plans == 0 ||
        (double)found.total < optimum - 1e-3 || (own >= 0 && (double)own < optimum - 1e-3) ||
        (is_plan && (found.bound > own || (found.bound == found.total && found.total != own)))) {
        fail_msg("seed %d: CBC's optimum %.3f is a plan of %lld (%s); we found %lld, bound %lld %s",
                 (int)seed, optimum, (long long)own, reason, (long long)found.total,
                 (long long)found.bound, found.wrong);
    }
    *met += is_plan && found.total == own;
    solution_free(solution);
    problem_free(problem);
    operation_free(op);
    return is_plan;
}

static void bounds_and_optima_agree_with_another_solver(void **state) {
    (void)state;
    if (!have_cbc()) {
        print_message("cbc is not installed\n");
        skip();
    }
    Files files = {.folder = g_dir_make_tmp("pilote-optimum-XXXXXX", NULL)};
    assert_non_null(files.folder);
    files.program = g_build_filename(files.folder, "program.mps", NULL);
    files.solution = g_build_filename(files.folder, "solution", NULL);
    int n_plans = 0;
    int met = 0;
    for (int seed = 1; seed <= SAMPLES; seed++) {
        n_plans += compare(&files, (uint64_t)seed, &met);
    }
    print_message("%d operations: CBC's optimum is a plan in %d, ours in %d\n", SAMPLES, n_plans,
                  met);
    /* Clock times are relaxed in the program, but seldom does it matter. */
    assert_true(n_plans > SAMPLES * 3 / 4);
    assert_true(met > SAMPLES / 2);
    unlink(files.program);
    unlink(files.solution);
    rmdir(files.folder);
    g_free(files.program);
    g_free(files.solution);
    g_free(files.folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_and_optima_agree_with_another_solver),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
