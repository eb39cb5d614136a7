/* slurm.h: jobs as a Slurm job array. Used by engine.c only. */
#ifndef PILOTE_SLURM_H
#define PILOTE_SLURM_H

#include "scenarios/engine.h"

/* engine_run() for ENGINE_SLURM. */
PoolResult *slurm_run(const Engine *engine, const PoolJobs *jobs);

#endif
