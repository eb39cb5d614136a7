/* master_branch.c: the master program of a branch, which some columns do not fit. */
#include "solver/master_internal.h"

void master_restrict(Master *master, bool (*fits)(const void *context, const Itinerary *itinerary),
                     const void *context) {
    master->branched = true;
    master->fits = fits;
    master->context = context;
    for (guint i = 0; i < master->pool->len; i++) {
        Entry *entry = master->pool->pdata[i];
        entry->fits = fits(context, entry->itinerary);
        glp_set_col_bnds(master->lp, entry->position, entry->fits ? GLP_LO : GLP_FX, 0, 0);
    }
}

void master_set_eased(Master *master, bool eased) {
    int households = master->rows->problem->n_households;
    if (master->eased == eased) {
        return;
    }
    master->eased = eased;
    for (guint i = 0; i < master->labels->len; i++) {
        int row = g_array_index(master->labels, int, i);
        if (row >= master->rows->n) {
            glp_set_row_bnds(master->lp, households + 1 + (int)i, GLP_UP, 0,
                             master_ease_of(master, row));
        }
    }
    master->branched = true;
}

int master_steps(const Master *master) {
    return master->steps + glp_get_it_cnt(master->lp);
}

/* ---- Bases ------------------------------------------------------------------------------- */

MasterBasis *master_basis(const Master *master) {
    int households = master->rows->problem->n_households;
    int n_columns = glp_get_num_cols(master->lp);
    int n_rows = glp_get_num_rows(master->lp);
    MasterBasis *basis = g_malloc(sizeof(MasterBasis) + sizeof(int) * (size_t)(n_columns + n_rows));
    basis->age = master->age;
    basis->n_columns = basis->n_rows = 0;
    for (int j = 1; j <= n_columns; j++) {
        if (glp_get_col_stat(master->lp, j) == GLP_BS) {
            basis->index[basis->n_columns++] = j;
        }
    }
    int *row = basis->index + basis->n_columns;
    for (int i = households + 1; i <= n_rows; i++) {
        if (glp_get_row_stat(master->lp, i) != GLP_BS) {
            row[basis->n_rows++] = g_array_index(master->labels, int, i - households - 1);
        }
    }
    return g_realloc(basis, sizeof(MasterBasis) +
                                sizeof(int) * (size_t)(basis->n_columns + basis->n_rows + 1));
}

void master_return(Master *master, const MasterBasis *basis) {
    const Problem *problem = master->rows->problem;
    if (basis->age != master->age) {
        return;
    }
    /* What bound then and has been taken out since comes in again; what has come in since is slack,
     * so that the number of basic variables is right. */
    const int *row = basis->index + basis->n_columns;
    for (int i = 0; i < basis->n_rows; i++) {
        if (row[i] >= 0 && master->row_position[row[i]] == 0) {
            master_enter_row(master, row[i]);
        }
    }
    for (int j = 1; j <= glp_get_num_cols(master->lp); j++) {
        glp_set_col_stat(master->lp, j, GLP_NL);
    }
    for (int i = 1; i <= glp_get_num_rows(master->lp); i++) {
        glp_set_row_stat(master->lp, i, i <= problem->n_households ? GLP_NS : GLP_BS);
    }
    for (int j = 0; j < basis->n_columns; j++) {
        glp_set_col_stat(master->lp, basis->index[j], GLP_BS);
    }
    for (int i = 0; i < basis->n_rows; i++) {
        glp_set_row_stat(
            master->lp, row[i] >= 0 ? master->row_position[row[i]] : master->week_position[~row[i]],
            GLP_NU);
    }
}

/* ---- Columns ----------------------------------------------------------------------------- */

double master_share(const Master *master, int i) {
    const Entry *entry = master->pool->pdata[i];
    return entry->fits ? glp_get_col_prim(master->lp, entry->position) : 0;
}

double master_cheapest(const Master *master, int h, const double *multiplier,
                       const Column **column) {
    const ProblemHousehold *household = &master->rows->problem->households[h];
    double least =
        (double)(household->n_free == 0 ? household->constant : household->unplanned_cost);
    least += column_price(&master->held[h], multiplier);
    *column = &master->held[h];
    for (guint i = 0; i < master->pool->len; i++) {
        const Entry *entry = master->pool->pdata[i];
        if (entry->itinerary->household == h && entry->fits) {
            double price =
                (double)entry->itinerary->cost + column_price(&entry->column, multiplier);
            if (price < least) {
                least = price;
                *column = &entry->column;
            }
        }
    }
    return least;
}
