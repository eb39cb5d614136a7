/* command_table.h: the commands and options, for the files that parse them and explain them. */
#ifndef PILOTE_COMMAND_TABLE_H
#define PILOTE_COMMAND_TABLE_H

#include <stddef.h>

#include "io/command_line.h"

enum { MAX_OPERANDS = 4, MAX_OPTIONS = 64 };

typedef struct CommandInfo {
    const char *name;
    const char *operands; /* as shown in the usage */
    int min_operands, max_operands;
    size_t fields[MAX_OPERANDS]; /* of CommandLine: where each operand is kept */
    const char *summary, *details;
    const char *required[2]; /* names of the options without which it does nothing; or NULL */
} CommandInfo;

/* By Command, those that have a name; in the order of the help. */
extern const CommandInfo command_infos[];
enum { N_COMMANDS = COMMAND_HELP + 1 };

/* A command in a set of commands. */
#define FOR(command) (1U << (command))

/* The command line and what is known only while it is read. */
typedef struct Parsed {
    CommandLine line;
    bool help, version;
    int n_operands;                     /* with the command */
    const char *operands[MAX_OPERANDS]; /* behind the command */
    uint64_t given;                     /* bit i: options[i]; compared with the command */
} Parsed;

typedef struct Option {
    const char *name;
    char letter;                                 /* 0: none */
    unsigned commands;                           /* FOR() of those that know it */
    const char *argument;                        /* as shown in the help; NULL for a flag */
    bool (*read)(const char *text, void *field); /* NULL for a flag: the field is a bool */
    size_t offset;                               /* of the field in Parsed */
    const char *expected, *help;
} Option;

extern const Option options[];
extern const int n_options; /* at most MAX_OPTIONS */

#endif
