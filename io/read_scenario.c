#include "io/read_scenario.h"

#include <stddef.h>
#include <string.h>

#include "io/reader.h"
#include "io/scenario_reader.h"
#include "solver/language.h"

enum {
    MAX_CHANGES = 1000,
    MAX_ALTERATIONS = 200000 /* that they are made of: one of an item concerns its deliveries */
};

typedef struct ScenarioFile {
    const char *name;
    const cJSON *changes;
} ScenarioFile;

static const JsonKey file_keys[] = {
    {"name", JSON_TEXT, true, offsetof(ScenarioFile, name), 0, 0},
    {"changes", JSON_LIST, true, offsetof(ScenarioFile, changes), 0, 0},
};

/* By the key that names its subject. */
static const struct {
    const char *key;
    ReadChange read;
} subjects[] = {
    {"delivery", read_delivery_change},
    {"item", read_delivery_change},
    {"supplier", read_delivery_change},
    {"resource", read_resource_change},
    {"task", read_task_change},
    {"household", read_household_change},
    {"home", read_home_change},
    {"weight", read_weight_change},
    {"horizon_start", read_horizon_change},
    {"horizon_end", read_horizon_change},
};

void add_alteration(const ScenarioReader *reader, Alteration alteration) {
    g_array_append_val(reader->alterations, alteration);
}

const cJSON *change_node(const cJSON *object, const char *key) {
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, key);
    return node != NULL ? node : object;
}

bool has_none_of(const ScenarioReader *reader, const cJSON *object, const char *const *keys,
                 size_t n, const char *expected) {
    for (size_t i = 0; i < n; i++) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, keys[i]);
        if (node != NULL) {
            json_fault(reader->document, node, expected);
            return false;
        }
    }
    return true;
}

/* A fault about the member, with the name that was probably meant. */
static void not_known(const ScenarioReader *reader, const cJSON *node, const char *id,
                      const GPtrArray *names, const char *expected) {
    const char *nearest =
        words_nearest(id, (const char *const *)(const void *)names->pdata, (int)names->len);
    char *text = nearest != NULL ? g_strdup_printf(_("%s; did you mean '%s'?"), expected, nearest)
                                 : g_strdup(expected);
    json_fault(reader->document, node, text);
    g_free(text);
}

static GPtrArray *ids_of(const void *structs, size_t size, int n) {
    GPtrArray *names = g_ptr_array_new();
    for (int i = 0; i < n; i++) {
        const char *at = (const char *)structs + size * (size_t)i;
        char *id;
        memcpy(&id, at, sizeof id);
        g_ptr_array_add(names, id);
    }
    return names;
}

static int find_id(const GPtrArray *names, const char *id) {
    for (guint i = 0; i < names->len; i++)
        if (g_str_equal(names->pdata[i], id))
            return (int)i;
    return NONE;
}

int find_subject(const ScenarioReader *reader, const cJSON *object, const char *key, const char *id,
                 const void *structs, size_t size, int n, const char *expected) {
    GPtrArray *names = ids_of(structs, size, n);
    int index = find_id(names, id);
    if (index == NONE)
        not_known(reader, change_node(object, key), id, names, expected);
    g_ptr_array_free(names, TRUE);
    return index;
}

int find_household(const ScenarioReader *reader, const cJSON *object, const char *key,
                   const char *id) {
    const Operation *op = reader->op;
    int joined = find_id(reader->joined, id);
    if (joined != NONE)
        return op->n_households + joined;
    return find_subject(reader, object, key, id, op->households, sizeof *op->households,
                        op->n_households, _("a household of households.csv"));
}

void says_nothing(const ScenarioReader *reader, const cJSON *object, const char *expected) {
    json_fault(reader->document, object, expected);
}

static void read_change(ScenarioReader *reader, const cJSON *object) {
    if (!cJSON_IsObject(object)) {
        json_fault(reader->document, object, _("an object in braces"));
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++)
        if (cJSON_GetObjectItemCaseSensitive(object, subjects[i].key) != NULL) {
            subjects[i].read(reader, object);
            return;
        }
    json_fault(reader->document, object,
               _("what changes: one of delivery, item, supplier, resource, household, home, task, "
                 "weight, horizon_start, horizon_end"));
}

static Scenario scenario_of(ScenarioReader *reader, const char *name) {
    guint n = reader->alterations->len;
    Alteration *alterations = ARENA_NEW(reader->arena, Alteration, n);
    if (n > 0)
        memcpy(alterations, reader->alterations->data, sizeof(Alteration) * n);
    g_array_free(reader->alterations, TRUE);
    g_ptr_array_free(reader->joined, TRUE);
    g_ptr_array_free(reader->won, TRUE);
    return (Scenario){arena_strdup(reader->arena, name), (int)n, alterations};
}

static ScenarioReader reader_new(const Operation *op, const JsonDocument *document, Arena *arena) {
    return (ScenarioReader){op,
                            document,
                            arena,
                            g_array_new(FALSE, FALSE, sizeof(Alteration)),
                            g_ptr_array_new(),
                            g_ptr_array_new()};
}

bool scenario_read(const char *path, const Operation *op, Arena *arena, Scenario *scenario,
                   Faults *faults) {
    int errors = faults_count(faults, FAULT_ERROR);
    JsonDocument *document = json_read(path, path, true, faults);
    if (document == NULL)
        return false;
    ScenarioFile file = {NULL, NULL};
    ScenarioReader reader = reader_new(op, document, arena);
    json_fill(document, json_root(document), file_keys, COUNT(file_keys), &file);
    const cJSON *object = NULL;
    if (file.changes != NULL && file.changes->child == NULL)
        json_fault(document, file.changes, _("at least one change"));
    int n = 0;
    cJSON_ArrayForEach(object, file.changes) {
        if (n++ == MAX_CHANGES || reader.alterations->len > MAX_ALTERATIONS) {
            json_fault(document, object, _("at most 1000 changes, of 200000 things in all"));
            break;
        }
        read_change(&reader, object);
    }
    *scenario = scenario_of(&reader, file.name != NULL ? file.name : "");
    json_free(document);
    return faults_count(faults, FAULT_ERROR) == errors;
}

/* ---- Slips on the command line ------------------------------------------------------------- */

int add_to_deliveries(const ScenarioReader *reader, int item, const char *supplier,
                      const Alteration *change) {
    const Operation *op = reader->op;
    int n = 0;
    for (int i = 0; i < op->n_deliveries; i++) {
        const Delivery *delivery = &op->deliveries[i];
        if (delivery->status == DELIVERY_ARRIVED || (item != NONE && delivery->item != item) ||
            (supplier != NULL && !g_str_equal(delivery->supplier, supplier)))
            continue;
        Alteration alteration = *change;
        alteration.subject = i;
        add_alteration(reader, alteration);
        n++;
    }
    return n;
}

/* `+10d`, `+10`, `-3d`, `2026-11-02` or `never`. */
static bool read_slip(const char *text, Alteration *change) {
    static const char *const nevers[] = {"never", "jamais"};
    int64_t days = 0;
    *change = alteration_of(ALTER_DELIVERY_QUANTITY, NONE);
    for (size_t i = 0; i < G_N_ELEMENTS(nevers); i++)
        if (g_ascii_strcasecmp(text, nevers[i]) == 0)
            return true;
    change->kind = ALTER_DELIVERY_DATE;
    if (words_date(text, &change->from))
        return true;
    if (text[0] != '+' && text[0] != '-')
        return false;
    size_t length = strspn(text + 1, "0123456789");
    const char *unit = text + 1 + length;
    if (!g_str_equal(unit, "") && !g_str_equal(unit, "d") && !g_str_equal(unit, "j"))
        return false;
    char *number = g_strndup(text + 1, length);
    bool good =
        g_ascii_isdigit(number[0]) && words_whole(number, &days) && days > 0 && days < MAX_DAYS;
    g_free(number);
    change->kind = ALTER_DELIVERY_SLIP;
    change->number = text[0] == '-' ? -days : days;
    return good;
}

/* The deliveries that the name stands for. */
static bool add_named(const ScenarioReader *reader, const char *name, const Alteration *change,
                      char **hint) {
    const Operation *op = reader->op;
    GPtrArray *names = ids_of(op->deliveries, sizeof *op->deliveries, op->n_deliveries);
    int delivery = find_id(names, name);
    bool supplies = false;
    for (int i = 0; i < op->n_items; i++)
        g_ptr_array_add(names, (gpointer)(guintptr)op->items[i]);
    int item = find_id(names, name);
    for (int i = 0; i < op->n_deliveries; i++) {
        supplies |= g_str_equal(op->deliveries[i].supplier, name);
        g_ptr_array_add(names, (gpointer)(guintptr)op->deliveries[i].supplier);
    }
    bool good = true;
    if (delivery != NONE && op->deliveries[delivery].status != DELIVERY_ARRIVED) {
        Alteration alteration = *change;
        alteration.subject = delivery;
        add_alteration(reader, alteration);
    } else if (delivery != NONE) {
        *hint = g_strdup(_("a delivery that has not arrived yet"));
        good = false;
    } else if (item != NONE || supplies) {
        good = add_to_deliveries(reader, item != NONE ? item - op->n_deliveries : NONE,
                                 item != NONE ? NULL : name, change) > 0;
        *hint = good ? NULL : g_strdup(_("a delivery that has not arrived yet"));
    } else {
        const char *nearest =
            words_nearest(name, (const char *const *)(const void *)names->pdata, (int)names->len);
        const char *expected = _("a delivery, an item or a supplier of deliveries.csv");
        *hint = nearest != NULL ? g_strdup_printf(_("%s; did you mean '%s'?"), expected, nearest)
                                : g_strdup(expected);
        good = false;
    }
    g_ptr_array_free(names, TRUE);
    return good;
}

static bool add_slip(const ScenarioReader *reader, const char *part, Faults *faults) {
    const char *colon = strrchr(part, ':');
    char *name = colon == NULL ? g_strdup("") : g_strndup(part, (gsize)(colon - part));
    char *slip = g_strdup(colon == NULL ? "" : colon + 1), *hint = NULL;
    Alteration change;
    bool good = *g_strstrip(name) != '\0' && read_slip(g_strstrip(slip), &change);
    if (!good) {
        faults_value(faults, FAULT_ERROR, "--slip", 0, NULL, part,
                     _("a delivery, a colon, and +10d, a date or never, like kitchen-03:+10d"));
    } else {
        good = add_named(reader, name, &change, &hint);
        if (!good)
            faults_value(faults, FAULT_ERROR, "--slip", 0, NULL, name, hint);
    }
    g_free(hint);
    g_free(slip);
    g_free(name);
    return good;
}

bool scenario_from_slips(const char *text, const Operation *op, Arena *arena, Scenario *scenario,
                         Faults *faults) {
    ScenarioReader reader = reader_new(op, NULL, arena);
    char **parts = g_strsplit(text, ",", -1);
    bool good = *text != '\0' || add_slip(&reader, "", faults);
    for (char **part = parts; *part != NULL; part++)
        good &= add_slip(&reader, g_strstrip(*part), faults);
    g_strfreev(parts);
    *scenario = scenario_of(&reader, text);
    return good;
}
