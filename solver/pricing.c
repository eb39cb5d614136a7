#include "solver/pricing_internal.h"

#include <glib.h>
#include <string.h>

typedef struct Chunk {
    struct Chunk *next;
    size_t used, size;
    _Alignas(64) char data[];
} Chunk;

void *pricing_scratch(Pricing *pricing, size_t bytes) {
    bytes = (bytes + 63) & ~(size_t)63;
    while (pricing->current == NULL || pricing->current->size - pricing->current->used < bytes) {
        Chunk *next = pricing->current == NULL ? pricing->chunks : pricing->current->next;
        if (next == NULL) {
            size_t size = bytes > 4U << 20 ? bytes : 4U << 20;
            next = g_malloc(sizeof(Chunk) + size);
            next->size = size;
            next->next = NULL;
            if (pricing->current == NULL) {
                pricing->chunks = next;
            } else {
                pricing->current->next = next;
            }
        }
        next->used = 0;
        pricing->current = next;
    }
    void *memory = pricing->current->data + pricing->current->used;
    pricing->current->used += bytes;
    return memory;
}

Pricing *pricing_new(int n_slots) {
    Pricing *pricing = g_new0(Pricing, 1);
    pricing->n_slots = n_slots;
    return pricing;
}

static void options_free(Options *options) {
    g_free(options->start);
    g_free(options->finish);
    g_free(options->cost);
    g_free(options->mode);
    g_free(options->minute);
}

void pricing_free(Pricing *pricing) {
    if (pricing == NULL) {
        return;
    }
    for (int a = 0; a < pricing->room; a++) {
        options_free(&pricing->options[a]);
    }
    for (Chunk *chunk = pricing->chunks, *next; chunk != NULL; chunk = next) {
        next = chunk->next;
        g_free(chunk);
    }
    g_free(pricing->options);
    g_free(pricing->days);
    g_free(pricing->edges);
    g_free(pricing->steps);
    g_free(pricing->left_out);
    g_free(pricing->in_tree);
    g_free(pricing->tree_root);
    g_free(pricing->length);
    if (pricing->reductions != NULL) {
        g_hash_table_destroy(pricing->reductions);
    }
    g_free(pricing->by_slot);
    g_free(pricing->bounds);
    g_free(pricing->trial);
    g_free(pricing);
}

void pricing_start(Pricing *pricing, int n_tasks, const PricingLag *lags, int n_lags,
                   const PairCost *pair) {
    if (n_tasks > pricing->room) {
        pricing->options = g_renew(Options, pricing->options, n_tasks);
        memset(pricing->options + pricing->room, 0,
               sizeof(Options) * (size_t)(n_tasks - pricing->room));
        pricing->days = g_renew(DayOptions, pricing->days, n_tasks);
        pricing->steps = g_renew(Step, pricing->steps, n_tasks);
        pricing->bounds = g_renew(Bounds, pricing->bounds, n_tasks);
        pricing->trial = g_renew(int, pricing->trial, n_tasks);
        pricing->tree_root = g_renew(int, pricing->tree_root, n_tasks);
        pricing->length = g_renew(int, pricing->length, n_tasks);
        pricing->by_slot = g_renew(bool, pricing->by_slot, n_tasks);
        pricing->room = n_tasks;
    }
    pricing->n_tasks = n_tasks;
    pricing->lags = lags;
    pricing->n_lags = n_lags;
    pricing->pair = pair;
    pricing->planned = false;
    for (int a = 0; a < n_tasks; a++) {
        pricing->options[a].n = 0;
    }
}

void pricing_set_quick(Pricing *pricing, bool quick) {
    pricing->quick = quick;
}

void pricing_set_effort(Pricing *pricing, int nodes) {
    pricing->effort = nodes;
}

double pricing_work(const Pricing *pricing) {
    return pricing->work;
}

Options *pricing_options(Pricing *pricing, int a) {
    return &pricing->options[a];
}

void options_add(Options *options, int32_t start, int32_t finish, double cost, int32_t mode,
                 int32_t minute) {
    if (options->n == options->room) {
        options->room = options->room == 0 ? 256 : 2 * options->room;
        options->start = g_renew(int32_t, options->start, options->room);
        options->finish = g_renew(int32_t, options->finish, options->room);
        options->cost = g_renew(double, options->cost, options->room);
        options->mode = g_renew(int32_t, options->mode, options->room);
        options->minute = g_renew(int32_t, options->minute, options->room);
    }
    int i = options->n++;
    options->start[i] = start;
    options->finish[i] = finish;
    options->cost[i] = cost;
    options->mode[i] = mode;
    options->minute[i] = minute;
}

/* Whether option i belongs after option j, which comes later in the list. */
static bool is_after(const Options *options, int i, int j) {
    if (options->start[i] != options->start[j]) {
        return options->start[i] > options->start[j];
    }
    if (options->finish[i] != options->finish[j]) {
        return options->finish[i] > options->finish[j];
    }
    return options->cost[i] > options->cost[j];
}

/* Merges order[from..middle) and order[middle..to), both sorted, into merged[from..to). */
static void merge_runs(const Options *options, const int *order, int from, int middle, int to,
                       int *merged) {
    int left = from;
    int right = middle;
    for (int k = from; k < to; k++) {
        bool second =
            left == middle || (right < to && is_after(options, order[left], order[right]));
        merged[k] = order[second ? right++ : left++];
    }
}

/* Sorts order[n]: options come member by member, each in order already, so that merging such runs
 * two by two is all there is to do. run[n + 1] and other[n] are scratch. */
static const int *merge_all(const Options *options, int *order, int *other, int *run) {
    int n = options->n;
    int n_runs = 0;
    for (int i = 0; i < n; i++) {
        order[i] = i;
        if (i == 0 || is_after(options, i - 1, i)) {
            run[n_runs++] = i;
        }
    }
    run[n_runs] = n;
    while (n_runs > 1) {
        int left = 0;
        for (int i = 0; i < n_runs; i += 2) {
            int last = MIN(i + 2, n_runs);
            merge_runs(options, order, run[i], run[MIN(i + 1, n_runs)], run[last], other);
            run[left++] = run[i];
        }
        run[left] = n;
        n_runs = left;
        int *swap = order;
        order = other;
        other = swap;
    }
    return order;
}

void options_sort(Options *options) {
    int n = options->n;
    int *scratch = g_new(int, 3 * ((size_t)(unsigned)n + 1));
    const int *order = merge_all(options, scratch, scratch + n, scratch + 2 * (size_t)(unsigned)n);
    Options sorted = {0};
    for (int i = 0; i < n; i++) {
        int o = order[i];
        options_add(&sorted, options->start[o], options->finish[o], options->cost[o],
                    options->mode[o], options->minute[o]);
    }
    g_free(scratch);
    options_free(options);
    *options = sorted;
}

void options_thin(Options *options, bool early) {
    int n = 0;
    for (int o = 0; o < options->n; o++) {
        int last = n - 1;
        bool alike = n > 0 && options->start[last] == options->start[o];
        if (alike && (early ? options->cost[last] <= options->cost[o]
                            : options->finish[last] == options->finish[o])) {
            continue;
        }
        options->start[n] = options->start[o];
        options->finish[n] = options->finish[o];
        options->cost[n] = options->cost[o];
        options->mode[n] = options->mode[o];
        options->minute[n] = options->minute[o];
        n++;
    }
    options->n = n;
}

/* The first lag left out that the choice breaks, or -1. *low and *high are
 * the starts that it allows. */
static int broken_lag(const Pricing *pricing, const int *choice, int32_t *low, int32_t *high) {
    for (int l = 0; l < pricing->n_lags; l++) {
        const PricingLag *lag = &pricing->lags[l];
        if (!pricing->left_out[l]) {
            continue;
        }
        int32_t start = pricing->options[lag->to].start[choice[lag->to]];
        lag_window(lag, pricing->n_slots, pricing->options[lag->from].finish[choice[lag->from]],
                   low, high);
        if (start < *low || start > *high) {
            return l;
        }
    }
    return -1;
}

/* Branching over the lags left out. */
typedef struct Branching {
    int nodes;   /* that may still be looked at */
    double best; /* of the answers that break no lag, or the cutoff */
    double open; /* the least bound of the branches that were not looked at */
    int *choice; /* of the best answer */
} Branching;

/* The minimum cut of what the relaxation leaves of the options; not *exact: a lower bound. */
static double solve_by_cut(Pricing *pricing, double cutoff, int *choice, bool *exact) {
    *exact = true;
    for (double room = PRICING_ROOM;;) {
        double least = pricing_prepare(pricing, room, cutoff);
        if (!COST_IS_FINITE(least)) {
            return COST_INFINITE;
        }
        double value = pricing_cut(pricing, choice, exact);
        if (value <= least + room || least + room >= cutoff || !COST_IS_FINITE(room)) {
            for (int a = 0; a < pricing->n_tasks; a++) {
                choice[a] = pricing->days[a].option[choice[a]];
            }
            return value;
        }
        room = pricing_more_room(room, value - least);
    }
}

/* Where a cut of what is left tells the whole answer; false where it cannot, with a lower bound of
 * it in *least. */
static bool close_by_cut(Pricing *pricing, Branching *branching, double *least) {
    enum { MOST_DAYS = 2500 };
    *least = -COST_INFINITE;
    if (pricing->pair != NULL || pricing->quick || pricing_count_days(pricing) > MOST_DAYS) {
        return false;
    }
    bool exact;
    *least = solve_by_cut(pricing, branching->best, pricing->trial, &exact);
    if (exact && *least < branching->best) {
        memcpy(branching->choice, pricing->trial, sizeof(int) * (size_t)pricing->n_tasks);
        branching->best = *least;
    }
    return exact || *least >= branching->best;
}

/* Where a lag left out is broken, either its first task finishes earlier (later, for a maximum), or
 * its second one starts where the lag allows. `parent` is a lower bound of the branch. */
static void branch_lags(Pricing *pricing, Branching *branching, double parent) {
    if (branching->nodes-- <= 0) {
        branching->open = MIN(branching->open, parent);
        return;
    }
    int *trial = pricing->trial;
    double value = pricing_eliminate(pricing, trial, branching->best);
    if (value >= branching->best) {
        return;
    }
    int32_t low;
    int32_t high;
    int broken = broken_lag(pricing, trial, &low, &high);
    if (broken < 0) {
        memcpy(branching->choice, trial, sizeof(int) * (size_t)pricing->n_tasks);
        branching->best = value;
        return;
    }
    const PricingLag *lag = &pricing->lags[broken];
    int32_t finish = pricing->options[lag->from].finish[trial[lag->from]];
    bool early = pricing->options[lag->to].start[trial[lag->to]] < low;
    double least;
    if (close_by_cut(pricing, branching, &least)) {
        return;
    }
    value = MAX(value, least);
    Bounds *from = &pricing->bounds[lag->from];
    Bounds *to = &pricing->bounds[lag->to];
    Bounds from_before = *from;
    Bounds to_before = *to;
    /* The finish stays on its side, and the start follows the lag. */
    if (early) {
        from->finish_low = MAX(from->finish_low, finish);
        to->start_low = MAX(to->start_low, low);
    } else {
        from->finish_high = MIN(from->finish_high, finish);
        to->start_high = MIN(to->start_high, high);
    }
    branch_lags(pricing, branching, value);
    *from = from_before;
    *to = to_before;
    if (early) {
        from->finish_high = MIN(from->finish_high, finish - 1);
    } else {
        from->finish_low = MAX(from->finish_low, finish + 1);
    }
    branch_lags(pricing, branching, value);
    *from = from_before;
}

double pricing_solve(Pricing *pricing, double cutoff, int *choice, bool *exact) {
    enum { MOST_NODES = 60, QUICK_NODES = 5 };
    *exact = true;
    for (int a = 0; a < pricing->n_tasks; a++) {
        if (pricing->options[a].n == 0) {
            return COST_INFINITE;
        }
        pricing->bounds[a] = (Bounds){INT32_MIN, INT32_MAX, INT32_MIN, INT32_MAX};
    }
    if (!pricing->planned) {
        pricing_plan_reduction(pricing);
        pricing->planned = true;
    }
    int nodes = pricing->quick ? QUICK_NODES : pricing->effort > 0 ? pricing->effort : MOST_NODES;
    Branching branching = {nodes, cutoff, COST_INFINITE, choice};
    branch_lags(pricing, &branching, COST_INFINITE);
    if (branching.best <= branching.open || pricing->quick) {
        return branching.best < cutoff ? branching.best : COST_INFINITE;
    }
    if (pricing->effort > 0) {
        *exact = false;
        return branching.open;
    }
    /* The cut leaves a pair cost out, and can be a bound only; then choice[] is no itinerary. */
    double value = solve_by_cut(pricing, cutoff, choice, exact);
    *exact = *exact && pricing->pair == NULL;
    return value;
}
