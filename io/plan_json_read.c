/* plan_json_read.c: a plan from JSON, ours or another program's, against its operation. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "io/json.h"
#include "io/plan_json.h"
#include "io/references.h"
#include "io/words.h"
#include "solver/language.h"

#define MAX_COST INT64_C(1000000000000000)

enum { MAX_NIGHTS = 100000 };

typedef struct PlanReader {
    const JsonDocument *document;
    const char *file;
    const Operation *op;
    Faults *faults;
    Severity gone; /* of a name that the operation does not have */
    bool previous;
    Plan *plan;
    Arena *arena;
    References *households, *homes, *resources;
    bool *seen; /* per household: the file has it */
} PlanReader;

static const cJSON *member(const cJSON *object, const char *key) {
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNull(node) ? NULL : node;
}

static bool missing(const PlanReader *reader, const cJSON *object, const char *key) {
    faults_say(reader->faults, FAULT_ERROR, reader->file, json_line(reader->document, object),
               _("the key '%s' is missing"), key);
    return false;
}

static void fault_at(const PlanReader *reader, const cJSON *object, const char *key,
                     Severity severity, const char *expected) {
    json_fault_as(reader->document, member(object, key), severity, expected);
}

static int index_of(const char *text, const char *const *names, int n) {
    int i = 0;
    while (i < n && !g_str_equal(text, names[i]))
        i++;
    return i < n ? i : NONE;
}

static void read_objective(const PlanReader *reader, const cJSON *object) {
    typedef struct Objective {
        cost_t total, bound;
        const cJSON *gap, *parts;
    } Objective;
    static const JsonKey keys[] = {
        {"total", JSON_COST, true, offsetof(Objective, total), 0, MAX_COST},
        {"bound", JSON_COST, true, offsetof(Objective, bound), 0, MAX_COST},
        {"gap", JSON_ANY, true, offsetof(Objective, gap), 0, 0},
        {"parts", JSON_OBJECT, true, offsetof(Objective, parts), 0, 0},
    };
    Objective objective = {0};
    if (!json_fill_known(reader->document, object, keys, G_N_ELEMENTS(keys), &objective))
        return;
    reader->plan->total = objective.total;
    reader->plan->bound = objective.bound;
    if (!cJSON_IsNumber(objective.gap) ||
        fabs(objective.gap->valuedouble - plan_gap(reader->plan)) > 1e-4)
        json_fault_as(reader->document, objective.gap, reader->gone, _("(total - bound) / total"));
    JsonKey parts[PART_COUNT];
    for (int p = 0; p < PART_COUNT; p++)
        parts[p] = (JsonKey){part_infos[p].name,         JSON_COST, !reader->previous,
                             sizeof(cost_t) * (size_t)p, 0,         MAX_COST};
    json_fill_known(reader->document, objective.parts, parts, PART_COUNT, reader->plan->parts);
}

/* Reads a date, with a time if `timed`, or faults. The time of a fact may be unknown. */
static bool read_moment(const PlanReader *reader, const cJSON *object, const char *key, bool timed,
                        bool fact, date_t *date, minute_t *minute) {
    const cJSON *node = member(object, key);
    bool good = cJSON_IsString(node) && words_date_time(node->valuestring, date, minute);
    /* Last week the task may have been of another kind. */
    if (good && reader->previous && !timed)
        *minute = MINUTE_NONE;
    good = good &&
           (timed ? *minute != MINUTE_NONE || fact || reader->previous : *minute == MINUTE_NONE);
    if (!good)
        json_fault(reader->document, node,
                   timed ? _("a date and time such as \"2026-09-14T18:45\"")
                         : _("a date such as \"2026-09-14\""));
    return good;
}

static void read_moments(const PlanReader *reader, const cJSON *object, const Task *task,
                         PlanTask *pt) {
    PlanTask read = *pt;
    bool timed = task->minutes > 0,
         fact = read.status == STATUS_STARTED || read.status == STATUS_DONE;
    bool good = read_moment(reader, object, "start", timed, fact, &read.start, &read.start_minute);
    good &= read_moment(reader, object, "finish", timed, fact, &read.finish, &read.finish_minute);
    if (!good)
        return;
    if (read.finish < read.start ||
        (read.finish == read.start && read.start_minute != MINUTE_NONE &&
         read.finish_minute != MINUTE_NONE && read.finish_minute < read.start_minute)) {
        fault_at(reader, object, "finish", FAULT_ERROR, _("an end that is not before the start"));
        return;
    }
    *pt = read;
}

static void read_task(const PlanReader *reader, int h, const cJSON *object) {
    typedef struct Texts {
        const char *task, *start, *finish, *status;
    } Texts;
    static const JsonKey keys[] = {
        {"task", JSON_TEXT, true, offsetof(Texts, task), 0, 0},
        {"start", JSON_TEXT, true, offsetof(Texts, start), 0, 0},
        {"finish", JSON_TEXT, true, offsetof(Texts, finish), 0, 0},
        {"status", JSON_TEXT, true, offsetof(Texts, status), 0, 0},
    };
    Texts texts;
    if (!json_fill_known(reader->document, object, keys, G_N_ELEMENTS(keys), &texts))
        return;
    int status = index_of(texts.status, status_names, STATUS_DONE + 1);
    if (status == NONE) {
        fault_at(reader, object, "status", FAULT_ERROR,
                 _("proposed, announced, confirmed, started or done"));
        return;
    }
    const Package *package = household_package(reader->op, h);
    int a = package_task(package, texts.task);
    if (a == NONE) {
        fault_at(reader, object, "task", reader->gone, _("a task of the household's package"));
        return;
    }
    PlanTask *pt = &reader->plan->households[h].tasks[a];
    if (pt->start != DATE_NONE) {
        fault_at(reader, object, "task", FAULT_ERROR, _("each task only once"));
        return;
    }
    pt->status = (Status)status;
    read_moments(reader, object, &package->tasks[a], pt);
}

static void read_member(const PlanReader *reader, int *members, const cJSON *node) {
    const Operation *op = reader->op;
    int role = 0;
    while (role < op->n_roles && !g_str_equal(op->roles[role].id, node->string))
        role++;
    if (role == op->n_roles) {
        json_fault_as(reader->document, node, reader->gone,
                      _("a role of the operation as the key"));
        return;
    }
    int r = cJSON_IsString(node) ? references_find(reader->resources, node->valuestring) : NONE;
    if (r != NONE && op->resources[r].role == role) {
        members[role] = r;
        return;
    }
    char *expected = g_strdup_printf(_("a member of the role '%s'"), op->roles[role].id);
    json_fault_as(reader->document, node, cJSON_IsString(node) ? reader->gone : FAULT_ERROR,
                  expected);
    g_free(expected);
}

static void read_reasons(const PlanReader *reader, PlanHousehold *ph, const cJSON *list) {
    ph->n_reasons = 0;
    ph->reasons = ARENA_NEW(reader->arena, const char *, cJSON_GetArraySize(list));
    const cJSON *node;
    cJSON_ArrayForEach(node, list) {
        if (cJSON_IsString(node))
            ph->reasons[ph->n_reasons++] = arena_strdup(reader->arena, node->valuestring);
        else
            json_fault(reader->document, node, _("a text in double quotes"));
    }
}

/* The household that the object is about, or NONE after a fault. */
static int find_household(const PlanReader *reader, const cJSON *object, const char *id) {
    int h = references_find(reader->households, id);
    if (h == NONE) {
        fault_at(reader, object, "household", reader->gone, _("a household of the operation"));
        return NONE;
    }
    if (reader->seen[h]) {
        fault_at(reader, object, "household", FAULT_ERROR, _("each household only once"));
        return NONE;
    }
    reader->seen[h] = true;
    return h;
}

static void read_household(const PlanReader *reader, const cJSON *object) {
    typedef struct Fields {
        const char *household, *home;
        bool planned;
        int nights_away;
        const cJSON *members, *tasks, *reasons;
    } Fields;
    static const JsonKey keys[] = {
        {"household", JSON_TEXT, true, offsetof(Fields, household), 0, 0},
        {"planned", JSON_FLAG, true, offsetof(Fields, planned), 0, 0},
        {"home", JSON_TEXT, false, offsetof(Fields, home), 0, 0},
        {"members", JSON_OBJECT, false, offsetof(Fields, members), 0, 0},
        {"nights_away", JSON_WHOLE, false, offsetof(Fields, nights_away), 0, MAX_NIGHTS},
        {"tasks", JSON_LIST, true, offsetof(Fields, tasks), 0, 0},
        {"reasons", JSON_LIST, false, offsetof(Fields, reasons), 0, 0},
    };
    Fields fields = {.nights_away = -1};
    bool good = json_fill_known(reader->document, object, keys, G_N_ELEMENTS(keys), &fields);
    int h = fields.household != NULL ? find_household(reader, object, fields.household) : NONE;
    if (h == NONE || !good)
        return;
    PlanHousehold *ph = &reader->plan->households[h];
    ph->planned = fields.planned;
    if (fields.home != NULL) {
        ph->home = references_find(reader->homes, fields.home);
        if (ph->home == NONE)
            fault_at(reader, object, "home", reader->gone, _("a home of homes.csv"));
    }
    if (ph->planned && fields.nights_away < 0)
        missing(reader, object, "nights_away");
    ph->nights_away = MAX(fields.nights_away, 0);
    const cJSON *node;
    if (fields.members != NULL) {
        for (int role = 0; role < reader->op->n_roles; role++)
            ph->members[role] = NONE;
        cJSON_ArrayForEach(node, fields.members) read_member(reader, ph->members, node);
    } else if (ph->planned) {
        missing(reader, object, "members");
    }
    cJSON_ArrayForEach(node, fields.tasks) read_task(reader, h, node);
    if (fields.reasons != NULL)
        read_reasons(reader, ph, fields.reasons);
}

/* Nothing is dated but what the file dates. Who serves an unplanned household is left to the facts
 * where the file does not say it. */
static void clear_plan(const PlanReader *reader) {
    for (int h = 0; h < reader->op->n_households; h++) {
        PlanHousehold *ph = &reader->plan->households[h];
        ph->planned = false;
        ph->home = NONE;
        for (int role = 0; reader->previous && role < reader->op->n_roles; role++)
            ph->members[role] = NONE;
        for (int a = 0; a < household_package(reader->op, h)->n_tasks; a++) {
            PlanTask *pt = &ph->tasks[a];
            pt->start = pt->finish = DATE_NONE;
            pt->start_minute = pt->finish_minute = MINUTE_NONE;
        }
    }
}

/* A plan of other households altogether is one mistake and not one per household. */
static bool is_of_operation(const PlanReader *reader, const cJSON *list) {
    const cJSON *node;
    cJSON_ArrayForEach(node, list) {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(node, "household");
        if (!cJSON_IsString(id) || references_find(reader->households, id->valuestring) != NONE)
            return true;
    }
    return list->child == NULL;
}

static void read_households(const PlanReader *reader, const cJSON *list) {
    if (!is_of_operation(reader, list)) {
        faults_say(reader->faults, FAULT_ERROR, reader->file, json_line(reader->document, list),
                   _("this is a plan of another operation: none of its households is in "
                     "households.csv"));
        return;
    }
    const cJSON *node;
    cJSON_ArrayForEach(node, list) read_household(reader, node);
    for (int h = 0; !reader->previous && h < reader->op->n_households; h++)
        if (!reader->seen[h])
            faults_say(reader->faults, FAULT_ERROR, reader->file, json_line(reader->document, list),
                       _("the household '%s' is missing"), reader->op->households[h].id);
}

static void read_plan(const PlanReader *reader) {
    typedef struct Fields {
        const char *format, *operation, *status;
        date_t as_of, follows;
        const cJSON *objective, *households;
    } Fields;
    static const JsonKey keys[] = {
        {"format", JSON_TEXT, true, offsetof(Fields, format), 0, 0},
        {"operation", JSON_TEXT, true, offsetof(Fields, operation), 0, 0},
        {"as_of", JSON_DATE, true, offsetof(Fields, as_of), 0, 0},
        {"follows", JSON_DATE, false, offsetof(Fields, follows), 0, 0},
        {"status", JSON_TEXT, true, offsetof(Fields, status), 0, 0},
        {"objective", JSON_OBJECT, true, offsetof(Fields, objective), 0, 0},
        {"households", JSON_LIST, true, offsetof(Fields, households), 0, 0},
    };
    const cJSON *root = json_root(reader->document);
    Fields fields = {.follows = DATE_NONE};
    /* Of another format nothing else can be said. */
    if (!json_fill_known(reader->document, root, keys, 1, &fields))
        return;
    if (!g_str_equal(fields.format, PLAN_FORMAT)) {
        fault_at(reader, root, "format", FAULT_ERROR, PLAN_FORMAT);
        return;
    }
    if (!json_fill_known(reader->document, root, keys + 1, G_N_ELEMENTS(keys) - 1, &fields))
        return;
    if (!g_str_equal(fields.operation, reader->op->name))
        fault_at(reader, root, "operation", FAULT_WARNING, reader->op->name);
    int status = index_of(fields.status, plan_status_names, PLAN_INTERRUPTED + 1);
    if (status == NONE)
        fault_at(reader, root, "status", FAULT_ERROR, _("optimal, feasible or interrupted"));
    else
        reader->plan->status = (PlanStatus)status;
    reader->plan->as_of = fields.as_of;
    reader->plan->follows = fields.follows;
    read_objective(reader, fields.objective);
    clear_plan(reader);
    read_households(reader, fields.households);
}

Plan *plan_read(const char *path, const Operation *op, Arena *arena, bool previous,
                Faults *faults) {
    int before = faults_count(faults, FAULT_ERROR);
    JsonDocument *document = json_read(path, path, true, faults);
    if (document == NULL)
        return NULL;
    PlanReader reader = {.document = document,
                         .file = path,
                         .op = op,
                         .faults = faults,
                         .gone = previous ? FAULT_WARNING : FAULT_ERROR,
                         .previous = previous,
                         .plan = plan_new(arena, op),
                         .arena = arena,
                         .households = references_new(),
                         .homes = references_new(),
                         .resources = references_new(),
                         .seen = g_new0(bool, op->n_households)};
    for (int h = 0; h < op->n_households; h++)
        references_add(reader.households, op->households[h].id, op->households[h].line);
    for (int i = 0; i < op->n_homes; i++)
        references_add(reader.homes, op->homes[i].id, op->homes[i].line);
    for (int r = 0; r < op->n_resources; r++)
        references_add(reader.resources, op->resources[r].id, op->resources[r].line);
    read_plan(&reader);
    references_free(reader.households);
    references_free(reader.homes);
    references_free(reader.resources);
    g_free(reader.seen);
    json_free(document);
    return faults_count(faults, FAULT_ERROR) == before ? reader.plan : NULL;
}
