/* Households whose own works compete for crews. */
#include "solver/project_bound.h"
#include "solver/search/improve.h"
#include "solver/search/list.h"
#include "solver/search/project.h"
#include "solver/verify.h"
#include "tests/support/builder.h"
#include "tests/support/random_estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

/* ---- Operations -------------------------------------------------------------------------- */

/* A package of random works that need several units of three crews, with random lags, some of them
 * with a maximum or a negative minimum. */
static int random_works(Operation *op, GRand *rand, const char *id, const int *roles, bool maxima) {
    enum { TASKS = 12 };
    static const char *const names[TASKS] = {"a", "b", "c", "d", "e", "f",
                                             "g", "h", "i", "j", "k", "l"};
    int package = build_package(op, id);
    for (int a = 0; a < TASKS; a++) {
        build_works(op, package, names[a], g_rand_int_range(rand, 1, 5), NONE);
        for (int i = 0; i < 3; i++) {
            if (g_rand_int_range(rand, 0, 2) == 0) {
                build_need(op, package, a, roles[i], g_rand_int_range(rand, 1, 4));
            }
        }
        for (int b = MAX(a - 4, 0); b < a; b++) {
            if (g_rand_int_range(rand, 0, 3) == 0) {
                bool maximum = maxima && g_rand_int_range(rand, 0, 3) == 0;
                int least = maxima ? g_rand_int_range(rand, -2, 3) : 1;
                build_lag(op, package, b, a, least,
                          maximum ? least + g_rand_int_range(rand, 8, 16) : NO_LIMIT);
            }
        }
    }
    return package;
}

/* Three households, each with a package of its own, that share three crews of four units. */
static Operation *random_projects(uint32_t seed, bool maxima) {
    static const char *const ids[] = {"P1", "P2", "P3"};
    Operation *op = build_operation();
    GRand *rand = g_rand_new_with_seed(seed);
    int roles[] = {build_daily_crew(op, "masons", 4), build_daily_crew(op, "painters", 4), NONE};
    roles[2] = build_role(op, "fitters", MEASURE_CREW);
    build_resource(op, roles[2], "fitters", 4);
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        random_works(op, rand, ids[i], roles, maxima);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        build_household(op, (int)i, ids[i]);
    }
    g_rand_free(rand);
    return op;
}

/* Works of these days that all need the one crew; no lags. */
static int one_crew_works(Operation *op, int role, const char *id, const int *days, int n) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    int package = build_package(op, id);
    for (int a = 0; a < n; a++) {
        build_works(op, package, names[a], days[a], role);
    }
    return package;
}

/* ---- Help -------------------------------------------------------------------------------- */

static cost_t assert_plan_kept(const State *state) {
    Arena *arena = arena_new();
    Verdict *verdict = verify_plan(state->problem->op, NULL, state_plan(state, arena), false);
    if (verdict->n_violations > 0) {
        fail_msg("%s: %s", verdict->violations[0].constraint, verdict->violations[0].message);
    }
    cost_t total = verdict->total;
    assert_true(total == state->total);
    verdict_free(verdict);
    arena_free(arena);
    return total;
}

/* The first member of each role for every household, but for the fixed ones. */
static int **first_members(const Problem *problem) {
    int **members = g_new0(int *, problem->n_households);
    for (int h = 0; h < problem->n_households; h++) {
        members[h] = g_new0(int, problem->n_roles);
        for (int role = 0; role < problem->n_roles; role++) {
            int fixed = problem->households[h].fixed[role];
            members[h][role] = fixed == NONE ? problem->op->roles[role].members[0] : fixed;
        }
    }
    return members;
}

/* All that is needed to make schedules of some households of an operation. */
typedef struct Bench {
    Problem *problem;
    State *state;
    Usage *facts;
    Schedule *schedule;
    Lister *lister;
    int n, *households;
    int32_t *key;
    bool begun;
} Bench;

/* The first `most` households that have something to plan. */
static Bench bench_new(const Operation *op, int most) {
    Bench bench = {.problem = problem_new(op, NULL), .lister = lister_new()};
    int n_tasks = 0;
    bench.state = state_new(bench.problem);
    bench.facts = usage_new(bench.problem);
    bench.schedule = schedule_new(bench.problem);
    bench.households = g_new0(int, op->n_households);
    int **members = first_members(bench.problem);
    int **own = g_new0(int *, op->n_households);
    for (int h = 0; h < op->n_households && bench.n < most; h++) {
        const ProblemHousehold *household = &bench.problem->households[h];
        if (household->n_free > 0 && !household->impossible) {
            own[bench.n] = members[h];
            bench.households[bench.n++] = h;
            n_tasks += household->n_free;
        }
    }
    bench.key = g_new0(int32_t, n_tasks + 1);
    bench.begun = bench.n > 0 && schedule_begin(bench.schedule, bench.state->usage,
                                                bench.households, bench.n, own);
    for (int h = 0; h < op->n_households; h++) {
        g_free(members[h]);
    }
    g_free(members);
    g_free(own);
    return bench;
}

static void bench_free(Bench *bench) {
    g_free(bench->key);
    g_free(bench->households);
    lister_free(bench->lister);
    schedule_free(bench->schedule);
    usage_free(bench->facts);
    state_free(bench->state);
    problem_free(bench->problem);
}

static bool random_schedule(Bench *bench, GRand *rand) {
    for (int t = 0; t < bench->schedule->n_tasks; t++) {
        bench->key[t] = g_rand_int_range(rand, 0, 1000);
    }
    list_keep_order(bench->schedule, bench->key);
    return list_schedule(bench->lister, bench->schedule, bench->key);
}

/* Plans the schedule's households by it, and takes them out again. */
static void assert_schedule_kept(Bench *bench) {
    cost_t unplanned = 0;
    cost_t before = bench->state->total;
    cost_t cost = schedule_cost(bench->schedule);
    for (int i = 0; i < bench->n; i++) {
        Itinerary *itinerary = schedule_itinerary(bench->schedule, i);
        cost_t bound = project_bound(bench->problem, bench->facts, bench->households[i]);
        assert_true(bound <= itinerary_cost(bench->problem, itinerary));
        g_free(itinerary);
        unplanned += bench->problem->households[bench->households[i]].unplanned_cost;
        assert_true(state_put(bench->state, schedule_itinerary(bench->schedule, i)));
    }
    assert_true(bench->state->total - before + unplanned == cost);
    assert_plan_kept(bench->state);
    for (int i = 0; i < bench->n; i++) {
        g_free(state_take(bench->state, bench->households[i]));
    }
}

/* Random lists of the operation's households, justified; returns how many led to a schedule. */
static int try_lists(const Operation *op, int households, int lists, uint32_t seed) {
    Bench bench = bench_new(op, households);
    GRand *rand = g_rand_new_with_seed(seed);
    int n = 0;
    for (int i = 0; i < lists && bench.begun; i++) {
        if (!random_schedule(&bench, rand)) {
            continue;
        }
        n++;
        assert_schedule_kept(&bench);
        cost_t cost = schedule_cost(bench.schedule);
        for (int pass = 0; pass < 4; pass++) {
            (pass % 2 == 0 ? justify_right : justify_left)(bench.lister, bench.schedule);
            assert_true(schedule_cost(bench.schedule) <= cost);
            cost = schedule_cost(bench.schedule);
        }
        assert_schedule_kept(&bench);
    }
    g_rand_free(rand);
    bench_free(&bench);
    return n;
}

static void improve(State *state, State *best, double work) {
    Seeker *seeker = seeker_new(state->problem);
    improve_construct(state, seeker);
    state_copy(best, state);
    Operators operators = {0};
    Improvement improvement = {
        .work = work, .hot = 4, .cold = 1, .seed = 1, .operators = &operators};
    improve_run(state, best, seeker, &improvement);
    seeker_free(seeker);
}

/* The total of the plan found by the search. */
static cost_t best_total(const Operation *op, double work) {
    Problem *problem = problem_new(op, NULL);
    State *state = state_new(problem);
    State *best = state_new(problem);
    improve(state, best, work);
    cost_t total = assert_plan_kept(best);
    state_free(state);
    state_free(best);
    problem_free(problem);
    return total;
}

/* ---- Tests ------------------------------------------------------------------------------- */

static bool competes(const Operation *op) {
    Problem *problem = problem_new(op, NULL);
    bool result = problem->households[0].competes;
    problem_free(problem);
    return result;
}

static void works_compete_that_no_lag_keeps_apart(void **state) {
    (void)state;
    static const int days[] = {2, 3, 1};
    for (int capacity = 1; capacity <= 3; capacity++) {
        for (int lags = 0; lags <= 2; lags++) {
            Operation *op = build_operation();
            int package =
                one_crew_works(op, build_daily_crew(op, "masons", capacity), "P", days, 3);
            for (int a = 0; a < lags; a++) {
                build_lag(op, package, a, a + 1, 1, NO_LIMIT);
            }
            build_household(op, package, "H");
            if (capacity != 2 || lags != 1) {
                assert_int_equal(competes(op), capacity < 3 && lags < 2);
            }
            operation_free(op);
        }
    }
}

/* Nobody who lives elsewhere is told to be in a temporary home. */
static void leave_homes_out(Operation *op) {
    for (int h = 0; h < op->n_households; h++) {
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            if (op->households[h].relocation == RELOCATION_OWN) {
                op->households[h].facts[a].home = NONE;
            }
        }
    }
}

static void schedules_from_random_lists_keep_every_rule(void **state) {
    (void)state;
    int n = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Operation *op = random_estate(seed);
        leave_homes_out(op);
        n += try_lists(op, 1 + (int)seed % 3, 5, seed);
        operation_free(op);
    }
    assert_true(n >= 60);
}

static void projects_that_share_crews_keep_every_rule(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 8; seed++) {
        Operation *op = random_projects(seed, false);
        assert_int_equal(try_lists(op, 3, 6, seed), 6);
        operation_free(op);
    }
}

static void maximum_lags_are_kept(void **state) {
    (void)state;
    int n = 0;
    for (uint32_t seed = 1; seed <= 12; seed++) {
        Operation *op = random_projects(seed, true);
        n += try_lists(op, 1 + (int)seed % 3, 8, seed);
        operation_free(op);
    }
    assert_true(n >= 48);
}

/* The least last finish of works of one crew, in any order; closed[d] days are not worked. */
static int least_finish(const int *days, const int *release, const bool *closed, int n,
                        unsigned done, int from) {
    int least = done == (1U << n) - 1 ? from - 1 : INT_MAX;
    for (int a = 0; a < n; a++) {
        if ((done & 1U << a) == 0) {
            int d = MAX(from, release[a]);
            for (int left = days[a]; left > 0; d++) {
                left -= !closed[d];
            }
            least = MIN(least, least_finish(days, release, closed, n, done | 1U << a, d));
        }
    }
    return least;
}

/* Works may be shifted past closed days only as a whole when they start on one; see C3. */
static void one_crew_is_used_in_the_best_sequence(void **state) {
    (void)state;
    static const int days[] = {4, 1, 3, 2, 5};
    static const int release[] = {9, 2, 0, 5, 6};
    Operation *op = build_operation();
    bool closed[140] = {false};
    int role = build_daily_crew(op, "masons", 1);
    int package = one_crew_works(op, role, "P", days, 5);
    for (int d = 4; d < 140; d += 9) {
        closed[d] = true;
        build_calendar(op, 0, op->start + d, op->start + d, 0);
    }
    for (int a = 0; a < 5; a++) {
        op->packages[package].tasks[a].notice_days = op->start - op->as_of + release[a];
    }
    build_household(op, package, "H");
    assert_true(competes(op));
    assert_int_equal(best_total(op, 2e6), least_finish(days, release, closed, 5, 0, 0));
    operation_free(op);
}

static void one_crew_serves_households_by_weighted_shortest_time(void **state) {
    (void)state;
    enum { N = 8 };
    static const int days[N] = {5, 1, 4, 2, 3, 6, 2, 4};
    static const int weight[N] = {3, 1, 5, 1, 2, 9, 4, 1};
    static const char *const ids[N] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    Operation *op = build_operation();
    int role = build_daily_crew(op, "masons", 1);
    int order[N];
    for (int i = 0; i < N; i++) {
        one_crew_works(op, role, ids[i], &days[i], 1);
    }
    for (int i = 0; i < N; i++) {
        int h = build_household(op, i, ids[i]);
        op->households[h].weight = weight[i];
        op->households[h].deadline = op->start;
        int j = i;
        /* What a day of delay costs, against the days that it takes. */
        for (; j > 0 && (1 + 20 * weight[i]) * days[order[j - 1]] >
                            (1 + 20 * weight[order[j - 1]]) * days[i];
             j--) {
            order[j] = order[j - 1];
        }
        order[j] = i;
    }
    cost_t least = 0;
    int finish = -1;
    for (int i = 0; i < N; i++) {
        finish += days[order[i]];
        least += (cost_t)finish * (1 + 20 * weight[order[i]]);
    }
    assert_int_equal(best_total(op, 2e7), least);
    operation_free(op);
}

static void the_bound_counts_what_one_crew_has_to_do(void **state) {
    (void)state;
    static const int days[] = {4, 1, 3, 2, 5};
    Operation *op = build_operation();
    int package = one_crew_works(op, build_daily_crew(op, "masons", 2), "P", days, 5);
    build_need(op, package, 0, 0, 1); /* both masons for four days */
    /* Another crew comes for six days, from the fourth day after all that on. */
    build_works(op, package, "f", 6, build_daily_crew(op, "fitters", 1));
    for (int a = 0; a < 5; a++) {
        build_lag(op, package, a, 5, 4, NO_LIMIT);
    }
    build_household(op, package, "H");
    Problem *problem = problem_new(op, NULL);
    assert_true(problem->households[0].competes);
    /* 19 unit days of two masons are ten days; the last of them is day 9. */
    assert_int_equal(project_bound_total(problem), 9 + 4 + 5);
    problem_free(problem);
    assert_int_equal(best_total(op, 1e6), 9 + 4 + 5);
    operation_free(op);
}

static void the_same_seed_gives_the_same_plan(void **state) {
    (void)state;
    Operation *op = random_projects(5, true);
    cost_t first = best_total(op, 3e6);
    assert_true(first < 1000);
    assert_true(best_total(op, 3e6) == first);
    operation_free(op);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_compete_that_no_lag_keeps_apart),
        cmocka_unit_test(schedules_from_random_lists_keep_every_rule),
        cmocka_unit_test(projects_that_share_crews_keep_every_rule),
        cmocka_unit_test(maximum_lags_are_kept),
        cmocka_unit_test(one_crew_is_used_in_the_best_sequence),
        cmocka_unit_test(one_crew_serves_households_by_weighted_shortest_time),
        cmocka_unit_test(the_bound_counts_what_one_crew_has_to_do),
        cmocka_unit_test(the_same_seed_gives_the_same_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
