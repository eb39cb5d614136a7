#include "solver/bound.h"

#include "solver/columns.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* A household's answer to the prices of the moment. */
typedef struct Answer {
    Itinerary *itinerary; /* NULL: unplanned, or nothing to decide */
    double own;           /* its cost without prices */
    double value;         /* lower bound of all its answers, prices included */
    Column column;
} Answer;

struct Bound {
    const Problem *problem;
    const Rows *rows;
    Workers *workers;
    Seeker **seekers;
    Usage *facts;
    Prices *prices, *best_prices;
    double *multiplier, *best_multiplier;
    double *usage;   /* of the answers, one after the other renewed */
    double *evening; /* minus the room of the evenings opened */
    double *average; /* of usage and evening, running */
    double best;
    double reach; /* of follow_columns(), relative to the room above the bound */
    int steps;
    Answer *answers;
    Columns *columns;
    double *ideal;     /* per household: the answer's value without prices */
    Column *unplanned; /* per household */
    int level;         /* how exact answers are, see price_household() */
    bool walking;      /* answers need not be the cheapest */
    int block_first;   /* households that are priced at the moment begin here */
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
    bound->evening = g_new0(double, rows->n + 1);
    bound->average = g_new0(double, rows->n + 1);
    bound->answers = g_new0(Answer, problem->n_households + 1);
    bound->unplanned = g_new0(Column, problem->n_households + 1);
    for (int h = 0; h < problem->n_households; h++) {
        rows_unplanned(rows, h, &bound->unplanned[h]);
    }
    bound->ideal = g_new0(double, problem->n_households + 1);
    bound->columns = columns_new(rows);
    bound->reach = 0.3;
    bound->best = -INFINITY;
    return bound;
}

void bound_free(Bound *bound) {
    if (bound == NULL) {
        return;
    }
    for (int h = 0; h < bound->problem->n_households; h++) {
        g_free(bound->answers[h].itinerary);
        column_clear(&bound->answers[h].column);
        column_clear(&bound->unplanned[h]);
    }
    columns_free(bound->columns);
    usage_free(bound->facts);
    prices_free(bound->prices);
    prices_free(bound->best_prices);
    g_free(bound->multiplier);
    g_free(bound->best_multiplier);
    g_free(bound->usage);
    g_free(bound->evening);
    g_free(bound->average);
    g_free(bound->answers);
    g_free(bound->unplanned);
    g_free(bound->ideal);
    g_free(bound);
}

/* Proofs that are cheap but not tight serve as long as prices change much. */
static const struct { int nodes, lag_nodes; } efforts[] = {{2, 6}, {6, 15}, {24, 60}};

/* The least that household block_first + i can cost under the prices. The last answer, at today's
 * prices, is what a better one has to beat. */
static void price_household(void *context, int i, int thread) {
    Bound *bound = context;
    int h = bound->block_first + i;
    const ProblemHousehold *household = &bound->problem->households[h];
    Answer *answer = &bound->answers[h];
    if (household->n_free == 0) {
        answer->value = (double)household->constant;
        return;
    }
    double unplanned =
        (double)household->unplanned_cost + column_price(&bound->unplanned[h], bound->multiplier);
    double cutoff = unplanned;
    double own;
    const Itinerary *known = columns_cheapest(bound->columns, h, bound->multiplier, &own);
    if (known != NULL) {
        g_free(answer->itinerary);
        answer->itinerary = itinerary_copy(bound->problem, known);
        answer->own = own;
        rows_column(bound->rows, known, &answer->column);
    }
    if (answer->itinerary != NULL) {
        double last = answer->own + column_price(&answer->column, bound->multiplier);
        cutoff = MIN(cutoff, last + 0.01);
    }
    double least = cutoff;
    double value = COST_INFINITE;
    Itinerary *found = NULL;
    Request request = {.household = h,
                       .usage = bound->facts,
                       .prices = bound->prices,
                       .nodes = 24,
                       .cutoff = cutoff};
    if (answer->itinerary != NULL) {
        /* A look around the last answer costs little, and saves much when all is looked at. */
        request.near = answer->itinerary;
        request.reach = bound->walking ? 20 : 12;
        request.quick = bound->walking;
        found = cheapest_itinerary(bound->seekers[thread], &request, &value, &least);
        request.near = NULL;
        request.quick = false;
        request.cutoff = MIN(cutoff, value);
    }
    if (!household->impossible && !(bound->walking && found != NULL)) {
        request.nodes = efforts[bound->level].nodes;
        request.lag_nodes = efforts[bound->level].lag_nodes;
        double better = COST_INFINITE;
        Itinerary *other = cheapest_itinerary(bound->seekers[thread], &request, &better, &least);
        if (other != NULL) {
            g_free(found);
            found = other;
            value = better;
        }
    }
    answer->value = MIN(least, request.cutoff);
    if (found != NULL || cutoff == unplanned) {
        g_free(answer->itinerary);
        answer->itinerary = found;
        if (found == NULL) {
            rows_unplanned(bound->rows, h, &answer->column);
        } else {
            rows_column(bound->rows, found, &answer->column);
            answer->own = value - column_price(&answer->column, bound->multiplier);
            found->cost = (cost_t)llround(answer->own);
        }
    }
}

/* Prices households first .. last - 1 and brings usage[] up to date. */
static void price_block(Bound *bound, int first, int last) {
    rows_price(bound->rows, bound->multiplier, bound->prices);
    for (int h = first; h < last; h++) {
        column_add(&bound->answers[h].column, -1, bound->usage);
    }
    bound->block_first = first;
    workers_run(bound->workers, last - first, price_household, bound);
    for (int h = first; h < last; h++) {
        column_add(&bound->answers[h].column, 1, bound->usage);
    }
}

/* The evenings' part of the Lagrangian function; evening[] becomes what they open. */
static double price_evenings(Bound *bound) {
    memset(bound->evening, 0, sizeof(double) * (size_t)bound->rows->n);
    return rows_evenings(bound->rows, bound->multiplier, bound->evening);
}

/* The Lagrangian function at the multipliers. */
static double evaluate(Bound *bound) {
    /* Summed anew, lest rounding gathers. */
    memset(bound->usage, 0, sizeof(double) * (size_t)bound->rows->n);
    for (int h = 0; h < bound->problem->n_households; h++) {
        column_add(&bound->answers[h].column, 1, bound->usage);
    }
    price_block(bound, 0, bound->problem->n_households);
    double value = price_evenings(bound) - rows_limit_price(bound->rows, bound->multiplier);
    for (int h = 0; h < bound->problem->n_households; h++) {
        value += bound->answers[h].value;
    }
    return value;
}

/* multiplier[] becomes from[] and a step along the average excess. */
static void step_from(Bound *bound, const double *from, double ascent) {
    const Rows *rows = bound->rows;
    double norm = 0;
    for (int i = 0; i < rows->n; i++) {
        double over = (bound->average[i] - rows_room(rows, i)) / rows->unit[i];
        if (rows->exists[i] && (over > 0 || from[i] > 0)) {
            norm += over * over;
        }
    }
    double step = norm > 1e-12 ? ascent / norm : 0;
    for (int i = 0; i < rows->n; i++) {
        double over = (bound->average[i] - rows_room(rows, i)) / rows->unit[i];
        bound->multiplier[i] = rows->exists[i] ? MAX(from[i] + step * over / rows->unit[i], 0) : 0;
    }
}

static void average_usage(Bound *bound, double share) {
    for (int i = 0; i < bound->rows->n; i++) {
        bound->average[i] += share * (bound->usage[i] + bound->evening[i] - bound->average[i]);
    }
}

static void keep_if_better(Bound *bound, double value) {
    if (value > bound->best) {
        bound->best = value;
        memcpy(bound->best_multiplier, bound->multiplier, sizeof(double) * (size_t)bound->rows->n);
        rows_price(bound->rows, bound->best_multiplier, bound->best_prices);
    }
}

static void keep_columns(Bound *bound) {
    for (int h = 0; h < bound->problem->n_households; h++) {
        if (bound->answers[h].itinerary != NULL) {
            columns_add(bound->columns, bound->answers[h].itinerary, bound->answers[h].own,
                        &bound->answers[h].column);
        }
    }
}

static void offer_columns(Bound *bound, ColumnSink *sink, void *context) {
    keep_columns(bound);
    for (int h = 0; h < bound->problem->n_households && sink != NULL; h++) {
        if (bound->answers[h].itinerary != NULL) {
            sink(context, itinerary_copy(bound->problem, bound->answers[h].itinerary));
        }
    }
}

/* Walks once through the households, a block at a time, and moves the prices after each: an
 * incremental subgradient step (Nedic and Bertsekas, "Incremental subgradient methods for
 * nondifferentiable optimization", SIAM Journal on Optimization 12, 2001). Blocks do not depend on
 * the number of threads. */
static void walk(Bound *bound, double ascent) {
    bound->walking = true;
    int n = bound->problem->n_households;
    int size = MAX(8, n / 24);
    for (int first = 0; first < n; first += size) {
        price_block(bound, first, MIN(first + size, n));
        price_evenings(bound);
        average_usage(bound, 0.5);
        step_from(bound, bound->multiplier, ascent * size / n);
    }
    bound->walking = false;
}

/* Steps on the true function first, which is best far away from the optimum. */
static void walk_and_evaluate(Bound *bound, double room) {
    enum { WALKS = 4 };
    for (int i = 0; i < WALKS && bound->steps > 0; i++) {
        walk(bound, 0.5 * room / (1 + 0.05 * ((bound->steps - 1) * WALKS + i)));
    }
    double value = evaluate(bound);
    for (int h = 0; h < bound->problem->n_households && bound->steps == 0; h++) {
        bound->ideal[h] = bound->answers[h].value;
    }
    average_usage(bound, bound->steps == 0 ? 1 : 0.2);
    keep_if_better(bound, value);
}

/* Then at multipliers that suit the columns found so far, starting from the best ones. How far to
 * go from there is learnt. */
static void follow_columns(Bound *bound, double room) {
    enum { PASSES = 60, LOOKS = 4 };
    for (int look = 0; look < LOOKS; look++) {
        memcpy(bound->multiplier, bound->best_multiplier, sizeof(double) * (size_t)bound->rows->n);
        columns_ascend(bound->columns, bound->multiplier, PASSES, bound->reach * room);
        if (look < LOOKS - 1) {
            bound->walking = true;
            price_block(bound, 0, bound->problem->n_households);
            bound->walking = false;
            keep_columns(bound);
        }
    }
    double value = evaluate(bound);
    double gain = value - bound->best;
    bool slow = gain > 0 && gain < 1e-3 * fabs(value);
    if (slow && bound->level + 1 < (int)G_N_ELEMENTS(efforts)) {
        bound->level++;
    }
    bound->reach = value > bound->best ? MIN(bound->reach * 1.2, 2) : MAX(bound->reach * 0.7, 1e-3);
    keep_if_better(bound, value);
}

double bound_raise(Bound *bound, cost_t upper, ColumnSink *sink, void *context) {
    enum { FIRST_STEPS = 9 };
    double before = bound->best;
    double room = MAX((double)upper - bound->best, 0.002 * fabs(bound->best));
    if (bound->steps < FIRST_STEPS) {
        walk_and_evaluate(bound, room);
    } else {
        follow_columns(bound, room);
    }
    bound->steps++;
    offer_columns(bound, sink, context);
    return isfinite(before) ? bound->best - before : INFINITY;
}

double bound_try(Bound *bound, const double *multiplier, double smoothing, ColumnSink *sink,
                 void *context) {
    for (int i = 0; i < bound->rows->n; i++) {
        double own = bound->rows->exists[i] ? multiplier[i] : 0;
        bound->multiplier[i] = smoothing * bound->best_multiplier[i] + (1 - smoothing) * own;
    }
    double value = evaluate(bound);
    keep_if_better(bound, value);
    offer_columns(bound, sink, context);
    return value;
}

cost_t bound_value(const Bound *bound) {
    return isfinite(bound->best) ? (cost_t)ceil(bound->best - 1e-3) : 0;
}

const double *bound_ideal(const Bound *bound) {
    return bound->steps > 0 ? bound->ideal : NULL;
}

const Prices *bound_prices(const Bound *bound) {
    return bound->best_prices;
}
