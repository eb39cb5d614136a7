#include "io/pool_progress.h"

#include <stdlib.h>
#include <unistd.h>

#include "io/progress.h"
#include "solver/language.h"

struct PoolMeter {
    FILE *out;
    bool terminal;
    double last; /* when a line was written */
};

PoolMeter *pool_meter_new(FILE *out) {
    PoolMeter *meter = g_new0(PoolMeter, 1);
    const char *kind = getenv("TERM");
    meter->out = out;
    meter->terminal = isatty(fileno(out)) && kind != NULL && !g_str_equal(kind, "dumb");
    return meter;
}

void pool_meter_free(PoolMeter *meter) {
    if (meter == NULL)
        return;
    if (meter->terminal)
        fputs("\r\033[K", meter->out);
    fflush(meter->out);
    g_free(meter);
}

void pool_meter_show(void *context, const PoolProgress *progress) {
    PoolMeter *meter = context;
    if (!meter->terminal && progress->elapsed < meter->last + PROGRESS_PAUSE)
        return;
    meter->last = progress->elapsed;
    fputs(meter->terminal ? "\r\033[K" : "", meter->out);
    fprintf(meter->out, _("%d of %d planned, about %.0f s left"), progress->n_done, progress->n,
            progress->left > 0 ? progress->left : 0);
    fputs(meter->terminal ? "" : "\n", meter->out);
    fflush(meter->out);
}
