#include "solver/compact_program.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

typedef struct Column {
    Name name;
    Domain domain;
    double cost;
} Column;

typedef struct Row {
    Name name;
    Sense sense;
    double limit;
} Row;

typedef struct Entry {
    int32_t row, column;
    double coefficient;
} Entry;

struct Program {
    GArray *columns, *rows, *entries;
    unsigned most_columns, most_entries;
    bool full;
};

Program *program_new(int most_columns, int most_entries) {
    Program *program = g_new0(Program, 1);
    program->columns = g_array_new(FALSE, FALSE, sizeof(Column));
    program->rows = g_array_new(FALSE, FALSE, sizeof(Row));
    program->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    program->most_columns = (unsigned)most_columns;
    program->most_entries = (unsigned)most_entries;
    return program;
}

void program_free(Program *program) {
    if (program != NULL) {
        g_array_free(program->columns, TRUE);
        g_array_free(program->rows, TRUE);
        g_array_free(program->entries, TRUE);
        g_free(program);
    }
}

bool program_full(const Program *program) {
    return program->full;
}

int program_column(Program *program, Name name, Domain domain, double cost) {
    program->full = program->full || program->columns->len >= program->most_columns;
    if (program->full) {
        return -1;
    }
    Column column = {name, domain, cost};
    g_array_append_val(program->columns, column);
    return (int)program->columns->len - 1;
}

void program_add_cost(Program *program, int column, double cost) {
    if (!program->full) {
        g_array_index(program->columns, Column, column).cost += cost;
    }
}

int program_row(Program *program, Name name, Sense sense, double limit) {
    if (program->full) {
        return -1;
    }
    Row row = {name, sense, limit};
    g_array_append_val(program->rows, row);
    return (int)program->rows->len - 1;
}

void program_add_limit(Program *program, int row, double limit) {
    if (!program->full) {
        g_array_index(program->rows, Row, row).limit += limit;
    }
}

void program_entry(Program *program, int row, int column, double coefficient) {
    program->full = program->full || program->entries->len >= program->most_entries;
    if (!program->full) {
        Entry entry = {row, column, coefficient};
        g_array_append_val(program->entries, entry);
    }
}

/* ---- As GLPK's --------------------------------------------------------------------------- */

static const char *write_name(const Name *name, char *text, size_t room) {
    int n = snprintf(text, room, "%s", name->word);
    for (int i = 0; i < NAME_INDICES && name->index[i] != UNUSED; i++) {
        n += snprintf(text + n, room - (size_t)n, "_%d", name->index[i]);
    }
    return text;
}

static void load_columns(const Program *program, glp_prob *prob) {
    char text[80];
    if (program->columns->len == 0) {
        return;
    }
    glp_add_cols(prob, (int)program->columns->len);
    for (unsigned i = 0; i < program->columns->len; i++) {
        const Column *column = &g_array_index(program->columns, Column, i);
        int j = (int)i + 1;
        glp_set_col_name(prob, j, write_name(&column->name, text, sizeof text));
        glp_set_obj_coef(prob, j, column->cost);
        switch (column->domain) {
        case DOMAIN_BINARY:
            glp_set_col_kind(prob, j, GLP_BV);
            break;
        case DOMAIN_SHARE:
            glp_set_col_bnds(prob, j, GLP_DB, 0, 1);
            break;
        case DOMAIN_ONE:
            glp_set_col_bnds(prob, j, GLP_FX, 1, 1);
            break;
        }
    }
}

/* Where each row's entries begin in entry_of[], which lists the entries row by row. */
static int *sort_entries(const Program *program, int *first) {
    unsigned n = program->entries->len;
    int *entry_of = g_new(int, n + 1);
    for (unsigned e = 0; e < n; e++) {
        first[g_array_index(program->entries, Entry, e).row + 2]++;
    }
    for (unsigned i = 0; i < program->rows->len; i++) {
        first[i + 2] += first[i + 1];
    }
    for (unsigned e = 0; e < n; e++) {
        entry_of[first[g_array_index(program->entries, Entry, e).row + 1]++] = (int)e;
    }
    return entry_of;
}

/* Entries of one place are added up, because GLPK ends the process over duplicates. */
static void load_rows(const Program *program, glp_prob *prob) {
    unsigned n_rows = program->rows->len;
    int *first = g_new0(int, n_rows + 2);
    int *place = g_new0(int, program->columns->len + 1); /* of a column in the row at hand */
    int *entry_of = sort_entries(program, first);
    int *index = g_new(int, program->columns->len + 1);
    double *value = g_new(double, program->columns->len + 1);
    char text[80];
    for (unsigned i = 0; i < n_rows; i++) {
        int n = 0;
        for (int e = first[i]; e < first[i + 1]; e++) {
            const Entry *entry = &g_array_index(program->entries, Entry, entry_of[e]);
            if (place[entry->column] == 0) {
                place[entry->column] = ++n;
                index[n] = entry->column + 1;
                value[n] = 0;
            }
            value[place[entry->column]] += entry->coefficient;
        }
        int kept = 0;
        for (int k = 1; k <= n; k++) {
            place[index[k] - 1] = 0;
            if (value[k] != 0) {
                kept++;
                index[kept] = index[k];
                value[kept] = value[k];
            }
        }
        if (kept > 0) {
            const Row *row = &g_array_index(program->rows, Row, i);
            int at = glp_add_rows(prob, 1);
            glp_set_row_name(prob, at, write_name(&row->name, text, sizeof text));
            glp_set_row_bnds(prob, at, row->sense == SENSE_EQUAL ? GLP_FX : GLP_UP, row->limit,
                             row->limit);
            glp_set_mat_row(prob, at, kept, index, value);
        }
    }
    g_free(first);
    g_free(place);
    g_free(entry_of);
    g_free(index);
    g_free(value);
}

/* A row that always holds, for columns that would stand nowhere: GLPK writes these with a comment
 * that other solvers do not read. */
static void load_idle(const Program *program, glp_prob *prob) {
    int n_columns = (int)program->columns->len;
    int *index = g_new(int, n_columns + 1);
    double *value = g_new(double, n_columns + 1);
    int n = 0;
    for (int j = 1; j <= n_columns; j++) {
        if (glp_get_obj_coef(prob, j) == 0 && glp_get_mat_col(prob, j, NULL, NULL) == 0) {
            index[++n] = j;
            value[n] = 1;
        }
    }
    if (n > 0) {
        int at = glp_add_rows(prob, 1);
        glp_set_row_name(prob, at, "idle");
        glp_set_row_bnds(prob, at, GLP_UP, 0, n);
        glp_set_mat_row(prob, at, n, index, value);
    }
    g_free(index);
    g_free(value);
}

glp_prob *program_load(const Program *program) {
    glp_prob *prob = glp_create_prob();
    glp_set_prob_name(prob, "pilote");
    glp_set_obj_name(prob, "total");
    glp_set_obj_dir(prob, GLP_MIN);
    load_columns(program, prob);
    load_rows(program, prob);
    load_idle(program, prob);
    return prob;
}
