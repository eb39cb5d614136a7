/*
 * operators.h: which neighbourhood to try next, learnt from what the others have brought.
 *
 * An operator is a way to take households out and to put them back: how many, how far from their
 * old dates, with or without the bound's prices. All get about the same share of the work, more
 * where they gain more per unit of work than the mean: adaptive large neighbourhood search (Ropke,
 * Pisinger, "An adaptive large neighborhood search heuristic for the pickup and delivery problem
 * with time windows", Transportation Science 40, 2006), with work in the place of iterations
 * because the operators differ in it by a factor of fifty.
 */
#ifndef PILOTE_OPERATORS_H
#define PILOTE_OPERATORS_H

#include "solver/date.h"
#include "solver/search/random.h"

#include <stdbool.h>

enum {
    OPERATOR_SIZES = 3,
    OPERATOR_REACHES = 5,
    OPERATORS = OPERATOR_SIZES * OPERATOR_REACHES * 2
};

typedef struct Operator {
    int least, most; /* households */
    day_t reach;     /* days from the old dates, or OPERATOR_ANYWHERE */
    bool guided;     /* by prices */
} Operator;

#define OPERATOR_ANYWHERE (-1)

typedef struct OperatorRecord {
    double work, gain; /* fading sums of a try's work, see pricing_work(), and cost units */
    double tries;      /* the same sum of ones */
} OperatorRecord;

/* Begins with zeros. */
typedef struct Operators {
    OperatorRecord record[OPERATORS];
} Operators;

/* The next one's number; without prices none that is guided. */
int operators_choose(const Operators *operators, bool prices, Random *random);

Operator operator_of(int number);

/* What a try has taken and brought; gain >= 0. */
void operators_learn(Operators *operators, int number, double work, double gain);

#endif
