#include "scenarios/risk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/risk_internal.h"

/* From here on a date can be promised. */
static const double firm = 0.8;

/* Of the normal distribution, for intervals of 95 %. */
static const double deviations = 1.959964;

/* The samples so far, and the batch that is being planned. */
typedef struct Study {
    Sampling sampling;
    const RiskOptions *options;
    int first;          /* number of the first sample of the batch */
    GPtrArray *results; /* GByteArray of each good sample */
    double elapsed;     /* seconds of the batches before */
} Study;

Interval share_of(int seen, int n) {
    if (n == 0)
        return (Interval){0, 0, 1};
    double p = (double)seen / n, z2 = deviations * deviations;
    double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    double reach = deviations * sqrt(p * (1 - p) / n + z2 / (4.0 * n * n)) / (1 + z2 / n);
    return (Interval){p, fmax(centre - reach, 0), fmin(centre + reach, 1)};
}

/* ---- Samples --------------------------------------------------------------------------------- */

static GByteArray *plan_one(void *context, int number) {
    const Study *study = context;
    return sample_plan(&study->sampling, number);
}

static void tell_progress(void *context, const PoolProgress *progress) {
    const Study *study = context;
    const WhatIfOptions *run = &study->options->run;
    if (run->progress == NULL)
        return;
    PoolProgress whole = *progress;
    whole.n = study->options->samples;
    whole.n_done += study->first;
    whole.elapsed += study->elapsed;
    whole.left = whole.elapsed / whole.n_done * (whole.n - whole.n_done);
    run->progress(run->context, &whole);
}

/* How many of the good samples see household h return by `date`. */
static int count_by(const Study *study, int h, date_t date) {
    int n = 0;
    for (guint i = 0; i < study->results->len; i++) {
        Sample sample;
        sample_read(&study->sampling, study->results->pdata[i], &sample);
        n += sample.returns[h] <= date;
    }
    return n;
}

static date_t plan_return(const Study *study, int h) {
    return return_of(study->sampling.op, study->sampling.base, h);
}

static bool is_settled(const Study *study) {
    int n = (int)study->results->len;
    bool settled = n >= LEAST_SAMPLES;
    for (int h = 0; h < study->sampling.op->n_households && settled; h++) {
        date_t date = plan_return(study, h);
        if (date == DATE_NONE)
            continue;
        Interval confidence = share_of(count_by(study, h, date), n);
        settled = confidence.low >= firm || confidence.high < firm;
    }
    return settled;
}

static void take_batch(Study *study, Risk *risk, PoolResult *results, int n) {
    for (int i = 0; i < n; i++) {
        Sample sample;
        if (sample_read(&study->sampling, results[i].bytes, &sample))
            g_ptr_array_add(study->results, g_byte_array_ref(results[i].bytes));
        else if (results[i].bytes != NULL || results[i].failure != NULL)
            risk->n_failed++;
        else
            risk->complete = false;
    }
}

/* How many samples are planned before the results are looked at. A queue of many machines gets
 * more at once, and at most twice of what is needed. */
static int batch_size(const Study *study) {
    bool local = study->options->run.engine.kind == ENGINE_LOCAL;
    int n = local ? SAMPLES_AT_ONCE : MAX(LEAST_SAMPLES, study->first);
    return MIN(n, study->options->samples - study->first);
}

/* Results are looked at in steps of fixed size, whatever the batches, so that where it stops
 * depends neither on the number of workers nor on the engine. */
static void sample_until_settled(Study *study, Risk *risk) {
    risk->complete = true;
    while (risk->complete && !risk->settled && study->first < study->options->samples) {
        int n = batch_size(study);
        PoolJobs jobs = {study->first, n, study, plan_one, tell_progress};
        gint64 begin = g_get_monotonic_time();
        PoolResult *results = engine_run(&study->options->run.engine, &jobs);
        study->elapsed += (double)(g_get_monotonic_time() - begin) / 1e6;
        for (int i = 0; i < n && !risk->settled; i += SAMPLES_AT_ONCE) {
            take_batch(study, risk, results + i, MIN(SAMPLES_AT_ONCE, n - i));
            risk->settled = risk->complete && is_settled(study);
        }
        pool_results_free(results, n);
        study->first += n;
    }
    risk->n_samples = (int)study->results->len;
}

/* ---- What they say --------------------------------------------------------------------------- */

static int compare_dates(const void *left, const void *right) {
    const date_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The date by which so many of the sorted dates have come. */
static date_t quantile(const date_t *dates, int n, double share) {
    return n == 0 ? NEVER : dates[MAX((int)ceil(share * n - 1e-9), 1) - 1];
}

static void judge_household(const Study *study, int h, date_t *dates, HouseholdRisk *risk) {
    int n = (int)study->results->len;
    for (int i = 0; i < n; i++) {
        Sample sample;
        sample_read(&study->sampling, study->results->pdata[i], &sample);
        dates[i] = sample.returns[h];
    }
    qsort(dates, (size_t)n, sizeof *dates, compare_dates);
    date_t plan = plan_return(study, h);
    *risk =
        (HouseholdRisk){.household = h,
                        .plan = plan,
                        .confidence = share_of(plan == DATE_NONE ? 0 : count_by(study, h, plan), n),
                        .p50 = quantile(dates, n, 0.5),
                        .p80 = quantile(dates, n, 0.8),
                        .p90 = quantile(dates, n, 0.9),
                        .p95 = quantile(dates, n, 0.95)};
    risk->promise = plan != DATE_NONE && risk->confidence.value >= firm;
}

static void judge_finish(const Study *study, date_t *dates, Risk *risk) {
    int n = (int)study->results->len;
    for (int i = 0; i < n; i++) {
        Sample sample;
        sample_read(&study->sampling, study->results->pdata[i], &sample);
        dates[i] = sample.finish;
    }
    qsort(dates, (size_t)n, sizeof *dates, compare_dates);
    risk->finish =
        figures_of(study->sampling.op, study->sampling.base, study->sampling.base).last_finish;
    risk->finish_p50 = quantile(dates, n, 0.5);
    risk->finish_p80 = quantile(dates, n, 0.8);
    risk->finish_p95 = quantile(dates, n, 0.95);
}

static double harm_of(const Study *study, guint i, int supplier) {
    Sample sample;
    double harm = 0;
    sample_read(&study->sampling, study->results->pdata[i], &sample);
    for (int s = 0; s < study->sampling.n_suppliers; s++)
        harm += supplier == NONE || s == supplier ? (double)sample.harms[s] : 0;
    return harm;
}

/* The mean of the harm of all (NONE) or of one supplier. */
static double mean_harm(const Study *study, int supplier) {
    double sum = 0;
    for (guint i = 0; i < study->results->len; i++)
        sum += harm_of(study, i, supplier);
    return study->results->len > 0 ? sum / study->results->len : 0;
}

/* Half the width of the interval of mean(harm of supplier - share * harm of all): with share 0 and
 * supplier NONE that of the mean harm, else that of a ratio of means, linearised. */
static double reach_of(const Study *study, int supplier, double share) {
    guint n = study->results->len;
    double mean = mean_harm(study, supplier) - share * mean_harm(study, NONE), squares = 0;
    for (guint i = 0; i < n; i++) {
        double off = harm_of(study, i, supplier) - share * harm_of(study, i, NONE) - mean;
        squares += off * off;
    }
    return n > 1 ? deviations * sqrt(squares / (n - 1) / n) : INFINITY;
}

static void judge_suppliers(const Study *study, Risk *risk) {
    double all = mean_harm(study, NONE), reach = reach_of(study, NONE, 0);
    risk->harm = (Interval){all, fmax(all - reach, 0), all + reach};
    for (int s = 0; s < risk->n_suppliers; s++) {
        SupplierRisk *supplier = &risk->suppliers[s];
        *supplier = (SupplierRisk){
            .supplier = &study->sampling.suppliers[s],
            .n_lorries = sample_lorries(study->sampling.op, &study->sampling.suppliers[s]),
            .harm = mean_harm(study, s)};
        if (all <= 0)
            continue;
        double share = supplier->harm / all, off = reach_of(study, s, share) / all;
        supplier->share = (Interval){share, fmax(share - off, 0), fmin(share + off, 1)};
    }
}

static int compare_suppliers(const void *left, const void *right) {
    const SupplierRisk *a = left, *b = right;
    return a->harm != b->harm ? (a->harm > b->harm ? -1 : 1)
                              : strcmp(a->supplier->name, b->supplier->name);
}

static int compare_households(const void *left, const void *right) {
    const HouseholdRisk *a = left, *b = right;
    double s = a->confidence.value, t = b->confidence.value;
    return s != t ? (s < t ? -1 : 1) : a->household - b->household;
}

static void judge(const Study *study, Risk *risk) {
    date_t *dates = g_new(date_t, study->results->len + 1);
    for (int h = 0; h < risk->n_households; h++)
        judge_household(study, h, dates, &risk->households[h]);
    judge_finish(study, dates, risk);
    judge_suppliers(study, risk);
    qsort(risk->households, (size_t)risk->n_households, sizeof(HouseholdRisk), compare_households);
    qsort(risk->suppliers, (size_t)risk->n_suppliers, sizeof(SupplierRisk), compare_suppliers);
    g_free(dates);
}

static Sampling sampling_of(const Operation *op, const Plan *base, const Supplier *suppliers,
                            int n_suppliers, const RiskOptions *options) {
    Sampling sampling = {.op = op,
                         .base = base,
                         .suppliers = suppliers,
                         .n_suppliers = n_suppliers,
                         .options = {.work = options->run.effort * replan_work(op),
                                     .seed = options->run.seed,
                                     .brief = true},
                         .seed = options->run.seed};
    sampling.total = replan_total(op, base, &sampling.options);
    return sampling;
}

bool risk_do_task(const Operation *op, const Plan *base, const Supplier *suppliers, int n_suppliers,
                  const RiskOptions *options, const EngineTask *task) {
    Study study = {.sampling = sampling_of(op, base, suppliers, n_suppliers, options)};
    PoolJobs jobs = {.context = &study, .work = plan_one};
    return engine_do_task(task, &jobs);
}

Risk *risk_new(const Operation *op, const Plan *base, const Supplier *suppliers, int n_suppliers,
               const RiskOptions *options) {
    Arena *arena = arena_new();
    Risk *risk = ARENA_NEW(arena, Risk, 1);
    *risk = (Risk){.arena = arena,
                   .op = op,
                   .n_suppliers = n_suppliers,
                   .n_households = op->n_households,
                   .suppliers = ARENA_NEW(arena, SupplierRisk, n_suppliers),
                   .households = ARENA_NEW(arena, HouseholdRisk, op->n_households)};
    Study study = {.sampling = sampling_of(op, base, suppliers, n_suppliers, options),
                   .options = options,
                   .results = g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref)};
    sample_until_settled(&study, risk);
    judge(&study, risk);
    g_ptr_array_free(study.results, TRUE);
    return risk;
}

void risk_free(Risk *risk) {
    if (risk != NULL)
        arena_free(risk->arena);
}
