/* project_internal.h: what the files of projects share. */
#ifndef PILOTE_PROJECT_INTERNAL_H
#define PILOTE_PROJECT_INTERNAL_H

#include "solver/search/exact.h"
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
    /* What conflicts teach, of all households together (project_exact.c). */
    bool choices;  /* some household has a choice of members */
    Exact *exact;  /* keeps what it has learned; NULL before the first time, or with choices */
    bool complete; /* it has nothing more to find */
    int loose;     /* works that are planned anew at a time; 0 before the first time */
    double by_lists, by_conflicts; /* work of both */
    cost_t proven;                 /* no plan costs less; 0 while nothing is known */
};

/* The households that are planned together, and the best schedule of them so far. A schedule's
 * value is its cost and, of equal ones, the sum of all finishes. */
typedef struct Attempt {
    Projects *projects;
    const Usage *usage; /* without the households */
    Random *random;
    const int *households;
    int n, n_tasks;
    int32_t *key, *start; /* of a list; of the schedule from which the walk goes on */
    double value;         /* of that */
    double best_value;
    cost_t best_cost;
    day_t *best_start; /* of the best schedule */
    Itinerary **best;  /* NULL before the first whole schedule */
} Attempt;

/* Takes the schedule as it stands into the attempt, after justification; returns its value
 * (project.c). */
double take_schedule(Attempt *attempt);

/* Looks for a first schedule where lists find none; false when there is none within `work`
 * (project_exact.c). */
bool find_by_conflicts(Attempt *attempt, double work);

/* Looks for a better schedule of all households than the best one: near one of the population, or
 * anywhere, for some work (project_exact.c). */
void improve_by_conflicts(Attempt *attempt);

/* Is it proven that the best schedule is the best there is (project_exact.c)? */
bool is_proven_best(const Attempt *attempt);

/* The least cost of the attempt's households, once it is proven and they are all; 0 otherwise
 * (project_exact.c). */
cost_t proven_by_conflicts(const Attempt *attempt);

/* Takes the schedule in, in place of the worst one when the population is full (project.c). */
void population_add(Population *population, const Schedule *schedule, double value);

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
