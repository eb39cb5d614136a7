/* project_internal.h: what the files of projects share. */
#ifndef PILOTE_PROJECT_INTERNAL_H
#define PILOTE_PROJECT_INTERNAL_H

#include "solver/search/list.h"
#include "solver/search/project.h"

enum { KEYS_PER_DAY = 16 }; /* keys of lists are fractions of days */

/* Schedules that were good, by their tasks' starts. */
typedef struct Population {
    int n_tasks, n, room;
    double *value;  /* ascending is better; see Attempt */
    int32_t *start; /* [i * n_tasks + t] */
} Population;

struct Projects {
    const Problem *problem;
    bool *suit, *only; /* per household, see project.h */
    bool suit_all;
    int n_planned; /* households that have tasks to plan */
    Schedule *schedule;
    Lister *lister;
    int calls;             /* of project_insert() */
    Population population; /* of all households, when lists suit them all */
    int idle;              /* schedules since the population's best one has improved */
};

/* Keys of a random list by some priority rule (rules.c). */
void rule_keys(const Schedule *schedule, Random *random, int32_t *key);

/* Keys near the present starts: a time window, a crew or a household gets another order
 * (rules.c). */
void shaken_keys(const Schedule *schedule, const int32_t *start, Random *random, int32_t *key);

/* Keys of a child: within a time window the order of the father, before and after it that of the
 * mother (rules.c). */
void crossed_keys(const Schedule *schedule, const int32_t *mother, const int32_t *father,
                  Random *random, int32_t *key);

#endif
