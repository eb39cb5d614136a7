#include "solver/rows.h"

#include <glib.h>
#include <math.h>

static size_t crew_row(const Rows *rows, int r, day_t d) {
    return (size_t)rows->group[r] * rows->problem->n_days + d;
}

static size_t clock_row(const Rows *rows, int r, day_t d, int s) {
    const Problem *problem = rows->problem;
    size_t day = (size_t)rows->clock_member[r] * problem->n_days + d;
    return (size_t)rows->clock_first + (day * problem->n_slots + s) * CLOCK_ROWS;
}

static size_t size_cell(const Rows *rows, int s, int duration, bool many) {
    size_t cell = ((size_t)s * rows->problem->n_durations + duration) * 2 + (many ? 1 : 0);
    return cell * CLOCK_ROWS;
}

static const double *sizes_of(const Rows *rows, int s, int duration, bool many) {
    return &rows->size[size_cell(rows, s, duration, many)];
}

static bool has_many(const Problem *problem, int r, day_t d, int s) {
    return calendar_people(problem->calendar, r, d, s) > 1;
}

/* The dual feasible functions, in whole minutes so that nothing is rounded. */
static void fill_bin(double *size, int item, int bin) {
    size[0] = (double)item / bin;
    for (int j = 1; j < CLOCK_BIN_ROWS; j++) {
        bool whole = (j + 1) * item % bin == 0;
        size[j] = whole ? size[0] : floor((double)((j + 1) * item) / bin) / j;
    }
}

static void fill_sizes(Rows *rows) {
    const Problem *problem = rows->problem;
    for (int s = 0; s < problem->n_slots; s++) {
        for (int i = 0; i < problem->n_durations; i++) {
            for (int many = 0; many < 2; many++) {
                int buffer = many ? 0 : problem->op->buffer_minutes;
                int item = problem->duration[i] + buffer;
                const Slot *slot = &problem->op->slots[s];
                double *size = &rows->size[size_cell(rows, s, i, many)];
                fill_bin(size, item, slot->to - slot->from + buffer);
                for (int p = 0; p < problem->parts[s].n; p++) {
                    const Span *part = &problem->parts[s].part[p];
                    fill_bin(&size[(p + 1) * CLOCK_BIN_ROWS], item, part->to - part->from + buffer);
                }
            }
        }
    }
}

static void limit_crews(Rows *rows, const Usage *facts) {
    const Problem *problem = rows->problem;
    for (int r = 0; r < problem->n_resources; r++) {
        for (day_t d = 0; d < problem->n_days; d++) {
            size_t cell = (size_t)r * problem->n_days + d;
            bool late = false;
            if (calendar_works(problem->calendar, r, d)) {
                rows->limit[crew_row(rows, r, d)] += MAX((double)facts->left[cell] / MILLI, 0);
                rows->exists[crew_row(rows, r, d)] = 1;
            }
            for (int s = 0; s < problem->n_slots; s++) {
                int people = calendar_people(problem->calendar, r, d, s);
                int n = (1 + problem->parts[s].n) * CLOCK_BIN_ROWS;
                late = late || (people > 0 && problem->op->slots[s].late);
                for (int j = 0; j < n && people > 0; j++) {
                    /* Of a late slot: what one evening of one member holds. */
                    double *limit = &rows->limit[clock_row(rows, r, d, s) + j];
                    *limit = problem->op->slots[s].late ? people : *limit + people;
                    rows->exists[clock_row(rows, r, d, s) + j] = 1;
                }
            }
            if (late) {
                rows->evenings_most[(size_t)rows->clock_member[r] * problem->n_days + d]++;
            }
        }
    }
}

static void limit_homes(Rows *rows, const Usage *facts) {
    const Problem *problem = rows->problem;
    for (int c = 0; c < problem->n_classes; c++) {
        for (day_t d = 0; d < problem->n_days; d++) {
            size_t cell = (size_t)c * problem->n_days + d;
            rows->limit[rows->home_first + cell] = MAX(facts->home_left[cell], 0);
            rows->exists[rows->home_first + cell] = 1;
        }
    }
    /* A household that is away holds its home in its own itinerary, or in being unplanned. */
    Column column = {0};
    for (int h = 0; h < problem->n_households; h++) {
        rows_unplanned(rows, h, &column);
        column_add(&column, 1, rows->limit);
    }
    column_clear(&column);
}

/* The need of a day is implied by the next day's unless something is delivered in between. */
static void limit_needs(Rows *rows) {
    const Problem *problem = rows->problem;
    for (int p = 0; p < problem->n_pools; p++) {
        const milli_t *delivered = problem->pools[p].delivered;
        for (int t = 0; t < problem->need_days; t++) {
            size_t row = (size_t)rows->need_first + (size_t)p * problem->need_days + t;
            rows->limit[row] = MAX((double)delivered[t] / MILLI, 0);
            rows->exists[row] = t == problem->need_days - 1 || delivered[t + 1] > delivered[t];
        }
    }
}

/* True when most of the households that need the role have a member of their own for it. */
static bool is_often_fixed(const Problem *problem, int role) {
    int fixed = 0;
    int n = 0;
    for (int h = 0; h < problem->n_households; h++) {
        const ProblemHousehold *household = &problem->households[h];
        bool needs = false;
        for (int k = 0; k < household->n_free && !needs; k++) {
            const Template *template = free_template(problem, h, k);
            for (int i = 0; i < template->n_needs; i++) {
                needs = needs || template->needs[i].role == role;
            }
        }
        n += needs ? 1 : 0;
        fixed += needs && household->fixed[role] != NONE ? 1 : 0;
    }
    return 2 * fixed > n;
}

/* True when the two clock members keep the same times on days on which both come. */
static bool keep_same_slots(const Problem *problem, int a, int b) {
    bool same =
        problem->op->resources[a].max_late_per_week == problem->op->resources[b].max_late_per_week;
    for (day_t d = 0; d < problem->n_days && same; d++) {
        same = !problem->late_fact[(size_t)a * problem->n_days + d] &&
               !problem->late_fact[(size_t)b * problem->n_days + d];
        for (int s = 0; s < problem->n_slots && same; s++) {
            int first = calendar_people(problem->calendar, a, d, s);
            int second = calendar_people(problem->calendar, b, d, s);
            same = first == second || first == 0 || second == 0;
        }
    }
    return same;
}

static bool share_rows(const Problem *problem, int a, int b) {
    const Resource *first = &problem->op->resources[a];
    const Resource *second = &problem->op->resources[b];
    return first->role == second->role && first->measure == second->measure &&
           (first->measure != MEASURE_CLOCK || keep_same_slots(problem, a, b));
}

static void group_members(Rows *rows) {
    const Problem *problem = rows->problem;
    rows->group = g_new(int, problem->n_resources + 1);
    rows->group_size = g_new0(int, problem->n_resources + 1);
    bool *alone = g_new(bool, problem->n_roles + 1);
    for (int role = 0; role < problem->n_roles; role++) {
        alone[role] = problem->op->roles[role].n_members > 1 && is_often_fixed(problem, role);
    }
    for (int r = 0; r < problem->n_resources; r++) {
        int of = problem->op->resources[r].role;
        const Role *role = &problem->op->roles[of];
        rows->group[r] = r;
        for (int m = 0; m < role->n_members && rows->group[r] == r && !alone[of]; m++) {
            int other = role->members[m];
            if (other < r && rows->group[other] == other && share_rows(problem, r, other)) {
                rows->group[r] = other;
            }
        }
        rows->group_size[rows->group[r]]++;
    }
    g_free(alone);
}

/* Returns how many groups keep a clock. */
static int number_clocks(Rows *rows) {
    const Problem *problem = rows->problem;
    int n = 0;
    rows->clock_member = g_new(int, problem->n_resources + 1);
    rows->member_clock = g_new(int, problem->n_resources + 1);
    for (int r = 0; r < problem->n_resources; r++) {
        bool clock = problem->op->resources[r].measure == MEASURE_CLOCK;
        bool first = rows->group[r] == r;
        rows->clock_member[r] = !clock ? NONE : first ? n : rows->clock_member[rows->group[r]];
        if (clock && first) {
            rows->member_clock[n++] = r;
        }
    }
    return n;
}

/* Means over the households' tasks. */
static void find_units(Rows *rows) {
    const Problem *problem = rows->problem;
    double *taken = g_new0(double, problem->n_roles + 1);
    int *times = g_new0(int, problem->n_roles + 1);
    for (int h = 0; h < problem->n_households; h++) {
        for (int k = 0; k < problem->households[h].n_free; k++) {
            const Template *template = free_template(problem, h, k);
            for (int i = 0; i < template->n_needs; i++) {
                const RoleNeed *need = &template->needs[i];
                taken[need->role] += (double)role_need_amount(problem, h, need) / MILLI;
                times[need->role]++;
            }
        }
    }
    for (int i = 0; i < rows->n; i++) {
        rows->unit[i] = 1;
    }
    for (int r = 0; r < problem->n_resources; r++) {
        int role = problem->op->resources[r].role;
        for (day_t d = 0; d < problem->n_days && taken[role] > 0; d++) {
            rows->unit[(size_t)r * problem->n_days + d] = taken[role] / times[role];
        }
    }
    g_free(taken);
    g_free(times);
}

Rows *rows_new(const Problem *problem) {
    Rows *rows = g_new0(Rows, 1);
    rows->problem = problem;
    group_members(rows);
    rows->clock_first = problem->n_resources * problem->n_days;
    rows->n_groups = number_clocks(rows);
    rows->home_first =
        rows->clock_first + rows->n_groups * problem->n_days * problem->n_slots * CLOCK_ROWS;
    rows->need_first = rows->home_first + problem->n_classes * problem->n_days;
    rows->n = rows->need_first + problem->n_pools * problem->need_days;
    rows->limit = g_new0(double, rows->n + 1);
    rows->unit = g_new0(double, rows->n + 1);
    rows->exists = g_new0(uint8_t, rows->n + 1);
    rows->size = g_new0(double, problem->n_slots * problem->n_durations * 2 * CLOCK_ROWS + 1);
    rows->evenings_most = g_new0(int, rows->n_groups * problem->n_days + 1);
    Usage *facts = usage_new(problem);
    fill_sizes(rows);
    limit_crews(rows, facts);
    limit_homes(rows, facts);
    limit_needs(rows);
    find_units(rows);
    usage_free(facts);
    return rows;
}

void rows_free(Rows *rows) {
    if (rows != NULL) {
        g_free(rows->limit);
        g_free(rows->unit);
        g_free(rows->exists);
        g_free(rows->size);
        g_free(rows->group);
        g_free(rows->group_size);
        g_free(rows->clock_member);
        g_free(rows->member_clock);
        g_free(rows->evenings_most);
        g_free(rows);
    }
}

void column_put(Column *column, int row, double amount) {
    if (column->n == column->room) {
        column->room = column->room == 0 ? 128 : 2 * column->room;
        column->row = g_renew(int, column->row, column->room);
        column->amount = g_renew(double, column->amount, column->room);
    }
    column->row[column->n] = row;
    column->amount[column->n++] = amount;
}

static void put(Column *column, size_t row, double amount) {
    column_put(column, (int)row, amount);
}

static void put_home(const Rows *rows, int class, day_t from, day_t until, Column *column) {
    const Problem *problem = rows->problem;
    for (day_t d = MAX(from, 0); d <= until && d < problem->n_days; d++) {
        put(column, (size_t)rows->home_first + (size_t) class * problem->n_days + d, 1);
    }
}

void rows_unplanned(const Rows *rows, int h, Column *column) {
    const ProblemHousehold *household = &rows->problem->households[h];
    column->n = 0;
    if (household->stays && household->fixed_home != NONE) {
        put_home(rows, household->classes[0], household->out_day, rows->problem->n_days - 1,
                 column);
    }
}

static void put_works(const Rows *rows, const Itinerary *itinerary, int k, Column *column) {
    const Problem *problem = rows->problem;
    const Template *template = free_template(problem, itinerary->household, k);
    const Dated *dated = &itinerary->tasks[k];
    for (day_t d = dated->start; d <= dated->finish; d++) {
        bool works = true;
        for (int i = 0; i < template->n_needs; i++) {
            works = works && calendar_works(problem->calendar,
                                            itinerary->members[template->needs[i].role], d);
        }
        for (int i = 0; i < template->n_needs && works; i++) {
            int r = itinerary->members[template->needs[i].role];
            milli_t amount = role_need_amount(problem, itinerary->household, &template->needs[i]);
            put(column, crew_row(rows, r, d), (double)amount / MILLI);
        }
    }
}

/* Whether an appointment of this kind is counted by row j of its slot. */
static bool counts_in_bin(int kind, int j) {
    int bin = j / CLOCK_BIN_ROWS;
    return bin == 0 || (kind >> (bin - 1) & 1) != 0;
}

static void put_appointment(const Rows *rows, const Itinerary *itinerary, int k, Column *column) {
    const Problem *problem = rows->problem;
    const Template *template = free_template(problem, itinerary->household, k);
    const Dated *dated = &itinerary->tasks[k];
    for (int i = 0; i < template->n_needs; i++) {
        int r = itinerary->members[template->needs[i].role];
        double amount =
            (double)role_need_amount(problem, itinerary->household, &template->needs[i]) / MILLI;
        if (template->needs[i].measure != MEASURE_CLOCK) {
            put(column, crew_row(rows, r, dated->start), amount);
            continue;
        }
        bool many = has_many(problem, r, dated->start, dated->slot);
        const double *size = sizes_of(rows, dated->slot, template->duration, many);
        uint8_t cell = problem->households[itinerary->household]
                           .free[k]
                           .reception[dated->start * problem->n_slots + dated->slot];
        for (int j = 0; j < CLOCK_ROWS; j++) {
            if (size[j] > 0 && counts_in_bin(reception_kind(cell), j)) {
                put(column, clock_row(rows, r, dated->start, dated->slot) + j, amount * size[j]);
            }
        }
    }
}

static void put_items(const Rows *rows, const Itinerary *itinerary, int k, Column *column) {
    const Problem *problem = rows->problem;
    const FreeTask *task = &problem->households[itinerary->household].free[k];
    const Task *of = &household_package(problem->op, itinerary->household)->tasks[task->task];
    for (int i = 0; i < of->n_items; i++) {
        int first = itinerary->tasks[k].start - of->items[i].days_before + problem->need_offset;
        size_t row = (size_t)rows->need_first + (size_t)task->item_pools[i] * problem->need_days;
        for (int t = MAX(first, 0); t < problem->need_days; t++) {
            if (rows->exists[row + t]) {
                put(column, row + t, (double)of->items[i].quantity / MILLI);
            }
        }
    }
}

void rows_column(const Rows *rows, const Itinerary *itinerary, Column *column) {
    const Problem *problem = rows->problem;
    int h = itinerary->household;
    const ProblemHousehold *household = &problem->households[h];
    column->n = 0;
    for (int k = 0; k < itinerary->n; k++) {
        if (free_template(problem, h, k)->appointment) {
            put_appointment(rows, itinerary, k, column);
        } else {
            put_works(rows, itinerary, k, column);
        }
        put_items(rows, itinerary, k, column);
    }
    if (itinerary->home_class != NONE) {
        day_t from =
            household->out == NONE ? household->out_day : itinerary->tasks[household->out].start;
        day_t until = household->back == NONE
                          ? problem->n_days - 1
                          : itinerary->tasks[household->back].start + problem->op->turnaround_days;
        put_home(rows, itinerary->home_class, from, until, column);
    }
}

double column_price(const Column *column, const double *multiplier) {
    double price = 0;
    for (int i = 0; i < column->n; i++) {
        price += column->amount[i] * multiplier[column->row[i]];
    }
    return price;
}

void column_add(const Column *column, double times, double *usage) {
    for (int i = 0; i < column->n; i++) {
        usage[column->row[i]] += times * column->amount[i];
    }
}

void column_clear(Column *column) {
    g_free(column->row);
    g_free(column->amount);
    *column = (Column){0};
}

static double price_of_kind(const double *multiplier, const double *size, int kind) {
    double price = 0;
    for (int j = 0; j < CLOCK_ROWS; j++) {
        price += counts_in_bin(kind, j) ? multiplier[j] * size[j] : 0;
    }
    return price;
}

/* The prices of clock member r's slots on day d. */
static void price_clock(const Rows *rows, const double *multiplier, int r, day_t d,
                        Prices *prices) {
    const Problem *problem = rows->problem;
    for (int s = 0; s < problem->n_slots; s++) {
        const double *row = &multiplier[clock_row(rows, r, d, s)];
        bool many = has_many(problem, r, d, s);
        double *price = &prices->clock[clock_cell(problem, r, d, s)];
        for (int i = 0; i < problem->n_durations; i++) {
            const double *size = sizes_of(rows, s, i, many);
            for (int kind = 0; kind < problem->n_kinds; kind++) {
                *price++ = price_of_kind(row, size, kind);
            }
        }
    }
}

void rows_price(const Rows *rows, const double *multiplier, Prices *prices) {
    const Problem *problem = rows->problem;
    for (int r = 0; r < problem->n_resources; r++) {
        for (day_t d = 0; d < problem->n_days; d++) {
            prices->crew[(size_t)r * problem->n_days + d] = multiplier[crew_row(rows, r, d)];
        }
        if (problem->op->resources[r].measure != MEASURE_CLOCK) {
            continue;
        }
        for (day_t d = 0; d < problem->n_days; d++) {
            price_clock(rows, multiplier, r, d, prices);
        }
    }
    for (int i = rows->home_first; i < rows->need_first; i++) {
        prices->home[i - rows->home_first] = multiplier[i];
    }
    for (int i = rows->need_first; i < rows->n; i++) {
        prices->need[i - rows->need_first] = multiplier[i];
    }
    prices_sum(prices);
}

/* ---- Evenings ---------------------------------------------------------------------------- */

int rows_most_of_evening(const Rows *rows) {
    return rows->problem->n_slots * CLOCK_ROWS;
}

int rows_of_evening(const Rows *rows, int r, day_t d, const uint8_t *wanted, int *row,
                    double *amount) {
    const Problem *problem = rows->problem;
    int n = 0;
    for (int s = 0; s < problem->n_slots; s++) {
        size_t first = clock_row(rows, r, d, s);
        for (int j = 0; j < CLOCK_ROWS && problem->op->slots[s].late; j++) {
            if (wanted[first + j] && rows->limit[first + j] > 0) {
                row[n] = (int)(first + j);
                amount[n++] = -rows->limit[first + j];
            }
        }
    }
    return n;
}

int rows_evenings_most(const Rows *rows, int r, day_t d) {
    return rows->evenings_most[(size_t)rows->clock_member[r] * rows->problem->n_days + d];
}

double rows_capacity_worth(const Rows *rows, const double *multiplier, int r) {
    const Problem *problem = rows->problem;
    bool clock = problem->op->resources[r].measure == MEASURE_CLOCK;
    double worth = 0;
    for (day_t d = 0; d < problem->n_days; d++) {
        if (!clock && calendar_works(problem->calendar, r, d)) {
            worth += multiplier[crew_row(rows, r, d)];
        }
        for (int s = 0; s < problem->n_slots && clock; s++) {
            const double *row = &multiplier[clock_row(rows, r, d, s)];
            bool comes = calendar_people(problem->calendar, r, d, s) > 0;
            for (int j = 0; j < CLOCK_ROWS && comes && !problem->op->slots[s].late; j++) {
                worth += row[j];
            }
        }
    }
    return worth;
}

bool rows_is_evening(const Rows *rows, int row) {
    if (row < rows->clock_first || row >= rows->home_first) {
        return false;
    }
    int s = (row - rows->clock_first) / CLOCK_ROWS % rows->problem->n_slots;
    return rows->problem->op->slots[s].late;
}

int rows_group(const Rows *rows, int row) {
    enum { DAYS = 4 };
    if (row >= rows->clock_first && row < rows->home_first) {
        return CLOCK_ROWS;
    }
    bool need = row >= rows->need_first;
    int length = need ? rows->problem->need_days : rows->problem->n_days;
    int first = need ? rows->need_first : row >= rows->home_first ? rows->home_first : 0;
    return MIN(DAYS, length - (row - first) % length);
}

size_t rows_evening_cell(const Rows *rows, int row) {
    const Problem *problem = rows->problem;
    int day = (row - rows->clock_first) / CLOCK_ROWS / problem->n_slots;
    int r = rows->member_clock[day / problem->n_days];
    return (size_t)r * problem->n_days + day % problem->n_days;
}

double rows_limit_price(const Rows *rows, const double *multiplier) {
    double price = 0;
    for (int i = 0; i < rows->n; i++) {
        if (multiplier[i] > 0 && !rows_is_evening(rows, i)) {
            price += multiplier[i] * rows->limit[i];
        }
    }
    return price;
}
