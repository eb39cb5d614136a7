/*
 * review.h: what there is to say of this week's plan: promises that it breaks and what to offer
 * instead, changes since last week's plan and their causes.
 */
#ifndef PILOTE_REVIEW_H
#define PILOTE_REVIEW_H

#include "solver/changes.h"
#include "solver/search/offers.h"

/* A confirmed task whose date or member the plan does not keep. */
typedef struct BrokenPromise {
    int household, task;
    const char *rule;   /* what the confirmed date would break, or why the household is unplanned, a
                           sentence; NULL: nothing by itself */
    const Cause *cause; /* of the change since last week; NULL when there is none */
    int n_offers;
    Offer offers[MAX_OFFERS]; /* other dates, the plan's own first */
} BrokenPromise;

typedef struct Review {
    Arena *arena;
    Weeks weeks; /* weeks.previous is NULL when there is no last week's plan; then no changes */
    Differences *differences; /* of the inputs; NULL when they are not known */
    Changes changes;          /* with their causes */
    int n_broken;
    BrokenPromise *broken; /* the soonest first */
} Review;

/* Reviews weeks->plan, a plan that keeps all rules. What `weeks` names must outlive the review.
 * Free it with review_free(). */
Review *review_new(const Weeks *weeks);

void review_free(Review *review); /* NULL is allowed */

#endif
