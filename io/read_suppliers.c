#include "io/read_suppliers.h"

#include <string.h>

#include "io/csv.h"
#include "io/words.h"
#include "solver/language.h"

enum { SUPPLIER, ON_TIME, MEAN, SPREAD, N_COLUMNS };
enum { WHO, PROMISED, ACTUAL, N_HISTORY };
enum { MOST_DAYS = 365 };

static const char file[] = "suppliers.csv", history_file[] = "supplier_history.csv";

static const Column columns[N_COLUMNS] = {
    [SUPPLIER] = {"supplier", "fournisseur", true, NULL, 0, NULL},
    [ON_TIME] = {"on_time", "a_l_heure", true, NULL, 0, NULL},
    [MEAN] = {"delay_days", "retard_jours", true, NULL, 0, NULL},
    [SPREAD] = {"spread_days", "ecart_jours", false, NULL, 0, NULL},
};

static const Column history_columns[N_HISTORY] = {
    [WHO] = {"supplier", "fournisseur", true, NULL, 0, NULL},
    [PROMISED] = {"promised", "promise", true, NULL, 0, NULL},
    [ACTUAL] = {"actual", "reelle", true, NULL, 0, NULL},
};

/* What the two files say. */
typedef struct Known {
    GHashTable *given;   /* name to Supplier, both in the arena */
    GHashTable *history; /* name to GArray of int: delays in days */
} Known;

/* A number in the cell, with at most three decimals; `max` in units. It stays after a fault. */
static void read_number(const Table *table, int row, int column, int max, const char *expected,
                        double *number) {
    milli_t amount = 0;
    if (!words_amount(table_cell(table, row, column), &amount) || amount < 0 ||
        amount > (milli_t)max * MILLI) {
        table_fault(table, row, column, FAULT_ERROR, expected);
        return;
    }
    *number = (double)amount / MILLI;
}

/* A share as 0.75, 0,75 or 75 %. */
static void read_share(const Table *table, int row, double *share) {
    char *text = g_strdup(table_cell(table, row, ON_TIME));
    char *percent = strchr(text, '%');
    milli_t amount = 0;
    if (percent != NULL)
        *percent = '\0';
    const milli_t most = percent != NULL ? 100 * MILLI : MILLI;
    bool good = (percent == NULL || percent[1] == '\0') && words_amount(text, &amount) &&
                amount >= 0 && amount <= most;
    g_free(text);
    if (!good)
        table_fault(table, row, ON_TIME, FAULT_ERROR, _("a share from 0 to 1, or 0% to 100%"));
    *share = (double)amount / (double)most;
}

/* Whether the cell has a value; a fault when it has none. */
static bool has_name(const Table *table, int row, int column) {
    if (*table_cell(table, row, column) != '\0')
        return true;
    table_fault(table, row, column, FAULT_ERROR, _("a value, not a blank cell"));
    return false;
}

static void read_supplier(const Table *table, int row, Arena *arena, GHashTable *given) {
    Supplier *supplier = ARENA_NEW(arena, Supplier, 1);
    const char *days = _("a number of days from 0 to 365");
    char *name = arena_strdup(arena, table_cell(table, row, SUPPLIER));
    supplier->name = name;
    bool named = has_name(table, row, SUPPLIER);
    bool twice = g_hash_table_contains(given, name);
    if (twice)
        table_fault(table, row, SUPPLIER, FAULT_ERROR, _("each supplier once"));
    read_share(table, row, &supplier->on_time);
    read_number(table, row, MEAN, MOST_DAYS, days, &supplier->mean);
    supplier->spread = supplier->mean / 2;
    if (*table_cell(table, row, SPREAD) != '\0')
        read_number(table, row, SPREAD, MOST_DAYS, days, &supplier->spread);
    if (named && !twice)
        g_hash_table_insert(given, name, supplier);
}

static void read_past(const Table *table, int row, GHashTable *history) {
    const char *name = table_cell(table, row, WHO);
    date_t dates[2] = {0, 0};
    bool good = has_name(table, row, WHO);
    for (int i = 0; i < 2; i++)
        if (!words_date(table_cell(table, row, PROMISED + i), &dates[i])) {
            table_fault(table, row, PROMISED + i, FAULT_ERROR, _("a date like 2026-09-14"));
            good = false;
        }
    if (!good)
        return;
    GArray *delays = g_hash_table_lookup(history, name);
    if (delays == NULL) {
        delays = g_array_new(FALSE, FALSE, sizeof(int));
        g_hash_table_insert(history, g_strdup(name), delays);
    }
    int delay = dates[1] - dates[0];
    g_array_append_val(delays, delay);
}

static void free_delays(gpointer delays) {
    g_array_free(delays, TRUE);
}

/* Reads both files; false when neither is there. */
static bool read_files(const Operation *op, Arena *arena, Known *known, Faults *faults) {
    char *path = g_build_filename(op->folder, file, NULL);
    char *history_path = g_build_filename(op->folder, history_file, NULL);
    Table *table = table_read(path, file, false, columns, N_COLUMNS, faults);
    for (int row = 0; table != NULL && row < table_rows(table); row++)
        read_supplier(table, row, arena, known->given);
    Table *past = table_read(history_path, history_file, false, history_columns, N_HISTORY, faults);
    for (int row = 0; past != NULL && row < table_rows(past); row++)
        read_past(past, row, known->history);
    bool any =
        g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(history_path, G_FILE_TEST_EXISTS);
    table_free(table);
    table_free(past);
    g_free(path);
    g_free(history_path);
    return any;
}

/* What is known of a supplier. */
static Supplier supplier_of(const Known *known, const char *name, Faults *faults) {
    const Supplier *own = g_hash_table_lookup(known->given, name);
    const Supplier *any = g_hash_table_lookup(known->given, "*");
    const GArray *past = g_hash_table_lookup(known->history, name);
    if (own != NULL)
        return *own;
    if (past != NULL)
        return supplier_fitted(name, (const int *)(const void *)past->data, (int)past->len);
    if (any == NULL)
        faults_say(faults, FAULT_WARNING, file, 0,
                   _("nothing is said of the supplier '%s', who is taken to be always on time"),
                   name);
    Supplier supplier = any != NULL ? *any : (Supplier){.on_time = 1};
    supplier.name = name;
    return supplier;
}

static Supplier *list_suppliers(const Operation *op, Arena *arena, const Known *known, int *n,
                                Faults *faults) {
    Supplier *suppliers = ARENA_NEW(arena, Supplier, op->n_deliveries);
    GHashTable *listed = g_hash_table_new(g_str_hash, g_str_equal);
    *n = 0;
    for (int i = 0; i < op->n_deliveries; i++) {
        const char *name = op->deliveries[i].supplier;
        if (op->deliveries[i].status != DELIVERY_ARRIVED &&
            g_hash_table_add(listed, (gpointer)(uintptr_t)name))
            suppliers[(*n)++] = supplier_of(known, name, faults);
    }
    g_hash_table_destroy(listed);
    return suppliers;
}

Supplier *suppliers_read(const Operation *op, Arena *arena, int *n, Faults *faults) {
    int errors = faults_count(faults, FAULT_ERROR);
    Known known = {g_hash_table_new(g_str_hash, g_str_equal),
                   g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_delays)};
    if (!read_files(op, arena, &known, faults))
        faults_say(faults, FAULT_ERROR, file, 0,
                   _("the file is missing, and %s too: how late do suppliers come?"), history_file);
    Supplier *suppliers = NULL;
    if (faults_count(faults, FAULT_ERROR) == errors)
        suppliers = list_suppliers(op, arena, &known, n, faults);
    g_hash_table_destroy(known.given);
    g_hash_table_destroy(known.history);
    return suppliers;
}
