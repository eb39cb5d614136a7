/* calendar_csv.h: the plan as a table that a spreadsheet opens. */
#ifndef PILOTE_CALENDAR_CSV_H
#define PILOTE_CALENDAR_CSV_H

#include "solver/changes.h"

/*
 * The bytes of calendar.csv, to be freed with g_free(): one row per dated task, soonest first, and
 * one without dates, in the place of its old date, for each task that had a date before and has
 * none now. "Before" is `previous`, or where it is NULL or has no date, what tenants were told
 * according to progress.csv. The last column has the causes of `changes` (without any: blank).
 *
 * UTF-8 with a BOM, `;` and dd/mm/yyyy in French, `,` and ISO dates in English; lines end with CR
 * LF; cells that a spreadsheet would take for a formula are neutralised with a `'`.
 */
char *plan_to_csv(const Operation *op, const Plan *previous, const Plan *plan,
                  const Changes *changes);

#endif
