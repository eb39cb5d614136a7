/* problem_evenings.c: evenings that facts took: for the week's limit (C7), and who pays for them.
 *
 * A late evening costs once when the appointment of any planned household takes it. One household
 * whose fact took it pays as soon as it is planned; while it is not, the others that take the
 * evening do (see solver/usage.c). */
#include "solver/problem_internal.h"

#include <glib.h>

/* What is known while the facts are read. */
typedef struct Reading {
    Problem *problem;
    GHashTable *cells; /* date * n_resources + member: the cell + 1 */
} Reading;

static bool has_evening(const ProblemHousehold *household, size_t cell) {
    for (int i = 0; i < household->n_evenings; i++) {
        if (household->evenings[i] == cell) {
            return true;
        }
    }
    return false;
}

/* The cell of an evening that no fact took until now. */
static size_t new_cell(Problem *problem, int member, date_t date) {
    day_t d = date - problem->op->start;
    if (d >= 0 && d < problem->n_days) {
        return (size_t)member * problem->n_days + (size_t)d;
    }
    if (date_week(date) == date_week(problem->op->start)) {
        problem->late_before[member]++;
    }
    return (size_t)problem->n_late++;
}

static void add_evening(const Reading *reading, int h, int member, date_t date) {
    Problem *problem = reading->problem;
    ProblemHousehold *household = &problem->households[h];
    gint64 key = (gint64)date * problem->n_resources + member;
    size_t cell = GPOINTER_TO_SIZE(g_hash_table_lookup(reading->cells, &key));
    if (cell == 0) {
        cell = new_cell(problem, member, date) + 1;
        g_hash_table_insert(reading->cells, g_memdup2(&key, sizeof key), GSIZE_TO_POINTER(cell));
        household->constant += problem->op->weights[PART_LATE_EVENING];
        problem->late_fact[cell - 1] = true;
        problem->late_payer[cell - 1] = h;
    }
    if (!has_evening(household, cell - 1)) {
        household->evenings[household->n_evenings++] = cell - 1;
    }
}

static void add_household(const Reading *reading, int h) {
    const Problem *problem = reading->problem;
    const Operation *op = problem->op;
    const Package *package = household_package(op, h);
    for (int a = 0; a < package->n_tasks; a++) {
        const PlanTask *fact = &problem->facts->households[h].tasks[a];
        int s =
            fact->start_minute == MINUTE_NONE ? NONE : problem_slot_at(problem, fact->start_minute);
        if (fact->start == DATE_NONE || s == NONE || !op->slots[s].late) {
            continue;
        }
        for (int i = 0; i < package->tasks[a].n_needs; i++) {
            int role = package->tasks[a].needs[i].role;
            int member = problem_fact_member(problem, h, a, role);
            if (op->roles[role].measure == MEASURE_CLOCK && member != NONE) {
                add_evening(reading, h, member, fact->start);
            }
        }
    }
}

/* Makes room for the evenings of household h; returns how many they can be. */
static int add_room(Problem *problem, int h) {
    const Package *package = household_package(problem->op, h);
    int most = 0;
    for (int a = 0; a < package->n_tasks; a++) {
        bool fact = problem->facts->households[h].tasks[a].start != DATE_NONE;
        most += fact ? package->tasks[a].n_needs : 0;
    }
    problem->households[h].evenings = ARENA_NEW(problem->arena, size_t, most);
    return most;
}

void problem_add_evenings(Problem *problem) {
    int most = problem->n_late = problem->n_resources * problem->n_days;
    for (int h = 0; h < problem->n_households; h++) {
        most += add_room(problem, h);
    }
    problem->late_fact = ARENA_NEW(problem->arena, bool, most);
    problem->late_payer = ARENA_NEW(problem->arena, int, most);
    problem->late_before = ARENA_NEW(problem->arena, int, problem->n_resources);
    Reading reading = {problem, g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL)};
    /* First those of whom nothing is free: they are planned, whatever happens, and pay. */
    for (int pass = 0; pass < 2; pass++) {
        for (int h = 0; h < problem->n_households; h++) {
            if ((problem->households[h].n_free > 0) == (pass == 1)) {
                add_household(&reading, h);
            }
        }
    }
    g_hash_table_destroy(reading.cells);
}
