/*
 * references.h: the ids of one kind of thing and the index that each stands for.
 *
 * Ids are compared exactly and copied. A table is incomplete when the file that defines the ids
 * could not be read: then nothing can be called unknown, and readers stay silent about it.
 */
#ifndef PILOTE_REFERENCES_H
#define PILOTE_REFERENCES_H

#include "solver/operation.h"

typedef struct References References;

References *references_new(void);
void references_free(References *references); /* NULL is allowed */

/* Gives `id`, which stands on `line` of its file, the next index and returns it, or returns NONE
 * when the id is there already. */
int references_add(References *references, const char *id, int line);

/* The index of `id`, or NONE. */
int references_find(const References *references, const char *id);

int references_count(const References *references);

/* The id of an index from 0 to references_count() - 1. Belongs to the table. */
const char *references_id(const References *references, int index);

/* The line given with it. */
int references_line(const References *references, int index);

/* The id that was probably meant by `id`, or NULL. Looking takes long among many ids, so only the
 * first questions are answered: as many as faults are printed. */
const char *references_nearest(References *references, const char *id);

void references_set_incomplete(References *references);
bool references_incomplete(const References *references);

#endif
