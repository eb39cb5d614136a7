#include "solver/search/steps.h"

#include <glib.h>

typedef struct Step {
    double worse;
    int n;
    int *households;
    Itinerary **wanted; /* per household of the step; NULL: unplanned */
} Step;

struct Steps {
    GPtrArray *list;
};

/* Where steps are taken again. */
typedef struct Taker {
    State *state;
    Seeker *seeker;
    Itinerary **near; /* per household of the operation: NULL between insertions */
} Taker;

static void step_free(gpointer data) {
    Step *step = data;
    for (int i = 0; i < step->n; i++) {
        g_free(step->wanted[i]);
    }
    g_free(step->wanted);
    g_free(step->households);
    g_free(step);
}

Steps *steps_new(void) {
    Steps *steps = g_new(Steps, 1);
    steps->list = g_ptr_array_new_with_free_func(step_free);
    return steps;
}

void steps_free(Steps *steps) {
    if (steps != NULL) {
        g_ptr_array_free(steps->list, TRUE);
        g_free(steps);
    }
}

void steps_clear(Steps *steps) {
    g_ptr_array_set_size(steps->list, 0);
}

void steps_note(Steps *steps, const State *state, const int *households, int n, double worse) {
    Step *step = g_new(Step, 1);
    *step = (Step){worse, n, g_new(int, n + 1), g_new0(Itinerary *, n + 1)};
    for (int i = 0; i < n; i++) {
        const Itinerary *itinerary = state->itineraries[households[i]];
        step->households[i] = households[i];
        step->wanted[i] = itinerary == NULL ? NULL : itinerary_copy(state->problem, itinerary);
    }
    g_ptr_array_add(steps->list, step);
}

static bool changes_something(const Step *step, const State *state) {
    bool changes = false;
    for (int i = 0; i < step->n; i++) {
        const Itinerary *now = state->itineraries[step->households[i]];
        const Itinerary *wanted = step->wanted[i];
        bool same = now != NULL && wanted != NULL ? itinerary_equal(state->problem, now, wanted)
                                                  : now == wanted;
        changes = changes || !same;
    }
    return changes;
}

/* As it is, or else at other times of day. */
static bool put_copy(State *state, const Itinerary *wanted) {
    if (state_put(state, itinerary_copy(state->problem, wanted))) {
        return true;
    }
    return state_put(state, itinerary_copy_open(state->problem, wanted));
}

/* Plans the household of `wanted` so that the total stays within `limit`. */
static bool put_near(Taker *taker, Itinerary *wanted, double limit) {
    enum { NODES = 8 };
    static const int reaches[] = {3, 10};
    State *state = taker->state;
    int h = wanted->household;
    if (put_copy(state, wanted)) {
        return true;
    }
    double unplanned = (double)state->problem->households[h].unplanned_cost;
    Insertion insertion = {.nodes = NODES,
                           .cutoff = limit - (double)state->total + unplanned + 1,
                           .near = taker->near};
    bool good = false;
    taker->near[h] = wanted;
    for (size_t i = 0; i < G_N_ELEMENTS(reaches) && !good; i++) {
        insertion.reach = reaches[i];
        good = state_insert(state, taker->seeker, h, &insertion);
    }
    taker->near[h] = NULL;
    return good;
}

static bool take(Taker *taker, const Step *step) {
    State *state = taker->state;
    const ProblemHousehold *households = state->problem->households;
    Itinerary **old = g_new0(Itinerary *, step->n + 1);
    double limit = (double)state->total + step->worse;
    double to_come = 0; /* what the plan still pays for those who come later in this step */
    for (int i = 0; i < step->n; i++) {
        old[i] = state_take(state, step->households[i]);
        to_come +=
            step->wanted[i] == NULL ? 0 : (double)households[step->households[i]].unplanned_cost;
    }
    bool good = true;
    for (int i = 0; i < step->n && good; i++) {
        if (step->wanted[i] != NULL) {
            to_come -= (double)households[step->households[i]].unplanned_cost;
            good = put_near(taker, step->wanted[i], limit + to_come);
        }
    }
    good = good && (double)state->total <= limit && state_is_sound(state);
    for (int i = 0; i < step->n && !good; i++) {
        g_free(state_take(state, step->households[i]));
    }
    for (int i = 0; i < step->n; i++) {
        if (good) {
            g_free(old[i]);
        } else if (old[i] != NULL) {
            state_put(state, old[i]);
        }
    }
    g_free(old);
    return good;
}

int steps_take(const Steps *steps, State *state, Seeker *seeker) {
    Taker taker = {state, seeker, g_new0(Itinerary *, state->problem->n_households + 1)};
    int lost = 0;
    for (guint i = 0; i < steps->list->len; i++) {
        const Step *step = g_ptr_array_index(steps->list, i);
        if (changes_something(step, state) && !take(&taker, step)) {
            lost++;
        }
    }
    g_free(taker.near);
    return lost;
}
