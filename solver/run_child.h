/* run_child.h: the process in which the search runs, and how a process that searches behaves. */
#ifndef PILOTE_RUN_CHILD_H
#define PILOTE_RUN_CHILD_H

#include <sys/types.h>

#include "solver/pipe.h"
#include "solver/solve.h"

typedef struct Child {
    pid_t pid;
    int fd; /* the pipe's end from which its messages are read; does not block */
} Child;

/* Forks a process that calls solve() and sends what it tells, then MESSAGE_END. Returns false with
 * errno when the system refuses. End it with child_end(). */
bool child_start(Child *child, const Operation *op, const Plan *previous,
                 const SolveOptions *options);

/* Makes a process just forked from `parent` a searching one: it leaves SIGINT and SIGTERM to its
 * parent, ends with it, leaves no core file, goes first when memory runs out, and prints to stderr
 * what it would print to stdout. */
void child_settle(pid_t parent);

/* Seconds of processor time that it has used, all threads; the last figure once it is gone is 0. */
double child_cpu_seconds(const Child *child);

/* Kills it; what it has sent can still be read. */
void child_kill(const Child *child);

/* Kills it unless it has ended, closes the pipe and returns in English how it ended ("killed by
 * signal 6 (Aborted)"), to be freed with g_free(). */
char *child_end(Child *child);

/* Waits for its own end and closes the pipe. NULL when it ended well, else how, as child_end(). */
char *child_wait(Child *child);

#endif
