#include "solver/search/explain.h"

#include "solver/promise.h"

#include <glib.h>
#include <string.h>

/* The household's return when it is still to come, else the task that finishes last in the plan. */
static int deciding_task(const Standing *standing, int h) {
    const Package *package = household_package(standing->op, h);
    const Fact *facts = standing->op->households[h].facts;
    const PlanTask *tasks = standing->plan->households[h].tasks;
    int last = NONE;
    if (package->move_back != NONE && facts[package->move_back].status < STATUS_STARTED)
        return package->move_back;
    for (int a = 0; a < package->n_tasks; a++)
        if (facts[a].status < STATUS_STARTED &&
            (last == NONE || tasks[a].finish > tasks[last].finish))
            last = a;
    return last;
}

/* ---- Slack ---------------------------------------------------------------------------------- */

/* The last day on which task k can start while none of the refit's windows is left. */
static day_t latest_start(Refit *refit, int k, day_t now, day_t end) {
    Window *window = &refit->problem->households[refit->h].free[k].window;
    const Window own = *window;
    day_t low = now, high = end;
    while (low < high) {
        day_t middle = low + (high - low + 1) / 2;
        window->start_low = MAX(own.start_low, middle);
        if (refit_insert(refit)) {
            Itinerary *found = state_take(refit->state, refit->h);
            low = found->tasks[k].start;
            g_free(found);
        } else {
            high = middle - 1;
        }
    }
    *window = own;
    return low;
}

/* Marks what task a waits for, and itself. */
static void mark_before(const Package *package, int a, bool *before) {
    before[a] = true;
    for (int i = 0; i < package->tasks[a].n_lags; i++)
        if (!before[package->tasks[a].lags[i].other])
            mark_before(package, package->tasks[a].lags[i].other, before);
}

static int compare_slacks(gconstpointer left, gconstpointer right, gpointer data) {
    const Slack *a = left, *b = right;
    const PlanTask *tasks = data;
    if (tasks[a->task].start != tasks[b->task].start)
        return tasks[a->task].start < tasks[b->task].start ? -1 : 1;
    return a->task - b->task;
}

static void find_slacks(const Standing *standing, Explanation *explanation, Arena *arena) {
    Refit refit;
    int h = explanation->household;
    PlanTask *tasks = standing->plan->households[h].tasks;
    refit_begin(&refit, standing, standing->op, h);
    Window *windows = ARENA_NEW(arena, Window, refit.problem->households[h].n_free);
    bool *before = ARENA_NEW(arena, bool, household_package(standing->op, h)->n_tasks);
    mark_before(household_package(standing->op, h), explanation->task, before);
    ProblemHousehold *household = &refit.problem->households[h];
    day_t end = explanation->start - standing->op->start;
    refit_within(&refit, free_index(refit.problem, h, explanation->task), INT32_MIN, end);
    for (int k = 0; k < household->n_free; k++)
        windows[k] = household->free[k].window;
    refit_keep_promises(&refit, NONE);
    explanation->slacks = ARENA_NEW(arena, Slack, household->n_free);
    for (int k = 0; k < household->n_free; k++) {
        Window kept = household->free[k].window;
        household->free[k].window = windows[k];
        int a = household->free[k].task;
        day_t now = tasks[a].start - standing->op->start;
        if (before[a] && now <= end)
            explanation->slacks[explanation->n_slacks++] =
                (Slack){a, latest_start(&refit, k, now, end) - now};
        household->free[k].window = kept;
    }
    g_qsort_with_data(explanation->slacks, explanation->n_slacks, sizeof(Slack), compare_slacks,
                      tasks);
    refit_end(&refit);
}

/* ---- All ------------------------------------------------------------------------------------ */

Explanation explain_household(const Standing *standing, int h, int a, Arena *arena) {
    Explanation explanation = {.household = h,
                               .task = a,
                               .planned = standing->plan->households[h].planned,
                               .start = DATE_NONE,
                               .earliest = DATE_NONE};
    Goal goal = {h, a, DATE_NONE};
    if (!explanation.planned) {
        goal.task = NONE;
        explanation.conflict = conflict_find(standing, &goal, arena);
        return explanation;
    }
    Plan *soonest = NULL;
    explanation.task = a != NONE ? a : deciding_task(standing, h);
    explanation.promised = standing->op->households[h].facts[explanation.task].status;
    /* That it was promised is no reason for the date itself. */
    Standing asked = *standing;
    asked.op = operation_told(standing->op, h, explanation.task, STATUS_PROPOSED, DATE_NONE,
                              MINUTE_NONE, arena);
    standing = &asked;
    explanation.start = standing->plan->households[h].tasks[explanation.task].start;
    explanation.earliest =
        earliest_start(standing, standing->op, h, explanation.task, arena, &soonest);
    if (explanation.earliest == DATE_NONE || explanation.earliest > explanation.start)
        explanation.earliest = explanation.start;
    if (explanation.earliest < explanation.start)
        explanation.soonest = soonest;
    goal.task = explanation.task;
    goal.by = explanation.earliest - 1;
    explanation.conflict = conflict_find(standing, &goal, arena);
    find_slacks(standing, &explanation, arena);
    return explanation;
}
