/* problem_compete.c: can a household's own works get in each other's way? */
#include "solver/problem_internal.h"

#include <glib.h>

enum { UNORDERED = INT32_MIN };

/* apart[j] becomes the least days from the finish of task i to the start of j that lags enforce, or
 * UNORDERED. Tasks stand in topological order. */
static void find_apart(const Problem *problem, int h, int i, int *apart) {
    const ProblemHousehold *household = &problem->households[h];
    for (int j = 0; j < household->n_free; j++) {
        apart[j] = UNORDERED;
    }
    for (int j = i; j < household->n_free; j++) {
        if (j != i && apart[j] == UNORDERED) {
            continue;
        }
        int days = free_template(problem, h, j)->days;
        int finish = j == i ? 0 : apart[j] + MAX(days, 1) - 1;
        for (int l = 0; l < household->n_lags; l++) {
            const PricingLag *lag = &household->lags[l];
            if (lag->from == j && lag->to < household->n_free) {
                apart[lag->to] = MAX(apart[lag->to], finish + lag->min_days);
            }
        }
    }
}

/* What the task needs of a role, thousandths of a unit. */
static milli_t amount_of(const Problem *problem, int h, int k, int role) {
    const Template *template = free_template(problem, h, k);
    for (int i = 0; i < template->n_needs; i++) {
        if (template->needs[i].role == role && template->needs[i].measure != MEASURE_CLOCK) {
            return role_need_amount(problem, h, &template->needs[i]);
        }
    }
    return 0;
}

void problem_add_least_capacity(Problem *problem) {
    problem->least_capacity = ARENA_NEW(problem->arena, milli_t, problem->n_resources);
    for (int r = 0; r < problem->n_resources; r++) {
        const milli_t *capacity = &problem->calendar->capacity[(size_t)r * problem->n_days];
        problem->least_capacity[r] = INT64_MAX;
        for (day_t d = 0; d < problem->n_days; d++) {
            if (capacity[d] > 0) {
                problem->least_capacity[r] = MIN(problem->least_capacity[r], capacity[d]);
            }
        }
    }
}

/* The least that a member of the role who may serve the household has on a day of work. */
static milli_t least_capacity(const Problem *problem, int h, int role) {
    milli_t least = INT64_MAX;
    const Role *of = &problem->op->roles[role];
    int fixed = problem->households[h].fixed[role];
    for (int m = 0; m < of->n_members; m++) {
        if (fixed == NONE || fixed == of->members[m]) {
            least = MIN(least, problem->least_capacity[of->members[m]]);
        }
    }
    return least;
}

/* Together with all that may fall on its days, does some task need more of the role than there is?
 * ordered[i * n + j]: i is over before j starts. */
static bool role_is_short(const Problem *problem, int h, int role, milli_t capacity,
                          const bool *ordered) {
    int n = problem->households[h].n_free;
    for (int i = 0; i < n; i++) {
        milli_t sum = amount_of(problem, h, i, role);
        bool several = false;
        for (int j = 0; j < n && sum > 0; j++) {
            milli_t other = amount_of(problem, h, j, role);
            if (j != i && other > 0 && !ordered[i * n + j] && !ordered[j * n + i]) {
                sum += other;
                several = true;
            }
        }
        if (several && sum > capacity) {
            return true;
        }
    }
    return false;
}

bool problem_competes(const Problem *problem, int h) {
    int n = problem->households[h].n_free;
    bool *ordered = NULL;
    bool competes = false;
    for (int role = 0; role < problem->n_roles && !competes; role++) {
        milli_t capacity = least_capacity(problem, h, role);
        milli_t sum = 0;
        for (int k = 0; k < n; k++) {
            sum += amount_of(problem, h, k, role);
        }
        if (sum <= capacity) {
            continue;
        }
        if (ordered == NULL) {
            int *apart = g_new(int, n);
            ordered = g_new(bool, (size_t)n *n);
            for (int i = 0; i < n; i++) {
                find_apart(problem, h, i, apart);
                for (int j = 0; j < n; j++) {
                    ordered[i * n + j] = apart[j] >= 1;
                }
            }
            g_free(apart);
        }
        competes = role_is_short(problem, h, role, capacity, ordered);
    }
    g_free(ordered);
    return competes;
}
