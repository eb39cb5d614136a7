#include "solver/problem_internal.h"

#include <glib.h>

/* The member per role that cannot be chosen any more. */
static const int *fixed_members(Problem *problem, int h) {
    const Operation *op = problem->op;
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    int *fixed = ARENA_NEW(problem->arena, int, op->n_roles);
    for (int role = 0; role < op->n_roles; role++) {
        fixed[role] = household->members[role];
    }
    for (int a = 0; a < package->n_tasks; a++) {
        int member = household->facts[a].member;
        if (has_begun(&household->facts[a]) && member != NONE &&
            fixed[op->resources[member].role] == NONE) {
            fixed[op->resources[member].role] = member;
        }
    }
    /* Works under way are somebody's: without a name, the role's first member's. */
    for (int a = 0; a < package->n_tasks; a++) {
        for (int i = 0;
             household->facts[a].status == STATUS_STARTED && i < package->tasks[a].n_needs; i++) {
            int role = package->tasks[a].needs[i].role;
            if (fixed[role] == NONE) {
                fixed[role] = op->roles[role].members[0];
            }
        }
    }
    return fixed;
}

static void add_kept(FreeTask *task, day_t day, minute_t minute) {
    for (int i = 0; i < task->n_kept; i++) {
        if (task->kept[i].day == day && task->kept[i].minute == minute) {
            return;
        }
    }
    task->kept[task->n_kept++] = (KeptStart){day, minute};
}

/* Release, starts that need no notice, and what was told before. */
static void add_promises(const Problem *problem, int h, FreeTask *task) {
    const Operation *op = problem->op;
    const Household *household = &op->households[h];
    const Task *of = &household_package(op, h)->tasks[task->task];
    const Fact *fact = &household->facts[task->task];
    day_t earliest = household->earliest == DATE_NONE ? 0 : MAX(household->earliest - op->start, 0);
    task->release = MAX(problem->as_of + of->notice_days, earliest);
    task->status = fact->status;
    task->told_member = fact->status == STATUS_CONFIRMED ? fact->member : NONE;
    task->previous = NO_DAY;
    if (fact->status != STATUS_PROPOSED && fact->start != DATE_NONE) {
        task->told = (KeptStart){fact->start - op->start, fact->start_minute};
        if (task->told.day >= earliest && task->told.day < problem->n_days) {
            add_kept(task, task->told.day, task->told.minute);
        }
    }
    if (problem->previous == NULL) {
        return;
    }
    /* What an unplanned household had begun has a date too. */
    const PlanTask *before = &problem->previous->households[h].tasks[task->task];
    if (before->start == DATE_NONE) {
        return;
    }
    day_t day = before->start - op->start;
    if (fact->status == STATUS_PROPOSED) {
        task->previous = day;
    }
    if (day >= MAX(earliest, problem->as_of) && day < problem->n_days) {
        add_kept(task, day, before->start_minute);
    }
}

/* The hours of the window on a day, added when they are not bounded yet. */
static Hours *hours_of(Problem *problem, Window *window, day_t day) {
    for (int i = 0; i < window->n_hours; i++) {
        if (window->hours[i].day == day) {
            return &window->hours[i];
        }
    }
    Hours *more = ARENA_NEW(problem->arena, Hours, window->n_hours + 1);
    for (int i = 0; i < window->n_hours; i++) {
        more[i] = window->hours[i];
    }
    window->hours = more;
    window->hours[window->n_hours] = (Hours){day, 0, INT32_MAX};
    return &window->hours[window->n_hours++];
}

/* Narrows the windows of free tasks by the lags to and from facts; collects the other lags. */
static void add_lags(Problem *problem, int h, const int *free_of) {
    const Operation *op = problem->op;
    const Package *package = household_package(op, h);
    ProblemHousehold *household = &problem->households[h];
    const PlanTask *facts = problem->facts->households[h].tasks;
    for (int b = 0; b < package->n_tasks; b++) {
        const Task *task = &package->tasks[b];
        for (int i = 0; i < task->n_lags; i++) {
            const Lag *lag = &task->lags[i];
            bool in_order = task->minutes > 0 && package->tasks[lag->other].minutes > 0;
            int from = free_of[lag->other];
            int to = free_of[b];
            if (from != NONE && to != NONE) {
                household->lags[household->n_lags++] = (PricingLag){
                    from,         to,      lag->min_days, lag->has_max ? lag->max_days : 0,
                    lag->has_max, in_order};
            } else if (to != NONE) {
                Window *window = &household->free[to].window;
                day_t finish = facts[lag->other].finish - op->start;
                window->start_low = MAX(window->start_low, finish + lag->min_days);
                if (lag->has_max) {
                    window->start_high = MIN(window->start_high, finish + lag->max_days);
                }
                if (in_order && facts[lag->other].finish_minute != MINUTE_NONE) {
                    Hours *hours = hours_of(problem, window, finish);
                    hours->from = MAX(hours->from, facts[lag->other].finish_minute);
                }
            } else if (from != NONE) {
                Window *window = &household->free[from].window;
                day_t start = facts[b].start - op->start;
                window->finish_high = MIN(window->finish_high, start - lag->min_days);
                if (lag->has_max) {
                    window->finish_low = MAX(window->finish_low, start - lag->max_days);
                }
                if (in_order && facts[b].start_minute != MINUTE_NONE) {
                    Hours *hours = hours_of(problem, window, start);
                    hours->until = MIN(hours->until, facts[b].start_minute);
                }
            }
        }
    }
}

/* True when negative lags would let a household move back before its move out has ended. */
static bool may_return_early(const Package *package) {
    enum { NOT_REACHED = INT32_MIN / 2 };
    int *least = g_new(int, package->n_tasks); /* from the end of the move out to the start */
    for (int i = 0; i < package->n_tasks; i++) {
        int b = package->order[i];
        least[b] = NOT_REACHED;
        for (int l = 0; l < package->tasks[b].n_lags; l++) {
            const Lag *lag = &package->tasks[b].lags[l];
            int before = lag->other == package->move_out
                             ? 0
                             : least[lag->other] + MAX(package->tasks[lag->other].days - 1, 0);
            least[b] = MAX(least[b], before > NOT_REACHED / 2 ? before + lag->min_days : before);
        }
    }
    bool early = least[package->move_back] < 0;
    g_free(least);
    return early;
}

/* C9: nobody moves back before the move out has ended, whatever the lags say. */
static void add_stay_lag(const Problem *problem, int h) {
    const Package *package = household_package(problem->op, h);
    ProblemHousehold *own = &problem->households[h];
    if (own->back == NONE || package->move_out == NONE) {
        return;
    }
    if (own->out != NONE && may_return_early(package)) {
        bool in_order = package->tasks[package->move_out].minutes > 0 &&
                        package->tasks[package->move_back].minutes > 0;
        own->lags[own->n_lags++] = (PricingLag){own->out, own->back, 0, 0, false, in_order};
    } else if (own->out == NONE) {
        date_t finish = problem->facts->households[h].tasks[package->move_out].finish;
        Window *window = &own->free[own->back].window;
        window->start_low = MAX(window->start_low, finish - problem->op->start);
    }
}

/* Finds the tasks that may be the last; several of them meet in an end node. */
static void add_end(ProblemHousehold *household) {
    bool *followed = g_new0(bool, household->n_free + 1);
    int n_last = household->n_free;
    for (int i = 0; i < household->n_lags; i++) {
        const PricingLag *lag = &household->lags[i];
        if (lag->min_days >= 0 && !followed[lag->from]) {
            followed[lag->from] = true;
            n_last--;
        }
    }
    household->has_end = n_last > 1;
    for (int k = 0; k < household->n_free; k++) {
        if (followed[k]) {
            continue;
        }
        household->free[k].last = n_last == 1;
        if (household->has_end) {
            household->lags[household->n_lags++] =
                (PricingLag){k, household->n_free, 0, 0, false, false};
        }
    }
    g_free(followed);
}

/* Homes that suit the household, or the one that it lives in. */
static void add_homes(Problem *problem, int h) {
    const Household *household = &problem->op->households[h];
    const Package *package = household_package(problem->op, h);
    const PlanTask *facts = problem->facts->households[h].tasks;
    ProblemHousehold *own = &problem->households[h];
    if (household->relocation == RELOCATION_OWN || package->move_out == NONE) {
        return;
    }
    /* Who has moved out for good, or back, has no home to take or free any more. */
    bool decided = package->move_back != NONE ? facts[package->move_back].start != DATE_NONE
                                              : facts[package->move_out].start != DATE_NONE;
    if (decided) {
        return;
    }
    own->stays = true;
    own->classes = ARENA_NEW(problem->arena, int, problem->n_classes + 1);
    if (own->fixed_home != NONE) {
        own->classes[own->n_classes++] = problem_class_of(problem, own->fixed_home);
        return;
    }
    for (int c = 0; c < problem->n_classes; c++) {
        const HomeClass *class = &problem->classes[c];
        if (class->rooms >= household->rooms && (class->accessible || !household->accessible) &&
            class->from <= class->until) {
            own->classes[own->n_classes++] = c;
        }
    }
    /* Last week's kind of home first: where nothing else tells homes apart, it stays. */
    const PlanHousehold *before =
        problem->previous == NULL ? NULL : &problem->previous->households[h];
    int class = before != NULL && before->planned && before->home != NONE
                    ? problem_class_of(problem, before->home)
                    : NONE;
    for (int i = own->n_classes - 1; i > 0; i--) {
        if (own->classes[i] == class) {
            own->classes[i] = own->classes[i - 1];
            own->classes[i - 1] = class;
        }
    }
    own->impossible = own->impossible || own->n_classes == 0;
}

/* Days of any absence. */
static bool *absent_days(Problem *problem, int h) {
    const Operation *op = problem->op;
    bool *absent = NULL;
    for (int i = problem->availability_first[h]; i < problem->availability_first[h + 1]; i++) {
        const AvailabilityRow *row = problem->availability[i];
        for (day_t d = 0; d < problem->n_days && row->kind == ABSENT; d++) {
            date_t date = op->start + d;
            bool on = row->from != DATE_NONE ? date >= row->from && date <= row->until
                                             : row->weekdays[date_weekday(date)];
            if (!on) {
                continue;
            }
            if (absent == NULL) {
                absent = ARENA_NEW(problem->arena, bool, problem->n_days);
            }
            absent[d] = true;
        }
    }
    return absent;
}

/* Costs that do not depend on what is still free: of being planned, and of not being. */
static void add_constants(Problem *problem, int h) {
    const Operation *op = problem->op;
    const Package *package = household_package(op, h);
    const PlanTask *facts = problem->facts->households[h].tasks;
    ProblemHousehold *own = &problem->households[h];
    own->unplanned_cost = op->weights[PART_UNPLANNED_HOUSEHOLD] * own->weight;
    for (int a = 0; a < package->n_tasks; a++) {
        const Task *task = &package->tasks[a];
        if (op->households[h].facts[a].status == STATUS_CONFIRMED) {
            own->unplanned_cost += op->weights[PART_BROKEN_PROMISE];
        }
        if (task->minutes > 0 && facts[a].start != DATE_NONE &&
            facts[a].start_minute != MINUTE_NONE &&
            !problem_is_preferred(problem, h, facts[a].start - op->start, facts[a].start_minute,
                                  task->minutes)) {
            own->constant += op->weights[PART_NON_PREFERRED];
        }
    }
    day_t back = NO_DAY;
    if (package->move_back != NONE && facts[package->move_back].start != DATE_NONE) {
        back = facts[package->move_back].start - op->start;
    } else if (package->transfer) {
        back = problem->n_days - 1;
    }
    if (own->out_day != NO_DAY && back != NO_DAY) {
        own->constant += nights_cost(problem, h, back - own->out_day);
    }
    if (own->out_day != NO_DAY &&
        (package->move_back == NONE || facts[package->move_back].start == DATE_NONE)) {
        own->unplanned_cost +=
            op->weights[PART_NIGHT_AWAY] * own->weight * (problem->n_days - 1 - own->out_day);
    }
    if (own->n_free == 0 && own->last_fact != NO_DAY) {
        own->constant += end_cost(problem, h, own->last_fact);
    }
}

static void add_free_task(Problem *problem, int h, int a) {
    const Operation *op = problem->op;
    const Task *task = &household_package(op, h)->tasks[a];
    ProblemHousehold *own = &problem->households[h];
    FreeTask *free_task = &own->free[own->n_free++];
    free_task->task = a;
    free_task->window = (Window){0, problem->n_days - 1, 0, problem->n_days - 1, 0, NULL};
    add_promises(problem, h, free_task);
    free_task->item_pools = ARENA_NEW(problem->arena, int, task->n_items);
    for (int i = 0; i < task->n_items; i++) {
        free_task->item_pools[i] = problem_pool(problem, h, task->items[i].item);
    }
    if (task->minutes == 0) {
        return;
    }
    for (int k = 0; k < own->n_free - 1; k++) {
        const Task *other = &household_package(op, h)->tasks[own->free[k].task];
        if (other->minutes == task->minutes) {
            free_task->reception = own->free[k].reception;
            return;
        }
    }
    free_task->reception = problem_reception(problem, h, task->minutes);
}

void problem_add_household(Problem *problem, int h) {
    const Operation *op = problem->op;
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    const PlanTask *facts = problem->facts->households[h].tasks;
    ProblemHousehold *own = &problem->households[h];
    int n_lags = package->n_tasks + 1;
    int *free_of = g_new(int, package->n_tasks + 1);
    own->package = household->package;
    own->weight = household->weight;
    own->deadline = household->deadline == DATE_NONE ? NO_DAY : household->deadline - op->start;
    own->max_nights = household->max_nights_away;
    own->fixed = fixed_members(problem, h);
    own->fixed_home = problem->facts->households[h].home;
    own->absent = absent_days(problem, h);
    own->out = own->back = NONE;
    own->out_day = own->last_fact = NO_DAY;
    for (int i = problem->availability_first[h]; i < problem->availability_first[h + 1]; i++) {
        own->has_windows = own->has_windows || problem->availability[i]->kind != ABSENT;
        own->has_preferred = own->has_preferred || problem->availability[i]->kind == PREFERRED;
    }
    own->free = ARENA_NEW(problem->arena, FreeTask, package->n_tasks);
    for (int i = 0; i < package->n_tasks; i++) {
        int a = package->order[i];
        free_of[a] = NONE;
        n_lags += package->tasks[a].n_lags;
        if (!has_begun(&household->facts[a])) {
            free_of[a] = own->n_free;
            add_free_task(problem, h, a);
        } else if (facts[a].start != DATE_NONE) {
            own->last_fact = MAX(own->last_fact, facts[a].finish - op->start);
        }
    }
    own->lags = ARENA_NEW(problem->arena, PricingLag, n_lags);
    if (package->move_out != NONE) {
        own->out = free_of[package->move_out];
        if (own->out == NONE) {
            own->out_day = facts[package->move_out].start - op->start;
        }
    }
    own->back = package->move_back != NONE ? free_of[package->move_back] : NONE;
    add_lags(problem, h, free_of);
    add_stay_lag(problem, h);
    add_end(own);
    add_homes(problem, h);
    add_constants(problem, h);
    own->competes = problem_competes(problem, h);
    g_free(free_of);
}
