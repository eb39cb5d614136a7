#include "solver/master_internal.h"

#include <glib.h>
#include <string.h>

/* The evening that governs a row or link, told by its cell; NONE for none. */
static int evening_of(const Master *master, int row) {
    if (row >= master->rows->n) {
        return links_evening(master->links, row);
    }
    return rows_is_evening(master->rows, row) ? (int)rows_evening_cell(master->rows, row) : NONE;
}

/* What tells itineraries apart: all but the clock times, which the rows do not see. */
static GBytes *key_of(const Problem *problem, const Itinerary *itinerary) {
    GByteArray *key = g_byte_array_new();
    g_byte_array_append(key, (const guint8 *)&itinerary->household, sizeof(int));
    g_byte_array_append(key, (const guint8 *)&itinerary->home_class, sizeof(int));
    for (int k = 0; k < itinerary->n; k++) {
        const Dated *dated = &itinerary->tasks[k];
        int32_t place[3] = {dated->start, dated->finish, dated->slot};
        g_byte_array_append(key, (const guint8 *)place, sizeof place);
    }
    g_byte_array_append(key, (const guint8 *)itinerary->members,
                        (guint)(sizeof(int) * (size_t)problem->n_roles));
    return g_byte_array_free_to_bytes(key);
}

static void free_entry(gpointer data) {
    Entry *entry = data;
    g_free(entry->itinerary);
    column_clear(&entry->column);
    g_free(entry);
}

static guint hash_key(gconstpointer key) {
    return g_bytes_hash(key);
}

/* One row per household: exactly one itinerary, or unplanned. */
static void add_households(Master *master) {
    const Problem *problem = master->rows->problem;
    int n = problem->n_households;
    glp_add_rows(master->lp, n);
    glp_add_cols(master->lp, n);
    for (int h = 0; h < n; h++) {
        int index[2] = {0, h + 1};
        double one[2] = {0, 1};
        /* A household without anything to decide is planned as it is. */
        bool decided = problem->households[h].n_free == 0;
        glp_set_row_bnds(master->lp, h + 1, GLP_FX, 1, 1);
        glp_set_col_bnds(master->lp, h + 1, GLP_LO, 0, 0);
        glp_set_obj_coef(master->lp, h + 1,
                         (double)(decided ? problem->households[h].constant
                                          : problem->households[h].unplanned_cost));
        glp_set_mat_col(master->lp, h + 1, 1, index, one);
        master->unplanned[h] = h + 1;
        rows_unplanned(master->rows, h, &master->held[h]);
    }
}

Master *master_new_linked(const Rows *rows, const Links *links) {
    const Problem *problem = rows->problem;
    Master *master = g_new0(Master, 1);
    size_t cells = (size_t)problem->n_resources * problem->n_days;
    master->rows = rows;
    master->links = links;
    master->n = links == NULL ? rows->n : links->n;
    master->lp = glp_create_prob();
    glp_set_obj_dir(master->lp, GLP_MIN);
    master->pool = g_ptr_array_new_with_free_func(free_entry);
    master->known =
        g_hash_table_new_full(hash_key, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    master->uses = g_new0(GArray *, master->n + 1);
    master->row_position = g_new0(int, master->n + 1);
    master->slack = g_new0(uint8_t, master->n + 1);
    master->labels = g_array_new(FALSE, FALSE, sizeof(int));
    master->unplanned = g_new0(int, problem->n_households + 1);
    master->held = g_new0(Column, problem->n_households + 1);
    master->evening = g_new0(int, cells + 1);
    master->week_position = g_new0(int, (size_t)problem->n_resources * problem->n_weeks + 1);
    master->usage = g_new0(double, master->n + 1);
    glp_term_out(GLP_OFF);
    add_households(master);
    return master;
}

Master *master_new(const Rows *rows) {
    return master_new_linked(rows, NULL);
}

void master_free(Master *master) {
    if (master == NULL) {
        return;
    }
    for (int i = 0; i < master->n; i++) {
        if (master->uses[i] != NULL) {
            g_array_free(master->uses[i], TRUE);
        }
    }
    for (int h = 0; h < master->rows->problem->n_households; h++) {
        column_clear(&master->held[h]);
    }
    glp_delete_prob(master->lp);
    g_ptr_array_free(master->pool, TRUE);
    g_hash_table_destroy(master->known);
    g_array_free(master->labels, TRUE);
    g_free(master->slack);
    g_free(master->uses);
    g_free(master->row_position);
    g_free(master->unplanned);
    g_free(master->held);
    g_free(master->evening);
    g_free(master->week_position);
    g_free(master->usage);
    g_free(master);
}

/* ---- Columns ----------------------------------------------------------------------------- */

static int compare_rows(gconstpointer a, gconstpointer b, gpointer data) {
    const Column *column = data;
    return column->row[*(const int *)a] - column->row[*(const int *)b];
}

/* Sorts the uses by row and joins those of one row. */
static void merge_uses(Column *column) {
    int *order = g_new(int, column->n + 1);
    Column merged = {0};
    for (int i = 0; i < column->n; i++) {
        order[i] = i;
    }
    g_qsort_with_data(order, column->n, sizeof(int), compare_rows, column);
    merged.row = g_new(int, column->n + 1);
    merged.amount = g_new(double, column->n + 1);
    merged.room = column->n + 1;
    for (int i = 0; i < column->n; i++) {
        int row = column->row[order[i]];
        if (merged.n == 0 || merged.row[merged.n - 1] != row) {
            merged.row[merged.n] = row;
            merged.amount[merged.n++] = 0;
        }
        merged.amount[merged.n - 1] += column->amount[order[i]];
    }
    g_free(order);
    column_clear(column);
    *column = merged;
}

bool master_add(Master *master, Itinerary *itinerary) {
    const Rows *rows = master->rows;
    GBytes *key = key_of(rows->problem, itinerary);
    if (g_hash_table_contains(master->known, key)) {
        g_bytes_unref(key);
        g_free(itinerary);
        return false;
    }
    g_hash_table_add(master->known, key);
    Entry *entry = g_new0(Entry, 1);
    int index = (int)master->pool->len;
    entry->itinerary = itinerary;
    entry->fits = master->fits == NULL || master->fits(master->context, itinerary);
    rows_column(rows, itinerary, &entry->column);
    merge_uses(&entry->column);
    if (master->links != NULL) {
        links_column(master->links, itinerary, &entry->column);
    }
    g_ptr_array_add(master->pool, entry);
    const Column *column = &entry->column;
    int *position = g_new(int, column->n + 2);
    double *amount = g_new(double, column->n + 2);
    int n = 1;
    position[1] = itinerary->household + 1;
    amount[1] = 1;
    for (int i = 0; i < column->n; i++) {
        int row = column->row[i];
        Use use = {index, column->amount[i]};
        if (master->uses[row] == NULL) {
            master->uses[row] = g_array_new(FALSE, FALSE, sizeof(Use));
        }
        g_array_append_val(master->uses[row], use);
        if (master->row_position[row] != 0) {
            position[++n] = master->row_position[row];
            amount[n] = column->amount[i];
        }
    }
    entry->position = glp_add_cols(master->lp, 1);
    glp_set_col_bnds(master->lp, entry->position, entry->fits ? GLP_LO : GLP_FX, 0, 0);
    glp_set_obj_coef(master->lp, entry->position, (double)itinerary->cost);
    glp_set_mat_col(master->lp, entry->position, n, position, amount);
    g_free(position);
    g_free(amount);
    return true;
}

int master_columns(const Master *master) {
    return (int)master->pool->len;
}

const Itinerary *master_itinerary(const Master *master, int i) {
    const Entry *entry = master->pool->pdata[i];
    return entry->itinerary;
}

/* ---- Rows -------------------------------------------------------------------------------- */

/* The row of member r's week: not more evenings than the limit. */
static int week_row(Master *master, int r, int week) {
    const Problem *problem = master->rows->problem;
    int most = problem->op->resources[r].max_late_per_week;
    int *position = &master->week_position[(size_t)r * problem->n_weeks + week];
    if (*position == 0 && most != NO_LIMIT) {
        int taken = 0;
        for (day_t d = 0; d < problem->n_days; d++) {
            taken += problem->week[d] == week && problem->late_fact[(size_t)r * problem->n_days + d]
                         ? 1
                         : 0;
        }
        *position = glp_add_rows(master->lp, 1);
        int limit = most * master->rows->group_size[r] - taken;
        glp_set_row_bnds(master->lp, *position, GLP_UP, 0, MAX(limit, 0));
        int label = ~(r * problem->n_weeks + week);
        g_array_append_val(master->labels, label);
    }
    return *position;
}

/* The column of the evening of member r on day d. */
static int evening_column(Master *master, int r, day_t d) {
    const Problem *problem = master->rows->problem;
    size_t cell = (size_t)r * problem->n_days + d;
    if (master->evening[cell] == 0) {
        bool taken = problem->late_fact[cell];
        int week = taken ? 0 : week_row(master, r, problem->week[d]);
        int index[2] = {0, week};
        double one[2] = {0, 1};
        int column = glp_add_cols(master->lp, 1);
        int most = rows_evenings_most(master->rows, r, d);
        glp_set_col_bnds(master->lp, column, most > 0 ? GLP_DB : GLP_FX, 0, most);
        glp_set_obj_coef(master->lp, column,
                         taken ? 0 : (double)problem->op->weights[PART_LATE_EVENING]);
        glp_set_mat_col(master->lp, column, week != 0 ? 1 : 0, index, one);
        master->evening[cell] = column;
    }
    return master->evening[cell];
}

double master_ease_of(const Master *master, int row) {
    const double most = 0.05;
    enum { PRIME = 7919, PARTS = 1000 };
    bool eased = master->eased && row >= master->rows->n;
    return eased ? most * (int)((unsigned)row * PRIME % PARTS) / PARTS : 0;
}

void master_enter_row(Master *master, int row) {
    const Rows *rows = master->rows;
    const Problem *problem = rows->problem;
    const GArray *uses = master->uses[row];
    int room = (int)uses->len + problem->n_households + 2;
    int *index = g_new(int, room);
    double *amount = g_new(double, room);
    int n = 0;
    for (guint i = 0; i < uses->len; i++) {
        const Use *use = &g_array_index(uses, Use, i);
        const Entry *entry = master->pool->pdata[use->entry];
        index[++n] = entry->position;
        amount[n] = use->amount;
    }
    for (int h = 0; h < problem->n_households; h++) {
        for (int i = 0; i < master->held[h].n; i++) {
            if (master->held[h].row[i] == row) {
                index[++n] = master->unplanned[h];
                amount[n] = master->held[h].amount[i];
            }
        }
    }
    /* A link's evening has room for its one appointment. */
    double limit = row >= master->rows->n ? 1 : rows->limit[row];
    int evening = evening_of(master, row);
    if (evening != NONE) {
        index[++n] = evening_column(master, evening / problem->n_days, evening % problem->n_days);
        amount[n] = -limit;
        limit = 0;
    }
    int position = glp_add_rows(master->lp, 1);
    limit += master_ease_of(master, row);
    glp_set_row_bnds(master->lp, position, GLP_UP, 0, limit);
    glp_set_mat_row(master->lp, position, n, index, amount);
    master->row_position[row] = position;
    g_array_append_val(master->labels, row);
    master->slack[row] = 0;
    g_free(index);
    g_free(amount);
}

/* Takes out rows that have been slack for some time: every row makes each simplex step dearer. */
static void drop_slack_rows(Master *master) {
    const int patience = master->links == NULL ? 3 : 10;
    int households = master->rows->problem->n_households;
    GArray *dropped = g_array_new(FALSE, TRUE, sizeof(int));
    int none = 0;
    g_array_append_val(dropped, none); /* GLPK counts from 1 */
    for (guint i = 0; i < master->labels->len; i++) {
        int row = g_array_index(master->labels, int, i);
        int position = households + 1 + (int)i;
        if (row < 0) {
            continue;
        }
        bool basic = glp_get_row_stat(master->lp, position) == GLP_BS;
        master->slack[row] = basic ? (uint8_t)MIN(master->slack[row] + 1, patience) : 0;
        if (master->slack[row] == patience) {
            g_array_append_val(dropped, position);
        }
    }
    if (dropped->len > 1) {
        glp_del_rows(master->lp, (int)dropped->len - 1, (const int *)dropped->data);
        GArray *labels = g_array_new(FALSE, FALSE, sizeof(int));
        for (guint i = 0; i < master->labels->len; i++) {
            int row = g_array_index(master->labels, int, i);
            int position = households + 1 + (int)labels->len;
            if (row >= 0 && master->slack[row] == patience) {
                master->row_position[row] = 0;
                continue;
            }
            *(row >= 0 ? &master->row_position[row] : &master->week_position[~row]) = position;
            g_array_append_val(labels, row);
        }
        g_array_free(master->labels, TRUE);
        master->labels = labels;
    }
    g_array_free(dropped, TRUE);
}

typedef struct Broken {
    int row;
    double over;
} Broken;

static int compare_broken(gconstpointer a, gconstpointer b) {
    const Broken *s = a;
    const Broken *t = b;
    if (s->over != t->over) {
        return s->over > t->over ? -1 : 1;
    }
    return s->row - t->row;
}

/* What the solution leaves to those who use a row. Without links the evenings' rows enter as soon
 * as they are used: that is what brings the evenings in. */
static double room_of(const Master *master, int row) {
    const Rows *rows = master->rows;
    int evening = evening_of(master, row);
    if (evening == NONE) {
        return rows->limit[row];
    }
    int column = master->links == NULL ? 0 : master->evening[evening];
    double come = column == 0 ? 0 : glp_get_col_prim(master->lp, column);
    return row >= rows->n ? come + master_ease_of(master, row) : come * rows->limit[row];
}

/* Links that the solution breaks: it pays for less of an evening than an appointment takes. */
static void find_broken_links(const Master *master, GArray *broken) {
    for (int i = master->rows->n; i < master->n; i++) {
        if (master->usage[i] > 1e-6 && master->row_position[i] == 0) {
            Broken link = {i, master->usage[i] - room_of(master, i)};
            if (link.over > 1e-6) {
                g_array_append_val(broken, link);
            }
        }
    }
}

/* Lets the rows enter that the solution breaks, the most broken ones first; returns how many. */
static int enter_broken_rows(Master *master) {
    enum { AT_ONCE = 400 };
    const Rows *rows = master->rows;
    const Problem *problem = rows->problem;
    memset(master->usage, 0, sizeof(double) * (size_t)master->n);
    for (guint i = 0; i < master->pool->len; i++) {
        const Entry *entry = master->pool->pdata[i];
        double share = glp_get_col_prim(master->lp, entry->position);
        if (share > 1e-9) {
            column_add(&entry->column, share, master->usage);
        }
    }
    for (int h = 0; h < problem->n_households; h++) {
        column_add(&master->held[h], glp_get_col_prim(master->lp, master->unplanned[h]),
                   master->usage);
    }
    GArray *broken = g_array_new(FALSE, FALSE, sizeof(Broken));
    /* Once evenings are paid for, few of their clock rows are broken. */
    find_broken_links(master, broken);
    bool held = broken->len == 0;
    for (int i = 0; i < rows->n && held;) {
        /* One of a group at a time: the others often hold once it does. */
        Broken worst = {NONE, 1e-6};
        for (int end = i + rows_group(rows, i); i < end; i++) {
            if (rows->exists[i] && master->row_position[i] == 0 && master->uses[i] != NULL) {
                double over = master->usage[i] - room_of(master, i);
                worst = over > worst.over ? (Broken){i, over} : worst;
            }
        }
        if (worst.row != NONE) {
            g_array_append_val(broken, worst);
        }
    }
    g_array_sort(broken, compare_broken);
    int n = MIN((int)broken->len, AT_ONCE);
    for (int i = 0; i < n; i++) {
        master_enter_row(master, g_array_index(broken, Broken, i).row);
    }
    g_array_free(broken, TRUE);
    return n;
}

/* ---- Solving ----------------------------------------------------------------------------- */

/* New columns leave the basis primal feasible, new rows dual feasible: each has its method. */
static bool run_simplex(Master *master, int method) {
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = method;
    int code = glp_simplex(master->lp, &options);
    if (code != 0) {
        /* A basis that has become singular: begin again. */
        glp_std_basis(master->lp);
        options.meth = GLP_PRIMAL;
        code = glp_simplex(master->lp, &options);
    }
    return code == 0 && glp_get_status(master->lp) == GLP_OPT;
}

double master_relax(Master *master, double *multiplier) {
    /* Columns that a branch shuts out leave the basis dual feasible, too. */
    int method = master->branched ? GLP_DUALP : GLP_PRIMAL;
    master->branched = false;
    do {
        if (!run_simplex(master, method)) {
            return COST_INFINITE;
        }
        method = GLP_DUALP;
    } while (enter_broken_rows(master) > 0);
    memset(multiplier, 0, sizeof(double) * (size_t)master->n);
    for (guint i = 0; i < master->labels->len; i++) {
        int row = g_array_index(master->labels, int, i);
        if (row >= 0) {
            multiplier[row] = MAX(-glp_get_row_dual(master->lp, master->row_position[row]), 0);
        }
    }
    for (guint i = 0; i < master->pool->len; i++) {
        Entry *entry = master->pool->pdata[i];
        bool useless = glp_get_col_stat(master->lp, entry->position) != GLP_BS;
        entry->idle = useless ? entry->idle + 1 : 0;
    }
    double value = glp_get_obj_val(master->lp);
    drop_slack_rows(master);
    return value;
}

typedef struct Watch {
    int nodes, most;
} Watch;

static void watch_nodes(glp_tree *tree, void *info) {
    Watch *watch = info;
    if (glp_ios_reason(tree) == GLP_ISELECT && ++watch->nodes > watch->most) {
        glp_ios_terminate(tree);
    }
}

double master_choose(Master *master, double upper, int nodes, int *chosen) {
    const Problem *problem = master->rows->problem;
    Watch watch = {0, nodes};
    glp_iocp options;
    glp_init_iocp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.br_tech = GLP_BR_DTH;
    options.bt_tech = GLP_BT_BLB;
    options.cb_func = watch_nodes;
    options.cb_info = &watch;
    int n = glp_get_num_cols(master->lp);
    for (int j = 1; j <= n; j++) {
        glp_set_col_kind(master->lp, j, GLP_IV);
    }
    double value = COST_INFINITE;
    int code = glp_intopt(master->lp, &options);
    int status = glp_mip_status(master->lp);
    bool found = (code == 0 || code == GLP_ESTOP || code == GLP_EMIPGAP) &&
                 (status == GLP_OPT || status == GLP_FEAS);
    if (found && glp_mip_obj_val(master->lp) < upper - 0.5) {
        value = glp_mip_obj_val(master->lp);
        for (int h = 0; h < problem->n_households; h++) {
            chosen[h] = NONE;
        }
        for (guint i = 0; i < master->pool->len; i++) {
            const Entry *entry = master->pool->pdata[i];
            if (glp_mip_col_val(master->lp, entry->position) > 0.5) {
                chosen[entry->itinerary->household] = (int)i;
            }
        }
    }
    for (int j = 1; j <= n; j++) {
        glp_set_col_kind(master->lp, j, GLP_CV);
    }
    return value;
}

void master_clean(Master *master) {
    enum { PATIENCE = 12 };
    const Problem *problem = master->rows->problem;
    int keep = 40 * problem->n_households + 2000;
    if ((int)master->pool->len <= keep) {
        return;
    }
    GPtrArray *old = master->pool;
    Master *fresh = master_new_linked(master->rows, master->links);
    fresh->fits = master->fits;
    fresh->context = master->context;
    fresh->eased = master->eased;
    fresh->age = master->age + 1;
    fresh->steps = master->steps + glp_get_it_cnt(master->lp);
    for (guint i = 0; i < old->len; i++) {
        Entry *entry = old->pdata[i];
        if (entry->idle < PATIENCE) {
            master_add(fresh, entry->itinerary);
            entry->itinerary = NULL;
        }
    }
    Master swap = *master;
    *master = *fresh;
    *fresh = swap;
    master_free(fresh);
}
