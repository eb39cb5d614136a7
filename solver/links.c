#include "solver/links.h"

#include <glib.h>
#include <string.h>

enum { NO_PATH = INT32_MIN / 2 };

/* Fills days[i * n + j]: so many days task j starts after the finish of task i, at least; NO_PATH
 * where no lags lead from i to j. */
static void find_distances(const ProblemHousehold *household, int n, int *days) {
    for (int i = 0; i < n * n; i++) {
        days[i] = NO_PATH;
    }
    for (int l = 0; l < household->n_lags; l++) {
        const PricingLag *lag = &household->lags[l];
        if (lag->from < n && lag->to < n) {
            days[lag->from * n + lag->to] = MAX(days[lag->from * n + lag->to], lag->min_days);
        }
    }
    for (int via = 0; via < n; via++) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                // NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign)
                int first = days[i * n + via];
                // NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign)
                int second = days[via * n + j];
                if (first > NO_PATH && second > NO_PATH) {
                    days[i * n + j] = MAX(days[i * n + j], first + second);
                }
            }
        }
    }
}

static bool needs_group(const Links *links, int h, int k, int group) {
    const Problem *problem = links->rows->problem;
    const Template *template = free_template(problem, h, k);
    int role = problem->op->resources[links->rows->member_clock[group]].role;
    bool needs = false;
    for (int i = 0; i < template->n_needs && template->appointment; i++) {
        needs = needs ||
                (template->needs[i].role == role && template->needs[i].measure == MEASURE_CLOCK);
    }
    return needs;
}

/* Puts task k into the first set of its household and group in which it shares no day. */
static void choose_set(Links *links, int h, int k, int group, const int *days) {
    int n = links->rows->problem->households[h].n_free;
    int n_groups = links->rows->n_groups;
    int *own = &links->set[links->first_task[h] * n_groups];
    int first = links->n_sets;
    for (int j = 0; j < k; j++) {
        int set = own[j * n_groups + group];
        first = set != NONE ? MIN(first, set) : first;
    }
    int chosen = first;
    for (; chosen < links->n_sets; chosen++) {
        bool apart = links->group[chosen] == group;
        for (int j = 0; j < k && apart; j++) {
            apart =
                own[j * n_groups + group] != chosen || days[j * n + k] >= 1 || days[k * n + j] >= 1;
        }
        if (apart) {
            break;
        }
    }
    own[k * n_groups + group] = chosen;
    if (chosen == links->n_sets) {
        links->group[links->n_sets++] = group;
    }
}

/* How much a set depends on an evening: little where its task finds other slots on that day. */
static void find_shares(Links *links, int h, int k, int group) {
    const double little = 0.02;
    const Problem *problem = links->rows->problem;
    const uint8_t *reception = problem->households[h].free[k].reception;
    int r = links->rows->member_clock[group];
    int set = links->set[(links->first_task[h] + k) * links->rows->n_groups + group];
    for (day_t d = 0; d < problem->n_days; d++) {
        bool late = false;
        bool other = false;
        for (int s = 0; s < problem->n_slots; s++) {
            bool possible = reception_of(reception[d * problem->n_slots + s]) != RECEPTION_NONE &&
                            calendar_people(problem->calendar, r, d, s) > 0;
            late = late || (possible && problem->op->slots[s].late);
            other = other || (possible && !problem->op->slots[s].late);
        }
        double *share = &links->share[(size_t)set * problem->n_days + d];
        *share = MAX(*share, !late ? 0 : other ? little : 1);
    }
}

/* Sets of household h; `days` is scratch. */
static void make_sets(Links *links, int h, int *days) {
    int n = links->rows->problem->households[h].n_free;
    int n_groups = links->rows->n_groups;
    find_distances(&links->rows->problem->households[h], n, days);
    for (int group = 0; group < n_groups; group++) {
        for (int k = 0; k < n; k++) {
            links->set[(links->first_task[h] + k) * n_groups + group] = NONE;
            if (needs_group(links, h, k, group)) {
                choose_set(links, h, k, group, days);
            }
        }
    }
}

Links *links_new(const Rows *rows) {
    const Problem *problem = rows->problem;
    Links *links = g_new0(Links, 1);
    int widest = 0;
    links->rows = rows;
    links->first_task = g_new0(int, problem->n_households + 1);
    for (int h = 0; h < problem->n_households; h++) {
        links->first_task[h + 1] = links->first_task[h] + problem->households[h].n_free;
        widest = MAX(widest, problem->households[h].n_free);
    }
    int most = links->first_task[problem->n_households] * rows->n_groups;
    links->set = g_new(int, most + 1);
    links->group = g_new(int, most + 1);
    int *days = g_new(int, (size_t)widest *widest + 1);
    for (int h = 0; h < problem->n_households; h++) {
        make_sets(links, h, days);
    }
    g_free(days);
    links->n = rows->n + links->n_sets * problem->n_days;
    links->share = g_new0(double, (size_t)links->n_sets * problem->n_days + 1);
    for (int h = 0; h < problem->n_households; h++) {
        for (int k = 0; k < problem->households[h].n_free; k++) {
            for (int group = 0; group < rows->n_groups; group++) {
                if (needs_group(links, h, k, group)) {
                    find_shares(links, h, k, group);
                }
            }
        }
    }
    return links;
}

void links_free(Links *links) {
    if (links != NULL) {
        g_free(links->group);
        g_free(links->set);
        g_free(links->first_task);
        g_free(links->share);
        g_free(links);
    }
}

/* Sets of household h: [k * clock groups + group]. */
static const int *sets_of(const Links *links, int h) {
    return &links->set[links->first_task[h] * links->rows->n_groups];
}

void links_column(const Links *links, const Itinerary *itinerary, Column *column) {
    const Rows *rows = links->rows;
    const Problem *problem = rows->problem;
    const int *set = sets_of(links, itinerary->household);
    for (int k = 0; k < itinerary->n; k++) {
        const Template *template = free_template(problem, itinerary->household, k);
        const Dated *dated = &itinerary->tasks[k];
        bool late = template->appointment && problem->op->slots[dated->slot].late;
        for (int i = 0; i < template->n_needs && late; i++) {
            int r = itinerary->members[template->needs[i].role];
            if (template->needs[i].measure == MEASURE_CLOCK) {
                int q = set[k * rows->n_groups + rows->clock_member[r]];
                column_put(column, rows->n + q * problem->n_days + dated->start, 1);
            }
        }
    }
}

LatePrices links_prices(const Links *links, int h, const double *multiplier) {
    const Rows *rows = links->rows;
    return (LatePrices){&multiplier[rows->n], sets_of(links, h), rows->clock_member,
                        rows->n_groups};
}

int links_evening(const Links *links, int row) {
    const Rows *rows = links->rows;
    int n_days = rows->problem->n_days;
    int set = (row - rows->n) / n_days;
    return rows->member_clock[links->group[set]] * n_days + (row - rows->n) % n_days;
}

void links_worth(const Links *links, const double *multiplier, double *worth) {
    int n_days = links->rows->problem->n_days;
    memset(worth, 0, sizeof(double) * (size_t)links->rows->n_groups * (size_t)n_days);
    for (int q = 0; q < links->n_sets; q++) {
        const double *link = &multiplier[links->rows->n + q * n_days];
        for (day_t d = 0; d < n_days; d++) {
            worth[links->group[q] * n_days + d] += link[d];
        }
    }
}

/* What an evening of the group costs above what its rows pay; 0 where facts have paid for it. */
static double unpaid(const Links *links, const double *multiplier, int group, day_t d, int *row,
                     double *amount) {
    const Rows *rows = links->rows;
    const Problem *problem = rows->problem;
    int r = rows->member_clock[group];
    if (problem->late_fact[(size_t)r * problem->n_days + d]) {
        return 0;
    }
    double left = (double)problem->op->weights[PART_LATE_EVENING];
    int n = rows_of_evening(rows, r, d, rows->exists, row, amount);
    for (int i = 0; i < n; i++) {
        left += multiplier[row[i]] * amount[i];
    }
    return left;
}

void links_lift(const Links *links, double *multiplier) {
    const Rows *rows = links->rows;
    int n_days = rows->problem->n_days;
    int most = rows_most_of_evening(rows);
    double *worth = g_new(double, rows->n_groups *n_days + 1);
    int *row = g_new(int, most + 1);
    double *amount = g_new(double, most + 1);
    links_worth(links, multiplier, worth);
    for (int group = 0; group < rows->n_groups; group++) {
        for (day_t d = 0; d < n_days; d++) {
            double left =
                unpaid(links, multiplier, group, d, row, amount) - worth[group * n_days + d];
            double shares = 0;
            for (int q = 0; q < links->n_sets && left > 0; q++) {
                shares += links->group[q] == group ? links->share[q * n_days + d] : 0;
            }
            for (int q = 0; q < links->n_sets && shares > 0; q++) {
                double share = links->group[q] == group ? links->share[q * n_days + d] : 0;
                multiplier[rows->n + q * n_days + d] += left * share / shares;
            }
        }
    }
    g_free(worth);
    g_free(row);
    g_free(amount);
}
