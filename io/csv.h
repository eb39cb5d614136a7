/*
 * csv.h: a table from a CSV file, as text, with the lines it stands on.
 *
 * Delimiter (`;`, `,` or tab; an Excel `sep=;` line is obeyed) and encoding (UTF-8 with or without
 * BOM, otherwise Windows-1252) are detected. Column names are compared without case, accents and
 * outer blanks. All strings belong to the table, are UTF-8 and have no blanks around them.
 */
#ifndef PILOTE_CSV_H
#define PILOTE_CSV_H

#include <glib.h>
#include <stddef.h>

#include "io/fault.h"

enum {
    MAX_TABLE_BYTES = 16 << 20,
    MAX_TABLE_ROWS = 200000,
    MAX_CELL_BYTES = 64 << 10,
    MAX_TABLE_COLUMNS = 256,
};

struct Cell;

/* A column that a file may have. The table reader looks at the first three fields only; the others
 * say how a cell becomes a field of a struct, see io/sheet.h. */
typedef struct Column {
    const char *name;
    const char *french; /* another accepted name, without accents, or NULL */
    bool required;      /* the column must be there and its cells filled */
    bool (*parse)(const struct Cell *cell, void *field);
    size_t offset;      /* of the field in the row's struct */
    const void *detail; /* what the parser needs to know more: words, bounds */
} Column;

typedef struct Table Table;

/* Reads a table from the bytes of a file, which it takes over. Faults (unreadable, wrong encoding,
 * open quotes, unknown or missing columns, too large) are appended under the name `file`; rows
 * that can be read are kept in spite of them. Returns NULL when its columns cannot be known. */
Table *table_parse(GString *bytes, const char *file, const Column *columns, int n_columns,
                   Faults *faults);

/* The same from the file at `path`; NULL also when it is missing, which is a fault only when it is
 * `required`. */
Table *table_read(const char *path, const char *file, bool required, const Column *columns,
                  int n_columns, Faults *faults);

void table_free(Table *table); /* NULL is allowed */

int table_rows(const Table *table);

/* True when every row of the file is in the table. */
bool table_complete(const Table *table);

/* The line of the file on which the row begins, from 1, blank lines and quoted ones counted. */
int table_line(const Table *table, int row);

/* The cell under columns[column]; "" when blank or when the file has no such column. */
const char *table_cell(const Table *table, int row, int column);

/* "UTF-8" or "Windows-1252". */
const char *table_encoding(const Table *table);

char table_delimiter(const Table *table);

/* Appends `file:line: column 'x': got 'cell', expected ...` for a cell. `expected` is translated.
 */
void table_fault(const Table *table, int row, int column, Severity severity, const char *expected);

#endif
