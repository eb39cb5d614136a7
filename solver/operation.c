#include "solver/operation.h"

#include <string.h>

const PartInfo part_infos[PART_COUNT] = {
    [PART_UNPLANNED_HOUSEHOLD] = {"unplanned_household", 100000},
    [PART_BROKEN_PROMISE] = {"broken_promise", 5000},
    [PART_MOVED_ANNOUNCED] = {"moved_announced", 50},
    [PART_MOVED_ANNOUNCED_DAY] = {"moved_announced_day", 2},
    [PART_MOVED_PROPOSED] = {"moved_proposed", 5},
    [PART_NIGHT_AWAY] = {"night_away", 10},
    [PART_NIGHT_OVER_MAX] = {"night_over_max", 100},
    [PART_LATE_DAY] = {"late_day", 20},
    [PART_FLOW_DAY] = {"flow_day", 1},
    [PART_LATE_EVENING] = {"late_evening", 40},
    [PART_NON_PREFERRED] = {"non_preferred", 3},
};

const char *const status_names[] = {
    [STATUS_PROPOSED] = "proposed",   [STATUS_ANNOUNCED] = "announced",
    [STATUS_CONFIRMED] = "confirmed", [STATUS_STARTED] = "started",
    [STATUS_DONE] = "done",
};

const Fact no_fact = {.status = STATUS_PROPOSED,
                      .start = DATE_NONE,
                      .start_minute = MINUTE_NONE,
                      .finish = DATE_NONE,
                      .finish_minute = MINUTE_NONE,
                      .member = NONE,
                      .home = NONE};

Fact *no_facts(Arena *arena, int n) {
    Fact *facts = ARENA_NEW(arena, Fact, n);
    for (int a = 0; a < n; a++) {
        facts[a] = no_fact;
    }
    return facts;
}

void operation_free(Operation *op) {
    if (op != NULL) {
        arena_free(op->arena);
    }
}

int package_task(const Package *package, const char *id) {
    for (int a = 0; a < package->n_tasks; a++) {
        if (strcmp(package->tasks[a].id, id) == 0) {
            return a;
        }
    }
    return NONE;
}

bool has_reserved(const Operation *op, int h, int item) {
    for (int i = 0; i < op->n_deliveries; i++) {
        if (op->deliveries[i].household == h && op->deliveries[i].item == item) {
            return true;
        }
    }
    return false;
}
