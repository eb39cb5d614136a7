/* review_text.h: a review in words, for the terminal. */
#ifndef PILOTE_REVIEW_TEXT_H
#define PILOTE_REVIEW_TEXT_H

#include <glib.h>

#include "io/call_list.h"

/* Appends the confirmed dates that cannot be kept, with why and what to offer; nothing when there
 * are none. */
void review_append_broken(GString *out, const Review *review);

/* Appends the changes since last week, at most `most` households; nothing without a plan of last
 * week. */
void review_append_changes(GString *out, const Review *review, int most);

/* Appends whom to call this week, about what. */
void review_append_calls(GString *out, const Review *review, CallScope scope);

/* The whole of `pilote diff`: 80 columns, in the language of messages. To be freed with g_free().
 */
char *review_text(const Review *review);

#endif
