/* Another solver (CBC) finds the optima of small operations; what we say of them agrees. */
#include "solver/compact.h"
#include "solver/tree.h"
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

/* A tree that looks for plans of less than `upper`, grown by so much work at most. */
static Tree *grow(const Rows *rows, cost_t upper, double work) {
    Tree *tree = tree_new(rows);
    tree_grow(tree, upper, work, NULL, NULL);
    return tree;
}

/* Branch and price must not lose the optimum: looking for it, its bound stays at or below. Returns
 * whether it proves that nothing is better. */
static bool tree_agrees(const Problem *problem, cost_t optimum, uint64_t seed) {
    const double work = 4e7;
    Rows *rows = rows_new(problem);
    Tree *tree = grow(rows, optimum + 1, work);
    if (tree_bound(tree) > (double)optimum + 1e-2) {
        fail_msg("seed %d: the optimum is %lld, the tree's bound %.3f", (int)seed,
                 (long long)optimum, tree_bound(tree));
    }
    tree_free(tree);
    tree = grow(rows, optimum, work);
    bool proven = !tree_is_open(tree) && tree_bound(tree) > (double)optimum - 1 + 1e-2;
    tree_free(tree);
    rows_free(rows);
    return proven;
}

typedef struct Count {
    int plans;  /* CBC's optimum is a plan */
    int met;    /* and the search finds one as good */
    int proven; /* and branch and price proves it */
} Count;

/* The search runs while CBC does: there are two processors. Where CBC's solution is a plan its
 * optimum is that of the operation. */
static void compare(const Files *files, uint64_t seed, Count *count) {
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
    count->plans += is_plan;
    count->met += is_plan && found.total == own;
    count->proven += is_plan && tree_agrees(problem, own, seed);
    solution_free(solution);
    problem_free(problem);
    operation_free(op);
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
    Count count = {0};
    for (int seed = 1; seed <= SAMPLES; seed++) {
        compare(&files, (uint64_t)seed, &count);
    }
    print_message("%d operations: CBC's optimum is a plan in %d, ours in %d, proven in %d\n",
                  SAMPLES, count.plans, count.met, count.proven);
    /* Clock times are relaxed in the program, but seldom does it matter. */
    assert_true(count.plans > SAMPLES * 3 / 4);
    assert_true(count.met > SAMPLES / 2);
    assert_true(count.proven > SAMPLES * 2 / 5);
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
