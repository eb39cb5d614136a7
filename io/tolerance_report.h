/* tolerance_report.h: how late deliveries may come, for people, programs and spreadsheets. */
#ifndef PILOTE_TOLERANCE_REPORT_H
#define PILOTE_TOLERANCE_REPORT_H

#include "scenarios/tolerance.h"

/* Two tables of 80 columns, the most dangerous first. To be freed with g_free(), as those below. */
char *tolerance_text(const Tolerance *tolerance);

/* The same as one line of JSON. */
char *tolerance_json(const Tolerance *tolerance);

/* The same as one table, deliveries above crews. */
char *tolerance_csv(const Tolerance *tolerance);

#endif
