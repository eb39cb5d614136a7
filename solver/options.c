/* The options of tasks: every start that fits, who does it, and what it costs. */
#include "solver/cheapest_internal.h"

#include <glib.h>
#include <math.h>

/* Rounded down to the grid on which sums of costs are exact (see pricing.h). */
static double exact_cost(double cost) {
    return floor(cost * 65536.0) / 65536.0;
}

static bool member_allowed(const Seeker *seeker, int role, int r) {
    int only = seeker->only[role];
    const uint8_t *skipped = seeker->request->skipped;
    return (only == NONE || only == r) && !seeker->banned[r] &&
           (only == r || skipped == NULL || !skipped[r]);
}

/* What it costs that r and not the promised member does a confirmed task at its promised start. */
static double member_change(const Seeker *seeker, int k, const RoleNeed *need, int r, day_t d) {
    const FreeTask *task = &seeker->household->free[k];
    const Operation *op = seeker->problem->op;
    if (task->told_member == NONE || task->told_member == r || d != task->told.day ||
        op->resources[task->told_member].role != need->role) {
        return 0;
    }
    return (double)op->weights[PART_BROKEN_PROMISE];
}

static bool is_barred(const Seeker *seeker, int k, day_t d, int slot) {
    for (int i = 0; i < seeker->request->n_barriers; i++) {
        const Barrier *barrier = &seeker->request->barriers[i];
        if (barrier->k == k && barrier->day == d && barrier->slot == slot) {
            return true;
        }
    }
    return false;
}

const Run *options_home(const Seeker *seeker, day_t out, day_t back, double *price) {
    const Problem *problem = seeker->problem;
    const Prices *prices = seeker->request->prices;
    day_t until = MIN(back + problem->op->turnaround_days, problem->n_days - 1);
    const Run *best = NULL;
    *price = COST_INFINITE;
    for (int i = 0; i < seeker->n_runs; i++) {
        const Run *run = &seeker->runs[i];
        if (out < run->from || back > run->last_back || until > run->until) {
            continue;
        }
        const double *home =
            prices == NULL ? NULL
                           : &prices->home_sum[(size_t)run->home_class * (problem->n_days + 1)];
        double own = home == NULL ? 0 : home[until + 1] - home[MAX(out, 0)];
        if (own < *price) {
            *price = own;
            best = run;
        }
    }
    *price = exact_cost(*price);
    return best;
}

/* Where all homes are one run, its dates bound both ends of the stay; else the pair does. */
static bool run_allows(const Seeker *seeker, int k, day_t d) {
    const Problem *problem = seeker->problem;
    if (!seeker->household->stays || seeker->n_runs != 1) {
        return true;
    }
    const Run *run = &seeker->runs[0];
    if (k == seeker->household->out) {
        return d >= run->from && d <= run->until;
    }
    bool to_end = run->until == problem->n_days - 1;
    return d <= run->last_back &&
           d <= (to_end ? run->until : run->until - problem->op->turnaround_days);
}

/* Nights, and the home where only one end of the stay is free. COST_INFINITE when there is no
 * home. */
static double stay_day_cost(const Seeker *seeker, int k, day_t d) {
    const Problem *problem = seeker->problem;
    const ProblemHousehold *household = seeker->household;
    int h = seeker->request->household;
    double night = (double)(problem->op->weights[PART_NIGHT_AWAY] * household->weight);
    if (k != household->out && k != household->back) {
        return 0;
    }
    if (household->out != NONE && household->back != NONE) {
        if (!run_allows(seeker, k, d)) {
            return COST_INFINITE;
        }
        /* The price of the home that exceeds the cheapest one's is the pair's; see stay_row(). */
        day_t end = MIN(d + problem->op->turnaround_days + 1, problem->n_days);
        return k == household->out ? -night * d - seeker->least_home[d]
                                   : night * d + seeker->least_home[end];
    }
    day_t out = k == household->out ? d : household->out_day;
    day_t back = k == household->back ? d : problem->n_days - 1;
    double home = 0;
    if (household->stays && options_home(seeker, out, back, &home) == NULL) {
        return COST_INFINITE;
    }
    return home + (double)nights_cost(problem, h, back - out);
}

/* Deliveries: whether they suffice for a start on day d, and what the prices say. */
static bool items_fit(const Seeker *seeker, int k, day_t d, double *cost) {
    const Problem *problem = seeker->problem;
    const FreeTask *task = &seeker->household->free[k];
    const Task *of = &household_package(problem->op, seeker->request->household)->tasks[task->task];
    const Prices *prices = seeker->request->prices;
    for (int i = 0; i < of->n_items; i++) {
        int t = MAX(d - of->items[i].days_before + problem->need_offset, 0);
        size_t pool = (size_t)task->item_pools[i];
        if (seeker->request->usage->stock_least[pool * problem->need_days + t] <
            of->items[i].quantity) {
            return false;
        }
        if (prices != NULL) {
            *cost += (double)of->items[i].quantity / MILLI *
                     prices->need_sum[pool * (problem->need_days + 1) + t];
        }
    }
    return true;
}

/* Fills day_cost[] from *low to *high: whatever depends on the day of the start alone, but for what
 * was promised. COST_INFINITE where no start is possible. */
static void fill_day_cost(Seeker *seeker, int k, day_t *low, day_t *high) {
    const FreeTask *task = &seeker->household->free[k];
    *low = MIN(task->release, task->window.start_high + 1);
    for (int i = 0; i < task->n_kept; i++) {
        *low = MIN(*low, task->kept[i].day);
    }
    *low = MAX(MAX(*low, task->window.start_low), 0);
    *high = MIN(task->window.start_high, task->window.finish_high);
    const Itinerary *near = seeker->request->near;
    if (near != NULL) {
        *low = MAX(*low, near->tasks[k].start - seeker->request->reach);
        *high = MIN(*high, near->tasks[k].start + seeker->request->reach);
    }
    const StartWindow *windows = seeker->request->windows;
    if (windows != NULL) {
        /* Works start in the day's first slot; slots of appointments: see is_in_window(). */
        int n_slots = seeker->problem->n_slots;
        bool works = !free_template(seeker->problem, seeker->request->household, k)->appointment;
        *low = MAX(*low, (windows[k].low + (works ? n_slots - 1 : 0)) / n_slots);
        *high = MIN(*high, windows[k].high / n_slots);
    }
    for (day_t d = *low; d <= *high; d++) {
        bool kept = false;
        for (int i = 0; i < task->n_kept && !kept; i++) {
            kept = task->kept[i].day == d;
        }
        double cost = 0;
        seeker->day_cost[d] = COST_INFINITE;
        if ((d >= task->release || kept) && items_fit(seeker, k, d, &cost)) {
            seeker->day_cost[d] = cost + stay_day_cost(seeker, k, d);
        }
    }
}

static double last_cost(const Seeker *seeker, int k, day_t finish) {
    if (!seeker->household->free[k].last) {
        return 0;
    }
    day_t last = MAX(finish, seeker->household->last_fact);
    return (double)end_cost(seeker->problem, seeker->request->household, last);
}

/* ---- Works ------------------------------------------------------------------------------- */

/* need_cost[d] becomes the least of itself and member r's cost for works that start on d. */
static void add_member(Seeker *seeker, int k, const RoleNeed *need, int r, int pair,
                       const JointCalendar *joint, day_t low, day_t high) {
    const Problem *problem = seeker->problem;
    const Prices *prices = seeker->request->prices;
    int days = free_template(problem, seeker->request->household, k)->days;
    milli_t amount = role_need_amount(problem, seeker->request->household, need);
    double units = (double)amount / MILLI;
    const milli_t *left = &seeker->request->usage->left[(size_t)r * problem->n_days];
    const double *sum =
        prices == NULL ? NULL : &prices->crew_sum[(size_t)pair * (problem->n_days + 1)];
    day_t short_day = problem->n_days;
    int last = MIN(joint->index[high + 1] - 1 + days - 1, joint->count - 1);
    int first = joint->index[low];
    for (int i = last; i >= first; i--) {
        day_t d = joint->day[i];
        if (left[d] < amount) {
            short_day = d;
        }
        if (d > high || i + days > joint->count) {
            continue;
        }
        day_t finish = joint->day[i + days - 1];
        if (finish < short_day) {
            double cost = sum == NULL ? 0 : units * (sum[finish + 1] - sum[d]);
            cost += member_change(seeker, k, need, r, d);
            seeker->need_cost[d] = MIN(seeker->need_cost[d], cost);
        }
    }
}

/* total[d] becomes what the combination costs for works that start on d. */
static void price_combination(Seeker *seeker, int k, const Combination *combination, day_t low,
                              day_t high) {
    const Template *template = free_template(seeker->problem, seeker->request->household, k);
    const JointCalendar *joint = &seeker->problem->joint[combination->calendar];
    for (day_t d = low; d <= high; d++) {
        seeker->total[d] = joint->works[d] ? seeker->day_cost[d] : COST_INFINITE;
    }
    for (int i = 0; i < template->n_needs; i++) {
        for (day_t d = low; d <= high; d++) {
            seeker->need_cost[d] = COST_INFINITE;
        }
        for (int m = 0; m < combination->n_members[i]; m++) {
            int r = combination->members[i][m];
            if (member_allowed(seeker, template->needs[i].role, r)) {
                add_member(seeker, k, &template->needs[i], r, combination->pairs[i][m], joint, low,
                           high);
            }
        }
        for (day_t d = low; d <= high; d++) {
            seeker->total[d] += seeker->need_cost[d];
        }
    }
}

static bool is_present(const Seeker *seeker, const Template *template, const JointCalendar *joint,
                       day_t start, day_t finish) {
    const bool *absent = seeker->household->absent;
    for (day_t d = start; d <= finish && absent != NULL && template->presence; d++) {
        if (absent[d] && joint->works[d]) {
            return false;
        }
    }
    return true;
}

static void add_works(Seeker *seeker, int k, int c, day_t low, day_t high) {
    const Problem *problem = seeker->problem;
    int h = seeker->request->household;
    const Template *template = free_template(problem, h, k);
    const JointCalendar *joint = &problem->joint[template->combinations[c].calendar];
    const Window *window = &seeker->household->free[k].window;
    Options *options = pricing_options(seeker->pricing, k);
    for (day_t d = low; d <= high; d++) {
        if (!COST_IS_FINITE(seeker->total[d])) {
            continue;
        }
        day_t finish = joint_finish(joint, d, template->days);
        if (finish == NO_DAY || finish > window->finish_high || finish < window->finish_low ||
            !is_present(seeker, template, joint, d, finish) || is_barred(seeker, k, d, NONE)) {
            continue;
        }
        double cost = seeker->total[d] + last_cost(seeker, k, finish) +
                      (double)stability_cost(problem, h, k, d, MINUTE_NONE);
        options_add(options, d * problem->n_slots, finish * problem->n_slots + problem->n_slots - 1,
                    exact_cost(cost), c, MINUTE_NONE);
    }
}

/* True when something may begin too late after task k. */
static bool ends_with_limit(const ProblemHousehold *household, int k) {
    for (int l = 0; l < household->n_lags; l++) {
        if (household->lags[l].from == k && household->lags[l].has_max) {
            return true;
        }
    }
    return false;
}

/* True when every need has a member in the combination who may do it. */
static bool is_staffed(const Seeker *seeker, const Template *template,
                       const Combination *combination) {
    bool staffed = true;
    for (int i = 0; i < template->n_needs && staffed; i++) {
        staffed = false;
        for (int m = 0; m < combination->n_members[i] && !staffed; m++) {
            staffed = member_allowed(seeker, template->needs[i].role, combination->members[i][m]);
        }
    }
    return staffed;
}

static void make_works(Seeker *seeker, int k, day_t low, day_t high) {
    const Template *template = free_template(seeker->problem, seeker->request->household, k);
    for (int c = 0; c < template->n_combinations; c++) {
        if (!is_staffed(seeker, template, &template->combinations[c])) {
            continue;
        }
        price_combination(seeker, k, &template->combinations[c], low, high);
        add_works(seeker, k, c, low, high);
    }
    if (template->n_combinations > 1) {
        options_sort(pricing_options(seeker->pricing, k));
        options_thin(pricing_options(seeker->pricing, k), !ends_with_limit(seeker->household, k));
    }
}

/* ---- Appointments ------------------------------------------------------------------------ */

typedef struct Place {
    int k;
    day_t day;
    int slot;
    minute_t wish; /* a promised minute that is to be kept exactly, or MINUTE_NONE */
} Place;

/* The minute at which r can keep the appointment: MINUTE_NONE when not at all; -2 when nothing is
 * booked on that day, so that any minute of the tenant's will do. */
enum { ANY_MINUTE = -2 };

static minute_t free_minute(const Seeker *seeker, const Place *place, int r, int people) {
    const Problem *problem = seeker->problem;
    const Usage *usage = seeker->request->usage;
    const Window *window = &seeker->household->free[place->k].window;
    Hours hours = window_hours(window, place->day);
    if (place->wish == MINUTE_NONE && !window_bounds_hours(window, place->day) &&
        usage->bookings[(size_t)r * problem->n_days + place->day].n == 0) {
        return ANY_MINUTE;
    }
    ClockAsk ask = {.h = seeker->request->household,
                    .k = place->k,
                    .day = place->day,
                    .slot = place->slot,
                    .n = 1,
                    .members = {r},
                    .amounts = {people},
                    .not_before = hours.from,
                    .not_after = hours.until};
    minute_t minute = usage_find_minute(usage, &ask, place->wish);
    return place->wish != MINUTE_NONE && minute != place->wish ? MINUTE_NONE : minute;
}

/* What member r costs for need i of an appointment, COST_INFINITE when it cannot; *minute as
 * free_minute() for clock members. */
static double attendance_cost(const Seeker *seeker, const Place *place, int i, int r,
                              minute_t *minute) {
    const Problem *problem = seeker->problem;
    const RoleNeed *need = &free_template(problem, seeker->request->household, place->k)->needs[i];
    const Request *request = seeker->request;
    const Usage *usage = request->usage;
    size_t cell = (size_t)r * problem->n_days + place->day;
    milli_t amount = role_need_amount(problem, request->household, need);
    double cost = member_change(seeker, place->k, need, r, place->day);
    if (need->measure != MEASURE_CLOCK) {
        if (usage->left[cell] < amount || problem->calendar->capacity[cell] == 0) {
            return COST_INFINITE;
        }
        double price = request->prices == NULL ? 0 : request->prices->crew[cell];
        return cost + price * (double)amount / MILLI;
    }
    int people = (int)(amount / MILLI);
    if (calendar_people(problem->calendar, r, place->day, place->slot) < MAX(people, 1)) {
        return COST_INFINITE;
    }
    if (problem->op->slots[place->slot].late) {
        if (!usage_late_allowed(usage, r, place->day)) {
            return COST_INFINITE;
        }
        if (request->counts_evenings && usage->late[cell] == 0 && !problem->late_fact[cell]) {
            cost += (double)problem->op->weights[PART_LATE_EVENING];
        }
    }
    if (request->prices != NULL) {
        const Template *template = free_template(problem, request->household, place->k);
        const uint8_t *reception = seeker->household->free[place->k].reception;
        int kind = reception_kind(reception[place->day * problem->n_slots + place->slot]);
        size_t clock = clock_cell(problem, r, place->day, place->slot);
        cost +=
            people * request->prices->clock[clock + template->duration * problem->n_kinds + kind];
    }
    if (request->late != NULL && problem->op->slots[place->slot].late) {
        const LatePrices *late = request->late;
        int set = late->set[place->k * late->n_groups + late->clock_member[r]];
        cost += late->price[(size_t)set * problem->n_days + place->day];
    }
    *minute = free_minute(seeker, place, r, people);
    if (*minute == MINUTE_NONE) {
        return COST_INFINITE;
    }
    if (*minute >= 0 &&
        !problem_is_preferred(problem, request->household, place->day, *minute,
                              free_template(problem, request->household, place->k)->minutes)) {
        cost += (double)problem->op->weights[PART_NON_PREFERRED];
    }
    return cost;
}

/* The cheapest member of need i at this place; NONE when nobody can. */
static int best_attendant(const Seeker *seeker, const Place *place, int i, double *cost,
                          minute_t *minute) {
    const Problem *problem = seeker->problem;
    const RoleNeed *need = &free_template(problem, seeker->request->household, place->k)->needs[i];
    const Role *role = &problem->op->roles[need->role];
    int best = NONE;
    *cost = COST_INFINITE;
    *minute = ANY_MINUTE;
    for (int m = 0; m < role->n_members; m++) {
        minute_t own = ANY_MINUTE;
        if (!member_allowed(seeker, need->role, role->members[m])) {
            continue;
        }
        double other = attendance_cost(seeker, place, i, role->members[m], &own);
        if (other < *cost) {
            *cost = other;
            *minute = own;
            best = role->members[m];
        }
        /* Without prices nobody costs less than nothing, and of equals the first is taken. */
        if (seeker->request->prices == NULL && *cost <= 0) {
            break;
        }
    }
    return best;
}

/* The cost of the appointment at this place, stability excluded. */
static double place_cost(const Seeker *seeker, const Place *place) {
    const Problem *problem = seeker->problem;
    const FreeTask *task = &seeker->household->free[place->k];
    const Template *template = free_template(problem, seeker->request->household, place->k);
    double cost = seeker->day_cost[place->day] + last_cost(seeker, place->k, place->day);
    bool any = true;
    for (int i = 0; i < template->n_needs && COST_IS_FINITE(cost); i++) {
        double own;
        minute_t minute;
        best_attendant(seeker, place, i, &own, &minute);
        cost += own;
        any = any && minute == ANY_MINUTE;
    }
    uint8_t reception = task->reception[place->day * problem->n_slots + place->slot];
    if (any && reception_of(reception) == RECEPTION_POSSIBLE) {
        cost += (double)problem->op->weights[PART_NON_PREFERRED];
    }
    return cost;
}

/* The promised minute of day d in slot s, or MINUTE_NONE. */
static minute_t promised_minute(const Seeker *seeker, int k, day_t d, int s) {
    const FreeTask *task = &seeker->household->free[k];
    const Slot *slot = &seeker->problem->op->slots[s];
    for (int i = 0; i < task->n_kept; i++) {
        minute_t minute = task->kept[i].minute;
        if (task->kept[i].day == d && minute >= slot->from && minute < slot->to) {
            return minute;
        }
    }
    return MINUTE_NONE;
}

/* True when the day is open for any minute: by its notice, or because a day was promised alone. */
static bool day_is_open(const FreeTask *task, day_t d) {
    for (int i = 0; i < task->n_kept; i++) {
        if (task->kept[i].day == d && task->kept[i].minute == MINUTE_NONE) {
            return true;
        }
    }
    return d >= task->release;
}

/* True when a time of day was promised or planned before for day d. */
static bool has_minute(const FreeTask *task, day_t d) {
    for (int i = 0; i < task->n_kept; i++) {
        if (task->kept[i].day == d && task->kept[i].minute != MINUTE_NONE) {
            return true;
        }
    }
    return false;
}

static void add_place(Seeker *seeker, int k, day_t d, int s) {
    const Problem *problem = seeker->problem;
    int h = seeker->request->household;
    const FreeTask *task = &seeker->household->free[k];
    Place place = {k, d, s, MINUTE_NONE};
    double cost = COST_INFINITE;
    minute_t minute = MINUTE_NONE;
    place.wish = promised_minute(seeker, k, d, s);
    bool keeps = seeker->request->keeps_minutes && has_minute(task, d);
    if (day_is_open(task, d) && !keeps) {
        Place any = {k, d, s, MINUTE_NONE};
        cost = place_cost(seeker, &any) + (double)stability_cost(problem, h, k, d, MINUTE_NONE);
    }
    if (place.wish != MINUTE_NONE) {
        double kept =
            place_cost(seeker, &place) + (double)stability_cost(problem, h, k, d, place.wish);
        if (kept <= cost) {
            cost = kept;
            minute = place.wish;
        }
    }
    if (COST_IS_FINITE(cost)) {
        int32_t position = d * problem->n_slots + s;
        options_add(pricing_options(seeker->pricing, k), position, position, exact_cost(cost), 0,
                    minute);
    }
}

static bool is_in_window(const Seeker *seeker, int k, day_t d, int s) {
    const StartWindow *windows = seeker->request->windows;
    int32_t position = d * seeker->problem->n_slots + s;
    return windows == NULL || (position >= windows[k].low && position <= windows[k].high);
}

static void make_appointments(Seeker *seeker, int k, day_t low, day_t high) {
    const Problem *problem = seeker->problem;
    const FreeTask *task = &seeker->household->free[k];
    for (day_t d = MAX(low, task->window.finish_low); d <= high; d++) {
        for (int s = 0; s < problem->n_slots && COST_IS_FINITE(seeker->day_cost[d]); s++) {
            if (reception_of(task->reception[d * problem->n_slots + s]) != RECEPTION_NONE &&
                !is_barred(seeker, k, d, s) && is_in_window(seeker, k, d, s)) {
                add_place(seeker, k, d, s);
            }
        }
    }
}

/* ---- All --------------------------------------------------------------------------------- */

void options_make(Seeker *seeker, int k) {
    day_t low;
    day_t high;
    pricing_options(seeker->pricing, k)->n = 0;
    fill_day_cost(seeker, k, &low, &high);
    if (free_template(seeker->problem, seeker->request->household, k)->appointment) {
        make_appointments(seeker, k, low, high);
    } else if (low <= high) {
        make_works(seeker, k, low, high);
    }
}

void options_make_end(Seeker *seeker) {
    const Problem *problem = seeker->problem;
    Options *options = pricing_options(seeker->pricing, seeker->household->n_free);
    options->n = 0;
    for (day_t d = MAX(seeker->household->last_fact, 0); d < problem->n_days; d++) {
        int32_t position = d * problem->n_slots + problem->n_slots - 1;
        options_add(options, position, position,
                    (double)end_cost(problem, seeker->request->household, d), 0, MINUTE_NONE);
    }
}

int options_member(Seeker *seeker, int k, int o, int i) {
    const Problem *problem = seeker->problem;
    const Options *options = pricing_options(seeker->pricing, k);
    const Template *template = free_template(problem, seeker->request->household, k);
    day_t start = options->start[o] / problem->n_slots;
    if (template->appointment) {
        Place place = {k, start, options->start[o] % problem->n_slots, options->minute[o]};
        double cost;
        minute_t minute;
        return best_attendant(seeker, &place, i, &cost, &minute);
    }
    const Combination *combination = &template->combinations[options->mode[o]];
    const JointCalendar *joint = &problem->joint[combination->calendar];
    int best = NONE;
    double least = COST_INFINITE;
    for (int m = 0; m < combination->n_members[i]; m++) {
        int r = combination->members[i][m];
        if (!member_allowed(seeker, template->needs[i].role, r)) {
            continue;
        }
        seeker->need_cost[start] = COST_INFINITE;
        add_member(seeker, k, &template->needs[i], r, combination->pairs[i][m], joint, start,
                   start);
        if (seeker->need_cost[start] < least) {
            least = seeker->need_cost[start];
            best = r;
        }
    }
    return best;
}
