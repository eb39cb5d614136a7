#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "commands/commands.h"
#include "io/plan_json.h"
#include "io/report.h"
#include "io/write_file.h"
#include "solver/language.h"

/* What a report is made of. */
typedef struct Sources {
    Snapshot now, before; /* before: last week's, NULLs when it is not there */
    Plan *previous;       /* last week's plan with the indices of now.op, or NULL */
    Events *events;
    Arena *arena;
} Sources;

/* The plan that this one follows, if it lies beside it. Without it the report has no changes. */
static void read_before(const CommandLine *line, Sources *sources) {
    if (sources->now.plan->follows == DATE_NONE)
        return;
    char *folder = g_path_get_dirname(line->plan);
    char *path = g_build_filename(folder, "previous.json", NULL);
    Faults *faults = faults_new();
    Plan *previous = NULL;
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
        previous = plan_read(path, sources->now.op, sources->now.op->arena, true, faults);
    if (previous != NULL && previous->as_of == sources->now.plan->follows) {
        sources->previous = previous;
        snapshot_read(path, &sources->before, faults);
    }
    faults_free(faults);
    g_free(path);
    g_free(folder);
    language_set(sources->now.op->language);
}

static bool read_sources(const CommandLine *line, Sources *sources, Faults *faults) {
    if (!snapshot_read(line->plan, &sources->now, faults))
        return false;
    if (sources->now.op == NULL) {
        say(_("'%s' does not hold the files that it was made from (another program made it), so "
              "there is no report of it"),
            line->plan);
        return false;
    }
    sources->events = events_read(line->plan, sources->arena, false, faults);
    if (sources->events == NULL)
        return false;
    read_before(line, sources);
    return true;
}

/* Whom --audience names; false when the plan does not know it. */
static bool find_audience(const CommandLine *line, const Sources *sources, Audience *audience) {
    const Operation *op = sources->now.op;
    *audience = audience_of(sources->events, AUDIENCE_PILOT, NULL);
    if (line->audience == NULL)
        return true;
    const char *id = strchr(line->audience, '=') + 1;
    if (g_str_has_prefix(line->audience, AUDIENCE_OF_HOUSEHOLD)) {
        *audience = audience_of(sources->events, AUDIENCE_HOUSEHOLD, id);
        for (int h = 0; h < op->n_households; h++)
            if (g_str_equal(op->households[h].id, id))
                return true;
        say(_("there is no household '%s' in '%s'"), id, line->plan);
        return false;
    }
    *audience = audience_of(sources->events, AUDIENCE_MEMBER, id);
    for (int r = 0; r < op->n_resources; r++)
        if (g_str_equal(op->resources[r].id, id))
            return true;
    say(_("there is no resource '%s' in '%s'"), id, line->plan);
    return false;
}

static ExitCode write_report(const CommandLine *line, const Sources *sources,
                             const Audience *audience) {
    Weeks weeks = {.then_op = sources->before.op,
                   .then = sources->before.plan,
                   .op = sources->now.op,
                   .previous = sources->previous,
                   .plan = sources->now.plan};
    Review *review = review_new(&weeks);
    char *page = report_html(review, sources->events, audience), *error = NULL;
    char *folder = g_path_get_dirname(line->html), *name = g_path_get_basename(line->html);
    OutputFile file = {name, page, NULL};
    bool written = write_files(folder, &file, 1, &error);
    if (!written)
        say("%s", error);
    else if (!line->quiet)
        printf(_("Written: %s\n"), line->html);
    g_free(error);
    g_free(folder);
    g_free(name);
    g_free(page);
    review_free(review);
    return written ? EXIT_DONE : EXIT_OUTPUT;
}

ExitCode export_report(const CommandLine *line, Faults *faults) {
    Sources sources = {.arena = arena_new()};
    Audience audience;
    ExitCode code = EXIT_INPUTS;
    if (read_sources(line, &sources, faults))
        code = find_audience(line, &sources, &audience) ? write_report(line, &sources, &audience)
                                                        : EXIT_USAGE;
    snapshot_free(&sources.now);
    snapshot_free(&sources.before);
    arena_free(sources.arena);
    return code;
}
