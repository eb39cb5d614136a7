/*
 * publish.h: a calendar on a server is made equal to a plan, as far as nobody has decided otherwise
 * there.
 *
 * For each event there are three: as it was sent last (noted in the state, or else on the event
 * itself), as it is in the calendar, and as the plan has it now. What differs from what was sent in
 * the calendar alone was decided by somebody who works with that calendar: it is not overwritten
 * but told as a proposal. What differs in the plan alone is sent. Events that pilote did not make
 * are never touched.
 */
#ifndef PILOTE_PUBLISH_H
#define PILOTE_PUBLISH_H

#include "io/caldav.h"
#include "io/ics.h"

typedef enum PublishKind { PUBLISH_NEW, PUBLISH_CHANGED, PUBLISH_DELETED } PublishKind;

typedef struct PublishChange {
    PublishKind kind;
    const Event *event; /* NULL: one that the plan does not know any more */
} PublishChange;

typedef enum ProposalKind {
    PROPOSAL_MOVED,
    PROPOSAL_CANCELLED, /* or deleted */
    PROPOSAL_UNCLEAR    /* it was changed in a way that cannot be understood */
} ProposalKind;

/* What somebody decided in the calendar. */
typedef struct Proposal {
    ProposalKind kind;
    const Event *event;
    date_t date;     /* PROPOSAL_MOVED: the new start, on the wall */
    minute_t minute; /* MINUTE_NONE for days */
} Proposal;

typedef struct Publication {
    GArray *changes;   /* PublishChange: made, or when nothing may change those that would be */
    GArray *proposals; /* Proposal, in the plan's order */
    int unchanged;
    int unsettled; /* events that changed in the calendar while we looked, and were left alone */
} Publication;

typedef struct Publisher {
    const IcsWriter *writer;
    Caldav *caldav;
    GHashTable *sent; /* of the calendar, see io/caldav_state.h; follows what is done */
    bool look_only;   /* change nothing, neither in the calendar nor in `sent` */
} Publisher;

/* Returns false with a translated sentence in *error (free it with g_free()) when it could not be
 * done to the end; `publication` and `sent` tell how far it came. Free it with
 * publication_clear() in both cases. */
bool publish(const Publisher *publisher, Publication *publication, char **error);

void publication_clear(Publication *publication);

#endif
