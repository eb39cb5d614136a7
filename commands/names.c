/* names.c: what the words on the command line name. */
#include <glib.h>

#include "commands/commands.h"
#include "io/words.h"
#include "solver/language.h"

/* The index of the name among n, or NONE after saying that there is no such thing. */
static int find(const char *name, const char *const *names, int n, const char *unknown) {
    for (int i = 0; i < n; i++)
        if (g_str_equal(names[i], name))
            return i;
    const char *nearest = words_nearest(name, names, n);
    char *sentence = g_strdup_printf(unknown, name);
    if (nearest != NULL)
        say(_("%s (did you mean '%s'?)"), sentence, nearest);
    else
        say("%s", sentence);
    g_free(sentence);
    return NONE;
}

/* The ids of `n` structs of `size` bytes whose first field is the id; free with g_free(). */
static const char **ids_of(const void *structs, size_t size, int n) {
    const char **ids = g_new(const char *, n + 1);
    for (int i = 0; i < n; i++)
        ids[i] = *(const char *const *)(const void *)((const char *)structs + size * (size_t)i);
    return ids;
}

static int find_in(const char *name, const void *structs, size_t size, int n, const char *unknown) {
    const char **ids = ids_of(structs, size, n);
    int found = find(name, ids, n, unknown);
    g_free(ids);
    return found;
}

int named_household(const Operation *op, const char *name) {
    return find_in(name, op->households, sizeof(Household), op->n_households,
                   _("there is no household '%s'"));
}

int named_task(const Operation *op, int household, const char *name) {
    const Package *package = household_package(op, household);
    return find_in(name, package->tasks, sizeof(Task), package->n_tasks,
                   _("the household has no task '%s'"));
}

int named_resource(const Operation *op, const char *name) {
    return find_in(name, op->resources, sizeof(Resource), op->n_resources,
                   _("there is no resource '%s'"));
}

int named_home(const Operation *op, const char *name) {
    return find_in(name, op->homes, sizeof(Home), op->n_homes, _("there is no home '%s'"));
}
