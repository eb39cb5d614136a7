/* Planning again from a plan: what holds stays, the others come as near as they can. */
#include "scenarios/replan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "solver/verify.h"
#include "tests/support/estate.h"

#include <cmocka.h>

static const ReplanOptions options = {.work = 2000000, .seed = 1};

static Replanned replanned_after(const Estate *estate, const Alteration *alterations, int n) {
    Replanned replanned;
    assert_true(
        replan(estate->op->arena, estate->op, estate->plan, alterations, n, &options, &replanned));
    Verdict *verdict = verify_plan(replanned.op, replanned.previous, replanned.plan, false);
    assert_int_equal(verdict->n_violations, 0);
    assert_int_equal(verdict->total, replanned.plan->total);
    verdict_free(verdict);
    return replanned;
}

static Alteration slip(int64_t days) {
    Alteration alteration = alteration_of(ALTER_DELIVERY_SLIP, 0);
    alteration.number = days;
    return alteration;
}

static void assert_same_dates(const Plan *a, const Plan *b, int h) {
    for (int task = VISIT; task <= BACK; task++)
        assert_int_equal(a->households[h].tasks[task].start, b->households[h].tasks[task].start);
}

static void a_slip_that_harms_nobody_leaves_the_plan_as_it_is(void **state) {
    const Estate *estate = *state;
    Alteration alteration = slip(2);
    Replanned replanned = replanned_after(estate, &alteration, 1);
    assert_int_equal(replanned.n_displaced, 0);
    assert_same_dates(replanned.plan, estate->plan, H1);
    assert_same_dates(replanned.plan, estate->plan, H2);
    assert_int_equal(replanned.plan->total, 227);
}

static void only_who_must_move_is_displaced(void **state) {
    const Estate *estate = *state;
    Alteration alteration = slip(3); /* Thursday: the kitchens are needed on Wednesday and Sunday */
    Replanned replanned = replanned_after(estate, &alteration, 1);
    assert_int_equal(replanned.n_displaced, 1);
    assert_true(replanned.plan->households[H1].planned);
    assert_true(replanned.plan->households[H1].tasks[KITCHEN].start > on("2026-09-24"));
}

static void when_not_all_can_have_it_the_promise_is_kept(void **state) {
    Estate *estate = *state;
    build_fact(estate->op, H2, KITCHEN, STATUS_CONFIRMED, on("2026-09-28"), MINUTE_NONE);
    estate_plan(estate);
    Alteration alteration = alteration_of(ALTER_DELIVERY_QUANTITY, 0);
    alteration.number = MILLI;
    Replanned replanned = replanned_after(estate, &alteration, 1);
    assert_false(replanned.plan->households[H1].planned);
    assert_true(replanned.plan->households[H1].n_reasons > 0);
    assert_int_equal(replanned.plan->households[H2].tasks[KITCHEN].start, on("2026-09-28"));
    assert_int_equal(replanned.plan->parts[PART_BROKEN_PROMISE], 0);
}

static void who_joins_is_planned(void **state) {
    const Estate *estate = *state;
    build_delivery(estate->op, "kitchen", 1, on("2026-10-05"), NONE);
    Household joining = estate->op->households[H1];
    joining.id = "H9";
    Alteration alteration = alteration_of(ALTER_JOINS, NONE);
    alteration.joining = &joining;
    Replanned replanned = replanned_after(estate, &alteration, 1);
    assert_true(replanned.plan->households[2].planned);
}

static void who_leaves_makes_room(void **state) {
    const Estate *estate = *state;
    Alteration alteration = alteration_of(ALTER_LEAVES, H1);
    Replanned replanned = replanned_after(estate, &alteration, 1);
    assert_true(replanned.plan->households[H2].planned);
    assert_int_equal(replanned.plan->households[H1].nights_away, 0);
}

static void the_same_question_has_the_same_answer(void **state) {
    const Estate *estate = *state;
    Alteration alteration = slip(20);
    Replanned first = replanned_after(estate, &alteration, 1);
    Replanned second = replanned_after(estate, &alteration, 1);
    assert_int_equal(first.plan->total, second.plan->total);
    assert_same_dates(first.plan, second.plan, H1);
    assert_same_dates(first.plan, second.plan, H2);
}

static void every_kind_is_planned_again(void **state) {
    const Estate *estate = *state;
    build_evenings(estate->op, PAUL, 2);
    for (AlterationKind kind = ALTER_DELIVERY_SLIP; kind <= ALTER_HORIZON; kind++) {
        Household joining = estate->op->households[H1];
        Home home = {.id = "R3", .building = "", .rooms = 2, .from = DATE_NONE, .until = DATE_NONE};
        Alteration alteration = alteration_of(kind, 0);
        joining.id = "H9";
        alteration.joining = &joining;
        alteration.home = &home;
        alteration.task = VISIT;
        alteration.number = 7;
        alteration.from = on("2026-09-24");
        alteration.until = on("2026-12-31");
        alteration.weekdays[2] = alteration.weekdays[3] = true;
        alteration.slots = 1U << AFTERNOON;
        if (kind == ALTER_HORIZON)
            alteration.from = on("2026-09-14");
        replanned_after(estate, &alteration, 1);
    }
}

#define ESTATE_TEST(test) cmocka_unit_test_setup_teardown(test, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        ESTATE_TEST(a_slip_that_harms_nobody_leaves_the_plan_as_it_is),
        ESTATE_TEST(only_who_must_move_is_displaced),
        ESTATE_TEST(when_not_all_can_have_it_the_promise_is_kept),
        ESTATE_TEST(who_joins_is_planned),
        ESTATE_TEST(who_leaves_makes_room),
        ESTATE_TEST(the_same_question_has_the_same_answer),
        ESTATE_TEST(every_kind_is_planned_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
