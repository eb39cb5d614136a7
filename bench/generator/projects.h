/*
 * projects.h: generated operations in which works compete for crews, as in scheduling benchmarks.
 *
 * Every household has a package of its own: works of 1 to 10 days with a general graph of lags that
 * need several units of four crews, who work every day. The parameters are those of ProGen
 * (Kolisch, Sprecher, Drexl, "Characterization and generation of a general class of
 * resource-constrained project scheduling problems", Management Science 41, 1995).
 */
#ifndef PILOTE_GENERATOR_PROJECTS_H
#define PILOTE_GENERATOR_PROJECTS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ProjectOptions {
    int households;
    int tasks; /* of each household */
    uint64_t seed;
    double complexity; /* lags per task */
    double factor;     /* share of the crews that a task needs, 0 to 1 */
    double strength;   /* of the crews: 0 just enough for each task alone, 1 for all at once */
    int maxima;        /* so many of 100 lags have a maximum; all of them can be kept */
} ProjectOptions;

/* Writes the operation into `folder`, which is made when missing. Returns false after having said
 * why on stderr. */
bool projects_write(const ProjectOptions *options, const char *folder);

#endif
