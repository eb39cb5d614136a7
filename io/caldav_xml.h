/* caldav_xml.h: answers of a server about many resources at once (RFC 4918, section 13). */
#ifndef PILOTE_CALDAV_XML_H
#define PILOTE_CALDAV_XML_H

#include <glib.h>
#include <stdbool.h>

typedef struct CaldavListing {
    bool calendar;     /* what was asked about is a calendar (RFC 4791, section 4.2) */
    GHashTable *etags; /* last part of a resource's address, as it is written, to its ETag */
} CaldavListing;

/* Reads a multistatus answer. Returns false when it is none. Free it with caldav_listing_clear().
 */
bool caldav_listing_read(const char *xml, gsize length, CaldavListing *listing);

void caldav_listing_clear(CaldavListing *listing);

#endif
