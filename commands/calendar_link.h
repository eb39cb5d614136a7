/* calendar_link.h: a plan and its calendar on a server, for the commands that keep them equal. */
#ifndef PILOTE_CALENDAR_LINK_H
#define PILOTE_CALENDAR_LINK_H

#include "commands/commands.h"
#include "io/caldav_state.h"
#include "io/folder_lock.h"
#include "io/publish.h"

typedef struct CalendarLink {
    Arena *arena;
    Faults *faults;
    Events *events;
    IcsWriter writer;
    char *folder;       /* of the plan and of the state */
    FolderLock *lock;   /* of the folder: one run at a time sends */
    CaldavState *state; /* what was sent */
    char *password;
    CaldavLogin login;
    Publisher publisher;
} CalendarLink;

/* Reads the plan and the state and finds the password. Anything but EXIT_DONE was told. Close it
 * in both cases with calendar_link_close(). */
ExitCode calendar_link_open(const CommandLine *line, const char *plan, CalendarLink *link);

void calendar_link_close(CalendarLink *link);

/* Compares the calendar with the plan and makes it equal, unless `look_only`. EXIT_DONE, or
 * EXIT_OUTPUT after telling why it was not done to the end. `publication` is to be cleared. */
ExitCode calendar_link_publish(CalendarLink *link, bool look_only, Publication *publication);

/* `A3 Joan Hill, Technical visit, 2026-09-08 10:00`; free with g_free(). */
char *calendar_link_event(const CalendarLink *link, const Event *event);

/* What was decided in the calendar, as a sentence; free with g_free(). */
char *calendar_link_proposal(const CalendarLink *link, const Proposal *proposal);

#endif
