#include "solver/compact_internal.h"

/* Nights over the maximum between two free ends: the days t with the move out on t - max or before
 * and the move back after t. */
static void add_nights_over(Compact *compact) {
    const ProblemHousehold *household = compact->household;
    const TaskModel *out = &compact->tasks[household->out];
    const TaskModel *back = &compact->tasks[household->back];
    double cost = (double)(compact->problem->op->weights[PART_NIGHT_OVER_MAX] * household->weight);
    for (day_t t = out->low + household->max_nights; t < back->high && cost > 0; t++) {
        int over =
            program_column(compact->program, NAME2("over", compact->h, t), DOMAIN_SHARE, cost);
        int row = program_row(compact->program, NAME2("over", compact->h, t), SENSE_AT_MOST, 0);
        compact_add_started(compact, row, household->out, t - household->max_nights, 1);
        compact_add_started(compact, row, household->back, t, -1);
        program_entry(compact->program, row, over, -1);
    }
}

/* Adds factor times "the household takes a home on day d": from the move out to the turnaround
 * after the move back. A home that facts have given is held in any case until it is given back. */
static void add_taken(Compact *compact, int row, day_t d, double factor) {
    const ProblemHousehold *household = compact->household;
    if (household->out != NONE) {
        compact_add_started(compact, row, household->out, d, factor);
    } else if (household->fixed_home == NONE) {
        compact_add_planned(compact, row, factor);
    }
    if (household->back != NONE) {
        compact_add_started(compact, row, household->back,
                            d - compact->problem->op->turnaround_days - 1, -factor);
    }
}

/* The days on which a home may be taken. */
static void taken_days(const Compact *compact, day_t *from, day_t *until) {
    const ProblemHousehold *household = compact->household;
    int last = compact->problem->n_days - 1;
    *from =
        household->out != NONE ? compact->tasks[household->out].low : MAX(household->out_day, 0);
    *until = household->back == NONE || household->fixed_home != NONE
                 ? last
                 : MIN(compact->tasks[household->back].high + compact->problem->op->turnaround_days,
                       last);
}

/* C9: home[c] says that class c is the household's; taken[c][d] that it takes one of them on day d,
 * the turnaround included, which may go beyond the dates of the home. */
static void choose_class(Compact *compact, const int *classes, int n) {
    Program *program = compact->program;
    const Problem *problem = compact->problem;
    int *home = g_new(int, n);
    int one = program_row(program, NAME1("home", compact->h), SENSE_EQUAL, 0);
    compact_add_planned(compact, one, -1);
    for (int i = 0; i < n; i++) {
        home[i] = program_column(program, NAME2("home", compact->h, classes[i]), DOMAIN_BINARY, 0);
        program_entry(program, one, home[i], 1);
    }
    day_t from;
    day_t until;
    taken_days(compact, &from, &until);
    for (day_t d = from; d <= until; d++) {
        int sum = program_row(program, NAME2("taken", compact->h, d), SENSE_EQUAL, 0);
        add_taken(compact, sum, d, -1);
        for (int i = 0; i < n; i++) {
            const HomeClass *class = &problem->classes[classes[i]];
            if (d < class->from || d > class->until + problem->op->turnaround_days) {
                continue;
            }
            int taken =
                program_column(program, NAME3("taken", compact->h, classes[i], d), DOMAIN_SHARE, 0);
            int row =
                program_row(program, NAME3("taken", compact->h, classes[i], d), SENSE_AT_MOST, 0);
            program_entry(program, sum, taken, 1);
            program_entry(program, row, taken, 1);
            program_entry(program, row, home[i], -1);
            program_entry(program, compact_home_row(compact, classes[i], d), taken, 1);
        }
    }
    /* The return lies inside the dates of the home. */
    for (int i = 0; i < n && compact->household->back != NONE; i++) {
        day_t last = problem->classes[classes[i]].until;
        int row =
            program_row(program, NAME3("leave", compact->h, classes[i], last), SENSE_AT_MOST, 0);
        program_entry(program, row, home[i], 1);
        compact_add_started(compact, row, compact->household->back, last, -1);
    }
    g_free(home);
}

void compact_add_stay(Compact *compact) {
    const ProblemHousehold *household = compact->household;
    bool both = household->out != NONE && household->back != NONE;
    if (both && household->max_nights != NO_LIMIT) {
        add_nights_over(compact);
    }
    if (!household->stays || (household->out == NONE && household->back == NONE)) {
        return;
    }
    int *classes = g_new(int, household->n_classes + 1);
    int n = 0;
    for (int i = 0; i < household->n_classes; i++) {
        if (compact_class_suits(compact, household->classes[i])) {
            classes[n++] = household->classes[i];
        }
    }
    if (n > 1) {
        choose_class(compact, classes, n);
    } else if (n == 1) {
        day_t from;
        day_t until;
        taken_days(compact, &from, &until);
        for (day_t d = from; d <= until; d++) {
            add_taken(compact, compact_home_row(compact, classes[0], d), d, 1);
        }
    }
    g_free(classes);
}
