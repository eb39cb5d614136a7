#include "scenarios/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "solver/run_child.h"
#include "solver/stop_signal.h"

/* A job under way. */
typedef struct Worker {
    pid_t pid;
    int fd, job;
    GByteArray *bytes;
} Worker;

typedef struct Pool {
    const PoolJobs *jobs;
    PoolResult *results;
    Worker *workers; /* n_busy of them */
    int n_busy, n_done;
    gint64 begin;
} Pool;

static double seconds_since(gint64 begin) {
    return (double)(g_get_monotonic_time() - begin) / G_USEC_PER_SEC;
}

static bool write_all(int fd, const GByteArray *bytes) {
    size_t done = 0;
    while (done < bytes->len) {
        ssize_t n = write(fd, bytes->data + done, bytes->len - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static void work_in_child(const PoolJobs *jobs, int job, int fd, pid_t parent) {
    child_settle(parent);
    GByteArray *bytes = jobs->work(jobs->context, jobs->first + job);
    bool good = bytes != NULL && write_all(fd, bytes);
    if (bytes != NULL)
        g_byte_array_unref(bytes);
    fflush(NULL);
    _exit(good ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void fail(Pool *pool, int job, char *failure) {
    pool->results[job].failure = failure;
    pool->n_done++;
}

static void start(Pool *pool, int job) {
    int ends[2];
    pid_t pid = -1, parent = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0) {
        fail(pool, job, g_strdup(g_strerror(errno)));
        return;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    fflush(NULL); /* or the child would write it a second time */
    pid = fork();
    if (pid == 0) {
        close(ends[0]);
        work_in_child(pool->jobs, job, ends[1], parent);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        fail(pool, job, g_strdup(g_strerror(errno)));
        return;
    }
    pool->workers[pool->n_busy++] = (Worker){pid, ends[0], job, g_byte_array_new()};
}

/* Reads what has come; false at the end. */
static bool read_some(Worker *worker) {
    uint8_t buffer[65536];
    for (;;) {
        ssize_t n = read(worker->fd, buffer, sizeof buffer);
        if (n == 0)
            return false;
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        g_byte_array_append(worker->bytes, buffer, (guint)n);
    }
}

void pool_tell(const PoolJobs *jobs, int n_done, double elapsed) {
    PoolProgress progress = {jobs->n, n_done, elapsed, -1};
    if (n_done > 0)
        progress.left = elapsed / n_done * (jobs->n - n_done);
    if (jobs->progress != NULL)
        jobs->progress(jobs->context, &progress);
}

/* Takes the result of a worker that has said all. */
static void finish(Pool *pool, int w) {
    Worker *worker = &pool->workers[w];
    PoolResult *result = &pool->results[worker->job];
    Child child = {worker->pid, worker->fd};
    char *death = child_wait(&child);
    if (death == NULL)
        result->bytes = worker->bytes;
    else
        g_byte_array_unref(worker->bytes);
    result->failure = death;
    pool->workers[w] = pool->workers[--pool->n_busy];
    pool->n_done++;
    pool_tell(pool->jobs, pool->n_done, seconds_since(pool->begin));
}

static void take_news(Pool *pool) {
    struct pollfd *fds = g_new(struct pollfd, pool->n_busy);
    for (int w = 0; w < pool->n_busy; w++)
        fds[w] = (struct pollfd){.fd = pool->workers[w].fd, .events = POLLIN};
    stop_signal_poll(fds, pool->n_busy, 1, false);
    /* From the last one on, since the end of one moves the last into its place. */
    for (int w = pool->n_busy - 1; w >= 0; w--)
        if (fds[w].revents != 0 && !read_some(&pool->workers[w]))
            finish(pool, w);
    g_free(fds);
}

static void abandon(Pool *pool) {
    for (int w = 0; w < pool->n_busy; w++) {
        Child child = {pool->workers[w].pid, pool->workers[w].fd};
        g_free(child_end(&child));
        g_byte_array_unref(pool->workers[w].bytes);
    }
    pool->n_busy = 0;
}

PoolResult *pool_run(const PoolJobs *jobs, int workers) {
    Pool pool = {.jobs = jobs,
                 .results = g_new0(PoolResult, jobs->n + 1),
                 .workers = g_new0(Worker, workers),
                 .begin = g_get_monotonic_time()};
    int next = 0;
    stop_signals_catch();
    while (!stop_signal_came() && (next < jobs->n || pool.n_busy > 0)) {
        while (next < jobs->n && pool.n_busy < workers)
            start(&pool, next++);
        if (pool.n_busy > 0)
            take_news(&pool);
    }
    abandon(&pool);
    g_free(pool.workers);
    return pool.results;
}

void pool_results_free(PoolResult *results, int n) {
    for (int i = 0; results != NULL && i < n; i++) {
        if (results[i].bytes != NULL)
            g_byte_array_unref(results[i].bytes);
        g_free(results[i].failure);
    }
    g_free(results);
}
