#include "solver/usage.h"

#include <glib.h>
#include <string.h>

static size_t cell_of(const Problem *problem, int r, day_t d) {
    return (size_t)r * problem->n_days + d;
}

/* ---- Clock times ------------------------------------------------------------------------- */

/* Minutes at which the appointment would clash, as the first minute that might not: the start
 * itself when it fits. With several people, every one of them keeps the buffer. */
static minute_t past_clash(const Usage *usage, int r, int people, day_t d, minute_t start,
                           int minutes, int amount) {
    const BookingList *list = &usage->bookings[cell_of(usage->problem, r, d)];
    int buffer = usage->problem->op->buffer_minutes;
    minute_t end = start + minutes + buffer;
    minute_t next = INT32_MAX;
    int most = 0;
    for (int i = 0; i < list->n && list->items[i].start < end; i++) {
        const Booking *one = &list->items[i];
        if (one->end + buffer <= start) {
            continue;
        }
        /* People busy when this booking begins, or when ours does. */
        int busy = one->people;
        minute_t at = MAX(one->start, start);
        for (int j = 0; j < list->n; j++) {
            const Booking *other = &list->items[j];
            if (j != i && other->start <= at && other->end + buffer > at) {
                busy += other->people;
            }
        }
        most = MAX(most, busy);
        next = MIN(next, one->end + buffer);
    }
    return most + amount <= people ? start : next;
}

/* The first start in the span that clashes with nobody; MINUTE_NONE when there is none. */
static minute_t first_fit(const Usage *usage, const ClockAsk *ask, int minutes, Span span) {
    const Problem *problem = usage->problem;
    minute_t origin = problem->op->slots[ask->slot].from;
    int grid = problem->op->grid_minutes;
    minute_t start = MAX(span.from, ask->not_before);
    minute_t end = MIN(span.to, ask->not_after);
    for (;;) {
        start = origin + (start - origin + grid - 1) / grid * grid;
        if (start + minutes > end) {
            return MINUTE_NONE;
        }
        minute_t free_from = start;
        for (int i = 0; i < ask->n && free_from == start; i++) {
            int r = ask->members[i];
            int people = calendar_people(problem->calendar, r, ask->day, ask->slot);
            free_from = past_clash(usage, r, people, ask->day, start, minutes, ask->amounts[i]);
        }
        if (free_from == start) {
            return start;
        }
        if (free_from == INT32_MAX) {
            return MINUTE_NONE;
        }
        start = free_from;
    }
}

minute_t usage_find_minute(const Usage *usage, const ClockAsk *ask, minute_t wish) {
    const Problem *problem = usage->problem;
    int minutes = free_template(problem, ask->h, ask->k)->minutes;
    enum { ROOM = 32 };
    Span spans[ROOM];
    int n = reception_spans(problem, ask->h, ask->day, ask->slot, false, spans, ROOM);
    for (int i = 0; i < n && wish != MINUTE_NONE; i++) {
        Span at = {MAX(wish, spans[i].from), MIN(wish + minutes, spans[i].to)};
        if (at.from == wish && first_fit(usage, ask, minutes, at) == wish) {
            return wish;
        }
    }
    if (problem->households[ask->h].has_preferred) {
        Span preferred[ROOM];
        int m = reception_spans(problem, ask->h, ask->day, ask->slot, true, preferred, ROOM);
        for (int i = 0; i < m; i++) {
            minute_t minute = first_fit(usage, ask, minutes, preferred[i]);
            if (minute != MINUTE_NONE) {
                return minute;
            }
        }
    }
    for (int i = 0; i < n; i++) {
        minute_t minute = first_fit(usage, ask, minutes, spans[i]);
        if (minute != MINUTE_NONE) {
            return minute;
        }
    }
    return MINUTE_NONE;
}

static void book(Usage *usage, int r, day_t d, Booking booking) {
    BookingList *list = &usage->bookings[cell_of(usage->problem, r, d)];
    if (list->n == list->room) {
        list->room = list->room == 0 ? 4 : 2 * list->room;
        list->items = g_renew(Booking, list->items, list->room);
    }
    int i = list->n++;
    for (; i > 0 && list->items[i - 1].start > booking.start; i--) {
        list->items[i] = list->items[i - 1];
    }
    list->items[i] = booking;
}

static void unbook(Usage *usage, int r, day_t d, int household, minute_t start) {
    BookingList *list = &usage->bookings[cell_of(usage->problem, r, d)];
    for (int i = 0; i < list->n; i++) {
        if (list->items[i].household == household && list->items[i].start == start) {
            memmove(&list->items[i], &list->items[i + 1],
                    sizeof(Booking) * (size_t)(list->n - i - 1));
            list->n--;
            return;
        }
    }
}

/* Counts a late appointment in (sign 1) or out (-1); true when the evening begins or ends by it. */
static bool count_late(Usage *usage, size_t cell, int sign) {
    bool before = usage->late[cell] > 0;
    usage->late[cell] = (int16_t)(usage->late[cell] + sign);
    if (before == (usage->late[cell] > 0)) {
        return false;
    }
    if (!usage->late_paid[cell]) {
        usage->late_cost += sign * usage->problem->op->weights[PART_LATE_EVENING];
    }
    return true;
}

/* The same for a new appointment of member r on day d, with the week's limit. */
static void count_new_late(Usage *usage, int r, day_t d, int sign) {
    const Problem *problem = usage->problem;
    size_t cell = cell_of(problem, r, d);
    if (count_late(usage, cell, sign) && !problem->late_fact[cell]) {
        size_t week = (size_t)r * problem->n_weeks + problem->week[d];
        usage->week_late[week] = (int16_t)(usage->week_late[week] + sign);
    }
}

/* Evenings of the facts of a household that becomes planned (sign 1) or is no more (-1). */
static void count_evenings_of_facts(Usage *usage, int h, int sign) {
    const Problem *problem = usage->problem;
    const ProblemHousehold *household = &problem->households[h];
    for (int i = 0; i < household->n_evenings; i++) {
        size_t cell = household->evenings[i];
        if (problem->late_payer[cell] != h) {
            count_late(usage, cell, sign);
        } else {
            usage->late_paid[cell] = sign > 0;
            usage->late_cost -=
                usage->late[cell] > 0 ? sign * problem->op->weights[PART_LATE_EVENING] : 0;
        }
    }
}

/* ---- Homes and stocks -------------------------------------------------------------------- */

static void occupy(Usage *usage, int class, day_t from, day_t until, int sign) {
    const Problem *problem = usage->problem;
    for (day_t d = MAX(from, 0); d <= until && d < problem->n_days; d++) {
        usage->home_left[(size_t) class * problem->n_days + d] -= sign;
    }
}

static void need_item(Usage *usage, int pool, day_t day, milli_t quantity) {
    const Problem *problem = usage->problem;
    milli_t *stock = &usage->stock[(size_t)pool * problem->need_days];
    milli_t *least = &usage->stock_least[(size_t)pool * problem->need_days];
    int first = MAX(day + problem->need_offset, 0);
    for (int t = problem->need_days - 1; t >= 0; t--) {
        stock[t] -= t >= first ? quantity : 0;
        least[t] = t == problem->need_days - 1 ? stock[t] : MIN(stock[t], least[t + 1]);
    }
}

/* The stay of an itinerary, turnaround included. A stay that a fact began, from the start on. */
static void stay_of(const Problem *problem, const Itinerary *itinerary, day_t *from, day_t *until) {
    const ProblemHousehold *household = &problem->households[itinerary->household];
    *from = household->out == NONE ? household->out_day : itinerary->tasks[household->out].start;
    *until = household->back == NONE
                 ? problem->n_days - 1
                 : itinerary->tasks[household->back].start + problem->op->turnaround_days;
}

/* A household that is away takes its home to the horizon's end while it has no way back. */
static void hold_home(Usage *usage, int h, int sign) {
    const ProblemHousehold *household = &usage->problem->households[h];
    if (household->stays && household->fixed_home != NONE) {
        occupy(usage, household->classes[0], household->out_day, usage->problem->n_days - 1, sign);
    }
}

bool usage_homes_hold(const Usage *usage, int h) {
    const Problem *problem = usage->problem;
    const ProblemHousehold *household = &problem->households[h];
    if (!household->stays || household->fixed_home == NONE) {
        return true;
    }
    size_t first = (size_t)household->classes[0] * problem->n_days;
    const int32_t *left = &usage->home_left[first];
    const int32_t *least = &usage->home_least[first];
    for (day_t d = 0; d < problem->n_days; d++) {
        if (left[d] < least[d]) {
            return false;
        }
    }
    return true;
}

/* ---- Tasks ------------------------------------------------------------------------------- */

/* Uses (sign 1) or gives back (-1) capacity of member r on its working days from..until. */
static void use_capacity(Usage *usage, int r, milli_t amount, day_t from, day_t until,
                         const JointCalendar *joint, int sign) {
    const Problem *problem = usage->problem;
    for (day_t d = MAX(from, 0); d <= until && d < problem->n_days; d++) {
        if (joint == NULL ? calendar_works(problem->calendar, r, d) : joint->works[d] != 0) {
            usage->left[cell_of(problem, r, d)] -= sign * amount;
        }
    }
}

/* The joint calendar of the members that serve the itinerary's works. */
static const JointCalendar *joint_of(const Problem *problem, const Itinerary *itinerary,
                                     const Template *template) {
    for (int c = 0; c < template->n_combinations; c++) {
        const Combination *combination = &template->combinations[c];
        bool all = true;
        for (int i = 0; i < template->n_needs && all; i++) {
            bool found = false;
            for (int m = 0; m < combination->n_members[i]; m++) {
                found = found ||
                        combination->members[i][m] == itinerary->members[template->needs[i].role];
            }
            all = found;
        }
        if (all) {
            return &problem->joint[combination->calendar];
        }
    }
    return NULL;
}

/* Uses or gives back what task k takes of crews and stocks; true when nothing is short. */
static bool use_task(Usage *usage, const Itinerary *itinerary, int k, int sign) {
    const Problem *problem = usage->problem;
    int h = itinerary->household;
    const FreeTask *task = &problem->households[h].free[k];
    const Template *template = free_template(problem, h, k);
    const Dated *dated = &itinerary->tasks[k];
    const JointCalendar *joint = joint_of(problem, itinerary, template);
    bool fits = true;
    for (int i = 0; i < template->n_needs; i++) {
        const RoleNeed *need = &template->needs[i];
        int r = itinerary->members[need->role];
        if (need->measure == MEASURE_CLOCK) {
            continue;
        }
        use_capacity(usage, r, role_need_amount(problem, h, need), dated->start, dated->finish,
                     joint, sign);
        for (day_t d = dated->start; d <= dated->finish && fits && sign > 0; d++) {
            fits = usage->left[cell_of(problem, r, d)] >= 0 || (joint != NULL && !joint->works[d]);
        }
    }
    const Task *of = &household_package(problem->op, h)->tasks[task->task];
    for (int i = 0; i < of->n_items; i++) {
        int pool = task->item_pools[i];
        day_t day = dated->start - of->items[i].days_before;
        need_item(usage, pool, day, sign * of->items[i].quantity);
        int first = MAX(day + problem->need_offset, 0);
        fits = fits && usage->stock_least[(size_t)pool * problem->need_days + first] >= 0;
    }
    return fits;
}

/* Narrows the clock by the household's own appointments of that day that come before or after. */
static void keep_order(const Problem *problem, const Itinerary *itinerary, int k, ClockAsk *ask) {
    const ProblemHousehold *household = &problem->households[itinerary->household];
    Hours hours = window_hours(&household->free[k].window, ask->day);
    ask->not_before = MAX(ask->not_before, hours.from);
    ask->not_after = MIN(ask->not_after, hours.until);
    for (int i = 0; i < household->n_lags; i++) {
        const PricingLag *lag = &household->lags[i];
        if (lag->to != k || !lag->in_order || itinerary->tasks[lag->from].start != ask->day) {
            continue;
        }
        minute_t other = itinerary->tasks[lag->from].minute;
        ask->not_before =
            MAX(ask->not_before,
                other + free_template(problem, itinerary->household, lag->from)->minutes);
    }
}

static void ask_clock(const Problem *problem, const Itinerary *itinerary, int k, ClockAsk *ask) {
    int h = itinerary->household;
    const Template *template = free_template(problem, h, k);
    *ask = (ClockAsk){.h = h,
                      .k = k,
                      .day = itinerary->tasks[k].start,
                      .slot = itinerary->tasks[k].slot,
                      .not_after = INT32_MAX};
    for (int i = 0; i < template->n_needs && ask->n < 8; i++) {
        if (template->needs[i].measure == MEASURE_CLOCK) {
            ask->members[ask->n] = itinerary->members[template->needs[i].role];
            ask->amounts[ask->n++] =
                (int)(role_need_amount(problem, h, &template->needs[i]) / MILLI);
        }
    }
    keep_order(problem, itinerary, k, ask);
}

/* Books appointment k, choosing its minute. */
static bool book_task(Usage *usage, Itinerary *itinerary, int k) {
    const Problem *problem = usage->problem;
    int h = itinerary->household;
    const FreeTask *task = &problem->households[h].free[k];
    Dated *dated = &itinerary->tasks[k];
    ClockAsk ask;
    ask_clock(problem, itinerary, k, &ask);
    bool late = problem->op->slots[dated->slot].late;
    for (int i = 0; i < ask.n && late; i++) {
        if (!usage_late_allowed(usage, ask.members[i], dated->start)) {
            return false;
        }
    }
    minute_t wish = dated->minute;
    for (int i = 0; i < task->n_kept && wish == MINUTE_NONE; i++) {
        if (task->kept[i].day == dated->start) {
            wish = task->kept[i].minute;
        }
    }
    minute_t minute = usage_find_minute(usage, &ask, wish);
    if (minute == MINUTE_NONE || (dated->minute != MINUTE_NONE && minute != dated->minute)) {
        return false;
    }
    dated->minute = minute;
    int minutes = free_template(problem, h, k)->minutes;
    for (int i = 0; i < ask.n; i++) {
        book(usage, ask.members[i], dated->start,
             (Booking){(int16_t)minute, (int16_t)(minute + minutes), (int16_t)ask.amounts[i], h});
        if (late) {
            count_new_late(usage, ask.members[i], dated->start, 1);
        }
    }
    return true;
}

static void unbook_task(Usage *usage, const Itinerary *itinerary, int k) {
    const Problem *problem = usage->problem;
    const Dated *dated = &itinerary->tasks[k];
    ClockAsk ask;
    ask_clock(problem, itinerary, k, &ask);
    for (int i = 0; i < ask.n; i++) {
        unbook(usage, ask.members[i], dated->start, itinerary->household, dated->minute);
        if (problem->op->slots[dated->slot].late) {
            count_new_late(usage, ask.members[i], dated->start, -1);
        }
    }
}

/* Takes out tasks 0 .. n - 1 and the home. */
static void remove_tasks(Usage *usage, const Itinerary *itinerary, int n) {
    const Problem *problem = usage->problem;
    for (int k = n - 1; k >= 0; k--) {
        use_task(usage, itinerary, k, -1);
        if (free_template(problem, itinerary->household, k)->appointment) {
            unbook_task(usage, itinerary, k);
        }
    }
    if (itinerary->home_class != NONE) {
        day_t from;
        day_t until;
        stay_of(problem, itinerary, &from, &until);
        occupy(usage, itinerary->home_class, from, until, -1);
        hold_home(usage, itinerary->household, 1);
    }
}

int usage_add(Usage *usage, Itinerary *itinerary) {
    const Problem *problem = usage->problem;
    int h = itinerary->household;
    const ProblemHousehold *household = &problem->households[h];
    if (itinerary->home_class != NONE) {
        day_t from;
        day_t until;
        stay_of(problem, itinerary, &from, &until);
        hold_home(usage, h, -1);
        occupy(usage, itinerary->home_class, from, until, 1);
        size_t first = (size_t)itinerary->home_class * problem->n_days;
        for (day_t d = MAX(from, 0); d <= until && d < problem->n_days; d++) {
            if (usage->home_left[first + d] < usage->home_least[first + d]) {
                remove_tasks(usage, itinerary, 0);
                return MAX(household->back, household->out);
            }
        }
    }
    for (int k = 0; k < itinerary->n; k++) {
        bool appointment = free_template(problem, h, k)->appointment;
        if (appointment && !book_task(usage, itinerary, k)) {
            remove_tasks(usage, itinerary, k);
            return k;
        }
        if (!use_task(usage, itinerary, k, 1)) {
            remove_tasks(usage, itinerary, k + 1);
            return k;
        }
    }
    count_evenings_of_facts(usage, h, 1);
    itinerary->cost = itinerary_cost(problem, itinerary);
    return NONE;
}

void usage_remove(Usage *usage, const Itinerary *itinerary) {
    count_evenings_of_facts(usage, itinerary->household, -1);
    remove_tasks(usage, itinerary, itinerary->n);
}

/* ---- Facts ------------------------------------------------------------------------------- */

/* Works and appointments under way use their members from as_of to their finish. */
static void use_started(Usage *usage, int h, int a) {
    const Problem *problem = usage->problem;
    const Task *task = &household_package(problem->op, h)->tasks[a];
    const PlanTask *fact = &problem->facts->households[h].tasks[a];
    const Template *template = &problem->templates[problem->households[h].package][a];
    date_t begin = problem->op->start;
    for (int i = 0; i < template->n_needs; i++) {
        const RoleNeed *need = &template->needs[i];
        int r = problem_fact_member(problem, h, a, need->role);
        milli_t amount = role_need_amount(problem, h, need);
        if (r == NONE) {
            continue;
        }
        if (need->measure != MEASURE_CLOCK) {
            use_capacity(usage, r, amount, MAX(fact->start - begin, problem->as_of),
                         fact->finish - begin, NULL, 1);
        } else if (fact->start_minute != MINUTE_NONE && fact->start >= begin &&
                   fact->start - begin < problem->n_days) {
            book(usage, r, fact->start - begin,
                 (Booking){(int16_t)fact->start_minute,
                           (int16_t)(fact->start_minute + task->minutes), (int16_t)(amount / MILLI),
                           h});
        }
    }
}

/* Homes that facts hold: until the turnaround after the return, or to the end. */
static void hold_fact_home(Usage *usage, int h) {
    const Problem *problem = usage->problem;
    const ProblemHousehold *household = &problem->households[h];
    const Package *package = household_package(problem->op, h);
    const PlanTask *facts = problem->facts->households[h].tasks;
    if (household->stays || household->fixed_home == NONE || package->move_out == NONE ||
        facts[package->move_out].start == DATE_NONE) {
        hold_home(usage, h, 1);
        return;
    }
    day_t until = problem->n_days - 1;
    if (package->move_back != NONE && facts[package->move_back].start != DATE_NONE) {
        until = facts[package->move_back].start - problem->op->start + problem->op->turnaround_days;
    }
    int class = problem_class_of(problem, household->fixed_home);
    occupy(usage, class, facts[package->move_out].start - problem->op->start, until, 1);
}

static void fill_calendars(Usage *usage) {
    const Problem *problem = usage->problem;
    for (int r = 0; r < problem->n_resources; r++) {
        usage->week_late[(size_t)r * problem->n_weeks] = (int16_t)problem->late_before[r];
        for (day_t d = 0; d < problem->n_days; d++) {
            size_t cell = cell_of(problem, r, d);
            usage->left[cell] = problem->calendar->capacity[cell];
            if (problem->late_fact[cell]) {
                usage->week_late[(size_t)r * problem->n_weeks + problem->week[d]]++;
            }
        }
    }
    for (int c = 0; c < problem->n_classes; c++) {
        const HomeClass *class = &problem->classes[c];
        /* The turnaround may reach beyond the home's dates, and facts may lie outside. */
        for (day_t d = 0; d < problem->n_days; d++) {
            usage->home_left[(size_t)c * problem->n_days + d] = class->n_homes;
        }
    }
    for (int i = 0; i < problem->n_pools; i++) {
        memcpy(&usage->stock[(size_t)i * problem->need_days], problem->pools[i].delivered,
               sizeof(milli_t) * (size_t)problem->need_days);
        need_item(usage, i, problem->n_days, 0);
    }
}

Usage *usage_new(const Problem *problem) {
    Usage *usage = g_new0(Usage, 1);
    size_t cells = (size_t)problem->n_resources * problem->n_days;
    size_t stocks = (size_t)problem->n_pools * problem->need_days;
    usage->problem = problem;
    usage->left = g_new0(milli_t, cells + 1);
    usage->bookings = g_new0(BookingList, cells + 1);
    usage->late = g_new0(int16_t, problem->n_late + 1);
    usage->late_paid = g_new0(uint8_t, problem->n_late + 1);
    usage->week_late = g_new0(int16_t, (size_t)problem->n_resources * problem->n_weeks + 1);
    usage->home_left = g_new0(int32_t, (size_t)problem->n_classes * problem->n_days + 1);
    usage->home_least = g_new0(int32_t, (size_t)problem->n_classes * problem->n_days + 1);
    usage->stock = g_new0(milli_t, stocks + 1);
    usage->stock_least = g_new0(milli_t, stocks + 1);
    fill_calendars(usage);
    for (int h = 0; h < problem->n_households; h++) {
        const Package *package = household_package(problem->op, h);
        for (int a = 0; a < package->n_tasks; a++) {
            if (problem->op->households[h].facts[a].status == STATUS_STARTED) {
                use_started(usage, h, a);
            }
        }
        hold_fact_home(usage, h);
    }
    for (size_t i = 0; i < (size_t)problem->n_classes * problem->n_days; i++) {
        usage->home_least[i] = MIN(usage->home_left[i], 0);
    }
    return usage;
}

Usage *usage_new_lasting(const Problem *problem) {
    Usage *usage = usage_new(problem);
    for (int h = 0; h < problem->n_households; h++) {
        hold_home(usage, h, -1);
    }
    return usage;
}

void usage_free(Usage *usage) {
    if (usage == NULL) {
        return;
    }
    size_t cells = (size_t)usage->problem->n_resources * usage->problem->n_days;
    for (size_t i = 0; i < cells; i++) {
        g_free(usage->bookings[i].items);
    }
    g_free(usage->left);
    g_free(usage->bookings);
    g_free(usage->late);
    g_free(usage->late_paid);
    g_free(usage->week_late);
    g_free(usage->home_left);
    g_free(usage->home_least);
    g_free(usage->stock);
    g_free(usage->stock_least);
    g_free(usage);
}
