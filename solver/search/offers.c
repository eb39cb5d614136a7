#include "solver/search/offers.h"

#include <glib.h>
#include <string.h>

#include "solver/search/resume.h"

enum { NODES = 24, TRIES = 24 };

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
        if (state_verifies(state))
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
        State *state = resume_state(problem, plan, h);
        n = find_others(state, h, k, offers, n);
        state_free(state);
    }
    return n;
}
