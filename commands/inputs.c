/* inputs.c: what all commands read, and how they speak. */
#include <errno.h>
#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

#include "commands/commands.h"
#include "io/plan_json.h"
#include "io/read_operation.h"
#include "solver/language.h"

void say(const char *format, ...) {
    char *text;
    va_list arguments;
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    char *harmless = fault_text(text);
    fprintf(stderr, "pilote: %s\n", harmless);
    g_free(harmless);
    g_free(text);
}

void inputs_free(Inputs *inputs) {
    snapshot_free(&inputs->before);
    faults_free(inputs->faults);
    arena_free(inputs->arena);
    operation_free(inputs->op);
}

ExitCode inputs_ask(const CommandLine *line,
                    ExitCode (*ask)(const CommandLine *line, Inputs *inputs)) {
    Inputs inputs;
    ExitCode code = EXIT_INPUTS;
    if (inputs_read(line, &inputs))
        code = ask(line, &inputs);
    faults_print(inputs.faults, stderr, !line->quiet);
    if (code == EXIT_INPUTS)
        say(_("nothing was planned or written, because of the faults above"));
    inputs_free(&inputs);
    return code;
}

bool is_folder(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
}

/* For --verbose, which speaks English. */
static void tell_inputs(const Operation *op) {
    char as_of[DATE_TEXT], start[DATE_TEXT], end[DATE_TEXT];
    say("read %s: as of %s, horizon %s to %s, language %s; %d packages, %d households, "
        "%d resources in %d roles, %d homes, %d deliveries",
        op->folder, date_text(op->as_of, as_of), date_text(op->start, start),
        date_text(op->end, end), op->language, op->n_packages, op->n_households, op->n_resources,
        op->n_roles, op->n_homes, op->n_deliveries);
}

bool inputs_read(const CommandLine *line, Inputs *inputs) {
    *inputs =
        (Inputs){.arena = arena_new(), .faults = faults_new(), .begin = g_get_monotonic_time()};
    if (!is_folder(line->folder)) {
        faults_say(inputs->faults, FAULT_ERROR, line->folder, 0, "%s",
                   errno == ENOENT ? _("there is no such folder") : _("this is no folder"));
        return false;
    }
    inputs->op = read_operation(line->folder, line->as_of, inputs->faults);
    if (inputs->op == NULL)
        return false;
    if (line->language != NULL) {
        inputs->op->language = line->language;
        language_set(line->language);
    }
    if (line->previous != NULL)
        inputs->previous =
            plan_read(line->previous, inputs->op, inputs->arena, true, inputs->faults);
    if (inputs->previous != NULL && line->command == COMMAND_PLAN)
        inputs->told = events_read(line->previous, inputs->arena, true, inputs->faults);
    if (line->verbose)
        tell_inputs(inputs->op);
    return faults_count(inputs->faults, FAULT_ERROR) == 0;
}

Plan *inputs_plan(const CommandLine *line, Inputs *inputs, bool required) {
    char *path = line->plan != NULL ? g_strdup(line->plan)
                                    : g_build_filename(line->folder, "plan", "plan.json", NULL);
    Plan *plan = NULL;
    if (required || line->plan != NULL || g_file_test(path, G_FILE_TEST_EXISTS))
        plan = plan_read(path, inputs->op, inputs->arena, true, inputs->faults);
    g_free(path);
    return plan;
}

Standing *standing_read(const CommandLine *line, Inputs *inputs) {
    Plan *plan = inputs_plan(line, inputs, true);
    if (plan == NULL || faults_count(inputs->faults, FAULT_ERROR) > 0)
        return NULL;
    Standing *standing = standing_new(inputs->op, plan);
    if (standing == NULL)
        say(_("the plan does not keep the rules with the files as they are now: plan again first"));
    return standing;
}

ExitCode verdict_exit_code(const Operation *op, const Verdict *verdict) {
    bool shortfall =
        verdict->n_planned < op->n_households || verdict->parts[PART_BROKEN_PROMISE] > 0;
    return shortfall ? EXIT_SHORTFALL : EXIT_DONE;
}
