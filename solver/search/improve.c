#include "solver/search/improve.h"

#include "solver/search/project.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum {
    NODES = 8,
    MANY = 150,               /* households: a first plan is wanted in seconds */
    WORK_OF_ITERATION = 20000 /* what an iteration costs besides pricing */
};

/* ---- The first plan ---------------------------------------------------------------------- */

typedef struct Turn {
    int household;
    double key;
} Turn;

static int compare_turns(gconstpointer a, gconstpointer b) {
    const Turn *s = a;
    const Turn *t = b;
    if (s->key != t->key) {
        return s->key < t->key ? -1 : 1;
    }
    return s->household - t->household;
}

static int suitable_homes(const Problem *problem, int h) {
    const ProblemHousehold *household = &problem->households[h];
    int n = 0;
    for (int i = 0; i < household->n_classes; i++) {
        n += problem->classes[household->classes[i]].n_homes;
    }
    return n;
}

static bool has_confirmed(const Problem *problem, int h) {
    const ProblemHousehold *household = &problem->households[h];
    bool confirmed = false;
    for (int k = 0; k < household->n_free; k++) {
        confirmed = confirmed || household->free[k].status == STATUS_CONFIRMED;
    }
    return confirmed;
}

/* First those that hold homes already or have promises, then those that leave their home, those
 * with the least choice of homes first, then the others; within that by their deadline, heavy ones
 * sooner. */
static double urgency(const Problem *problem, int h) {
    const ProblemHousehold *household = &problem->households[h];
    double key = has_confirmed(problem, h) ? 1e5 : 1e6;
    if (household->out_day != NO_DAY) {
        key = 0;
    } else if (household->out == NONE) {
        key += 1e6;
    }
    day_t deadline = household->deadline == NO_DAY ? problem->n_days : household->deadline;
    double scarce =
        household->stays ? 2000.0 * suitable_homes(problem, h) / MAX(problem->op->n_homes, 1) : 0;
    return key + scarce + deadline - 50.0 * (double)household->weight;
}

/* ---- Members ----------------------------------------------------------------------------- */

enum { FEW_MEMBERS = 4 };

/* The least busy of the role's members who are skipped: by households, of whom each serves
 * served[], per person, piece or cubic metre of its capacity. */
static int least_busy(const Problem *problem, const Role *role, const int *served,
                      const uint8_t *skipped) {
    int best = NONE;
    double least = 0;
    for (int m = 0; m < role->n_members; m++) {
        int r = role->members[m];
        double load = (served[r] + 1) / (double)MAX(problem->op->resources[r].capacity, 1);
        if (skipped[r] && (best == NONE || load < least)) {
            best = r;
            least = load;
        }
    }
    return best;
}

/* Adds the itinerary, or NULL, to the households that each member serves. */
static void count_served(const Problem *problem, const Itinerary *itinerary, int *served) {
    for (int i = 0; itinerary != NULL && i < problem->n_roles; i++) {
        if (itinerary->members[i] != NONE) {
            served[itinerary->members[i]]++;
        }
    }
}

/* Where a role has many members, leaves few of them to choose from: the one who was there before,
 * and of the others by chance; without `random` those who are the least busy, see least_busy().
 * Marks all others as skipped; false when there is nobody to skip. */
static bool skip_most_members(const Problem *problem, int h, const Itinerary *old, Random *random,
                              const int *served, uint8_t *skipped) {
    bool any = false;
    memset(skipped, 0, (size_t)problem->n_resources);
    for (int i = 0; i < problem->n_roles; i++) {
        const Role *role = &problem->op->roles[i];
        int before = old == NULL ? NONE : old->members[i];
        if (role->n_members <= FEW_MEMBERS + 1 || problem->households[h].fixed[i] != NONE) {
            continue;
        }
        for (int m = 0; m < role->n_members; m++) {
            skipped[role->members[m]] = role->members[m] != before;
        }
        for (int kept = 0; kept < FEW_MEMBERS; kept++) {
            int next = random == NULL ? least_busy(problem, role, served, skipped)
                                      : role->members[random_below(random, role->n_members)];
            skipped[next] = 0;
        }
        any = true;
    }
    return any;
}

/* ---- Last week's plan -------------------------------------------------------------------- */

/* Last week's dates of what is still to do; NULL when there are none for some task. */
static Itinerary *previous_dates(const Problem *problem, int h) {
    const ProblemHousehold *household = &problem->households[h];
    if (problem->previous == NULL || !problem->previous->households[h].planned ||
        household->n_free == 0 || household->impossible) {
        return NULL;
    }
    Itinerary *dates = itinerary_new(problem, h);
    for (int k = 0; k < household->n_free; k++) {
        const FreeTask *free_task = &household->free[k];
        const PlanTask *task = &problem->previous->households[h].tasks[free_task->task];
        bool told = free_task->status != STATUS_PROPOSED;
        if (!told && task->start == DATE_NONE) {
            g_free(dates);
            return NULL;
        }
        /* What was promised since last week counts for more than last week's plan. */
        dates->tasks[k].start = told ? free_task->told.day : task->start - problem->op->start;
    }
    return dates;
}

/* Marks all members but those who served h last week; false when that says nothing. */
static bool skip_new_members(const Problem *problem, int h, uint8_t *skipped) {
    bool any = false;
    memset(skipped, 0, (size_t)problem->n_resources);
    for (int role = 0; role < problem->n_roles; role++) {
        int before = problem->previous->households[h].members[role];
        const Role *of = &problem->op->roles[role];
        for (int m = 0; m < of->n_members && before != NONE; m++) {
            skipped[of->members[m]] = of->members[m] != before;
            any = any || of->members[m] != before;
        }
    }
    return any;
}

/* Whether h has lost a date that was confirmed: farther from its other dates it may keep it. */
static bool breaks_promise(const State *state, int h) {
    const ProblemHousehold *household = &state->problem->households[h];
    const Itinerary *itinerary = state->itineraries[h];
    bool broken = false;
    for (int k = 0; k < itinerary->n; k++) {
        const FreeTask *task = &household->free[k];
        const Dated *dated = &itinerary->tasks[k];
        broken = broken || (task->status == STATUS_CONFIRMED &&
                            !is_as_told(task, dated->start, dated->minute));
    }
    return broken;
}

/* Everybody as near to last week's dates as still possible: those first whose dates hold as they
 * are, then those to whom something was confirmed. Who does not fit is left to the caller. */
static void resume_previous(State *state, Seeker *seeker) {
    static const int reaches[] = {0, 3, 10, 20, 40, 80};
    const Problem *problem = state->problem;
    Itinerary **before = g_new0(Itinerary *, problem->n_households + 1);
    uint8_t *skipped = g_new0(uint8_t, problem->n_resources + 1);
    for (int h = 0; h < problem->n_households; h++) {
        before[h] = previous_dates(problem, h);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(reaches); i++) {
        for (int turn = 0; turn < 2 * problem->n_households; turn++) {
            int h = turn % problem->n_households;
            bool first = turn < problem->n_households;
            if (before[h] == NULL || state->itineraries[h] != NULL ||
                first != has_confirmed(problem, h)) {
                continue;
            }
            Insertion insertion = {
                .nodes = NODES, .cutoff = COST_INFINITE, .reach = reaches[i], .near = before};
            insertion.skipped = skip_new_members(problem, h, skipped) ? skipped : NULL;
            insertion.keeps_minutes = i == 0;
            if (!state_insert(state, seeker, h, &insertion) && insertion.skipped != NULL) {
                insertion.skipped = NULL;
                state_insert(state, seeker, h, &insertion);
            }
            if (state->itineraries[h] != NULL && breaks_promise(state, h)) {
                g_free(state_take(state, h));
            }
        }
    }
    for (int h = 0; h < problem->n_households; h++) {
        g_free(before[h]);
    }
    g_free(before);
    g_free(skipped);
}

void improve_settle(State *state, Seeker *seeker) {
    const Problem *problem = state->problem;
    Itinerary **before = g_new0(Itinerary *, problem->n_households + 1);
    uint8_t *skipped = g_new0(uint8_t, problem->n_resources + 1);
    for (int h = 0; h < problem->n_households; h++) {
        before[h] = previous_dates(problem, h);
        if (before[h] == NULL || state->itineraries[h] == NULL) {
            continue;
        }
        cost_t total = state->total;
        Itinerary *own = state_take(state, h);
        Insertion insertion = {.nodes = NODES,
                               .cutoff = COST_INFINITE,
                               .reach = 0,
                               .near = before,
                               .keeps_minutes = true};
        insertion.skipped = skip_new_members(problem, h, skipped) ? skipped : NULL;
        if (state_insert(state, seeker, h, &insertion) && state->total <= total) {
            g_free(own);
        } else {
            g_free(state_take(state, h));
            state_put(state, own);
        }
    }
    for (int h = 0; h < problem->n_households; h++) {
        g_free(before[h]);
    }
    g_free(before);
    g_free(skipped);
}

void improve_construct(State *state, Seeker *seeker) {
    const Problem *problem = state->problem;
    Turn *turns = g_new(Turn, problem->n_households + 1);
    int n = 0;
    resume_previous(state, seeker);
    for (int h = 0; h < problem->n_households; h++) {
        if (state->itineraries[h] == NULL) {
            turns[n++] = (Turn){h, urgency(problem, h)};
        }
    }
    qsort(turns, (size_t)n, sizeof(Turn), compare_turns);
    int nodes = problem->n_households > MANY ? NODES / 2 : 3 * NODES;
    uint8_t *skipped = g_new0(uint8_t, problem->n_resources + 1);
    int *served = g_new0(int, problem->n_resources + 1);
    for (int h = 0; h < problem->n_households; h++) {
        count_served(problem, state->itineraries[h], served);
    }
    for (int i = 0; i < n; i++) {
        int h = turns[i].household;
        Insertion insertion = {.nodes = nodes, .cutoff = COST_INFINITE};
        bool skips = skip_most_members(problem, h, NULL, NULL, served, skipped);
        insertion.skipped = skips ? skipped : NULL;
        if (!state_insert(state, seeker, h, &insertion) && skips) {
            insertion.skipped = NULL;
            state_insert(state, seeker, h, &insertion);
        }
        count_served(problem, state->itineraries[h], served);
    }
    g_free(served);
    g_free(skipped);
    g_free(turns);
}

/* ---- Ruin -------------------------------------------------------------------------------- */

typedef struct Ruin {
    State *state;
    Random random;
    int n, most;
    int *households;
    bool *chosen;
    uint8_t *skipped; /* per resource: scratch */
    const double *ideal;
    const int *focus;
    int n_focus;
    const bool *movable; /* NULL: all */
    Steps *steps;        /* or NULL */
} Ruin;

static bool may_move(const Ruin *ruin, int h) {
    return ruin->movable == NULL || ruin->movable[h];
}

static void choose(Ruin *ruin, int h) {
    if (ruin->n < ruin->most && !ruin->chosen[h] && may_move(ruin, h) &&
        ruin->state->problem->households[h].n_free > 0) {
        ruin->chosen[h] = true;
        ruin->households[ruin->n++] = h;
    }
}

static void choose_random(Ruin *ruin) {
    for (int tries = 0; ruin->n < ruin->most && tries < 8 * ruin->most; tries++) {
        choose(ruin, random_below(&ruin->random, ruin->state->problem->n_households));
    }
}

/* How near two itineraries are: days between their tasks, less when they share a member. */
static double distance(const Problem *problem, const Itinerary *a, const Itinerary *b) {
    day_t from_a = a->tasks[0].start;
    day_t from_b = b->tasks[0].start;
    day_t to_a = 0;
    day_t to_b = 0;
    for (int k = 0; k < a->n; k++) {
        to_a = MAX(to_a, a->tasks[k].finish);
    }
    for (int k = 0; k < b->n; k++) {
        to_b = MAX(to_b, b->tasks[k].finish);
    }
    int shared = 0;
    for (int role = 0; role < problem->n_roles; role++) {
        shared += a->members[role] != NONE && a->members[role] == b->members[role] ? 1 : 0;
    }
    double apart = ABS(from_a - from_b) + ABS(to_a - to_b);
    return apart - 3.0 * shared -
           (a->home_class != NONE && a->home_class == b->home_class ? 10 : 0);
}

/* A planned household by chance, or NULL; with `h` one whose home household h could use. */
static const Itinerary *choose_centre(Ruin *ruin, int h) {
    const Problem *problem = ruin->state->problem;
    const Itinerary *centre = NULL;
    bool suits = false;
    for (int tries = 0; tries < 40 && !suits; tries++) {
        int other = random_below(&ruin->random, problem->n_households);
        if (problem->households[other].n_free == 0 || ruin->state->itineraries[other] == NULL ||
            !may_move(ruin, other)) {
            continue;
        }
        centre = ruin->state->itineraries[other];
        suits = h == NONE || !problem->households[h].stays;
        for (int i = 0; !suits && i < problem->households[h].n_classes; i++) {
            suits = problem->households[h].classes[i] == centre->home_class;
        }
    }
    return centre;
}

/* Those nearest to a household, with some noise. */
static void choose_near(Ruin *ruin, const Itinerary *centre) {
    const Problem *problem = ruin->state->problem;
    if (centre == NULL) {
        choose_random(ruin);
        return;
    }
    Turn *turns = g_new(Turn, problem->n_households);
    int n = 0;
    for (int h = 0; h < problem->n_households; h++) {
        const Itinerary *itinerary = ruin->state->itineraries[h];
        if (itinerary != NULL && itinerary->n > 0 && may_move(ruin, h)) {
            turns[n++] =
                (Turn){h, distance(problem, centre, itinerary) + 15 * random_unit(&ruin->random)};
        }
    }
    choose(ruin, centre->household);
    qsort(turns, (size_t)n, sizeof(Turn), compare_turns);
    for (int i = 0; i < n; i++) {
        choose(ruin, turns[i].household);
    }
    g_free(turns);
}

/* An unplanned household by chance and those around where it could be; false when there is none. */
static bool choose_unplanned(Ruin *ruin) {
    const State *state = ruin->state;
    int n = state->problem->n_households;
    int first = random_below(&ruin->random, n);
    for (int i = 0; i < n && state->n_unplanned > 0; i++) {
        int h = (first + i) % n;
        if (state->itineraries[h] == NULL && !state->problem->households[h].impossible &&
            may_move(ruin, h)) {
            choose(ruin, h);
            choose_near(ruin, choose_centre(ruin, h));
            return true;
        }
    }
    return false;
}

/* ---- Recreate ---------------------------------------------------------------------------- */

static void shuffle(Ruin *ruin) {
    for (int i = ruin->n - 1; i > 0; i--) {
        int j = random_below(&ruin->random, i + 1);
        int swap = ruin->households[i];
        ruin->households[i] = ruin->households[j];
        ruin->households[j] = swap;
    }
}

/* Sometimes a heavier or longer stay goes first instead of chance. */
static void order_by_urgency(Ruin *ruin) {
    Turn *turns = g_new(Turn, ruin->n + 1);
    for (int i = 0; i < ruin->n; i++) {
        int h = ruin->households[i];
        turns[i] = (Turn){h, urgency(ruin->state->problem, h) + 60 * random_unit(&ruin->random)};
    }
    qsort(turns, (size_t)ruin->n, sizeof(Turn), compare_turns);
    for (int i = 0; i < ruin->n; i++) {
        ruin->households[i] = turns[i].household;
    }
    g_free(turns);
}

/* Puts the old itineraries back in place of the new ones. */
static void undo(State *state, const Ruin *ruin, Itinerary **old) {
    for (int i = 0; i < ruin->n; i++) {
        g_free(state_take(state, ruin->households[i]));
    }
    for (int i = 0; i < ruin->n; i++) {
        if (old[ruin->households[i]] != NULL) {
            state_put(state, old[ruin->households[i]]);
            old[ruin->households[i]] = NULL;
        }
    }
}

/* What household h adds at least to a plan that does not have it yet. */
static double least_change(const Ruin *ruin, int h) {
    return ruin->ideal == NULL
               ? -(double)ruin->state->problem->households[h].unplanned_cost
               : ruin->ideal[h] - (double)ruin->state->problem->households[h].unplanned_cost;
}

/* Inserts the households again; false as soon as the total cannot be `limit` or less any more. */
static bool insert_all(Ruin *ruin, Seeker *seeker, const Insertion *insertion,
                       Itinerary *const *old, double limit) {
    State *state = ruin->state;
    double to_come = 0;
    for (int i = 0; i < ruin->n; i++) {
        to_come += least_change(ruin, ruin->households[i]);
    }
    for (int i = 0; i < ruin->n; i++) {
        int h = ruin->households[i];
        double unplanned = (double)state->problem->households[h].unplanned_cost;
        to_come -= least_change(ruin, h);
        Insertion own = *insertion;
        bool skips =
            skip_most_members(state->problem, h, old[h], &ruin->random, NULL, ruin->skipped);
        own.skipped = skips ? ruin->skipped : NULL;
        if (own.guide == NULL) {
            own.cutoff = MIN(limit - (double)state->total - to_come + unplanned + 1, unplanned);
        }
        if (own.cutoff > 0) {
            state_insert(state, seeker, h, &own);
        }
        if ((double)state->total + to_come > limit) {
            return false;
        }
    }
    return true;
}

/* Those of the chosen whom lists suit, all of them when chance says so; the others stay. They come
 * in the operation's order, see project_improve(). */
static void choose_projects(Ruin *ruin) {
    const State *state = ruin->state;
    int n = 0;
    bool all = projects_suit_all(state->projects) && random_below(&ruin->random, 3) == 0;
    for (int h = 0; h < state->problem->n_households && all; h++) {
        choose(ruin, h);
    }
    for (int h = 0; h < state->problem->n_households; h++) {
        if (ruin->chosen[h] && projects_suit(state->projects, h)) {
            ruin->households[n++] = h;
        }
        ruin->chosen[h] = false;
    }
    ruin->n = n;
}

/* Plans some households together from lists of all their tasks. */
static void improve_projects(Ruin *ruin, double limit, double work) {
    State *state = ruin->state;
    ruin->n = 0;
    ruin->most = 1 + random_below(&ruin->random, MIN(6, state->problem->n_households));
    if (state->n_unplanned == 0 || random_below(&ruin->random, 4) == 0 || !choose_unplanned(ruin)) {
        choose_near(ruin, choose_centre(ruin, NONE));
    }
    ruin->most = state->problem->n_households;
    choose_projects(ruin);
    if (ruin->n > 0) {
        double share = (double)ruin->n / state->problem->n_households;
        project_improve(state, ruin->households, ruin->n, limit, share * work, &ruin->random);
    }
}

/* Those around one of whom the search is told to look at, if chance wants it. */
static bool choose_in_focus(Ruin *ruin) {
    if (ruin->n_focus == 0 || random_below(&ruin->random, 8) == 0) {
        return false;
    }
    int h = ruin->focus[random_below(&ruin->random, ruin->n_focus)];
    choose(ruin, h);
    choose_near(ruin, ruin->state->itineraries[h] != NULL ? ruin->state->itineraries[h]
                                                          : choose_centre(ruin, h));
    return true;
}

static void improve_once(Ruin *ruin, Seeker *seeker, const Insertion *insertion, Itinerary **old,
                         double worse) {
    State *state = ruin->state;
    cost_t before = state->total;
    ruin->n = 0;
    /* Those who are unplanned go first. */
    bool repair =
        state->n_unplanned > 0 && random_below(&ruin->random, 4) != 0 && choose_unplanned(ruin);
    if (!repair && !choose_in_focus(ruin)) {
        if (random_below(&ruin->random, 4) == 0) {
            choose_random(ruin);
        } else {
            choose_near(ruin, choose_centre(ruin, NONE));
        }
    }
    if (!repair && random_below(&ruin->random, 3) == 0) {
        order_by_urgency(ruin);
    } else if (!repair) {
        shuffle(ruin);
    }
    for (int i = 0; i < ruin->n; i++) {
        old[ruin->households[i]] = state_take(state, ruin->households[i]);
        ruin->chosen[ruin->households[i]] = false;
    }
    if (!insert_all(ruin, seeker, insertion, old, (double)before + worse) ||
        !state_is_sound(state)) {
        undo(state, ruin, old);
        return;
    }
    if (ruin->steps != NULL) {
        steps_note(ruin->steps, state, ruin->households, ruin->n, worse);
    }
    for (int i = 0; i < ruin->n; i++) {
        g_free(old[ruin->households[i]]);
        old[ruin->households[i]] = NULL;
    }
}

static void improve_by_operator(Ruin *ruin, Seeker *seeker, const Improvement *improvement,
                                Itinerary **old, double worse) {
    const State *state = ruin->state;
    int number =
        operators_choose(improvement->operators, improvement->guide != NULL, &ruin->random);
    Operator way = operator_of(number);
    Insertion insertion = {.guide = way.guided ? improvement->guide : NULL,
                           .nodes = NODES,
                           .cutoff = COST_INFINITE,
                           .reach = way.reach,
                           .near = way.reach == OPERATOR_ANYWHERE ? NULL : old};
    cost_t before = state->total;
    double work = seeker_work(seeker);
    ruin->most = way.least + random_below(&ruin->random, way.most - way.least + 1);
    ruin->most = MIN(ruin->most, state->problem->n_households);
    improve_once(ruin, seeker, &insertion, old, worse);
    work = seeker_work(seeker) - work + WORK_OF_ITERATION;
    operators_learn(improvement->operators, number, work, (double)MAX(before - state->total, 0));
}

static double work_of(const State *state, const Seeker *seeker) {
    return seeker_work(seeker) + projects_work(state->projects);
}

/* Is it the turn of lists? By chance, as often as there are households whom they suit. */
static bool takes_projects(Ruin *ruin) {
    const State *state = ruin->state;
    int h = random_below(&ruin->random, state->problem->n_households);
    return projects_only(state->projects, h) ||
           (projects_suit(state->projects, h) && random_below(&ruin->random, 2) == 0);
}

double improve_run(State *state, State *best, Seeker *seeker, const Improvement *improvement) {
    int n = state->problem->n_households;
    Ruin ruin = {.state = state,
                 .random = random_from(improvement->seed),
                 .households = g_new(int, n + 1),
                 .chosen = g_new0(bool, n + 1),
                 .skipped = g_new0(uint8_t, state->problem->n_resources + 1),
                 .ideal = improvement->ideal,
                 .focus = improvement->focus,
                 .n_focus = improvement->n_focus,
                 .movable = improvement->movable,
                 .steps = improvement->steps};
    Itinerary **old = g_new0(Itinerary *, n + 1);
    double iterations = 0;
    double begin = work_of(state, seeker);
    double work = 0;
    for (;;) {
        work = work_of(state, seeker) - begin + iterations;
        double done = work / improvement->work;
        if (work >= improvement->work) {
            break;
        }
        iterations += WORK_OF_ITERATION;
        double temperature = improvement->hot + done * (improvement->cold - improvement->hot);
        /* A random threshold: -T ln(u) is the rule of simulated annealing. */
        double worse = -temperature * log(1 - random_unit(&ruin.random));
        if (takes_projects(&ruin)) {
            improve_projects(&ruin, (double)state->total + worse, improvement->work / 4);
        } else {
            improve_by_operator(&ruin, seeker, improvement, old, worse);
        }
        if (best != NULL && state->total < best->total) {
            state_copy(best, state);
        }
    }
    g_free(old);
    g_free(ruin.households);
    g_free(ruin.chosen);
    g_free(ruin.skipped);
    return work;
}
