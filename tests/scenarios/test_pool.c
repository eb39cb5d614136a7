/* Jobs in processes of their own. */
#include "scenarios/pool.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>

#include "solver/stop_signal.h"

#include <cmocka.h>

enum { LARGE = 300000 };

/* Job i gives i + 1 bytes of value i; some have accidents. */
typedef struct Accidents {
    int crashing, refusing, large;
} Accidents;

static GByteArray *work(void *context, int i) {
    const Accidents *accidents = context;
    if (i == accidents->crashing)
        raise(SIGKILL);
    if (i == accidents->refusing)
        return NULL;
    guint n = i == accidents->large ? LARGE : (guint)i + 1;
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, n);
    memset(bytes->data, i, n);
    return bytes;
}

static void check_job(const PoolResult *result, int i, guint length) {
    assert_non_null(result->bytes);
    assert_null(result->failure);
    assert_int_equal(result->bytes->len, length);
    for (guint b = 0; b < length; b++)
        assert_int_equal(result->bytes->data[b], i);
}

static void results_stand_in_order_whatever_the_number_of_workers(void **state) {
    (void)state;
    Accidents none = {-1, -1, -1};
    PoolJobs jobs = {0, 7, &none, work, NULL};
    for (int workers = 1; workers <= 9; workers += 4) {
        PoolResult *results = pool_run(&jobs, workers);
        for (int i = 0; i < 7; i++)
            check_job(&results[i], i, (guint)i + 1);
        pool_results_free(results, 7);
    }
}

static void a_job_that_dies_or_gives_up_spoils_no_other(void **state) {
    (void)state;
    Accidents accidents = {.crashing = 1, .refusing = 3, .large = 4};
    PoolJobs jobs = {0, 6, &accidents, work, NULL};
    PoolResult *results = pool_run(&jobs, 2);
    assert_null(results[1].bytes);
    assert_non_null(strstr(results[1].failure, "signal 9"));
    assert_null(results[3].bytes);
    assert_non_null(strstr(results[3].failure, "code 1"));
    check_job(&results[0], 0, 1);
    check_job(&results[2], 2, 3);
    check_job(&results[4], 4, LARGE);
    check_job(&results[5], 5, 6);
    pool_results_free(results, 6);
}

static void no_jobs_are_done_at_once(void **state) {
    (void)state;
    PoolJobs jobs = {0, 0, NULL, work, NULL};
    pool_results_free(pool_run(&jobs, 2), 0);
}

static void stop_after_three(void *context, const PoolProgress *progress) {
    (void)context;
    assert_int_equal(progress->n, 50);
    assert_true(progress->left >= 0);
    if (progress->n_done == 3)
        raise(SIGINT);
}

static void an_interrupt_leaves_what_is_done(void **state) {
    (void)state;
    Accidents none = {-1, -1, -1};
    PoolJobs jobs = {0, 50, &none, work, stop_after_three};
    PoolResult *results = pool_run(&jobs, 1);
    for (int i = 0; i < 3; i++)
        check_job(&results[i], i, (guint)i + 1);
    for (int i = 4; i < 50; i++)
        assert_true(results[i].bytes == NULL && results[i].failure == NULL);
    pool_results_free(results, 50);
    stop_signal_forget();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_stand_in_order_whatever_the_number_of_workers),
        cmocka_unit_test(a_job_that_dies_or_gives_up_spoils_no_other),
        cmocka_unit_test(no_jobs_are_done_at_once),
        cmocka_unit_test(an_interrupt_leaves_what_is_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
