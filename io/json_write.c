#include "io/json_write.h"

#include <string.h>

void json_write_string(GString *out, const char *text) {
    static const char plain[] = "\"\\\b\f\n\r\t", escaped[] = "\"\\bfnrt";
    g_string_append_c(out, '"');
    for (const char *p = text; *p != '\0'; p++) {
        const char *special = strchr(plain, *p);
        if (special != NULL)
            g_string_append_printf(out, "\\%c", escaped[special - plain]);
        else if (g_ascii_iscntrl(*p))
            g_string_append_printf(out, "\\u%04x", (unsigned)*p);
        else
            g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

void json_write_pair(GString *out, const char *key, const char *text) {
    g_string_append_printf(out, "\"%s\": ", key);
    json_write_string(out, text);
}
