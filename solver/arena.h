/*
 * arena.h: memory that is freed all at once.
 *
 * Ownership: everything obtained from an arena belongs to it and lives until arena_free().
 * An operation, a problem and a search each have one arena. Exhausted memory ends the process
 * through GLib's own abort; no function here returns NULL.
 */
#ifndef PILOTE_ARENA_H
#define PILOTE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

/* Returns a new, empty arena; free it with arena_free(). */
Arena *arena_new(void);

/* Frees the arena and all that was taken from it. NULL is allowed. */
void arena_free(Arena *arena);

/* Returns `bytes` zeroed bytes, aligned for any type. 0 bytes gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t bytes);

/* Returns a copy of the NUL-terminated `text`; NULL gives NULL. */
char *arena_strdup(Arena *arena, const char *text);

/* A copy of `n` structs of `size` bytes, with room for `more` zeroed ones behind them. `structs`
 * may be NULL when there are none. */
void *arena_copy(Arena *arena, const void *structs, size_t size, int n, int more);

/* The same of an array of structs whose type is known. */
#define ARENA_COPY(arena, array, n, more) arena_copy((arena), (array), sizeof *(array), (n), (more))

/* A zeroed array of `count` elements of `type`. */
#define ARENA_NEW(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

#endif
