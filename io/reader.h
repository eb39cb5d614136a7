/*
 * reader.h: what the readers of an operation's files share. For io/read_*.c and io/sheet.c only.
 *
 * Ids are registered as soon as their own cell or key is good, even when the rest of the row is
 * not, so that a faulty file makes no false "unknown" faults in the others. Where ids are lost the
 * table of references is incomplete and nothing is called unknown.
 */
#ifndef PILOTE_READER_H
#define PILOTE_READER_H

#include <glib.h>

#include "io/fault.h"
#include "io/json.h"
#include "io/references.h"
#include "io/words.h"
#include "solver/operation.h"

/* Marks a text that is translated where it is used. */
#define N_(text) text

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

enum {
    MAX_SETTINGS_BYTES = 4 << 20, /* of operation.json */
    MAX_SETTINGS_VALUES = 100000,
    MAX_DAYS = 3660, /* of the horizon, and of any length of time: ten years */
    MAX_TASKS = 200, /* of a package */
    MAX_PACKAGES = 1000,
    MAX_RESOURCES = 1000,
    MAX_HOUSEHOLDS = 20000,
    MAX_HOMES = 20000,
    MAX_WEIGHT = 1000000000,
    MAX_HOUSEHOLD_WEIGHT = 1000,
    MAX_PEOPLE = 1000,   /* of a clock member */
    MAX_AMOUNT = 1000000 /* of anything that is counted or measured, in units */
};

typedef struct Reader {
    Operation *op;
    Faults *faults;
    const InputText *given; /* the files, when they are not in the operation's folder; or NULL */
    int n_given;
    JsonDocument *settings;  /* operation.json; NULL when it is no JSON */
    const cJSON *packages;   /* the value of "packages", or NULL */
    const cJSON *weights;    /* the value of "weights", or NULL */
    References *slots;       /* of operation.json */
    References *package_ids; /* of operation.json */
    References *resources, *roles;
    References *households, *homes;
    References *items;     /* needed by tasks, then delivered ones that nobody needs */
    References *delivered; /* items that deliveries.csv names */
    GPtrArray *item_nodes; /* const cJSON *: where each needed item is first needed */
    GPtrArray *tasks;      /* References * of the tasks of each package */
    GArray *role_measures; /* int per role: the Measure of its members, or NONE: not known */
    GHashTable *unsure;    /* see reader_set_unsure() */
} Reader;

/* Each reads one file into reader->op, in this order; each needs the ones above it. */
void read_settings(Reader *reader, date_t as_of);
void read_resources(Reader *reader);
void read_packages(Reader *reader);
void read_homes(Reader *reader);
void read_households(Reader *reader);
void read_calendar(Reader *reader);
void read_availability(Reader *reader);
void read_deliveries(Reader *reader);
void read_progress(Reader *reader);

/* The bytes of one of the operation's files, whose text is noted in op->inputs; free them with
 * g_string_free(). NULL and faults as read_file(). */
GString *reader_file(const Reader *reader, const char *file, bool required);

/* Notes that needs of a task were lost in a fault, or with `task` MAX_TASKS moves of the package,
 * so that progress.csv is not judged by what is left. */
void reader_set_unsure(const Reader *reader, int package, int task);
bool reader_is_unsure(const Reader *reader, int package, int task);

/* Copies the rows into the operation's arena, frees the array and puts their number into *n. */
void *reader_keep(Reader *reader, GArray *rows, int *n);

/* `expected`, or `expected; did you mean 'x'?` when one of the ids is near to `got`. Free with
 * g_free(). */
char *reader_hint(References *references, const char *got, const char *expected);

#endif
