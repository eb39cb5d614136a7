/*
 * calendar_write.c: any texts in an event, which is written and read again.
 *
 * The bytes are cut at NULs into the household's and the task's texts. Whatever they
 * are, the calendar consists of lines of at most 75 bytes that end in CR LF, its own properties and
 * no others, and the event is found in it as it was.
 */
#include <string.h>

#include "fuzz/support.h"
#include "io/ics.h"
#include "io/ics_read.h"
#include "io/uuid.h"
#include "io/wall_clock.h"

enum { N_TEXTS = 10 };

static const char *const properties[] = {
    "BEGIN",        "END",     "VERSION",  "PRODID",       "CALSCALE",   "NAME",
    "X-WR-CALNAME", "UID",     "DTSTAMP",  "DTSTART",      "DTEND",      "SEQUENCE",
    "STATUS",       "SUMMARY", "LOCATION", "DESCRIPTION",  "CATEGORIES", "TRANSP",
    "ACTION",       "TRIGGER", "TZID",     "TZOFFSETFROM", "TZOFFSETTO",
};

static void check_lines(const char *bytes) {
    require(g_utf8_validate(bytes, -1, NULL));
    while (*bytes != '\0') {
        size_t length = strcspn(bytes, "\r\n");
        require(length > 0 && length <= 75 && bytes[length] == '\r' && bytes[length + 1] == '\n');
        if (bytes[0] != ' ') {
            size_t name = strcspn(bytes, ":;");
            bool ours = false;
            for (size_t i = 0; i < G_N_ELEMENTS(properties) && !ours; i++)
                ours = strlen(properties[i]) == name && memcmp(properties[i], bytes, name) == 0;
            require(ours);
        }
        bytes += length + 2;
    }
}

static void check_calendar(const Events *events, const Event *event, GTimeZone *zone,
                           Audience audience) {
    const IcsWriter writer = {events, audience, zone};
    char *bytes = ics_calendar(&writer), uid[UUID_TEXT];
    check_lines(bytes);
    IcsEntry entry;
    bool found = ics_read(bytes, event_uid(events, event, uid), zone, &entry);
    require(found == audience_sees(events, &audience, event));
    if (found)
        require(g_str_equal(entry.start, ics_span(&writer, event).start));
    ics_entry_clear(&entry);
    g_free(bytes);
}

/* The pieces between NULs; those that are missing are empty. */
static void cut(const char *text, size_t size, const char **pieces) {
    size_t from = 0;
    for (int i = 0; i < N_TEXTS; i++) {
        pieces[i] = from < size ? text + from : "";
        while (from < size && text[from] != '\0')
            from++;
        from++;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static GTimeZone *zone;
    if (zone == NULL)
        zone = wall_clock_zone("Europe/Paris");
    char *text = g_malloc0(size + 1);
    if (size > 0)
        memcpy(text, data, size);
    const char *t[N_TEXTS];
    cut(text, size, t);
    EventHousehold household = {"H1", t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8]};
    const char *come[] = {"paul"};
    Event event = {.household = &household,
                   .task = "visit",
                   .label = t[9],
                   .place = t[1],
                   .start = date_from_ymd(2026, 10, 25),
                   .finish = date_from_ymd(2026, 10, 25),
                   .start_minute = size % 2 == 0 ? MINUTE_NONE : (minute_t)(size % 1440),
                   .status = (Status)(size % 5),
                   .n_members = 1,
                   .members = come};
    event.finish_minute = event.start_minute == MINUTE_NONE ? MINUTE_NONE : event.start_minute;
    EventMember member = {"paul", "fitter", t[7]};
    Events events = {t[8],
                     "Europe/Paris",
                     size % 3 == 0 ? "fr" : "en",
                     "5a0f6a3e-0000-5000-8000-000000000000",
                     date_from_ymd(2026, 9, 1),
                     1,
                     1,
                     1,
                     0,
                     &household,
                     &member,
                     &event,
                     NULL};
    check_calendar(&events, &event, zone, audience_of(&events, AUDIENCE_PILOT, NULL));
    check_calendar(&events, &event, zone, audience_of(&events, AUDIENCE_MEMBER, "paul"));
    check_calendar(&events, &event, zone, audience_of(&events, AUDIENCE_HOUSEHOLD, "H1"));
    g_free(text);
    return 0;
}
