/*
 * engine.h: where jobs are done: in processes on this machine, or as a Slurm job array on others.
 *
 * Both give the same results, byte by byte, since a job's result depends on its number alone.
 */
#ifndef PILOTE_ENGINE_H
#define PILOTE_ENGINE_H

#include "scenarios/pool.h"

typedef enum EngineKind { ENGINE_LOCAL, ENGINE_SLURM } EngineKind;

typedef struct Engine {
    EngineKind kind;
    int workers; /* of ENGINE_LOCAL: processes at once */
    /* Of ENGINE_SLURM: a folder that all nodes see, in which the results are kept (see
     * engine_result_path()), and the words of a command that writes the results A to B there
     * when `--job A-B` stands behind the first of them; NULL ends them. */
    const char *folder;
    const char *const *command;
} Engine;

/*
 * Does the jobs and returns their results in order, as pool_run() does. With ENGINE_SLURM results
 * that are in the folder already are taken from there; the others are submitted as an array
 * (sbatch), and those whose task has died are submitted again, three times in all. SIGINT or
 * SIGTERM cancels what is under way; results so far stay in the folder.
 */
PoolResult *engine_run(const Engine *engine, const PoolJobs *jobs);

/* What one task of the queue does: the jobs first to last, both included. */
typedef struct EngineTask {
    const char *folder; /* of the results */
    int first, last;
} EngineTask;

/* Does those of the task's jobs whose results are not in the folder, and writes each as soon as it
 * is there; `jobs` says how, whatever its first and n. False with errno when that is not possible.
 */
bool engine_do_task(const EngineTask *task, const PoolJobs *jobs);

/* The file of the result of job `number`, to be freed with g_free(). */
char *engine_result_path(const char *folder, int number);

#endif
