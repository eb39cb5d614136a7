/* Numbers between bounds, and what conflicts teach. */
#include "solver/search/logic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MOST = 8 };

static const Claim always = {-1, 0};

/* n numbers from 0 to high of which no two are the same: a yes or no for every pair says which is
 * less. */
static Logic *different_numbers(int n, int high, LogicRule *rule, void *context) {
    int low[MOST + MOST * MOST] = {0};
    int most[MOST + MOST * MOST];
    int count = n;
    for (int v = 0; v < n; v++) {
        most[v] = high;
    }
    for (int pair = 0; pair < n * (n - 1) / 2; pair++) {
        most[count++] = 1;
    }
    Logic *logic = logic_new(count, low, most, rule, context);
    int question = n;
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++, question++) {
            Claim yes = {2 * question, 1};
            Claim no = logic_contrary(yes);
            logic_add_lag(logic, 2 * i, 2 * j, 1, yes);
            logic_add_lag(logic, 2 * j + 1, 2 * i + 1, 1, yes);
            logic_add_lag(logic, 2 * j, 2 * i, 1, no);
            logic_add_lag(logic, 2 * i + 1, 2 * j + 1, 1, no);
        }
    }
    return logic;
}

static void there_is_room_for_as_many_as_there_are_places(void **state) {
    (void)state;
    int wish[MOST + MOST * MOST] = {0};
    for (int n = 2; n <= 6; n++) {
        Logic *logic = different_numbers(n, n - 1, NULL, NULL);
        assert_int_equal(logic_search(logic, n, wish, 1e9), LOGIC_FOUND);
        bool taken[MOST] = {false};
        for (int v = 0; v < n; v++) {
            int value = logic_bounds(logic)[2 * v];
            assert_int_equal(value, -logic_bounds(logic)[2 * v + 1]);
            assert_false(taken[value]);
            taken[value] = true;
        }
        logic_free(logic);
        logic = different_numbers(n, n - 2, NULL, NULL);
        assert_int_equal(logic_search(logic, n, wish, 1e9), LOGIC_NONE);
        assert_int_equal(logic_search(logic, n, wish, 1e9), LOGIC_NONE);
        logic_free(logic);
    }
}

static void the_search_ends_when_it_is_tired_and_can_go_on(void **state) {
    (void)state;
    int wish[MOST + MOST * MOST] = {0};
    Logic *logic = different_numbers(7, 5, NULL, NULL);
    int times = 0;
    LogicEnd end = LOGIC_TIRED;
    for (; end == LOGIC_TIRED && times < 1000000; times++) {
        end = logic_search(logic, 7, wish, 2000);
    }
    assert_int_equal(end, LOGIC_NONE);
    assert_true(times > 1);
    assert_true(logic_work(logic) > 2000);
    logic_free(logic);
}

/* The first two numbers are at least 5 together. */
static bool follow_sum(void *context, Logic *logic) {
    int *calls = context;
    const int *bounds = logic_bounds(logic);
    ++*calls;
    for (int v = 0; v < 2; v++) {
        Claim most = {2 * (1 - v) + 1, bounds[2 * (1 - v) + 1]};
        if (!logic_infer(logic, (Claim){2 * v, 5 + most.value}, &most, 1)) {
            return false;
        }
    }
    return true;
}

static void rules_and_demands_hold(void **state) {
    (void)state;
    int wish[MOST + MOST * MOST] = {0};
    int calls = 0;
    Logic *logic = different_numbers(3, 4, follow_sum, &calls);
    assert_true(logic_demand(logic, (Claim){1, -2}));
    assert_int_equal(logic_search(logic, 3, wish, 1e9), LOGIC_FOUND);
    const int *bounds = logic_bounds(logic);
    assert_true(bounds[0] <= 2);
    assert_true(bounds[0] + bounds[2] >= 5);
    assert_true(calls > 0);
    assert_true(logic_demand(logic, (Claim){3, -3}));
    assert_int_equal(logic_search(logic, 3, wish, 1e9), LOGIC_FOUND);
    assert_int_equal(logic_bounds(logic)[0], 2);
    assert_int_equal(logic_bounds(logic)[2], 3);
    logic_demand(logic, (Claim){1, -1});
    assert_int_equal(logic_search(logic, 3, wish, 1e9), LOGIC_NONE);
    logic_free(logic);
}

static void wishes_are_kept_where_they_can_be(void **state) {
    (void)state;
    int low[] = {0, 0};
    int high[] = {9, 9};
    int wish[] = {7, 4};
    Logic *logic = logic_new(2, low, high, NULL, NULL);
    logic_add_lag(logic, 0, 2, 2, always);
    logic_add_lag(logic, 3, 1, 2, always);
    assert_int_equal(logic_search(logic, 0, wish, 1e9), LOGIC_FOUND);
    assert_int_equal(logic_bounds(logic)[0], 7);
    assert_int_equal(logic_bounds(logic)[2], 9);
    logic_free(logic);
}

static void a_circle_of_lags_is_refuted(void **state) {
    (void)state;
    int low[] = {0, 0};
    int high[] = {50, 50};
    int wish[] = {0, 0};
    Logic *logic = logic_new(2, low, high, NULL, NULL);
    logic_add_lag(logic, 0, 2, 3, always);
    logic_add_lag(logic, 2, 0, -2, always);
    assert_int_equal(logic_search(logic, 2, wish, 1e9), LOGIC_NONE);
    assert_false(logic_demand(logic, (Claim){0, 1}));
    logic_free(logic);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_is_room_for_as_many_as_there_are_places),
        cmocka_unit_test(the_search_ends_when_it_is_tired_and_can_go_on),
        cmocka_unit_test(rules_and_demands_hold),
        cmocka_unit_test(wishes_are_kept_where_they_can_be),
        cmocka_unit_test(a_circle_of_lags_is_refuted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
