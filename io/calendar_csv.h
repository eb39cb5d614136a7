/* calendar_csv.h: the plan as a table that a spreadsheet opens. */
#ifndef PILOTE_CALENDAR_CSV_H
#define PILOTE_CALENDAR_CSV_H

#include "solver/plan.h"

/* The bytes of calendar.csv (one row per dated task, soonest first), to be freed with g_free().
 * UTF-8 with a BOM, `;` and dd/mm/yyyy in French, `,` and ISO dates in English; cells that a
 * spreadsheet would take for a formula are neutralised. `previous` may be NULL. */
char *plan_to_csv(const Operation *op, const Plan *previous, const Plan *plan);

#endif
