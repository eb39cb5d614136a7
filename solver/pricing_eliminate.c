/* Bucket elimination over days; see pricing.h. */
#include "solver/pricing_internal.h"

#include <glib.h>
#include <string.h>

/* ---- Preparation ------------------------------------------------------------------------- */

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

/* The day option that an option competes with, among those that start on the same day. */
static int find_rival(const DayOptions *days, day_t start, day_t finish) {
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

/* What the lags leave of the bounds: no start before the earliest finish of the tasks before, no
 * finish after the latest start of the tasks after. False when nothing is left. */
static bool tighten(const Pricing *pricing, Bounds *bounds) {
    int n_slots = pricing->n_slots;
    memcpy(bounds, pricing->bounds, sizeof(Bounds) * (size_t)pricing->n_tasks);
    for (int pass = 0; pass < 2; pass++) {
        for (int step = 0; step < pricing->n_tasks; step++) {
            int a = pass == 0 ? step : pricing->n_tasks - 1 - step;
            const Options *options = &pricing->options[a];
            int32_t extreme = pass == 0 ? INT32_MAX : INT32_MIN;
            for (int o = 0; o < options->n; o++) {
                if (!is_inside(options, o, &bounds[a])) {
                    continue;
                }
                extreme = pass == 0 ? MIN(extreme, options->finish[o] / n_slots)
                                    : MAX(extreme, options->start[o] / n_slots);
            }
            if (extreme == INT32_MAX || extreme == INT32_MIN) {
                return false;
            }
            for (int l = 0; l < pricing->n_lags; l++) {
                const PricingLag *lag = &pricing->lags[l];
                if (pass == 0 && lag->from == a) {
                    int32_t low = (extreme + lag->min_days) * n_slots;
                    bounds[lag->to].start_low = MAX(bounds[lag->to].start_low, low);
                } else if (pass == 1 && lag->to == a) {
                    int32_t high = (extreme - lag->min_days + 1) * n_slots - 1;
                    bounds[lag->from].finish_high = MIN(bounds[lag->from].finish_high, high);
                }
            }
        }
    }
    return true;
}

static void prepare_task(Pricing *pricing, int a, const Bounds *bounds) {
    const Options *options = &pricing->options[a];
    DayOptions *days = &pricing->days[a];
    size_t n = (size_t)options->n;
    days->n = 0;
    days->start = pricing_scratch(pricing, n * sizeof(day_t));
    days->finish = pricing_scratch(pricing, n * sizeof(day_t));
    days->value = pricing_scratch(pricing, n * sizeof(double));
    days->option = pricing_scratch(pricing, n * sizeof(int));
    days->order = pricing_scratch(pricing, n * sizeof(int));
    days->rank = pricing_scratch(pricing, n * sizeof(int));
    for (int o = 0; o < options->n; o++) {
        if (!is_inside(options, o, bounds)) {
            continue;
        }
        day_t start = options->start[o] / pricing->n_slots;
        day_t finish = options->finish[o] / pricing->n_slots;
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
        day_t finish = from->finish[from->order[p]];
        while (first < to->n && to->start[first] < finish + lag->min_days) {
            first++;
        }
        while (last < to->n && (!lag->has_max || to->start[last] <= finish + lag->max_days)) {
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

static Edge *find_edge(Pricing *pricing, int u, int v) {
    for (int e = 0; e < pricing->n_edges; e++) {
        if (pricing->edges[e].u == u && pricing->edges[e].v == v) {
            return &pricing->edges[e];
        }
    }
    size_t n_u = (size_t)pricing->days[u].n;
    size_t n_v = (size_t)pricing->days[v].n;
    Edge *edge = new_edge(pricing, u, v);
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

/* False when some task has no option left. */
static bool prepare(Pricing *pricing) {
    int widest = 1;
    pricing->current = NULL;
    pricing->n_edges = 0;
    Bounds *bounds = pricing_scratch(pricing, sizeof(Bounds) * (size_t)pricing->n_tasks);
    if (!tighten(pricing, bounds)) {
        return false;
    }
    for (int a = 0; a < pricing->n_tasks; a++) {
        prepare_task(pricing, a, &bounds[a]);
        widest = MAX(widest, pricing->days[a].n);
        if (pricing->days[a].n == 0) {
            return false;
        }
    }
    pricing->line = pricing_scratch(pricing, (size_t)widest * sizeof(double));
    pricing->result = pricing_scratch(pricing, (size_t)widest * sizeof(double));
    pricing->queue = pricing_scratch(pricing, (size_t)widest * sizeof(int));
    for (int l = 0; l < pricing->n_lags; l++) {
        if (!pricing->left_out[l]) {
            const PricingLag *lag = &pricing->lags[l];
            narrow_edge(pricing, find_edge(pricing, lag->from, lag->to), lag);
        }
    }
    return true;
}

/* ---- Minima through windows -------------------------------------------------------------- */

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

/* out[] over the options of the window edge's other end: the least of x's line[from..to), which is
 * in the finish order of x when x is u, else in its start order. */
static void through_window(const Pricing *pricing, const Edge *edge, int x, const double *line,
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

static double edge_cost(const Pricing *pricing, const Edge *edge, int i, int j) {
    if (edge->table != NULL) {
        return edge->table[(size_t)i * pricing->days[edge->v].n + j];
    }
    int p = pricing->days[edge->u].rank[i];
    return j >= edge->u_low[p] && j < edge->u_high[p] ? 0.0 : COST_INFINITE;
}

/* The table's costs between x's options and option i of its other end begin here, `stride` apart.
 */
static const double *table_line(const Pricing *pricing, const Edge *edge, int x, int i,
                                size_t *stride) {
    size_t n_v = (size_t)pricing->days[edge->v].n;
    *stride = edge->v == x ? 1 : n_v;
    return edge->table + (edge->v == x ? (size_t)i * n_v : (size_t)i);
}

/* ---- Elimination ------------------------------------------------------------------------- */

static void eliminate_leaf(Pricing *pricing, int x, const Edge *edge) {
    const DayOptions *own = &pricing->days[x];
    DayOptions *other = &pricing->days[edge->u == x ? edge->v : edge->u];
    double *message = pricing_scratch(pricing, (size_t)other->n * sizeof(double));
    if (edge->table != NULL) {
        for (int j = 0; j < other->n; j++) {
            size_t stride;
            const double *table = table_line(pricing, edge, x, j, &stride);
            message[j] = COST_INFINITE;
            for (int i = 0; i < own->n; i++) {
                double cost = own->value[i] + table[(size_t)i * stride];
                message[j] = cost < message[j] ? cost : message[j];
            }
        }
    } else {
        const double *line = own->value;
        for (int p = 0; p < own->n && edge->u == x && !own->monotone; p++) {
            pricing->line[p] = own->value[own->order[p]];
            line = pricing->line;
        }
        through_window(pricing, edge, x, line, 0, own->n, message);
    }
    for (int j = 0; j < other->n; j++) {
        other->value[j] += message[j];
    }
}

/* row[] in x's option order: value of x plus the edge's cost to option i of its other end. Only
 * row[*from .. *to) is finite. */
static void row_of(const Pricing *pricing, const Edge *edge, int x, int i, double *row, int *from,
                   int *to) {
    const DayOptions *own = &pricing->days[x];
    *from = 0;
    *to = own->n;
    if (edge->table != NULL) {
        size_t stride;
        const double *table = table_line(pricing, edge, x, i, &stride);
        for (int k = 0; k < own->n; k++) {
            row[k] = own->value[k] + table[(size_t)k * stride];
        }
        return;
    }
    if (edge->v == x || own->monotone) {
        int p = edge->v == x ? pricing->days[edge->u].rank[i] : i;
        *from = edge->v == x ? edge->u_low[p] : edge->v_low[i];
        *to = edge->v == x ? edge->u_high[p] : edge->v_high[i];
        for (int k = *from; k < *to; k++) {
            row[k] = own->value[k];
        }
        return;
    }
    for (int k = 0; k < own->n; k++) {
        row[k] = COST_INFINITE;
    }
    for (int p = edge->v_low[i]; p < edge->v_high[i]; p++) {
        row[own->order[p]] = own->value[own->order[p]];
    }
}

/* One row of the new table: minima of row[from..to) over x towards every option of z. */
static void fill_row(Pricing *pricing, const Edge *to_z, int x, int z, const double *row, int from,
                     int to, double *out) {
    const DayOptions *own = &pricing->days[x];
    int n_z = pricing->days[z].n;
    if (to_z->table == NULL && (to_z->v == x || own->monotone)) {
        through_window(pricing, to_z, x, row, from, to, out);
        return;
    }
    if (to_z->table == NULL) {
        for (int p = 0; p < own->n; p++) {
            int k = own->order[p];
            pricing->line[p] = k >= from && k < to ? row[k] : COST_INFINITE;
        }
        through_window(pricing, to_z, x, pricing->line, 0, own->n, out);
        return;
    }
    for (int k = 0; k < n_z; k++) {
        out[k] = COST_INFINITE;
    }
    for (int j = from; j < to; j++) {
        if (!COST_IS_FINITE(row[j])) {
            continue;
        }
        double base = row[j];
        size_t stride;
        const double *table = table_line(pricing, to_z, z, j, &stride);
        for (int k = 0; k < n_z; k++) {
            double cost = base + table[(size_t)k * stride];
            out[k] = out[k] < cost ? out[k] : cost;
        }
    }
}

/* Adds an edge that links y and z already to the new table between them. */
static void merge_edge(const Pricing *pricing, const Edge *old, int y, int z, double *table) {
    int n_y = pricing->days[y].n;
    int n_z = pricing->days[z].n;
    for (int i = 0; i < n_y; i++) {
        double *row = table + (size_t)i * n_z;
        if (old->table != NULL) {
            size_t stride;
            const double *line = table_line(pricing, old, z, i, &stride);
            for (int k = 0; k < n_z; k++) {
                row[k] += line[(size_t)k * stride];
            }
        } else if (old->u == y) {
            int p = pricing->days[y].rank[i];
            for (int k = 0; k < n_z; k++) {
                row[k] = k >= old->u_low[p] && k < old->u_high[p] ? row[k] : COST_INFINITE;
            }
        } else {
            for (int k = 0; k < n_z; k++) {
                row[k] += edge_cost(pricing, old, k, i);
            }
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
    size_t n_y = (size_t)pricing->days[y].n;
    size_t n_z = (size_t)pricing->days[z].n;
    double *table = pricing_scratch(pricing, n_y * n_z * sizeof(double));
    double *row = pricing_scratch(pricing, (size_t)pricing->days[x].n * sizeof(double));
    for (size_t i = 0; i < n_y; i++) {
        int from;
        int to;
        row_of(pricing, &to_y, x, (int)i, row, &from, &to);
        fill_row(pricing, &to_z, x, z, row, from, to, table + i * n_z);
    }
    int e = edge_between(pricing, y, z);
    if (e >= 0) {
        merge_edge(pricing, &pricing->edges[e], y, z, table);
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

/* The work of replacing x by a table over these two edges. */
static double table_work(const Pricing *pricing, int x, const int *edges) {
    const Edge *a = &pricing->edges[edges[0]];
    const Edge *b = &pricing->edges[edges[1]];
    double n_y = pricing->days[a->u == x ? a->v : a->u].n;
    double n_z = pricing->days[b->u == x ? b->v : b->u].n;
    bool tables = a->table != NULL && b->table != NULL;
    return 1 + n_y * (n_z + pricing->days[x].n) * (tables ? n_z : 1);
}

/* The next task to eliminate: one with at most one neighbour, else the cheapest with two. Returns
 * false when all that are left have three or more. */
static bool next_task(const Pricing *pricing, const bool *gone, Step *step) {
    double cheapest = COST_INFINITE;
    int edges[3];
    for (int x = 0; x < pricing->n_tasks; x++) {
        bool stays = pricing->pair != NULL && (x == pricing->pair->from || x == pricing->pair->to);
        int degree = gone[x] || stays ? 3 : living_edges(pricing, x, edges);
        if (degree > 2) {
            continue;
        }
        double work = degree == 2 ? table_work(pricing, x, edges) : 0;
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
        for (int i = 0; i < pricing->days[x].n; i++) {
            double cost = pricing->days[x].value[i];
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
    for (int x = 0; x < pricing->n_tasks; x++) {
        choice[x] = pricing->days[x].option[choice[x]];
    }
}

/* Eliminates one task and returns the least cost of its part of the graph when that ends with it.
 */
static double eliminate_step(Pricing *pricing, const Step *step) {
    if (step->edges[1] >= 0) {
        eliminate_between(pricing, step->task, step->edges[0], step->edges[1]);
        pricing->edges[step->edges[1]].alive = false;
    } else if (step->edges[0] >= 0) {
        eliminate_leaf(pricing, step->task, &pricing->edges[step->edges[0]]);
    } else {
        const DayOptions *days = &pricing->days[step->task];
        double least = COST_INFINITE;
        for (int i = 0; i < days->n; i++) {
            least = MIN(least, days->value[i]);
        }
        return least;
    }
    pricing->edges[step->edges[0]].alive = false;
    return 0;
}

/* The least cost of the two tasks of the pair, all others being eliminated. */
static double solve_pair(Pricing *pricing, int *choice) {
    const PairCost *pair = pricing->pair;
    const DayOptions *from = &pricing->days[pair->from];
    const DayOptions *to = &pricing->days[pair->to];
    double *extra = pricing_scratch(pricing, (size_t)pair->n_days * sizeof(double));
    double best = COST_INFINITE;
    int e = edge_between(pricing, pair->from, pair->to);
    const Edge *edge = e < 0 ? NULL : &pricing->edges[e];
    for (int i = 0; i < from->n; i++) {
        if (!COST_IS_FINITE(from->value[i])) {
            continue;
        }
        pair->row(pair->context, from->start[i], extra);
        for (int j = 0; j < to->n; j++) {
            double cost = from->value[i] + to->value[j] + extra[to->start[j]];
            if (edge != NULL) {
                cost += edge->u == pair->from ? edge_cost(pricing, edge, i, j)
                                              : edge_cost(pricing, edge, j, i);
            }
            if (cost < best) {
                best = cost;
                choice[pair->from] = i;
                choice[pair->to] = j;
            }
        }
    }
    return best;
}

double pricing_eliminate(Pricing *pricing, int *choice) {
    if (!prepare(pricing)) {
        return COST_INFINITE;
    }
    bool *gone = g_new0(bool, (size_t)(unsigned)pricing->n_tasks);
    double total = 0;
    int n_steps = pricing->n_tasks - (pricing->pair != NULL ? 2 : 0);
    for (pricing->n_steps = 0; pricing->n_steps < n_steps; pricing->n_steps++) {
        Step *step = &pricing->steps[pricing->n_steps];
        if (!next_task(pricing, gone, step)) {
            g_error("pricing: a reducible graph did not reduce");
        }
        gone[step->task] = true;
        total += eliminate_step(pricing, step);
    }
    g_free(gone);
    if (pricing->pair != NULL && COST_IS_FINITE(total)) {
        total += solve_pair(pricing, choice);
    }
    if (!COST_IS_FINITE(total)) {
        return COST_INFINITE;
    }
    trace_choice(pricing, choice);
    return total;
}
