/* alteration_internal.h: the parts of an altered operation. For scenarios/alteration*.c only. */
#ifndef PILOTE_ALTERATION_INTERNAL_H
#define PILOTE_ALTERATION_INTERNAL_H

#include "scenarios/alteration.h"

/* Makes the array op->array of `n` elements the operation's own, with room for `more`. */
#define OWN(op, array, n, more) ((op)->array = ARENA_COPY((op)->arena, (op)->array, (n), (more)))

/* The kinds that concern a resource. */
void alter_resource(Operation *op, const Alteration *alteration);

/* The kinds that concern a household. */
void alter_household(Operation *op, const Alteration *alteration);

/* The kinds that concern a home. */
void alter_home(Operation *op, const Alteration *alteration);

/* The part of a home that a stay from `out` on is in; the home itself unless it was lost over a
 * period before that. */
int home_part(const Operation *op, int home, date_t out);

#endif
