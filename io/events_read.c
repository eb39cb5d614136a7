/* events_read.c: the events that a plan.json holds, without the operation that it was made for. */
#include <glib.h>
#include <string.h>

#include "io/events_internal.h"
#include "io/json.h"
#include "io/plan_json.h"
#include "io/uuid.h"
#include "io/words.h"
#include "solver/language.h"

enum { MAX_SEQUENCE = 1000000 };

static const char *const move_names[] = {"", "out", "back"}; /* by Move */

typedef struct EventsReader {
    const JsonDocument *document;
    Arena *arena;
    Events *events;
    bool previous;
} EventsReader;

/* The texts of an event, as they stand in the file. */
typedef struct EventFields {
    const char *task, *label, *place, *moves, *start, *finish, *status;
    const cJSON *members;
    int sequence;
} EventFields;

#define FIELD(name) offsetof(EventFields, name)
static const JsonKey event_keys[] = {
    {"task", JSON_TEXT, true, FIELD(task), 0, 0},
    {"label", JSON_TEXT, false, FIELD(label), 0, 0},
    {"place", JSON_TEXT, false, FIELD(place), 0, 0},
    {"moves", JSON_TEXT, false, FIELD(moves), 0, 0},
    {"start", JSON_TEXT, false, FIELD(start), 0, 0},
    {"finish", JSON_TEXT, false, FIELD(finish), 0, 0},
    {"status", JSON_TEXT, false, FIELD(status), 0, 0},
    {"members", JSON_LIST, false, FIELD(members), 0, 0},
    {"sequence", JSON_WHOLE, false, FIELD(sequence), 0, MAX_SEQUENCE},
};
#undef FIELD

static void fault_at(const EventsReader *reader, const cJSON *object, const char *key,
                     const char *expected) {
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, key);
    json_fault(reader->document, node != NULL ? node : object, expected);
}

static const char *keep(const EventsReader *reader, const char *text, const char *otherwise) {
    return arena_strdup(reader->arena, text != NULL ? text : otherwise);
}

/* The index of the text among the names, or 0 after a fault. */
static int choose(const EventsReader *reader, const cJSON *object, const char *key,
                  const char *text, const char *const *names, int n, const char *expected) {
    for (int i = 0; i < n; i++)
        if (g_str_equal(text, names[i]))
            return i;
    fault_at(reader, object, key, expected);
    return 0;
}

static void read_moment(const EventsReader *reader, const cJSON *object, const char *key,
                        const char *text, date_t *date, minute_t *minute) {
    if (text == NULL || !words_date_time(text, date, minute))
        fault_at(reader, object, key, _("a date, or a date and time"));
}

static void read_members(const EventsReader *reader, const cJSON *list, Event *event) {
    if (list == NULL)
        return;
    event->members = ARENA_NEW(reader->arena, const char *, cJSON_GetArraySize(list));
    const cJSON *node;
    cJSON_ArrayForEach(node, list) {
        if (cJSON_IsString(node))
            event->members[event->n_members++] = keep(reader, node->valuestring, "");
        else
            json_fault(reader->document, node, _("a text in double quotes"));
    }
}

/* `place` is where the task takes place if the object does not say it. */
static Event read_event(const EventsReader *reader, const cJSON *object, const char *place,
                        bool dated) {
    EventFields fields = {.status = status_names[STATUS_PROPOSED], .moves = ""};
    Event event = {.task = "", .label = "", .place = "", .until = DATE_NONE};
    event.start = event.finish = DATE_NONE;
    event.start_minute = event.finish_minute = MINUTE_NONE;
    if (!json_fill_known(reader->document, object, event_keys, (int)G_N_ELEMENTS(event_keys),
                         &fields))
        return event;
    event.task = keep(reader, fields.task, "");
    event.label = keep(reader, fields.label, fields.task);
    event.place = keep(reader, fields.place, place);
    event.sequence = fields.sequence;
    event.move = (Move)choose(reader, object, "moves", fields.moves, move_names,
                              (int)G_N_ELEMENTS(move_names), _("out or back"));
    event.status =
        (Status)choose(reader, object, "status", fields.status, status_names, STATUS_DONE + 1,
                       _("proposed, announced, confirmed, started or done"));
    if (dated) {
        read_moment(reader, object, "start", fields.start, &event.start, &event.start_minute);
        read_moment(reader, object, "finish", fields.finish, &event.finish, &event.finish_minute);
    }
    read_members(reader, fields.members, &event);
    return event;
}

static void read_household(const EventsReader *reader, const cJSON *object,
                           EventHousehold *household, GArray *live) {
    typedef struct Fields {
        EventHousehold texts;
        const cJSON *tasks;
    } Fields;
#define FIELD(name) offsetof(Fields, texts.name)
    static const JsonKey keys[] = {
        {"household", JSON_TEXT, true, FIELD(id), 0, 0},
        {"name", JSON_TEXT, false, FIELD(name), 0, 0},
        {"dwelling", JSON_TEXT, false, FIELD(dwelling), 0, 0},
        {"building", JSON_TEXT, false, FIELD(building), 0, 0},
        {"phone", JSON_TEXT, false, FIELD(phone), 0, 0},
        {"needs", JSON_TEXT, false, FIELD(needs), 0, 0},
        {"absences", JSON_TEXT, false, FIELD(absences), 0, 0},
        {"notes", JSON_TEXT, false, FIELD(notes), 0, 0},
        {"access", JSON_TEXT, false, FIELD(access), 0, 0},
        {"home", JSON_TEXT, false, FIELD(home), 0, 0},
        {"tasks", JSON_LIST, true, offsetof(Fields, tasks), 0, 0},
    };
#undef FIELD
    Fields fields = {.texts = {"", "", "", "", "", "", "", "", "", ""}};
    bool good = json_fill_known(reader->document, object, keys, (int)G_N_ELEMENTS(keys), &fields);
    const char **texts[] = {
        &fields.texts.id,    &fields.texts.name,   &fields.texts.dwelling, &fields.texts.building,
        &fields.texts.phone, &fields.texts.needs,  &fields.texts.absences, &fields.texts.notes,
        &fields.texts.home,  &fields.texts.access,
    };
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        *texts[i] = keep(reader, *texts[i], "");
    *household = fields.texts;
    if (!good)
        return;
    char *place = event_address(household->dwelling, household->building);
    const cJSON *node;
    cJSON_ArrayForEach(node, fields.tasks) {
        Event event = read_event(reader, node, place, true);
        event.household = household;
        g_array_append_val(live, event);
    }
    g_free(place);
}

static void read_households(const EventsReader *reader, const cJSON *list) {
    Events *events = reader->events;
    GArray *live = g_array_new(FALSE, FALSE, sizeof(Event));
    events->households = ARENA_NEW(reader->arena, EventHousehold, cJSON_GetArraySize(list));
    const cJSON *node;
    cJSON_ArrayForEach(node, list)
        read_household(reader, node, &events->households[events->n_households++], live);
    events->n_live = (int)live->len;
    events->live = ARENA_NEW(reader->arena, Event, events->n_live);
    for (int i = 0; i < events->n_live; i++)
        events->live[i] = g_array_index(live, Event, i);
    g_array_free(live, TRUE);
}

static Event read_withdrawn(const EventsReader *reader, const cJSON *object) {
    typedef struct Fields {
        const char *household, *name;
        date_t until;
        bool replaced;
    } Fields;
    static const JsonKey keys[] = {
        {"household", JSON_TEXT, true, offsetof(Fields, household), 0, 0},
        {"name", JSON_TEXT, false, offsetof(Fields, name), 0, 0},
        {"until", JSON_DATE, false, offsetof(Fields, until), 0, 0},
        {"replaced", JSON_FLAG, false, offsetof(Fields, replaced), 0, 0},
    };
    Fields fields = {.until = DATE_NONE};
    json_fill_known(reader->document, object, keys, (int)G_N_ELEMENTS(keys), &fields);
    Event event = read_event(reader, object, "", fields.until != DATE_NONE);
    EventHousehold *household = ARENA_NEW(reader->arena, EventHousehold, 1);
    *household = (EventHousehold){keep(reader, fields.household, ""),
                                  keep(reader, fields.name, ""),
                                  "",
                                  "",
                                  "",
                                  "",
                                  "",
                                  "",
                                  "",
                                  ""};
    event.household = household;
    event.until = fields.until;
    event.state = fields.until == DATE_NONE ? EVENT_FORGOTTEN
                  : fields.replaced         ? EVENT_REPLACED
                                            : EVENT_WITHDRAWN;
    return event;
}

static void read_past(const EventsReader *reader, const cJSON *list) {
    if (list == NULL)
        return;
    Events *events = reader->events;
    events->past = ARENA_NEW(reader->arena, Event, cJSON_GetArraySize(list));
    const cJSON *node;
    cJSON_ArrayForEach(node, list) events->past[events->n_past++] = read_withdrawn(reader, node);
}

static void read_resources(const EventsReader *reader, const cJSON *list) {
    typedef struct Fields {
        const char *id, *role, *label;
    } Fields;
    static const JsonKey keys[] = {
        {"resource", JSON_TEXT, true, offsetof(Fields, id), 0, 0},
        {"role", JSON_TEXT, true, offsetof(Fields, role), 0, 0},
        {"label", JSON_TEXT, false, offsetof(Fields, label), 0, 0},
    };
    if (list == NULL)
        return;
    Events *events = reader->events;
    events->members = ARENA_NEW(reader->arena, EventMember, cJSON_GetArraySize(list));
    const cJSON *node;
    cJSON_ArrayForEach(node, list) {
        Fields fields = {NULL, NULL, NULL};
        if (json_fill_known(reader->document, node, keys, (int)G_N_ELEMENTS(keys), &fields))
            events->members[events->n_members++] =
                (EventMember){keep(reader, fields.id, ""), keep(reader, fields.role, ""),
                              keep(reader, fields.label, fields.id)};
    }
}

static void read_space(const EventsReader *reader, const cJSON *root, const char *space) {
    char uuid[UUID_TEXT];
    Events *events = reader->events;
    if (space != NULL && !uuid_is(space))
        fault_at(reader, root, "uid_space", _("a UUID"));
    else
        events->space =
            keep(reader, space, uuid_from_name(UUID_OPERATIONS, events->operation, NULL, uuid));
}

static void read_root(const EventsReader *reader) {
    typedef struct Fields {
        const char *format, *operation, *timezone, *language, *space;
        date_t as_of;
        const cJSON *resources, *households, *withdrawn;
    } Fields;
    const JsonKey keys[] = {
        {"format", JSON_TEXT, true, offsetof(Fields, format), 0, 0},
        {"operation", JSON_TEXT, true, offsetof(Fields, operation), 0, 0},
        {"as_of", JSON_DATE, true, offsetof(Fields, as_of), 0, 0},
        {"timezone", JSON_TEXT, !reader->previous, offsetof(Fields, timezone), 0, 0},
        {"language", JSON_TEXT, false, offsetof(Fields, language), 0, 0},
        {"uid_space", JSON_TEXT, false, offsetof(Fields, space), 0, 0},
        {"resources", JSON_LIST, false, offsetof(Fields, resources), 0, 0},
        {"households", JSON_LIST, true, offsetof(Fields, households), 0, 0},
        {"withdrawn", JSON_LIST, false, offsetof(Fields, withdrawn), 0, 0},
    };
    const cJSON *root = json_root(reader->document);
    Fields fields = {.format = NULL};
    if (!json_fill_known(reader->document, root, keys, 1, &fields))
        return;
    if (!g_str_equal(fields.format, PLAN_FORMAT)) {
        fault_at(reader, root, "format", PLAN_FORMAT);
        return;
    }
    if (!json_fill_known(reader->document, root, keys + 1, (int)G_N_ELEMENTS(keys) - 1, &fields))
        return;
    Events *events = reader->events;
    events->operation = keep(reader, fields.operation, "");
    events->timezone = keep(reader, fields.timezone, "");
    events->language = keep(reader, fields.language, "en");
    events->as_of = fields.as_of;
    read_space(reader, root, fields.space);
    read_resources(reader, fields.resources);
    read_households(reader, fields.households);
    read_past(reader, fields.withdrawn);
}

Events *events_read(const char *path, Arena *arena, bool previous, Faults *faults) {
    int before = faults_count(faults, FAULT_ERROR);
    JsonDocument *document = json_read(path, path, true, faults);
    if (document == NULL)
        return NULL;
    EventsReader reader = {document, arena, ARENA_NEW(arena, Events, 1), previous};
    read_root(&reader);
    json_free(document);
    return faults_count(faults, FAULT_ERROR) == before ? reader.events : NULL;
}
