/* What changed between two weeks, why, and what to offer for broken promises. */
#include "solver/review.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "solver/search/resume.h"
#include "solver/verify.h"
#include "tests/support/estate.h"

#include <cmocka.h>

/* The estate twice: as it was last week, and now. */
typedef struct Fixture {
    Estate *then, *now;
    Weeks weeks;
    Review *review;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    void *estate;
    estate_set_up(&estate);
    f->then = estate;
    estate_set_up(&estate);
    f->now = estate;
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    review_free(f->review);
    operation_free(f->then->op);
    operation_free(f->now->op);
    g_free(f);
    return 0;
}

/* Last week's plan is the estate's; begins this week's as the same. Call it after the inputs of
 * this week have been changed. */
static void begin_week(Fixture *f) {
    estate_plan(f->then);
    estate_plan(f->now);
    f->now->previous = f->now->plan;
    estate_plan(f->now);
}

static const Review *review(Fixture *f) {
    f->weeks = (Weeks){.then_op = f->then->op,
                       .then = f->then->plan,
                       .op = f->now->op,
                       .previous = f->now->previous,
                       .plan = f->now->plan};
    assert_kept(f->now);
    review_free(f->review);
    f->review = review_new(&f->weeks);
    return f->review;
}

static const Change *change_of(const Review *review, ChangeKind kind, int h, int task) {
    for (int i = 0; i < review->changes.n; i++) {
        const Change *change = &review->changes.rows[i];
        if (change->kind == kind && change->household == h && change->task == task)
            return change;
    }
    fail_msg("there is no change '%s' of household %d, task %d", change_names[kind], h, task);
    return NULL;
}

/* The change has this cause, and (unless NULL) one row of this file behind it. */
static void check_cause(const Change *change, CauseKind kind, const char *file) {
    assert_string_equal(cause_names[change->cause.kind], cause_names[kind]);
    assert_int_equal(change->cause.n, file != NULL);
    if (file == NULL)
        return;
    const Difference *difference = change->cause.differences[0];
    const InputRow *row = difference->now != NULL ? difference->now : difference->then;
    assert_string_equal(input_files[row->kind], file);
}

static void the_same_plan_has_no_changes(void **state) {
    Fixture *f = *state;
    begin_week(f);
    assert_int_equal(review(f)->changes.n, 0);
    assert_int_equal(f->review->n_broken, 0);
}

static void a_late_delivery_forces_the_works_and_what_follows(void **state) {
    Fixture *f = *state;
    f->now->op->deliveries[0].date = on("2026-09-24");
    begin_week(f);
    Plan *plan = f->now->plan;
    put_works(plan, H1, KITCHEN, on("2026-09-25"), on("2026-09-28"));
    put_works(plan, H1, BACK, on("2026-09-30"), on("2026-09-30"));
    put_member(f->now->op, plan, H1, FIT2);
    const Review *of_week = review(f);
    assert_int_equal(of_week->changes.n, 3);
    assert_int_equal(of_week->changes.n_dates, 2);
    check_cause(change_of(of_week, CHANGE_MOVED, H1, KITCHEN), CAUSE_FORCED, "deliveries.csv");
    check_cause(change_of(of_week, CHANGE_MOVED, H1, BACK), CAUSE_FORCED, "deliveries.csv");
    const Change *member = change_of(of_week, CHANGE_MEMBER, H1, NONE);
    assert_string_equal(member->member_then->id, "fit1");
    assert_string_equal(member->member_now->id, "fit2");
    /* The soonest of both dates, and the sooner change first. */
    assert_int_equal(of_week->changes.rows[0].date, on("2026-09-24"));
}

static void a_difference_that_has_nothing_to_do_with_it_is_no_cause(void **state) {
    Fixture *f = *state;
    build_availability(f->now->op, H1, ABSENT, on("2026-09-14"), on("2026-09-14"), MINUTE_NONE,
                       MINUTE_NONE);
    build_availability(f->now->op, H1, ABSENT, on("2026-12-01"), on("2026-12-05"), MINUTE_NONE,
                       MINUTE_NONE);
    build_calendar(f->now->op, PAUL, on("2026-09-18"), on("2026-09-18"), 0);
    begin_week(f);
    put_appointment(f->now->op, f->now->plan, H1, VISIT, on("2026-09-15"), at("09:00"));
    const Change *visit = change_of(review(f), CHANGE_MOVED, H1, VISIT);
    check_cause(visit, CAUSE_FORCED, "availability.csv");
    assert_int_equal(visit->cause.differences[0]->now->cells[2].date, on("2026-09-14"));
}

static void a_household_gives_way_to_another_one(void **state) {
    Fixture *f = *state;
    build_availability(f->now->op, H2, ABSENT, on("2026-09-14"), on("2026-09-14"), at("13:00"),
                       at("18:00"));
    begin_week(f);
    put_appointment(f->now->op, f->now->plan, H2, VISIT, on("2026-09-14"), at("09:00"));
    put_appointment(f->now->op, f->now->plan, H1, VISIT, on("2026-09-14"), at("13:30"));
    const Review *of_week = review(f);
    check_cause(change_of(of_week, CHANGE_MOVED, H2, VISIT), CAUSE_FORCED, "availability.csv");
    const Change *visit = change_of(of_week, CHANGE_MOVED, H1, VISIT);
    check_cause(visit, CAUSE_GIVES_WAY, "availability.csv");
    assert_int_equal(visit->cause.other, H2);
}

static void a_change_without_need_is_an_improvement(void **state) {
    Fixture *f = *state;
    begin_week(f);
    put_appointment(f->now->op, f->now->plan, H1, VISIT, on("2026-09-11"), at("09:00"));
    check_cause(change_of(review(f), CHANGE_MOVED, H1, VISIT), CAUSE_IMPROVEMENT, NULL);
}

static void what_was_not_possible_before_is_told(void **state) {
    Fixture *f = *state;
    f->then->op->deliveries[0].date = on("2026-09-23");
    begin_week(f);
    put_works(f->now->plan, H1, KITCHEN, on("2026-09-22"), on("2026-09-23"));
    put_works(f->now->plan, H1, BACK, on("2026-09-25"), on("2026-09-25"));
    check_cause(change_of(review(f), CHANGE_MOVED, H1, KITCHEN), CAUSE_ENABLED, "deliveries.csv");
}

static void a_promise_that_the_tenant_asked_for_explains_the_move(void **state) {
    Fixture *f = *state;
    build_fact(f->now->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-15"), at("09:00"));
    begin_week(f);
    f->now->previous->households[H1].tasks[VISIT].status = STATUS_PROPOSED;
    put_appointment(f->now->op, f->now->plan, H1, VISIT, on("2026-09-15"), at("09:00"));
    check_cause(change_of(review(f), CHANGE_MOVED, H1, VISIT), CAUSE_EXPLAINED, "progress.csv");
    assert_int_equal(f->review->n_broken, 0);
}

static void a_household_that_came_or_went_is_told(void **state) {
    Fixture *f = *state;
    build_delivery(f->then->op, "kitchen", 1, on("2026-09-21"), NONE);
    f->then->op->deliveries[1].id = "more";
    estate_add_household(f->then, "GONE");
    estate_add_household(f->now, "NEW");
    begin_week(f);
    put_appointment(f->then->op, f->then->plan, 2, VISIT, on("2026-10-05"), at("09:00"));
    f->now->plan->households[2].planned = false;
    const Review *of_week = review(f);
    const Change *gone = &of_week->changes.rows[0];
    assert_int_equal(of_week->changes.n, 1);
    assert_int_equal(gone->kind, CHANGE_WITHDRAWN);
    assert_ptr_equal(gone->op, f->then->op);
    check_cause(gone, CAUSE_FORCED, "households.csv");
}

static void without_last_weeks_inputs_causes_are_not_known(void **state) {
    Fixture *f = *state;
    begin_week(f);
    put_appointment(f->now->op, f->now->plan, H1, VISIT, on("2026-09-11"), at("09:00"));
    review(f);
    review_free(f->review);
    f->weeks.then_op = NULL;
    f->weeks.then = NULL;
    f->review = review_new(&f->weeks);
    check_cause(change_of(f->review, CHANGE_MOVED, H1, VISIT), CAUSE_UNKNOWN, NULL);
}

static void a_broken_promise_has_a_reason_and_other_dates(void **state) {
    Fixture *f = *state;
    build_fact(f->then->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("09:00"));
    build_fact(f->now->op, H1, VISIT, STATUS_CONFIRMED, on("2026-09-14"), at("09:00"));
    build_availability(f->now->op, H1, ABSENT, on("2026-09-14"), on("2026-09-14"), MINUTE_NONE,
                       MINUTE_NONE);
    begin_week(f);
    put_appointment(f->now->op, f->now->plan, H1, VISIT, on("2026-09-15"), at("09:00"));
    const Review *of_week = review(f);
    assert_int_equal(of_week->n_broken, 1);
    const BrokenPromise *promise = &of_week->broken[0];
    assert_non_null(strstr(promise->rule, "absent"));
    assert_int_equal(promise->cause->kind, CAUSE_FORCED);
    assert_true(promise->n_offers >= 3);
    assert_int_equal(promise->offers[0].start, on("2026-09-15"));
    for (int i = 0; i < promise->n_offers; i++) {
        assert_int_not_equal(promise->offers[i].start, on("2026-09-14"));
        for (int j = 0; j < i; j++)
            assert_true(promise->offers[i].start != promise->offers[j].start ||
                        promise->offers[i].minute != promise->offers[j].minute);
    }
}

/* ---- Last week's times come back --------------------------------------------------------------
 */

static void two_that_changed_places_for_nothing_change_back(void **state) {
    Fixture *f = *state;
    begin_week(f);
    Plan *plan = f->now->plan;
    put_appointment(f->now->op, plan, H2, VISIT, on("2026-09-14"), at("09:00"));
    put_appointment(f->now->op, plan, H1, VISIT, on("2026-09-14"), at("13:30"));
    assert_kept(f->now);
    Verdict *verdict = verify_plan(f->now->op, f->now->previous, plan, false);
    plan->total = verdict->total;
    verdict_free(verdict);
    Problem *problem = problem_new(f->now->op, f->now->previous);
    f->now->plan = resume_settled(problem, plan, f->now->op->arena);
    assert_ptr_not_equal(f->now->plan, plan);
    problem_free(problem);
    assert_int_equal(review(f)->changes.n, 0);
}

static void a_change_that_saves_something_stays(void **state) {
    Fixture *f = *state;
    begin_week(f);
    Plan *plan = f->now->plan;
    put_works(plan, H1, BACK, on("2026-09-28"), on("2026-09-28"));
    Verdict *verdict = verify_plan(f->now->op, f->now->previous, plan, false);
    plan->total = verdict->total;
    verdict_free(verdict);
    Problem *problem = problem_new(f->now->op, f->now->previous);
    f->now->plan = resume_settled(problem, plan, f->now->op->arena);
    problem_free(problem);
    assert_int_equal(review(f)->changes.n, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_plan_has_no_changes),
        TEST(a_late_delivery_forces_the_works_and_what_follows),
        TEST(a_difference_that_has_nothing_to_do_with_it_is_no_cause),
        TEST(a_household_gives_way_to_another_one),
        TEST(a_change_without_need_is_an_improvement),
        TEST(what_was_not_possible_before_is_told),
        TEST(a_promise_that_the_tenant_asked_for_explains_the_move),
        TEST(a_household_that_came_or_went_is_told),
        TEST(without_last_weeks_inputs_causes_are_not_known),
        TEST(a_broken_promise_has_a_reason_and_other_dates),
        TEST(two_that_changed_places_for_nothing_change_back),
        TEST(a_change_that_saves_something_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
