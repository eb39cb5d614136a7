/* plan_json_events.h: what plan.json says beyond the dates, for calendars. For plan_json_write.c
 * only. */
#ifndef PILOTE_PLAN_JSON_EVENTS_H
#define PILOTE_PLAN_JSON_EVENTS_H

#include <glib.h>

#include "io/events.h"

/* Each appends keys behind others: of the outermost object, of a household, of a task. */
void plan_json_calendar(GString *out, const Events *events);
void plan_json_household(GString *out, const EventHousehold *household);
void plan_json_event(GString *out, const Event *event);

#endif
