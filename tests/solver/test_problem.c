/* What facts leave to decide, and what they cost in any case: the search and the verifier agree. */
#include "solver/search/state.h"
#include "solver/verify.h"
#include "tests/support/builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

/* Plans each household at its cheapest, but for `left_out`, and has the plan judged. */
static Plan *plan_all_but(const Operation *op, int left_out) {
    Problem *problem = problem_new(op, NULL);
    State *made = state_new(problem);
    Seeker *seeker = seeker_new(problem);
    Insertion insertion = {.nodes = 20, .cutoff = COST_INFINITE};
    for (int h = 0; h < op->n_households; h++) {
        if (h != left_out && problem->households[h].n_free > 0) {
            assert_true(state_insert(made, seeker, h, &insertion));
        }
    }
    Plan *plan = state_plan(made, op->arena);
    Verdict *verdict = verify_plan(op, NULL, plan, false);
    for (int i = 0; i < verdict->n_violations; i++) {
        print_message("%s\n", verdict->violations[i].message);
    }
    assert_int_equal(verdict->n_violations, 0);
    assert_int_equal(verdict->total, plan->total);
    verdict_free(verdict);
    seeker_free(seeker);
    state_free(made);
    problem_free(problem);
    return plan;
}

/* A visit and works; a pilot who works in the evening too. */
static Operation *evening_operation(void) {
    Operation *op = build_operation();
    int pilot = build_role(op, "pilot", MEASURE_CLOCK);
    int crew = build_role(op, "crew", MEASURE_CREW);
    build_evenings(op, build_resource(op, pilot, "paul", 1), NO_LIMIT);
    build_resource(op, crew, "crew", 1);
    int package = build_package(op, "package");
    build_appointment(op, package, "visit", 60, pilot);
    build_works(op, package, "works", 1, crew);
    build_lag(op, package, 0, 1, 1, NO_LIMIT);
    build_household(op, package, "H1");
    build_household(op, package, "H2");
    return op;
}

static void an_evening_of_facts_is_paid_by_whoever_is_planned(void **state) {
    (void)state;
    static const char *const dates[] = {"2026-09-07", "2026-09-03"}; /* before the horizon too */
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        for (int left_out = NONE; left_out < 2; left_out++) {
            Operation *op = evening_operation();
            op->as_of = on("2026-09-08");
            build_fact(op, 0, 0, STATUS_DONE, on(dates[i]), at("18:00"))->member = 0;
            build_fact(op, 1, 0, STATUS_DONE, on(dates[i]), at("19:30"))->member = 0;
            plan_all_but(op, left_out);
            operation_free(op);
        }
    }
}

static void a_new_appointment_may_share_the_evening_of_an_unplanned_household(void **state) {
    (void)state;
    Operation *op = evening_operation();
    op->as_of = op->start;
    op->packages[0].tasks[0].notice_days = 0;
    op->end = op->start + 2;
    build_fact(op, 0, 0, STATUS_STARTED, op->start, at("18:00"))->member = 0;
    build_availability(op, 1, AVAILABLE, op->start, op->start, at("19:15"), at("20:30"));
    plan_all_but(op, 0);
    plan_all_but(op, NONE);
    operation_free(op);
}

static void what_was_done_before_the_horizon_may_have_been_preferred(void **state) {
    (void)state;
    Operation *op = evening_operation();
    build_availability(op, 0, PREFERRED, on("2026-09-02"), on("2026-09-02"), at("09:00"),
                       at("11:00"));
    build_fact(op, 0, 0, STATUS_DONE, on("2026-09-02"), at("09:30"))->member = 0;
    plan_all_but(op, NONE);
    operation_free(op);
}

static void an_appointment_keeps_its_place_after_each_of_two_facts(void **state) {
    (void)state;
    Operation *op = build_operation();
    int pilot = build_role(op, "pilot", MEASURE_CLOCK);
    build_resource(op, pilot, "paul", 1);
    int package = build_package(op, "package");
    build_appointment(op, package, "one", 60, pilot);
    build_appointment(op, package, "two", 60, pilot);
    build_appointment(op, package, "last", 60, pilot);
    build_lag(op, package, 1, 2, 0, NO_LIMIT);
    build_lag(op, package, 0, 2, 0, NO_LIMIT);
    op->packages[package].tasks[2].notice_days = 0;
    op->as_of = on("2026-09-08");
    int h = build_household(op, package, "H1");
    build_fact(op, h, 0, STATUS_DONE, on("2026-09-07"), at("08:30"));
    build_fact(op, h, 1, STATUS_DONE, on("2026-09-08"), at("09:30"));
    Plan *plan = plan_all_but(op, NONE);
    assert_int_equal(plan->households[h].tasks[2].start, on("2026-09-08"));
    assert_int_equal(plan->households[h].tasks[2].start_minute, at("10:30"));
    operation_free(op);
}

static void volumes_of_several_needs_add_up(void **state) {
    (void)state;
    Operation *op = build_operation();
    int lorry = build_role(op, "lorry", MEASURE_VOLUME);
    build_resource(op, lorry, "van", 30);
    build_resource(op, lorry, "truck", 50);
    int package = build_package(op, "package");
    int move = build_works(op, package, "move", 1, NONE);
    build_volume_need(op, package, move, lorry);
    build_volume_need(op, package, move, lorry);
    int h = build_household(op, package, "H1");
    op->households[h].volume = 20 * MILLI;
    Plan *plan = plan_all_but(op, NONE);
    assert_int_equal(plan->households[h].members[lorry], 1);
    operation_free(op);
}

/* A visit and a move, for good or with a return; one home. */
static Operation *home_operation(bool for_good) {
    Operation *op = build_operation();
    int crew = build_role(op, "crew", MEASURE_CREW);
    build_resource(op, crew, "crew", 9);
    int package = build_package(op, "package");
    build_works(op, package, "out", 1, crew);
    build_works(op, package, "paint", 1, crew);
    build_works(op, package, "last", 1, crew);
    build_lag(op, package, 0, 2, 1, NO_LIMIT);
    build_moves(op, package, 0, for_good ? NONE : 2);
    build_home(op, "R1");
    build_household(op, package, "H1");
    build_household(op, package, "H2");
    op->as_of = on("2026-09-10");
    return op;
}

static void move_in(Operation *op, int h, const char *date) {
    build_fact(op, h, 0, STATUS_DONE, on(date), MINUTE_NONE)->home = 0;
}

static void who_moved_out_for_good_keeps_a_home_that_ends(void **state) {
    (void)state;
    Operation *op = home_operation(true);
    op->homes[0].until = on("2026-10-30");
    move_in(op, 0, "2026-09-07");
    plan_all_but(op, 1);
    operation_free(op);
}

static void who_moved_in_too_early_may_still_return(void **state) {
    (void)state;
    Operation *op = home_operation(false);
    op->homes[0].from = on("2026-09-21");
    move_in(op, 0, "2026-09-09");
    plan_all_but(op, NONE);
    operation_free(op);
}

static void who_moved_in_too_soon_after_a_return_may_still_return(void **state) {
    (void)state;
    Operation *op = home_operation(false);
    move_in(op, 0, "2026-09-07");
    build_fact(op, 0, 2, STATUS_DONE, on("2026-09-09"), MINUTE_NONE);
    move_in(op, 1, "2026-09-10");
    plan_all_but(op, NONE);
    operation_free(op);
}

static void negative_lags_let_nobody_return_before_having_left(void **state) {
    (void)state;
    Operation *op = home_operation(false);
    op->packages[0].tasks[2].lags[0].min_days = -20;
    op->households[1].relocation = RELOCATION_OWN;
    Plan *plan = plan_all_but(op, NONE);
    assert_int_equal(plan->households[1].tasks[2].start, plan->households[1].tasks[0].finish);
    operation_free(op);
}

/* What the table of the first task says of a cell, reckoned from the windows alone. */
static Reception reception_by_windows(const Problem *problem, int h, day_t d, int s, int minutes) {
    enum { ROOM = 8 };
    Reception found = RECEPTION_NONE;
    for (int preferred = 0; preferred < 2; preferred++) {
        Span spans[ROOM];
        int n = reception_spans(problem, h, d, s, preferred, spans, ROOM);
        bool fits = false;
        for (int i = 0; i < n; i++) {
            const Slot *slot = &problem->op->slots[s];
            int grid = problem->op->grid_minutes;
            minute_t from = slot->from + (spans[i].from - slot->from + grid - 1) / grid * grid;
            fits = fits || from + minutes <= spans[i].to;
        }
        if (fits && (preferred || problem->households[h].has_preferred)) {
            found = preferred ? RECEPTION_PREFERRED : RECEPTION_POSSIBLE;
        } else if (fits) {
            found = RECEPTION_PREFERRED;
        }
    }
    return found;
}

static void add_weekly(Operation *op, int h, AvailabilityKind kind, int weekday, const char *from,
                       const char *to) {
    AvailabilityRow *row = build_availability(op, h, kind, DATE_NONE, DATE_NONE, at(from), at(to));
    row->weekdays[weekday] = true;
}

static void each_day_has_the_windows_of_its_weekday_and_of_its_date(void **state) {
    (void)state;
    Operation *op = evening_operation();
    build_household(op, 0, "H3");
    build_household(op, 0, "H4");
    add_weekly(op, 0, AVAILABLE, 1, "09:00", "10:00"); /* Tuesdays, but for an absence */
    add_weekly(op, 0, PREFERRED, 3, "18:00", "19:30");
    build_availability(op, 0, ABSENT, on("2026-10-06"), on("2026-10-08"), at("09:30"), at("19:00"));
    build_availability(op, 0, AVAILABLE, on("2026-09-01"), on("2026-09-09"), at("14:00"),
                       at("15:00")); /* from before the horizon on */
    build_availability(op, 1, ABSENT, on("2027-01-20"), on("2027-03-01"), at("08:00"),
                       at("13:00")); /* to behind its end */
    add_weekly(op, 2, ABSENT, 0, "08:00", "12:00");
    Problem *problem = problem_new(op, NULL);
    int cells[3] = {0, 0, 0};
    for (int h = 0; h < op->n_households; h++) {
        const uint8_t *table = problem->households[h].free[0].reception;
        for (day_t d = 0; d < problem->n_days; d++) {
            for (int s = 0; s < problem->n_slots; s++) {
                Reception told = reception_of(table[d * problem->n_slots + s]);
                assert_int_equal(told, reception_by_windows(problem, h, d, s, 60));
                cells[told]++;
            }
        }
    }
    assert_true(cells[RECEPTION_NONE] > 0 && cells[RECEPTION_POSSIBLE] > 0 &&
                cells[RECEPTION_PREFERRED] > 0);
    problem_free(problem);
    operation_free(op);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_evening_of_facts_is_paid_by_whoever_is_planned),
        cmocka_unit_test(a_new_appointment_may_share_the_evening_of_an_unplanned_household),
        cmocka_unit_test(what_was_done_before_the_horizon_may_have_been_preferred),
        cmocka_unit_test(an_appointment_keeps_its_place_after_each_of_two_facts),
        cmocka_unit_test(volumes_of_several_needs_add_up),
        cmocka_unit_test(who_moved_out_for_good_keeps_a_home_that_ends),
        cmocka_unit_test(who_moved_in_too_early_may_still_return),
        cmocka_unit_test(who_moved_in_too_soon_after_a_return_may_still_return),
        cmocka_unit_test(each_day_has_the_windows_of_its_weekday_and_of_its_date),
        cmocka_unit_test(negative_lags_let_nobody_return_before_having_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
