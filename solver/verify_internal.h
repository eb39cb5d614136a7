/*
 * verify_internal.h: what the parts of the verifier share.
 *
 * verify_reading.c makes of the plan and of progress.csv one list of dated tasks, whose dates can
 * be trusted to be dates; everything after it judges that list only. Nothing here is known to the
 * search, and nothing of the search is known here.
 */
#ifndef PILOTE_VERIFY_INTERNAL_H
#define PILOTE_VERIFY_INTERNAL_H

#include "solver/verify.h"

#include <glib.h>

/* Inside a comparison for sorting: returns when x and y differ. */
#define COMPARE(x, y)                                                                              \
    do {                                                                                           \
        if ((x) != (y)) {                                                                          \
            return (x) < (y) ? -1 : 1;                                                             \
        }                                                                                          \
    } while (0)

typedef struct Roster Roster;

/* One task as it is judged: a fact as progress.csv has it, any other as the plan has it. */
typedef struct Dated {
    bool dated;           /* all that follows is set; dates lie in the years 1900 to 2999 */
    bool fact;            /* done or started */
    bool started;         /* of a fact: not done, uses its resources */
    date_t start, finish; /* both included */
    minute_t from, to;    /* of an appointment; MINUTE_NONE when not known (facts only) */
} Dated;

typedef struct Judge {
    const Operation *op;
    const Plan *plan, *previous; /* previous may be NULL */
    Verdict *verdict;
    GArray *violations; /* Violation */
    Roster *roster;
    Dated **tasks; /* [h][a] */
    int **settled; /* [h][role]: the member by households.csv and facts, or NONE */
    int **members; /* [h][role]: the plan's member where it is one of that role, or NONE */
    int *homes;    /* [h]: where it stays; a household that has moved out as progress.csv says */
    const AvailabilityRow **tenant_rows; /* sorted by household */
    int *tenant_first;                   /* n_households + 1: where each household's rows begin */
} Judge;

/* Adds a violation. `household` may be NONE. The format is translated already. */
void complain(Judge *judge, const char *constraint, int household, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same about task a of household h, which are named before the text. */
void complain_task(Judge *judge, const char *constraint, int h, int a, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Texts for messages, in the verdict's arena. A date that cannot be written is clipped. */
const char *say_date(Judge *judge, int64_t date);
const char *say_moment(Judge *judge, date_t date, minute_t minute);
const char *say_time(Judge *judge, minute_t minute);
const char *say_amount(Judge *judge, milli_t amount);

/* ---- Who works, and when tenants are there (verify_calendar.c) ----------------------------- */

Roster *roster_new(Arena *arena, const Operation *op);

/* Units that crew or volume member r has on a date; 0 when closed or outside the horizon. */
milli_t roster_capacity(const Roster *roster, int r, date_t date);

/* People that clock member r has in slot s of a date; 0 when closed or outside the horizon. */
int roster_people(const Roster *roster, int r, date_t date, int s);

/* True when member r works on the date, whatever its measure. */
bool roster_works(const Roster *roster, int r, date_t date);

/* Sorts the rows of availability.csv into judge->tenant_rows. */
void sort_tenant_rows(Judge *judge);

/* True when the household has a row of that kind. */
bool tenant_has(const Judge *judge, int h, AvailabilityKind kind);

/* True when from..to lies inside one window of the tenant: available or preferred rows of the date,
 * or preferred ones alone; those that touch or overlap are one. */
bool tenant_receives(const Judge *judge, int h, date_t date, minute_t from, minute_t to,
                     bool preferred);

/* True when an absence of the tenant overlaps from..to on the date. */
bool tenant_is_absent(const Judge *judge, int h, date_t date, minute_t from, minute_t to);

/* The slot in which the minute lies, or NONE. */
int slot_at(const Operation *op, minute_t minute);

/* ---- Reading (verify_reading.c) ------------------------------------------------------------ */

/* Fills tasks, settled, members and homes. Complains of plans that are no plan, C8 and C12. */
void read_plan(Judge *judge);

/* The member of a role that does task a of household h, or NONE when nobody knows. */
int member_of(const Judge *judge, int h, int a, int role);

/* The days on which works can be done: all members that it needs work. In the horizon only. */
bool works_can_be_done(const Judge *judge, int h, int a, date_t date);

/* The amount of needs[i]'s role in all of the task; false when an earlier need has the same role
 * and has told it. */
bool amount_of_role(const Operation *op, int h, const Task *task, int i, milli_t *amount);

/* ---- Judging ------------------------------------------------------------------------------- */

/* C1, C2, C3, C5, C10: what concerns one household alone (verify_tasks.c). */
void judge_tasks(Judge *judge);

/* C4, C6: members that households share (verify_shared.c). */
void judge_crews(Judge *judge);
void judge_clocks(Judge *judge);

/* A clock member's date with an appointment in a late slot. */
typedef struct Evening {
    int resource;
    date_t date;
    bool fact;    /* an appointment done or started takes it */
    bool counted; /* an appointment of a planned household takes it */
} Evening;

/* All of them, each once, sorted by resource and date. Free with g_array_free(). */
GArray *evenings_of(const Judge *judge);

/* C7. */
void judge_evenings(Judge *judge, const GArray *evenings);

/* C9, C11: homes and stocks (verify_stock.c). */
void judge_homes(Judge *judge);
void judge_items(Judge *judge);

/* Fills total, parts, nights, n_planned and n_evenings of the verdict (verify_objective.c). */
void count_objective(Judge *judge, const GArray *evenings);

/* Compares what the plan says of its costs with the verdict. */
void judge_told(Judge *judge);

#endif
