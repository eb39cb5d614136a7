/* json_write.h: the few rules of JSON's texts, for files laid out so that people can compare them.
 */
#ifndef PILOTE_JSON_WRITE_H
#define PILOTE_JSON_WRITE_H

#include <glib.h>

/* Appends the text in quotes; `text` is UTF-8. */
void json_write_string(GString *out, const char *text);

/* Appends `"key": "text"`. */
void json_write_pair(GString *out, const char *key, const char *text);

#endif
