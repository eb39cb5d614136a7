#include "solver/solve.h"

#include "solver/bound.h"
#include "solver/search/improve.h"

#include <glib.h>
#include <stdio.h>

typedef struct Solver {
    const Problem *problem;
    const SolveOptions *options;
    const SolveEvents *events;
    Workers *workers;
    Seeker **seekers;
    Rows *rows;
    Bound *bound;
    State *best;
    cost_t told_total, told_bound;
} Solver;

static void tell_plan(Solver *solver) {
    if (solver->best->total < solver->told_total) {
        Arena *arena = arena_new();
        Plan *plan = state_plan(solver->best, arena);
        plan->bound = solver->told_bound;
        solver->told_total = solver->best->total;
        solver->events->plan(solver->events->context, plan);
        arena_free(arena);
    }
}

static void tell_bound(Solver *solver) {
    cost_t value = MIN(bound_value(solver->bound), solver->best->total);
    if (value > solver->told_bound) {
        solver->told_bound = value;
        solver->events->bound(solver->events->context, value);
    }
}

static bool gap_reached(const Solver *solver) {
    double gap = (double)(solver->best->total - solver->told_bound);
    return gap <= solver->options->gap * (double)solver->best->total;
}

static void run_rounds(Solver *solver) {
    for (uint64_t round = 0; !gap_reached(solver) && round < 100000; round++) {
        bound_improve(solver->bound, 10, solver->best->total, NULL, NULL);
        tell_bound(solver);
        Improvement improvement = {.iterations = 100,
                                   .temperature =
                                       (double)(solver->best->total - solver->told_bound) * 0.02,
                                   .guide = bound_prices(solver->bound),
                                   .seed = solver->options->seed * 1000003 + round};
        improve_run(solver->best, solver->seekers[0], &improvement);
        tell_plan(solver);
        char line[200];
        snprintf(line, sizeof line, "round %d: total %lld bound %lld unplanned %d", (int)round,
                 (long long)solver->best->total, (long long)solver->told_bound,
                 solver->best->n_unplanned);
        solver->events->log(solver->events->context, line);
    }
}

void solve(const Operation *op, const Plan *previous, const SolveOptions *options,
           const SolveEvents *events) {
    Problem *problem = problem_new(op, previous);
    Solver solver = {.problem = problem,
                     .options = options,
                     .events = events,
                     .workers = workers_new(options->threads),
                     .told_total = INT64_MAX};
    int n = workers_count(solver.workers);
    solver.seekers = g_new0(Seeker *, n);
    for (int t = 0; t < n; t++) {
        solver.seekers[t] = seeker_new(problem);
    }
    solver.best = state_new(problem);
    improve_construct(solver.best, solver.seekers[0]);
    tell_plan(&solver);
    if (!options->first_only) {
        solver.rows = rows_new(problem);
        solver.bound = bound_new(problem, solver.rows, solver.workers, solver.seekers);
        run_rounds(&solver);
        bound_free(solver.bound);
        rows_free(solver.rows);
    }
    state_free(solver.best);
    for (int t = 0; t < n; t++) {
        seeker_free(solver.seekers[t]);
    }
    g_free(solver.seekers);
    workers_free(solver.workers);
    problem_free(problem);
}
