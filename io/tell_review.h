/* tell_review.h: broken promises and calls, as people read them. All append to `text`. */
#ifndef PILOTE_TELL_REVIEW_H
#define PILOTE_TELL_REVIEW_H

#include "io/call_list.h"

/* What the plan makes of a promise that it breaks: `Tue 2026-09-08 10:00: now ...`. */
void tell_outcome(GString *text, const Review *review, const BrokenPromise *promise);

/* `why: ...`: the rule that the promised date would break, and the cause. */
void tell_why(GString *text, const Review *review, const BrokenPromise *promise);

/* `to offer: ...`, or that there is nothing. */
void tell_offers(GString *text, const Operation *op, const BrokenPromise *promise);

/* What the tenant is to hear of one task: `Technical visit: announce Tue 2026-09-08 10:00`. */
void tell_topic(GString *text, const Operation *op, const Call *call, const CallItem *item);

/* Whether two causes are the same and need to be told only once. */
bool same_cause(const Cause *a, const Cause *b);

#endif
