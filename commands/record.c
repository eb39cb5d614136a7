#include <glib.h>
#include <stdio.h>

#include "commands/commands.h"
#include "io/note.h"
#include "io/tell.h"
#include "solver/language.h"

/* What the words name; false after saying what they do not. */
static bool find_names(const CommandLine *line, const Operation *op, Note *note) {
    note->household = named_household(op, line->household);
    if (note->household == NONE)
        return false;
    note->task = named_task(op, note->household, line->task);
    if (line->member != NULL)
        note->member = named_resource(op, line->member);
    if (line->home != NULL)
        note->home = named_home(op, line->home);
    return note->task != NONE && (line->member == NULL || note->member != NONE) &&
           (line->home == NULL || note->home != NONE);
}

/* What nobody said is as the plan has it: the date and, of what has taken place, who did it and
 * where the household lives now. */
static void complete(const Operation *op, const Plan *plan, Status status, Note *note) {
    const Task *task = &household_package(op, note->household)->tasks[note->task];
    const Fact *fact = &op->households[note->household].facts[note->task];
    const PlanHousehold *household = &plan->households[note->household];
    const PlanTask *dated = &household->tasks[note->task];
    if (dated->start == DATE_NONE)
        return;
    if (note->start == DATE_NONE && fact->start == DATE_NONE) {
        note->start = dated->start;
        note->start_minute = dated->start_minute;
    }
    if (status != STATUS_DONE && status != STATUS_STARTED)
        return;
    for (int i = 0; i < task->n_needs && note->member == NONE && fact->member == NONE; i++)
        note->member = household->members[task->needs[i].role];
    if (task->move == MOVE_OUT && note->home == NONE && fact->home == NONE)
        note->home = household->home;
}

static ExitCode note_down(Inputs *inputs, const Note *note) {
    const Operation *op = inputs->op;
    const Fact *fact = &op->households[note->household].facts[note->task];
    Moment start = note->start != DATE_NONE ? (Moment){note->start, note->start_minute}
                                            : (Moment){fact->start, fact->start_minute};
    if (start.date == DATE_NONE) {
        say(_("the date is missing: neither progress.csv nor the plan has one for this task; give "
              "it with --start"));
        return EXIT_USAGE;
    }
    char *error = NULL;
    bool written = notes_write(op, note, 1, inputs->faults, &error);
    char text[DATE_TEXT];
    if (written)
        printf(_("Noted in progress.csv: %s, %s, %s, %s\n"), op->households[note->household].id,
               household_package(op, note->household)->tasks[note->task].id, note->status,
               tell_moment(op, start.date, start.minute, text));
    else if (error != NULL)
        say("%s", error);
    ExitCode code = written ? EXIT_DONE : error != NULL ? EXIT_OUTPUT : EXIT_INPUTS;
    g_free(error);
    return code;
}

ExitCode command_record(const CommandLine *line) {
    Inputs inputs;
    Note note = {.status = line->status,
                 .start = line->start.date,
                 .start_minute = line->start.minute,
                 .finish = line->finish.date,
                 .finish_minute = line->finish.minute,
                 .member = NONE,
                 .home = NONE};
    ExitCode code = EXIT_INPUTS;
    Status status = STATUS_ANNOUNCED;
    if (inputs_read(line, &inputs)) {
        faults_free(inputs.faults); /* warnings that are told again of the new file */
        inputs.faults = faults_new();
        if (!find_names(line, inputs.op, &note)) {
            code = EXIT_USAGE;
        } else {
            Plan *plan = inputs_plan(line, &inputs, false);
            if (plan != NULL && note_status(line->status, &status))
                complete(inputs.op, plan, status, &note);
            if (faults_count(inputs.faults, FAULT_ERROR) == 0)
                code = note_down(&inputs, &note);
        }
    }
    faults_print(inputs.faults, stderr, !line->quiet);
    if (code == EXIT_INPUTS)
        say(_("nothing was noted, because of the faults above"));
    inputs_free(&inputs);
    return code;
}
