/* slot_list.h: a cell that lists slots of the day. For io/read_*.c only. */
#ifndef PILOTE_SLOT_LIST_H
#define PILOTE_SLOT_LIST_H

#include "io/sheet.h"

/* Reads `morning,evening` and, when `added` is not NULL, `sat:morning` (or `mon-wed:evening`).
 * Sets in *slots the bits of the slots named alone, in added[7] those named for a weekday. False
 * when a part is faulty, which is reported unless the slots are not known. */
bool slot_list(const Sheet *sheet, int row, int column, uint32_t *slots, uint32_t *added);

#endif
