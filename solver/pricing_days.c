/* The options of tasks made ready for elimination: within bounds, by day, with those dropped that a
 * relaxation proves to be no part of an optimum. */
#include "solver/pricing_internal.h"

#include <glib.h>
#include <string.h>

/* Options are sorted by start, so finishes are nearly sorted: insertion is linear in practice. */
static void sort_by_finish(DayOptions *days) {
    days->monotone = true;
    for (int i = 0; i < days->n; i++) {
        int p = i;
        for (; p > 0 && days->finish[days->order[p - 1]] > days->finish[i]; p--) {
            days->order[p] = days->order[p - 1];
            days->monotone = false;
        }
        days->order[p] = i;
    }
    for (int p = 0; p < days->n; p++) {
        days->rank[days->order[p]] = p;
    }
}

/* The entry that an option competes with, among those with the same start. */
static int find_rival(const DayOptions *days, int32_t start, int32_t finish) {
    for (int i = days->n - 1; i >= 0 && days->start[i] == start; i--) {
        if (days->finish[i] == finish) {
            return i;
        }
    }
    return -1;
}

static bool is_inside(const Options *options, int o, const Bounds *bounds) {
    return options->start[o] >= bounds->start_low && options->start[o] <= bounds->start_high &&
           options->finish[o] >= bounds->finish_low && options->finish[o] <= bounds->finish_high;
}

static void prepare_task(Pricing *pricing, int a, const Bounds *bounds) {
    const Options *options = &pricing->options[a];
    DayOptions *days = &pricing->days[a];
    int grain = pricing->by_slot[a] ? 1 : pricing->n_slots;
    size_t n = (size_t)options->n;
    days->n = 0;
    days->start = pricing_scratch(pricing, n * sizeof(int32_t));
    days->finish = pricing_scratch(pricing, n * sizeof(int32_t));
    days->value = pricing_scratch(pricing, n * sizeof(double));
    days->option = pricing_scratch(pricing, n * sizeof(int));
    days->order = pricing_scratch(pricing, n * sizeof(int));
    days->rank = pricing_scratch(pricing, n * sizeof(int));
    for (int o = 0; o < options->n; o++) {
        if (!is_inside(options, o, bounds)) {
            continue;
        }
        int32_t start = options->start[o] / grain * grain;
        int32_t finish = options->finish[o] / grain * grain;
        int i = find_rival(days, start, finish);
        if (i < 0) {
            i = days->n++;
            days->start[i] = start;
            days->finish[i] = finish;
            days->value[i] = COST_INFINITE;
        }
        if (options->cost[o] < days->value[i]) {
            days->value[i] = options->cost[o];
            days->option[i] = o;
        }
    }
    sort_by_finish(days);
}

/* Narrows the edge's windows by one lag. Both ends are sorted, so two fingers walk once. */
static void narrow_edge(const Pricing *pricing, Edge *edge, const PricingLag *lag) {
    const DayOptions *from = &pricing->days[edge->u];
    const DayOptions *to = &pricing->days[edge->v];
    int first = 0;
    int last = 0;
    for (int p = 0; p < from->n; p++) {
        int32_t low;
        int32_t high;
        lag_window(lag, pricing->n_slots, from->finish[from->order[p]], &low, &high);
        while (first < to->n && to->start[first] < low) {
            first++;
        }
        while (last < to->n && to->start[last] <= high) {
            last++;
        }
        edge->u_low[p] = MAX(edge->u_low[p], first);
        edge->u_high[p] = MIN(edge->u_high[p], last);
    }
    /* The inverse: option j of v is allowed for the ranks p with u_low[p] <= j < u_high[p]. */
    first = 0;
    last = 0;
    for (int j = 0; j < to->n; j++) {
        while (last < from->n && edge->u_low[last] <= j) {
            last++;
        }
        while (first < from->n && edge->u_high[first] <= j) {
            first++;
        }
        edge->v_low[j] = first;
        edge->v_high[j] = last;
    }
}

Edge *pricing_new_edge(Pricing *pricing, int u, int v) {
    if (pricing->n_edges == pricing->edges_room) {
        pricing->edges_room = 2 * pricing->edges_room + 32;
        pricing->edges = g_renew(Edge, pricing->edges, pricing->edges_room);
    }
    Edge *edge = &pricing->edges[pricing->n_edges++];
    memset(edge, 0, sizeof *edge);
    edge->u = u;
    edge->v = v;
    edge->alive = true;
    return edge;
}

static Edge *find_edge(Pricing *pricing, int u, int v) {
    for (int e = 0; e < pricing->n_edges; e++) {
        if (pricing->edges[e].u == u && pricing->edges[e].v == v) {
            return &pricing->edges[e];
        }
    }
    size_t n_u = (size_t)pricing->days[u].n;
    size_t n_v = (size_t)pricing->days[v].n;
    Edge *edge = pricing_new_edge(pricing, u, v);
    edge->u_low = pricing_scratch(pricing, n_u * sizeof(int));
    edge->u_high = pricing_scratch(pricing, n_u * sizeof(int));
    edge->v_low = pricing_scratch(pricing, n_v * sizeof(int));
    edge->v_high = pricing_scratch(pricing, n_v * sizeof(int));
    for (size_t p = 0; p < n_u; p++) {
        edge->u_low[p] = 0;
        edge->u_high[p] = (int)n_v;
    }
    return edge;
}

static void make_edges(Pricing *pricing, const bool *used) {
    pricing->n_edges = 0;
    for (int l = 0; l < pricing->n_lags; l++) {
        if (used == NULL ? !pricing->left_out[l] : used[l]) {
            const PricingLag *lag = &pricing->lags[l];
            narrow_edge(pricing, find_edge(pricing, lag->from, lag->to), lag);
        }
    }
}

/* ---- Windows ----------------------------------------------------------------------------- */

/* out[k] = min of a[i] over max(low[k], from) <= i < min(high[k], to); low and high never fall. */
static void window_minimum(const double *a, int from, int to, const int *low, const int *high,
                           int n_out, double *out, int *queue) {
    int k = 0;
    for (; k < n_out && MIN(high[k], to) <= from; k++) {
        out[k] = COST_INFINITE;
    }
    int next = from;
    double least = COST_INFINITE;
    /* As long as no window has left its begin behind, a running minimum will do. */
    for (; k < n_out && low[k] <= from; k++) {
        for (int end = MIN(high[k], to); next < end; next++) {
            least = a[next] < least ? a[next] : least;
        }
        out[k] = least;
    }
    if (k == n_out) {
        return;
    }
    int head = 0;
    int tail = 0;
    for (next = MAX(low[k], from); k < n_out; k++) {
        for (int end = MIN(high[k], to); next < end; next++) {
            while (tail > head && a[queue[tail - 1]] >= a[next]) {
                tail--;
            }
            queue[tail++] = next;
        }
        while (head < tail && queue[head] < low[k]) {
            head++;
        }
        out[k] = head < tail ? a[queue[head]] : COST_INFINITE;
    }
}

void pricing_through_window(const Pricing *pricing, const Edge *edge, int x, const double *line,
                            int from, int to, double *out) {
    const DayOptions *u = &pricing->days[edge->u];
    if (edge->u == x) {
        window_minimum(line, from, to, edge->v_low, edge->v_high, pricing->days[edge->v].n, out,
                       pricing->queue);
        return;
    }
    double *result = u->monotone ? out : pricing->result;
    window_minimum(line, from, to, edge->u_low, edge->u_high, u->n, result, pricing->queue);
    for (int p = 0; p < u->n && !u->monotone; p++) {
        out[u->order[p]] = result[p];
    }
}

/* ---- Filter by a tree -------------------------------------------------------------------- */

/* The messages of a tree of lags: what the part of the tree behind an edge adds, at least, to each
 * option of the task at its other end (min-sum message passing; exact on a tree). */
typedef struct Tree {
    Pricing *pricing;
    double **to_u, **to_v; /* per edge: for the options of its u and of its v */
} Tree;

/* The sum at task x of its own values and all messages but that of edge `except`. */
static void gather(const Tree *tree, int x, int except, double *sum) {
    const Pricing *pricing = tree->pricing;
    const DayOptions *days = &pricing->days[x];
    memcpy(sum, days->value, sizeof(double) * (size_t)days->n);
    for (int e = 0; e < pricing->n_edges; e++) {
        const Edge *edge = &pricing->edges[e];
        const double *message = edge->u == x ? tree->to_u[e] : tree->to_v[e];
        if (e == except || (edge->u != x && edge->v != x) || message == NULL) {
            continue;
        }
        for (int i = 0; i < days->n; i++) {
            sum[i] += message[i];
        }
    }
}

/* Sends the message of task x over edge e. */
static void send(Tree *tree, int x, int e) {
    Pricing *pricing = tree->pricing;
    const Edge *edge = &pricing->edges[e];
    const DayOptions *own = &pricing->days[x];
    int y = edge->u == x ? edge->v : edge->u;
    double *message = pricing_scratch(pricing, sizeof(double) * (size_t)pricing->days[y].n);
    double *sum = pricing_scratch(pricing, sizeof(double) * (size_t)own->n);
    gather(tree, x, e, sum);
    if (edge->u == x && !own->monotone) {
        for (int p = 0; p < own->n; p++) {
            pricing->line[p] = sum[own->order[p]];
        }
        sum = pricing->line;
    }
    pricing_through_window(pricing, edge, x, sum, 0, own->n, message);
    if (edge->u == y) {
        tree->to_u[e] = message;
    } else {
        tree->to_v[e] = message;
    }
}

/* Messages towards the root from below x, or (down) from the root to all below x. */
static void pass_messages(Tree *tree, int x, int from_edge, bool down) {
    for (int e = 0; e < tree->pricing->n_edges; e++) {
        const Edge *edge = &tree->pricing->edges[e];
        if (e == from_edge || (edge->u != x && edge->v != x)) {
            continue;
        }
        if (down) {
            send(tree, x, e);
        }
        pass_messages(tree, edge->u == x ? edge->v : edge->u, e, down);
    }
    if (!down && from_edge >= 0) {
        send(tree, x, from_edge);
    }
}

/* Fills marginal[a][i]: the least cost of the tree with option i of task a. Returns the least of
 * all: a lower bound of the problem. */
static double tree_marginals(Pricing *pricing, double **marginal) {
    int n = pricing->n_tasks;
    Tree tree = {pricing, pricing_scratch(pricing, sizeof(double *) * (size_t)n),
                 pricing_scratch(pricing, sizeof(double *) * (size_t)n)};
    make_edges(pricing, pricing->in_tree);
    memset(tree.to_u, 0, sizeof(double *) * (size_t)n);
    memset(tree.to_v, 0, sizeof(double *) * (size_t)n);
    double total = 0;
    double *least = pricing_scratch(pricing, sizeof(double) * (size_t)n);
    for (int a = 0; a < n; a++) {
        if (pricing->tree_root[a] == a) {
            pass_messages(&tree, a, -1, false);
            pass_messages(&tree, a, -1, true);
        }
    }
    for (int a = 0; a < n; a++) {
        marginal[a] = pricing_scratch(pricing, sizeof(double) * (size_t)pricing->days[a].n);
        gather(&tree, a, -1, marginal[a]);
        least[a] = COST_INFINITE;
        for (int i = 0; i < pricing->days[a].n; i++) {
            least[a] = MIN(least[a], marginal[a][i]);
        }
        total += pricing->tree_root[a] == a ? least[a] : 0;
    }
    for (int a = 0; a < n; a++) {
        for (int i = 0; i < pricing->days[a].n; i++) {
            marginal[a][i] += total - least[a];
        }
    }
    return total;
}

/* Drops the options whose marginal is above `limit`. False when a task has none left. */
static bool drop_options(DayOptions *days, const double *marginal, double limit) {
    int n = 0;
    for (int i = 0; i < days->n; i++) {
        if (marginal[i] <= limit && COST_IS_FINITE(marginal[i])) {
            days->start[n] = days->start[i];
            days->finish[n] = days->finish[i];
            days->value[n] = days->value[i];
            days->option[n] = days->option[i];
            n++;
        }
    }
    days->n = n;
    sort_by_finish(days);
    return n > 0;
}

double pricing_prepare(Pricing *pricing, double room, double cutoff) {
    int n = pricing->n_tasks;
    int widest = 1;
    pricing->current = NULL;
    for (int a = 0; a < n; a++) {
        prepare_task(pricing, a, &pricing->bounds[a]);
        widest = MAX(widest, pricing->days[a].n);
        pricing->work += 20.0 * pricing->options[a].n;
        if (pricing->days[a].n == 0) {
            return COST_INFINITE;
        }
    }
    pricing->line = pricing_scratch(pricing, (size_t)widest * sizeof(double));
    pricing->result = pricing_scratch(pricing, (size_t)widest * sizeof(double));
    pricing->queue = pricing_scratch(pricing, (size_t)widest * sizeof(int));
    double **marginal = pricing_scratch(pricing, sizeof(double *) * (size_t)n);
    double least = tree_marginals(pricing, marginal);
    if (!COST_IS_FINITE(least) || least >= cutoff) {
        return COST_INFINITE;
    }
    for (int a = 0; a < n; a++) {
        if (!drop_options(&pricing->days[a], marginal[a], MIN(least + room, cutoff))) {
            return COST_INFINITE;
        }
    }
    make_edges(pricing, NULL);
    return least;
}

int pricing_count_days(const Pricing *pricing) {
    int n = 0;
    for (int a = 0; a < pricing->n_tasks; a++) {
        n += pricing->days[a].n;
    }
    return n;
}
