#include "scenarios/replan.h"

#include <glib.h>

#include "solver/language.h"
#include "solver/search/improve.h"
#include "solver/search/reasons.h"
#include "solver/search/resume.h"
#include "solver/verify.h"

enum { ROUNDS = 8 };

/* More helps little, measured on estates of 60 and 300 households (docs/measurements.md). */
double replan_work(const Operation *op) {
    double n = op->n_households;
    return MIN(2.5e6 * n, 1e8 + 5e5 * n);
}

typedef struct Replan {
    const Problem *problem;
    const ReplanOptions *options;
    Seeker *seeker;
    State *state;
    Operators operators;
    Outlook outlook; /* where there are prices */
    int *focus;      /* those who were displaced, and of whom the alterations speak */
    int n_focus, n_displaced;
    int n_movable; /* of those displaced: they may have other dates */
} Replan;

/* ---- What still holds ------------------------------------------------------------------------ */

/* A household, and how firm its dates are. */
typedef struct Turn {
    int household, firmness;
    day_t first;
} Turn;

static gint compare_turns(gconstpointer left, gconstpointer right) {
    const Turn *a = left, *b = right;
    if (a->firmness != b->firmness)
        return a->firmness > b->firmness ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->household - b->household;
}

/* Who is under way or has been promised most goes first, then who starts first: when a delivery
 * does not come, those wait who have been told nothing yet. */
static Turn turn_of(const Problem *problem, const Plan *plan, int h) {
    const ProblemHousehold *household = &problem->households[h];
    Turn turn = {h, household->out_day != NO_DAY ? (int)STATUS_DONE : 0, problem->n_days};
    for (int k = 0; k < household->n_free; k++) {
        date_t start = plan->households[h].tasks[household->free[k].task].start;
        turn.firmness = MAX(turn.firmness, (int)household->free[k].status);
        if (start != DATE_NONE)
            turn.first = MIN(turn.first, start - problem->op->start);
    }
    return turn;
}

/* The itineraries of `plan` that fit together, in the order of `turns`. */
static State *put_in_order(const Problem *problem, const Plan *plan, const Turn *turns, int n,
                           const bool *broken) {
    State *state = state_new(problem);
    for (int i = 0; i < n; i++) {
        int h = turns[i].household;
        Itinerary *itinerary =
            broken[h] || state->itineraries[h] != NULL ? NULL : resume_itinerary(problem, plan, h);
        if (itinerary != NULL)
            state_put(state, itinerary);
    }
    return state;
}

/* Puts in what holds of the plan, and notes who does not keep his dates. */
static void keep_what_holds(Replan *replan, const Plan *plan) {
    const Problem *problem = replan->problem;
    int n = problem->n_households;
    Turn *turns = g_new(Turn, n + 1);
    bool *broken = g_new0(bool, n + 1);
    for (int h = 0; h < n; h++)
        turns[h] = turn_of(problem, plan, h);
    qsort(turns, (size_t)n, sizeof *turns, compare_turns);
    State *first = put_in_order(problem, plan, turns, n, broken);
    state_find_broken(first, broken);
    state_free(first);
    replan->state = put_in_order(problem, plan, turns, n, broken);
    for (int h = 0; h < n; h++)
        if (replan->state->itineraries[h] == NULL) {
            replan->n_displaced += plan->households[h].planned;
            if (problem->households[h].impossible)
                continue;
            replan->focus[replan->n_focus++] = h;
            replan->n_movable += plan->households[h].planned;
        }
    g_free(turns);
    g_free(broken);
}

/* ---- Better plans -----------------------------------------------------------------------------
 */

/* Adds the households that the alterations name. */
static void look_at_named(Replan *replan, const Alteration *alterations, int n) {
    for (int i = 0; i < n; i++) {
        int h = alteration_household(&alterations[i]);
        bool known = h == NONE;
        for (int j = 0; j < replan->n_focus && !known; j++)
            known = replan->focus[j] == h;
        if (!known && replan->problem->households[h].n_free > 0)
            replan->focus[replan->n_focus++] = h;
    }
}

/* Walks around those who are concerned; where that is nobody, around everybody. */
static void improve(Replan *replan) {
    State *walk = state_new(replan->problem), *best = state_new(replan->problem);
    const Bound *bound = replan->outlook.bound;
    state_copy(best, replan->state);
    for (int i = 0; i < ROUNDS && replan->options->work > 0; i++) {
        Improvement improvement = {.work = replan->options->work / ROUNDS,
                                   .hot = i % 2 == 0 ? 20 : 5,
                                   .cold = 1,
                                   .guide = bound != NULL ? bound_prices(bound) : NULL,
                                   .ideal = bound != NULL ? bound_ideal(bound) : NULL,
                                   .focus = replan->focus,
                                   .n_focus = replan->n_focus,
                                   .seed = replan->options->seed * ROUNDS + (uint64_t)i,
                                   .operators = &replan->operators};
        state_copy(walk, replan->state);
        improve_run(walk, best, replan->seeker, &improvement);
        if (best->total < replan->state->total && state_is_sound(best))
            state_copy(replan->state, best);
    }
    state_free(walk);
    state_free(best);
}

/* ---- The plan ---------------------------------------------------------------------------------
 */

/* The state as a plan that is judged; false when the verifier does not accept it. */
static bool finish(const Replan *replan, Arena *arena, Replanned *replanned) {
    const Problem *problem = replan->problem;
    Plan *plan = state_plan(replan->state, arena);
    if (!replan->options->brief)
        reasons_give(replan->state, arena, plan);
    Verdict *verdict = verify_plan(problem->op, problem->previous, plan, false);
    verdict_take_figures(verdict, problem->op, plan);
    bool good = verdict->n_violations == 0;
    verdict_free(verdict);
    if (!good)
        return false;
    plan = resume_settled(problem, plan, arena);
    verdict = verify_plan(problem->op, problem->previous, plan, false);
    verdict_take_figures(verdict, problem->op, plan);
    plan->follows = problem->previous->as_of;
    if (replan->outlook.bound != NULL)
        plan->bound = MIN(bound_value(replan->outlook.bound), plan->total);
    replanned->plan = plan;
    good = verdict->n_violations == 0;
    verdict_free(verdict);
    return good;
}

/* Whether the alterations only take away. */
static bool only_take(const Operation *base, const Alteration *alterations, int n) {
    bool only = true;
    for (int i = 0; i < n; i++)
        only = only && alteration_takes(base, &alterations[i]);
    return only;
}

bool replan(Arena *arena, const Operation *base, const Plan *plan, const Alteration *alterations,
            int n, const ReplanOptions *options, Replanned *replanned) {
    Operation *op = operation_altered(base, alterations, n, arena);
    Plan *previous = altered_plan(op, base, plan, arena);
    *replanned = (Replanned){.op = op, .previous = previous};
    Problem *problem = problem_new(op, previous);
    Replan replan = {.problem = problem,
                     .options = options,
                     .seeker = seeker_new(problem),
                     .focus = g_new(int, op->n_households + n + 1)};
    keep_what_holds(&replan, previous);
    replanned->n_displaced = replan.n_displaced;
    bool stands = replan.n_movable == 0 && n > 0 && only_take(base, alterations, n);
    look_at_named(&replan, alterations, n);
    if (options->prices != NULL)
        replan.outlook = outlook_open(options->prices, problem, &replan.seeker);
    if (!stands) {
        improve_construct(replan.state, replan.seeker);
        improve(&replan);
    }
    bool good = finish(&replan, arena, replanned);
    if (options->prices != NULL)
        outlook_close(&replan.outlook);
    g_free(replan.focus);
    state_free(replan.state);
    seeker_free(replan.seeker);
    problem_free(problem);
    return good;
}

cost_t replan_total(const Operation *op, const Plan *plan, const ReplanOptions *options) {
    Arena *arena = arena_new();
    Verdict *verdict = verify_plan(op, plan, plan, false);
    cost_t total = verdict->total;
    Replanned replanned;
    if (replan(arena, op, plan, NULL, 0, options, &replanned))
        total = MIN(total, replanned.plan->total);
    verdict_free(verdict);
    arena_free(arena);
    return total;
}
