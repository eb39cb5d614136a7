#include "io/caldav_xml.h"

#include <string.h>

/* What is being read: the answer about one resource. */
typedef struct Answer {
    CaldavListing *listing;
    bool multistatus;
    bool in_type;   /* within <resourcetype> */
    bool calendar;  /* the resource is one */
    gsize shortest; /* length of the shortest address so far */
    GString *text;
    char *href, *etag;
} Answer;

/* Servers choose their own prefixes for namespaces; the names behind them do not collide here. */
static const char *local_name(const char *name) {
    const char *colon = strchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

static void start_element(GMarkupParseContext *context, const char *name, const char **keys,
                          const char **values, gpointer data, GError **error) {
    (void)context, (void)keys, (void)values, (void)error;
    Answer *answer = data;
    const char *local = local_name(name);
    g_string_truncate(answer->text, 0);
    if (g_str_equal(local, "multistatus"))
        answer->multistatus = true;
    else if (g_str_equal(local, "resourcetype"))
        answer->in_type = true;
    else if (answer->in_type && g_str_equal(local, "calendar"))
        answer->calendar = true;
}

static void keep_answer(Answer *answer) {
    /* What was asked about is above all that is in it. */
    if (answer->href != NULL && strlen(answer->href) < answer->shortest) {
        answer->shortest = strlen(answer->href);
        answer->listing->calendar = answer->calendar;
    }
    answer->calendar = false;
    if (answer->href != NULL && answer->etag != NULL) {
        const char *slash = strrchr(answer->href, '/');
        char *name = g_uri_unescape_string(slash != NULL ? slash + 1 : answer->href, NULL);
        if (name != NULL && name[0] != '\0')
            g_hash_table_replace(answer->listing->etags, name, g_strdup(answer->etag));
        else
            g_free(name);
    }
    g_clear_pointer(&answer->href, g_free);
    g_clear_pointer(&answer->etag, g_free);
}

static void end_element(GMarkupParseContext *context, const char *name, gpointer data,
                        GError **error) {
    (void)context, (void)error;
    Answer *answer = data;
    const char *local = local_name(name);
    if (g_str_equal(local, "resourcetype")) {
        answer->in_type = false;
    } else if (g_str_equal(local, "href") && answer->href == NULL) {
        answer->href = g_strdup(g_strstrip(answer->text->str));
    } else if (g_str_equal(local, "getetag")) {
        g_free(answer->etag);
        answer->etag = g_strdup(g_strstrip(answer->text->str));
    } else if (g_str_equal(local, "response")) {
        keep_answer(answer);
    }
}

static void take_text(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                      GError **error) {
    (void)context, (void)error;
    Answer *answer = data;
    g_string_append_len(answer->text, text, (gssize)length);
}

bool caldav_listing_read(const char *xml, gsize length, CaldavListing *listing) {
    static const GMarkupParser parser = {start_element, end_element, take_text, NULL, NULL};
    *listing =
        (CaldavListing){false, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    Answer answer = {.listing = listing, .shortest = G_MAXSIZE, .text = g_string_new(NULL)};
    GMarkupParseContext *context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &answer, NULL);
    bool good = g_markup_parse_context_parse(context, xml, (gssize)length, NULL) &&
                g_markup_parse_context_end_parse(context, NULL) && answer.multistatus;
    g_markup_parse_context_free(context);
    g_string_free(answer.text, TRUE);
    g_free(answer.href);
    g_free(answer.etag);
    if (!good)
        caldav_listing_clear(listing);
    return good;
}

void caldav_listing_clear(CaldavListing *listing) {
    g_clear_pointer(&listing->etags, g_hash_table_unref);
}
