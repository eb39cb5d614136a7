#include "solver/bound.h"

#include <glib.h>
#include <math.h>
#include <string.h>

struct Bound {
    const Problem *problem;
    const Rows *rows;
    Workers *workers;
    Seeker **seekers;
    Usage *facts;
    Prices *prices, *best_prices;
    double *multiplier, *best_multiplier;
    double *usage;   /* of the last answer */
    double *average; /* of the answers */
    double best, factor;
    int steps, stalled, failures, mild;
    Itinerary **answer; /* per household, NULL: unplanned or nothing to decide */
    double *value, *unplanned;
};

Bound *bound_new(const Problem *problem, const Rows *rows, Workers *workers, Seeker **seekers) {
    Bound *bound = g_new0(Bound, 1);
    bound->problem = problem;
    bound->rows = rows;
    bound->workers = workers;
    bound->seekers = seekers;
    bound->facts = usage_new(problem);
    bound->prices = prices_new(problem);
    bound->best_prices = prices_new(problem);
    bound->multiplier = g_new0(double, rows->n + 1);
    bound->best_multiplier = g_new0(double, rows->n + 1);
    bound->usage = g_new0(double, rows->n + 1);
    bound->average = g_new0(double, rows->n + 1);
    bound->answer = g_new0(Itinerary *, problem->n_households + 1);
    bound->value = g_new0(double, problem->n_households + 1);
    bound->unplanned = g_new0(double, problem->n_households + 1);
    bound->best = -INFINITY;
    bound->factor = 0.1;
    return bound;
}

void bound_free(Bound *bound) {
    if (bound == NULL) {
        return;
    }
    for (int h = 0; h < bound->problem->n_households; h++) {
        g_free(bound->answer[h]);
    }
    usage_free(bound->facts);
    prices_free(bound->prices);
    prices_free(bound->best_prices);
    g_free(bound->multiplier);
    g_free(bound->best_multiplier);
    g_free(bound->usage);
    g_free(bound->average);
    g_free(bound->answer);
    g_free(bound->value);
    g_free(bound->unplanned);
    g_free(bound);
}

/* The least that household h can cost under the prices. */
static void price_household(void *context, int h, int thread) {
    Bound *bound = context;
    const Problem *problem = bound->problem;
    const ProblemHousehold *household = &problem->households[h];
    g_free(bound->answer[h]);
    bound->answer[h] = NULL;
    bound->unplanned[h] =
        (double)household->unplanned_cost + rows_unplanned_price(bound->rows, h, bound->multiplier);
    if (household->n_free == 0) {
        bound->value[h] = (double)household->constant;
        return;
    }
    double least = COST_INFINITE;
    double value;
    if (!household->impossible) {
        Request request = {
            .household = h, .usage = bound->facts, .prices = bound->prices, .nodes = 24};
        bound->answer[h] = cheapest_itinerary(bound->seekers[thread], &request, &value, &least);
    }
    bound->value[h] = MIN(least, bound->unplanned[h]);
    if (least >= bound->unplanned[h]) {
        g_free(bound->answer[h]);
        bound->answer[h] = NULL;
    }
}

/* The Lagrangian function at the multipliers; fills usage[] with what the answer uses. */
static double evaluate(Bound *bound) {
    const Problem *problem = bound->problem;
    rows_price(bound->rows, bound->multiplier, bound->prices);
    workers_run(bound->workers, problem->n_households, price_household, bound);
    memset(bound->usage, 0, sizeof(double) * (size_t)bound->rows->n);
    double value = rows_evenings(bound->rows, bound->multiplier, bound->usage) -
                   rows_limit_price(bound->rows, bound->multiplier);
    for (int h = 0; h < problem->n_households; h++) {
        value += bound->value[h];
        if (bound->answer[h] != NULL) {
            rows_add(bound->rows, bound->answer[h], 1, bound->usage);
        } else if (problem->households[h].n_free > 0) {
            rows_add_unplanned(bound->rows, h, 1, bound->usage);
        }
    }
    return value;
}

static bool is_evening_row(const Rows *rows, int i) {
    if (i < rows->clock_first || i >= rows->home_first) {
        return false;
    }
    const Problem *problem = rows->problem;
    return problem->op->slots[(i - rows->clock_first) / CLOCK_ROWS % problem->n_slots].late;
}

/* By how much the average answer exceeds row i. */
static double excess(const Bound *bound, int i) {
    double limit = is_evening_row(bound->rows, i) ? 0 : bound->rows->limit[i];
    double over = bound->average[i] - limit;
    return over < 0 && bound->best_multiplier[i] <= 0 ? 0 : over;
}

static void step_from_best(Bound *bound, double upper) {
    const Rows *rows = bound->rows;
    double norm = 0;
    for (int i = 0; i < rows->n; i++) {
        if (rows->exists[i]) {
            norm += excess(bound, i) * excess(bound, i);
        }
    }
    double target = MAX(upper, bound->best + 0.01 * fabs(bound->best) + 1);
    double step = norm > 1e-12 ? bound->factor * (target - bound->best) / norm : 0;
    for (int i = 0; i < rows->n; i++) {
        bound->multiplier[i] =
            rows->exists[i] ? MAX(bound->best_multiplier[i] + step * excess(bound, i), 0) : 0;
    }
}

/* Keeps what is better, and lengthens or shortens the steps by how they fared. */
static void judge(Bound *bound, double value) {
    const Rows *rows = bound->rows;
    double gain = value - bound->best;
    if (gain > 0) {
        double along = 0;
        for (int i = 0; i < rows->n; i++) {
            if (rows->exists[i]) {
                double limit = is_evening_row(rows, i) ? 0 : rows->limit[i];
                along += (bound->usage[i] - limit) * excess(bound, i);
            }
        }
        bound->stalled = gain > 1e-4 * fabs(value) ? 0 : bound->stalled + 1;
        bound->best = value;
        memcpy(bound->best_multiplier, bound->multiplier, sizeof(double) * (size_t)rows->n);
        Prices *swap = bound->prices;
        bound->prices = bound->best_prices;
        bound->best_prices = swap;
        bound->failures = 0;
        if (along > 0) {
            bound->factor = MIN(bound->factor * 1.1, 2);
        }
        return;
    }
    bound->stalled++;
    if (++bound->failures >= 10) {
        bound->factor = MAX(bound->factor * 0.66, 1e-4);
        bound->failures = 0;
    }
}

static void offer_columns(Bound *bound, ColumnSink *sink, void *context) {
    for (int h = 0; h < bound->problem->n_households && sink != NULL; h++) {
        if (bound->answer[h] != NULL) {
            sink(context, itinerary_copy(bound->problem, bound->answer[h]));
        }
    }
}

void bound_improve(Bound *bound, int steps, cost_t upper, ColumnSink *sink, void *context) {
    const Rows *rows = bound->rows;
    for (int step = 0; step < steps; step++) {
        if (bound->steps > 0) {
            step_from_best(bound, (double)upper);
        }
        double value = evaluate(bound);
        double share = bound->steps == 0 ? 1 : 0.1;
        for (int i = 0; i < rows->n; i++) {
            bound->average[i] += share * (bound->usage[i] - bound->average[i]);
        }
        bound->steps++;
        judge(bound, value);
        offer_columns(bound, sink, context);
    }
}

cost_t bound_value(const Bound *bound) {
    return isfinite(bound->best) ? (cost_t)ceil(bound->best - 1e-3) : 0;
}

int bound_stalled(const Bound *bound) {
    return bound->stalled;
}

const Prices *bound_prices(const Bound *bound) {
    return bound->best_prices;
}
