#include "solver/cheapest_internal.h"

#include <glib.h>
#include <string.h>

Seeker *seeker_new(const Problem *problem) {
    Seeker *seeker = g_new0(Seeker, 1);
    int most = 1;
    for (int h = 0; h < problem->n_households; h++) {
        most = MAX(most, problem->households[h].n_free + 1);
    }
    seeker->problem = problem;
    seeker->pricing = pricing_new(problem->n_slots);
    seeker->only = g_new(int, problem->n_roles + 1);
    seeker->banned = g_new0(uint8_t, problem->n_resources + 1);
    seeker->day_cost = g_new(double, problem->n_days);
    seeker->total = g_new(double, problem->n_days);
    seeker->need_cost = g_new(double, problem->n_days);
    seeker->choice = g_new(int, most);
    return seeker;
}

void seeker_free(Seeker *seeker) {
    if (seeker == NULL) {
        return;
    }
    pricing_free(seeker->pricing);
    g_free(seeker->only);
    g_free(seeker->banned);
    g_free(seeker->day_cost);
    g_free(seeker->total);
    g_free(seeker->need_cost);
    g_free(seeker->choice);
    g_free(seeker);
}

static int pricing_tasks(const Seeker *seeker) {
    return seeker->household->n_free + (seeker->household->has_end ? 1 : 0);
}

/* Two tasks of the itinerary that want different members of one role. */
typedef struct Conflict {
    int role;   /* NONE when all agree */
    int member; /* the one that more tasks want */
} Conflict;

/* Who serves each role by the chosen options; tells a role on which tasks do not agree. */
static Conflict collect_members(Seeker *seeker, Itinerary *itinerary) {
    Conflict conflict = {NONE, NONE};
    for (int k = 0; k < seeker->household->n_free; k++) {
        const Template *template = free_template(seeker->problem, seeker->request->household, k);
        for (int i = 0; i < template->n_needs; i++) {
            int role = template->needs[i].role;
            int member = options_member(seeker, k, seeker->choice[k], i);
            if (itinerary->members[role] == NONE) {
                itinerary->members[role] = member;
            } else if (itinerary->members[role] != member && conflict.role == NONE) {
                conflict = (Conflict){role, itinerary->members[role]};
            }
        }
    }
    return conflict;
}

/* A role of works whose member is still open; used where several ways to staff a start made the
 * answer of the minimum cut a relaxation. */
static Conflict open_role(const Seeker *seeker) {
    const Problem *problem = seeker->problem;
    for (int k = 0; k < seeker->household->n_free; k++) {
        const Template *template = free_template(problem, seeker->request->household, k);
        for (int i = 0; i<template->n_needs &&template->n_combinations> 1; i++) {
            const Role *role = &problem->op->roles[template->needs[i].role];
            for (int m = 0; m < role->n_members && seeker->only[template->needs[i].role] == NONE;
                 m++) {
                if (!seeker->banned[role->members[m]]) {
                    return (Conflict){template->needs[i].role, role->members[m]};
                }
            }
        }
    }
    return (Conflict){NONE, NONE};
}

static int nights_over(const Seeker *seeker, const Itinerary *itinerary) {
    const ProblemHousehold *household = seeker->household;
    if (household->out == NONE || household->back == NONE || household->max_nights == NO_LIMIT) {
        return 0;
    }
    return itinerary->tasks[household->back].start - itinerary->tasks[household->out].start -
           household->max_nights;
}

static void read_choice(const Seeker *seeker, Itinerary *itinerary) {
    int n_slots = seeker->problem->n_slots;
    for (int k = 0; k < seeker->household->n_free; k++) {
        const Options *options = pricing_options(seeker->pricing, k);
        int o = seeker->choice[k];
        bool appointment =
            free_template(seeker->problem, seeker->request->household, k)->appointment;
        itinerary->tasks[k] =
            (Dated){options->start[o] / n_slots, options->finish[o] / n_slots, options->minute[o],
                    appointment ? options->start[o] % n_slots : 0};
    }
    itinerary->home_class = seeker->home_class;
}

/* The true cost of an itinerary that the current pricing problem values at `value`. */
static double true_value(const Seeker *seeker, const Itinerary *itinerary, double value) {
    int over = nights_over(seeker, itinerary);
    double weight =
        (double)(seeker->problem->op->weights[PART_NIGHT_OVER_MAX] * seeker->household->weight);
    return value - seeker->night_price * over + weight * MAX(over, 0) +
           (double)seeker->household->constant;
}

static void remake_options(Seeker *seeker, int role) {
    for (int k = 0; k < seeker->household->n_free; k++) {
        const Template *template = free_template(seeker->problem, seeker->request->household, k);
        for (int i = 0; i < template->n_needs; i++) {
            if (template->needs[i].role == role) {
                options_make(seeker, k);
                break;
            }
        }
    }
}

/* Branches over members until all tasks of each role agree; returns a lower bound of the branch
 * under the current night price, and keeps the best itinerary. `over` tells the nights above the
 * maximum of the branch's first answer. */
static double branch_members(Seeker *seeker, int *over) {
    bool exact;
    double value = pricing_solve(seeker->pricing, seeker->choice, &exact);
    seeker->nodes_left--;
    *over = 0;
    if (!COST_IS_FINITE(value) ||
        value + (double)seeker->household->constant >= seeker->best_value) {
        return value;
    }
    Itinerary *itinerary = itinerary_new(seeker->problem, seeker->request->household);
    read_choice(seeker, itinerary);
    Conflict conflict = exact ? collect_members(seeker, itinerary) : open_role(seeker);
    *over = nights_over(seeker, itinerary);
    if (conflict.role == NONE) {
        double true_cost = true_value(seeker, itinerary, value);
        if (exact && true_cost < seeker->best_value) {
            g_free(seeker->best);
            seeker->best = itinerary;
            seeker->best_value = true_cost;
        } else {
            g_free(itinerary);
        }
        return value;
    }
    g_free(itinerary);
    if (seeker->nodes_left <= 0) {
        return value;
    }
    int unused;
    int before = seeker->only[conflict.role];
    seeker->only[conflict.role] = conflict.member;
    remake_options(seeker, conflict.role);
    double with = branch_members(seeker, &unused);
    seeker->only[conflict.role] = before;
    seeker->banned[conflict.member] = 1;
    remake_options(seeker, conflict.role);
    double without = seeker->nodes_left > 0 ? branch_members(seeker, &unused) : value;
    seeker->banned[conflict.member] = 0;
    remake_options(seeker, conflict.role);
    return MAX(value, MIN(with, without));
}

static double solve_at(Seeker *seeker, double night_price, int *over) {
    seeker->night_price = night_price;
    options_make(seeker, seeker->household->out);
    options_make(seeker, seeker->household->back);
    return branch_members(seeker, over);
}

/* The cost of nights above the maximum is convex: its Lagrangian relaxation has one price between 0
 * and the weight; at either end the answer is often exact already. */
static double search_night_price(Seeker *seeker, double bound, int over) {
    double low = 0;
    double high =
        (double)(seeker->problem->op->weights[PART_NIGHT_OVER_MAX] * seeker->household->weight);
    if (over <= 0) {
        return bound;
    }
    double at_high = solve_at(seeker, high, &over);
    bound = MAX(bound, at_high);
    for (int step = 0; step < 4 && over < 0 && seeker->nodes_left > 0; step++) {
        double middle = (low + high) / 2;
        int at_middle;
        bound = MAX(bound, solve_at(seeker, middle, &at_middle));
        if (at_middle == 0) {
            break;
        }
        if (at_middle > 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return bound;
}

/* The cheapest itinerary in the current home, stay between home_from and home_until. */
static double solve_home(Seeker *seeker) {
    const ProblemHousehold *household = seeker->household;
    int over;
    seeker->night_price = 0;
    seeker->nodes_left = seeker->request->nodes;
    if (household->out != NONE) {
        options_make(seeker, household->out);
    }
    if (household->back != NONE) {
        options_make(seeker, household->back);
    }
    double bound = branch_members(seeker, &over);
    if (household->out != NONE && household->back != NONE && COST_IS_FINITE(bound)) {
        bound = search_night_price(seeker, bound, over);
    }
    return bound;
}

/* Homes of the current class are free in runs of days. Solves over all of them at once, then run by
 * run when the stay of the answer does not lie in one of them. */
static double solve_class(Seeker *seeker) {
    const Problem *problem = seeker->problem;
    const ProblemHousehold *household = seeker->household;
    const int32_t *left =
        &seeker->request->usage->home_left[(size_t)seeker->home_class * problem->n_days];
    const HomeClass *class = &problem->classes[seeker->home_class];
    double bound = COST_INFINITE;
    /* The household's own home is counted as taken already. */
    int least = household->fixed_home != NONE ? 0 : 1;
    day_t d = household->fixed_home != NONE ? 0 : class->from;
    while (d < problem->n_days && d <= class->until) {
        if (left[d] < least) {
            if (household->fixed_home != NONE) {
                break;
            }
            d++;
            continue;
        }
        day_t end = d;
        while (end < problem->n_days && left[end] >= least) {
            end++;
        }
        seeker->home_from = d;
        seeker->home_until = end - 1;
        double value = solve_home(seeker);
        bound = MIN(bound, value);
        if (household->fixed_home != NONE) {
            break;
        }
        d = end;
    }
    return bound;
}

Itinerary *cheapest_itinerary(Seeker *seeker, const Request *request, double *value,
                              double *bound) {
    const Problem *problem = seeker->problem;
    const ProblemHousehold *household = &problem->households[request->household];
    seeker->request = request;
    seeker->household = household;
    seeker->best = NULL;
    seeker->best_value = COST_INFINITE;
    seeker->night_price = 0;
    memcpy(seeker->only, household->fixed, sizeof(int) * (size_t)problem->n_roles);
    pricing_start(seeker->pricing, pricing_tasks(seeker), household->lags, household->n_lags);
    seeker->home_class = NONE;
    for (int k = 0; k < household->n_free; k++) {
        if (!household->stays || (k != household->out && k != household->back)) {
            options_make(seeker, k);
        }
    }
    if (household->has_end) {
        options_make_end(seeker);
    }
    *bound = COST_INFINITE;
    if (household->stays) {
        for (int i = 0; i < household->n_classes; i++) {
            seeker->home_class = household->classes[i];
            *bound = MIN(*bound, solve_class(seeker));
        }
    } else {
        *bound = solve_home(seeker);
    }
    *bound = COST_IS_FINITE(*bound) ? *bound + (double)household->constant : COST_INFINITE;
    *bound = MIN(*bound, seeker->best_value);
    *value = seeker->best_value;
    return seeker->best;
}
