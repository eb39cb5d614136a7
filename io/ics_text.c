#include "io/ics_text.h"

#include <stdbool.h>
#include <string.h>

enum { LINE_BYTES = 75 };

/* Appends a content line in pieces of at most LINE_BYTES; those that go on begin with a blank. */
void ics_line(GString *out, const char *line) {
    gsize begin = out->len;
    for (const char *p = line; *p != '\0';) {
        const char *next = g_utf8_find_next_char(p, NULL);
        if (*p == '\r' || *p == '\n') {
            p = next;
            continue;
        }
        if (out->len - begin + (gsize)(next - p) > LINE_BYTES) {
            g_string_append(out, "\r\n ");
            begin = out->len - 1;
        }
        g_string_append_len(out, p, next - p);
        p = next;
    }
    g_string_append(out, "\r\n");
}

/* Marks that turn the direction of what stands behind them, in whatever line it is shown. */
static bool turns(gunichar c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void append_escaped(GString *line, const char *text) {
    for (const char *p = text; *p != '\0'; p = g_utf8_find_next_char(p, NULL)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '\r' && p[1] == '\n')
            continue;
        if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
            g_string_append(line, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            g_string_append_printf(line, "\\%c", (char)c);
        else if (g_unichar_iscntrl(c))
            g_string_append_c(line, ' ');
        else if (!turns(c))
            g_string_append_unichar(line, c);
    }
}

void ics_texts(GString *out, const char *name, const char *const *texts) {
    GString *line = g_string_new(name);
    for (int i = 0; texts[i] != NULL; i++) {
        char *valid = g_utf8_make_valid(texts[i], -1);
        g_string_append_c(line, i == 0 ? ':' : ',');
        append_escaped(line, valid);
        g_free(valid);
    }
    ics_line(out, line->str);
    g_string_free(line, TRUE);
}

void ics_text(GString *out, const char *name, const char *text) {
    const char *const texts[] = {text, NULL};
    ics_texts(out, name, texts);
}
