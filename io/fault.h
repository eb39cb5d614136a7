/*
 * fault.h: everything that is wrong with the inputs, collected in one run.
 *
 * A fault is a value that the readers append and the command prints. Three severities: an error
 * stops every command before anything is written; an infeasibility says that a household can never
 * be planned (check fails on it, plan goes on and leaves the household unplanned); a warning is
 * told and nothing more. Messages are in the operation's language.
 */
#ifndef PILOTE_FAULT_H
#define PILOTE_FAULT_H

#include <stdbool.h>
#include <stdio.h>

typedef enum Severity { FAULT_ERROR, FAULT_INFEASIBLE, FAULT_WARNING } Severity;

typedef struct Faults Faults;

Faults *faults_new(void);
void faults_free(Faults *faults); /* NULL is allowed */

/* `file:line: column 'column': got 'got', expected expected`. `line` 0 and `column` NULL are left
 * out; for JSON `column` is the path of the key and the word "key" stands instead of "column".
 * `expected` is translated text. All strings are copied; control characters in them are shown
 * escaped and long values are cut. */
void faults_value(Faults *faults, Severity severity, const char *file, int line, const char *column,
                  const char *got, const char *expected);

/* `file:line: message` with a printf format that is already translated. */
void faults_say(Faults *faults, Severity severity, const char *file, int line, const char *format,
                ...) __attribute__((format(printf, 5, 6)));

/* The text on one line, of valid UTF-8, with control characters and marks of direction shown as
 * escapes: it steers no terminal. Free with g_free(). */
char *fault_text(const char *text);

int faults_count(const Faults *faults, Severity severity);

/* Prints all of them to `out`, one a line, sorted by file (in the order first met) and line. At
 * most 200 of each severity, then a line that says how many more. With `warnings` false, warnings
 * are left out. */
void faults_print(const Faults *faults, FILE *out, bool warnings);

#endif
