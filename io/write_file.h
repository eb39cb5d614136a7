/* write_file.h: files that are written whole or not at all. */
#ifndef PILOTE_WRITE_FILE_H
#define PILOTE_WRITE_FILE_H

#include <stdbool.h>

typedef struct OutputFile {
    const char *name;  /* inside the folder */
    const char *bytes; /* NUL-terminated */
    /* For a file that is changed rather than made: its old bytes, which must still be there ("": no
     * file). It keeps its permissions. NULL: it replaces whatever is there. */
    const char *changes;
} OutputFile;

/*
 * Writes `count` files into `folder` (made with mode 0700 when missing), mode 0600. Every file goes
 * to a temporary file first, is flushed to the disk and checked; only when all of them are whole
 * are they renamed, one after the other, the last one (by convention plan.json) last. Whatever
 * happens, power cuts included, each name stands for the whole old file or the whole new one.
 * Temporary files left by a killed run are removed; of two runs into one folder the second waits.
 *
 * Returns true, or false with a translated sentence in *error (free it with g_free()); then no old
 * file has changed. (Should a later one of the renamings fail, the earlier ones are undone where
 * the file system can exchange two names, as all of Linux's own can.)
 *
 * The caller ignores SIGXFSZ, so that a limit on the size of files is an error and not the end.
 */
bool write_files(const char *folder, const OutputFile *files, int count, char **error);

#endif
