/*
 * links.h: rows that say that a late appointment needs the whole evening.
 *
 *     link    set q, day d    late appointments of the set on that day    <= evening
 *
 * A set is tasks of one household that need the same clock group and never stand on one day, so
 * that at most one of them uses an evening. The clock rows alone (solver/rows.h) let an appointment
 * pay for its minutes only. Rows and links are one array of multipliers, the links behind the rows:
 * rows->n + q * n_days + d.
 */
#ifndef PILOTE_LINKS_H
#define PILOTE_LINKS_H

#include "solver/cheapest.h"
#include "solver/rows.h"

typedef struct Links {
    const Rows *rows;
    int n_sets;
    int n;           /* rows and links */
    int *group;      /* per set: the clock group */
    int *set;        /* [(first_task[h] + k) * clock groups + group]: NONE where there is no need */
    int *first_task; /* per household, among the free tasks of all; n_households + 1 long */
    double *share;   /* [q * n_days + d]: how much the set depends on the evening; 0: not at all */
} Links;

/* The rows are borrowed. Free with links_free(). */
Links *links_new(const Rows *rows);
void links_free(Links *links); /* NULL is allowed */

/* Adds what an itinerary takes of the links to its column. */
void links_column(const Links *links, const Itinerary *itinerary, Column *column);

/* What late appointments of household h cost at multiplier[n], which must stay while it is used. */
LatePrices links_prices(const Links *links, int h, const double *multiplier);

/* The cell r * n_days + d of the evening of a link (rows->n or more). */
int links_evening(const Links *links, int row);

/*
 * Raises links where an evening costs more than all of its rows pay for it. That costs the bound
 * nothing, as the evening is then still not worth its cost, but households see what an evening
 * costs that no row of the master program tells them of.
 */
void links_lift(const Links *links, double *multiplier);

/* Fills worth[clock group * n_days + d]: what the links say that one evening is worth. */
void links_worth(const Links *links, const double *multiplier, double *worth);

#endif
