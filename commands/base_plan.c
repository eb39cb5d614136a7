#include "commands/base_plan.h"

#include <glib.h>

#include "io/progress.h"
#include "scenarios/replan.h"
#include "solver/language.h"
#include "solver/run.h"

int base_workers(const CommandLine *line) {
    return line->threads > 0 ? line->threads : (int)MIN(g_get_num_processors(), MAX_THREADS);
}

static void show_progress(void *context, const RunProgress *news) {
    progress_show(context, news);
}

/* There is no plan yet: one is made. */
static Plan *make_plan(const CommandLine *line, const Inputs *inputs) {
    RunOptions options = {.solve = {.gap = 0,
                                    .seed = (uint64_t)line->seed,
                                    .threads = base_workers(line),
                                    .rounds = line->rounds},
                          .time_limit = line->time_limit};
    RunEnding ending;
    Progress *progress = line->quiet ? NULL : progress_new(stderr);
    RunEvents events = {progress, progress != NULL ? show_progress : NULL, NULL};
    if (!line->quiet)
        say(_("there is no plan yet: one is made first"));
    Plan *plan =
        run_search(inputs->arena, inputs->op, inputs->previous, &options, &events, &ending);
    if (progress != NULL)
        progress_end(progress);
    return plan;
}

static bool keeps_rules(const Inputs *inputs, Plan *plan) {
    Verdict *verdict =
        verify_plan(inputs->op, inputs->previous != NULL ? inputs->previous : plan, plan, false);
    bool keeps = verdict->n_violations == 0;
    verdict_take_figures(verdict, inputs->op, plan);
    verdict_free(verdict);
    return keeps;
}

static Plan *repaired(const CommandLine *line, const Inputs *inputs, const Plan *plan,
                      ExitCode *code) {
    Replanned replanned;
    ReplanOptions options = {.work = replan_work(inputs->op), .seed = (uint64_t)line->seed};
    if (!line->quiet)
        say(_("the plan does not keep the rules of the files as they are now; it is planned again "
              "first"));
    if (replan(inputs->arena, inputs->op, plan, NULL, 0, &options, &replanned))
        return replanned.plan;
    *code = EXIT_INTERNAL;
    say(_("internal error: the operation could not be planned again"));
    return NULL;
}

Plan *base_plan(const CommandLine *line, Inputs *inputs, ExitCode *code) {
    Plan *plan = inputs_plan(line, inputs, false);
    if (faults_count(inputs->faults, FAULT_ERROR) > 0) {
        *code = EXIT_INPUTS;
        return NULL;
    }
    if (plan == NULL)
        plan = make_plan(line, inputs);
    else if (!keeps_rules(inputs, plan))
        plan = repaired(line, inputs, plan, code);
    return plan;
}
