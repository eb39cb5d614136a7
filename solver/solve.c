#include "solver/solve.h"

#include "solver/bound.h"
#include "solver/language.h"
#include "solver/master.h"
#include "solver/search/improve.h"
#include "solver/search/project.h"
#include "solver/search/reasons.h"
#include "solver/search/standing.h"
#include "solver/search/together.h"
#include "solver/tree.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

/* Walks of the search that go on side by side. Their number is fixed, so that the plan does not
 * depend on the number of threads. Each is a lane, with a plan of its own, or all of them together
 * are one lane, with one plan. */
enum { WALKS = 2, MOST_LANES = WALKS };

typedef struct Lane {
    struct Solver *solver;
    int number;
    int leg, stale; /* legs of its walk so far, and those since it found a better plan */
    State *state, *best;
    Seeker *seeker;
    Operators operators;
} Lane;

typedef struct Solver {
    const Problem *problem;
    const SolveOptions *options;
    const SolveEvents *events;
    Workers *workers;
    Seeker **seekers;
    Rows *rows;
    Bound *bound;
    Master *master; /* NULL where there are too many households for it */
    Tree *tree;     /* NULL where there are more than a few */
    double *multiplier;
    double relaxed;   /* the master's relaxation, COST_INFINITE before the first one */
    double lane_work; /* of each lane in the next round */
    bool proven;      /* the bound has risen above that without prices */
    bool slow;        /* the bound hardly rises any more */
    bool growing;     /* the tree has begun */
    State *best;
    int n_lanes;
    Lane lanes[MOST_LANES];
    Together *together; /* NULL where every lane is one walk */
    cost_t told_total, told_bound;
    int round, idle; /* rounds, and those without gain */
} Solver;

enum {
    TREE_HOUSEHOLDS = 12,   /* with more, a proof is out of reach and the walks need the time */
    MASTER_HOUSEHOLDS = 30, /* with more, the linear program takes longer than it helps */
    REPAIR_ROUNDS = 6,      /* at most, in which only planning everybody counts */
    CHOICE_EVERY = 4,
};

static void begin_phase(const Solver *solver, const char *name) {
    const SolvePhase phase = {
        .name = name,
        .columns = solver->master == NULL ? 0 : master_columns(solver->master),
        .rows = solver->rows == NULL ? 0 : solver->rows->n,
    };
    if (solver->events->phase != NULL) {
        solver->events->phase(solver->events->context, &phase);
    }
}

static void tell_plan(Solver *solver) {
    if (solver->best->total < solver->told_total) {
        if (solver->problem->previous != NULL) {
            improve_settle(solver->best, solver->seekers[0]);
        }
        Arena *arena = arena_new();
        Plan *plan = state_plan(solver->best, arena);
        plan->bound = solver->told_bound;
        reasons_give(solver->best, arena, plan);
        solver->told_total = solver->best->total;
        solver->idle = 0;
        solver->events->plan(solver->events->context, plan);
        arena_free(arena);
    }
}

static void tell_bound(Solver *solver) {
    cost_t value = bound_value(solver->bound);
    for (int i = 0; i < solver->n_lanes; i++) {
        value = MAX(value, projects_proven(solver->lanes[i].state->projects));
    }
    if (solver->tree != NULL) {
        double other = MIN(tree_bound(solver->tree), (double)solver->best->total);
        value = MAX(value, (cost_t)ceil(MAX(other, 0) - 1e-3));
    }
    value = MIN(value, solver->best->total);
    if (value > solver->told_bound) {
        if ((double)(value - solver->told_bound) > 1e-4 * fabs((double)value)) {
            solver->idle = 0;
        }
        solver->told_bound = value;
        solver->events->bound(solver->events->context, value);
    }
}

static bool gap_reached(const Solver *solver) {
    double gap = (double)(solver->best->total - solver->told_bound);
    return gap <= solver->options->gap * (double)solver->best->total;
}

/* ---- Bound and columns ------------------------------------------------------------------- */

/* A column that the tree found. */
static void take_tree_column(void *context, Itinerary *itinerary) {
    Solver *solver = context;
    master_add(solver->master, itinerary);
}

static void take_column(void *context, Itinerary *itinerary) {
    Solver *solver = context;
    if (solver->tree != NULL) {
        tree_offer(solver->tree, itinerary);
    }
    if (solver->master == NULL) {
        g_free(itinerary);
        return;
    }
    master_add(solver->master, itinerary);
}

static void offer_plan(Solver *solver, const State *state) {
    for (int h = 0; h < solver->problem->n_households && solver->master != NULL; h++) {
        if (state->itineraries[h] != NULL && state->itineraries[h]->n > 0) {
            take_column(solver, itinerary_copy(solver->problem, state->itineraries[h]));
        }
    }
}

static bool bound_is_tight(const Solver *solver) {
    return COST_IS_FINITE(solver->relaxed) &&
           ceil(solver->relaxed - 1e-6) <= (double)bound_value(solver->bound);
}

/* The least work of lists of tasks that is worth beginning; 0 where there are none. */
static double least_of_lists(const Solver *solver) {
    enum { WORK_OF_LISTS = 50000000 };
    bool any = false;
    for (int h = 0; h < solver->problem->n_households; h++) {
        any = any || projects_only(solver->best->projects, h);
    }
    return any ? WORK_OF_LISTS : 0;
}

/* With few households the master program takes no time. */
static bool has_quick_master(const Solver *solver) {
    enum { FIRST_ROUNDS = 2 };
    return solver->tree != NULL && !solver->growing && solver->round >= FIRST_ROUNDS;
}

/* The master program takes over where the steps of the bound have become short; beside the tree it
 * only serves the choice of columns. */
static bool uses_master(const Solver *solver) {
    if (solver->growing) {
        return solver->round % CHOICE_EVERY == CHOICE_EVERY - 1;
    }
    return solver->master != NULL && (has_quick_master(solver) || solver->slow) &&
           !bound_is_tight(solver);
}

/* The tree begins where the relaxation has nearly given what it can: its columns and prices, which
 * lead the walks to good plans, come cheaper without links. */
static void begin_tree(Solver *solver) {
    const double rest = 0.05; /* of the gap */
    double bound = (double)bound_value(solver->bound);
    double open = solver->relaxed - bound;
    bool near =
        COST_IS_FINITE(solver->relaxed) && open <= rest * ((double)solver->best->total - bound);
    solver->growing = solver->growing || (solver->tree != NULL && (near || bound_is_tight(solver)));
}

/* From near the best multipliers to near the relaxation's dual prices, see bound_try(). */
static void price_columns(Solver *solver) {
    static const double smoothings[] = {0.8, 0.5, 0.2};
    for (size_t i = 0; i < G_N_ELEMENTS(smoothings) && !bound_is_tight(solver); i++) {
        bound_try(solver->bound, solver->multiplier, smoothings[i], take_column, solver);
    }
    master_clean(solver->master);
}

/* Column generation after a relaxation, which is an upper limit of the bound: when they have met
 * there is nothing more to gain. */
static void generate_columns(Solver *solver) {
    enum { TIMES = 5 };
    begin_phase(solver, "column generation");
    price_columns(solver);
    for (int i = 1; i < TIMES && has_quick_master(solver) && !bound_is_tight(solver); i++) {
        solver->relaxed = master_relax(solver->master, solver->multiplier);
        price_columns(solver);
    }
}

enum { WORK_OF_HOUSEHOLD = 1000000 };

/* Where lists do what pricing cannot, the search is worth as much time as the bound; beside the
 * linear program, whose time is not counted, the lanes are not to stand idle. */
static double least_lane_work(const Solver *solver) {
    enum { WORK_BESIDE_MASTER = 4000000, WORK_UNPROVEN = 300000 };
    int n = solver->problem->n_households;
    double proven = solver->master == NULL ? WORK_OF_HOUSEHOLD : WORK_BESIDE_MASTER;
    double work = (solver->proven ? proven : WORK_UNPROVEN) * n;
    return MAX(work, least_of_lists(solver));
}

static double work_of_bound(const Solver *solver) {
    double work = 0;
    for (int t = 0; t < workers_count(solver->workers); t++) {
        work += seeker_work(solver->seekers[t]);
    }
    return work;
}

/* The lanes of the next round are to take as long as this does. */
static void raise_bound(Solver *solver) {
    enum { REST = 4 };
    double before = work_of_bound(solver);
    double gain = 0;
    bool rests = !has_quick_master(solver) || bound_is_tight(solver);
    if (solver->slow && rests && solver->round % REST != 0) {
        return;
    }
    begin_phase(solver, "bound");
    if (!bound_is_tight(solver)) {
        gain = bound_raise(solver->bound, take_column, solver);
    }
    solver->slow = gain >= 0 && gain < 2e-4 * (double)solver->best->total &&
                   solver->told_bound > 0 && solver->round > 6;
    bool generates = has_quick_master(solver) || (solver->slow && !solver->growing);
    if (generates && COST_IS_FINITE(solver->relaxed)) {
        generate_columns(solver);
    }
    bool first = solver->told_bound == 0;
    solver->proven = solver->proven || (!first && bound_value(solver->bound) > solver->told_bound);
    /* Until there is a bound worth its name, it comes first. */
    double share = solver->proven ? 1 : 0.5;
    double work = share * (work_of_bound(solver) - before) / WALKS;
    solver->lane_work = MAX(work, least_lane_work(solver));
    tell_bound(solver);
}

/* ---- Plans ------------------------------------------------------------------------------- */

/* How far a walk may go astray: hot at the begin of a cycle of legs, cold at its end, and hotter
 * from cycle to cycle while it finds nothing. The first walk is the careful one; the others can
 * leave where an evening more or less is what counts. */
static double temperature(const Solver *solver, const Lane *lane, int leg) {
    enum { CYCLE = 12 };
    int cycles = lane->stale / CYCLE;
    double least = lane->number == 0 ? 4 : 25;
    double gap = (double)(lane->state->total - solver->told_bound);
    double share = 0.004;
    if (solver->together != NULL) {
        /* It takes long until the bound says something of the gap; and a step is a matter of a few
         * households, however many there are. */
        gap = MIN(gap, 0.06 * (double)lane->state->total);
        share = MIN(share, 0.6 / solver->problem->n_households);
    }
    least = MIN(least * (1 + 0.3 * cycles), 100);
    double hot = CLAMP(share * gap, least, 400);
    return hot * (1 - (double)(leg % CYCLE) / CYCLE) + 1;
}

/* One leg of a lane; `work` is that of each of its walks. */
static void walk_on(const Solver *solver, Lane *lane, double work) {
    enum { APART = 6 };
    int leg = lane->leg + APART * lane->number;
    Improvement improvement = {.work = work,
                               .hot = temperature(solver, lane, leg),
                               .guide = bound_prices(solver->bound),
                               .ideal = bound_ideal(solver->bound),
                               .seed = (solver->options->seed * WALKS + (uint64_t)lane->number) *
                                           1000003 +
                                       (uint64_t)lane->leg,
                               .operators = &lane->operators};
    improvement.cold = MIN(temperature(solver, lane, leg + 1), improvement.hot);
    cost_t before = lane->best->total;
    if (solver->together != NULL) {
        together_leg(solver->together, lane->state, lane->best, &improvement);
    } else {
        improve_run(lane->state, lane->best, lane->seeker, &improvement);
    }
    lane->leg++;
    lane->stale = lane->best->total < before ? 0 : lane->stale + 1;
}

static gpointer run_lane(gpointer data) {
    Lane *lane = data;
    const Solver *solver = lane->solver;
    double leg = (double)WORK_OF_HOUSEHOLD * solver->problem->n_households;
    leg = MAX(leg, least_of_lists(solver));
    double left = solver->lane_work;
    do {
        walk_on(solver, lane, left < 2 * leg ? left : leg);
        left -= leg;
    } while (left >= leg);
    return NULL;
}

/* The lane that is worse off walks on from the state when that is better. */
static void offer_to_worse_lane(Solver *solver, const State *state) {
    Lane *worse = &solver->lanes[0];
    for (int i = 1; i < solver->n_lanes; i++) {
        worse = solver->lanes[i].state->total > worse->state->total ? &solver->lanes[i] : worse;
    }
    if (state->total < worse->state->total && state_is_sound(state)) {
        state_copy(worse->state, state);
        if (state->total < worse->best->total) {
            state_copy(worse->best, state);
        }
    }
}

/* Makes a plan of one column for each household, and offers it; who has none (NULL), or whose clock
 * times do not fit, is inserted. */
static void offer_columns(Solver *solver, const Itinerary *const *chosen) {
    State *state = state_new(solver->problem);
    for (int h = 0; h < solver->problem->n_households; h++) {
        if (chosen[h] != NULL) {
            state_put(state, itinerary_copy_open(solver->problem, chosen[h]));
        }
    }
    improve_construct(state, solver->lanes[0].seeker);
    offer_to_worse_lane(solver, state);
    state_free(state);
}

/* The integer program over the columns so far. */
static void choose_columns(Solver *solver) {
    enum { NODES = 60 };
    int n = solver->problem->n_households;
    int *chosen = g_new(int, n + 1);
    const Itinerary **itinerary = g_new0(const Itinerary *, n + 1);
    double value = master_choose(solver->master, (double)solver->best->total, NODES, chosen);
    for (int h = 0; h < n && COST_IS_FINITE(value); h++) {
        bool planned = chosen[h] != NONE;
        itinerary[h] = planned ? master_itinerary(solver->master, chosen[h]) : NULL;
    }
    if (COST_IS_FINITE(value)) {
        offer_columns(solver, itinerary);
    }
    g_free(itinerary);
    g_free(chosen);
}

/* A plan that the tree came across. */
static void choose_from_tree(Solver *solver) {
    int n = solver->problem->n_households;
    const Itinerary **itinerary = g_new0(const Itinerary *, n + 1);
    for (int h = 0; h < n; h++) {
        itinerary[h] = tree_choice(solver->tree, h);
    }
    offer_columns(solver, itinerary);
    g_free(itinerary);
}

/* Branch and price beside the walks: on two processors it has one to itself. */
static void grow_tree(Solver *solver) {
    begin_phase(solver, "branch and price");
    tree_grow(solver->tree, solver->best->total, WALKS * solver->lane_work, take_tree_column,
              solver);
}

/* ---- Rounds ------------------------------------------------------------------------------ */

/* The lanes walk on; meanwhile this thread, which owns GLPK, solves linear programs. */
static void walk_and_relax(Solver *solver) {
    GThread *threads[MOST_LANES] = {NULL};
    for (int i = 0; i < solver->n_lanes; i++) {
        if (solver->options->threads > 1) {
            threads[i] = g_thread_new("lane", run_lane, &solver->lanes[i]);
        } else {
            run_lane(&solver->lanes[i]);
        }
    }
    begin_tree(solver);
    if (solver->growing) {
        grow_tree(solver);
    }
    if (uses_master(solver)) {
        begin_phase(solver, "relaxation");
        solver->relaxed = master_relax(solver->master, solver->multiplier);
    }
    for (int i = 0; i < solver->n_lanes; i++) {
        if (threads[i] != NULL) {
            g_thread_join(threads[i]);
        }
    }
    if (solver->growing) {
        tell_bound(solver);
    }
    begin_phase(solver, "neighbourhoods");
    if (solver->tree != NULL && tree_found(solver->tree)) {
        choose_from_tree(solver);
    }
    for (int i = 0; i < solver->n_lanes; i++) {
        const State *found = solver->lanes[i].best;
        if (found->total < solver->best->total && state_is_sound(found)) {
            state_copy(solver->best, found);
        }
        offer_plan(solver, solver->lanes[i].state);
    }
    offer_plan(solver, solver->best);
    tell_plan(solver);
}

/* After so many rounds without gain the search ends by itself: where there is more to try, later.
 */
static int rounds_without_gain(const Solver *solver) {
    enum { FEWEST = 60, OF_HOUSEHOLD = 10, BESIDE_TREE = 600 };
    if (solver->tree != NULL && tree_is_open(solver->tree)) {
        return BESIDE_TREE;
    }
    return solver->master != NULL ? FEWEST
                                  : MAX(FEWEST, OF_HOUSEHOLD * solver->problem->n_households);
}

static bool is_over(const Solver *solver) {
    int limit = solver->options->rounds;
    return gap_reached(solver) || solver->idle >= rounds_without_gain(solver) ||
           (limit > 0 && solver->round >= limit);
}

static void run_rounds(Solver *solver) {
    while (!is_over(solver)) {
        solver->idle++;
        walk_and_relax(solver);
        tell_bound(solver); /* a lane may have proven something by itself */
        if (!gap_reached(solver) &&
            (solver->best->n_unplanned == 0 || solver->round >= REPAIR_ROUNDS)) {
            raise_bound(solver);
        }
        if (solver->round % CHOICE_EVERY == CHOICE_EVERY - 1 && COST_IS_FINITE(solver->relaxed)) {
            begin_phase(solver, "choice of columns");
            choose_columns(solver);
        }
        solver->round++;
    }
}

/* Where plans still fall when the time is over, the walks share one. Lists want a whole leg's work
 * at once, and all households. */
static bool walks_together(const Solver *solver) {
    enum { MOST_APART = 100 };
    bool lists = false;
    for (int h = 0; h < solver->problem->n_households; h++) {
        lists = lists || projects_suit(solver->best->projects, h);
    }
    return solver->problem->n_households > MOST_APART && !lists;
}

static void search(Solver *solver) {
    const Problem *problem = solver->problem;
    solver->rows = rows_new(problem);
    solver->bound = bound_new(problem, solver->rows, solver->workers, solver->seekers);
    solver->multiplier = g_new0(double, solver->rows->n + 1);
    if (problem->n_households <= MASTER_HOUSEHOLDS) {
        solver->master = master_new(solver->rows);
    }
    /* Where lists do the work the linear program says little. */
    if (problem->n_households <= TREE_HOUSEHOLDS && least_of_lists(solver) == 0) {
        solver->tree = tree_new(solver->rows);
    }
    bool together = walks_together(solver);
    solver->n_lanes = together ? 1 : WALKS;
    solver->together = together ? together_new(problem, solver->workers, WALKS) : NULL;
    for (int i = 0; i < solver->n_lanes; i++) {
        solver->lanes[i] = (Lane){.solver = solver,
                                  .number = i,
                                  .state = state_new(problem),
                                  .best = state_new(problem),
                                  .seeker = seeker_new(problem)};
        state_copy(solver->lanes[i].state, solver->best);
        state_copy(solver->lanes[i].best, solver->best);
    }
    solver->lane_work = least_lane_work(solver);
    run_rounds(solver);
    for (int i = 0; i < solver->n_lanes; i++) {
        state_free(solver->lanes[i].state);
        state_free(solver->lanes[i].best);
        seeker_free(solver->lanes[i].seeker);
    }
    tree_free(solver->tree);
    together_free(solver->together);
    master_free(solver->master);
    g_free(solver->multiplier);
    bound_free(solver->bound);
    rows_free(solver->rows);
}

/* Last week's plan as it stands, where that is better than planning one household after the other.
 */
static void stand_by_previous(Solver *solver) {
    if (solver->problem->previous == NULL) {
        return;
    }
    State *standing = standing_state(solver->problem, solver->problem->previous);
    if (standing->total < solver->best->total && state_is_sound(standing) &&
        state_verifies(standing)) {
        state_copy(solver->best, standing);
    }
    state_free(standing);
}

void solve(const Operation *op, const Plan *previous, const SolveOptions *options,
           const SolveEvents *events) {
    Problem *problem = problem_new(op, previous);
    Solver solver = {.problem = problem,
                     .options = options,
                     .events = events,
                     .workers = workers_new(options->threads),
                     .relaxed = COST_INFINITE,
                     .told_total = INT64_MAX};
    int n = workers_count(solver.workers);
    solver.seekers = g_new0(Seeker *, n);
    for (int t = 0; t < n; t++) {
        solver.seekers[t] = seeker_new(problem);
    }
    solver.best = state_new(problem);
    begin_phase(&solver, "first plan");
    improve_construct(solver.best, solver.seekers[0]);
    stand_by_previous(&solver);
    tell_plan(&solver);
    if (!options->first_only) {
        search(&solver);
    }
    state_free(solver.best);
    for (int t = 0; t < n; t++) {
        seeker_free(solver.seekers[t]);
    }
    g_free(solver.seekers);
    workers_free(solver.workers);
    problem_free(problem);
}
