#include "io/command_line.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

#include "io/words.h"
#include "solver/language.h"

/* Marks words for translation that are translated where they are used. */
#define N_(text) (text)

enum { HELP_COLUMN = 26, HELP_WIDTH = 79, MAX_OPERANDS = 2 };

typedef struct CommandInfo {
    const char *name;
    const char *operands; /* as shown in the usage */
    int min_operands, max_operands;
    const char *summary, *details;
} CommandInfo;

static const CommandInfo commands[] = {
    [COMMAND_CHECK] =
        {"check", "DIR", 1, 1, N_("read the operation in the folder DIR and tell every fault"),
         N_("Reads all files of the operation in the folder DIR and lists everything that is "
            "wrong with them, and the households that could never be planned. Nothing is written. "
            "The exit code is 0 when there is nothing to correct and 3 otherwise.")},
    [COMMAND_PLAN] =
        {"plan", "DIR", 1, 1, N_("make a plan and write it"),
         N_("Plans the operation in the folder DIR: a date for every task, a time for every "
            "appointment. Writes plan.json and calendar.csv and prints a summary. Ctrl-C ends the "
            "search early; the best plan found until then is written. An earlier plan in the "
            "output folder is replaced, and is taken into account only when --previous names it.")},
    [COMMAND_VERIFY] =
        {"verify", "DIR PLAN", 2, 2, N_("check a plan against the operation"),
         N_("Checks the file PLAN (a plan.json) against the operation in the folder DIR and lists "
            "every rule that it breaks. The exit code is 3 when it breaks any; otherwise it is 0, "
            "or 1 when promises are broken or households are unplanned.")},
    [COMMAND_HELP] = {"help", "[COMMAND]", 0, 1, N_("explain the program or one command"),
                      N_("Explains the program, or one of its commands.")},
};
enum { N_COMMANDS = G_N_ELEMENTS(commands) };

#define FOR(command) (1U << (command))
enum {
    READING = FOR(COMMAND_CHECK) | FOR(COMMAND_PLAN) | FOR(COMMAND_VERIFY),
    PREVIOUS = FOR(COMMAND_PLAN) | FOR(COMMAND_VERIFY),
    PLANNING = FOR(COMMAND_PLAN),
    EVERYWHERE = ~0U >> 1
};

/* Readers of option values: whether the text is understood; *field is written only then. */

static bool read_text(const char *text, void *field) {
    *(const char **)field = text;
    return text[0] != '\0';
}

static bool read_date(const char *text, void *field) {
    return words_date(text, field);
}

/* A plain decimal number, no sign, exponent, inf or nan. `*end` is set behind it. */
static bool read_decimal(const char *text, double *number, const char **end) {
    size_t length = strspn(text, "0123456789.,");
    char *plain = g_strndup(text, length);
    g_strdelimit(plain, ",", '.');
    char *stop = plain;
    *number = g_ascii_strtod(plain, &stop);
    bool good = length > 0 && *stop == '\0' && g_ascii_isdigit(plain[length - 1]);
    g_free(plain);
    *end = text + length;
    return good;
}

static bool read_seconds(const char *text, void *field) {
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"", 1}, {"s", 1}, {"min", 60}, {"h", 3600}};
    const double year = 366.0 * 24 * 3600;
    double number = 0;
    const char *unit = "";
    if (!read_decimal(text, &number, &unit))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_str_equal(unit, units[i].unit) && number * units[i].seconds <= year) {
            *(double *)field = number * units[i].seconds;
            return true;
        }
    }
    return false;
}

static bool read_gap(const char *text, void *field) {
    double number = 0;
    const char *unit = "";
    if (!read_decimal(text, &number, &unit) || (*unit != '\0' && !g_str_equal(unit, "%")))
        return false;
    number = *unit == '%' ? number / 100 : number;
    if (number >= 1)
        return false;
    *(double *)field = number;
    return true;
}

static bool read_seed(const char *text, void *field) {
    int64_t seed = 0;
    if (!words_whole(text, &seed) || seed < 0)
        return false;
    *(int64_t *)field = seed;
    return true;
}

static bool read_threads(const char *text, void *field) {
    int64_t threads = 0;
    if (!words_whole(text, &threads) || threads < 1 || threads > MAX_THREADS)
        return false;
    *(int *)field = (int)threads;
    return true;
}

typedef struct Option {
    const char *name;
    char letter;                                 /* 0: none */
    unsigned commands;                           /* FOR() of those that know it */
    const char *argument;                        /* as shown in the help; NULL for a flag */
    bool (*read)(const char *text, void *field); /* NULL for a flag: the field is a bool */
    size_t offset;                               /* of the field in Parsed */
    const char *expected, *help;
} Option;

/* The command line and what is known only while it is read. */
typedef struct Parsed {
    CommandLine line;
    bool help, version;
    int n_operands;                     /* with the command */
    const char *operands[MAX_OPERANDS]; /* behind the command */
    uint32_t given;                     /* bit i: options[i]; compared with the command */
} Parsed;

#define FIELD(name) offsetof(Parsed, line.name)

static const Option options[] = {
    {"output", 'o', PLANNING, "FOLDER", read_text, FIELD(output), N_("the name of a folder"),
     N_("write the results into this folder (default: DIR/plan)")},
    {"previous", 'p', PREVIOUS, "PLAN", read_text, FIELD(previous), N_("the name of a file"),
     N_("last week's plan.json: its dates are kept where possible")},
    {"as-of", 0, READING, "DATE", read_date, FIELD(as_of), N_("a date like 2026-09-14"),
     N_("the day on which the plan is made (default: operation.json's, else today)")},
    {"time-limit", 't', PLANNING, "TIME", read_seconds, FIELD(time_limit),
     N_("a time like 60, 90s, 5min or 2h, at most a year"),
     N_("how long to search, in seconds, or with s, min or h (default 60); 0 stops with the first "
        "plan")},
    {"gap", 'g', PLANNING, "GAP", read_gap, FIELD(gap), N_("a share like 0.05 or 5%, below 1"),
     N_("stop when the plan is proven to be this near to the best one possible, like 0.01 or 1% "
        "(default 0)")},
    {"seed", 's', PLANNING, "NUMBER", read_seed, FIELD(seed), N_("a whole number from 0 on"),
     N_("the start of all random choices (default 1); the same seed gives the same plan")},
    {"threads", 'j', PLANNING, "NUMBER", read_threads, FIELD(threads),
     N_("a whole number from 1 to 256"),
     N_("how many processors to use (default: all); changes nothing in the plan")},
    {"write-mps", 0, PLANNING, "FILE", read_text, FIELD(mps), N_("the name of a file"),
     N_("instead of planning, write the operation as an integer program for other solvers")},
    {"json", 0, PREVIOUS, NULL, NULL, FIELD(json), NULL,
     N_("print the result as one line of JSON instead of text")},
    {"log", 0, PLANNING, NULL, NULL, FIELD(log), NULL,
     N_("tell each phase and each improvement of the search, in English; with --json as JSON "
        "objects, one on each line")},
    {"quiet", 'q', READING, NULL, NULL, FIELD(quiet), NULL,
     N_("no progress and no warnings, only results and errors")},
    {"verbose", 'v', READING, NULL, NULL, FIELD(verbose), NULL,
     N_("tell what is being done, in English; for plan: what was read, and --log")},
    {"help", 'h', EVERYWHERE, NULL, NULL, offsetof(Parsed, help), NULL, N_("explain and stop")},
    {"version", 'V', EVERYWHERE, NULL, NULL, offsetof(Parsed, version), NULL,
     N_("tell the version and stop")},
};
enum { N_OPTIONS = G_N_ELEMENTS(options) };

const char *command_name(Command command) {
    return command <= COMMAND_HELP ? commands[command].name : NULL;
}

/* `unknown` as a sentence, with the name that was probably meant. */
static char *unknown_word(const char *sentence, const char *nearest) {
    /* TRANSLATORS: the first %s is a sentence without its full stop, the second a name */
    return nearest == NULL ? g_strdup(sentence)
                           : g_strdup_printf(_("%s (did you mean '%s'?)"), sentence, nearest);
}

static char *unknown_option(const char *name) {
    const char *names[N_OPTIONS];
    for (int i = 0; i < N_OPTIONS; i++)
        names[i] = options[i].name;
    const char *nearest = words_nearest(name, names, N_OPTIONS);
    char *dashed = nearest == NULL ? NULL : g_strconcat("--", nearest, NULL);
    char *sentence = g_strdup_printf(_("there is no option '--%s'"), name);
    char *error = unknown_word(sentence, dashed);
    g_free(sentence);
    g_free(dashed);
    return error;
}

static bool find_command(const char *name, Command *command, char **error) {
    const char *names[N_COMMANDS];
    for (int i = 0; i < N_COMMANDS; i++) {
        names[i] = commands[i].name;
        if (g_str_equal(name, names[i])) {
            *command = (Command)i;
            return true;
        }
    }
    char *sentence = g_strdup_printf(_("there is no command '%s'"), name);
    *error = unknown_word(sentence, words_nearest(name, names, N_COMMANDS));
    g_free(sentence);
    return false;
}

/* The option with this name or the only one that begins so. */
static const Option *find_long(const char *name, char **error) {
    const Option *found = NULL;
    for (int i = 0; i < N_OPTIONS; i++) {
        if (g_str_equal(options[i].name, name))
            return &options[i];
        if (name[0] == '\0' || !g_str_has_prefix(options[i].name, name))
            continue;
        if (found != NULL) {
            *error = g_strdup_printf(_("'--%s' may mean '--%s' or '--%s'"), name, found->name,
                                     options[i].name);
            return NULL;
        }
        found = &options[i];
    }
    if (found == NULL)
        *error = unknown_option(name);
    return found;
}

static const Option *find_letter(char letter, char **error) {
    for (int i = 0; i < N_OPTIONS; i++)
        if (options[i].letter == letter)
            return &options[i];
    *error = g_ascii_isgraph(letter) ? g_strdup_printf(_("there is no option '-%c'"), letter)
                                     : g_strdup(_("there is no such option"));
    return NULL;
}

static bool set_option(Parsed *parsed, const Option *option, const char *value, char **error) {
    char *field = (char *)parsed + option->offset;
    parsed->given |= 1U << (option - options);
    if (option->read == NULL) {
        *(bool *)field = true;
        return true;
    }
    if (option->read(value, field))
        return true;
    *error = g_strdup_printf(_("option '--%s': got '%s', expected %s"), option->name, value,
                             _(option->expected));
    return false;
}

/* The value of an option: `attached` to it, or else the next word. */
static bool take_value(Parsed *parsed, const Option *option, const char *attached,
                       char *const **next, char **error) {
    const char *value = attached;
    if (value == NULL && **next != NULL)
        value = *(*next)++;
    if (value == NULL) {
        *error = g_strdup_printf(_("option '--%s' needs a value: %s"), option->name,
                                 _(option->expected));
        return false;
    }
    return set_option(parsed, option, value, error);
}

/* A word `--name`, `--name=value`, `--name value`. */
static bool parse_long(Parsed *parsed, const char *word, char *const **next, char **error) {
    const char *equals = strchr(word, '=');
    char *name = equals == NULL ? g_strdup(word) : g_strndup(word, (gsize)(equals - word));
    const Option *option = find_long(name, error);
    g_free(name);
    if (option == NULL)
        return false;
    if (option->read != NULL)
        return take_value(parsed, option, equals == NULL ? NULL : equals + 1, next, error);
    if (equals != NULL) {
        *error = g_strdup_printf(_("option '--%s' takes no value"), option->name);
        return false;
    }
    return set_option(parsed, option, NULL, error);
}

/* A word `-v`, `-qv`, `-oplan`, `-o plan`. */
static bool parse_letters(Parsed *parsed, const char *word, char *const **next, char **error) {
    for (; *word != '\0'; word++) {
        const Option *option = find_letter(*word, error);
        if (option == NULL)
            return false;
        if (option->read != NULL)
            return take_value(parsed, option, word[1] != '\0' ? word + 1 : NULL, next, error);
        set_option(parsed, option, NULL, error);
    }
    return true;
}

/* The command comes first; operands beyond those of any command are only counted. */
static bool take_operand(Parsed *parsed, const char *word, char **error) {
    int i = parsed->n_operands++;
    if (i == 0)
        return find_command(word, &parsed->line.command, error);
    if (i <= MAX_OPERANDS)
        parsed->operands[i - 1] = word;
    return true;
}

static bool parse_words(Parsed *parsed, char *const *next, char **error) {
    bool only_operands = false;
    while (*next != NULL) {
        const char *word = *next++;
        bool good = true;
        if (!only_operands && g_str_equal(word, "--"))
            only_operands = true;
        else if (!only_operands && g_str_has_prefix(word, "--"))
            good = parse_long(parsed, word + 2, &next, error);
        else if (!only_operands && word[0] == '-' && word[1] != '\0')
            good = parse_letters(parsed, word + 1, &next, error);
        else
            good = take_operand(parsed, word, error);
        if (!good)
            return false;
    }
    return true;
}

/* The operands, the options that the command knows, and what excludes what. */
static bool check_usage(const Parsed *parsed, char **error) {
    const CommandLine *line = &parsed->line;
    const CommandInfo *info = &commands[line->command];
    int n = parsed->n_operands - 1;
    for (int i = 0; i < N_OPTIONS; i++) {
        if ((parsed->given >> i & 1) != 0 && (options[i].commands & FOR(line->command)) == 0) {
            *error = g_strdup_printf(_("option '--%s' means nothing to '%s'"), options[i].name,
                                     info->name);
            return false;
        }
    }
    if (n < info->min_operands)
        *error = g_strdup_printf(_("'%s' needs %s"), info->name, info->operands);
    else if (n > info->max_operands)
        *error = g_strdup_printf(_("'%s' takes %s and nothing more"), info->name, info->operands);
    else if (line->quiet && line->verbose)
        *error = g_strdup(_("--quiet and --verbose exclude each other"));
    for (int i = 0; i < n && *error == NULL; i++)
        if (parsed->operands[i][0] == '\0')
            *error = g_strdup(_("the name of a file or folder is empty"));
    return *error == NULL;
}

/* What is asked for, once all words are understood one by one. */
static bool settle(Parsed *parsed, char **error) {
    CommandLine *line = &parsed->line;
    if (parsed->version) {
        line->command = COMMAND_VERSION;
        return true;
    }
    if (parsed->help) {
        line->topic = line->command;
        line->command = COMMAND_HELP;
        return true;
    }
    if (line->command == COMMAND_NONE) {
        *error = g_strdup(_("a command is missing"));
        return false;
    }
    if (!check_usage(parsed, error))
        return false;
    if (line->command == COMMAND_HELP)
        return parsed->n_operands == 1 || find_command(parsed->operands[0], &line->topic, error);
    line->folder = parsed->operands[0];
    line->plan = parsed->operands[1];
    line->log = line->log || (line->verbose && line->command == COMMAND_PLAN);
    return true;
}

bool command_line_parse(int argc, char *const *argv, CommandLine *line, char **error) {
    Parsed parsed = {.line = {.command = COMMAND_NONE,
                              .topic = COMMAND_NONE,
                              .as_of = DATE_NONE,
                              .time_limit = 60,
                              .seed = 1}};
    *error = NULL;
    bool good = parse_words(&parsed, argv + MIN(argc, 1), error) && settle(&parsed, error);
    *line = parsed.line;
    return good;
}

/* Appends `text` in lines of at most HELP_WIDTH columns, of which all but the first are indented.
 */
static void append_wrapped(GString *out, int column, int indent, const char *text) {
    char **words = g_strsplit(text, " ", -1);
    for (int i = 0; words[i] != NULL; i++) {
        int width = (int)g_utf8_strlen(words[i], -1);
        if (i > 0 && column + 1 + width > HELP_WIDTH) {
            g_string_append_printf(out, "\n%*s", indent, "");
            column = indent;
        } else if (i > 0) {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append(out, words[i]);
        column += width;
    }
    g_string_append_c(out, '\n');
    g_strfreev(words);
}

/* One line of a list: `left` in the first column, `text` in the second. */
static void append_entry(GString *out, const char *left, const char *text) {
    g_string_append(out, left);
    int column = (int)strlen(left);
    if (column >= HELP_COLUMN) {
        g_string_append_c(out, '\n');
        column = 0;
    }
    g_string_append_printf(out, "%*s", HELP_COLUMN - column, "");
    append_wrapped(out, HELP_COLUMN, HELP_COLUMN, text);
}

static void append_options(GString *out, unsigned wanted) {
    g_string_append_printf(out, "\n%s\n", _("Options:"));
    for (int i = 0; i < N_OPTIONS; i++) {
        const Option *option = &options[i];
        if ((option->commands & wanted) == 0)
            continue;
        GString *left = g_string_new(NULL);
        if (option->letter != 0)
            g_string_append_printf(left, "  -%c, --%s", option->letter, option->name);
        else
            g_string_append_printf(left, "      --%s", option->name);
        if (option->argument != NULL)
            g_string_append_printf(left, "=%s", option->argument);
        append_entry(out, left->str, _(option->help));
        g_string_free(left, TRUE);
    }
}

static void append_overview(GString *out) {
    g_string_append_printf(out, _("Usage: %s\n"), "pilote COMMAND [OPTION]...");
    g_string_append_c(out, '\n');
    append_wrapped(out, 0, 0,
                   _("pilote decides when the tenants of homes under renovation are visited, moved "
                     "out, and moved home again."));
    g_string_append_printf(out, "\n%s\n", _("Commands:"));
    for (int i = 0; i < N_COMMANDS; i++) {
        char *left = g_strdup_printf("  %s %s", commands[i].name, commands[i].operands);
        append_entry(out, left, _(commands[i].summary));
        g_free(left);
    }
    append_options(out, FOR(COMMAND_NONE));
    g_string_append_printf(out, "\n%s\n", _("Exit codes:"));
    append_entry(out, "  0", _("done"));
    append_entry(out, "  1", _("done, but promises are broken or households unplanned"));
    append_entry(out, "  2", _("wrong usage"));
    append_entry(out, "  3", _("faulty inputs; nothing is written"));
    append_entry(out, "  4", _("a result could not be written"));
    append_entry(out, "  5", _("internal error"));
    g_string_append_c(out, '\n');
    append_wrapped(out, 0, 0, _("'pilote help COMMAND' tells the options of a command."));
}

char *command_line_help(Command topic) {
    GString *out = g_string_new(NULL);
    if (topic >= COMMAND_VERSION) {
        append_overview(out);
        return g_string_free(out, FALSE);
    }
    const CommandInfo *info = &commands[topic];
    char *usage = g_strdup_printf("pilote %s %s%s", info->name, info->operands,
                                  topic == COMMAND_HELP ? "" : " [OPTION]...");
    g_string_append_printf(out, _("Usage: %s\n"), usage);
    g_free(usage);
    g_string_append_c(out, '\n');
    append_wrapped(out, 0, 0, _(info->details));
    append_options(out, FOR(topic));
    return g_string_free(out, FALSE);
}
