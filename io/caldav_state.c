#include "io/caldav_state.h"

#include <string.h>

#include "io/json.h"
#include "io/json_write.h"
#include "io/write_file.h"

#define STATE_FORMAT "pilote-caldav/1"

static void free_sent(void *data) {
    SentEvent *sent = data;
    g_free(sent->etag);
    g_free(sent->start);
    g_free(sent->hash);
    g_free(sent);
}

static void free_calendar(void *data) {
    g_hash_table_destroy(data);
}

static CaldavState *new_state(void) {
    CaldavState *state = g_new0(CaldavState, 1);
    state->calendars = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_calendar);
    return state;
}

void caldav_state_free(CaldavState *state) {
    if (state == NULL)
        return;
    g_hash_table_destroy(state->calendars);
    g_free(state);
}

GHashTable *caldav_state_of(CaldavState *state, const char *url) {
    char *key = g_str_has_suffix(url, "/") ? g_strdup(url) : g_strconcat(url, "/", NULL);
    GHashTable *sent = g_hash_table_lookup(state->calendars, key);
    if (sent == NULL) {
        sent = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_sent);
        g_hash_table_insert(state->calendars, g_strdup(key), sent);
    }
    g_free(key);
    return sent;
}

void caldav_state_set(GHashTable *sent, const char *uid, const char *etag, const char *start,
                      const char *hash) {
    if (start == NULL) {
        g_hash_table_remove(sent, uid);
        return;
    }
    SentEvent *event = g_new(SentEvent, 1);
    *event = (SentEvent){g_strdup(etag), g_strdup(start), g_strdup(hash)};
    g_hash_table_replace(sent, g_strdup(uid), event);
}

static void read_events(const JsonDocument *document, const cJSON *list, GHashTable *sent) {
    typedef struct Fields {
        const char *uid, *etag, *start, *hash;
    } Fields;
    static const JsonKey keys[] = {
        {"uid", JSON_TEXT, true, offsetof(Fields, uid), 0, 0},
        {"etag", JSON_TEXT, true, offsetof(Fields, etag), 0, 0},
        {"start", JSON_TEXT, true, offsetof(Fields, start), 0, 0},
        {"hash", JSON_TEXT, true, offsetof(Fields, hash), 0, 0},
    };
    const cJSON *node;
    cJSON_ArrayForEach(node, list) {
        Fields fields = {NULL, NULL, NULL, NULL};
        if (json_fill(document, node, keys, (int)G_N_ELEMENTS(keys), &fields))
            caldav_state_set(sent, fields.uid, fields.etag, fields.start, fields.hash);
    }
}

static void read_state(const JsonDocument *document, CaldavState *state) {
    typedef struct Fields {
        const char *format, *url;
        const cJSON *calendars, *events;
    } Fields;
    static const JsonKey root_keys[] = {
        {"format", JSON_TEXT, true, offsetof(Fields, format), 0, 0},
        {"calendars", JSON_LIST, true, offsetof(Fields, calendars), 0, 0},
    };
    static const JsonKey keys[] = {
        {"url", JSON_TEXT, true, offsetof(Fields, url), 0, 0},
        {"events", JSON_LIST, true, offsetof(Fields, events), 0, 0},
    };
    const cJSON *root = json_root(document);
    Fields fields = {NULL, NULL, NULL, NULL};
    if (!json_fill(document, root, root_keys, (int)G_N_ELEMENTS(root_keys), &fields))
        return;
    if (!g_str_equal(fields.format, STATE_FORMAT)) {
        json_fault(document, cJSON_GetObjectItemCaseSensitive(root, "format"), STATE_FORMAT);
        return;
    }
    const cJSON *node;
    cJSON_ArrayForEach(node, fields.calendars) if (json_fill(document, node, keys,
                                                             (int)G_N_ELEMENTS(keys), &fields))
        read_events(document, fields.events, caldav_state_of(state, fields.url));
}

CaldavState *caldav_state_read(const char *folder, Faults *faults) {
    int before = faults_count(faults, FAULT_ERROR);
    char *path = g_build_filename(folder, CALDAV_STATE_FILE, NULL);
    JsonDocument *document = json_read(path, path, false, faults);
    CaldavState *state = new_state();
    if (document != NULL)
        read_state(document, state);
    json_free(document);
    g_free(path);
    if (faults_count(faults, FAULT_ERROR) == before)
        return state;
    caldav_state_free(state);
    return NULL;
}

/* The keys in order, so that the file is the same whenever what was sent is. Free the list. */
static GList *sorted_keys(GHashTable *table) {
    return g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)(void (*)(void))strcmp);
}

static void append_events(GString *out, GHashTable *sent) {
    GList *uids = sorted_keys(sent);
    for (const GList *uid = uids; uid != NULL; uid = uid->next) {
        const SentEvent *event = g_hash_table_lookup(sent, uid->data);
        g_string_append(out, uid != uids ? ",\n      {" : "\n      {");
        json_write_pair(out, "uid", uid->data);
        g_string_append(out, ", ");
        json_write_pair(out, "etag", event->etag);
        g_string_append(out, ", ");
        json_write_pair(out, "start", event->start);
        g_string_append(out, ", ");
        json_write_pair(out, "hash", event->hash);
        g_string_append_c(out, '}');
    }
    g_list_free(uids);
}

bool caldav_state_write(const CaldavState *state, const char *folder, char **error) {
    GString *out = g_string_new("{\n  ");
    GList *urls = sorted_keys(state->calendars);
    json_write_pair(out, "format", STATE_FORMAT);
    g_string_append(out, ",\n  \"calendars\": [");
    for (const GList *url = urls; url != NULL; url = url->next) {
        g_string_append(out, url != urls ? ",\n    {" : "\n    {");
        json_write_pair(out, "url", url->data);
        g_string_append(out, ", \"events\": [");
        append_events(out, g_hash_table_lookup(state->calendars, url->data));
        g_string_append(out, "]}");
    }
    g_string_append(out, "]\n}\n");
    const OutputFile file = {CALDAV_STATE_FILE, out->str, NULL};
    bool written = write_files(folder, &file, 1, error);
    g_list_free(urls);
    g_string_free(out, TRUE);
    return written;
}
