/*
 * page.h: text in columns and lines for a terminal.
 *
 * Width is counted in columns: an accent has none, a wide character two. Control characters and
 * direction marks, which could steer the terminal, are left out; line ends become blanks.
 */
#ifndef PILOTE_PAGE_H
#define PILOTE_PAGE_H

#include <glib.h>

enum { PAGE_WIDTH = 80 };

/* Columns that the text takes. */
int page_width(const char *text);

/* Appends the text in exactly `width` columns: blanks are added, or its end becomes `…`. */
void page_cell(GString *out, const char *text, int width);

/* Appends the words of the text and a line end. They begin in `column`, where the line stands, and
 * go on in the column `indent` of further lines when PAGE_WIDTH is reached. */
void page_wrap(GString *out, int column, int indent, const char *text);

#endif
