/* rules.c: keys of lists, by priority rules, by chance, and from other schedules. */
#include "solver/search/project_internal.h"

#include <glib.h>

static int spread(Random *random, int width) {
    return random_below(random, MAX(width, 1));
}

/* Tasks that wait for t, directly or not, roughly: one level of counting per pass over the tasks in
 * reverse order. */
static void count_followers(const Schedule *schedule, int32_t *key) {
    for (int t = schedule->n_tasks - 1; t >= 0; t--) {
        int most = 0;
        const ScheduleTask *task = &schedule->tasks[t];
        for (int i = 0; i < task->n_after; i++) {
            most = MAX(most, -key[task->after[i].other] / KEYS_PER_DAY);
        }
        key[t] = -KEYS_PER_DAY * (most + task->n_after);
    }
}

void rule_keys(const Schedule *schedule, Random *random, int32_t *key) {
    enum { LATEST_START, LATEST_FINISH, EARLIEST_START, FOLLOWERS, RULES };
    int rule = random_below(random, 8);
    rule = rule < RULES ? rule : rule % 2;
    int least = INT32_MAX;
    int most = INT32_MIN;
    if (rule == FOLLOWERS) {
        count_followers(schedule, key);
    }
    for (int t = 0; t < schedule->n_tasks; t++) {
        const ScheduleTask *task = &schedule->tasks[t];
        key[t] = rule == LATEST_START     ? task->high * KEYS_PER_DAY
                 : rule == LATEST_FINISH  ? schedule_finish(schedule, t, task->high) * KEYS_PER_DAY
                 : rule == EARLIEST_START ? task->low * KEYS_PER_DAY
                                          : key[t];
        least = MIN(least, key[t]);
        most = MAX(most, key[t]);
    }
    int noise = spread(random, (most - least) / 2);
    bool ranks = schedule->n_households > 1 && random_below(random, 2) == 0;
    int apart = spread(random, 2 * (most - least));
    for (int i = 0; i < schedule->n_households; i++) {
        const ScheduleHousehold *household = &schedule->households[i];
        int delay = ranks ? spread(random, apart) : 0;
        for (int t = household->first; t < household->first + household->n; t++) {
            key[t] += delay + spread(random, noise);
        }
    }
    list_keep_order(schedule, key);
}

/* ---- Near a schedule --------------------------------------------------------------------- */

/* A window of time in which there are tasks: up to `share` of the whole span. */
static void choose_window(const Schedule *schedule, const int32_t *start, Random *random,
                          double share, int32_t *from, int32_t *until) {
    int32_t least = INT32_MAX;
    int32_t most = INT32_MIN;
    for (int t = 0; t < schedule->n_tasks; t++) {
        least = MIN(least, start[t]);
        most = MAX(most, start[t]);
    }
    int span = most - least + 1;
    int length = 1 + spread(random, (int)(share * span) + 2);
    *from = least + spread(random, span);
    *from = *from - spread(random, length);
    *until = *from + length;
}

static bool needs_crew(const ScheduleTask *task, const milli_t *left) {
    for (int i = 0; i < task->n_needs; i++) {
        if (task->needs[i].left == left) {
            return true;
        }
    }
    return false;
}

/* Tasks that start in a window, or those of one crew, in a random order. */
static void shake_window(const Schedule *schedule, const int32_t *start, Random *random,
                         int32_t *key) {
    int32_t from;
    int32_t until;
    choose_window(schedule, start, random, 0.4, &from, &until);
    const ScheduleTask *any = &schedule->tasks[random_below(random, schedule->n_tasks)];
    bool crew = any->n_needs > 0 && random_below(random, 3) == 0;
    const milli_t *left = crew ? any->needs[random_below(random, any->n_needs)].left : NULL;
    for (int t = 0; t < schedule->n_tasks; t++) {
        if (start[t] >= from && start[t] < until &&
            (!crew || needs_crew(&schedule->tasks[t], left))) {
            key[t] = from * KEYS_PER_DAY + spread(random, (until - from) * KEYS_PER_DAY);
        }
    }
}

/* Some tasks go somewhere else. */
static void shake_tasks(const Schedule *schedule, const int32_t *start, Random *random,
                        int32_t *key) {
    int n = 1 + random_below(random, 4);
    for (int i = 0; i < n; i++) {
        int t = random_below(random, schedule->n_tasks);
        int u = random_below(random, schedule->n_tasks);
        key[t] = start[u] * KEYS_PER_DAY + (random_below(random, 2) == 0 ? -1 : 1);
    }
}

/* Some households go before or after others. */
static void shake_households(const Schedule *schedule, const int32_t *start, Random *random,
                             int32_t *key) {
    int32_t from;
    int32_t until;
    choose_window(schedule, start, random, 0.5, &from, &until);
    int n = 1 + random_below(random, 2);
    for (int i = 0; i < n; i++) {
        const ScheduleHousehold *household =
            &schedule->households[random_below(random, schedule->n_households)];
        int delay = (until - from) * KEYS_PER_DAY * (random_below(random, 2) == 0 ? -1 : 1);
        for (int t = household->first; t < household->first + household->n; t++) {
            key[t] += delay;
        }
    }
}

void shaken_keys(const Schedule *schedule, const int32_t *start, Random *random, int32_t *key) {
    for (int t = 0; t < schedule->n_tasks; t++) {
        key[t] = start[t] * KEYS_PER_DAY;
    }
    int kind = random_below(random, schedule->n_households > 1 ? 6 : 3);
    if (kind < 2) {
        shake_window(schedule, start, random, key);
    } else if (kind == 2) {
        shake_tasks(schedule, start, random, key);
    } else {
        shake_households(schedule, start, random, key);
    }
    list_keep_order(schedule, key);
}

void crossed_keys(const Schedule *schedule, const int32_t *mother, const int32_t *father,
                  Random *random, int32_t *key) {
    enum { BEYOND = 1 << 24 };
    int32_t from;
    int32_t until;
    choose_window(schedule, father, random, 0.75, &from, &until);
    for (int t = 0; t < schedule->n_tasks; t++) {
        if (father[t] >= from && father[t] < until) {
            key[t] = father[t] * KEYS_PER_DAY;
        } else {
            key[t] = mother[t] * KEYS_PER_DAY + (father[t] < from ? -BEYOND : BEYOND);
        }
    }
    if (random_below(random, 4) == 0) {
        int t = random_below(random, schedule->n_tasks);
        key[t] += (random_below(random, 9) - 4) * KEYS_PER_DAY;
    }
    list_keep_order(schedule, key);
}
