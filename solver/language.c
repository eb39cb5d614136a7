#include "solver/language.h"

#include <glib.h>
#include <locale.h>
#include <stdlib.h>

#ifndef LOCALE_DIR
#define LOCALE_DIR "/usr/local/share/locale"
#endif

void language_init(void) {
    /* C.UTF-8 exists on every Debian; with it gettext obeys LANGUAGE without an installed locale,
     * and numbers keep their point. */
    setlocale(LC_ALL, "C.UTF-8");
    bindtextdomain("pilote", LOCALE_DIR);
    bind_textdomain_codeset("pilote", "UTF-8");
    textdomain("pilote");
}

void language_set(const char *language) {
    extern int _nl_msg_cat_cntr; /* the GNU gettext manual's way to switch while running */
    setenv("LANGUAGE", language, 1);
    ++_nl_msg_cat_cntr;
}

bool language_is_french(const char *language) {
    return language != NULL && g_ascii_strncasecmp(language, "fr", 2) == 0 &&
           !g_ascii_isalpha(language[2]);
}
