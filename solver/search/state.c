#include "solver/search/project.h"
#include "solver/verify.h"

#include <glib.h>

State *state_new(const Problem *problem) {
    State *state = g_new0(State, 1);
    state->problem = problem;
    state->usage = usage_new(problem);
    state->projects = projects_new(problem);
    state->itineraries = g_new0(Itinerary *, problem->n_households + 1);
    state->n_unplanned = problem->n_households;
    for (int h = 0; h < problem->n_households; h++) {
        state->total += problem->households[h].unplanned_cost;
    }
    for (int h = 0; h < problem->n_households; h++) {
        if (problem->households[h].n_free == 0) {
            state_put(state, itinerary_new(problem, h));
        }
    }
    return state;
}

void state_free(State *state) {
    if (state == NULL) {
        return;
    }
    for (int h = 0; h < state->problem->n_households; h++) {
        g_free(state->itineraries[h]);
    }
    g_free(state->itineraries);
    usage_free(state->usage);
    projects_free(state->projects);
    g_free(state);
}

/* Adds the itinerary; returns NONE or the task that does not fit. */
static int try_put(State *state, Itinerary *itinerary) {
    int h = itinerary->household;
    cost_t late_before = state->usage->late_cost;
    int clash = usage_add(state->usage, itinerary);
    if (clash == NONE) {
        state->itineraries[h] = itinerary;
        state->total += itinerary->cost - state->problem->households[h].unplanned_cost +
                        state->usage->late_cost - late_before;
        state->n_unplanned--;
    }
    return clash;
}

bool state_put(State *state, Itinerary *itinerary) {
    if (try_put(state, itinerary) == NONE) {
        return true;
    }
    g_free(itinerary);
    return false;
}

Itinerary *state_take(State *state, int h) {
    Itinerary *itinerary = state->itineraries[h];
    if (itinerary == NULL) {
        return NULL;
    }
    cost_t late_before = state->usage->late_cost;
    usage_remove(state->usage, itinerary);
    state->itineraries[h] = NULL;
    state->total += state->problem->households[h].unplanned_cost - itinerary->cost +
                    state->usage->late_cost - late_before;
    state->n_unplanned++;
    return itinerary;
}

bool state_insert(State *state, Seeker *seeker, int h, const Insertion *insertion) {
    enum { TRIES = 5 };
    Barrier barriers[TRIES];
    Request request = {.household = h,
                       .usage = state->usage,
                       .prices = insertion->guide,
                       .counts_evenings = true,
                       .skipped = insertion->skipped,
                       .near = insertion->near != NULL ? insertion->near[h] : NULL,
                       .reach = insertion->reach,
                       .keeps_minutes = insertion->keeps_minutes,
                       .barriers = barriers,
                       .nodes = insertion->nodes,
                       .quick = true,
                       .cutoff = insertion->cutoff};
    if (state->problem->households[h].impossible) {
        return false;
    }
    bool anywhere = request.near == NULL || request.reach > 0;
    if (anywhere && projects_only(state->projects, h)) {
        return project_insert(state, h, insertion->cutoff);
    }
    /* Tasks of one household can clash with each other: the clash is barred and all is priced
     * again. */
    while (request.n_barriers < TRIES) {
        double value;
        double bound;
        Itinerary *itinerary = cheapest_itinerary(seeker, &request, &value, &bound);
        if (itinerary == NULL) {
            return false;
        }
        int k = try_put(state, itinerary);
        if (k == NONE) {
            return true;
        }
        bool appointment = free_template(state->problem, h, k)->appointment;
        barriers[request.n_barriers++] =
            (Barrier){k, itinerary->tasks[k].start, appointment ? itinerary->tasks[k].slot : NONE};
        g_free(itinerary);
    }
    return anywhere && project_insert(state, h, insertion->cutoff);
}

void state_copy(State *state, const State *source) {
    const Problem *problem = state->problem;
    for (int pass = 0; pass < 2; pass++) {
        for (int h = 0; h < problem->n_households; h++) {
            const Itinerary *own = state->itineraries[h];
            const Itinerary *other = source->itineraries[h];
            bool same = own != NULL && other != NULL && itinerary_equal(problem, own, other);
            if (pass == 0 && own != NULL && !same) {
                g_free(state_take(state, h));
            } else if (pass == 1 && other != NULL && !same) {
                state_put(state, itinerary_copy(problem, other));
            }
        }
    }
}

bool state_is_sound(const State *state) {
    for (int h = 0; h < state->problem->n_households; h++) {
        if (state->itineraries[h] == NULL && !usage_homes_hold(state->usage, h)) {
            return false;
        }
    }
    return true;
}

/* ---- The plan ---------------------------------------------------------------------------- */

/* A stay in some home of a class. */
typedef struct Stay {
    int household;
    day_t from, until; /* turnaround included */
    int home;          /* held by a fact, or NONE */
} Stay;

static int compare_stays(gconstpointer a, gconstpointer b) {
    const Stay *s = a;
    const Stay *t = b;
    if ((s->home == NONE) != (t->home == NONE)) {
        return s->home == NONE ? 1 : -1;
    }
    if (s->from != t->from) {
        return s->from < t->from ? -1 : 1;
    }
    return s->household - t->household;
}

/* The stays of a class: of planned households, and of facts. */
static GArray *stays_of(const State *state, int class) {
    const Problem *problem = state->problem;
    GArray *stays = g_array_new(FALSE, FALSE, sizeof(Stay));
    for (int h = 0; h < problem->n_households; h++) {
        const ProblemHousehold *household = &problem->households[h];
        const Package *package = household_package(problem->op, h);
        const PlanTask *facts = problem->facts->households[h].tasks;
        const Itinerary *itinerary = state->itineraries[h];
        Stay stay = {h, household->out_day, problem->n_days - 1, household->fixed_home};
        if (household->fixed_home != NONE && !household->stays) {
            if (package->move_out == NONE || facts[package->move_out].start == DATE_NONE ||
                problem_class_of(problem, household->fixed_home) != class) {
                continue;
            }
            if (package->move_back != NONE && facts[package->move_back].start != DATE_NONE) {
                stay.until = facts[package->move_back].start - problem->op->start +
                             problem->op->turnaround_days;
            }
        } else if (itinerary != NULL && itinerary->home_class == class) {
            stay.from = household->out == NONE ? stay.from : itinerary->tasks[household->out].start;
            stay.until = household->back == NONE ? stay.until
                                                 : itinerary->tasks[household->back].start +
                                                       problem->op->turnaround_days;
        } else if (!household->stays || household->fixed_home == NONE ||
                   household->classes[0] != class || itinerary != NULL) {
            continue;
        }
        g_array_append_val(stays, stay);
    }
    g_array_sort(stays, compare_stays);
    return stays;
}

/* The home of last week's plan, NONE without one. */
static int previous_home(const Problem *problem, int h) {
    const Plan *previous = problem->previous;
    return previous != NULL && previous->households[h].planned ? previous->households[h].home
                                                               : NONE;
}

/* How well free home i suits the stay: last week's home best, then one that nobody else had, then
 * the one that has been empty for the shortest time. */
static int64_t preference(const State *state, const Stay *stay, int home, day_t free_from,
                          const uint8_t *wanted) {
    if (previous_home(state->problem, stay->household) == home) {
        return INT64_MAX;
    }
    return (int64_t)free_from - (wanted[home] ? (int64_t)INT32_MAX * 4 : 0);
}

/* An interval graph is coloured with as many homes as overlap when the earliest stay goes first,
 * whichever free home it takes. */
static void assign_homes(const State *state, int class, int *home_of) {
    const HomeClass *homes = &state->problem->classes[class];
    day_t *free_from = g_new(day_t, homes->n_homes);
    GArray *stays = stays_of(state, class);
    uint8_t *wanted = g_new0(uint8_t, state->problem->op->n_homes + 1);
    for (guint j = 0; j < stays->len; j++) {
        int home = previous_home(state->problem, g_array_index(stays, Stay, j).household);
        if (home != NONE) {
            wanted[home] = 1;
        }
    }
    for (int i = 0; i < homes->n_homes; i++) {
        free_from[i] = NO_DAY;
    }
    for (guint j = 0; j < stays->len; j++) {
        const Stay *stay = &g_array_index(stays, Stay, j);
        int best = NONE;
        int64_t most = INT64_MIN;
        for (int i = 0; i < homes->n_homes; i++) {
            bool suits =
                stay->home == NONE ? free_from[i] < stay->from : homes->homes[i] == stay->home;
            int64_t own = preference(state, stay, homes->homes[i], free_from[i], wanted);
            if (suits && (best == NONE || own > most)) {
                best = i;
                most = own;
            }
        }
        if (best != NONE) {
            free_from[best] = MAX(free_from[best], stay->until);
            home_of[stay->household] = homes->homes[best];
        }
    }
    g_array_free(stays, TRUE);
    g_free(wanted);
    g_free(free_from);
}

static void write_household(const State *state, int h, int home, PlanHousehold *out) {
    const Problem *problem = state->problem;
    const ProblemHousehold *household = &problem->households[h];
    const Itinerary *itinerary = state->itineraries[h];
    date_t start = problem->op->start;
    out->planned = itinerary != NULL;
    if (home != NONE) {
        out->home = home;
    }
    for (int role = 0; itinerary != NULL && role < problem->n_roles; role++) {
        if (itinerary->members[role] != NONE) {
            out->members[role] = itinerary->members[role];
        }
    }
    for (int k = 0; itinerary != NULL && k < itinerary->n; k++) {
        const Dated *dated = &itinerary->tasks[k];
        PlanTask *task = &out->tasks[household->free[k].task];
        int minutes = free_template(problem, h, k)->minutes;
        *task = (PlanTask){start + dated->start, start + dated->finish, dated->minute,
                           minutes > 0 ? dated->minute + minutes : MINUTE_NONE,
                           household->free[k].status};
    }
}

Plan *state_plan(const State *state, Arena *arena) {
    const Problem *problem = state->problem;
    Plan *plan = plan_new(arena, problem->op);
    int *home_of = g_new(int, problem->n_households + 1);
    for (int h = 0; h < problem->n_households; h++) {
        home_of[h] = NONE;
    }
    for (int c = 0; c < problem->n_classes; c++) {
        assign_homes(state, c, home_of);
    }
    for (int h = 0; h < problem->n_households; h++) {
        write_household(state, h, home_of[h], &plan->households[h]);
    }
    g_free(home_of);
    plan->status = PLAN_FEASIBLE;
    plan->total = state->total;
    return plan;
}

void state_find_broken(const State *state, bool *broken) {
    Arena *arena = arena_new();
    Verdict *verdict =
        verify_plan(state->problem->op, state->problem->previous, state_plan(state, arena), false);
    for (int i = 0; i < verdict->n_violations; i++) {
        if (verdict->violations[i].household != NONE) {
            broken[verdict->violations[i].household] = true;
        }
    }
    verdict_free(verdict);
    arena_free(arena);
}

bool state_verifies(const State *state) {
    Arena *arena = arena_new();
    Verdict *verdict =
        verify_plan(state->problem->op, state->problem->previous, state_plan(state, arena), false);
    bool good = verdict->n_violations == 0;
    verdict_free(verdict);
    arena_free(arena);
    return good;
}
