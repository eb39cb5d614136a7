#include "io/uuid.h"

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { UUID_BYTES = 16, SHA1_BYTES = 20 };

bool uuid_is(const char *text) {
    return g_uuid_string_is_valid(text);
}

static void uuid_bytes(const char *text, uint8_t *bytes) {
    int digit = 0;
    for (; *text != '\0' && digit < 2 * UUID_BYTES; text++) {
        if (*text == '-')
            continue;
        int value = g_ascii_xdigit_value(*text);
        bytes[digit / 2] = (uint8_t)(digit % 2 == 0 ? value << 4 : bytes[digit / 2] | value);
        digit++;
    }
}

char *uuid_from_name(const char *space, const char *name, const char *part, char *text) {
    uint8_t bytes[SHA1_BYTES] = {0};
    gsize length = sizeof bytes;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    uuid_bytes(space, bytes);
    g_checksum_update(sum, bytes, UUID_BYTES);
    g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name));
    if (part != NULL) {
        /* The NUL keeps "a" + "bc" and "ab" + "c" apart. */
        g_checksum_update(sum, (const guchar *)"", 1);
        g_checksum_update(sum, (const guchar *)part, (gssize)strlen(part));
    }
    g_checksum_get_digest(sum, bytes, &length);
    g_checksum_free(sum);
    bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x50);
    bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
    char *end = text;
    for (int i = 0; i < UUID_BYTES; i++)
        end += snprintf(end, (size_t)(text + UUID_TEXT - end), "%s%02x",
                        i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", bytes[i]);
    return text;
}
