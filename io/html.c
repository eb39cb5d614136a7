#include "io/html.h"

#include <stdarg.h>
#include <stdbool.h>

/* Marks that embed, override or isolate a direction of writing. */
static bool is_direction_mark(gunichar c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void append_escaped(GString *out, const char *text) {
    for (const char *p = text; *p != '\0'; p = g_utf8_find_next_char(p, NULL)) {
        gunichar c = g_utf8_get_char(p);
        switch (c) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        case '\'':
            g_string_append(out, "&#39;");
            break;
        default:
            if (g_unichar_iscntrl(c) || is_direction_mark(c))
                g_string_append_c(out, ' ');
            else
                g_string_append_unichar(out, c);
        }
    }
}

void html_add(GString *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    for (const char *p = format; *p != '\0'; p++) {
        if (*p != '%') {
            g_string_append_c(out, *p);
            continue;
        }
        p++;
        if (*p == 's') {
            append_escaped(out, va_arg(arguments, const char *));
        } else if (*p == 'd') {
            g_string_append_printf(out, "%d", va_arg(arguments, int));
        } else if (g_str_has_prefix(p, ".2f")) {
            char digits[G_ASCII_DTOSTR_BUF_SIZE];
            g_string_append(
                out, g_ascii_formatd(digits, sizeof digits, "%.2f", va_arg(arguments, double)));
            p += 2;
        } else {
            g_assert(*p == '%');
            g_string_append_c(out, '%');
        }
    }
    va_end(arguments);
}
