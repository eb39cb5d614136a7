/* read_progress.c: progress.csv: what is done, started, confirmed or announced. */
#include "io/fact_check.h"
#include "io/sheet.h"
#include "solver/language.h"

static const ReferenceTo household = {offsetof(Reader, households),
                                      N_("a household of households.csv")};
static const ReferenceTo resource = {offsetof(Reader, resources),
                                     N_("a resource of resources.csv")};
static const ReferenceTo home = {offsetof(Reader, homes), N_("a home of homes.csv")};
static const Word statuses[] = {
    {"done", STATUS_DONE},           {"fait", STATUS_DONE},
    {"faite", STATUS_DONE},          {"termine", STATUS_DONE},
    {"terminee", STATUS_DONE},       {"started", STATUS_STARTED},
    {"commence", STATUS_STARTED},    {"commencee", STATUS_STARTED},
    {"en_cours", STATUS_STARTED},    {"confirmed", STATUS_CONFIRMED},
    {"confirme", STATUS_CONFIRMED},  {"confirmee", STATUS_CONFIRMED},
    {"announced", STATUS_ANNOUNCED}, {"annonce", STATUS_ANNOUNCED},
    {"annoncee", STATUS_ANNOUNCED},
};
static const Choice status = {statuses, COUNT(statuses),
                              N_("done, started, confirmed or announced")};

static bool moment(const Cell *cell, date_t *date, minute_t *minute) {
    return words_date_time(cell->text, date, minute) ||
           cell_fault(cell, _("a date such as 2026-09-14, or for an appointment a date and time "
                              "such as 2026-09-14 18:30"));
}

static bool cell_start(const Cell *cell, void *field) {
    FactRow *row = field;
    return moment(cell, &row->fact.start, &row->fact.start_minute);
}

static bool cell_finish(const Cell *cell, void *field) {
    FactRow *row = field;
    return moment(cell, &row->fact.finish, &row->fact.finish_minute);
}

#define FIELD(name) offsetof(FactRow, name)
const Column fact_columns[FACT_COLUMNS] = {
    [FACT_HOUSEHOLD] = {"household", "menage", true, cell_reference, FIELD(household), &household},
    [FACT_TASK] = {"task", "tache", true, cell_id, FIELD(task_id), NULL},
    [FACT_STATUS] = {"status", "statut", true, cell_choice, FIELD(fact.status), &status},
    [FACT_START] = {"start", "debut", true, cell_start, 0, NULL},
    [FACT_FINISH] = {"finish", "fin", false, cell_finish, 0, NULL},
    [FACT_MEMBER] = {"member", "intervenant", false, cell_reference, FIELD(fact.member), &resource},
    [FACT_HOME] = {"home", "logement_relais", false, cell_reference, FIELD(fact.home), &home},
};
#undef FIELD

bool fact_status(const char *text, Status *read) {
    int value;
    bool known = words_choice(text, statuses, COUNT(statuses), &value);
    if (known)
        *read = (Status)value;
    return known;
}

static const SheetKind kind = {"progress.csv", false, fact_columns, FACT_COLUMNS, MAX_TABLE_ROWS};

/* The index of the row's task in its household's package, or NONE. */
static int task_index(const Sheet *sheet, const FactRow *row) {
    const Reader *reader = sheet->reader;
    if (row->household == NONE || row->task_id == NULL)
        return NONE;
    int package = reader->op->households[row->household].package;
    if (package == NONE)
        return NONE;
    References *tasks = reader->tasks->pdata[package];
    int task = references_find(tasks, row->task_id);
    if (task == NONE && !references_incomplete(tasks)) {
        char *expected = g_strdup_printf(_("a task of the package '%s'"),
                                         references_id(reader->package_ids, package));
        char *hint = reader_hint(tasks, row->task_id, expected);
        sheet_fault(sheet, row->row, FACT_TASK, hint);
        g_free(hint);
        g_free(expected);
    }
    return task;
}

/* Puts the fact into its household, unless another row speaks of the same task. */
static void set_fact(const Sheet *sheet, FactRow *row) {
    Fact *place = &sheet->reader->op->households[row->household].facts[row->task];
    if (place->line != 0) {
        char *expected = g_strdup_printf(
            _("each task of a household only once; line %d speaks of it already"), place->line);
        sheet_fault(sheet, row->row, FACT_TASK, expected);
        g_free(expected);
        return;
    }
    *place = row->fact;
}

static FactRow read_one(const Sheet *sheet, int index) {
    FactRow row = {.row = index, .household = NONE, .task = NONE};
    row.fact = (Fact){.status = STATUS_PROPOSED,
                      .start = DATE_NONE,
                      .start_minute = MINUTE_NONE,
                      .finish = DATE_NONE,
                      .finish_minute = MINUTE_NONE,
                      .member = NONE,
                      .home = NONE,
                      .line = sheet_line(sheet, index)};
    row.faulty = sheet_row(sheet, index, &row);
    row.task = task_index(sheet, &row);
    if (row.task != NONE) {
        fact_check(sheet, &row);
        set_fact(sheet, &row);
    }
    return row;
}

void read_progress(Reader *reader) {
    Sheet sheet;
    sheet_open(&sheet, reader, &kind, NULL);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(FactRow));
    for (int i = 0; i < sheet.n_rows; i++) {
        FactRow row = read_one(&sheet, i);
        g_array_append_val(rows, row);
    }
    facts_check(&sheet, (const FactRow *)(const void *)rows->data, (int)rows->len);
    g_array_free(rows, TRUE);
    sheet_close(&sheet);
}
