/*
 * command_line.h: what the words on the command line ask for, and the help about them.
 *
 * One table of options and one of commands (in command_table.c) are the source of parsing, help
 * and hints. Options may stand anywhere; `--` ends them; names may be shortened as long as they
 * are clear; the last one wins.
 */
#ifndef PILOTE_COMMAND_LINE_H
#define PILOTE_COMMAND_LINE_H

#include "solver/operation.h"

typedef enum Command {
    COMMAND_CHECK,
    COMMAND_PLAN,
    COMMAND_VERIFY,
    COMMAND_RECORD,
    COMMAND_ANNOUNCE,
    COMMAND_DIFF,
    COMMAND_WHATIF,
    COMMAND_TOLERANCE,
    COMMAND_RISK,
    COMMAND_EXPORT,
    COMMAND_PUBLISH,
    COMMAND_PULL,
    COMMAND_ANONYMISE,
    COMMAND_OFFER,
    COMMAND_EXPLAIN,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_NONE
} Command;

enum { MAX_THREADS = 256, MAX_REPEATED = 64 };

/* The values of an option that may be given several times, in their order. */
typedef struct TextList {
    int n;
    const char *texts[MAX_REPEATED]; /* belong to argv */
} TextList;

/* How the value of --audience begins; an id follows. */
#define AUDIENCE_CONTRACTOR "contractor="
#define AUDIENCE_OF_HOUSEHOLD "household="

/* A date, or a date and a time. */
typedef struct Moment {
    date_t date;     /* or DATE_NONE */
    minute_t minute; /* or MINUTE_NONE */
} Moment;

/* Whole numbers from first to last, both included. */
typedef struct Range {
    int first, last;
} Range;

typedef struct CommandLine {
    Command command;
    Command topic;                         /* of COMMAND_HELP: a command, or COMMAND_NONE for all */
    const char *folder;                    /* DIR; this and the texts below belong to argv */
    const char *plan;                      /* a plan.json: PLAN of verify, NEW of diff, or NULL */
    const char *output;                    /* folder of the results, or NULL; OUT of anonymise */
    const char *previous;                  /* last week's plan.json, OLD of diff, or NULL */
    const char *mps;                       /* file for the compact program, or NULL */
    const char *household, *task, *status; /* as they were typed, or NULL */
    const char *member, *home;             /* of record (member also of publish, pull), or NULL */
    Moment start, finish;                  /* of record */
    date_t from, until;                    /* of offer (until: of announce too), or DATE_NONE */
    int count;                             /* of offer: how many at most */
    bool late;                             /* of offer: evenings only */
    const char *freed;                     /* of offer: a member, or NULL */
    Moment freed_start;                    /* of offer --freed */
    const char *language;                  /* of answers, instead of the operation's; or NULL */
    date_t as_of;                          /* or DATE_NONE */
    double time_limit;                     /* seconds, 0: until the first plan */
    double gap;                            /* 0 <= gap < 1 */
    int64_t seed;                          /* >= 0 */
    int rounds;                            /* of the search; 0: no limit */
    int threads;                           /* 0: one per processor */
    const char *ics;                       /* folder of the calendars, or NULL */
    bool households;                       /* calendars for households too */
    const char *html, *audience;         /* file of the report, and for whom: see below; or NULL */
    bool no_report;                      /* of plan */
    const char *caldav, *user;           /* of publish and pull: address and login */
    const char *password_file, *ca_file; /* the same, or NULL */
    bool dry_run;                        /* of publish */
    bool yes;                            /* of pull: without a question */
    TextList slips, scenarios;           /* of whatif: what may happen; files of it */
    int samples;                         /* of risk, at most */
    int engine;                          /* EngineKind of scenarios/engine.h */
    const char *work;                    /* folder of an engine's results, or NULL */
    Range jobs;                          /* the only jobs to be done; first NONE: all */
    char *const *words;                  /* the whole command line */
    bool csv;                            /* of whatif, tolerance, risk */
    bool json, quiet, verbose;
    bool log; /* the course of the search; --verbose of plan asks for it, too */
} CommandLine;

/* Reads the command line. On wrong usage returns false with a translated sentence in *error (free
 * it with g_free()) and the command, as far as it is known, in line->command. */
bool command_line_parse(int argc, char *const *argv, CommandLine *line, char **error);

/* The help on one command, or of the whole program for COMMAND_NONE; translated, 80 columns, to be
 * freed with g_free(). */
char *command_line_help(Command topic);

/* "plan" for COMMAND_PLAN, and so on; NULL for those that have no name. */
const char *command_name(Command command);

#endif
