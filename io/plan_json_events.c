#include "io/plan_json_events.h"

#include "io/json_write.h"

/* `, "key": "text"`, unless the text is blank. */
static void append_text(GString *out, const char *separator, const char *key, const char *text) {
    if (text[0] == '\0')
        return;
    g_string_append(out, separator);
    json_write_pair(out, key, text);
}

static void append_resources(GString *out, const Events *events) {
    g_string_append(out, ",\n  \"resources\": [");
    for (int m = 0; m < events->n_members; m++) {
        const EventMember *member = &events->members[m];
        g_string_append(out, m > 0 ? ",\n    {" : "\n    {");
        json_write_pair(out, "resource", member->id);
        append_text(out, ", ", "role", member->role);
        append_text(out, ", ", "label", member->label);
        g_string_append_c(out, '}');
    }
    g_string_append(out, events->n_members > 0 ? "\n  ]" : "]");
}

void plan_json_household(GString *out, const EventHousehold *household) {
    const struct {
        const char *key, *text;
    } pairs[] = {{"name", household->name},         {"dwelling", household->dwelling},
                 {"building", household->building}, {"phone", household->phone},
                 {"access", household->access},     {"needs", household->needs},
                 {"absences", household->absences}, {"notes", household->notes}};
    const char *separator = ",\n     ";
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        append_text(out, separator, pairs[i].key, pairs[i].text);
        if (pairs[i].text[0] != '\0')
            separator = ", ";
    }
}

void plan_json_event(GString *out, const Event *event) {
    static const char *const moves[] = {"", "out", "back"}; /* by Move */
    if (!g_str_equal(event->label, event->task))
        append_text(out, ", ", "label", event->label);
    append_text(out, ", ", "moves", moves[event->move]);
    if (event->move != MOVE_NONE || event->state != EVENT_LIVE)
        append_text(out, ", ", "place", event->place);
    for (int i = 0; i < event->n_members; i++) {
        g_string_append(out, i > 0 ? ", " : ", \"members\": [");
        json_write_string(out, event->members[i]);
    }
    if (event->n_members > 0)
        g_string_append_c(out, ']');
    if (event->sequence > 0)
        g_string_append_printf(out, ", \"sequence\": %d", event->sequence);
}

static void append_withdrawn(GString *out, const Event *event) {
    char text[DATE_TEXT];
    json_write_pair(out, "household", event->household->id);
    append_text(out, ", ", "task", event->task);
    if (event->state == EVENT_FORGOTTEN) {
        g_string_append_printf(out, ", \"sequence\": %d", event->sequence);
        return;
    }
    append_text(out, ", ", "until", date_text(event->until, text));
    if (event->state == EVENT_REPLACED)
        g_string_append(out, ", \"replaced\": true");
    append_text(out, ", ", "start", date_time_text(event->start, event->start_minute, text));
    append_text(out, ", ", "finish", date_time_text(event->finish, event->finish_minute, text));
    append_text(out, ", ", "status", status_names[event->status]);
    append_text(out, ", ", "name", event->household->name);
    plan_json_event(out, event);
}

static void append_all_withdrawn(GString *out, const Events *events) {
    if (events->n_past == 0)
        return;
    g_string_append(out, ",\n  \"withdrawn\": [");
    for (int i = 0; i < events->n_past; i++) {
        g_string_append(out, i > 0 ? ",\n    {" : "\n    {");
        append_withdrawn(out, &events->past[i]);
        g_string_append_c(out, '}');
    }
    g_string_append(out, "\n  ]");
}

void plan_json_calendar(GString *out, const Events *events) {
    append_text(out, ",\n  ", "timezone", events->timezone);
    append_text(out, ", ", "language", events->language);
    append_text(out, ", ", "uid_space", events->space);
    append_resources(out, events);
    append_all_withdrawn(out, events);
}
