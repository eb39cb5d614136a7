/* risk_report.h: which dates hold, and which supplier harms most, for people and programs. */
#ifndef PILOTE_RISK_REPORT_H
#define PILOTE_RISK_REPORT_H

#include "scenarios/risk.h"

/* Whom to call, the last day, then every return that some sample moves; 80 columns. To be freed
 * with g_free(), as those below. */
char *risk_text(const Risk *risk);

/* Everything as one line of JSON. */
char *risk_json(const Risk *risk);

/* A row for each household. */
char *risk_csv(const Risk *risk);

#endif
