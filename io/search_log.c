#include "io/search_log.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <math.h>

struct SearchLog {
    FILE *out;
    bool json;
    bool headed;        /* the table has its head */
    GHashTable *phases; /* names of those that had their line */
    gint64 begin;       /* monotonic microseconds */
};

typedef struct EventInfo {
    char mark;        /* in the table */
    const char *name; /* in JSON */
} EventInfo;

static const EventInfo events[] = {
    [RUN_NEWS_PHASE] = {'>', "phase"},
    [RUN_NEWS_PLAN] = {'*', "plan"},
    [RUN_NEWS_BOUND] = {'+', "bound"},
    [RUN_NEWS_END] = {'=', "end"},
};

SearchLog *search_log_new(FILE *out, bool json) {
    SearchLog *log = g_new0(SearchLog, 1);
    log->out = out;
    log->json = json;
    log->phases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    log->begin = g_get_monotonic_time();
    return log;
}

void search_log_free(SearchLog *log) {
    g_hash_table_unref(log->phases);
    g_free(log);
}

static double gap_of(const RunProgress *news) {
    return (double)(news->total - news->bound) / (double)MAX(news->total, 1);
}

/* One cell, to the right; `known` false leaves a dash. */
static void append_number(GString *line, int width, bool known, gint64 number) {
    if (known)
        g_string_append_printf(line, " %*" G_GINT64_FORMAT, width, number);
    else
        g_string_append_printf(line, " %*s", width, "-");
}

static char *table_line(const RunProgress *news) {
    GString *line = g_string_new(NULL);
    g_string_append_printf(line, "%9.2f %c %-*s", news->elapsed, events[news->news].mark,
                           (int)MAX_PHASE_NAME - 4, news->by);
    append_number(line, 12, news->has_plan, news->total);
    append_number(line, 12, news->bound > 0, news->bound);
    if (news->has_plan && news->bound > 0)
        g_string_append_printf(line, " %8.3f", 100 * gap_of(news));
    else
        g_string_append_printf(line, " %8s", "-");
    append_number(line, 9, news->has_plan, news->unplanned);
    append_number(line, 8, news->columns > 0, news->columns);
    append_number(line, 8, news->rows > 0, news->rows);
    return g_string_free(line, FALSE);
}

static char *printed(cJSON *object) {
    char *json = cJSON_PrintUnformatted(object);
    char *line = g_strdup(json);
    cJSON_free(json);
    cJSON_Delete(object);
    return line;
}

static cJSON *object_at(double elapsed, const char *event) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "time", round(elapsed * 1e3) / 1e3);
    cJSON_AddStringToObject(object, "event", event);
    return object;
}

static char *json_line(const RunProgress *news) {
    cJSON *object = object_at(news->elapsed, events[news->news].name);
    cJSON_AddStringToObject(object, "by", news->by);
    if (news->has_plan)
        cJSON_AddNumberToObject(object, "total", (double)news->total);
    if (news->bound > 0)
        cJSON_AddNumberToObject(object, "bound", (double)news->bound);
    if (news->has_plan && news->bound > 0)
        cJSON_AddNumberToObject(object, "gap", round(gap_of(news) * 1e6) / 1e6);
    if (news->has_plan)
        cJSON_AddNumberToObject(object, "unplanned", news->unplanned);
    if (news->columns > 0)
        cJSON_AddNumberToObject(object, "columns", news->columns);
    if (news->rows > 0)
        cJSON_AddNumberToObject(object, "rows", news->rows);
    return printed(object);
}

/* Each line is on its way before the search goes on. */
static void print_line(SearchLog *log, char *line) {
    fprintf(log->out, "%s\n", line);
    fflush(log->out);
    g_free(line);
}

static void print_head(SearchLog *log) {
    log->headed = true;
    print_line(log, g_strdup_printf("%9s   %-*s %12s %12s %8s %9s %8s %8s", "time, s",
                                    (int)MAX_PHASE_NAME - 4, "found by", "total", "bound", "gap, %",
                                    "unplanned", "columns", "rows"));
}

void search_log_news(SearchLog *log, const RunProgress *news) {
    if (news->news == RUN_NEWS_NONE ||
        (news->news == RUN_NEWS_PHASE && !g_hash_table_add(log->phases, g_strdup(news->by))))
        return;
    if (!log->json && !log->headed)
        print_head(log);
    print_line(log, log->json ? json_line(news) : table_line(news));
}

void search_log_remark(SearchLog *log, const char *text) {
    double elapsed = (double)(g_get_monotonic_time() - log->begin) / 1e6;
    if (!log->json) {
        print_line(log, g_strdup_printf("%9.2f   %s", elapsed, text));
        return;
    }
    cJSON *object = object_at(elapsed, "remark");
    cJSON_AddStringToObject(object, "text", text);
    print_line(log, printed(object));
}
