/* tell_change.h: changes, their causes and the rows behind them, as people read them. */
#ifndef PILOTE_TELL_CHANGE_H
#define PILOTE_TELL_CHANGE_H

#include <glib.h>

#include "solver/changes.h"

/* Appends `Mon 2026-09-14 18:45`. */
void tell_weekday_moment(GString *out, const Operation *op, date_t date, minute_t minute);

/* Appends what became of the date, member or home, without the task's name: `moved from Tue
 * 2026-09-08 10:00 to Thu 2026-09-10 18:00 (2 days later)`. */
void tell_change(GString *out, const Operation *op, const Change *change);

/* Appends `deliveries.csv:4: K2: date 2026-10-12, before 2026-10-05`. */
void tell_difference(GString *out, const Operation *op, const Difference *difference);

/* Appends `because of deliveries.csv:4: ...`. Of `op`, that the plan is of now. */
void tell_cause(GString *out, const Operation *op, const Cause *cause);

/* The name of what changes: the task's label, the role, the temporary home. */
const char *tell_subject(const Change *change);

#endif
