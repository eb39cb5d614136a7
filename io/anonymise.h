/*
 * anonymise.h: an operation that says nothing of people, to be sent with a report of a fault.
 *
 * Names, dwellings, buildings, telephone numbers, notes, ways to get in, labels, suppliers and
 * columns of others are left out; households, resources, temporary homes and deliveries get new ids
 * in the order of their rows. What plans are made of stays as it is, so that the same options find
 * the same dates: structure, dates, numbers, and the ids of packages, tasks, roles, items and
 * slots.
 */
#ifndef PILOTE_ANONYMISE_H
#define PILOTE_ANONYMISE_H

#include "io/fault.h"
#include "solver/operation.h"

/* A file of the new operation. */
typedef struct AnonymousFile {
    const char *name;
    char *bytes;
} AnonymousFile;

enum { MAX_ANONYMOUS_FILES = 8 };

/* Makes the files from those that `op` was read from; returns how many. Free the bytes of each with
 * g_free(). */
int anonymise(const Operation *op, AnonymousFile files[MAX_ANONYMOUS_FILES]);

#endif
