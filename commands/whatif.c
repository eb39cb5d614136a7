#include <glib.h>
#include <stdio.h>

#include "commands/base_plan.h"
#include "commands/engine_setup.h"
#include "io/read_scenario.h"
#include "io/whatif_report.h"
#include "solver/language.h"

/* The scenarios of the command line, those of --slip first; NULL after a fault. */
static Scenario *read_scenarios(const CommandLine *line, const Inputs *inputs, int *n) {
    *n = line->slips.n + line->scenarios.n;
    Scenario *scenarios = ARENA_NEW(inputs->arena, Scenario, *n);
    bool good = true;
    for (int i = 0; i < line->slips.n; i++)
        good &= scenario_from_slips(line->slips.texts[i], inputs->op, inputs->arena, &scenarios[i],
                                    inputs->faults);
    for (int i = 0; i < line->scenarios.n; i++)
        good &= scenario_read(line->scenarios.texts[i], inputs->op, inputs->arena,
                              &scenarios[line->slips.n + i], inputs->faults);
    return good ? scenarios : NULL;
}

static ExitCode print_whatif(const CommandLine *line, const WhatIf *whatif) {
    char *text = line->json  ? whatif_json(whatif)
                 : line->csv ? whatif_csv(whatif)
                             : whatif_text(whatif);
    fputs(text, stdout);
    g_free(text);
    bool failed = false;
    for (int i = 0; i < whatif->n; i++)
        if (whatif->outcomes[i].failure != NULL) {
            say(_("scenario %d could not be planned: %s"), i + 1, whatif->outcomes[i].failure);
            failed = true;
        }
    ExitCode ending = engine_setup_ending(whatif->complete);
    return failed ? EXIT_INTERNAL : ending;
}

/* All that the scenarios say, for what results depend on; free with g_free(). */
static char *question_of(const CommandLine *line) {
    GString *question = g_string_new(NULL);
    for (int i = 0; i < line->slips.n; i++)
        g_string_append_printf(question, "%s\n", line->slips.texts[i]);
    for (int i = 0; i < line->scenarios.n; i++) {
        char *text = NULL;
        if (g_file_get_contents(line->scenarios.texts[i], &text, NULL, NULL))
            g_string_append_printf(question, "%s\n", text);
        g_free(text);
    }
    return g_string_free(question, FALSE);
}

/* Plans all scenarios and tells what comes of them. */
static ExitCode plan_all(const CommandLine *line, const Inputs *inputs, const Plan *base,
                         const Scenario *scenarios, int n, WhatIfOptions *options) {
    char *question = question_of(line);
    WhatIf *whatif = NULL;
    EngineSetup setup;
    if (engine_setup_open(line, inputs, base, question, options, &setup))
        whatif = whatif_new(inputs->op, base, scenarios, n, options);
    engine_setup_close(&setup);
    g_free(question);
    ExitCode code = whatif != NULL ? print_whatif(line, whatif) : EXIT_OUTPUT;
    whatif_free(whatif);
    return code;
}

static ExitCode ask(const CommandLine *line, Inputs *inputs) {
    ExitCode code = EXIT_DONE;
    int n = 0;
    const Scenario *scenarios = read_scenarios(line, inputs, &n);
    const Plan *base = scenarios != NULL ? base_plan(line, inputs, &code) : NULL;
    WhatIfOptions options = {.effort = 1, .seed = (uint64_t)line->seed};
    if (base == NULL)
        return scenarios == NULL ? EXIT_INPUTS : code;
    if (line->jobs.first == NONE)
        return plan_all(line, inputs, base, scenarios, n, &options);
    EngineTask task;
    if (!engine_setup_task(line, n, &task))
        return EXIT_USAGE;
    return engine_setup_delivered(line,
                                  whatif_do_task(inputs->op, base, scenarios, &options, &task));
}

ExitCode command_whatif(const CommandLine *line) {
    return inputs_ask(line, ask);
}
