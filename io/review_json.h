/* review_json.h: a review for programs; the keys are those of docs/outputs.md. */
#ifndef PILOTE_REVIEW_JSON_H
#define PILOTE_REVIEW_JSON_H

#include <cjson/cJSON.h>

#include "io/call_list.h"

/* Confirmed dates that are not kept, each with `why`, `cause` and `offers`. The caller owns it. */
cJSON *review_broken_json(const Review *review);

/* The changes since last week. The caller owns it. */
cJSON *review_changes_json(const Review *review);

/* Whom to call this week, about what. The caller owns it. */
cJSON *review_calls_json(const Review *review, CallScope scope);

/* The whole of `pilote diff --json`, one line; to be freed with g_free(). */
char *review_json(const Review *review);

#endif
