/* Dates that are offered can be given: taken, promised and planned again, they are kept. */
#include "solver/promise.h"
#include "solver/search/freed.h"
#include "solver/search/offers.h"
#include "solver/verify.h"
#include "tests/support/first_plan.h"
#include "tests/support/random_estate.h"
#include "tests/support/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

/* Under a sanitizer everything takes longer. */
#ifdef __SANITIZE_ADDRESS__
enum { SAMPLES = 15, MILLISECONDS = 4000 };
#else
enum { SAMPLES = 40, MILLISECONDS = 2000 };
#endif

static cost_t broken(const Operation *op, const Plan *previous, const Plan *plan) {
    Verdict *verdict = verify_plan(op, previous, plan, false);
    cost_t cost = verdict->parts[PART_BROKEN_PROMISE];
    assert_int_equal(verdict->n_violations, 0);
    verdict_free(verdict);
    return cost;
}

/* The first task of the household that is neither begun nor confirmed, or NONE. */
static int open_task(const Operation *op, int h) {
    for (int a = 0; a < household_package(op, h)->n_tasks; a++)
        if (op->households[h].facts[a].status <= STATUS_ANNOUNCED)
            return a;
    return NONE;
}

/* What an offer says of itself. */
static void check_offer(const Standing *standing, const Wish *wish, const Offer *offer) {
    const PlanTask *task = &offer->plan->households[wish->household].tasks[wish->task];
    assert_int_equal(task->start, offer->start);
    assert_int_equal(task->start_minute, offer->minute);
    assert_int_equal(offer->cost, offer->plan->total - standing->plan->total);
    if (offer->n_moved == 0)
        for (int g = 0; g < standing->op->n_households; g++)
            for (int a = 0; g != wish->household && a < household_package(standing->op, g)->n_tasks;
                 a++)
                assert_int_equal(offer->plan->households[g].tasks[a].start,
                                 standing->plan->households[g].tasks[a].start);
}

/* Household after household takes an offer, the first, the last, the first ...; returns how many
 * took one. */
static int take_offers(const Operation **op, const Plan *plan, Arena *arena) {
    enum { COUNT = 4 };
    int taken = 0;
    for (int h = 0; h < (*op)->n_households; h++) {
        Standing *standing = standing_new(*op, plan);
        Wish wish = {h, open_task(*op, h), COUNT, DATE_NONE, DATE_NONE, false};
        Offer offers[COUNT];
        int n = standing != NULL && wish.task != NONE
                    ? offers_confirmed(standing, &wish, arena, offers)
                    : 0;
        for (int i = 0; i < n; i++)
            check_offer(standing, &wish, &offers[i]);
        if (n > 0) {
            const Offer *offer = &offers[h % 2 == 0 ? 0 : n - 1];
            *op = operation_told(*op, h, wish.task, STATUS_CONFIRMED, offer->start, offer->minute,
                                 arena);
            taken++;
        }
        standing_free(standing);
    }
    return taken;
}

static int count_planned(const Operation *op, const Plan *plan) {
    int n = 0;
    for (int h = 0; h < op->n_households; h++)
        n += plan->households[h].planned;
    return n;
}

static void check_estate(const Operation *op, int *taken) {
    Arena *arena = arena_new();
    const Operation *told = op;
    const Plan *plan = first_plan(op, NULL, arena);
    cost_t before = broken(op, NULL, plan);
    *taken += take_offers(&told, plan, arena);
    SolveOptions options = {.seed = 1, .threads = 1, .rounds = 1};
    Found found = search(told, plan, &options, MILLISECONDS);
    assert_int_equal(found.n_wrong, 0);
    /* A promise may be worth breaking for a household that had no dates at all. */
    if (found.n_planned <= count_planned(op, plan))
        assert_true(found.broken <= before);
    arena_free(arena);
}

static void offers_that_are_taken_are_kept_when_all_is_planned_again(void **state) {
    (void)state;
    int taken = 0;
    for (int seed = 1; seed <= SAMPLES; seed++) {
        Operation *op = random_estate((uint64_t)seed);
        check_estate(op, &taken);
        operation_free(op);
    }
    assert_true(taken > SAMPLES);
}

/* ---- One estate ------------------------------------------------------------------------------ */

static int offer(StandingEstate *f, const Wish *wish, Offer *offers) {
    stand(f);
    return offers_confirmed(f->standing, wish, f->arena, offers);
}

static void offers_say_what_they_cost_and_those_that_move_nobody_go_first(void **state) {
    StandingEstate *f = *state;
    Offer offers[MOST_OFFERS];
    Wish wish = {H1, OUT, 3, DATE_NONE, DATE_NONE, false};
    assert_int_equal(offer(f, &wish, offers), 3);
    assert_true(offers[0].cost <= 0);
    for (int i = 0; i < 3; i++) {
        check_offer(f->standing, &wish, &offers[i]);
        assert_true(i == 0 || offers[i].n_moved > 0 || offers[i - 1].n_moved == 0);
    }
}

static void offers_lie_in_the_days_and_slots_asked_for(void **state) {
    StandingEstate *f = *state;
    Offer offers[MOST_OFFERS];
    build_evenings(f->estate->op, PAUL, 2);
    build_availability(f->estate->op, H1, AVAILABLE, on("2026-09-07"), on("2026-12-31"),
                       MINUTE_NONE, MINUTE_NONE);
    Wish wish = {H1, VISIT, 5, on("2026-09-10"), on("2026-09-11"), true};
    int n = offer(f, &wish, offers);
    assert_int_equal(n, 2);
    for (int i = 0; i < n; i++) {
        assert_true(offers[i].start >= wish.from && offers[i].start <= wish.until);
        assert_true(offers[i].minute >= at("17:30"));
    }
    wish.from = on("2026-09-12");
    wish.until = on("2026-09-13");
    assert_int_equal(offer(f, &wish, offers), 0);
}

static void a_confirmed_date_is_not_offered_again(void **state) {
    StandingEstate *f = *state;
    Offer offers[MOST_OFFERS];
    build_fact(f->estate->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("09:00"));
    estate_plan(f->estate);
    Wish wish = {H1, VISIT, 10, DATE_NONE, DATE_NONE, false};
    int n = offer(f, &wish, offers);
    assert_true(n > 3);
    for (int i = 0; i < n; i++)
        assert_false(offers[i].start == on("2026-09-14") && offers[i].minute == at("09:00"));
}

static void nobody_who_was_told_a_date_gives_way(void **state) {
    StandingEstate *f = *state;
    Offer offers[MOST_OFFERS];
    Operation *op = f->estate->op;
    Wish wish = {H1, OUT, 1, on("2026-09-22"), on("2026-09-22"), false};
    op->households[H1].volume = op->households[H2].volume = 25 * MILLI;
    assert_int_equal(offer(f, &wish, offers), 1);
    assert_int_equal(offers[0].n_moved, 1);
    build_fact(op, H2, OUT, STATUS_ANNOUNCED, on("2026-09-22"), MINUTE_NONE);
    estate_plan(f->estate);
    assert_int_equal(offer(f, &wish, offers), 0);
}

static void who_was_promised_another_date_since_has_it_in_the_standing_plan(void **state) {
    StandingEstate *f = *state;
    build_fact(f->estate->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-15"), at("10:00"));
    stand(f);
    assert_int_equal(f->standing->plan->households[H1].tasks[VISIT].start, on("2026-09-15"));
    assert_int_equal(f->standing->plan->households[H2].tasks[VISIT].start, on("2026-09-14"));
}

/* ---- A date that came free ------------------------------------------------------------------- */

static void who_can_come_sooner_is_called(void **state) {
    StandingEstate *f = *state;
    put_appointment(f->estate->op, f->estate->plan, H2, VISIT, on("2026-09-17"), at("09:00"));
    stand(f);
    FreedSlot slot = {PAUL, on("2026-09-14"), at("09:00")};
    Freed *freed = freed_find(f->standing, &slot, 5);
    assert_int_equal(freed->holder, H1);
    assert_int_equal(freed->holder_task, VISIT);
    assert_true(freed->holder_has_date);
    assert_int_equal(freed->n, 1);
    assert_int_equal(freed->uses[0].household, H2);
    assert_int_equal(freed->uses[0].sooner, 3);
    assert_int_equal(freed->uses[0].plan->households[H2].tasks[VISIT].start_minute, at("09:00"));
    freed_free(freed);
}

static void who_has_a_confirmed_date_is_not_called(void **state) {
    StandingEstate *f = *state;
    build_fact(f->estate->op, H2, VISIT, STATUS_CONFIRMED, on("2026-09-17"), at("09:00"));
    estate_plan(f->estate);
    put_appointment(f->estate->op, f->estate->plan, H2, VISIT, on("2026-09-17"), at("09:00"));
    stand(f);
    FreedSlot slot = {PAUL, on("2026-09-14"), at("09:00")};
    Freed *freed = freed_find(f->standing, &slot, 5);
    assert_int_equal(freed->n, 0);
    freed_free(freed);
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, standing_estate_set_up, standing_estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(offers_say_what_they_cost_and_those_that_move_nobody_go_first),
        TEST(offers_lie_in_the_days_and_slots_asked_for),
        TEST(a_confirmed_date_is_not_offered_again),
        TEST(nobody_who_was_told_a_date_gives_way),
        TEST(who_was_promised_another_date_since_has_it_in_the_standing_plan),
        TEST(who_can_come_sooner_is_called),
        TEST(who_has_a_confirmed_date_is_not_called),
        cmocka_unit_test(offers_that_are_taken_are_kept_when_all_is_planned_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
