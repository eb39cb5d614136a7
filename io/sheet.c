/* sheet.c: rows of text into structs, by a table of columns. */
#include "io/sheet.h"

#include <string.h>

#include "io/tell.h"
#include "solver/language.h"

void sheet_open(Sheet *sheet, Reader *reader, const SheetKind *kind, References *ids) {
    int errors = faults_count(reader->faults, FAULT_ERROR);
    *sheet = (Sheet){kind, reader, NULL, 0};
    GString *bytes = reader_file(reader, kind->file, kind->required);
    if (bytes != NULL)
        sheet->table =
            table_parse(bytes, kind->file, kind->columns, kind->n_columns, reader->faults);
    bool complete = faults_count(reader->faults, FAULT_ERROR) == errors;
    if (sheet->table != NULL) {
        complete = table_complete(sheet->table);
        sheet->n_rows = table_rows(sheet->table);
        if (kind->required && complete && sheet->n_rows == 0)
            faults_say(reader->faults, FAULT_ERROR, kind->file, 0,
                       _("there is no row below the column names"));
    }
    if (sheet->n_rows > kind->max_rows) {
        faults_say(reader->faults, FAULT_ERROR, kind->file, sheet_line(sheet, kind->max_rows),
                   _("more than %d rows; the rest was not read"), kind->max_rows);
        sheet->n_rows = kind->max_rows;
        complete = false;
    }
    if (!complete && ids != NULL)
        references_set_incomplete(ids);
}

void sheet_close(Sheet *sheet) {
    table_free(sheet->table);
    sheet->table = NULL;
}

uint32_t sheet_row(const Sheet *sheet, int row, void *fields) {
    uint32_t faulty = 0;
    for (int c = 0; c < sheet->kind->n_columns; c++) {
        const Column *column = &sheet->kind->columns[c];
        Cell cell = {sheet, column->detail, row, c, sheet_cell(sheet, row, c)};
        bool good;
        if (*cell.text == '\0') {
            good = !column->required;
            if (!good)
                cell_fault(&cell, _("a value, not a blank cell"));
        } else {
            good = column->parse(&cell, (char *)fields + column->offset);
        }
        if (!good)
            faulty |= 1U << c;
    }
    return faulty;
}

int sheet_line(const Sheet *sheet, int row) {
    return table_line(sheet->table, row);
}

const char *sheet_cell(const Sheet *sheet, int row, int column) {
    return table_cell(sheet->table, row, column);
}

void sheet_fault(const Sheet *sheet, int row, int column, const char *expected) {
    table_fault(sheet->table, row, column, FAULT_ERROR, expected);
}

void sheet_warning(const Sheet *sheet, int row, int column, const char *expected) {
    table_fault(sheet->table, row, column, FAULT_WARNING, expected);
}

int sheet_id(const Sheet *sheet, int row, int column, const char *id, References *references) {
    if (id == NULL)
        return NONE;
    int index = references_add(references, id, sheet_line(sheet, row));
    if (index == NONE) {
        char *expected =
            g_strdup_printf(_("an id of its own; line %d has this one already"),
                            references_line(references, references_find(references, id)));
        sheet_fault(sheet, row, column, expected);
        g_free(expected);
    }
    return index;
}

void sheet_check_range(const Sheet *sheet, int row, int from_column, int until_column, date_t from,
                       date_t until) {
    if (from == DATE_NONE || until == DATE_NONE || from <= until)
        return;
    char date[DATE_TEXT];
    char *expected = g_strdup_printf(_("a date on or after %s, which column '%s' says"),
                                     tell_moment(sheet->reader->op, from, MINUTE_NONE, date),
                                     sheet->kind->columns[from_column].name);
    sheet_fault(sheet, row, until_column, expected);
    g_free(expected);
}

bool cell_fault(const Cell *cell, const char *expected) {
    sheet_fault(cell->sheet, cell->row, cell->column, expected);
    return false;
}

bool cell_text(const Cell *cell, void *field) {
    *(const char **)field = arena_strdup(cell->sheet->reader->op->arena, cell->text);
    return true;
}

bool cell_id(const Cell *cell, void *field) {
    if (strpbrk(cell->text, "\n\t") != NULL)
        return cell_fault(cell, _("an id on one line"));
    return cell_text(cell, field);
}

bool cell_date(const Cell *cell, void *field) {
    date_t date;
    minute_t minute;
    /* Spreadsheets like to add midnight to a date. */
    if (!words_date_time(cell->text, &date, &minute) || minute > 0)
        return cell_fault(cell, _("a date such as 2026-09-14 or 14/09/2026"));
    *(date_t *)field = date;
    return true;
}

bool cell_time(const Cell *cell, void *field) {
    return words_time(cell->text, field) || cell_fault(cell, _("a time such as 18:30 or 18h30"));
}

bool cell_flag(const Cell *cell, void *field) {
    return words_flag(cell->text, field) || cell_fault(cell, _("yes or no"));
}

static bool whole(const Cell *cell, int64_t *number) {
    const Bounds *bounds = cell->detail;
    int64_t read;
    if (!words_whole(cell->text, &read) || read < bounds->min || read > bounds->max) {
        char *expected = g_strdup_printf(_("a whole number from %ld to %ld"), (long)bounds->min,
                                         (long)bounds->max);
        cell_fault(cell, expected);
        g_free(expected);
        return false;
    }
    *number = read;
    return true;
}

bool cell_whole(const Cell *cell, void *field) {
    int64_t number;
    if (!whole(cell, &number))
        return false;
    *(int *)field = (int)number;
    return true;
}

bool cell_cost(const Cell *cell, void *field) {
    int64_t number;
    if (!whole(cell, &number))
        return false;
    *(cost_t *)field = number;
    return true;
}

bool cell_amount(const Cell *cell, void *field) {
    const Bounds *bounds = cell->detail;
    milli_t amount;
    if (!words_amount(cell->text, &amount) || amount < bounds->min || amount > bounds->max) {
        char *expected = g_strdup_printf(_("a number from %.10g to %.10g with at most 3 decimals"),
                                         (double)bounds->min / MILLI, (double)bounds->max / MILLI);
        cell_fault(cell, expected);
        g_free(expected);
        return false;
    }
    *(milli_t *)field = amount;
    return true;
}

bool cell_choice(const Cell *cell, void *field) {
    const Choice *choice = cell->detail;
    return words_choice(cell->text, choice->words, choice->n, field) ||
           cell_fault(cell, _(choice->expected));
}

bool cell_reference(const Cell *cell, void *field) {
    const ReferenceTo *to = cell->detail;
    References *references = *(References *const *)((const char *)cell->sheet->reader + to->offset);
    int index = references_find(references, cell->text);
    if (index == NONE) {
        if (!references_incomplete(references)) {
            char *expected = reader_hint(references, cell->text, _(to->expected));
            cell_fault(cell, expected);
            g_free(expected);
        }
        return false;
    }
    *(int *)field = index;
    return true;
}
