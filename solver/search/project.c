#include "solver/search/project_internal.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum {
    POPULATION = 40,
    MOST_TASKS = 4000, /* of a list of all households */
};

static bool has_only_works(const Problem *problem, int h) {
    const ProblemHousehold *household = &problem->households[h];
    bool only = household->n_free > 0 && household->out == NONE && household->back == NONE;
    for (int k = 0; k < household->n_free; k++) {
        only = only && !free_template(problem, h, k)->appointment;
    }
    return only;
}

static bool has_choice(const Problem *problem, int h);

Projects *projects_new(const Problem *problem) {
    Projects *projects = g_new0(Projects, 1);
    projects->problem = problem;
    projects->suit = g_new0(bool, problem->n_households + 1);
    projects->only = g_new0(bool, problem->n_households + 1);
    projects->suit_all = true;
    int n_tasks = 0;
    for (int h = 0; h < problem->n_households; h++) {
        bool only_works = has_only_works(problem, h);
        projects->only[h] = only_works && problem->households[h].competes;
        projects->suit[h] = only_works || problem->households[h].competes;
        projects->suit_all =
            projects->suit_all && (projects->suit[h] || problem->households[h].n_free == 0);
        projects->choices = projects->choices || (only_works && has_choice(problem, h));
        n_tasks += problem->households[h].n_free;
        projects->n_planned += problem->households[h].n_free > 0;
    }
    projects->suit_all = projects->suit_all && n_tasks <= MOST_TASKS;
    projects->schedule = schedule_new(problem);
    projects->lister = lister_new();
    return projects;
}

void projects_free(Projects *projects) {
    if (projects == NULL) {
        return;
    }
    schedule_free(projects->schedule);
    lister_free(projects->lister);
    g_free(projects->suit);
    g_free(projects->only);
    g_free(projects->population.value);
    g_free(projects->population.start);
    exact_free(projects->exact);
    g_free(projects);
}

cost_t projects_proven(const Projects *projects) {
    return projects->proven;
}

double projects_work(const Projects *projects) {
    return projects->schedule->work;
}

bool projects_suit(const Projects *projects, int h) {
    return projects->suit[h];
}

bool projects_only(const Projects *projects, int h) {
    return projects->only[h];
}

bool projects_suit_all(const Projects *projects) {
    return projects->suit_all;
}

/* ---- Members ----------------------------------------------------------------------------- */

/* The member that somebody was promised for the role, or NONE. */
static int told_member(const Problem *problem, int h, int role) {
    const ProblemHousehold *household = &problem->households[h];
    for (int k = 0; k < household->n_free; k++) {
        int told = household->free[k].told_member;
        if (told != NONE && problem->op->resources[told].role == role) {
            return told;
        }
    }
    return NONE;
}

static bool needs_role(const Problem *problem, int h, int role) {
    for (int k = 0; k < problem->households[h].n_free; k++) {
        const Template *template = free_template(problem, h, k);
        for (int i = 0; i < template->n_needs; i++) {
            if (template->needs[i].role == role) {
                return true;
            }
        }
    }
    return false;
}

/* Who serves h: fixed members, mostly those of `old` (or NULL), else by chance. */
static int *choose_members(const Problem *problem, int h, const Itinerary *old, Random *random) {
    int *members = g_new(int, problem->n_roles + 1);
    bool change = old == NULL || random_below(random, 4) == 0;
    for (int role = 0; role < problem->n_roles; role++) {
        const Role *of = &problem->op->roles[role];
        members[role] = NONE;
        if (!needs_role(problem, h, role)) {
            continue;
        }
        members[role] = problem->households[h].fixed[role];
        if (members[role] == NONE && old != NULL && (!change || random_below(random, 2) == 0)) {
            members[role] = old->members[role];
        }
        if (members[role] == NONE && random_below(random, 4) != 0) {
            members[role] = told_member(problem, h, role);
        }
        if (members[role] == NONE) {
            members[role] = of->members[random_below(random, of->n_members)];
        }
    }
    return members;
}

static bool has_choice(const Problem *problem, int h) {
    for (int role = 0; role < problem->n_roles; role++) {
        if (problem->households[h].fixed[role] == NONE && needs_role(problem, h, role) &&
            problem->op->roles[role].n_members > 1) {
            return true;
        }
    }
    return false;
}

/* ---- Attempts ---------------------------------------------------------------------------- */

static double value_of(const Schedule *schedule) {
    double finishes = 0;
    for (int t = 0; t < schedule->n_tasks; t++) {
        finishes += schedule->finish[t];
    }
    return (double)schedule_cost(schedule) + 1e-7 * finishes;
}

static void keep_best(Attempt *attempt, double value) {
    attempt->best_value = value;
    attempt->best_cost = schedule_cost(attempt->projects->schedule);
    memcpy(attempt->best_start, attempt->projects->schedule->start,
           sizeof(day_t) * (size_t)attempt->n_tasks);
    for (int i = 0; i < attempt->n; i++) {
        g_free(attempt->best[i]);
        attempt->best[i] = schedule_itinerary(attempt->projects->schedule, i);
    }
}

double take_schedule(Attempt *attempt) {
    Projects *projects = attempt->projects;
    justify_right(projects->lister, projects->schedule);
    justify_left(projects->lister, projects->schedule);
    double value = value_of(projects->schedule);
    if (value < attempt->best_value) {
        keep_best(attempt, value);
    }
    return value;
}

/* Schedules the attempt's keys; INFINITY when that leads nowhere. */
static double try_keys(Attempt *attempt) {
    Projects *projects = attempt->projects;
    bool whole = list_schedule(projects->lister, projects->schedule, attempt->key);
    return whole ? take_schedule(attempt) : INFINITY;
}

/* Makes `members` of the attempt's households and begins the schedule; false when that is
 * hopeless. */
static bool begin_schedule(Attempt *attempt, Itinerary *const *old) {
    const Problem *problem = attempt->projects->problem;
    int **members = g_new(int *, attempt->n + 1);
    for (int i = 0; i < attempt->n; i++) {
        members[i] = choose_members(problem, attempt->households[i], old[i], attempt->random);
    }
    bool begun = schedule_begin(attempt->projects->schedule, attempt->usage, attempt->households,
                                attempt->n, members);
    for (int i = 0; i < attempt->n; i++) {
        g_free(members[i]);
    }
    g_free(members);
    return begun;
}

static Attempt attempt_new(Projects *projects, const Usage *usage, const int *households, int n,
                           Random *random) {
    Attempt attempt = {.projects = projects,
                       .usage = usage,
                       .random = random,
                       .households = households,
                       .n = n,
                       .value = INFINITY,
                       .best_value = INFINITY,
                       .best = g_new0(Itinerary *, n + 1)};
    for (int i = 0; i < n; i++) {
        attempt.n_tasks += projects->problem->households[households[i]].n_free;
    }
    attempt.key = g_new0(int32_t, attempt.n_tasks + 1);
    attempt.start = g_new0(int32_t, attempt.n_tasks + 1);
    attempt.best_start = g_new0(day_t, attempt.n_tasks + 1);
    return attempt;
}

static void attempt_end(Attempt *attempt) {
    for (int i = 0; i < attempt->n; i++) {
        g_free(attempt->best[i]);
    }
    g_free(attempt->best);
    g_free(attempt->key);
    g_free(attempt->start);
    g_free(attempt->best_start);
}

/* Puts the best itineraries into the state; false when that does not work, and then nobody of the
 * attempt is planned. */
static bool put_best(Attempt *attempt, State *state) {
    bool fits = true;
    for (int i = 0; i < attempt->n && fits; i++) {
        Itinerary *itinerary = attempt->best[i];
        attempt->best[i] = NULL;
        fits = itinerary != NULL && state_put(state, itinerary);
    }
    for (int i = 0; i < attempt->n && !fits; i++) {
        g_free(state_take(state, attempt->households[i]));
    }
    return fits;
}

Itinerary *project_find(Projects *projects, const Usage *usage, int h) {
    enum { LISTS = 12, MOST_LISTS = 150, CHANGES = 6, WORK = 20000000 };
    Random random = random_from((uint64_t)h * 7919 + (uint64_t)projects->calls++);
    Attempt attempt = attempt_new(projects, usage, &h, 1, &random);
    int changes = has_choice(projects->problem, h) ? CHANGES : 1;
    Itinerary *const nothing[] = {NULL};
    for (int c = 0; c < changes; c++) {
        bool begun = begin_schedule(&attempt, nothing);
        for (int i = 0; begun && i < MOST_LISTS / changes; i++) {
            rule_keys(projects->schedule, &random, attempt.key);
            try_keys(&attempt);
            begun = i + 1 < LISTS || attempt.best_value == INFINITY;
        }
        if (begun && attempt.best_value == INFINITY) {
            find_by_conflicts(&attempt, WORK);
        }
    }
    Itinerary *best = attempt.best[0];
    attempt.best[0] = NULL;
    attempt_end(&attempt);
    return best;
}

bool project_insert(State *state, int h, double cutoff) {
    Itinerary *itinerary = project_find(state->projects, state->usage, h);
    if (itinerary != NULL && state_put(state, itinerary)) {
        if ((double)state->itineraries[h]->cost < cutoff) {
            return true;
        }
        g_free(state_take(state, h));
    }
    return false;
}

/* ---- The population ----------------------------------------------------------------------------
 */

static void population_reset(Population *population, int n_tasks) {
    if (population->n_tasks != n_tasks || population->room == 0) {
        population->n_tasks = n_tasks;
        population->room = POPULATION;
        population->value = g_renew(double, population->value, POPULATION);
        population->start = g_renew(int32_t, population->start, (size_t)POPULATION * n_tasks);
        population->n = 0;
    }
}

static int population_best(const Population *population) {
    int best = 0;
    for (int i = 1; i < population->n; i++) {
        best = population->value[i] < population->value[best] ? i : best;
    }
    return best;
}

static int population_worst(const Population *population) {
    int worst = 0;
    for (int i = 1; i < population->n; i++) {
        worst = population->value[i] > population->value[worst] ? i : worst;
    }
    return worst;
}

/* One of equal value is enough. */
void population_add(Population *population, const Schedule *schedule, double value) {
    for (int i = 0; i < population->n; i++) {
        if (population->value[i] == value) {
            return;
        }
    }
    int at = population->n < population->room ? population->n++ : population_worst(population);
    if (at == population->n - 1 || value < population->value[at]) {
        population->value[at] = value;
        memcpy(&population->start[(size_t)at * population->n_tasks], schedule->start,
               sizeof(int32_t) * (size_t)population->n_tasks);
    }
}

static const int32_t *population_parent(const Population *population, Random *random) {
    int i = random_below(random, population->n);
    int j = random_below(random, population->n);
    return &population->start[(size_t)(population->value[i] < population->value[j] ? i : j) *
                              population->n_tasks];
}

/* One child of the population; while the population is small, a list by a rule. */
static void breed(Attempt *attempt) {
    Projects *projects = attempt->projects;
    Population *population = &projects->population;
    Random *random = attempt->random;
    enum { FULL = POPULATION - 2 };
    if (population->n < 2 || (population->n < FULL && projects->idle < 4 * POPULATION)) {
        rule_keys(projects->schedule, random, attempt->key);
    } else if (random_below(random, 4) == 0) {
        shaken_keys(projects->schedule, population_parent(population, random), random,
                    attempt->key);
    } else {
        const int32_t *mother = population_parent(population, random);
        crossed_keys(projects->schedule, mother, population_parent(population, random), random,
                     attempt->key);
    }
    double value = try_keys(attempt);
    double least = population->n == 0 ? INFINITY : population->value[population_best(population)];
    projects->idle = value < least - 0.5 ? 0 : projects->idle + 1;
    if (value < INFINITY) {
        population_add(population, projects->schedule, value);
    }
}

/* A population that has bred in vain for long begins anew, with its best one. */
static void refresh_pool(Projects *projects) {
    enum { PATIENCE = 100 * POPULATION };
    Population *population = &projects->population;
    if (projects->idle > PATIENCE && population->n > 1) {
        int best = population_best(population);
        population->value[0] = population->value[best];
        memmove(population->start, &population->start[(size_t)best * population->n_tasks],
                sizeof(int32_t) * (size_t)population->n_tasks);
        population->n = 1;
        projects->idle = 0;
    }
}

/* ---- Improvement ------------------------------------------------------------------------- */

/* A schedule near the present one; it is walked on from there when it is hardly worse. */
static void walk(Attempt *attempt) {
    Schedule *schedule = attempt->projects->schedule;
    if (attempt->value < INFINITY) {
        shaken_keys(schedule, attempt->start, attempt->random, attempt->key);
    } else {
        rule_keys(schedule, attempt->random, attempt->key);
    }
    double value = try_keys(attempt);
    if (value <= attempt->value + 2 * random_unit(attempt->random)) {
        attempt->value = value;
        memcpy(attempt->start, schedule->start, sizeof(int32_t) * (size_t)attempt->n_tasks);
    }
}

/* The starts of the old itineraries, as far as there are any, begin the walk. */
static void begin_walk(Attempt *attempt, Itinerary *const *old) {
    int t = 0;
    bool whole = true;
    for (int i = 0; i < attempt->n; i++) {
        int n = attempt->projects->problem->households[attempt->households[i]].n_free;
        for (int k = 0; k < n; k++, t++) {
            attempt->start[t] = old[i] == NULL ? 0 : old[i]->tasks[k].start;
            attempt->key[t] = attempt->start[t] * KEYS_PER_DAY;
        }
        whole = whole && old[i] != NULL;
    }
    if (!whole) {
        return;
    }
    list_keep_order(attempt->projects->schedule, attempt->key);
    double value = try_keys(attempt);
    if (value < INFINITY) {
        attempt->value = value;
        memcpy(attempt->start, attempt->projects->schedule->start,
               sizeof(int32_t) * (size_t)attempt->n_tasks);
    }
}

static void run_attempt(Attempt *attempt, Itinerary *const *old, double work) {
    Projects *projects = attempt->projects;
    bool whole = projects->suit_all && attempt->n == projects->n_planned;
    double end = projects->schedule->work + work;
    if (!begin_schedule(attempt, old)) {
        return;
    }
    begin_walk(attempt, old);
    if (whole) {
        population_reset(&projects->population, attempt->n_tasks);
        if (attempt->value < INFINITY) {
            population_add(&projects->population, projects->schedule, attempt->value);
        }
    }
    bool asks = exact_suits(projects->schedule);
    if (asks && attempt->best_value == INFINITY) {
        find_by_conflicts(attempt, work / 2);
    }
    /* Of several households together conflicts teach less. */
    double share = attempt->n == 1 ? 1 : 0.25;
    while (projects->schedule->work < end && !(whole && is_proven_best(attempt))) {
        double before = projects->schedule->work;
        if (whole && asks && attempt->best_value < INFINITY &&
            projects->by_conflicts < share * projects->by_lists) {
            improve_by_conflicts(attempt);
            projects->by_conflicts += projects->schedule->work - before;
            continue;
        }
        if (whole) {
            refresh_pool(projects);
            breed(attempt);
        } else {
            walk(attempt);
        }
        projects->schedule->work += 50;
        projects->by_lists += projects->schedule->work - before;
    }
    projects->schedule->work = MAX(projects->schedule->work, end);
}

bool project_improve(State *state, const int *households, int n, double limit, double work,
                     Random *random) {
    Itinerary **old = g_new0(Itinerary *, n + 1);
    Attempt attempt = attempt_new(state->projects, state->usage, households, n, random);
    for (int i = 0; i < n; i++) {
        old[i] = state_take(state, households[i]);
    }
    cost_t rest = state->total;
    for (int i = 0; i < n; i++) {
        rest -= state->problem->households[households[i]].unplanned_cost;
    }
    run_attempt(&attempt, old, work);
    cost_t proven = proven_by_conflicts(&attempt);
    if (proven > 0) {
        state->projects->proven = rest + proven;
    }
    bool put = attempt.best_value < INFINITY && put_best(&attempt, state);
    bool kept = put && (double)state->total <= limit && state_is_sound(state);
    for (int i = 0; i < n && put && !kept; i++) {
        g_free(state_take(state, households[i]));
    }
    for (int i = 0; i < n; i++) {
        if (kept || old[i] == NULL) {
            g_free(old[i]);
        } else {
            state_put(state, old[i]);
        }
    }
    g_free(old);
    attempt_end(&attempt);
    return kept;
}
