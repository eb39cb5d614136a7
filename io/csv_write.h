/* csv_write.h: cells of the tables that we write for spreadsheets. */
#ifndef PILOTE_CSV_WRITE_H
#define PILOTE_CSV_WRITE_H

#include <glib.h>

/* Appends the cell, in quotes where it needs them. A cell that spreadsheets would take for a
 * formula gets an apostrophe in front (OWASP, CSV injection). */
void csv_write_cell(GString *out, const char *cell);

#endif
