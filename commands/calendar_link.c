#include "commands/calendar_link.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "io/tell.h"
#include "io/wall_clock.h"
#include "solver/language.h"

#define PASSWORD_VARIABLE "PILOTE_CALDAV_PASSWORD"

/* The first line of the file, or NULL after telling why not. */
static char *read_password(const char *path) {
    char *text = NULL;
    GError *error = NULL;
    struct stat status;
    if (!g_file_get_contents(path, &text, NULL, &error)) {
        say("%s", error->message);
        g_error_free(error);
        return NULL;
    }
    text[strcspn(text, "\r\n")] = '\0';
    if (stat(path, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        say(_("others can read the password in '%s'; chmod 600 makes it yours alone"), path);
    return text;
}

/* From the file or the environment, never from the command line, which everybody can see. */
static ExitCode find_password(const CommandLine *line, CalendarLink *link) {
    link->password = line->password_file != NULL ? read_password(line->password_file)
                                                 : g_strdup(g_getenv(PASSWORD_VARIABLE));
    if (link->password != NULL && link->password[0] != '\0')
        return EXIT_DONE;
    if (line->password_file == NULL || link->password != NULL)
        say(_("the password is missing: put it into the variable %s of the environment, or into a "
              "file of its own that --password-file names"),
            PASSWORD_VARIABLE);
    return EXIT_USAGE;
}

static bool has_member(const Events *events, const char *id) {
    for (int m = 0; m < events->n_members; m++)
        if (g_str_equal(events->members[m].id, id))
            return true;
    for (int i = 0; i < events->n_past; i++)
        if (event_has_member(&events->past[i], id))
            return true;
    return false;
}

static ExitCode read_link(const CommandLine *line, const char *plan, CalendarLink *link) {
    link->events = events_read(plan, link->arena, false, link->faults);
    if (link->events != NULL)
        link->state = caldav_state_read(link->folder, link->faults);
    faults_print(link->faults, stderr, !line->quiet);
    if (link->events == NULL || link->state == NULL)
        return EXIT_INPUTS;
    const Events *events = link->events;
    language_set(events->language);
    if (line->member != NULL && !has_member(events, line->member)) {
        say(_("there is no resource '%s'"), line->member);
        return EXIT_USAGE;
    }
    AudienceKind kind = line->member != NULL ? AUDIENCE_MEMBER : AUDIENCE_PILOT;
    link->writer = (IcsWriter){events, audience_of(events, kind, line->member),
                               wall_clock_zone(events->timezone)};
    if (link->writer.zone == NULL) {
        say(_("this machine does not know the time zone '%s'; the package tzdata has the zones of "
              "the world"),
            events->timezone);
        return EXIT_INPUTS;
    }
    return EXIT_DONE;
}

/* Two runs that send at once would each forget what the other has sent. */
static ExitCode take_folder(CalendarLink *link) {
    int error;
    if (!g_file_test(link->folder, G_FILE_TEST_IS_DIR))
        return EXIT_DONE; /* read_link() tells what is missing */
    link->lock = folder_lock(link->folder, "caldav", &error);
    if (link->lock != NULL)
        return EXIT_DONE;
    if (error == EWOULDBLOCK)
        say(_("another run of pilote is busy with the calendar of '%s': wait until it has ended"),
            link->folder);
    else
        say(_("what is sent cannot be noted in the folder '%s': %s"), link->folder,
            g_strerror(error));
    return EXIT_OUTPUT;
}

ExitCode calendar_link_open(const CommandLine *line, const char *plan, CalendarLink *link) {
    *link = (CalendarLink){
        .arena = arena_new(), .faults = faults_new(), .folder = g_path_get_dirname(plan)};
    ExitCode code = take_folder(link);
    if (code == EXIT_DONE)
        code = read_link(line, plan, link);
    if (code == EXIT_DONE)
        code = find_password(line, link);
    if (code != EXIT_DONE)
        return code;
    char *error = NULL;
    link->login = (CaldavLogin){line->caldav, line->user, link->password, line->ca_file};
    link->publisher = (Publisher){.writer = &link->writer,
                                  .caldav = caldav_open(&link->login, link->writer.zone, &error),
                                  .sent = caldav_state_of(link->state, line->caldav)};
    if (link->publisher.caldav == NULL) {
        say("%s", error);
        code = EXIT_USAGE;
    }
    g_free(error);
    return code;
}

void calendar_link_close(CalendarLink *link) {
    caldav_close(link->publisher.caldav);
    caldav_state_free(link->state);
    if (link->writer.zone != NULL)
        g_time_zone_unref(link->writer.zone);
    if (link->password != NULL)
        explicit_bzero(link->password, strlen(link->password));
    g_free(link->password);
    folder_unlock(link->lock);
    g_free(link->folder);
    faults_free(link->faults);
    arena_free(link->arena);
}

ExitCode calendar_link_publish(CalendarLink *link, bool look_only, Publication *publication) {
    char *error = NULL;
    link->publisher.look_only = look_only;
    bool good = publish(&link->publisher, publication, &error);
    if (!good)
        say("%s", error);
    g_free(error);
    /* What was sent was sent, whatever came after it. */
    if (!look_only && !caldav_state_write(link->state, link->folder, &error)) {
        say("%s", error);
        g_free(error);
        good = false;
    }
    return good ? EXIT_DONE : EXIT_OUTPUT;
}

char *calendar_link_event(const CalendarLink *link, const Event *event) {
    const Operation speaking = {.language = link->events->language};
    const EventHousehold *household = event->household;
    char text[DATE_TEXT] = "";
    if (event->start != DATE_NONE)
        tell_moment(&speaking, event->start, event->start_minute, text);
    char *told =
        g_strdup_printf("%s%s%s, %s, %s", household->id, household->name[0] != '\0' ? " " : "",
                        household->name, event->label, text);
    char *harmless = fault_text(told);
    g_free(told);
    return harmless;
}

char *calendar_link_proposal(const CalendarLink *link, const Proposal *proposal) {
    const Operation speaking = {.language = link->events->language};
    char text[DATE_TEXT], *event = calendar_link_event(link, proposal->event), *sentence = NULL;
    switch (proposal->kind) {
    case PROPOSAL_MOVED:
        /* TRANSLATORS: whom, what and when; a date */
        sentence = g_strdup_printf(_("%s: moved in the calendar to %s"), event,
                                   tell_moment(&speaking, proposal->date, proposal->minute, text));
        break;
    case PROPOSAL_CANCELLED:
        sentence = g_strdup_printf(_("%s: cancelled in the calendar"), event);
        break;
    case PROPOSAL_UNCLEAR:
        sentence = g_strdup_printf(
            _("%s: changed in the calendar in a way that is not understood; look at it there"),
            event);
        break;
    }
    g_free(event);
    return sentence;
}
