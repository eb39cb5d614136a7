/* json.c: cJSON's tree with a line and a path for every node. */
#include "io/json.h"

#include <glib.h>
#include <string.h>

#include "io/json_scan.h"
#include "io/read_file.h"
#include "io/words.h"
#include "solver/language.h"

typedef struct Place {
    const cJSON *parent; /* NULL: the root */
    int index;           /* in its parent */
    JsonSpan span;
} Place;

struct JsonDocument {
    char *file;
    Faults *faults;
    char *text;
    cJSON *root;
    Place *places;       /* in document order */
    GHashTable *numbers; /* cJSON * to index + 1 into places */
};

void json_init(void) {
    cJSON_Hooks hooks = {g_malloc, g_free};
    cJSON_InitHooks(&hooks);
}

/* Gives every node its place. The scan and cJSON walk the text in the same order. */
static int place_nodes(JsonDocument *document, const GArray *spans, const cJSON *node,
                       const cJSON *parent, int index, int next) {
    Place *place = &document->places[next];
    place->parent = parent;
    place->index = index;
    place->span = g_array_index(spans, JsonSpan, next);
    next++;
    g_hash_table_insert(document->numbers, (gpointer)(guintptr)node, GINT_TO_POINTER(next));
    int child = 0;
    for (const cJSON *c = node->child; c != NULL; c = c->next)
        next = place_nodes(document, spans, c, node, child++, next);
    return next;
}

static const Place *place_of(const JsonDocument *document, const cJSON *node) {
    int number = GPOINTER_TO_INT(g_hash_table_lookup(document->numbers, node));
    return &document->places[number - 1];
}

/* A key given twice in one object: cJSON would keep both and show the first. */
static void check_duplicates(const JsonDocument *document, const cJSON *node) {
    GHashTable *keys = cJSON_IsObject(node) ? g_hash_table_new(g_str_hash, g_str_equal) : NULL;
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        if (keys != NULL && !g_hash_table_add(keys, child->string))
            json_fault(document, child, _("each key only once"));
        check_duplicates(document, child);
    }
    if (keys != NULL)
        g_hash_table_destroy(keys);
}

JsonDocument *json_parse(const char *text, size_t length, const char *file, int most,
                         Faults *faults) {
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (length >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0)) {
        faults_say(faults, FAULT_ERROR, file, 1, _("the file is in UTF-16; save it as UTF-8"));
        return NULL;
    }
    GArray *spans = json_scan(text, length, file, most, faults);
    if (spans == NULL)
        return NULL;
    cJSON *root = cJSON_ParseWithLength(text, length);
    if (root == NULL) {
        faults_say(faults, FAULT_ERROR, file, 0, _("the file cannot be read as JSON"));
        g_array_free(spans, TRUE);
        return NULL;
    }
    JsonDocument *document = g_new0(JsonDocument, 1);
    document->file = g_strdup(file);
    document->faults = faults;
    document->text = g_strndup(text, length);
    document->root = root;
    document->places = g_new0(Place, spans->len);
    document->numbers = g_hash_table_new(NULL, NULL);
    place_nodes(document, spans, root, NULL, 0, 0);
    g_array_free(spans, TRUE);
    if (!cJSON_IsObject(root)) {
        json_fault(document, root, _("an object in braces"));
        json_free(document);
        return NULL;
    }
    check_duplicates(document, root);
    return document;
}

JsonDocument *json_read(const char *path, const char *file, bool required, Faults *faults) {
    GString *text = read_file(path, file, required, faults);
    if (text == NULL)
        return NULL;
    JsonDocument *document = json_parse(text->str, text->len, file, MAX_JSON_VALUES, faults);
    g_string_free(text, TRUE);
    return document;
}

void json_free(JsonDocument *document) {
    if (document == NULL)
        return;
    cJSON_Delete(document->root);
    g_hash_table_destroy(document->numbers);
    g_free(document->places);
    g_free(document->text);
    g_free(document->file);
    g_free(document);
}

const cJSON *json_root(const JsonDocument *document) {
    return document->root;
}

int json_line(const JsonDocument *document, const cJSON *node) {
    return place_of(document, node)->span.line;
}

/* Appends `packages.full.tasks[2].id`. */
static void append_path(const JsonDocument *document, const cJSON *node, GString *path) {
    const Place *place = place_of(document, node);
    if (place->parent == NULL)
        return;
    append_path(document, place->parent, path);
    if (cJSON_IsArray(place->parent))
        g_string_append_printf(path, "[%d]", place->index);
    else
        g_string_append_printf(path, "%s%s", path->len > 0 ? "." : "", node->string);
}

void json_fault_as(const JsonDocument *document, const cJSON *node, Severity severity,
                   const char *expected) {
    JsonSpan span = place_of(document, node)->span;
    GString *path = g_string_new(NULL);
    append_path(document, node, path);
    char *got = cJSON_IsString(node)   ? g_strdup(node->valuestring)
                : cJSON_IsObject(node) ? g_strdup(node->child != NULL ? "{...}" : "{}")
                : cJSON_IsArray(node)
                    ? g_strdup(node->child != NULL ? "[...]" : "[]")
                    : g_strndup(document->text + span.start, span.end - span.start);
    faults_value(document->faults, severity, document->file, span.line,
                 path->len > 0 ? path->str : NULL, got, expected);
    g_free(got);
    g_string_free(path, TRUE);
}

void json_fault(const JsonDocument *document, const cJSON *node, const char *expected) {
    json_fault_as(document, node, FAULT_ERROR, expected);
}

static void missing_key(const JsonDocument *document, const cJSON *object, const char *name) {
    GString *path = g_string_new(NULL);
    append_path(document, object, path);
    if (path->len > 0)
        g_string_append_c(path, '.');
    g_string_append(path, name);
    faults_say(document->faults, FAULT_ERROR, document->file, json_line(document, object),
               _("the key '%s' is missing"), path->str);
    g_string_free(path, TRUE);
}

void json_unknown_key(const JsonDocument *document, const cJSON *node, const char *const *names,
                      int n_names) {
    GString *path = g_string_new(NULL);
    append_path(document, node, path);
    const char *nearest = words_nearest(node->string, names, n_names);
    int line = json_line(document, node);
    if (nearest != NULL)
        faults_say(document->faults, FAULT_ERROR, document->file, line,
                   _("the key '%s' is not known; did you mean '%s'?"), path->str, nearest);
    else
        faults_say(document->faults, FAULT_ERROR, document->file, line,
                   _("the key '%s' is not known"), path->str);
    g_string_free(path, TRUE);
}

/* A bound or value as it is written in the file. */
static char *number_text(const JsonKey *key, int64_t number) {
    if (key->kind == JSON_AMOUNT && number % MILLI != 0)
        return g_strdup_printf("%.3f", (double)number / MILLI);
    return g_strdup_printf("%" G_GINT64_FORMAT, key->kind == JSON_AMOUNT ? number / MILLI : number);
}

/* Numbers are read from the text itself, so that 0.1 is exactly a hundred thousandths. */
static bool number_value(const JsonDocument *document, const cJSON *node, const JsonKey *key,
                         void *field) {
    JsonSpan span = place_of(document, node)->span;
    char *text = g_strndup(document->text + span.start, span.end - span.start);
    int64_t number = 0;
    bool read = cJSON_IsNumber(node) && (key->kind == JSON_AMOUNT ? words_amount(text, &number)
                                                                  : words_whole(text, &number));
    g_free(text);
    bool bounded = key->min != 0 || key->max != 0;
    if (!read || (bounded && (number < key->min || number > key->max))) {
        char *min = number_text(key, key->min), *max = number_text(key, key->max);
        char *expected = g_strdup_printf(key->kind == JSON_AMOUNT
                                             ? _("a number from %s to %s with at most 3 decimals")
                                             : _("a whole number from %s to %s"),
                                         min, max);
        json_fault(document, node, expected);
        g_free(expected);
        g_free(min);
        g_free(max);
        return false;
    }
    if (key->kind == JSON_WHOLE)
        *(int *)field = (int)number;
    else
        *(int64_t *)field = number;
    return true;
}

static bool text_value(const JsonDocument *document, const cJSON *node, const JsonKey *key,
                       void *field) {
    const char *text = cJSON_IsString(node) ? node->valuestring : NULL;
    if (key->kind == JSON_DATE) {
        if (text != NULL && words_date(text, field))
            return true;
        json_fault(document, node, _("a date such as \"2026-09-14\""));
    } else if (key->kind == JSON_TIME) {
        if (text != NULL && words_time(text, field))
            return true;
        json_fault(document, node, _("a time such as \"18:30\""));
    } else {
        if (text != NULL && *text != '\0') {
            *(const char **)field = text;
            return true;
        }
        json_fault(document, node, _("a text in double quotes"));
    }
    return false;
}

bool json_value(const JsonDocument *document, const cJSON *node, const JsonKey *key, void *field) {
    switch (key->kind) {
    case JSON_TEXT:
    case JSON_DATE:
    case JSON_TIME:
        return text_value(document, node, key, field);
    case JSON_WHOLE:
    case JSON_COST:
    case JSON_AMOUNT:
        return number_value(document, node, key, field);
    case JSON_FLAG:
        if (cJSON_IsBool(node)) {
            *(bool *)field = cJSON_IsTrue(node);
            return true;
        }
        json_fault(document, node, _("true or false"));
        return false;
    case JSON_OBJECT:
    case JSON_LIST:
        if (key->kind == JSON_OBJECT ? !cJSON_IsObject(node) : !cJSON_IsArray(node)) {
            json_fault(document, node,
                       key->kind == JSON_OBJECT ? _("an object in braces")
                                                : _("a list in square brackets"));
            return false;
        }
        break;
    case JSON_ANY:
        break;
    }
    *(const cJSON **)field = node;
    return true;
}

bool json_fill(const JsonDocument *document, const cJSON *object, const JsonKey *keys, int n_keys,
               void *fields) {
    if (!cJSON_IsObject(object)) {
        json_fault(document, object, _("an object in braces"));
        return false;
    }
    bool good = true;
    const char **names = g_new(const char *, n_keys);
    bool *present = g_new0(bool, n_keys);
    for (int k = 0; k < n_keys; k++)
        names[k] = keys[k].name;
    for (const cJSON *node = object->child; node != NULL; node = node->next) {
        int k = 0;
        while (k < n_keys && !g_str_equal(node->string, keys[k].name))
            k++;
        if (k == n_keys) {
            json_unknown_key(document, node, names, n_keys);
            good = false;
        } else if (!cJSON_IsNull(node)) {
            present[k] = true;
            good &= json_value(document, node, &keys[k], (char *)fields + keys[k].offset);
        }
    }
    for (int k = 0; k < n_keys; k++)
        if (keys[k].required && !present[k]) {
            missing_key(document, object, keys[k].name);
            good = false;
        }
    g_free(present);
    g_free(names);
    return good;
}

bool json_fill_known(const JsonDocument *document, const cJSON *object, const JsonKey *keys,
                     int n_keys, void *fields) {
    if (!cJSON_IsObject(object)) {
        json_fault(document, object, _("an object in braces"));
        return false;
    }
    bool good = true;
    for (int k = 0; k < n_keys; k++) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, keys[k].name);
        if (node != NULL && !cJSON_IsNull(node)) {
            good &= json_value(document, node, &keys[k], (char *)fields + keys[k].offset);
        } else if (keys[k].required) {
            missing_key(document, object, keys[k].name);
            good = false;
        }
    }
    return good;
}
