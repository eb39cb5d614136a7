#include "scenarios/whatif.h"

#include <string.h>

#include "solver/pipe.h"
#include "solver/promise.h"
#include "solver/verify.h"

/* What the jobs, one a scenario, need to know. */
typedef struct Question {
    const Operation *op;
    const Plan *base;
    const Scenario *scenarios;
    const WhatIfOptions *options;
    BasePrices *prices; /* NULL where they would take too long */
} Question;

enum {
    MOST_PRICED = 400, /* households; with more, prices would take longer than the plans */
    RAISES = 5         /* up to the first proof at prices that are nearly in balance */
};

static Question question_of(const Operation *op, const Plan *base, const Scenario *scenarios,
                            const WhatIfOptions *options, int threads) {
    Question question = {op, base, scenarios, options, NULL};
    if (op->n_households <= MOST_PRICED)
        question.prices = base_prices_new(op, base, RAISES, threads);
    return question;
}

/* ---- Figures --------------------------------------------------------------------------------- */

static void count_dates(Figures *figures, const Operation *op, const Plan *previous,
                        const Plan *plan, int h) {
    const Package *package = household_package(op, h);
    for (int a = 0; a < package->n_tasks; a++) {
        const PlanTask *then = &previous->households[h].tasks[a];
        const PlanTask *now = &plan->households[h].tasks[a];
        const Fact *fact = &op->households[h].facts[a];
        Promise promise = promise_of(op, plan, h, a);
        if (now->start != DATE_NONE)
            figures->last_finish = MAX(figures->last_finish, now->finish);
        figures->n_broken += fact->status == STATUS_CONFIRMED && promise != PROMISE_KEPT;
        if (fact->status < STATUS_STARTED && then->start != DATE_NONE)
            figures->n_moved +=
                now->start == DATE_NONE ||
                !same_start(then->start, then->start_minute, now->start, now->start_minute);
    }
}

Figures figures_of(const Operation *op, const Plan *previous, const Plan *plan) {
    Figures figures = {
        .n_households = op->n_households, .worst_household = NONE, .last_finish = DATE_NONE};
    Verdict *verdict = verify_plan(op, previous, plan, false);
    figures.total = verdict->total;
    figures.bound = plan->bound;
    memcpy(figures.parts, verdict->parts, sizeof figures.parts);
    figures.n_planned = verdict->n_planned;
    figures.n_evenings = verdict->n_evenings;
    int64_t nights = 0;
    for (int h = 0; h < op->n_households; h++) {
        int away = verdict->nights_away[h];
        nights += away;
        figures.n_away += away > 0;
        if (away > figures.worst_nights) {
            figures.worst_nights = away;
            figures.worst_household = h;
        }
        count_dates(&figures, op, previous, plan, h);
    }
    figures.mean_nights = figures.n_away > 0 ? (double)nights / figures.n_away : 0;
    verdict_free(verdict);
    return figures;
}

/* ---- Jobs ------------------------------------------------------------------------------------ */

static ReplanOptions replan_options(const Question *question) {
    return (ReplanOptions){.work = question->options->effort * replan_work(question->op),
                           .seed = question->options->seed,
                           .prices = question->prices};
}

/* The plan of scenario i: how many households it displaced, then the plan. */
static GByteArray *plan_scenario(void *context, int i) {
    const Question *question = context;
    const Scenario *scenario = &question->scenarios[i];
    ReplanOptions options = replan_options(question);
    Arena *arena = arena_new();
    Replanned replanned;
    GByteArray *bytes = NULL;
    if (replan(arena, question->op, question->base, scenario->alterations, scenario->n, &options,
               &replanned)) {
        int32_t displaced = replanned.n_displaced;
        GByteArray *packed = plan_pack(replanned.op, replanned.plan);
        bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)&displaced, sizeof displaced);
        g_byte_array_append(bytes, packed->data, packed->len);
        g_byte_array_unref(packed);
    }
    arena_free(arena);
    return bytes;
}

/* Takes the plan out of the job's bytes; what comes from another process is judged anew. */
static bool take_plan(const Question *question, Arena *arena, const GByteArray *bytes,
                      Outcome *outcome) {
    const Scenario *scenario = outcome->scenario;
    Replanned *replanned = &outcome->replanned;
    int32_t displaced = 0;
    if (bytes->len < sizeof displaced)
        return false;
    memcpy(&displaced, bytes->data, sizeof displaced);
    replanned->n_displaced = displaced;
    replanned->op = operation_altered(question->op, scenario->alterations, scenario->n, arena);
    replanned->previous = altered_plan(replanned->op, question->op, question->base, arena);
    Plan *plan = plan_unpack(arena, replanned->op, bytes->data + sizeof displaced,
                             bytes->len - sizeof displaced);
    if (plan == NULL)
        return false;
    Verdict *verdict = verify_plan(replanned->op, replanned->previous, plan, false);
    bool good = verdict->n_violations == 0;
    verdict_take_figures(verdict, replanned->op, plan);
    plan->follows = question->base->as_of;
    verdict_free(verdict);
    replanned->plan = good ? plan : NULL;
    return good;
}

static void take_result(WhatIf *whatif, const Question *question, const PoolResult *result,
                        Outcome *outcome) {
    outcome->done = result->bytes != NULL || result->failure != NULL;
    whatif->complete = whatif->complete && outcome->done;
    if (!outcome->done)
        return;
    if (result->failure != NULL)
        outcome->failure = arena_strdup(whatif->arena, result->failure);
    else if (!take_plan(question, whatif->arena, result->bytes, outcome))
        outcome->failure = "the plan breaks a rule";
    else
        outcome->figures =
            figures_of(outcome->replanned.op, outcome->replanned.previous, outcome->replanned.plan);
}

bool whatif_do_task(const Operation *op, const Plan *base, const Scenario *scenarios,
                    const WhatIfOptions *options, const EngineTask *task) {
    Question question = question_of(op, base, scenarios, options, 1);
    PoolJobs jobs = {.context = &question, .work = plan_scenario};
    bool good = engine_do_task(task, &jobs);
    base_prices_free(question.prices);
    return good;
}

static void tell_progress(void *context, const PoolProgress *progress) {
    const Question *question = context;
    if (question->options->progress != NULL)
        question->options->progress(question->options->context, progress);
}

WhatIf *whatif_new(const Operation *op, const Plan *base, const Scenario *scenarios, int n,
                   const WhatIfOptions *options) {
    Arena *arena = arena_new();
    WhatIf *whatif = ARENA_NEW(arena, WhatIf, 1);
    Question question = question_of(op, base, scenarios, options, options->engine.workers);
    *whatif = (WhatIf){.arena = arena,
                       .op = op,
                       .base = base,
                       .figures = figures_of(op, base, base),
                       .n = n,
                       .outcomes = ARENA_NEW(arena, Outcome, n),
                       .complete = true};
    /* The bound that came with the plan is one against last week's plan. */
    whatif->figures.bound =
        question.prices == NULL ? 0 : MIN(question.prices->bound, whatif->figures.total);
    PoolJobs jobs = {0, n, &question, plan_scenario, tell_progress};
    PoolResult *results = engine_run(&options->engine, &jobs);
    for (int i = 0; i < n; i++) {
        whatif->outcomes[i].scenario = &scenarios[i];
        take_result(whatif, &question, &results[i], &whatif->outcomes[i]);
    }
    pool_results_free(results, n);
    base_prices_free(question.prices);
    return whatif;
}

void whatif_free(WhatIf *whatif) {
    if (whatif != NULL)
        arena_free(whatif->arena);
}
