/*
 * caldav_http.h: requests to a server, and their answers.
 *
 * Certificates are always checked. The password goes to the server that was named and nowhere else:
 * never over an unencrypted connection to another machine, and never to where an answer redirects.
 */
#ifndef PILOTE_CALDAV_HTTP_H
#define PILOTE_CALDAV_HTTP_H

#include <glib.h>
#include <stdbool.h>

typedef struct CaldavLogin {
    const char *url; /* of the calendar */
    const char *user, *password;
    const char *ca_file; /* certificates that are trusted instead of the machine's; or NULL */
} CaldavLogin;

typedef struct HttpAnswer {
    long status;     /* 0: there was no answer */
    GString *body;   /* never NULL */
    char *etag;      /* or NULL */
    char *location;  /* where the server says the thing is; or NULL */
    int retry_after; /* seconds; -1: not said */
    /* There was no answer: why, translated; and whether the request may have reached the server all
     * the same, and whether trying again may help. */
    char *trouble;
    bool perhaps_done, temporary;
} HttpAnswer;

typedef struct HttpRequest {
    const char *method, *url;
    const char *headers[4]; /* NULL-terminated: `If-Match: "x"` */
    const char *body;       /* or NULL */
} HttpRequest;

typedef struct Http Http;

/* Returns NULL with a translated sentence in *error (free it with g_free()) for an address that
 * cannot be used. `login` outlives it. Free with http_close(). */
Http *http_open(const CaldavLogin *login, char **error);
void http_close(Http *http); /* NULL is allowed */

/* Sends the request once. Clear the answer with http_answer_clear(). */
void http_send(Http *http, const HttpRequest *request, HttpAnswer *answer);

void http_answer_clear(HttpAnswer *answer);

/* Waits before attempt `attempt` (from 1) is repeated: half a second and then twice as long each
 * time, or as long as the answer asks for. Returns false, without waiting, when that is too long or
 * there were enough attempts. */
bool http_wait(const HttpAnswer *answer, int attempt);

#endif
