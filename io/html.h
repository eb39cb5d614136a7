/*
 * html.h: text into HTML. The one place where anything is escaped.
 */
#ifndef PILOTE_HTML_H
#define PILOTE_HTML_H

#include <glib.h>

/*
 * Appends `format`, in which `%s` stands for a text, escaped so that it is shown as it is, in an
 * element and in an attribute within double quotes alike; `%d` for an int, `%.2f` for a double and
 * `%%` for `%`. Nothing else is understood. Control characters and marks that turn the direction of
 * writing, which could make a text look like another one, become blanks.
 */
void html_add(GString *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
