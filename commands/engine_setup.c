#include "commands/engine_setup.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "commands/base_plan.h"
#include "io/plan_json.h"
#include "io/write_file.h"
#include "solver/language.h"

static const char own_program[] = "/proc/self/exe";

static void add_text(GChecksum *checksum, const char *text) {
    g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text) + 1);
}

/* The first half of a SHA-256; free with g_free(). */
static char *digest_of(const CommandLine *line, const Operation *op, const char *plan,
                       const char *question) {
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    char *program = NULL, text[DATE_TEXT];
    gsize length = 0;
    if (g_file_get_contents(own_program, &program, &length, NULL))
        g_checksum_update(checksum, (const guchar *)program, (gssize)length);
    for (int i = 0; i < op->n_inputs; i++) {
        add_text(checksum, op->inputs[i].file);
        add_text(checksum, op->inputs[i].text);
    }
    char *seed = g_strdup_printf("%" G_GINT64_FORMAT, line->seed);
    add_text(checksum, command_name(line->command));
    add_text(checksum, date_text(op->as_of, text));
    add_text(checksum, plan);
    add_text(checksum, seed);
    add_text(checksum, question);
    char *digest = g_strndup(g_checksum_get_string(checksum), 32);
    g_free(seed);
    g_free(program);
    g_checksum_free(checksum);
    return digest;
}

static void add_words(GPtrArray *command, const char *name, const char *value) {
    g_ptr_array_add(command, g_strdup(name));
    g_ptr_array_add(command, g_strdup(value));
}

/* This command again, for some jobs: quiet, with the plan as it is now. Options of ours stand
 * behind the user's, since the last one wins, and before the end of options. */
static GPtrArray *command_of(const CommandLine *line, const char *folder) {
    GPtrArray *command = g_ptr_array_new_with_free_func(g_free);
    char *plan = g_build_filename(folder, "plan.json", NULL);
    char *program = g_file_read_link(own_program, NULL);
    g_ptr_array_add(command, program != NULL ? program : g_strdup(line->words[0]));
    char *const *word = line->words + 1;
    for (; *word != NULL && !g_str_equal(*word, "--"); word++)
        g_ptr_array_add(command, g_strdup(*word));
    add_words(command, "--plan", plan);
    add_words(command, "--work", folder);
    if (!line->quiet && !line->verbose)
        g_ptr_array_add(command, g_strdup("--quiet"));
    for (; *word != NULL; word++)
        g_ptr_array_add(command, g_strdup(*word));
    g_ptr_array_add(command, NULL);
    g_free(plan);
    return command;
}

static bool open_slurm(const CommandLine *line, const Inputs *inputs, const Plan *base,
                       const char *question, EngineSetup *setup) {
    const Events *events = events_new(inputs->arena, inputs->op, base, NULL);
    char *json = plan_to_json(inputs->op, base, events), *error = NULL;
    char *digest = digest_of(line, inputs->op, json, question);
    setup->folder = g_build_filename(line->work, digest, NULL);
    if (!g_path_is_absolute(setup->folder)) {
        char *here = g_get_current_dir(), *whole = g_build_filename(here, setup->folder, NULL);
        g_free(here);
        g_free(setup->folder);
        setup->folder = whole;
    }
    OutputFile plan = {"plan.json", json, NULL};
    bool good = mkdir(line->work, 0700) == 0 || errno == EEXIST;
    if (!good)
        error = g_strdup(g_strerror(errno));
    good = good && write_files(setup->folder, &plan, 1, &error);
    if (!good)
        say(_("the results cannot be written into '%s': %s"), line->work, error);
    else
        setup->command = command_of(line, setup->folder);
    g_free(error);
    g_free(digest);
    g_free(json);
    return good;
}

bool engine_setup_open(const CommandLine *line, const Inputs *inputs, const Plan *base,
                       const char *question, WhatIfOptions *options, EngineSetup *setup) {
    *setup = (EngineSetup){NULL, NULL, NULL};
    options->engine = (Engine){.kind = (EngineKind)line->engine, .workers = base_workers(line)};
    if (line->engine == ENGINE_SLURM && !open_slurm(line, inputs, base, question, setup))
        return false;
    if (setup->command != NULL) {
        options->engine.folder = setup->folder;
        options->engine.command = (const char *const *)(const void *)setup->command->pdata;
    }
    if (!line->quiet) {
        setup->meter = pool_meter_new(stderr);
        options->progress = pool_meter_show;
        options->context = setup->meter;
    }
    return true;
}

void engine_setup_close(EngineSetup *setup) {
    pool_meter_free(setup->meter);
    if (setup->command != NULL)
        g_ptr_array_free(setup->command, TRUE);
    g_free(setup->folder);
}

ExitCode engine_setup_ending(bool complete) {
    if (complete)
        return EXIT_DONE;
    say(_("interrupted; this is what was done until then"));
    return EXIT_SHORTFALL;
}

bool engine_setup_task(const CommandLine *line, int n, EngineTask *task) {
    *task = (EngineTask){line->work, line->jobs.first, line->jobs.last};
    if (task->last >= n)
        say(_("there is no part %d of this work"), task->last);
    return task->last < n;
}

ExitCode engine_setup_delivered(const CommandLine *line, bool good) {
    if (!good)
        say(_("the results cannot be written into '%s': %s"), line->work, g_strerror(errno));
    return good ? EXIT_DONE : EXIT_OUTPUT;
}
