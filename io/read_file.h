/* read_file.h: the bytes of one input file. */
#ifndef PILOTE_READ_FILE_H
#define PILOTE_READ_FILE_H

#include <glib.h>

#include "io/fault.h"

enum { MAX_FILE_BYTES = 64 << 20 };

/* Reads the file at `path`, at most MAX_FILE_BYTES, and returns its bytes (never NULL data inside;
 * free with g_string_free()). `file` is the name for faults. Returns NULL for a missing file, with
 * a fault only when it is `required`, and with a fault when it is no ordinary file or cannot be
 * read. */
GString *read_file(const char *path, const char *file, bool required, Faults *faults);

/* The line, counted from 1, on which byte `offset` of `text` stands. LF, CRLF and CR end lines. */
int line_at(const char *text, size_t offset);

#endif
