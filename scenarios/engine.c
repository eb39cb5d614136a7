#include "scenarios/engine.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "scenarios/slurm.h"

PoolResult *engine_run(const Engine *engine, const PoolJobs *jobs) {
    return engine->kind == ENGINE_SLURM ? slurm_run(engine, jobs) : pool_run(jobs, engine->workers);
}

char *engine_result_path(const char *folder, int number) {
    char *name = g_strdup_printf("%d.result", number);
    char *path = g_build_filename(folder, name, NULL);
    g_free(name);
    return path;
}

/* Writes the result of job `number` into the folder; NULL bytes: it failed, and would again. To a
 * name of its own first: the other machine is to see a whole file or none. */
static bool write_result(const char *folder, int number, const GByteArray *bytes) {
    char *path = engine_result_path(folder, number);
    char *own = g_strdup_printf("%s.%ld", path, (long)getpid());
    FILE *out = fopen(own, "wb");
    size_t length = bytes != NULL ? bytes->len : 0;
    bool good = out != NULL && (length == 0 || fwrite(bytes->data, 1, length, out) == length);
    good = out != NULL && fflush(out) == 0 && fsync(fileno(out)) == 0 && good;
    good = out != NULL && fclose(out) == 0 && good;
    good = good && rename(own, path) == 0;
    int error = errno;
    if (!good)
        unlink(own);
    errno = error;
    g_free(own);
    g_free(path);
    return good;
}

bool engine_do_task(const EngineTask *task, const PoolJobs *jobs) {
    bool good = true;
    for (int number = task->first; number <= task->last && good; number++) {
        char *path = engine_result_path(task->folder, number);
        if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
            GByteArray *bytes = jobs->work(jobs->context, number);
            good = write_result(task->folder, number, bytes);
            if (bytes != NULL)
                g_byte_array_unref(bytes);
        }
        g_free(path);
    }
    return good;
}
