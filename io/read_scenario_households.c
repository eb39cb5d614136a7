/* read_scenario_households.c: the changes of a scenario file that concern households and tasks. */
#include <stddef.h>

#include "io/reader.h"
#include "io/scenario_reader.h"
#include "solver/language.h"

enum { NOT_GIVEN = INT_MIN };

typedef struct HouseholdChange {
    Household joining; /* what a household that joins is given */
    const char *package, *like;
    bool absent, leaves, joins;
    date_t from, until;
} HouseholdChange;

#define FIELD(name) offsetof(HouseholdChange, name)
static const JsonKey household_keys[] = {
    {"household", JSON_TEXT, true, FIELD(joining.id), 0, 0},
    {"absent", JSON_FLAG, false, FIELD(absent), 0, 0},
    {"from", JSON_DATE, false, FIELD(from), 0, 0},
    {"until", JSON_DATE, false, FIELD(until), 0, 0},
    {"leaves", JSON_FLAG, false, FIELD(leaves), 0, 0},
    {"joins", JSON_FLAG, false, FIELD(joins), 0, 0},
    {"like", JSON_TEXT, false, FIELD(like), 0, 0},
    {"name", JSON_TEXT, false, FIELD(joining.name), 0, 0},
    {"package", JSON_TEXT, false, FIELD(package), 0, 0},
    {"rooms", JSON_WHOLE, false, FIELD(joining.rooms), 0, 100},
    {"accessible", JSON_FLAG, false, FIELD(joining.accessible), 0, 0},
    {"volume_m3", JSON_AMOUNT, false, FIELD(joining.volume), 0, (int64_t)MAX_AMOUNT *MILLI},
    {"weight", JSON_COST, false, FIELD(joining.weight), 0, MAX_HOUSEHOLD_WEIGHT},
    {"earliest", JSON_DATE, false, FIELD(joining.earliest), 0, 0},
    {"deadline", JSON_DATE, false, FIELD(joining.deadline), 0, 0},
    {"max_nights_away", JSON_WHOLE, false, FIELD(joining.max_nights_away), 0, MAX_DAYS},
};
#undef FIELD

/* What a household that joins has before the change says more: all but the facts, the name and the
 * phone of the one that it is like. */
static bool set_defaults(const ScenarioReader *reader, const cJSON *object, int like,
                         Household *joining) {
    *joining = (Household){.package = NONE,
                           .rooms = 1,
                           .weight = 1,
                           .earliest = DATE_NONE,
                           .deadline = DATE_NONE,
                           .max_nights_away = NO_LIMIT};
    if (like != NONE)
        *joining = reader->op->households[like];
    else if (cJSON_GetObjectItemCaseSensitive(object, "package") == NULL) {
        json_fault(reader->document, object, _("the package of the household, or whom it is like"));
        return false;
    }
    joining->name = joining->phone = joining->notes = joining->access = "";
    joining->dwelling = joining->building = "";
    return true;
}

static bool is_taken(const ScenarioReader *reader, const char *id) {
    bool taken = false;
    for (int h = 0; h < reader->op->n_households; h++)
        taken |= g_str_equal(reader->op->households[h].id, id);
    for (guint i = 0; i < reader->joined->len; i++)
        taken |= g_str_equal(reader->joined->pdata[i], id);
    return taken;
}

static void read_joining(const ScenarioReader *reader, const cJSON *object,
                         const HouseholdChange *given) {
    const Operation *op = reader->op;
    HouseholdChange fields = *given;
    int like = NONE;
    if (given->like != NULL)
        like = find_subject(reader, object, "like", given->like, op->households,
                            sizeof *op->households, op->n_households,
                            _("a household of households.csv"));
    if ((given->like != NULL && like == NONE) ||
        !set_defaults(reader, object, like, &fields.joining))
        return;
    json_fill(reader->document, object, household_keys, COUNT(household_keys), &fields);
    if (fields.package != NULL)
        fields.joining.package =
            find_subject(reader, object, "package", fields.package, op->packages,
                         sizeof *op->packages, op->n_packages, _("a package of operation.json"));
    if (is_taken(reader, fields.joining.id))
        json_fault(reader->document, change_node(object, "household"),
                   _("an id that no household has yet"));
    else if (fields.joining.package != NONE) {
        Household *joining = ARENA_NEW(reader->arena, Household, 1);
        *joining = fields.joining;
        joining->id = arena_strdup(reader->arena, joining->id);
        joining->name = arena_strdup(reader->arena, joining->name);
        if (like == NONE) {
            joining->members = ARENA_NEW(reader->arena, int, op->n_roles);
            for (int role = 0; role < op->n_roles; role++)
                joining->members[role] = NONE;
        }
        g_ptr_array_add(reader->joined, (gpointer)(guintptr)joining->id);
        Alteration alteration = alteration_of(ALTER_JOINS, like);
        alteration.joining = joining;
        add_alteration(reader, alteration);
    }
}

static void add_limits(const ScenarioReader *reader, const HouseholdChange *fields, int h) {
    if (fields->joining.deadline != DATE_NONE) {
        Alteration alteration = alteration_of(ALTER_DEADLINE, h);
        alteration.from = fields->joining.deadline;
        add_alteration(reader, alteration);
    }
    if (fields->joining.max_nights_away != NO_LIMIT) {
        Alteration alteration = alteration_of(ALTER_MAX_NIGHTS, h);
        alteration.number = fields->joining.max_nights_away;
        add_alteration(reader, alteration);
    }
}

static void add_absence(const ScenarioReader *reader, const cJSON *object,
                        const HouseholdChange *fields, int h) {
    Alteration alteration = alteration_of(ALTER_ABSENT, h);
    alteration.from = fields->from;
    alteration.until = fields->until != DATE_NONE ? fields->until : fields->from;
    if (fields->from == DATE_NONE)
        says_nothing(reader, object, _("the first day of the absence as 'from'"));
    else if (alteration.until < alteration.from)
        json_fault(reader->document, change_node(object, "until"), _("a date on or after 'from'"));
    else
        add_alteration(reader, alteration);
}

/* Dates belong to an absence alone: who leaves does so at once. */
static bool check_dates(const ScenarioReader *reader, const cJSON *object,
                        const HouseholdChange *fields) {
    static const char *const keys[] = {"from", "until"};
    return fields->absent ||
           has_none_of(reader, object, keys, COUNT(keys), _("an absence (\"absent\": true)"));
}

/* Keys that only a household that joins can have. */
static bool check_keys(const ScenarioReader *reader, const cJSON *object) {
    static const char *const keys[] = {"like",       "name",      "package", "rooms",
                                       "accessible", "volume_m3", "weight",  "earliest"};
    return has_none_of(reader, object, keys, COUNT(keys),
                       _("a household that joins (\"joins\": true)"));
}

void read_household_change(ScenarioReader *reader, const cJSON *object) {
    HouseholdChange fields = {
        .joining = {.deadline = DATE_NONE, .max_nights_away = NO_LIMIT, .name = ""},
        .from = DATE_NONE,
        .until = DATE_NONE};
    if (!json_fill(reader->document, object, household_keys, COUNT(household_keys), &fields))
        return;
    if (fields.absent + fields.leaves + fields.joins > 1) {
        json_fault(reader->document, object, _("one of absent, leaves and joins"));
        return;
    }
    if (!check_dates(reader, object, &fields))
        return;
    if (fields.joins) {
        read_joining(reader, object, &fields);
        return;
    }
    int h = find_household(reader, object, "household", fields.joining.id);
    if (h == NONE || !check_keys(reader, object))
        return;
    if (fields.leaves)
        add_alteration(reader, alteration_of(ALTER_LEAVES, h));
    if (fields.absent)
        add_absence(reader, object, &fields, h);
    add_limits(reader, &fields, h);
    if (!fields.leaves && !fields.absent && fields.joining.deadline == DATE_NONE &&
        fields.joining.max_nights_away == NO_LIMIT)
        says_nothing(reader, object,
                     _("one of absent, leaves, joins, deadline and max_nights_away"));
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

typedef struct TaskChange {
    const char *task, *package, *household;
    int days, minutes, extra_days, extra_minutes;
} TaskChange;

#define FIELD(name) offsetof(TaskChange, name)
static const JsonKey task_keys[] = {
    {"task", JSON_TEXT, true, FIELD(task), 0, 0},
    {"package", JSON_TEXT, false, FIELD(package), 0, 0},
    {"household", JSON_TEXT, false, FIELD(household), 0, 0},
    {"days", JSON_WHOLE, false, FIELD(days), 1, MAX_DAYS},
    {"minutes", JSON_WHOLE, false, FIELD(minutes), 1, 24 * 60},
    {"extra_days", JSON_WHOLE, false, FIELD(extra_days), -MAX_DAYS, MAX_DAYS},
    {"extra_minutes", JSON_WHOLE, false, FIELD(extra_minutes), -24 * 60, 24 * 60},
};
#undef FIELD

/* How long the task lasts instead; 0 after a fault. */
static int new_duration(const ScenarioReader *reader, const cJSON *object, const TaskChange *fields,
                        const Task *task) {
    bool appointment = task->minutes > 0;
    int own = appointment ? fields->minutes : fields->days;
    int extra = appointment ? fields->extra_minutes : fields->extra_days;
    int others = appointment ? MAX(fields->days, fields->extra_days)
                             : MAX(fields->minutes, fields->extra_minutes);
    if (others != NOT_GIVEN || (own == NOT_GIVEN) == (extra == NOT_GIVEN)) {
        json_fault(reader->document, object,
                   appointment ? _("either minutes or extra_minutes, for it is an appointment")
                               : _("either days or extra_days, for it is works"));
        return 0;
    }
    if (own != NOT_GIVEN)
        return own;
    int duration = extra + (appointment ? task->minutes : task->days);
    if (duration >= 1 && duration <= MAX_DAYS)
        return duration;
    json_fault(reader->document, change_node(object, appointment ? "extra_minutes" : "extra_days"),
               _("a task that still lasts some time"));
    return 0;
}

/* The task in one package; returns whether the package has it. */
static bool add_duration(const ScenarioReader *reader, const cJSON *object,
                         const TaskChange *fields, int p, int h) {
    const Package *package = &reader->op->packages[p];
    int a = package_task(package, fields->task);
    if (a == NONE)
        return false;
    Alteration alteration =
        h == NONE ? alteration_of(ALTER_DURATION, p) : alteration_of(ALTER_DURATION_HOUSEHOLD, h);
    alteration.task = a;
    alteration.number = new_duration(reader, object, fields, &package->tasks[a]);
    if (alteration.number > 0)
        add_alteration(reader, alteration);
    return true;
}

void read_task_change(ScenarioReader *reader, const cJSON *object) {
    const Operation *op = reader->op;
    TaskChange fields = {.days = NOT_GIVEN,
                         .minutes = NOT_GIVEN,
                         .extra_days = NOT_GIVEN,
                         .extra_minutes = NOT_GIVEN};
    if (!json_fill(reader->document, object, task_keys, COUNT(task_keys), &fields))
        return;
    int only = NONE, h = NONE;
    if (fields.household != NULL) {
        h = find_subject(reader, object, "household", fields.household, op->households,
                         sizeof *op->households, op->n_households,
                         _("a household of households.csv"));
        only = h != NONE ? op->households[h].package : NONE;
    } else if (fields.package != NULL) {
        only = find_subject(reader, object, "package", fields.package, op->packages,
                            sizeof *op->packages, op->n_packages, _("a package of operation.json"));
    }
    if ((fields.household != NULL || fields.package != NULL) && only == NONE)
        return;
    bool found = false;
    for (int p = 0; p < op->n_packages; p++)
        if (only == NONE || p == only)
            found |= add_duration(reader, object, &fields, p, h);
    if (!found)
        json_fault(reader->document, change_node(object, "task"), _("a task of the package"));
}
