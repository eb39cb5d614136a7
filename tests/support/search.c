#include "tests/support/search.h"

#include "io/plan_json.h"
#include "solver/verify.h"

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Listener {
    const Operation *op;
    const Plan *previous;
    Found *found; /* in memory that the processes share */
} Listener;

static void blame(Found *found, const char *what, const char *message) {
    if (found->n_wrong++ == 0) {
        g_snprintf(found->wrong, sizeof found->wrong, "%s: %s", what, message);
    }
}

/* FNV-1a. */
static void digest(Found *found, const char *text) {
    for (const char *p = text; *p != '\0'; p++) {
        found->digest = (found->digest ^ (unsigned char)*p) * 0x100000001B3U;
    }
}

static void take_plan(void *context, const Plan *plan) {
    const Listener *listener = context;
    Found *found = listener->found;
    Verdict *verdict = verify_plan(listener->op, listener->previous, plan, false);
    for (int i = 0; i < verdict->n_violations; i++) {
        blame(found, verdict->violations[i].constraint, verdict->violations[i].message);
    }
    if (plan->total != verdict->total) {
        char text[100];
        g_snprintf(text, sizeof text, "%lld said, %lld counted", (long long)plan->total,
                   (long long)verdict->total);
        blame(found, "total", text);
    }
    if (found->n_plans > 0 && verdict->total >= found->total) {
        blame(found, "plan", "it is not better than the one before");
    }
    if (found->bound > verdict->total) {
        blame(found, "plan", "it costs less than the bound");
    }
    Arena *arena = arena_new();
    char *json = plan_to_json(listener->op, plan, events_new(arena, listener->op, plan, NULL));
    digest(found, json);
    g_free(json);
    arena_free(arena);
    found->n_plans++;
    found->total = verdict->total;
    found->broken = verdict->parts[PART_BROKEN_PROMISE];
    found->n_planned = verdict->n_planned;
    found->planned = 0;
    for (int h = 0; h < MIN(listener->op->n_households, 64); h++) {
        found->planned |= (uint64_t)plan->households[h].planned << h;
    }
    verdict_free(verdict);
}

static void take_bound(void *context, cost_t bound) {
    Found *found = ((const Listener *)context)->found;
    char text[32];
    g_snprintf(text, sizeof text, "bound %lld", (long long)bound);
    digest(found, text);
    found->bound = MAX(found->bound, bound);
    if (found->n_plans > 0 && bound > found->total) {
        blame(found, "bound", "above the total of a plan");
    }
}

static void ignore_log(void *context, const char *text) {
    (void)context;
    (void)text;
}

Found search(const Operation *op, const Plan *previous, const SolveOptions *options,
             int milliseconds) {
    Found *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    g_assert(shared != MAP_FAILED);
    *shared = (Found){.bound = INT64_MIN, .digest = 0xCBF29CE484222325U};
    fflush(NULL);
    pid_t child = fork();
    g_assert(child >= 0);
    if (child == 0) {
        Listener listener = {op, previous, shared};
        SolveEvents events = {
            .context = &listener, .plan = take_plan, .bound = take_bound, .log = ignore_log};
        struct itimerval timer = {.it_value = {milliseconds / 1000, milliseconds % 1000 * 1000}};
        setitimer(ITIMER_PROF, &timer, NULL);
        solve(op, previous, options, &events);
        shared->ended = true;
        _exit(0);
    }
    int status;
    g_assert(waitpid(child, &status, 0) == child);
    Found found = *shared;
    munmap(shared, sizeof *shared);
    bool out_of_time = WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF;
    if (!found.ended && !out_of_time) {
        char text[50];
        g_snprintf(text, sizeof text, "wait status %d", status);
        blame(&found, "it crashed", text);
    }
    return found;
}
