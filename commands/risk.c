#include <glib.h>
#include <stdio.h>

#include "commands/base_plan.h"
#include "commands/engine_setup.h"
#include "io/read_suppliers.h"
#include "io/risk_report.h"
#include "scenarios/risk.h"
#include "solver/language.h"

/* Of a whole search: there are many samples. */
static const double effort = 0.1;

static ExitCode print_risk(const CommandLine *line, const Risk *risk) {
    char *text = line->json ? risk_json(risk) : line->csv ? risk_csv(risk) : risk_text(risk);
    fputs(text, stdout);
    g_free(text);
    if (risk->n_failed > 0) {
        say(n_("%d sample could not be planned", "%d samples could not be planned", risk->n_failed),
            risk->n_failed);
        return EXIT_INTERNAL;
    }
    return engine_setup_ending(risk->complete);
}

/* What is known of the suppliers, for what results depend on; free with g_free(). */
static char *question_of(const Supplier *suppliers, int n) {
    GString *question = g_string_new(NULL);
    for (int s = 0; s < n; s++)
        g_string_append_printf(question, "%s %.17g %.17g %.17g\n", suppliers[s].name,
                               suppliers[s].on_time, suppliers[s].mean, suppliers[s].spread);
    return g_string_free(question, FALSE);
}

static ExitCode plan_all(const CommandLine *line, const Inputs *inputs, const Plan *base,
                         const Supplier *suppliers, int n, RiskOptions *options) {
    char *question = question_of(suppliers, n);
    Risk *risk = NULL;
    EngineSetup setup;
    if (engine_setup_open(line, inputs, base, question, &options->run, &setup))
        risk = risk_new(inputs->op, base, suppliers, n, options);
    engine_setup_close(&setup);
    g_free(question);
    ExitCode code = risk != NULL ? print_risk(line, risk) : EXIT_OUTPUT;
    risk_free(risk);
    return code;
}

static ExitCode ask(const CommandLine *line, Inputs *inputs) {
    ExitCode code = EXIT_INPUTS;
    int n = 0;
    const Supplier *suppliers = suppliers_read(inputs->op, inputs->arena, &n, inputs->faults);
    const Plan *base = suppliers != NULL ? base_plan(line, inputs, &code) : NULL;
    RiskOptions options = {.samples = line->samples,
                           .run = {.effort = effort, .seed = (uint64_t)line->seed}};
    if (base == NULL)
        return code;
    if (line->jobs.first == NONE)
        return plan_all(line, inputs, base, suppliers, n, &options);
    EngineTask task;
    if (!engine_setup_task(line, line->samples, &task))
        return EXIT_USAGE;
    return engine_setup_delivered(line,
                                  risk_do_task(inputs->op, base, suppliers, n, &options, &task));
}

ExitCode command_risk(const CommandLine *line) {
    return inputs_ask(line, ask);
}
