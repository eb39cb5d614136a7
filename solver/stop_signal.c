#include "solver/stop_signal.h"

#include <math.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop_signal;

static void on_stop_signal(int number) {
    if (stop_signal != 0)
        _exit(128 + number);
    stop_signal = number;
}

void stop_signals_catch(void) {
    struct sigaction action = {.sa_handler = on_stop_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void stop_signal_forget(void) {
    stop_signal = 0;
}

bool stop_signal_came(void) {
    return stop_signal != 0;
}

void stop_signal_poll(struct pollfd *fds, int n, double seconds, bool heeded) {
    sigset_t stop, before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    /* Between the look for a signal and the wait none may slip through unseen. */
    sigprocmask(SIG_BLOCK, &stop, &before);
    seconds = stop_signal != 0 && !heeded ? 0 : fmax(seconds, 0);
    struct timespec timeout = {(time_t)seconds, (long)(fmod(seconds, 1.0) * 1e9)};
    ppoll(fds, (nfds_t)n, &timeout, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
}
