#include "solver/compact_internal.h"

#include <stdlib.h>

void compact_add_planned(Compact *compact, int row, double factor) {
    program_entry(compact->program, row, compact->unplanned, -factor);
    program_add_limit(compact->program, row, -factor);
}

void compact_add_started(Compact *compact, int row, int k, day_t t, double factor) {
    const TaskModel *task = &compact->tasks[k];
    if (t >= task->high) {
        compact_add_planned(compact, row, factor);
    } else if (t >= task->low) {
        program_entry(compact->program, row, task->started[t - task->low], factor);
    }
}

void compact_add_finished(Compact *compact, int row, int k, day_t t, double factor) {
    const TaskModel *task = &compact->tasks[k];
    if (t >= task->finish_high) {
        compact_add_planned(compact, row, factor);
    } else if (t >= task->finish_low) {
        program_entry(compact->program, row, task->finished[t - task->finish_low], factor);
    }
}

/* ---- Starts and finishes ----------------------------------------------------------------- */

typedef struct DayColumn {
    day_t day;
    int column;
} DayColumn;

static int compare_days(const void *a, const void *b) {
    const DayColumn *one = a;
    const DayColumn *other = b;
    return one->day != other->day ? (one->day < other->day ? -1 : 1)
                                  : (one->column > other->column) - (one->column < other->column);
}

/* sum[t] = sum[t - 1] + the columns of day t, for the days from low to high, on the last of which
 * it is "planned". Days without columns share the column of the day before. */
static int *accumulate(Compact *compact, const char *word, int k, const DayColumn *columns, int n) {
    Program *program = compact->program;
    day_t low = columns[0].day;
    day_t high = columns[n - 1].day;
    int *sum = g_new(int, high - low + 1);
    int before = -1;
    for (int i = 0; i < n;) {
        day_t day = columns[i].day;
        int row = program_row(program, NAME3(word, compact->h, k, day), SENSE_EQUAL, 0);
        int own = -1;
        if (day < high) {
            own = program_column(program, NAME3(word, compact->h, k, day), DOMAIN_SHARE, 0);
            program_entry(program, row, own, -1);
        } else {
            compact_add_planned(compact, row, -1);
        }
        if (before != -1) {
            program_entry(program, row, before, 1);
        }
        for (; i < n && columns[i].day == day; i++) {
            program_entry(program, row, columns[i].column, 1);
        }
        day_t until = i < n ? columns[i].day : high + 1;
        for (day_t t = day; t < until; t++) {
            sum[t - low] = own;
        }
        before = own;
    }
    return sum;
}

/* Whether a later start is a later finish, for all choices of the task. */
static bool finishes_follow_starts(const TaskModel *task) {
    for (unsigned i = 1; i < task->choices->len; i++) {
        const Choice *one = choice_at(task, (int)i - 1);
        const Choice *other = choice_at(task, (int)i);
        bool same = one->start == other->start;
        if (same ? one->finish != other->finish : one->finish >= other->finish) {
            return false;
        }
    }
    return true;
}

static void add_starts(Compact *compact, int k) {
    TaskModel *task = &compact->tasks[k];
    int n = (int)task->choices->len;
    DayColumn *columns = g_new(DayColumn, n);
    for (int i = 0; i < n; i++) {
        Choice *choice = choice_at(task, i);
        Name name = NAME4("x", compact->h, k, choice->start, MAX(choice->slot, 0));
        name.index[3] =
            choice->slot == NONE ? choice->combination : 2 * choice->slot + choice->as_told;
        choice->column = program_column(compact->program, name, DOMAIN_BINARY, choice->cost);
        columns[i] = (DayColumn){choice->start, choice->column};
    }
    task->started = accumulate(compact, "started", k, columns, n);
    if (finishes_follow_starts(task)) {
        task->finished = g_new(int, task->finish_high - task->finish_low + 1);
        day_t t = task->finish_low;
        for (int i = 0; i < n; i++) {
            day_t until = i + 1 < n ? choice_at(task, i + 1)->finish : task->finish_high;
            for (; t < until; t++) {
                task->finished[t - task->finish_low] =
                    task->started[choice_at(task, i)->start - task->low];
            }
        }
    } else {
        for (int i = 0; i < n; i++) {
            columns[i].day = choice_at(task, i)->finish;
        }
        qsort(columns, (size_t)n, sizeof *columns, compare_days);
        task->finished = accumulate(compact, "finished", k, columns, n);
    }
    g_free(columns);
}

/* ---- Members ----------------------------------------------------------------------------- */

/* What it costs beside the choice that r does it: a promise names the member too. */
static double member_cost(const Compact *compact, int k, const Choice *choice, int role, int r) {
    int told = compact->household->free[k].told_member;
    const Operation *op = compact->problem->op;
    bool breaks = choice->as_told && told != NONE && told != r && op->resources[told].role == role;
    return breaks ? (double)op->weights[PART_BROKEN_PROMISE] : 0;
}

/* Who does need i when choice c is taken: sum over members = the choice. */
static void add_staff(Compact *compact, int k, int c, int i) {
    const Template *template = free_template(compact->problem, compact->h, k);
    TaskModel *task = &compact->tasks[k];
    const Choice *choice = choice_at(task, c);
    int n;
    const int *members = compact_candidates(compact, k, choice, i, &n);
    unsigned first = task->staff->len;
    for (int m = 0; m < n; m++) {
        if (compact_member_fits(compact, k, choice, i, members[m])) {
            Staff staff = {c, i, members[m], choice->column};
            g_array_append_val(task->staff, staff);
        }
    }
    bool alone = task->staff->len == first + 1;
    int row = alone ? -1
                    : program_row(compact->program,
                                  NAME4("staff", compact->h, k, choice->column, i), SENSE_EQUAL, 0);
    if (!alone) {
        program_entry(compact->program, row, choice->column, -1);
    }
    for (unsigned s = first; s < task->staff->len; s++) {
        Staff *staff = &g_array_index(task->staff, Staff, s);
        double cost = member_cost(compact, k, choice, template->needs[i].role, staff->member);
        if (alone) {
            program_add_cost(compact->program, staff->column, cost);
        } else {
            staff->column =
                program_column(compact->program, NAME2("does", choice->column, staff->member),
                               DOMAIN_BINARY, cost);
            program_entry(compact->program, row, staff->column, 1);
        }
    }
}

/* C8: of every role that several tasks need and of which several members are possible, one serves
 * all of them. */
static void add_contacts(Compact *compact) {
    const Problem *problem = compact->problem;
    for (int role = 0; role < problem->n_roles; role++) {
        const Role *of = &problem->op->roles[role];
        int n = 0;
        for (int k = 0; k < compact->household->n_free; k++) {
            const Template *template = free_template(problem, compact->h, k);
            for (int i = 0; i < template->n_needs; i++) {
                n += template->needs[i].role == role ? 1 : 0;
            }
        }
        bool open = n > 1 && of->n_members > 1 && compact->household->fixed[role] == NONE;
        for (int m = 0; m < of->n_members; m++) {
            compact->serves[of->members[m]] =
                open ? program_column(compact->program, NAME2("serves", compact->h, of->members[m]),
                                      DOMAIN_BINARY, 0)
                     : -1;
        }
    }
}

/* What member r does of the task for need i is what it serves. */
static void tie_contact(Compact *compact, int k, int i, int r) {
    const TaskModel *task = &compact->tasks[k];
    int row = program_row(compact->program, NAME3("contact", compact->h, k, r), SENSE_EQUAL, 0);
    program_entry(compact->program, row, compact->serves[r], -1);
    for (unsigned s = 0; s < task->staff->len; s++) {
        const Staff *staff = &g_array_index(task->staff, Staff, s);
        if (staff->need == i && staff->member == r) {
            program_entry(compact->program, row, staff->column, 1);
        }
    }
}

static void add_members(Compact *compact) {
    const Problem *problem = compact->problem;
    add_contacts(compact);
    for (int k = 0; k < compact->household->n_free; k++) {
        const Template *template = free_template(problem, compact->h, k);
        for (unsigned c = 0; c < compact->tasks[k].choices->len; c++) {
            for (int i = 0; i < template->n_needs; i++) {
                add_staff(compact, k, (int)c, i);
            }
        }
        for (int i = 0; i < template->n_needs; i++) {
            const Role *role = &problem->op->roles[template->needs[i].role];
            for (int m = 0; m < role->n_members; m++) {
                if (compact->serves[role->members[m]] != -1) {
                    tie_contact(compact, k, i, role->members[m]);
                }
            }
        }
    }
}

/* ---- Precedence -------------------------------------------------------------------------- */

/* C2: b has started by t only if a has finished by t - min. */
static void add_min_lag(Compact *compact, int i) {
    const PricingLag *lag = &compact->household->lags[i];
    const TaskModel *from = &compact->tasks[lag->from];
    const TaskModel *to = &compact->tasks[lag->to];
    for (day_t t = to->low; t <= to->high && t - lag->min_days < from->finish_high; t++) {
        bool same =
            t > to->low && t < to->high && to->started[t - to->low] == to->started[t - 1 - to->low];
        if (!same) {
            int row =
                program_row(compact->program, NAME3("after", compact->h, i, t), SENSE_AT_MOST, 0);
            compact_add_started(compact, row, lag->to, t, 1);
            compact_add_finished(compact, row, lag->from, t - lag->min_days, -1);
        }
    }
}

/* C2: a has finished by t only if b has started by t + max. */
static void add_max_lag(Compact *compact, int i) {
    const PricingLag *lag = &compact->household->lags[i];
    const TaskModel *from = &compact->tasks[lag->from];
    const TaskModel *to = &compact->tasks[lag->to];
    for (day_t t = from->finish_low; t <= from->finish_high && t + lag->max_days < to->high; t++) {
        bool same =
            t > from->finish_low && t < from->finish_high &&
            from->finished[t - from->finish_low] == from->finished[t - 1 - from->finish_low];
        if (!same) {
            int row =
                program_row(compact->program, NAME3("until", compact->h, i, t), SENSE_AT_MOST, 0);
            compact_add_finished(compact, row, lag->from, t, 1);
            compact_add_started(compact, row, lag->to, t + lag->max_days, -1);
        }
    }
}

/* The first choice on day d or later. */
static int first_choice(const TaskModel *task, day_t d) {
    int low = 0;
    int high = (int)task->choices->len;
    while (low < high) {
        int middle = (low + high) / 2;
        if (choice_at(task, middle)->start < d) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Adds the choices of task k on day d that stand in slots from..until. */
static void add_slots(Compact *compact, int row, int k, day_t d, int from, int until) {
    const TaskModel *task = &compact->tasks[k];
    for (int i = first_choice(task, d);
         i < (int)task->choices->len && choice_at(task, i)->start == d; i++) {
        const Choice *choice = choice_at(task, i);
        if (choice->slot >= from && choice->slot <= until) {
            program_entry(compact->program, row, choice->column, 1);
        }
    }
}

/* C2: appointments that share a day stand in the order of their slots. */
static void add_order(Compact *compact, int i) {
    const PricingLag *lag = &compact->household->lags[i];
    const TaskModel *from = &compact->tasks[lag->from];
    const TaskModel *to = &compact->tasks[lag->to];
    int n_slots = compact->problem->n_slots;
    if (!lag->in_order || lag->min_days > 0) {
        return;
    }
    for (day_t d = MAX(from->low, to->low); d <= MIN(from->high, to->high); d++) {
        for (int s = 0; s + 1 < n_slots; s++) {
            int row = program_row(compact->program, NAME4("order", compact->h, i, d, s),
                                  SENSE_AT_MOST, 0);
            add_slots(compact, row, lag->to, d, 0, s);
            add_slots(compact, row, lag->from, d, s + 1, n_slots - 1);
            compact_add_planned(compact, row, -1);
        }
    }
}

static void add_lags(Compact *compact) {
    const ProblemHousehold *household = compact->household;
    for (int i = 0; i < household->n_lags; i++) {
        const PricingLag *lag = &household->lags[i];
        if (lag->to == household->n_free) {
            continue;
        }
        add_min_lag(compact, i);
        if (lag->has_max) {
            add_max_lag(compact, i);
        }
        add_order(compact, i);
    }
}

/* ---- The end ----------------------------------------------------------------------------- */

/* Flow and lateness where several tasks may be the last: what each further day costs, paid unless
 * all of them have finished. */
static void add_end(Compact *compact) {
    const ProblemHousehold *household = compact->household;
    day_t low = MAX(household->last_fact, 0);
    day_t high = low;
    for (int i = 0; i < household->n_lags; i++) {
        const PricingLag *lag = &household->lags[i];
        if (lag->to == household->n_free) {
            low = MAX(low, compact->tasks[lag->from].finish_low);
            high = MAX(high, compact->tasks[lag->from].finish_high);
        }
    }
    double least = (double)end_cost(compact->problem, compact->h, low);
    program_add_cost(compact->program, compact->one, least);
    program_add_cost(compact->program, compact->unplanned, -least);
    for (day_t t = low; t < high; t++) {
        double more = (double)(end_cost(compact->problem, compact->h, t + 1) -
                               end_cost(compact->problem, compact->h, t));
        if (more <= 0) {
            continue;
        }
        int longer =
            program_column(compact->program, NAME2("longer", compact->h, t), DOMAIN_SHARE, more);
        for (int i = 0; i < household->n_lags; i++) {
            const PricingLag *lag = &household->lags[i];
            if (lag->to == household->n_free && t < compact->tasks[lag->from].finish_high) {
                int row = program_row(compact->program, NAME3("longer", compact->h, lag->from, t),
                                      SENSE_AT_MOST, 0);
                compact_add_planned(compact, row, 1);
                compact_add_finished(compact, row, lag->from, t, -1);
                program_entry(compact->program, row, longer, -1);
            }
        }
    }
}

/* ---- All --------------------------------------------------------------------------------- */

static void free_tasks(Compact *compact) {
    for (int k = 0; k < compact->household->n_free; k++) {
        g_array_free(compact->tasks[k].choices, TRUE);
        g_array_free(compact->tasks[k].staff, TRUE);
        g_free(compact->tasks[k].started);
        g_free(compact->tasks[k].finished);
    }
    g_free(compact->tasks);
    compact->tasks = NULL;
}

static void add_possible(Compact *compact) {
    for (int k = 0; k < compact->household->n_free && !program_full(compact->program); k++) {
        add_starts(compact, k);
    }
    if (program_full(compact->program)) {
        return;
    }
    add_members(compact);
    add_lags(compact);
    if (compact->household->has_end) {
        add_end(compact);
    }
    compact_add_stay(compact);
    compact_use_members(compact);
    compact_use_items(compact);
}

void compact_add_household(Compact *compact, int h) {
    const ProblemHousehold *household = &compact->problem->households[h];
    compact->h = h;
    compact->household = household;
    program_add_cost(compact->program, compact->one, (double)household->constant);
    if (household->n_free == 0) {
        return;
    }
    compact->tasks = g_new0(TaskModel, household->n_free);
    for (int k = 0; k < household->n_free; k++) {
        compact->tasks[k].choices = g_array_new(FALSE, FALSE, sizeof(Choice));
        compact->tasks[k].staff = g_array_new(FALSE, FALSE, sizeof(Staff));
    }
    bool possible = !household->impossible && compact_find_choices(compact);
    compact->unplanned = program_column(compact->program, NAME1("unplanned", h),
                                        possible ? DOMAIN_BINARY : DOMAIN_ONE,
                                        (double)(household->unplanned_cost - household->constant));
    if (possible) {
        add_possible(compact);
    }
    free_tasks(compact);
}
