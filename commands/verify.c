#include <glib.h>
#include <stdio.h>

#include "commands/commands.h"
#include "io/plan_json.h"
#include "io/tell.h"
#include "io/verdict.h"
#include "solver/language.h"

/* Notices are counted from as_of, so judging by another day than the plan's finds other faults. */
static void mention_other_day(const CommandLine *line, const Operation *op, const Plan *plan) {
    char made[DATE_TEXT], judged[DATE_TEXT];
    if (plan->as_of != op->as_of && !line->quiet)
        say(_("the plan was made as of %s and is judged as of %s; --as-of chooses another day"),
            tell_moment(op, plan->as_of, MINUTE_NONE, made),
            tell_moment(op, op->as_of, MINUTE_NONE, judged));
}

ExitCode command_verify(const CommandLine *line) {
    Inputs inputs;
    Plan *plan = NULL;
    if (inputs_read(line, &inputs))
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
