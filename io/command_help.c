/* command_help.c: the help about the commands and options. */
#include <glib.h>
#include <string.h>

#include "io/command_table.h"
#include "solver/language.h"

enum { HELP_COLUMN = 26, HELP_WIDTH = 79 };

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
    for (int i = 0; i < n_options; i++) {
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
        char *left = g_strdup_printf("  %s %s", command_infos[i].name, command_infos[i].operands);
        append_entry(out, left, _(command_infos[i].summary));
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
    const CommandInfo *info = &command_infos[topic];
    char *usage = g_strdup_printf("pilote %s %s%s", info->name, info->operands,
                                  topic == COMMAND_HELP ? "" : " [OPTION]...");
    g_string_append_printf(out, _("Usage: %s\n"), usage);
    g_free(usage);
    g_string_append_c(out, '\n');
    append_wrapped(out, 0, 0, _(info->details));
    append_options(out, FOR(topic));
    return g_string_free(out, FALSE);
}
