/*
 * wall_clock.h: between the clock on the wall of a time zone and UTC, over every change of the
 * clocks.
 */
#ifndef PILOTE_WALL_CLOCK_H
#define PILOTE_WALL_CLOCK_H

#include <glib.h>

#include "solver/date.h"

/* The zone with this name of the IANA database, such as "Europe/Paris"; NULL when the machine does
 * not know it. Free with g_time_zone_unref(). */
GTimeZone *wall_clock_zone(const char *name);

/*
 * Seconds since 1970-01-01T00:00Z at a time on the wall. Where clocks go back and a time comes
 * twice, the first one is meant; where they go forward and it does not come at all, it is counted
 * with the offset before the change (both as in RFC 5545, 3.3.5).
 */
int64_t wall_clock_to_utc(GTimeZone *zone, date_t date, minute_t minute);

/* What the clock on the wall shows; seconds are cut off. */
void wall_clock_from_utc(GTimeZone *zone, int64_t seconds, date_t *date, minute_t *minute);

#endif
