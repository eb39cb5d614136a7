#include "solver/run.h"

#include <errno.h>
#include <glib.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "solver/language.h"
#include "solver/run_child.h"
#include "solver/stop_signal.h"
#include "solver/verify.h"

/* Seconds of the time limit that are kept for stopping the search; twice the slowest check of a
 * plan comes on top. */
static const double reserve_seconds = 0.02;

static const double tick_seconds = 1.0;

/* Process time below this in a tick is the waking up itself, no work. */
static const double idle_seconds = 0.0005;

/* A phase of the search with its text. */
typedef struct Phase {
    int columns, rows;
    char name[MAX_PHASE_NAME + 1];
} Phase;

typedef struct Run {
    const Operation *op;
    const Plan *previous;
    const RunOptions *options;
    const RunEvents *events;
    double begin, deadline; /* monotonic seconds */
    double interrupted;     /* when the signal was noticed; INFINITY before */
    GByteArray *best;       /* the best plan, packed; NULL before the first */
    cost_t total, bound;    /* of best; the best bound told */
    int unplanned;          /* of best */
    bool bound_wrong;       /* the search has been proven wrong: its bounds do not count */
    Phase now, found_by;    /* what the search does; where it found the last news */
    double slowest_check;   /* seconds that verify_plan() took at most */
} Run;

static double clock_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void tell_log(const Run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void tell_log(const Run *run, const char *format, ...) {
    if (run->events->log == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    run->events->log(run->events->context, text);
    g_free(text);
}

static void tell_progress(const Run *run, RunNews news, const Phase *by) {
    if (run->events->progress == NULL)
        return;
    RunProgress progress = {
        .news = news,
        .elapsed = clock_now() - run->begin,
        .by = by->name,
        .columns = by->columns,
        .rows = by->rows,
        .has_plan = run->best != NULL,
        .total = run->total,
        .bound = run->bound,
        .unplanned = run->unplanned,
    };
    run->events->progress(run->events->context, &progress);
}

/* A bound above the total of a plan that keeps all constraints is no bound, and then none of the
 * search's is to be relied on. */
static void doubt_bound(Run *run) {
    if (run->best == NULL || run->bound <= run->total || run->bound_wrong)
        return;
    tell_log(run, "the bound %lld is above the total %lld of a correct plan: bounds are ignored",
             (long long)run->bound, (long long)run->total);
    run->bound_wrong = true;
    run->bound = 0;
}

static void take_bound(Run *run, cost_t bound) {
    if (bound <= run->bound || run->bound_wrong)
        return;
    run->bound = bound;
    run->found_by = run->now;
    doubt_bound(run);
}

static int count_unplanned(const Operation *op, const Plan *plan) {
    int count = 0;
    for (int h = 0; h < op->n_households; h++)
        count += !plan->households[h].planned;
    return count;
}

static Verdict *timed_check(Run *run, const Plan *plan) {
    double begin = clock_now();
    Verdict *verdict = verify_plan(run->op, run->previous, plan, false);
    run->slowest_check = fmax(run->slowest_check, clock_now() - begin);
    return verdict;
}

static void keep_plan(Run *run, Plan *plan, const Verdict *verdict) {
    if (plan->total != verdict->total) {
        tell_log(run, "the search counted %lld for a plan of %lld: bounds are ignored",
                 (long long)plan->total, (long long)verdict->total);
        run->bound_wrong = true;
        run->bound = 0;
    }
    if (run->best != NULL && verdict->total >= run->total)
        return;
    cost_t bound = plan->bound;
    verdict_take_figures(verdict, run->op, plan);
    GByteArray *packed = plan_pack(run->op, plan);
    if (run->best != NULL)
        g_byte_array_unref(run->best);
    run->best = packed;
    run->total = plan->total;
    run->unplanned = count_unplanned(run->op, plan);
    doubt_bound(run);
    take_bound(run, bound);
}

/* A plan as it came, and the phase that sent it. */
typedef struct SentPlan {
    Message message;
    Phase phase;
} SentPlan;

/* Returns whether it is a correct plan, better than the best one. */
static bool take_plan(Run *run, const SentPlan *sent) {
    const Message *message = &sent->message;
    Arena *arena = arena_new();
    Plan *plan = plan_unpack(arena, run->op, message->bytes, message->length);
    bool correct = false;
    if (plan == NULL) {
        tell_log(run, "a plan of the search was refused: it is no plan of this operation");
    } else if (run->best == NULL || plan->total < run->total) {
        Verdict *verdict = timed_check(run, plan);
        correct = verdict->n_violations == 0;
        if (correct) {
            keep_plan(run, plan, verdict);
            run->found_by = sent->phase;
        } else {
            tell_log(run, "a plan of the search was refused: %s: %s",
                     verdict->violations[0].constraint, verdict->violations[0].message);
        }
        verdict_free(verdict);
    }
    arena_free(arena);
    return correct;
}

typedef struct News {
    bool any;     /* something came that people may want to see */
    bool open;    /* more can come */
    bool end;     /* the search said that it is complete */
    bool damaged; /* what came was no message */
} News;

static void take_phase(Run *run, const Message *message) {
    SolvePhase phase;
    if (!phase_unpack(&phase, run->now.name, message->bytes, message->length))
        return;
    run->now.columns = phase.columns;
    run->now.rows = phase.rows;
    tell_progress(run, RUN_NEWS_PHASE, &run->now);
}

/* Takes all that has arrived. Plans come in the order of their totals, so the newest is tried
 * first and the older ones only where it is not correct: a flood of plans costs one check. */
static News take_messages(Run *run, Inbox *inbox, int fd) {
    News news = {.open = inbox_fill(inbox, fd)};
    const cost_t bound_before = run->bound;
    const GByteArray *best_before = run->best;
    GArray *plans = g_array_new(FALSE, FALSE, sizeof(SentPlan));
    Message message;
    SentPlan sent;
    InboxState state;
    while ((state = inbox_next(inbox, &message)) == INBOX_MESSAGE) {
        news.any = true;
        cost_t bound = 0;
        switch (message.kind) {
        case MESSAGE_PLAN:
            sent = (SentPlan){message, run->now};
            g_array_append_val(plans, sent);
            break;
        case MESSAGE_BOUND:
            if (message.length == sizeof bound)
                memcpy(&bound, message.bytes, sizeof bound);
            take_bound(run, bound);
            break;
        case MESSAGE_LOG:
            tell_log(run, "%.*s", (int)message.length, (const char *)message.bytes);
            break;
        case MESSAGE_PHASE:
            take_phase(run, &message);
            break;
        case MESSAGE_END:
            news.end = true;
            break;
        }
    }
    news.damaged = state == INBOX_DAMAGED;
    for (guint i = plans->len; i > 0; i--)
        if (take_plan(run, &g_array_index(plans, SentPlan, i - 1)))
            break;
    g_array_free(plans, TRUE);
    if (run->best != best_before)
        tell_progress(run, RUN_NEWS_PLAN, &run->found_by);
    else if (run->bound > bound_before)
        tell_progress(run, RUN_NEWS_BOUND, &run->found_by);
    return news;
}

static void notice_signal(Run *run) {
    if (stop_signal_came() && isinf(run->interrupted))
        run->interrupted = clock_now();
}

/* Waits until the child says something, a signal comes or the seconds are over. */
static void wait_for_news(Run *run, int fd, double seconds) {
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    stop_signal_poll(&poll_fd, 1, seconds, !isinf(run->interrupted));
    notice_signal(run);
}

/* The moment at which the search is to be stopped, as things stand. */
static double stop_time(const Run *run) {
    double reserve = fmin(reserve_seconds + 2 * run->slowest_check, run->options->time_limit / 2);
    if (run->best != NULL)
        return fmin(run->interrupted, run->deadline - reserve);
    return fmin(run->interrupted + RUN_STOPPED_GRACE_SECONDS, run->deadline + RUN_GRACE_SECONDS);
}

/* What the parent knows of the child's life between two ticks. */
typedef struct Pulse {
    double next_tick;
    double cpu; /* seconds of processor time at the last tick */
    int still;  /* ticks in a row without work and news */
    double last_news;
} Pulse;

/* Ticks are counted, not the clock's seconds: when all of us were stopped for a while (Ctrl-Z,
 * a suspended machine) that is one tick. */
static void feel_pulse(const Run *run, const Child *child, Pulse *pulse) {
    double cpu = child_cpu_seconds(child);
    pulse->still = cpu - pulse->cpu < idle_seconds ? pulse->still + 1 : 0;
    pulse->cpu = cpu;
    pulse->next_tick = clock_now() + tick_seconds;
    tell_progress(run, RUN_NEWS_NONE, &run->now);
}

static RunEnding ending_after(const Run *run, const Pulse *pulse) {
    double silence = clock_now() - pulse->last_news;
    if (silence >= RUN_STILL_SECONDS)
        tell_log(run, "the search had told nothing for %.0f s when it was stopped", silence);
    return isinf(run->interrupted) ? RUN_TIME_LIMIT : RUN_INTERRUPTED;
}

/* Follows the child until it ends or is to be stopped. */
static RunEnding follow_child(Run *run, const Child *child) {
    Inbox *inbox = inbox_new();
    double now = clock_now();
    Pulse pulse = {.next_tick = now + tick_seconds, .last_news = now};
    News news = {.open = true};
    RunEnding ending = RUN_CRASHED;
    while (news.open && !news.end && !news.damaged) {
        now = clock_now();
        if (now >= stop_time(run)) {
            /* What lies in the pipe has been found in time. */
            child_kill(child);
            news = take_messages(run, inbox, child->fd);
            ending = ending_after(run, &pulse);
            break;
        }
        if (now >= pulse.next_tick)
            feel_pulse(run, child, &pulse);
        if (pulse.still >= RUN_STILL_SECONDS) {
            ending = RUN_HUNG;
            break;
        }
        wait_for_news(run, child->fd, fmin(stop_time(run), pulse.next_tick) - now);
        news = take_messages(run, inbox, child->fd);
        if (news.any) {
            pulse.still = 0;
            pulse.last_news = clock_now();
        }
    }
    inbox_free(inbox);
    if (news.damaged)
        tell_log(run, "the search sent something that is no message");
    return news.end ? RUN_FINISHED : ending;
}

/* One search from its start to its end. */
static RunEnding search_once(Run *run, bool first_only) {
    SolveOptions options = run->options->solve;
    options.first_only = options.first_only || first_only;
    Child child;
    if (!child_start(&child, run->op, run->previous, &options)) {
        tell_log(run, "the search could not be started: %s", g_strerror(errno));
        return RUN_CRASHED;
    }
    RunEnding ending = follow_child(run, &child);
    char *death = child_end(&child);
    if (ending == RUN_CRASHED)
        tell_log(run, "the search ended by accident: %s", death);
    g_free(death);
    if (ending == RUN_FINISHED && run->best == NULL) {
        tell_log(run, "the search ended without a plan");
        ending = RUN_CRASHED;
    }
    return ending;
}

/* The last resort: nobody is planned, and every household is told why. */
static Plan *plan_nobody(Arena *arena, const Run *run) {
    Plan *plan = plan_new(arena, run->op);
    for (int h = 0; h < run->op->n_households; h++) {
        PlanHousehold *household = &plan->households[h];
        household->n_reasons = 1;
        household->reasons = ARENA_NEW(arena, const char *, 1);
        household->reasons[0] = arena_strdup(
            arena, _("the search was stopped before it could look for dates for this household"));
    }
    Verdict *verdict = verify_plan(run->op, run->previous, plan, false);
    verdict_take_figures(verdict, run->op, plan);
    verdict_free(verdict);
    return plan;
}

static void tell_end(const Run *run, RunEnding ending) {
    static const char *const names[] = {
        [RUN_FINISHED] = "finished",   [RUN_TIME_LIMIT] = "time limit",
        [RUN_CRASHED] = "accident",    [RUN_INTERRUPTED] = "interrupted",
        [RUN_HUNG] = "standing still",
    };
    Phase end = run->now;
    g_strlcpy(end.name, names[ending], sizeof end.name);
    tell_progress(run, RUN_NEWS_END, &end);
}

Plan *run_search(Arena *arena, const Operation *op, const Plan *previous, const RunOptions *options,
                 const RunEvents *events, RunEnding *ending) {
    double begin = clock_now();
    Run run = {
        .op = op,
        .previous = previous,
        .options = options,
        .events = events,
        .begin = begin,
        .deadline = begin + options->time_limit,
        .interrupted = INFINITY,
    };
    stop_signal_forget();
    stop_signals_catch();
    *ending = search_once(&run, false);
    if (run.best == NULL) {
        tell_log(&run, "there is no plan yet: a simple search is tried");
        run.deadline = fmax(run.deadline, clock_now());
        if (!isinf(run.interrupted))
            run.interrupted = clock_now();
        if (search_once(&run, true) == RUN_INTERRUPTED)
            *ending = RUN_INTERRUPTED;
    }
    tell_end(&run, *ending);
    Plan *plan = run.best != NULL ? plan_unpack(arena, op, run.best->data, run.best->len)
                                  : plan_nobody(arena, &run);
    plan->bound = run.bound;
    bool proven = !run.bound_wrong && plan->bound == plan->total;
    plan->status = proven                       ? PLAN_OPTIMAL
                   : *ending == RUN_INTERRUPTED ? PLAN_INTERRUPTED
                                                : PLAN_FEASIBLE;
    if (run.best != NULL)
        g_byte_array_unref(run.best);
    return plan;
}
