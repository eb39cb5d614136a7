/*
 * csv_layout.h: where the cells of a CSV file stand, byte by byte, so that some can be changed and
 * all others stay. For files that io/csv.h reads without a fault.
 */
#ifndef PILOTE_CSV_LAYOUT_H
#define PILOTE_CSV_LAYOUT_H

#include <glib.h>
#include <stdbool.h>

/* A stretch of the file's bytes, quotes included. */
typedef struct CsvSpan {
    size_t start, end;
} CsvSpan;

typedef struct CsvLayout {
    const GString *bytes; /* of the file, not the layout's own */
    char delimiter;
    bool windows_1252;    /* otherwise UTF-8 */
    const char *line_end; /* "\r\n", "\n" or "\r" */
    size_t head;          /* where the row of column names begins */
    int head_line;        /* its line, from 1 */
} CsvLayout;

/* What the bytes say of themselves. */
CsvLayout csv_layout(const GString *bytes);

/* The cells (CsvSpan) of the row that begins at `start`; *next is set behind its line end. Free
 * with g_array_free(). */
GArray *csv_layout_cells(const CsvLayout *layout, size_t start, size_t *next);

/* The text of a cell, UTF-8, without quotes and blanks around it; free with g_free(). */
char *csv_layout_text(const CsvLayout *layout, CsvSpan cell);

/* Appends a cell with this UTF-8 text, quoted where that is needed. False, and nothing appended,
 * when the file's encoding does not have one of its characters. */
bool csv_layout_append(const CsvLayout *layout, GString *out, const char *text);

#endif
