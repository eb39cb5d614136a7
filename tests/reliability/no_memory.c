/*
 * no_memory.c: preloaded, it lets one allocation of the program fail: the one that FAIL_AT counts
 * (from 1). At the end the number of allocations is written into the file COUNT_INTO.
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// NOLINTBEGIN(bugprone-reserved-identifier,readability-inconsistent-declaration-parameter-name):
// the names are those of the C library.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static atomic_long count;
static long fail_at = -1;

__attribute__((constructor)) static void read_wishes(void) {
    const char *at = getenv("FAIL_AT");
    fail_at = at != NULL ? atol(at) : 0;
    count = 0;
}

__attribute__((destructor)) static void write_count(void) {
    const char *into = getenv("COUNT_INTO");
    FILE *file = into != NULL ? fopen(into, "w") : NULL;
    if (file != NULL) {
        fprintf(file, "%ld\n", (long)count);
        fclose(file);
    }
}

static bool fails(void) {
    long own = atomic_fetch_add(&count, 1) + 1;
    if (own == fail_at)
        errno = ENOMEM;
    return own == fail_at;
}

void *malloc(size_t size) {
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size) {
    return fails() ? NULL : __libc_realloc(old, size);
}
// NOLINTEND(bugprone-reserved-identifier,readability-inconsistent-declaration-parameter-name)
