#include "io/progress.h"

#include <glib.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "solver/language.h"

struct Progress {
    FILE *out;
    bool terminal;
    bool standing;    /* a line without its end stands on the terminal */
    RunProgress last; /* what the last line said */
    double last_time; /* elapsed seconds at the last line; negative before the first */
};

static bool rewritable(FILE *out) {
    const char *kind = getenv("TERM");
    return isatty(fileno(out)) && kind != NULL && !g_str_equal(kind, "dumb");
}

Progress *progress_new(FILE *out) {
    Progress *progress = g_new0(Progress, 1);
    progress->out = out;
    progress->terminal = rewritable(out);
    progress->last_time = -PROGRESS_PAUSE;
    return progress;
}

static void clear_line(Progress *progress) {
    if (progress->standing)
        fputs("\r\033[K", progress->out);
    progress->standing = false;
}

void progress_end(Progress *progress) {
    clear_line(progress);
    fflush(progress->out);
    g_free(progress);
}

static int terminal_width(FILE *out) {
    struct winsize size;
    return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

char *progress_text(const RunProgress *news, int width) {
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, _("%.0f s: "), news->elapsed);
    if (!news->has_plan) {
        g_string_append(text, _("no plan yet"));
    } else {
        g_string_append_printf(text, _("total %lld"), (long long)news->total);
        if (news->bound > 0)
            g_string_append_printf(text, _(", bound %lld, gap %.2f %%"), (long long)news->bound,
                                   100.0 * (double)(news->total - news->bound) /
                                       (double)MAX(news->total, 1));
        g_string_append_printf(
            text, n_(", %d household unplanned", ", %d households unplanned", news->unplanned),
            news->unplanned);
    }
    if (width > 0 && g_utf8_strlen(text->str, -1) > width)
        g_string_truncate(text, (gsize)(g_utf8_offset_to_pointer(text->str, width) - text->str));
    return g_string_free(text, FALSE);
}

static bool same_news(const RunProgress *a, const RunProgress *b) {
    return a->has_plan == b->has_plan && a->total == b->total && a->bound == b->bound &&
           a->unplanned == b->unplanned;
}

void progress_show(Progress *progress, const RunProgress *news) {
    double pause = progress->terminal ? 0.1 : PROGRESS_PAUSE;
    if (news->elapsed < progress->last_time + pause ||
        (!progress->terminal && same_news(&progress->last, news)))
        return;
    /* The last column stays free: some terminals begin a new line there. */
    char *text = progress_text(news, progress->terminal ? terminal_width(progress->out) - 1 : 0);
    clear_line(progress);
    fprintf(progress->out, progress->terminal ? "%s" : "%s\n", text);
    g_free(text);
    progress->standing = progress->terminal;
    progress->last = *news;
    progress->last_time = news->elapsed;
    fflush(progress->out);
}
