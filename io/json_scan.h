/* json_scan.h: checks that a text is JSON (RFC 8259) and notes where its values stand. */
#ifndef PILOTE_JSON_SCAN_H
#define PILOTE_JSON_SCAN_H

#include <glib.h>

#include "io/fault.h"

enum {
    MAX_JSON_DEPTH = 64,
    MAX_JSON_VALUES = 3000000 /* of a document: a plan of 20,000 households */
};

/* Where a value stands in the text. */
typedef struct JsonSpan {
    size_t start, end; /* bytes; end is behind the last one */
    int line;          /* of start, from 1 */
} JsonSpan;

/* Checks text[length] (NUL-terminated): one value, valid UTF-8, no control characters, no `\u0000`
 * or half surrogate, strict numbers within a double's range, at most MAX_JSON_DEPTH levels and
 * `most` values. Returns
 * the spans of all values in document order (an array of JsonSpan; free with g_array_free()), or
 * NULL after a fault that names line and character. */
GArray *json_scan(const char *text, size_t length, const char *file, int most, Faults *faults);

#endif
