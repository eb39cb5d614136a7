/* read_calendar.c: calendar.csv: holidays, closures and extra crews. */
#include "io/sheet.h"
#include "io/slot_list.h"
#include "solver/language.h"

enum { RESOURCE, FROM, UNTIL, CAPACITY, SLOTS, LABEL, N_COLUMNS };

static const Bounds capacity = {0, (int64_t)MAX_AMOUNT *MILLI};

typedef struct CalendarFields {
    CalendarRow row;
    const char *slots;
} CalendarFields;

/* A resource or a role that another thing of the same name shadows would be a guess. */
static bool cell_whom(const Cell *cell, void *field) {
    CalendarFields *fields = field;
    const Reader *reader = cell->sheet->reader;
    if (g_str_equal(cell->text, "*"))
        return true;
    int resource = references_find(reader->resources, cell->text);
    int role = references_find(reader->roles, cell->text);
    if (resource != NONE && role != NONE) {
        const Role *both = &reader->op->roles[role];
        if (both->n_members != 1 || both->members[0] != resource)
            return cell_fault(cell, _("a name of its own: this is a resource and also a role "
                                      "with other members"));
    }
    fields->row.resource = resource;
    fields->row.role = resource == NONE ? role : NONE;
    if (resource != NONE || role != NONE)
        return true;
    if (references_incomplete(reader->resources) || references_incomplete(reader->roles))
        return false;
    const char *expected = _("a resource or a role of resources.csv, or *");
    char *hint = reader_hint(reader->resources, cell->text, expected);
    char *other = reader_hint(reader->roles, cell->text, expected);
    cell_fault(cell, g_str_equal(hint, expected) ? other : hint);
    g_free(hint);
    g_free(other);
    return false;
}

#define FIELD(name) offsetof(CalendarFields, row.name)
static const Column columns[N_COLUMNS] = {
    [RESOURCE] = {"resource", "ressource", true, cell_whom, 0, NULL},
    [FROM] = {"from", "du", true, cell_date, FIELD(from), NULL},
    [UNTIL] = {"until", "au", false, cell_date, FIELD(until), NULL},
    [CAPACITY] = {"capacity", "capacite", false, cell_amount, FIELD(capacity), &capacity},
    [SLOTS] = {"slots", "creneaux", false, cell_text, offsetof(CalendarFields, slots), NULL},
    [LABEL] = {"label", "libelle", false, cell_text, FIELD(label), NULL},
};
#undef FIELD

static const SheetKind kind = {"calendar.csv", false, columns, N_COLUMNS, MAX_TABLE_ROWS};

static bool concerns(const CalendarRow *row, const Operation *op, int r) {
    if (row->resource != NONE)
        return row->resource == r;
    return row->role == NONE || row->role == op->resources[r].role;
}

/* Slots mean nothing to crews, and people come in whole numbers. */
static void check_measures(const Sheet *sheet, int index, const CalendarFields *fields) {
    const Operation *op = sheet->reader->op;
    const CalendarRow *row = &fields->row;
    bool clock = false, other = false;
    for (int r = 0; r < op->n_resources; r++)
        if (concerns(row, op, r)) {
            clock |= op->resources[r].measure == MEASURE_CLOCK;
            other |= op->resources[r].measure != MEASURE_CLOCK;
        }
    if (other && *fields->slots != '\0')
        sheet_fault(sheet, index, SLOTS,
                    _("a blank cell: only clock resources have slots, and this row concerns "
                      "others too"));
    if (clock && (row->capacity % MILLI != 0 || row->capacity > (milli_t)MAX_PEOPLE * MILLI))
        sheet_fault(sheet, index, CAPACITY, _("a whole number of people, at most 1000"));
}

static void read_one(const Sheet *sheet, int index, GArray *rows) {
    CalendarFields fields = {.slots = ""};
    CalendarRow *row = &fields.row;
    row->resource = row->role = NONE;
    row->from = row->until = DATE_NONE;
    row->label = "";
    row->line = sheet_line(sheet, index);
    uint32_t faulty = sheet_row(sheet, index, &fields);
    if (row->until == DATE_NONE)
        row->until = row->from;
    sheet_check_range(sheet, index, FROM, UNTIL, row->from, row->until);
    row->closed = row->capacity == 0;
    if (*fields.slots != '\0')
        slot_list(sheet, index, SLOTS, &row->slots, NULL);
    if ((faulty & 1U << RESOURCE) == 0)
        check_measures(sheet, index, &fields);
    g_array_append_val(rows, *row);
}

void read_calendar(Reader *reader) {
    Sheet sheet;
    sheet_open(&sheet, reader, &kind, NULL);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(CalendarRow));
    for (int row = 0; row < sheet.n_rows; row++)
        read_one(&sheet, row, rows);
    reader->op->calendar = reader_keep(reader, rows, &reader->op->n_calendar);
    sheet_close(&sheet);
}
