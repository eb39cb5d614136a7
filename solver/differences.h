/*
 * differences.h: which rows of the inputs differ between two readings of one operation.
 *
 * Rows are compared by their id, and by what planning makes of them: another name, phone or
 * supplier, another way to write the same date, another order of rows are no differences. Rows
 * without an id (availability.csv, calendar.csv) are equal or they are two.
 */
#ifndef PILOTE_DIFFERENCES_H
#define PILOTE_DIFFERENCES_H

#include "solver/operation.h"

/* The files, and the parts of operation.json that are compared one by one. */
typedef enum InputKind {
    INPUT_SETTING, /* of operation.json */
    INPUT_TASK,    /* of a package in operation.json */
    INPUT_HOUSEHOLD,
    INPUT_AVAILABILITY,
    INPUT_RESOURCE,
    INPUT_CALENDAR,
    INPUT_HOME,
    INPUT_DELIVERY,
    INPUT_PROGRESS
} InputKind;

extern const char *const input_files[]; /* "deliveries.csv", ... by InputKind */

/* The value under one column: a date (`text` is NULL) or a text. */
typedef struct InputCell {
    const char *column; /* as in the file */
    const char *text;   /* canonical; "" when blank */
    date_t date;        /* or DATE_NONE: blank */
    minute_t minute;    /* or MINUTE_NONE */
} InputCell;

enum { MAX_INPUT_CELLS = 16 };

typedef struct InputRow {
    InputKind kind;
    const char *key; /* what names the row in its file; "" when it has no id */
    int line;        /* of its file; 0 in operation.json */
    /* Indices into the operation that the row is of. */
    int index;     /* into the array of its kind (a task: into its package); NONE: a setting */
    int household; /* that it is about, or NONE */
    int package, task;
    int n_cells;
    InputCell cells[MAX_INPUT_CELLS];
} InputRow;

typedef struct Difference {
    const InputRow *then, *now; /* NULL: the row was added, or removed */
    uint32_t columns;           /* bit c: cells[c] differ; when both rows are there */
} Difference;

typedef struct Differences {
    Arena *arena;
    int n;
    Difference *rows; /* in the order of InputKind, removed rows before those that stay */
} Differences;

/* Compares; the day of the plan (as_of) is a setting like others. Free with differences_free();
 * both operations must outlive it. */
Differences *differences_new(const Operation *then, const Operation *now);

void differences_free(Differences *differences); /* NULL is allowed */

#endif
