/* whatif_report.h: scenarios beside the plan, for people, programs and spreadsheets. */
#ifndef PILOTE_WHATIF_REPORT_H
#define PILOTE_WHATIF_REPORT_H

#include "scenarios/whatif.h"

/* The figures side by side in 80 columns, then for each scenario the confirmed dates that cannot be
 * kept, the dates that change and whom to call. To be freed with g_free(), as those below. */
char *whatif_text(const WhatIf *whatif);

/* The same as one line of JSON. */
char *whatif_json(const WhatIf *whatif);

/* The figures alone, a row for the plan and one for each scenario. */
char *whatif_csv(const WhatIf *whatif);

#endif
