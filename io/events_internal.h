/* events_internal.h: for io/events*.c only. */
#ifndef PILOTE_EVENTS_INTERNAL_H
#define PILOTE_EVENTS_INTERNAL_H

#include <glib.h>

#include "io/events.h"

/* Days for which calendars are told of a withdrawal at least, counted from the plan that withdrew.
 * Files that are carried to a calendar by hand once a week need some weeks to be sure. */
enum { DAYS_TO_LEARN = 31 };

/* "household task", by which events of two plans are one. Free with g_free(). */
char *event_key(const char *household, const char *task);

/* `2 Wren Row, Lark House`; the building is left out where the dwelling names it. Free with
 * g_free().
 */
char *event_address(const char *dwelling, const char *building);

/* Sets the sequences of the live events and makes the past ones from those of the plan before. */
void events_carry(Arena *arena, Events *events, const Events *previous);

#endif
