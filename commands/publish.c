#include <glib.h>
#include <stdio.h>

#include "commands/calendar_link.h"
#include "solver/language.h"

static const char *kind_word(PublishKind kind) {
    switch (kind) {
    case PUBLISH_NEW:
        return _("new");
    case PUBLISH_CHANGED:
        return _("changed");
    case PUBLISH_DELETED:
        return _("deleted");
    }
    return "";
}

/* `new: A3 Joan Hill, Technical visit, 2026-09-08 10:00` */
static void tell_changes(const CalendarLink *link, const Publication *publication) {
    for (guint i = 0; i < publication->changes->len; i++) {
        const PublishChange *change = &g_array_index(publication->changes, PublishChange, i);
        char *event = change->event != NULL
                          ? calendar_link_event(link, change->event)
                          : g_strdup(_("an event that the plan does not know any more"));
        printf(_("%s: %s\n"), kind_word(change->kind), event);
        g_free(event);
    }
}

static void tell_counts(const Publication *publication, bool dry_run) {
    int counts[PUBLISH_DELETED + 1] = {0};
    for (guint i = 0; i < publication->changes->len; i++)
        counts[g_array_index(publication->changes, PublishChange, i).kind]++;
    const char *format = dry_run ? _("The calendar would get: new %d, changed %d, deleted %d; "
                                     "unchanged %d\n")
                                 : _("The calendar got: new %d, changed %d, deleted %d; "
                                     "unchanged %d\n");
    printf(format, counts[PUBLISH_NEW], counts[PUBLISH_CHANGED], counts[PUBLISH_DELETED],
           publication->unchanged);
}

/* What somebody decided in the calendar is his; he is told how it gets into the plan. */
static void tell_proposals(const CalendarLink *link, const Publication *publication) {
    if (publication->proposals->len > 0)
        printf("%s\n", _("Left as they are in the calendar, where somebody changed them:"));
    for (guint i = 0; i < publication->proposals->len; i++) {
        char *sentence =
            calendar_link_proposal(link, &g_array_index(publication->proposals, Proposal, i));
        printf("  %s\n", sentence);
        g_free(sentence);
    }
    if (publication->proposals->len > 0)
        printf("%s\n", _("'pilote pull' notes them in progress.csv; the next plan keeps to them."));
    if (publication->unsettled > 0)
        printf(n_("%d event cannot be changed now, because it changed in the calendar meanwhile "
                  "or is there under another name\n",
                  "%d events cannot be changed now, because they changed in the calendar meanwhile "
                  "or are there under another name\n",
                  publication->unsettled),
               publication->unsettled);
}

ExitCode command_publish(const CommandLine *line) {
    CalendarLink link;
    ExitCode code = calendar_link_open(line, line->plan, &link);
    if (code == EXIT_DONE) {
        Publication publication;
        code = calendar_link_publish(&link, line->dry_run, &publication);
        if (line->dry_run)
            tell_changes(&link, &publication);
        if (!line->quiet && (code == EXIT_DONE || publication.changes->len > 0))
            tell_counts(&publication, line->dry_run);
        tell_proposals(&link, &publication);
        if (code == EXIT_DONE && (publication.proposals->len > 0 || publication.unsettled > 0))
            code = EXIT_SHORTFALL;
        publication_clear(&publication);
    }
    calendar_link_close(&link);
    return code;
}
