/* rows_evenings.c: the evenings, which are variables of their own within the weeks' limits. */
#include <glib.h>

#include "solver/rows.h"

/* What evenings of a group are worth, and the rows that say so. */
typedef struct Evenings {
    const Rows *rows;
    const double *multiplier;
    int *row; /* scratch */
    double *amount;
    int more;            /* evenings a week beyond the limit */
    const double *worth; /* what an evening is worth besides, see rows_evenings_with(); or NULL */
} Evenings;

/* The price of the room that an evening of member r on day d opens. */
static double evening_worth(const Evenings *evenings, int r, day_t d) {
    const Rows *rows = evenings->rows;
    int n = rows_of_evening(rows, r, d, rows->exists, evenings->row, evenings->amount);
    double worth = 0;
    for (int i = 0; i < n; i++) {
        worth -= evenings->multiplier[evenings->row[i]] * evenings->amount[i];
    }
    if (evenings->worth != NULL) {
        worth += evenings->worth[(size_t)rows->clock_member[r] * rows->problem->n_days + d];
    }
    return worth;
}

/* The evenings of one member's week: the most worthwhile ones, as many as the limit allows. Returns
 * their least value. */
static double week_evenings(const Evenings *evenings, int r, day_t from, day_t to) {
    const Problem *problem = evenings->rows->problem;
    int size = evenings->rows->group_size[r];
    int most = problem->op->resources[r].max_late_per_week;
    double gain[7] = {0};
    int come[7] = {0};
    double value = 0;
    int left = most == NO_LIMIT ? 7 * size : most * size + evenings->more;
    for (day_t d = from; d <= to; d++) {
        double worth = evening_worth(evenings, r, d);
        come[d - from] = rows_evenings_most(evenings->rows, r, d);
        /* An evening that facts have taken costs nothing more. */
        if (problem->late_fact[(size_t)r * problem->n_days + d]) {
            value -= worth;
            left--;
        } else {
            gain[d - from] = worth - (double)problem->op->weights[PART_LATE_EVENING];
        }
    }
    while (left > 0) {
        int best = 0;
        for (int i = 1; i < 7; i++) {
            best = gain[i] > gain[best] ? i : best;
        }
        if (gain[best] <= 0) {
            break;
        }
        value -= gain[best] * MIN(left, come[best]);
        left -= come[best];
        gain[best] = 0;
    }
    return value;
}

/* All evenings of one group. */
static double group_evenings(const Evenings *evenings, int r) {
    const Problem *problem = evenings->rows->problem;
    double value = 0;
    for (day_t from = 0; from < problem->n_days;) {
        day_t to = from;
        while (to + 1 < problem->n_days && problem->week[to + 1] == problem->week[from]) {
            to++;
        }
        value += week_evenings(evenings, r, from, to);
        from = to + 1;
    }
    return value;
}

double rows_evenings_with(const Rows *rows, const double *multiplier, const double *worth) {
    int most = rows_most_of_evening(rows);
    Evenings evenings = {rows, multiplier, g_new(int, most + 1), g_new(double, most + 1), 0, worth};
    double value = 0;
    for (int c = 0; c < rows->n_groups; c++) {
        value += group_evenings(&evenings, rows->member_clock[c]);
    }
    g_free(evenings.row);
    g_free(evenings.amount);
    return value;
}

double rows_evenings(const Rows *rows, const double *multiplier) {
    return rows_evenings_with(rows, multiplier, NULL);
}

double rows_evening_worth(const Rows *rows, const double *multiplier, int r) {
    int most = rows_most_of_evening(rows);
    Evenings evenings = {rows, multiplier, g_new(int, most + 1), g_new(double, most + 1), 0, NULL};
    double value = group_evenings(&evenings, r);
    evenings.more = 1;
    value -= group_evenings(&evenings, r);
    g_free(evenings.row);
    g_free(evenings.amount);
    return value;
}
