#include "io/snapshot.h"

#include <glib.h>

#include "io/json.h"
#include "io/plan_json.h"
#include "io/read_operation.h"
#include "io/words.h"
#include "solver/language.h"

/* The member `key` of the plan, or NULL. */
static const cJSON *member(const JsonDocument *document, const char *key) {
    return cJSON_GetObjectItemCaseSensitive(json_root(document), key);
}

/* The texts of the files, which stay in the document. */
static GArray *read_texts(const JsonDocument *document, const cJSON *inputs) {
    GArray *texts = g_array_new(FALSE, FALSE, sizeof(InputText));
    const cJSON *node;
    if (!cJSON_IsObject(inputs))
        json_fault(document, inputs, _("an object in braces"));
    cJSON_ArrayForEach(node, inputs) {
        InputText text = {node->string, node->valuestring};
        if (cJSON_IsString(node))
            g_array_append_val(texts, text);
        else
            json_fault(document, node, _("the text of a file"));
    }
    return texts;
}

/* A file of the snapshot may have warnings; they were told when the plan was made. */
static Operation *read_inputs(const JsonDocument *document, const char *path, Faults *faults) {
    date_t as_of = DATE_NONE;
    const cJSON *date = member(document, "as_of");
    if (!cJSON_IsString(date) || !words_date(date->valuestring, &as_of)) {
        faults_say(faults, FAULT_ERROR, path, 0, _("the key '%s' is missing"), "as_of");
        return NULL;
    }
    GArray *texts = read_texts(document, member(document, "inputs"));
    Faults *own = faults_new();
    Operation *op = read_operation_texts(path, (const InputText *)(const void *)texts->data,
                                         (int)texts->len, as_of, own);
    if (op == NULL)
        faults_say(faults, FAULT_ERROR, path, json_line(document, member(document, "inputs")),
                   _("the inputs that the plan holds cannot be read any more"));
    faults_free(own);
    g_array_free(texts, TRUE);
    return op;
}

bool snapshot_read(const char *path, Snapshot *snapshot, Faults *faults) {
    int errors = faults_count(faults, FAULT_ERROR);
    *snapshot = (Snapshot){NULL, NULL};
    JsonDocument *document = json_read(path, path, true, faults);
    if (document == NULL)
        return false;
    const cJSON *inputs = member(document, "inputs");
    if (inputs != NULL)
        snapshot->op = read_inputs(document, path, faults);
    json_free(document);
    if (snapshot->op != NULL)
        snapshot->plan = plan_read(path, snapshot->op, snapshot->op->arena, false, faults);
    if (faults_count(faults, FAULT_ERROR) == errors)
        return true;
    snapshot_free(snapshot);
    return false;
}

void snapshot_free(Snapshot *snapshot) {
    operation_free(snapshot->op);
    *snapshot = (Snapshot){NULL, NULL};
}
