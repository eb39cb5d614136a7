/* tell_day.h: days and hours in full words, as one writes them to a tenant. */
#ifndef PILOTE_TELL_DAY_H
#define PILOTE_TELL_DAY_H

#include <glib.h>

#include "solver/plan.h"

/* Appends `Tuesday 14 September 2026`, `mardi 14 septembre 2026`; without the year unless `year`.
 */
void tell_day(GString *out, const Operation *op, date_t date, bool year);

/* Appends `14 Sep`, `14 sept.`. */
void tell_short_day(GString *out, const Operation *op, date_t date);

/* Appends `18:45`, `18 h 45`. */
void tell_hour(GString *out, const Operation *op, minute_t minute);

/* Appends when the task takes place: `on Tuesday 14 September 2026 from 18:45 to 20:15`, `from
 * Monday 2 to Thursday 5 November 2026`. */
void tell_when(GString *out, const Operation *op, const PlanTask *task);

/* `Sep`, `sept.` of the date. Static. */
const char *tell_short_month(date_t date);

#endif
