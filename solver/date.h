/*
 * date.h: civil dates, days of the week and ISO weeks.
 *
 * Units: date_t counts days since 1970-01-01, day_t days since the horizon's start, minute_t
 * minutes since midnight. No time zone is involved: the model knows local dates and local clock
 * times only.
 */
#ifndef PILOTE_DATE_H
#define PILOTE_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t date_t;   /* days since 1970-01-01 */
typedef int32_t day_t;    /* days since the horizon's start; may be negative */
typedef int32_t minute_t; /* minutes since midnight */
typedef int64_t cost_t;   /* cost units of the objective */
typedef int64_t milli_t;  /* thousandths of a unit: of a crew, a cubic metre, a delivered piece */

#define DATE_NONE INT32_MIN /* no date given */
#define MINUTE_NONE (-1)    /* no clock time */
enum { MILLI = 1000 };

/* Days since 1970-01-01 of a date; DATE_NONE when there is no such date. Years 1900 to 2999. */
date_t date_from_ymd(int year, int month, int day);

/* The inverse of date_from_ymd(). */
void date_to_ymd(date_t date, int *year, int *month, int *day);

/* Day of the week: 0 is Monday, 6 Sunday. */
int date_weekday(date_t date);

/* A number that is the same for all dates of one ISO week (Monday to Sunday) and rises by one
 * from week to week. */
int date_week(date_t date);

enum { DATE_TEXT = 24 }; /* bytes that the functions below write at most, NUL included */

/* Writes `2026-09-14` into text[DATE_TEXT] and returns text. */
char *date_text(date_t date, char *text);

/* Writes `2026-09-14T18:45`, or the date alone when minute is MINUTE_NONE. Returns text. */
char *date_time_text(date_t date, minute_t minute, char *text);

/* The same for people: `14/09/2026 18:45` in French, else `2026-09-14 18:45`. */
char *date_time_told(date_t date, minute_t minute, bool french, char *text);

#endif
