/* explain.h: why a household has its dates, or none, for people and for programs. */
#ifndef PILOTE_IO_EXPLAIN_H
#define PILOTE_IO_EXPLAIN_H

#include <cjson/cJSON.h>
#include <glib.h>

#include "solver/search/explain.h"

/* The explanation in words that a tenant understands; free with g_free(). */
char *explain_text(const Standing *standing, const Explanation *explanation);

/* The same as a line of JSON. */
char *explain_json(const Standing *standing, const Explanation *explanation);

/* Appends what the reason says of household h: `a notice of 30 days for 'Move out'`. */
void tell_reason(GString *out, const Operation *op, int h, const Reason *reason);

/* Appends what would have to be different: `with a notice of 12 days`. */
void tell_relief(GString *out, const Operation *op, const Relief *relief);

#endif
