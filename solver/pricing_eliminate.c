/* Bucket elimination over days; see pricing.h. */
#include "solver/pricing_internal.h"

#include <glib.h>
#include <string.h>

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
        pricing_through_window(pricing, edge, x, line, 0, own->n, message);
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
        pricing_through_window(pricing, to_z, x, row, from, to, out);
        return;
    }
    if (to_z->table == NULL) {
        for (int p = 0; p < own->n; p++) {
            int k = own->order[p];
            pricing->line[p] = k >= from && k < to ? row[k] : COST_INFINITE;
        }
        pricing_through_window(pricing, to_z, x, pricing->line, 0, own->n, out);
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
    pricing->work += (double)(n_y * n_z);
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
    pricing_new_edge(pricing, y, z)->table = table;
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
    int edges[3] = {0};
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
        pair->row(pair->context, from->start[i] / pricing->n_slots, extra);
        for (int j = 0; j < to->n; j++) {
            double cost = from->value[i] + to->value[j] + extra[to->start[j] / pricing->n_slots];
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

/* Eliminates all tasks in turn; the least cost within what was prepared. */
static double eliminate_all(Pricing *pricing, int *choice) {
    bool *gone = pricing_scratch(pricing, sizeof(bool) * (size_t)pricing->n_tasks);
    memset(gone, 0, sizeof(bool) * (size_t)pricing->n_tasks);
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
    if (pricing->pair != NULL && COST_IS_FINITE(total)) {
        total += solve_pair(pricing, choice);
    }
    if (!COST_IS_FINITE(total)) {
        return COST_INFINITE;
    }
    trace_choice(pricing, choice);
    return total;
}

double pricing_eliminate(Pricing *pricing, int *choice, double cutoff) {
    for (double room = PRICING_ROOM;;) {
        double least = pricing_prepare(pricing, room, cutoff);
        if (!COST_IS_FINITE(least)) {
            return COST_INFINITE;
        }
        double value = eliminate_all(pricing, choice);
        if (value <= least + room || least + room >= cutoff || !COST_IS_FINITE(room)) {
            return value;
        }
        room = pricing_more_room(room, value - least);
    }
}
