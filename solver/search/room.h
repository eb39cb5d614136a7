/*
 * room.h: room for dates that somebody wants, where others must give way.
 *
 * As in an ejection chain (Glover 1996) of one link: those in the way lose their dates and are
 * planned again as near to them as can be.
 */
#ifndef PILOTE_ROOM_H
#define PILOTE_ROOM_H

#include "solver/search/state.h"

/* Puts the itinerary of a household that is unplanned in `state`, which is taken over. Of the
 * others only those with movable[g] may get other dates. False when there is no room, or somebody
 * who gave way found no other dates; then some may be unplanned. */
bool room_make(State *state, Seeker *seeker, Itinerary *wanted, const bool *movable);

#endif
