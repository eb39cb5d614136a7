#include "io/verdict.h"

#include <cjson/cJSON.h>
#include <glib.h>

#include "solver/language.h"

char *verdict_text(const Operation *op, const Verdict *verdict) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i < verdict->n_violations; i++)
        g_string_append_printf(text, "%s: %s\n", verdict->violations[i].constraint,
                               verdict->violations[i].message);
    if (verdict->n_violations > 0)
        g_string_append_printf(text,
                               n_("The plan breaks the rules in %d place.\n",
                                  "The plan breaks the rules in %d places.\n",
                                  verdict->n_violations),
                               verdict->n_violations);
    else
        g_string_append_printf(text,
                               _("The plan keeps all rules: %d of %d households planned, total "
                                 "%lld.\n"),
                               verdict->n_planned, op->n_households, (long long)verdict->total);
    return g_string_free(text, FALSE);
}

static cJSON *violation_json(const Operation *op, const Violation *violation) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "constraint", violation->constraint);
    if (violation->household != NONE)
        cJSON_AddStringToObject(object, "household", op->households[violation->household].id);
    cJSON_AddStringToObject(object, "message", violation->message);
    return object;
}

/* Costs are written with all their digits, which a double would not keep. */
static void add_cost(cJSON *object, const char *name, cost_t cost) {
    char text[32];
    g_snprintf(text, sizeof text, "%lld", (long long)cost);
    cJSON_AddRawToObject(object, name, text);
}

char *verdict_json(const Operation *op, const Verdict *verdict) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddBoolToObject(root, "valid", verdict->n_violations == 0);
    cJSON *violations = cJSON_AddArrayToObject(root, "violations");
    for (int i = 0; i < verdict->n_violations; i++)
        cJSON_AddItemToArray(violations, violation_json(op, &verdict->violations[i]));
    cJSON_AddNumberToObject(root, "planned", verdict->n_planned);
    cJSON_AddNumberToObject(root, "households", op->n_households);
    cJSON *objective = cJSON_AddObjectToObject(root, "objective");
    add_cost(objective, "total", verdict->total);
    cJSON *parts = cJSON_AddObjectToObject(objective, "parts");
    for (int part = 0; part < PART_COUNT; part++)
        add_cost(parts, part_infos[part].name, verdict->parts[part]);
    char *printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    char *text = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return text;
}
