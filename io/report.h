/*
 * report.h: a plan as one page to look at: in a browser, on a telephone, on paper.
 *
 * The page holds everything that it needs; a Content-Security-Policy forbids it to load anything
 * and to run anything but its own script. Without the script it can still be read.
 */
#ifndef PILOTE_REPORT_H
#define PILOTE_REPORT_H

#include "io/ics.h"
#include "solver/review.h"

/*
 * The page of the reviewed plan, for an audience of `events`, which are those of the same plan. The
 * pilot sees all views; a member its own dates and its own load; a household its own sheet. What
 * each may know is decided as for calendars, see io/ics.h. Words are in the language of messages.
 * Free with g_free().
 */
char *report_html(const Review *review, const Events *events, const Audience *audience);

#endif
