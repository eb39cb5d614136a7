/* pool_progress.h: how many of many jobs are done, for somebody who waits. */
#ifndef PILOTE_POOL_PROGRESS_H
#define PILOTE_POOL_PROGRESS_H

#include <stdio.h>

#include "scenarios/pool.h"

/* Progress on `out`: one line rewritten on a terminal, elsewhere a line now and then. */
typedef struct PoolMeter PoolMeter;

PoolMeter *pool_meter_new(FILE *out);

/* Removes the line that was rewritten, and frees. NULL is allowed. */
void pool_meter_free(PoolMeter *meter);

/* For PoolJobs.progress and its kin, with the meter as their context. */
void pool_meter_show(void *context, const PoolProgress *progress);

#endif
