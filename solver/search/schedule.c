#include "solver/search/schedule_internal.h"

#include <glib.h>
#include <string.h>

Schedule *schedule_new(const Problem *problem) {
    Schedule *schedule = g_new0(Schedule, 1);
    schedule->problem = problem;
    schedule->arena = arena_new();
    return schedule;
}

void schedule_free(Schedule *schedule) {
    if (schedule != NULL) {
        arena_free(schedule->arena);
        g_free(schedule);
    }
}

/* ---- Days -------------------------------------------------------------------------------- */

day_t schedule_finish(const Schedule *schedule, int t, day_t day) {
    const ScheduleTask *task = &schedule->tasks[t];
    if (task->clock || day >= schedule->problem->n_days) {
        return day;
    }
    int i = task->joint->index[MAX(day, 0)] + task->days - 1;
    return i < task->joint->count ? task->joint->day[i] : schedule->problem->n_days;
}

day_t schedule_start_reaching(const Schedule *schedule, int t, day_t day) {
    const ScheduleTask *task = &schedule->tasks[t];
    if (task->clock || day < 0) {
        return day;
    }
    int i = task->joint->index[MIN(day, schedule->problem->n_days)] - task->days + 1;
    return i < task->joint->count ? task->joint->day[MAX(i, 0)] : schedule->problem->n_days;
}

day_t schedule_start_within(const Schedule *schedule, int t, day_t day) {
    const ScheduleTask *task = &schedule->tasks[t];
    if (task->clock || day < 0) {
        return day;
    }
    int i = task->joint->index[MIN(day + 1, schedule->problem->n_days)] - task->days;
    return i < 0 ? -1 : task->joint->day[i];
}

bool schedule_window(const Schedule *schedule, int t, day_t *low, day_t *high) {
    const ScheduleTask *task = &schedule->tasks[t];
    day_t least = INT32_MIN;
    day_t most = INT32_MAX;
    *low = task->low;
    *high = task->high;
    for (int i = 0; i < task->n_before; i++) {
        const ScheduleLag *lag = &task->before[i];
        if (schedule->start[lag->other] != NO_DAY) {
            day_t finish = schedule->finish[lag->other];
            *low = MAX(*low, finish + lag->min_days);
            *high = lag->has_max ? MIN(*high, finish + lag->max_days) : *high;
        }
    }
    for (int i = 0; i < task->n_after; i++) {
        const ScheduleLag *lag = &task->after[i];
        if (schedule->start[lag->other] != NO_DAY) {
            day_t start = schedule->start[lag->other];
            most = MIN(most, start - lag->min_days);
            least = lag->has_max ? MAX(least, start - lag->max_days) : least;
        }
    }
    if (least > 0) {
        *low = MAX(*low, schedule_start_reaching(schedule, t, least));
    }
    if (most < schedule->problem->n_days) {
        *high = MIN(*high, schedule_start_within(schedule, t, most));
    }
    return *low <= *high;
}

/* ---- What fits --------------------------------------------------------------------------- */

static bool crews_fit(const ScheduleTask *task, day_t d) {
    for (int i = 0; i < task->n_needs; i++) {
        if (task->needs[i].left[d] < task->needs[i].amount) {
            return false;
        }
    }
    return true;
}

static bool is_open(const ScheduleTask *task, day_t d) {
    return task->open == NULL || task->open[d];
}

/* Deliveries (C11). */
static bool items_fit(const Schedule *schedule, int t, day_t d) {
    const Problem *problem = schedule->problem;
    const FreeTask *task = schedule_free_task(schedule, t);
    int h = schedule->households[schedule->tasks[t].owner].h;
    const Task *of = &household_package(problem->op, h)->tasks[task->task];
    for (int i = 0; i < of->n_items; i++) {
        const milli_t *stock = schedule->stock[task->item_pools[i]];
        int first = MAX(d - of->items[i].days_before + problem->need_offset, 0);
        for (int day = first; day < problem->need_days; day++) {
            if (stock[day] < of->items[i].quantity) {
                return false;
            }
        }
    }
    return true;
}

static bool days_fit(const Schedule *schedule, int t, day_t d) {
    const ScheduleTask *task = &schedule->tasks[t];
    if (!is_open(task, d)) {
        return false;
    }
    if (task->clock) {
        return crews_fit(task, d);
    }
    int first = task->joint->index[d];
    if (!task->joint->works[d] || first + task->days > task->joint->count) {
        return false;
    }
    for (int i = first; i < first + task->days; i++) {
        if (!crews_fit(task, task->joint->day[i])) {
            return false;
        }
    }
    return true;
}

cost_t schedule_promises(const Schedule *schedule, int t, day_t start, minute_t minute) {
    const Problem *problem = schedule->problem;
    const ScheduleHousehold *household = &schedule->households[schedule->tasks[t].owner];
    cost_t cost = stability_cost(problem, household->h, schedule->tasks[t].k, start, minute);
    int told = schedule_free_task(schedule, t)->told_member;
    bool changes = told != NONE && household->members[problem->op->resources[told].role] != told;
    return cost == 0 && changes ? problem->op->weights[PART_BROKEN_PROMISE] : cost;
}

static bool is_move(const Schedule *schedule, int t) {
    const ScheduleHousehold *household = &schedule->households[schedule->tasks[t].owner];
    return t == household->out || t == household->back;
}

/* *cost is what the date costs besides moves and the household's end. */
static bool fits(Schedule *schedule, int t, day_t d, cost_t *cost) {
    const ScheduleTask *task = &schedule->tasks[t];
    schedule->work += task->days;
    if (!days_fit(schedule, t, d)) {
        return false;
    }
    if (task->special) {
        int home_class;
        if (!items_fit(schedule, t, d) ||
            (is_move(schedule, t) && !schedule_find_home(schedule, t, d, &home_class))) {
            return false;
        }
    }
    if (task->clock) {
        enum { WORK_OF_TIME = 100 };
        ClockTime time;
        schedule->work += WORK_OF_TIME;
        if (!schedule_find_time(schedule, t, d, &time)) {
            return false;
        }
        *cost = time.cost;
        return true;
    }
    *cost = task->priced ? schedule_promises(schedule, t, d, MINUTE_NONE) : 0;
    return true;
}

/* Works that only crews and calendars hinder: runs of days that fit are counted. */
static day_t first_works(Schedule *schedule, const ScheduleTask *task, day_t low, day_t high) {
    const JointCalendar *joint = task->joint;
    int begin = joint->index[low];
    int end = MIN(joint->index[high + 1] + task->days - 1, joint->count);
    int run = 0;
    int i = begin;
    day_t found = NO_DAY;
    for (; i < end && found == NO_DAY; i++) {
        if (!crews_fit(task, joint->day[i])) {
            run = 0;
        } else if (++run >= task->days && is_open(task, joint->day[i - task->days + 1])) {
            found = joint->day[i - task->days + 1];
        }
    }
    schedule->work += i - begin;
    return found;
}

static day_t last_works(Schedule *schedule, const ScheduleTask *task, day_t low, day_t high) {
    const JointCalendar *joint = task->joint;
    int begin = MIN(joint->index[high + 1] + task->days - 1, joint->count) - 1;
    int end = joint->index[low];
    int run = 0;
    int i = begin;
    day_t found = NO_DAY;
    for (; i >= end && found == NO_DAY; i--) {
        if (!crews_fit(task, joint->day[i])) {
            run = 0;
        } else if (++run >= task->days && is_open(task, joint->day[i])) {
            found = joint->day[i];
        }
    }
    schedule->work += begin - i;
    return found;
}

day_t schedule_first(Schedule *schedule, int t, day_t low, day_t high) {
    const ScheduleTask *task = &schedule->tasks[t];
    cost_t cost;
    if (low > high) {
        return NO_DAY;
    }
    if (!task->special && !task->clock) {
        return first_works(schedule, task, low, high);
    }
    for (day_t d = low; d <= high; d++) {
        if (fits(schedule, t, d, &cost)) {
            return d;
        }
    }
    return NO_DAY;
}

day_t schedule_last(Schedule *schedule, int t, day_t low, day_t high) {
    const ScheduleTask *task = &schedule->tasks[t];
    cost_t cost;
    if (low > high) {
        return NO_DAY;
    }
    if (!task->special && !task->clock) {
        return last_works(schedule, task, low, high);
    }
    for (day_t d = high; d >= low; d--) {
        if (fits(schedule, t, d, &cost)) {
            return d;
        }
    }
    return NO_DAY;
}

day_t schedule_cheapest(Schedule *schedule, int t, day_t low, day_t high, bool late) {
    const ScheduleTask *task = &schedule->tasks[t];
    const ScheduleHousehold *household = &schedule->households[task->owner];
    day_t end = schedule_end(schedule, task->owner, t);
    day_t best = NO_DAY;
    cost_t least = INT64_MAX;
    for (day_t d = low; d <= high; d++) {
        cost_t cost;
        if (!fits(schedule, t, d, &cost)) {
            continue;
        }
        day_t finish = schedule_finish(schedule, t, d);
        cost += end_cost(schedule->problem, household->h, MAX(end, finish)) +
                schedule_nights(schedule, household, t, d);
        if (cost < least || (late && cost == least)) {
            least = cost;
            best = d;
        }
    }
    return best;
}

/* ---- Placing ----------------------------------------------------------------------------- */

static void use_crews(const ScheduleTask *task, day_t start, day_t finish, int sign) {
    for (int i = 0; i < task->n_needs; i++) {
        milli_t *left = task->needs[i].left;
        milli_t amount = sign * task->needs[i].amount;
        for (day_t d = start; d <= finish; d++) {
            left[d] -= task->clock || task->joint->works[d] ? amount : 0;
        }
    }
}

static void use_items(Schedule *schedule, int t, day_t start, int sign) {
    const Problem *problem = schedule->problem;
    const FreeTask *task = schedule_free_task(schedule, t);
    int h = schedule->households[schedule->tasks[t].owner].h;
    const Task *of = &household_package(problem->op, h)->tasks[task->task];
    for (int i = 0; i < of->n_items; i++) {
        milli_t *stock = schedule->stock[task->item_pools[i]];
        int first = MAX(start - of->items[i].days_before + problem->need_offset, 0);
        for (int day = first; day < problem->need_days; day++) {
            stock[day] -= sign * of->items[i].quantity;
        }
    }
}

void schedule_place(Schedule *schedule, int t, day_t start) {
    const ScheduleTask *task = &schedule->tasks[t];
    ScheduleHousehold *household = &schedule->households[task->owner];
    if (task->clock) {
        ClockTime time = {0, MINUTE_NONE, 0};
        schedule_find_time(schedule, t, start, &time);
        schedule->slot[t] = time.slot;
        schedule->minute[t] = time.minute;
    }
    int home_class = NONE;
    if (task->special && is_move(schedule, t)) {
        schedule_find_home(schedule, t, start, &home_class);
    }
    schedule->start[t] = start;
    schedule->finish[t] = schedule_finish(schedule, t, start);
    use_crews(task, start, schedule->finish[t], 1);
    if (task->special) {
        use_items(schedule, t, start, 1);
        if (home_class != NONE) {
            household->home_class = home_class;
            schedule_occupy(schedule, household, 1);
        }
    }
    schedule->work += task->days;
}

void schedule_remove(Schedule *schedule, int t) {
    const ScheduleTask *task = &schedule->tasks[t];
    ScheduleHousehold *household = &schedule->households[task->owner];
    use_crews(task, schedule->start[t], schedule->finish[t], -1);
    if (task->special) {
        use_items(schedule, t, schedule->start[t], -1);
        if (household->home_class != NONE && is_move(schedule, t)) {
            schedule_occupy(schedule, household, -1);
            household->home_class = NONE;
        }
    }
    schedule->start[t] = NO_DAY;
    schedule->work += task->days;
}

void schedule_clear(Schedule *schedule) {
    for (int t = 0; t < schedule->n_tasks; t++) {
        if (schedule->start[t] != NO_DAY) {
            schedule_remove(schedule, t);
        }
    }
}

/* ---- The whole --------------------------------------------------------------------------- */

day_t schedule_end(const Schedule *schedule, int owner, int except) {
    const ScheduleHousehold *household = &schedule->households[owner];
    day_t end = schedule->problem->households[household->h].last_fact;
    for (int t = household->first; t < household->first + household->n; t++) {
        if (t != except && schedule->start[t] != NO_DAY) {
            end = MAX(end, schedule->finish[t]);
        }
    }
    return end;
}

cost_t schedule_cost(const Schedule *schedule) {
    const Problem *problem = schedule->problem;
    cost_t cost = schedule_evenings(schedule);
    for (int i = 0; i < schedule->n_households; i++) {
        const ScheduleHousehold *household = &schedule->households[i];
        cost += problem->households[household->h].constant +
                end_cost(problem, household->h, schedule_end(schedule, i, NONE)) +
                schedule_nights(schedule, household, NONE, 0);
    }
    for (int t = 0; t < schedule->n_tasks; t++) {
        const ScheduleTask *task = &schedule->tasks[t];
        if (task->priced) {
            int h = schedule->households[task->owner].h;
            minute_t minute = task->clock ? schedule->minute[t] : MINUTE_NONE;
            cost += schedule_promises(schedule, t, schedule->start[t], minute);
            if (task->clock && !problem_is_preferred(problem, h, schedule->start[t], minute,
                                                     schedule_template(schedule, t)->minutes)) {
                cost += problem->op->weights[PART_NON_PREFERRED];
            }
        }
    }
    return cost;
}

Itinerary *schedule_itinerary(const Schedule *schedule, int owner) {
    const ScheduleHousehold *household = &schedule->households[owner];
    Itinerary *itinerary = itinerary_new(schedule->problem, household->h);
    itinerary->home_class = household->home_class;
    memcpy(itinerary->members, household->members,
           sizeof(int) * (size_t)schedule->problem->n_roles);
    for (int k = 0; k < household->n; k++) {
        int t = household->first + k;
        bool clock = schedule->tasks[t].clock;
        itinerary->tasks[k] =
            (Dated){schedule->start[t], schedule->finish[t],
                    clock ? schedule->minute[t] : MINUTE_NONE, clock ? schedule->slot[t] : 0};
    }
    return itinerary;
}
