/*
 * caldav.h: the events of a calendar on a server (RFC 4791), one resource each, named by its UID.
 *
 * A resource is only ever changed in the state in which it was last seen (If-Match), or made where
 * there is none (If-None-Match). A request of which nobody knows what became of it is not repeated
 * before looking. What the server refuses for a while is tried again, for some seconds.
 */
#ifndef PILOTE_CALDAV_H
#define PILOTE_CALDAV_H

#include <glib.h>

#include "io/caldav_http.h"

typedef struct Caldav Caldav;

typedef enum CaldavResult {
    CALDAV_DONE,
    CALDAV_OTHER, /* the resource is not (any more) as it was seen: nothing was changed */
    CALDAV_FAILED /* and nothing else will work either; caldav_error() says why */
} CaldavResult;

/* `zone` is that of times without one. Both outlive the result. Returns NULL with a translated
 * sentence in *error (free it with g_free()). Free with caldav_close(). */
Caldav *caldav_open(const CaldavLogin *login, GTimeZone *zone, char **error);
void caldav_close(Caldav *caldav); /* NULL is allowed */

/* A translated sentence, after CALDAV_FAILED. */
const char *caldav_error(const Caldav *caldav);

/* The ETags of all resources by their names (`UID.ics`), after checking that it is a calendar. Free
 * *etags with g_hash_table_destroy(). */
CaldavResult caldav_list(Caldav *caldav, GHashTable **etags);

/* The bytes and the ETag of an event; CALDAV_OTHER: there is none. Free *bytes with
 * g_string_free(), *etag with g_free(). */
CaldavResult caldav_get(Caldav *caldav, const char *uid, GString **bytes, char **etag);

/* Writes an event: a new one when `etag` is NULL, else the one that was seen with this ETag. `mark`
 * is the value of ICS_MARK in its bytes. *new_etag (free it with g_free()) is how it is seen from
 * now on. */
CaldavResult caldav_put(Caldav *caldav, const char *uid, const char *bytes, const char *mark,
                        const char *etag, char **new_etag);

/* Deletes the event that was seen with this ETag. CALDAV_DONE also when it is gone already. */
CaldavResult caldav_delete(Caldav *caldav, const char *uid, const char *etag);

#endif
