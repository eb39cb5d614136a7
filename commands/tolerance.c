#include <glib.h>
#include <stdio.h>

#include "commands/base_plan.h"
#include "commands/engine_setup.h"
#include "io/tolerance_report.h"
#include "scenarios/tolerance.h"
#include "solver/language.h"

/* Of a whole search: there are many questions. */
static const double effort = 0.1;

static ExitCode print_tolerance(const CommandLine *line, const Tolerance *tolerance) {
    char *text = line->json  ? tolerance_json(tolerance)
                 : line->csv ? tolerance_csv(tolerance)
                             : tolerance_text(tolerance);
    fputs(text, stdout);
    g_free(text);
    int failed = 0;
    for (int i = 0; i < tolerance->n_deliveries; i++)
        failed += tolerance->deliveries[i].failed;
    for (int i = 0; i < tolerance->n_crews; i++)
        failed += tolerance->crews[i].failed;
    if (failed > 0) {
        say(n_("%d question could not be answered", "%d questions could not be answered", failed),
            failed);
        return EXIT_INTERNAL;
    }
    return engine_setup_ending(tolerance->complete);
}

static ExitCode plan_all(const CommandLine *line, const Inputs *inputs, const Plan *base,
                         WhatIfOptions *options) {
    Tolerance *tolerance = NULL;
    EngineSetup setup;
    if (engine_setup_open(line, inputs, base, "", options, &setup))
        tolerance = tolerance_new(inputs->op, base, options);
    engine_setup_close(&setup);
    ExitCode code = tolerance != NULL ? print_tolerance(line, tolerance) : EXIT_OUTPUT;
    tolerance_free(tolerance);
    return code;
}

static ExitCode ask(const CommandLine *line, Inputs *inputs) {
    ExitCode code = EXIT_DONE;
    const Plan *base = base_plan(line, inputs, &code);
    WhatIfOptions options = {.effort = effort, .seed = (uint64_t)line->seed};
    if (base == NULL)
        return code;
    if (line->jobs.first == NONE)
        return plan_all(line, inputs, base, &options);
    EngineTask task;
    if (!engine_setup_task(line, tolerance_jobs(inputs->op), &task))
        return EXIT_USAGE;
    return engine_setup_delivered(line, tolerance_do_task(inputs->op, base, &options, &task));
}

ExitCode command_tolerance(const CommandLine *line) {
    return inputs_ask(line, ask);
}
