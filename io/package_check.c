/* package_check.c: tasks that contradict themselves or each other. */
#include "io/package_check.h"

#include "solver/language.h"

static const cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static bool given(const cJSON *object, const char *name) {
    const cJSON *value = member(object, name);
    return value != NULL && !cJSON_IsNull(value);
}

/* json_fault() with one %s or %d in `format`, both translated before. */
static void fault_about(const Reader *reader, const cJSON *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fault_about(const Reader *reader, const cJSON *node, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *expected = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    json_fault(reader->settings, node, expected);
    g_free(expected);
}

static void say(const Reader *reader, const cJSON *node, const char *text) {
    faults_say(reader->faults, FAULT_ERROR, "operation.json", json_line(reader->settings, node),
               "%s", text);
}

/* The longest appointment that any slot can hold. */
static void check_length(const Reader *reader, const cJSON *node, const Task *task) {
    minute_t longest = 0;
    for (int s = 0; s < reader->op->n_slots; s++)
        longest = MAX(longest, reader->op->slots[s].to - reader->op->slots[s].from);
    if (task->minutes > longest && !references_incomplete(reader->slots))
        fault_about(reader, member(node, "minutes"),
                    _("at most %d minutes, the length of the longest slot"), longest);
}

/* C5 needs somebody who keeps the appointment; C3 counts days on which crews work. */
static void check_measures(const Reader *reader, const cJSON *node, bool appointment,
                           bool needs_good) {
    bool has_clock = false;
    const cJSON *need;
    const cJSON *needs = member(node, "needs");
    cJSON_ArrayForEach(need, needs) {
        const cJSON *role = member(need, "role");
        int index = cJSON_IsString(role) ? references_find(reader->roles, role->valuestring) : NONE;
        if (index == NONE)
            continue;
        int measure = g_array_index(reader->role_measures, int, index);
        /* A role whose measure is not known for a fault may be meant as a clock. */
        has_clock |= measure == MEASURE_CLOCK || measure == NONE;
        if (measure == MEASURE_CLOCK && !appointment)
            json_fault(reader->settings, role,
                       _("a role of measure crew or volume: works are no appointment"));
    }
    if (appointment && needs_good && !has_clock)
        say(reader, node, _("an appointment needs at least one role of measure clock"));
}

void package_check_task(const Reader *reader, const cJSON *node, const Task *task,
                        bool needs_good) {
    bool minutes = given(node, "minutes"), days = given(node, "days");
    if (minutes && days) {
        json_fault(reader->settings, member(node, "days"),
                   _("either minutes (an appointment) or days (works), not both"));
    } else if (!minutes && !days) {
        say(reader, node, _("a task needs either minutes (an appointment) or days (works)"));
    } else {
        if (minutes)
            check_length(reader, node, task);
        check_measures(reader, node, minutes, needs_good);
    }
}

/* True when all that task `a` waits for is placed. */
static bool is_ready(const Task *task, const bool *placed) {
    for (int l = 0; l < task->n_lags; l++)
        if (!placed[task->lags[l].other])
            return false;
    return true;
}

static int next_ready(const Package *package, const bool *placed) {
    for (int a = 0; a < package->n_tasks; a++)
        if (!placed[a] && is_ready(&package->tasks[a], placed))
            return a;
    return NONE;
}

/* Tells one circle among the tasks that are not placed, and returns a task of it. Each of them
 * waits for another one, so going from task to task must come to a circle. */
static int report_circle(const Reader *reader, const Package *package, const bool *placed,
                         const cJSON *const *nodes) {
    int step[MAX_TASKS] = {0}, path[MAX_TASKS + 1];
    int a = 0, n = 0;
    while (placed[a])
        a++;
    while (step[a] == 0) {
        const Task *task = &package->tasks[a];
        path[n++] = a;
        step[a] = n;
        int l = 0;
        while (placed[task->lags[l].other])
            l++;
        a = task->lags[l].other;
    }
    GString *text = g_string_new(package->tasks[a].id);
    for (int i = n - 1; i >= step[a] - 1; i--)
        g_string_append_printf(text, " -> %s", package->tasks[path[i]].id);
    faults_say(reader->faults, FAULT_ERROR, "operation.json", json_line(reader->settings, nodes[a]),
               _("tasks wait for each other in a circle: %s"), text->str);
    g_string_free(text, TRUE);
    return a;
}

/* Fills package->order, in the file's order as far as the lags allow. False after a circle. */
static bool order_tasks(const Reader *reader, Package *package, const cJSON *const *nodes) {
    bool placed[MAX_TASKS] = {false};
    bool good = true;
    package->order = ARENA_NEW(reader->op->arena, int, package->n_tasks);
    for (int i = 0; i < package->n_tasks; i++) {
        int a = next_ready(package, placed);
        if (a == NONE) {
            a = report_circle(reader, package, placed, nodes);
            good = false;
        }
        placed[a] = true;
        package->order[i] = a;
    }
    return good;
}

/* True when `later` waits for `earlier`, perhaps by way of others. */
static bool waits_for(const Package *package, int later, int earlier) {
    bool waits[MAX_TASKS] = {false};
    waits[earlier] = true;
    for (int i = 0; i < package->n_tasks; i++) {
        const Task *task = &package->tasks[package->order[i]];
        for (int l = 0; l < task->n_lags; l++)
            waits[package->order[i]] |= waits[task->lags[l].other];
    }
    return waits[later];
}

/* Fills move_out and move_back. False when a move is faulty or one stands twice. */
static bool find_moves(const Reader *reader, Package *package, const cJSON *const *nodes) {
    bool good = true;
    for (int a = 0; a < package->n_tasks; a++) {
        const Task *task = &package->tasks[a];
        if (task->move == MOVE_NONE) {
            good &= !given(nodes[a], "moves");
            continue;
        }
        int *place = task->move == MOVE_OUT ? &package->move_out : &package->move_back;
        if (*place != NONE) {
            fault_about(reader, member(nodes[a], "moves"),
                        _("one such task in a package: '%s' moves this way already"),
                        package->tasks[*place].id);
            good = false;
        } else {
            *place = a;
        }
    }
    return good;
}

static void check_moves(const Reader *reader, const cJSON *node, const Package *package,
                        const cJSON *const *nodes, bool ordered) {
    int out = package->move_out, back = package->move_back;
    const cJSON *out_node = out != NONE ? member(nodes[out], "moves") : NULL;
    const cJSON *back_node = back != NONE ? member(nodes[back], "moves") : NULL;
    if (out == NONE && package->transfer)
        say(reader, node, _("\"transfer\" needs a task that moves \"out\""));
    else if (out == NONE && back != NONE)
        json_fault(reader->settings, back_node, _("a task of the package that moves \"out\" too"));
    else if (out != NONE && back == NONE && !package->transfer)
        json_fault(reader->settings, out_node,
                   _("a task of the package that moves \"back\" too, or \"transfer\": true"));
    else if (back != NONE && package->transfer)
        json_fault(reader->settings, back_node,
                   _("no move back, since \"transfer\" says that the household moves for good"));
    else if (back != NONE && ordered && !waits_for(package, back, out))
        fault_about(reader, back_node, _("a move back that comes after '%s', by its \"after\""),
                    package->tasks[out].id);
}

void package_check(const Reader *reader, const cJSON *node, Package *package,
                   const cJSON *const *nodes, bool complete) {
    bool ordered = order_tasks(reader, package, nodes);
    if (find_moves(reader, package, nodes) && complete)
        check_moves(reader, node, package, nodes, ordered);
    else
        reader_set_unsure(reader, references_count(reader->package_ids) - 1, MAX_TASKS);
}
