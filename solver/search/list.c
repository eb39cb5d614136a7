#include "solver/search/list.h"

#include <glib.h>
#include <string.h>

struct Lister {
    int room;
    uint64_t *order, *merged; /* key and task, packed so that they sort as numbers */
    bool *failed;             /* per task: had to be placed again */
    day_t *floor, *end;       /* per task, per household */
};

Lister *lister_new(void) {
    return g_new0(Lister, 1);
}

void lister_free(Lister *lister) {
    if (lister != NULL) {
        g_free(lister->order);
        g_free(lister->merged);
        g_free(lister->failed);
        g_free(lister->floor);
        g_free(lister->end);
        g_free(lister);
    }
}

static void make_room(Lister *lister, int n) {
    if (n > lister->room) {
        lister->room = n;
        lister->order = g_renew(uint64_t, lister->order, n);
        lister->merged = g_renew(uint64_t, lister->merged, n);
        lister->failed = g_renew(bool, lister->failed, n);
        lister->floor = g_renew(day_t, lister->floor, n);
        lister->end = g_renew(day_t, lister->end, n);
    }
}

/* ---- Order ------------------------------------------------------------------------------- */

static uint64_t pack(int64_t key, int t) {
    enum { SHIFT = 1 << 30 };
    return (uint64_t)(key + SHIFT) << 24 | (uint64_t)t;
}

static int unpack(uint64_t packed) {
    return (int)(packed & 0xffffff);
}

/* Merge sort, from runs that stand in order already. */
static void sort_order(Lister *lister, int n) {
    enum { RUN = 8 };
    uint64_t *order = lister->order;
    for (int begin = 0; begin < n; begin += RUN) {
        for (int i = begin + 1; i < MIN(begin + RUN, n); i++) {
            uint64_t item = order[i];
            int j = i;
            for (; j > begin && order[j - 1] > item; j--) {
                order[j] = order[j - 1];
            }
            order[j] = item;
        }
    }
    for (int width = RUN; width < n; width *= 2) {
        for (int begin = 0; begin < n; begin += 2 * width) {
            int middle = MIN(begin + width, n);
            int end = MIN(begin + 2 * width, n);
            int i = begin;
            int j = middle;
            for (int k = begin; k < end; k++) {
                bool left = i < middle && (j == end || lister->order[i] < lister->order[j]);
                lister->merged[k] = left ? lister->order[i++] : lister->order[j++];
            }
        }
        uint64_t *swap = lister->order;
        lister->order = lister->merged;
        lister->merged = swap;
    }
}

void list_keep_order(const Schedule *schedule, int32_t *key) {
    for (int t = 0; t < schedule->n_tasks; t++) {
        const ScheduleTask *task = &schedule->tasks[t];
        for (int i = 0; i < task->n_before; i++) {
            key[t] = MAX(key[t], key[task->before[i].other]);
        }
    }
}

/* ---- Generation -------------------------------------------------------------------------- */

/* Raises the floors of the placed tasks that keep t from starting on `day`, and takes them out with
 * all that starts later than the first of them. Returns false when there are none. */
static bool unschedule(Lister *lister, Schedule *schedule, int t, day_t day) {
    const ScheduleTask *task = &schedule->tasks[t];
    day_t finish = schedule_finish(schedule, t, day);
    day_t first = INT32_MAX;
    for (int i = 0; i < task->n_before; i++) {
        const ScheduleLag *lag = &task->before[i];
        int u = lag->other;
        if (lag->has_max && schedule->start[u] != NO_DAY &&
            schedule->finish[u] + lag->max_days < day) {
            first = MIN(first, schedule->start[u]);
            lister->floor[u] = schedule_start_reaching(schedule, u, day - lag->max_days);
        }
    }
    for (int i = 0; i < task->n_after; i++) {
        const ScheduleLag *lag = &task->after[i];
        int u = lag->other;
        if (schedule->start[u] != NO_DAY && schedule->start[u] - lag->min_days < finish) {
            first = MIN(first, schedule->start[u]);
            lister->floor[u] = finish + lag->min_days;
        }
    }
    for (int u = 0; u < schedule->n_tasks; u++) {
        if (schedule->start[u] != NO_DAY &&
            (schedule->start[u] > first || lister->floor[u] > schedule->start[u])) {
            schedule_remove(schedule, u);
        }
    }
    return first != INT32_MAX;
}

static bool waits_for(const Schedule *schedule, int t, int u) {
    for (int i = 0; i < schedule->tasks[t].n_before; i++) {
        if (schedule->tasks[t].before[i].other == u) {
            return true;
        }
    }
    return false;
}

/* Moves the task at position i of the list to the place behind the last of those it waits for, so
 * that it is the first to choose after them. */
static void move_forward(Lister *lister, const Schedule *schedule, int i) {
    uint64_t item = lister->order[i];
    int t = unpack(item);
    int to = i;
    for (; to > 0 && !waits_for(schedule, t, unpack(lister->order[to - 1])); to--) {
        lister->order[to] = lister->order[to - 1];
    }
    lister->order[to] = item;
}

/* Places t; false when it fits nowhere. Where only its lags forbid the start, *again is set. */
static bool place_first(Lister *lister, Schedule *schedule, int t, bool *again) {
    const ScheduleTask *task = &schedule->tasks[t];
    day_t low;
    day_t high;
    bool open = schedule_window(schedule, t, &low, &high);
    *again = false;
    if (!open && !schedule->loose) {
        return false;
    }
    low = MAX(low, lister->floor[t]);
    day_t day = schedule_first(schedule, t, low, schedule->loose ? task->high : high);
    if (day == NO_DAY) {
        return false;
    }
    if (day <= high) {
        schedule_place(schedule, t, day);
        return true;
    }
    *again = unschedule(lister, schedule, t, day);
    return *again;
}

bool list_schedule(Lister *lister, Schedule *schedule, const int32_t *key) {
    int n = schedule->n_tasks;
    int repairs = schedule->loose ? 100 + 2 * n : 0;
    make_room(lister, n);
    schedule_clear(schedule);
    for (int t = 0; t < n; t++) {
        lister->order[t] = pack(key[t], t);
        lister->floor[t] = schedule->tasks[t].low;
        lister->failed[t] = false;
    }
    sort_order(lister, n);
    for (int i = 0; i < n; i++) {
        int t = unpack(lister->order[i]);
        bool again;
        if (schedule->start[t] != NO_DAY) {
            continue;
        }
        if (!place_first(lister, schedule, t, &again) || (again && repairs-- == 0)) {
            return false;
        }
        if (again) {
            /* What comes too late twice is crowded out by tasks before it in the list. */
            if (lister->failed[t]) {
                move_forward(lister, schedule, i);
            }
            lister->failed[t] = true;
            i = -1;
        }
    }
    return true;
}

/* ---- Justification ----------------------------------------------------------------------- */

static void order_by(Lister *lister, const Schedule *schedule, bool by_finish) {
    make_room(lister, MAX(schedule->n_tasks, schedule->n_households));
    for (int t = 0; t < schedule->n_tasks; t++) {
        lister->order[t] = pack(by_finish ? schedule->finish[t] : schedule->start[t], t);
    }
    sort_order(lister, schedule->n_tasks);
    for (int i = 0; i < schedule->n_households; i++) {
        lister->end[i] = schedule_end(schedule, i, NONE);
    }
}

/* Moves task t to its cheapest day, or as late (early) as it can go, within its household's end. */
static void justify_task(const Lister *lister, Schedule *schedule, int t, bool late) {
    day_t before = schedule->start[t];
    day_t low;
    day_t high;
    schedule_remove(schedule, t);
    schedule_window(schedule, t, &low, &high);
    day_t within = schedule_start_within(schedule, t, lister->end[schedule->tasks[t].owner]);
    high = MIN(high, MAX(within, before));
    day_t day = schedule->tasks[t].priced ? schedule_cheapest(schedule, t, low, high, late)
                : late                    ? schedule_last(schedule, t, before, high)
                                          : schedule_first(schedule, t, low, before);
    schedule_place(schedule, t, day == NO_DAY ? before : day);
}

void justify_right(Lister *lister, Schedule *schedule) {
    order_by(lister, schedule, true);
    for (int i = schedule->n_tasks - 1; i >= 0; i--) {
        justify_task(lister, schedule, unpack(lister->order[i]), true);
    }
}

void justify_left(Lister *lister, Schedule *schedule) {
    order_by(lister, schedule, false);
    for (int i = 0; i < schedule->n_tasks; i++) {
        justify_task(lister, schedule, unpack(lister->order[i]), false);
    }
}
