#include "solver/search/together.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

/* In a leg. More of them lose fewer steps, but the walks wait for each other more often. */
enum { STRETCHES = 32 };

typedef struct Walker {
    State *state;
    Seeker *seeker;
    Operators operators;
    Steps *steps;
    double work; /* to do in this stretch: less, where the last step of one before took more */
} Walker;

struct Together {
    Workers *workers;
    int n;
    Walker *walkers;
    bool **movable; /* [walker][household] */
    uint64_t count; /* of stretches */
    const Improvement *leg;
    double begin, end; /* of the stretch, as shares of the leg */
};

Together *together_new(const Problem *problem, Workers *workers, int n) {
    Together *together = g_new0(Together, 1);
    together->workers = workers;
    together->n = n;
    together->walkers = g_new0(Walker, n);
    together->movable = g_new(bool *, n);
    for (int i = 0; i < n; i++) {
        together->movable[i] = g_new0(bool, problem->n_households + 1);
        together->walkers[i] = (Walker){
            .state = state_new(problem), .seeker = seeker_new(problem), .steps = steps_new()};
    }
    return together;
}

void together_free(Together *together) {
    if (together == NULL) {
        return;
    }
    for (int i = 0; i < together->n; i++) {
        state_free(together->walkers[i].state);
        seeker_free(together->walkers[i].seeker);
        g_free(together->movable[i]);
        steps_free(together->walkers[i].steps);
    }
    g_free(together->movable);
    g_free(together->walkers);
    g_free(together);
}

/* ---- Sharing out ------------------------------------------------------------------------- */

typedef struct Place {
    int household;
    int middle; /* of its dates, in half days */
} Place;

static int compare_places(const void *a, const void *b) {
    const Place *s = a;
    const Place *t = b;
    if (s->middle != t->middle) {
        return s->middle < t->middle ? -1 : 1;
    }
    return s->household - t->household;
}

/* Who has no dates may be anywhere. */
static int middle_of(const State *plan, int h) {
    const Itinerary *itinerary = plan->itineraries[h];
    if (itinerary == NULL || itinerary->n == 0) {
        return 2 * plan->problem->n_days * h / plan->problem->n_households;
    }
    day_t first = itinerary->tasks[0].start;
    day_t last = itinerary->tasks[0].finish;
    for (int k = 1; k < itinerary->n; k++) {
        first = MIN(first, itinerary->tasks[k].start);
        last = MAX(last, itinerary->tasks[k].finish);
    }
    return first + last;
}

void together_share_out(const State *plan, double offset, int n, bool *const *movable) {
    int households = plan->problem->n_households;
    Place *places = g_new(Place, households + 1);
    for (int h = 0; h < households; h++) {
        places[h] = (Place){h, middle_of(plan, h)};
    }
    qsort(places, (size_t)households, sizeof(Place), compare_places);
    int shift = (int)(offset * households);
    for (int i = 0; i < households; i++) {
        int walk = (int)((int64_t)((i + shift) % households) * n / households);
        for (int j = 0; j < n; j++) {
            movable[j][places[i].household] = j == walk;
        }
    }
    g_free(places);
}

/* ---- Walking ----------------------------------------------------------------------------- */

static void walk(void *context, int i, int thread) {
    Together *together = context;
    Walker *walker = &together->walkers[i];
    const Improvement *leg = together->leg;
    (void)thread;
    Improvement own = *leg;
    own.work = walker->work;
    own.hot = leg->hot + together->begin * (leg->cold - leg->hot);
    own.cold = leg->hot + together->end * (leg->cold - leg->hot);
    own.seed = leg->seed + (together->count * (uint64_t)together->n + (uint64_t)i) * 1000000007;
    own.operators = &walker->operators;
    own.movable = together->movable[i];
    own.steps = walker->steps;
    if (own.work > 0) {
        walker->work -= improve_run(walker->state, NULL, walker->seeker, &own);
    }
}

/* The plan takes the steps of all walks. */
static void meet(const Together *together, State *plan) {
    /* One walk's steps need not be taken one by one: nothing can be in their way. */
    state_copy(plan, together->walkers[0].state);
    for (int i = 0; i < together->n; i++) {
        if (i > 0) {
            steps_take(together->walkers[i].steps, plan, together->walkers[0].seeker);
        }
        steps_clear(together->walkers[i].steps);
    }
}

void together_leg(Together *together, State *plan, State *best, const Improvement *leg) {
    together->leg = leg;
    for (int s = 0; s < STRETCHES; s++) {
        /* Multiples of the golden section fall everywhere, and never soon where one has been. */
        double offset = 0.6180339887498949 * (double)together->count;
        together_share_out(plan, offset - floor(offset), together->n, together->movable);
        for (int i = 0; i < together->n; i++) {
            state_copy(together->walkers[i].state, plan);
            together->walkers[i].work += leg->work / STRETCHES;
        }
        together->begin = (double)s / STRETCHES;
        together->end = (double)(s + 1) / STRETCHES;
        workers_run(together->workers, together->n, walk, together);
        meet(together, plan);
        if (plan->total < best->total) {
            state_copy(best, plan);
        }
        together->count++;
    }
}
