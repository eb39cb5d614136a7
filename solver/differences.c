/* differences.c: every row as a key and canonical cells, then two sets of rows against each other.
 */
#include "solver/differences.h"

#include <glib.h>
#include <string.h>

const char *const input_files[] = {
    [INPUT_SETTING] = "operation.json",   [INPUT_TASK] = "operation.json",
    [INPUT_HOUSEHOLD] = "households.csv", [INPUT_AVAILABILITY] = "availability.csv",
    [INPUT_RESOURCE] = "resources.csv",   [INPUT_CALENDAR] = "calendar.csv",
    [INPUT_HOME] = "homes.csv",           [INPUT_DELIVERY] = "deliveries.csv",
    [INPUT_PROGRESS] = "progress.csv",
};

/* The rows of one operation. */
typedef struct Rows {
    const Operation *op;
    Arena *arena;
    GPtrArray *rows; /* InputRow * */
} Rows;

static InputRow *add_row(Rows *rows, InputKind kind, const char *key, int line, int index) {
    InputRow *row = ARENA_NEW(rows->arena, InputRow, 1);
    *row = (InputRow){.kind = kind,
                      .key = key,
                      .line = line,
                      .index = index,
                      .household = NONE,
                      .package = NONE,
                      .task = NONE};
    g_ptr_array_add(rows->rows, row);
    return row;
}

static void add_text(InputRow *row, const char *column, const char *text) {
    row->cells[row->n_cells++] = (InputCell){column, text, DATE_NONE, MINUTE_NONE};
}

static void add_moment(InputRow *row, const char *column, date_t date, minute_t minute) {
    row->cells[row->n_cells++] = (InputCell){column, NULL, date, minute};
}

static void add_date(InputRow *row, const char *column, date_t date) {
    add_moment(row, column, date, MINUTE_NONE);
}

/* A whole number; `none` is blank. */
static void add_whole(Rows *rows, InputRow *row, const char *column, int64_t number, int64_t none) {
    char text[24] = "";
    if (number != none)
        g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, number);
    add_text(row, column, arena_strdup(rows->arena, text));
}

static const char *amount_text(Arena *arena, milli_t amount) {
    char text[32];
    int n = g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT ".%03d", amount / MILLI,
                       (int)(amount % MILLI));
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[n - 1] = '\0';
    return arena_strdup(arena, text);
}

static void add_flag(InputRow *row, const char *column, bool flag) {
    add_text(row, column, flag ? "yes" : "no");
}

/* Takes the text over. */
static void add_built(Rows *rows, InputRow *row, const char *column, GString *text) {
    add_text(row, column, arena_strdup(rows->arena, text->str));
    g_string_free(text, TRUE);
}

static void append_time(GString *text, minute_t minute) {
    g_string_append_printf(text, "%02d:%02d", minute / 60, minute % 60);
}

/* `mon,tue,sat` */
static const char *weekdays_text(Arena *arena, const bool *days) {
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    GString *text = g_string_new(NULL);
    for (int d = 0; d < 7; d++)
        if (days[d])
            g_string_append_printf(text, "%s%s", text->len > 0 ? "," : "", names[d]);
    const char *kept = arena_strdup(arena, text->str);
    g_string_free(text, TRUE);
    return kept;
}

static void append_slots(GString *text, const Operation *op, uint32_t slots) {
    bool any = false;
    for (int s = 0; s < op->n_slots; s++)
        if ((slots >> s & 1) != 0) {
            g_string_append_printf(text, "%s%s", any ? "," : "", op->slots[s].id);
            any = true;
        }
}

static void add_settings(Rows *rows) {
    const Operation *op = rows->op;
    add_date(add_row(rows, INPUT_SETTING, "as_of", 0, NONE), "as_of", op->as_of);
    InputRow *horizon = add_row(rows, INPUT_SETTING, "horizon", 0, NONE);
    add_date(horizon, "start", op->start);
    add_date(horizon, "end", op->end);
    GString *slots = g_string_new(NULL);
    for (int s = 0; s < op->n_slots; s++) {
        g_string_append_printf(slots, "%s%s ", s > 0 ? ", " : "", op->slots[s].id);
        append_time(slots, op->slots[s].from);
        g_string_append_c(slots, '-');
        append_time(slots, op->slots[s].to);
        g_string_append(slots, op->slots[s].late ? " late" : "");
    }
    add_built(rows, add_row(rows, INPUT_SETTING, "slots", 0, NONE), "slots", slots);
    const struct {
        const char *name;
        int value;
    } numbers[] = {{"grid_minutes", op->grid_minutes},
                   {"buffer_minutes", op->buffer_minutes},
                   {"turnaround_days", op->turnaround_days}};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        add_whole(rows, add_row(rows, INPUT_SETTING, numbers[i].name, 0, NONE), numbers[i].name,
                  numbers[i].value, INT64_MIN);
    for (int p = 0; p < PART_COUNT; p++)
        add_whole(rows, add_row(rows, INPUT_SETTING, part_infos[p].name, 0, NONE), "weight",
                  op->weights[p], INT64_MIN);
}

static void add_needs(Rows *rows, InputRow *row, const Package *package, const Task *task) {
    const Operation *op = rows->op;
    GString *needs = g_string_new(NULL), *items = g_string_new(NULL), *after = g_string_new(NULL);
    for (int i = 0; i < task->n_needs; i++) {
        const Need *need = &task->needs[i];
        g_string_append_printf(needs, "%s%s %s", i > 0 ? ", " : "", op->roles[need->role].id,
                               need->by_volume ? "volume_m3"
                                               : amount_text(rows->arena, need->amount));
    }
    for (int i = 0; i < task->n_items; i++)
        g_string_append_printf(
            items, "%s%s %s (%d)", i > 0 ? ", " : "", op->items[task->items[i].item],
            amount_text(rows->arena, task->items[i].quantity), task->items[i].days_before);
    for (int i = 0; i < task->n_lags; i++) {
        const Lag *lag = &task->lags[i];
        g_string_append_printf(after, "%s%s %d..", i > 0 ? ", " : "", package->tasks[lag->other].id,
                               lag->min_days);
        if (lag->has_max)
            g_string_append_printf(after, "%d", lag->max_days);
    }
    add_built(rows, row, "needs", needs);
    add_built(rows, row, "items", items);
    add_built(rows, row, "after", after);
}

static void add_tasks(Rows *rows) {
    const Operation *op = rows->op;
    for (int p = 0; p < op->n_packages; p++)
        for (int a = 0; a < op->packages[p].n_tasks; a++) {
            const Package *package = &op->packages[p];
            const Task *task = &package->tasks[a];
            char *key = g_strdup_printf("%s.%s", package->id, task->id);
            InputRow *row = add_row(rows, INPUT_TASK, arena_strdup(rows->arena, key), 0, a);
            g_free(key);
            row->package = p;
            row->task = a;
            add_whole(rows, row, "minutes", task->minutes, 0);
            add_whole(rows, row, "days", task->days, 0);
            add_flag(row, "presence", task->presence);
            add_whole(rows, row, "notice_days", task->notice_days, INT64_MIN);
            add_needs(rows, row, package, task);
        }
}

static void add_households(Rows *rows) {
    const Operation *op = rows->op;
    for (int h = 0; h < op->n_households; h++) {
        const Household *household = &op->households[h];
        InputRow *row = add_row(rows, INPUT_HOUSEHOLD, household->id, household->line, h);
        row->household = h;
        row->package = household->package;
        add_text(row, "package", household_package(op, h)->id);
        add_whole(rows, row, "rooms", household->rooms, INT64_MIN);
        add_flag(row, "accessible", household->accessible);
        add_text(row, "volume_m3", amount_text(rows->arena, household->volume));
        add_whole(rows, row, "weight", household->weight, INT64_MIN);
        add_date(row, "earliest", household->earliest);
        add_date(row, "deadline", household->deadline);
        add_whole(rows, row, "max_nights_away", household->max_nights_away, NO_LIMIT);
        add_text(row, "relocation", household->relocation == RELOCATION_OWN ? "own" : "home");
        GString *members = g_string_new(NULL);
        for (int role = 0; role < op->n_roles; role++)
            if (household->members[role] != NONE)
                g_string_append_printf(members, "%s%s=%s", members->len > 0 ? ";" : "",
                                       op->roles[role].id,
                                       op->resources[household->members[role]].id);
        add_built(rows, row, "members", members);
    }
}

static void add_availability(Rows *rows) {
    static const char *const kinds[] = {
        [AVAILABLE] = "available", [PREFERRED] = "preferred", [ABSENT] = "absent"};
    const Operation *op = rows->op;
    for (int i = 0; i < op->n_availability; i++) {
        const AvailabilityRow *window = &op->availability[i];
        InputRow *row = add_row(rows, INPUT_AVAILABILITY, "", window->line, i);
        row->household = window->household;
        add_text(row, "household", op->households[window->household].id);
        add_text(row, "kind", kinds[window->kind]);
        if (window->from == DATE_NONE) {
            add_text(row, "days", weekdays_text(rows->arena, window->weekdays));
        } else {
            add_date(row, "from", window->from);
            add_date(row, "until", window->until);
        }
        if (window->start == 0 && window->end == 24 * 60)
            continue;
        GString *times = g_string_new(NULL);
        append_time(times, window->start);
        g_string_append_c(times, '-');
        append_time(times, window->end);
        add_built(rows, row, "times", times);
    }
}

static void add_resources(Rows *rows) {
    const Operation *op = rows->op;
    for (int r = 0; r < op->n_resources; r++) {
        const Resource *resource = &op->resources[r];
        InputRow *row = add_row(rows, INPUT_RESOURCE, resource->id, resource->line, r);
        add_text(row, "role", op->roles[resource->role].id);
        add_text(row, "capacity", amount_text(rows->arena, resource->capacity));
        add_text(row, "days", weekdays_text(rows->arena, resource->works));
        GString *slots = g_string_new(NULL);
        for (int d = 0; d < 7 && resource->measure == MEASURE_CLOCK; d++) {
            g_string_append(slots, d > 0 ? ";" : "");
            append_slots(slots, op, resource->slots[d]);
        }
        add_built(rows, row, "slots", slots);
        add_whole(rows, row, "max_late_per_week", resource->max_late_per_week, NO_LIMIT);
        add_date(row, "from", resource->from);
        add_date(row, "until", resource->until);
    }
}

static void add_calendar(Rows *rows) {
    const Operation *op = rows->op;
    for (int i = 0; i < op->n_calendar; i++) {
        const CalendarRow *exception = &op->calendar[i];
        InputRow *row = add_row(rows, INPUT_CALENDAR, "", exception->line, i);
        add_text(row, "resource",
                 exception->resource != NONE ? op->resources[exception->resource].id
                 : exception->role != NONE   ? op->roles[exception->role].id
                                             : "*");
        add_date(row, "from", exception->from);
        add_date(row, "until", exception->until);
        add_text(row, "capacity",
                 exception->closed ? "" : amount_text(rows->arena, exception->capacity));
        GString *slots = g_string_new(NULL);
        append_slots(slots, op, exception->slots);
        add_built(rows, row, "slots", slots);
    }
}

static void add_homes(Rows *rows) {
    const Operation *op = rows->op;
    for (int i = 0; i < op->n_homes; i++) {
        const Home *home = &op->homes[i];
        InputRow *row = add_row(rows, INPUT_HOME, home->id, home->line, i);
        add_whole(rows, row, "rooms", home->rooms, INT64_MIN);
        add_flag(row, "accessible", home->accessible);
        add_date(row, "from", home->from);
        add_date(row, "until", home->until);
    }
}

static void add_deliveries(Rows *rows) {
    const Operation *op = rows->op;
    for (int i = 0; i < op->n_deliveries; i++) {
        const Delivery *delivery = &op->deliveries[i];
        InputRow *row = add_row(rows, INPUT_DELIVERY, delivery->id, delivery->line, i);
        row->household = delivery->household;
        add_text(row, "item", op->items[delivery->item]);
        add_text(row, "quantity", amount_text(rows->arena, delivery->quantity));
        add_date(row, "date", delivery->date);
        add_text(row, "household",
                 delivery->household != NONE ? op->households[delivery->household].id : "");
    }
}

static void add_facts(Rows *rows) {
    const Operation *op = rows->op;
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            const Fact *fact = &op->households[h].facts[a];
            if (fact->status == STATUS_PROPOSED)
                continue;
            char *key = g_strdup_printf("%s %s", op->households[h].id,
                                        household_package(op, h)->tasks[a].id);
            InputRow *row =
                add_row(rows, INPUT_PROGRESS, arena_strdup(rows->arena, key), fact->line, a);
            g_free(key);
            row->household = h;
            row->task = a;
            add_text(row, "status", status_names[fact->status]);
            add_moment(row, "start", fact->start, fact->start_minute);
            add_moment(row, "finish", fact->finish, fact->finish_minute);
            add_text(row, "member", fact->member != NONE ? op->resources[fact->member].id : "");
            add_text(row, "home", fact->home != NONE ? op->homes[fact->home].id : "");
        }
}

static Rows rows_of(const Operation *op, Arena *arena) {
    Rows rows = {op, arena, g_ptr_array_new()};
    add_settings(&rows);
    add_tasks(&rows);
    add_households(&rows);
    add_availability(&rows);
    add_resources(&rows);
    add_calendar(&rows);
    add_homes(&rows);
    add_deliveries(&rows);
    add_facts(&rows);
    return rows;
}

static bool same_cell(const InputCell *a, const InputCell *b) {
    return g_strcmp0(a->text, b->text) == 0 && a->date == b->date && a->minute == b->minute &&
           g_str_equal(a->column, b->column);
}

/* What a row is looked up by: its kind and id or, without one, all of it. Free with g_free(). */
static char *lookup_key(const InputRow *row) {
    GString *key = g_string_new(NULL);
    g_string_append_printf(key, "%d %s", (int)row->kind, row->key);
    for (int c = 0; c < row->n_cells && row->key[0] == '\0'; c++)
        g_string_append_printf(key, "\n%s %s %d %d", row->cells[c].column,
                               row->cells[c].text != NULL ? row->cells[c].text : "",
                               (int)row->cells[c].date, (int)row->cells[c].minute);
    return g_string_free(key, FALSE);
}

static void free_queue(gpointer queue) {
    g_queue_free(queue);
}

/* Per key the rows that have it, in their order. */
static GHashTable *rows_by_key(const Rows *rows) {
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_queue);
    for (guint i = 0; i < rows->rows->len; i++) {
        char *key = lookup_key(rows->rows->pdata[i]);
        GQueue *queue = g_hash_table_lookup(table, key);
        if (queue == NULL) {
            queue = g_queue_new();
            g_hash_table_insert(table, g_strdup(key), queue);
        }
        g_queue_push_tail(queue, rows->rows->pdata[i]);
        g_free(key);
    }
    return table;
}

static uint32_t different_cells(const InputRow *a, const InputRow *b) {
    uint32_t columns = 0;
    for (int c = 0; c < MIN(a->n_cells, b->n_cells); c++)
        columns |= same_cell(&a->cells[c], &b->cells[c]) ? 0 : 1U << c;
    return columns;
}

static gint compare_differences(gconstpointer left, gconstpointer right) {
    const Difference *a = left, *b = right;
    const InputRow *s = a->now != NULL ? a->now : a->then;
    const InputRow *t = b->now != NULL ? b->now : b->then;
    if (s->kind != t->kind)
        return s->kind < t->kind ? -1 : 1;
    if ((a->now == NULL) != (b->now == NULL))
        return a->now == NULL ? -1 : 1;
    if (s->line != t->line)
        return s->line < t->line ? -1 : 1;
    return strcmp(s->key, t->key);
}

Differences *differences_new(const Operation *then, const Operation *now) {
    Arena *arena = arena_new();
    Differences *differences = ARENA_NEW(arena, Differences, 1);
    differences->arena = arena;
    Rows old = rows_of(then, arena), new = rows_of(now, arena);
    GHashTable *olds = rows_by_key(&old);
    GArray *found = g_array_new(FALSE, FALSE, sizeof(Difference));
    for (guint i = 0; i < new.rows->len; i++) {
        const InputRow *row = new.rows->pdata[i];
        char *key = lookup_key(row);
        GQueue *queue = g_hash_table_lookup(olds, key);
        g_free(key);
        Difference difference = {.now = row};
        if (queue != NULL)
            difference.then = g_queue_pop_head(queue);
        if (difference.then != NULL)
            difference.columns = different_cells(difference.then, row);
        if (difference.then == NULL || difference.columns != 0)
            g_array_append_val(found, difference);
    }
    for (guint i = 0; i < old.rows->len; i++) {
        char *key = lookup_key(old.rows->pdata[i]);
        Difference difference = {.then = g_queue_pop_head(g_hash_table_lookup(olds, key))};
        g_free(key);
        if (difference.then != NULL)
            g_array_append_val(found, difference);
    }
    g_array_sort(found, compare_differences);
    differences->n = (int)found->len;
    differences->rows = ARENA_NEW(arena, Difference, differences->n);
    if (found->len > 0)
        memcpy(differences->rows, found->data, sizeof(Difference) * found->len);
    g_array_free(found, TRUE);
    g_hash_table_destroy(olds);
    g_ptr_array_free(old.rows, TRUE);
    g_ptr_array_free(new.rows, TRUE);
    return differences;
}

void differences_free(Differences *differences) {
    if (differences != NULL)
        arena_free(differences->arena);
}
