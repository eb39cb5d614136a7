#include "solver/run_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIPE_BYTES = 1 << 20 }; /* asked for, so that a whole plan is seldom cut by a sudden end */

/* What the events of the child need to know. */
typedef struct Sender {
    int fd;
    const Operation *op;
} Sender;

/* A message that cannot be sent means that nobody listens any more. */
static void send_or_exit(const Sender *sender, MessageKind kind, const void *bytes, size_t length) {
    if (!pipe_send(sender->fd, kind, bytes, length))
        _exit(EXIT_FAILURE);
}

static void send_plan(void *context, const Plan *plan) {
    const Sender *sender = context;
    GByteArray *bytes = plan_pack(sender->op, plan);
    send_or_exit(sender, MESSAGE_PLAN, bytes->data, bytes->len);
    g_byte_array_unref(bytes);
}

static void send_bound(void *context, cost_t bound) {
    send_or_exit(context, MESSAGE_BOUND, &bound, sizeof bound);
}

static void send_phase(void *context, const SolvePhase *phase) {
    GByteArray *bytes = phase_pack(phase);
    send_or_exit(context, MESSAGE_PHASE, bytes->data, bytes->len);
    g_byte_array_unref(bytes);
}

static void send_log(void *context, const char *text) {
    send_or_exit(context, MESSAGE_LOG, text, strlen(text));
}

/* When memory runs out the system shall take the child, not the parent with the best plan. */
static void offer_to_oom_killer(void) {
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (write(fd, "800", 3) < 0) {
        /* Then the system chooses as it always does. */
    }
    close(fd);
}

void child_settle(pid_t parent) {
    /* Ctrl-C and a TERM to the whole group are the parent's to judge. */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE); /* it died before the line above */
    struct rlimit core;
    if (getrlimit(RLIMIT_CORE, &core) == 0) {
        core.rlim_cur = 0;
        setrlimit(RLIMIT_CORE, &core);
    }
    offer_to_oom_killer();
    /* GLPK prints its errors to stdout, which is for results. */
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

static void search_in_child(int fd, pid_t parent, const Operation *op, const Plan *previous,
                            const SolveOptions *options) {
    child_settle(parent);
    Sender sender = {fd, op};
    SolveEvents events = {&sender, send_phase, send_plan, send_bound, send_log};
    solve(op, previous, options, &events);
    send_or_exit(&sender, MESSAGE_END, NULL, 0);
    fflush(NULL);
    _exit(EXIT_SUCCESS);
}

bool child_start(Child *child, const Operation *op, const Plan *previous,
                 const SolveOptions *options) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); /* refused above the user's limit: then 64 KiB */
    fflush(NULL);                             /* or the child would write it a second time */
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        search_in_child(ends[1], parent, op, previous, options);
    }
    int error = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        errno = error;
        return false;
    }
    *child = (Child){pid, ends[0]};
    return true;
}

double child_cpu_seconds(const Child *child) {
    clockid_t id;
    struct timespec time;
    if (clock_getcpuclockid(child->pid, &id) != 0 || clock_gettime(id, &time) != 0)
        return 0;
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void child_kill(const Child *child) {
    kill(child->pid, SIGKILL);
}

/* Waits for its end and closes the pipe; what waitpid() says of it, or -1 with errno. */
static int await_end(Child *child) {
    int status = 0;
    pid_t pid;
    do
        pid = waitpid(child->pid, &status, 0);
    while (pid < 0 && errno == EINTR);
    close(child->fd);
    return pid < 0 ? -1 : status;
}

static char *tell_end(int status) {
    if (status == -1)
        return g_strdup(g_strerror(errno));
    if (WIFSIGNALED(status))
        return g_strdup_printf("killed by signal %d (%s)", WTERMSIG(status),
                               strsignal(WTERMSIG(status)));
    return g_strdup_printf("ended with code %d", WEXITSTATUS(status));
}

char *child_end(Child *child) {
    /* Changes nothing in how a process ended that is ending already. */
    child_kill(child);
    return tell_end(await_end(child));
}

char *child_wait(Child *child) {
    int status = await_end(child);
    return status == 0 ? NULL : tell_end(status);
}
