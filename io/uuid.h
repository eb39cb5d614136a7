/* uuid.h: UUIDs made from names: the same names give the same UUID, on every machine and day. */
#ifndef PILOTE_UUID_H
#define PILOTE_UUID_H

#include <stdbool.h>

enum { UUID_TEXT = 37 }; /* bytes of the text, NUL included */

/* The space of names in which operations are named. */
#define UUID_OPERATIONS "8d2c37c4-6f7b-4f0e-9d0a-53a1c9b8e2d6"

bool uuid_is(const char *text);

/*
 * Writes the name-based UUID (RFC 4122, section 4.3, version 5: SHA-1) of `name` and, where it is
 * not NULL, `part` behind it and a NUL byte, into text[UUID_TEXT] and returns text. `space` is the
 * UUID that the name belongs to; uuid_is(space) holds.
 */
char *uuid_from_name(const char *space, const char *name, const char *part, char *text);

#endif
