/*
 * words.h: what the words in cells mean: dates, times, numbers, yes and no, days of the week.
 *
 * Each reader takes a NUL-terminated UTF-8 text, ignores blanks around it, upper case and accents,
 * and returns whether the text is understood as a whole; the result is written only then. English
 * and French words are both understood, whatever the language of the operation.
 */
#ifndef PILOTE_WORDS_H
#define PILOTE_WORDS_H

#include "solver/date.h"

/* One accepted word (lower case, without accents, `_` for a blank) and what it stands for. */
typedef struct Word {
    const char *word;
    int value;
} Word;

/* The text in lower case, without accents and outer blanks; inner blanks become `_`. This is the
 * form in which column names and words are compared. Free with g_free(). */
char *words_fold(const char *text);

/* `2026-09-14` or `14/09/2026`. */
bool words_date(const char *text, date_t *date);

/* `18:30`, `18h30`, `18h`, `18:30:00`; `24:00` is the end of the day. Minutes since midnight. */
bool words_time(const char *text, minute_t *minute);

/* A date, or a date and a time after a blank or a `T`; `minute` is MINUTE_NONE for a date alone. */
bool words_date_time(const char *text, date_t *date, minute_t *minute);

/* yes/no, oui/non, true/false, vrai/faux, 1/0. */
bool words_flag(const char *text, bool *flag);

/* A number with at most three decimals after a point or a comma, exactly, in thousandths. Up to
 * 12 digits before the point; no exponent, no thousands separator. */
bool words_amount(const char *text, milli_t *amount);

/* A whole number of at most 18 digits. */
bool words_whole(const char *text, int64_t *number);

/* `mon-fri`, `mon-thu,sat`, `lun-ven`, `samedi`: marks the days in days[7], 0 is Monday. A range
 * may pass over Sunday (`fri-mon`). */
bool words_weekdays(const char *text, bool *days);

/* Looks the text up in words[n]. */
bool words_choice(const char *text, const Word *words, int n, int *value);

/* The candidate nearest to `word` by edit distance, or NULL when none is near enough to have been
 * meant. Nothing is copied. */
const char *words_nearest(const char *word, const char *const *candidates, int n);

#endif
