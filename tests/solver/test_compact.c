/* The compact program, our search and the verifier judge the same small operations. */
#include "solver/compact.h"
#include "solver/search/state.h"
#include "solver/solve.h"
#include "solver/verify.h"
#include "tests/support/builder.h"
#include "tests/support/random_estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- What each says ---------------------------------------------------------------------- */

/* The value of a column of the solution, 0 when there is none of that name. */
static double value_of(glp_prob *prob, const char *format, ...) G_GNUC_PRINTF(2, 3);

static double value_of(glp_prob *prob, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *name = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    int column = glp_find_col(prob, name);
    g_free(name);
    return column == 0 ? 0 : glp_mip_col_val(prob, column);
}

/* The member of a role for a task that the solution dates by column x (0-based). */
static int chosen_member(const Problem *problem, glp_prob *prob, const Itinerary *itinerary, int k,
                         int i, int x, int last_index) {
    int h = itinerary->household;
    const Template *template = free_template(problem, h, k);
    const Role *role = &problem->op->roles[template->needs[i].role];
    int fixed = problem->households[h].fixed[template->needs[i].role];
    for (int m = 0; m < role->n_members; m++) {
        if (value_of(prob, "does_%d_%d", x, role->members[m]) > 0.5) {
            return role->members[m];
        }
    }
    if (fixed != NONE) {
        return fixed;
    }
    if (!template->appointment) {
        return template->combinations[last_index].members[i][0];
    }
    for (int m = 0; m < role->n_members; m++) {
        if (calendar_people(problem->calendar, role->members[m], itinerary->tasks[k].start,
                            itinerary->tasks[k].slot) > 0) {
            return role->members[m];
        }
    }
    return role->members[0];
}

static void read_tasks(const Problem *problem, glp_prob *prob, Itinerary *itinerary) {
    int h = itinerary->household;
    for (int j = 1; j <= glp_get_num_cols(prob); j++) {
        int of, k, start, last;
        if (glp_mip_col_val(prob, j) < 0.5 ||
            sscanf(glp_get_col_name(prob, j), "x_%d_%d_%d_%d", &of, &k, &start, &last) != 4 ||
            of != h) {
            continue;
        }
        const Template *template = free_template(problem, h, k);
        Dated *dated = &itinerary->tasks[k];
        *dated = (Dated){start, start, MINUTE_NONE, last / 2};
        if (!template->appointment) {
            const JointCalendar *joint = &problem->joint[template->combinations[last].calendar];
            *dated = (Dated){start, joint_finish(joint, start, template->days), MINUTE_NONE, 0};
        }
        for (int i = 0; i < template->n_needs; i++) {
            itinerary->members[template->needs[i].role] =
                chosen_member(problem, prob, itinerary, k, i, j - 1, last);
        }
    }
    const ProblemHousehold *household = &problem->households[h];
    for (int c = 0; c < household->n_classes; c++) {
        if (value_of(prob, "home_%d_%d", h, household->classes[c]) > 0.5) {
            itinerary->home_class = household->classes[c];
        }
    }
    for (int c = 0; c < household->n_classes && itinerary->home_class == NONE; c++) {
        if (household->back != NONE ||
            problem->classes[household->classes[c]].until == problem->n_days - 1) {
            itinerary->home_class = household->classes[c];
        }
    }
}

/* The total of the plan that the solution describes, by the verifier; -1 when its appointments
 * cannot all be put one after the other in the households' order, or a rule is broken. */
static cost_t total_of_solution(const Problem *problem, glp_prob *prob, char *violation) {
    State *made = state_new(problem);
    Arena *arena = arena_new();
    bool fits = true;
    for (int h = 0; h < problem->n_households; h++) {
        if (problem->households[h].n_free > 0 && value_of(prob, "unplanned_%d", h) < 0.5) {
            Itinerary *itinerary = itinerary_new(problem, h);
            read_tasks(problem, prob, itinerary);
            if (!state_put(made, itinerary)) {
                fits = false;
                sprintf(violation, "household %d does not fit", h);
            }
        }
    }
    Verdict *verdict = verify_plan(problem->op, NULL, state_plan(made, arena), false);
    cost_t total = fits && verdict->n_violations == 0 ? verdict->total : -1;
    if (verdict->n_violations > 0) {
        g_snprintf(violation, 200, "%s: %s", verdict->violations[0].constraint,
                   verdict->violations[0].message);
    }
    verdict_free(verdict);
    arena_free(arena);
    state_free(made);
    return total;
}

/* The optimum of the compact program; fails the test when it was not found. */
static double compact_optimum(const Operation *op, cost_t *total, char *violation) {
    Problem *problem = problem_new(op, NULL);
    char *error = NULL;
    glp_prob *prob = compact_build(problem, &error);
    assert_non_null(prob);
    glp_create_index(prob);
    glp_iocp options;
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    options.msg_lev = GLP_MSG_OFF;
    options.tm_lim = 60000;
    assert_int_equal(glp_intopt(prob, &options), 0);
    assert_int_equal(glp_mip_status(prob), GLP_OPT);
    double optimum = glp_mip_obj_val(prob);
    *total = total_of_solution(problem, prob, violation);
    glp_delete_prob(prob);
    problem_free(problem);
    return optimum;
}

/* What the search found, in memory that it shares with the test. */
typedef struct Found {
    const Operation *op;
    cost_t total, bound; /* of the best plan, by the verifier */
    int n_plans, n_violations;
    char violation[200];
    bool ended;
} Found;

static void take_plan(void *context, const Plan *plan) {
    Found *found = context;
    Verdict *verdict = verify_plan(found->op, NULL, plan, false);
    found->n_plans++;
    found->total = verdict->total;
    if (verdict->n_violations > 0) {
        found->n_violations += verdict->n_violations;
        g_snprintf(found->violation, sizeof found->violation, "%s: %s",
                   verdict->violations[0].constraint, verdict->violations[0].message);
    }
    verdict_free(verdict);
}

static void take_bound(void *context, cost_t bound) {
    Found *found = context;
    found->bound = MAX(found->bound, bound);
}

static void ignore_log(void *context, const char *text) {
    (void)context;
    (void)text;
}

/* Runs the search for a second at most, in a process of its own. */
static Found search(const Operation *op) {
    Found *found =
        mmap(NULL, sizeof *found, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(found, MAP_FAILED);
    *found = (Found){.op = op, .bound = INT64_MIN};
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        SolveOptions options = {.gap = 0, .seed = 1, .threads = 1};
        SolveEvents events = {
            .context = found, .plan = take_plan, .bound = take_bound, .log = ignore_log};
        alarm(1);
        solve(op, NULL, &options, &events);
        found->ended = true;
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) || WTERMSIG(status) == SIGALRM);
    Found result = *found;
    munmap(found, sizeof *found);
    return result;
}

/* ---- Random operations ------------------------------------------------------------------- */

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
        Found found = search(op);
        assert_int_equal(found.n_violations, 0);
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
