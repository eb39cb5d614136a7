/* Two walks on one plan: what each may move, and what becomes of their steps when they meet. */
#include "solver/search/together.h"
#include "tests/support/estate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

enum { HOUSEHOLDS = 24, FIRST_DAYS = 15, LATE = 28, LATER = 29 };

static const char *id_of(Operation *op, char letter, int number) {
    char text[16];
    g_snprintf(text, sizeof text, "%c%d", letter, number + 1);
    return arena_strdup(op->arena, text);
}

/* ---- One crew, a day of works for everybody ---------------------------------------------- */

typedef struct Crew {
    Operation *op;
    Problem *problem;
    State *plan;
    Seeker *seeker;
    Steps *steps;
} Crew;

static int set_up(void **state) {
    Crew *crew = g_new0(Crew, 1);
    crew->op = build_operation();
    int role = build_role(crew->op, "masons", MEASURE_CREW);
    build_resource(crew->op, role, "masons", 1);
    int package = build_package(crew->op, "small");
    build_works(crew->op, package, "works", 1, role);
    for (int h = 0; h < HOUSEHOLDS; h++) {
        build_household(crew->op, package, id_of(crew->op, 'H', h));
    }
    crew->problem = problem_new(crew->op, NULL);
    crew->plan = state_new(crew->problem);
    crew->seeker = seeker_new(crew->problem);
    crew->steps = steps_new();
    *state = crew;
    return 0;
}

static int tear_down(void **state) {
    Crew *crew = *state;
    steps_free(crew->steps);
    seeker_free(crew->seeker);
    state_free(crew->plan);
    problem_free(crew->problem);
    operation_free(crew->op);
    g_free(crew);
    return 0;
}

/* Moves household h to the day, which has to be free, or plans it there. */
static void put_on(State *state, int h, day_t day) {
    g_free(state_take(state, h));
    Itinerary *itinerary = itinerary_new(state->problem, h);
    itinerary->tasks[0].start = itinerary->tasks[0].finish = day;
    itinerary->members[0] = 0;
    assert_true(state_put(state, itinerary));
}

static day_t day_of(const State *state, int h) {
    assert_non_null(state->itineraries[h]);
    return state->itineraries[h]->tasks[0].start;
}

/* Notes a step of a walk that began on the plan as it is, after which its households stand on the
 * days. */
static void note_step(Crew *crew, const int *households, const day_t *days, int n, double worse) {
    State *walk = state_new(crew->problem);
    for (int i = 0; i < n; i++) {
        put_on(walk, households[i], days[i]);
    }
    steps_note(crew->steps, walk, households, n, worse);
    state_free(walk);
}

static void a_step_for_which_there_is_room_is_taken_as_it_is(void **state) {
    Crew *crew = *state;
    put_on(crew->plan, 0, 4);
    put_on(crew->plan, 1, 9);
    note_step(crew, (int[]){0, 1}, (day_t[]){9, 1}, 2, 0);
    assert_int_equal(steps_take(crew->steps, crew->plan, crew->seeker), 0);
    assert_int_equal(day_of(crew->plan, 0), 9);
    assert_int_equal(day_of(crew->plan, 1), 1);
}

static void who_finds_its_place_taken_gets_one_near(void **state) {
    Crew *crew = *state;
    put_on(crew->plan, 0, 14);
    put_on(crew->plan, 1, 1);
    note_step(crew, (int[]){0}, (day_t[]){1}, 1, 0);
    assert_int_equal(steps_take(crew->steps, crew->plan, crew->seeker), 0);
    assert_int_equal(day_of(crew->plan, 1), 1);
    assert_int_equal(day_of(crew->plan, 0), 0);
}

/* The first days are full. */
static void fill(Crew *crew) {
    int h = 2;
    for (day_t d = 0; d < FIRST_DAYS; d++) {
        if (d % 7 < 5) {
            put_on(crew->plan, h++, d);
        }
    }
}

static void a_step_without_any_room_is_not_taken(void **state) {
    Crew *crew = *state;
    put_on(crew->plan, 0, LATE);
    put_on(crew->plan, 1, LATER);
    fill(crew);
    cost_t total = crew->plan->total;
    /* The first of the two could have its place. */
    note_step(crew, (int[]){1, 0}, (day_t[]){FIRST_DAYS + 3, 0}, 2, 1);
    assert_int_equal(steps_take(crew->steps, crew->plan, crew->seeker), 1);
    assert_int_equal(day_of(crew->plan, 0), LATE);
    assert_int_equal(day_of(crew->plan, 1), LATER);
    assert_int_equal(day_of(crew->plan, 2), 0);
    assert_int_equal(crew->plan->total, total);
}

static void steps_after_one_that_was_lost_are_taken(void **state) {
    Crew *crew = *state;
    put_on(crew->plan, 0, LATE);
    put_on(crew->plan, 1, LATER);
    fill(crew);
    note_step(crew, (int[]){0}, (day_t[]){0}, 1, 0);
    note_step(crew, (int[]){1}, (day_t[]){FIRST_DAYS + 3}, 1, 0);
    assert_int_equal(steps_take(crew->steps, crew->plan, crew->seeker), 1);
    assert_int_equal(day_of(crew->plan, 1), FIRST_DAYS + 3);
    steps_clear(crew->steps);
    assert_int_equal(steps_take(crew->steps, crew->plan, crew->seeker), 0);
}

static void a_step_that_costs_more_than_it_might_is_not_taken(void **state) {
    Crew *crew = *state;
    put_on(crew->plan, 0, 1);
    note_step(crew, (int[]){0}, (day_t[]){4}, 1, 2);
    assert_int_equal(steps_take(crew->steps, crew->plan, crew->seeker), 1);
    assert_int_equal(day_of(crew->plan, 0), 1);
    steps_clear(crew->steps);
    note_step(crew, (int[]){0}, (day_t[]){4}, 1, 3);
    assert_int_equal(steps_take(crew->steps, crew->plan, crew->seeker), 0);
    assert_int_equal(day_of(crew->plan, 0), 4);
}

static void everybody_belongs_to_one_walk_and_near_ones_to_the_same(void **state) {
    Crew *crew = *state;
    bool movable[2][HOUSEHOLDS];
    day_t days[HOUSEHOLDS];
    for (int h = 0, day = 0; h < HOUSEHOLDS; h++, day += day % 7 == 4 ? 3 : 1) {
        days[h] = day;
        put_on(crew->plan, h * 7 % HOUSEHOLDS, day);
    }
    for (int shift = 0; shift < HOUSEHOLDS; shift++) {
        together_share_out(crew->plan, (shift + 0.5) / HOUSEHOLDS, 2,
                           (bool *[]){movable[0], movable[1]});
        for (int i = 0; i < HOUSEHOLDS; i++) {
            int h = i * 7 % HOUSEHOLDS;
            assert_int_equal(day_of(crew->plan, h), days[i]);
            assert_int_equal(movable[0][h], (i + shift) % HOUSEHOLDS < HOUSEHOLDS / 2);
            assert_int_equal(movable[1][h], !movable[0][h]);
        }
    }
}

/* ---- Moves, visits, homes ---------------------------------------------------------------- */

/* Many households of the estate, and their first plan. */
static Operation *many(State **plan, Problem **problem, Seeker **seeker) {
    void *fixture = NULL;
    assert_int_equal(estate_set_up(&fixture), 0);
    Estate *estate = fixture;
    for (int h = H2 + 1; h < HOUSEHOLDS; h++) {
        estate_add_household(estate, id_of(estate->op, 'H', h));
        estate->op->households[h].weight = 1 + h * 5 % 7;
    }
    for (int i = 0; i < 4; i++) {
        build_home(estate->op, id_of(estate->op, 'S', i));
    }
    build_delivery(estate->op, "kitchen", HOUSEHOLDS, on("2026-09-22"), NONE);
    *problem = problem_new(estate->op, NULL);
    *plan = state_new(*problem);
    *seeker = seeker_new(*problem);
    improve_construct(*plan, *seeker);
    return estate->op;
}

static void a_walk_moves_only_its_own_and_its_steps_lead_where_it_went(void **state) {
    (void)state;
    Problem *problem;
    State *plan;
    Seeker *seeker;
    Operation *op = many(&plan, &problem, &seeker);
    State *walk = state_new(problem);
    state_copy(walk, plan);
    bool movable[HOUSEHOLDS];
    for (int h = 0; h < HOUSEHOLDS; h++) {
        movable[h] = h % 3 != 0;
    }
    Steps *steps = steps_new();
    Operators operators = {0};
    Improvement improvement = {.work = 2e7,
                               .hot = 30,
                               .cold = 10,
                               .movable = movable,
                               .steps = steps,
                               .seed = 5,
                               .operators = &operators};
    assert_true(improve_run(walk, NULL, seeker, &improvement) >= improvement.work);
    int moved = 0;
    for (int h = 0; h < HOUSEHOLDS; h++) {
        bool same = itinerary_equal(problem, walk->itineraries[h], plan->itineraries[h]);
        assert_true(same || movable[h]);
        moved += same ? 0 : 1;
    }
    assert_true(moved > 2);
    assert_int_equal(steps_take(steps, plan, seeker), 0);
    assert_int_equal(plan->total, walk->total);
    for (int h = 0; h < HOUSEHOLDS; h++) {
        assert_true(itinerary_equal(problem, walk->itineraries[h], plan->itineraries[h]));
    }
    steps_free(steps);
    state_free(walk);
    state_free(plan);
    seeker_free(seeker);
    problem_free(problem);
    operation_free(op);
}

/* The plan after some legs; the best one's total in *best. */
static State *walk_some_legs(const Problem *problem, const State *first, int threads,
                             cost_t *total) {
    Workers *workers = workers_new(threads);
    Together *together = together_new(problem, workers, 2);
    State *plan = state_new(problem);
    State *best = state_new(problem);
    state_copy(plan, first);
    state_copy(best, first);
    for (int leg = 0; leg < 3; leg++) {
        Improvement improvement = {
            .work = 2e7, .hot = 20.0 / (1 + leg), .cold = 4, .seed = (uint64_t)leg};
        together_leg(together, plan, best, &improvement);
        assert_true(state_verifies(plan));
        assert_true(best->total <= plan->total);
    }
    assert_true(state_verifies(best));
    *total = best->total;
    state_free(best);
    together_free(together);
    workers_free(workers);
    return plan;
}

static void two_walks_find_a_better_plan_the_same_for_any_number_of_threads(void **state) {
    (void)state;
    Problem *problem;
    State *first;
    Seeker *seeker;
    Operation *op = many(&first, &problem, &seeker);
    cost_t totals[3];
    State *plans[3];
    for (int i = 0; i < 3; i++) {
        plans[i] = walk_some_legs(problem, first, i + 1, &totals[i]);
        assert_int_equal(plans[i]->n_unplanned, 0);
        assert_int_equal(totals[i], totals[0]);
        for (int h = 0; h < HOUSEHOLDS; h++) {
            assert_true(
                itinerary_equal(problem, plans[i]->itineraries[h], plans[0]->itineraries[h]));
        }
    }
    assert_true(totals[0] < first->total);
    for (int i = 0; i < 3; i++) {
        state_free(plans[i]);
    }
    state_free(first);
    seeker_free(seeker);
    problem_free(problem);
    operation_free(op);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_step_for_which_there_is_room_is_taken_as_it_is, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_finds_its_place_taken_gets_one_near, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_step_without_any_room_is_not_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(steps_after_one_that_was_lost_are_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_step_that_costs_more_than_it_might_is_not_taken, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(everybody_belongs_to_one_walk_and_near_ones_to_the_same,
                                        set_up, tear_down),
        cmocka_unit_test(a_walk_moves_only_its_own_and_its_steps_lead_where_it_went),
        cmocka_unit_test(two_walks_find_a_better_plan_the_same_for_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
