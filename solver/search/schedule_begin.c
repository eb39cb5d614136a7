/* schedule_begin.c: a schedule's tasks, what they need, and the days on which they can start. */
#include "solver/search/schedule_internal.h"

#include <glib.h>
#include <string.h>

/* ---- What is left ------------------------------------------------------------------------ */

static milli_t *left_of(Schedule *schedule, int r) {
    size_t n = (size_t)schedule->problem->n_days;
    if (schedule->left[r] == NULL) {
        schedule->left[r] = ARENA_NEW(schedule->arena, milli_t, n);
        memcpy(schedule->left[r], &schedule->usage->left[(size_t)r * n], sizeof(milli_t) * n);
    }
    return schedule->left[r];
}

static void copy_stock(Schedule *schedule, int pool) {
    size_t n = (size_t)schedule->problem->need_days;
    if (schedule->stock[pool] == NULL) {
        schedule->stock[pool] = ARENA_NEW(schedule->arena, milli_t, n);
        memcpy(schedule->stock[pool], &schedule->usage->stock[(size_t)pool * n],
               sizeof(milli_t) * n);
    }
}

static void copy_homes(Schedule *schedule) {
    size_t n = (size_t)schedule->problem->n_classes * schedule->problem->n_days;
    if (schedule->home_left == NULL) {
        schedule->home_left = ARENA_NEW(schedule->arena, int32_t, n);
        memcpy(schedule->home_left, schedule->usage->home_left, sizeof(int32_t) * n);
    }
}

/* ---- Tasks ------------------------------------------------------------------------------- */

/* The calendar of the works' members; NULL when they never work together. */
static const JointCalendar *joint_of(const Problem *problem, const Template *template,
                                     const int *members) {
    for (int c = 0; c < template->n_combinations; c++) {
        const Combination *combination = &template->combinations[c];
        bool all = true;
        for (int i = 0; i < template->n_needs && all; i++) {
            bool found = false;
            for (int m = 0; m < combination->n_members[i]; m++) {
                found = found || combination->members[i][m] == members[template->needs[i].role];
            }
            all = found;
        }
        if (all) {
            return &problem->joint[combination->calendar];
        }
    }
    return NULL;
}

/* The clock members that the appointment needs. */
static ClockAsk *ask_members(Schedule *schedule, const ScheduleHousehold *household, int k) {
    ClockAsk *ask = ARENA_NEW(schedule->arena, ClockAsk, 1);
    const Template *template = free_template(schedule->problem, household->h, k);
    *ask = (ClockAsk){.h = household->h, .k = k};
    for (int i = 0; i < template->n_needs && ask->n < (int)G_N_ELEMENTS(ask->members); i++) {
        const RoleNeed *need = &template->needs[i];
        if (need->measure == MEASURE_CLOCK) {
            ask->members[ask->n] = household->members[need->role];
            ask->amounts[ask->n++] =
                (int)(role_need_amount(schedule->problem, household->h, need) / MILLI);
        }
    }
    return ask;
}

static bool costs_by_date(const Schedule *schedule, const ScheduleHousehold *household, int t) {
    const FreeTask *task = schedule_free_task(schedule, t);
    bool moves = t == household->out || t == household->back;
    return moves || schedule->tasks[t].clock || task->status != STATUS_PROPOSED ||
           task->previous != NO_DAY;
}

/* False when its members never work together. */
static bool add_task(Schedule *schedule, ScheduleHousehold *household, int k) {
    const Problem *problem = schedule->problem;
    int t = household->first + k;
    ScheduleTask *task = &schedule->tasks[t];
    const ProblemHousehold *of = &problem->households[household->h];
    const FreeTask *free_task = &of->free[k];
    task->k = k;
    const Template *template = free_template(problem, household->h, k);
    const Task *words = &household_package(problem->op, household->h)->tasks[free_task->task];
    task->clock = template->appointment;
    task->days = task->clock ? 1 : template->days;
    task->ask = task->clock ? ask_members(schedule, household, k) : NULL;
    task->priced = costs_by_date(schedule, household, t);
    bool moves = of->stays && (t == household->out || t == household->back);
    task->special = words->n_items > 0 || moves;
    if (moves) {
        copy_homes(schedule);
    }
    for (int i = 0; i < words->n_items; i++) {
        copy_stock(schedule, free_task->item_pools[i]);
    }
    task->needs = ARENA_NEW(schedule->arena, ScheduleNeed, template->n_needs);
    for (int i = 0; i < template->n_needs; i++) {
        const RoleNeed *need = &template->needs[i];
        milli_t amount = role_need_amount(problem, household->h, need);
        if (need->measure != MEASURE_CLOCK && (amount > 0 || task->clock)) {
            task->needs[task->n_needs++] =
                (ScheduleNeed){left_of(schedule, household->members[need->role]), amount};
        }
    }
    task->joint = task->clock ? NULL : joint_of(problem, template, household->members);
    return task->clock || task->joint != NULL;
}

static void add_lags(Schedule *schedule, const ScheduleHousehold *household) {
    const ProblemHousehold *of = &schedule->problem->households[household->h];
    for (int l = 0; l < of->n_lags; l++) {
        const PricingLag *lag = &of->lags[l];
        if (lag->to < household->n) {
            schedule->tasks[household->first + lag->from].n_after++;
            schedule->tasks[household->first + lag->to].n_before++;
        }
    }
    for (int t = household->first; t < household->first + household->n; t++) {
        ScheduleTask *task = &schedule->tasks[t];
        task->before = ARENA_NEW(schedule->arena, ScheduleLag, task->n_before);
        task->after = ARENA_NEW(schedule->arena, ScheduleLag, task->n_after);
        task->n_before = task->n_after = 0;
    }
    for (int l = 0; l < of->n_lags; l++) {
        const PricingLag *lag = &of->lags[l];
        if (lag->to < household->n) {
            ScheduleTask *from = &schedule->tasks[household->first + lag->from];
            ScheduleTask *to = &schedule->tasks[household->first + lag->to];
            ScheduleLag seen = {household->first + lag->from, lag->min_days, lag->max_days,
                                lag->has_max, lag->in_order};
            to->before[to->n_before++] = seen;
            seen.other = household->first + lag->to;
            from->after[from->n_after++] = seen;
            schedule->loose = schedule->loose || lag->has_max || lag->min_days < 0;
        }
    }
}

/* ---- Starts ------------------------------------------------------------------------------ */

static bool is_kept(const FreeTask *task, day_t d) {
    for (int i = 0; i < task->n_kept; i++) {
        if (task->kept[i].day == d) {
            return true;
        }
    }
    return false;
}

static bool is_present(const Schedule *schedule, int t, day_t start) {
    const ScheduleTask *task = &schedule->tasks[t];
    int h = schedule->households[task->owner].h;
    const bool *absent = schedule->problem->households[h].absent;
    if (absent == NULL || !schedule_template(schedule, t)->presence || task->clock) {
        return true;
    }
    day_t finish = schedule_finish(schedule, t, start);
    for (day_t d = start; d <= finish && d < schedule->problem->n_days; d++) {
        if (absent[d] && task->joint->works[d]) {
            return false;
        }
    }
    return true;
}

/* Do the tenant and all whom the appointment needs work in some slot of the day? */
static bool receives(const Schedule *schedule, int t, day_t d) {
    const Problem *problem = schedule->problem;
    const FreeTask *task = schedule_free_task(schedule, t);
    const Template *template = schedule_template(schedule, t);
    const int *members = schedule->households[schedule->tasks[t].owner].members;
    for (int i = 0; i < template->n_needs; i++) {
        int r = members[template->needs[i].role];
        if (template->needs[i].measure != MEASURE_CLOCK &&
            problem->calendar->capacity[(size_t)r * problem->n_days + d] == 0) {
            return false;
        }
    }
    for (int s = 0; s < problem->n_slots; s++) {
        if (reception_of(task->reception[d * problem->n_slots + s]) != RECEPTION_NONE) {
            return true;
        }
    }
    return false;
}

/* The starts that notice, facts and the tenant's presence allow. */
static void find_open(Schedule *schedule, int t) {
    const Problem *problem = schedule->problem;
    ScheduleTask *task = &schedule->tasks[t];
    const FreeTask *of = schedule_free_task(schedule, t);
    const Window *window = &of->window;
    task->low = of->release;
    for (int i = 0; i < of->n_kept; i++) {
        task->low = MIN(task->low, of->kept[i].day);
    }
    day_t earliest = MAX(MAX(task->low, window->start_low), 0);
    day_t reaching = schedule_start_reaching(schedule, t, window->finish_low);
    day_t within =
        schedule_start_within(schedule, t, MIN(window->finish_high, problem->n_days - 1));
    task->low = MAX(earliest, window->finish_low > 0 ? reaching : 0);
    task->high = MIN(MIN(window->start_high, within), problem->n_days - 1);
    uint8_t *open = ARENA_NEW(schedule->arena, uint8_t, problem->n_days);
    bool whole = true;
    for (day_t d = task->low; d <= task->high; d++) {
        open[d] = (d >= of->release || is_kept(of, d)) && is_present(schedule, t, d) &&
                  (!task->clock || receives(schedule, t, d));
        whole = whole && open[d];
    }
    task->open = whole ? NULL : open;
}

/* One pass of low and high over the lags; true when something has moved. */
static bool spread_windows(Schedule *schedule) {
    bool moved = false;
    for (int t = 0; t < schedule->n_tasks; t++) {
        ScheduleTask *task = &schedule->tasks[t];
        for (int i = 0; i < task->n_before; i++) {
            const ScheduleLag *lag = &task->before[i];
            ScheduleTask *other = &schedule->tasks[lag->other];
            day_t low = schedule_finish(schedule, lag->other, other->low) + lag->min_days;
            day_t other_high =
                schedule_start_within(schedule, lag->other, task->high - lag->min_days);
            moved = moved || low > task->low || other_high < other->high;
            task->low = MAX(task->low, low);
            other->high = MIN(other->high, other_high);
            if (!lag->has_max) {
                continue;
            }
            day_t high = schedule_finish(schedule, lag->other, other->high) + lag->max_days;
            day_t other_low =
                schedule_start_reaching(schedule, lag->other, task->low - lag->max_days);
            moved = moved || high < task->high || other_low > other->low;
            task->high = MIN(task->high, high);
            other->low = MAX(other->low, other_low);
        }
    }
    return moved;
}

static bool windows_hold(const Schedule *schedule) {
    for (int t = 0; t < schedule->n_tasks; t++) {
        const ScheduleTask *task = &schedule->tasks[t];
        if (task->low > task->high || task->low < 0) {
            return false;
        }
    }
    return true;
}

static bool find_windows(Schedule *schedule) {
    for (int t = 0; t < schedule->n_tasks; t++) {
        find_open(schedule, t);
    }
    bool moved = windows_hold(schedule);
    for (int pass = 0; pass <= schedule->n_tasks && moved; pass++) {
        moved = spread_windows(schedule) && windows_hold(schedule);
    }
    return windows_hold(schedule);
}

/* ---- Begin ------------------------------------------------------------------------------- */

static void count_tasks(Schedule *schedule, const int *households, int n, int *const *members) {
    const Problem *problem = schedule->problem;
    size_t roles = (size_t)problem->n_roles;
    schedule->households = ARENA_NEW(schedule->arena, ScheduleHousehold, n);
    schedule->n_households = n;
    schedule->n_tasks = 0;
    for (int i = 0; i < n; i++) {
        const ProblemHousehold *of = &problem->households[households[i]];
        int first = schedule->n_tasks;
        int *own = ARENA_NEW(schedule->arena, int, roles);
        memcpy(own, members[i], sizeof(int) * roles);
        schedule->households[i] =
            (ScheduleHousehold){households[i], first, of->n_free, NONE, NONE, NONE, own};
        schedule->households[i].out = of->out == NONE ? NONE : first + of->out;
        schedule->households[i].back = of->back == NONE ? NONE : first + of->back;
        schedule->n_tasks += of->n_free;
    }
}

bool schedule_begin(Schedule *schedule, const Usage *usage, const int *households, int n,
                    int *const *members) {
    const Problem *problem = schedule->problem;
    arena_free(schedule->arena);
    schedule->arena = arena_new();
    schedule->usage = usage;
    schedule->loose = false;
    schedule->home_left = NULL;
    count_tasks(schedule, households, n, members);
    int n_tasks = schedule->n_tasks;
    schedule->left = ARENA_NEW(schedule->arena, milli_t *, problem->n_resources);
    schedule->stock = ARENA_NEW(schedule->arena, milli_t *, problem->n_pools);
    schedule->tasks = ARENA_NEW(schedule->arena, ScheduleTask, n_tasks);
    schedule->start = ARENA_NEW(schedule->arena, day_t, n_tasks);
    schedule->finish = ARENA_NEW(schedule->arena, day_t, n_tasks);
    schedule->minute = ARENA_NEW(schedule->arena, minute_t, n_tasks);
    schedule->slot = ARENA_NEW(schedule->arena, int, n_tasks);
    for (int t = 0; t < n_tasks; t++) {
        schedule->start[t] = NO_DAY;
    }
    for (int i = 0; i < n; i++) {
        ScheduleHousehold *household = &schedule->households[i];
        for (int k = 0; k < household->n; k++) {
            schedule->tasks[household->first + k].owner = i;
            if (!add_task(schedule, household, k)) {
                return false;
            }
        }
        add_lags(schedule, household);
    }
    schedule->work += 0.5 * n_tasks * problem->n_days;
    return find_windows(schedule);
}
