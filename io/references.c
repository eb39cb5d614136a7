/* references.c: ids to indices. */
#include "io/references.h"

#include <glib.h>

#include "io/words.h"

enum { MAX_QUESTIONS = 200 };

struct References {
    GPtrArray *ids;      /* char *, by index */
    GArray *lines;       /* int, by index */
    GHashTable *indices; /* id to index + 1; the keys belong to ids */
    int questions;
    bool incomplete;
};

References *references_new(void) {
    References *references = g_new0(References, 1);
    references->ids = g_ptr_array_new_with_free_func(g_free);
    references->lines = g_array_new(FALSE, FALSE, sizeof(int));
    references->indices = g_hash_table_new(g_str_hash, g_str_equal);
    return references;
}

void references_free(References *references) {
    if (references == NULL)
        return;
    g_hash_table_destroy(references->indices);
    g_ptr_array_free(references->ids, TRUE);
    g_array_free(references->lines, TRUE);
    g_free(references);
}

int references_add(References *references, const char *id, int line) {
    if (g_hash_table_contains(references->indices, id))
        return NONE;
    char *copy = g_strdup(id);
    g_ptr_array_add(references->ids, copy);
    g_array_append_val(references->lines, line);
    g_hash_table_insert(references->indices, copy, GINT_TO_POINTER((int)references->ids->len));
    return (int)references->ids->len - 1;
}

int references_find(const References *references, const char *id) {
    return GPOINTER_TO_INT(g_hash_table_lookup(references->indices, id)) - 1;
}

int references_count(const References *references) {
    return (int)references->ids->len;
}

const char *references_id(const References *references, int index) {
    return references->ids->pdata[index];
}

int references_line(const References *references, int index) {
    return g_array_index(references->lines, int, index);
}

const char *references_nearest(References *references, const char *id) {
    if (references->questions++ >= MAX_QUESTIONS)
        return NULL;
    return words_nearest(id, (const char *const *)references->ids->pdata,
                         (int)references->ids->len);
}

void references_set_incomplete(References *references) {
    references->incomplete = true;
}

bool references_incomplete(const References *references) {
    return references->incomplete;
}
