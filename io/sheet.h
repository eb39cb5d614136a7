/*
 * sheet.h: the rows of one CSV file of an operation, cell by cell into the fields of a struct.
 *
 * A sheet's columns say by which parser a cell is read and into which field of the row's struct.
 * For io/read_*.c only.
 */
#ifndef PILOTE_SHEET_H
#define PILOTE_SHEET_H

#include "io/csv.h"
#include "io/reader.h"

typedef struct SheetKind {
    const char *file;
    bool required; /* the file must be there and have rows */
    const Column *columns;
    int n_columns; /* at most 32 */
    int max_rows;
} SheetKind;

typedef struct Sheet {
    const SheetKind *kind;
    Reader *reader;
    Table *table;
    int n_rows;
} Sheet;

/* A cell under the eyes of its parser: not blank. */
typedef struct Cell {
    const Sheet *sheet;
    const void *detail; /* the column's */
    int row, column;
    const char *text;
} Cell;

/* Bounds of a number, both included, in the field's unit. */
typedef struct Bounds {
    int64_t min, max;
} Bounds;

/* The words that a cell may hold. */
typedef struct Choice {
    const Word *words;
    int n;
    const char *expected; /* N_() */
} Choice;

/* What a cell refers to. */
typedef struct ReferenceTo {
    size_t offset;        /* of the References * in Reader */
    const char *expected; /* N_() */
} ReferenceTo;

/* Opens the file in the operation's folder; n_rows is 0 when there is nothing to read, because the
 * file is missing or after faults. `ids`, which the file defines, are incomplete when not every row
 * can be read; NULL when it defines none. Close the sheet with sheet_close(). */
void sheet_open(Sheet *sheet, Reader *reader, const SheetKind *kind, References *ids);

void sheet_close(Sheet *sheet);

/* Reads the row's cells into `fields`, which hold the defaults: a blank cell leaves its field, as
 * does a faulty one. Bit c of the result is set when the cell under column c was faulty, or blank
 * though required; 0 means a good row. */
uint32_t sheet_row(const Sheet *sheet, int row, void *fields);

/* The line of the row, from 1. */
int sheet_line(const Sheet *sheet, int row);

/* The cell's text; "" when blank. */
const char *sheet_cell(const Sheet *sheet, int row, int column);

/* `file:line: column 'x': got 'cell', expected ...`, as an error. */
void sheet_fault(const Sheet *sheet, int row, int column, const char *expected);

/* The same as a warning. */
void sheet_warning(const Sheet *sheet, int row, int column, const char *expected);

/* Registers the row's id and returns its index, which is the number of good ids before it. Returns
 * NONE when `id` is NULL, because its cell was faulty, and after a fault when an earlier row has
 * the id. */
int sheet_id(const Sheet *sheet, int row, int column, const char *id, References *references);

/* Reports a `from` after its `until`. */
void sheet_check_range(const Sheet *sheet, int row, int from_column, int until_column, date_t from,
                       date_t until);

/* The parsers: each gives false after a fault. */
bool cell_text(const Cell *cell, void *field);      /* const char * in the operation's arena */
bool cell_id(const Cell *cell, void *field);        /* the same, on one line */
bool cell_date(const Cell *cell, void *field);      /* date_t */
bool cell_time(const Cell *cell, void *field);      /* minute_t */
bool cell_flag(const Cell *cell, void *field);      /* bool */
bool cell_whole(const Cell *cell, void *field);     /* int; detail: Bounds */
bool cell_cost(const Cell *cell, void *field);      /* cost_t; detail: Bounds */
bool cell_amount(const Cell *cell, void *field);    /* milli_t; detail: Bounds */
bool cell_choice(const Cell *cell, void *field);    /* an enum; detail: Choice */
bool cell_reference(const Cell *cell, void *field); /* int, an index; detail: ReferenceTo */

/* Reports the cell. `expected` is translated. Gives false. */
bool cell_fault(const Cell *cell, const char *expected);

#endif
