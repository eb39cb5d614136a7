/* read_operation.h: from an operation folder to an Operation. */
#ifndef PILOTE_READ_OPERATION_H
#define PILOTE_READ_OPERATION_H

#include "io/fault.h"
#include "solver/operation.h"

/*
 * Reads every file of `folder`, sets the language of messages as soon as operation.json gave it
 * (see solver/language.h), and appends all faults of all files to `faults`. `as_of` overrides the
 * file's date; DATE_NONE takes the file's or, without one, today's.
 *
 * Returns the operation, or NULL when there was any FAULT_ERROR. Free it with operation_free().
 */
Operation *read_operation(const char *folder, date_t as_of, Faults *faults);

/* The same from files in memory (their bytes, in any encoding that files may have); `folder` is
 * what the operation calls its folder. Files that it has and `texts` do not are missing. */
Operation *read_operation_texts(const char *folder, const InputText *texts, int n, date_t as_of,
                                Faults *faults);

#endif
