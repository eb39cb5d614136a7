/* ics_files.h: calendars as files, one for each audience. */
#ifndef PILOTE_ICS_FILES_H
#define PILOTE_ICS_FILES_H

#include "io/events.h"

/* How many calendars were written of each kind. */
typedef struct IcsCount {
    int members, households;
    int emptied; /* of members and households that the plan does not know any more */
} IcsCount;

/*
 * Writes `pilot.ics`, `member-ID.ics` for every resource and, if `households`, `household-ID.ics`
 * for every household into `folder`, all of them or none (see io/write_file.h). Ids become names of
 * files that stay in the folder. Calendars of an earlier export are never left as they were: those
 * of households are renewed without being asked for, those of whom the plan does not know any more
 * become empty.
 *
 * Returns true, or false with a translated sentence in *error (free it with g_free()).
 */
bool ics_write_files(const Events *events, const char *folder, bool households, IcsCount *count,
                     char **error);

/* `member-` or another beginning, the id in characters that every file system takes, and `.ics`;
 * ids that are changed for it get a mark that keeps them apart. Free with g_free(). */
char *ics_file_name(const char *beginning, const char *id);

#endif
