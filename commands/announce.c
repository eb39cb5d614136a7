#include <glib.h>
#include <stdio.h>

#include "commands/commands.h"
#include "io/note.h"
#include "solver/language.h"

/* The dates of the plan that nobody was told yet. Those of the past cannot be announced any more.
 */
static GArray *find_proposed(const Operation *op, const Plan *plan, date_t until) {
    GArray *notes = g_array_new(FALSE, FALSE, sizeof(Note));
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            const PlanTask *task = &plan->households[h].tasks[a];
            if (op->households[h].facts[a].status != STATUS_PROPOSED || task->start == DATE_NONE ||
                task->start < op->as_of || task->start > until)
                continue;
            Note note = {.household = h,
                         .task = a,
                         .start = task->start,
                         .start_minute = task->start_minute,
                         .finish = DATE_NONE,
                         .finish_minute = MINUTE_NONE,
                         .member = NONE,
                         .home = NONE};
            g_array_append_val(notes, note);
        }
    return notes;
}

static int count_households(const GArray *notes) {
    int n = 0;
    for (guint i = 0; i < notes->len; i++)
        n += i == 0 ||
             g_array_index(notes, Note, i).household != g_array_index(notes, Note, i - 1).household;
    return n;
}

static ExitCode announce(const CommandLine *line, Inputs *inputs) {
    Plan *plan = inputs_plan(line, inputs, true);
    if (plan == NULL)
        return EXIT_INPUTS;
    GArray *notes = find_proposed(inputs->op, plan, line->until);
    char *error = NULL;
    ExitCode code = EXIT_DONE;
    if (notes->len > 0 && !notes_write(inputs->op, (const Note *)(const void *)notes->data,
                                       (int)notes->len, inputs->faults, &error))
        code = error != NULL ? EXIT_OUTPUT : EXIT_INPUTS;
    if (error != NULL)
        say("%s", error);
    g_free(error);
    if (code == EXIT_DONE)
        printf(_("Noted in progress.csv as announced: dates: %d, households: %d\n"),
               (int)notes->len, count_households(notes));
    g_array_free(notes, TRUE);
    return code;
}

ExitCode command_announce(const CommandLine *line) {
    Inputs inputs;
    ExitCode code = EXIT_INPUTS;
    if (inputs_read(line, &inputs)) {
        faults_free(inputs.faults); /* warnings that are told again of the new file */
        inputs.faults = faults_new();
        code = announce(line, &inputs);
    }
    faults_print(inputs.faults, stderr, !line->quiet);
    if (code == EXIT_INPUTS)
        say(_("nothing was noted, because of the faults above"));
    inputs_free(&inputs);
    return code;
}
