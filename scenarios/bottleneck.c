#include "scenarios/bottleneck.h"

#include <glib.h>
#include <math.h>

#include "scenarios/base_prices.h"

const char *const bottleneck_codes[] = {"crew", "evenings", "home", "delivery"};

enum { RAISES = 4, SOONER_DAYS = 7 };

typedef struct Pricer {
    const Problem *problem;
    const Rows *rows;
    const double *multiplier;
    GArray *found; /* of Bottleneck */
} Pricer;

static void add(const Pricer *pricer, BottleneckKind kind, int subject, double worth) {
    const double least = 0.5;
    Bottleneck bottleneck = {.kind = kind, .subject = subject, .worth = worth};
    if (worth >= least)
        g_array_append_val(pricer->found, bottleneck);
}

/* How much one more of a resource is, in thousandths: a lorry comes whole. */
static milli_t one_more(const Resource *resource) {
    return resource->measure == MEASURE_VOLUME ? resource->capacity : MILLI;
}

/* ---- By the prices -------------------------------------------------------------------------- */

static void price_resources(const Pricer *pricer) {
    const Problem *problem = pricer->problem;
    for (int r = 0; r < problem->n_resources; r++) {
        /* Members of a group have one price: the first stands for all. */
        if (pricer->rows->group[r] != r)
            continue;
        const Resource *resource = &problem->op->resources[r];
        double units = (double)one_more(resource) / MILLI;
        add(pricer, BOTTLENECK_CREW, r,
            units * rows_capacity_worth(pricer->rows, pricer->multiplier, r));
        if (resource->measure == MEASURE_CLOCK && resource->max_late_per_week != NO_LIMIT)
            add(pricer, BOTTLENECK_EVENINGS, r,
                rows_evening_worth(pricer->rows, pricer->multiplier, r));
    }
}

static void price_homes(const Pricer *pricer) {
    const Problem *problem = pricer->problem;
    for (int c = 0; c < problem->n_classes; c++) {
        double worth = 0;
        for (day_t d = 0; d < problem->n_days; d++)
            worth += pricer->multiplier[pricer->rows->home_first + c * problem->n_days + d];
        if (problem->classes[c].n_homes > 0)
            add(pricer, BOTTLENECK_HOME, problem->classes[c].homes[0], worth);
    }
}

/* The pool that a delivery goes into; NONE when nobody may need it. */
static int pool_of(const Problem *problem, const Delivery *delivery) {
    if (delivery->household == NONE)
        return delivery->item;
    for (int p = problem->first_reserved[delivery->household]; p != NONE;
         p = problem->pools[p].next)
        if (problem->pools[p].item == delivery->item)
            return p;
    return NONE;
}

static void price_deliveries(const Pricer *pricer) {
    const Problem *problem = pricer->problem;
    for (int i = 0; i < problem->op->n_deliveries; i++) {
        const Delivery *delivery = &problem->op->deliveries[i];
        int pool = pool_of(problem, delivery);
        int day = delivery->date - problem->op->start + problem->need_offset;
        double worth = 0;
        if (pool == NONE || delivery->status == DELIVERY_ARRIVED ||
            delivery->date - SOONER_DAYS < problem->op->as_of)
            continue;
        size_t first = (size_t)pricer->rows->need_first + (size_t)pool * problem->need_days;
        for (int t = MAX(day - SOONER_DAYS, 0); t < MIN(day, problem->need_days); t++)
            worth += pricer->multiplier[first + t];
        add(pricer, BOTTLENECK_DELIVERY, i, worth * (double)delivery->quantity / MILLI);
    }
}

static gint compare_worth(gconstpointer left, gconstpointer right) {
    const Bottleneck *a = left, *b = right;
    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    return a->kind != b->kind ? (int)a->kind - (int)b->kind : a->subject - b->subject;
}

/* Fills in what is worth anything, the dearest first. */
static GArray *price(const Operation *op, const Plan *plan) {
    BasePrices *prices = base_prices_new(op, plan, RAISES, 1);
    Pricer pricer = {prices->problem, prices->rows, prices->multiplier,
                     g_array_new(FALSE, FALSE, sizeof(Bottleneck))};
    price_resources(&pricer);
    price_homes(&pricer);
    price_deliveries(&pricer);
    g_array_sort(pricer.found, compare_worth);
    base_prices_free(prices);
    return pricer.found;
}

/* ---- Tried ---------------------------------------------------------------------------------- */

/* One more of it. `home` is kept by the alteration. */
static Alteration alteration_for(const Operation *op, const Bottleneck *bottleneck, Home *home) {
    Alteration alteration = alteration_of(ALTER_CAPACITY_BY, bottleneck->subject);
    switch (bottleneck->kind) {
    case BOTTLENECK_CREW:
        alteration.number = one_more(&op->resources[bottleneck->subject]);
        break;
    case BOTTLENECK_EVENINGS:
        alteration.kind = ALTER_EVENINGS_BY;
        alteration.number = 1;
        break;
    case BOTTLENECK_HOME:
        *home = op->homes[bottleneck->subject];
        alteration.kind = ALTER_HOME_WON;
        alteration.home = home;
        break;
    case BOTTLENECK_DELIVERY:
        alteration.kind = ALTER_DELIVERY_SLIP;
        alteration.number = -SOONER_DAYS;
        break;
    }
    return alteration;
}

static gint compare_gain(gconstpointer left, gconstpointer right) {
    const Bottleneck *a = left, *b = right;
    if (a->gain != b->gain)
        return a->gain > b->gain ? -1 : 1;
    return compare_worth(left, right);
}

static void try_first(const Operation *op, const Plan *plan, int tries, double effort,
                      Bottlenecks *bottlenecks) {
    Arena *arena = arena_new();
    ReplanOptions options = {.work = effort * replan_work(op), .seed = 1};
    /* The question is what would be, not whether to change dates for it now. */
    Alteration weight = alteration_of(ALTER_WEIGHT, PART_MOVED_PROPOSED);
    const Operation *base = operation_altered(op, &weight, 1, arena);
    tries = MIN(tries, bottlenecks->n);
    /* What the same search reaches without anything more is no merit of it. */
    cost_t before = tries > 0 ? replan_total(base, plan, &options) : 0;
    for (int i = 0; i < tries; i++) {
        Bottleneck *bottleneck = &bottlenecks->rows[i];
        Home home;
        Replanned replanned;
        Alteration alteration = alteration_for(op, bottleneck, &home);
        bottleneck->tried = replan(arena, base, plan, &alteration, 1, &options, &replanned);
        if (bottleneck->tried)
            bottleneck->gain = before - replanned.plan->total;
    }
    qsort(bottlenecks->rows, (size_t)tries, sizeof(Bottleneck), compare_gain);
    arena_free(arena);
}

Bottlenecks bottlenecks_find(const Operation *op, const Plan *plan, int tries, double effort,
                             Arena *arena) {
    GArray *found = price(op, plan);
    int n = (int)found->len;
    Bottlenecks bottlenecks = {n, arena_copy(arena, found->data, sizeof(Bottleneck), n, 0)};
    g_array_free(found, TRUE);
    try_first(op, plan, tries, effort, &bottlenecks);
    return bottlenecks;
}
