#include "solver/bound.h"

#include "solver/columns.h"
#include "solver/project_bound.h"

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
    double best;
    Columns *columns;
    Answer *answers;
    double *least;     /* per household: what competing works alone make an itinerary cost, or 0 */
    uint8_t **skipped; /* per thread and resource: scratch */
    double *ideal;     /* per household: the least that an itinerary of its own costs */
    Column *unplanned; /* per household: what it uses of the rows while unplanned */
    int proof_pass;    /* passes at the last proof */
    int passes;        /* over all households so far */
    double weight;     /* of the rows, see columns_set_weight() */
    double pass_work, proof_work; /* of the last pass and the last proof, see pricing_work() */
    double tolerance; /* cost units that a household's bound may fall short in a proof */
    bool proves;      /* answers are to be proven, not only found */
    int block_first;  /* households that are priced at the moment begin here */
};

Bound *bound_new(const Problem *problem, const Rows *rows, Workers *workers, Seeker **seekers) {
    Bound *bound = g_new0(Bound, 1);
    bound->problem = problem;
    bound->rows = rows;
    bound->workers = workers;
    bound->seekers = seekers;
    bound->facts = usage_new_lasting(problem);
    bound->prices = prices_new(problem);
    bound->best_prices = prices_new(problem);
    bound->multiplier = g_new0(double, rows->n + 1);
    bound->best_multiplier = g_new0(double, rows->n + 1);
    bound->answers = g_new0(Answer, problem->n_households + 1);
    bound->unplanned = g_new0(Column, problem->n_households + 1);
    for (int h = 0; h < problem->n_households; h++) {
        rows_unplanned(rows, h, &bound->unplanned[h]);
    }
    bound->least = project_bounds(problem, bound->facts);
    bound->skipped = g_new0(uint8_t *, workers_count(workers) + 1);
    for (int t = 0; t < workers_count(workers); t++) {
        bound->skipped[t] = g_new0(uint8_t, problem->n_resources + 1);
    }
    bound->ideal = g_new0(double, problem->n_households + 1);
    bound->columns = columns_new(rows);
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
    g_free(bound->answers);
    g_free(bound->unplanned);
    g_free(bound->least);
    for (int t = 0; t < workers_count(bound->workers); t++) {
        g_free(bound->skipped[t]);
    }
    g_free(bound->skipped);
    g_free(bound->ideal);
    g_free(bound);
}

/* ---- Pricing ------------------------------------------------------------------------------ */

static void keep_answer(Bound *bound, Answer *answer, Itinerary *found) {
    g_free(answer->itinerary);
    answer->itinerary = found;
    if (found != NULL) {
        rows_column(bound->rows, found, &answer->column);
        found->cost = itinerary_cost(bound->problem, found);
        answer->own = (double)found->cost;
    }
}

/* Marks all members but those that serve the itinerary. */
static void skip_other_members(const Problem *problem, const Itinerary *itinerary,
                               uint8_t *skipped) {
    for (int r = 0; r < problem->n_resources; r++) {
        int own = itinerary->members[problem->op->resources[r].role];
        skipped[r] = own != NONE && own != r;
    }
}

/* A look without a proof, in most passes around the known itinerary only, which costs little.
 * Returns the answer's value, COST_INFINITE without one. */
static double look(Bound *bound, const Itinerary *known, double cutoff, int thread,
                   Itinerary **found) {
    enum { REACH = 20, NODES = 6, WIDE_PASSES = 4, WIDE_EVERY = 9, FREE_EVERY = 4 };
    bool wide = !bound->proves && (bound->passes < WIDE_PASSES || bound->passes % WIDE_EVERY == 0);
    Request request = {.household = known->household,
                       .usage = bound->facts,
                       .prices = bound->prices,
                       .near = wide ? NULL : known,
                       .reach = REACH,
                       .nodes = NODES,
                       .quick = true,
                       .cutoff = cutoff};
    /* Whom to choose costs several times as much as when, and changes less often. */
    if (!wide && bound->passes % FREE_EVERY != 0) {
        skip_other_members(bound->problem, known, bound->skipped[thread]);
        request.skipped = bound->skipped[thread];
    }
    double value;
    double least;
    *found = cheapest_itinerary(bound->seekers[thread], &request, &value, &least);
    return value;
}

/* The least that household block_first + i can cost under the prices, and a column that does. */
static void price_household(void *context, int i, int thread) {
    Bound *bound = context;
    int h = bound->block_first + i;
    const ProblemHousehold *household = &bound->problem->households[h];
    Answer *answer = &bound->answers[h];
    keep_answer(bound, answer, NULL);
    if (household->n_free == 0) {
        answer->value = (double)household->constant;
        return;
    }
    double own;
    const Itinerary *known = columns_cheapest(bound->columns, h, bound->multiplier, &own);
    double cutoff = own;
    if (known == NULL) {
        cutoff += column_price(&bound->unplanned[h], bound->multiplier);
    } else {
        rows_column(bound->rows, known, &answer->column);
        cutoff += column_price(&answer->column, bound->multiplier);
    }
    answer->value = cutoff;
    if (project_bound_suffices(household, bound->least[h])) {
        answer->value = MIN(cutoff, bound->least[h]);
        return;
    }
    Itinerary *found = NULL;
    if (known != NULL) {
        double value = look(bound, known, cutoff - 0.01, thread, &found);
        answer->value = MIN(cutoff, value);
    }
    if (!household->impossible && (bound->proves || known == NULL)) {
        Request request = {.household = h,
                           .usage = bound->facts,
                           .prices = bound->prices,
                           .nodes = PROOF_NODES,
                           .lag_nodes = PROOF_LAG_NODES,
                           .cutoff = answer->value - bound->tolerance};
        double value;
        double least;
        Itinerary *other = cheapest_itinerary(bound->seekers[thread], &request, &value, &least);
        if (other != NULL) {
            g_free(found);
            found = other;
        }
        answer->value = MIN(MAX(least, bound->least[h]), request.cutoff);
    }
    keep_answer(bound, answer, found);
}

/* Prices households first .. last - 1 at multiplier[] and keeps their columns. */
static void price_block(Bound *bound, int first, int last) {
    rows_price(bound->rows, bound->multiplier, bound->prices);
    bound->block_first = first;
    workers_run(bound->workers, last - first, price_household, bound);
    for (int h = first; h < last; h++) {
        const Answer *answer = &bound->answers[h];
        if (answer->itinerary != NULL) {
            columns_add(bound->columns, answer->itinerary, answer->own, &answer->column);
        }
    }
}

static double work_of(const Bound *bound) {
    double work = 0;
    for (int t = 0; t < workers_count(bound->workers); t++) {
        work += seeker_work(bound->seekers[t]);
    }
    return work;
}

/* The Lagrangian function at multiplier[], proven. */
static double evaluate(Bound *bound) {
    double before = work_of(bound);
    bound->proves = true;
    price_block(bound, 0, bound->problem->n_households);
    bound->proves = false;
    double value = rows_evenings(bound->rows, bound->multiplier) -
                   rows_limit_price(bound->rows, bound->multiplier);
    for (int h = 0; h < bound->problem->n_households; h++) {
        value += bound->answers[h].value;
    }
    bound->proof_work = work_of(bound) - before;
    return value;
}

static void keep_if_better(Bound *bound, double value) {
    if (value > bound->best) {
        bound->best = value;
        memcpy(bound->best_multiplier, bound->multiplier, sizeof(double) * (size_t)bound->rows->n);
        rows_price(bound->rows, bound->best_multiplier, bound->best_prices);
    }
}

static void offer_columns(Bound *bound, ColumnSink *sink, void *context) {
    for (int h = 0; h < bound->problem->n_households && sink != NULL; h++) {
        if (bound->answers[h].itinerary != NULL) {
            sink(context, itinerary_copy(bound->problem, bound->answers[h].itinerary));
        }
    }
}

/* ---- Passes ------------------------------------------------------------------------------- */

static void balance_all(Bound *bound, int rounds) {
    enum { STEPS = 4, ALL_EVERY = 4 };
    for (int round = 0; round < rounds; round++) {
        for (int h = 0; h < bound->problem->n_households; h++) {
            columns_balance(bound->columns, h, STEPS, round % ALL_EVERY == 0);
        }
        columns_balance_evenings(bound->columns);
    }
}

/* The weight at first: what moves the price of a crew's day by about its worth when it is one task
 * too many; it falls from pass to pass, lest the multipliers swing. */
static void set_weight(Bound *bound) {
    const double share = 0.035;
    const double decay = 0.98;
    const double end = 0.03;
    enum { STEADY = 15 };
    double sum = 0;
    for (int h = 0; h < bound->problem->n_households; h++) {
        sum += fabs(bound->ideal[h]);
    }
    double begin = MAX(share * sum / MAX(bound->problem->n_households, 1), 0.01);
    double fallen = pow(decay, MAX(bound->passes - STEADY, 0));
    bound->weight = begin * MAX(fallen, end);
    bound->tolerance = MIN(0.25, 0.0006 * sum / MAX(bound->problem->n_households, 1));
    columns_set_weight(bound->columns, bound->weight);
}

/* Once through all households, block by block; blocks do not depend on the number of threads. */
static void pass(Bound *bound) {
    enum { BLOCKS = 8, LEAST = 4, STEPS = 4, ROUNDS = 20 };
    double before = work_of(bound);
    int n = bound->problem->n_households;
    int size = MAX(LEAST, n / BLOCKS);
    set_weight(bound);
    for (int first = 0; first < n; first += size) {
        int last = MIN(first + size, n);
        columns_multipliers(bound->columns, bound->multiplier);
        price_block(bound, first, last);
        for (int h = first; h < last; h++) {
            columns_balance(bound->columns, h, bound->passes == 0 ? 1 : STEPS, true);
        }
        columns_balance_evenings(bound->columns);
    }
    balance_all(bound, ROUNDS);
    columns_multipliers(bound->columns, bound->multiplier);
    columns_settle(bound->columns);
    bound->passes++;
    bound->pass_work = work_of(bound) - before;
}

/* Before the shares are nearly in balance a proof is not worth its time. Afterwards it comes when
 * the passes since the last one have done a quarter of its work, which is counted dearer than it
 * is. */
static bool proof_is_due(const Bound *bound) {
    enum { FIRST = 24 };
    double since = (bound->passes - bound->proof_pass) * bound->pass_work;
    return bound->passes >= FIRST && since >= 0.25 * bound->proof_work;
}

static void prove(Bound *bound) {
    keep_if_better(bound, evaluate(bound));
    bound->proof_pass = bound->passes;
}

double bound_raise(Bound *bound, ColumnSink *sink, void *context) {
    enum { PASSES = 6 };
    double before = bound->best;
    if (!isfinite(before)) {
        memset(bound->multiplier, 0, sizeof(double) * (size_t)bound->rows->n);
        prove(bound);
        for (int h = 0; h < bound->problem->n_households; h++) {
            bound->ideal[h] = bound->answers[h].value;
        }
        offer_columns(bound, sink, context);
        return INFINITY;
    }
    for (int i = 0; i < PASSES; i++) {
        pass(bound);
        offer_columns(bound, sink, context);
    }
    if (!proof_is_due(bound)) {
        if (bound->proof_pass == 0) {
            rows_price(bound->rows, bound->multiplier, bound->best_prices);
        }
        return INFINITY;
    }
    prove(bound);
    offer_columns(bound, sink, context);
    return bound->best - before;
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
    return isfinite(bound->best) ? bound->ideal : NULL;
}

const double *bound_multipliers(const Bound *bound) {
    return bound->multiplier;
}

const Prices *bound_prices(const Bound *bound) {
    return bound->best_prices;
}
