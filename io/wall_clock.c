#include "io/wall_clock.h"

enum { MINUTE_SECONDS = 60, DAY_MINUTES = 24 * 60, DAY_SECONDS = DAY_MINUTES * MINUTE_SECONDS };

GTimeZone *wall_clock_zone(const char *name) {
    /* GLib takes an offset such as +01 for a zone, which would know no summer time. */
    return g_ascii_isalpha(name[0]) ? g_time_zone_new_identifier(name) : NULL;
}

static int64_t offset_at(GTimeZone *zone, int64_t seconds) {
    int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);
    return g_time_zone_get_offset(zone, interval);
}

int64_t wall_clock_to_utc(GTimeZone *zone, date_t date, minute_t minute) {
    int64_t wall = (int64_t)date * DAY_SECONDS + (int64_t)minute * MINUTE_SECONDS;
    int64_t before = offset_at(zone, wall - DAY_SECONDS);
    int64_t after = offset_at(zone, wall + DAY_SECONDS);
    if (offset_at(zone, wall - before) != before && offset_at(zone, wall - after) == after)
        return wall - after;
    return wall - before;
}

void wall_clock_from_utc(GTimeZone *zone, int64_t seconds, date_t *date, minute_t *minute) {
    int64_t wall = seconds + offset_at(zone, seconds);
    int64_t day = wall / DAY_SECONDS - (wall % DAY_SECONDS < 0 ? 1 : 0);
    *date = (date_t)day;
    *minute = (minute_t)((wall - day * DAY_SECONDS) / MINUTE_SECONDS);
}
