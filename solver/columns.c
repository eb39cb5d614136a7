#include "solver/columns.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* One itinerary, or being unplanned. */
typedef struct Entry {
    Itinerary *itinerary; /* NULL: unplanned */
    double own;           /* cost without prices */
    double share;
    int n;
    int *row; /* ascending, each once */
    double *amount;
    int idle; /* times that the household was balanced and this was not the cheapest */
} Entry;

/* A direction in which usage moves: what one column uses more than another. */
typedef struct Direction {
    int n, room;
    int *row;
    double *amount;
} Direction;

/* One row, in one cache line. */
typedef struct Row {
    double centre; /* u */
    double weight; /* t */
    double excess; /* A x - B y - b */
    double price;  /* the multiplier of the moment: max(0, u + t * excess) */
} Row;

struct Columns {
    const Rows *rows;
    GArray **entries; /* per household */
    int n_active;
    int *active;        /* the rows that some entry uses, in order of appearance */
    uint8_t *is_active; /* rows->n */
    Row *row;           /* rows->n */
    double *evening;    /* y, [r * n_days + d] of the first members of groups */
    Direction direction;
};

/* ---- Columns ----------------------------------------------------------------------------- */

static void clear_entry(gpointer data) {
    Entry *entry = data;
    g_free(entry->itinerary);
    g_free(entry->row);
    g_free(entry->amount);
}

void columns_free(Columns *columns) {
    if (columns == NULL) {
        return;
    }
    for (int h = 0; h < columns->rows->problem->n_households; h++) {
        g_array_free(columns->entries[h], TRUE);
    }
    g_free(columns->entries);
    g_free(columns->active);
    g_free(columns->is_active);
    g_free(columns->row);
    g_free(columns->evening);
    g_free(columns->direction.row);
    g_free(columns->direction.amount);
    g_free(columns);
}

/* Makes room by dropping the entry without a share that has been of no use for the longest time. */
static void drop_one(GArray *entries) {
    int worst = -1;
    for (guint i = 1; i < entries->len; i++) {
        const Entry *entry = &g_array_index(entries, Entry, i);
        bool idler = worst < 0 || entry->idle > g_array_index(entries, Entry, worst).idle;
        worst = entry->share <= 0 && idler ? (int)i : worst;
    }
    if (worst >= 0) {
        g_array_remove_index(entries, (guint)worst);
    }
}

/* The column's rows in ascending order, each once, without those that do not exist. */
static void copy_sorted(const Rows *rows, const Column *column, Entry *entry) {
    entry->row = g_new(int, column->n + 1);
    entry->amount = g_new(double, column->n + 1);
    int n = 0;
    for (int i = 0; i < column->n; i++) {
        if (!rows->exists[column->row[i]]) {
            continue;
        }
        /* Columns come nearly sorted: insertion is linear in practice. */
        int j = n;
        for (; j > 0 && entry->row[j - 1] > column->row[i]; j--) {
            entry->row[j] = entry->row[j - 1];
            entry->amount[j] = entry->amount[j - 1];
        }
        if (j > 0 && entry->row[j - 1] == column->row[i]) {
            memmove(&entry->row[j], &entry->row[j + 1], sizeof(int) * (size_t)(n - j));
            memmove(&entry->amount[j], &entry->amount[j + 1], sizeof(double) * (size_t)(n - j));
            entry->amount[j - 1] += column->amount[i];
            continue;
        }
        entry->row[j] = column->row[i];
        entry->amount[j] = column->amount[i];
        n++;
    }
    entry->n = n;
}

static bool is_same(const Entry *a, const Entry *b) {
    return a->own == b->own && a->n == b->n &&
           memcmp(a->row, b->row, sizeof(int) * (size_t)a->n) == 0 &&
           memcmp(a->amount, b->amount, sizeof(double) * (size_t)a->n) == 0;
}

/* Takes over the entry. */
static void add_entry(Columns *columns, int h, const Entry *entry) {
    g_array_append_val(columns->entries[h], *entry);
    for (int i = 0; i < entry->n; i++) {
        if (!columns->is_active[entry->row[i]]) {
            columns->is_active[entry->row[i]] = 1;
            columns->active[columns->n_active++] = entry->row[i];
        }
    }
}

void columns_add(Columns *columns, const Itinerary *itinerary, double own, const Column *column) {
    enum { MOST = 60 };
    int h = itinerary->household;
    GArray *entries = columns->entries[h];
    Entry entry = {.own = own};
    copy_sorted(columns->rows, column, &entry);
    for (guint i = 0; i < entries->len; i++) {
        if (is_same(&g_array_index(entries, Entry, i), &entry)) {
            clear_entry(&entry);
            return;
        }
    }
    if (entries->len >= MOST) {
        drop_one(entries);
    }
    entry.itinerary = itinerary_copy(columns->rows->problem, itinerary);
    add_entry(columns, h, &entry);
}

static inline void set_price(Row *row) {
    double value = row->centre + row->weight * row->excess;
    row->price = value > 0 ? value : 0;
}

static void add_usage(Columns *columns, int n, const int *rows, const double *amounts,
                      double times) {
    for (int i = 0; i < n; i++) {
        Row *row = &columns->row[rows[i]];
        row->excess += times * amounts[i];
        set_price(row);
    }
}

static void begin_unplanned(Columns *columns) {
    const Rows *rows = columns->rows;
    Column column = {0};
    for (int h = 0; h < rows->problem->n_households; h++) {
        const ProblemHousehold *household = &rows->problem->households[h];
        bool decided = household->n_free == 0;
        Entry entry = {.own = (double)(decided ? household->constant : household->unplanned_cost),
                       .share = 1};
        columns->entries[h] = g_array_new(FALSE, FALSE, sizeof(Entry));
        g_array_set_clear_func(columns->entries[h], clear_entry);
        rows_unplanned(rows, h, &column);
        copy_sorted(rows, &column, &entry);
        add_entry(columns, h, &entry);
        add_usage(columns, entry.n, entry.row, entry.amount, 1);
    }
    column_clear(&column);
}

Columns *columns_new(const Rows *rows) {
    Columns *columns = g_new0(Columns, 1);
    size_t cells = (size_t)rows->problem->n_resources * (size_t)rows->problem->n_days;
    columns->rows = rows;
    columns->entries = g_new0(GArray *, rows->problem->n_households + 1);
    columns->active = g_new0(int, rows->n + 1);
    columns->is_active = g_new0(uint8_t, rows->n + 1);
    columns->row = g_new0(Row, rows->n + 1);
    columns->evening = g_new0(double, cells + 1);
    for (int i = 0; i < rows->n; i++) {
        columns->row[i].excess = -rows_room(rows, i);
    }
    columns->direction.room = rows_most_of_evening(rows) + 256;
    columns->direction.row = g_new(int, columns->direction.room);
    columns->direction.amount = g_new(double, columns->direction.room);
    begin_unplanned(columns);
    return columns;
}

/* ---- Multipliers -------------------------------------------------------------------------- */

void columns_set_weight(Columns *columns, double weight) {
    const Rows *rows = columns->rows;
    for (int i = 0; i < rows->n; i++) {
        columns->row[i].weight = rows->exists[i] ? weight / (rows->unit[i] * rows->unit[i]) : 0;
        set_price(&columns->row[i]);
    }
}

void columns_multipliers(const Columns *columns, double *multiplier) {
    memset(multiplier, 0, sizeof(double) * (size_t)columns->rows->n);
    for (int a = 0; a < columns->n_active; a++) {
        multiplier[columns->active[a]] = columns->row[columns->active[a]].price;
    }
}

void columns_settle(Columns *columns) {
    for (int a = 0; a < columns->n_active; a++) {
        Row *row = &columns->row[columns->active[a]];
        row->centre = row->price;
        set_price(row);
    }
}

const Itinerary *columns_cheapest(const Columns *columns, int h, const double *multiplier,
                                  double *own) {
    const GArray *entries = columns->entries[h];
    const Entry *best = &g_array_index(entries, Entry, 0); /* there is always a first */
    double least = COST_INFINITE;
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = &g_array_index(entries, Entry, i);
        double price = entry->own;
        for (int j = 0; j < entry->n; j++) {
            price += entry->amount[j] * multiplier[entry->row[j]];
        }
        if (price < least) {
            least = price;
            best = entry;
        }
    }
    *own = best->own;
    return best->itinerary;
}

/* ---- Shares ------------------------------------------------------------------------------- */

static void add_to_direction(Direction *direction, int row, double amount) {
    if (direction->n == direction->room) {
        direction->room = 2 * direction->room + 256;
        direction->row = g_renew(int, direction->row, direction->room);
        direction->amount = g_renew(double, direction->amount, direction->room);
    }
    if (amount != 0) {
        direction->row[direction->n] = row;
        direction->amount[direction->n++] = amount;
    }
}

/* What column b uses more than column a. */
static void find_direction(Direction *direction, const Entry *a, const Entry *b) {
    direction->n = 0;
    int i = 0;
    int j = 0;
    while (i < a->n || j < b->n) {
        if (j == b->n || (i < a->n && a->row[i] < b->row[j])) {
            add_to_direction(direction, a->row[i], -a->amount[i]);
            i++;
        } else if (i == a->n || b->row[j] < a->row[i]) {
            add_to_direction(direction, b->row[j], b->amount[j]);
            j++;
        } else {
            add_to_direction(direction, b->row[j], b->amount[j] - a->amount[i]);
            i++;
            j++;
        }
    }
}

/* The length in 0..most at which the augmented Lagrangian is least along the direction, whose own
 * cost is `cost` per unit of length: Newton's method, for the derivative is piecewise linear and
 * never falls. */
static double line_search(const Columns *columns, const Direction *direction, double cost,
                          double most) {
    enum { STEPS = 6 };
    double length = 0;
    for (int step = 0; step < STEPS; step++) {
        double slope = cost;
        double curvature = 0;
        for (int i = 0; i < direction->n; i++) {
            const Row *row = &columns->row[direction->row[i]];
            double amount = direction->amount[i];
            double value = row->centre + row->weight * (row->excess + length * amount);
            if (value > 0) {
                slope += amount * value;
                curvature += row->weight * amount * amount;
            }
        }
        double next = curvature > 1e-12 ? length - slope / curvature : slope < 0 ? most : 0;
        next = CLAMP(next, 0, most);
        if (fabs(next - length) < 1e-9) {
            return next;
        }
        length = next;
    }
    return length;
}

void columns_balance(Columns *columns, int h, int steps, bool all) {
    GArray *entries = columns->entries[h];
    for (int step = 0; step < steps && entries->len > 1; step++) {
        Entry *cheapest = NULL;
        Entry *dearest = NULL;
        double least = 0;
        double most = 0;
        for (guint i = 0; i < entries->len; i++) {
            Entry *entry = &g_array_index(entries, Entry, i);
            double price = entry->own;
            if (entry->share <= 0 && (step > 0 || !all)) {
                continue;
            }
            for (int j = 0; j < entry->n; j++) {
                price += entry->amount[j] * columns->row[entry->row[j]].price;
            }
            entry->idle += step == 0 && all ? 1 : 0;
            if (cheapest == NULL || price < least) {
                cheapest = entry;
                least = price;
            }
            if (entry->share > 0 && (dearest == NULL || price > most)) {
                dearest = entry;
                most = price;
            }
        }
        if (cheapest != NULL) {
            cheapest->idle = 0;
        }
        if (cheapest == NULL || dearest == NULL || cheapest == dearest || most - least < 1e-7) {
            return;
        }
        find_direction(&columns->direction, dearest, cheapest);
        double length =
            line_search(columns, &columns->direction, cheapest->own - dearest->own, dearest->share);
        /* A share that is next to nothing is nothing. */
        length = length > dearest->share - 1e-9 ? dearest->share : length;
        if (length <= 0) {
            return;
        }
        dearest->share -= length;
        cheapest->share += length;
        add_usage(columns, columns->direction.n, columns->direction.row, columns->direction.amount,
                  length);
    }
}

/* ---- Evenings ----------------------------------------------------------------------------- */

/* Moves one evening between 0 and `most`; returns by how much it has grown. */
static double balance_evening(Columns *columns, int r, day_t d, double cost, double most) {
    const Rows *rows = columns->rows;
    double *evening = &columns->evening[(size_t)r * (size_t)rows->problem->n_days + (size_t)d];
    Direction *direction = &columns->direction;
    int n = rows_of_evening(rows, r, d, columns->is_active, direction->row, direction->amount);
    direction->n = n;
    if (n == 0) {
        return 0;
    }
    /* Searched from an evening of nothing, for the line search goes one way only. */
    double before = *evening;
    add_usage(columns, n, direction->row, direction->amount, -before);
    *evening = line_search(columns, direction, cost, MAX(most, 0));
    add_usage(columns, n, direction->row, direction->amount, *evening);
    return *evening - before;
}

/* The evenings of one member's week, one after the other. */
static void balance_week(Columns *columns, int r, day_t from, day_t to) {
    const Rows *rows = columns->rows;
    const Problem *problem = rows->problem;
    size_t first = (size_t)r * (size_t)problem->n_days;
    int size = rows->group_size[r];
    int limit = problem->op->resources[r].max_late_per_week;
    double left = limit == NO_LIMIT ? 7.0 * size : (double)limit * size;
    for (day_t d = from; d <= to; d++) {
        left -= problem->late_fact[first + (size_t)d] ? 1 : columns->evening[first + (size_t)d];
    }
    for (day_t d = from; d <= to; d++) {
        if (problem->late_fact[first + (size_t)d]) {
            balance_evening(columns, r, d, 0, rows_evenings_most(rows, r, d));
            continue;
        }
        double own = columns->evening[first + (size_t)d];
        left -= balance_evening(columns, r, d, (double)problem->op->weights[PART_LATE_EVENING],
                                MIN(rows_evenings_most(rows, r, d), left + own));
    }
}

void columns_balance_evenings(Columns *columns) {
    const Rows *rows = columns->rows;
    const Problem *problem = rows->problem;
    for (int c = 0; c < rows->n_groups; c++) {
        int r = rows->member_clock[c];
        for (day_t from = 0; from < problem->n_days;) {
            day_t to = from;
            while (to + 1 < problem->n_days && problem->week[to + 1] == problem->week[from]) {
                to++;
            }
            balance_week(columns, r, from, to);
            from = to + 1;
        }
    }
}
