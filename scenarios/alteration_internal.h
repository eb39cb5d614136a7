/* alteration_internal.h: the parts of an altered operation. For scenarios/alteration*.c only. */
#ifndef PILOTE_ALTERATION_INTERNAL_H
#define PILOTE_ALTERATION_INTERNAL_H

#include "scenarios/alteration.h"

/* A copy of `n` structs of `size` bytes, with room for `more` at the end, in the arena. */
void *alteration_copied(Arena *arena, const void *structs, size_t size, int n, int more);

/* Makes the array op->array of `n` elements the operation's own, with room for `more`. */
#define OWN(op, array, n, more)                                                                    \
    ((op)->array = alteration_copied((op)->arena, (op)->array, sizeof *(op)->array, (n), (more)))

/* The kinds that concern a resource. */
void alter_resource(Operation *op, const Alteration *alteration);

/* The kinds that concern a household. */
void alter_household(Operation *op, const Alteration *alteration);

#endif
