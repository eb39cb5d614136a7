/* pilote.c: one run of the program. The commands are in commands/, everything else in the library.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"
#include "io/json.h"
#include "solver/language.h"

static ExitCode wrong_usage(const CommandLine *line, char *error) {
    const char *name = command_name(line->command);
    say("%s", error);
    g_free(error);
    if (name == NULL)
        fprintf(stderr, _("'%s' explains how it is used.\n"), "pilote help");
    else {
        char *help = g_strconcat("pilote help ", name, NULL);
        fprintf(stderr, _("'%s' explains how it is used.\n"), help);
        g_free(help);
    }
    return EXIT_USAGE;
}

static ExitCode run(int argc, char *const *argv) {
    CommandLine line;
    char *error = NULL;
    if (!command_line_parse(argc, argv, &line, &error))
        return wrong_usage(&line, error);
    char *help;
    switch (line.command) {
    case COMMAND_CHECK:
        return command_check(&line);
    case COMMAND_PLAN:
        return command_plan(&line);
    case COMMAND_VERIFY:
        return command_verify(&line);
    case COMMAND_RECORD:
        return command_record(&line);
    case COMMAND_ANNOUNCE:
        return command_announce(&line);
    case COMMAND_DIFF:
        return command_diff(&line);
    case COMMAND_WHATIF:
        return command_whatif(&line);
    case COMMAND_TOLERANCE:
        return command_tolerance(&line);
    case COMMAND_RISK:
        return command_risk(&line);
    case COMMAND_EXPORT:
        return command_export(&line);
    case COMMAND_PUBLISH:
        return command_publish(&line);
    case COMMAND_PULL:
        return command_pull(&line);
    case COMMAND_ANONYMISE:
        return command_anonymise(&line);
    case COMMAND_OFFER:
        return command_offer(&line);
    case COMMAND_EXPLAIN:
        return command_explain(&line);
    case COMMAND_VERSION:
        puts("pilote " PILOTE_VERSION);
        return EXIT_DONE;
    case COMMAND_HELP:
    case COMMAND_NONE:
        break;
    }
    help = command_line_help(line.topic);
    fputs(help, stdout);
    g_free(help);
    return EXIT_DONE;
}

/* Without them a file opened for the plan could become the place where messages are printed. */
static void hold_standard_files(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Until the operation tells its language, the user's environment does. */
static void take_language(void) {
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            char *language = g_strndup(value, strcspn(value, ".@"));
            language_set(language);
            g_free(language);
            return;
        }
    }
}

int main(int argc, char **argv) {
    hold_standard_files();
    signal(SIGPIPE, SIG_IGN); /* writing then fails, and that is told */
    signal(SIGXFSZ, SIG_IGN);
    language_init();
    json_init();
    take_language();
    ExitCode code = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        say(_("the results could not be printed: %s"), g_strerror(errno));
        return EXIT_OUTPUT;
    }
    return code;
}
