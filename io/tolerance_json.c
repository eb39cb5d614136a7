/* tolerance_json.c: how late deliveries may come, for programs and spreadsheets. */
#include <cjson/cJSON.h>

#include "io/csv_write.h"
#include "io/tell.h"
#include "io/tolerance_report.h"

/* A slip in days; null: however late. */
static void add_slip(cJSON *entry, const char *key, int days) {
    if (days == ANY_SLIP)
        cJSON_AddNullToObject(entry, key);
    else
        cJSON_AddNumberToObject(entry, key, days);
}

/* Says why there is no answer; true when there is one. */
static bool add_done(cJSON *entry, bool done, bool failed) {
    if (!done)
        cJSON_AddStringToObject(entry, "failure", failed ? "accident" : "stopped before");
    return done;
}

static cJSON *delivery_json(const Operation *op, const DeliveryTolerance *answer) {
    const Delivery *delivery = &op->deliveries[answer->delivery];
    char text[DATE_TEXT];
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "delivery", delivery->id);
    cJSON_AddStringToObject(entry, "item", op->items[delivery->item]);
    cJSON_AddStringToObject(entry, "supplier", delivery->supplier);
    cJSON_AddStringToObject(entry, "date", date_text(delivery->date, text));
    if (!add_done(entry, answer->done, answer->failed))
        return entry;
    add_slip(entry, "stands", answer->stands);
    add_slip(entry, "promises", answer->promises);
    cJSON_AddBoolToObject(entry, "promises_exact", answer->promises_exact);
    add_slip(entry, "returns", answer->returns);
    cJSON_AddBoolToObject(entry, "returns_exact", answer->returns_exact);
    cJSON *weeks = cJSON_AddArrayToObject(entry, "weeks");
    for (int w = 0; w < TOLERANCE_WEEKS; w++)
        cJSON_AddItemToArray(weeks, cJSON_CreateNumber((double)answer->weeks[w]));
    return entry;
}

static cJSON *crew_json(const Operation *op, const CrewTolerance *answer) {
    char text[DATE_TEXT];
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, "resource", op->resources[answer->resource].id);
    if (!add_done(entry, answer->done, answer->failed))
        return entry;
    cJSON_AddNumberToObject(entry, "weeks", answer->n_weeks);
    cJSON_AddNumberToObject(entry, "standing", answer->n_standing);
    if (answer->worst != DATE_NONE)
        cJSON_AddStringToObject(entry, "worst", date_text(answer->worst, text));
    cJSON_AddNumberToObject(entry, "promises", answer->n_promises);
    cJSON_AddNumberToObject(entry, "returns", answer->n_returns);
    cJSON_AddNumberToObject(entry, "unplanned", answer->n_unplanned);
    cJSON_AddNumberToObject(entry, "cost", (double)answer->cost);
    return entry;
}

char *tolerance_json(const Tolerance *tolerance) {
    char as_of[DATE_TEXT];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "operation", tolerance->op->name);
    cJSON_AddStringToObject(root, "as_of", date_text(tolerance->op->as_of, as_of));
    cJSON *deliveries = cJSON_AddArrayToObject(root, "deliveries");
    for (int i = 0; i < tolerance->n_deliveries; i++)
        cJSON_AddItemToArray(deliveries, delivery_json(tolerance->op, &tolerance->deliveries[i]));
    cJSON *crews = cJSON_AddArrayToObject(root, "crews");
    for (int i = 0; i < tolerance->n_crews; i++)
        cJSON_AddItemToArray(crews, crew_json(tolerance->op, &tolerance->crews[i]));
    char *printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    char *line = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return line;
}

/* ---- CSV ------------------------------------------------------------------------------------- */

/* Appends the cells, NULL ends them, and a line end. */
static void append_line(GString *out, char delimiter, const char *const *cells, int n) {
    for (int i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(out, delimiter);
        csv_write_cell(out, cells[i]);
    }
    g_string_append(out, "\r\n");
}

enum { N_CELLS = 12, CELL = 32 };

static void put_slip(char *cell, int days) {
    if (days == ANY_SLIP)
        g_strlcpy(cell, "", CELL);
    else
        g_snprintf(cell, CELL, "%d", days);
}

static void append_delivery(GString *out, char delimiter, const Operation *op,
                            const DeliveryTolerance *answer) {
    const Delivery *delivery = &op->deliveries[answer->delivery];
    char date[DATE_TEXT], stands[CELL], promises[CELL], returns[CELL];
    char weeks[TOLERANCE_WEEKS][CELL];
    put_slip(stands, answer->stands);
    put_slip(promises, answer->promises);
    put_slip(returns, answer->returns);
    for (int w = 0; w < TOLERANCE_WEEKS; w++)
        g_snprintf(weeks[w], CELL, "%lld", (long long)answer->weeks[w]);
    const char *const cells[N_CELLS] = {"delivery",
                                        delivery->id,
                                        op->items[delivery->item],
                                        delivery->supplier,
                                        tell_moment(op, delivery->date, MINUTE_NONE, date),
                                        stands,
                                        promises,
                                        returns,
                                        weeks[0],
                                        weeks[1],
                                        weeks[2],
                                        weeks[3]};
    if (answer->done)
        append_line(out, delimiter, cells, N_CELLS);
    else
        append_line(out, delimiter, cells, 5);
}

static void append_crew(GString *out, char delimiter, const Operation *op,
                        const CrewTolerance *answer) {
    char worst[DATE_TEXT] = "", promises[CELL], returns[CELL], cost[CELL];
    if (answer->worst != DATE_NONE)
        tell_moment(op, answer->worst, MINUTE_NONE, worst);
    g_snprintf(promises, CELL, "%d", answer->n_promises);
    g_snprintf(returns, CELL, "%d", answer->n_returns);
    g_snprintf(cost, CELL, "%lld", (long long)answer->cost);
    const char *const cells[] = {
        "crew", op->resources[answer->resource].id, "", "", worst, "", promises, returns, cost};
    append_line(out, delimiter, cells, answer->done ? 9 : 2);
}

char *tolerance_csv(const Tolerance *tolerance) {
    static const char *const names[N_CELLS] = {
        "kind",     "id",      "item",        "supplier",    "date",        "stands",
        "promises", "returns", "cost_week_1", "cost_week_2", "cost_week_3", "cost_week_4"};
    char delimiter = tell_french(tolerance->op) ? ';' : ',';
    GString *out = g_string_new(NULL);
    append_line(out, delimiter, names, N_CELLS);
    for (int i = 0; i < tolerance->n_deliveries; i++)
        append_delivery(out, delimiter, tolerance->op, &tolerance->deliveries[i]);
    for (int i = 0; i < tolerance->n_crews; i++)
        append_crew(out, delimiter, tolerance->op, &tolerance->crews[i]);
    return g_string_free(out, FALSE);
}
