/*
 * calendar.h: on which days and in which slots each resource member works, and how much of it.
 *
 * Belongs to the arena it was made in. Arrays are dense: r resource, d day, s slot.
 */
#ifndef PILOTE_CALENDAR_H
#define PILOTE_CALENDAR_H

#include "solver/operation.h"

typedef struct Calendar {
    int n_days, n_slots;
    milli_t *capacity; /* [r * n_days + d] crew and volume members; 0 = closed. Clock: 0 */
    int32_t *people;   /* [(r * n_days + d) * n_slots + s] clock members; 0 = closed */
} Calendar;

/* Applies weekdays, `from`/`until` and the rows of calendar.csv (the later row wins). */
Calendar *calendar_new(Arena *arena, const Operation *op);

/* True when crew or volume member r works on day d. Days outside the horizon: false. */
bool calendar_works(const Calendar *calendar, int r, day_t d);

/* People that clock member r has in slot s of day d. */
int calendar_people(const Calendar *calendar, int r, day_t d, int s);

/* The last of `days` working days in a row of all `members` (n of them), counted from `start` on.
 * Days after the horizon's end count as worked from Monday to Friday, so that works that began
 * before or end after the horizon have a finish too; the same holds before its start. */
day_t calendar_finish(const Calendar *calendar, const Operation *op, const int *members, int n,
                      day_t start, int days);

#endif
