/*
 * workers.h: threads that share out independent jobs.
 *
 * What a job computes must not depend on the thread that runs it; then nothing depends on the
 * number of threads.
 */
#ifndef PILOTE_WORKERS_H
#define PILOTE_WORKERS_H

typedef struct Workers Workers;

/* `threads` >= 1, the caller's own included. Free with workers_free(). */
Workers *workers_new(int threads);
void workers_free(Workers *workers);

int workers_count(const Workers *workers);

/* Calls job(context, i, thread) once for every i in 0 .. n - 1, in any order; thread is
 * 0 .. workers_count() - 1 and no two jobs of one thread overlap. Returns when all are done. */
void workers_run(Workers *workers, int n, void (*job)(void *context, int i, int thread),
                 void *context);

#endif
