/* The control of the search, with searches that misbehave: solve() is defined here. */
#include "solver/run.h"

#include <fcntl.h>
#include <glib.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/solver/scripted_solve.h"

/* The outcome of one run of a script. */
typedef struct Outcome {
    Operation *op;
    Arena *arena;
    Plan *plan;
    RunEnding ending;
    double seconds;
    GString *log;    /* all logs, each with a line end */
    int news;        /* calls of progress() */
    GString *course; /* what they told of phases and improvements */
} Outcome;

/* Shared by both processes when a script wants to know how much the parent has told. */
static volatile int *told;

static void keep_news(void *context, const RunProgress *progress) {
    Outcome *outcome = context;
    assert_true(progress->elapsed >= 0);
    outcome->news++;
    switch (progress->news) {
    case RUN_NEWS_NONE:
        return;
    case RUN_NEWS_PHASE:
        g_string_append_printf(outcome->course, "%s begins with %d columns and %d rows\n",
                               progress->by, progress->columns, progress->rows);
        break;
    case RUN_NEWS_PLAN:
        g_string_append_printf(outcome->course, "%s finds %lld\n", progress->by,
                               (long long)progress->total);
        break;
    case RUN_NEWS_BOUND:
        g_string_append_printf(outcome->course, "%s proves %lld\n", progress->by,
                               (long long)progress->bound);
        break;
    case RUN_NEWS_END:
        g_string_append_printf(outcome->course, "%s\n", progress->by);
        break;
    }
    if (told != NULL)
        (*told)++;
}

static const char kill_me[] = "kill me: ";

static void keep_log(void *context, const char *text) {
    Outcome *outcome = context;
    g_string_append_printf(outcome->log, "%s\n", text);
    if (g_str_has_prefix(text, kill_me))
        kill((pid_t)g_ascii_strtoll(text + strlen(kill_me), NULL, 10), SIGKILL);
}

static Outcome run(Script *next, double time_limit) {
    script = next;
    Outcome outcome = {.op = one_task_operation(),
                       .arena = arena_new(),
                       .log = g_string_new(NULL),
                       .course = g_string_new(NULL)};
    RunOptions options = {.solve = {.seed = 1, .threads = 1}, .time_limit = time_limit};
    RunEvents events = {&outcome, keep_news, keep_log};
    gint64 begin = g_get_monotonic_time();
    outcome.plan = run_search(outcome.arena, outcome.op, NULL, &options, &events, &outcome.ending);
    outcome.seconds = (double)(g_get_monotonic_time() - begin) / 1e6;
    return outcome;
}

static void outcome_free(Outcome *outcome) {
    g_string_free(outcome->log, TRUE);
    g_string_free(outcome->course, TRUE);
    arena_free(outcome->arena);
    operation_free(outcome->op);
}

/* Runs the script and checks what comes of it. */
static void assert_outcome(Script *next, double time_limit, RunEnding ending, day_t day) {
    Outcome outcome = run(next, time_limit);
    if (outcome.ending != ending)
        fail_msg("ending %d instead of %d: %s", (int)outcome.ending, (int)ending, outcome.log->str);
    assert_true(outcome.plan->households[0].planned);
    assert_int_equal(one_task_day(outcome.op, outcome.plan), day);
    assert_int_equal(outcome.plan->total, day);
    assert_int_equal(outcome.plan->parts[PART_FLOW_DAY], day);
    outcome_free(&outcome);
}

static void prove_day_5(const Operation *op, const SolveOptions *options,
                        const SolveEvents *events) {
    (void)options;
    send_day(op, events, 10);
    events->bound(events->context, 4);
    send_day(op, events, 5);
    events->bound(events->context, 5);
}

static void a_plan_that_meets_its_bound_is_optimal(void **state) {
    (void)state;
    Outcome outcome = run(prove_day_5, 60);
    assert_int_equal(outcome.ending, RUN_FINISHED);
    assert_int_equal(outcome.plan->status, PLAN_OPTIMAL);
    assert_int_equal(outcome.plan->total, 5);
    assert_int_equal(outcome.plan->bound, 5);
    assert_true(outcome.seconds < 5);
    assert_true(outcome.news > 0);
    outcome_free(&outcome);
}

/* Waits in the search's process until the parent has told so many lines. */
static void wait_until_told(int lines) {
    for (int i = 0; i < 2000 && *told < lines; i++)
        g_usleep(5000);
}

static void go_through_phases(const Operation *op, const SolveOptions *options,
                              const SolveEvents *events) {
    (void)options;
    events->phase(events->context, &(SolvePhase){"construct", 0, 0});
    send_day(op, events, 10);
    wait_until_told(2);
    events->phase(events->context, &(SolvePhase){"prove", 7, 9});
    events->bound(events->context, 4);
    wait_until_told(4);
    send_day(op, events, 11); /* worse: no news */
    events->bound(events->context, 3);
    send_day(op, events, 6);
    wait_until_told(5);
    events->phase(events->context, &(SolvePhase){"prove again", 8, 9});
    events->bound(events->context, 5);
}

static void news_tells_the_phase_that_found_it(void **state) {
    (void)state;
    void *memory =
        mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(memory, MAP_FAILED);
    told = memory;
    Outcome outcome = run(go_through_phases, 60);
    told = NULL;
    munmap(memory, sizeof *told);
    assert_string_equal(outcome.course->str, "construct begins with 0 columns and 0 rows\n"
                                             "construct finds 10\n"
                                             "prove begins with 7 columns and 9 rows\n"
                                             "prove proves 4\n"
                                             "prove finds 6\n"
                                             "prove again begins with 8 columns and 9 rows\n"
                                             "prove again proves 5\n"
                                             "finished\n");
    outcome_free(&outcome);
}

static void leave_a_gap(const Operation *op, const SolveOptions *options,
                        const SolveEvents *events) {
    (void)options;
    send_figures(op, events, 5, 5, 2);
    events->bound(events->context, 3);
    events->bound(events->context, 1);
}

static void the_best_bound_is_kept(void **state) {
    (void)state;
    Outcome outcome = run(leave_a_gap, 60);
    assert_int_equal(outcome.plan->status, PLAN_FEASIBLE);
    assert_int_equal(outcome.plan->bound, 3);
    outcome_free(&outcome);
}

static void grow_worse(const Operation *op, const SolveOptions *options,
                       const SolveEvents *events) {
    (void)options;
    send_day(op, events, 5);
    g_usleep(50000);
    send_day(op, events, 9);
    send_day(op, events, 5);
}

static void a_worse_plan_is_ignored(void **state) {
    (void)state;
    assert_outcome(grow_worse, 60, RUN_FINISHED, 5);
}

static void flood(const Operation *op, const SolveOptions *options, const SolveEvents *events) {
    (void)options;
    for (int i = 0; i < 5000; i++)
        send_day(op, events, 100 - i / 51);
    send_day(op, events, 1);
}

static void the_last_plan_of_a_flood_is_not_lost(void **state) {
    (void)state;
    assert_outcome(flood, 60, RUN_FINISHED, 1);
}

static void then_abort(const Operation *op, const SolveOptions *options,
                       const SolveEvents *events) {
    (void)options;
    send_day(op, events, 8);
    send_day(op, events, 7);
    abort();
}

static void then_exit(const Operation *op, const SolveOptions *options, const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    _exit(0);
}

static void then_overrun_memory(const Operation *op, const SolveOptions *options,
                                const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    signal(SIGSEGV, SIG_DFL); /* cmocka catches it */
    raise(SIGSEGV);
    stand_still();
}

static void then_exhaust_memory(const Operation *op, const SolveOptions *options,
                                const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    g_free(g_malloc((gsize)1 << 62));
}

static void then_be_killed(const Operation *op, const SolveOptions *options,
                           const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    char text[40];
    g_snprintf(text, sizeof text, "%s%d", kill_me, (int)getpid());
    events->log(events->context, text);
    stand_still();
}

static void an_accident_keeps_the_best_plan(void **state) {
    (void)state;
    Script *const scripts[] = {then_abort, then_exit, then_overrun_memory, then_exhaust_memory,
                               then_be_killed};
    for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++)
        assert_outcome(scripts[i], 60, RUN_CRASHED, 7);
}

static void the_log_says_how_the_search_ended(void **state) {
    (void)state;
    Outcome outcome = run(then_be_killed, 60);
    assert_non_null(strstr(outcome.log->str, "killed by signal 9"));
    assert_int_equal(outcome.plan->status, PLAN_FEASIBLE);
    outcome_free(&outcome);
}

enum { MAX_FDS = 64 };
static bool inherited[MAX_FDS]; /* open before the tests, and none of their business */

static void note_inherited(void) {
    for (int fd = 0; fd < MAX_FDS; fd++)
        inherited[fd] = fcntl(fd, F_GETFD) >= 0;
}

/* Writes bytes into the pipe to the parent. */
static void write_to_parent(const void *bytes, size_t length) {
    for (int fd = 0; fd < MAX_FDS; fd++) {
        struct stat status;
        if (!inherited[fd] && fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode))
            assert_true(write(fd, bytes, length) == (ssize_t)length);
    }
}

static void then_send_garbage(const Operation *op, const SolveOptions *options,
                              const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    char garbage[300];
    memset(garbage, 'x', sizeof garbage);
    write_to_parent(garbage, sizeof garbage);
    send_day(op, events, 3); /* cannot be told from garbage any more */
    stand_still();
}

static void garbage_in_the_pipe_ends_the_search(void **state) {
    (void)state;
    assert_outcome(then_send_garbage, 60, RUN_CRASHED, 7);
}

static void then_die_in_a_message(const Operation *op, const SolveOptions *options,
                                  const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    write_to_parent("oli", 3); /* the begin of a message's mark */
    abort();
}

static void half_a_message_is_ignored(void **state) {
    (void)state;
    assert_outcome(then_die_in_a_message, 60, RUN_CRASHED, 7);
}

static void break_the_rules(const Operation *op, const SolveOptions *options,
                            const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    send_figures(op, events, -1, 6, 0);    /* before the horizon */
    send_figures(op, events, 90000, 5, 0); /* behind it */
    Arena *arena = arena_new();
    Plan *plan = one_task_plan(arena, op, 4);
    plan->households[0].home = 3; /* there is none */
    events->plan(events->context, plan);
    arena_free(arena);
}

static void a_plan_that_breaks_a_rule_does_not_count(void **state) {
    (void)state;
    Outcome outcome = run(break_the_rules, 60);
    assert_int_equal(outcome.ending, RUN_FINISHED);
    assert_int_equal(one_task_day(outcome.op, outcome.plan), 7);
    assert_non_null(strstr(outcome.log->str, "refused"));
    outcome_free(&outcome);
}

static void count_wrongly(const Operation *op, const SolveOptions *options,
                          const SolveEvents *events) {
    (void)options;
    send_figures(op, events, 7, 3, 3);
    events->bound(events->context, 2);
}

static void a_search_that_counts_wrongly_loses_its_bound(void **state) {
    (void)state;
    Outcome outcome = run(count_wrongly, 60);
    assert_int_equal(outcome.plan->total, 7);
    assert_int_equal(outcome.plan->bound, 0);
    assert_int_equal(outcome.plan->status, PLAN_FEASIBLE);
    outcome_free(&outcome);
}

static void prove_too_much(const Operation *op, const SolveOptions *options,
                           const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    events->bound(events->context, 8);
    events->bound(events->context, 7);
}

static void a_bound_above_a_plan_is_no_bound(void **state) {
    (void)state;
    Outcome outcome = run(prove_too_much, 60);
    assert_int_equal(outcome.plan->bound, 0);
    assert_int_equal(outcome.plan->status, PLAN_FEASIBLE);
    assert_non_null(strstr(outcome.log->str, "bounds are ignored"));
    outcome_free(&outcome);
}

static void the_time_limit_holds_while_the_search_computes(void **state) {
    (void)state;
    Outcome outcome = run(then_spin, 1.5);
    assert_int_equal(outcome.ending, RUN_TIME_LIMIT);
    assert_int_equal(outcome.plan->status, PLAN_FEASIBLE);
    assert_int_equal(one_task_day(outcome.op, outcome.plan), 7);
    assert_true(outcome.seconds > 1.2);
    assert_true(outcome.seconds < 2);
    assert_true(outcome.news >= 2); /* the plan, and the tick of the first second */
    outcome_free(&outcome);
}

static void then_stand_still(const Operation *op, const SolveOptions *options,
                             const SolveEvents *events) {
    (void)options;
    send_day(op, events, 7);
    stand_still();
}

static void a_search_that_stands_still_is_stopped(void **state) {
    (void)state;
    Outcome outcome = run(then_stand_still, 60);
    assert_int_equal(outcome.ending, RUN_HUNG);
    assert_int_equal(one_task_day(outcome.op, outcome.plan), 7);
    assert_true(outcome.seconds >= RUN_STILL_SECONDS - 0.1);
    assert_true(outcome.seconds < RUN_STILL_SECONDS + 5);
    outcome_free(&outcome);
}

static void be_slow(const Operation *op, const SolveOptions *options, const SolveEvents *events) {
    (void)options;
    g_usleep(300000);
    send_day(op, events, 7);
    spin();
}

static void without_time_the_first_plan_is_taken(void **state) {
    (void)state;
    Outcome outcome = run(be_slow, 0);
    assert_int_equal(outcome.ending, RUN_TIME_LIMIT);
    assert_int_equal(one_task_day(outcome.op, outcome.plan), 7);
    assert_true(outcome.seconds < 2);
    outcome_free(&outcome);
}

static void fail_unless_simple(const Operation *op, const SolveOptions *options,
                               const SolveEvents *events) {
    if (!options->first_only)
        abort();
    send_day(op, events, 20);
}

static void without_a_plan_a_simple_search_is_tried(void **state) {
    (void)state;
    assert_outcome(fail_unless_simple, 60, RUN_CRASHED, 20);
}

static void be_wrong_unless_simple(const Operation *op, const SolveOptions *options,
                                   const SolveEvents *events) {
    send_day(op, events, options->first_only ? 20 : -5);
}

static void a_search_without_a_correct_plan_is_an_accident(void **state) {
    (void)state;
    assert_outcome(be_wrong_unless_simple, 60, RUN_CRASHED, 20);
}

static void always_fail(const Operation *op, const SolveOptions *options,
                        const SolveEvents *events) {
    (void)op;
    (void)options;
    (void)events;
    abort();
}

static void at_worst_nobody_is_planned_and_told_why(void **state) {
    (void)state;
    Outcome outcome = run(always_fail, 60);
    assert_int_equal(outcome.ending, RUN_CRASHED);
    const PlanHousehold *household = &outcome.plan->households[0];
    assert_false(household->planned);
    assert_int_equal(household->n_reasons, 1);
    assert_true(strlen(household->reasons[0]) > 10);
    assert_int_equal(outcome.plan->total, 100000);
    assert_int_equal(outcome.plan->parts[PART_UNPLANNED_HOUSEHOLD], 100000);
    assert_int_equal(outcome.plan->bound, 0);
    assert_int_equal(outcome.plan->status, PLAN_FEASIBLE);
    outcome_free(&outcome);
}

static void print_something(const Operation *op, const SolveOptions *options,
                            const SolveEvents *events) {
    (void)options;
    printf("an error of a library\n");
    fflush(stdout);
    send_day(op, events, 7);
}

static void nothing_of_the_search_gets_into_stdout(void **state) {
    (void)state;
    char path[] = "/tmp/pilote-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    fflush(stdout);
    int before = dup(STDOUT_FILENO);
    dup2(file, STDOUT_FILENO);
    printf("of the parent\n"); /* in the buffer when the process is forked */
    Outcome outcome = run(print_something, 60);
    fflush(stdout);
    dup2(before, STDOUT_FILENO);
    close(before);
    char text[100] = "";
    assert_true(pread(file, text, sizeof text - 1, 0) > 0);
    assert_string_equal(text, "of the parent\n");
    assert_int_equal(outcome.ending, RUN_FINISHED);
    outcome_free(&outcome);
    close(file);
    unlink(path);
}

int main(void) {
    note_inherited();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_that_meets_its_bound_is_optimal),
        cmocka_unit_test(news_tells_the_phase_that_found_it),
        cmocka_unit_test(the_best_bound_is_kept),
        cmocka_unit_test(a_worse_plan_is_ignored),
        cmocka_unit_test(the_last_plan_of_a_flood_is_not_lost),
        cmocka_unit_test(an_accident_keeps_the_best_plan),
        cmocka_unit_test(the_log_says_how_the_search_ended),
        cmocka_unit_test(garbage_in_the_pipe_ends_the_search),
        cmocka_unit_test(half_a_message_is_ignored),
        cmocka_unit_test(a_plan_that_breaks_a_rule_does_not_count),
        cmocka_unit_test(a_search_that_counts_wrongly_loses_its_bound),
        cmocka_unit_test(a_bound_above_a_plan_is_no_bound),
        cmocka_unit_test(the_time_limit_holds_while_the_search_computes),
        cmocka_unit_test(a_search_that_stands_still_is_stopped),
        cmocka_unit_test(without_time_the_first_plan_is_taken),
        cmocka_unit_test(without_a_plan_a_simple_search_is_tried),
        cmocka_unit_test(a_search_without_a_correct_plan_is_an_accident),
        cmocka_unit_test(at_worst_nobody_is_planned_and_told_why),
        cmocka_unit_test(nothing_of_the_search_gets_into_stdout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
