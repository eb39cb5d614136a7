/*
 * compact.h: the whole operation as one integer program, for other solvers and as a judge of ours.
 *
 * The program is time-indexed: a variable for every start that a task can have, cumulative ones
 * for what has started or finished by a day, one per household that says it stays unplanned.
 * docs/compact.md gives it in symbols. Clock times are relaxed to minutes per slot, so its optimum
 * is a lower bound of every plan's total, and equal to the least total where appointments that
 * fill a slot by their minutes can also be put one after the other.
 */
#ifndef PILOTE_COMPACT_H
#define PILOTE_COMPACT_H

#include "solver/problem.h"

#include <glpk.h>

/* Sizes beyond which no program is made. */
enum { COMPACT_MOST_COLUMNS = 5000000, COMPACT_MOST_ENTRIES = 40000000 };

/*
 * Makes the program (minimise, cost units; the constant part is a column fixed at 1). The caller
 * frees it with glp_delete_prob(). Returns NULL when it would be too large, with a translated
 * sentence in *error, to be freed with g_free(). Should GLPK fail, it ends the process.
 */
glp_prob *compact_build(const Problem *problem, char **error);

/*
 * Writes the program to `path` in free MPS format, whole or not at all. Returns false with a
 * translated sentence in *error, to be freed with g_free(). Failures of GLPK are errors too; its
 * environment in this thread is freed.
 */
bool compact_write_mps(const Problem *problem, const char *path, char **error);

#endif
