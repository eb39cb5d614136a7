#include "solver/usage.h"

#include <glib.h>
#include <string.h>

Itinerary *itinerary_new(const Problem *problem, int h) {
    int n = problem->households[h].n_free;
    size_t bytes =
        sizeof(Itinerary) + sizeof(Dated) * (size_t)n + sizeof(int) * (size_t)problem->n_roles;
    Itinerary *itinerary = g_malloc0(bytes);
    itinerary->household = h;
    itinerary->home_class = NONE;
    itinerary->n = n;
    itinerary->tasks = (Dated *)(itinerary + 1);
    itinerary->members = (int *)(itinerary->tasks + n);
    for (int role = 0; role < problem->n_roles; role++) {
        itinerary->members[role] = NONE;
    }
    return itinerary;
}

Itinerary *itinerary_copy(const Problem *problem, const Itinerary *itinerary) {
    Itinerary *copy = itinerary_new(problem, itinerary->household);
    copy->home_class = itinerary->home_class;
    copy->cost = itinerary->cost;
    memcpy(copy->tasks, itinerary->tasks, sizeof(Dated) * (size_t)itinerary->n);
    memcpy(copy->members, itinerary->members, sizeof(int) * (size_t)problem->n_roles);
    return copy;
}

Itinerary *itinerary_copy_open(const Problem *problem, const Itinerary *itinerary) {
    Itinerary *copy = itinerary_copy(problem, itinerary);
    for (int k = 0; k < copy->n; k++) {
        copy->tasks[k].minute = MINUTE_NONE;
    }
    return copy;
}

bool itinerary_equal(const Problem *problem, const Itinerary *a, const Itinerary *b) {
    return a->household == b->household && a->home_class == b->home_class &&
           memcmp(a->tasks, b->tasks, sizeof(Dated) * (size_t)a->n) == 0 &&
           memcmp(a->members, b->members, sizeof(int) * (size_t)problem->n_roles) == 0;
}

bool itinerary_may_block(const Problem *problem, const Itinerary *a, const Itinerary *b) {
    if (a->home_class != NONE && a->home_class == b->home_class) {
        return true;
    }
    bool shares = false;
    for (int role = 0; role < problem->n_roles && !shares; role++) {
        shares = a->members[role] != NONE && a->members[role] == b->members[role];
    }
    for (int i = 0; shares && i < a->n; i++) {
        for (int k = 0; k < b->n; k++) {
            if (a->tasks[i].start <= b->tasks[k].finish &&
                a->tasks[i].finish >= b->tasks[k].start) {
                return true;
            }
        }
    }
    return false;
}

/* Nights away of a stay of which at least one end is free. */
static cost_t stay_cost(const Problem *problem, const Itinerary *itinerary) {
    const ProblemHousehold *household = &problem->households[itinerary->household];
    if (household->out == NONE && household->back == NONE) {
        return 0;
    }
    day_t out =
        household->out == NONE ? household->out_day : itinerary->tasks[household->out].start;
    day_t back =
        household->back == NONE ? problem->n_days - 1 : itinerary->tasks[household->back].start;
    return nights_cost(problem, itinerary->household, back - out);
}

static bool member_changes(const Problem *problem, const Itinerary *itinerary, int k) {
    int told = problem->households[itinerary->household].free[k].told_member;
    return told != NONE && itinerary->members[problem->op->resources[told].role] != told;
}

cost_t itinerary_cost(const Problem *problem, const Itinerary *itinerary) {
    int h = itinerary->household;
    const ProblemHousehold *household = &problem->households[h];
    cost_t cost = household->constant + stay_cost(problem, itinerary);
    day_t last = household->last_fact;
    for (int k = 0; k < household->n_free; k++) {
        const Dated *dated = &itinerary->tasks[k];
        const Template *template = free_template(problem, h, k);
        cost_t moved = stability_cost(problem, h, k, dated->start, dated->minute);
        if (moved == 0 && member_changes(problem, itinerary, k)) {
            moved = problem->op->weights[PART_BROKEN_PROMISE];
        }
        cost += moved;
        if (template->appointment && dated->minute != MINUTE_NONE &&
            !problem_is_preferred(problem, h, dated->start, dated->minute, template->minutes)) {
            cost += problem->op->weights[PART_NON_PREFERRED];
        }
        last = MAX(last, dated->finish);
    }
    return household->n_free > 0 ? cost + end_cost(problem, h, last) : cost;
}
