#include "scenarios/tolerance_internal.h"

#include <stdlib.h>
#include <string.h>

#include "solver/promise.h"
#include "solver/verify.h"

/* ---- One question ---------------------------------------------------------------------------- */

bool inquiry_stands(const Inquiry *inquiry, const Alteration *alteration) {
    Arena *arena = arena_new();
    const Operation *op = operation_altered(inquiry->op, alteration, 1, arena);
    const Plan *plan = altered_plan(op, inquiry->op, inquiry->base, arena);
    Verdict *verdict = verify_plan(op, plan, plan, false);
    bool stands = verdict->n_violations == 0;
    verdict_free(verdict);
    arena_free(arena);
    return stands;
}

/* Whether the date that somebody was told is another one in `plan` than in the base. */
static bool moves_promise(const Inquiry *inquiry, const Operation *op, const Plan *plan, int h,
                          int a) {
    Promise now = promise_of(op, plan, h, a);
    return now != PROMISE_NONE && now != PROMISE_KEPT &&
           promise_of(inquiry->op, inquiry->base, h, a) == PROMISE_KEPT;
}

static void count_effect(const Inquiry *inquiry, const Replanned *replanned, Effect *effect) {
    const Operation *op = replanned->op;
    *effect = (Effect){.cost = MAX(replanned->plan->total - inquiry->total, 0)};
    for (int h = 0; h < inquiry->op->n_households; h++) {
        const Package *package = household_package(op, h);
        const PlanHousehold *then = &replanned->previous->households[h];
        const PlanHousehold *now = &replanned->plan->households[h];
        for (int a = 0; a < package->n_tasks; a++)
            effect->n_promises += moves_promise(inquiry, op, replanned->plan, h, a);
        int back = package->move_back;
        effect->n_returns += back != NONE && then->tasks[back].start != now->tasks[back].start;
        effect->n_unplanned += then->planned && !now->planned;
    }
}

bool inquiry_effect(const Inquiry *inquiry, const Alteration *alteration, Effect *effect) {
    Arena *arena = arena_new();
    Replanned replanned;
    bool good =
        replan(arena, inquiry->op, inquiry->base, alteration, 1, &inquiry->options, &replanned);
    if (good)
        count_effect(inquiry, &replanned, effect);
    arena_free(arena);
    return good;
}

/* ---- All of them, in the pool ---------------------------------------------------------------- */

/* The jobs: deliveries first, then crews. */
typedef struct Questions {
    Inquiry inquiry;
    const WhatIfOptions *options;
    int n_deliveries, n_crews;
    int *deliveries, *crews;
} Questions;

static GByteArray *answer_question(void *context, int i) {
    const Questions *questions = context;
    GByteArray *bytes = g_byte_array_new();
    bool good;
    if (i < questions->n_deliveries) {
        DeliveryTolerance answer;
        good = tolerance_of_delivery(&questions->inquiry, questions->deliveries[i], &answer);
        g_byte_array_append(bytes, (const guint8 *)&answer, sizeof answer);
    } else {
        CrewTolerance answer;
        good = tolerance_of_crew(&questions->inquiry, questions->crews[i - questions->n_deliveries],
                                 &answer);
        g_byte_array_append(bytes, (const guint8 *)&answer, sizeof answer);
    }
    if (good)
        return bytes;
    g_byte_array_unref(bytes);
    return NULL;
}

static void tell_progress(void *context, const PoolProgress *progress) {
    const Questions *questions = context;
    if (questions->options->progress != NULL)
        questions->options->progress(questions->options->context, progress);
}

static void list_questions(Questions *questions, Arena *arena) {
    const Operation *op = questions->inquiry.op;
    questions->deliveries = ARENA_NEW(arena, int, op->n_deliveries);
    questions->crews = ARENA_NEW(arena, int, op->n_resources);
    for (int i = 0; i < op->n_deliveries; i++)
        if (op->deliveries[i].status != DELIVERY_ARRIVED)
            questions->deliveries[questions->n_deliveries++] = i;
    for (int r = 0; r < op->n_resources; r++)
        if (op->resources[r].measure != MEASURE_CLOCK)
            questions->crews[questions->n_crews++] = r;
}

/* The struct that the job sent; false when there is none of that size. */
static bool take_answer(const PoolResult *result, void *answer, size_t size) {
    if (result->bytes == NULL || result->bytes->len != size)
        return false;
    memcpy(answer, result->bytes->data, size);
    return true;
}

static void take_answers(Tolerance *tolerance, const Questions *questions,
                         const PoolResult *results) {
    for (int i = 0; i < tolerance->n_deliveries; i++) {
        DeliveryTolerance *answer = &tolerance->deliveries[i];
        if (!take_answer(&results[i], answer, sizeof *answer))
            *answer = (DeliveryTolerance){.delivery = questions->deliveries[i],
                                          .failed = results[i].failure != NULL};
        tolerance->complete = tolerance->complete && (answer->done || answer->failed);
    }
    for (int i = 0; i < tolerance->n_crews; i++) {
        const PoolResult *result = &results[tolerance->n_deliveries + i];
        CrewTolerance *answer = &tolerance->crews[i];
        if (!take_answer(result, answer, sizeof *answer))
            *answer = (CrewTolerance){.resource = questions->crews[i],
                                      .failed = result->failure != NULL,
                                      .worst = DATE_NONE};
        tolerance->complete = tolerance->complete && (answer->done || answer->failed);
    }
}

/* ---- By danger ------------------------------------------------------------------------------- */

/* What costs more comes first; then what has less room; then the order of the file. */
static int compare(cost_t cost_a, cost_t cost_b, int room_a, int room_b, int a, int b) {
    if (cost_a != cost_b)
        return cost_a > cost_b ? -1 : 1;
    if (room_a != room_b)
        return room_a < room_b ? -1 : 1;
    return a - b;
}

static int compare_deliveries(const void *left, const void *right) {
    const DeliveryTolerance *a = left, *b = right;
    return compare(a->weeks[TOLERANCE_WEEKS - 1], b->weeks[TOLERANCE_WEEKS - 1],
                   a->stands == ANY_SLIP ? INT_MAX : a->stands,
                   b->stands == ANY_SLIP ? INT_MAX : b->stands, a->delivery, b->delivery);
}

static int compare_crews(const void *left, const void *right) {
    const CrewTolerance *a = left, *b = right;
    return compare(a->cost, b->cost, a->n_standing, b->n_standing, a->resource, b->resource);
}

static Questions questions_new(const Operation *op, const Plan *base, const WhatIfOptions *options,
                               Arena *arena) {
    Questions questions = {.options = options};
    questions.inquiry = (Inquiry){
        op,
        base,
        0,
        {.work = options->effort * replan_work(op), .seed = options->seed, .brief = true}};
    list_questions(&questions, arena);
    questions.inquiry.total = replan_total(op, base, &questions.inquiry.options);
    return questions;
}

bool tolerance_do_task(const Operation *op, const Plan *base, const WhatIfOptions *options,
                       const EngineTask *task) {
    Arena *arena = arena_new();
    Questions questions = questions_new(op, base, options, arena);
    PoolJobs jobs = {.context = &questions, .work = answer_question};
    bool good = engine_do_task(task, &jobs);
    arena_free(arena);
    return good;
}

int tolerance_jobs(const Operation *op) {
    Arena *arena = arena_new();
    Questions questions = {.inquiry = {.op = op}};
    list_questions(&questions, arena);
    arena_free(arena);
    return questions.n_deliveries + questions.n_crews;
}

Tolerance *tolerance_new(const Operation *op, const Plan *base, const WhatIfOptions *options) {
    Arena *arena = arena_new();
    Tolerance *tolerance = ARENA_NEW(arena, Tolerance, 1);
    Questions questions = questions_new(op, base, options, arena);
    *tolerance = (Tolerance){
        .arena = arena,
        .op = op,
        .n_deliveries = questions.n_deliveries,
        .n_crews = questions.n_crews,
        .deliveries = ARENA_NEW(arena, DeliveryTolerance, questions.n_deliveries),
        .crews = ARENA_NEW(arena, CrewTolerance, questions.n_crews),
        .complete = true,
    };
    PoolJobs jobs = {0, questions.n_deliveries + questions.n_crews, &questions, answer_question,
                     tell_progress};
    PoolResult *results = engine_run(&options->engine, &jobs);
    take_answers(tolerance, &questions, results);
    pool_results_free(results, jobs.n);
    qsort(tolerance->deliveries, (size_t)tolerance->n_deliveries, sizeof(DeliveryTolerance),
          compare_deliveries);
    qsort(tolerance->crews, (size_t)tolerance->n_crews, sizeof(CrewTolerance), compare_crews);
    return tolerance;
}

void tolerance_free(Tolerance *tolerance) {
    if (tolerance != NULL)
        arena_free(tolerance->arena);
}
