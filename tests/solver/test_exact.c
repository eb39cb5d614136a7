/* Works that compete, planned by what conflicts teach: against all schedules there are. */
#include "solver/search/exact.h"
#include "solver/search/improve.h"
#include "solver/search/project.h"
#include "solver/search/state.h"
#include "solver/verify.h"
#include "tests/support/builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

enum { WORKS = 4, HOUSEHOLDS = 2, MOST_DAYS = 20 };

/* One household of four works or two of three that need units of two crews, with lags of all kinds.
 */
static Operation *random_works(uint32_t seed) {
    static const char *const names[WORKS] = {"a", "b", "c", "d"};
    static const char *const ids[HOUSEHOLDS] = {"P1", "P2"};
    Operation *op = build_operation();
    GRand *rand = g_rand_new_with_seed(seed);
    int n = 1 + (int)(seed % 2);
    int roles[] = {build_daily_crew(op, "masons", 3), build_daily_crew(op, "painters", 3)};
    for (int h = 0; h < n; h++) {
        int package = build_package(op, ids[h]);
        for (int a = 0; a < (n == 1 ? WORKS : WORKS - 1); a++) {
            build_works(op, package, names[a], g_rand_int_range(rand, 1, 4), NONE);
            for (int i = 0; i < 2; i++) {
                if (g_rand_int_range(rand, 0, 3) > 0) {
                    build_need(op, package, a, roles[i], g_rand_int_range(rand, 1, 4));
                }
            }
            for (int b = 0; b < a; b++) {
                if (g_rand_int_range(rand, 0, 3) == 0) {
                    int least = g_rand_int_range(rand, -3, 3);
                    bool maximum = g_rand_int_range(rand, 0, 2) == 0;
                    build_lag(op, package, b, a, least,
                              maximum ? least + g_rand_int_range(rand, 0, 3) : NO_LIMIT);
                }
            }
        }
    }
    for (int h = 0; h < n; h++) {
        build_household(op, h, ids[h]);
    }
    g_rand_free(rand);
    return op;
}

typedef struct Setting {
    Problem *problem;
    State *state;
    Schedule *schedule;
    int households[HOUSEHOLDS];
    bool begun;
} Setting;

static Setting setting_new(const Operation *op) {
    Setting setting = {.problem = problem_new(op, NULL)};
    int first[] = {0, 0};
    int *members[HOUSEHOLDS];
    setting.state = state_new(setting.problem);
    setting.schedule = schedule_new(setting.problem);
    for (int role = 0; role < op->n_roles; role++) {
        first[role] = op->roles[role].members[0];
    }
    for (int h = 0; h < op->n_households; h++) {
        setting.households[h] = h;
        members[h] = first;
    }
    setting.begun = schedule_begin(setting.schedule, setting.state->usage, setting.households,
                                   op->n_households, members);
    return setting;
}

static void setting_free(Setting *setting) {
    schedule_free(setting->schedule);
    state_free(setting->state);
    problem_free(setting->problem);
}

/* The least cost of all schedules in which the works from t on start before MOST_DAYS; those before
 * t are placed. */
static cost_t least_cost(Schedule *schedule, int t, cost_t least) {
    if (t == schedule->n_tasks) {
        return MIN(least, schedule_cost(schedule));
    }
    day_t low;
    day_t high;
    if (schedule_cost(schedule) >= least || !schedule_window(schedule, t, &low, &high)) {
        return least;
    }
    for (day_t d = low; d <= MIN(high, MOST_DAYS); d++) {
        if (schedule_first(schedule, t, d, d) == d) {
            schedule_place(schedule, t, d);
            least = least_cost(schedule, t + 1, least);
            schedule_remove(schedule, t);
        }
    }
    return least;
}

static void assert_verified(Setting *setting, const day_t *start) {
    Arena *arena = arena_new();
    for (int t = 0; t < setting->schedule->n_tasks; t++) {
        schedule_place(setting->schedule, t, start[t]);
    }
    for (int i = 0; i < setting->problem->n_households; i++) {
        assert_true(state_put(setting->state, schedule_itinerary(setting->schedule, i)));
    }
    Verdict *verdict =
        verify_plan(setting->problem->op, NULL, state_plan(setting->state, arena), false);
    assert_int_equal(verdict->n_violations, 0);
    verdict_free(verdict);
    for (int i = 0; i < setting->problem->n_households; i++) {
        g_free(state_take(setting->state, i));
    }
    schedule_clear(setting->schedule);
    arena_free(arena);
}

static void the_best_schedule_is_found_and_proven(void **state) {
    (void)state;
    int n_found = 0;
    int n_none = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Operation *op = random_works(seed);
        Setting setting = setting_new(op);
        day_t start[HOUSEHOLDS * WORKS] = {0};
        if (setting.begun) {
            assert_true(exact_suits(setting.schedule));
            Exact *exact = exact_new(setting.schedule, INT64_MAX / 4, start, NULL);
            LogicEnd end = LOGIC_FOUND;
            for (int times = 0; end == LOGIC_FOUND; times++) {
                end = exact_search(exact, start, 1e9);
                n_found += end == LOGIC_FOUND && times == 0;
                n_none += end == LOGIC_NONE && times == 0;
                if (end == LOGIC_FOUND) {
                    assert_verified(&setting, start);
                }
            }
            assert_int_equal(end, LOGIC_NONE);
            cost_t proven = exact_least(exact);
            assert_true(least_cost(setting.schedule, 0, proven + 1) ==
                        (proven > INT64_MAX / 4 ? proven + 1 : proven));
            exact_free(exact);
        }
        setting_free(&setting);
        operation_free(op);
    }
    assert_true(n_found >= 20);
    assert_true(n_none >= 2);
}

/* Of works that share a crew and are not both loose, the order stays. */
static void works_that_are_not_loose_keep_their_order(void **state) {
    (void)state;
    static const int days[] = {3, 1, 2, 1};
    static const char *const names[] = {"a", "b", "c", "d"};
    const bool loose[] = {false, true, true, false};
    day_t start[] = {4, 7, 8, 0};
    Operation *op = build_operation();
    int role = build_daily_crew(op, "masons", 1);
    int package = build_package(op, "P");
    for (int a = 0; a < 4; a++) {
        build_works(op, package, names[a], days[a], role);
    }
    build_household(op, package, "H");
    Setting setting = setting_new(op);
    Exact *exact = exact_new(setting.schedule, INT64_MAX / 4, start, loose);
    while (exact_search(exact, start, 1e9) == LOGIC_FOUND) {
    }
    assert_int_equal(start[3], 0);
    assert_int_equal(start[0], 1);
    assert_true(start[1] >= 4 && start[2] >= 4);
    exact_free(exact);
    setting_free(&setting);
    operation_free(op);
}

/* The least total of all plans. */
static cost_t least_total(const Operation *op, cost_t unplanned) {
    Setting setting = setting_new(op);
    cost_t least = setting.begun ? least_cost(setting.schedule, 0, unplanned) : unplanned;
    setting_free(&setting);
    return least;
}

/* The walks go on after a proof, with some of the households and with all of them. */
static void what_is_proven_stays_true(void **state) {
    (void)state;
    enum { RUNS = 3 };
    int n_proven = 0;
    for (uint32_t seed = 1; seed <= 41; seed += 2) {
        Operation *op = random_works(seed); /* two households */
        Problem *problem = problem_new(op, NULL);
        State *plan = state_new(problem);
        State *best = state_new(problem);
        Seeker *seeker = seeker_new(problem);
        cost_t least = least_total(op, plan->total);
        Operators operators = {0};
        state_copy(best, plan);
        for (int run = 0; run < RUNS && least < plan->total; run++) {
            Improvement improvement = {.work = 3e7,
                                       .hot = 400,
                                       .cold = 300,
                                       .seed = seed + (uint32_t)run,
                                       .operators = &operators};
            improve_run(plan, best, seeker, &improvement);
            cost_t proven = projects_proven(plan->projects);
            assert_true(proven <= least);
            n_proven += proven == least;
            assert_true(proven == 0 || best->total == least);
        }
        seeker_free(seeker);
        state_free(best);
        state_free(plan);
        problem_free(problem);
        operation_free(op);
    }
    assert_true(n_proven >= 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_schedule_is_found_and_proven),
        cmocka_unit_test(works_that_are_not_loose_keep_their_order),
        cmocka_unit_test(what_is_proven_stays_true),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
