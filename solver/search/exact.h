/*
 * exact.h: works that compete, planned by what conflicts teach (logic.h).
 *
 * Every work is a number, the day on which it starts; lags, crews by their compulsory parts
 * (timetables) and the households' ends bind the numbers, and so do questions for every two works
 * that cannot run at once: which is first? Searches look for something better than the best plan
 * and may prove that there is nothing.
 */
#ifndef PILOTE_EXACT_H
#define PILOTE_EXACT_H

#include "solver/search/logic.h"
#include "solver/search/schedule.h"

typedef struct Exact Exact;

/* Can this schedule, which has begun, be asked? Nothing but works, every day a day of work, no
 * dates that cost by themselves, not too many works and days. */
bool exact_suits(const Schedule *schedule);

/* All schedules that cost at most `limit`. The starts of a whole schedule, start[t], are what is
 * looked for first. With `loose` (or NULL: all), works of which not both are loose keep the order
 * in which `start` has them. Free with exact_free(). */
Exact *exact_new(const Schedule *schedule, cost_t limit, const day_t *start, const bool *loose);
void exact_free(Exact *exact); /* NULL is allowed */

/* Searches until about `work` is done. LOGIC_FOUND: start[t] is a schedule within the limit, and
 * from now on only cheaper ones are looked for. */
LogicEnd exact_search(Exact *exact, day_t *start, double work);

/* From now on only what costs at most `limit` is looked for; near start[t] first. */
void exact_limit(Exact *exact, cost_t limit, const day_t *start);

/* After LOGIC_NONE: no schedule costs less. */
cost_t exact_least(const Exact *exact);

/* What has been done so far, in units of pricing_work(). */
double exact_work(const Exact *exact);

#endif
