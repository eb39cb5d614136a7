/*
 * ics.h: events as iCalendar (RFC 5545), for those who may know them.
 *
 * Each audience is told what it needs: a member (a firm) the dwelling, the work and how to get in,
 * never who lives there; a household its own dates; the pilot everything. Members of the role
 * `pilot` are pilots.
 *
 * Times are in UTC: every client shows them right, in summer and in winter, without a description
 * of the zone's rules. Works are dates, the end excluded as the format wants it.
 */
#ifndef PILOTE_ICS_H
#define PILOTE_ICS_H

#include <glib.h>

#include "io/events.h"

typedef enum AudienceKind { AUDIENCE_PILOT, AUDIENCE_MEMBER, AUDIENCE_HOUSEHOLD } AudienceKind;

typedef struct Audience {
    AudienceKind kind;
    const char *id;  /* of the member or household; NULL for the pilot */
    bool everything; /* a pilot's eyes */
} Audience;

/* The audience of the pilot, a member or a household with this id. */
Audience audience_of(const Events *events, AudienceKind kind, const char *id);

/* Whether the event stands in the audience's calendar, be it as a cancelled one. */
bool audience_sees(const Events *events, const Audience *audience, const Event *event);

/* What makes one writing of events: whose, for whom, and the zone of their clock. */
typedef struct IcsWriter {
    const Events *events;
    Audience audience;
    GTimeZone *zone; /* of events->timezone, see io/wall_clock.h */
} IcsWriter;

/* A whole calendar: all events of the audience. Free with g_free(). */
char *ics_calendar(const IcsWriter *writer);

/* A calendar that is empty, for an audience of whom nothing is known but `name`. */
char *ics_empty(const IcsWriter *writer, const char *name);

/*
 * Appends one VEVENT. `stamped`: with DTSTAMP, which every event must have but which says nothing
 * of what the event is about. `extra` is a further property, ready to be folded, or NULL.
 */
void ics_event(const IcsWriter *writer, const Event *event, bool stamped, const char *extra,
               GString *out);

/* The values of DTSTART and DTEND, such as `20260914T164500Z` or, for days, `20261103`. */
typedef struct IcsSpan {
    char start[24], end[24];
    bool days;
} IcsSpan;

IcsSpan ics_span(const IcsWriter *writer, const Event *event);

/* Appends what stands before and behind the events of a calendar; `name` NULL: none is given. */
void ics_begin(const IcsWriter *writer, const char *name, GString *out);
void ics_end(GString *out);

#define ICS_PRODUCT "-//pilote//pilote//"

#endif
