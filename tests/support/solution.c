#include "tests/support/solution.h"

#include "solver/search/state.h"
#include "solver/verify.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Chosen {
    int index;
    double value;
} Chosen;

struct Solution {
    GHashTable *columns; /* name: Chosen */
};

Solution *solution_new(void) {
    Solution *solution = g_new0(Solution, 1);
    solution->columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return solution;
}

void solution_free(Solution *solution) {
    g_hash_table_destroy(solution->columns);
    g_free(solution);
}

void solution_set(Solution *solution, int index, const char *name, double value) {
    Chosen *chosen = g_new(Chosen, 1);
    *chosen = (Chosen){index, value};
    g_hash_table_insert(solution->columns, g_strdup(name), chosen);
}

bool solution_read_cbc(Solution *solution, const char *path, double *optimum) {
    FILE *file = fopen(path, "r");
    char line[300];
    char name[200];
    int index;
    double value;
    if (file == NULL) {
        return false;
    }
    bool optimal = fgets(line, sizeof line, file) != NULL &&
                   sscanf(line, "Optimal - objective value %lf", optimum) == 1;
    while (fgets(line, sizeof line, file) != NULL) {
        /* A star before the line marks a value that is a little outside its limits. */
        const char *text = line[strspn(line, " *")] != '\0' ? &line[strspn(line, " *")] : line;
        if (sscanf(text, "%d %199s %lf", &index, name, &value) == 3) {
            solution_set(solution, index, name, value);
        }
    }
    fclose(file);
    return optimal;
}

/* The value of a column, 0 when there is none of that name. */
static double value_of(const Solution *solution, const char *format, ...) G_GNUC_PRINTF(2, 3);

static double value_of(const Solution *solution, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *name = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const Chosen *chosen = g_hash_table_lookup(solution->columns, name);
    g_free(name);
    return chosen == NULL ? 0 : chosen->value;
}

/* A column x_h_k_start_last that the solution takes. */
typedef struct Start {
    int column;
    int k, start, last;
} Start;

/* The member for need i of a task that the solution dates. */
static int chosen_member(const Problem *problem, const Solution *solution,
                         const Itinerary *itinerary, const Start *start, int i) {
    int h = itinerary->household;
    const Template *template = free_template(problem, h, start->k);
    const Role *role = &problem->op->roles[template->needs[i].role];
    int fixed = problem->households[h].fixed[template->needs[i].role];
    for (int m = 0; m < role->n_members; m++) {
        if (value_of(solution, "does_%d_%d", start->column, role->members[m]) > 0.5) {
            return role->members[m];
        }
    }
    if (fixed != NONE) {
        return fixed;
    }
    if (!template->appointment) {
        return template->combinations[start->last].members[i][0];
    }
    for (int m = 0; m < role->n_members; m++) {
        if (calendar_people(problem->calendar, role->members[m], itinerary->tasks[start->k].start,
                            itinerary->tasks[start->k].slot) > 0) {
            return role->members[m];
        }
    }
    return role->members[0];
}

static void read_start(const Problem *problem, const Solution *solution, Itinerary *itinerary,
                       const Start *start) {
    const Template *template = free_template(problem, itinerary->household, start->k);
    Dated *dated = &itinerary->tasks[start->k];
    *dated = (Dated){start->start, start->start, MINUTE_NONE, start->last / 2};
    if (!template->appointment) {
        const Combination *combination = &template->combinations[start->last];
        const JointCalendar *joint = &problem->joint[combination->calendar];
        *dated = (Dated){start->start, joint_finish(joint, start->start, template->days),
                         MINUTE_NONE, 0};
    }
    for (int i = 0; i < template->n_needs; i++) {
        itinerary->members[template->needs[i].role] =
            chosen_member(problem, solution, itinerary, start, i);
    }
}

static void read_home(const Problem *problem, const Solution *solution, Itinerary *itinerary) {
    const ProblemHousehold *household = &problem->households[itinerary->household];
    for (int c = 0; c < household->n_classes; c++) {
        if (value_of(solution, "home_%d_%d", itinerary->household, household->classes[c]) > 0.5) {
            itinerary->home_class = household->classes[c];
        }
    }
    for (int c = 0; c < household->n_classes && itinerary->home_class == NONE; c++) {
        if (household->back != NONE ||
            problem->classes[household->classes[c]].until == problem->n_days - 1) {
            itinerary->home_class = household->classes[c];
        }
    }
}

static Itinerary *read_itinerary(const Problem *problem, const Solution *solution, int h) {
    Itinerary *itinerary = itinerary_new(problem, h);
    GHashTableIter iterator;
    gpointer name;
    gpointer value;
    g_hash_table_iter_init(&iterator, solution->columns);
    while (g_hash_table_iter_next(&iterator, &name, &value)) {
        const Chosen *chosen = value;
        Start start = {.column = chosen->index};
        int of;
        if (chosen->value > 0.5 &&
            sscanf(name, "x_%d_%d_%d_%d", &of, &start.k, &start.start, &start.last) == 4 &&
            of == h) {
            read_start(problem, solution, itinerary, &start);
        }
    }
    read_home(problem, solution, itinerary);
    return itinerary;
}

cost_t solution_total(const Problem *problem, const Solution *solution, char *problem_text) {
    State *made = state_new(problem);
    Arena *arena = arena_new();
    bool fits = true;
    for (int h = 0; h < problem->n_households; h++) {
        if (problem->households[h].n_free > 0 && value_of(solution, "unplanned_%d", h) < 0.5 &&
            !state_put(made, read_itinerary(problem, solution, h))) {
            fits = false;
            g_snprintf(problem_text, 200, "household %d does not fit", h);
        }
    }
    Verdict *verdict = verify_plan(problem->op, problem->previous, state_plan(made, arena), false);
    cost_t total = fits && verdict->n_violations == 0 ? verdict->total : -1;
    if (verdict->n_violations > 0) {
        g_snprintf(problem_text, 200, "%s: %s", verdict->violations[0].constraint,
                   verdict->violations[0].message);
    }
    verdict_free(verdict);
    arena_free(arena);
    state_free(made);
    return total;
}
