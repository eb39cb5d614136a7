/*
 * ics_text.h: lines of iCalendar (RFC 5545, section 3.1): ended by CR LF, folded at 75 bytes, never
 * inside a character, with nothing in them that could begin a line of its own.
 */
#ifndef PILOTE_ICS_TEXT_H
#define PILOTE_ICS_TEXT_H

#include <glib.h>

/* Appends the line as it is but for folding; a CR or LF, which has no place in it, is left out. */
void ics_line(GString *out, const char *line) __attribute__((nonnull));

/* Appends `name` (a property with its parameters) and the text, escaped (section 3.3.11). Line ends
 * within become `\n`, other control characters blanks, and marks of direction are left out; bytes
 * that are no UTF-8 become U+FFFD. */
void ics_text(GString *out, const char *name, const char *text);

/* The same with a list of texts (NULL-terminated), which commas divide. */
void ics_texts(GString *out, const char *name, const char *const *texts);

#endif
