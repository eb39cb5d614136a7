/* risk_sample.c: some lorries are late, and the operation is planned again. */
#include <string.h>

#include "scenarios/risk_internal.h"
#include "solver/search/random.h"

date_t return_of(const Operation *op, const Plan *plan, int h) {
    const Package *package = household_package(op, h);
    const PlanTask *tasks = plan->households[h].tasks;
    date_t last = DATE_NONE;
    if (package->move_back != NONE)
        return tasks[package->move_back].start;
    for (int a = 0; a < package->n_tasks; a++)
        if (tasks[a].start != DATE_NONE)
            last = MAX(last, tasks[a].finish);
    return plan->households[h].planned ? last : DATE_NONE;
}

static bool is_to_come(const Delivery *delivery, const Supplier *supplier) {
    return delivery->status != DELIVERY_ARRIVED && g_str_equal(delivery->supplier, supplier->name);
}

int sample_lorries(const Operation *op, const Supplier *supplier) {
    int n = 0;
    for (int i = 0; i < op->n_deliveries; i++) {
        bool first = is_to_come(&op->deliveries[i], supplier);
        for (int j = 0; j < i && first; j++)
            first = !is_to_come(&op->deliveries[j], supplier) ||
                    op->deliveries[j].date != op->deliveries[i].date;
        n += first;
    }
    return n;
}

/* Adds the slips of one supplier. */
static void add_slips(const Sampling *sampling, int supplier, int number, GArray *alterations) {
    const Operation *op = sampling->op;
    for (int i = 0; i < op->n_deliveries; i++) {
        Alteration alteration = alteration_of(ALTER_DELIVERY_SLIP, i);
        if (!is_to_come(&op->deliveries[i], &sampling->suppliers[supplier]))
            continue;
        alteration.number = supplier_slip(&sampling->suppliers[supplier], op->deliveries[i].date,
                                          sampling->seed, number);
        if (alteration.number > 0)
            g_array_append_val(alterations, alteration);
    }
}

/* The suppliers in an order of chance. */
static int *shuffled(const Sampling *sampling, int number) {
    Random random = random_from(sampling->seed * 1000003 + (uint64_t)number);
    int *order = g_new(int, sampling->n_suppliers + 1);
    for (int i = 0; i < sampling->n_suppliers; i++) {
        int j = random_below(&random, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

/* Plans the operation with the slips so far; the cost above that without any. */
static bool plan_slips(const Sampling *sampling, const GArray *alterations, Arena *arena,
                       Replanned *replanned, int64_t *harm) {
    bool good = replan(arena, sampling->op, sampling->base,
                       (const Alteration *)(const void *)alterations->data, (int)alterations->len,
                       &sampling->options, replanned);
    /* Where everybody keeps his dates the plan stands, however much better it could be. */
    if (good)
        *harm = replanned->n_displaced == 0 ? 0 : MAX(replanned->plan->total - sampling->total, 0);
    return good;
}

/* As long as nothing is late the plan stands. */
static void keep_plan(const Sampling *sampling, Arena *arena, Replanned *replanned) {
    *replanned = (Replanned){.op = operation_altered(sampling->op, NULL, 0, arena)};
    replanned->plan = altered_plan(replanned->op, sampling->op, sampling->base, arena);
}

/*
 * The suppliers become late one after the other, in an order of chance; each is charged what it
 * adds. Over all samples that is its Shapley value (Castro, Gomez, Tejada, "Polynomial calculation
 * of the Shapley value based on sampling", Computers & Operations Research 36, 2009). A plan for
 * more slips serves for fewer, too: that sets straight what the search missed.
 */
static bool charge_suppliers(const Sampling *sampling, int number, Arena *arena,
                             Replanned *replanned, int64_t *harms) {
    int n = sampling->n_suppliers;
    GArray *alterations = g_array_new(FALSE, FALSE, sizeof(Alteration));
    int *order = shuffled(sampling, number);
    int64_t *up_to = g_new0(int64_t, n + 1);
    bool good = true;
    for (int i = 0; i < n && good; i++) {
        guint before = alterations->len;
        add_slips(sampling, order[i], number, alterations);
        up_to[i + 1] = up_to[i];
        if (alterations->len > before)
            good = plan_slips(sampling, alterations, arena, replanned, &up_to[i + 1]);
    }
    for (int i = n - 1; i >= 0; i--)
        up_to[i] = i == 0 ? 0 : MIN(up_to[i], up_to[i + 1]);
    for (int i = 0; i < n; i++)
        harms[order[i]] = up_to[i + 1] - up_to[i];
    g_array_free(alterations, TRUE);
    g_free(up_to);
    g_free(order);
    return good;
}

static size_t sample_bytes(const Sampling *sampling) {
    return sizeof(int64_t) * (size_t)sampling->n_suppliers +
           sizeof(int32_t) * ((size_t)sampling->op->n_households + 1);
}

static void place(const Sampling *sampling, uint8_t *bytes, Sample *sample) {
    sample->harms = (int64_t *)(void *)bytes;
    sample->returns = (int32_t *)(void *)(sample->harms + sampling->n_suppliers);
}

GByteArray *sample_plan(const Sampling *sampling, int number) {
    const Operation *op = sampling->op;
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, (guint)sample_bytes(sampling));
    Sample sample;
    place(sampling, bytes->data, &sample);
    Arena *arena = arena_new();
    Replanned replanned;
    keep_plan(sampling, arena, &replanned);
    bool good = charge_suppliers(sampling, number, arena, &replanned, sample.harms);
    int32_t finish = 0;
    for (int h = 0; h < op->n_households && good; h++) {
        date_t back = return_of(replanned.op, replanned.plan, h);
        sample.returns[h] = back == DATE_NONE ? NEVER : back;
        for (int a = 0; a < household_package(op, h)->n_tasks; a++)
            if (replanned.plan->households[h].tasks[a].start != DATE_NONE)
                finish = MAX(finish, replanned.plan->households[h].tasks[a].finish);
        finish = replanned.plan->households[h].planned ? finish : NEVER;
    }
    sample.returns[op->n_households] = finish;
    arena_free(arena);
    if (good)
        return bytes;
    g_byte_array_unref(bytes);
    return NULL;
}

bool sample_read(const Sampling *sampling, const GByteArray *bytes, Sample *sample) {
    if (bytes == NULL || bytes->len != sample_bytes(sampling))
        return false;
    place(sampling, bytes->data, sample);
    sample->finish = sample->returns[sampling->op->n_households];
    return true;
}
