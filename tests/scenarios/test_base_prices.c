/* Prices of an operation, on operations that were altered from it. */
#include "scenarios/base_prices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "scenarios/replan.h"
#include "solver/search/resume.h"
#include "tests/support/estate.h"
#include "tests/support/first_plan.h"
#include "tests/support/random_estate.h"
#include "tests/support/search.h"

#include <cmocka.h>
#include <glib.h>

/* Under a sanitizer everything takes longer. */
#ifdef __SANITIZE_ADDRESS__
enum { SAMPLES = 5, MILLISECONDS = 200 };
#else
enum { SAMPLES = 25, MILLISECONDS = 100 };
#endif

/* ---- Rows to rows ---------------------------------------------------------------------------- */

typedef struct Priced {
    Problem *problem;
    Rows *rows;
    double *multiplier;
} Priced;

static Priced priced(const Operation *op, const Plan *previous) {
    Priced priced = {.problem = problem_new(op, previous)};
    priced.rows = rows_new(priced.problem);
    priced.multiplier = g_new0(double, priced.rows->n + 1);
    return priced;
}

static void priced_free(Priced *priced) {
    g_free(priced->multiplier);
    rows_free(priced->rows);
    problem_free(priced->problem);
}

static void the_same_rows_keep_their_multipliers(void **state) {
    const Estate *estate = *state;
    Priced one = priced(estate->op, estate->plan), other = priced(estate->op, estate->plan);
    for (int i = 0; i < one.rows->n; i++)
        one.multiplier[i] = one.rows->exists[i] ? i + 1 : 0;
    rows_carry(one.rows, one.multiplier, other.rows, other.multiplier);
    for (int i = 0; i < one.rows->n; i++)
        if (one.rows->exists[i])
            assert_float_equal(other.multiplier[i], one.multiplier[i], 0);
    priced_free(&one);
    priced_free(&other);
}

/* Prices at which everything that H1's itinerary in the plan takes costs something else. */
static double price_of_plan(const Priced *priced, const Plan *plan) {
    Itinerary *itinerary = resume_itinerary(priced->problem, plan, H1);
    Column column = {0};
    rows_column(priced->rows, itinerary, &column);
    double price = column_price(&column, priced->multiplier);
    column_clear(&column);
    g_free(itinerary);
    return price;
}

static void other_horizons_and_homes_have_the_prices_of_the_same_days(void **state) {
    const Estate *estate = *state;
    Arena *arena = estate->op->arena;
    Alteration alterations[] = {alteration_of(ALTER_HORIZON, NONE),
                                alteration_of(ALTER_HOME_LOST, R1)};
    alterations[0].from = estate->op->start - 10;
    alterations[0].until = estate->op->end + 3;
    alterations[1].from = alterations[1].until = on("2026-09-15");
    const Operation *op = operation_altered(estate->op, alterations, 2, arena);
    const Plan *plan = altered_plan(op, estate->op, estate->plan, arena);
    Priced base = priced(estate->op, estate->plan), other = priced(op, plan);
    for (int i = 0; i < base.rows->n; i++)
        base.multiplier[i] = base.rows->exists[i] ? 1 + i % 97 : 0;
    rows_carry(base.rows, base.multiplier, other.rows, other.multiplier);
    assert_int_not_equal(base.rows->n, other.rows->n);
    double price = price_of_plan(&base, estate->plan);
    assert_true(price > 100);
    assert_float_equal(price_of_plan(&other, plan), price, 1e-6);
    priced_free(&base);
    priced_free(&other);
}

/* ---- Bounds ---------------------------------------------------------------------------------- */

enum { KINDS = 6 };

static Alteration alteration_number(const Operation *op, int i) {
    static const AlterationKind kinds[KINDS] = {ALTER_DELIVERY_SLIP, ALTER_CLOSED,
                                                ALTER_HOME_LOST,     ALTER_ABSENT,
                                                ALTER_CAPACITY_BY,   ALTER_HORIZON};
    Alteration alteration = alteration_of(kinds[i], 0);
    alteration.number = kinds[i] == ALTER_DELIVERY_SLIP ? 4 : MILLI;
    alteration.from = op->start + 8;
    alteration.until = op->start + 11;
    if (kinds[i] == ALTER_HORIZON) {
        alteration.from = op->start;
        alteration.until = op->end + 7;
    }
    return alteration;
}

static bool has_subject(const Operation *op, int i) {
    return (i != 0 || op->n_deliveries > 0) && (i != 2 || op->n_homes > 0);
}

/* How often the bound was above that without prices, of how many. */
typedef struct Tally {
    int better, all;
} Tally;

static void compare(const Operation *op, const Plan *plan, const BasePrices *prices, int i,
                    Tally *tally) {
    Arena *arena = arena_new();
    ReplanOptions options = {.work = 200000, .seed = 1, .prices = prices};
    Alteration alteration = alteration_number(op, i);
    Replanned replanned;
    assert_true(replan(arena, op, plan, &alteration, 1, &options, &replanned));
    cost_t bound = replanned.plan->bound;
    assert_true(bound <= replanned.plan->total);
    SolveOptions whole = {.seed = 1, .threads = 1};
    Found found = search(replanned.op, replanned.previous, &whole, MILLISECONDS);
    assert_int_equal(found.n_wrong, 0);
    assert_true(bound <= found.total);
    Problem *problem = problem_new(replanned.op, replanned.previous);
    Seeker *seeker = seeker_new(problem);
    Rows *rows = rows_new(problem);
    Workers *workers = workers_new(1);
    Bound *without = bound_new(problem, rows, workers, &seeker);
    bound_raise(without, NULL, NULL);
    tally->better += bound > bound_value(without);
    tally->all++;
    bound_free(without);
    workers_free(workers);
    rows_free(rows);
    seeker_free(seeker);
    problem_free(problem);
    arena_free(arena);
}

static void no_plan_is_better_than_the_bound(void **state) {
    (void)state;
    Tally tally = {0, 0};
    for (uint64_t seed = 1; seed <= SAMPLES; seed++) {
        Operation *op = random_estate(seed);
        Plan *plan = first_plan(op, NULL, op->arena);
        BasePrices *prices = base_prices_new(op, plan, 5, 1 + (int)(seed % 2));
        for (int i = 0; i < KINDS; i++)
            if (has_subject(op, i))
                compare(op, plan, prices, i, &tally);
        base_prices_free(prices);
        operation_free(op);
    }
    assert_true(tally.better > tally.all / 10);
}

#define ESTATE_TEST(test) cmocka_unit_test_setup_teardown(test, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        ESTATE_TEST(the_same_rows_keep_their_multipliers),
        ESTATE_TEST(other_horizons_and_homes_have_the_prices_of_the_same_days),
        cmocka_unit_test(no_plan_is_better_than_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
