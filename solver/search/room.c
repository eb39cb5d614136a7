#include "solver/search/room.h"

#include <glib.h>

enum { MOST_MOVED = 6, NODES = 8 };

typedef struct Room {
    State *state;
    Seeker *seeker;
    const bool *movable;
    int n;
    int moved[MOST_MOVED];
    Itinerary **before; /* per household: the dates of those who gave way */
} Room;

static bool put_copy(State *state, const Itinerary *itinerary) {
    return state_put(state, itinerary_copy(state->problem, itinerary));
}

/* Takes out those in the way: one if one is enough, otherwise one after the other. */
static bool put_by_force(Room *room, const Itinerary *wanted) {
    State *state = room->state;
    if (put_copy(state, wanted))
        return true;
    for (int pass = 0; pass < 2; pass++)
        for (int g = 0; g < state->problem->n_households && room->n < MOST_MOVED; g++) {
            const Itinerary *other = state->itineraries[g];
            if (!room->movable[g] || other == NULL || other->n == 0 ||
                !itinerary_may_block(state->problem, other, wanted))
                continue;
            room->before[g] = state_take(state, g);
            room->moved[room->n++] = g;
            if (put_copy(state, wanted))
                return true;
            if (pass == 0) {
                state_put(state, room->before[g]);
                room->before[g] = NULL;
                room->n--;
            }
        }
    return false;
}

/* New dates near the old ones, which some of those taken out may even have back. */
static bool plan_again(Room *room, int g) {
    static const int reaches[] = {0, 3, 10, 20, 40, 80};
    if (put_copy(room->state, room->before[g]))
        return true;
    Insertion insertion = {.nodes = NODES, .cutoff = COST_INFINITE, .near = room->before};
    for (size_t i = 0; i < G_N_ELEMENTS(reaches); i++) {
        insertion.reach = reaches[i];
        if (state_insert(room->state, room->seeker, g, &insertion))
            return true;
    }
    insertion.near = NULL;
    return state_insert(room->state, room->seeker, g, &insertion);
}

bool room_make(State *state, Seeker *seeker, Itinerary *wanted, const bool *movable) {
    Room room = {.state = state,
                 .seeker = seeker,
                 .movable = movable,
                 .before = g_new0(Itinerary *, state->problem->n_households + 1)};
    bool good = put_by_force(&room, wanted);
    /* The last one taken out is the one most in the way: the others may go back where they were. */
    for (int i = 0; i < room.n && good; i++)
        good = plan_again(&room, room.moved[i]);
    good = good && state_is_sound(state);
    for (int i = 0; i < room.n; i++)
        g_free(room.before[room.moved[i]]);
    g_free(room.before);
    g_free(wanted);
    return good;
}
