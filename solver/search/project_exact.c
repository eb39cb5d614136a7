/* project_exact.c: schedules of projects by what conflicts teach, see exact.h. */
#include "solver/search/project_internal.h"

#include <glib.h>
#include <math.h>

/* ---- Schedules --------------------------------------------------------------------------- */

/* The starts become the schedule, which the attempt takes in, and so does the population. */
static void take_starts(Attempt *attempt, const day_t *start) {
    Projects *projects = attempt->projects;
    Schedule *schedule = projects->schedule;
    schedule_clear(schedule);
    for (int t = 0; t < schedule->n_tasks; t++) {
        schedule_place(schedule, t, start[t]);
    }
    double value = take_schedule(attempt);
    if (projects->population.n_tasks == attempt->n_tasks && projects->population.room > 0) {
        population_add(&projects->population, schedule, value);
    }
}

/* Asks until the work is done or there is nothing more. */
static LogicEnd ask(Attempt *attempt, Exact *exact, double work) {
    day_t *start = g_new(day_t, attempt->n_tasks + 1);
    double before = exact_work(exact);
    LogicEnd end = LOGIC_FOUND;
    while (end == LOGIC_FOUND) {
        end = exact_search(exact, start, work - (exact_work(exact) - before));
        if (end == LOGIC_FOUND) {
            take_starts(attempt, start);
            exact_limit(exact, attempt->best_cost - 1, attempt->best_start);
        }
    }
    attempt->projects->schedule->work += exact_work(exact) - before;
    g_free(start);
    return end;
}

bool find_by_conflicts(Attempt *attempt, double work) {
    const Schedule *schedule = attempt->projects->schedule;
    if (!exact_suits(schedule)) {
        return false;
    }
    day_t *start = g_new(day_t, attempt->n_tasks + 1);
    for (int t = 0; t < attempt->n_tasks; t++) {
        start[t] = schedule->tasks[t].low;
    }
    Exact *exact = exact_new(schedule, INT64_MAX / 4, start, NULL);
    double before = exact_work(exact);
    bool found = exact_search(exact, start, work) == LOGIC_FOUND;
    attempt->projects->schedule->work += exact_work(exact) - before;
    if (found) {
        take_starts(attempt, start);
    }
    exact_free(exact);
    g_free(start);
    return found;
}

/* ---- Near a schedule --------------------------------------------------------------------- */

/* A schedule to change: the best one, or a good one of the population. */
static const day_t *choose_base(const Attempt *attempt) {
    enum { ROUNDS = 3 };
    const Population *population = &attempt->projects->population;
    if (population->n == 0 || random_below(attempt->random, 3) == 0) {
        return attempt->best_start;
    }
    int best = random_below(attempt->random, population->n);
    for (int i = 1; i < ROUNDS; i++) {
        int other = random_below(attempt->random, population->n);
        best = population->value[other] < population->value[best] ? other : best;
    }
    return &population->start[(size_t)best * population->n_tasks];
}

/* Marks n works of about the same time. */
static void choose_loose(const Attempt *attempt, const day_t *start, int n, bool *loose) {
    const Schedule *schedule = attempt->projects->schedule;
    int t = random_below(attempt->random, attempt->n_tasks);
    int centre = 2 * start[t] + schedule->tasks[t].days;
    int *distance = g_new(int, attempt->n_tasks + 1);
    int most = 0;
    for (t = 0; t < attempt->n_tasks; t++) {
        distance[t] = ABS(2 * start[t] + schedule->tasks[t].days - centre);
        most = MAX(most, distance[t]);
    }
    int *count = g_new0(int, most + 2);
    for (t = 0; t < attempt->n_tasks; t++) {
        count[distance[t]]++;
    }
    int reach = 0;
    for (int sum = count[0]; reach < most && sum < n; sum += count[reach]) {
        reach++;
    }
    for (t = 0; t < attempt->n_tasks; t++) {
        loose[t] = distance[t] <= reach;
    }
    g_free(count);
    g_free(distance);
}

/* Plans some works anew, the others in the order in which they are. As many at a time as can be
 * decided about half of the time. */
static void ask_near(Attempt *attempt) {
    enum { FIRST = 20, LEAST = 6, WORK = 400000 };
    Projects *projects = attempt->projects;
    int n = attempt->n_tasks;
    projects->loose = projects->loose == 0 ? FIRST : projects->loose;
    bool *loose = g_new0(bool, n + 1);
    const day_t *start = choose_base(attempt);
    choose_loose(attempt, start, projects->loose, loose);
    Exact *exact = exact_new(projects->schedule, attempt->best_cost - 1, start, loose);
    LogicEnd end = ask(attempt, exact, WORK);
    projects->schedule->work += 10000 + 2.0 * n * n + 4.0 * projects->problem->n_days;
    int step = 1 + projects->loose / 20;
    projects->loose =
        CLAMP(projects->loose + (end == LOGIC_NONE ? step : -step), LEAST, MAX(n, LEAST));
    exact_free(exact);
    g_free(loose);
}

/* ---- Anywhere ---------------------------------------------------------------------------- */

static void ask_anywhere(Attempt *attempt) {
    enum { WORK = 2000000 };
    Projects *projects = attempt->projects;
    if (projects->exact == NULL) {
        projects->exact =
            exact_new(projects->schedule, attempt->best_cost - 1, attempt->best_start, NULL);
    } else {
        exact_limit(projects->exact, attempt->best_cost - 1, attempt->best_start);
    }
    projects->complete = ask(attempt, projects->exact, WORK) == LOGIC_NONE;
}

void improve_by_conflicts(Attempt *attempt) {
    enum { ANYWHERE = 3 };
    Projects *projects = attempt->projects;
    if (!projects->choices && !projects->complete && random_below(attempt->random, ANYWHERE) == 0) {
        ask_anywhere(attempt);
    } else {
        ask_near(attempt);
    }
}

bool is_proven_best(const Attempt *attempt) {
    const Projects *projects = attempt->projects;
    return projects->complete && attempt->best_value < INFINITY &&
           attempt->best_cost <= exact_least(projects->exact);
}

cost_t proven_by_conflicts(const Attempt *attempt) {
    const Projects *projects = attempt->projects;
    if (!projects->complete || attempt->n < projects->n_planned) {
        return 0;
    }
    cost_t least = exact_least(projects->exact);
    for (int i = 0; i < attempt->n; i++) {
        if (projects->problem->households[attempt->households[i]].unplanned_cost < least) {
            return 0;
        }
    }
    return least;
}
