/*
 * generate.c: writes a realistic operation folder of any size, for tests and measurements.
 *
 * The same options and seed give the same bytes on every machine.
 */
#include <glib.h>
#include <stdlib.h>

#include "bench/generator/estate.h"
#include "bench/generator/projects.h"

enum { FEWEST_HOUSEHOLDS = 4, MOST_HOUSEHOLDS = 5000, MOST_PROJECTS = 100, MOST_TASKS = 500 };

/* Prints how much of each capacity is needed. */
static void report(const Estate *estate) {
    for (guint i = 0; i < estate->uses->len; i++) {
        const GenUse *use = &g_array_index(estate->uses, GenUse, i);
        g_print("%-26s %9.0f needed of %9.0f: %3.0f %%\n", use->of, use->needed, use->available,
                use->available > 0 ? 100 * use->needed / use->available : 0);
    }
}

/* Households whose works compete, instead of an estate; returns the exit code. */
static int generate_projects(const ProjectOptions *options, const char *folder) {
    bool sizes =
        options->households <= MOST_PROJECTS && options->tasks >= 4 && options->tasks <= MOST_TASKS;
    bool shares = options->complexity >= 1 && options->complexity <= 4 && options->factor >= 0 &&
                  options->factor <= 1 && options->strength >= 0 && options->strength <= 1 &&
                  options->maxima >= 0 && options->maxima <= 100;
    if (!sizes || !shares) {
        g_printerr("generate: expected at most 100 projects of 4 to 500 tasks and parameters in "
                   "their ranges; see --help\n");
        return 2;
    }
    return projects_write(options, folder) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv) {
    ProjectOptions projects = {.tasks = 30, .complexity = 1.8, .factor = 0.5, .strength = 0.3};
    int households = 60;
    gint64 seed = 1;
    double tightness = 0.7;
    gboolean hostile = FALSE, progress = FALSE, general = FALSE, quiet = FALSE;
    const GOptionEntry entries[] = {
        {"households", 'n', 0, G_OPTION_ARG_INT, &households, "number of households, 4 to 5000",
         "N"},
        {"seed", 's', 0, G_OPTION_ARG_INT64, &seed, "another estate for every number", "S"},
        {"tightness", 't', 0, G_OPTION_ARG_DOUBLE, &tightness,
         "share of every capacity that may be needed, 0.2 to 1 (0.7)", "X"},
        {"hostile", 0, 0, G_OPTION_ARG_NONE, &hostile, "texts that hurt careless programs", NULL},
        {"progress", 0, 0, G_OPTION_ARG_NONE, &progress,
         "some visits are done, announced or confirmed", NULL},
        {"general", 0, 0, G_OPTION_ARG_NONE, &general,
         "some packages whose order of tasks is not series-parallel", NULL},
        {"projects", 'p', 0, G_OPTION_ARG_INT, &projects.households,
         "instead: so many households whose works compete, 1 to 100", "N"},
        {"tasks", 0, 0, G_OPTION_ARG_INT, &projects.tasks, "of each project, 4 to 500 (30)", "N"},
        {"complexity", 0, 0, G_OPTION_ARG_DOUBLE, &projects.complexity,
         "lags per task of a project, 1 to 4 (1.8)", "X"},
        {"factor", 0, 0, G_OPTION_ARG_DOUBLE, &projects.factor,
         "share of the crews that a task of a project needs, 0 to 1 (0.5)", "X"},
        {"strength", 0, 0, G_OPTION_ARG_DOUBLE, &projects.strength,
         "of the crews of projects, 0 to 1 (0.3)", "X"},
        {"maxima", 0, 0, G_OPTION_ARG_INT, &projects.maxima,
         "so many of 100 lags of projects have a maximum (0)", "N"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "no report", NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}};
    GOptionContext *context = g_option_context_new("OUT_DIR");
    g_option_context_add_main_entries(context, entries, NULL);
    GError *error = NULL;
    bool parsed = g_option_context_parse(context, &argc, &argv, &error);
    g_option_context_free(context);
    bool sizes = households >= FEWEST_HOUSEHOLDS && households <= MOST_HOUSEHOLDS &&
                 tightness >= 0.2 && tightness <= 1;
    if (!parsed || argc != 2 || !sizes) {
        g_printerr("generate: %s\n", error ? error->message
                                           : "expected a folder, 4 to 5000 households and a "
                                             "tightness of 0.2 to 1; see --help");
        g_clear_error(&error);
        return 2;
    }
    if (projects.households > 0) {
        projects.seed = (uint64_t)seed;
        return generate_projects(&projects, argv[1]);
    }
    GenOptions options = {households, (uint64_t)seed, tightness, hostile, progress, general};
    Estate *estate = estate_new(&options);
    bool enough = means_add(estate);
    if (!enough)
        g_printerr("generate: the capacities came out too small\n");
    if (progress)
        facts_add(estate);
    bool written = enough && files_write(estate, argv[1]);
    if (written && !quiet)
        report(estate);
    estate_free(estate);
    return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
