#include "io/command_line.h"

#include <glib.h>
#include <string.h>

#include "io/command_table.h"
#include "io/words.h"
#include "scenarios/engine.h"
#include "solver/language.h"

const char *command_name(Command command) {
    return command <= COMMAND_HELP ? command_infos[command].name : NULL;
}

/* `unknown` as a sentence, with the name that was probably meant. */
static char *unknown_word(const char *sentence, const char *nearest) {
    /* TRANSLATORS: the first %s is a sentence without its full stop, the second a name */
    return nearest == NULL ? g_strdup(sentence)
                           : g_strdup_printf(_("%s (did you mean '%s'?)"), sentence, nearest);
}

static char *unknown_option(const char *name) {
    const char *names[MAX_OPTIONS];
    for (int i = 0; i < n_options; i++)
        names[i] = options[i].name;
    const char *nearest = words_nearest(name, names, n_options);
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
        names[i] = command_infos[i].name;
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
    for (int i = 0; i < n_options; i++) {
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
    for (int i = 0; i < n_options; i++)
        if (options[i].letter == letter)
            return &options[i];
    *error = g_ascii_isgraph(letter) ? g_strdup_printf(_("there is no option '-%c'"), letter)
                                     : g_strdup(_("there is no such option"));
    return NULL;
}

static bool set_option(Parsed *parsed, const Option *option, const char *value, char **error) {
    char *field = (char *)parsed + option->offset;
    parsed->given |= UINT64_C(1) << (option - options);
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

static bool is_given(const Parsed *parsed, const char *name) {
    int i = 0;
    while (i < n_options && !g_str_equal(options[i].name, name))
        i++;
    return i < n_options && (parsed->given >> i & 1) != 0;
}

/* The operands, the options that the command knows, and what excludes what. */
static bool check_usage(const Parsed *parsed, char **error) {
    const CommandLine *line = &parsed->line;
    const CommandInfo *info = &command_infos[line->command];
    int n = parsed->n_operands - 1;
    for (int i = 0; i < n_options; i++) {
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
    else if (line->command == COMMAND_ANNOUNCE && line->until == DATE_NONE)
        *error = g_strdup_printf(_("'%s' needs %s"), info->name, "--until=DATE");
    else if (line->command == COMMAND_WHATIF && line->slips.n + line->scenarios.n == 0)
        *error = g_strdup(_("'whatif' needs to be told what happens, like --slip=kitchen-03:+10d "
                            "(a delivery, an item or a supplier) or --scenario=FILE"));
    else if ((line->engine != ENGINE_LOCAL || line->jobs.first != NONE) && line->work == NULL)
        *error = g_strdup_printf(_("'%s' needs %s"), "--engine slurm", "--work=FOLDER");
    else if (line->engine == ENGINE_LOCAL && line->jobs.first == NONE && line->work != NULL)
        *error = g_strdup_printf(_("option '--%s' goes with '--%s'"), "work", "engine slurm");
    else if (line->json && line->csv)
        *error = g_strdup(_("--json and --csv exclude each other"));
    else if (line->command == COMMAND_EXPORT && line->ics == NULL && line->html == NULL)
        *error =
            g_strdup_printf(_("'%s' needs the option '--%s' or '--%s'"), info->name, "ics", "html");
    else if (line->audience != NULL && line->html == NULL)
        *error = g_strdup_printf(_("option '--%s' goes with '--%s'"), "audience", "html");
    else if (line->quiet && line->verbose)
        *error = g_strdup(_("--quiet and --verbose exclude each other"));
    for (size_t i = 0; i < G_N_ELEMENTS(info->required) && *error == NULL; i++)
        if (info->required[i] != NULL && !is_given(parsed, info->required[i]))
            *error =
                g_strdup_printf(_("'%s' needs the option '--%s'"), info->name, info->required[i]);
    for (int i = 0; i < n && *error == NULL; i++)
        if (parsed->operands[i][0] == '\0')
            *error = g_strdup(_("the name of a file or folder is empty"));
    return *error == NULL;
}

/* `offer DIR --freed MEMBER START`: what stands for a household otherwise is the start. */
static bool settle_offer(Parsed *parsed, char **error) {
    CommandLine *line = &parsed->line;
    int wanted = line->freed != NULL ? 2 : 3;
    if (parsed->n_operands - 1 != wanted) {
        *error = g_strdup_printf(_("'%s' needs %s"), "offer",
                                 line->freed != NULL ? "DIR --freed MEMBER START"
                                                     : "DIR HOUSEHOLD TASK");
        return false;
    }
    if (line->freed == NULL)
        return true;
    if (!words_date_time(line->household, &line->freed_start.date, &line->freed_start.minute)) {
        *error = g_strdup_printf(_("START: got '%s', expected %s"), line->household,
                                 _("a date like 2026-09-14, or with a time \"2026-09-14 18:30\""));
        return false;
    }
    return true;
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
    const size_t *fields = command_infos[line->command].fields;
    for (int i = 0; i < parsed->n_operands - 1; i++)
        *(const char **)(void *)((char *)line + fields[i]) = parsed->operands[i];
    if (line->command == COMMAND_OFFER && !settle_offer(parsed, error))
        return false;
    line->log = line->log || (line->verbose && line->command == COMMAND_PLAN);
    return true;
}

bool command_line_parse(int argc, char *const *argv, CommandLine *line, char **error) {
    Parsed parsed = {.line = {.command = COMMAND_NONE,
                              .topic = COMMAND_NONE,
                              .as_of = DATE_NONE,
                              .from = DATE_NONE,
                              .until = DATE_NONE,
                              .count = 5,
                              .freed_start = {DATE_NONE, MINUTE_NONE},
                              .start = {DATE_NONE, MINUTE_NONE},
                              .finish = {DATE_NONE, MINUTE_NONE},
                              .time_limit = 60,
                              .samples = 200,
                              .jobs = {NONE, NONE},
                              .words = argv,
                              .seed = 1}};
    *error = NULL;
    bool good = parse_words(&parsed, argv + MIN(argc, 1), error) && settle(&parsed, error);
    *line = parsed.line;
    return good;
}
