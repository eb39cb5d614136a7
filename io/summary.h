/* summary.h: what the pilot wants to know first, in a few lines. */
#ifndef PILOTE_SUMMARY_H
#define PILOTE_SUMMARY_H

#include "solver/review.h"
#include "solver/verify.h"

/* The terminal summary (80 columns, operation's language): confirmed dates that cannot be kept, and
 * what to offer instead; households planned, nights away (mean,
 * worst), evenings used, broken promises, total, bound and gap, who could not be planned and why,
 * what has changed since last week and why, what to do this week (appointments and announcements of
 * the seven days from as_of). To be freed with g_free(). */
char *summary_text(const Operation *op, const Plan *plan, const Verdict *verdict,
                   const Review *review);

/* The same as one JSON object on one line. To be freed with g_free(). */
char *summary_json(const Operation *op, const Plan *plan, const Verdict *verdict,
                   const Review *review);

#endif
