/*
 * commands.h: what each command does, from the words on the command line to its exit code.
 *
 * Results go to stdout, everything else to stderr. A command returns and never exits.
 */
#ifndef PILOTE_COMMANDS_H
#define PILOTE_COMMANDS_H

#include "io/command_line.h"
#include "io/events.h"
#include "io/fault.h"
#include "io/snapshot.h"
#include "solver/search/standing.h"
#include "solver/verify.h"

typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_SHORTFALL = 1, /* broken promises or unplanned households */
    EXIT_USAGE = 2,
    EXIT_INPUTS = 3,
    EXIT_OUTPUT = 4,
    EXIT_INTERNAL = 5
} ExitCode;

ExitCode command_check(const CommandLine *line);
ExitCode command_plan(const CommandLine *line);
ExitCode command_verify(const CommandLine *line);
ExitCode command_record(const CommandLine *line);
ExitCode command_announce(const CommandLine *line);
ExitCode command_diff(const CommandLine *line);
ExitCode command_whatif(const CommandLine *line);
ExitCode command_tolerance(const CommandLine *line);
ExitCode command_risk(const CommandLine *line);
ExitCode command_export(const CommandLine *line);
ExitCode export_report(const CommandLine *line, Faults *faults); /* of command_export() */
ExitCode command_publish(const CommandLine *line);
ExitCode command_pull(const CommandLine *line);
ExitCode command_anonymise(const CommandLine *line);
ExitCode command_offer(const CommandLine *line);
ExitCode command_explain(const CommandLine *line);

/* What a command reads. */
typedef struct Inputs {
    Operation *op;
    Plan *previous;  /* or NULL */
    Snapshot before; /* last week's plan with its own operation; NULLs when it does not hold it */
    Events *told;    /* what calendars know by the previous plan, or NULL; read by plan */
    Arena *arena;    /* of all plans */
    Faults *faults;
    int64_t begin; /* of reading, as g_get_monotonic_time() tells it */
} Inputs;

/* Reads the operation and the previous plan. Returns false when an error was found; faults are
 * printed by the caller. Free what was read, in either case, with inputs_free(). */
bool inputs_read(const CommandLine *line, Inputs *inputs);

/* Reads the operation, calls ask(), tells the faults, and after bad ones that nothing was done, and
 * frees what was read. */
ExitCode inputs_ask(const CommandLine *line,
                    ExitCode (*ask)(const CommandLine *line, Inputs *inputs));

/* Reads the plan of --plan, else that in the operation's folder, against inputs->op. NULL when it
 * is not there, which is a fault when it is `required`, and after a fault. It may be
 * older than the files. */
Plan *inputs_plan(const CommandLine *line, Inputs *inputs, bool required);

/* The same plan as one that stands, for answers about it; NULL after a fault, or after saying that
 * it does not keep the rules any more. Free it with standing_free(). */
Standing *standing_read(const CommandLine *line, Inputs *inputs);

void inputs_free(Inputs *inputs);

/* The index of what has this id, or NONE after saying that there is nothing of the kind, with the
 * nearest id that there is. */
int named_household(const Operation *op, const char *name);
int named_task(const Operation *op, int household, const char *name);
int named_resource(const Operation *op, const char *name);
int named_home(const Operation *op, const char *name);

/* Whether the path is a folder; otherwise with errno. */
bool is_folder(const char *path);

/* One line on stderr. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* EXIT_DONE, or EXIT_SHORTFALL when promises are broken or households unplanned. */
ExitCode verdict_exit_code(const Operation *op, const Verdict *verdict);

#endif
