#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "solver/pricing_internal.h"

enum {
    SLOTS = 3,
    TASKS = 9,
    FEW_TASKS = 6,
    LAGS = 24,
    FEW_LAGS = 12,
    OPTIONS = 7,
    FEW_OPTIONS = 3
};

/* A small random problem, kept beside the one given to the solver. */
typedef struct Sample {
    int n_tasks, n_lags;
    PricingLag lags[LAGS];
    int n[TASKS];
    int32_t start[TASKS][OPTIONS], finish[TASKS][OPTIONS];
    double cost[TASKS][OPTIONS];
} Sample;

static int below(GRand *rand, int n) {
    return g_rand_int_range(rand, 0, n);
}

static Sample random_sample(GRand *rand, bool several_modes) {
    Sample sample = {.n_tasks = 2 + below(rand, FEW_TASKS - 1)};
    for (int a = 0; a < sample.n_tasks; a++) {
        int32_t position = below(rand, 2 * SLOTS);
        bool appointment = below(rand, 2) == 0;
        sample.n[a] = 1 + below(rand, OPTIONS);
        for (int i = 0; i < sample.n[a]; i++) {
            if (!appointment) {
                position = position / SLOTS * SLOTS;
            }
            int days = appointment ? 0 : 1 + below(rand, several_modes ? 4 : 1);
            sample.start[a][i] = position;
            sample.finish[a][i] =
                appointment ? position : (position / SLOTS + days) * SLOTS + SLOTS - 1;
            sample.cost[a][i] = below(rand, 100) - 30;
            bool stays = several_modes && !appointment && below(rand, 3) == 0;
            position += stays ? 0 : appointment ? 1 + below(rand, 4) : SLOTS * (1 + below(rand, 2));
        }
    }
    for (int b = 1; b < sample.n_tasks; b++) {
        for (int a = 0; a < b && sample.n_lags < FEW_LAGS; a++) {
            if (below(rand, 3) == 0) {
                continue;
            }
            int least = below(rand, 3) - (below(rand, 5) == 0 ? 2 : 0);
            sample.lags[sample.n_lags++] = (PricingLag){
                a, b, least, least + below(rand, 6), below(rand, 3) == 0, below(rand, 2) == 0};
        }
    }
    return sample;
}

/* More tasks with fewer options each, and lags of every kind: several between two tasks, far
 * below 0, without slack, against the order of the day. */
static Sample dense_sample(GRand *rand) {
    Sample sample = {.n_tasks = 4 + below(rand, TASKS - 3)};
    for (int a = 0; a < sample.n_tasks; a++) {
        int32_t position = (a + below(rand, 4)) * SLOTS + below(rand, SLOTS);
        sample.n[a] = 1 + below(rand, FEW_OPTIONS);
        for (int i = 0; i < sample.n[a]; i++) {
            bool appointment = below(rand, 2) == 0;
            bool begun = i > 0 && sample.start[a][i - 1] > position / SLOTS * SLOTS;
            int32_t day = position / SLOTS + (begun && !appointment ? 1 : 0);
            sample.start[a][i] = appointment ? position : day * SLOTS;
            sample.finish[a][i] =
                appointment ? position : (day + below(rand, 3)) * SLOTS + SLOTS - 1;
            sample.cost[a][i] = below(rand, 100) - 30;
            position = (appointment ? position : day * SLOTS) + SLOTS * below(rand, 3) +
                       (appointment ? below(rand, SLOTS) : 0);
        }
    }
    int share = 1 + below(rand, 5);
    for (int b = 1; b < sample.n_tasks; b++) {
        for (int a = 0; a < b && sample.n_lags < LAGS - 1; a++) {
            int times = below(rand, share) == 0 ? 1 + (below(rand, 6) == 0) : 0;
            for (int i = 0; i < times; i++) {
                int least = below(rand, 3) == 0 ? -below(rand, 8) : below(rand, 2);
                sample.lags[sample.n_lags++] = (PricingLag){a,
                                                            b,
                                                            least,
                                                            least + 2 + below(rand, 8),
                                                            below(rand, 4) == 0,
                                                            below(rand, 2) == 0};
            }
        }
    }
    return sample;
}

static bool lag_holds(const Sample *sample, const PricingLag *lag, const int *choice) {
    int32_t finish = sample->finish[lag->from][choice[lag->from]];
    int32_t start = sample->start[lag->to][choice[lag->to]];
    int days = start / SLOTS - finish / SLOTS;
    if (days < lag->min_days || (lag->has_max && days > lag->max_days)) {
        return false;
    }
    return !(lag->in_order && lag->min_days == 0 && days == 0) || start >= finish;
}

static double cost_of(const Sample *sample, const int *choice) {
    double cost = 0;
    for (int l = 0; l < sample->n_lags; l++) {
        if (!lag_holds(sample, &sample->lags[l], choice)) {
            return COST_INFINITE;
        }
    }
    for (int a = 0; a < sample->n_tasks; a++) {
        cost += sample->cost[a][choice[a]];
    }
    return cost;
}

static double by_enumeration(const Sample *sample) {
    int choice[TASKS] = {0};
    double least = COST_INFINITE;
    for (;;) {
        least = MIN(least, cost_of(sample, choice));
        int a = 0;
        while (a < sample->n_tasks && ++choice[a] == sample->n[a]) {
            choice[a++] = 0;
        }
        if (a == sample->n_tasks) {
            return least;
        }
    }
}

static void fill(Pricing *pricing, const Sample *sample, const PairCost *pair) {
    pricing_start(pricing, sample->n_tasks, sample->lags, sample->n_lags, pair);
    for (int a = 0; a < sample->n_tasks; a++) {
        for (int i = 0; i < sample->n[a]; i++) {
            options_add(pricing_options(pricing, a), sample->start[a][i], sample->finish[a][i],
                        sample->cost[a][i], 0, MINUTE_NONE);
        }
    }
}

static void any_graph_is_priced_as_by_enumeration(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(7);
    Pricing *pricing = pricing_new(SLOTS);
    int solvable = 0;
    for (int round = 0; round < 3000; round++) {
        Sample sample = random_sample(rand, false);
        int choice[TASKS];
        bool exact;
        fill(pricing, &sample, NULL);
        double value = pricing_solve(pricing, COST_INFINITE, choice, &exact);
        double expected = by_enumeration(&sample);
        assert_true(exact);
        assert_true(value == expected || (!COST_IS_FINITE(value) && !COST_IS_FINITE(expected)));
        if (COST_IS_FINITE(expected)) {
            assert_true(cost_of(&sample, choice) == expected);
            solvable++;
        }
    }
    assert_true(solvable > 500);
    pricing_free(pricing);
    g_rand_free(rand);
}

/* The minimum cut of the whole problem. */
static double cut(Pricing *pricing, int *choice, bool *exact) {
    for (int a = 0; a < pricing->n_tasks; a++) {
        pricing->bounds[a] = (Bounds){INT32_MIN, INT32_MAX, INT32_MIN, INT32_MAX};
    }
    pricing_plan_reduction(pricing);
    if (!COST_IS_FINITE(pricing_prepare(pricing, COST_INFINITE, COST_INFINITE))) {
        return COST_INFINITE;
    }
    double value = pricing_cut(pricing, choice, exact);
    for (int a = 0; a < pricing->n_tasks; a++) {
        choice[a] = pricing->days[a].option[choice[a]];
    }
    return value;
}

static void the_minimum_cut_agrees_with_enumeration(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(11);
    Pricing *pricing = pricing_new(SLOTS);
    for (int round = 0; round < 2000; round++) {
        Sample sample = random_sample(rand, false);
        int choice[TASKS];
        bool exact = true;
        fill(pricing, &sample, NULL);
        double value = cut(pricing, choice, &exact);
        double expected = by_enumeration(&sample);
        assert_true(exact);
        assert_true(value == expected || (!COST_IS_FINITE(value) && !COST_IS_FINITE(expected)));
        if (COST_IS_FINITE(expected)) {
            assert_true(cost_of(&sample, choice) == expected);
        }
    }
    pricing_free(pricing);
    g_rand_free(rand);
}

static void with_several_ways_to_do_a_task_the_answer_is_exact(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(17);
    Pricing *pricing = pricing_new(SLOTS);
    for (int round = 0; round < 3000; round++) {
        Sample sample = random_sample(rand, true);
        int choice[TASKS];
        bool exact;
        fill(pricing, &sample, NULL);
        double value = pricing_solve(pricing, COST_INFINITE, choice, &exact);
        double expected = by_enumeration(&sample);
        assert_true(exact);
        assert_true(value == expected || (!COST_IS_FINITE(value) && !COST_IS_FINITE(expected)));
    }
    pricing_free(pricing);
    g_rand_free(rand);
}

static void the_minimum_cut_is_exact_or_said_to_be_a_bound(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(13);
    Pricing *pricing = pricing_new(SLOTS);
    int relaxed = 0;
    for (int round = 0; round < 3000; round++) {
        Sample sample = random_sample(rand, true);
        int choice[TASKS];
        bool exact;
        fill(pricing, &sample, NULL);
        exact = true;
        double value = cut(pricing, choice, &exact);
        double expected = by_enumeration(&sample);
        if (exact) {
            assert_true(value == expected || (!COST_IS_FINITE(value) && !COST_IS_FINITE(expected)));
        } else {
            assert_true(value <= expected);
            relaxed++;
        }
    }
    assert_true(relaxed > 10);
    pricing_free(pricing);
    g_rand_free(rand);
}

enum { DAYS = 64 };

/* Nights above three cost seven each; some days of departure have no home for some returns. */
static double night_cost(day_t from, day_t to) {
    if ((from * 7 + to) % 5 == 0) {
        return COST_INFINITE;
    }
    return 7.0 * MAX(to - from - 3, 0);
}

static void night_row(void *context, day_t day, double *extra) {
    (void)context;
    for (day_t to = 0; to < DAYS; to++) {
        extra[to] = night_cost(day, to);
    }
}

static double pair_by_enumeration(const Sample *sample, const PairCost *pair) {
    int choice[TASKS] = {0};
    double least = COST_INFINITE;
    for (;;) {
        double cost = cost_of(sample, choice);
        cost += night_cost(sample->start[pair->from][choice[pair->from]] / SLOTS,
                           sample->start[pair->to][choice[pair->to]] / SLOTS);
        least = MIN(least, cost);
        int a = 0;
        while (a < sample->n_tasks && ++choice[a] == sample->n[a]) {
            choice[a++] = 0;
        }
        if (a == sample->n_tasks) {
            return least;
        }
    }
}

static void a_cost_of_two_starts_together_is_exact(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(19);
    Pricing *pricing = pricing_new(SLOTS);
    for (int round = 0; round < 3000; round++) {
        Sample sample = random_sample(rand, true);
        PairCost pair = {0, sample.n_tasks - 1, DAYS, NULL, night_row};
        int choice[TASKS];
        bool exact;
        pair.from = below(rand, sample.n_tasks - 1);
        fill(pricing, &sample, &pair);
        double value = pricing_solve(pricing, COST_INFINITE, choice, &exact);
        double expected = pair_by_enumeration(&sample, &pair);
        assert_true(exact);
        assert_true(value == expected || (!COST_IS_FINITE(value) && !COST_IS_FINITE(expected)));
    }
    pricing_free(pricing);
    g_rand_free(rand);
}

static void dense_graphs_are_priced_as_by_enumeration(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(23);
    Pricing *pricing = pricing_new(SLOTS);
    int solvable = 0;
    for (int round = 0; round < 2000; round++) {
        Sample sample = dense_sample(rand);
        int last = 1 + below(rand, sample.n_tasks - 1);
        PairCost pair = {below(rand, last), last, DAYS, NULL, night_row};
        bool paired = below(rand, 2) == 0;
        int choice[TASKS];
        bool exact;
        fill(pricing, &sample, paired ? &pair : NULL);
        double expected = paired ? pair_by_enumeration(&sample, &pair) : by_enumeration(&sample);
        /* Somewhere below the optimum, at it or above. */
        double cutoff = COST_IS_FINITE(expected) && below(rand, 3) == 0
                            ? expected + below(rand, 5) - 2
                            : COST_INFINITE;
        double value = pricing_solve(pricing, cutoff, choice, &exact);
        if (!COST_IS_FINITE(expected) || expected >= cutoff) {
            assert_true(!COST_IS_FINITE(value) || (!exact && value <= expected));
            continue;
        }
        assert_true(exact ? value == expected : value <= expected);
        if (exact) {
            double cost = cost_of(&sample, choice);
            cost += paired ? night_cost(sample.start[pair.from][choice[pair.from]] / SLOTS,
                                        sample.start[pair.to][choice[pair.to]] / SLOTS)
                           : 0;
            assert_true(cost == expected);
            solvable++;
        }
    }
    assert_true(solvable > 500);
    pricing_free(pricing);
    g_rand_free(rand);
}

static void options_are_put_in_order_of_start(void **state) {
    (void)state;
    Pricing *pricing = pricing_new(1);
    pricing_start(pricing, 1, NULL, 0, NULL);
    Options *options = pricing_options(pricing, 0);
    options_add(options, 5, 6, 1, 0, MINUTE_NONE);
    options_add(options, 2, 3, 2, 1, MINUTE_NONE);
    options_add(options, 5, 7, 3, 2, MINUTE_NONE);
    options_add(options, 2, 9, 4, 3, MINUTE_NONE);
    options_sort(options);
    const int modes[] = {1, 3, 0, 2};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(options->mode[i], modes[i]);
    }
    pricing_free(pricing);
}

static void a_task_without_options_has_no_itinerary(void **state) {
    (void)state;
    Pricing *pricing = pricing_new(1);
    int choice[2];
    bool exact;
    pricing_start(pricing, 2, NULL, 0, NULL);
    options_add(pricing_options(pricing, 0), 0, 0, 1, 0, MINUTE_NONE);
    assert_false(COST_IS_FINITE(pricing_solve(pricing, COST_INFINITE, choice, &exact)));
    pricing_free(pricing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_graph_is_priced_as_by_enumeration),
        cmocka_unit_test(the_minimum_cut_agrees_with_enumeration),
        cmocka_unit_test(with_several_ways_to_do_a_task_the_answer_is_exact),
        cmocka_unit_test(the_minimum_cut_is_exact_or_said_to_be_a_bound),
        cmocka_unit_test(a_cost_of_two_starts_together_is_exact),
        cmocka_unit_test(dense_graphs_are_priced_as_by_enumeration),
        cmocka_unit_test(options_are_put_in_order_of_start),
        cmocka_unit_test(a_task_without_options_has_no_itinerary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
