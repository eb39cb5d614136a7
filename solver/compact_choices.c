#include "solver/compact_internal.h"

#include <math.h>

const int *compact_candidates(const Compact *compact, int k, const Choice *choice, int i, int *n) {
    const Problem *problem = compact->problem;
    const Template *template = free_template(problem, compact->h, k);
    if (template->appointment) {
        const Role *role = &problem->op->roles[template->needs[i].role];
        *n = role->n_members;
        return role->members;
    }
    const Combination *combination = &template->combinations[choice->combination];
    *n = combination->n_members[i];
    return combination->members[i];
}

/* C5, C6, C7: the slot is worked and has the people; a late one is within the week's limit. */
static bool clock_fits(const Compact *compact, const Choice *choice, int r, milli_t amount) {
    const Problem *problem = compact->problem;
    int people = (int)(amount / MILLI);
    if (calendar_people(problem->calendar, r, choice->start, choice->slot) < MAX(people, 1)) {
        return false;
    }
    return !problem->op->slots[choice->slot].late ||
           usage_late_allowed(compact->facts, r, choice->start);
}

bool compact_member_fits(const Compact *compact, int k, const Choice *choice, int i, int r) {
    const Problem *problem = compact->problem;
    const Template *template = free_template(problem, compact->h, k);
    const RoleNeed *need = &template->needs[i];
    int fixed = compact->household->fixed[need->role];
    milli_t amount = role_need_amount(problem, compact->h, need);
    if (fixed != NONE && fixed != r) {
        return false;
    }
    if (need->measure == MEASURE_CLOCK) {
        return clock_fits(compact, choice, r, amount);
    }
    for (day_t d = choice->start; d <= choice->finish; d++) {
        bool works = template->appointment ||
                     problem->joint[template->combinations[choice->combination].calendar].works[d];
        if (works && (!calendar_works(problem->calendar, r, d) ||
                      compact->facts->left[day_cell(compact, r, d)] < amount)) {
            return false;
        }
    }
    return true;
}

/* Adds the choice if somebody fits for every need. */
static void add_choice(Compact *compact, int k, Choice choice) {
    const Template *template = free_template(compact->problem, compact->h, k);
    for (int i = 0; i < template->n_needs; i++) {
        int n;
        const int *members = compact_candidates(compact, k, &choice, i, &n);
        bool any = false;
        for (int m = 0; m < n && !any; m++) {
            any = compact_member_fits(compact, k, &choice, i, members[m]);
        }
        if (!any) {
            return;
        }
    }
    g_array_append_val(compact->tasks[k].choices, choice);
}

bool compact_class_suits(const Compact *compact, int c) {
    const HomeClass *class = &compact->problem->classes[c];
    const ProblemHousehold *household = compact->household;
    bool in_time = household->out != NONE || household->fixed_home != NONE ||
                   class->from <= household->out_day;
    return in_time && (household->back != NONE || class->until == compact->problem->n_days - 1);
}

/* C9: the stay lies inside the dates of some home. */
static bool home_is_there(const Compact *compact, int k, day_t d) {
    const ProblemHousehold *household = compact->household;
    if (!household->stays || (k != household->out && k != household->back)) {
        return true;
    }
    for (int i = 0; i < household->n_classes; i++) {
        const HomeClass *class = &compact->problem->classes[household->classes[i]];
        if (compact_class_suits(compact, household->classes[i]) &&
            (k != household->out || d >= class->from) && d <= class->until) {
            return true;
        }
    }
    return false;
}

/* Nights away by the end of the stay that task k is; between two free ends those over the maximum
 * are not in it. */
static double nights_share(const Compact *compact, int k, day_t d) {
    const Problem *problem = compact->problem;
    const ProblemHousehold *household = compact->household;
    double night = (double)(problem->op->weights[PART_NIGHT_AWAY] * household->weight);
    if (k != household->out && k != household->back) {
        return 0;
    }
    if (household->out != NONE && household->back != NONE) {
        return k == household->out ? -night * d : night * d;
    }
    day_t out = k == household->out ? d : household->out_day;
    day_t back = k == household->back ? d : problem->n_days - 1;
    return (double)nights_cost(problem, compact->h, back - out);
}

static double last_cost(const Compact *compact, int k, day_t finish) {
    if (!compact->household->free[k].last) {
        return 0;
    }
    day_t last = MAX(finish, compact->household->last_fact);
    return (double)end_cost(compact->problem, compact->h, last);
}

static bool is_kept_day(const FreeTask *task, day_t d) {
    for (int i = 0; i < task->n_kept; i++) {
        if (task->kept[i].day == d) {
            return true;
        }
    }
    return false;
}

/* C1, C9, C11: whether task k may start on day d at all. */
static bool day_is_possible(const Compact *compact, int k, day_t d) {
    const Problem *problem = compact->problem;
    const FreeTask *task = &compact->household->free[k];
    const Task *of = &household_package(problem->op, compact->h)->tasks[task->task];
    if ((d < task->release && !is_kept_day(task, d)) || !home_is_there(compact, k, d)) {
        return false;
    }
    for (int i = 0; i < of->n_items; i++) {
        int t = MAX(d - of->items[i].days_before + problem->need_offset, 0);
        size_t cell = (size_t)task->item_pools[i] * problem->need_days + t;
        if (compact->facts->stock_least[cell] < of->items[i].quantity) {
            return false;
        }
    }
    return true;
}

/* ---- Works ------------------------------------------------------------------------------- */

/* C3, C10: the working days, and the tenant's presence on them. */
static void find_works(Compact *compact, int k, int c, day_t d) {
    const Problem *problem = compact->problem;
    const ProblemHousehold *household = compact->household;
    const Template *template = free_template(problem, compact->h, k);
    const JointCalendar *joint = &problem->joint[template->combinations[c].calendar];
    const Window *window = &household->free[k].window;
    day_t finish = joint->works[d] ? joint_finish(joint, d, template->days) : NO_DAY;
    if (finish == NO_DAY || finish < window->finish_low || finish > window->finish_high) {
        return;
    }
    for (day_t t = d; t <= finish && template->presence && household->absent != NULL; t++) {
        if (household->absent[t] && joint->works[t]) {
            return;
        }
    }
    cost_t moved = stability_cost(problem, compact->h, k, d, MINUTE_NONE);
    double cost = (double)moved + nights_share(compact, k, d) + last_cost(compact, k, finish);
    add_choice(compact, k, (Choice){d, finish, NONE, c, moved == 0, cost, -1});
}

/* ---- Appointments ------------------------------------------------------------------------ */

/* C1, C2, C5: whether the appointment may start at this minute of the slot. */
static bool minute_is_possible(const Compact *compact, int k, day_t d, minute_t minute,
                               const Span *spans, int n) {
    const FreeTask *task = &compact->household->free[k];
    Hours hours = window_hours(&task->window, d);
    int minutes = free_template(compact->problem, compact->h, k)->minutes;
    bool inside = false;
    for (int i = 0; i < n && !inside; i++) {
        inside = spans[i].from <= minute && minute + minutes <= spans[i].to;
    }
    bool told = d >= task->release;
    for (int i = 0; i < task->n_kept && !told; i++) {
        told = task->kept[i].day == d &&
               (task->kept[i].minute == MINUTE_NONE || task->kept[i].minute == minute);
    }
    return inside && told && minute >= hours.from && minute + minutes <= hours.until;
}

/* The choices of a slot on a day on which the minute matters: the cheapest minute, and if the
 * promised member may still change, the cheapest one that keeps the promise too. */
static void find_minutes(Compact *compact, int k, Choice choice) {
    enum { ROOM = 32 };
    const Problem *problem = compact->problem;
    const FreeTask *task = &compact->household->free[k];
    const Slot *slot = &problem->op->slots[choice.slot];
    int minutes = free_template(problem, compact->h, k)->minutes;
    double least[2] = {INFINITY, INFINITY};
    Span spans[ROOM];
    day_t d = choice.start;
    int n = reception_spans(problem, compact->h, d, choice.slot, false, spans, ROOM);
    for (minute_t minute = slot->from; minute + minutes <= slot->to;
         minute += problem->op->grid_minutes) {
        if (!minute_is_possible(compact, k, d, minute, spans, n)) {
            continue;
        }
        cost_t moved = stability_cost(problem, compact->h, k, d, minute);
        cost_t other = problem_is_preferred(problem, compact->h, d, minute, minutes)
                           ? 0
                           : problem->op->weights[PART_NON_PREFERRED];
        least[moved == 0] = MIN(least[moved == 0], (double)(moved + other));
    }
    for (int as_told = 0; as_told < 2; as_told++) {
        bool needed = task->told_member != NONE || least[as_told] < least[1 - as_told] ||
                      (as_told && least[0] == least[1]);
        if (isfinite(least[as_told]) && needed) {
            Choice own = choice;
            own.as_told = as_told;
            own.cost += least[as_told];
            add_choice(compact, k, own);
        }
    }
}

static void find_appointments(Compact *compact, int k, day_t d) {
    const Problem *problem = compact->problem;
    const FreeTask *task = &compact->household->free[k];
    const Window *window = &task->window;
    if (d < window->finish_low || d > window->finish_high) {
        return;
    }
    bool by_minute = is_kept_day(task, d) || window_bounds_hours(window, d);
    for (int s = 0; s < problem->n_slots; s++) {
        Reception reception = reception_of(task->reception[(size_t)d * problem->n_slots + s]);
        Choice choice = {.start = d, .finish = d, .slot = s, .combination = NONE, .column = -1};
        choice.cost = nights_share(compact, k, d) + last_cost(compact, k, d);
        if (reception == RECEPTION_NONE) {
            continue;
        }
        if (by_minute) {
            find_minutes(compact, k, choice);
            continue;
        }
        cost_t moved = stability_cost(problem, compact->h, k, d, MINUTE_NONE);
        choice.as_told = moved == 0;
        choice.cost += (double)moved;
        if (reception == RECEPTION_POSSIBLE) {
            choice.cost += (double)problem->op->weights[PART_NON_PREFERRED];
        }
        add_choice(compact, k, choice);
    }
}

/* ---- Narrowing --------------------------------------------------------------------------- */

static void measure_task(TaskModel *task) {
    task->low = task->finish_low = INT32_MAX;
    task->high = task->finish_high = INT32_MIN;
    for (unsigned i = 0; i < task->choices->len; i++) {
        const Choice *choice = choice_at(task, (int)i);
        task->low = MIN(task->low, choice->start);
        task->high = MAX(task->high, choice->start);
        task->finish_low = MIN(task->finish_low, choice->finish);
        task->finish_high = MAX(task->finish_high, choice->finish);
    }
}

/* Leaves out the choices that start or finish outside the days given; true when there were any. */
static bool leave_out(TaskModel *task, int64_t low, int64_t high, int64_t finish_low,
                      int64_t finish_high) {
    unsigned kept = 0;
    for (unsigned i = 0; i < task->choices->len; i++) {
        Choice choice = *choice_at(task, (int)i);
        if (choice.start >= low && choice.start <= high && choice.finish >= finish_low &&
            choice.finish <= finish_high) {
            *choice_at(task, (int)kept++) = choice;
        }
    }
    bool fewer = kept < task->choices->len;
    g_array_set_size(task->choices, kept);
    measure_task(task);
    return fewer;
}

/* C2: leaves out what no choice of the tasks before or after goes with. */
static bool narrow(Compact *compact) {
    const ProblemHousehold *household = compact->household;
    for (bool again = true; again;) {
        again = false;
        for (int i = 0; i < household->n_lags; i++) {
            const PricingLag *lag = &household->lags[i];
            if (lag->to == household->n_free) {
                continue;
            }
            TaskModel *from = &compact->tasks[lag->from];
            TaskModel *to = &compact->tasks[lag->to];
            if (from->choices->len == 0 || to->choices->len == 0) {
                return false;
            }
            again |=
                leave_out(to, (int64_t)from->finish_low + lag->min_days,
                          lag->has_max ? (int64_t)from->finish_high + lag->max_days : INT64_MAX,
                          INT64_MIN, INT64_MAX);
            if (to->choices->len == 0) {
                return false;
            }
            again |= leave_out(from, INT64_MIN, INT64_MAX,
                               lag->has_max ? (int64_t)to->low - lag->max_days : INT64_MIN,
                               (int64_t)to->high - lag->min_days);
        }
    }
    return true;
}

bool compact_find_choices(Compact *compact) {
    const Problem *problem = compact->problem;
    const ProblemHousehold *household = compact->household;
    bool all = true;
    for (int k = 0; k < household->n_free; k++) {
        const Template *template = free_template(problem, compact->h, k);
        const Window *window = &household->free[k].window;
        day_t last = MIN(MIN(window->start_high, window->finish_high), problem->n_days - 1);
        for (day_t d = MAX(window->start_low, 0); d <= last; d++) {
            if (!day_is_possible(compact, k, d)) {
                continue;
            }
            if (template->appointment) {
                find_appointments(compact, k, d);
            }
            for (int c = 0; c < template->n_combinations; c++) {
                find_works(compact, k, c, d);
            }
        }
        measure_task(&compact->tasks[k]);
        all = all && compact->tasks[k].choices->len > 0;
    }
    if (!all || !narrow(compact)) {
        return false;
    }
    for (int k = 0; k < household->n_free; k++) {
        all = all && compact->tasks[k].choices->len > 0;
    }
    return all;
}
