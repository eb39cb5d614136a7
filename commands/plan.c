#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "commands/commands.h"
#include "io/calendar_csv.h"
#include "io/folder_lock.h"
#include "io/plan_json.h"
#include "io/progress.h"
#include "io/read_file.h"
#include "io/report.h"
#include "io/search_log.h"
#include "io/summary.h"
#include "io/write_file.h"
#include "solver/compact.h"
#include "solver/language.h"
#include "solver/review.h"
#include "solver/run.h"
#include "solver/search/resume.h"

/* Takes the folder of the results, found out before the search and not after it: whether they can
 * be written there, and whether another run is busy with that. */
static ExitCode take_output(const char *folder, FolderLock **lock) {
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
    int error;
    *lock = folder_lock(folder, "plan", &error);
    if (*lock != NULL)
        return EXIT_DONE;
    if (error == EWOULDBLOCK)
        say(_("another run of pilote is making a plan in '%s': wait until it has ended, or choose "
              "another folder with --output"),
            folder);
    else
        say(_("the results cannot be written into '%s': %s"), folder, g_strerror(error));
    return EXIT_OUTPUT;
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

/* What is left of the time limit for the search: the limit is the user's, from reading the files to
 * writing the last one. */
static double search_seconds(const CommandLine *line, const Inputs *inputs) {
    const double write = 0.03;
    const double write_household = 0.0006;
    const double least = 0.001; /* none at all would mean: until the first plan */
    if (line->time_limit <= 0)
        return 0;
    double spent = (double)(g_get_monotonic_time() - inputs->begin) / G_USEC_PER_SEC;
    double reserve = write + write_household * inputs->op->n_households;
    return MAX(line->time_limit - spent - MIN(reserve, line->time_limit / 2), least);
}

static Plan *search(const CommandLine *line, const Inputs *inputs, RunEnding *ending) {
    RunOptions options = {
        .solve = {.gap = line->gap,
                  .seed = (uint64_t)line->seed,
                  .rounds = line->rounds,
                  .threads = line->threads > 0 ? line->threads
                                               : (int)MIN(g_get_num_processors(), MAX_THREADS)},
        .time_limit = search_seconds(line, inputs),
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

/* The operation of last week, to find what has changed since. A plan that does not hold it, or one
 * that it cannot be read from any more, has changes without causes. */
static void read_before(const CommandLine *line, Inputs *inputs) {
    if (line->previous == NULL)
        return;
    Faults *faults = faults_new();
    snapshot_read(line->previous, &inputs->before, faults);
    faults_free(faults);
    language_set(inputs->op->language);
}

/* Writes the files of the plan into the folder. The plan of last week goes with it, since its own
 * file is often the one that is replaced. */
static ExitCode write_results(const CommandLine *line, const Inputs *inputs, const Review *review,
                              const char *folder) {
    const Plan *plan = review->weeks.plan;
    GString *previous = NULL;
    if (line->previous != NULL)
        previous = read_file(line->previous, line->previous, false, inputs->faults);
    char *calendar = plan_to_csv(inputs->op, inputs->previous, plan, &review->changes);
    const Events *events = events_new(inputs->arena, inputs->op, plan, inputs->told);
    char *json = plan_to_json(inputs->op, plan, events);
    char *report = NULL;
    if (!line->no_report) {
        Audience pilot = audience_of(events, AUDIENCE_PILOT, NULL);
        report = report_html(review, events, &pilot);
    }
    OutputFile files[4];
    int n = 0;
    files[n++] = (OutputFile){"calendar.csv", calendar, NULL};
    if (previous != NULL)
        files[n++] = (OutputFile){"previous.json", previous->str, NULL};
    if (report != NULL)
        files[n++] = (OutputFile){"report.html", report, NULL};
    files[n++] = (OutputFile){"plan.json", json, NULL};
    char *error = NULL;
    bool written = write_files(folder, files, n, &error);
    if (!written)
        say("%s", error);
    g_free(error);
    g_free(calendar);
    g_free(json);
    g_free(report);
    if (previous != NULL)
        g_string_free(previous, TRUE);
    return written ? EXIT_DONE : EXIT_OUTPUT;
}

static void print_summary(const CommandLine *line, const Inputs *inputs, const Review *review,
                          const Verdict *verdict, const char *folder) {
    const Plan *plan = review->weeks.plan;
    char *text = line->json ? summary_json(inputs->op, plan, verdict, review)
                            : summary_text(inputs->op, plan, verdict, review);
    fputs(text, stdout);
    if (!g_str_has_suffix(text, "\n"))
        putchar('\n');
    g_free(text);
    if (line->json)
        return;
    printf(_("\nWritten: %s/plan.json, %s/calendar.csv\n"), folder, folder);
    if (!line->no_report)
        printf(_("To look at, with a browser: %s/report.html\n"), folder);
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
        Weeks weeks = {.then_op = inputs->before.op,
                       .then = inputs->before.plan,
                       .op = inputs->op,
                       .previous = inputs->previous,
                       .plan = plan};
        Review *review = review_new(&weeks);
        ExitCode written = write_results(line, inputs, review, folder);
        if (written == EXIT_DONE)
            print_summary(line, inputs, review, verdict, folder);
        else
            code = written;
        review_free(review);
    }
    verdict_free(verdict);
    return code;
}

/* The most that keeping near to an older plan can have cost: a bound that holds with that cost
 * holds without it when it is lowered by so much. */
static cost_t most_moved_cost(const Operation *op) {
    cost_t tasks = 0;
    for (int h = 0; h < op->n_households; h++)
        tasks += household_package(op, h)->n_tasks;
    return tasks * op->weights[PART_MOVED_PROPOSED];
}

/* Last week's plan, when the inputs are the same as then and it plans everybody: nothing speaks for
 * another one. NULL otherwise. */
static Plan *standing_plan(const CommandLine *line, const Inputs *inputs) {
    Plan *plan = NULL;
    if (inputs->before.op == NULL)
        return NULL;
    Differences *differences = differences_new(inputs->before.op, inputs->op);
    Faults *faults = faults_new();
    if (differences->n == 0)
        plan = plan_read(line->previous, inputs->op, inputs->arena, false, faults);
    faults_free(faults);
    differences_free(differences);
    if (plan == NULL)
        return NULL;
    Verdict *verdict = verify_plan(inputs->op, inputs->previous, plan, false);
    bool stands = verdict->n_violations == 0 && verdict->n_planned == inputs->op->n_households;
    verdict_take_figures(verdict, inputs->op, plan);
    verdict_free(verdict);
    if (plan->follows != DATE_NONE)
        plan->bound = MAX(plan->bound - most_moved_cost(inputs->op), 0);
    if (plan->bound < plan->total && plan->status == PLAN_OPTIMAL)
        plan->status = PLAN_FEASIBLE;
    return stands ? plan : NULL;
}

/* Searches for a plan, near to last week's where there is one. */
static Plan *find_plan(const CommandLine *line, const Inputs *inputs) {
    RunEnding ending;
    Plan *plan = standing_plan(line, inputs);
    if (plan != NULL) {
        if (!line->quiet)
            say(_("the files say the same as when the last plan was made, which therefore stands; "
                  "without --previous another one is searched for"));
        return plan;
    }
    plan = search(line, inputs, &ending);
    tell_ending(ending, line->quiet);
    if (inputs->previous == NULL)
        return plan;
    Problem *problem = problem_new(inputs->op, inputs->previous);
    plan = resume_settled(problem, plan, inputs->arena);
    problem_free(problem);
    plan->follows = inputs->previous->as_of;
    return plan;
}

static ExitCode plan_into(const CommandLine *line, Inputs *inputs, const char *folder) {
    FolderLock *lock = NULL;
    ExitCode code = take_output(folder, &lock);
    if (code != EXIT_DONE)
        return code;
    mention_old_plan(line, folder);
    read_before(line, inputs);
    code = deliver(line, inputs, find_plan(line, inputs), folder);
    folder_unlock(lock);
    return code;
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

ExitCode command_plan(const CommandLine *line) {
    Inputs inputs;
    ExitCode code = EXIT_INPUTS;
    bool good = inputs_read(line, &inputs);
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
