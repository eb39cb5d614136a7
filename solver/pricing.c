#include "solver/pricing.h"

#include "solver/pricing_internal.h"

#include <glib.h>
#include <string.h>

/* What links two tasks. A window edge u -> v allows, for the option of u at rank p of its finish
 * order, the options of v from u_low[p] to u_high[p] - 1, and for option j of v the ranks of u from
 * v_low[j] to v_high[j] - 1. A table edge costs table[i * n_v + j]. */
typedef struct Edge {
    int u, v;
    bool alive;
    int *u_low, *u_high, *v_low, *v_high;
    double *table;
} Edge;

/* How an eliminated task finds its option again once its neighbours have theirs. */
typedef struct Step {
    int task;
    int edges[2]; /* indices of edges, -1 where there is none */
} Step;

typedef struct Chunk {
    struct Chunk *next;
    size_t used, size;
    _Alignas(64) char data[];
} Chunk;

struct Pricing {
    int n_slots, n_tasks, n_lags, n_edges, n_steps, room;
    const PricingLag *lags;
    Options *options;
    double **value; /* per task and option: cost and the messages received */
    int **order;    /* per task: options by finish */
    int **rank;     /* its inverse */
    Edge *edges;
    int edges_room;
    Step *steps;
    Chunk *chunks, *current; /* scratch memory, reused from one problem to the next */
    double *line, *result;   /* two rows of the widest task */
    int *queue;
};

static void *scratch(Pricing *pricing, size_t bytes) {
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
    g_free(pricing->value);
    g_free(pricing->order);
    g_free(pricing->rank);
    g_free(pricing->edges);
    g_free(pricing->steps);
    g_free(pricing);
}

void pricing_start(Pricing *pricing, int n_tasks, const PricingLag *lags, int n_lags) {
    if (n_tasks > pricing->room) {
        pricing->options = g_renew(Options, pricing->options, n_tasks);
        memset(pricing->options + pricing->room, 0,
               sizeof(Options) * (size_t)(n_tasks - pricing->room));
        pricing->value = g_renew(double *, pricing->value, n_tasks);
        pricing->order = g_renew(int *, pricing->order, n_tasks);
        pricing->rank = g_renew(int *, pricing->rank, n_tasks);
        pricing->steps = g_renew(Step, pricing->steps, n_tasks);
        pricing->room = n_tasks;
    }
    pricing->n_tasks = n_tasks;
    pricing->lags = lags;
    pricing->n_lags = n_lags;
    for (int a = 0; a < n_tasks; a++) {
        pricing->options[a].n = 0;
    }
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

static int compare_starts(gconstpointer a, gconstpointer b, gpointer data) {
    const Options *options = data;
    int i = *(const int *)a;
    int j = *(const int *)b;
    if (options->start[i] != options->start[j]) {
        return options->start[i] < options->start[j] ? -1 : 1;
    }
    return i - j;
}

void options_sort(Options *options) {
    int n = options->n;
    int *order = g_new(int, n + 1);
    Options sorted = {0};
    for (int i = 0; i < n; i++) {
        order[i] = i;
    }
    g_qsort_with_data(order, n, sizeof(int), compare_starts, options);
    for (int i = 0; i < n; i++) {
        int o = order[i];
        options_add(&sorted, options->start[o], options->finish[o], options->cost[o],
                    options->mode[o], options->minute[o]);
    }
    g_free(order);
    options_free(options);
    *options = sorted;
}

/* Options are sorted by start, so finishes are nearly sorted: insertion is linear in practice. */
static void sort_by_finish(const Options *options, int *order, int *rank) {
    for (int i = 0; i < options->n; i++) {
        int p = i;
        for (; p > 0 && options->finish[order[p - 1]] > options->finish[i]; p--) {
            order[p] = order[p - 1];
        }
        order[p] = i;
    }
    for (int p = 0; p < options->n; p++) {
        rank[order[p]] = p;
    }
}

static void prepare_tasks(Pricing *pricing) {
    int widest = 1;
    pricing->current = NULL;
    for (int a = 0; a < pricing->n_tasks; a++) {
        const Options *options = &pricing->options[a];
        size_t n = (size_t)options->n;
        widest = MAX(widest, options->n);
        pricing->value[a] = scratch(pricing, n * sizeof(double));
        pricing->order[a] = scratch(pricing, n * sizeof(int));
        pricing->rank[a] = scratch(pricing, n * sizeof(int));
        memcpy(pricing->value[a], options->cost, n * sizeof(double));
        sort_by_finish(options, pricing->order[a], pricing->rank[a]);
    }
    pricing->line = scratch(pricing, (size_t)widest * sizeof(double));
    pricing->result = scratch(pricing, (size_t)widest * sizeof(double));
    pricing->queue = scratch(pricing, (size_t)widest * sizeof(int));
}

/* Narrows the edge's windows by one lag. Both ends are sorted, so two fingers walk once. */
static void narrow_edge(const Pricing *pricing, Edge *edge, const PricingLag *lag) {
    const Options *from = &pricing->options[edge->u];
    const Options *to = &pricing->options[edge->v];
    const int *order = pricing->order[edge->u];
    int first = 0;
    int last = 0;
    for (int p = 0; p < from->n; p++) {
        int32_t low;
        int32_t high;
        lag_window(lag, pricing->n_slots, from->finish[order[p]], &low, &high);
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

static Edge *new_edge(Pricing *pricing, int u, int v) {
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

static void prepare_edges(Pricing *pricing) {
    pricing->n_edges = 0;
    for (int l = 0; l < pricing->n_lags; l++) {
        const PricingLag *lag = &pricing->lags[l];
        Edge *edge = NULL;
        for (int e = 0; e < pricing->n_edges; e++) {
            if (pricing->edges[e].u == lag->from && pricing->edges[e].v == lag->to) {
                edge = &pricing->edges[e];
            }
        }
        if (edge == NULL) {
            size_t n_u = (size_t)pricing->options[lag->from].n;
            size_t n_v = (size_t)pricing->options[lag->to].n;
            edge = new_edge(pricing, lag->from, lag->to);
            edge->u_low = scratch(pricing, n_u * sizeof(int));
            edge->u_high = scratch(pricing, n_u * sizeof(int));
            edge->v_low = scratch(pricing, n_v * sizeof(int));
            edge->v_high = scratch(pricing, n_v * sizeof(int));
            for (size_t p = 0; p < n_u; p++) {
                edge->u_low[p] = 0;
                edge->u_high[p] = (int)n_v;
            }
        }
        narrow_edge(pricing, edge, lag);
    }
}

/* out[k] = min of a[i] over low[k] <= i < high[k]; low and high never fall. */
static void sliding_minimum(const double *a, const int *low, const int *high, int n_out,
                            double *out, int *queue) {
    int head = 0;
    int tail = 0;
    int next = 0;
    for (int k = 0; k < n_out; k++) {
        for (; next < high[k]; next++) {
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

/* Adds, for every option of the edge's other end, the least of line[] that the window edge
 * allows. `line` is in the finish order of u when x is u, else in the start order of v. */
static void through_window(const Pricing *pricing, const Edge *edge, bool from_u,
                           const double *line, double *out) {
    int n_u = pricing->options[edge->u].n;
    int n_v = pricing->options[edge->v].n;
    if (from_u) {
        sliding_minimum(line, edge->v_low, edge->v_high, n_v, out, pricing->queue);
        return;
    }
    sliding_minimum(line, edge->u_low, edge->u_high, n_u, pricing->result, pricing->queue);
    for (int p = 0; p < n_u; p++) {
        out[pricing->order[edge->u][p]] = pricing->result[p];
    }
}

static double edge_cost(const Pricing *pricing, const Edge *edge, int i, int j) {
    if (edge->table != NULL) {
        return edge->table[(size_t)i * pricing->options[edge->v].n + j];
    }
    int p = pricing->rank[edge->u][i];
    return j >= edge->u_low[p] && j < edge->u_high[p] ? 0.0 : COST_INFINITE;
}

static void eliminate_leaf(Pricing *pricing, int x, const Edge *edge) {
    bool from_u = edge->u == x;
    int y = from_u ? edge->v : edge->u;
    int n_x = pricing->options[x].n;
    int n_y = pricing->options[y].n;
    double *message = scratch(pricing, (size_t)n_y * sizeof(double));
    if (edge->table != NULL) {
        for (int j = 0; j < n_y; j++) {
            message[j] = COST_INFINITE;
        }
        for (int i = 0; i < n_x; i++) {
            for (int j = 0; j < n_y; j++) {
                double cost = pricing->value[x][i] + (from_u ? edge_cost(pricing, edge, i, j)
                                                             : edge_cost(pricing, edge, j, i));
                message[j] = MIN(message[j], cost);
            }
        }
    } else {
        for (int p = 0; p < n_x; p++) {
            pricing->line[p] = pricing->value[x][from_u ? pricing->order[x][p] : p];
        }
        through_window(pricing, edge, from_u, pricing->line, message);
    }
    for (int j = 0; j < n_y; j++) {
        pricing->value[y][j] += message[j];
    }
}

/* line[k] = value of x's option plus the cost of edge to option i of y, in x's option order. */
static void row_of(const Pricing *pricing, const Edge *edge, int x, int i, double *row) {
    int n_x = pricing->options[x].n;
    const double *value = pricing->value[x];
    if (edge->table != NULL) {
        bool x_is_v = edge->v == x;
        size_t stride = x_is_v ? 1 : (size_t)pricing->options[edge->v].n;
        const double *table = edge->table + (x_is_v ? (size_t)i * n_x : (size_t)i);
        for (int k = 0; k < n_x; k++) {
            row[k] = value[k] + table[(size_t)k * stride];
        }
        return;
    }
    for (int k = 0; k < n_x; k++) {
        row[k] = COST_INFINITE;
    }
    if (edge->v == x) {
        int p = pricing->rank[edge->u][i];
        for (int k = edge->u_low[p]; k < edge->u_high[p]; k++) {
            row[k] = value[k];
        }
    } else {
        for (int p = edge->v_low[i]; p < edge->v_high[i]; p++) {
            int k = pricing->order[x][p];
            row[k] = value[k];
        }
    }
}

/* The row of the new table for option i of y: minima over x towards every option of z. */
static void fill_row(Pricing *pricing, const Edge *to_z, int x, int z, const double *row,
                     double *ordered, double *out) {
    int n_x = pricing->options[x].n;
    int n_z = pricing->options[z].n;
    bool from_u = to_z->u == x;
    if (to_z->table == NULL) {
        if (from_u) {
            for (int p = 0; p < n_x; p++) {
                ordered[p] = row[pricing->order[x][p]];
            }
        }
        through_window(pricing, to_z, from_u, from_u ? ordered : row, out);
        return;
    }
    for (int k = 0; k < n_z; k++) {
        out[k] = COST_INFINITE;
    }
    for (int j = 0; j < n_x; j++) {
        if (!COST_IS_FINITE(row[j])) {
            continue;
        }
        double base = row[j];
        const double *table = to_z->table + (from_u ? (size_t)j * n_z : (size_t)j);
        size_t stride = from_u ? 1 : (size_t)n_x;
        for (int k = 0; k < n_z; k++) {
            double cost = base + table[(size_t)k * stride];
            out[k] = out[k] < cost ? out[k] : cost;
        }
    }
}

static int edge_between(const Pricing *pricing, int y, int z) {
    for (int e = 0; e < pricing->n_edges; e++) {
        const Edge *edge = &pricing->edges[e];
        if (edge->alive && ((edge->u == y && edge->v == z) || (edge->u == z && edge->v == y))) {
            return e;
        }
    }
    return -1;
}

/* Replaces x by a table between its neighbours y (over e_y) and z (over e_z). */
static void eliminate_between(Pricing *pricing, int x, int e_y, int e_z) {
    if (pricing->edges[e_z].table != NULL && pricing->edges[e_y].table == NULL) {
        int swap = e_y; /* rows through the table, columns through the window: O(n^2) */
        e_y = e_z;
        e_z = swap;
    }
    Edge to_y = pricing->edges[e_y];
    Edge to_z = pricing->edges[e_z];
    int y = to_y.u == x ? to_y.v : to_y.u;
    int z = to_z.u == x ? to_z.v : to_z.u;
    int n_x = pricing->options[x].n;
    int n_y = pricing->options[y].n;
    int n_z = pricing->options[z].n;
    double *table = scratch(pricing, (size_t)n_y * n_z * sizeof(double));
    double *row = scratch(pricing, (size_t)n_x * sizeof(double));
    double *ordered = scratch(pricing, (size_t)n_x * sizeof(double));
    for (int i = 0; i < n_y; i++) {
        row_of(pricing, &to_y, x, i, row);
        fill_row(pricing, &to_z, x, z, row, ordered, table + (size_t)i * n_z);
    }
    int e = edge_between(pricing, y, z);
    if (e >= 0) {
        const Edge *old = &pricing->edges[e];
        for (int i = 0; i < n_y; i++) {
            for (int k = 0; k < n_z; k++) {
                table[(size_t)i * n_z + k] +=
                    old->u == y ? edge_cost(pricing, old, i, k) : edge_cost(pricing, old, k, i);
            }
        }
        pricing->edges[e].alive = false;
    }
    new_edge(pricing, y, z)->table = table;
}

/* The living edges of task x: up to three are told; the count may be more. */
static int living_edges(const Pricing *pricing, int x, int *edges) {
    int n = 0;
    for (int e = 0; e < pricing->n_edges; e++) {
        const Edge *edge = &pricing->edges[e];
        if (edge->alive && (edge->u == x || edge->v == x)) {
            if (n < 3) {
                edges[n] = e;
            }
            n++;
        }
    }
    return n;
}

/* The next task to eliminate: one with at most one neighbour, else the cheapest with two. Returns
 * false when all that are left have three or more. */
static bool next_task(const Pricing *pricing, const bool *gone, Step *step) {
    double cheapest = COST_INFINITE;
    int edges[3];
    for (int x = 0; x < pricing->n_tasks; x++) {
        int degree = gone[x] ? 3 : living_edges(pricing, x, edges);
        if (degree > 2) {
            continue;
        }
        double work = 0;
        if (degree == 2) {
            const Edge *a = &pricing->edges[edges[0]];
            const Edge *b = &pricing->edges[edges[1]];
            double n_y = pricing->options[a->u == x ? a->v : a->u].n;
            double n_z = pricing->options[b->u == x ? b->v : b->u].n;
            bool tables = a->table != NULL && b->table != NULL;
            work = 1 + n_y * (n_z + pricing->options[x].n) * (tables ? n_z : 1);
        }
        if (work < cheapest) {
            cheapest = work;
            *step = (Step){x, {degree > 0 ? edges[0] : -1, degree > 1 ? edges[1] : -1}};
            if (work == 0) {
                return true;
            }
        }
    }
    return COST_IS_FINITE(cheapest);
}

/* Goes back through the steps: each task takes its best option given its neighbours'. */
static void trace_choice(const Pricing *pricing, int *choice) {
    for (int k = pricing->n_steps - 1; k >= 0; k--) {
        const Step *step = &pricing->steps[k];
        int x = step->task;
        double best = COST_INFINITE;
        choice[x] = 0;
        for (int i = 0; i < pricing->options[x].n; i++) {
            double cost = pricing->value[x][i];
            for (int e = 0; e < 2 && step->edges[e] >= 0; e++) {
                const Edge *edge = &pricing->edges[step->edges[e]];
                cost += edge->u == x ? edge_cost(pricing, edge, i, choice[edge->v])
                                     : edge_cost(pricing, edge, choice[edge->u], i);
            }
            if (cost < best) {
                best = cost;
                choice[x] = i;
            }
        }
    }
}

/* Whether eliminating tasks with at most two neighbours would use up the graph. */
static bool is_reducible(const Pricing *pricing) {
    size_t n = (size_t)(unsigned)pricing->n_tasks;
    bool *linked = g_new0(bool, n *n);
    bool *gone = g_new0(bool, n);
    for (int l = 0; l < pricing->n_lags; l++) {
        linked[(size_t)pricing->lags[l].from * n + pricing->lags[l].to] = true;
        linked[(size_t)pricing->lags[l].to * n + pricing->lags[l].from] = true;
    }
    size_t left = n;
    for (bool moved = true; moved && left > 0;) {
        moved = false;
        for (size_t x = 0; x < n; x++) {
            size_t neighbours[2];
            int degree = 0;
            for (size_t y = 0; y < n && degree <= 2 && !gone[x]; y++) {
                if (linked[x * n + y] && !gone[y]) {
                    if (degree < 2) {
                        neighbours[degree] = y;
                    }
                    degree++;
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
    g_free(linked);
    g_free(gone);
    return left == 0;
}

double pricing_solve(Pricing *pricing, int *choice, bool *exact) {
    *exact = true;
    for (int a = 0; a < pricing->n_tasks; a++) {
        if (pricing->options[a].n == 0) {
            return COST_INFINITE;
        }
    }
    if (!is_reducible(pricing)) {
        return pricing_cut(pricing->n_tasks, pricing->options, pricing->lags, pricing->n_lags,
                           pricing->n_slots, choice, exact);
    }
    prepare_tasks(pricing);
    prepare_edges(pricing);
    bool *gone = g_new0(bool, (size_t)pricing->n_tasks);
    double total = 0;
    for (pricing->n_steps = 0; pricing->n_steps < pricing->n_tasks; pricing->n_steps++) {
        Step *step = &pricing->steps[pricing->n_steps];
        if (!next_task(pricing, gone, step)) {
            g_error("pricing: a reducible graph did not reduce");
        }
        int x = step->task;
        gone[x] = true;
        if (step->edges[1] >= 0) {
            eliminate_between(pricing, x, step->edges[0], step->edges[1]);
            pricing->edges[step->edges[1]].alive = false;
        } else if (step->edges[0] >= 0) {
            eliminate_leaf(pricing, x, &pricing->edges[step->edges[0]]);
        } else {
            double least = COST_INFINITE;
            for (int i = 0; i < pricing->options[x].n; i++) {
                least = MIN(least, pricing->value[x][i]);
            }
            total += least;
        }
        if (step->edges[0] >= 0) {
            pricing->edges[step->edges[0]].alive = false;
        }
    }
    g_free(gone);
    if (!COST_IS_FINITE(total)) {
        return COST_INFINITE;
    }
    trace_choice(pricing, choice);
    return total;
}
