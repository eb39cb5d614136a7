/*
 * reasons.h: why a household is not planned, in words that say what could be changed.
 *
 * Found by trying: what alone, were it different, would let the household be planned?
 */
#ifndef PILOTE_REASONS_H
#define PILOTE_REASONS_H

#include "solver/search/state.h"

enum { MOST_REASONS = 6 };

/* A workspace for the households of one problem. Free it with reasons_free(). */
typedef struct Reasons Reasons;

Reasons *reasons_new(const Problem *problem);
void reasons_free(Reasons *reasons); /* NULL is allowed */

/* Why household h has no itinerary even if it is the only one: writes up to MOST_REASONS sentences
 * (in `arena`, in the language of messages, without the household's name) and returns how many; 0
 * when it could be planned. *tried (unless NULL) becomes false when no single thing would let it be
 * planned, so that the sentence is a guess. */
int reasons_alone(Reasons *reasons, int h, Arena *arena, const char **texts, bool *tried);

/* The same for household h in the plan that `state` holds, where it is unplanned: also which of the
 * things that households share are used up by others. At least one. */
int reasons_among_others(Reasons *reasons, const State *state, int h, Arena *arena,
                         const char **texts);

/* Says in `plan`, which the state has become, why the unplanned are unplanned. When they are many,
 * most have the same reasons, and only those of the first ones are looked for. */
void reasons_give(const State *state, Arena *arena, Plan *plan);

#endif
