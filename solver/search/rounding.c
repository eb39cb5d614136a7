#include "solver/search/rounding.h"

#include <glib.h>

/* What the fractional plan says of a household. */
typedef struct Turn {
    int household;
    double share; /* of its itineraries together */
    double mean;  /* day: of the starts of its tasks, weighted by share until normalised */
} Turn;

static void take_share(void *context, const Itinerary *itinerary, double share) {
    Turn *turn = (Turn *)context + itinerary->household;
    double sum = 0;
    for (int k = 0; k < itinerary->n; k++) {
        sum += itinerary->tasks[k].start;
    }
    turn->share += share;
    turn->mean += share * sum / MAX(itinerary->n, 1);
}

static int compare_turns(gconstpointer a, gconstpointer b) {
    const Turn *s = a;
    const Turn *t = b;
    if (s->mean != t->mean) {
        return s->mean < t->mean ? -1 : 1;
    }
    return s->household - t->household;
}

void round_shares(State *state, Seeker *seeker, const Bound *bound, Random *random) {
    enum { NODES = 12, NOISE_DAYS = 12 };
    int n = state->problem->n_households;
    Turn *turns = g_new0(Turn, n + 1);
    bound_each_share(bound, take_share, turns);
    for (int h = 0; h < n; h++) {
        turns[h].household = h;
        turns[h].mean = turns[h].share > 0 ? turns[h].mean / turns[h].share : 0;
        turns[h].mean += NOISE_DAYS * random_unit(random);
    }
    qsort(turns, (size_t)n, sizeof(Turn), compare_turns);
    Insertion insertion = {.guide = bound_prices(bound), .nodes = NODES, .cutoff = COST_INFINITE};
    for (int i = 0; i < n; i++) {
        if (state->itineraries[turns[i].household] == NULL) {
            state_insert(state, seeker, turns[i].household, &insertion);
        }
    }
    g_free(turns);
}
