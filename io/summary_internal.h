/* summary_internal.h: the parts of the summary, for the files that make it. */
#ifndef PILOTE_SUMMARY_INTERNAL_H
#define PILOTE_SUMMARY_INTERNAL_H

#include <glib.h>

#include "io/summary.h"

/* "H012 Mme Durand", or the id alone without a name; free with g_free(). */
char *summary_name(const Operation *op, int h);

/* Appends `head` and why the household has no dates, wrapped and two columns in. */
void summary_unplanned(GString *out, const char *head, const PlanHousehold *household);

/* Nights of those who are away at all, from the verdict. */
typedef struct Nights {
    int households; /* away for a night or more */
    double mean;    /* of these */
    int worst;
    int worst_household; /* the first of those, or NONE */
    int over_max;        /* households away longer than their max_nights_away */
} Nights;

Nights summary_nights(const Operation *op, const Verdict *verdict);

/* Whether the plan breaks what a confirmed (or `status`) task promised. */
bool summary_broken(const Operation *op, const Plan *plan, Status status, int h, int a);

/* Appends what is to be done, and what the tenants are to be told, in the seven days from as_of. */
void summary_week(GString *out, const Operation *op, const Plan *plan);

#endif
