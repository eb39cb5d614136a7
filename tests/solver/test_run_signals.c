/*
 * Signals to the control of the search. A process of its own, the runner, runs it, so that the test
 * can send it signals; its exit code is the ending, or 100 when the plan is not the expected one.
 */
#include "solver/run.h"

#include <glib.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/solver/scripted_solve.h"

static int alive[2]; /* a pipe that the search's process holds open as long as it lives */

static void spin_without_a_plan(const Operation *op, const SolveOptions *options,
                                const SolveEvents *events) {
    if (options->first_only)
        send_day(op, events, 20);
    spin();
}

static void tell_the_test(void *context, const RunProgress *progress) {
    (void)context;
    (void)progress;
    assert_true(write(alive[1], "n", 1) == 1);
}

/* Starts a process that runs the script and waits for its first news. */
static pid_t start_runner(Script *next, day_t expected) {
    assert_int_equal(pipe(alive), 0);
    script = next;
    pid_t pid = fork();
    if (pid == 0) {
        close(alive[0]);
        Operation *op = one_task_operation();
        RunOptions options = {.solve = {.seed = 1, .threads = 1}, .time_limit = 60};
        RunEvents events = {NULL, tell_the_test, NULL};
        RunEnding ending;
        Plan *plan = run_search(op->arena, op, NULL, &options, &events, &ending);
        bool good = plan->status == PLAN_INTERRUPTED && one_task_day(op, plan) == expected;
        _exit(good ? (int)ending : 100);
    }
    assert_true(pid > 0);
    close(alive[1]);
    char byte;
    assert_int_equal(read(alive[0], &byte, 1), 1);
    return pid;
}

static int wait_for_code(pid_t pid) {
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Checks that every process that holds the pipe is gone within five seconds. */
static void assert_search_is_gone(void) {
    char bytes[64];
    struct pollfd end = {.fd = alive[0], .events = POLLIN};
    ssize_t n = 1;
    while (n > 0) {
        assert_int_equal(poll(&end, 1, 5000), 1);
        n = read(alive[0], bytes, sizeof bytes);
    }
    assert_int_equal(n, 0);
    close(alive[0]);
}

static void a_signal_ends_the_search_with_the_best_plan(void **state) {
    (void)state;
    const int signals[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++) {
        pid_t pid = start_runner(then_spin, 7);
        gint64 begin = g_get_monotonic_time();
        kill(pid, signals[i]);
        assert_int_equal(wait_for_code(pid), RUN_INTERRUPTED);
        assert_true(g_get_monotonic_time() - begin < 1000000);
        assert_search_is_gone();
    }
}

static void the_search_itself_ignores_the_terminals_signals(void **state) {
    (void)state;
    pid_t pid = start_runner(then_spin, 7);
    kill(pid, SIGSTOP);
    char path[64];
    g_snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL) || text[0] == '\0') {
        kill(pid, SIGKILL);
        wait_for_code(pid);
        skip();
    }
    pid_t child = (pid_t)g_ascii_strtoll(text, NULL, 10);
    g_free(text);
    kill(child, SIGINT);
    kill(child, SIGTERM);
    g_usleep(100000);
    kill(pid, SIGCONT);
    kill(pid, SIGINT);
    assert_int_equal(wait_for_code(pid), RUN_INTERRUPTED); /* and not RUN_CRASHED */
    assert_search_is_gone();
}

static void a_signal_before_the_first_plan_waits_a_little(void **state) {
    (void)state;
    pid_t pid = start_runner(spin_without_a_plan, 20);
    kill(pid, SIGINT);
    assert_int_equal(wait_for_code(pid), RUN_INTERRUPTED);
    assert_search_is_gone();
}

static void a_second_signal_ends_everything_at_once(void **state) {
    (void)state;
    const int signals[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++) {
        pid_t pid = start_runner(spin_without_a_plan, 20);
        gint64 begin = g_get_monotonic_time();
        kill(pid, SIGINT);
        g_usleep(200000);
        kill(pid, signals[i]);
        assert_int_equal(wait_for_code(pid), 128 + signals[i]);
        assert_true(g_get_monotonic_time() - begin < 1000000);
        assert_search_is_gone();
    }
}

static void the_search_dies_with_its_parent(void **state) {
    (void)state;
    pid_t pid = start_runner(then_spin, 7);
    kill(pid, SIGKILL);
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_search_is_gone();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_ends_the_search_with_the_best_plan),
        cmocka_unit_test(the_search_itself_ignores_the_terminals_signals),
        cmocka_unit_test(a_signal_before_the_first_plan_waits_a_little),
        cmocka_unit_test(a_second_signal_ends_everything_at_once),
        cmocka_unit_test(the_search_dies_with_its_parent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
