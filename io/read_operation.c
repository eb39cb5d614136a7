/* read_operation.c: all files of an operation folder, in the order in which they need each other.
 */
#include "io/read_operation.h"

#include <string.h>

#include "io/read_file.h"
#include "io/reader.h"
#include "solver/language.h"

static const char *const known_files[] = {
    "operation.json", "households.csv", "availability.csv", "resources.csv",
    "calendar.csv",   "homes.csv",      "deliveries.csv",   "progress.csv",
};

/* What the bytes say, for the record; what is no text is told by whoever reads them. */
static const char *text_of(Arena *arena, const GString *bytes) {
    static const char mark[] = "\xef\xbb\xbf";
    const char *start = bytes->str;
    if (g_str_has_prefix(start, mark))
        start += strlen(mark);
    if (g_utf8_validate(start, -1, NULL))
        return arena_strdup(arena, start);
    char *converted =
        g_convert_with_fallback(start, -1, "UTF-8", "WINDOWS-1252", "?", NULL, NULL, NULL);
    const char *text = arena_strdup(arena, converted != NULL ? converted : "");
    g_free(converted);
    return text;
}

/* A file of those that are in memory. */
static GString *given_file(const Reader *reader, const char *file, bool required) {
    for (int i = 0; i < reader->n_given; i++)
        if (g_str_equal(reader->given[i].file, file))
            return g_string_new(reader->given[i].text);
    if (required)
        faults_say(reader->faults, FAULT_ERROR, file, 0, _("the file is missing"));
    return NULL;
}

GString *reader_file(const Reader *reader, const char *file, bool required) {
    Operation *op = reader->op;
    GString *bytes;
    if (reader->given != NULL) {
        bytes = given_file(reader, file, required);
    } else {
        char *path = g_build_filename(op->folder, file, NULL);
        bytes = read_file(path, file, required, reader->faults);
        g_free(path);
    }
    if (bytes != NULL)
        op->inputs[op->n_inputs++] =
            (InputText){arena_strdup(op->arena, file), text_of(op->arena, bytes)};
    return bytes;
}

void *reader_keep(Reader *reader, GArray *rows, int *n) {
    size_t bytes = (size_t)rows->len * g_array_get_element_size(rows);
    void *kept = arena_alloc(reader->op->arena, bytes);
    if (bytes > 0)
        memcpy(kept, rows->data, bytes);
    *n = (int)rows->len;
    g_array_free(rows, TRUE);
    return kept;
}

static gpointer unsure_key(int package, int task) {
    return GINT_TO_POINTER(package * (MAX_TASKS + 1) + task + 1);
}

void reader_set_unsure(const Reader *reader, int package, int task) {
    g_hash_table_add(reader->unsure, unsure_key(package, task));
}

bool reader_is_unsure(const Reader *reader, int package, int task) {
    return g_hash_table_contains(reader->unsure, unsure_key(package, task));
}

char *reader_hint(References *references, const char *got, const char *expected) {
    const char *nearest = references_nearest(references, got);
    return nearest == NULL ? g_strdup(expected)
                           : g_strdup_printf(_("%s; did you mean '%s'?"), expected, nearest);
}

static gint compare_names(gconstpointer left, gconstpointer right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* An optional file under a wrong name would be left out without a word. */
static void warn_of_misspelt_files(const Reader *reader) {
    const char *folder = reader->op->folder;
    GDir *directory = g_dir_open(folder, 0, NULL);
    if (directory == NULL)
        return;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_dir_close(directory);
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        const char *nearest = words_nearest(name, known_files, COUNT(known_files));
        char *path = nearest != NULL ? g_build_filename(folder, nearest, NULL) : NULL;
        if (path != NULL && !g_file_test(path, G_FILE_TEST_EXISTS))
            faults_say(reader->faults, FAULT_WARNING, name, 0,
                       _("the file was left out; did you mean '%s'?"), nearest);
        g_free(path);
    }
    g_ptr_array_free(names, TRUE);
}

static Reader reader_new(Operation *op, Faults *faults) {
    Reader reader = {.op = op, .faults = faults};
    reader.slots = references_new();
    reader.package_ids = references_new();
    reader.resources = references_new();
    reader.roles = references_new();
    reader.households = references_new();
    reader.homes = references_new();
    reader.items = references_new();
    reader.delivered = references_new();
    reader.tasks = g_ptr_array_new_with_free_func((GDestroyNotify)references_free);
    reader.item_nodes = g_ptr_array_new();
    reader.unsure = g_hash_table_new(NULL, NULL);
    reader.role_measures = g_array_new(FALSE, FALSE, sizeof(int));
    return reader;
}

static void reader_free(Reader *reader) {
    references_free(reader->slots);
    references_free(reader->package_ids);
    references_free(reader->resources);
    references_free(reader->roles);
    references_free(reader->households);
    references_free(reader->homes);
    references_free(reader->items);
    references_free(reader->delivered);
    g_ptr_array_free(reader->tasks, TRUE);
    g_ptr_array_free(reader->item_nodes, TRUE);
    g_array_free(reader->role_measures, TRUE);
    g_hash_table_destroy(reader->unsure);
    json_free(reader->settings);
}

/* Costs are added up in whole numbers that a double still holds exactly (2^53): the solver passes
 * them through linear programs. */
static void check_cost_range(const Reader *reader) {
    static const double largest = 9e15;
    const Operation *op = reader->op;
    const cost_t *w = op->weights;
    double days = op->end - op->start + 1, total = 0;
    for (int h = 0; h < op->n_households; h++) {
        const Household *household = &op->households[h];
        const Package *package = &op->packages[household->package];
        double away = days, late = household->deadline == DATE_NONE ? 0 : days;
        if (household->deadline != DATE_NONE && household->deadline < op->start)
            late += op->start - household->deadline;
        for (int a = 0; a < package->n_tasks; a++)
            if (household->facts[a].start != DATE_NONE && household->facts[a].start < op->start)
                away = MAX(away, op->end - household->facts[a].start);
        total += (double)household->weight *
                 ((double)w[PART_UNPLANNED_HOUSEHOLD] + away * (double)w[PART_NIGHT_AWAY] +
                  away * (double)w[PART_NIGHT_OVER_MAX] + late * (double)w[PART_LATE_DAY]);
        total += days * (double)w[PART_FLOW_DAY];
        total += package->n_tasks *
                 ((double)w[PART_BROKEN_PROMISE] + (double)w[PART_MOVED_ANNOUNCED] +
                  away * (double)w[PART_MOVED_ANNOUNCED_DAY] + (double)w[PART_MOVED_PROPOSED] +
                  (double)w[PART_LATE_EVENING] + (double)w[PART_NON_PREFERRED]);
    }
    /* The weights that are not given are far from that, whatever the households. */
    if (total > largest && reader->weights != NULL)
        json_fault(reader->settings, reader->weights,
                   _("smaller weights: a plan of this operation could cost more than can be "
                     "reckoned exactly (9 million billions)"));
}

static Operation *read_all(const char *folder, const InputText *texts, int n, date_t as_of,
                           Faults *faults) {
    int errors = faults_count(faults, FAULT_ERROR);
    Arena *arena = arena_new();
    Operation *op = ARENA_NEW(arena, Operation, 1);
    op->arena = arena;
    op->folder = arena_strdup(arena, folder);
    op->inputs = ARENA_NEW(arena, InputText, COUNT(known_files));
    Reader reader = reader_new(op, faults);
    reader.given = texts;
    reader.n_given = n;
    read_settings(&reader, as_of);
    read_resources(&reader);
    read_packages(&reader);
    read_homes(&reader);
    read_households(&reader);
    read_calendar(&reader);
    read_availability(&reader);
    read_deliveries(&reader);
    read_progress(&reader);
    if (texts == NULL)
        warn_of_misspelt_files(&reader);
    if (faults_count(faults, FAULT_ERROR) == errors)
        check_cost_range(&reader);
    reader_free(&reader);
    if (faults_count(faults, FAULT_ERROR) > errors) {
        operation_free(op);
        return NULL;
    }
    return op;
}

Operation *read_operation(const char *folder, date_t as_of, Faults *faults) {
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        faults_say(faults, FAULT_ERROR, folder, 0, _("there is no such folder"));
        return NULL;
    }
    return read_all(folder, NULL, 0, as_of, faults);
}

Operation *read_operation_texts(const char *folder, const InputText *texts, int n, date_t as_of,
                                Faults *faults) {
    return read_all(folder, texts, n, as_of, faults);
}
