/*
 * json.h: strict reading of JSON, with the line and the path of every value.
 *
 * cJSON lets much pass that is no JSON (`007`, `1e999`, text behind the end, duplicate keys), so
 * the text is checked by io/json_scan.h first. Everything belongs to the document, strings and
 * nodes included. `expected` texts are translated; faults name the key as `packages.full.tasks[2]`.
 */
#ifndef PILOTE_JSON_H
#define PILOTE_JSON_H

#include <cjson/cJSON.h>
#include <stdint.h>

#include "io/fault.h"
#include "solver/date.h"

typedef struct JsonDocument JsonDocument;

/* Once, at the start of the program: JSON takes its memory from GLib, which ends the program where
 * there is none. Otherwise a good file could be called faulty. */
void json_init(void);

/* Reads the file at `path`; `file` is its name in faults. Returns NULL after a fault, or without
 * one when the file is missing and not `required`. Free with json_free(). The root is an object. */
JsonDocument *json_read(const char *path, const char *file, bool required, Faults *faults);

/* The same from text in memory, of at most `most` values. */
JsonDocument *json_parse(const char *text, size_t length, const char *file, int most,
                         Faults *faults);

void json_free(JsonDocument *document); /* NULL is allowed */

const cJSON *json_root(const JsonDocument *document);

/* The line on which the value begins (of an object's member: its value). */
int json_line(const JsonDocument *document, const cJSON *node);

/* Appends an error `file:line: key 'path': got ..., expected ...` about a value. */
void json_fault(const JsonDocument *document, const cJSON *node, const char *expected);

/* The same with another severity. */
void json_fault_as(const JsonDocument *document, const cJSON *node, Severity severity,
                   const char *expected);

/* How a member's value is read, and the type of the field that receives it. */
typedef enum JsonKind {
    JSON_TEXT,   /* const char *: a string that is not empty */
    JSON_WHOLE,  /* int */
    JSON_COST,   /* cost_t: a whole number */
    JSON_AMOUNT, /* milli_t: a number with at most three decimals */
    JSON_FLAG,   /* bool */
    JSON_DATE,   /* date_t: "2026-09-14" */
    JSON_TIME,   /* minute_t: "18:30" */
    JSON_OBJECT, /* const cJSON * */
    JSON_LIST,   /* const cJSON * */
    JSON_ANY     /* const cJSON * */
} JsonKind;

typedef struct JsonKey {
    const char *name;
    JsonKind kind;
    bool required;
    size_t offset;    /* of the field in the struct that json_fill() fills */
    int64_t min, max; /* of numbers, in the field's unit; none when both are 0 */
} JsonKey;

/* Fills the struct at `fields` from the object's members. Members that are absent or `null` leave
 * their field as it is. Unknown keys, missing keys, wrong types and numbers out of bounds are
 * faults; the fields of faulty members stay as they are. Returns whether there was no fault. */
bool json_fill(const JsonDocument *document, const cJSON *object, const JsonKey *keys, int n_keys,
               void *fields);

/* As json_fill(), but keys that are not named are none of our business. */
bool json_fill_known(const JsonDocument *document, const cJSON *object, const JsonKey *keys,
                     int n_keys, void *fields);

/* Reads one value by its kind into `field`, as json_fill() does. */
bool json_value(const JsonDocument *document, const cJSON *node, const JsonKey *key, void *field);

/* Reports that `key` of the object is not known, with the nearest of the names. */
void json_unknown_key(const JsonDocument *document, const cJSON *node, const char *const *names,
                      int n_names);

#endif
