/*
 * The pricing problem as a minimum cut (Moehring, Schulz, Stork, Uetz, "Solving project scheduling
 * problems by minimum cut computations", Management Science 49, 2003).
 *
 * Task a with options 0..n-1 is a path of nodes (a,0) ... (a,n), the first one the source, the last
 * one the sink; cutting (a,i)->(a,i+1) means that option i is chosen and costs c_a(i) plus an
 * offset that makes it positive. A node on the source's side says "the choice is i or later", so
 * lags are infinite arcs: a minimum lag from (u,i) to the first option of v that it allows, a
 * maximum lag from (v,j) back to the first option of u that allows j. The flow is Dinic's.
 *
 * Options that share a start or whose finishes are out of order (several members) are relaxed:
 * their costs and finishes become the least of those that compete.
 */
#include "solver/pricing_internal.h"

#include <glib.h>
#include <string.h>

#define CUT_SCALE 65536.0
#define CUT_INFINITE (INT64_MAX / 4)

/* One task's options made monotone: one entry per start. */
typedef struct Steps {
    int n;
    int *option;    /* the cheapest option of that start */
    int32_t *start; /* position */
    int32_t *least; /* least finish of this entry and all later ones */
    int32_t *most;  /* greatest finish of this entry and all earlier ones */
    int first;      /* node of (a,0) is the source, nodes first.. are (a,1)..(a,n-1) */
} Steps;

typedef struct Arc {
    int to, next; /* next arc of the same tail; the reverse arc is index ^ 1 */
    int64_t room; /* residual capacity */
} Arc;

typedef struct Network {
    int n_nodes;
    int *head;
    GArray *arcs;
    int *level, *current, *queue;
} Network;

enum { SOURCE = 0, SINK = 1 };

static void add_arc(Network *network, int from, int to, int64_t forward, int64_t backward) {
    Arc arc = {to, network->head[from], forward};
    network->head[from] = (int)network->arcs->len;
    g_array_append_val(network->arcs, arc);
    Arc reverse = {from, network->head[to], backward};
    network->head[to] = (int)network->arcs->len;
    g_array_append_val(network->arcs, reverse);
}

static int node_of(const Steps *steps, int i) {
    return i <= 0 ? SOURCE : i >= steps->n ? SINK : steps->first + i - 1;
}

static void make_steps(const DayOptions *days, Steps *steps, bool *exact) {
    steps->option = g_new(int, days->n);
    steps->start = g_new(int32_t, days->n);
    steps->least = g_new(int32_t, days->n);
    steps->most = g_new(int32_t, days->n);
    steps->n = 0;
    for (int i = 0; i < days->n; i++) {
        int k = steps->n - 1;
        if (k >= 0 && steps->start[k] == days->start[i]) {
            *exact = false;
            steps->least[k] = MIN(steps->least[k], days->finish[i]);
            steps->most[k] = MAX(steps->most[k], days->finish[i]);
            if (days->value[i] < days->value[steps->option[k]]) {
                steps->option[k] = i;
            }
            continue;
        }
        k = steps->n++;
        steps->option[k] = i;
        steps->start[k] = days->start[i];
        steps->least[k] = steps->most[k] = days->finish[i];
    }
    for (int k = 1; k < steps->n; k++) {
        if (steps->most[k] < steps->most[k - 1]) {
            *exact = false;
            steps->most[k] = steps->most[k - 1];
        }
    }
    for (int k = steps->n - 2; k >= 0; k--) {
        steps->least[k] = MIN(steps->least[k], steps->least[k + 1]);
    }
}

/* Infinite arcs of one lag; false when no pair of options can satisfy it. */
static void add_lag(Network *network, const PricingLag *lag, const Steps *u, const Steps *v,
                    int n_slots) {
    int first = 0;
    for (int i = 0; i < u->n; i++) {
        int32_t low;
        int32_t high;
        lag_window(lag, n_slots, u->least[i], &low, &high);
        while (first < v->n && v->start[first] < low) {
            first++;
        }
        if (first > 0) {
            add_arc(network, node_of(u, i), node_of(v, first), CUT_INFINITE, 0);
        }
    }
    int i = 0;
    for (int j = 0; lag->has_max && j < v->n; j++) {
        for (; i < u->n; i++) {
            int32_t low;
            int32_t high;
            lag_window(lag, n_slots, u->most[i], &low, &high);
            if (v->start[j] <= high) {
                break;
            }
        }
        if (i > 0) {
            add_arc(network, node_of(v, j), node_of(u, i), CUT_INFINITE, 0);
        }
    }
}

static bool label_levels(Network *network) {
    const Arc *arcs = (const Arc *)(const void *)network->arcs->data;
    for (int v = 0; v < network->n_nodes; v++) {
        network->level[v] = -1;
    }
    int head = 0;
    int tail = 0;
    network->level[SOURCE] = 0;
    network->queue[tail++] = SOURCE;
    while (head < tail && network->level[SINK] < 0) {
        int v = network->queue[head++];
        for (int e = network->head[v]; e >= 0; e = arcs[e].next) {
            if (arcs[e].room > 0 && network->level[arcs[e].to] < 0) {
                network->level[arcs[e].to] = network->level[v] + 1;
                network->queue[tail++] = arcs[e].to;
            }
        }
    }
    return network->level[SINK] >= 0;
}

/* One augmenting path along the levels, kept in queue[]; returns what it carries, 0 at the end. */
static int64_t augment(Network *network) {
    Arc *arcs = (Arc *)(void *)network->arcs->data;
    int *path = network->queue;
    int length = 0;
    int v = SOURCE;
    while (v != SINK) {
        int e = network->current[v];
        while (e >= 0 &&
               !(arcs[e].room > 0 && network->level[arcs[e].to] == network->level[v] + 1)) {
            e = arcs[e].next;
        }
        network->current[v] = e;
        if (e >= 0) {
            path[length++] = e;
            v = arcs[e].to;
        } else if (length == 0) {
            return 0;
        } else {
            e = path[--length];
            v = arcs[e ^ 1].to;
            network->current[v] = arcs[e].next;
        }
    }
    int64_t flow = INT64_MAX;
    for (int k = 0; k < length; k++) {
        flow = MIN(flow, arcs[path[k]].room);
    }
    for (int k = 0; k < length; k++) {
        arcs[path[k]].room -= flow;
        arcs[path[k] ^ 1].room = MIN(arcs[path[k] ^ 1].room + flow, CUT_INFINITE);
    }
    return flow;
}

static int64_t maximum_flow(Network *network) {
    int64_t total = 0;
    while (total < CUT_INFINITE && label_levels(network)) {
        memcpy(network->current, network->head, sizeof(int) * (size_t)network->n_nodes);
        for (int64_t flow; total < CUT_INFINITE && (flow = augment(network)) > 0;) {
            total += flow;
        }
    }
    return total;
}

/* The paths of all tasks; returns the sum of their offsets, in scaled cost. */
static int64_t add_paths(Network *network, const DayOptions *days, const Steps *steps,
                         int n_tasks) {
    int64_t offsets = 0;
    for (int a = 0; a < n_tasks; a++) {
        double least = COST_INFINITE;
        for (int k = 0; k < steps[a].n; k++) {
            least = MIN(least, days[a].value[steps[a].option[k]]);
        }
        for (int k = 0; k < steps[a].n; k++) {
            double cost = days[a].value[steps[a].option[k]] - least;
            add_arc(network, node_of(&steps[a], k), node_of(&steps[a], k + 1),
                    (int64_t)(cost * CUT_SCALE) + 1,
                    k + 1 < steps[a].n && k > 0 ? CUT_INFINITE : 0);
        }
        offsets += 1 - (int64_t)(least * CUT_SCALE);
    }
    return offsets;
}

double pricing_cut(const Pricing *pricing, int *choice, bool *exact) {
    int n_tasks = pricing->n_tasks;
    *exact = true;
    Steps *steps = g_new0(Steps, n_tasks);
    int n_nodes = 2;
    for (int a = 0; a < n_tasks; a++) {
        make_steps(&pricing->days[a], &steps[a], exact);
        steps[a].first = n_nodes;
        n_nodes += MAX(steps[a].n - 1, 0);
    }
    Network network = {.n_nodes = n_nodes,
                       .head = g_new(int, n_nodes),
                       .arcs = g_array_new(FALSE, FALSE, sizeof(Arc)),
                       .level = g_new(int, n_nodes),
                       .current = g_new(int, n_nodes),
                       .queue = g_new(int, n_nodes)};
    memset(network.head, -1, sizeof(int) * (size_t)n_nodes);
    int64_t offsets = add_paths(&network, pricing->days, steps, n_tasks);
    for (int l = 0; l < pricing->n_lags; l++) {
        const PricingLag *lag = &pricing->lags[l];
        add_lag(&network, lag, &steps[lag->from], &steps[lag->to], pricing->n_slots);
    }
    int64_t flow = maximum_flow(&network);
    bool feasible = flow < CUT_INFINITE;
    for (int a = 0; a < n_tasks; a++) {
        int k = 0; /* the last node of the path on the source's side */
        while (feasible && k + 1 < steps[a].n && network.level[node_of(&steps[a], k + 1)] >= 0) {
            k++;
        }
        choice[a] = steps[a].option[k]; // NOLINT(clang-analyzer-core.uninitialized.Assign)
        g_free(steps[a].option);
        g_free(steps[a].start);
        g_free(steps[a].least);
        g_free(steps[a].most);
    }
    g_free(steps);
    g_free(network.head);
    g_array_free(network.arcs, TRUE);
    g_free(network.level);
    g_free(network.current);
    g_free(network.queue);
    return feasible ? (double)(flow - offsets) / CUT_SCALE : COST_INFINITE;
}
