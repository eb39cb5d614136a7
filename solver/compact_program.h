/*
 * compact_program.h: an integer program that grows row by row and column by column.
 *
 * All columns are >= 0. Entries of one place add up. Names are a word and up to four indices, as
 * in start_3_1_45. Once the program is too large nothing more is added and -1 stands for what was
 * asked; program_full() tells.
 */
#ifndef PILOTE_COMPACT_PROGRAM_H
#define PILOTE_COMPACT_PROGRAM_H

#include <glpk.h>
#include <stdbool.h>
#include <stdint.h>

enum { NAME_INDICES = 4, UNUSED = -1 }; /* UNUSED: fewer indices, from the end */

typedef struct Name {
    const char *word; /* a literal */
    int32_t index[NAME_INDICES];
} Name;

#define NAME1(word, i) ((Name){(word), {(i), UNUSED, UNUSED, UNUSED}})
#define NAME2(word, i, j) ((Name){(word), {(i), (j), UNUSED, UNUSED}})
#define NAME3(word, i, j, k) ((Name){(word), {(i), (j), (k), UNUSED}})
#define NAME4(word, i, j, k, l) ((Name){(word), {(i), (j), (k), (l)}})

typedef enum Domain { DOMAIN_BINARY, DOMAIN_SHARE, DOMAIN_ONE } Domain; /* 0 or 1, 0..1, 1 */

typedef enum Sense { SENSE_AT_MOST, SENSE_EQUAL } Sense;

typedef struct Program Program;

/* No program has more columns and entries than this. Free with program_free(). */
Program *program_new(int most_columns, int most_entries);
void program_free(Program *program); /* NULL is allowed */
bool program_full(const Program *program);

int program_column(Program *program, Name name, Domain domain, double cost);
void program_add_cost(Program *program, int column, double cost);

/* sum of entries (sense) limit; without entries a row is left out. */
int program_row(Program *program, Name name, Sense sense, double limit);
void program_add_limit(Program *program, int row, double limit);
void program_entry(Program *program, int row, int column, double coefficient);

/* The program as GLPK's, to be freed with glp_delete_prob(). It must not be full. */
glp_prob *program_load(const Program *program);

#endif
