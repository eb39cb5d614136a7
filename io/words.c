/* words.c: dates, times, numbers and words as people type them. */
#include "io/words.h"

#include <glib.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

char *words_fold(const char *text) {
    char *decomposed = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
    if (decomposed == NULL) /* not UTF-8: nothing that we know matches it anyway */
        return g_strstrip(g_ascii_strdown(text, -1));
    GString *bare = g_string_sized_new(strlen(decomposed));
    for (char *p = decomposed; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_ismark(c))
            g_string_append_unichar(bare, g_unichar_isspace(c) ? ' ' : c);
    }
    g_free(decomposed);
    char *folded = g_utf8_casefold(bare->str, -1);
    g_string_free(bare, TRUE);
    return g_strdelimit(g_strstrip(folded), " ", '_');
}

/* Reads `min` to `max` digits at *text and moves *text behind them. */
static bool digits(const char **text, int min, int max, int *number) {
    int n = 0, value = 0;
    const char *p = *text;
    while (n < max && g_ascii_isdigit(*p)) {
        value = value * 10 + (*p++ - '0');
        n++;
    }
    if (n < min)
        return false;
    *text = p;
    *number = value;
    return true;
}

static bool accept(const char **text, char c) {
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static const char *skip_blanks(const char *text) {
    while (g_ascii_isspace(*text))
        text++;
    return text;
}

/* A date at *text; moves *text behind it. */
static bool date_at(const char **text, date_t *date) {
    const char *p = *text;
    int year, month, day;
    bool read = digits(&p, 4, 4, &year) && accept(&p, '-') && digits(&p, 2, 2, &month) &&
                accept(&p, '-') && digits(&p, 2, 2, &day);
    if (!read) {
        p = *text;
        read = digits(&p, 1, 2, &day) && accept(&p, '/') && digits(&p, 1, 2, &month) &&
               accept(&p, '/') && digits(&p, 4, 4, &year);
    }
    if (!read || g_ascii_isdigit(*p))
        return false;
    date_t found = date_from_ymd(year, month, day);
    if (found == DATE_NONE)
        return false;
    *text = p;
    *date = found;
    return true;
}

/* A time at *text; moves *text behind it. */
static bool time_at(const char **text, minute_t *minute) {
    const char *p = *text;
    int hours, minutes = 0, seconds = 0;
    if (!digits(&p, 1, 2, &hours))
        return false;
    if (accept(&p, 'h') || accept(&p, 'H')) {
        if (g_ascii_isdigit(*p) && !digits(&p, 2, 2, &minutes))
            return false;
    } else {
        if (!accept(&p, ':') || !digits(&p, 2, 2, &minutes))
            return false;
        /* Spreadsheets like to add seconds. */
        if (accept(&p, ':') && (!digits(&p, 2, 2, &seconds) || seconds != 0))
            return false;
    }
    if (minutes > 59 || hours > 24 || (hours == 24 && minutes > 0) || g_ascii_isdigit(*p))
        return false;
    *text = p;
    *minute = hours * 60 + minutes;
    return true;
}

bool words_date(const char *text, date_t *date) {
    const char *p = skip_blanks(text);
    date_t found;
    if (!date_at(&p, &found) || *skip_blanks(p) != '\0')
        return false;
    *date = found;
    return true;
}

bool words_time(const char *text, minute_t *minute) {
    const char *p = skip_blanks(text);
    minute_t found;
    if (!time_at(&p, &found) || *skip_blanks(p) != '\0')
        return false;
    *minute = found;
    return true;
}

bool words_date_time(const char *text, date_t *date, minute_t *minute) {
    const char *p = skip_blanks(text);
    date_t day;
    minute_t time = MINUTE_NONE;
    if (!date_at(&p, &day))
        return false;
    if (*p == 'T' || g_ascii_isspace(*p)) {
        bool separator = *p == 'T';
        p = separator ? p + 1 : skip_blanks(p);
        if ((separator || *p != '\0') && !time_at(&p, &time))
            return false;
    }
    if (*skip_blanks(p) != '\0')
        return false;
    *date = day;
    *minute = time;
    return true;
}

bool words_choice(const char *text, const Word *words, int n, int *value) {
    char *folded = words_fold(text);
    bool found = false;
    for (int i = 0; i < n && !found; i++)
        if (g_str_equal(folded, words[i].word)) {
            *value = words[i].value;
            found = true;
        }
    g_free(folded);
    return found;
}

bool words_flag(const char *text, bool *flag) {
    static const Word words[] = {{"yes", 1}, {"oui", 1}, {"true", 1},  {"vrai", 1}, {"1", 1},
                                 {"no", 0},  {"non", 0}, {"false", 0}, {"faux", 0}, {"0", 0}};
    int value;
    if (!words_choice(text, words, COUNT(words), &value))
        return false;
    *flag = value != 0;
    return true;
}

bool words_amount(const char *text, milli_t *amount) {
    const char *p = skip_blanks(text);
    bool negative = accept(&p, '-');
    milli_t value = 0;
    int n = 0;
    for (; g_ascii_isdigit(*p) && n <= 12; n++)
        value = value * 10 + (*p++ - '0');
    if (n == 0 || n > 12)
        return false;
    value *= MILLI;
    if (accept(&p, '.') || accept(&p, ',')) {
        if (!g_ascii_isdigit(*p))
            return false;
        for (milli_t unit = MILLI / 10; g_ascii_isdigit(*p); unit /= 10) {
            /* Zeros behind the third decimal lose nothing, other digits would. */
            if (unit == 0 && *p != '0')
                return false;
            value += unit * (*p++ - '0');
        }
    }
    if (*skip_blanks(p) != '\0')
        return false;
    *amount = negative ? -value : value;
    return true;
}

bool words_whole(const char *text, int64_t *number) {
    const char *p = skip_blanks(text);
    bool negative = accept(&p, '-');
    int64_t value = 0;
    int n = 0;
    for (; g_ascii_isdigit(*p) && n < 18; n++)
        value = value * 10 + (*p++ - '0');
    if (n == 0 || *skip_blanks(p) != '\0')
        return false;
    *number = negative ? -value : value;
    return true;
}

static const Word weekday_words[] = {
    {"mon", 0},      {"tue", 1},    {"wed", 2},      {"thu", 3},      {"fri", 4},
    {"sat", 5},      {"sun", 6},    {"monday", 0},   {"tuesday", 1},  {"wednesday", 2},
    {"thursday", 3}, {"friday", 4}, {"saturday", 5}, {"sunday", 6},   {"lun", 0},
    {"mar", 1},      {"mer", 2},    {"jeu", 3},      {"ven", 4},      {"sam", 5},
    {"dim", 6},      {"lundi", 0},  {"mardi", 1},    {"mercredi", 2}, {"jeudi", 3},
    {"vendredi", 4}, {"samedi", 5}, {"dimanche", 6},
};

/* One part of the list: a day or a range of days. */
static bool weekday_range(const char *text, bool *days) {
    int first, last;
    char **ends = g_strsplit(text, "-", 3);
    int n = (int)g_strv_length(ends);
    bool known = (n == 1 || n == 2) &&
                 words_choice(ends[0], weekday_words, COUNT(weekday_words), &first) &&
                 words_choice(ends[n - 1], weekday_words, COUNT(weekday_words), &last);
    g_strfreev(ends);
    if (!known)
        return false;
    for (int day = first;; day = (day + 1) % 7) {
        days[day] = true;
        if (day == last)
            return true;
    }
}

bool words_weekdays(const char *text, bool *days) {
    bool found[7] = {false};
    bool known = true;
    int n = 0;
    char **parts = g_strsplit_set(text, ",; \t\n", -1);
    for (char **part = parts; *part != NULL && known; part++) {
        if (**part == '\0')
            continue;
        known = weekday_range(*part, found);
        n++;
    }
    g_strfreev(parts);
    if (!known || n == 0)
        return false;
    memcpy(days, found, sizeof found);
    return true;
}

enum { MAX_COMPARED = 48 }; /* characters; longer words are not compared */

/* Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours. */
static int distance(const gunichar *a, int n, const gunichar *b, int m) {
    int rows[3][MAX_COMPARED + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];
    for (int j = 0; j <= m; j++)
        last[j] = j;
    for (int i = 1; i <= n; i++) {
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = MIN(best, MIN(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN(best, before[j - 2] + 1);
            row[j] = best;
        }
        int *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[m];
}

/* The folded word as code points, or NULL when it is too long to compare. */
static gunichar *comparable(const char *word, int *length) {
    char *folded = words_fold(word);
    glong n = 0;
    gunichar *points = g_utf8_to_ucs4(folded, -1, NULL, &n, NULL);
    g_free(folded);
    if (points != NULL && n <= MAX_COMPARED) {
        *length = (int)n;
        return points;
    }
    g_free(points);
    return NULL;
}

const char *words_nearest(const char *word, const char *const *candidates, int n) {
    int length, other_length;
    gunichar *points = comparable(word, &length);
    if (points == NULL || length < 2) { /* one letter is near to everything */
        g_free(points);
        return NULL;
    }
    const char *nearest = NULL;
    int best = MIN(3, MAX(1, length / 3)) + 1;
    for (int i = 0; i < n; i++) {
        gunichar *other = comparable(candidates[i], &other_length);
        if (other == NULL)
            continue;
        int apart = distance(points, length, other, other_length);
        /* Words that have nothing in common are never near, however short they are. */
        if (apart < best && apart < MAX(length, other_length)) {
            best = apart;
            nearest = candidates[i];
        }
        g_free(other);
    }
    g_free(points);
    return nearest;
}
