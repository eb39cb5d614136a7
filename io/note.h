/*
 * note.h: facts noted in progress.csv without a spreadsheet.
 *
 * The file stays as its owner made it: delimiter, encoding, line ends, way to write dates, order of
 * columns, columns of others, and every row that is not spoken of, byte for byte.
 */
#ifndef PILOTE_NOTE_H
#define PILOTE_NOTE_H

#include <glib.h>

#include "io/fault.h"
#include "solver/operation.h"

/* What is to be noted of one task. What is not given stays as the task's row has it; in a new row
 * it is blank. */
typedef struct Note {
    int household, task;
    const char
        *status; /* a word that progress.csv may have; NULL: "announced" as the file says it */
    date_t start, finish;                 /* or DATE_NONE */
    minute_t start_minute, finish_minute; /* or MINUTE_NONE */
    int member, home;                     /* index or NONE */
    bool withdrawn; /* its row is removed: nobody was promised anything; all else is left out */
} Note;

/* What a word under `status` means, English or French; false when progress.csv has no such word. */
bool note_status(const char *word, Status *status);

/*
 * The bytes of progress.csv with the notes in it. `old` holds the bytes that `op` was read from,
 * or is NULL when there is no file yet. Returns NULL, with a translated sentence in *error (free it
 * with g_free()), when a text cannot be written in the file's encoding. Free with g_string_free().
 */
GString *notes_apply(const Operation *op, const GString *old, const Note *notes, int n,
                     char **error);

/*
 * Notes them in the progress.csv of op's folder, or changes nothing. The new file is read before it
 * takes the place of the old one, as all commands will read it: its faults are appended to
 * `faults`, and with an error among them nothing is written. Returns whether it was written;
 * *error is a translated sentence (free it with g_free()) when it was not for another reason.
 */
bool notes_write(const Operation *op, const Note *notes, int n, Faults *faults, char **error);

#endif
