#include "solver/search/standing.h"

#include <glib.h>

#include "solver/promise.h"
#include "solver/search/improve.h"
#include "solver/search/resume.h"
#include "solver/verify.h"

enum { NODES = 24 };

int free_index(const Problem *problem, int h, int a) {
    const ProblemHousehold *household = &problem->households[h];
    for (int k = 0; k < household->n_free; k++)
        if (household->free[k].task == a)
            return k;
    return NONE;
}

/* Fills in what only the verifier knows; returns how many are planned, NONE when a rule is broken.
 */
static int judge(const Operation *op, const Plan *previous, Plan *plan) {
    Verdict *verdict = verify_plan(op, previous, plan, false);
    int n_planned = verdict->n_violations > 0 ? NONE : verdict->n_planned;
    verdict_take_figures(verdict, op, plan);
    verdict_free(verdict);
    return n_planned;
}

static bool is_kept(const Operation *op, const Plan *plan, int h, int a) {
    return promise_of(op, plan, h, a) <= PROMISE_KEPT;
}

static bool keeps_all(const Operation *op, const Plan *plan, int h) {
    bool kept = true;
    for (int a = 0; a < household_package(op, h)->n_tasks; a++)
        kept = kept && is_kept(op, plan, h, a);
    return kept;
}

/* ---- The standing plan ---------------------------------------------------------------------- */

State *standing_state(const Problem *problem, const Plan *plan) {
    State *state = resume_state(problem, plan, NONE);
    bool any = false;
    /* Dates may break a rule by now: they have passed, say. */
    bool *broken = g_new0(bool, problem->n_households + 1);
    state_find_broken(state, broken);
    for (int h = 0; h < problem->n_households; h++) {
        if (problem->households[h].n_free > 0 && (broken[h] || !keeps_all(problem->op, plan, h)))
            g_free(state_take(state, h));
        any = any || state->itineraries[h] == NULL;
    }
    if (any) {
        Seeker *seeker = seeker_new(problem);
        improve_construct(state, seeker);
        seeker_free(seeker);
    }
    g_free(broken);
    return state;
}

/* Who was left out of the plan, and was promised nothing since, stays so. */
static void leave_out(State *state, const Plan *plan) {
    for (int h = 0; h < state->problem->n_households; h++)
        if (!plan->households[h].planned && state->problem->households[h].n_free > 0 &&
            keeps_all(state->problem->op, plan, h))
            g_free(state_take(state, h));
}

Standing *standing_new(const Operation *op, const Plan *plan) {
    Arena *arena = arena_new();
    Standing *standing = ARENA_NEW(arena, Standing, 1);
    Problem *problem = problem_new(op, plan);
    State *state = standing_state(problem, plan);
    leave_out(state, plan);
    *standing =
        (Standing){.arena = arena, .op = op, .previous = plan, .plan = state_plan(state, arena)};
    standing->n_planned = judge(op, plan, standing->plan);
    state_free(state);
    problem_free(problem);
    if (standing->n_planned != NONE)
        return standing;
    standing_free(standing);
    return NULL;
}

void standing_free(Standing *standing) {
    if (standing != NULL)
        arena_free(standing->arena);
}

/* ---- One household anew --------------------------------------------------------------------- */

void refit_begin(Refit *refit, const Standing *standing, const Operation *op, int h) {
    Problem *problem = problem_new(op, standing->previous);
    *refit = (Refit){.standing = standing,
                     .h = h,
                     .op = op,
                     .problem = problem,
                     .state = resume_state(problem, standing->plan, h),
                     .seeker = seeker_new(problem)};
}

void refit_end(Refit *refit) {
    seeker_free(refit->seeker);
    state_free(refit->state);
    problem_free(refit->problem);
}

void refit_within(Refit *refit, int k, day_t from, day_t until) {
    Window *window = &refit->problem->households[refit->h].free[k].window;
    window->start_low = MAX(window->start_low, from);
    window->start_high = MIN(window->start_high, until);
}

uint8_t *own_reception(Problem *problem, int h, int k) {
    FreeTask *task = &problem->households[h].free[k];
    uint8_t *own =
        ARENA_COPY(problem->arena, task->reception, problem->n_days * problem->n_slots, 0);
    task->reception = own;
    return own;
}

void refit_slots(Refit *refit, int k, const bool *allowed) {
    int n_slots = refit->problem->n_slots;
    uint8_t *reception = own_reception(refit->problem, refit->h, k);
    for (int cell = 0; cell < refit->problem->n_days * n_slots; cell++)
        if (!allowed[cell % n_slots])
            reception[cell] = RECEPTION_NONE;
}

void refit_bar(Refit *refit, int k, day_t day, int slot) {
    own_reception(refit->problem, refit->h, k)[day * refit->problem->n_slots + slot] =
        RECEPTION_NONE;
}

void refit_keep_promises(Refit *refit, int except) {
    const Standing *standing = refit->standing;
    const ProblemHousehold *household = &refit->problem->households[refit->h];
    for (int k = 0; k < household->n_free; k++) {
        const FreeTask *task = &household->free[k];
        if (k != except && task->status == STATUS_CONFIRMED &&
            is_kept(standing->op, standing->plan, refit->h, task->task))
            refit_within(refit, k, task->told.day, task->told.day);
    }
}

/* Without the short cuts of the usual search, which may miss what there is. */
static bool insert_thoroughly(Refit *refit) {
    enum { MANY_NODES = 40 };
    Request request = {.household = refit->h,
                       .usage = refit->state->usage,
                       .counts_evenings = true,
                       .nodes = MANY_NODES,
                       .cutoff = COST_INFINITE};
    double value;
    double bound;
    Itinerary *itinerary = cheapest_itinerary(refit->seeker, &request, &value, &bound);
    return itinerary != NULL && state_put(refit->state, itinerary);
}

bool refit_insert(Refit *refit) {
    Insertion insertion = {.nodes = NODES, .cutoff = COST_INFINITE};
    if (refit->problem->households[refit->h].impossible)
        return false;
    return state_insert(refit->state, refit->seeker, refit->h, &insertion) ||
           insert_thoroughly(refit);
}

/* Whether somebody loses what the standing plan kept. */
static bool breaks_promise(const Refit *refit, const Plan *plan) {
    const Standing *standing = refit->standing;
    for (int h = 0; h < refit->op->n_households; h++)
        for (int a = 0; a < household_package(refit->op, h)->n_tasks; a++) {
            bool own = h == refit->h;
            if (is_kept(refit->op, plan, h, a) ||
                (own && refit->op->households[h].facts[a].status != STATUS_CONFIRMED))
                continue;
            if (own || is_kept(standing->op, standing->plan, h, a))
                return true;
        }
    return false;
}

Plan *refit_plan(const Refit *refit, Arena *arena) {
    Plan *plan = state_plan(refit->state, arena);
    int n_planned = judge(refit->op, refit->standing->previous, plan);
    bool good = n_planned >= refit->standing->n_planned && !breaks_promise(refit, plan);
    return good ? plan : NULL;
}
