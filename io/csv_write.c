#include "io/csv_write.h"

#include <stdbool.h>
#include <string.h>

/* A cell that begins like this would be run by spreadsheets; the last four are the wide forms of
 * the first. */
static bool is_formula(const char *cell) {
    static const char *const openings[] = {
        "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    if (*cell != '\0' && strchr("\t\r\n", *cell) != NULL)
        return true;
    cell += strspn(cell, " ");
    for (size_t i = 0; i < G_N_ELEMENTS(openings); i++)
        if (g_str_has_prefix(cell, openings[i]))
            return true;
    return false;
}

void csv_write_cell(GString *out, const char *cell) {
    bool formula = is_formula(cell);
    if (!formula && strpbrk(cell, "\"\r\n;,\t") == NULL) {
        g_string_append(out, cell);
        return;
    }
    g_string_append(out, formula ? "\"'" : "\"");
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *cell);
    }
    g_string_append_c(out, '"');
}
