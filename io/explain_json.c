#include "io/explain.h"

static void add_date(cJSON *object, const char *key, date_t date, minute_t minute) {
    char text[DATE_TEXT];
    if (date != DATE_NONE)
        cJSON_AddStringToObject(object, key, date_time_text(date, minute, text));
}

static void add_reason(cJSON *object, const Operation *op, int h, const Reason *reason) {
    const Package *package = household_package(op, h);
    GString *text = g_string_new(NULL);
    cJSON_AddStringToObject(object, "code", reason_codes[reason->kind]);
    if (reason->task != NONE)
        cJSON_AddStringToObject(object, "task", package->tasks[reason->task].id);
    if (reason->other != NONE)
        cJSON_AddStringToObject(object, "after", package->tasks[reason->other].id);
    if (reason->role != NONE)
        cJSON_AddStringToObject(object, "role", op->roles[reason->role].id);
    if (reason->item != NONE)
        cJSON_AddStringToObject(object, "item", op->items[reason->item]);
    tell_reason(text, op, h, reason);
    cJSON_AddStringToObject(object, "text", text->str);
    g_string_free(text, TRUE);
}

static bool has_days(ReasonKind kind) {
    return kind == REASON_NOTICE || kind == REASON_LAG || kind == REASON_MAX_LAG;
}

static void add_relief(cJSON *object, const Operation *op, const Obstacle *obstacle) {
    const Relief *relief = &obstacle->relief;
    GString *text = g_string_new(NULL);
    cJSON *node = cJSON_AddObjectToObject(object, "relief");
    if (has_days(relief->reason.kind))
        cJSON_AddNumberToObject(node, "days", relief->number);
    if (relief->reason.kind == REASON_EVENINGS)
        cJSON_AddNumberToObject(node, "max_late_per_week", relief->number);
    if (relief->amount != 0)
        cJSON_AddNumberToObject(node, "more", (double)relief->amount / MILLI);
    if (relief->member != NONE)
        cJSON_AddStringToObject(node, "resource", op->resources[relief->member].id);
    add_date(node, "from", relief->from, relief->minute);
    add_date(node, "until", relief->until, relief->last);
    add_date(node, "start", obstacle->relieved, MINUTE_NONE);
    tell_relief(text, op, relief);
    cJSON_AddStringToObject(node, "text", text->str);
    g_string_free(text, TRUE);
}

static cJSON *reasons_json(const Operation *op, const Explanation *explanation) {
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < explanation->conflict.n; i++) {
        const Obstacle *obstacle = &explanation->conflict.obstacles[i];
        cJSON *entry = cJSON_CreateObject();
        add_reason(entry, op, explanation->household, &obstacle->reason);
        cJSON_AddBoolToObject(entry, "enough", obstacle->enough);
        if (obstacle->enough)
            add_date(entry, "start", obstacle->start, MINUTE_NONE);
        if (obstacle->has_relief)
            add_relief(entry, op, obstacle);
        cJSON_AddItemToArray(list, entry);
    }
    return list;
}

static cJSON *slacks_json(const Standing *standing, const Explanation *explanation) {
    int h = explanation->household;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < explanation->n_slacks; i++) {
        const Slack *slack = &explanation->slacks[i];
        const PlanTask *task = &standing->plan->households[h].tasks[slack->task];
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddStringToObject(entry, "task",
                                household_package(standing->op, h)->tasks[slack->task].id);
        add_date(entry, "start", task->start, task->start_minute);
        cJSON_AddNumberToObject(entry, "float_days", slack->days);
        cJSON_AddItemToArray(list, entry);
    }
    return list;
}

char *explain_json(const Standing *standing, const Explanation *explanation) {
    const Operation *op = standing->op;
    int h = explanation->household;
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "household", op->households[h].id);
    cJSON_AddBoolToObject(root, "planned", explanation->planned);
    if (explanation->planned) {
        cJSON_AddStringToObject(root, "task",
                                household_package(op, h)->tasks[explanation->task].id);
        cJSON_AddStringToObject(root, "status", status_names[explanation->promised]);
        add_date(root, "start", explanation->start, MINUTE_NONE);
        add_date(root, "earliest", explanation->earliest, MINUTE_NONE);
    }
    if (explanation->soonest != NULL)
        cJSON_AddNumberToObject(root, "cost_of_earliest",
                                (double)(explanation->soonest->total - standing->plan->total));
    cJSON_AddItemToObject(root, "reasons", reasons_json(op, explanation));
    if (explanation->planned)
        cJSON_AddItemToObject(root, "chain", slacks_json(standing, explanation));
    char *text = cJSON_PrintUnformatted(root);
    char *line = g_strconcat(text, "\n", NULL);
    cJSON_free(text);
    cJSON_Delete(root);
    return line;
}
