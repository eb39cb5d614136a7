/* Suppliers that are late by chance, and what that does to returns. */
#include "scenarios/risk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "tests/support/estate.h"

#include <cmocka.h>

enum { MANY = 4000 };

/* ---- Suppliers ------------------------------------------------------------------------------- */

static void a_lorry_is_late_as_often_and_as_long_as_is_said(void **state) {
    (void)state;
    Supplier supplier = {"Kitchens", 0.75, 12, 5, 0};
    int late = 0;
    double sum = 0, squares = 0;
    for (int i = 0; i < MANY; i++) {
        int days = supplier_slip(&supplier, on("2026-09-21"), 1, i);
        assert_true(days >= 0);
        late += days > 0;
        sum += days;
        squares += (double)days * days;
    }
    double mean = sum / late, variance = squares / late - mean * mean;
    assert_true(late > 0.22 * MANY && late < 0.28 * MANY);
    assert_true(mean > 11.3 && mean < 12.7);
    assert_true(variance > 19 && variance < 32);
}

static void a_slip_depends_on_nothing_but_supplier_date_seed_and_sample(void **state) {
    (void)state;
    Supplier supplier = {"Kitchens", 0, 12, 5, 0}, other = {"Baths", 0, 12, 5, 0};
    int same = supplier_slip(&supplier, on("2026-09-21"), 1, 7), different = 0;
    assert_int_equal(same, supplier_slip(&supplier, on("2026-09-21"), 1, 7));
    for (int i = 0; i < 10; i++) {
        int days = supplier_slip(&supplier, on("2026-09-21"), 1, i);
        different += days != supplier_slip(&other, on("2026-09-21"), 1, i);
        different += days != supplier_slip(&supplier, on("2026-09-22"), 1, i);
        different += days != supplier_slip(&supplier, on("2026-09-21"), 2, i);
        /* Who is late more often is late in the same samples, and in more. */
        Supplier better = supplier;
        better.on_time = 0.5;
        int sometimes = supplier_slip(&better, on("2026-09-21"), 1, i);
        assert_true(sometimes == 0 || sometimes == days);
    }
    assert_true(different > 20);
}

static void who_is_always_on_time_is_never_late(void **state) {
    (void)state;
    Supplier supplier = {"Kitchens", 1, 12, 5, 0}, certain = {"Baths", 0, 10, 0, 0};
    for (int i = 0; i < 100; i++) {
        assert_int_equal(supplier_slip(&supplier, on("2026-09-21"), 1, i), 0);
        assert_int_equal(supplier_slip(&certain, on("2026-09-21"), 1, i), 10);
    }
}

static void a_supplier_is_reckoned_from_the_past(void **state) {
    (void)state;
    static const int delays[] = {0, -2, 0, 10, 14, 0, 0, 0};
    Supplier supplier = supplier_fitted("Kitchens", delays, 8);
    assert_true(supplier.on_time == 0.7);
    assert_true(supplier.mean == 12);
    assert_true(supplier.spread > 2.82 && supplier.spread < 2.83);
    assert_int_equal(supplier.n_history, 8);
    supplier = supplier_fitted("Kitchens", delays, 3);
    assert_true(supplier.on_time == 0.8 && supplier.mean > 0);
}

/* ---- Intervals ------------------------------------------------------------------------------- */

static void an_interval_holds_its_share_and_narrows(void **state) {
    (void)state;
    Interval few = share_of(8, 10), many = share_of(800, 1000), all = share_of(50, 50);
    assert_true(few.low > 0.49 && few.low < 0.50 && few.high > 0.94 && few.high < 0.95);
    assert_true(many.low > 0.77 && many.high < 0.83);
    assert_true(all.value == 1 && all.high > 0.999 && all.low > 0.92 && all.low < 0.93);
}

/* ---- Risk ------------------------------------------------------------------------------------ */

/* The kitchens come from one supplier, something that nobody needs from another. */
static void name_suppliers(Estate *estate) {
    build_delivery(estate->op, "doors", 2, on("2026-09-21"), NONE);
    estate->op->deliveries[0].supplier = "Kitchens";
    estate->op->deliveries[1].supplier = "Doors";
}

static Risk *risk_of(const Estate *estate, const Supplier *suppliers, int samples, int workers) {
    RiskOptions options = {samples, {.effort = 0.01, .seed = 1, .engine = {.workers = workers}}};
    Risk *risk = risk_new(estate->op, estate->plan, suppliers, 2, &options);
    assert_true(risk->complete);
    assert_int_equal(risk->n_failed, 0);
    return risk;
}

static void who_is_needed_does_all_the_harm(void **state) {
    Estate *estate = *state;
    name_suppliers(estate);
    const Supplier suppliers[] = {{"Doors", 0.5, 30, 5, 0}, {"Kitchens", 0.5, 10, 3, 0}};
    Risk *risk = risk_of(estate, suppliers, 60, 2);
    assert_string_equal(risk->suppliers[0].supplier->name, "Kitchens");
    assert_true(risk->suppliers[0].share.value == 1);
    assert_true(risk->suppliers[1].harm == 0);
    assert_true(risk->harm.value > 0 && risk->harm.low <= risk->harm.value);
    assert_int_equal(risk->suppliers[0].n_lorries, 1);
    risk_free(risk);
}

static void a_date_that_is_often_missed_is_not_to_be_promised(void **state) {
    Estate *estate = *state;
    name_suppliers(estate);
    const Supplier suppliers[] = {{"Doors", 1, 0, 0, 0}, {"Kitchens", 0.5, 20, 1, 0}};
    Risk *risk = risk_of(estate, suppliers, 60, 2);
    const HouseholdRisk *household = &risk->households[0];
    assert_int_equal(risk->n_households, 2);
    assert_false(household->promise);
    assert_true(household->confidence.value > 0.3 && household->confidence.value < 0.7);
    assert_true(household->p90 > household->plan);
    assert_true(household->p50 <= household->p80 && household->p80 <= household->p90 &&
                household->p90 <= household->p95);
    assert_true(risk->finish_p95 > risk->finish);
    risk_free(risk);
}

static void when_all_come_in_time_every_date_holds(void **state) {
    Estate *estate = *state;
    name_suppliers(estate);
    const Supplier suppliers[] = {{"Doors", 1, 0, 0, 0}, {"Kitchens", 0, 2, 0, 0}};
    Risk *risk = risk_of(estate, suppliers, 200, 2);
    assert_true(risk->settled);
    assert_int_equal(risk->n_samples, LEAST_SAMPLES);
    assert_true(risk->harm.value == 0);
    for (int h = 0; h < risk->n_households; h++) {
        assert_true(risk->households[h].promise);
        assert_int_equal(risk->households[h].p95, risk->households[h].plan);
    }
    assert_int_equal(risk->finish_p95, risk->finish);
    risk_free(risk);
}

static void the_number_of_workers_changes_nothing(void **state) {
    Estate *estate = *state;
    name_suppliers(estate);
    const Supplier suppliers[] = {{"Doors", 0.5, 5, 1, 0}, {"Kitchens", 0.5, 10, 6, 0}};
    Risk *one = risk_of(estate, suppliers, 40, 1), *three = risk_of(estate, suppliers, 40, 3);
    assert_int_equal(one->n_samples, three->n_samples);
    assert_true(one->harm.value == three->harm.value);
    for (int h = 0; h < 2; h++) {
        assert_int_equal(one->households[h].household, three->households[h].household);
        assert_int_equal(one->households[h].p80, three->households[h].p80);
    }
    risk_free(one);
    risk_free(three);
}

#define ESTATE_TEST(test) cmocka_unit_test_setup_teardown(test, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lorry_is_late_as_often_and_as_long_as_is_said),
        cmocka_unit_test(a_slip_depends_on_nothing_but_supplier_date_seed_and_sample),
        cmocka_unit_test(who_is_always_on_time_is_never_late),
        cmocka_unit_test(a_supplier_is_reckoned_from_the_past),
        cmocka_unit_test(an_interval_holds_its_share_and_narrows),
        ESTATE_TEST(who_is_needed_does_all_the_harm),
        ESTATE_TEST(a_date_that_is_often_missed_is_not_to_be_promised),
        ESTATE_TEST(when_all_come_in_time_every_date_holds),
        ESTATE_TEST(the_number_of_workers_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
