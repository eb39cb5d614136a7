#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "commands/calendar_link.h"
#include "io/note.h"
#include "io/tell.h"
#include "solver/language.h"

/* The household and task of an event; false when the operation has no such thing any more. */
static bool find_task(const Operation *op, const Event *event, Note *note) {
    for (int h = 0; h < op->n_households; h++) {
        if (!g_str_equal(op->households[h].id, event->household->id))
            continue;
        note->household = h;
        note->task = package_task(household_package(op, h), event->task);
        return note->task != NONE;
    }
    return false;
}

/* What has to be noted of the proposal, or false: nothing that is not noted already. */
static bool make_note(const Operation *op, const Proposal *proposal, Note *note) {
    *note = (Note){.start = DATE_NONE,
                   .start_minute = MINUTE_NONE,
                   .finish = DATE_NONE,
                   .finish_minute = MINUTE_NONE,
                   .member = NONE,
                   .home = NONE};
    if (proposal->kind == PROPOSAL_UNCLEAR || !find_task(op, proposal->event, note))
        return false;
    const Task *task = &household_package(op, note->household)->tasks[note->task];
    const Fact *fact = &op->households[note->household].facts[note->task];
    if (fact->status == STATUS_DONE || fact->status == STATUS_STARTED)
        return false;
    if (proposal->kind == PROPOSAL_CANCELLED) {
        note->withdrawn = true;
        return fact->status != STATUS_PROPOSED;
    }
    /* Who moves a date in his own calendar has agreed it. */
    note->status = tell_french(op) ? "confirmé" : status_names[STATUS_CONFIRMED];
    note->start = proposal->date;
    note->start_minute = task->minutes > 0 ? proposal->minute : MINUTE_NONE;
    return fact->status != STATUS_CONFIRMED || fact->start != note->start ||
           fact->start_minute != note->start_minute;
}

/* `A3,visit,confirmed,2026-09-08T10:30`, as it will stand in the file, more or less. */
static void tell_note(const Operation *op, const Note *note) {
    const Household *household = &op->households[note->household];
    const char *task = household_package(op, note->household)->tasks[note->task].id;
    char text[DATE_TEXT];
    if (note->withdrawn)
        printf(_("  to be removed: %s, %s\n"), household->id, task);
    else
        printf(_("  to be noted: %s, %s, %s, %s\n"), household->id, task, note->status,
               tell_moment(op, note->start, note->start_minute, text));
}

/* Tells what was decided in the calendar and collects what is to be noted of it. */
static GArray *collect(const CalendarLink *link, const Operation *op,
                       const Publication *publication) {
    GArray *notes = g_array_new(FALSE, FALSE, sizeof(Note));
    for (guint i = 0; i < publication->proposals->len; i++) {
        const Proposal *proposal = &g_array_index(publication->proposals, Proposal, i);
        Note note;
        char *sentence = calendar_link_proposal(link, proposal);
        printf("%s\n", sentence);
        g_free(sentence);
        if (make_note(op, proposal, &note)) {
            tell_note(op, &note);
            g_array_append_val(notes, note);
        }
    }
    return notes;
}

/* Whether the person at the keyboard says yes. */
static bool agreed(guint n) {
    char answer[16] = "";
    printf(
        n_("Change %u line of progress.csv? [y/N] ", "Change %u lines of progress.csv? [y/N] ", n),
        n);
    fflush(stdout);
    if (fgets(answer, sizeof answer, stdin) == NULL)
        putchar('\n');
    /* TRANSLATORS: the letters with which a yes may begin */
    return answer[0] != '\0' && strchr(_("yY"), answer[0]) != NULL;
}

static ExitCode note_down(const CommandLine *line, Inputs *inputs, const GArray *notes) {
    if (!line->yes && !agreed(notes->len)) {
        say(_("nothing was noted"));
        return EXIT_SHORTFALL;
    }
    char *error = NULL;
    bool written = notes_write(inputs->op, (const Note *)(const void *)notes->data, (int)notes->len,
                               inputs->faults, &error);
    ExitCode code = written ? EXIT_DONE : error != NULL ? EXIT_OUTPUT : EXIT_INPUTS;
    if (error != NULL)
        say("%s", error);
    else if (!written)
        say(_("nothing was noted, because of the faults above"));
    else
        printf(n_("%u line of progress.csv was changed; plan again to follow it\n",
                  "%u lines of progress.csv were changed; plan again to follow them\n", notes->len),
               notes->len);
    g_free(error);
    return code;
}

static ExitCode pull(const CommandLine *line, CalendarLink *link, Inputs *inputs) {
    Publication publication;
    ExitCode code = calendar_link_publish(link, true, &publication);
    if (code == EXIT_DONE) {
        GArray *notes = collect(link, inputs->op, &publication);
        if (publication.proposals->len == 0 && !line->quiet)
            puts(_("nothing was decided in the calendar"));
        if (notes->len > 0)
            code = note_down(line, inputs, notes);
        g_array_free(notes, TRUE);
    }
    publication_clear(&publication);
    return code;
}

ExitCode command_pull(const CommandLine *line) {
    Inputs inputs;
    ExitCode code = EXIT_INPUTS;
    if (inputs_read(line, &inputs)) {
        faults_free(inputs.faults); /* warnings that are told again of the new file */
        inputs.faults = faults_new();
        char *plan = line->plan != NULL ? g_strdup(line->plan)
                                        : g_build_filename(line->folder, "plan", "plan.json", NULL);
        CalendarLink link;
        code = calendar_link_open(line, plan, &link);
        if (code == EXIT_DONE)
            code = pull(line, &link, &inputs);
        calendar_link_close(&link);
        g_free(plan);
    }
    faults_print(inputs.faults, stderr, !line->quiet);
    inputs_free(&inputs);
    return code;
}
