#include "solver/workers.h"

#include <glib.h>

typedef struct Hand {
    Workers *workers;
    int thread;
    GThread *handle;
} Hand;

struct Workers {
    int n;
    Hand *hands;
    GMutex lock;
    GCond begin, end;
    int round, busy;
    gboolean stop;
    int n_jobs;
    gint next;
    void (*job)(void *context, int i, int thread);
    void *context;
};

static void work(Workers *workers, int thread) {
    for (;;) {
        int i = g_atomic_int_add(&workers->next, 1);
        if (i >= workers->n_jobs) {
            return;
        }
        workers->job(workers->context, i, thread);
    }
}

static gpointer hand_main(gpointer data) {
    Hand *hand = data;
    Workers *workers = hand->workers;
    int seen = 0;
    g_mutex_lock(&workers->lock);
    for (;;) {
        while (workers->round == seen && !workers->stop) {
            g_cond_wait(&workers->begin, &workers->lock);
        }
        if (workers->stop) {
            break;
        }
        seen = workers->round;
        g_mutex_unlock(&workers->lock);
        work(workers, hand->thread);
        g_mutex_lock(&workers->lock);
        if (--workers->busy == 0) {
            g_cond_signal(&workers->end);
        }
    }
    g_mutex_unlock(&workers->lock);
    return NULL;
}

Workers *workers_new(int threads) {
    Workers *workers = g_new0(Workers, 1);
    workers->n = MAX(threads, 1);
    workers->hands = g_new0(Hand, workers->n);
    g_mutex_init(&workers->lock);
    g_cond_init(&workers->begin);
    g_cond_init(&workers->end);
    for (int t = 1; t < workers->n; t++) {
        workers->hands[t] = (Hand){workers, t, NULL};
        workers->hands[t].handle = g_thread_new("worker", hand_main, &workers->hands[t]);
    }
    return workers;
}

void workers_free(Workers *workers) {
    if (workers == NULL) {
        return;
    }
    g_mutex_lock(&workers->lock);
    workers->stop = TRUE;
    g_cond_broadcast(&workers->begin);
    g_mutex_unlock(&workers->lock);
    for (int t = 1; t < workers->n; t++) {
        g_thread_join(workers->hands[t].handle);
    }
    g_mutex_clear(&workers->lock);
    g_cond_clear(&workers->begin);
    g_cond_clear(&workers->end);
    g_free(workers->hands);
    g_free(workers);
}

int workers_count(const Workers *workers) {
    return workers->n;
}

void workers_run(Workers *workers, int n, void (*job)(void *context, int i, int thread),
                 void *context) {
    g_mutex_lock(&workers->lock);
    workers->n_jobs = n;
    workers->job = job;
    workers->context = context;
    g_atomic_int_set(&workers->next, 0);
    workers->busy = workers->n - 1;
    workers->round++;
    g_cond_broadcast(&workers->begin);
    g_mutex_unlock(&workers->lock);
    work(workers, 0);
    g_mutex_lock(&workers->lock);
    while (workers->busy > 0) {
        g_cond_wait(&workers->end, &workers->lock);
    }
    g_mutex_unlock(&workers->lock);
}
