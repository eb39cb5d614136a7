/* read_availability.c: availability.csv: when tenants receive somebody, and when they are away. */
#include <string.h>

#include "io/sheet.h"
#include "solver/language.h"

enum { HOUSEHOLD, DAYS, FROM, TO, KIND, N_COLUMNS };
enum { END_OF_DAY = 24 * 60 };

static const ReferenceTo household = {offsetof(Reader, households),
                                      N_("a household of households.csv")};
static const Word kinds[] = {
    {"available", AVAILABLE}, {"disponible", AVAILABLE}, {"dispo", AVAILABLE},
    {"preferred", PREFERRED}, {"prefere", PREFERRED},    {"preferee", PREFERRED},
    {"absent", ABSENT},       {"absente", ABSENT},       {"absence", ABSENT},
};
static const Choice kind_of_row = {kinds, COUNT(kinds), N_("available, preferred or absent")};

/* A date or two dates with `..` between them. */
static bool dates(const char *text, AvailabilityRow *row) {
    char **ends = g_strsplit(text, "..", 2);
    bool good = ends[0] != NULL && words_date(ends[0], &row->from);
    row->until = row->from;
    if (good && ends[1] != NULL)
        good = words_date(ends[1], &row->until);
    g_strfreev(ends);
    return good;
}

static bool cell_days(const Cell *cell, void *field) {
    AvailabilityRow *row = field;
    if (words_weekdays(cell->text, row->weekdays))
        return true;
    if (!dates(cell->text, row))
        return cell_fault(cell, _("days such as mon-fri or sat, a date such as 2026-09-14, or "
                                  "2026-12-20..2027-01-04"));
    return row->from <= row->until ||
           cell_fault(cell, _("a first date that is not after the last one"));
}

static const Column columns[N_COLUMNS] = {
    [HOUSEHOLD] = {"household", "menage", true, cell_reference,
                   offsetof(AvailabilityRow, household), &household},
    [DAYS] = {"days", "jours", true, cell_days, 0, NULL},
    [FROM] = {"from", "de", false, cell_time, offsetof(AvailabilityRow, start), NULL},
    [TO] = {"to", "a", false, cell_time, offsetof(AvailabilityRow, end), NULL},
    [KIND] = {"kind", "type", true, cell_choice, offsetof(AvailabilityRow, kind), &kind_of_row},
};

static const SheetKind kind = {"availability.csv", false, columns, N_COLUMNS, MAX_TABLE_ROWS};

void read_availability(Reader *reader) {
    Sheet sheet;
    sheet_open(&sheet, reader, &kind, NULL);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(AvailabilityRow));
    for (int row = 0; row < sheet.n_rows; row++) {
        AvailabilityRow fields = {
            .household = NONE, .from = DATE_NONE, .until = DATE_NONE, .end = END_OF_DAY};
        fields.line = sheet_line(&sheet, row);
        uint32_t faulty = sheet_row(&sheet, row, &fields);
        if ((faulty & (1U << FROM | 1U << TO)) == 0 && fields.start >= fields.end)
            sheet_fault(&sheet, row, *sheet_cell(&sheet, row, TO) != '\0' ? TO : FROM,
                        _("a window that ends after it begins"));
        g_array_append_val(rows, fields);
    }
    reader->op->availability = reader_keep(reader, rows, &reader->op->n_availability);
    sheet_close(&sheet);
}
