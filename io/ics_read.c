/* ics_read.c: the lines of an iCalendar object (RFC 5545, section 3.1), as far as they matter. */
#include "io/ics_read.h"

#include <string.h>
#include <time.h>

#include "io/wall_clock.h"

/* A content line, taken apart in place. */
typedef struct Line {
    char *name;
    char *zone; /* of its TZID parameter, or NULL */
    char *value;
} Line;

/* Takes lines that were folded together again; ends of lines may be LF alone. */
static char **unfold(const char *bytes) {
    GString *text = g_string_new(NULL);
    for (const char *p = bytes; *p != '\0'; p++) {
        if (*p == '\r' && p[1] == '\n')
            continue;
        if (*p == '\n' && (p[1] == ' ' || p[1] == '\t'))
            p++;
        else
            g_string_append_c(text, *p);
    }
    char **lines = g_strsplit(text->str, "\n", -1);
    g_string_free(text, TRUE);
    return lines;
}

/* The first of `wanted` outside double quotes, or NULL. */
static char *find_unquoted(char *text, const char *wanted) {
    bool quoted = false;
    for (; *text != '\0'; text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (!quoted && strchr(wanted, *text) != NULL)
            return text;
    }
    return NULL;
}

static bool take_apart(char *text, Line *line) {
    *line = (Line){.name = text};
    char *end = find_unquoted(text, ":;");
    while (end != NULL && *end == ';') {
        char *parameter = end + 1;
        *end = '\0';
        end = find_unquoted(parameter, ":;");
        if (g_ascii_strncasecmp(parameter, "TZID=", 5) == 0)
            line->zone = parameter + 5;
    }
    if (end == NULL)
        return false;
    *end = '\0';
    line->value = end + 1;
    if (line->zone != NULL && line->zone[0] == '"') {
        line->zone++;
        line->zone[strcspn(line->zone, "\"")] = '\0';
    }
    return true;
}

/* Some programs put their own name before that of the zone: `/example.org/Europe/Paris`. */
static GTimeZone *find_zone(const char *name) {
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        GTimeZone *zone = wall_clock_zone(part);
        if (zone != NULL)
            return zone;
    }
    return NULL;
}

static void write_instant(int64_t seconds, char *text) {
    time_t instant = (time_t)seconds;
    struct tm parts = {0};
    gmtime_r(&instant, &parts);
    strftime(text, ICS_MOMENT, "%Y%m%dT%H%M%SZ", &parts);
}

/* The number that the first `n` characters write in digits; false when they do not. */
static bool digits(const char *text, int n, int *number) {
    *number = 0;
    for (int i = 0; i < n; i++) {
        if (!g_ascii_isdigit(text[i]))
            return false;
        *number = *number * 10 + g_ascii_digit_value(text[i]);
    }
    return true;
}

/* `20260914`, `20260914T184500`, `20260914T164500Z`. The time is MINUTE_NONE for a day. */
static bool read_moment(const char *text, date_t *date, minute_t *minute, bool *utc) {
    int year, month, day, hour, min, second;
    if (!digits(text, 4, &year) || !digits(text + 4, 2, &month) || !digits(text + 6, 2, &day))
        return false;
    *date = date_from_ymd(year, month, day);
    *minute = MINUTE_NONE;
    *utc = false;
    text += 8;
    if (*date == DATE_NONE || *text == '\0')
        return *date != DATE_NONE;
    if (*text != 'T' || !digits(text + 1, 2, &hour) || !digits(text + 3, 2, &min) ||
        !digits(text + 5, 2, &second) || hour > 23 || min > 59 || second > 60)
        return false;
    *minute = hour * 60 + min;
    *utc = g_str_equal(text + 7, "Z");
    return *utc || text[7] == '\0';
}

static void read_start(const Line *line, GTimeZone *zone, char *text) {
    date_t date;
    minute_t minute;
    bool utc;
    text[0] = '\0';
    if (!read_moment(line->value, &date, &minute, &utc))
        return;
    if (minute == MINUTE_NONE) {
        g_strlcpy(text, line->value, ICS_MOMENT);
        return;
    }
    GTimeZone *own = utc                  ? g_time_zone_new_utc()
                     : line->zone != NULL ? find_zone(line->zone)
                                          : g_time_zone_ref(zone);
    if (own == NULL)
        return;
    write_instant(wall_clock_to_utc(own, date, minute), text);
    g_time_zone_unref(own);
}

/* An event while its lines are read. */
typedef struct Reading {
    GTimeZone *zone;
    IcsEntry entry;
    bool ours, exception; /* it has the UID; it is a recurrence's exception */
} Reading;

static void read_property(Reading *reading, const Line *line, const char *uid) {
    if (g_ascii_strcasecmp(line->name, "UID") == 0)
        reading->ours = g_str_equal(line->value, uid);
    else if (g_ascii_strcasecmp(line->name, "DTSTART") == 0)
        read_start(line, reading->zone, reading->entry.start);
    else if (g_ascii_strcasecmp(line->name, "STATUS") == 0)
        reading->entry.cancelled = g_ascii_strcasecmp(line->value, "CANCELLED") == 0;
    else if (g_ascii_strcasecmp(line->name, "RECURRENCE-ID") == 0)
        reading->exception = true;
    else if (g_ascii_strcasecmp(line->name, ICS_MARK) == 0 && reading->entry.mark == NULL)
        reading->entry.mark = g_strdup(line->value);
}

bool ics_read(const char *bytes, const char *uid, GTimeZone *zone, IcsEntry *entry) {
    char **lines = unfold(bytes);
    Reading reading = {.zone = zone};
    int depth = 0, event_depth = 0;
    bool found = false;
    for (char **text = lines; *text != NULL && !found; text++) {
        Line line;
        if (!take_apart(*text, &line))
            continue;
        if (g_ascii_strcasecmp(line.name, "BEGIN") == 0) {
            depth++;
            if (g_ascii_strcasecmp(line.value, "VEVENT") == 0) {
                event_depth = depth;
                ics_entry_clear(&reading.entry);
                reading = (Reading){.zone = zone};
            }
        } else if (g_ascii_strcasecmp(line.name, "END") == 0) {
            found = depth == event_depth && event_depth > 0 && reading.ours && !reading.exception;
            if (depth == event_depth)
                event_depth = 0;
            depth--;
        } else if (depth == event_depth && event_depth > 0) {
            read_property(&reading, &line, uid);
        }
    }
    g_strfreev(lines);
    if (!found)
        ics_entry_clear(&reading.entry);
    *entry = reading.entry;
    return found;
}

void ics_entry_clear(IcsEntry *entry) {
    g_free(entry->mark);
    *entry = (IcsEntry){.mark = NULL};
}

bool ics_wall_clock(const char *start, GTimeZone *zone, date_t *date, minute_t *minute) {
    bool utc;
    if (!read_moment(start, date, minute, &utc))
        return false;
    if (utc) {
        GTimeZone *greenwich = g_time_zone_new_utc();
        wall_clock_from_utc(zone, wall_clock_to_utc(greenwich, *date, *minute), date, minute);
        g_time_zone_unref(greenwich);
    }
    return true;
}
