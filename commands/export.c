#include <glib.h>
#include <stdio.h>

#include "commands/commands.h"
#include "io/ics_files.h"
#include "solver/language.h"

/* `Written: ...`, with what was written for whom. */
static void tell_count(const char *folder, const IcsCount *count) {
    printf(_("Written: %s/pilot.ics\n"), folder);
    printf(
        n_("and the calendar of %d member\n", "and the calendars of %d members\n", count->members),
        count->members);
    if (count->households > 0)
        printf(n_("and the calendar of %d household\n", "and the calendars of %d households\n",
                  count->households),
               count->households);
    if (count->emptied > 0)
        printf(n_("%d calendar of somebody who is not in the plan any more is empty now\n",
                  "%d calendars of those who are not in the plan any more are empty now\n",
                  count->emptied),
               count->emptied);
}

static ExitCode export_calendars(const CommandLine *line, Faults *faults) {
    Arena *arena = arena_new();
    ExitCode code = EXIT_INPUTS;
    Events *events = events_read(line->plan, arena, false, faults);
    if (events != NULL) {
        language_set(events->language);
        IcsCount count;
        char *error = NULL;
        code = ics_write_files(events, line->ics, line->households, &count, &error) ? EXIT_DONE
                                                                                    : EXIT_OUTPUT;
        if (code != EXIT_DONE)
            say("%s", error);
        else if (!line->quiet)
            tell_count(line->ics, &count);
        g_free(error);
    }
    arena_free(arena);
    return code;
}

ExitCode command_export(const CommandLine *line) {
    Faults *faults = faults_new();
    ExitCode code = EXIT_DONE;
    if (line->ics != NULL)
        code = export_calendars(line, faults);
    if (code == EXIT_DONE && line->html != NULL)
        code = export_report(line, faults);
    faults_print(faults, stderr, !line->quiet);
    faults_free(faults);
    return code;
}
