/*
 * alteration.h: what may turn out otherwise than the files say: a delivery slips, a crew fails, a
 * home is lost.
 *
 * An alteration changes one thing of an operation; a scenario is some of them, one after the other.
 * They never change what an index stands for: who leaves or is lost stays in its place, who joins
 * comes behind the others, and so does what is left of a home that is lost over a period, under the
 * same id. So plans of the operation can be carried over (see altered_plan()).
 */
#ifndef PILOTE_ALTERATION_H
#define PILOTE_ALTERATION_H

#include "solver/plan.h"

typedef enum AlterationKind {
    ALTER_DELIVERY_SLIP,     /* delivery `subject` comes `number` days later (sooner when < 0) */
    ALTER_DELIVERY_DATE,     /* ... comes on `from` */
    ALTER_DELIVERY_QUANTITY, /* ... brings `number` thousandths of a piece; 0: never comes */
    ALTER_CAPACITY,          /* resource `subject` has `number` thousandths of a unit */
    ALTER_CAPACITY_BY,       /* ... has `number` thousandths more (less when < 0) */
    ALTER_WEEKDAYS,          /* ... works on `weekdays` */
    ALTER_SLOTS,             /* ... works in `slots` (clock members) */
    ALTER_CLOSED,            /* ... does not work */
    ALTER_EVENINGS,          /* ... works late on `number` dates a week, or NO_LIMIT */
    ALTER_EVENINGS_BY,       /* ... works late on `number` dates a week more */
    ALTER_ABSENT,            /* household `subject` is absent */
    ALTER_LEAVES,            /* ... leaves the operation; what it used is used */
    ALTER_JOINS,             /* a household `joining` joins, with the hours of `subject` or NONE */
    ALTER_DEADLINE,          /* household `subject` is to be finished by `from` (or DATE_NONE) */
    ALTER_MAX_NIGHTS,        /* ... is to be away `number` nights at most, or NO_LIMIT */
    ALTER_HOME_LOST, /* home `subject` cannot be used from `from` on, to `until` or for good */
    ALTER_HOME_WON,  /* there is one more home, `home` */
    ALTER_DURATION,  /* task `task` of package `subject` lasts `number` days or minutes */
    ALTER_DURATION_HOUSEHOLD, /* the same for household `subject` alone */
    ALTER_WEIGHT,             /* Part `subject` of the objective weighs `number` */
    ALTER_HORIZON             /* the horizon is `from` to `until` */
} AlterationKind;

typedef struct Alteration {
    AlterationKind kind;
    int subject, task;
    int64_t number;
    /* A period, both days included. Of a resource: DATE_NONE is the horizon's end on that side, and
     * both DATE_NONE change what it does on ordinary days, where calendar.csv says nothing. */
    date_t from, until;
    bool weekdays[7];
    uint32_t slots;
    const Household *joining; /* its facts are ignored */
    const Home *home;
} Alteration;

/* An alteration of this kind and subject, with no task and no dates. */
Alteration alteration_of(AlterationKind kind, int subject);

/* Whether the alteration only takes away: every plan that it allows was allowed, and cost the same.
 */
bool alteration_takes(const Operation *base, const Alteration *alteration);

/* The household that the alteration is about, or NONE. */
int alteration_household(const Alteration *alteration);

/* What may happen, with a name for people. Belongs to whoever made it. */
typedef struct Scenario {
    const char *name;
    int n;
    const Alteration *alterations;
} Scenario;

/*
 * A copy of `base` in `arena` with the alterations, applied in their order. Everything that they do
 * not touch is shared with `base`, which must outlive it. Indices must be those of `base` (a
 * household or home that joins can be named by the ones that follow). Values are taken as they are:
 * whoever reads them checks them.
 */
Operation *operation_altered(const Operation *base, const Alteration *alterations, int n,
                             Arena *arena);

/* `plan`, a plan of the operation that `altered` was made from, as a plan of `altered`, in `arena`:
 * who has joined is unplanned, who has left keeps what was done. Its figures are not counted anew;
 * whether it keeps the rules is verify_plan()'s question. */
Plan *altered_plan(const Operation *altered, const Operation *base, const Plan *plan, Arena *arena);

#endif
