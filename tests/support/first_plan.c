#include "tests/support/first_plan.h"

#include "solver/search/improve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>

Plan *first_plan(const Operation *op, const Plan *previous, Arena *arena) {
    Problem *problem = problem_new(op, previous);
    State *state = state_new(problem);
    Seeker *seeker = seeker_new(problem);
    improve_construct(state, seeker);
    Plan *plan = state_plan(state, arena);
    seeker_free(seeker);
    state_free(state);
    problem_free(problem);
    return plan;
}

int standing_estate_set_up(void **state) {
    StandingEstate *standing = g_new0(StandingEstate, 1);
    void *estate = NULL;
    estate_set_up(&estate);
    standing->estate = estate;
    standing->arena = arena_new();
    *state = standing;
    return 0;
}

int standing_estate_tear_down(void **state) {
    StandingEstate *standing = *state;
    void *estate = standing->estate;
    standing_free(standing->standing);
    arena_free(standing->arena);
    estate_tear_down(&estate);
    g_free(standing);
    return 0;
}

void stand(StandingEstate *standing) {
    standing_free(standing->standing);
    standing->standing = standing_new(standing->estate->op, standing->estate->plan);
    assert_non_null(standing->standing);
}
