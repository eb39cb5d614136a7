#include "io/review_json.h"

#include <glib.h>

#include "io/call_list.h"

static void add_moment(cJSON *object, const char *key, date_t date, minute_t minute) {
    char text[DATE_TEXT];
    if (date != DATE_NONE)
        cJSON_AddStringToObject(object, key, date_time_text(date, minute, text));
}

/* The cells of a row; with `columns` only those. */
static void add_cells(cJSON *object, const char *key, const InputRow *row, uint32_t columns) {
    if (row == NULL)
        return;
    cJSON *cells = cJSON_AddObjectToObject(object, key);
    for (int c = 0; c < row->n_cells; c++) {
        const InputCell *cell = &row->cells[c];
        if ((columns >> c & 1) == 0)
            continue;
        if (cell->text != NULL)
            cJSON_AddStringToObject(cells, cell->column, cell->text);
        else if (cell->date == DATE_NONE)
            cJSON_AddStringToObject(cells, cell->column, "");
        else
            add_moment(cells, cell->column, cell->date, cell->minute);
    }
}

static cJSON *difference_json(const Difference *difference) {
    const InputRow *row = difference->now != NULL ? difference->now : difference->then;
    bool both = difference->now != NULL && difference->then != NULL;
    uint32_t columns = both ? difference->columns : UINT32_MAX;
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "file", input_files[row->kind]);
    if (difference->now != NULL && row->line > 0)
        cJSON_AddNumberToObject(object, "line", row->line);
    if (row->key[0] != '\0')
        cJSON_AddStringToObject(object, "row", row->key);
    add_cells(object, "then", difference->then, columns);
    add_cells(object, "now", difference->now, columns);
    return object;
}

static void add_cause(cJSON *object, const Operation *op, const Cause *cause) {
    cJSON *node = cJSON_AddObjectToObject(object, "cause");
    cJSON_AddStringToObject(node, "kind", cause_names[cause->kind]);
    if (cause->kind == CAUSE_GIVES_WAY)
        cJSON_AddStringToObject(node, "household", op->households[cause->other].id);
    cJSON *rows = cJSON_AddArrayToObject(node, "rows");
    for (int i = 0; i < cause->n; i++)
        cJSON_AddItemToArray(rows, difference_json(cause->differences[i]));
}

static cJSON *offers_json(const BrokenPromise *promise) {
    cJSON *offers = cJSON_CreateArray();
    char text[DATE_TEXT];
    for (int i = 0; i < promise->n_offers; i++)
        cJSON_AddItemToArray(offers,
                             cJSON_CreateString(date_time_text(promise->offers[i].start,
                                                               promise->offers[i].minute, text)));
    return offers;
}

cJSON *review_broken_json(const Review *review) {
    const Operation *op = review->weeks.op;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < review->n_broken; i++) {
        const BrokenPromise *promise = &review->broken[i];
        const Fact *fact = &op->households[promise->household].facts[promise->task];
        const PlanTask *now =
            &review->weeks.plan->households[promise->household].tasks[promise->task];
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddStringToObject(entry, "household", op->households[promise->household].id);
        cJSON_AddStringToObject(entry, "task",
                                household_package(op, promise->household)->tasks[promise->task].id);
        add_moment(entry, "confirmed", fact->start, fact->start_minute);
        add_moment(entry, "now", now->start, now->start_minute);
        if (promise->rule != NULL)
            cJSON_AddStringToObject(entry, "why", promise->rule);
        if (promise->cause != NULL)
            add_cause(entry, op, promise->cause);
        cJSON_AddItemToObject(entry, "offers", offers_json(promise));
        cJSON_AddItemToArray(list, entry);
    }
    return list;
}

static void add_values(cJSON *entry, const Change *change) {
    switch (change->kind) {
    case CHANGE_FINISH:
        add_moment(entry, "from", change->then.finish, change->then.finish_minute);
        add_moment(entry, "to", change->now.finish, change->now.finish_minute);
        break;
    case CHANGE_MEMBER:
        cJSON_AddStringToObject(entry, "role", change->op->roles[change->role].id);
        cJSON_AddStringToObject(entry, "from", change->member_then->id);
        cJSON_AddStringToObject(entry, "to", change->member_now->id);
        break;
    case CHANGE_HOME:
        if (change->home_then != NULL)
            cJSON_AddStringToObject(entry, "from", change->home_then->id);
        if (change->home_now != NULL)
            cJSON_AddStringToObject(entry, "to", change->home_now->id);
        break;
    case CHANGE_NEW:
    case CHANGE_MOVED:
    case CHANGE_WITHDRAWN:
        add_moment(entry, "from", change->then.start, change->then.start_minute);
        add_moment(entry, "to", change->now.start, change->now.start_minute);
        if (change->kind == CHANGE_MOVED)
            cJSON_AddNumberToObject(entry, "days", change->now.start - change->then.start);
        break;
    }
}

cJSON *review_changes_json(const Review *review) {
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < review->changes.n; i++) {
        const Change *change = &review->changes.rows[i];
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddStringToObject(entry, "household", change->op->households[change->household].id);
        if (change->task != NONE) {
            const Task *task =
                &household_package(change->op, change->household)->tasks[change->task];
            cJSON_AddStringToObject(entry, "task", task->id);
        }
        cJSON_AddStringToObject(entry, "change", change_names[change->kind]);
        add_values(entry, change);
        if (change->task != NONE)
            cJSON_AddStringToObject(entry, "status", status_names[change->status]);
        add_cause(entry, review->weeks.op, &change->cause);
        cJSON_AddItemToArray(list, entry);
    }
    return list;
}

static cJSON *call_json(const Call *call) {
    const Household *household = &call->op->households[call->household];
    cJSON *entry = cJSON_CreateObject();
    char text[DATE_TEXT];
    cJSON_AddStringToObject(entry, "household", household->id);
    cJSON_AddStringToObject(entry, "name", household->name);
    cJSON_AddStringToObject(entry, "phone", household->phone);
    cJSON_AddBoolToObject(entry, "evenings_only", call->evenings_only);
    cJSON_AddStringToObject(entry, "until", date_text(call->by, text));
    cJSON *topics = cJSON_AddArrayToObject(entry, "topics");
    for (guint i = 0; i < call->items->len; i++) {
        const CallItem *item = &g_array_index(call->items, CallItem, i);
        cJSON *topic = cJSON_CreateObject();
        cJSON_AddStringToObject(topic, "about", call_topic_names[item->topic]);
        cJSON_AddStringToObject(topic, "task",
                                household_package(call->op, call->household)->tasks[item->task].id);
        add_moment(topic, "told", item->told.start, item->told.start_minute);
        add_moment(topic, "now", item->now.start, item->now.start_minute);
        if (item->broken != NULL)
            cJSON_AddItemToObject(topic, "offers", offers_json(item->broken));
        cJSON_AddItemToArray(topics, topic);
    }
    return entry;
}

cJSON *review_calls_json(const Review *review, CallScope scope) {
    cJSON *list = cJSON_CreateArray();
    GArray *calls = call_list(review, scope);
    for (guint i = 0; i < calls->len; i++)
        cJSON_AddItemToArray(list, call_json(&g_array_index(calls, Call, i)));
    call_list_free(calls);
    return list;
}

char *review_json(const Review *review) {
    char text[DATE_TEXT];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "operation", review->weeks.op->name);
    cJSON_AddStringToObject(root, "from", date_text(review->weeks.previous->as_of, text));
    cJSON_AddStringToObject(root, "to", date_text(review->weeks.plan->as_of, text));
    cJSON_AddItemToObject(root, "broken_promises", review_broken_json(review));
    cJSON_AddItemToObject(root, "changes", review_changes_json(review));
    cJSON_AddItemToObject(root, "calls", review_calls_json(review, CALLS_ALL));
    char *printed = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    char *line = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return line;
}
