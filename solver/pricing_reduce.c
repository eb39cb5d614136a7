/* Which lags are left out at first, so that eliminating tasks with two neighbours uses up the
 * graph. */
#include "solver/pricing_internal.h"

#include <glib.h>
#include <limits.h>
#include <string.h>

/* Takes tasks with at most two neighbours out of the graph; returns how many are left, those with
 * gone[] false. The two tasks of a pair stay. linked[n * n] is used up. */
static int reduce(bool *linked, bool *gone, int n, const PairCost *pair) {
    int left = n;
    for (bool moved = true; moved && left > 0;) {
        moved = false;
        for (int x = 0; x < n; x++) {
            int neighbours[3];
            int degree = pair != NULL && (x == pair->from || x == pair->to) ? 3 : 0;
            for (int y = 0; y < n && degree <= 2 && !gone[x]; y++) {
                if (linked[x * n + y] && !gone[y]) {
                    neighbours[degree++] = y;
                }
            }
            if (gone[x] || degree > 2) {
                continue;
            }
            gone[x] = moved = true;
            left--;
            if (degree == 2) {
                linked[neighbours[0] * n + neighbours[1]] = true;
                linked[neighbours[1] * n + neighbours[0]] = true;
            }
        }
    }
    return left;
}

/* The most tasks that stand between the two ends of a lag: such a lag is seldom the tight one. */
static int tasks_between(const Pricing *pricing, const PricingLag *lag) {
    int *depth = g_new(int, (size_t)(unsigned)pricing->n_tasks);
    for (int a = 0; a < pricing->n_tasks; a++) {
        depth[a] = a == lag->from ? 0 : -1;
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (int l = 0; l < pricing->n_lags; l++) {
            const PricingLag *other = &pricing->lags[l];
            if (depth[other->from] >= 0 && depth[other->to] < depth[other->from] + 1) {
                depth[other->to] = depth[other->from] + 1;
                moved = true;
            }
        }
    }
    int between = depth[lag->to] - 1;
    g_free(depth);
    return between;
}

/* By how many days the lag would hold by itself if all tasks started as early as the others let
 * them; below 0: it is one that delays. */
static int slack_of(const Pricing *pricing, int l) {
    const PricingLag *lag = &pricing->lags[l];
    int *start = g_new0(int, (size_t)(unsigned)pricing->n_tasks);
    for (int a = 0; a < pricing->n_tasks; a++) {
        for (int i = 0; i < pricing->n_lags; i++) {
            const PricingLag *other = &pricing->lags[i];
            if (i == l || other->to != a) {
                continue;
            }
            start[a] =
                MAX(start[a], start[other->from] + pricing->length[other->from] + other->min_days);
        }
    }
    int slack = start[lag->to] - start[lag->from] - pricing->length[lag->from] - lag->min_days;
    g_free(start);
    return slack;
}

/* Fills slack[]: the days that each lag leaves free when all tasks start as early as they can. */
static void find_slacks(const Pricing *pricing, int *slack) {
    const int *days = pricing->length;
    int *start = g_new0(int, (size_t)(unsigned)pricing->n_tasks);
    bool moved = true;
    for (int pass = 0; pass < pricing->n_tasks && moved; pass++) {
        moved = false;
        for (int l = 0; l < pricing->n_lags; l++) {
            const PricingLag *lag = &pricing->lags[l];
            int least = start[lag->from] + days[lag->from] + lag->min_days;
            moved = moved || least > start[lag->to];
            start[lag->to] = MAX(start[lag->to], least);
        }
    }
    for (int l = 0; l < pricing->n_lags; l++) {
        const PricingLag *lag = &pricing->lags[l];
        slack[l] =
            (lag->has_max ? 0
                          : start[lag->to] - start[lag->from] - days[lag->from] - lag->min_days) +
            1000 * tasks_between(pricing, lag);
    }
    g_free(start);
}

/* A spanning forest of the lags, those first that leave the least slack. */
static void plan_tree(Pricing *pricing) {
    int *root = pricing->tree_root;
    int *slack = g_new(int, (size_t)(unsigned)pricing->n_lags + 1);
    find_slacks(pricing, slack);
    for (int a = 0; a < pricing->n_tasks; a++) {
        root[a] = a;
        pricing->by_slot[a] = false;
    }
    for (int l = 0; l < pricing->n_lags; l++) {
        const PricingLag *lag = &pricing->lags[l];
        pricing->in_tree[l] = false;
        if (lag->in_order && lag->min_days == 0) {
            pricing->by_slot[lag->from] = pricing->by_slot[lag->to] = true;
        }
    }
    for (;;) {
        int best = -1;
        for (int l = 0; l < pricing->n_lags; l++) {
            bool joins = root[pricing->lags[l].from] != root[pricing->lags[l].to];
            if (joins && (best < 0 || slack[l] < slack[best])) {
                best = l;
            }
        }
        if (best < 0) {
            break;
        }
        pricing->in_tree[best] = true;
        int from = root[pricing->lags[best].from];
        int to = root[pricing->lags[best].to];
        for (int a = 0; a < pricing->n_tasks; a++) {
            root[a] = root[a] == to ? from : root[a];
        }
    }
    g_free(slack);
}

/* Leaves lags out until the graph reduces: those first that are the least likely to be broken. */
static void leave_out(Pricing *pricing) {
    enum { OUTSIDE = 1000000, MAXIMUM = 1000 };
    int n = pricing->n_tasks;
    int *slack = g_new(int, (size_t)(unsigned)pricing->n_lags + 1);
    for (int l = 0; l < pricing->n_lags; l++) {
        slack[l] = slack_of(pricing, l) - (pricing->lags[l].has_max ? MAXIMUM : 0);
    }
    bool *linked = g_new(bool, (size_t)(unsigned)n *(size_t)(unsigned)n + 1);
    bool *gone = g_new(bool, (size_t)(unsigned)n + 1);
    memset(pricing->left_out, 0, (size_t)(unsigned)pricing->n_lags * sizeof(bool));
    for (;;) {
        memset(linked, 0, (size_t)(unsigned)n * (size_t)(unsigned)n * sizeof(bool));
        memset(gone, 0, (size_t)(unsigned)n * sizeof(bool));
        for (int l = 0; l < pricing->n_lags; l++) {
            const PricingLag *lag = &pricing->lags[l];
            linked[lag->from * n + lag->to] |= !pricing->left_out[l];
            linked[lag->to * n + lag->from] |= !pricing->left_out[l];
        }
        int kept = 0;
        if (pricing->pair != NULL) {
            linked[pricing->pair->from * n + pricing->pair->to] = true;
            linked[pricing->pair->to * n + pricing->pair->from] = true;
            kept = 2;
        }
        if (reduce(linked, gone, n, pricing->pair) == kept) {
            break;
        }
        int best = -1;
        int most = 0;
        for (int l = 0; l < pricing->n_lags; l++) {
            const PricingLag *lag = &pricing->lags[l];
            /* What is left can hang together by tables alone; then a lag outside must go. */
            int rank = slack[l] - (gone[lag->from] || gone[lag->to] ? OUTSIDE : 0);
            if (!pricing->left_out[l] && (best < 0 || rank > most)) {
                best = l;
                most = rank;
            }
        }
        pricing->left_out[best] = true;
    }
    g_free(slack);
    g_free(linked);
    g_free(gone);
}

/* ---- Remembered -------------------------------------------------------------------------- */

/* What was chosen for one graph; flags of lags, then of tasks, follow each other. */
typedef struct Reduction {
    int *root;
    bool *flags;
} Reduction;

static void free_reduction(gpointer data) {
    Reduction *reduction = data;
    g_free(reduction->root);
    g_free(reduction->flags);
    g_free(reduction);
}

/* The fewest days from start to finish of any option. */
static int shortest(const Pricing *pricing, int a) {
    const Options *options = &pricing->options[a];
    int least = options->n == 0 ? 0 : INT_MAX;
    for (int o = 0; o < options->n; o++) {
        least = MIN(least, options->finish[o] - options->start[o]);
    }
    return least / pricing->n_slots;
}

/* All that the choice depends on, as one key. */
static GBytes *key_of(const Pricing *pricing) {
    enum { OF_GRAPH = 3, OF_LAG = 5 };
    size_t n =
        OF_GRAPH + (size_t)(unsigned)pricing->n_tasks + OF_LAG * (size_t)(unsigned)pricing->n_lags;
    int *key = g_new(int, n);
    int *next = key;
    *next++ = pricing->n_tasks;
    *next++ = pricing->pair == NULL ? -1 : pricing->pair->from;
    *next++ = pricing->pair == NULL ? -1 : pricing->pair->to;
    for (int a = 0; a < pricing->n_tasks; a++) {
        *next++ = pricing->length[a];
    }
    for (int l = 0; l < pricing->n_lags; l++) {
        const PricingLag *lag = &pricing->lags[l];
        *next++ = lag->from;
        *next++ = lag->to;
        *next++ = lag->min_days;
        *next++ = lag->has_max ? lag->max_days : INT_MAX;
        *next++ = lag->in_order ? 1 : 0;
    }
    return g_bytes_new_take(key, n * sizeof(int));
}

static Reduction *remember(const Pricing *pricing) {
    size_t n_lags = (size_t)(unsigned)pricing->n_lags;
    size_t n_tasks = (size_t)(unsigned)pricing->n_tasks;
    Reduction *reduction = g_new(Reduction, 1);
    *reduction = (Reduction){g_new(int, n_tasks + 1), g_new(bool, 2 * n_lags + n_tasks + 1)};
    memcpy(reduction->root, pricing->tree_root, n_tasks * sizeof(int));
    memcpy(reduction->flags, pricing->left_out, n_lags * sizeof(bool));
    memcpy(reduction->flags + n_lags, pricing->in_tree, n_lags * sizeof(bool));
    memcpy(reduction->flags + 2 * n_lags, pricing->by_slot, n_tasks * sizeof(bool));
    return reduction;
}

static void recall(Pricing *pricing, const Reduction *reduction) {
    size_t n_lags = (size_t)(unsigned)pricing->n_lags;
    size_t n_tasks = (size_t)(unsigned)pricing->n_tasks;
    memcpy(pricing->tree_root, reduction->root, n_tasks * sizeof(int));
    memcpy(pricing->left_out, reduction->flags, n_lags * sizeof(bool));
    memcpy(pricing->in_tree, reduction->flags + n_lags, n_lags * sizeof(bool));
    memcpy(pricing->by_slot, reduction->flags + 2 * n_lags, n_tasks * sizeof(bool));
}

void pricing_plan_reduction(Pricing *pricing) {
    enum { MOST = 4000 };
    size_t n_lags = (size_t)(unsigned)pricing->n_lags;
    pricing->left_out = g_renew(bool, pricing->left_out, n_lags + 1);
    pricing->in_tree = g_renew(bool, pricing->in_tree, n_lags + 1);
    for (int a = 0; a < pricing->n_tasks; a++) {
        pricing->length[a] = shortest(pricing, a);
    }
    if (pricing->reductions == NULL) {
        pricing->reductions = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
                                                    (GDestroyNotify)g_bytes_unref, free_reduction);
    }
    GBytes *key = key_of(pricing);
    const Reduction *known = g_hash_table_lookup(pricing->reductions, key);
    if (known != NULL) {
        recall(pricing, known);
        g_bytes_unref(key);
        return;
    }
    plan_tree(pricing);
    leave_out(pricing);
    if (g_hash_table_size(pricing->reductions) >= MOST) {
        g_hash_table_remove_all(pricing->reductions);
    }
    g_hash_table_insert(pricing->reductions, key, remember(pricing));
}
