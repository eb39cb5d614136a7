#include "solver/compact_internal.h"

/* ---- Members ----------------------------------------------------------------------------- */

/* C4: units in use on a day. */
static int crew_row(Compact *compact, int r, day_t d) {
    size_t cell = day_cell(compact, r, d);
    if (compact->crew_row[cell] == -1) {
        double left = MAX((double)compact->facts->left[cell] / MILLI, 0);
        compact->crew_row[cell] =
            program_row(compact->program, NAME2("crew", r, d), SENSE_AT_MOST, left);
    }
    return compact->crew_row[cell];
}

/* C7: whether member r works the evening of day d; -1 when facts have taken it already. */
static int evening_column(Compact *compact, int r, day_t d) {
    const Problem *problem = compact->problem;
    size_t cell = day_cell(compact, r, d);
    int most = problem->op->resources[r].max_late_per_week;
    if (problem->late_fact[cell] || compact->evening[cell] != -1) {
        return compact->evening[cell];
    }
    compact->evening[cell] = program_column(compact->program, NAME2("evening", r, d), DOMAIN_BINARY,
                                            (double)problem->op->weights[PART_LATE_EVENING]);
    if (most != NO_LIMIT) {
        size_t week = (size_t)r * problem->n_weeks + problem->week[d];
        if (compact->week_row[week] == -1) {
            double left = MAX(most - compact->facts->week_late[week], 0);
            compact->week_row[week] = program_row(
                compact->program, NAME2("week", r, problem->week[d]), SENSE_AT_MOST, left);
        }
        program_entry(compact->program, compact->week_row[week], compact->evening[cell], 1);
    }
    return compact->evening[cell];
}

/* Minutes that appointments under way take of the slot, times people. */
static int minutes_of_facts(const Compact *compact, int r, day_t d, int s, int buffer) {
    const Slot *slot = &compact->problem->op->slots[s];
    const BookingList *list = &compact->facts->bookings[day_cell(compact, r, d)];
    int minutes = 0;
    for (int i = 0; i < list->n; i++) {
        const Booking *booking = &list->items[i];
        int from = MAX(booking->start, slot->from);
        int until = MIN(booking->end + buffer, slot->to + buffer);
        minutes += MAX(until - from, 0) * booking->people;
    }
    return minutes;
}

/* Between two appointments of one person lies the buffer; several people may do without. */
static int buffer_of(const Compact *compact, int r, day_t d, int s) {
    bool many = calendar_people(compact->problem->calendar, r, d, s) > 1;
    return many ? 0 : compact->problem->op->buffer_minutes;
}

/* C6, relaxed: minutes in use of a slot; of a late one, if the evening is worked. */
static int clock_row(Compact *compact, int r, day_t d, int s) {
    const Problem *problem = compact->problem;
    const Slot *slot = &problem->op->slots[s];
    int *row = &compact->clock_row[day_cell(compact, r, d) * problem->n_slots + s];
    if (*row == -1) {
        int buffer = buffer_of(compact, r, d, s);
        int people = calendar_people(problem->calendar, r, d, s);
        int left = people * (slot->to - slot->from + buffer);
        left = MAX(left - minutes_of_facts(compact, r, d, s, buffer), 0);
        int evening = slot->late ? evening_column(compact, r, d) : -1;
        *row = program_row(compact->program, NAME3("clock", r, d, s), SENSE_AT_MOST,
                           evening == -1 ? left : 0);
        if (evening != -1) {
            program_entry(compact->program, *row, evening, -left);
        }
    }
    return *row;
}

static void use_clock(Compact *compact, int k, const Choice *choice, const Staff *staff,
                      int people) {
    Program *program = compact->program;
    int r = staff->member;
    day_t d = choice->start;
    int minutes = free_template(compact->problem, compact->h, k)->minutes;
    int size = minutes + buffer_of(compact, r, d, choice->slot);
    program_entry(program, clock_row(compact, r, d, choice->slot), staff->column, people * size);
    int evening =
        compact->problem->op->slots[choice->slot].late ? evening_column(compact, r, d) : -1;
    if (evening != -1) {
        int row = program_row(program, NAME2("late", staff->column, r), SENSE_AT_MOST, 0);
        program_entry(program, row, staff->column, 1);
        program_entry(program, row, evening, -1);
    }
}

static void use_crew(Compact *compact, int k, const Choice *choice, const Staff *staff,
                     milli_t amount) {
    const Problem *problem = compact->problem;
    const Template *template = free_template(problem, compact->h, k);
    for (day_t d = choice->start; d <= choice->finish && amount > 0; d++) {
        if (template->appointment ||
            problem->joint[template->combinations[choice->combination].calendar].works[d]) {
            program_entry(compact->program, crew_row(compact, staff->member, d), staff->column,
                          (double)amount / MILLI);
        }
    }
}

void compact_use_members(Compact *compact) {
    for (int k = 0; k < compact->household->n_free; k++) {
        const TaskModel *task = &compact->tasks[k];
        const Template *template = free_template(compact->problem, compact->h, k);
        for (unsigned s = 0; s < task->staff->len && !program_full(compact->program); s++) {
            const Staff *staff = &g_array_index(task->staff, Staff, s);
            const Choice *choice = choice_at(task, staff->choice);
            const RoleNeed *need = &template->needs[staff->need];
            milli_t amount = role_need_amount(compact->problem, compact->h, need);
            if (need->measure == MEASURE_CLOCK) {
                use_clock(compact, k, choice, staff, (int)(amount / MILLI));
            } else {
                use_crew(compact, k, choice, staff, amount);
            }
        }
    }
}

/* ---- Homes and stocks -------------------------------------------------------------------- */

int compact_home_row(Compact *compact, int c, day_t d) {
    size_t cell = day_cell(compact, c, d);
    if (compact->home_row[cell] == -1) {
        int left = MAX(compact->facts->home_left[cell], 0);
        compact->home_row[cell] =
            program_row(compact->program, NAME2("homes", c, d), SENSE_AT_MOST, left);
    }
    return compact->home_row[cell];
}

/* C11: what is needed by day t of a pool, for the days before something is delivered and the last.
 */
static void use_pool(Compact *compact, int k, int pool, const ItemNeed *item) {
    const Problem *problem = compact->problem;
    const milli_t *delivered = problem->pools[pool].delivered;
    for (int t = 0; t < problem->need_days; t++) {
        day_t start = t - problem->need_offset + item->days_before;
        if ((t + 1 < problem->need_days && delivered[t + 1] <= delivered[t]) ||
            start < compact->tasks[k].low) {
            continue;
        }
        int *row = &compact->need_row[(size_t)pool * problem->need_days + t];
        if (*row == -1) {
            double there = MAX((double)delivered[t] / MILLI, 0);
            *row = program_row(compact->program, NAME2("stock", pool, t), SENSE_AT_MOST, there);
        }
        compact_add_started(compact, *row, k, start, (double)item->quantity / MILLI);
    }
}

void compact_use_items(Compact *compact) {
    const Operation *op = compact->problem->op;
    for (int k = 0; k < compact->household->n_free; k++) {
        const FreeTask *task = &compact->household->free[k];
        const Task *of = &household_package(op, compact->h)->tasks[task->task];
        for (int i = 0; i < of->n_items; i++) {
            use_pool(compact, k, task->item_pools[i], &of->items[i]);
        }
    }
}
