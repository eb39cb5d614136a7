#include "io/caldav_http.h"

#include <curl/curl.h>
#include <string.h>

#include "solver/language.h"

enum {
    CONNECT_SECONDS = 15,
    REQUEST_SECONDS = 60,
    MAX_BODY = 64 << 20,
    MAX_ATTEMPTS = 5,
    MAX_WAIT_SECONDS = 60,
    HALF_SECOND = 500 * 1000 /* microseconds */
};

struct Http {
    const CaldavLogin *login;
    CURL *curl;
    long auth; /* CURLAUTH_BASIC, or CURLAUTH_DIGEST when the server wants that */
};

static bool is_loopback(const char *host) {
    return g_str_equal(host, "localhost") || g_str_equal(host, "[::1]") ||
           g_str_has_prefix(host, "127.");
}

/* What is wrong with the address, or NULL. */
static char *check_url(const char *text) {
    CURLU *url = curl_url();
    char *scheme = NULL, *host = NULL, *user = NULL, *fault = NULL;
    if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        fault = g_strdup_printf(_("'%s' is no address of a calendar"), text);
    else if (curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_OK)
        fault = g_strdup(_("the address has a user in it; give it with --user"));
    else if (!g_str_equal(scheme, "https") && !g_str_equal(scheme, "http"))
        fault = g_strdup_printf(_("'%s' does not begin with https://"), text);
    else if (g_str_equal(scheme, "http") && !is_loopback(host))
        fault = g_strdup_printf(
            _("'%s' would carry the password unencrypted; use an address with https://"), text);
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    curl_url_cleanup(url);
    return fault;
}

static void set_options(CURL *curl, const CaldavLogin *login) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)REQUEST_SECONDS);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_USERNAME, login->user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, login->password);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "pilote/" PILOTE_VERSION);
    if (login->ca_file != NULL)
        curl_easy_setopt(curl, CURLOPT_CAINFO, login->ca_file);
}

Http *http_open(const CaldavLogin *login, char **error) {
    *error = check_url(login->url);
    if (*error != NULL)
        return NULL;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *curl = curl_easy_init();
    if (curl == NULL) {
        *error = g_strdup(_("no connection can be made"));
        return NULL;
    }
    set_options(curl, login);
    Http *http = g_new0(Http, 1);
    *http = (Http){login, curl, CURLAUTH_BASIC};
    return http;
}

void http_close(Http *http) {
    if (http == NULL)
        return;
    curl_easy_cleanup(http->curl);
    curl_global_cleanup();
    g_free(http);
}

static size_t take_body(char *bytes, size_t size, size_t count, void *data) {
    GString *body = data;
    if (body->len + size * count > MAX_BODY)
        return 0; /* ends the transfer */
    g_string_append_len(body, bytes, (gssize)(size * count));
    return size * count;
}

/* The value of the header line if it has this name; free with g_free(). */
static char *header_value(const char *line, size_t length, const char *name) {
    size_t n = strlen(name);
    if (length <= n || g_ascii_strncasecmp(line, name, n) != 0 || line[n] != ':')
        return NULL;
    return g_strstrip(g_strndup(line + n + 1, length - n - 1));
}

static size_t take_header(char *bytes, size_t size, size_t count, void *data) {
    HttpAnswer *answer = data;
    char *etag = header_value(bytes, size * count, "ETag");
    char *location = header_value(bytes, size * count, "Location");
    char *retry = header_value(bytes, size * count, "Retry-After");
    if (etag != NULL) {
        g_free(answer->etag);
        answer->etag = etag;
    }
    if (location != NULL) {
        g_free(answer->location);
        answer->location = location;
    }
    if (retry != NULL) {
        time_t when = g_ascii_isdigit(retry[0]) ? (time_t)-1 : curl_getdate(retry, NULL);
        if (g_ascii_isdigit(retry[0]))
            answer->retry_after = (int)MIN(g_ascii_strtoull(retry, NULL, 10), G_MAXINT);
        else if (when != (time_t)-1)
            answer->retry_after = (int)CLAMP(when - time(NULL), 0, G_MAXINT);
        g_free(retry);
    }
    return size * count;
}

/* Why there was no answer, and what that means for the request. */
static void explain(HttpAnswer *answer, CURLcode code, const char *detail) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        answer->trouble = g_strdup(_("there is no server of this name, or no network"));
        answer->temporary = true;
        return;
    case CURLE_COULDNT_CONNECT:
        answer->trouble = g_strdup(_("the server does not answer"));
        answer->temporary = true;
        return;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        answer->trouble = g_strdup_printf(
            _("the server's certificate is not to be trusted (%s); if it is one of your own, name "
              "its authority with --ca-file"),
            detail[0] != '\0' ? detail : curl_easy_strerror(code));
        return;
    default:
        answer->trouble = g_strdup_printf(_("the connection failed (%s)"),
                                          detail[0] != '\0' ? detail : curl_easy_strerror(code));
        answer->temporary = answer->perhaps_done = true;
    }
}

static struct curl_slist *header_list(const HttpRequest *request) {
    /* Without an answer to `Expect` every body would wait for a second. */
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    for (size_t i = 0; i < G_N_ELEMENTS(request->headers) && request->headers[i] != NULL; i++)
        list = curl_slist_append(list, request->headers[i]);
    return list;
}

static void send_once(const Http *http, const HttpRequest *request, HttpAnswer *answer) {
    CURL *curl = http->curl;
    char detail[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers = header_list(request);
    *answer = (HttpAnswer){.body = g_string_new(NULL), .retry_after = -1};
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, http->auth);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE,
                     request->body != NULL ? (long)strlen(request->body) : 0L);
    if (request->body == NULL)
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer->body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, answer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
    CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
    else
        explain(answer, code, detail);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all(headers);
}

void http_send(Http *http, const HttpRequest *request, HttpAnswer *answer) {
    send_once(http, request, answer);
    long offered = 0;
    curl_easy_getinfo(http->curl, CURLINFO_HTTPAUTH_AVAIL, &offered);
    if (answer->status == 401 && http->auth == CURLAUTH_BASIC &&
        (offered & (CURLAUTH_BASIC | CURLAUTH_DIGEST)) == CURLAUTH_DIGEST) {
        http->auth = CURLAUTH_DIGEST;
        http_answer_clear(answer);
        send_once(http, request, answer);
    }
}

void http_answer_clear(HttpAnswer *answer) {
    if (answer->body != NULL)
        g_string_free(answer->body, TRUE);
    g_free(answer->etag);
    g_free(answer->location);
    g_free(answer->trouble);
    *answer = (HttpAnswer){.body = NULL};
}

bool http_wait(const HttpAnswer *answer, int attempt) {
    if (attempt >= MAX_ATTEMPTS || answer->retry_after > MAX_WAIT_SECONDS)
        return false;
    gulong wait = answer->retry_after >= 0 ? (gulong)answer->retry_after * 2 * HALF_SECOND
                                           : (gulong)HALF_SECOND << (attempt - 1);
    g_usleep(wait);
    return true;
}
