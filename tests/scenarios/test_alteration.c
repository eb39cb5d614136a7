/* Each kind of alteration, and the plan carried over. */
#include "scenarios/alteration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "solver/calendar.h"
#include "solver/verify.h"
#include "tests/support/estate.h"

#include <cmocka.h>

/* The estate's operation after one alteration. */
static Operation *after(const Estate *estate, Alteration alteration) {
    return operation_altered(estate->op, &alteration, 1, estate->op->arena);
}

static Alteration for_period(AlterationKind kind, int subject, const char *from,
                             const char *until) {
    Alteration alteration = alteration_of(kind, subject);
    alteration.from = on(from);
    alteration.until = on(until);
    return alteration;
}

static Alteration by_number(AlterationKind kind, int subject, int64_t number) {
    Alteration alteration = alteration_of(kind, subject);
    alteration.number = number;
    return alteration;
}

/* What a crew has on a day. */
static milli_t capacity_on(const Operation *op, int r, const char *date) {
    Calendar *calendar = calendar_new(op->arena, op);
    return calendar->capacity[r * calendar->n_days + on(date) - op->start];
}

static int people_on(const Operation *op, int r, const char *date, int slot) {
    return calendar_people(calendar_new(op->arena, op), r, on(date) - op->start, slot);
}

/* How many rules the estate's plan, carried over, breaks. */
static int count_violations(const Estate *estate, const Operation *op) {
    Plan *plan = altered_plan(op, estate->op, estate->plan, op->arena);
    Verdict *verdict = verify_plan(op, plan, plan, false);
    int n = verdict->n_violations;
    verdict_free(verdict);
    return n;
}

static void a_delivery_slips_by_days_or_to_a_date(void **state) {
    const Estate *estate = *state;
    Operation *op = after(estate, by_number(ALTER_DELIVERY_SLIP, 0, 2));
    assert_int_equal(op->deliveries[0].date, on("2026-09-23"));
    assert_int_equal(count_violations(estate, op), 0);
    assert_int_equal(estate->op->deliveries[0].date, on("2026-09-21"));
    op = after(estate, by_number(ALTER_DELIVERY_SLIP, 0, 3));
    assert_int_not_equal(count_violations(estate, op), 0);
    Alteration alteration = alteration_of(ALTER_DELIVERY_DATE, 0);
    alteration.from = on("2026-11-02");
    assert_int_equal(after(estate, alteration)->deliveries[0].date, on("2026-11-02"));
}

static void a_delivery_arrives_short_or_never(void **state) {
    const Estate *estate = *state;
    Operation *op = after(estate, by_number(ALTER_DELIVERY_QUANTITY, 0, MILLI));
    assert_int_equal(op->deliveries[0].quantity, MILLI);
    assert_int_not_equal(count_violations(estate, op), 0);
    op = after(estate, by_number(ALTER_DELIVERY_QUANTITY, 0, 0));
    assert_int_equal(op->n_deliveries, 1);
    assert_int_not_equal(count_violations(estate, op), 0);
}

static void a_crew_is_larger_for_a_period_and_rests_as_before(void **state) {
    const Estate *estate = *state;
    Alteration alteration = for_period(ALTER_CAPACITY, FIT1, "2026-09-18", "2026-09-22");
    alteration.number = 3 * MILLI;
    Operation *op = after(estate, alteration);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-17"), MILLI);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-18"), 3 * MILLI);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-19"), 0);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-22"), 3 * MILLI);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-23"), MILLI);
    assert_int_equal(capacity_on(op, FIT2, "2026-09-22"), MILLI);
    assert_int_equal(op->n_calendar, 2);
}

static void a_crew_is_larger_by_so_many(void **state) {
    const Estate *estate = *state;
    Operation *op = after(estate, by_number(ALTER_CAPACITY_BY, FIT1, MILLI));
    assert_int_equal(capacity_on(op, FIT1, "2026-09-18"), 2 * MILLI);
    Alteration alteration = for_period(ALTER_CAPACITY_BY, FIT1, "2026-09-18", "2026-09-18");
    alteration.number = -MILLI;
    op = after(estate, alteration);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-18"), 0);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-21"), MILLI);
}

static void a_member_is_closed(void **state) {
    const Estate *estate = *state;
    Operation *op = after(estate, for_period(ALTER_CLOSED, FIT1, "2026-09-24", "2026-09-24"));
    assert_int_equal(capacity_on(op, FIT1, "2026-09-24"), 0);
    assert_int_not_equal(count_violations(estate, op), 0);
    op = after(estate, alteration_of(ALTER_CLOSED, PAUL));
    assert_int_equal(people_on(op, PAUL, "2026-09-24", MORNING), 0);
}

static void a_member_works_other_weekdays(void **state) {
    const Estate *estate = *state;
    build_calendar(estate->op, FIT1, on("2026-09-19"), on("2026-09-19"), 0);
    Alteration alteration = for_period(ALTER_WEEKDAYS, FIT1, "2026-09-14", "2026-09-27");
    alteration.weekdays[5] = true;
    Operation *op = after(estate, alteration);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-18"), 0);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-19"), 0); /* shut for another reason */
    assert_int_equal(capacity_on(op, FIT1, "2026-09-26"), MILLI);
    assert_int_equal(capacity_on(op, FIT1, "2026-09-28"), MILLI);
    alteration = alteration_of(ALTER_WEEKDAYS, PAUL);
    alteration.weekdays[5] = true;
    op = after(estate, alteration);
    assert_int_equal(people_on(op, PAUL, "2026-10-03", MORNING), 1);
    assert_int_equal(people_on(op, PAUL, "2026-10-05", MORNING), 0);
}

static void a_pilot_works_other_slots(void **state) {
    const Estate *estate = *state;
    Alteration alteration = for_period(ALTER_SLOTS, PAUL, "2026-09-15", "2026-09-16");
    alteration.slots = 1U << EVENING;
    Operation *op = after(estate, alteration);
    assert_int_equal(people_on(op, PAUL, "2026-09-14", MORNING), 1);
    assert_int_equal(people_on(op, PAUL, "2026-09-15", MORNING), 0);
    assert_int_equal(people_on(op, PAUL, "2026-09-15", EVENING), 1);
    assert_int_equal(people_on(op, PAUL, "2026-09-17", EVENING), 0);
    alteration.from = alteration.until = DATE_NONE;
    op = after(estate, alteration);
    assert_int_equal(people_on(op, PAUL, "2026-10-15", EVENING), 1);
    assert_int_equal(people_on(op, PAUL, "2026-10-15", MORNING), 0);
    assert_int_equal(people_on(op, PAUL, "2026-10-17", EVENING), 0);
}

static void a_pilot_has_other_evenings(void **state) {
    const Estate *estate = *state;
    build_evenings(estate->op, PAUL, 2);
    Operation *op = after(estate, by_number(ALTER_EVENINGS, PAUL, 1));
    assert_int_equal(op->resources[PAUL].max_late_per_week, 1);
    op = after(estate, by_number(ALTER_EVENINGS_BY, PAUL, 1));
    assert_int_equal(op->resources[PAUL].max_late_per_week, 3);
    op = after(estate, by_number(ALTER_EVENINGS_BY, PAUL, -3));
    assert_int_equal(op->resources[PAUL].max_late_per_week, 0);
    op = after(estate, by_number(ALTER_EVENINGS_BY, ANNA, 1));
    assert_int_equal(op->resources[ANNA].max_late_per_week, NO_LIMIT);
}

static void a_household_is_absent(void **state) {
    const Estate *estate = *state;
    Operation *op = after(estate, for_period(ALTER_ABSENT, H1, "2026-09-21", "2026-09-21"));
    assert_int_not_equal(count_violations(estate, op), 0);
    op = after(estate, for_period(ALTER_ABSENT, H2, "2026-09-21", "2026-09-21"));
    assert_int_equal(count_violations(estate, op), 0);
}

static void who_leaves_keeps_what_was_done_and_frees_his_home(void **state) {
    Estate *estate = *state;
    build_fact(estate->op, H1, VISIT, STATUS_DONE, on("2026-09-02"), at("09:00"));
    build_fact(estate->op, H1, OUT, STATUS_DONE, on("2026-09-03"), MINUTE_NONE)->home = R1;
    estate_plan(estate);
    Operation *op = after(estate, alteration_of(ALTER_LEAVES, H1));
    Plan *plan = altered_plan(op, estate->op, estate->plan, op->arena);
    assert_int_equal(op->n_households, 2);
    assert_int_equal(household_package(op, H1)->n_tasks, 2);
    assert_int_equal(plan->households[H1].tasks[1].start, on("2026-09-03"));
    assert_int_equal(plan->households[H1].home, NONE);
    plan->households[H2].home = R1;
    Verdict *verdict = verify_plan(op, NULL, plan, false);
    assert_int_equal(verdict->n_violations, 0);
    assert_int_equal(verdict->nights_away[H1], 0);
    verdict_free(verdict);
}

static void who_leaves_before_anything_was_done_has_no_tasks(void **state) {
    const Estate *estate = *state;
    Operation *op = after(estate, alteration_of(ALTER_LEAVES, H2));
    assert_int_equal(household_package(op, H2)->n_tasks, 0);
    assert_int_equal(household_package(estate->op, H2)->n_tasks, 4);
    assert_int_equal(count_violations(estate, op), 0);
}

static void who_joins_comes_behind_the_others_with_the_hours_of_another(void **state) {
    const Estate *estate = *state;
    build_availability(estate->op, H1, ABSENT, on("2026-10-01"), on("2026-10-02"), MINUTE_NONE,
                       MINUTE_NONE);
    Household joining = estate->op->households[H1];
    joining.id = "H9";
    Alteration alteration = alteration_of(ALTER_JOINS, H1);
    alteration.joining = &joining;
    Operation *op = after(estate, alteration);
    assert_int_equal(op->n_households, 3);
    assert_int_equal(op->n_availability, 2);
    assert_int_equal(op->availability[1].household, 2);
    assert_int_equal(op->households[2].facts[VISIT].status, STATUS_PROPOSED);
    Plan *plan = altered_plan(op, estate->op, estate->plan, op->arena);
    assert_false(plan->households[2].planned);
    assert_true(plan->households[H2].planned);
    assert_int_equal(count_violations(estate, op), 0);
}

static void limits_of_a_household_change(void **state) {
    const Estate *estate = *state;
    Alteration alteration = alteration_of(ALTER_DEADLINE, H1);
    alteration.from = on("2026-09-20");
    assert_int_equal(after(estate, alteration)->households[H1].deadline, on("2026-09-20"));
    Operation *op = after(estate, by_number(ALTER_MAX_NIGHTS, H2, 5));
    assert_int_equal(op->households[H2].max_nights_away, 5);
    assert_int_equal(op->households[H1].max_nights_away, NO_LIMIT);
}

static void a_home_is_lost_or_won(void **state) {
    const Estate *estate = *state;
    Alteration alteration = alteration_of(ALTER_HOME_LOST, R2);
    alteration.from = on("2026-10-01");
    Operation *op = after(estate, alteration);
    assert_int_equal(op->homes[R2].until, on("2026-09-30"));
    assert_int_not_equal(count_violations(estate, op), 0);
    Home home = {.id = "R3", .building = "", .rooms = 2, .from = DATE_NONE, .until = DATE_NONE};
    alteration = alteration_of(ALTER_HOME_WON, NONE);
    alteration.home = &home;
    op = after(estate, alteration);
    assert_int_equal(op->n_homes, 3);
    assert_string_equal(op->homes[2].id, "R3");
    assert_int_equal(count_violations(estate, op), 0);
}

/* R1 is lived in from the 21st to the 29th of September, R2 from the 22nd to 2 October. */
static void a_home_that_is_lost_for_a_while_serves_before_and_after(void **state) {
    const Estate *estate = *state;
    Alteration alteration = alteration_of(ALTER_HOME_LOST, R1);
    alteration.from = on("2026-09-07");
    alteration.until = on("2026-09-20");
    Operation *op = after(estate, alteration);
    assert_int_equal(op->n_homes, 3);
    assert_string_equal(op->homes[2].id, "R1");
    assert_int_equal(op->homes[R1].until, on("2026-09-06"));
    assert_int_equal(op->homes[2].from, on("2026-09-21"));
    const Plan *plan = altered_plan(op, estate->op, estate->plan, op->arena);
    assert_int_equal(plan->households[H1].home, 2);
    assert_int_equal(plan->households[H2].home, R2);
    assert_int_equal(count_violations(estate, op), 0);
    alteration.until = on("2026-09-21");
    assert_int_not_equal(count_violations(estate, after(estate, alteration)), 0);
    alteration.from = on("2026-09-30");
    alteration.until = on("2026-10-10");
    op = after(estate, alteration);
    assert_int_equal(altered_plan(op, estate->op, estate->plan, op->arena)->households[H1].home,
                     R1);
    assert_int_equal(count_violations(estate, op), 0);
    alteration.from = on("2026-09-29");
    assert_int_not_equal(count_violations(estate, after(estate, alteration)), 0);
}

static void a_home_lost_for_a_day_still_gets_its_turnaround(void **state) {
    const Estate *estate = *state;
    estate->op->turnaround_days = 3;
    Alteration alteration = alteration_of(ALTER_HOME_LOST, R1);
    alteration.from = alteration.until = on("2026-09-15");
    assert_int_equal(after(estate, alteration)->homes[2].from, on("2026-09-18"));
}

static void a_home_may_be_lost_twice(void **state) {
    const Estate *estate = *state;
    Alteration lost[] = {alteration_of(ALTER_HOME_LOST, R1), alteration_of(ALTER_HOME_LOST, R1)};
    lost[0].from = lost[0].until = on("2026-09-10");
    lost[1].from = on("2026-10-05");
    lost[1].until = on("2026-10-09");
    Operation *op = operation_altered(estate->op, lost, 2, estate->op->arena);
    assert_int_equal(op->n_homes, 4);
    assert_int_equal(op->homes[R1].until, on("2026-09-09"));
    assert_int_equal(op->homes[2].until, on("2026-10-04"));
    assert_int_equal(op->homes[3].from, on("2026-10-10"));
    assert_int_equal(op->homes[3].until, DATE_NONE);
    assert_int_equal(count_violations(estate, op), 0);
}

static void who_lives_in_a_home_that_was_lost_before_stays_in_it(void **state) {
    Estate *estate = *state;
    build_fact(estate->op, H1, OUT, STATUS_DONE, on("2026-09-03"), MINUTE_NONE)->home = R1;
    estate_plan(estate);
    Alteration alteration = alteration_of(ALTER_HOME_LOST, R1);
    alteration.from = on("2026-08-01");
    alteration.until = on("2026-08-20");
    Operation *op = after(estate, alteration);
    assert_int_equal(op->households[H1].facts[OUT].home, 2);
    assert_int_equal(estate->op->households[H1].facts[OUT].home, R1);
    assert_int_equal(altered_plan(op, estate->op, estate->plan, op->arena)->households[H1].home, 2);
}

static void a_task_takes_longer_for_all_or_for_one(void **state) {
    const Estate *estate = *state;
    Alteration alteration = by_number(ALTER_DURATION, 0, 3);
    alteration.task = KITCHEN;
    Operation *op = after(estate, alteration);
    assert_int_equal(household_package(op, H1)->tasks[KITCHEN].days, 3);
    assert_int_equal(household_package(estate->op, H1)->tasks[KITCHEN].days, 2);
    alteration = by_number(ALTER_DURATION_HOUSEHOLD, H2, 120);
    alteration.task = VISIT;
    op = after(estate, alteration);
    assert_int_equal(household_package(op, H1)->tasks[VISIT].minutes, 90);
    assert_int_equal(household_package(op, H2)->tasks[VISIT].minutes, 120);
}

static void a_weight_and_the_horizon_change(void **state) {
    const Estate *estate = *state;
    Operation *op = after(estate, by_number(ALTER_WEIGHT, PART_NIGHT_AWAY, 20));
    assert_int_equal(op->weights[PART_NIGHT_AWAY], 20);
    op = after(estate, for_period(ALTER_HORIZON, NONE, "2026-09-07", "2026-09-30"));
    assert_int_equal(op->end, on("2026-09-30"));
    assert_int_not_equal(count_violations(estate, op), 0);
}

static void alterations_follow_one_another(void **state) {
    const Estate *estate = *state;
    Household joining = estate->op->households[H1];
    joining.id = "H9";
    Alteration list[] = {
        alteration_of(ALTER_JOINS, NONE), for_period(ALTER_ABSENT, 2, "2026-10-01", "2026-10-01"),
        by_number(ALTER_DELIVERY_SLIP, 0, 5), by_number(ALTER_DELIVERY_SLIP, 0, 5)};
    list[0].joining = &joining;
    Operation *op = operation_altered(estate->op, list, 4, estate->op->arena);
    assert_int_equal(op->availability[0].household, 2);
    assert_int_equal(op->deliveries[0].date, on("2026-10-01"));
}

static void what_only_takes_away_is_known(void **state) {
    const Estate *estate = *state;
    const Operation *op = estate->op;
    Alteration takes[] = {
        by_number(ALTER_DELIVERY_SLIP, 0, 1), by_number(ALTER_DELIVERY_QUANTITY, 0, MILLI),
        for_period(ALTER_DELIVERY_DATE, 0, "2026-09-21", "2026-09-21"),
        alteration_of(ALTER_CLOSED, FIT1), by_number(ALTER_CAPACITY_BY, FIT1, -MILLI)};
    Alteration gives[] = {
        by_number(ALTER_DELIVERY_SLIP, 0, -1), by_number(ALTER_DELIVERY_QUANTITY, 0, 3 * MILLI),
        for_period(ALTER_DELIVERY_DATE, 0, "2026-09-20", "2026-09-20"),
        alteration_of(ALTER_LEAVES, H1), by_number(ALTER_CAPACITY_BY, FIT1, MILLI)};
    for (int i = 0; i < 5; i++) {
        assert_true(alteration_takes(op, &takes[i]));
        assert_false(alteration_takes(op, &gives[i]));
    }
}

#define ESTATE_TEST(test) cmocka_unit_test_setup_teardown(test, estate_set_up, estate_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        ESTATE_TEST(a_delivery_slips_by_days_or_to_a_date),
        ESTATE_TEST(a_delivery_arrives_short_or_never),
        ESTATE_TEST(a_crew_is_larger_for_a_period_and_rests_as_before),
        ESTATE_TEST(a_crew_is_larger_by_so_many),
        ESTATE_TEST(a_member_is_closed),
        ESTATE_TEST(a_member_works_other_weekdays),
        ESTATE_TEST(a_pilot_works_other_slots),
        ESTATE_TEST(a_pilot_has_other_evenings),
        ESTATE_TEST(a_household_is_absent),
        ESTATE_TEST(who_leaves_keeps_what_was_done_and_frees_his_home),
        ESTATE_TEST(who_leaves_before_anything_was_done_has_no_tasks),
        ESTATE_TEST(who_joins_comes_behind_the_others_with_the_hours_of_another),
        ESTATE_TEST(limits_of_a_household_change),
        ESTATE_TEST(a_home_is_lost_or_won),
        ESTATE_TEST(a_home_that_is_lost_for_a_while_serves_before_and_after),
        ESTATE_TEST(a_home_lost_for_a_day_still_gets_its_turnaround),
        ESTATE_TEST(a_home_may_be_lost_twice),
        ESTATE_TEST(who_lives_in_a_home_that_was_lost_before_stays_in_it),
        ESTATE_TEST(a_task_takes_longer_for_all_or_for_one),
        ESTATE_TEST(a_weight_and_the_horizon_change),
        ESTATE_TEST(alterations_follow_one_another),
        ESTATE_TEST(what_only_takes_away_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
