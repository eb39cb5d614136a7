/*
 * folder.h: temporary operation folders for tests.
 *
 * A new folder holds a small valid operation in which every file is used; a test overrides the
 * files that it is about. as_of is 2026-09-04, the horizon 2026-09-07 to 2027-07-30.
 */
#ifndef PILOTE_TESTS_FOLDER_H
#define PILOTE_TESTS_FOLDER_H

#include <stddef.h>

#include "io/fault.h"
#include "solver/operation.h"

/* A new folder with the default operation; remove it with folder_free(). */
char *folder_new(void);

/* Removes the folder with all its files. */
void folder_free(char *folder);

/* The default text of a file. */
const char *folder_default(const char *file);

/* Writes a file, from a NUL-terminated text or from bytes. */
void folder_write(const char *folder, const char *file, const char *text);
void folder_write_bytes(const char *folder, const char *file, const void *bytes, size_t length);

/* The default text of the file with the first `old` in it replaced; fails the test without one. */
void folder_replace(const char *folder, const char *file, const char *old, const char *new);

/* The default text of the file with more behind it. */
void folder_append(const char *folder, const char *file, const char *text);

void folder_delete(const char *folder, const char *file);

/* Reads the folder, which must have no faults but warnings. Free with operation_free(). */
Operation *folder_read(const char *folder);

/* What faults_print() says of the folder, warnings included. Checks that an operation is returned
 * exactly when no error was reported. Free with g_free(). */
char *folder_faults(const char *folder);

/* What faults_print() says of them, warnings included. Free with g_free(). */
char *faults_text(const Faults *faults);

/* A change of one default file and all that must be told of the folder then. */
typedef struct FolderCase {
    const char *old, *new; /* as in folder_replace(); `old` NULL: `new` is appended */
    const char *told;
} FolderCase;

void folder_check(const char *file, const FolderCase *cases, size_t n);

#endif
