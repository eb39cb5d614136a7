/* master_internal.h: what master.c (columns, rows, solving) and master_branch.c share. */
#ifndef PILOTE_MASTER_INTERNAL_H
#define PILOTE_MASTER_INTERNAL_H

#include "solver/master.h"

#include <glib.h>
#include <glpk.h>

/* One itinerary in the pool. */
typedef struct Entry {
    Itinerary *itinerary;
    Column column;
    int position; /* its column in the program */
    int idle;     /* relaxations in a row in which its reduced cost was high */
    bool fits;    /* into the branch at hand */
} Entry;

/* A use of a row by a column of the pool. */
typedef struct Use {
    int entry;
    double amount;
} Use;

struct Master {
    const Rows *rows;
    const Links *links; /* or NULL: none */
    int n;              /* rows, links included */
    bool eased;         /* see master_set_eased() */
    int steps;          /* of the simplex method, before it was made anew */
    int age;            /* times that master_clean() made it anew */
    /* The branch at hand, or NULL: see master_restrict(). */
    bool (*fits)(const void *context, const Itinerary *itinerary);
    const void *context;
    glp_prob *lp;
    GPtrArray *pool;
    GHashTable *known; /* itineraries by what they are */
    GArray **uses;     /* per row: its uses, NULL for none */
    int *row_position; /* per row: its row in the program, 0 when it has not entered */
    uint8_t *slack;    /* per row: relaxations in a row that left it slack */
    GArray *labels; /* of the program's rows after the households': the row, or ~cell of a week */
    int *unplanned; /* per household: the column of staying unplanned */
    int *evening;   /* [r * n_days + d]: the evening's column, or 0 */
    int *week_position; /* [r * n_weeks + w]: the week's row, or 0 */
    Column *held;       /* per household: what it uses while unplanned */
    bool branched;      /* columns have been fixed since the last relaxation */
    double *usage;      /* n: of the solution at hand */
};

/* By how much a row or link is wider than it should be. */
double master_ease_of(const Master *master, int row);

/* Makes a row or link a row of the program. */
void master_enter_row(Master *master, int row);

#endif
