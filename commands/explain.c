#include <glib.h>
#include <stdio.h>

#include "commands/commands.h"
#include "io/bottleneck.h"
#include "io/explain.h"
#include "solver/language.h"

static bool is_begun(const Operation *op, int h, int a) {
    return op->households[h].facts[a].status >= STATUS_STARTED;
}

/* What is asked about; false after saying what there is nothing to explain of. */
static bool find_subject(const CommandLine *line, const Operation *op, int *h, int *a) {
    *h = named_household(op, line->household);
    *a = NONE;
    if (*h == NONE)
        return false;
    if (line->task != NULL) {
        *a = named_task(op, *h, line->task);
        if (*a != NONE && is_begun(op, *h, *a)) {
            say(_("'%s' of household '%s' is done or under way"), line->task, line->household);
            return false;
        }
        return *a != NONE;
    }
    for (int b = 0; b < household_package(op, *h)->n_tasks; b++)
        if (!is_begun(op, *h, b))
            return true;
    say(_("nothing is left to do for household '%s'"), line->household);
    return false;
}

static void print(char *text) {
    fputs(text, stdout);
    g_free(text);
}

/* What holds the whole operation up. */
static ExitCode explain_operation(const CommandLine *line, Inputs *inputs) {
    enum { TRIES = 3 };
    Standing *standing = standing_read(line, inputs);
    if (standing == NULL)
        return EXIT_INPUTS;
    Arena *arena = arena_new();
    Bottlenecks bottlenecks = bottlenecks_find(inputs->op, standing->plan, TRIES, 1, arena);
    print(line->json ? bottlenecks_json(inputs->op, &bottlenecks)
                     : bottlenecks_text(inputs->op, &bottlenecks));
    arena_free(arena);
    standing_free(standing);
    return EXIT_DONE;
}

static ExitCode explain(const CommandLine *line, Inputs *inputs) {
    int h, a;
    if (line->household == NULL)
        return explain_operation(line, inputs);
    if (!find_subject(line, inputs->op, &h, &a))
        return EXIT_USAGE;
    Standing *standing = standing_read(line, inputs);
    if (standing == NULL)
        return EXIT_INPUTS;
    Arena *arena = arena_new();
    Explanation explanation = explain_household(standing, h, a, arena);
    char *text =
        line->json ? explain_json(standing, &explanation) : explain_text(standing, &explanation);
    fputs(text, stdout);
    g_free(text);
    arena_free(arena);
    standing_free(standing);
    return EXIT_DONE;
}

ExitCode command_explain(const CommandLine *line) {
    return inputs_ask(line, explain);
}
