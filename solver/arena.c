#include "solver/arena.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024 };

typedef struct Block {
    struct Block *next;
    size_t used, size; /* bytes of data[] */
    _Alignas(max_align_t) char data[];
} Block;

struct Arena {
    Block *blocks; /* the newest first; only the newest one has room left */
};

Arena *arena_new(void) {
    return g_new0(Arena, 1);
}

void arena_free(Arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (Block *block = arena->blocks, *next; block != NULL; block = next) {
        next = block->next;
        g_free(block);
    }
    g_free(arena);
}

void *arena_alloc(Arena *arena, size_t bytes) {
    const size_t align = _Alignof(max_align_t);
    if (bytes > (size_t)-1 / 2) {
        g_error("arena: %zu bytes asked at once", bytes);
    }
    size_t need = (bytes + align - 1) / align * align;
    Block *block = arena->blocks;
    if (block == NULL || block->size - block->used < need) {
        size_t size = need > BLOCK_BYTES ? need : (size_t)BLOCK_BYTES;
        block = g_malloc0(sizeof(Block) + size);
        block->size = size;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    void *memory = block->data + block->used;
    block->used += need;
    return memory;
}

char *arena_strdup(Arena *arena, const char *text) {
    if (text == NULL) {
        return NULL;
    }
    size_t bytes = strlen(text) + 1;
    return memcpy(arena_alloc(arena, bytes), text, bytes);
}

void *arena_copy(Arena *arena, const void *structs, size_t size, int n, int more) {
    void *copy = arena_alloc(arena, size * (size_t)(n + more));
    if (n > 0) {
        memcpy(copy, structs, size * (size_t)n);
    }
    return copy;
}
