/*
 * solution.h: what a solver found for the compact program, read back as a plan.
 *
 * The columns are known by their names, so that any solver's solution will do.
 */
#ifndef PILOTE_TESTS_SOLUTION_H
#define PILOTE_TESTS_SOLUTION_H

#include "solver/problem.h"

typedef struct Solution Solution;

Solution *solution_new(void);
void solution_free(Solution *solution);

/* The value of a column that is not 0; `index` is the column's place in the program, from 0 on. */
void solution_set(Solution *solution, int index, const char *name, double value);

/* Reads the file that CBC wrote. Returns false unless it says that the solution is optimal. */
bool solution_read_cbc(Solution *solution, const char *path, double *optimum);

/* The total of the plan that the solution describes, by the verifier; -1 with the reason in
 * problem_text[200] when its appointments cannot all be put one after the other in the households'
 * order, or a rule is broken. */
cost_t solution_total(const Problem *problem, const Solution *solution, char *problem_text);

#endif
