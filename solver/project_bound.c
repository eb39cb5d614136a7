#include "solver/project_bound.h"

#include <glib.h>

/* Of every free task: the first start, the first finish, and the days after the finish. */
typedef struct Reach {
    int n;
    day_t *head, *finish, *tail;
    day_t last; /* the household's last finish is no sooner */
} Reach;

/* The first finish of task k from day `start` on, whoever does it; n_days beyond the horizon. */
static day_t first_finish(const Problem *problem, int h, int k, day_t start) {
    const Template *template = free_template(problem, h, k);
    if (template->appointment || start >= problem->n_days) {
        return start;
    }
    day_t least = problem->n_days;
    for (int c = 0; c < template->n_combinations; c++) {
        day_t finish = joint_finish(&problem->joint[template->combinations[c].calendar], start,
                                    template->days);
        least = finish == NO_DAY ? least : MIN(least, finish);
    }
    return least;
}

static day_t first_start(const FreeTask *task) {
    day_t start = task->release;
    for (int i = 0; i < task->n_kept; i++) {
        start = MIN(start, task->kept[i].day);
    }
    return MAX(MAX(start, task->window.start_low), 0);
}

/* Longest paths from the first starts and to the end; tasks stand in topological order. */
static void find_reach(const Problem *problem, int h, Reach *reach) {
    const ProblemHousehold *household = &problem->households[h];
    for (int k = 0; k < reach->n; k++) {
        reach->head[k] = first_start(&household->free[k]);
        for (int l = 0; l < household->n_lags; l++) {
            const PricingLag *lag = &household->lags[l];
            if (lag->to == k) {
                reach->head[k] = MAX(reach->head[k], reach->finish[lag->from] + lag->min_days);
            }
        }
        reach->finish[k] = first_finish(problem, h, k, reach->head[k]);
    }
    for (int k = reach->n - 1; k >= 0; k--) {
        reach->tail[k] = 0;
        for (int l = 0; l < household->n_lags; l++) {
            const PricingLag *lag = &household->lags[l];
            if (lag->from == k && lag->to < reach->n) {
                int days = MAX(free_template(problem, h, lag->to)->days, 1);
                reach->tail[k] =
                    MAX(reach->tail[k], lag->min_days + days - 1 + reach->tail[lag->to]);
            }
        }
        reach->last = MAX(reach->last, reach->finish[k] + reach->tail[k]);
    }
}

/* What works k need of the role in all, thousandths of unit days. */
static milli_t energy_of(const Problem *problem, int h, int k, int role) {
    const Template *template = free_template(problem, h, k);
    for (int i = 0; i < template->n_needs; i++) {
        const RoleNeed *need = &template->needs[i];
        if (need->role == role && need->measure != MEASURE_CLOCK) {
            return role_need_amount(problem, h, need) * MAX(template->days, 1);
        }
    }
    return 0;
}

/* sum[d]: what the role's largest member can do before day d. */
static void sum_capacity(const Problem *problem, const Usage *facts, int h, int role,
                         milli_t *sum) {
    const Role *of = &problem->op->roles[role];
    int fixed = problem->households[h].fixed[role];
    sum[0] = 0;
    for (day_t d = 0; d < problem->n_days; d++) {
        milli_t most = 0;
        for (int m = 0; m < of->n_members; m++) {
            if (fixed == NONE || fixed == of->members[m]) {
                most = MAX(most, facts->left[(size_t)of->members[m] * problem->n_days + d]);
            }
        }
        sum[d + 1] = sum[d] + most;
    }
}

/* The first day by which `energy` can be done from day r on; n_days beyond the horizon. */
static day_t day_of_energy(const Problem *problem, const milli_t *sum, day_t r, milli_t energy) {
    day_t low = r;
    day_t high = problem->n_days;
    while (low < high) {
        day_t middle = low + (high - low) / 2;
        if (sum[middle + 1] - sum[r] >= energy) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

typedef struct Load {
    day_t head, tail;
    milli_t energy;
} Load;

static int compare_tails(gconstpointer a, gconstpointer b) {
    return ((const Load *)b)->tail - ((const Load *)a)->tail;
}

/* Raises the last finish by the energy of one role. */
static void add_energy(const Problem *problem, const Usage *facts, int h, int role, Reach *reach) {
    Load *loads = g_new(Load, reach->n + 1);
    milli_t *sum = g_new(milli_t, problem->n_days + 1);
    int n = 0;
    for (int k = 0; k < reach->n; k++) {
        milli_t energy = energy_of(problem, h, k, role);
        if (energy > 0 && reach->head[k] < problem->n_days) {
            loads[n++] = (Load){reach->head[k], reach->tail[k], energy};
        }
    }
    qsort(loads, (size_t)n, sizeof(Load), compare_tails);
    sum_capacity(problem, facts, h, role, sum);
    for (int i = 0; i < n; i++) {
        milli_t energy = 0;
        for (int j = 0; j < n; j++) {
            if (loads[j].head >= loads[i].head) {
                energy += loads[j].energy;
                day_t done = day_of_energy(problem, sum, loads[i].head, energy);
                reach->last = MAX(reach->last, done + loads[j].tail);
            }
        }
    }
    g_free(loads);
    g_free(sum);
}

cost_t project_bound(const Problem *problem, const Usage *facts, int h) {
    const ProblemHousehold *household = &problem->households[h];
    Reach reach = {.n = household->n_free, .last = household->last_fact};
    if (reach.n == 0) {
        return household->constant;
    }
    reach.head = g_new0(day_t, reach.n);
    reach.finish = g_new0(day_t, reach.n);
    reach.tail = g_new0(day_t, reach.n);
    find_reach(problem, h, &reach);
    for (int role = 0; role < problem->n_roles && household->competes; role++) {
        add_energy(problem, facts, h, role, &reach);
    }
    g_free(reach.head);
    g_free(reach.finish);
    g_free(reach.tail);
    return household->constant + end_cost(problem, h, reach.last);
}

cost_t project_bound_total(const Problem *problem) {
    Usage *facts = usage_new(problem);
    cost_t total = 0;
    for (int h = 0; h < problem->n_households; h++) {
        cost_t planned = project_bound(problem, facts, h);
        cost_t unplanned = problem->households[h].unplanned_cost;
        total += problem->households[h].n_free == 0 ? planned : MIN(planned, unplanned);
    }
    usage_free(facts);
    return total;
}

double *project_bounds(const Problem *problem, const Usage *facts) {
    double *least = g_new0(double, problem->n_households + 1);
    for (int h = 0; h < problem->n_households; h++) {
        if (problem->households[h].competes) {
            least[h] = (double)project_bound(problem, facts, h);
        }
    }
    return least;
}
