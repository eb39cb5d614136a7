#include "io/publish.h"

#include <string.h>

#include "io/caldav_state.h"
#include "io/ics_read.h"
#include "io/uuid.h"
#include "solver/language.h"

/* With so many events sent and none of them there, the calendar is another one. */
enum { MANY = 5 };

typedef struct Publishing {
    const Publisher *publisher;
    GHashTable *there; /* name of a resource to its ETag */
    Publication *publication;
    char **error;
} Publishing;

/* One event in its three states. */
typedef struct Item {
    const char *uid;
    const Event *event;    /* NULL: the plan does not know it */
    bool wanted;           /* it is to be in the calendar */
    char *hash, *mark;     /* of what is to be in the calendar */
    IcsSpan span;          /* the same */
    const SentEvent *sent; /* or NULL */
    const char *seen;      /* its ETag in the calendar; NULL: it is not there */
} Item;

static char *hash_of(const IcsWriter *writer, const Event *event) {
    GString *text = g_string_new(NULL);
    ics_event(writer, event, false, NULL, text);
    char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
    hash[32] = '\0';
    g_string_free(text, TRUE);
    return hash;
}

static char *bytes_of(const IcsWriter *writer, const Item *item) {
    GString *out = g_string_new(NULL);
    char *mark = g_strconcat(ICS_MARK ":", item->mark, NULL);
    ics_begin(writer, NULL, out);
    ics_event(writer, item->event, true, mark, out);
    ics_end(out);
    g_free(mark);
    return g_string_free(out, FALSE);
}

static void note_change(const Publishing *publishing, PublishKind kind, const Item *item) {
    const PublishChange change = {kind, item->event};
    g_array_append_val(publishing->publication->changes, change);
}

static void remember(const Publishing *publishing, const Item *item, const char *etag) {
    if (!publishing->publisher->look_only)
        caldav_state_set(publishing->publisher->sent, item->uid, etag, item->span.start,
                         item->hash);
}

static void forget(const Publishing *publishing, const Item *item) {
    if (!publishing->publisher->look_only)
        caldav_state_set(publishing->publisher->sent, item->uid, NULL, NULL, NULL);
}

/* What a request came to; `done`: it was done. Returns false when nothing else can be done. */
static bool conclude(const Publishing *publishing, CaldavResult result, bool *done) {
    *done = result == CALDAV_DONE;
    if (result == CALDAV_OTHER)
        publishing->publication->unsettled++;
    if (result == CALDAV_FAILED)
        *publishing->error = g_strdup(caldav_error(publishing->publisher->caldav));
    return result != CALDAV_FAILED;
}

/* Writes the event, over the one that was seen with this ETag. */
static bool put(const Publishing *publishing, const Item *item, const char *etag) {
    const Publisher *publisher = publishing->publisher;
    bool done = true, good = true;
    if (!publisher->look_only) {
        char *bytes = bytes_of(publisher->writer, item), *new_etag = NULL;
        CaldavResult result =
            caldav_put(publisher->caldav, item->uid, bytes, item->mark, etag, &new_etag);
        good = conclude(publishing, result, &done);
        if (done)
            remember(publishing, item, new_etag);
        g_free(new_etag);
        g_free(bytes);
    }
    if (done)
        note_change(publishing, etag == NULL ? PUBLISH_NEW : PUBLISH_CHANGED, item);
    return good;
}

static bool delete (const Publishing *publishing, const Item *item, const char *etag) {
    const Publisher *publisher = publishing->publisher;
    bool done = true, good = true;
    if (!publisher->look_only)
        good = conclude(publishing, caldav_delete(publisher->caldav, item->uid, etag), &done);
    if (done) {
        forget(publishing, item);
        note_change(publishing, PUBLISH_DELETED, item);
    }
    return good;
}

/* Nobody has moved the event in the calendar, where it is as in `hash` (or a beginning of it). */
static bool settle(const Publishing *publishing, const Item *item, const char *etag,
                   const char *hash) {
    if (!item->wanted)
        return delete (publishing, item, etag);
    if (hash == NULL || hash[0] == '\0' || !g_str_has_prefix(item->hash, hash))
        return put(publishing, item, etag);
    remember(publishing, item, etag);
    publishing->publication->unchanged++;
    return true;
}

/* What has taken place is not a matter of proposals any more. */
static bool is_over(const Publishing *publishing, const Event *event) {
    return event->finish < publishing->publisher->writer->events->as_of ||
           event->status == STATUS_STARTED || event->status == STATUS_DONE;
}

static void propose(const Publishing *publishing, const Item *item, const IcsEntry *entry) {
    Proposal proposal = {
        .kind = PROPOSAL_CANCELLED, .event = item->event, .date = DATE_NONE, .minute = MINUTE_NONE};
    if (item->event == NULL) {
        publishing->publication->unsettled++;
        return;
    }
    if (is_over(publishing, item->event))
        return;
    if (entry != NULL && !entry->cancelled)
        proposal.kind = ics_wall_clock(entry->start, publishing->publisher->writer->zone,
                                       &proposal.date, &proposal.minute)
                            ? PROPOSAL_MOVED
                            : PROPOSAL_UNCLEAR;
    g_array_append_val(publishing->publication->proposals, proposal);
}

/* The event is in the calendar and was changed since it was sent, or nobody knows. */
static bool compare(const Publishing *publishing, const Item *item, const IcsEntry *entry,
                    const char *etag) {
    char **marks = g_strsplit(entry->mark != NULL ? entry->mark : "", "/", 2);
    bool marked = marks[0] != NULL && marks[1] != NULL;
    const char *start = item->sent != NULL ? item->sent->start : marked ? marks[0] : NULL;
    const char *hash = item->sent != NULL ? item->sent->hash : marked ? marks[1] : NULL;
    bool moved = entry->cancelled || start == NULL || !g_str_equal(start, entry->start);
    bool agreed = item->wanted && !entry->cancelled && g_str_equal(entry->start, item->span.start);
    /* It was this date that was cancelled, and the plan has another one by now. */
    bool past = entry->cancelled && item->wanted && start != NULL &&
                g_str_equal(start, entry->start) && !g_str_equal(start, item->span.start);
    bool good = true;
    if (!moved)
        good = settle(publishing, item, etag, hash);
    else if (agreed || past)
        good = settle(publishing, item, etag, NULL);
    else
        propose(publishing, item, entry);
    g_strfreev(marks);
    return good;
}

static bool look_closer(const Publishing *publishing, const Item *item) {
    const Publisher *publisher = publishing->publisher;
    GString *bytes;
    char *etag;
    bool done, good;
    good = conclude(publishing, caldav_get(publisher->caldav, item->uid, &bytes, &etag), &done);
    if (done) {
        IcsEntry entry;
        if (ics_read(bytes->str, item->uid, publisher->writer->zone, &entry))
            good = compare(publishing, item, &entry, etag);
        else
            propose(publishing, item, &(const IcsEntry){.mark = NULL});
        ics_entry_clear(&entry);
        g_string_free(bytes, TRUE);
    }
    g_free(etag);
    return good;
}

static bool handle(const Publishing *publishing, const Item *item) {
    if (item->seen != NULL) {
        if (item->sent != NULL && g_str_equal(item->sent->etag, item->seen))
            return settle(publishing, item, item->seen, item->sent->hash);
        return look_closer(publishing, item);
    }
    if (!item->wanted) {
        forget(publishing, item);
        return true;
    }
    /* Sent, and deleted by somebody; another date than that may stand there again. */
    if (item->sent != NULL && g_str_equal(item->sent->start, item->span.start)) {
        propose(publishing, item, NULL);
        return true;
    }
    return put(publishing, item, NULL);
}

static bool handle_event(const Publishing *publishing, const char *uid, const Event *event) {
    const Publisher *publisher = publishing->publisher;
    const IcsWriter *writer = publisher->writer;
    char *name = g_strconcat(uid, ".ics", NULL);
    Item item = {.uid = uid,
                 .event = event,
                 .wanted = event != NULL && event->state == EVENT_LIVE &&
                           audience_sees(writer->events, &writer->audience, event),
                 .sent = g_hash_table_lookup(publisher->sent, uid),
                 .seen = g_hash_table_lookup(publishing->there, name)};
    if (item.wanted) {
        item.hash = hash_of(writer, event);
        item.span = ics_span(writer, event);
        item.mark = g_strdup_printf("%s/%.16s", item.span.start, item.hash);
    }
    bool good = handle(publishing, &item);
    g_free(item.hash);
    g_free(item.mark);
    g_free(name);
    return good;
}

/* Handles those of the n events whose UIDs are not in `handled`, and adds them to it. */
static bool handle_events(const Publishing *publishing, const Event *events, int n,
                          GHashTable *handled) {
    for (int i = 0; i < n; i++) {
        char *uid = g_malloc(UUID_TEXT);
        event_uid(publishing->publisher->writer->events, &events[i], uid);
        if (g_hash_table_add(handled, uid) && !handle_event(publishing, uid, &events[i]))
            return false;
    }
    return true;
}

static bool handle_all(const Publishing *publishing) {
    const Events *events = publishing->publisher->writer->events;
    GHashTable *handled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool good = handle_events(publishing, events->live, events->n_live, handled) &&
                handle_events(publishing, events->past, events->n_past, handled);
    GList *uids = g_list_sort(g_hash_table_get_keys(publishing->publisher->sent),
                              (GCompareFunc)(void (*)(void))strcmp);
    for (const GList *uid = uids; good && uid != NULL; uid = uid->next)
        if (!g_hash_table_contains(handled, uid->data)) {
            char *copy = g_strdup(uid->data); /* the state may lose the key */
            good = handle_event(publishing, copy, NULL);
            g_free(copy);
        }
    g_list_free(uids);
    g_hash_table_destroy(handled);
    return good;
}

/* Whether many events were sent and all of them are gone. */
static bool is_another_calendar(const Publishing *publishing) {
    GHashTableIter iter;
    gpointer uid;
    g_hash_table_iter_init(&iter, publishing->publisher->sent);
    while (g_hash_table_iter_next(&iter, &uid, NULL)) {
        char *name = g_strconcat(uid, ".ics", NULL);
        bool there = g_hash_table_contains(publishing->there, name);
        g_free(name);
        if (there)
            return false;
    }
    return g_hash_table_size(publishing->publisher->sent) >= MANY;
}

bool publish(const Publisher *publisher, Publication *publication, char **error) {
    *publication = (Publication){.changes = g_array_new(FALSE, FALSE, sizeof(PublishChange)),
                                 .proposals = g_array_new(FALSE, FALSE, sizeof(Proposal))};
    *error = NULL;
    Publishing publishing = {publisher, NULL, publication, error};
    if (caldav_list(publisher->caldav, &publishing.there) == CALDAV_FAILED) {
        *error = g_strdup(caldav_error(publisher->caldav));
        return false;
    }
    bool good = !is_another_calendar(&publishing);
    if (good)
        good = handle_all(&publishing);
    else
        *error = g_strdup_printf(
            _("none of the %u events that were sent is in the calendar any more. If it was emptied "
              "on purpose and is to be filled again, remove the file %s next to the plan"),
            g_hash_table_size(publisher->sent), CALDAV_STATE_FILE);
    g_hash_table_destroy(publishing.there);
    return good;
}

void publication_clear(Publication *publication) {
    g_array_free(publication->changes, TRUE);
    g_array_free(publication->proposals, TRUE);
}
