/* risk_json.c: which dates hold and which supplier harms most, for programs and spreadsheets. */
#include <cjson/cJSON.h>
#include <math.h>

#include "io/csv_write.h"
#include "io/risk_report.h"
#include "io/tell.h"

static double rounded(double value) {
    return round(value * 1e4) / 1e4;
}

/* A share with four decimals and its interval. */
static void add_interval(cJSON *object, const char *key, const Interval *interval) {
    cJSON *entry = cJSON_AddObjectToObject(object, key);
    cJSON_AddNumberToObject(entry, "value", rounded(interval->value));
    cJSON_AddNumberToObject(entry, "low", rounded(interval->low));
    cJSON_AddNumberToObject(entry, "high", rounded(interval->high));
}

/* A date, or null when there is none or it never comes. */
static void add_date(cJSON *object, const char *key, date_t date) {
    char text[DATE_TEXT];
    if (date == DATE_NONE || date == NEVER)
        cJSON_AddNullToObject(object, key);
    else
        cJSON_AddStringToObject(object, key, date_text(date, text));
}

static cJSON *supplier_json(const SupplierRisk *risk) {
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "supplier", risk->supplier->name);
    cJSON_AddNumberToObject(entry, "lorries", risk->n_lorries);
    cJSON_AddNumberToObject(entry, "on_time", rounded(risk->supplier->on_time));
    cJSON_AddNumberToObject(entry, "delay_days", rounded(risk->supplier->mean));
    cJSON_AddNumberToObject(entry, "spread_days", rounded(risk->supplier->spread));
    cJSON_AddNumberToObject(entry, "history", risk->supplier->n_history);
    cJSON_AddNumberToObject(entry, "harm", rounded(risk->harm));
    add_interval(entry, "share", &risk->share);
    return entry;
}

static cJSON *household_json(const Operation *op, const HouseholdRisk *risk) {
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "household", op->households[risk->household].id);
    add_date(entry, "plan", risk->plan);
    add_interval(entry, "confidence", &risk->confidence);
    add_date(entry, "p50", risk->p50);
    add_date(entry, "p80", risk->p80);
    add_date(entry, "p90", risk->p90);
    add_date(entry, "p95", risk->p95);
    cJSON_AddBoolToObject(entry, "promise", risk->promise);
    return entry;
}

char *risk_json(const Risk *risk) {
    char as_of[DATE_TEXT];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "operation", risk->op->name);
    cJSON_AddStringToObject(root, "as_of", date_text(risk->op->as_of, as_of));
    cJSON_AddNumberToObject(root, "samples", risk->n_samples);
    cJSON_AddNumberToObject(root, "failed", risk->n_failed);
    cJSON_AddBoolToObject(root, "settled", risk->settled);
    add_interval(root, "harm", &risk->harm);
    cJSON *finish = cJSON_AddObjectToObject(root, "finish");
    add_date(finish, "plan", risk->finish);
    add_date(finish, "p50", risk->finish_p50);
    add_date(finish, "p80", risk->finish_p80);
    add_date(finish, "p95", risk->finish_p95);
    cJSON *suppliers = cJSON_AddArrayToObject(root, "suppliers");
    for (int s = 0; s < risk->n_suppliers; s++)
        cJSON_AddItemToArray(suppliers, supplier_json(&risk->suppliers[s]));
    cJSON *households = cJSON_AddArrayToObject(root, "households");
    for (int h = 0; h < risk->n_households; h++)
        cJSON_AddItemToArray(households, household_json(risk->op, &risk->households[h]));
    char *printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    char *line = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return line;
}

/* ---- CSV ------------------------------------------------------------------------------------- */

static void append_date(GString *out, char delimiter, const Operation *op, date_t date) {
    char text[DATE_TEXT] = "";
    if (date != DATE_NONE && date != NEVER)
        tell_moment(op, date, MINUTE_NONE, text);
    g_string_append_c(out, delimiter);
    csv_write_cell(out, text);
}

static void append_percent(GString *out, char delimiter, const Operation *op, double share) {
    GString *text = g_string_new(NULL);
    tell_tenths(text, op, 100 * share);
    g_string_append_c(out, delimiter);
    csv_write_cell(out, text->str);
    g_string_free(text, TRUE);
}

char *risk_csv(const Risk *risk) {
    static const char *const names[] = {"household", "plan", "confidence", "low", "high",
                                        "p50",       "p80",  "p90",        "p95", "promise"};
    char delimiter = tell_french(risk->op) ? ';' : ',';
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_string_append_printf(out, "%.*s%s", i > 0, &delimiter, names[i]);
    g_string_append(out, "\r\n");
    for (int h = 0; h < risk->n_households; h++) {
        const HouseholdRisk *household = &risk->households[h];
        csv_write_cell(out, risk->op->households[household->household].id);
        append_date(out, delimiter, risk->op, household->plan);
        append_percent(out, delimiter, risk->op, household->confidence.value);
        append_percent(out, delimiter, risk->op, household->confidence.low);
        append_percent(out, delimiter, risk->op, household->confidence.high);
        append_date(out, delimiter, risk->op, household->p50);
        append_date(out, delimiter, risk->op, household->p80);
        append_date(out, delimiter, risk->op, household->p90);
        append_date(out, delimiter, risk->op, household->p95);
        g_string_append_printf(out, "%c%s\r\n", delimiter, household->promise ? "yes" : "no");
    }
    return g_string_free(out, FALSE);
}
