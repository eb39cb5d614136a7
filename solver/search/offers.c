#include "solver/search/offers.h"

#include <glib.h>
#include <string.h>

#include "solver/search/state.h"
#include "solver/verify.h"

enum { NODES = 24, TRIES = 24 };

/* The dates that the plan gives household h, as an itinerary; NULL when it is unplanned. */
static Itinerary *itinerary_of_plan(const Problem *problem, const Plan *plan, int h) {
    const PlanHousehold *planned = &plan->households[h];
    const ProblemHousehold *household = &problem->households[h];
    if (!planned->planned)
        return NULL;
    Itinerary *itinerary = itinerary_new(problem, h);
    for (int role = 0; role < problem->n_roles; role++)
        itinerary->members[role] = planned->members[role];
    if (planned->home != NONE && household->stays)
        itinerary->home_class = problem_class_of(problem, planned->home);
    for (int k = 0; k < household->n_free; k++) {
        const PlanTask *task = &planned->tasks[household->free[k].task];
        Dated *dated = &itinerary->tasks[k];
        dated->start = task->start - problem->op->start;
        dated->finish = task->finish - problem->op->start;
        dated->minute = task->start_minute;
        dated->slot =
            task->start_minute == MINUTE_NONE ? NONE : problem_slot_at(problem, task->start_minute);
    }
    return itinerary;
}

/* The plan as a state. Those whose itinerary does not go in, which cannot be, take no part. */
static State *state_of_plan(const Problem *problem, const Plan *plan, int except) {
    State *state = state_new(problem);
    for (int h = 0; h < problem->n_households; h++) {
        Itinerary *itinerary = NULL;
        if (h != except && state->itineraries[h] == NULL)
            itinerary = itinerary_of_plan(problem, plan, h);
        if (itinerary != NULL)
            state_put(state, itinerary);
    }
    return state;
}

static bool holds(const State *state) {
    Arena *arena = arena_new();
    Verdict *verdict =
        verify_plan(state->problem->op, state->problem->previous, state_plan(state, arena), false);
    bool good = verdict->n_violations == 0;
    verdict_free(verdict);
    arena_free(arena);
    return good;
}

/* Adds the offer unless an earlier one stands on that day in that slot. */
static int add_offer(const Problem *problem, Offer *offers, int n, Offer offer) {
    for (int i = 0; i < n; i++) {
        bool same_slot =
            offer.minute == MINUTE_NONE || offers[i].minute == MINUTE_NONE ||
            problem_slot_at(problem, offers[i].minute) == problem_slot_at(problem, offer.minute);
        if (offers[i].start == offer.start && same_slot)
            return n;
    }
    offers[n] = offer;
    return n + 1;
}

/* The cheapest itinerary again and again, each time without the starts that were found before. */
static int find_others(State *state, int h, int k, Offer *offers, int n) {
    const Problem *problem = state->problem;
    bool appointment = free_template(problem, h, k)->appointment;
    Barrier barriers[TRIES];
    Request request = {.household = h,
                       .usage = state->usage,
                       .counts_evenings = true,
                       .barriers = barriers,
                       .nodes = NODES,
                       .quick = true,
                       .cutoff = COST_INFINITE};
    Seeker *seeker = seeker_new(problem);
    while (n < MAX_OFFERS && request.n_barriers < TRIES) {
        double value;
        double bound;
        Itinerary *itinerary = cheapest_itinerary(seeker, &request, &value, &bound);
        if (itinerary == NULL)
            break;
        Dated found = itinerary->tasks[k];
        barriers[request.n_barriers++] = (Barrier){k, found.start, appointment ? found.slot : NONE};
        if (!state_put(state, itinerary))
            continue;
        Offer offer = {problem->op->start + found.start,
                       appointment ? state->itineraries[h]->tasks[k].minute : MINUTE_NONE};
        if (holds(state))
            n = add_offer(problem, offers, n, offer);
        g_free(state_take(state, h));
    }
    seeker_free(seeker);
    return n;
}

int offers_find(const Problem *problem, const Plan *plan, int h, int a, Offer *offers) {
    const ProblemHousehold *household = &problem->households[h];
    const PlanTask *own = &plan->households[h].tasks[a];
    const Fact *told = &problem->op->households[h].facts[a];
    int n = 0, k = 0;
    while (k < household->n_free && household->free[k].task != a)
        k++;
    bool moved = own->start != told->start ||
                 (told->start_minute != MINUTE_NONE && told->start_minute != own->start_minute);
    if (own->start != DATE_NONE && moved)
        n = add_offer(problem, offers, n, (Offer){own->start, own->start_minute});
    if (k < household->n_free && !household->impossible) {
        State *state = state_of_plan(problem, plan, h);
        n = find_others(state, h, k, offers, n);
        state_free(state);
    }
    return n;
}
