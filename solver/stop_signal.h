/* stop_signal.h: SIGINT and SIGTERM, noted instead of ending the process at once. */
#ifndef PILOTE_STOP_SIGNAL_H
#define PILOTE_STOP_SIGNAL_H

#include <poll.h>
#include <stdbool.h>

/* From now on the signals are noted; a second one after the first that was noted ends the process
 * at once with 128 + its number. Stays so until the process ends. */
void stop_signals_catch(void);

/* Forgets a signal that was noted. */
void stop_signal_forget(void);

/* Whether one was noted. */
bool stop_signal_came(void);

/* Waits as poll() does, for at most `seconds`, and until a signal comes. One that was noted before
 * ends the wait at once, unless it was `heeded`. */
void stop_signal_poll(struct pollfd *fds, int n, double seconds, bool heeded);

#endif
