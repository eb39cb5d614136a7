/* slot_list.c: `morning,evening,sat:morning`. */
#include "io/slot_list.h"

#include <string.h>

#include "solver/language.h"

/* Reports one part of the list; `references` may know a better word for `id`. Gives false. */
static bool fault(const Sheet *sheet, int row, int column, const char *part, const char *expected,
                  References *references, const char *id) {
    char *instead = g_strdup_printf(_("%s instead of '%s'"), expected, part);
    char *hint = references != NULL ? reader_hint(references, id, instead) : g_strdup(instead);
    sheet_fault(sheet, row, column, hint);
    g_free(hint);
    g_free(instead);
    return false;
}

/* One part of the list. */
static bool one_slot(const Sheet *sheet, int row, int column, char *part, uint32_t *slots,
                     uint32_t *added) {
    References *references = sheet->reader->slots;
    char *colon = strchr(part, ':');
    const char *id = colon != NULL ? colon + 1 : part;
    bool days[7] = {false};
    if (colon != NULL && added == NULL)
        return fault(sheet, row, column, part, _("slots without weekdays"), NULL, NULL);
    if (colon != NULL) {
        *colon = '\0';
        bool known = words_weekdays(part, days);
        *colon = ':';
        if (!known)
            return fault(sheet, row, column, part, _("a weekday and a slot such as sat:morning"),
                         NULL, NULL);
    }
    int s = references_find(references, id);
    if (s == NONE)
        return !references_incomplete(references) &&
               fault(sheet, row, column, part, _("a slot of operation.json"), references, id);
    if (colon == NULL)
        *slots |= 1U << s;
    for (int day = 0; day < 7; day++)
        if (days[day])
            added[day] |= 1U << s;
    return true;
}

bool slot_list(const Sheet *sheet, int row, int column, uint32_t *slots, uint32_t *added) {
    bool good = true;
    int n = 0;
    char **parts = g_strsplit_set(sheet_cell(sheet, row, column), ",; \t\n", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0') {
            good &= one_slot(sheet, row, column, *part, slots, added);
            n++;
        }
    g_strfreev(parts);
    if (n == 0) {
        sheet_fault(sheet, row, column, _("slots such as morning,evening"));
        good = false;
    }
    return good;
}
