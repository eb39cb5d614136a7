/* problem_internal.h: the steps of problem_new(), one file each. */
#ifndef PILOTE_PROBLEM_INTERNAL_H
#define PILOTE_PROBLEM_INTERNAL_H

#include "solver/problem.h"

/* Fills templates, joint calendars and pairs (problem_templates.c). */
void problem_add_templates(Problem *problem);

/* Fills classes; facts are known (problem_homes.c). */
void problem_add_homes(Problem *problem);

/* Fills pools, without the needs of facts (problem_stock.c). */
void problem_add_stock(Problem *problem);

/* The pool that household h takes `item` from: its own reserved one, or the common one. */
int problem_pool(const Problem *problem, int h, int item);

/* Takes the needs of done and started tasks off the pools; `facts` is plan_new()'s plan. */
void problem_use_items(Problem *problem, const Plan *facts);

/* Fills households[h] (problem_household.c). */
void problem_add_household(Problem *problem, int h);

/* Fills the evenings that facts took, once all households are filled (problem_evenings.c). */
void problem_add_evenings(Problem *problem);

/* Fills least_capacity (problem_compete.c). */
void problem_add_least_capacity(Problem *problem);

/* True when works of household h can need more of a crew on one day than there is, because no lag
 * keeps them apart (problem_compete.c). households[h] is filled but for `competes`. */
bool problem_competes(const Problem *problem, int h);

/* Fills parts and n_kinds (problem_reception.c). */
void problem_add_parts(Problem *problem);

/* The reception table of an appointment of `minutes` at household h: n_days * n_slots bytes in the
 * problem's arena (problem_reception.c). */
const uint8_t *problem_reception(Problem *problem, int h, int minutes);

#endif
