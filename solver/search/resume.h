/* resume.h: plans that are taken up again by the search: dates back into itineraries. */
#ifndef PILOTE_RESUME_H
#define PILOTE_RESUME_H

#include "solver/search/state.h"

/* The dates, times, members and class of homes that the plan gives household h; NULL when it is
 * unplanned there or some task that is still to do has no date. Free with g_free(). */
Itinerary *resume_itinerary(const Problem *problem, const Plan *plan, int h);

/* The plan as a state, without household `except` (or NONE). */
State *resume_state(const Problem *problem, const Plan *plan, int except);

/*
 * Gives households last week's dates, times, members and homes back, wherever the whole plan costs
 * no more with them: tenants are to see no change without a reason. Where somebody else stands in
 * the way whose dates have changed too, he is sent back to his own old dates, and so on (an
 * ejection chain, Glover 1996). Returns `plan` itself or a better one in `arena`, which the
 * verifier has judged; the work is limited. problem->previous must not be NULL.
 */
Plan *resume_settled(const Problem *problem, Plan *plan, Arena *arena);

#endif
