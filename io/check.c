#include "io/check.h"

#include "solver/language.h"
#include "solver/search/reasons.h"

void check_operation(const Operation *op, const Plan *previous, Faults *faults) {
    Problem *problem = problem_new(op, previous);
    Reasons *reasons = reasons_new(problem);
    Arena *arena = arena_new();
    const char *texts[MOST_REASONS];
    for (int h = 0; h < op->n_households; h++) {
        int n = reasons_alone(reasons, h, arena, texts);
        for (int i = 0; i < n; i++) {
            faults_say(faults, FAULT_INFEASIBLE, "households.csv", op->households[h].line,
                       _("household '%s' can never be planned: %s"), op->households[h].id,
                       texts[i]);
        }
    }
    arena_free(arena);
    reasons_free(reasons);
    problem_free(problem);
}
