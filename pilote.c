/* pilote.c: the commands. Parses, calls, reports; everything else is in the library. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/calendar_csv.h"
#include "io/check.h"
#include "io/command_line.h"
#include "io/plan_json.h"
#include "io/progress.h"
#include "io/read_operation.h"
#include "io/search_log.h"
#include "io/summary.h"
#include "io/verdict.h"
#include "io/write_file.h"
#include "solver/compact.h"
#include "solver/language.h"
#include "solver/run.h"
#include "solver/verify.h"

typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_SHORTFALL = 1, /* broken promises or unplanned households */
    EXIT_USAGE = 2,
    EXIT_INPUTS = 3,
    EXIT_OUTPUT = 4,
    EXIT_INTERNAL = 5
} ExitCode;

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* One line on stderr. */
static void say(const char *format, ...) {
    char *text;
    va_list arguments;
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    fprintf(stderr, "pilote: %s\n", text);
    g_free(text);
}

/* What a command reads. */
typedef struct Inputs {
    Operation *op;
    Plan *previous; /* or NULL */
    Arena *arena;   /* of all plans */
    Faults *faults;
} Inputs;

static void inputs_free(Inputs *inputs) {
    faults_free(inputs->faults);
    arena_free(inputs->arena);
    operation_free(inputs->op);
}

/* Otherwise with errno. */
static bool is_folder(const char *path) {
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

/* Reads the operation and the previous plan and looks for what can never be planned. Returns false
 * when an error was found; faults are printed by the caller. */
static bool read_inputs(const CommandLine *line, Inputs *inputs) {
    *inputs = (Inputs){.arena = arena_new(), .faults = faults_new()};
    if (!is_folder(line->folder)) {
        faults_say(inputs->faults, FAULT_ERROR, line->folder, 0, "%s",
                   errno == ENOENT ? _("there is no such folder") : _("this is no folder"));
        return false;
    }
    inputs->op = read_operation(line->folder, line->as_of, inputs->faults);
    if (inputs->op == NULL)
        return false;
    if (line->previous != NULL)
        inputs->previous =
            plan_read(line->previous, inputs->op, inputs->arena, true, inputs->faults);
    if (line->verbose)
        tell_inputs(inputs->op);
    return faults_count(inputs->faults, FAULT_ERROR) == 0;
}

static ExitCode check(const CommandLine *line) {
    Inputs inputs;
    bool good = read_inputs(line, &inputs);
    if (good)
        check_operation(inputs.op, inputs.previous, inputs.faults);
    faults_print(inputs.faults, stdout, !line->quiet);
    int infeasible = faults_count(inputs.faults, FAULT_INFEASIBLE);
    if (good && infeasible == 0) {
        int n_tasks = 0;
        for (int h = 0; h < inputs.op->n_households; h++)
            n_tasks += household_package(inputs.op, h)->n_tasks;
        printf(_("%s: no faults (households: %d, tasks: %d, resources: %d, temporary homes: %d)\n"),
               inputs.op->name, inputs.op->n_households, n_tasks, inputs.op->n_resources,
               inputs.op->n_homes);
    }
    inputs_free(&inputs);
    return good && infeasible == 0 ? EXIT_DONE : EXIT_INPUTS;
}

static ExitCode verdict_exit_code(const Operation *op, const Verdict *verdict) {
    bool shortfall =
        verdict->n_planned < op->n_households || verdict->parts[PART_BROKEN_PROMISE] > 0;
    return shortfall ? EXIT_SHORTFALL : EXIT_DONE;
}

/* Notices are counted from as_of, so judging by another day than the plan's finds other faults. */
static void mention_other_day(const CommandLine *line, const Operation *op, const Plan *plan) {
    char made[DATE_TEXT], judged[DATE_TEXT];
    if (plan->as_of != op->as_of && !line->quiet)
        say(_("the plan was made as of %s and is judged as of %s; --as-of chooses another day"),
            date_text(plan->as_of, made), date_text(op->as_of, judged));
}

static ExitCode verify(const CommandLine *line) {
    Inputs inputs;
    Plan *plan = NULL;
    if (read_inputs(line, &inputs))
        plan = plan_read(line->plan, inputs.op, inputs.arena, false, inputs.faults);
    faults_print(inputs.faults, stderr, !line->quiet);
    ExitCode code = EXIT_INPUTS;
    if (plan != NULL && faults_count(inputs.faults, FAULT_ERROR) == 0) {
        mention_other_day(line, inputs.op, plan);
        Verdict *verdict = verify_plan(inputs.op, inputs.previous, plan, true);
        char *text =
            line->json ? verdict_json(inputs.op, verdict) : verdict_text(inputs.op, verdict);
        fputs(text, stdout);
        g_free(text);
        if (verdict->n_violations == 0)
            code = verdict_exit_code(inputs.op, verdict);
        verdict_free(verdict);
    }
    inputs_free(&inputs);
    return code;
}

/* Makes and removes a file in the folder, or the folder itself where it is missing: permissions
 * alone do not tell whether that works. Returns 0 or an errno. */
static int try_folder(const char *folder) {
    if (mkdir(folder, 0700) == 0)
        return rmdir(folder) == 0 ? 0 : errno;
    if (errno != EEXIST)
        return errno;
    if (!is_folder(folder))
        return errno;
    char *path = g_build_filename(folder, ".pilote-XXXXXX", NULL);
    int fd = g_mkstemp(path);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    g_free(path);
    return error;
}

/* Whether the results can probably be written, found out before the search and not after it. */
static ExitCode try_output(const char *folder) {
    char *settings = g_build_filename(folder, "operation.json", NULL);
    bool operation = access(settings, F_OK) == 0;
    g_free(settings);
    if (operation) {
        /* The plan's calendar.csv would replace the operation's. */
        say(_("the results cannot be written into '%s', which holds an operation: choose "
              "another folder with --output"),
            folder);
        return EXIT_USAGE;
    }
    int error = try_folder(folder);
    if (error != 0)
        say(_("the results cannot be written into '%s': %s"), folder, g_strerror(error));
    return error == 0 ? EXIT_DONE : EXIT_OUTPUT;
}

/* A plan that lies where the new one will be is not used without being asked for. */
static void mention_old_plan(const CommandLine *line, const char *folder) {
    char *path = g_build_filename(folder, "plan.json", NULL);
    if (line->previous == NULL && !line->quiet && access(path, F_OK) == 0)
        say(_("'%s' will be replaced; its dates are not taken into account. To keep to them "
              "where possible: --previous '%s'"),
            path, path);
    g_free(path);
}

static void show_progress(void *context, const RunProgress *news) {
    progress_show(context, news);
}

static void log_news(void *context, const RunProgress *news) {
    search_log_news(context, news);
}

static void log_remark(void *context, const char *text) {
    search_log_remark(context, text);
}

static Plan *search(const CommandLine *line, const Inputs *inputs, RunEnding *ending) {
    RunOptions options = {
        .solve = {.gap = line->gap,
                  .seed = (uint64_t)line->seed,
                  .threads = line->threads > 0 ? line->threads
                                               : (int)MIN(g_get_num_processors(), MAX_THREADS)},
        .time_limit = line->time_limit,
    };
    RunEvents events = {NULL, NULL, NULL};
    Progress *progress = NULL;
    SearchLog *log = NULL;
    if (line->log)
        events = (RunEvents){log = search_log_new(stderr, line->json), log_news, log_remark};
    else if (!line->quiet)
        events = (RunEvents){progress = progress_new(stderr), show_progress, NULL};
    Plan *plan = run_search(inputs->arena, inputs->op, inputs->previous, &options, &events, ending);
    if (log != NULL)
        search_log_free(log);
    if (progress != NULL)
        progress_end(progress);
    return plan;
}

static void tell_ending(RunEnding ending, bool quiet) {
    switch (ending) {
    case RUN_FINISHED:
        break;
    case RUN_TIME_LIMIT:
        if (!quiet)
            say(_("the time limit was reached; this is the best plan found until then"));
        break;
    case RUN_INTERRUPTED:
        say(_("the search was interrupted; this is the best plan found until then"));
        break;
    case RUN_CRASHED:
        say(_("the search ended by accident; this is the best plan found until then"));
        break;
    case RUN_HUNG:
        say(_("the search stood still and was stopped; this is the best plan found until "
              "then"));
        break;
    }
}

/* Writes the files of the plan into the folder. */
static ExitCode write_results(const Inputs *inputs, const Plan *plan, const char *folder) {
    char *calendar = plan_to_csv(inputs->op, inputs->previous, plan);
    char *json = plan_to_json(inputs->op, plan);
    const OutputFile files[] = {{"calendar.csv", calendar}, {"plan.json", json}};
    char *error = NULL;
    bool written = write_files(folder, files, G_N_ELEMENTS(files), &error);
    if (!written)
        say("%s", error);
    g_free(error);
    g_free(calendar);
    g_free(json);
    return written ? EXIT_DONE : EXIT_OUTPUT;
}

static void print_summary(const CommandLine *line, const Inputs *inputs, const Plan *plan,
                          const Verdict *verdict, const char *folder) {
    char *text = line->json ? summary_json(inputs->op, plan, verdict)
                            : summary_text(inputs->op, inputs->previous, plan, verdict);
    fputs(text, stdout);
    if (!g_str_has_suffix(text, "\n"))
        putchar('\n');
    g_free(text);
    if (!line->json)
        printf(_("\nWritten: %s/plan.json, %s/calendar.csv\n"), folder, folder);
}

/* Judges the finished plan once more, writes and prints it. */
static ExitCode deliver(const CommandLine *line, const Inputs *inputs, const Plan *plan,
                        const char *folder) {
    Verdict *verdict = verify_plan(inputs->op, inputs->previous, plan, true);
    ExitCode code = verdict_exit_code(inputs->op, verdict);
    if (verdict->n_violations > 0) {
        say(_("internal error: the plan breaks a rule and was not written: %s: %s"),
            verdict->violations[0].constraint, verdict->violations[0].message);
        code = EXIT_INTERNAL;
    } else {
        ExitCode written = write_results(inputs, plan, folder);
        if (written == EXIT_DONE)
            print_summary(line, inputs, plan, verdict, folder);
        else
            code = written;
    }
    verdict_free(verdict);
    return code;
}

static ExitCode plan_into(const CommandLine *line, const Inputs *inputs, const char *folder) {
    ExitCode code = try_output(folder);
    if (code != EXIT_DONE)
        return code;
    mention_old_plan(line, folder);
    RunEnding ending;
    Plan *plan = search(line, inputs, &ending);
    tell_ending(ending, line->quiet);
    return deliver(line, inputs, plan, folder);
}

static ExitCode write_program(const CommandLine *line, const Inputs *inputs) {
    char *error = NULL;
    Problem *problem = problem_new(inputs->op, inputs->previous);
    bool written = compact_write_mps(problem, line->mps, &error);
    if (!written)
        say("%s", error);
    g_free(error);
    problem_free(problem);
    return written ? EXIT_DONE : EXIT_OUTPUT;
}

static ExitCode plan(const CommandLine *line) {
    Inputs inputs;
    ExitCode code = EXIT_INPUTS;
    bool good = read_inputs(line, &inputs);
    faults_print(inputs.faults, stderr, !line->quiet);
    if (good && line->mps != NULL) {
        code = write_program(line, &inputs);
    } else if (good) {
        char *folder = line->output != NULL ? g_strdup(line->output)
                                            : g_build_filename(line->folder, "plan", NULL);
        code = plan_into(line, &inputs, folder);
        g_free(folder);
    } else {
        say(_("nothing was planned or written, because of the faults above"));
    }
    inputs_free(&inputs);
    return code;
}

static ExitCode wrong_usage(const CommandLine *line, char *error) {
    const char *name = command_name(line->command);
    say("%s", error);
    g_free(error);
    if (name == NULL)
        fprintf(stderr, _("'%s' explains how it is used.\n"), "pilote help");
    else {
        char *help = g_strconcat("pilote help ", name, NULL);
        fprintf(stderr, _("'%s' explains how it is used.\n"), help);
        g_free(help);
    }
    return EXIT_USAGE;
}

static ExitCode run(int argc, char *const *argv) {
    CommandLine line;
    char *error = NULL;
    if (!command_line_parse(argc, argv, &line, &error))
        return wrong_usage(&line, error);
    char *help;
    switch (line.command) {
    case COMMAND_CHECK:
        return check(&line);
    case COMMAND_PLAN:
        return plan(&line);
    case COMMAND_VERIFY:
        return verify(&line);
    case COMMAND_VERSION:
        puts("pilote " PILOTE_VERSION);
        return EXIT_DONE;
    case COMMAND_HELP:
    case COMMAND_NONE:
        break;
    }
    help = command_line_help(line.topic);
    fputs(help, stdout);
    g_free(help);
    return EXIT_DONE;
}

/* Without them a file opened for the plan could become the place where messages are printed. */
static void hold_standard_files(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Until the operation tells its language, the user's environment does. */
static void take_language(void) {
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            char *language = g_strndup(value, strcspn(value, ".@"));
            language_set(language);
            g_free(language);
            return;
        }
    }
}

int main(int argc, char **argv) {
    hold_standard_files();
    signal(SIGPIPE, SIG_IGN); /* writing then fails, and that is told */
    signal(SIGXFSZ, SIG_IGN);
    language_init();
    take_language();
    ExitCode code = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        say(_("the results could not be printed: %s"), g_strerror(errno));
        return EXIT_OUTPUT;
    }
    return code;
}
