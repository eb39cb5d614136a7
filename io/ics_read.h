/* ics_read.h: what of an event's writing may have been changed by somebody else's program. */
#ifndef PILOTE_ICS_READ_H
#define PILOTE_ICS_READ_H

#include <glib.h>

#include "solver/date.h"

enum { ICS_MOMENT = 24 }; /* bytes of a moment, NUL included */

typedef struct IcsEntry {
    /* `20260914T164500Z`, or `20261103` for days; "" when it is not understood, because of a zone
     * that nobody knows, for example. */
    char start[ICS_MOMENT];
    bool cancelled;
    char *mark; /* the value of ICS_MARK, by which we know what we sent; NULL: none */
} IcsEntry;

/* The property that events on a server carry: what they were like when pilote sent them. */
#define ICS_MARK "X-PILOTE-SENT"

/* Finds the event with this UID in the bytes of a calendar. Times that name no zone are in `zone`.
 * Returns whether it is there; free the entry with ics_entry_clear(). */
bool ics_read(const char *bytes, const char *uid, GTimeZone *zone, IcsEntry *entry);

/* What the clock on the wall shows at such a start; `minute` is MINUTE_NONE for days. False when it
 * was not understood. */
bool ics_wall_clock(const char *start, GTimeZone *zone, date_t *date, minute_t *minute);

void ics_entry_clear(IcsEntry *entry);

#endif
