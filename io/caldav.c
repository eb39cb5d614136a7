#include "io/caldav.h"

#include <string.h>

#include "io/caldav_xml.h"
#include "io/ics_read.h"
#include "solver/language.h"

struct Caldav {
    Http *http;
    GTimeZone *zone;
    char *base; /* address of the calendar, with a slash at its end */
    char *error;
};

/* What one try of a request, and of looking what became of it, has come to. */
typedef enum Step { STEP_DONE, STEP_OTHER, STEP_FAILED, STEP_AGAIN } Step;

Caldav *caldav_open(const CaldavLogin *login, GTimeZone *zone, char **error) {
    Http *http = http_open(login, error);
    if (http == NULL)
        return NULL;
    Caldav *caldav = g_new0(Caldav, 1);
    caldav->http = http;
    caldav->zone = zone;
    caldav->base = g_strconcat(login->url, g_str_has_suffix(login->url, "/") ? "" : "/", NULL);
    return caldav;
}

void caldav_close(Caldav *caldav) {
    if (caldav == NULL)
        return;
    http_close(caldav->http);
    g_free(caldav->base);
    g_free(caldav->error);
    g_free(caldav);
}

const char *caldav_error(const Caldav *caldav) {
    return caldav->error;
}

/* Keeps the reason why an answer is of no use. Takes nothing over. */
static Step fail(Caldav *caldav, const HttpAnswer *answer) {
    g_free(caldav->error);
    switch (answer->status) {
    case 0:
        caldav->error = g_strdup(answer->trouble);
        break;
    case 301:
    case 302:
    case 307:
    case 308:
        caldav->error = g_strdup_printf(_("the calendar has moved; its address is now '%s'"),
                                        answer->location != NULL ? answer->location : "?");
        break;
    case 401:
        caldav->error = g_strdup(_("the server does not accept the user and the password"));
        break;
    case 403:
    case 405:
        caldav->error = g_strdup(_("the server does not allow this user to change the calendar"));
        break;
    case 404:
    case 410:
        caldav->error = g_strdup(_("there is no calendar at this address"));
        break;
    case 413:
    case 507:
        caldav->error = g_strdup(_("the server has no room left for the calendar"));
        break;
    case 429:
    case 503:
        caldav->error = g_strdup(_("the server is busy; try again later"));
        break;
    default:
        caldav->error = g_strdup_printf(_("the server answered with the code %ld"), answer->status);
    }
    return STEP_FAILED;
}

static bool is_success(const HttpAnswer *answer) {
    return answer->status >= 200 && answer->status < 300;
}

/* The server says that it did nothing, for now. */
static bool is_refused_for_now(const HttpAnswer *answer) {
    return answer->status == 429 || answer->status == 503 ||
           (answer->status == 0 && answer->temporary && !answer->perhaps_done);
}

/* Nobody knows whether the server did it. */
static bool is_unknown(const HttpAnswer *answer) {
    return answer->status == 500 || answer->status == 502 || answer->status == 504 ||
           (answer->status == 0 && answer->perhaps_done);
}

/* The resource is not as it was seen, or the event is in the calendar under another name. */
static bool is_conflict(const HttpAnswer *answer, const char *etag) {
    return answer->status == 412 || answer->status == 409 ||
           (answer->status == 404 && etag != NULL) ||
           (answer->status == 403 && strstr(answer->body->str, "no-uid-conflict") != NULL);
}

static CaldavResult result_of(Step step) {
    return step == STEP_DONE ? CALDAV_DONE : step == STEP_OTHER ? CALDAV_OTHER : CALDAV_FAILED;
}

/* Sends a request that changes nothing until there is an answer. Returns false, with the reason
 * kept, when there is none. The answer is to be cleared in both cases. */
static bool ask(Caldav *caldav, const HttpRequest *request, HttpAnswer *answer) {
    for (int attempt = 1;; attempt++) {
        http_send(caldav->http, request, answer);
        if (!is_refused_for_now(answer) && !is_unknown(answer))
            return true;
        if (!http_wait(answer, attempt)) {
            fail(caldav, answer);
            return false;
        }
        http_answer_clear(answer);
    }
}

static char *address_of(const Caldav *caldav, const char *uid) {
    return g_strconcat(caldav->base, uid, ".ics", NULL);
}

CaldavResult caldav_list(Caldav *caldav, GHashTable **etags) {
    static const char body[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                               "<propfind xmlns=\"DAV:\"><prop><resourcetype/><getetag/></prop>"
                               "</propfind>\n";
    const HttpRequest request = {"PROPFIND",
                                 caldav->base,
                                 {"Depth: 1", "Content-Type: application/xml; charset=utf-8"},
                                 body};
    HttpAnswer answer;
    CaldavListing listing = {false, NULL};
    *etags = NULL;
    if (ask(caldav, &request, &answer)) {
        if (answer.status != 207)
            fail(caldav, &answer);
        else if (!caldav_listing_read(answer.body->str, answer.body->len, &listing) ||
                 !listing.calendar)
            caldav->error = g_strdup(_("there is something at this address, but no calendar"));
        else
            *etags = g_hash_table_ref(listing.etags);
    }
    caldav_listing_clear(&listing);
    http_answer_clear(&answer);
    return *etags != NULL ? CALDAV_DONE : CALDAV_FAILED;
}

CaldavResult caldav_get(Caldav *caldav, const char *uid, GString **bytes, char **etag) {
    char *url = address_of(caldav, uid);
    const HttpRequest request = {"GET", url, {NULL}, NULL};
    HttpAnswer answer;
    Step step = STEP_FAILED;
    *bytes = NULL;
    *etag = NULL;
    if (ask(caldav, &request, &answer)) {
        if (answer.status == 404 || answer.status == 410) {
            step = STEP_OTHER;
        } else if (is_success(&answer) && answer.etag != NULL) {
            step = STEP_DONE;
            *bytes = g_steal_pointer(&answer.body);
            *etag = g_steal_pointer(&answer.etag);
        } else {
            fail(caldav, &answer);
        }
    }
    http_answer_clear(&answer);
    g_free(url);
    return result_of(step);
}

/* Some servers leave out properties that they do not know; of a new event the start will do. */
static bool is_as_sent(const IcsEntry *entry, const char *mark, const char *etag) {
    if (entry->cancelled || entry->start[0] == '\0' || !g_str_has_prefix(mark, entry->start))
        return false;
    return entry->mark != NULL ? g_str_equal(entry->mark, mark) : etag == NULL;
}

/* Looks whether an event with this mark is there now (`mark` NULL: none at all), or still what was
 * there before. */
static Step look(Caldav *caldav, const char *uid, const char *mark, const char *etag,
                 char **new_etag) {
    GString *bytes;
    char *seen;
    CaldavResult result = caldav_get(caldav, uid, &bytes, &seen);
    if (result == CALDAV_FAILED)
        return STEP_FAILED;
    IcsEntry entry = {.mark = NULL};
    Step step = STEP_OTHER;
    if (result == CALDAV_OTHER)
        step = mark == NULL ? STEP_DONE : etag == NULL ? STEP_AGAIN : STEP_OTHER;
    else if (mark != NULL && ics_read(bytes->str, uid, caldav->zone, &entry) &&
             is_as_sent(&entry, mark, etag))
        step = STEP_DONE;
    else if (etag != NULL && g_str_equal(etag, seen))
        step = STEP_AGAIN;
    if (step == STEP_DONE && new_etag != NULL)
        *new_etag = g_steal_pointer(&seen);
    ics_entry_clear(&entry);
    if (bytes != NULL)
        g_string_free(bytes, TRUE);
    g_free(seen);
    return step;
}

/* Looks whether the event with this mark is there; it is not sent again. */
static Step look_again(Caldav *caldav, const char *uid, const char *mark, char **new_etag) {
    Step step = look(caldav, uid, mark, NULL, new_etag);
    return step == STEP_AGAIN ? STEP_OTHER : step;
}

/* Sends a request that changes something; see look() for the last three. */
static CaldavResult change(Caldav *caldav, const HttpRequest *request, const char *uid,
                           const char *mark, const char *etag, char **new_etag) {
    Step step = STEP_AGAIN;
    for (int attempt = 1; step == STEP_AGAIN; attempt++) {
        HttpAnswer answer;
        http_send(caldav->http, request, &answer);
        if (is_success(&answer)) {
            step = STEP_DONE;
            if (new_etag != NULL)
                *new_etag = g_steal_pointer(&answer.etag);
            /* A server that changed what it was given does not say how it is seen now. */
            if (new_etag != NULL && *new_etag == NULL)
                step = look_again(caldav, uid, mark, new_etag);
        } else if (mark == NULL && (answer.status == 404 || answer.status == 410)) {
            step = STEP_DONE;
        } else if (is_conflict(&answer, etag)) {
            /* libcurl sends again by itself what an old connection has swallowed; then the conflict
             * is with ourselves. */
            step = mark != NULL ? look_again(caldav, uid, mark, new_etag) : STEP_OTHER;
        } else if (is_refused_for_now(&answer) || is_unknown(&answer)) {
            bool unknown = is_unknown(&answer);
            if (!http_wait(&answer, attempt))
                step = fail(caldav, &answer);
            else if (unknown)
                step = look(caldav, uid, mark, etag, new_etag);
        } else {
            step = fail(caldav, &answer);
        }
        http_answer_clear(&answer);
    }
    return result_of(step);
}

static char *condition(const char *etag) {
    return etag == NULL ? g_strdup("If-None-Match: *") : g_strconcat("If-Match: ", etag, NULL);
}

CaldavResult caldav_put(Caldav *caldav, const char *uid, const char *bytes, const char *mark,
                        const char *etag, char **new_etag) {
    char *url = address_of(caldav, uid), *header = condition(etag);
    const HttpRequest request = {
        "PUT", url, {header, "Content-Type: text/calendar; charset=utf-8"}, bytes};
    *new_etag = NULL;
    CaldavResult result = change(caldav, &request, uid, mark, etag, new_etag);
    g_free(header);
    g_free(url);
    return result;
}

CaldavResult caldav_delete(Caldav *caldav, const char *uid, const char *etag) {
    char *url = address_of(caldav, uid), *header = condition(etag);
    const HttpRequest request = {"DELETE", url, {header}, NULL};
    CaldavResult result = change(caldav, &request, uid, NULL, etag, NULL);
    g_free(header);
    g_free(url);
    return result;
}
