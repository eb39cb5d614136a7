/* summary_json.c: the summary for programs. */
#include <cjson/cJSON.h>
#include <math.h>

#include "io/review_json.h"
#include "io/summary_internal.h"

static void add_nights(cJSON *root, const Operation *op, const Verdict *verdict) {
    Nights nights = summary_nights(op, verdict);
    cJSON *object = cJSON_AddObjectToObject(root, "nights_away");
    cJSON_AddNumberToObject(object, "households", nights.households);
    cJSON_AddNumberToObject(object, "mean", round(nights.mean * 10) / 10);
    cJSON_AddNumberToObject(object, "worst", nights.worst);
    if (nights.worst_household != NONE)
        cJSON_AddStringToObject(object, "worst_household",
                                op->households[nights.worst_household].id);
}

static void add_objective(cJSON *root, const Plan *plan, const Verdict *verdict) {
    cJSON *objective = cJSON_AddObjectToObject(root, "objective");
    cJSON_AddNumberToObject(objective, "total", (double)verdict->total);
    cJSON_AddNumberToObject(objective, "bound", (double)plan->bound);
    cJSON_AddNumberToObject(objective, "gap", round(plan_gap(plan) * 1e4) / 1e4);
    cJSON *parts = cJSON_AddObjectToObject(objective, "parts");
    for (int p = 0; p < PART_COUNT; p++)
        cJSON_AddNumberToObject(parts, part_infos[p].name, (double)verdict->parts[p]);
}

static void add_unplanned(cJSON *root, const Operation *op, const Plan *plan) {
    cJSON *list = cJSON_AddArrayToObject(root, "unplanned");
    for (int h = 0; h < op->n_households; h++) {
        const PlanHousehold *household = &plan->households[h];
        if (household->planned)
            continue;
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddStringToObject(entry, "household", op->households[h].id);
        cJSON *reasons = cJSON_AddArrayToObject(entry, "reasons");
        for (int r = 0; r < household->n_reasons; r++)
            cJSON_AddItemToArray(reasons, cJSON_CreateString(household->reasons[r]));
        cJSON_AddItemToArray(list, entry);
    }
}

char *summary_json(const Operation *op, const Plan *plan, const Verdict *verdict,
                   const Review *review) {
    char as_of[DATE_TEXT];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "operation", op->name);
    cJSON_AddStringToObject(root, "as_of", date_text(plan->as_of, as_of));
    cJSON_AddStringToObject(root, "status", plan_status_names[plan->status]);
    cJSON_AddNumberToObject(root, "households", op->n_households);
    cJSON_AddNumberToObject(root, "planned", verdict->n_planned);
    add_nights(root, op, verdict);
    cJSON_AddNumberToObject(root, "evenings", verdict->n_evenings);
    cJSON_AddItemToObject(root, "broken_promises", review_broken_json(review));
    if (review->weeks.previous != NULL)
        cJSON_AddItemToObject(root, "changes", review_changes_json(review));
    add_objective(root, plan, verdict);
    add_unplanned(root, op, plan);
    char *printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    char *text = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return text;
}
