/* fact_check.c: facts that contradict themselves, their task or each other. */
#include "io/fact_check.h"

#include "io/tell.h"
#include "solver/language.h"

static const Task *task_of(const Sheet *sheet, const FactRow *row) {
    return &household_package(sheet->reader->op, row->household)->tasks[row->task];
}

/* `format` has one %s for the date. */
static void fault_on_date(const Sheet *sheet, const FactRow *row, int column, const char *format,
                          date_t date) {
    char text[DATE_TEXT];
    char *expected =
        g_strdup_printf(format, tell_moment(sheet->reader->op, date, MINUTE_NONE, text));
    sheet_fault(sheet, row->row, column, expected);
    g_free(expected);
}

/* Works are counted in days. */
static void check_times(const Sheet *sheet, FactRow *row) {
    const Task *task = task_of(sheet, row);
    if (task->days == 0 || task->minutes > 0)
        return;
    minute_t *minutes[] = {&row->fact.start_minute, &row->fact.finish_minute};
    for (int i = 0; i < COUNT(minutes); i++) {
        if (*minutes[i] > 0)
            sheet_fault(sheet, row->row, i == 0 ? FACT_START : FACT_FINISH,
                        _("a date without a time, for works are counted in days"));
        *minutes[i] = MINUTE_NONE;
    }
}

static void check_dates(const Sheet *sheet, const FactRow *row) {
    const Fact *fact = &row->fact;
    date_t as_of = sheet->reader->op->as_of;
    if (fact->start != DATE_NONE && as_of != DATE_NONE) {
        if (has_begun(fact) && fact->start > as_of)
            fault_on_date(sheet, row, FACT_START,
                          _("a date until %s, the day of the plan, for what has begun"), as_of);
        /* More is a slip in the year, and counts nights by the thousand. */
        if (fact->start < as_of - MAX_DAYS)
            fault_on_date(sheet, row, FACT_START, _("a date not ten years before %s"), as_of);
        if (fact->start > as_of + 2 * MAX_DAYS)
            fault_on_date(sheet, row, FACT_START, _("a date not twenty years after %s"), as_of);
    }
    if (fact->finish == DATE_NONE || fact->start == DATE_NONE)
        return;
    if (fact->finish < fact->start ||
        (fact->finish == fact->start && fact->finish_minute != MINUTE_NONE &&
         fact->finish_minute < fact->start_minute))
        fault_on_date(sheet, row, FACT_FINISH, _("a finish that is not before the start, %s"),
                      fact->start);
    else if (fact->finish > fact->start + MAX_DAYS)
        fault_on_date(sheet, row, FACT_FINISH, _("a date not ten years after the start, %s"),
                      fact->start);
    else if (fact->status == STATUS_DONE && as_of != DATE_NONE && fact->finish > as_of)
        fault_on_date(sheet, row, FACT_FINISH,
                      _("a date until %s, the day of the plan, for what is done"), as_of);
    else if (fact->status == STATUS_STARTED && as_of != DATE_NONE && fact->finish < as_of)
        sheet_warning(sheet, row->row, FACT_STATUS,
                      _("done, since the finish is past, or a later finish"));
}

/* A promise that no plan can keep is worth a word before it is broken. */
static void check_promise(const Sheet *sheet, const FactRow *row) {
    const Operation *op = sheet->reader->op;
    const Task *task = task_of(sheet, row);
    minute_t start = row->fact.start_minute;
    if (has_begun(&row->fact) || task->minutes == 0 || start == MINUTE_NONE ||
        references_incomplete(sheet->reader->slots))
        return;
    bool in_slot = false, on_grid = false;
    for (int s = 0; s < op->n_slots; s++) {
        const Slot *slot = &op->slots[s];
        if (start < slot->from || start + task->minutes > slot->to)
            continue;
        in_slot = true;
        on_grid = (start - slot->from) % op->grid_minutes == 0;
    }
    if (!in_slot)
        sheet_warning(sheet, row->row, FACT_START,
                      _("an appointment that lies inside one slot; this one will be moved"));
    else if (!on_grid)
        sheet_warning(sheet, row->row, FACT_START,
                      _("a start on the grid of the slot; this one will be moved"));
}

static void check_member(const Sheet *sheet, const FactRow *row) {
    const Reader *reader = sheet->reader;
    const Task *task = task_of(sheet, row);
    int role = row->fact.member != NONE ? reader->op->resources[row->fact.member].role : NONE;
    int package = reader->op->households[row->household].package;
    bool needed = role == NONE || reader_is_unsure(reader, package, row->task);
    for (int i = 0; i < task->n_needs; i++)
        needed |= task->needs[i].role == role;
    if (!needed)
        sheet_fault(sheet, row->row, FACT_MEMBER, _("a member of a role that the task needs"));
}

static void check_home(const Sheet *sheet, const FactRow *row) {
    const Reader *reader = sheet->reader;
    const Household *household = &reader->op->households[row->household];
    if (row->fact.home == NONE)
        return;
    if (household->relocation == RELOCATION_OWN)
        sheet_fault(sheet, row->row, FACT_HOME,
                    _("a blank cell, for this household arranges its stay itself"));
    else if (household_package(reader->op, row->household)->move_out == NONE &&
             !reader_is_unsure(reader, household->package, MAX_TASKS))
        sheet_fault(sheet, row->row, FACT_HOME,
                    _("a blank cell, for this household does not move out"));
}

void fact_check(const Sheet *sheet, FactRow *row) {
    check_times(sheet, row);
    check_dates(sheet, row);
    check_promise(sheet, row);
    check_member(sheet, row);
    check_home(sheet, row);
}

/* C9: one home for the whole stay. Fills homes[household] with the row that names it first, or
 * NONE; n_rows stands for a row whose home is faulty. */
static void check_one_home(const Sheet *sheet, const FactRow *rows, int n, int *homes) {
    for (int i = 0; i < n; i++) {
        const FactRow *row = &rows[i];
        if (row->task == NONE)
            continue;
        int *first = &homes[row->household];
        if ((row->faulty & 1U << FACT_HOME) != 0) {
            *first = n;
        } else if (row->fact.home != NONE && *first == NONE) {
            *first = i;
        } else if (row->fact.home != NONE && *first < n &&
                   rows[*first].fact.home != row->fact.home) {
            char *expected = g_strdup_printf(
                _("the home that line %d names: a household keeps one home for its stay"),
                rows[*first].fact.line);
            sheet_fault(sheet, row->row, FACT_HOME, expected);
            g_free(expected);
        }
    }
}

static void check_stay(const Sheet *sheet, const FactRow *row, bool home_named) {
    const Reader *reader = sheet->reader;
    const Household *household = &reader->op->households[row->household];
    const Package *package = household_package(reader->op, row->household);
    const Fact *out = package->move_out != NONE ? &household->facts[package->move_out] : NULL;
    const Fact *back = package->move_back != NONE ? &household->facts[package->move_back] : NULL;
    if (row->task == package->move_out && has_begun(&row->fact) && !home_named &&
        household->relocation == RELOCATION_HOME && (back == NULL || back->status != STATUS_DONE))
        sheet_fault(sheet, row->row, FACT_HOME,
                    _("the home in which the household lives since it moved out"));
    if (row->task == package->move_back && has_begun(&row->fact) && out != NULL &&
        !has_begun(out) && (out->line == 0 || out->status != STATUS_PROPOSED))
        sheet_fault(sheet, row->row, FACT_STATUS,
                    _("a move out that is done too, before the move back"));
}

void facts_check(const Sheet *sheet, const FactRow *rows, int n) {
    const Reader *reader = sheet->reader;
    int *homes = g_new(int, reader->op->n_households);
    for (int h = 0; h < reader->op->n_households; h++)
        homes[h] = NONE;
    check_one_home(sheet, rows, n, homes);
    for (int i = 0; i < n; i++)
        if (rows[i].task != NONE)
            check_stay(sheet, &rows[i], homes[rows[i].household] != NONE);
    g_free(homes);
}
