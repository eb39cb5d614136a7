#include "solver/cheapest_internal.h"

#include <glib.h>
#include <math.h>
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
    seeker->least_home = g_new0(double, problem->n_days + 1);
    seeker->runs = g_new(Run, (size_t)problem->n_classes * problem->n_days + 1);
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
    g_free(seeker->runs);
    g_free(seeker->least_home);
    g_free(seeker);
}

double seeker_work(const Seeker *seeker) {
    return pricing_work(seeker->pricing);
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
    const ProblemHousehold *household = seeker->household;
    if (household->stays) {
        day_t out =
            household->out == NONE ? household->out_day : itinerary->tasks[household->out].start;
        day_t back = household->back == NONE ? seeker->problem->n_days - 1
                                             : itinerary->tasks[household->back].start;
        double price;
        itinerary->home_class = options_home(seeker, out, back, &price)->home_class;
    }
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

/* Pricing problems beyond the limit that may be spent on a first answer. */
enum { DIVE_NODES = 10 };

static int last_node(const Seeker *seeker) {
    return seeker->best == NULL ? -DIVE_NODES : 0;
}

/* Branches over members until all tasks of each role agree; returns a lower bound of the branch and
 * keeps the best itinerary. */
static double branch_members(Seeker *seeker) {
    bool exact;
    double value = pricing_solve(seeker->pricing, seeker->best_value, seeker->choice, &exact);
    seeker->nodes_left--;
    if (!COST_IS_FINITE(value) || value >= seeker->best_value) {
        return value;
    }
    Conflict conflict = {NONE, NONE};
    if (!exact && seeker->request->lag_nodes == 0) {
        conflict = open_role(seeker);
    } else if (exact) {
        Itinerary *itinerary = itinerary_new(seeker->problem, seeker->request->household);
        read_choice(seeker, itinerary);
        conflict = collect_members(seeker, itinerary);
        if (conflict.role == NONE) {
            g_free(seeker->best);
            seeker->best = itinerary;
            seeker->best_value = value;
            return value;
        }
        g_free(itinerary);
    }
    if (seeker->nodes_left <= last_node(seeker) || conflict.role == NONE) {
        return value;
    }
    int before = seeker->only[conflict.role];
    seeker->only[conflict.role] = conflict.member;
    remake_options(seeker, conflict.role);
    double with = branch_members(seeker);
    seeker->only[conflict.role] = before;
    seeker->banned[conflict.member] = 1;
    remake_options(seeker, conflict.role);
    bool more = seeker->nodes_left > last_node(seeker);
    double without = more ? branch_members(seeker) : value;
    seeker->banned[conflict.member] = 0;
    remake_options(seeker, conflict.role);
    return MAX(value, MIN(with, without));
}

/* ---- Homes ------------------------------------------------------------------------------- */

/* The runs of days on which a home of the class is free. The home of a household that is away is
 * counted as taken by itself. */
static void add_runs(Seeker *seeker, int home_class) {
    const Problem *problem = seeker->problem;
    const HomeClass *class = &problem->classes[home_class];
    size_t first = (size_t)home_class * problem->n_days;
    const int32_t *left = &seeker->request->usage->home_left[first];
    const int32_t *least = &seeker->request->usage->home_least[first];
    bool own = seeker->household->fixed_home != NONE;
    day_t end;
    for (day_t d = own ? 0 : class->from; d < problem->n_days && d <= class->until; d = end + 1) {
        end = d;
        while (end < problem->n_days && left[end] >= (own ? least[end] : 1)) {
            end++;
        }
        if (end > d) {
            seeker->runs[seeker->n_runs++] =
                (Run){home_class, own ? INT32_MIN : d, end - 1, class->until};
        }
        if (own) {
            return;
        }
    }
}

/* True when whatever fits into run b fits into run a and costs no more there under the prices. */
static bool run_dominates(const Seeker *seeker, const Run *a, const Run *b) {
    int n = seeker->problem->n_days;
    const double *prices = seeker->request->prices->home;
    const double *first = &prices[(size_t)a->home_class * n];
    const double *second = &prices[(size_t)b->home_class * n];
    bool dominates = a->from <= b->from && a->until >= b->until && a->last_back >= b->last_back;
    for (day_t d = MAX(b->from, 0); d < n && dominates; d++) {
        dominates = first[d] <= second[d];
    }
    return dominates;
}

/* Under prices one of two homes is often the better one on every day. */
static void drop_dominated_runs(Seeker *seeker) {
    Run *runs = seeker->runs;
    int n = 0;
    for (int i = 0; i < seeker->n_runs; i++) {
        Run run = runs[i];
        bool dominated = false;
        for (int j = 0; j < n && !dominated; j++) {
            dominated = run_dominates(seeker, &runs[j], &run);
        }
        if (dominated) {
            continue;
        }
        int kept = 0;
        for (int j = 0; j < n; j++) {
            if (!run_dominates(seeker, &run, &runs[j])) {
                runs[kept++] = runs[j];
            }
        }
        runs[kept++] = run;
        n = kept;
    }
    seeker->n_runs = n;
}

/* Sums of the cheapest price of each day among the homes of the runs. */
static void sum_least_home(Seeker *seeker) {
    const Problem *problem = seeker->problem;
    const ProblemHousehold *household = seeker->household;
    const Prices *prices = seeker->request->prices;
    for (day_t d = 0; d < problem->n_days; d++) {
        double least = household->stays && prices != NULL ? COST_INFINITE : 0;
        for (int i = 0; i < seeker->n_runs && prices != NULL; i++) {
            size_t cell = (size_t)seeker->runs[i].home_class * problem->n_days + d;
            least = MIN(least, prices->home[cell]);
        }
        least = COST_IS_FINITE(least) ? floor(least * 65536.0) / 65536.0 : 0;
        seeker->least_home[d + 1] = seeker->least_home[d] + least;
    }
}

static void find_homes(Seeker *seeker) {
    const ProblemHousehold *household = seeker->household;
    seeker->n_runs = 0;
    for (int i = 0; i < household->n_classes && household->stays; i++) {
        add_runs(seeker, household->classes[i]);
    }
    if (seeker->request->prices != NULL) {
        drop_dominated_runs(seeker);
    }
    sum_least_home(seeker);
}

/* The home and the nights above the maximum, by the day of the return. */
static void stay_row(void *context, day_t out, double *extra) {
    const Seeker *seeker = context;
    const Problem *problem = seeker->problem;
    const ProblemHousehold *household = seeker->household;
    const Prices *prices = seeker->request->prices;
    int turnaround = problem->op->turnaround_days;
    int n = problem->n_days;
    for (day_t d = 0; d < n; d++) {
        extra[d] = household->stays ? COST_INFINITE : 0;
    }
    for (int i = 0; i < seeker->n_runs; i++) {
        const Run *run = &seeker->runs[i];
        if (out < run->from || out > run->until) {
            continue;
        }
        const double *home =
            prices == NULL ? NULL : &prices->home_sum[(size_t)run->home_class * (n + 1)];
        day_t last = run->until == n - 1 ? n - 1 : run->until - turnaround;
        for (day_t d = out; d <= MIN(last, run->last_back); d++) {
            double price = home == NULL ? 0 : home[MIN(d + turnaround + 1, n)] - home[out];
            extra[d] = MIN(extra[d], price);
        }
    }
    double weight = (double)(problem->op->weights[PART_NIGHT_OVER_MAX] * household->weight);
    for (day_t d = out; d < n; d++) {
        double least = seeker->least_home[MIN(d + turnaround + 1, n)] - seeker->least_home[out];
        extra[d] = MAX(floor(extra[d] * 65536.0) / 65536.0 - least, 0);
        if (household->max_nights != NO_LIMIT && d - out > household->max_nights) {
            extra[d] += weight * (d - out - household->max_nights);
        }
    }
}

/* Makes all options and branches over members. */
static double price_all(Seeker *seeker) {
    const ProblemHousehold *household = seeker->household;
    bool both = household->out != NONE && household->back != NONE;
    bool homes = household->stays && seeker->n_runs != 1;
    bool pairs = both && (homes || household->max_nights != NO_LIMIT);
    pricing_start(seeker->pricing, pricing_tasks(seeker), household->lags, household->n_lags,
                  pairs ? &seeker->pair : NULL);
    for (int k = 0; k < household->n_free; k++) {
        options_make(seeker, k);
    }
    if (household->has_end) {
        options_make_end(seeker);
    }
    return branch_members(seeker);
}

/* Whether every run of homes is to be priced by itself: then their prices are costs of the two ends
 * of the stay, and lags alone couple tasks. */
static bool prices_homes_apart(const Seeker *seeker) {
    enum { MOST_RUNS = 12 };
    const ProblemHousehold *household = seeker->household;
    return household->stays && household->out != NONE && household->back != NONE &&
           seeker->request->prices != NULL && !seeker->request->quick && seeker->n_runs > 1 &&
           seeker->n_runs <= MOST_RUNS;
}

static double branch_homes(Seeker *seeker) {
    Run *all = seeker->runs;
    int n = seeker->n_runs;
    double bound = COST_INFINITE;
    for (int i = 0; i < n; i++) {
        seeker->runs = &all[i];
        seeker->n_runs = 1;
        seeker->nodes_left = seeker->request->nodes;
        sum_least_home(seeker);
        if (i == 0) {
            bound = price_all(seeker);
            continue;
        }
        options_make(seeker, seeker->household->out);
        options_make(seeker, seeker->household->back);
        bound = MIN(bound, branch_members(seeker));
    }
    seeker->runs = all;
    seeker->n_runs = n;
    return bound;
}

Itinerary *cheapest_itinerary(Seeker *seeker, const Request *request, double *value,
                              double *bound) {
    const Problem *problem = seeker->problem;
    const ProblemHousehold *household = &problem->households[request->household];
    seeker->request = request;
    seeker->household = household;
    seeker->best = NULL;
    double constant = (double)household->constant;
    seeker->best_value =
        COST_IS_FINITE(request->cutoff) ? request->cutoff - constant : COST_INFINITE;
    seeker->nodes_left = request->nodes;
    seeker->pair = (PairCost){household->out, household->back, problem->n_days, seeker, stay_row};
    memcpy(seeker->only, household->fixed, sizeof(int) * (size_t)problem->n_roles);
    pricing_set_quick(seeker->pricing, request->quick);
    pricing_set_effort(seeker->pricing, request->lag_nodes);
    find_homes(seeker);
    *bound = prices_homes_apart(seeker) ? branch_homes(seeker) : price_all(seeker);
    *bound = MIN(*bound, seeker->best_value);
    *bound = COST_IS_FINITE(*bound) ? *bound + constant : COST_INFINITE;
    *value = seeker->best == NULL ? COST_INFINITE : seeker->best_value + constant;
    return seeker->best;
}
