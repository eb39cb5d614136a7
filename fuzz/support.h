/*
 * support.h: what the fuzz targets share.
 *
 * A target is a program of libFuzzer: it is handed bytes and must neither crash nor break a promise
 * that `require` states. Targets are run in the repository's folder, whose examples/tiny is the
 * operation that they change.
 */
#ifndef PILOTE_FUZZ_SUPPORT_H
#define PILOTE_FUZZ_SUPPORT_H

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/fault.h"
#include "solver/operation.h"

/* What libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, with the promise, when it is not kept. */
#define require(promise)                                                                           \
    do {                                                                                           \
        if (!(promise)) {                                                                          \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise);                  \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The operation of examples/tiny with the bytes in the place of one of its files. NULL, with faults
 * appended, when it cannot be read. Free with operation_free(). */
Operation *fuzz_operation(const char *file, const char *bytes, Faults *faults);

/* The bytes as a text that ends at its first NUL; free with g_free(). */
char *fuzz_text(const uint8_t *data, size_t size);

/* The path of a file in memory that holds the bytes; valid until the next call. */
const char *fuzz_path(const void *data, size_t size);

#endif
