#include "solver/search/offers.h"

#include <glib.h>
#include <string.h>

#include "solver/promise.h"
#include "solver/search/resume.h"
#include "solver/search/room.h"

enum { NODES = 24, TRIES = 24, MOST_TRIES = 3 * MOST_OFFERS };

/* Looks for one start after the other: the cheapest itinerary again and again, each time without
 * the starts that were found before. */
typedef struct Search {
    State *state; /* in which h is unplanned */
    Seeker *seeker;
    int h, k, tries; /* at most `tries` starts */
    int n_barriers;
    Barrier barriers[MOST_TRIES];
} Search;

/* The next itinerary, clock times included, which the caller owns; it is not in the state. NULL
 * when there is none any more. *verified tells what the verifier says of the plan with it. */
static Itinerary *next_itinerary(Search *search, bool *verified) {
    State *state = search->state;
    bool appointment = free_template(state->problem, search->h, search->k)->appointment;
    while (search->n_barriers < search->tries) {
        Request request = {.household = search->h,
                           .usage = state->usage,
                           .counts_evenings = true,
                           .barriers = search->barriers,
                           .n_barriers = search->n_barriers,
                           .nodes = NODES,
                           .quick = true,
                           .cutoff = COST_INFINITE};
        double value;
        double bound;
        Itinerary *itinerary = cheapest_itinerary(search->seeker, &request, &value, &bound);
        if (itinerary == NULL)
            return NULL;
        Dated found = itinerary->tasks[search->k];
        search->barriers[search->n_barriers++] =
            (Barrier){search->k, found.start, appointment ? found.slot : NONE};
        if (!state_put(state, itinerary))
            continue;
        *verified = state_verifies(state);
        return state_take(state, search->h);
    }
    return NULL;
}

static Offer offer_of(const Problem *problem, const Itinerary *itinerary, int k) {
    const Dated *dated = &itinerary->tasks[k];
    bool appointment = free_template(problem, itinerary->household, k)->appointment;
    return (Offer){.start = problem->op->start + dated->start,
                   .minute = appointment ? dated->minute : MINUTE_NONE};
}

/* Whether an offer stands on that day in that slot. */
static bool is_offered(const Problem *problem, const Offer *offers, int n, const Offer *offer) {
    for (int i = 0; i < n; i++) {
        bool same_slot =
            offer->minute == MINUTE_NONE || offers[i].minute == MINUTE_NONE ||
            problem_slot_at(problem, offers[i].minute) == problem_slot_at(problem, offer->minute);
        if (offers[i].start == offer->start && same_slot)
            return true;
    }
    return false;
}

/* ---- Instead of a broken promise ------------------------------------------------------------ */

static int find_others(State *state, int h, int k, Offer *offers, int n) {
    const Problem *problem = state->problem;
    Search search = {.state = state, .seeker = seeker_new(problem), .h = h, .k = k, .tries = TRIES};
    while (n < MAX_OFFERS) {
        bool verified = false;
        Itinerary *itinerary = next_itinerary(&search, &verified);
        if (itinerary == NULL)
            break;
        Offer offer = offer_of(problem, itinerary, k);
        if (verified && !is_offered(problem, offers, n, &offer))
            offers[n++] = offer;
        g_free(itinerary);
    }
    seeker_free(search.seeker);
    return n;
}

int offers_find(const Problem *problem, const Plan *plan, int h, int a, Offer *offers) {
    const PlanTask *own = &plan->households[h].tasks[a];
    const Fact *told = &problem->op->households[h].facts[a];
    int n = 0, k = free_index(problem, h, a);
    bool moved = !same_start(own->start, own->start_minute, told->start, told->start_minute);
    if (own->start != DATE_NONE && moved)
        offers[n++] = (Offer){.start = own->start, .minute = own->start_minute};
    if (k != NONE && !problem->households[h].impossible) {
        State *state = resume_state(problem, plan, h);
        n = find_others(state, h, k, offers, n);
        state_free(state);
    }
    return n;
}

/* ---- On demand ------------------------------------------------------------------------------ */

typedef struct Offering {
    const Standing *standing;
    const Wish *wish;
    const Operation *op; /* in which nobody was told of the task */
    Arena *arena;
    bool *movable; /* per household: nobody told them of any date that is still to come */
    int n;
    Offer *offers;
} Offering;

static int compare_offers(gconstpointer left, gconstpointer right) {
    const Offer *a = left, *b = right;
    if ((a->n_moved > 0) != (b->n_moved > 0))
        return a->n_moved > 0 ? 1 : -1;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->minute - b->minute;
}

/* How many households but h have other dates in the plan than in the standing one. */
static int count_moved(const Standing *standing, const Plan *plan, int h) {
    int n = 0;
    for (int g = 0; g < standing->op->n_households; g++) {
        const PlanTask *then = standing->plan->households[g].tasks;
        const PlanTask *now = plan->households[g].tasks;
        bool moved = false;
        for (int a = 0; a < household_package(standing->op, g)->n_tasks; a++)
            moved = moved || then[a].start != now[a].start ||
                    then[a].start_minute != now[a].start_minute;
        n += g != h && moved;
    }
    return n;
}

/* Confirms the offer to the tenant and plans so; false when that does not work. */
static bool try_offer(const Offering *offering, Offer *offer, const Itinerary *itinerary) {
    const Wish *wish = offering->wish;
    Arena *arena = arena_new();
    const Operation *op = operation_told(offering->op, wish->household, wish->task,
                                         STATUS_CONFIRMED, offer->start, offer->minute, arena);
    Refit refit;
    refit_begin(&refit, offering->standing, op, wish->household);
    Itinerary *wanted = itinerary_copy(refit.problem, itinerary);
    if (room_make(refit.state, refit.seeker, wanted, offering->movable))
        offer->plan = refit_plan(&refit, offering->arena);
    if (offer->plan != NULL) {
        offer->cost = offer->plan->total - offering->standing->plan->total;
        offer->n_moved = count_moved(offering->standing, offer->plan, wish->household);
    }
    refit_end(&refit);
    arena_free(arena);
    return offer->plan != NULL;
}

/* A date that the tenant has confirmed is no offer. */
static bool is_confirmed(const Offering *offering, const Offer *offer) {
    const Wish *wish = offering->wish;
    const Fact *fact = &offering->standing->op->households[wish->household].facts[wish->task];
    return fact->status == STATUS_CONFIRMED &&
           same_start(offer->start, offer->minute, fact->start, fact->start_minute);
}

static void search_offers(Offering *offering, State *state, Seeker *seeker, int k) {
    const Problem *problem = state->problem;
    int most = offering->wish->count;
    Search search = {.state = state,
                     .seeker = seeker,
                     .h = offering->wish->household,
                     .k = k,
                     .tries = MIN(2 * most + 4, MOST_TRIES)};
    while (offering->n < most) {
        bool verified;
        Itinerary *itinerary = next_itinerary(&search, &verified);
        if (itinerary == NULL)
            break;
        Offer offer = offer_of(problem, itinerary, k);
        if (!is_offered(problem, offering->offers, offering->n, &offer) &&
            !is_confirmed(offering, &offer) && try_offer(offering, &offer, itinerary))
            offering->offers[offering->n++] = offer;
        g_free(itinerary);
    }
}

/* Whether nobody told household g of a date that is still to come. */
static bool is_movable(const Problem *problem, int g) {
    const ProblemHousehold *household = &problem->households[g];
    bool told = false;
    for (int k = 0; k < household->n_free; k++)
        told = told || household->free[k].status != STATUS_PROPOSED;
    return household->n_free > 0 && !told;
}

static void narrow(Refit *refit, const Wish *wish, int k) {
    const Operation *op = refit->op;
    bool late[MAX_SLOTS];
    for (int s = 0; s < op->n_slots; s++)
        late[s] = op->slots[s].late;
    if (wish->from != DATE_NONE)
        refit_within(refit, k, wish->from - op->start, INT32_MAX);
    if (wish->until != DATE_NONE)
        refit_within(refit, k, INT32_MIN, wish->until - op->start);
    if (wish->late)
        refit_slots(refit, k, late);
}

int offers_confirmed(const Standing *standing, const Wish *wish, Arena *arena, Offer *offers) {
    int h = wish->household;
    Offering offering = {.standing = standing,
                         .wish = wish,
                         .op = operation_told(standing->op, h, wish->task, STATUS_PROPOSED,
                                              DATE_NONE, MINUTE_NONE, arena),
                         .arena = arena,
                         .movable = g_new0(bool, standing->op->n_households + 1),
                         .offers = offers};
    Refit refit;
    refit_begin(&refit, standing, offering.op, h);
    int k = free_index(refit.problem, h, wish->task);
    bool possible = k != NONE && !refit.problem->households[h].impossible &&
                    (!wish->late || free_template(refit.problem, h, k)->appointment);
    if (possible) {
        narrow(&refit, wish, k);
        search_offers(&offering, refit.state, refit.seeker, k);
        for (int g = 0; g < standing->op->n_households; g++)
            offering.movable[g] = g != h && is_movable(refit.problem, g);
        for (int g = 0; g < standing->op->n_households; g++)
            if (offering.movable[g])
                g_free(state_take(refit.state, g));
        if (offering.n < wish->count)
            search_offers(&offering, refit.state, refit.seeker, k);
    }
    refit_end(&refit);
    g_free(offering.movable);
    qsort(offers, (size_t)offering.n, sizeof(Offer), compare_offers);
    return offering.n;
}
