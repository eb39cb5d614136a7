/* note.c: one row after the other is changed or added in the bytes of progress.csv. */
#include "io/note.h"

#include <string.h>

#include "io/csv_layout.h"
#include "io/fact_check.h"
#include "io/read_file.h"
#include "io/read_operation.h"
#include "io/tell.h"
#include "io/write_file.h"
#include "solver/language.h"

static const char file[] = "progress.csv";

/* progress.csv while it is changed. */
typedef struct Page {
    const Operation *op;
    CsvLayout layout;
    int places[FACT_COLUMNS]; /* of the columns in a row, or NONE */
    int n_columns;            /* of the row of names */
    bool french_dates, french_words;
    char between;                    /* a date and its time */
    const char *texts[FACT_COLUMNS]; /* of the note being written; NULL: stays */
    char *refused;                   /* the first text that the encoding does not have */
} Page;

bool note_status(const char *word, Status *status) {
    return fact_status(word, status);
}

static void find_columns(Page *page) {
    size_t next;
    GArray *names = csv_layout_cells(&page->layout, page->layout.head, &next);
    page->n_columns = (int)names->len;
    for (int c = 0; c < FACT_COLUMNS; c++)
        page->places[c] = NONE;
    for (guint place = 0; place < names->len; place++) {
        char *text = csv_layout_text(&page->layout, g_array_index(names, CsvSpan, place));
        char *name = words_fold(text);
        for (int c = 0; c < FACT_COLUMNS; c++)
            if (g_str_equal(name, fact_columns[c].name) ||
                g_str_equal(name, fact_columns[c].french))
                page->places[c] = (int)place;
        g_free(name);
        g_free(text);
    }
    g_array_free(names, TRUE);
}

/* The text under a column, "" where there is none; free with g_free(). */
static char *cell_at(const Page *page, const GArray *cells, int column) {
    int place = page->places[column];
    if (place == NONE || place >= (int)cells->len)
        return g_strdup("");
    return csv_layout_text(&page->layout, g_array_index(cells, CsvSpan, (guint)place));
}

/* How the rows that are there write dates and words. */
static void find_habits(Page *page) {
    size_t next;
    bool dated = false, timed = false;
    page->french_dates = page->layout.delimiter == ';';
    g_array_free(csv_layout_cells(&page->layout, page->layout.head, &next), TRUE);
    while (next < page->layout.bytes->len) {
        GArray *cells = csv_layout_cells(&page->layout, next, &next);
        char *status_text = cell_at(page, cells, FACT_STATUS);
        char *start = cell_at(page, cells, FACT_START), *word = words_fold(status_text);
        Status status;
        if (fact_status(status_text, &status))
            page->french_words |= !g_str_equal(word, status_names[status]);
        if (*start != '\0' && !dated)
            page->french_dates = strchr(start, '/') != NULL;
        dated |= *start != '\0';
        if (strchr(start, ':') != NULL && !timed) {
            page->between = strchr(start, 'T') != NULL ? 'T' : ' ';
            timed = true;
        }
        g_free(word);
        g_free(start);
        g_free(status_text);
        g_array_free(cells, TRUE);
    }
    if (!timed)
        page->between = page->french_dates ? ' ' : 'T';
}

/* The moment as the file writes them, or NULL; free with g_free(). */
static char *moment_text(const Page *page, date_t date, minute_t minute) {
    if (date == DATE_NONE)
        return NULL;
    int year;
    int month;
    int day;
    date_to_ymd(date, &year, &month, &day);
    char *text = page->french_dates ? g_strdup_printf("%02d/%02d/%04d", day, month, year)
                                    : g_strdup_printf("%04d-%02d-%02d", year, month, day);
    if (minute == MINUTE_NONE)
        return text;
    char *timed = g_strdup_printf("%s%c%02d:%02d", text, page->between, minute / 60, minute % 60);
    g_free(text);
    return timed;
}

static void append_text(Page *page, GString *out, const char *text) {
    if (!csv_layout_append(&page->layout, out, text) && page->refused == NULL)
        page->refused = g_strdup(text);
}

/* The row in `cells`, which may be shorter than the row of names, with the note's texts. */
static GString *changed_row(Page *page, const GArray *cells) {
    GString *row = g_string_new(NULL);
    int n = (int)cells->len;
    for (int c = 0; c < FACT_COLUMNS; c++)
        if (page->texts[c] != NULL)
            n = MAX(n, page->places[c] + 1);
    for (int place = 0; place < n; place++) {
        const char *text = NULL;
        for (int c = 0; c < FACT_COLUMNS; c++)
            if (page->places[c] == place)
                text = page->texts[c];
        if (place > 0)
            g_string_append_c(row, page->layout.delimiter);
        if (text != NULL) {
            append_text(page, row, text);
        } else if (place < (int)cells->len) {
            CsvSpan cell = g_array_index(cells, CsvSpan, (guint)place);
            g_string_append_len(row, page->layout.bytes->str + cell.start,
                                (gssize)(cell.end - cell.start));
        }
    }
    return row;
}

/* Replaces the cells of one row. */
static void change_row(Page *page, GString *bytes, size_t start) {
    size_t next;
    GArray *cells = csv_layout_cells(&page->layout, start, &next);
    size_t end = g_array_index(cells, CsvSpan, cells->len - 1).end;
    GString *row = changed_row(page, cells);
    g_string_erase(bytes, (gssize)start, (gssize)(end - start));
    g_string_insert_len(bytes, (gssize)start, row->str, (gssize)row->len);
    g_string_free(row, TRUE);
    g_array_free(cells, TRUE);
}

static void add_row(Page *page, GString *bytes) {
    GArray *none = g_array_new(FALSE, FALSE, sizeof(CsvSpan));
    GString *row = changed_row(page, none);
    g_array_free(none, TRUE);
    /* As wide as the row of names, as spreadsheets do. */
    int n = 0;
    for (int c = 0; c < FACT_COLUMNS; c++)
        if (page->texts[c] != NULL)
            n = MAX(n, page->places[c] + 1);
    for (; n < page->n_columns; n++)
        g_string_append_c(row, page->layout.delimiter);
    if (bytes->len > 0 && strchr("\r\n", bytes->str[bytes->len - 1]) == NULL)
        g_string_append(bytes, page->layout.line_end);
    g_string_append_len(bytes, row->str, (gssize)row->len);
    g_string_append(bytes, page->layout.line_end);
    g_string_free(row, TRUE);
}

/* A column that the note needs and the file does not have comes last. */
static void add_columns(Page *page, GString *bytes) {
    for (int c = 0; c < FACT_COLUMNS; c++) {
        if (page->texts[c] == NULL || page->places[c] != NONE)
            continue;
        size_t next;
        GArray *names = csv_layout_cells(&page->layout, page->layout.head, &next);
        size_t end = g_array_index(names, CsvSpan, names->len - 1).end;
        char *name = g_strdup_printf("%c%s", page->layout.delimiter, fact_columns[c].name);
        g_string_insert(bytes, (gssize)end, name);
        page->places[c] = page->n_columns++;
        g_free(name);
        g_array_free(names, TRUE);
    }
}

/* Where the task's row begins, or 0 when it has none. */
static size_t find_row(const Page *page, const char *household, const char *task) {
    size_t next;
    size_t found = 0;
    g_array_free(csv_layout_cells(&page->layout, page->layout.head, &next), TRUE);
    while (found == 0 && next < page->layout.bytes->len) {
        size_t start = next;
        GArray *cells = csv_layout_cells(&page->layout, start, &next);
        char *of_household = cell_at(page, cells, FACT_HOUSEHOLD);
        char *of_task = cell_at(page, cells, FACT_TASK);
        if (g_str_equal(of_household, household) && g_str_equal(of_task, task))
            found = start;
        g_free(of_household);
        g_free(of_task);
        g_array_free(cells, TRUE);
    }
    return found;
}

/* Takes the task's row out, its line end included. */
static void withdraw(const Page *page, GString *bytes, const Note *note) {
    const Household *household = &page->op->households[note->household];
    const char *task = household_package(page->op, note->household)->tasks[note->task].id;
    size_t start = find_row(page, household->id, task);
    if (start == 0)
        return;
    size_t next;
    g_array_free(csv_layout_cells(&page->layout, start, &next), TRUE);
    g_string_erase(bytes, (gssize)start, (gssize)(next - start));
}

static void apply(Page *page, GString *bytes, const Note *note) {
    const Operation *op = page->op;
    const Household *household = &op->households[note->household];
    const char *task = household_package(op, note->household)->tasks[note->task].id;
    char *start = moment_text(page, note->start, note->start_minute);
    char *finish = moment_text(page, note->finish, note->finish_minute);
    memset(page->texts, 0, sizeof page->texts);
    page->texts[FACT_STATUS] = note->status != NULL ? note->status
                               : page->french_words ? "annoncé"
                                                    : status_names[STATUS_ANNOUNCED];
    page->texts[FACT_START] = start;
    page->texts[FACT_FINISH] = finish;
    page->texts[FACT_MEMBER] = note->member != NONE ? op->resources[note->member].id : NULL;
    page->texts[FACT_HOME] = note->home != NONE ? op->homes[note->home].id : NULL;
    add_columns(page, bytes);
    size_t row = household->facts[note->task].line > 0 ? find_row(page, household->id, task) : 0;
    if (row > 0) {
        change_row(page, bytes, row);
    } else {
        page->texts[FACT_HOUSEHOLD] = household->id;
        page->texts[FACT_TASK] = task;
        add_row(page, bytes);
    }
    g_free(start);
    g_free(finish);
}

/* The first row of a new file, laid out as calendar.csv is. */
static GString *new_file(const Operation *op) {
    bool french = tell_french(op);
    GString *bytes = g_string_new(french ? "\xef\xbb\xbf" : "");
    for (int c = 0; c < FACT_COLUMNS; c++) {
        if (c > 0)
            g_string_append_c(bytes, french ? ';' : ',');
        g_string_append(bytes, fact_columns[c].name);
    }
    g_string_append(bytes, french ? "\r\n" : "\n");
    return bytes;
}

GString *notes_apply(const Operation *op, const GString *old, const Note *notes, int n,
                     char **error) {
    GString *bytes = old != NULL ? g_string_new_len(old->str, (gssize)old->len) : new_file(op);
    Page page = {.op = op, .layout = csv_layout(bytes)};
    find_columns(&page);
    find_habits(&page);
    for (int i = 0; i < n; i++)
        if (notes[i].withdrawn)
            withdraw(&page, bytes, &notes[i]);
        else
            apply(&page, bytes, &notes[i]);
    *error = NULL;
    if (page.refused == NULL)
        return bytes;
    *error = g_strdup_printf(_("%s: '%s' cannot be written in the file's encoding, Windows-1252; "
                               "save the file as UTF-8"),
                             file, page.refused);
    g_free(page.refused);
    g_string_free(bytes, TRUE);
    return NULL;
}

static bool same_fact(const Fact *a, const Fact *b) {
    return a->status == b->status && a->start == b->start && a->start_minute == b->start_minute &&
           a->finish == b->finish && a->finish_minute == b->finish_minute &&
           a->member == b->member && a->home == b->home;
}

/* Whether the new file says of all tasks that are not noted what the old one said. */
static bool others_stay(const Operation *op, const Operation *changed, const Note *notes, int n) {
    bool same = true;
    for (int h = 0; same && h < op->n_households; h++)
        for (int a = 0; same && a < household_package(op, h)->n_tasks; a++) {
            bool noted = false;
            for (int i = 0; i < n && !noted; i++)
                noted = notes[i].household == h && notes[i].task == a;
            same =
                noted || same_fact(&op->households[h].facts[a], &changed->households[h].facts[a]);
        }
    return same;
}

/* Reads the operation with the new progress.csv. */
static Operation *read_changed(const Operation *op, const GString *bytes, Faults *faults) {
    InputText *texts = g_new(InputText, op->n_inputs + 1);
    int n = 0;
    for (int i = 0; i < op->n_inputs; i++)
        if (!g_str_equal(op->inputs[i].file, file))
            texts[n++] = op->inputs[i];
    texts[n++] = (InputText){file, bytes->str};
    Operation *changed = read_operation_texts(op->folder, texts, n, op->as_of, faults);
    g_free(texts);
    return changed;
}

bool notes_write(const Operation *op, const Note *notes, int n, Faults *faults, char **error) {
    *error = NULL;
    int errors = faults_count(faults, FAULT_ERROR);
    char *path = g_build_filename(op->folder, file, NULL);
    GString *old = read_file(path, file, false, faults);
    g_free(path);
    GString *bytes =
        faults_count(faults, FAULT_ERROR) == errors ? notes_apply(op, old, notes, n, error) : NULL;
    Operation *changed = bytes != NULL ? read_changed(op, bytes, faults) : NULL;
    bool good = changed != NULL && others_stay(op, changed, notes, n);
    if (changed != NULL && !good)
        *error =
            g_strdup_printf(_("%s cannot be changed safely; change it with a spreadsheet"), file);
    if (good) {
        OutputFile output = {file, bytes->str, old != NULL ? old->str : ""};
        good = write_files(op->folder, &output, 1, error);
    }
    operation_free(changed);
    if (bytes != NULL)
        g_string_free(bytes, TRUE);
    if (old != NULL)
        g_string_free(old, TRUE);
    return good;
}
