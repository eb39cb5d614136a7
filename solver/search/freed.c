#include "solver/search/freed.h"

#include <glib.h>

#include "solver/promise.h"
#include "solver/search/resume.h"

enum { NODES = 24, ASKED_PER_USE = 3, LOOKED_AT_PER_USE = 8 };

typedef struct Freeing {
    const Standing *standing; /* without the holder's date */
    const FreedSlot *slot;
    int holder;
    Arena *arena;
    GArray *uses; /* of FreedUse; the gain is the search's and there is no plan yet */
} Freeing;

static bool needs_role(const Task *task, int role) {
    bool needs = false;
    for (int i = 0; i < task->n_needs; i++)
        needs = needs || task->needs[i].role == role;
    return needs;
}

/* Whose date of the plan begins then with the member. */
static bool find_holder(const Operation *op, const Plan *plan, const FreedSlot *slot,
                        Freed *freed) {
    int role = op->resources[slot->member].role;
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            const PlanTask *task = &plan->households[h].tasks[a];
            if (op->households[h].facts[a].status >= STATUS_STARTED ||
                plan->households[h].members[role] != slot->member ||
                !needs_role(&household_package(op, h)->tasks[a], role) ||
                task->start != slot->start || task->start_minute != slot->minute)
                continue;
            freed->holder = h;
            freed->holder_task = a;
            return true;
        }
    return false;
}

/* Plans the holder, who is not in the state, without the freed start; works come later. */
static bool plan_holder(Refit *refit, const FreedSlot *slot, int a) {
    int k = free_index(refit->problem, refit->h, a);
    day_t day = slot->start - refit->op->start;
    if (slot->minute == MINUTE_NONE)
        refit_within(refit, k, day + 1, INT32_MAX);
    else
        refit_bar(refit, k, day, problem_slot_at(refit->problem, slot->minute));
    return refit_insert(refit);
}

/* The standing plan when the holder gives the date up and finds another one. Otherwise all other
 * dates of the holder stay, as if the task were done: nobody is to be promised what the holder may
 * still need. */
static Standing *give_up(const Standing *standing, const FreedSlot *slot, Freed *freed) {
    int h = freed->holder, a = freed->holder_task;
    const Operation *op =
        operation_told(standing->op, h, a, STATUS_PROPOSED, DATE_NONE, MINUTE_NONE, freed->arena);
    Refit refit;
    refit_begin(&refit, standing, op, h);
    Plan *plan = plan_holder(&refit, slot, a) ? refit_plan(&refit, freed->arena) : NULL;
    refit_end(&refit);
    freed->holder_has_date = plan != NULL;
    if (plan != NULL)
        return standing_new(op, plan);
    op = operation_told(standing->op, h, a, STATUS_DONE, slot->start, slot->minute, freed->arena);
    return standing_new(op, standing->plan);
}

/* ---- Who could use it ----------------------------------------------------------------------- */

/* Whether task a of h may be asked to come at the freed time at all. */
static bool may_use(const Freeing *freeing, const Problem *problem, int h, int k) {
    const Operation *op = freeing->standing->op;
    const FreedSlot *slot = freeing->slot;
    int a = problem->households[h].free[k].task;
    const Task *task = &household_package(op, h)->tasks[a];
    date_t now = freeing->standing->plan->households[h].tasks[a].start;
    return op->households[h].facts[a].status != STATUS_CONFIRMED &&
           (task->minutes > 0) == (slot->minute != MINUTE_NONE) &&
           needs_role(task, op->resources[slot->member].role) &&
           (now == DATE_NONE || now > slot->start);
}

/* What it may cost the state at most that dates of h move of which nobody was told. */
static cost_t moved_cost(const Problem *problem, int h) {
    return problem->op->weights[PART_MOVED_PROPOSED] * problem->households[h].n_free;
}

/* The state's gain when household h, which is not in it, starts task k then; INT64_MIN when it
 * cannot. */
static cost_t gain_of(const Freeing *freeing, State *state, Seeker *seeker, int h, int k,
                      cost_t before) {
    const FreedSlot *slot = freeing->slot;
    const Problem *problem = state->problem;
    FreeTask *task = &problem->households[h].free[k];
    const FreeTask own = *task;
    day_t day = slot->start - problem->op->start;
    task->window.start_low = MAX(task->window.start_low, day);
    task->window.start_high = MIN(task->window.start_high, day);
    /* The freed minute is tried first, like one that was planned before. */
    task->n_kept = 0;
    if (day >= task->release)
        task->kept[task->n_kept++] = (KeptStart){day, slot->minute};
    Insertion insertion = {.nodes = NODES, .cutoff = COST_INFINITE, .keeps_minutes = true};
    cost_t gain = INT64_MIN;
    if (state_insert(state, seeker, h, &insertion)) {
        const Itinerary *found = state->itineraries[h];
        int role = problem->op->resources[slot->member].role;
        bool then = found->tasks[k].start == day && found->members[role] == slot->member &&
                    (slot->minute == MINUTE_NONE || found->tasks[k].minute == slot->minute);
        gain = then ? before - state->total : INT64_MIN;
        g_free(state_take(state, h));
    }
    *task = own;
    return gain;
}

/* Keeps task k of h away from the freed time; works come later. */
static void bar(Problem *problem, int h, int k, const FreedSlot *slot) {
    FreeTask *task = &problem->households[h].free[k];
    day_t day = slot->start - problem->op->start;
    if (slot->minute == MINUTE_NONE) {
        task->window.start_low = MAX(task->window.start_low, day + 1);
        return;
    }
    int s = problem_slot_at(problem, slot->minute);
    own_reception(problem, h, k)[day * problem->n_slots + s] = RECEPTION_NONE;
}

/* Takes off the gain what the household can gain without the freed time: that is no merit of it. */
static void take_off(const Freeing *freeing, Problem *problem, State *state, Seeker *seeker,
                     FreedUse *use) {
    int h = use->household, k = free_index(problem, h, use->task);
    FreeTask *task = &problem->households[h].free[k];
    const FreeTask own = *task;
    cost_t before = state->total;
    Itinerary *standing = state_take(state, h);
    Insertion insertion = {.nodes = NODES, .cutoff = COST_INFINITE};
    bar(problem, h, k, freeing->slot);
    if (state_insert(state, seeker, h, &insertion)) {
        use->gain -= MAX(before - state->total, 0);
        g_free(state_take(state, h));
    }
    if (standing != NULL)
        state_put(state, standing);
    *task = own;
}

/* The best of h's tasks for the freed time, if there is any. */
static void ask(Freeing *freeing, State *state, Seeker *seeker, int h) {
    const Problem *problem = state->problem;
    cost_t before = state->total;
    FreedUse best = {.household = h, .task = NONE, .gain = -moved_cost(problem, h) - 1};
    Itinerary *own = NULL;
    bool taken = false;
    for (int k = 0; k < problem->households[h].n_free; k++) {
        if (!may_use(freeing, problem, h, k) || problem->households[h].impossible)
            continue;
        if (!taken)
            own = state_take(state, h);
        taken = true;
        cost_t gain = gain_of(freeing, state, seeker, h, k, before);
        if (gain > best.gain) {
            best.gain = gain;
            best.task = problem->households[h].free[k].task;
        }
    }
    if (own != NULL)
        state_put(state, own);
    if (best.task != NONE)
        g_array_append_val(freeing->uses, best);
}

static gint compare_uses(gconstpointer left, gconstpointer right) {
    const FreedUse *a = left, *b = right;
    if (a->gain != b->gain)
        return a->gain > b->gain ? -1 : 1;
    if (a->sooner != b->sooner)
        return a->sooner > b->sooner ? -1 : 1;
    return a->household - b->household;
}

/* Asks everybody; those who seem to gain most, at least `most`, come first in the right order. */
static void ask_all(Freeing *freeing, int most) {
    const Standing *standing = freeing->standing;
    Problem *problem = problem_new(standing->op, standing->plan);
    State *state = resume_state(problem, standing->plan, NONE);
    Seeker *seeker = seeker_new(problem);
    for (int h = 0; h < standing->op->n_households; h++)
        if (h != freeing->holder)
            ask(freeing, state, seeker, h);
    g_array_sort(freeing->uses, compare_uses);
    for (int i = 0; i < MIN(most, (int)freeing->uses->len); i++)
        take_off(freeing, problem, state, seeker, &g_array_index(freeing->uses, FreedUse, i));
    g_array_sort(freeing->uses, compare_uses);
    seeker_free(seeker);
    state_free(state);
    problem_free(problem);
}

/* What a plan costs but for dates that nobody was told of. */
static cost_t told_total(const Plan *plan) {
    return plan->total - plan->parts[PART_MOVED_PROPOSED];
}

/* The best plan for the household without the freed time: the standing one, or a better one. */
static const Plan *plan_otherwise(const Freeing *freeing, const FreedUse *use) {
    const Standing *standing = freeing->standing;
    Refit refit;
    refit_begin(&refit, standing, standing->op, use->household);
    bar(refit.problem, use->household, free_index(refit.problem, use->household, use->task),
        freeing->slot);
    const Plan *plan = refit_insert(&refit) ? refit_plan(&refit, freeing->arena) : NULL;
    refit_end(&refit);
    return plan != NULL && told_total(plan) < told_total(standing->plan) ? plan : standing->plan;
}

/* The plan when the freed time is confirmed to the household, or NULL. */
static Plan *plan_use(const Freeing *freeing, const FreedUse *use) {
    const Standing *standing = freeing->standing;
    const FreedSlot *slot = freeing->slot;
    Arena *arena = arena_new();
    const Operation *op = operation_told(standing->op, use->household, use->task, STATUS_CONFIRMED,
                                         slot->start, slot->minute, arena);
    Refit refit;
    refit_begin(&refit, standing, op, use->household);
    day_t day = slot->start - op->start;
    refit_within(&refit, free_index(refit.problem, use->household, use->task), day, day);
    Plan *plan = refit_insert(&refit) ? refit_plan(&refit, freeing->arena) : NULL;
    refit_end(&refit);
    arena_free(arena);
    return plan;
}

/* Fills in what the use brings; false when it does not come sooner, or costs something. */
static bool try_use(const Freeing *freeing, FreedUse *use) {
    const FreedSlot *slot = freeing->slot;
    int role = freeing->standing->op->resources[slot->member].role;
    use->plan = plan_use(freeing, use);
    if (use->plan == NULL || use->plan->households[use->household].members[role] != slot->member)
        return false;
    use->otherwise = plan_otherwise(freeing, use);
    date_t start = use->otherwise->households[use->household].tasks[use->task].start;
    use->sooner = start == DATE_NONE ? INT_MAX : start - slot->start;
    use->gain = told_total(use->otherwise) - told_total(use->plan);
    return use->sooner > 0 && use->gain >= 0;
}

/* Tries those who gain most, until there are enough. */
static void find_uses(Freeing *freeing, int count, Freed *freed) {
    freeing->uses = g_array_new(FALSE, FALSE, sizeof(FreedUse));
    ask_all(freeing, LOOKED_AT_PER_USE * count);
    int most = MIN((int)freeing->uses->len, ASKED_PER_USE * count);
    for (int i = 0; i < most && freed->n < count; i++) {
        FreedUse *use = &g_array_index(freeing->uses, FreedUse, i);
        if (try_use(freeing, use))
            freed->uses[freed->n++] = *use;
    }
    qsort(freed->uses, (size_t)freed->n, sizeof(FreedUse), compare_uses);
    g_array_free(freeing->uses, TRUE);
}

Freed *freed_find(const Standing *standing, const FreedSlot *slot, int count) {
    Arena *arena = arena_new();
    Freed *freed = ARENA_NEW(arena, Freed, 1);
    *freed = (Freed){.arena = arena, .holder = NONE, .holder_task = NONE};
    freed->uses = ARENA_NEW(arena, FreedUse, count);
    Freeing freeing = {.standing = standing, .slot = slot, .arena = arena};
    if (find_holder(standing->op, standing->plan, slot, freed))
        freeing.standing = freed->without = give_up(standing, slot, freed);
    freeing.holder = freed->holder;
    if (freeing.standing != NULL)
        find_uses(&freeing, count, freed);
    return freed;
}

void freed_free(Freed *freed) {
    if (freed == NULL)
        return;
    standing_free(freed->without);
    arena_free(freed->arena);
}
