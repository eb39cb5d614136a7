/* compact_internal.h: the steps of compact_build(), one file each. */
#ifndef PILOTE_COMPACT_INTERNAL_H
#define PILOTE_COMPACT_INTERNAL_H

#include "solver/compact_program.h"
#include "solver/usage.h"

#include <glib.h>

/* A start that a task can have. */
typedef struct Choice {
    day_t start, finish;
    int slot;        /* of appointments */
    int combination; /* of works: index into the template's combinations */
    bool as_told;    /* breaks no promise of the date */
    double cost;     /* its own parts of the objective */
    int column;
} Choice;

/* A member who does a task for one of its needs if a choice is taken. */
typedef struct Staff {
    int choice, need, member;
    int column; /* the choice's own where nobody else can */
} Staff;

/* A free task of the household at hand. Outside low..high its cumulative columns are 0 before and
 * 1 - unplanned after. */
typedef struct TaskModel {
    GArray *choices; /* of Choice, by ascending start */
    GArray *staff;   /* of Staff, by ascending choice */
    day_t low, high; /* starts */
    day_t finish_low, finish_high;
    int *started;  /* [t - low], t < high: the column "started on day t or before" */
    int *finished; /* [t - finish_low], t < finish_high */
} TaskModel;

typedef struct Compact {
    const Problem *problem;
    Program *program;
    Usage *facts;
    int one;       /* the column fixed at 1 */
    int *crew_row; /* rows made so far, else -1: [r * n_days + d] */
    int *clock_row;
    int *home_row;
    int *need_row;
    int *week_row;
    int *evening; /* columns, else -1: [r * n_days + d] */
    /* The household at hand. */
    int h;
    const ProblemHousehold *household;
    int unplanned; /* its column */
    TaskModel *tasks;
    int *serves; /* per resource: the column "serves the household", or -1 */
} Compact;

static inline Choice *choice_at(const TaskModel *task, int i) {
    return &g_array_index(task->choices, Choice, i);
}

static inline size_t day_cell(const Compact *compact, int i, day_t d) {
    return (size_t)i * compact->problem->n_days + d;
}

/* ---- compact_choices.c ---- */

/* Fills the choices of all free tasks of the household at hand, without those that lags between
 * free tasks exclude. False when some task has none. */
bool compact_find_choices(Compact *compact);

/* The members among whom need i of task k is chosen, fixed members and rooms disregarded. */
const int *compact_candidates(const Compact *compact, int k, const Choice *choice, int i, int *n);

/* Whether member r can do need i of task k if the choice is taken, by facts and calendars. */
bool compact_member_fits(const Compact *compact, int k, const Choice *choice, int i, int r);

/* Whether class c could be the home of the household at hand. */
bool compact_class_suits(const Compact *compact, int c);

/* ---- compact_household.c ---- */

/* Adds columns and rows of household h. */
void compact_add_household(Compact *compact, int h);

/* Adds factor times "task k has started (finished) on day t or before" to the row. */
void compact_add_started(Compact *compact, int row, int k, day_t t, double factor);
void compact_add_finished(Compact *compact, int row, int k, day_t t, double factor);

/* Adds factor times "the household is planned". */
void compact_add_planned(Compact *compact, int row, double factor);

/* ---- compact_stay.c ---- */

/* Nights over the maximum, and the home. */
void compact_add_stay(Compact *compact);

/* ---- compact_shared.c ---- */

/* What the tasks of the household at hand use of crews, clocks and stocks. */
void compact_use_members(Compact *compact);
void compact_use_items(Compact *compact);

/* The row of home class c on day d. */
int compact_home_row(Compact *compact, int c, day_t d);

#endif
