#include "io/page.h"

#include <stdbool.h>

/* What stands for a character in a line: itself, a blank, or nothing (0). */
static gunichar shown(gunichar c) {
    if (c == '\n' || c == '\t' || c == '\r')
        return ' ';
    return g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT ? 0 : c;
}

static int columns(gunichar c) {
    if (shown(c) == 0 || g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

int page_width(const char *text) {
    int width = 0;
    for (const char *p = text; *p != '\0'; p += g_utf8_skip[(unsigned char)*p])
        width += columns(g_utf8_get_char(p));
    return width;
}

/* Appends the characters that fit into `width` columns and returns the columns taken. */
static int append_shown(GString *out, const char *text, int width) {
    int used = 0;
    for (const char *p = text; *p != '\0'; p += g_utf8_skip[(unsigned char)*p]) {
        gunichar c = g_utf8_get_char(p);
        if (used + columns(c) > width)
            break;
        used += columns(c);
        if (shown(c) != 0)
            g_string_append_unichar(out, shown(c));
    }
    return used;
}

void page_cell(GString *out, const char *text, int width) {
    int used;
    if (page_width(text) <= width) {
        used = append_shown(out, text, width);
    } else {
        used = append_shown(out, text, width - 1) + 1;
        g_string_append(out, "…");
    }
    g_string_append_printf(out, "%*s", width - used, "");
}

void page_wrap(GString *out, int column, int indent, const char *text) {
    /* Only blanks and line ends part words: a no-break space is there to prevent it. */
    char **words = g_strsplit_set(text, " \t\r\n", -1);
    bool first = true;
    for (char **word = words; *word != NULL; word++) {
        int width = page_width(*word);
        if (width == 0)
            continue;
        if (!first && column + 1 + width > PAGE_WIDTH) {
            g_string_append_printf(out, "\n%*s", indent, "");
            column = indent;
        } else if (!first) {
            g_string_append_c(out, ' ');
            column++;
        }
        column += append_shown(out, *word, width);
        first = false;
    }
    g_string_append_c(out, '\n');
    g_strfreev(words);
}
