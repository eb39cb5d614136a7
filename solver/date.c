#include "solver/date.h"

#include <stdio.h>

enum { DAYS_400_YEARS = 146097, EPOCH_SHIFT = 719468 };

/* Days from civil and back after Howard Hinnant, "chrono-compatible low-level date algorithms":
 * years begin in March, so that the leap day is the last day of the year. */
static date_t days_from_civil(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_400_YEARS + day_of_era - EPOCH_SHIFT;
}

void date_to_ymd(date_t date, int *year, int *month, int *day) {
    int z = date + EPOCH_SHIFT;
    int era = z / DAYS_400_YEARS;
    int day_of_era = z - era * DAYS_400_YEARS;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int mp = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

date_t date_from_ymd(int year, int month, int day) {
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31) {
        return DATE_NONE;
    }
    date_t date = days_from_civil(year, month, day);
    int y;
    int m;
    int d;
    date_to_ymd(date, &y, &m, &d);
    return y == year && m == month && d == day ? date : DATE_NONE;
}

int date_weekday(date_t date) {
    int weekday = (date + 3) % 7; /* 1970-01-01 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

int date_week(date_t date) {
    return (date - date_weekday(date) + 3) / 7 + (date < -3 ? -1 : 0);
}

char *date_text(date_t date, char *text) {
    int year;
    int month;
    int day;
    date_to_ymd(date, &year, &month, &day);
    snprintf(text, DATE_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
             (unsigned)day % 100);
    return text;
}

char *date_time_text(date_t date, minute_t minute, char *text) {
    char day[DATE_TEXT];
    if (minute == MINUTE_NONE) {
        return date_text(date, text);
    }
    snprintf(text, DATE_TEXT, "%.10sT%02d:%02d", date_text(date, day), (minute / 60) % 100,
             minute % 60);
    return text;
}

char *date_time_told(date_t date, minute_t minute, bool french, char *text) {
    int year;
    int month;
    int day;
    date_to_ymd(date, &year, &month, &day);
    const char *format = french ? "%3$02d/%2$02d/%1$04d" : "%1$04d-%2$02d-%3$02d";
    int length = snprintf(text, DATE_TEXT, format, year, month, day);
    if (minute != MINUTE_NONE) {
        snprintf(text + length, (size_t)(DATE_TEXT - length), " %02d:%02d", minute / 60,
                 minute % 60);
    }
    return text;
}
