/* Whatever the files hold, what the search tells is a plan. */
#include "solver/solve.h"
#include "solver/verify.h"
#include "tests/support/hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the search told, in memory that it shares with the test. */
typedef struct Told {
    const Hostile *hostile;
    cost_t total, bound;
    int n_plans, n_planned, n_wrong;
    char wrong[300]; /* the first that was wrong */
    bool ended;
} Told;

static void blame(Told *told, const char *what, const char *message) {
    if (told->n_wrong++ == 0) {
        g_snprintf(told->wrong, sizeof told->wrong, "%s: %s", what, message);
    }
}

static void take_plan(void *context, const Plan *plan) {
    Told *told = context;
    Verdict *verdict = verify_plan(told->hostile->op, told->hostile->previous, plan, false);
    for (int i = 0; i < verdict->n_violations; i++) {
        blame(told, verdict->violations[i].constraint, verdict->violations[i].message);
    }
    if (plan->total != verdict->total) {
        char text[100];
        g_snprintf(text, sizeof text, "%lld said, %lld counted", (long long)plan->total,
                   (long long)verdict->total);
        blame(told, "total", text);
    }
    if (told->n_plans > 0 && verdict->total > told->total) {
        blame(told, "plans", "a plan that is worse than the one before");
    }
    told->n_plans++;
    told->total = verdict->total;
    told->n_planned = verdict->n_planned;
    verdict_free(verdict);
}

static void take_bound(void *context, cost_t bound) {
    Told *told = context;
    told->bound = MAX(told->bound, bound);
    if (told->n_plans > 0 && bound > told->total) {
        blame(told, "bound", "above the total of a plan");
    }
}

static void ignore_log(void *context, const char *text) {
    (void)context;
    (void)text;
}

/* Searches in a process of its own, which a crash or the end of its time (milliseconds) ends. */
static Told search(const Hostile *hostile, SolveOptions options, int milliseconds, int *status) {
    Told *told =
        mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(told, MAP_FAILED);
    *told = (Told){.hostile = hostile, .bound = INT64_MIN};
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct itimerval timer = {.it_value = {milliseconds / 1000, milliseconds % 1000 * 1000}};
        SolveEvents events = {told, take_plan, take_bound, ignore_log};
        setitimer(ITIMER_REAL, &timer, NULL);
        solve(hostile->op, hostile->previous, &options, &events);
        told->ended = true;
        _exit(0);
    }
    assert_int_equal(waitpid(child, status, 0), child);
    Told result = *told;
    munmap(told, sizeof *told);
    return result;
}

int main(int argc, char **argv) {
    int from = argc > 1 ? atoi(argv[1]) : 1;
    int to = argc > 2 ? atoi(argv[2]) : 500;
    int ms = argc > 3 ? atoi(argv[3]) : 0;
    int least = argc > 4 ? atoi(argv[4]) : 3;
    int most = argc > 5 ? atoi(argv[5]) : 40;
    long planned = 0, all = 0;
    for (int seed = from; seed <= to; seed++) {
        Hostile hostile = hostile_estate((uint64_t)seed, least, most);
        int status;
        SolveOptions options = {.seed = 1, .threads = 1, .first_only = ms == 0};
        Told told = search(&hostile, options, ms == 0 ? 20000 : ms, &status);
        if (WIFEXITED(status) ? WEXITSTATUS(status) != 0 : WTERMSIG(status) != SIGALRM || ms == 0) {
            printf("%d: ended with status %d\n", seed, status);
        }
        if (told.n_wrong > 0) {
            printf("%d: %d wrong: %s\n", seed, told.n_wrong, told.wrong);
        }
        if (told.n_plans > 0 && told.bound > told.total) {
            printf("%d: bound %lld total %lld\n", seed, (long long)told.bound,
                   (long long)told.total);
        }
        if (told.n_plans == 0) {
            printf("%d: no plan\n", seed);
        }
        planned += told.n_planned;
        all += hostile.op->n_households;
        if (getenv("SHOW")) {
            printf("%d: planned %d/%d total %lld bound %lld ended %d\n", seed, told.n_planned,
                   hostile.op->n_households, (long long)told.total, (long long)told.bound,
                   told.ended);
        }
        fflush(stdout);
        operation_free(hostile.op);
    }
    printf("planned %ld of %ld\n", planned, all);
    return 0;
}
