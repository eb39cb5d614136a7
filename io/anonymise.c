#include "io/anonymise.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <string.h>

#include "io/csv.h"
#include "io/csv_layout.h"

/* How a cell becomes one that says nothing of people. */
typedef enum Treatment {
    STAYS,
    OF_HOUSEHOLD,
    OF_RESOURCE, /* a role or `*` stays */
    OF_HOME,
    OF_DELIVERY,
    OF_MEMBERS /* `role=resource;role=resource` */
} Treatment;

enum { MOST_COLUMNS = 12 };

/* The columns that stay; all others are left out. */
typedef struct Sheet {
    const char *file;
    int n;
    Column columns[MOST_COLUMNS];
    Treatment treatments[MOST_COLUMNS];
} Sheet;

#define KEPT(name, french)                                                                         \
    { name, french, false, NULL, 0, NULL }

static const Sheet sheets[] = {
    {"households.csv",
     11,
     {KEPT("household", "menage"), KEPT("package", "forfait"), KEPT("rooms", "pieces"),
      KEPT("accessible", "pmr"), KEPT("volume_m3", "volume"), KEPT("weight", "poids"),
      KEPT("earliest", "au_plus_tot"), KEPT("deadline", "echeance"),
      KEPT("max_nights_away", "nuits_max"), KEPT("relocation", "relogement"),
      KEPT("members", "intervenants")},
     {[0] = OF_HOUSEHOLD, [10] = OF_MEMBERS}},
    {"availability.csv",
     5,
     {KEPT("household", "menage"), KEPT("days", "jours"), KEPT("from", "de"), KEPT("to", "a"),
      KEPT("kind", "type")},
     {[0] = OF_HOUSEHOLD}},
    {"resources.csv",
     9,
     {KEPT("resource", "ressource"), KEPT("role", "metier"), KEPT("measure", "mesure"),
      KEPT("capacity", "capacite"), KEPT("days", "jours"), KEPT("slots", "creneaux"),
      KEPT("max_late_per_week", "soirees_max"), KEPT("from", "du"), KEPT("until", "au")},
     {[0] = OF_RESOURCE}},
    {"calendar.csv",
     5,
     {KEPT("resource", "ressource"), KEPT("from", "du"), KEPT("until", "au"),
      KEPT("capacity", "capacite"), KEPT("slots", "creneaux")},
     {[0] = OF_RESOURCE}},
    {"homes.csv",
     5,
     {KEPT("home", "logement_relais"), KEPT("rooms", "pieces"), KEPT("accessible", "pmr"),
      KEPT("from", "du"), KEPT("until", "au")},
     {[0] = OF_HOME}},
    {"deliveries.csv",
     6,
     {KEPT("delivery", "livraison"), KEPT("item", "article"), KEPT("quantity", "quantite"),
      KEPT("date", NULL), KEPT("household", "menage"), KEPT("status", "statut")},
     {[0] = OF_DELIVERY, [4] = OF_HOUSEHOLD}},
    {"progress.csv",
     7,
     {KEPT("household", "menage"), KEPT("task", "tache"), KEPT("status", "statut"),
      KEPT("start", "debut"), KEPT("finish", "fin"), KEPT("member", "intervenant"),
      KEPT("home", "logement_relais")},
     {[0] = OF_HOUSEHOLD, [5] = OF_RESOURCE, [6] = OF_HOME}},
};

/* New ids by old ones. */
typedef struct NewIds {
    GHashTable *households, *resources, *homes, *deliveries;
} NewIds;

/* The ids of `n` structs of `size` bytes whose first field is the id. */
static GHashTable *number(const void *structs, size_t size, int n, const char *beginning) {
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (int i = 0; i < n; i++) {
        const char *id =
            *(const char *const *)(const void *)((const char *)structs + size * (size_t)i);
        g_hash_table_insert(ids, (gpointer)(guintptr)id, g_strdup_printf("%s%d", beginning, i + 1));
    }
    return ids;
}

/* A beginning with which no role begins: in calendar.csv a name may be a resource's or a role's. */
static char *resource_beginning(const Operation *op) {
    GString *beginning = g_string_new("M");
    for (int r = 0; r < op->n_roles; r++)
        if (g_str_has_prefix(op->roles[r].id, beginning->str)) {
            g_string_append_c(beginning, 'M');
            r = -1;
        }
    return g_string_free(beginning, FALSE);
}

static NewIds new_ids(const Operation *op) {
    char *resource = resource_beginning(op);
    NewIds ids = {
        number(op->households, sizeof(Household), op->n_households, "H"),
        number(op->resources, sizeof(Resource), op->n_resources, resource),
        number(op->homes, sizeof(Home), op->n_homes, "R"),
        number(op->deliveries, sizeof(Delivery), op->n_deliveries, "D"),
    };
    g_free(resource);
    return ids;
}

static void free_ids(const NewIds *ids) {
    g_hash_table_destroy(ids->households);
    g_hash_table_destroy(ids->resources);
    g_hash_table_destroy(ids->homes);
    g_hash_table_destroy(ids->deliveries);
}

static char *look_up(GHashTable *ids, const char *text) {
    const char *id = g_hash_table_lookup(ids, text);
    return g_strdup(id != NULL ? id : text);
}

/* `pilot=paul;electrician=elec1` with other members. */
static char *new_members(const NewIds *ids, const char *text) {
    GString *members = g_string_new(NULL);
    char **parts = g_strsplit(text, ";", -1);
    for (char **part = parts; *part != NULL; part++) {
        char *equal = strchr(*part, '=');
        if (members->len > 0)
            g_string_append_c(members, ';');
        if (equal == NULL) {
            g_string_append(members, *part);
            continue;
        }
        *equal = '\0';
        char *member = look_up(ids->resources, g_strstrip(equal + 1));
        g_string_append_printf(members, "%s=%s", *part, member);
        g_free(member);
    }
    g_strfreev(parts);
    return g_string_free(members, FALSE);
}

static char *treat(const NewIds *ids, Treatment treatment, const char *text) {
    switch (treatment) {
    case OF_HOUSEHOLD:
        return look_up(ids->households, text);
    case OF_RESOURCE:
        return look_up(ids->resources, text);
    case OF_HOME:
        return look_up(ids->homes, text);
    case OF_DELIVERY:
        return look_up(ids->deliveries, text);
    case OF_MEMBERS:
        return new_members(ids, text);
    case STAYS:
        break;
    }
    return g_strdup(text);
}

/* The table in UTF-8, with commas. */
static char *new_table(const NewIds *ids, const Sheet *sheet, const char *text) {
    static const CsvLayout layout = {.delimiter = ','};
    Faults *faults = faults_new(); /* they were told when the operation was read */
    Table *table = table_parse(g_string_new(text), sheet->file, sheet->columns, sheet->n, faults);
    GString *out = g_string_new(NULL);
    for (int c = 0; c < sheet->n; c++)
        g_string_append_printf(out, c == 0 ? "%s" : ",%s", sheet->columns[c].name);
    g_string_append_c(out, '\n');
    for (int row = 0; table != NULL && row < table_rows(table); row++)
        for (int c = 0; c < sheet->n; c++) {
            char *cell = treat(ids, sheet->treatments[c], table_cell(table, row, c));
            csv_layout_append(&layout, out, cell);
            g_string_append_c(out, c + 1 < sheet->n ? ',' : '\n');
            g_free(cell);
        }
    table_free(table);
    faults_free(faults);
    return g_string_free(out, FALSE);
}

/* Labels of packages and of their tasks. */
static void remove_labels(cJSON *packages) {
    cJSON *package, *task;
    cJSON_ArrayForEach(package, packages) {
        cJSON_DeleteItemFromObjectCaseSensitive(package, "label");
        cJSON_ArrayForEach(task, cJSON_GetObjectItemCaseSensitive(package, "tasks"))
            cJSON_DeleteItemFromObjectCaseSensitive(task, "label");
    }
}

static void set_text(cJSON *object, const char *key, const char *text) {
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    cJSON_AddStringToObject(object, key, text);
}

static char *new_settings(const Operation *op, const char *text) {
    char as_of[DATE_TEXT];
    cJSON *root = cJSON_Parse(text);
    set_text(root, "name", "operation");
    set_text(root, "as_of", date_text(op->as_of, as_of));
    remove_labels(cJSON_GetObjectItemCaseSensitive(root, "packages"));
    char *printed = cJSON_Print(root);
    char *bytes = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    cJSON_Delete(root);
    return bytes;
}

int anonymise(const Operation *op, AnonymousFile files[MAX_ANONYMOUS_FILES]) {
    NewIds ids = new_ids(op);
    int n = 0;
    for (int i = 0; i < op->n_inputs && n < MAX_ANONYMOUS_FILES; i++) {
        const InputText *input = &op->inputs[i];
        if (g_str_equal(input->file, "operation.json"))
            files[n++] = (AnonymousFile){input->file, new_settings(op, input->text)};
        for (size_t s = 0; s < G_N_ELEMENTS(sheets); s++)
            if (g_str_equal(input->file, sheets[s].file))
                files[n++] = (AnonymousFile){input->file, new_table(&ids, &sheets[s], input->text)};
    }
    free_ids(&ids);
    return n;
}
