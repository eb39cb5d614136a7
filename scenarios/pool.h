/*
 * pool.h: independent jobs, each in a process of its own, several at once.
 *
 * A job is a number, and its result some bytes that depend on the number alone; so the results are
 * the same whatever the number of workers, and a job that crashes spoils no other one.
 */
#ifndef PILOTE_POOL_H
#define PILOTE_POOL_H

#include <glib.h>
#include <stdbool.h>

/* How far the jobs are. */
typedef struct PoolProgress {
    int n, n_done;
    double elapsed, left; /* seconds; `left` is an estimate, negative when there is none yet */
} PoolProgress;

typedef struct PoolJobs {
    int first, n; /* the jobs first, first + 1, ... are done, n of them */
    void *context;
    /* The result of job `number`, or NULL when it failed; runs in the job's process. */
    GByteArray *(*work)(void *context, int number);
    /* Called in this process whenever a job is over; NULL: not wanted. */
    void (*progress)(void *context, const PoolProgress *progress);
} PoolJobs;

/* Tells that n_done of the jobs are over after so many seconds, if that is wanted. */
void pool_tell(const PoolJobs *jobs, int n_done, double elapsed);

typedef struct PoolResult {
    GByteArray *bytes; /* NULL: none */
    char *failure;     /* why not, in English; NULL also when the job was not done at all */
} PoolResult;

/*
 * Does the jobs, at most `workers` at once, and returns their results in order (see
 * pool_results_free()). SIGINT or SIGTERM ends it: the results so far are returned. Call it before
 * any thread is started.
 */
PoolResult *pool_run(const PoolJobs *jobs, int workers);

void pool_results_free(PoolResult *results, int n);

#endif
