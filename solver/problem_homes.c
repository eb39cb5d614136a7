/* problem_homes.c: temporary homes that are alike, by kind. */
#include "solver/problem_internal.h"

#include <glib.h>
#include <stdlib.h>

/* ---- Homes that facts gave twice --------------------------------------------------------- */

/* A stay that facts have begun. */
typedef struct Hold {
    int home;
    date_t from, until; /* with the turnaround after a return */
} Hold;

static int compare_holds(const void *a, const void *b) {
    const Hold *s = a;
    const Hold *t = b;
    if (s->home != t->home) {
        return s->home < t->home ? -1 : 1;
    }
    return s->from != t->from ? (s->from < t->from ? -1 : 1) : 0;
}

/* Marks the homes that two households hold at once. Among homes that are alike nobody could tell
 * how many are taken. */
static void mark_shared(const Problem *problem, bool *shared) {
    const Operation *op = problem->op;
    Hold *holds = g_new(Hold, op->n_households + 1);
    int n = 0;
    for (int h = 0; h < op->n_households; h++) {
        const Package *package = household_package(op, h);
        const PlanHousehold *facts = &problem->facts->households[h];
        if (facts->home == NONE || package->move_out == NONE) {
            continue;
        }
        date_t back =
            package->move_back == NONE ? DATE_NONE : facts->tasks[package->move_back].start;
        holds[n++] = (Hold){facts->home, facts->tasks[package->move_out].start,
                            back != DATE_NONE ? back + op->turnaround_days : op->end};
    }
    qsort(holds, (size_t)n, sizeof(Hold), compare_holds);
    date_t until = DATE_NONE;
    for (int i = 0; i < n; i++) {
        bool same = i > 0 && holds[i - 1].home == holds[i].home;
        if (same && MAX(holds[i].from, op->start) <= MIN(until, holds[i].until)) {
            shared[holds[i].home] = true;
        }
        until = same ? MAX(until, holds[i].until) : holds[i].until;
    }
    g_free(holds);
}

/* ---- Classes ----------------------------------------------------------------------------- */

static void add_class(Problem *problem, int home, bool shared) {
    const Operation *op = problem->op;
    const Home *one = &op->homes[home];
    day_t from = one->from == DATE_NONE ? 0 : MAX(one->from - op->start, 0);
    day_t until = one->until == DATE_NONE ? problem->n_days - 1
                                          : MIN(one->until - op->start, problem->n_days - 1);
    int c = 0;
    while (c < problem->n_classes &&
           (shared || problem->classes[c].shared || problem->classes[c].rooms != one->rooms ||
            problem->classes[c].from != from || problem->classes[c].accessible != one->accessible ||
            problem->classes[c].until != until)) {
        c++;
    }
    HomeClass *class = &problem->classes[c];
    if (c == problem->n_classes) {
        problem->n_classes++;
        *class = (HomeClass){one->rooms, one->accessible, shared, from, until, 0, NULL};
        class->homes = ARENA_NEW(problem->arena, int, op->n_homes);
    }
    class->homes[class->n_homes++] = home;
}

/* Those that suit the fewest households first: where prices do not tell homes apart, a household
 * takes the first that suits, and leaves the large and accessible ones to those who need them. */
static int compare_classes(const void *a, const void *b) {
    const HomeClass *s = a;
    const HomeClass *t = b;
    if (s->accessible != t->accessible) {
        return s->accessible ? 1 : -1;
    }
    if (s->rooms != t->rooms) {
        return s->rooms - t->rooms;
    }
    int days = (s->until - s->from) - (t->until - t->from);
    return days != 0 ? days : s->homes[0] - t->homes[0];
}

int problem_class_of(const Problem *problem, int home) {
    for (int c = 0; c < problem->n_classes; c++) {
        for (int i = 0; i < problem->classes[c].n_homes; i++) {
            if (problem->classes[c].homes[i] == home) {
                return c;
            }
        }
    }
    return NONE;
}

void problem_add_homes(Problem *problem) {
    const Operation *op = problem->op;
    bool *shared = g_new0(bool, op->n_homes + 1);
    problem->classes = ARENA_NEW(problem->arena, HomeClass, op->n_homes);
    mark_shared(problem, shared);
    for (int i = 0; i < op->n_homes; i++) {
        add_class(problem, i, shared[i]);
    }
    if (problem->n_classes > 1) {
        qsort(problem->classes, (size_t)problem->n_classes, sizeof(HomeClass), compare_classes);
    }
    g_free(shared);
}
