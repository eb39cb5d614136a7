#include <stdio.h>

#include "commands/commands.h"
#include "io/check.h"
#include "solver/language.h"

ExitCode command_check(const CommandLine *line) {
    Inputs inputs;
    bool good = inputs_read(line, &inputs);
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
