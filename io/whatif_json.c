/* whatif_json.c: scenarios beside the plan, for programs and spreadsheets. */
#include <cjson/cJSON.h>
#include <math.h>

#include "io/csv_write.h"
#include "io/review_json.h"
#include "io/tell.h"
#include "io/whatif_report.h"

static cJSON *figures_json(const Operation *op, const Figures *figures) {
    char text[DATE_TEXT];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "households", figures->n_households);
    cJSON_AddNumberToObject(object, "planned", figures->n_planned);
    cJSON *nights = cJSON_AddObjectToObject(object, "nights_away");
    cJSON_AddNumberToObject(nights, "households", figures->n_away);
    cJSON_AddNumberToObject(nights, "mean", round(figures->mean_nights * 10) / 10);
    cJSON_AddNumberToObject(nights, "worst", figures->worst_nights);
    if (figures->worst_household != NONE)
        cJSON_AddStringToObject(nights, "worst_household",
                                op->households[figures->worst_household].id);
    cJSON_AddNumberToObject(object, "broken_promises", figures->n_broken);
    cJSON_AddNumberToObject(object, "moved", figures->n_moved);
    cJSON_AddNumberToObject(object, "evenings", figures->n_evenings);
    if (figures->last_finish != DATE_NONE)
        cJSON_AddStringToObject(object, "last_finish", date_text(figures->last_finish, text));
    cJSON_AddNumberToObject(object, "total", (double)figures->total);
    if (figures->bound > 0)
        cJSON_AddNumberToObject(object, "bound", (double)figures->bound);
    cJSON *parts = cJSON_AddObjectToObject(object, "parts");
    for (int p = 0; p < PART_COUNT; p++)
        cJSON_AddNumberToObject(parts, part_infos[p].name, (double)figures->parts[p]);
    return object;
}

static void add_unplanned(cJSON *entry, const Outcome *outcome) {
    const Operation *op = outcome->replanned.op;
    cJSON *list = cJSON_AddArrayToObject(entry, "unplanned");
    for (int h = 0; h < op->n_households; h++)
        if (!outcome->replanned.plan->households[h].planned)
            cJSON_AddItemToArray(list, cJSON_CreateString(op->households[h].id));
}

static cJSON *outcome_json(const WhatIf *whatif, const Outcome *outcome) {
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "name", outcome->scenario->name);
    if (outcome->replanned.plan == NULL) {
        cJSON_AddStringToObject(entry, "failure",
                                outcome->done ? outcome->failure : "stopped before");
        return entry;
    }
    cJSON_AddItemToObject(entry, "figures", figures_json(outcome->replanned.op, &outcome->figures));
    cJSON_AddNumberToObject(entry, "displaced", outcome->replanned.n_displaced);
    add_unplanned(entry, outcome);
    Weeks weeks = {whatif->op, whatif->base, outcome->replanned.op, outcome->replanned.previous,
                   outcome->replanned.plan};
    Review *review = review_new(&weeks);
    cJSON_AddItemToObject(entry, "broken_promises", review_broken_json(review));
    cJSON_AddItemToObject(entry, "changes", review_changes_json(review));
    cJSON_AddItemToObject(entry, "calls", review_calls_json(review, CALLS_NEW));
    review_free(review);
    return entry;
}

char *whatif_json(const WhatIf *whatif) {
    char as_of[DATE_TEXT];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "operation", whatif->op->name);
    cJSON_AddStringToObject(root, "as_of", date_text(whatif->op->as_of, as_of));
    cJSON_AddItemToObject(root, "plan", figures_json(whatif->op, &whatif->figures));
    cJSON *list = cJSON_AddArrayToObject(root, "scenarios");
    for (int i = 0; i < whatif->n; i++)
        cJSON_AddItemToArray(list, outcome_json(whatif, &whatif->outcomes[i]));
    char *printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    char *line = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return line;
}

/* ---- CSV ------------------------------------------------------------------------------------- */

typedef struct Sheet {
    GString *out;
    char delimiter;
    bool begun; /* the line has a cell */
} Sheet;

static void append_cell(Sheet *sheet, const char *text) {
    if (sheet->begun)
        g_string_append_c(sheet->out, sheet->delimiter);
    sheet->begun = true;
    csv_write_cell(sheet->out, text);
}

/* Takes over `text`. */
static void append_taken(Sheet *sheet, char *text) {
    append_cell(sheet, text);
    g_free(text);
}

static void append_whole(Sheet *sheet, int64_t number) {
    append_taken(sheet, g_strdup_printf("%" G_GINT64_FORMAT, number));
}

static void end_line(Sheet *sheet) {
    g_string_append(sheet->out, "\r\n");
    sheet->begun = false;
}

static void append_head(Sheet *sheet) {
    static const char *const names[] = {"scenario",     "households",      "planned", "nights_mean",
                                        "nights_worst", "broken_promises", "moved",   "evenings",
                                        "last_finish",  "total",           "bound"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        append_cell(sheet, names[i]);
    for (int p = 0; p < PART_COUNT; p++)
        append_taken(sheet, g_strdup_printf("cost_%s", part_infos[p].name));
    end_line(sheet);
}

static void append_figures(Sheet *sheet, const Operation *op, const char *name,
                           const Figures *figures) {
    char text[DATE_TEXT] = "";
    GString *mean = g_string_new(NULL);
    tell_tenths(mean, op, figures->mean_nights);
    append_cell(sheet, name);
    append_whole(sheet, figures->n_households);
    append_whole(sheet, figures->n_planned);
    append_cell(sheet, mean->str);
    append_whole(sheet, figures->worst_nights);
    append_whole(sheet, figures->n_broken);
    append_whole(sheet, figures->n_moved);
    append_whole(sheet, figures->n_evenings);
    if (figures->last_finish != DATE_NONE)
        tell_moment(op, figures->last_finish, MINUTE_NONE, text);
    append_cell(sheet, text);
    append_whole(sheet, figures->total);
    if (figures->bound > 0)
        append_whole(sheet, figures->bound);
    else
        append_cell(sheet, "");
    for (int p = 0; p < PART_COUNT; p++)
        append_whole(sheet, figures->parts[p]);
    end_line(sheet);
    g_string_free(mean, TRUE);
}

char *whatif_csv(const WhatIf *whatif) {
    Sheet sheet = {g_string_new(NULL), tell_french(whatif->op) ? ';' : ',', false};
    append_head(&sheet);
    append_figures(&sheet, whatif->op, "plan", &whatif->figures);
    for (int i = 0; i < whatif->n; i++) {
        const Outcome *outcome = &whatif->outcomes[i];
        if (outcome->replanned.plan != NULL) {
            append_figures(&sheet, whatif->op, outcome->scenario->name, &outcome->figures);
        } else {
            append_cell(&sheet, outcome->scenario->name);
            end_line(&sheet);
        }
    }
    return g_string_free(sheet.out, FALSE);
}
