/* fact_check.h: the rows of progress.csv, and whether they make sense. For read_progress.c and
 * note.c only. */
#ifndef PILOTE_FACT_CHECK_H
#define PILOTE_FACT_CHECK_H

#include "io/sheet.h"

enum {
    FACT_HOUSEHOLD,
    FACT_TASK,
    FACT_STATUS,
    FACT_START,
    FACT_FINISH,
    FACT_MEMBER,
    FACT_HOME,
    FACT_COLUMNS
};

extern const Column fact_columns[FACT_COLUMNS];

/* What a cell under `status` means; false when it is no such word. */
bool fact_status(const char *text, Status *status);

typedef struct FactRow {
    int row; /* of the sheet */
    int household, task;
    const char *task_id;
    Fact fact;
    uint32_t faulty; /* bits of the columns, see sheet_row() */
} FactRow;

/* Checks a row whose household and task are known. A midnight that a spreadsheet added to the date
 * of works is taken away. */
void fact_check(const Sheet *sheet, FactRow *row);

/* Checks the rows of each household against each other: one home for a stay, a home for who has
 * moved out, no return before a departure. The facts are in the households by now. */
void facts_check(const Sheet *sheet, const FactRow *rows, int n);

#endif
