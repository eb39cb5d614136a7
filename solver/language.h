/* language.h: words for people. Include it for _() and n_(); see po/ for the French. */
#ifndef PILOTE_LANGUAGE_H
#define PILOTE_LANGUAGE_H

#include <libintl.h>
#include <stdbool.h>

#define _(text) gettext(text)
#define n_(one, many, count) ngettext((one), (many), (unsigned long)(count))

/* Sets up gettext: UTF-8 whatever the machine's locale, numbers and dates as in C. Call once. */
void language_init(void);

/* From now on messages are in `language` ("fr", "en", "fr_BE"); one that has no translation gives
 * English. Works without any installed locale. */
void language_set(const char *language);

/* Whether `language` (or NULL) is French; dates and numbers in all others are written as in
 * English. */
bool language_is_french(const char *language);

#endif
