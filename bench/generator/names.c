#include "bench/generator/names.h"

#include <glib.h>

static const char *const family_names[] = {
    "Lefebvre", "Dubois", "Delattre", "Carpentier", "Nowak",    "Kowalski",  "Caron",   "Benali",
    "Haddad",   "Moreau", "Vasseur",  "Marchand",   "Bécue",    "Szymański", "Legrand", "Duquesne",
    "Mercier",  "Traoré", "Nguyen",   "Roussel",    "Plouvier", "Vandamme",  "Loison",  "Dupuis",
    "Allard",   "Faure",  "Ferreira", "Lévêque",    "Crépin",   "Diallo",    "Wattel"};
static const char *const first_names[] = {
    "Monique", "Jean-Pierre", "Yvette",   "Nathalie", "Karim",  "Fatima",    "Stéphane",
    "Sylvie",  "Marcel",      "Élodie",   "Kévin",    "Julie",  "Thomas",    "Aïcha",
    "Mohamed", "Philippe",    "Josiane",  "René",     "Amélie", "Geneviève", "Zoé",
    "Lucas",   "Samira",      "Paulette", "Inès",     "Hugo",   "Chloé",     "Thérèse"};
static const char *const streets[] = {
    "rue des Mésanges",     "rue des Fauvettes",       "impasse des Bouvreuils",
    "rue des Roitelets",    "allée des Chardonnerets", "place des Pinsons",
    "rue de la Fosse 12",   "rue du Coron Vert",       "boulevard des Alouettes",
    "rue de l'Abbé Pierre", "rue du Terril",           "allée des Loriots"};
static const char *const notes[] = {
    "Appeler avant de passer",    "Chien dans la cour ; sonner deux fois",
    "Personne âgée vivant seule", "Travaille de nuit, ne pas appeler le matin",
    "Interphone en panne",        "Parle surtout polonais, sa fille traduit",
    "Naissance attendue",         "Meubles à démonter : buffet et armoire"};
static const char *const firms[ROLE_COUNT] = {[ROLE_PILOT] = "Pilote social",
                                              [ROLE_ESTIMATOR] = "Métreur",
                                              [ROLE_SITE_MANAGER] = "Conducteur de travaux",
                                              [ROLE_MOVERS] = "Déménagements du Bassin",
                                              [ROLE_TRUCKS] = "Camions du Bassin (m3)",
                                              [ROLE_ASBESTOS] = "Désamiantage du Nord",
                                              [ROLE_STRIPPER] = "Curage de la Gohelle",
                                              [ROLE_JOINER] = "Menuiseries d'Artois",
                                              [ROLE_PLUMBER] = "Plomberie Vasseur",
                                              [ROLE_ELECTRICIAN] = "Électricité Dupont",
                                              [ROLE_PLASTERER] = "Plâtres de Béthune",
                                              [ROLE_FITTER] = "Cuisines Leman",
                                              [ROLE_PAINTER] = "Peintures de Lens",
                                              [ROLE_FLOOR] = "Sols de Harnes"};

static const char *const hostile[] = {
    "=cmd|' /C calc'!A0",
    "Smith \"the Lock\" O'Neill; flat 3, 2nd",
    "@SUM(1+1)*cmd",
    "+33 1 99 00 00 00",
    "-2+3",
    "first line\nsecond line\n\nfourth; \"line\"",
    "line one\r\nline two",
    "Zoé 🏠👩‍👩‍👧‍👦 née ✨",
    "אבוטבול יוסי",
    "محمد العلي, شقة ٣",
    "left \xE2\x80\xAEthgir\xE2\x80\xAC left",
    "<script>alert('x')</script></td></table>",
    "</script><!-- & &amp; ]]>",
    "BEGIN:VEVENT\nSUMMARY:x\\n;,\nEND:VEVENT",
    "%s%n%d ${HOME} `id` $(id)",
    "e\xCC\x81\xCC\x81\xCC\x81 ＡＢＣ ﬁ ǅ",
    "../../etc/passwd",
    "NULL",
    "0012e5",
    "''''\"\"\"\"",
};

static const char *pick(const char *const *list, size_t n, int i) {
    return list[(size_t)i % n];
}

const char *gen_family_name(int i) {
    return pick(family_names, G_N_ELEMENTS(family_names), i);
}

const char *gen_first_name(int i) {
    return pick(first_names, G_N_ELEMENTS(first_names), i);
}

const char *gen_street(int i) {
    return pick(streets, G_N_ELEMENTS(streets), i);
}

const char *gen_note(int i) {
    return pick(notes, G_N_ELEMENTS(notes), i);
}

const char *gen_firm(GenRole role) {
    return firms[role];
}

const char *gen_hostile(int i) {
    static char *longest;
    if (!longest) {
        GString *text = g_string_new(NULL);
        while (text->len < 8000)
            g_string_append(text, "Très longue remarque; \"sans fin\", 長い備考\n");
        longest = g_string_free(text, FALSE);
    }
    size_t n = G_N_ELEMENTS(hostile) + 1;
    return (size_t)i % n == n - 1 ? longest : hostile[(size_t)i % n];
}
