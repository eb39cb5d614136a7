/* read_packages.c: the works packages of operation.json and their tasks. */
#include <string.h>

#include "io/package_check.h"
#include "io/reader.h"
#include "solver/language.h"

static const char by_volume[] = "volume_m3";

typedef struct PackageFields {
    const char *label;
    const cJSON *tasks;
    bool transfer;
} PackageFields;

static const JsonKey package_keys[] = {
    {"label", JSON_TEXT, false, offsetof(PackageFields, label), 0, 0},
    {"tasks", JSON_LIST, true, offsetof(PackageFields, tasks), 0, 0},
    {"transfer", JSON_FLAG, false, offsetof(PackageFields, transfer), 0, 0},
};

typedef struct TaskFields {
    Task task;
    const char *moves;
    const cJSON *needs, *items, *after;
    bool transfer;
} TaskFields;

#define FIELD(name) offsetof(TaskFields, name)
static const JsonKey task_keys[] = {
    {"id", JSON_TEXT, true, FIELD(task.id), 0, 0},
    {"label", JSON_TEXT, false, FIELD(task.label), 0, 0},
    {"minutes", JSON_WHOLE, false, FIELD(task.minutes), 1, 24 * 60},
    {"days", JSON_WHOLE, false, FIELD(task.days), 1, MAX_DAYS},
    {"presence", JSON_FLAG, false, FIELD(task.presence), 0, 0},
    {"moves", JSON_TEXT, false, FIELD(moves), 0, 0},
    {"transfer", JSON_FLAG, false, FIELD(transfer), 0, 0},
    {"needs", JSON_LIST, false, FIELD(needs), 0, 0},
    {"items", JSON_LIST, false, FIELD(items), 0, 0},
    {"after", JSON_LIST, false, FIELD(after), 0, 0},
    {"notice_days", JSON_WHOLE, false, FIELD(task.notice_days), 0, MAX_DAYS},
};
#undef FIELD

typedef struct NeedFields {
    const char *role;
    const cJSON *amount;
} NeedFields;

static const JsonKey need_keys[] = {
    {"role", JSON_TEXT, true, offsetof(NeedFields, role), 0, 0},
    {"amount", JSON_ANY, false, offsetof(NeedFields, amount), 0, 0},
};

static const JsonKey amount_key = {"amount", JSON_AMOUNT, false, 0, 0, (int64_t)MAX_AMOUNT *MILLI};

typedef struct ItemFields {
    const char *item;
    milli_t quantity;
    int days_before;
} ItemFields;

static const JsonKey item_keys[] = {
    {"item", JSON_TEXT, true, offsetof(ItemFields, item), 0, 0},
    {"quantity", JSON_AMOUNT, false, offsetof(ItemFields, quantity), 0, (int64_t)MAX_AMOUNT *MILLI},
    {"days_before", JSON_WHOLE, false, offsetof(ItemFields, days_before), 0, MAX_DAYS},
};

typedef struct LagFields {
    const char *task;
    int min_days;
    const cJSON *max_days;
} LagFields;

static const JsonKey lag_keys[] = {
    {"task", JSON_TEXT, true, offsetof(LagFields, task), 0, 0},
    {"min_days", JSON_WHOLE, false, offsetof(LagFields, min_days), -MAX_DAYS, MAX_DAYS},
    {"max_days", JSON_ANY, false, offsetof(LagFields, max_days), 0, 0},
};

static const JsonKey max_days_key = {"max_days", JSON_WHOLE, false, 0, -MAX_DAYS, MAX_DAYS};

static const cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* The index of what the member `key` of the object names, or NONE after a fault. */
static int refer(const Reader *reader, const cJSON *object, const char *key, const char *id,
                 References *references, const char *expected) {
    int index = references_find(references, id);
    if (index == NONE && !references_incomplete(references)) {
        char *hint = reader_hint(references, id, expected);
        json_fault(reader->settings, member(object, key), hint);
        g_free(hint);
    }
    return index;
}

/* Fills need->amount; the role is known. */
static bool read_amount(const Reader *reader, const cJSON *node, Need *need) {
    Measure measure = (Measure)g_array_index(reader->role_measures, int, need->role);
    need->amount = MILLI;
    if (node == NULL)
        return true;
    if (cJSON_IsString(node)) {
        need->by_volume = g_str_equal(node->valuestring, by_volume);
        if (!need->by_volume)
            json_fault(reader->settings, node, _("a number or \"volume_m3\""));
        else if (measure == MEASURE_CLOCK)
            json_fault(reader->settings, node,
                       _("a number of people: the role keeps appointments"));
        need->amount = 0;
        return need->by_volume;
    }
    if (!json_value(reader->settings, node, &amount_key, &need->amount))
        return false;
    if (measure == MEASURE_CLOCK && (need->amount < MILLI || need->amount % MILLI != 0 ||
                                     need->amount > (milli_t)MAX_PEOPLE * MILLI))
        json_fault(reader->settings, node,
                   _("a whole number of people from 1 to 1000: the role keeps appointments"));
    return true;
}

/* False when the role is unknown for a fault of any file. */
static bool read_need(const Reader *reader, const cJSON *node, Need *need) {
    NeedFields fields = {0};
    json_fill(reader->settings, node, need_keys, COUNT(need_keys), &fields);
    if (fields.role == NULL)
        return false;
    need->role = refer(reader, node, "role", fields.role, reader->roles,
                       _("a role that has a member in resources.csv"));
    return need->role != NONE && read_amount(reader, fields.amount, need);
}

static bool read_needs(const Reader *reader, const cJSON *list, Task *task) {
    bool good = true;
    const cJSON *node;
    task->needs = ARENA_NEW(reader->op->arena, Need, cJSON_GetArraySize(list));
    cJSON_ArrayForEach(node, list) {
        Need need = {0};
        if (read_need(reader, node, &need))
            task->needs[task->n_needs++] = need;
        else
            good = false;
    }
    return good;
}

static void read_items(const Reader *reader, const cJSON *list, Task *task) {
    const cJSON *node;
    task->items = ARENA_NEW(reader->op->arena, ItemNeed, cJSON_GetArraySize(list));
    cJSON_ArrayForEach(node, list) {
        ItemFields fields = {.quantity = MILLI};
        json_fill(reader->settings, node, item_keys, COUNT(item_keys), &fields);
        if (fields.item == NULL)
            continue;
        int line = json_line(reader->settings, node);
        if (references_add(reader->items, fields.item, line) != NONE)
            g_ptr_array_add(reader->item_nodes, (gpointer)(guintptr)member(node, "item"));
        task->items[task->n_items++] = (ItemNeed){references_find(reader->items, fields.item),
                                                  fields.quantity, fields.days_before};
    }
}

/* False when there is no number, which is good, or a fault. */
static bool read_max_days(const Reader *reader, const cJSON *node, Lag *lag) {
    if (node == NULL)
        return false;
    if (!json_value(reader->settings, node, &max_days_key, &lag->max_days))
        return false;
    if (lag->max_days < lag->min_days) {
        char *expected = g_strdup_printf(_("at least min_days, which is %d"), lag->min_days);
        json_fault(reader->settings, node, expected);
        g_free(expected);
    }
    return true;
}

/* The lags of task `a` once the ids of all tasks are known. */
static void read_lags(const Reader *reader, const cJSON *list, References *tasks, Task *task,
                      int a) {
    const cJSON *node;
    task->lags = ARENA_NEW(reader->op->arena, Lag, cJSON_GetArraySize(list));
    cJSON_ArrayForEach(node, list) {
        LagFields fields = {.min_days = 1};
        Lag lag = {0};
        json_fill(reader->settings, node, lag_keys, COUNT(lag_keys), &fields);
        lag.min_days = fields.min_days;
        lag.has_max = read_max_days(reader, fields.max_days, &lag);
        lag.other = fields.task == NULL ? NONE
                                        : refer(reader, node, "task", fields.task, tasks,
                                                _("a task of the same package"));
        if (lag.other == NONE)
            continue;
        bool twice = false;
        for (int i = 0; i < task->n_lags; i++)
            twice |= task->lags[i].other == lag.other;
        if (lag.other == a)
            json_fault(reader->settings, member(node, "task"), _("another task, not itself"));
        else if (twice)
            json_fault(reader->settings, member(node, "task"), _("each task only once in a list"));
        else
            task->lags[task->n_lags++] = lag;
    }
}

static void read_moves(const Reader *reader, const cJSON *node, const TaskFields *fields,
                       Task *task) {
    static const Word words[] = {{"out", MOVE_OUT}, {"back", MOVE_BACK}};
    if (fields->moves == NULL)
        return;
    for (int i = 0; i < COUNT(words); i++)
        if (g_str_equal(fields->moves, words[i].word))
            task->move = (Move)words[i].value;
    if (task->move == MOVE_NONE)
        json_fault(reader->settings, member(node, "moves"), _("\"out\" or \"back\""));
}

/* Reads task `node` but for its lags. False when its id cannot be used. */
static bool read_task(const Reader *reader, const cJSON *node, TaskFields *fields,
                      References *tasks, bool *needs_good) {
    *fields = (TaskFields){.task = {.notice_days = 1}};
    json_fill(reader->settings, node, task_keys, COUNT(task_keys), fields);
    Task *task = &fields->task;
    read_moves(reader, node, fields, task);
    *needs_good = fields->needs == NULL || read_needs(reader, fields->needs, task);
    if (fields->items != NULL)
        read_items(reader, fields->items, task);
    if (task->id == NULL)
        return false;
    if (references_add(tasks, task->id, json_line(reader->settings, node)) == NONE) {
        json_fault(reader->settings, member(node, "id"),
                   _("an id that no other task of the package has"));
        return false;
    }
    task->id = arena_strdup(reader->op->arena, task->id);
    task->label = task->label != NULL ? arena_strdup(reader->op->arena, task->label) : task->id;
    return true;
}

/* Reads the list into package->tasks; the places of the tasks in the text go to nodes. */
static void read_tasks(const Reader *reader, const cJSON *list, References *tasks, Package *package,
                       bool *transfer, const cJSON **nodes) {
    const cJSON *after[MAX_TASKS];
    const cJSON *node;
    cJSON_ArrayForEach(node, list) {
        TaskFields fields;
        bool needs_good;
        if (package->n_tasks == MAX_TASKS) {
            json_fault(reader->settings, list, _("at most 200 tasks"));
            references_set_incomplete(tasks);
            references_set_incomplete(reader->items);
            break;
        }
        if (!read_task(reader, node, &fields, tasks, &needs_good))
            continue;
        if (fields.transfer && fields.task.move != MOVE_OUT)
            json_fault(reader->settings, member(node, "transfer"),
                       _("it only on the task that moves out, or on the package"));
        *transfer |= fields.transfer && fields.task.move == MOVE_OUT;
        package_check_task(reader, node, &fields.task, needs_good);
        if (!needs_good)
            reader_set_unsure(reader, references_count(reader->package_ids) - 1, package->n_tasks);
        after[package->n_tasks] = fields.after;
        nodes[package->n_tasks] = node;
        package->tasks[package->n_tasks++] = fields.task;
    }
    for (int a = 0; a < package->n_tasks; a++)
        if (after[a] != NULL)
            read_lags(reader, after[a], tasks, &package->tasks[a], a);
}

static void read_package(const Reader *reader, const cJSON *node, Package *package) {
    Arena *arena = reader->op->arena;
    PackageFields fields = {0};
    References *tasks = references_new();
    g_ptr_array_add(reader->tasks, tasks);
    json_fill(reader->settings, node, package_keys, COUNT(package_keys), &fields);
    package->id = arena_strdup(arena, node->string);
    package->label = fields.label != NULL ? arena_strdup(arena, fields.label) : package->id;
    package->transfer = fields.transfer;
    if (fields.tasks == NULL) {
        references_set_incomplete(tasks);
        references_set_incomplete(reader->items);
        return;
    }
    int n = MIN(cJSON_GetArraySize(fields.tasks), MAX_TASKS);
    if (n == 0)
        json_fault(reader->settings, fields.tasks, _("at least one task"));
    const cJSON *nodes[MAX_TASKS];
    package->tasks = ARENA_NEW(arena, Task, n);
    read_tasks(reader, fields.tasks, tasks, package, &package->transfer, nodes);
    package_check(reader, node, package, nodes,
                  package->n_tasks == cJSON_GetArraySize(fields.tasks));
}

void read_packages(Reader *reader) {
    if (reader->packages == NULL) {
        references_set_incomplete(reader->package_ids);
        references_set_incomplete(reader->items);
        return;
    }
    if (reader->packages->child == NULL)
        json_fault(reader->settings, reader->packages, _("at least one package"));
    GArray *packages = g_array_new(FALSE, TRUE, sizeof(Package));
    const cJSON *node;
    cJSON_ArrayForEach(node, reader->packages) {
        Package package = {.move_out = NONE, .move_back = NONE};
        if (*node->string == '\0')
            json_fault(reader->settings, node, _("an id for the package, not an empty one"));
        if (packages->len == MAX_PACKAGES) {
            json_fault(reader->settings, reader->packages, _("at most 1000 packages"));
            references_set_incomplete(reader->package_ids);
            references_set_incomplete(reader->items);
            break;
        }
        /* An id given twice is a fault of the file already. */
        if (references_add(reader->package_ids, node->string, json_line(reader->settings, node)) ==
            NONE)
            continue;
        read_package(reader, node, &package);
        g_array_append_val(packages, package);
    }
    reader->op->packages = reader_keep(reader, packages, &reader->op->n_packages);
}
