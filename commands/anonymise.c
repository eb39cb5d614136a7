#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "commands/commands.h"
#include "io/anonymise.h"
#include "io/write_file.h"
#include "solver/language.h"

static ExitCode write_operation(const Operation *op, const char *folder) {
    AnonymousFile made[MAX_ANONYMOUS_FILES];
    OutputFile files[MAX_ANONYMOUS_FILES];
    char *error = NULL;
    int n = anonymise(op, made);
    for (int i = 0; i < n; i++)
        files[i] = (OutputFile){made[i].name, made[i].bytes, NULL};
    bool written = write_files(folder, files, n, &error);
    if (!written)
        say("%s", error);
    else
        printf(_("Written: an operation without names in %s\n"
                 "Ids of packages, tasks, roles, items and slots stayed; look at them before you "
                 "send it.\n"),
               folder);
    g_free(error);
    for (int i = 0; i < n; i++)
        g_free(made[i].bytes);
    return written ? EXIT_DONE : EXIT_OUTPUT;
}

ExitCode command_anonymise(const CommandLine *line) {
    Inputs inputs;
    char *settings = g_build_filename(line->output, "operation.json", NULL);
    bool good = inputs_read(line, &inputs);
    ExitCode code = EXIT_INPUTS;
    faults_print(inputs.faults, stderr, !line->quiet);
    if (good && access(settings, F_OK) == 0) {
        say(_("'%s' holds an operation, which is not replaced: choose another folder"),
            line->output);
        code = EXIT_USAGE;
    } else if (good) {
        code = write_operation(inputs.op, line->output);
    }
    g_free(settings);
    inputs_free(&inputs);
    return code;
}
