/* caldav_state.h: what was sent to which calendar, kept in a file next to the plan. */
#ifndef PILOTE_CALDAV_STATE_H
#define PILOTE_CALDAV_STATE_H

#include <glib.h>
#include <stdbool.h>

#include "io/fault.h"

#define CALDAV_STATE_FILE "caldav.json"

/* An event as it was sent. */
typedef struct SentEvent {
    char *etag;  /* as which the server knew it then */
    char *start; /* see IcsEntry.start */
    char *hash;  /* of all it said */
} SentEvent;

typedef struct CaldavState {
    GHashTable *calendars; /* address to GHashTable of UID to SentEvent */
} CaldavState;

/* Reads the file in `folder`; a missing one is a state in which nothing was sent. Returns NULL
 * after a fault. Free with caldav_state_free(). */
CaldavState *caldav_state_read(const char *folder, Faults *faults);
void caldav_state_free(CaldavState *state); /* NULL is allowed */

/* What was sent to the calendar at this address. Belongs to the state. */
GHashTable *caldav_state_of(CaldavState *state, const char *url);

/* Notes, or with `start` NULL forgets, what was sent. */
void caldav_state_set(GHashTable *sent, const char *uid, const char *etag, const char *start,
                      const char *hash);

/* Writes the file, readable by its owner alone. On failure false with a translated sentence in
 * *error (free it with g_free()). */
bool caldav_state_write(const CaldavState *state, const char *folder, char **error);

#endif
