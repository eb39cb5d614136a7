/* What servers and other programs write, read without trusting it. */
#include "io/caldav_xml.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "io/caldav_state.h"
#include "io/ics_read.h"
#include "io/wall_clock.h"
#include "tests/support/builder.h"

#include <cmocka.h>

#define EVENT(lines)                                                                               \
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u1\r\n" lines "END:VEVENT\r\nEND:VCALENDAR\r\n"

/* Reads the event u1 of the bytes; its start is compared when it is there. */
static IcsEntry check_entry(const char *bytes, bool there, const char *start) {
    GTimeZone *zone = wall_clock_zone("Europe/Paris");
    IcsEntry entry;
    assert_int_equal(ics_read(bytes, "u1", zone, &entry), there);
    if (there && strcmp(entry.start, start) != 0)
        fail_msg("'%s' instead of '%s' in:\n%s", entry.start, start, bytes);
    g_time_zone_unref(zone);
    return entry;
}

static void check_start(const char *line, const char *start) {
    char *bytes = g_strdup_printf(EVENT("%s\r\n"), line);
    check_entry(bytes, true, start);
    g_free(bytes);
}

static void starts_are_understood_in_all_their_forms(void **state) {
    (void)state;
    check_start("DTSTART:20260914T164500Z", "20260914T164500Z");
    check_start("DTSTART;VALUE=DATE:20261103", "20261103");
    check_start("DTSTART;TZID=Europe/London:20260914T174500", "20260914T164500Z");
    check_start("DTSTART;TZID=\"Europe/Paris\":20261025T184500", "20261025T174500Z");
    check_start("dtstart;VALUE=DATE-TIME;tzid=/citadel.org/20210210_1/Europe/Paris:20260914T184500",
                "20260914T164500Z");
    check_start("DTSTART:20260914T184500", "20260914T164500Z"); /* on the operation's wall */
    check_start("DTSTART:2026\r\n 0914T1645\r\n\t00Z", "20260914T164500Z");
}

static void a_start_that_is_not_understood_is_none(void **state) {
    (void)state;
    static const char *const lines[] = {
        "DTSTART;TZID=Romance Standard Time:20260914T184500",
        "DTSTART:20260931T164500Z",
        "DTSTART:20260914T264500Z",
        "DTSTART:20260914T1645",
        "DTSTART:20260914T164500X",
        "DTSTART:2026-09-14",
        "DTSTART:",
        "DTSTART:-0260914",
        "DTSTART;TZID=\"Europe/Paris:20260914T184500",
        "X-DTSTART:20260914T164500Z",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        check_start(lines[i], "");
}

static void what_belongs_to_other_parts_is_not_the_events(void **state) {
    (void)state;
    IcsEntry entry = check_entry(
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\n"
        "DTSTART:19701025T030000\nEND:STANDARD\nEND:VTIMEZONE\n"
        "BEGIN:VEVENT\nUID:other\nDTSTART:20270101T000000Z\nX-PILOTE-SENT:x\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:u1\nRECURRENCE-ID:20260914T164500Z\nDTSTART:20270202T000000Z\nEND:"
        "VEVENT\n"
        "BEGIN:VEVENT\nUID:u1\nBEGIN:VALARM\nDTSTART:20270303T000000Z\nSTATUS:CANCELLED\nEND:"
        "VALARM\n"
        "DTSTART:20260914T164500Z\nSTATUS:TENTATIVE\nX-PILOTE-SENT:20260914T164500Z/"
        "abc\nEND:VEVENT\n"
        "END:VCALENDAR\n",
        true, "20260914T164500Z");
    assert_false(entry.cancelled);
    assert_string_equal(entry.mark, "20260914T164500Z/abc");
    ics_entry_clear(&entry);
}

static void a_start_is_told_on_the_wall_clock_of_the_operation(void **state) {
    (void)state;
    GTimeZone *zone = wall_clock_zone("Europe/Paris");
    date_t date = DATE_NONE;
    minute_t minute = MINUTE_NONE;
    assert_true(ics_wall_clock("20260914T070000Z", zone, &date, &minute));
    assert_int_equal(date, date_from_ymd(2026, 9, 14));
    assert_int_equal(minute, 9 * 60);
    assert_true(ics_wall_clock("20261231T233000Z", zone, &date, &minute));
    assert_int_equal(date, date_from_ymd(2027, 1, 1));
    assert_int_equal(minute, 30);
    assert_true(ics_wall_clock("20260914T070000", zone, &date, &minute));
    assert_int_equal(minute, 7 * 60);
    assert_true(ics_wall_clock("20260914", zone, &date, &minute));
    assert_int_equal(minute, MINUTE_NONE);
    static const char *const none[] = {"",
                                       "2026",
                                       "20260931",
                                       "20260914T",
                                       "20260914T250000Z",
                                       "20260914T076000Z",
                                       "20260914T070061Z",
                                       "tomorrow"};
    for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
        assert_false(ics_wall_clock(none[i], zone, &date, &minute));
    g_time_zone_unref(zone);
}

static void a_cancelled_event_is_known(void **state) {
    (void)state;
    IcsEntry entry = check_entry(EVENT("DTSTART:20260914T164500Z\r\nSTATUS:CANCELLED\r\n"), true,
                                 "20260914T164500Z");
    assert_true(entry.cancelled);
    assert_null(entry.mark);
}

static void what_is_no_event_is_none(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "UID:u1",
        "BEGIN:VEVENT\r\nUID:u1\r\n",
        "BEGIN:VEVENT\r\nUID:u2\r\nEND:VEVENT\r\n",
        "BEGIN:VTODO\r\nUID:u1\r\nEND:VTODO\r\n",
        "END:VEVENT\r\nEND:VEVENT\r\nEND:VEVENT\r\n",
        "<html>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        check_entry(texts[i], false, "");
}

static void damaged_events_harm_nobody(void **state) {
    (void)state;
    static const char sound[] = EVENT("DTSTART;TZID=\"Europe/Paris\":20260914T184500\r\n"
                                      "STATUS:CONFIRMED\r\nX-PILOTE-SENT:20260914T164500Z/a\r\n");
    GTimeZone *zone = wall_clock_zone("Europe/Paris");
    GRand *random = g_rand_new_with_seed(1);
    int found = 0;
    for (int i = 0; i < 2000; i++) {
        static const char bytes[] = "\r\n \t:;\"BEGINDTSTART=T0129Z\x80\xff";
        char *text = g_strdup(sound);
        for (int change = g_rand_int_range(random, 1, 5); change > 0; change--)
            text[g_rand_int_range(random, 0, (gint32)strlen(text))] =
                bytes[g_rand_int_range(random, 0, (gint32)sizeof bytes - 1)];
        IcsEntry entry;
        found += ics_read(text, "u1", zone, &entry);
        ics_entry_clear(&entry);
        g_free(text);
    }
    assert_in_range(found, 1, 1999);
    g_rand_free(random);
    g_time_zone_unref(zone);
}

static CaldavListing listing_of(const char *xml, bool good) {
    CaldavListing listing;
    assert_int_equal(caldav_listing_read(xml, strlen(xml), &listing), good);
    return listing;
}

static void a_listing_is_read_whatever_its_prefixes(void **state) {
    (void)state;
    CaldavListing listing = listing_of(
        "<?xml version='1.0'?><d:multistatus xmlns:d='DAV:' "
        "xmlns:cal='urn:ietf:params:xml:ns:caldav'>"
        "<d:response><d:href>/dav/jane/work/</d:href><d:propstat><d:prop><d:resourcetype>"
        "<d:collection/><cal:calendar/></d:resourcetype></d:prop></d:propstat></d:response>"
        "<d:response><d:href> "
        "https://example.org/dav/jane/work/a%2db.ics\n</d:href><d:propstat><d:prop>"
        "<d:getetag>&quot;e1&quot;</d:getetag><d:resourcetype/></d:prop></d:propstat></d:response>"
        "<d:response><d:href>/dav/jane/work/c.ics</d:href><d:propstat><d:prop>"
        "<d:getetag><![CDATA[W/\"e2\"]]></d:getetag></d:prop></d:propstat></d:response>"
        "</d:multistatus>",
        true);
    assert_true(listing.calendar);
    assert_int_equal(g_hash_table_size(listing.etags), 2);
    assert_string_equal(g_hash_table_lookup(listing.etags, "a-b.ics"), "\"e1\"");
    assert_string_equal(g_hash_table_lookup(listing.etags, "c.ics"), "W/\"e2\"");
    caldav_listing_clear(&listing);
}

static void a_calendar_within_makes_no_calendar(void **state) {
    (void)state;
    CaldavListing listing = listing_of(
        "<multistatus xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>"
        "<response><href>/jane/work/</href><propstat><prop><resourcetype><collection/><C:calendar/>"
        "</resourcetype></prop></propstat></response>"
        "<response><href>/jane/</href><propstat><prop><resourcetype><collection/></resourcetype>"
        "</prop></propstat></response></multistatus>",
        true);
    assert_false(listing.calendar);
    caldav_listing_clear(&listing);
}

static void what_is_no_listing_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "<html></html>", "<multistatus>", "text",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><multistatus>&a;</multistatus>"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        listing_of(texts[i], false);
}

static void what_was_sent_is_read_back(void **state) {
    (void)state;
    char *folder = g_dir_make_tmp("pilote-XXXXXX", NULL), *error = NULL;
    Faults *faults = faults_new();
    CaldavState *sent = caldav_state_read(folder, faults); /* there is none yet */
    caldav_state_set(caldav_state_of(sent, "https://example.org/a"), "u1", "\"e1\"",
                     "20260914T164500Z", "abc");
    caldav_state_set(caldav_state_of(sent, "https://example.org/b/"), "u2", "W/\"e\"", "20261103",
                     "def");
    caldav_state_set(caldav_state_of(sent, "https://example.org/b/"), "u3", "x", "20261103", "y");
    caldav_state_set(caldav_state_of(sent, "https://example.org/b/"), "u3", NULL, NULL, NULL);
    assert_true(caldav_state_write(sent, folder, &error));
    caldav_state_free(sent);
    sent = caldav_state_read(folder, faults);
    const SentEvent *event =
        g_hash_table_lookup(caldav_state_of(sent, "https://example.org/a/"), "u1");
    assert_string_equal(event->etag, "\"e1\"");
    assert_string_equal(event->start, "20260914T164500Z");
    assert_string_equal(event->hash, "abc");
    assert_int_equal(g_hash_table_size(caldav_state_of(sent, "https://example.org/b")), 1);
    caldav_state_free(sent);
    assert_int_equal(faults_count(faults, FAULT_ERROR), 0);
    char *path = g_build_filename(folder, CALDAV_STATE_FILE, NULL);
    assert_true(
        g_file_set_contents(path, "{\"format\": \"other/1\", \"calendars\": []}", -1, NULL));
    assert_null(caldav_state_read(folder, faults));
    assert_int_equal(faults_count(faults, FAULT_ERROR), 1);
    faults_free(faults);
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_are_understood_in_all_their_forms),
        cmocka_unit_test(a_start_that_is_not_understood_is_none),
        cmocka_unit_test(what_belongs_to_other_parts_is_not_the_events),
        cmocka_unit_test(a_start_is_told_on_the_wall_clock_of_the_operation),
        cmocka_unit_test(a_cancelled_event_is_known),
        cmocka_unit_test(what_is_no_event_is_none),
        cmocka_unit_test(damaged_events_harm_nobody),
        cmocka_unit_test(a_listing_is_read_whatever_its_prefixes),
        cmocka_unit_test(a_calendar_within_makes_no_calendar),
        cmocka_unit_test(what_is_no_listing_is_refused),
        cmocka_unit_test(what_was_sent_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
