/* engine_setup.h: where the jobs of a command are done, as its options say. */
#ifndef PILOTE_ENGINE_SETUP_H
#define PILOTE_ENGINE_SETUP_H

#include "commands/commands.h"
#include "io/pool_progress.h"
#include "scenarios/whatif.h"

typedef struct EngineSetup {
    PoolMeter *meter;   /* or NULL */
    char *folder;       /* of the results of this question, inside --work; or NULL */
    GPtrArray *command; /* the words for some jobs, or NULL */
} EngineSetup;

/*
 * Sets the engine of --engine, and the progress on stderr unless --quiet, in `options`. For Slurm
 * it makes a folder inside --work whose name stands for the program, the operation, the plan
 * `base`, the seed and `question` (all else that results depend on), so that a result is found
 * again by whoever asks the same, and by nobody else; and writes the plan there for the jobs. False
 * after telling why that cannot be done. Close it in both cases with engine_setup_close(), before
 * anything is printed.
 */
bool engine_setup_open(const CommandLine *line, const Inputs *inputs, const Plan *base,
                       const char *question, WhatIfOptions *options, EngineSetup *setup);

void engine_setup_close(EngineSetup *setup);

/* What an answer's exit code is, after telling that it was interrupted where it is not complete. */
ExitCode engine_setup_ending(bool complete);

/* The task of --job and --work in *task; false, after telling so, when it names parts that the
 * work, which has n of them, does not have. */
bool engine_setup_task(const CommandLine *line, int n, EngineTask *task);

/* What the exit code is once the task was done, or not, with errno; which is told. */
ExitCode engine_setup_delivered(const CommandLine *line, bool good);

#endif
