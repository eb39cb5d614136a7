#include "solver/search/resume.h"

#include <glib.h>

#include "solver/verify.h"

enum {
    INSERTIONS = 20000, /* in all */
    MAX_CHAIN = 16      /* households that change together */
};

/* Whether a plan's dates and members for task k are such as there can be now: a plan of last week
 * may name members that are gone, and dates outside the horizon. */
static bool is_possible(const Problem *problem, const Itinerary *itinerary, int k) {
    const Template *template = free_template(problem, itinerary->household, k);
    const Dated *dated = &itinerary->tasks[k];
    for (int i = 0; i < template->n_needs; i++)
        if (itinerary->members[template->needs[i].role] == NONE)
            return false;
    return dated->start >= 0 && dated->finish >= dated->start && dated->finish < problem->n_days &&
           template->appointment == (dated->slot != NONE);
}

Itinerary *resume_itinerary(const Problem *problem, const Plan *plan, int h) {
    const PlanHousehold *planned = &plan->households[h];
    const ProblemHousehold *household = &problem->households[h];
    if (!planned->planned || household->impossible)
        return NULL;
    Itinerary *itinerary = itinerary_new(problem, h);
    for (int role = 0; role < problem->n_roles; role++)
        itinerary->members[role] = planned->members[role];
    if (planned->home != NONE && household->stays)
        itinerary->home_class = problem_class_of(problem, planned->home);
    for (int k = 0; k < household->n_free; k++) {
        const PlanTask *task = &planned->tasks[household->free[k].task];
        Dated *dated = &itinerary->tasks[k];
        if (task->start == DATE_NONE) {
            g_free(itinerary);
            return NULL;
        }
        dated->start = task->start - problem->op->start;
        dated->finish = task->finish - problem->op->start;
        dated->minute = task->start_minute;
        dated->slot =
            task->start_minute == MINUTE_NONE ? NONE : problem_slot_at(problem, task->start_minute);
        if (!is_possible(problem, itinerary, k)) {
            g_free(itinerary);
            return NULL;
        }
    }
    return itinerary;
}

State *resume_state(const Problem *problem, const Plan *plan, int except) {
    State *state = state_new(problem);
    for (int h = 0; h < problem->n_households; h++) {
        Itinerary *itinerary = NULL;
        if (h != except && state->itineraries[h] == NULL)
            itinerary = resume_itinerary(problem, plan, h);
        if (itinerary != NULL)
            state_put(state, itinerary);
    }
    return state;
}

/* ---- Back to last week's dates -------------------------------------------------------------- */

typedef struct Settling {
    const Problem *problem;
    State *state;
    Itinerary **old;   /* per household: last week's, if they keep all rules; or NULL */
    Itinerary **taken; /* per household in the chain: what it had before */
    int n;
    int chain[MAX_CHAIN];
    int insertions_left;
} Settling;

static bool same_dates(const Problem *problem, const Itinerary *a, const Itinerary *b) {
    bool same = a->home_class == b->home_class;
    for (int k = 0; same && k < a->n; k++)
        same = a->tasks[k].start == b->tasks[k].start && a->tasks[k].minute == b->tasks[k].minute;
    for (int role = 0; same && role < problem->n_roles; role++)
        same = a->members[role] == NONE || b->members[role] == NONE ||
               a->members[role] == b->members[role];
    return same;
}

static bool has_changed(const Settling *settling, int h) {
    const Itinerary *now = settling->state->itineraries[h];
    return settling->old[h] != NULL && now != NULL &&
           !same_dates(settling->problem, now, settling->old[h]);
}

/* Puts h, which has no dates, back to its old ones. */
static bool put_old(Settling *settling, int h) {
    settling->insertions_left--;
    return state_put(settling->state, itinerary_copy(settling->problem, settling->old[h]));
}

/* Takes h out of the state and into the chain. */
static void take(Settling *settling, int h) {
    settling->taken[h] = state_take(settling->state, h);
    settling->chain[settling->n++] = h;
}

/* Whether g's dates may stand where h's old ones were. */
static bool may_block(const Settling *settling, int g, int h) {
    return itinerary_may_block(settling->problem, settling->state->itineraries[g],
                               settling->old[h]);
}

/* Puts h back, and takes out who stands in the way as far as they have changed too: one if one is
 * enough, otherwise one after the other. */
static bool put_by_force(Settling *settling, int h) {
    if (put_old(settling, h))
        return true;
    for (int pass = 0; pass < 2; pass++)
        for (int g = 0; g < settling->problem->n_households; g++) {
            if (settling->n == MAX_CHAIN || settling->insertions_left <= 0)
                return false;
            if (settling->taken[g] != NULL || !has_changed(settling, g) ||
                !may_block(settling, g, h))
                continue;
            take(settling, g);
            if (put_old(settling, h))
                return true;
            if (pass == 0) {
                settling->n--;
                state_put(settling->state, settling->taken[g]);
                settling->taken[g] = NULL;
            }
        }
    return false;
}

/* Household h and all that must change with it go back together, or none of them. */
static void settle(Settling *settling, int h) {
    State *state = settling->state;
    cost_t before = state->total;
    settling->n = 0;
    take(settling, h);
    bool good = true;
    for (int i = 0; i < settling->n && good; i++)
        good = put_by_force(settling, settling->chain[i]);
    good = good && state->total <= before && state_is_sound(state);
    for (int i = 0; i < settling->n && !good; i++)
        g_free(state_take(state, settling->chain[i]));
    for (int i = 0; i < settling->n; i++) {
        int g = settling->chain[i];
        if (good)
            g_free(settling->taken[g]);
        else
            state_put(state, settling->taken[g]);
        settling->taken[g] = NULL;
    }
}

/* ---- Back to last week's times of day ------------------------------------------------------ */

/* The members who keep the appointment are those of last week. */
static bool same_members(const Settling *settling, int h, int k, const Itinerary *now) {
    const Template *template = free_template(settling->problem, h, k);
    bool same = true;
    for (int i = 0; i < template->n_needs; i++) {
        int role = template->needs[i].role;
        same = same && now->members[role] == settling->old[h]->members[role];
    }
    return same;
}

/* What h has now, with last week's times of those appointments that stay on their days, and times
 * that are still to be found of the others. Returns whether there are any others. */
static bool retime(const Settling *settling, int h, Itinerary *now) {
    bool open = false;
    for (int k = 0; k < now->n; k++) {
        Dated *dated = &now->tasks[k];
        const Dated *before = &settling->old[h]->tasks[k];
        if (dated->minute == MINUTE_NONE)
            continue;
        if (dated->start == before->start && same_members(settling, h, k, now)) {
            dated->minute = before->minute;
            dated->slot = before->slot;
        } else {
            dated->minute = MINUTE_NONE;
            open = true;
        }
    }
    return open;
}

/* Puts in what was taken, retimed if that fits, else with other times, else as it was. */
static bool put_retimed(Settling *settling, int h) {
    const Problem *problem = settling->problem;
    const Itinerary *taken = settling->taken[h];
    Itinerary *wish = itinerary_copy(problem, taken);
    retime(settling, h, wish);
    if (state_put(settling->state, wish))
        return true;
    return state_put(settling->state, itinerary_copy_open(problem, taken)) ||
           state_put(settling->state, itinerary_copy(problem, taken));
}

/* Takes out all who have changed and puts them back with last week's times: first those to whom
 * that gives all their times. */
static void settle_times(Settling *settling) {
    State *state = settling->state;
    int n = settling->problem->n_households;
    State *before = state_new(settling->problem);
    state_copy(before, state);
    bool good = true;
    for (int h = 0; h < n; h++)
        if (has_changed(settling, h))
            settling->taken[h] = state_take(state, h);
    for (int pass = 0; pass < 2; pass++)
        for (int h = 0; h < n && good; h++) {
            if (settling->taken[h] == NULL || state->itineraries[h] != NULL)
                continue;
            Itinerary *trial = itinerary_copy(settling->problem, settling->taken[h]);
            bool open = retime(settling, h, trial);
            g_free(trial);
            if (!open || pass == 1)
                good = put_retimed(settling, h);
        }
    if (!good || state->total > before->total || !state_verifies(state))
        state_copy(state, before);
    for (int h = 0; h < n; h++) {
        g_free(settling->taken[h]);
        settling->taken[h] = NULL;
    }
    state_free(before);
}

/* ---- All of it ----------------------------------------------------------------------------- */

/* The state as a plan that keeps what `plan` says beside dates; NULL when it is no better. */
static Plan *finished(const State *state, const Plan *plan, Arena *arena) {
    const Problem *problem = state->problem;
    Plan *settled = state_plan(state, arena);
    Verdict *verdict = verify_plan(problem->op, problem->previous, settled, false);
    bool good = verdict->n_violations == 0 && verdict->total <= plan->total;
    settled->status = plan->status;
    settled->bound = plan->bound;
    verdict_take_figures(verdict, problem->op, settled);
    for (int h = 0; h < problem->n_households; h++) {
        settled->households[h].n_reasons = plan->households[h].n_reasons;
        settled->households[h].reasons = plan->households[h].reasons;
        good = good && settled->households[h].planned == plan->households[h].planned;
    }
    verdict_free(verdict);
    return good ? settled : NULL;
}

/* Last week's dates of those who keep every rule with them as things are now. */
static void find_old(Settling *settling) {
    const Problem *problem = settling->problem;
    Arena *arena = arena_new();
    State *before = resume_state(problem, problem->previous, NONE);
    Verdict *verdict =
        verify_plan(problem->op, problem->previous, state_plan(before, arena), false);
    for (int h = 0; h < problem->n_households; h++)
        if (problem->households[h].n_free > 0)
            settling->old[h] = state_take(before, h);
    for (int i = 0; i < verdict->n_violations; i++)
        if (verdict->violations[i].household != NONE) {
            g_free(settling->old[verdict->violations[i].household]);
            settling->old[verdict->violations[i].household] = NULL;
        }
    verdict_free(verdict);
    state_free(before);
    arena_free(arena);
}

Plan *resume_settled(const Problem *problem, Plan *plan, Arena *arena) {
    int n = problem->n_households;
    Settling settling = {.problem = problem,
                         .state = resume_state(problem, plan, NONE),
                         .old = g_new0(Itinerary *, n + 1),
                         .taken = g_new0(Itinerary *, n + 1),
                         .insertions_left = INSERTIONS};
    find_old(&settling);
    settle_times(&settling);
    for (int h = 0; h < n && settling.insertions_left > 0; h++)
        if (has_changed(&settling, h))
            settle(&settling, h);
    Plan *settled = finished(settling.state, plan, arena);
    for (int h = 0; h < n; h++)
        g_free(settling.old[h]);
    g_free(settling.old);
    g_free(settling.taken);
    state_free(settling.state);
    return settled != NULL ? settled : plan;
}
