/* calendar_read.c: any bytes as what a calendar server gives back: an event, a listing. */
#include <string.h>

#include "fuzz/support.h"
#include "io/caldav_xml.h"
#include "io/ics_read.h"
#include "io/wall_clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static GTimeZone *zone;
    if (zone == NULL)
        zone = wall_clock_zone("Europe/Paris");
    char *text = fuzz_text(data, size);
    IcsEntry entry;
    if (ics_read(text, "5a0f6a3e-0000-5000-8000-000000000001", zone, &entry)) {
        date_t date;
        minute_t minute;
        require(strlen(entry.start) < ICS_MOMENT);
        if (entry.start[0] != '\0' && ics_wall_clock(entry.start, zone, &date, &minute))
            require(date != DATE_NONE && minute < 24 * 60);
    }
    ics_entry_clear(&entry);
    CaldavListing listing;
    if (caldav_listing_read((const char *)data, size, &listing))
        caldav_listing_clear(&listing);
    g_free(text);
    return 0;
}
