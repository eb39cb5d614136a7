/* tell.h: dates, figures and names as the people of an operation read them. */
#ifndef PILOTE_TELL_H
#define PILOTE_TELL_H

#include <glib.h>

#include "solver/plan.h"

/* True when the operation's language is French; everything else is told as in English. */
bool tell_french(const Operation *op);

/* Writes `14/09/2026 18:45` (French) or `2026-09-14 18:45` into text[DATE_TEXT], without the time
 * when minute is MINUTE_NONE, and returns text. */
char *tell_moment(const Operation *op, date_t date, minute_t minute, char *text);

/* `Mon` for 0 to `Sun` for 6. Static. */
const char *tell_weekday(int weekday);

/* Appends a whole number with its thousands apart: `48 210` (French, with no-break spaces) or
 * `48,210`. */
void tell_number(GString *out, const Operation *op, int64_t number);

/* Appends a number with one decimal, which is left out when it is 0: `38,5` (French) or `38.5`. */
void tell_tenths(GString *out, const Operation *op, double number);

/* The status in the language of messages. Static. */
const char *tell_status(Status status);

/* Appends the labels of those who serve the household in the task, in the order of its needs. */
void tell_members(GString *out, const Operation *op, const PlanHousehold *household,
                  const Task *task);

#endif
