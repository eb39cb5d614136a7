/* hostile_packages.c: tasks in graphs of lags. */
#include "tests/support/hostile_internal.h"

#include <glib.h>

/* A role of that measure, or of another one than clock; NONE when there is none. */
static int some_role(const Operation *op, Draw *draw, bool clock) {
    int first = between(draw, 0, op->n_roles - 1);
    for (int i = 0; i < op->n_roles; i++) {
        int role = (first + i) % op->n_roles;
        if ((op->roles[role].measure == MEASURE_CLOCK) == clock) {
            return role;
        }
    }
    return NONE;
}

static int longest_slot(const Operation *op) {
    int longest = 0;
    for (int s = 0; s < op->n_slots; s++) {
        longest = MAX(longest, op->slots[s].to - op->slots[s].from);
    }
    return longest;
}

/* Units of a role as its members have them, seldom more than the weakest has. */
static void add_need(Operation *op, Draw *draw, int package, int a, int role) {
    Task *task = &op->packages[package].tasks[a];
    Measure measure = op->roles[role].measure;
    if (measure == MEASURE_VOLUME && one_in(draw, 2)) {
        build_volume_need(op, package, a, role);
        return;
    }
    build_need(op, package, a, role, odd(draw, 4) ? 2 : 1);
    if (measure != MEASURE_CLOCK && odd(draw, 6)) {
        task->needs[task->n_needs - 1].amount = between(draw, 0, 2500);
    }
}

static void add_task(Operation *op, Draw *draw, int package) {
    int a = op->packages[package].n_tasks;
    const char *id = hostile_id(op, "task", a);
    bool appointment = one_in(draw, 2);
    int role = some_role(op, draw, appointment);
    if (appointment) {
        int step = one_in(draw, 4) ? 1 : 15;
        int minutes = between(draw, 1, MAX(MIN(longest_slot(op), 150) / step, 1)) * step;
        build_appointment(op, package, id, MIN(minutes, longest_slot(op)), role);
    } else {
        int days = odd(draw, 8) ? between(draw, 5, 9) : between(draw, 1, 3);
        build_works(op, package, id, days, one_in(draw, 6) ? NONE : role);
    }
    Task *task = &op->packages[package].tasks[a];
    task->presence = odd(draw, 4);
    task->notice_days = odd(draw, 4) ? between(draw, 0, 14) : between(draw, 0, 2);
    for (int i = odd(draw, 2) ? between(draw, 1, 3) : 0; i > 0; i--) {
        role = some_role(op, draw, appointment && one_in(draw, 2));
        if (role != NONE && task->n_needs > 0) {
            add_need(op, draw, package, a, role);
        }
    }
    if (one_in(draw, 6)) {
        build_item(op, package, a, one_in(draw, 2) ? "boiler" : "kitchen", between(draw, 0, 2),
                   between(draw, 0, 4));
    }
}

static bool has_lag(const Task *task, int earlier) {
    for (int l = 0; l < task->n_lags; l++) {
        if (task->lags[l].other == earlier) {
            return true;
        }
    }
    return false;
}

static void add_lag(Operation *op, Draw *draw, int package, int earlier, int later) {
    if (has_lag(&op->packages[package].tasks[later], earlier)) {
        return;
    }
    int least = odd(draw, 6) ? -between(draw, 0, 6) : between(draw, 0, 3);
    int most = odd(draw, 3) ? least + between(draw, 0, 6) : NO_LIMIT;
    /* The builder's NO_LIMIT is -1, which is a maximum too. */
    build_lag(op, package, earlier, later, least, most == -1 ? NO_LIMIT : most);
}

/* Lags from tasks that come earlier in a random order: chains, trees, or anything. */
static void add_lags(Operation *op, Draw *draw, int package) {
    int n = op->packages[package].n_tasks;
    int order[16] = {0};
    for (int i = 0; i < n; i++) {
        int j = one_in(draw, 2) ? i : between(draw, 0, i);
        order[i] = order[j];
        order[j] = i;
    }
    int shape = between(draw, 0, 3);
    for (int i = 1; i < n; i++) {
        if (shape == 0 || (shape == 1 && !one_in(draw, 4))) {
            add_lag(op, draw, package, order[i - 1], order[i]);
        }
        for (int more = shape == 0 ? 0 : between(draw, 0, shape); more > 0; more--) {
            add_lag(op, draw, package, order[between(draw, 0, i - 1)], order[i]);
        }
    }
}

static bool waits_for(const Package *package, int later, int earlier) {
    for (int l = 0; l < package->tasks[later].n_lags; l++) {
        int other = package->tasks[later].lags[l].other;
        if (other == earlier || waits_for(package, other, earlier)) {
            return true;
        }
    }
    return false;
}

/* A stay, or a move for good. Works more often than appointments. */
static void add_moves(Operation *op, Draw *draw, int package) {
    const Package *of = &op->packages[package];
    int out = between(draw, 0, of->n_tasks - 1);
    int back = between(draw, 0, of->n_tasks - 1);
    if (out == back || one_in(draw, 4)) {
        build_moves(op, package, out, NONE);
    } else if (waits_for(of, out, back)) {
        build_moves(op, package, back, out);
    } else {
        if (!waits_for(of, back, out)) {
            add_lag(op, draw, package, out, back);
        }
        build_moves(op, package, out, back);
    }
}

void hostile_packages(Operation *op, Draw *draw) {
    for (int i = between(draw, 1, 3); i > 0; i--) {
        int package = build_package(op, hostile_id(op, "package", i));
        int n = odd(draw, 6) ? between(draw, 9, 14) : between(draw, 1, 7);
        for (int a = 0; a < n; a++) {
            add_task(op, draw, package);
        }
        add_lags(op, draw, package);
        if (!one_in(draw, 3)) {
            add_moves(op, draw, package);
        }
    }
}
