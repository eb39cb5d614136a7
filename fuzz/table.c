/* table.c: any bytes as a table, and the places of its cells. */
#include <string.h>

#include "fuzz/support.h"
#include "io/csv.h"
#include "io/csv_layout.h"
#include "io/csv_text.h"

static const Column columns[] = {
    {"household", "menage", true, NULL, 0, NULL},
    {"task", "tache", false, NULL, 0, NULL},
    {"start", "debut", false, NULL, 0, NULL},
};

/* The first byte of line `line`. */
static size_t line_start(const CsvLayout *layout, int line) {
    size_t place = layout->head;
    for (int l = layout->head_line; l < line; l++)
        place += csv_line_length(layout->bytes->str + place);
    return place;
}

/* Where a row stands, its cells are found as they were read. */
static void find_cells(const Table *table, const GString *bytes) {
    CsvLayout layout = csv_layout(bytes);
    require(layout.delimiter == table_delimiter(table));
    size_t next = 0;
    GArray *names = csv_layout_cells(&layout, layout.head, &next);
    int place = -1;
    for (guint i = 0; i < names->len; i++) {
        char *name = csv_layout_text(&layout, g_array_index(names, CsvSpan, i));
        if (g_str_equal(name, "household"))
            place = (int)i;
        g_free(name);
    }
    for (int row = 0; place >= 0 && row < table_rows(table); row++) {
        size_t start = line_start(&layout, table_line(table, row));
        GArray *cells = csv_layout_cells(&layout, start, &next);
        require(next > start);
        char *text = place < (int)cells->len
                         ? csv_layout_text(&layout, g_array_index(cells, CsvSpan, (guint)place))
                         : g_strdup("");
        require(g_str_equal(text, table_cell(table, row, 0)));
        g_free(text);
        g_array_free(cells, TRUE);
    }
    g_array_free(names, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    GString *bytes = g_string_new_len((const char *)data, (gssize)size);
    Faults *faults = faults_new();
    Table *table = table_parse(g_string_new_len(bytes->str, (gssize)bytes->len), "fuzz.csv",
                               columns, (int)G_N_ELEMENTS(columns), faults);
    for (int row = 0; table != NULL && row < table_rows(table); row++)
        for (int c = 0; c < (int)G_N_ELEMENTS(columns); c++)
            require(g_utf8_validate(table_cell(table, row, c), -1, NULL));
    if (table != NULL && faults_count(faults, FAULT_ERROR) == 0)
        find_cells(table, bytes);
    table_free(table);
    faults_free(faults);
    g_string_free(bytes, TRUE);
    return 0;
}
