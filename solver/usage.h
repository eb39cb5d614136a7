/*
 * usage.h: what is taken of everything that households share.
 *
 * A usage begins with the facts; itineraries are added and removed in any order. Not thread-safe;
 * every thread has its own. Indices as in problem.h; amounts are thousandths of the unit.
 */
#ifndef PILOTE_USAGE_H
#define PILOTE_USAGE_H

#include "solver/problem.h"

/* One task of an itinerary. */
typedef struct Dated {
    day_t start, finish; /* days since the horizon's start, both included */
    minute_t minute;     /* of an appointment's start; MINUTE_NONE until one is chosen */
    int slot;            /* of an appointment */
} Dated;

/* A column: one household's whole itinerary. One block of memory: free it with g_free(). */
typedef struct Itinerary {
    int household;
    int home_class; /* or NONE */
    cost_t cost;    /* all of its own parts; late evenings are shared and not in it */
    int n;          /* free tasks of the household */
    Dated *tasks;   /* n */
    int *members;   /* n_roles: the member that serves the household, or NONE */
} Itinerary;

Itinerary *itinerary_new(const Problem *problem, int h);
Itinerary *itinerary_copy(const Problem *problem, const Itinerary *itinerary);
/* A copy that leaves clock times open. */
Itinerary *itinerary_copy_open(const Problem *problem, const Itinerary *itinerary);
bool itinerary_equal(const Problem *problem, const Itinerary *a, const Itinerary *b);

/* Whether one household's dates may stand where another's are to be: the same member on the same
 * days, or a home of the same class. */
bool itinerary_may_block(const Problem *problem, const Itinerary *a, const Itinerary *b);

/* The cost of the itinerary's own parts (all but late evenings), cost units. */
cost_t itinerary_cost(const Problem *problem, const Itinerary *itinerary);

typedef struct Booking {
    int16_t start, end, people; /* minutes since midnight */
    int32_t household;
} Booking;

typedef struct BookingList {
    int n, room;
    Booking *items; /* sorted by start */
} BookingList;

typedef struct Usage {
    const Problem *problem;
    milli_t *left;         /* [r * n_days + d] capacity left of crews and volumes */
    BookingList *bookings; /* [r * n_days + d] */
    int16_t *late;         /* [n_late] late appointments; those of facts while their household is
                              planned, but for the household that pays (late_payer) */
    uint8_t *late_paid;    /* [n_late] the household that pays for a fact's evening is planned */
    int16_t *week_late;    /* [r * n_weeks + w] late evenings of the week, facts included */
    int32_t *home_left;    /* [c * n_days + d] homes free */
    int32_t *home_least;   /* the same: below 0 where facts alone take more than there are */
    milli_t *stock;        /* [pool * need_days + t] delivered less needed */
    milli_t *stock_least;  /* the same: the least of stock from t on */
    cost_t late_cost;      /* of all late evenings that no household's constant pays for */
} Usage;

/* A usage with the facts only; free it with usage_free(). */
Usage *usage_new(const Problem *problem);

/* The same but for homes that a return may still free: they are free. For bounds, and for what is
 * possible at all. */
Usage *usage_new_lasting(const Problem *problem);
void usage_free(Usage *usage);

/* Adds the itinerary, choosing the clock times that are still open (MINUTE_NONE) and setting its
 * cost. Returns NONE, or the free task k that does not fit; then nothing has changed but
 * times that were chosen. */
int usage_add(Usage *usage, Itinerary *itinerary);

/* Takes out an itinerary that was added. */
void usage_remove(Usage *usage, const Itinerary *itinerary);

/* True when no home is promised twice (it can be while a household that is away has no way back).
 */
bool usage_homes_hold(const Usage *usage, int h);

/* What an appointment asks of the clock. */
typedef struct ClockAsk {
    int h, k;
    day_t day;
    int slot;
    int n;                          /* members at once */
    int members[8], amounts[8];     /* resources and people of each */
    minute_t not_before, not_after; /* start at or after; finish at or before */
} ClockAsk;

/* The first minute at which the appointment can start: at `wish` if that is free (and not
 * MINUTE_NONE), else the first in a preferred window, else the first one; or MINUTE_NONE. */
minute_t usage_find_minute(const Usage *usage, const ClockAsk *ask, minute_t wish);

/* True when clock member r may work in late slots of day d: another evening is in his limit. */
static inline bool usage_late_allowed(const Usage *usage, int r, day_t d) {
    const Problem *problem = usage->problem;
    size_t cell = (size_t)r * problem->n_days + d;
    int most = problem->op->resources[r].max_late_per_week;
    return most == NO_LIMIT || usage->late[cell] > 0 || problem->late_fact[cell] ||
           usage->week_late[(size_t)r * problem->n_weeks + problem->week[d]] < most;
}

#endif
