/*
 * pipe.h: the messages that the search's process sends to the process that controls it.
 *
 * A message is a head (a mark, kind, length, checksum) and its bytes. Both processes are the same
 * program, one forked from the other, so numbers are sent as they stand in memory; the receiver
 * believes none of them before it has checked them, because a crashing sender may send anything.
 */
#ifndef PILOTE_PIPE_H
#define PILOTE_PIPE_H

#include <glib.h>

#include "solver/solve.h"

enum { MAX_MESSAGE_BYTES = 64 << 20 };

typedef enum MessageKind {
    MESSAGE_PLAN,  /* plan_pack() */
    MESSAGE_BOUND, /* cost_t */
    MESSAGE_LOG,   /* text, not NUL-terminated */
    MESSAGE_PHASE, /* phase_pack() */
    MESSAGE_END    /* the search is complete; nothing follows */
} MessageKind;

typedef struct Message {
    MessageKind kind;
    const uint8_t *bytes; /* belongs to the inbox, until the next inbox_fill() */
    size_t length;
} Message;

/* Sends one message and waits until the pipe has taken it. Returns false when it cannot be sent
 * (no reader, too long). */
bool pipe_send(int fd, MessageKind kind, const void *bytes, size_t length);

/* What has arrived and was not taken yet. */
typedef struct Inbox Inbox;

Inbox *inbox_new(void);
void inbox_free(Inbox *inbox); /* NULL is allowed */

/* Reads what the pipe holds now; `fd` must not block. Returns false at the end: the sender has
 * closed its side or is gone. */
bool inbox_fill(Inbox *inbox, int fd);

typedef enum InboxState { INBOX_MESSAGE, INBOX_EMPTY, INBOX_DAMAGED } InboxState;

/* Takes the next message. INBOX_EMPTY: none is complete. INBOX_DAMAGED: what comes next is no
 * message; nothing more can be read from this sender. */
InboxState inbox_next(Inbox *inbox, Message *message);

/* A phase as bytes, to be freed with g_byte_array_unref(). */
GByteArray *phase_pack(const SolvePhase *phase);

/* Returns false when the bytes are no phase. phase->name is `name`, which receives the text. */
bool phase_unpack(SolvePhase *phase, char name[MAX_PHASE_NAME + 1], const uint8_t *bytes,
                  size_t length);

/* A plan as bytes, to be freed with g_byte_array_unref(): what the search decides, the figures of
 * the objective and the reasons. as_of and statuses of tasks are the operation's and are left out.
 */
GByteArray *plan_pack(const Operation *op, const Plan *plan);

/* The plan in `arena`, or NULL when the bytes are no plan of `op`: every index, date, minute and
 * length is checked. Whether the plan keeps the constraints is verify_plan()'s question. */
Plan *plan_unpack(Arena *arena, const Operation *op, const uint8_t *bytes, size_t length);

#endif
