/* read_homes.c: homes.csv: the temporary homes. */
#include "io/sheet.h"

enum { HOME, BUILDING, ROOMS, ACCESSIBLE, FROM, UNTIL, N_COLUMNS };

static const Bounds rooms = {0, 100};

static const Column columns[N_COLUMNS] = {
    [HOME] = {"home", "logement_relais", true, cell_id, offsetof(Home, id), NULL},
    [BUILDING] = {"building", "batiment", false, cell_text, offsetof(Home, building), NULL},
    [ROOMS] = {"rooms", "pieces", false, cell_whole, offsetof(Home, rooms), &rooms},
    [ACCESSIBLE] = {"accessible", "pmr", false, cell_flag, offsetof(Home, accessible), NULL},
    [FROM] = {"from", "du", false, cell_date, offsetof(Home, from), NULL},
    [UNTIL] = {"until", "au", false, cell_date, offsetof(Home, until), NULL},
};

static const SheetKind kind = {"homes.csv", false, columns, N_COLUMNS, MAX_HOMES};

void read_homes(Reader *reader) {
    Sheet sheet;
    sheet_open(&sheet, reader, &kind, reader->homes);
    GArray *homes = g_array_new(FALSE, FALSE, sizeof(Home));
    for (int row = 0; row < sheet.n_rows; row++) {
        Home home = {.building = "", .rooms = 1, .from = DATE_NONE, .until = DATE_NONE};
        home.line = sheet_line(&sheet, row);
        sheet_row(&sheet, row, &home);
        sheet_check_range(&sheet, row, FROM, UNTIL, home.from, home.until);
        if (sheet_id(&sheet, row, HOME, home.id, reader->homes) != NONE)
            g_array_append_val(homes, home);
    }
    reader->op->homes = reader_keep(reader, homes, &reader->op->n_homes);
    sheet_close(&sheet);
}
