/* offer.h: dates to offer, and who could use a freed one, for people and for programs. */
#ifndef PILOTE_OFFER_H
#define PILOTE_OFFER_H

#include <cjson/cJSON.h>
#include <glib.h>

#include "solver/search/freed.h"
#include "solver/search/offers.h"

/* The offers, in the order in which to make them; free with g_free(). `folder` is the operation's,
 * for the command that notes what is agreed. */
char *offers_text(const Standing *standing, const Wish *wish, const Offer *offers, int n,
                  const char *folder);

/* The same as a line of JSON. */
char *offers_json(const Standing *standing, const Wish *wish, const Offer *offers, int n);

/* Whom to call when the date of `slot` came free. */
char *freed_text(const Standing *standing, const FreedSlot *slot, const Freed *freed);
char *freed_json(const Standing *standing, const FreedSlot *slot, const Freed *freed);

/* The start of household h's last task that the plan dates, and its finish; DATE_NONE without any.
 */
date_t last_finish(const Operation *op, const Plan *plan, int h);

/* A list of the changes from one plan to another, of household h or (others) of all but h, as
 * {"household", "task", "then", "now"}; members and homes are left out. */
cJSON *changes_json(const Operation *op, const Plan *then, const Plan *now, int h, bool others);

#endif
