#include "io/check.h"

#include <glib.h>

#include "io/explain.h"
#include "solver/language.h"
#include "solver/search/conflict.h"
#include "solver/search/reasons.h"

/* What this takes for one household, in a large operation full of faults, is too much for all. */
enum { MOST_EXPLAINED = 20 };

static void say_never(Faults *faults, const Operation *op, int h, const char *text) {
    faults_say(faults, FAULT_INFEASIBLE, "households.csv", op->households[h].line,
               _("household '%s' can never be planned: %s"), op->households[h].id, text);
}

/* The reasons as one sentence. */
static void say_reasons(Faults *faults, const Operation *op, int h, const Operation *alone,
                        const Conflict *conflict) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i < conflict->n; i++) {
        g_string_append(text, i > 0 ? "; " : "");
        tell_reason(text, alone, 0, &conflict->obstacles[i].reason);
    }
    say_never(faults, op, h, text->str);
    g_string_free(text, TRUE);
}

/* What would let the household be planned, each by itself. */
static void say_reliefs(Faults *faults, const Operation *op, int h, const Operation *alone,
                        const Conflict *conflict) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i < conflict->n; i++) {
        if (!conflict->obstacles[i].has_relief)
            continue;
        if (text->len > 0)
            g_string_append_printf(text, " %s ", _("or"));
        tell_relief(text, alone, &conflict->obstacles[i].relief);
    }
    if (text->len > 0)
        faults_say(faults, FAULT_INFEASIBLE, "households.csv", op->households[h].line,
                   _("household '%s' could be planned %s"), op->households[h].id, text->str);
    g_string_free(text, TRUE);
}

/* Looks for the reasons that conflict when the household is the only one. Returns whether there are
 * any; where they are not known otherwise, they are said. */
static bool explain_alone(const Operation *op, int h, bool known, Faults *faults) {
    Arena *arena = arena_new();
    const Operation *alone = operation_alone(op, h, arena);
    const Plan *nothing = plan_new(arena, alone);
    const Goal goal = {0, NONE, DATE_NONE};
    Standing *standing = standing_new(alone, nothing);
    Conflict conflict = {0};
    if (standing != NULL)
        conflict = conflict_find(standing, &goal, arena);
    if (conflict.n > 0 && !known)
        say_reasons(faults, op, h, alone, &conflict);
    say_reliefs(faults, op, h, alone, &conflict);
    standing_free(standing);
    arena_free(arena);
    return conflict.n > 0;
}

void check_operation(const Operation *op, const Plan *previous, Faults *faults) {
    Problem *problem = problem_new(op, previous);
    Reasons *reasons = reasons_new(problem);
    Arena *arena = arena_new();
    const char *texts[MOST_REASONS];
    int explained = 0;
    for (int h = 0; h < op->n_households; h++) {
        bool known = true;
        int n = reasons_alone(reasons, h, arena, texts, &known);
        for (int i = 0; i < n && known; i++)
            say_never(faults, op, h, texts[i]);
        bool told = n > 0 && explained++ < MOST_EXPLAINED && explain_alone(op, h, known, faults);
        for (int i = 0; i < n && !known && !told; i++)
            say_never(faults, op, h, texts[i]);
    }
    arena_free(arena);
    reasons_free(reasons);
    problem_free(problem);
}
