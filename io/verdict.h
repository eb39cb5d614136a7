/* verdict.h: what `pilote verify` says. */
#ifndef PILOTE_VERDICT_H
#define PILOTE_VERDICT_H

#include "solver/verify.h"

/* One line per violation (`C5: ...`), then a sentence that sums up; in the operation's language.
 * To be freed with g_free(). */
char *verdict_text(const Operation *op, const Verdict *verdict);

/* The same as one line of JSON: {"valid": ..., "violations": [{"constraint", "household",
 * "message"}], "planned": ..., "households": ..., "objective": {"total": ..., "parts": {...}}}.
 * `household` is absent where a violation concerns none. To be freed with g_free(). */
char *verdict_json(const Operation *op, const Verdict *verdict);

#endif
