/* bottleneck.h: what holds the whole operation up, for people and for programs. */
#ifndef PILOTE_IO_BOTTLENECK_H
#define PILOTE_IO_BOTTLENECK_H

#include "scenarios/bottleneck.h"

/* Both are to be freed with g_free(). */
char *bottlenecks_text(const Operation *op, const Bottlenecks *bottlenecks);
char *bottlenecks_json(const Operation *op, const Bottlenecks *bottlenecks);

#endif
