/* rows_carry.c: multipliers of one problem's rows as those of another that is much like it. */
#include "solver/rows.h"

#include <glib.h>
#include <string.h>

/* From the rows of one problem to those of another. */
typedef struct Carrying {
    const Rows *from, *to;
    const double *then;
    double *now;
    day_t shift; /* a day of `to` is so many days later in `from` */
} Carrying;

/* Copies n multipliers a day of what begins at `source` and `target`, day 0 of either. */
static void carry_days(const Carrying *carrying, size_t source, size_t target, int n) {
    const Problem *from = carrying->from->problem, *to = carrying->to->problem;
    for (day_t d = 0; d < to->n_days; d++) {
        day_t day = d + carrying->shift;
        if (day >= 0 && day < from->n_days) {
            memcpy(&carrying->now[target + (size_t)d * n],
                   &carrying->then[source + (size_t)day * n], sizeof(double) * (size_t)n);
        }
    }
}

static void carry_members(const Carrying *carrying) {
    const Rows *from = carrying->from, *to = carrying->to;
    size_t days = (size_t)to->problem->n_days, days_then = (size_t)from->problem->n_days;
    int slots = to->problem->n_slots * CLOCK_ROWS;
    for (int r = 0; r < to->problem->n_resources; r++) {
        carry_days(carrying, from->group[r] * days_then, to->group[r] * days, 1);
        if (to->clock_member[r] != NONE) {
            carry_days(carrying,
                       from->clock_first + from->clock_member[r] * days_then * (size_t)slots,
                       to->clock_first + to->clock_member[r] * days * (size_t)slots, slots);
        }
    }
}

/* The class in which the home was; NONE when there was none. */
static int class_then(const Problem *from, const Home *home) {
    for (int i = 0; i < from->op->n_homes; i++) {
        if (strcmp(from->op->homes[i].id, home->id) == 0) {
            return problem_class_of(from, i);
        }
    }
    return NONE;
}

static void carry_homes(const Carrying *carrying) {
    const Rows *from = carrying->from, *to = carrying->to;
    for (int c = 0; c < to->problem->n_classes; c++) {
        const Home *home = &to->problem->op->homes[to->problem->classes[c].homes[0]];
        int then = class_then(from->problem, home);
        if (then != NONE) {
            carry_days(carrying, from->home_first + (size_t)then * from->problem->n_days,
                       to->home_first + (size_t)c * to->problem->n_days, 1);
        }
    }
}

static int pool_then(const Problem *from, const Pool *pool) {
    for (int p = 0; p < from->n_pools; p++) {
        if (from->pools[p].item == pool->item && from->pools[p].household == pool->household) {
            return p;
        }
    }
    return NONE;
}

/* A row of needs stands for the day before something is delivered; the price of one moves to the
 * next such day, which is that of the same delivery when it comes later. */
static void carry_needs(const Carrying *carrying) {
    const Problem *from = carrying->from->problem, *to = carrying->to->problem;
    int shift = to->need_offset - from->need_offset - carrying->shift;
    for (int p = 0; p < to->n_pools; p++) {
        int then = pool_then(from, &to->pools[p]);
        size_t source = carrying->from->need_first + (size_t)then * from->need_days;
        size_t target = carrying->to->need_first + (size_t)p * to->need_days;
        for (int t = 0; t < from->need_days && then != NONE; t++) {
            int day = MAX(t + shift, 0);
            while (day < to->need_days - 1 && !carrying->to->exists[target + day]) {
                day++;
            }
            carrying->now[target + MIN(day, to->need_days - 1)] += carrying->then[source + t];
        }
    }
}

void rows_carry(const Rows *from, const double *then, const Rows *to, double *now) {
    Carrying carrying = {from, to, then, now, to->problem->op->start - from->problem->op->start};
    memset(now, 0, sizeof *now * (size_t)to->n);
    carry_members(&carrying);
    carry_homes(&carrying);
    carry_needs(&carrying);
}
