#include "solver/columns.h"

#include <glib.h>
#include <string.h>

/* One itinerary, or being unplanned. */
typedef struct Entry {
    Itinerary *itinerary; /* NULL: unplanned */
    double own;           /* cost without prices */
    int n;
    int *row;
    double *amount;
    int idle; /* calls of columns_ascend() in which it was never the cheapest */
} Entry;

struct Columns {
    const Rows *rows;
    GArray **entries; /* per household */
    int *chosen;      /* per household: the entry that counts in usage */
    int n_active;
    int *active;                       /* the rows that some entry uses, in order of appearance */
    uint8_t *is_active;                /* rows->n */
    double *usage, *evening, *average; /* rows->n */
};

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
    g_free(columns->chosen);
    g_free(columns->active);
    g_free(columns->is_active);
    g_free(columns->usage);
    g_free(columns->evening);
    g_free(columns->average);
    g_free(columns);
}

/* ---- Columns ----------------------------------------------------------------------------- */

static bool is_column(const Entry *entry, double own, const Column *column) {
    return entry->own == own && entry->n == column->n &&
           memcmp(entry->row, column->row, sizeof(int) * (size_t)column->n) == 0;
}

/* Makes room by dropping the entry that has been of no use for the longest time; the first one,
 * unplanned, stays. */
static void drop_one(Columns *columns, int h) {
    GArray *entries = columns->entries[h];
    guint worst = 1;
    for (guint i = 1; i < entries->len; i++) {
        if ((int)i != columns->chosen[h] &&
            (g_array_index(entries, Entry, i).idle > g_array_index(entries, Entry, worst).idle ||
             (int)worst == columns->chosen[h])) {
            worst = i;
        }
    }
    g_array_remove_index(entries, worst);
    if (columns->chosen[h] > (int)worst) {
        columns->chosen[h]--;
    }
}

/* Takes over the itinerary. */
static void add_entry(Columns *columns, int h, Itinerary *itinerary, double own,
                      const Column *column) {
    GArray *entries = columns->entries[h];
    Entry entry = {itinerary,
                   own,
                   column->n,
                   g_memdup2(column->row, sizeof(int) * (size_t)column->n),
                   g_memdup2(column->amount, sizeof(double) * (size_t)column->n),
                   0};
    g_array_append_val(entries, entry);
    for (int i = 0; i < column->n; i++) {
        if (!columns->is_active[column->row[i]]) {
            columns->is_active[column->row[i]] = 1;
            columns->active[columns->n_active++] = column->row[i];
        }
    }
}

void columns_add(Columns *columns, const Itinerary *itinerary, double own, const Column *column) {
    enum { MOST = 80 };
    int h = itinerary->household;
    GArray *entries = columns->entries[h];
    for (guint i = 0; i < entries->len; i++) {
        if (is_column(&g_array_index(entries, Entry, i), own, column)) {
            return;
        }
    }
    if (entries->len >= MOST) {
        drop_one(columns, h);
    }
    add_entry(columns, h, itinerary_copy(columns->rows->problem, itinerary), own, column);
}

Columns *columns_new(const Rows *rows) {
    Columns *columns = g_new0(Columns, 1);
    int n = rows->problem->n_households;
    columns->rows = rows;
    columns->entries = g_new0(GArray *, n + 1);
    columns->chosen = g_new0(int, n + 1);
    columns->active = g_new0(int, rows->n + 1);
    columns->is_active = g_new0(uint8_t, rows->n + 1);
    columns->usage = g_new0(double, rows->n + 1);
    columns->evening = g_new0(double, rows->n + 1);
    columns->average = g_new0(double, rows->n + 1);
    Column column = {0};
    for (int h = 0; h < n; h++) {
        const ProblemHousehold *household = &rows->problem->households[h];
        bool decided = household->n_free == 0;
        columns->entries[h] = g_array_new(FALSE, FALSE, sizeof(Entry));
        g_array_set_clear_func(columns->entries[h], clear_entry);
        rows_unplanned(rows, h, &column);
        add_entry(columns, h, NULL,
                  (double)(decided ? household->constant : household->unplanned_cost), &column);
    }
    column_clear(&column);
    return columns;
}

/* ---- Ascent ------------------------------------------------------------------------------ */

static void add_usage(Columns *columns, const Entry *entry, double times) {
    for (int i = 0; i < entry->n; i++) {
        columns->usage[entry->row[i]] += times * entry->amount[i];
    }
}

static int cheapest_entry(const Columns *columns, int h, const double *multiplier) {
    const GArray *entries = columns->entries[h];
    double least = COST_INFINITE;
    int best = 0;
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = &g_array_index(entries, Entry, i);
        double price = entry->own;
        for (int j = 0; j < entry->n && price < least; j++) {
            price += entry->amount[j] * multiplier[entry->row[j]];
        }
        if (price < least) {
            least = price;
            best = (int)i;
        }
    }
    return best;
}

const Itinerary *columns_cheapest(const Columns *columns, int h, const double *multiplier,
                                  double *own) {
    const GArray *entries = columns->entries[h];
    const Entry *entry = &g_array_index(entries, Entry, cheapest_entry(columns, h, multiplier));
    *own = entry->own;
    return entry->itinerary;
}

/* Household h takes the cheapest of its columns. */
static void choose(Columns *columns, int h, const double *multiplier) {
    GArray *entries = columns->entries[h];
    int best = cheapest_entry(columns, h, multiplier);
    g_array_index(entries, Entry, best).idle = 0;
    if (best != columns->chosen[h]) {
        add_usage(columns, &g_array_index(entries, Entry, columns->chosen[h]), -1);
        add_usage(columns, &g_array_index(entries, Entry, best), 1);
        columns->chosen[h] = best;
    }
}

static void clear_active(const Columns *columns, double *values) {
    for (int a = 0; a < columns->n_active; a++) {
        values[columns->active[a]] = 0;
    }
}

/* The running average moves towards the usage, and the multipliers along its excess. */
static void step(Columns *columns, double *multiplier, double share, double ascent) {
    const Rows *rows = columns->rows;
    double norm = 0;
    for (int a = 0; a < columns->n_active; a++) {
        int i = columns->active[a];
        columns->average[i] +=
            share * (columns->usage[i] + columns->evening[i] - columns->average[i]);
        double over = (columns->average[i] - rows_room(rows, i)) / rows->unit[i];
        if (rows->exists[i] && (over > 0 || multiplier[i] > 0)) {
            norm += over * over;
        }
    }
    double length = norm > 1e-12 ? ascent / norm : 0;
    for (int a = 0; a < columns->n_active; a++) {
        int i = columns->active[a];
        double over = columns->average[i] - rows_room(rows, i);
        double to = multiplier[i] + length * over / (rows->unit[i] * rows->unit[i]);
        multiplier[i] = rows->exists[i] ? MAX(to, 0) : 0;
    }
}

void columns_ascend(Columns *columns, double *multiplier, int passes, double ascent) {
    int n = columns->rows->problem->n_households;
    int size = MAX(2, n / 24);
    clear_active(columns, columns->usage);
    for (int h = 0; h < n; h++) {
        add_usage(columns, &g_array_index(columns->entries[h], Entry, columns->chosen[h]), 1);
        for (guint i = 0; i < columns->entries[h]->len; i++) {
            g_array_index(columns->entries[h], Entry, i).idle++;
        }
    }
    for (int pass = 0; pass < passes; pass++) {
        double reach = ascent * (1 - (double)pass / passes);
        memset(columns->evening, 0, sizeof(double) * (size_t)columns->rows->n);
        rows_evenings(columns->rows, multiplier, columns->evening);
        for (int first = 0; first < n; first += size) {
            for (int h = first; h < MIN(first + size, n); h++) {
                choose(columns, h, multiplier);
            }
            bool anew = pass == 0 && first == 0;
            step(columns, multiplier, anew ? 1 : 0.3, reach * size / n);
        }
    }
}
