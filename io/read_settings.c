/* read_settings.c: operation.json but for its packages. */
#include <string.h>

#include "io/reader.h"
#include "solver/language.h"

static const char file[] = "operation.json";

typedef struct Settings {
    const char *name, *timezone, *language;
    date_t as_of;
    const cJSON *horizon, *slots, *weights, *packages;
    int grid_minutes, buffer_minutes, turnaround_days;
} Settings;

static const JsonKey settings_keys[] = {
    {"name", JSON_TEXT, true, offsetof(Settings, name), 0, 0},
    {"timezone", JSON_TEXT, false, offsetof(Settings, timezone), 0, 0},
    {"language", JSON_TEXT, false, offsetof(Settings, language), 0, 0},
    {"as_of", JSON_DATE, false, offsetof(Settings, as_of), 0, 0},
    {"horizon", JSON_OBJECT, true, offsetof(Settings, horizon), 0, 0},
    {"slots", JSON_LIST, true, offsetof(Settings, slots), 0, 0},
    {"grid_minutes", JSON_WHOLE, false, offsetof(Settings, grid_minutes), 1, 240},
    {"buffer_minutes", JSON_WHOLE, false, offsetof(Settings, buffer_minutes), 0, 24 * 60},
    {"turnaround_days", JSON_WHOLE, false, offsetof(Settings, turnaround_days), 0, MAX_DAYS},
    {"weights", JSON_OBJECT, false, offsetof(Settings, weights), 0, 0},
    {"packages", JSON_OBJECT, true, offsetof(Settings, packages), 0, 0},
};

static const JsonKey horizon_keys[] = {
    {"start", JSON_DATE, true, offsetof(Operation, start), 0, 0},
    {"end", JSON_DATE, true, offsetof(Operation, end), 0, 0},
};

static const JsonKey slot_keys[] = {
    {"id", JSON_TEXT, true, offsetof(Slot, id), 0, 0},
    {"from", JSON_TIME, true, offsetof(Slot, from), 0, 0},
    {"to", JSON_TIME, true, offsetof(Slot, to), 0, 0},
    {"late", JSON_FLAG, false, offsetof(Slot, late), 0, 0},
};

static const cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static bool has_value(const cJSON *object, const char *name) {
    const cJSON *value = member(object, name);
    return value != NULL && !cJSON_IsNull(value);
}

/* How many characters of the text are the name of a language, such as `fr` or `pt_BR`; 0: none. */
static size_t language_length(const char *text) {
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    if (n < 2 || n > 3)
        return 0;
    bool country = (text[n] == '_' || text[n] == '-') && g_ascii_isupper(text[n + 1]) &&
                   g_ascii_isupper(text[n + 2]);
    return country ? n + 3 : n;
}

/* The language as the text seems to say it, so that the faults of reading the file, which may be
 * no JSON at all, are told in it. */
static void guess_language(const GString *text) {
    static const char key[] = "\"language\"", blanks[] = " \t\r\n";
    language_set("en");
    for (const char *at = strstr(text->str, key); at != NULL; at = strstr(at, key)) {
        at += strlen(key);
        const char *value = at + strspn(at, blanks);
        value += *value == ':';
        value += strspn(value, blanks);
        size_t n = *value == '"' ? language_length(value + 1) : 0;
        if (n > 0 && value[1 + n] == '"') {
            char *language = g_strndup(value + 1, n);
            language_set(language);
            g_free(language);
            return;
        }
    }
}

/* The name of a language becomes part of a path when its words are looked up. */
static bool is_language(const char *text) {
    size_t n = language_length(text);
    return n > 0 && text[n] == '\0';
}

static void set_language(const Reader *reader, const cJSON *root, const Settings *settings) {
    reader->op->language = "en";
    if (settings->language != NULL && is_language(settings->language))
        reader->op->language = arena_strdup(reader->op->arena, settings->language);
    language_set(reader->op->language);
    if (settings->language != NULL && !is_language(settings->language))
        json_fault(reader->settings, member(root, "language"),
                   _("a language such as \"fr\" or \"en\""));
}

/* A name becomes a path of the database; an offset such as +01:00 would know no summer time. */
static bool is_timezone(const char *name) {
    if (!g_ascii_isalpha(name[0]))
        return false;
    for (const char *p = name; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p) && strchr("_+/-", *p) == NULL)
            return false;
    GTimeZone *zone = g_time_zone_new_identifier(name);
    if (zone != NULL)
        g_time_zone_unref(zone);
    return zone != NULL;
}

static void set_timezone(const Reader *reader, const cJSON *root, const Settings *settings) {
    static const char fallback[] = "Europe/Paris";
    reader->op->timezone = fallback;
    if (settings->timezone == NULL)
        return;
    reader->op->timezone = arena_strdup(reader->op->arena, settings->timezone);
    /* On a machine without a database of zones nothing can be said about a name. */
    if (is_timezone(fallback) && !is_timezone(settings->timezone))
        json_fault(reader->settings, member(root, "timezone"),
                   _("a time zone such as \"Europe/Paris\""));
}

static date_t today(void) {
    GDateTime *now = g_date_time_new_now_local();
    date_t date = date_from_ymd(g_date_time_get_year(now), g_date_time_get_month(now),
                                g_date_time_get_day_of_month(now));
    g_date_time_unref(now);
    return date;
}

static void read_horizon(const Reader *reader, const cJSON *horizon) {
    Operation *op = reader->op;
    json_fill(reader->settings, horizon, horizon_keys, COUNT(horizon_keys), op);
    if (op->start == DATE_NONE || op->end == DATE_NONE)
        return;
    if (op->start > op->end)
        json_fault(reader->settings, member(horizon, "end"),
                   _("a date on or after the horizon's start"));
    else if (op->end - op->start >= MAX_DAYS)
        json_fault(reader->settings, member(horizon, "end"),
                   _("a horizon of at most 3660 days (ten years)"));
}

/* Slots are named in lists and behind a weekday and a colon. */
static bool is_slot_id(const char *id) {
    return strpbrk(id, ",;: \t\n") == NULL;
}

static void check_slot(const Reader *reader, const cJSON *node, const Slot *slot,
                       const GArray *before) {
    const JsonDocument *document = reader->settings;
    if (slot->id != NULL && !is_slot_id(slot->id))
        json_fault(document, member(node, "id"),
                   _("an id without blanks, commas, semicolons and colons"));
    if (slot->from == MINUTE_NONE || slot->to == MINUTE_NONE)
        return;
    if (slot->from >= slot->to)
        json_fault(document, member(node, "to"), _("a time after \"from\""));
    minute_t last = before->len > 0 ? g_array_index(before, Slot, before->len - 1).to : MINUTE_NONE;
    if (slot->from < last)
        json_fault(document, member(node, "from"),
                   _("slots in the order of the day that do not overlap: this one begins before "
                     "the one above it ends"));
}

static void read_slots(Reader *reader, const cJSON *list) {
    const JsonDocument *document = reader->settings;
    GArray *slots = g_array_new(FALSE, FALSE, sizeof(Slot));
    const cJSON *node;
    if (list->child == NULL)
        json_fault(document, list, _("at least one slot"));
    cJSON_ArrayForEach(node, list) {
        Slot slot = {.from = MINUTE_NONE, .to = MINUTE_NONE};
        if (slots->len == MAX_SLOTS) {
            json_fault(document, list, _("at most 16 slots"));
            references_set_incomplete(reader->slots);
            break;
        }
        bool good = json_fill(document, node, slot_keys, COUNT(slot_keys), &slot);
        check_slot(reader, node, &slot, slots);
        if (slot.id == NULL)
            continue;
        if (references_add(reader->slots, slot.id, json_line(document, node)) == NONE) {
            json_fault(document, member(node, "id"), _("an id that no other slot has"));
            continue;
        }
        slot.id = arena_strdup(reader->op->arena, slot.id);
        /* A slot without its times is known by name, and the file is refused anyway. */
        if (!good && (slot.from == MINUTE_NONE || slot.to == MINUTE_NONE))
            slot.from = slot.to =
                slots->len > 0 ? g_array_index(slots, Slot, slots->len - 1).to : 0;
        g_array_append_val(slots, slot);
    }
    reader->op->slots = reader_keep(reader, slots, &reader->op->n_slots);
}

static void read_weights(const Reader *reader, const cJSON *weights) {
    JsonKey keys[PART_COUNT];
    for (int p = 0; p < PART_COUNT; p++) {
        reader->op->weights[p] = part_infos[p].default_weight;
        keys[p] = (JsonKey){part_infos[p].name,         JSON_COST, false,
                            sizeof(cost_t) * (size_t)p, 0,         MAX_WEIGHT};
    }
    if (weights != NULL)
        json_fill(reader->settings, weights, keys, PART_COUNT, reader->op->weights);
}

static void apply(Reader *reader, const Settings *settings, date_t as_of) {
    Operation *op = reader->op;
    op->name = settings->name != NULL ? arena_strdup(op->arena, settings->name) : "";
    op->grid_minutes = settings->grid_minutes;
    op->buffer_minutes = settings->buffer_minutes;
    op->turnaround_days = settings->turnaround_days;
    op->as_of = as_of != DATE_NONE ? as_of : settings->as_of;
    if (settings->horizon != NULL)
        read_horizon(reader, settings->horizon);
    if (settings->slots != NULL)
        read_slots(reader, settings->slots);
    else
        references_set_incomplete(reader->slots);
    read_weights(reader, settings->weights);
    reader->weights = settings->weights;
    reader->packages = settings->packages;
}

void read_settings(Reader *reader, date_t as_of) {
    Operation *op = reader->op;
    Settings settings = {
        .as_of = DATE_NONE, .grid_minutes = 15, .buffer_minutes = 15, .turnaround_days = 2};
    op->start = op->end = DATE_NONE;
    GString *text = reader_file(reader, file, true);
    if (text != NULL && text->len > MAX_SETTINGS_BYTES) {
        faults_say(reader->faults, FAULT_ERROR, file, 0, _("the file is larger than %d MiB"),
                   MAX_SETTINGS_BYTES >> 20);
    } else if (text != NULL) {
        guess_language(text);
        reader->settings =
            json_parse(text->str, text->len, file, MAX_SETTINGS_VALUES, reader->faults);
    }
    if (text != NULL) {
        g_string_free(text, TRUE);
    }
    if (reader->settings == NULL) {
        op->language = "en";
    } else {
        const cJSON *root = json_root(reader->settings);
        json_fill(reader->settings, root, settings_keys, COUNT(settings_keys), &settings);
        set_language(reader, root, &settings);
        set_timezone(reader, root, &settings);
        if (settings.as_of == DATE_NONE && !has_value(root, "as_of"))
            settings.as_of = today();
    }
    apply(reader, &settings, as_of);
}
