/* hostile_internal.h: what the files of hostile.h share. */
#ifndef PILOTE_TESTS_HOSTILE_INTERNAL_H
#define PILOTE_TESTS_HOSTILE_INTERNAL_H

#include "tests/support/builder.h"
#include "tests/support/draw.h"
#include "tests/support/hostile.h"

/* "prefix7", in the operation's arena. */
const char *hostile_id(Operation *op, const char *prefix, int number);

/* A date of the horizon, or up to `beyond` days outside. */
date_t hostile_date(const Operation *op, Draw *draw, int beyond);

/* Slots, calendars and members (hostile.c); packages, before there are households
 * (hostile_packages.c); facts, and last week's plan or NULL (hostile_facts.c). */
void hostile_packages(Operation *op, Draw *draw);
void hostile_facts(Operation *op, Draw *draw);
Plan *hostile_previous(Operation *op, Draw *draw);

#endif
