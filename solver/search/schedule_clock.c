/* schedule_clock.c: clock times of a schedule's appointments (C5, C6, C7). */
#include "solver/search/schedule_internal.h"

#include <glib.h>

static bool asks_member(const ClockAsk *ask, int r) {
    for (int i = 0; i < ask->n; i++) {
        if (ask->members[i] == r) {
            return true;
        }
    }
    return false;
}

static bool shares_member(const ClockAsk *ask, const ClockAsk *other) {
    for (int i = 0; i < other->n; i++) {
        if (asks_member(ask, other->members[i])) {
            return true;
        }
    }
    return false;
}

static bool is_late(const Schedule *schedule, int u) {
    return schedule->tasks[u].clock && schedule->start[u] != NO_DAY &&
           schedule->problem->op->slots[schedule->slot[u]].late;
}

/* Is (r, day) an evening that the usage does not have yet, but for those before task `until`? */
static bool is_new_evening(const Schedule *schedule, int r, day_t day, int until) {
    const Problem *problem = schedule->problem;
    size_t cell = (size_t)r * problem->n_days + day;
    if (schedule->usage->late[cell] > 0 || problem->late_fact[cell]) {
        return false;
    }
    for (int u = 0; u < until; u++) {
        if (is_late(schedule, u) && schedule->start[u] == day &&
            asks_member(schedule->tasks[u].ask, r)) {
            return false;
        }
    }
    return true;
}

/* New evenings of member r in the week of `day`. */
static int new_evenings(const Schedule *schedule, int r, day_t day) {
    const Problem *problem = schedule->problem;
    int n = 0;
    for (int u = 0; u < schedule->n_tasks; u++) {
        n += is_late(schedule, u) && problem->week[schedule->start[u]] == problem->week[day] &&
             asks_member(schedule->tasks[u].ask, r) &&
             is_new_evening(schedule, r, schedule->start[u], u);
    }
    return n;
}

cost_t schedule_evenings(const Schedule *schedule) {
    int n = 0;
    for (int u = 0; u < schedule->n_tasks; u++) {
        if (is_late(schedule, u)) {
            const ClockAsk *ask = schedule->tasks[u].ask;
            for (int i = 0; i < ask->n; i++) {
                n += is_new_evening(schedule, ask->members[i], schedule->start[u], u);
            }
        }
    }
    return n * schedule->problem->op->weights[PART_LATE_EVENING];
}

/* Evenings: false when a member may not work another one. */
static bool evenings_allow(const Schedule *schedule, const ClockAsk *ask, cost_t *cost) {
    const Problem *problem = schedule->problem;
    for (int i = 0; i < ask->n; i++) {
        int r = ask->members[i];
        if (!is_new_evening(schedule, r, ask->day, schedule->n_tasks)) {
            continue;
        }
        int most = problem->op->resources[r].max_late_per_week;
        int taken =
            schedule->usage->week_late[(size_t)r * problem->n_weeks + problem->week[ask->day]] +
            new_evenings(schedule, r, ask->day);
        if (most != NO_LIMIT && taken >= most) {
            return false;
        }
        *cost += problem->op->weights[PART_LATE_EVENING];
    }
    return true;
}

/* Appointments of one household keep the order of their lags on one day. */
static void keep_order(const Schedule *schedule, int t, ClockAsk *ask) {
    const ScheduleTask *task = &schedule->tasks[t];
    Hours hours = window_hours(&schedule_free_task(schedule, t)->window, ask->day);
    ask->not_before = hours.from;
    ask->not_after = hours.until;
    for (int i = 0; i < task->n_before; i++) {
        int u = task->before[i].other;
        if (task->before[i].in_order && schedule->start[u] == ask->day) {
            ask->not_before =
                MAX(ask->not_before, schedule->minute[u] + schedule_template(schedule, u)->minutes);
        }
    }
    for (int i = 0; i < task->n_after; i++) {
        int u = task->after[i].other;
        if (task->after[i].in_order && schedule->start[u] == ask->day) {
            ask->not_after = MIN(ask->not_after, schedule->minute[u]);
        }
    }
}

/* The end, buffer included, of an own appointment that clashes; MINUTE_NONE without one. */
static minute_t clash_with_own(const Schedule *schedule, int t, const ClockAsk *ask,
                               minute_t minute) {
    int buffer = schedule->problem->op->buffer_minutes;
    int minutes = schedule_template(schedule, t)->minutes;
    for (int u = 0; u < schedule->n_tasks; u++) {
        if (u == t || !schedule->tasks[u].clock || schedule->start[u] != ask->day) {
            continue;
        }
        minute_t end = schedule->minute[u] + schedule_template(schedule, u)->minutes + buffer;
        if (minute < end && minute + minutes + buffer > schedule->minute[u] &&
            shares_member(ask, schedule->tasks[u].ask)) {
            return end;
        }
    }
    return MINUTE_NONE;
}

/* The first minute that clashes neither with others nor with the schedule's own appointments. */
static minute_t find_minute(const Schedule *schedule, int t, ClockAsk ask, minute_t wish) {
    enum { TRIES = 32 };
    for (int i = 0; i < TRIES; i++) {
        minute_t minute = usage_find_minute(schedule->usage, &ask, wish);
        minute_t after =
            minute == MINUTE_NONE ? MINUTE_NONE : clash_with_own(schedule, t, &ask, minute);
        if (after == MINUTE_NONE) {
            return minute;
        }
        if (wish != MINUTE_NONE && minute == wish) {
            wish = MINUTE_NONE;
        } else {
            ask.not_before = after;
        }
    }
    return MINUTE_NONE;
}

static bool members_work(const Schedule *schedule, const ClockAsk *ask) {
    for (int i = 0; i < ask->n; i++) {
        if (calendar_people(schedule->problem->calendar, ask->members[i], ask->day, ask->slot) <
            MAX(ask->amounts[i], 1)) {
            return false;
        }
    }
    return true;
}

/* The minute in the slot: one that was promised or planned before where that is free, and none but
 * that one before the notice is over. */
static minute_t minute_in_slot(const Schedule *schedule, int t, const ClockAsk *ask) {
    const FreeTask *task = schedule_free_task(schedule, t);
    const Slot *slot = &schedule->problem->op->slots[ask->slot];
    minute_t wish = MINUTE_NONE;
    bool any = ask->day >= task->release;
    for (int i = 0; i < task->n_kept; i++) {
        minute_t minute = task->kept[i].minute;
        if (task->kept[i].day != ask->day) {
            continue;
        }
        any = any || minute == MINUTE_NONE;
        if (wish == MINUTE_NONE && minute >= slot->from && minute < slot->to) {
            wish = minute;
        }
    }
    if (!any && wish == MINUTE_NONE) {
        return MINUTE_NONE;
    }
    minute_t minute = find_minute(schedule, t, *ask, wish);
    return any || minute == wish ? minute : MINUTE_NONE;
}

bool schedule_find_time(const Schedule *schedule, int t, day_t day, ClockTime *time) {
    const Problem *problem = schedule->problem;
    int h = schedule->households[schedule->tasks[t].owner].h;
    int minutes = schedule_template(schedule, t)->minutes;
    const uint8_t *reception = schedule_free_task(schedule, t)->reception;
    ClockAsk ask = *schedule->tasks[t].ask;
    bool found = false;
    ask.day = day;
    keep_order(schedule, t, &ask);
    for (int s = 0; s < problem->n_slots; s++) {
        cost_t cost = 0;
        ask.slot = s;
        if (reception_of(reception[day * problem->n_slots + s]) == RECEPTION_NONE ||
            !members_work(schedule, &ask) ||
            (problem->op->slots[s].late && !evenings_allow(schedule, &ask, &cost))) {
            continue;
        }
        minute_t minute = minute_in_slot(schedule, t, &ask);
        if (minute == MINUTE_NONE) {
            continue;
        }
        cost += schedule_promises(schedule, t, day, minute);
        cost += problem_is_preferred(problem, h, day, minute, minutes)
                    ? 0
                    : problem->op->weights[PART_NON_PREFERRED];
        if (!found || cost < time->cost) {
            *time = (ClockTime){s, minute, cost};
            found = true;
        }
    }
    return found;
}
