/*
 * csv.c: reads a table with libcsv.
 *
 * libcsv drops blank lines and lets a quote left open swallow the rest of the file, so it is fed
 * line by line: the row's line is the one on which it began, and the parity of quotes tells where
 * an open one opened. After such a fault reading goes on with the line behind it.
 */
#include "io/csv.h"

#include <csv.h>
#include <glib.h>
#include <string.h>

#include "io/csv_text.h"
#include "io/read_file.h"
#include "io/words.h"
#include "solver/language.h"

enum { MAX_QUOTE_FAULTS = 20 }; /* each costs reading the rest again */

typedef struct RawRow {
    int line;
    guint first, n; /* into Table.cells */
} RawRow;

struct Table {
    char *file;
    Faults *faults;
    const Column *columns;
    int n_columns;
    const char *encoding;
    char delimiter;
    GStringChunk *strings;
    GPtrArray *cells; /* const char *, all rows one after the other; the first row has the names */
    GArray *rows;     /* RawRow */
    guint row_first;  /* of the row being read */
    int row_line;     /* line on which it began; 0 before the first character */
    bool incomplete;
    int *places; /* per known column: its place in a row, or -1 */
};

/* A row of millions of cells keeps as many as tell that it is too long; a filled one takes the last
 * place, so that it is not overlooked. */
static void keep_cell(Table *table, const char *text) {
    if (table->cells->len - table->row_first <= MAX_TABLE_COLUMNS)
        g_ptr_array_add(table->cells, (gpointer)(guintptr)text);
    else if (*text != '\0')
        table->cells->pdata[table->cells->len - 1] = (gpointer)(guintptr)text;
}

/* The cell without blanks around it. Nothing in a table needs control characters, and whatever
 * shows the text later would have to defend itself against them. */
static void add_cell(void *bytes, size_t length, void *data) {
    Table *table = data;
    const char *raw = bytes;
    if (length == 0) {
        keep_cell(table, "");
        return;
    }
    if (length > MAX_CELL_BYTES) {
        faults_say(table->faults, FAULT_ERROR, table->file, table->row_line,
                   _("a cell is longer than %d bytes"), MAX_CELL_BYTES);
        length = 0;
    }
    GString *text = g_string_sized_new(length);
    bool control = false;
    for (size_t i = 0; i < length; i++) {
        bool line_end = raw[i] == '\r' && i + 1 < length && raw[i + 1] == '\n';
        if (!line_end)
            g_string_append_c(text, raw[i] == '\r' ? '\n' : raw[i]);
        control |= g_ascii_iscntrl(raw[i]) && strchr("\r\n\t", raw[i]) == NULL;
    }
    csv_trim(text);
    if (control)
        faults_value(table->faults, FAULT_ERROR, table->file, table->row_line, NULL, text->str,
                     _("text without control characters"));
    keep_cell(table, text->len == 0 ? "" : g_string_chunk_insert(table->strings, text->str));
    g_string_free(text, TRUE);
}

static void end_row(int terminator, void *data) {
    (void)terminator;
    Table *table = data;
    RawRow row = {table->row_line, table->row_first, table->cells->len - table->row_first};
    bool blank = true;
    for (guint i = 0; i < row.n && blank; i++)
        blank = *(const char *)table->cells->pdata[row.first + i] == '\0';
    if (blank) /* rows of delimiters only: spreadsheets leave them behind */
        g_ptr_array_set_size(table->cells, (gint)row.first);
    else
        g_array_append_val(table->rows, row);
    table->row_first = table->cells->len;
    table->row_line = 0;
}

static void start_parser(struct csv_parser *parser, char delimiter) {
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        g_error("libcsv does not start");
    csv_set_realloc_func(parser, g_realloc); /* which ends the program where there is no memory */
    csv_set_free_func(parser, g_free);
    csv_set_delim(parser, (unsigned char)delimiter);
}

/* Forgets the row that a fault cut off. */
static void drop_row(Table *table) {
    g_ptr_array_set_size(table->cells, (gint)table->row_first);
    table->row_line = 0;
    table->incomplete = true;
}

/* The row of names is a row as well. */
static bool too_many_rows(const Table *table) {
    return table->rows->len > MAX_TABLE_ROWS + 1;
}

/* Reads rows from text[offset] on. On a quote fault it reports the fault, puts into *resume where
 * to go on (behind the line of the fault) and into *line that line's number, and gives false. */
static bool parse_rows(Table *table, const GString *text, size_t *resume, int *line) {
    struct csv_parser parser;
    start_parser(&parser, table->delimiter);
    size_t offset = *resume, open_next = 0;
    int open_line = 0; /* the line whose quote is open, 0 when none is */
    bool good = true;
    while (good && offset < text->len && !too_many_rows(table)) {
        size_t length = csv_line_length(text->str + offset);
        if (table->row_line == 0 && !csv_blank_line(text->str + offset, length))
            table->row_line = *line;
        int opened_before = open_line;
        if (csv_odd_quotes(text->str + offset, length)) {
            open_line = open_line == 0 ? *line : 0;
            open_next = offset + length;
        }
        good = csv_parse(&parser, text->str + offset, length, add_cell, end_row, table) == length;
        if (!good && opened_before == 0) {
            open_line = *line;
            open_next = offset + length;
            faults_say(table->faults, FAULT_ERROR, table->file, *line,
                       _("a quote inside a cell: put the whole cell in quotes and double the "
                         "quotes in it"));
        } else if (!good) {
            open_line = opened_before;
            faults_say(table->faults, FAULT_ERROR, table->file, open_line,
                       _("a quote opened on this line is not closed rightly (line %d)"), *line);
            /* The line behind the opening one. */
            open_next = csv_line_offset(text, *resume, offset, *line - open_line - 1);
        }
        offset += length;
        (*line)++;
    }
    if (good && !too_many_rows(table) && csv_fini(&parser, add_cell, end_row, table) != 0) {
        good = false;
        faults_say(table->faults, FAULT_ERROR, table->file, open_line,
                   _("a quote opened on this line is never closed"));
    }
    csv_free(&parser);
    if (!good) {
        drop_row(table);
        *resume = open_next;
        *line = open_line + 1;
    }
    return good;
}

static void parse_text(Table *table, const GString *text, size_t offset, int line) {
    int faults = 0;
    while (!parse_rows(table, text, &offset, &line))
        if (++faults == MAX_QUOTE_FAULTS) {
            faults_say(table->faults, FAULT_ERROR, table->file, line,
                       _("too many faults with quotes; the rest of the file was not read"));
            break;
        }
    if (too_many_rows(table)) {
        faults_say(table->faults, FAULT_ERROR, table->file, 0,
                   _("more than %d rows; the rest was not read"), MAX_TABLE_ROWS);
        g_array_set_size(table->rows, MAX_TABLE_ROWS + 1);
        table->incomplete = true;
    }
}

static const char *raw_cell(const Table *table, guint row, guint place) {
    const RawRow *raw = &g_array_index(table->rows, RawRow, row);
    return place < raw->n ? table->cells->pdata[raw->first + place] : "";
}

static int known_column(const Table *table, const char *name) {
    char *folded = words_fold(name);
    int found = -1;
    for (int i = 0; i < table->n_columns && found < 0; i++) {
        const Column *column = &table->columns[i];
        if (g_str_equal(folded, column->name) || g_strcmp0(folded, column->french) == 0)
            found = i;
    }
    g_free(folded);
    return found;
}

static void unknown_column(const Table *table, int line, const char *name) {
    GPtrArray *names = g_ptr_array_new();
    for (int i = 0; i < table->n_columns; i++) {
        g_ptr_array_add(names, (gpointer)(guintptr)table->columns[i].name);
        if (table->columns[i].french != NULL)
            g_ptr_array_add(names, (gpointer)(guintptr)table->columns[i].french);
    }
    const char *nearest = words_nearest(name, (const char *const *)names->pdata, (int)names->len);
    if (nearest != NULL)
        faults_say(table->faults, FAULT_WARNING, table->file, line,
                   _("column '%s' is not known and was left out; did you mean '%s'?"), name,
                   nearest);
    else
        faults_say(table->faults, FAULT_WARNING, table->file, line,
                   _("column '%s' is not known and was left out"), name);
    g_ptr_array_free(names, TRUE);
}

/* Finds the place of every known column. False when a required one is missing. */
static bool place_columns(Table *table) {
    table->places = g_new(int, table->n_columns);
    memset(table->places, -1, sizeof(int) * (size_t)table->n_columns);
    RawRow head = g_array_index(table->rows, RawRow, 0);
    for (guint place = 0; place < head.n; place++) {
        const char *name = raw_cell(table, 0, place);
        if (*name == '\0')
            continue;
        int column = known_column(table, name);
        if (column < 0)
            unknown_column(table, head.line, name);
        else if (table->places[column] >= 0)
            faults_value(table->faults, FAULT_ERROR, table->file, head.line,
                         table->columns[column].name, name, _("each column only once"));
        else
            table->places[column] = (int)place;
    }
    bool complete = true;
    for (int i = 0; i < table->n_columns; i++)
        if (table->columns[i].required && table->places[i] < 0) {
            faults_say(table->faults, FAULT_ERROR, table->file, head.line,
                       _("the column '%s' is missing"), table->columns[i].name);
            complete = false;
        }
    return complete;
}

/* A value under no name would be lost without a word. */
static void check_rows(Table *table) {
    guint n_names = g_array_index(table->rows, RawRow, 0).n;
    for (guint row = 1; row < table->rows->len; row++) {
        const RawRow *raw = &g_array_index(table->rows, RawRow, row);
        for (guint place = 0; place < raw->n; place++) {
            const char *cell = raw_cell(table, row, place);
            if (*cell == '\0' || (place < n_names && *raw_cell(table, 0, place) != '\0'))
                continue;
            faults_value(table->faults, FAULT_ERROR, table->file, raw->line, NULL, cell,
                         _("no more cells than the first row has column names"));
            break;
        }
    }
}

Table *table_read(const char *path, const char *file, bool required, const Column *columns,
                  int n_columns, Faults *faults) {
    GString *bytes = read_file(path, file, required, faults);
    return bytes == NULL ? NULL : table_parse(bytes, file, columns, n_columns, faults);
}

Table *table_parse(GString *bytes, const char *file, const Column *columns, int n_columns,
                   Faults *faults) {
    if (bytes->len > MAX_TABLE_BYTES) {
        faults_say(faults, FAULT_ERROR, file, 0, _("the file is larger than %d MiB"),
                   MAX_TABLE_BYTES >> 20);
        g_string_free(bytes, TRUE);
        return NULL;
    }
    CsvText decoded = csv_decode(bytes, file, faults);
    if (decoded.text == NULL)
        return NULL;
    Table *table = g_new0(Table, 1);
    table->file = g_strdup(file);
    table->faults = faults;
    table->columns = columns;
    table->n_columns = n_columns;
    table->encoding = decoded.encoding;
    table->delimiter = decoded.delimiter;
    table->incomplete = decoded.damaged;
    table->strings = g_string_chunk_new(1 << 14);
    table->cells = g_ptr_array_new();
    table->rows = g_array_new(FALSE, FALSE, sizeof(RawRow));
    parse_text(table, decoded.text, decoded.offset, decoded.line);
    g_string_free(decoded.text, TRUE);
    bool placed = false;
    if (table->rows->len == 0)
        faults_say(faults, FAULT_ERROR, file, 1, _("the row of column names is missing"));
    else if (g_array_index(table->rows, RawRow, 0).n > MAX_TABLE_COLUMNS)
        faults_say(faults, FAULT_ERROR, file, 1, _("more than %d columns"), MAX_TABLE_COLUMNS);
    else
        placed = place_columns(table);
    if (!placed) {
        table_free(table);
        return NULL;
    }
    check_rows(table);
    return table;
}

void table_free(Table *table) {
    if (table == NULL)
        return;
    g_free(table->file);
    g_free(table->places);
    g_string_chunk_free(table->strings);
    g_ptr_array_free(table->cells, TRUE);
    g_array_free(table->rows, TRUE);
    g_free(table);
}

int table_rows(const Table *table) {
    return (int)table->rows->len - 1;
}

bool table_complete(const Table *table) {
    return !table->incomplete;
}

int table_line(const Table *table, int row) {
    return g_array_index(table->rows, RawRow, row + 1).line;
}

const char *table_cell(const Table *table, int row, int column) {
    int place = table->places[column];
    return place < 0 ? "" : raw_cell(table, (guint)row + 1, (guint)place);
}

const char *table_encoding(const Table *table) {
    return table->encoding;
}

char table_delimiter(const Table *table) {
    return table->delimiter;
}

void table_fault(const Table *table, int row, int column, Severity severity, const char *expected) {
    faults_value(table->faults, severity, table->file, table_line(table, row),
                 table->columns[column].name, table_cell(table, row, column), expected);
}
