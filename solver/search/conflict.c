#include "solver/search/conflict.h"

#include <glib.h>
#include <string.h>

enum { MOST_STEPS = 5 };

typedef struct Deletion {
    const Standing *standing;
    const Goal *goal;
    int n;
    const Reason *reasons;
    bool *lifted; /* per reason */
} Deletion;

/* ---- Planned again -------------------------------------------------------------------------- */

static void ask_for_goal(Refit *refit, const Goal *goal) {
    refit_keep_promises(refit, NONE);
    int k = goal->task == NONE ? NONE : free_index(refit->problem, goal->household, goal->task);
    if (k != NONE && goal->by != DATE_NONE)
        refit_within(refit, k, INT32_MIN, goal->by - refit->op->start);
}

/* Whether the goal can be reached in `op`. */
static bool is_reached(const Standing *standing, const Operation *op, const Goal *goal) {
    Refit refit;
    refit_begin(&refit, standing, op, goal->household);
    ask_for_goal(&refit, goal);
    bool reached = refit.problem->households[goal->household].n_free == 0 || refit_insert(&refit);
    refit_end(&refit);
    return reached;
}

/* The same when the reasons with lifted[] do not hold. */
static bool is_reached_without(const Deletion *deletion, const bool *lifted) {
    Arena *arena = arena_new();
    Reason *reasons = ARENA_NEW(arena, Reason, deletion->n);
    int n = 0;
    for (int i = 0; i < deletion->n; i++)
        if (lifted[i])
            reasons[n++] = deletion->reasons[i];
    const Operation *op =
        operation_lifted(deletion->standing->op, deletion->goal->household, reasons, n, arena);
    bool reached = is_reached(deletion->standing, op, deletion->goal);
    arena_free(arena);
    return reached;
}

date_t earliest_start(const Standing *standing, const Operation *op, int h, int a, Arena *arena,
                      Plan **plan) {
    Refit refit;
    refit_begin(&refit, standing, op, h);
    refit_keep_promises(&refit, NONE);
    int k = free_index(refit.problem, h, a);
    date_t found = DATE_NONE;
    if (plan != NULL)
        *plan = NULL;
    if (k != NONE && refit_insert(&refit)) {
        Window *window = &refit.problem->households[h].free[k].window;
        day_t high = refit.state->itineraries[h]->tasks[k].start;
        day_t low = MAX(MAX(window->start_low, 0), refit.problem->as_of);
        Itinerary *best = state_take(refit.state, h);
        while (low < high) {
            window->start_high = low + (high - low) / 2;
            if (refit_insert(&refit)) {
                g_free(best);
                best = state_take(refit.state, h);
                high = best->tasks[k].start;
            } else {
                low = window->start_high + 1;
            }
        }
        found = op->start + high;
        state_put(refit.state, best);
        if (plan != NULL)
            *plan = refit_plan(&refit, arena);
    }
    refit_end(&refit);
    return found;
}

/* The cheapest plan in `op` that reaches the goal, in `arena`, or NULL. */
static Plan *plan_for_goal(const Standing *standing, const Operation *op, const Goal *goal,
                           Arena *arena) {
    Refit refit;
    refit_begin(&refit, standing, op, goal->household);
    ask_for_goal(&refit, goal);
    Plan *plan = refit_insert(&refit) ? refit_plan(&refit, arena) : NULL;
    refit_end(&refit);
    return plan;
}

/* ---- A minimal set -------------------------------------------------------------------------- */

/* Lifts as many of reasons[first .. last - 1] as can be without reaching the goal. */
static void delete_between(Deletion *deletion, int first, int last) {
    for (int i = first; i < last; i++)
        deletion->lifted[i] = true;
    if (first == last || !is_reached_without(deletion, deletion->lifted))
        return;
    for (int i = first; i < last; i++)
        deletion->lifted[i] = false;
    if (last - first == 1)
        return;
    int middle = first + (last - first) / 2;
    delete_between(deletion, first, middle);
    delete_between(deletion, middle, last);
}

/* ---- What each of them brings --------------------------------------------------------------- */

/* Plans with the relief; false when that is not enough, or no better than before. */
static bool try_relief(const Standing *standing, const Goal *goal, const Relief *relief,
                       Arena *arena, Obstacle *obstacle) {
    Arena *own = arena_new();
    const Operation *op = operation_relieved(standing->op, goal->household, relief, own);
    Plan *plan = NULL;
    date_t start = DATE_NONE;
    if (goal->task != NONE)
        start = earliest_start(standing, op, goal->household, goal->task, arena, &plan);
    else
        plan = plan_for_goal(standing, op, goal, arena);
    bool good =
        plan != NULL && (goal->by == DATE_NONE || (start != DATE_NONE && start <= goal->by));
    bool better = good && (!obstacle->has_relief || start < obstacle->relieved);
    if (better) {
        obstacle->has_relief = true;
        obstacle->relief = *relief;
        obstacle->relieved = start;
        obstacle->plan = plan;
    }
    arena_free(own);
    return good;
}

static void weigh(const Standing *standing, const Goal *goal, Arena *arena, Obstacle *obstacle) {
    Arena *own = arena_new();
    const Operation *op =
        operation_lifted(standing->op, goal->household, &obstacle->reason, 1, own);
    Relief steps[MOST_STEPS + 1];
    Plan *plan = NULL;
    obstacle->start = DATE_NONE;
    if (goal->task != NONE)
        obstacle->start = earliest_start(standing, op, goal->household, goal->task, arena, &plan);
    else
        plan = plan_for_goal(standing, op, goal, arena);
    obstacle->enough = plan != NULL && (goal->by == DATE_NONE || obstacle->start <= goal->by);
    if (obstacle->enough) {
        obstacle->plan = plan;
        int n = relief_steps(standing->op, goal->household, &obstacle->reason, steps, MOST_STEPS);
        if (relief_read(standing->op, plan, goal->household, &obstacle->reason, &steps[n]))
            n++;
        for (int i = 0; i < n; i++)
            try_relief(standing, goal, &steps[i], arena, obstacle);
    }
    arena_free(own);
}

Conflict conflict_find(const Standing *standing, const Goal *goal, Arena *arena) {
    Conflict conflict = {false, 0, NULL};
    Deletion deletion = {.standing = standing, .goal = goal};
    deletion.n = reasons_list(standing->op, goal->household, arena, &deletion.reasons);
    deletion.lifted = g_new0(bool, deletion.n + 1);
    conflict.reached = is_reached(standing, standing->op, goal);
    if (!conflict.reached)
        delete_between(&deletion, 0, deletion.n);
    int n = 0;
    conflict.obstacles = ARENA_NEW(arena, Obstacle, deletion.n);
    for (int i = 0; i < deletion.n && !conflict.reached; i++)
        if (!deletion.lifted[i])
            conflict.obstacles[n++].reason = deletion.reasons[i];
    conflict.n = n;
    for (int i = 0; i < n; i++)
        weigh(standing, goal, arena, &conflict.obstacles[i]);
    g_free(deletion.lifted);
    return conflict;
}

bool conflict_holds(const Standing *standing, const Goal *goal, const Reason *reasons, int n) {
    Arena *arena = arena_new();
    Deletion deletion = {.standing = standing, .goal = goal};
    deletion.n = reasons_list(standing->op, goal->household, arena, &deletion.reasons);
    bool *lifted = g_new0(bool, deletion.n + 1);
    for (int i = 0; i < deletion.n; i++) {
        lifted[i] = true;
        for (int j = 0; j < n; j++)
            if (memcmp(&deletion.reasons[i], &reasons[j], sizeof(Reason)) == 0)
                lifted[i] = false;
    }
    bool holds = !is_reached_without(&deletion, lifted);
    g_free(lifted);
    arena_free(arena);
    return holds;
}
