#include <glib.h>
#include <stdio.h>

#include "commands/commands.h"
#include "io/plan_json.h"
#include "io/review_json.h"
#include "io/review_text.h"
#include "io/snapshot.h"
#include "solver/language.h"

static bool has_inputs(const char *path, const Snapshot *snapshot) {
    if (snapshot->op == NULL)
        say(_("'%s' does not hold the files that it was made from (another program made it), so "
              "it cannot be compared alone"),
            path);
    return snapshot->op != NULL;
}

static void print_review(const CommandLine *line, const Weeks *weeks) {
    Review *review = review_new(weeks);
    char *text = line->json ? review_json(review) : review_text(review);
    fputs(text, stdout);
    g_free(text);
    review_free(review);
}

/* Names that the new plan's operation no longer has are withdrawn dates here and no warnings. */
static Plan *read_previous(const char *path, const Snapshot *new, Faults *faults) {
    Faults *own = faults_new();
    Plan *previous = plan_read(path, new->op, new->op->arena, true, own);
    if (previous == NULL)
        faults_say(faults, FAULT_ERROR, path, 0,
                   _("this is a plan of another operation: none of its households is in "
                     "households.csv"));
    faults_free(own);
    return previous;
}

ExitCode command_diff(const CommandLine *line) {
    Faults *faults = faults_new();
    Snapshot old, new = {NULL, NULL};
    ExitCode code = EXIT_INPUTS;
    /* The language of the new plan is the one that stays. */
    bool read = snapshot_read(line->previous, &old, faults);
    read = snapshot_read(line->plan, &new, faults) && read;
    if (read && has_inputs(line->previous, &old) && has_inputs(line->plan, &new)) {
        Weeks weeks = {.then_op = old.op, .then = old.plan, .op = new.op, .plan = new.plan};
        weeks.previous = read_previous(line->previous, &new, faults);
        if (weeks.previous != NULL) {
            print_review(line, &weeks);
            code = EXIT_DONE;
        }
    }
    faults_print(faults, stderr, true);
    faults_free(faults);
    snapshot_free(&old);
    snapshot_free(&new);
    return code;
}
