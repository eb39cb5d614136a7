/* csv_text.h: a CSV file before its cells: encoding, delimiter, lines. Used by csv.c only. */
#ifndef PILOTE_CSV_TEXT_H
#define PILOTE_CSV_TEXT_H

#include <glib.h>

#include "io/fault.h"

typedef struct CsvText {
    GString *text;        /* UTF-8 without BOM, or NULL when there is nothing to read */
    const char *encoding; /* "UTF-8" or "Windows-1252" */
    char delimiter;
    size_t offset; /* where the column names begin: behind a `sep=;` line */
    int line;      /* the line of that place */
    bool damaged;  /* a part could not be decoded and was reported */
} CsvText;

/* Decodes the bytes of a file, which it takes over; free text with g_string_free(). Faults as
 * table_parse(). */
CsvText csv_decode(GString *bytes, const char *file, Faults *faults);

/* Bytes of the line at `text`, its end (LF, CRLF or CR) included. */
size_t csv_line_length(const char *text);

/* The place `lines` line ends before text[end], not before `start`; of the begin of a line. */
size_t csv_line_offset(const GString *text, size_t start, size_t end, int lines);

bool csv_blank_line(const char *line, size_t length);

/* True when the line opens or closes one quote more than it closes or opens. */
bool csv_odd_quotes(const char *line, size_t length);

/* Removes blanks, no-break ones included, from both ends. */
void csv_trim(GString *text);

#endif
