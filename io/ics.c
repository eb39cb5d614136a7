#include "io/ics.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "io/ics_text.h"
#include "io/tell.h"
#include "io/uuid.h"
#include "io/wall_clock.h"
#include "solver/language.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

/* Those who accompany the tenants, by the id of their role. */
static bool is_pilot(const Events *events, const char *member) {
    for (int m = 0; m < events->n_members; m++)
        if (g_str_equal(events->members[m].id, member))
            return g_str_equal(events->members[m].role, "pilot") ||
                   g_str_equal(events->members[m].role, "pilote");
    return false;
}

Audience audience_of(const Events *events, AudienceKind kind, const char *id) {
    bool everything = kind == AUDIENCE_PILOT || (kind == AUDIENCE_MEMBER && is_pilot(events, id));
    return (Audience){kind, id, everything};
}

bool audience_sees(const Events *events, const Audience *audience, const Event *event) {
    if (event->state == EVENT_FORGOTTEN ||
        (event->state != EVENT_LIVE && event->until < events->as_of))
        return false;
    switch (audience->kind) {
    case AUDIENCE_PILOT:
        return event->state != EVENT_REPLACED;
    case AUDIENCE_MEMBER:
        return event_has_member(event, audience->id);
    case AUDIENCE_HOUSEHOLD:
        return event->state != EVENT_REPLACED && g_str_equal(event->household->id, audience->id);
    }
    return false;
}

static bool is_timed(const Event *event) {
    return event->start_minute != MINUTE_NONE && event->finish_minute != MINUTE_NONE;
}

static void write_day(date_t date, char *text, size_t size) {
    int year;
    int month;
    int day;
    date_to_ymd(date, &year, &month, &day);
    snprintf(text, size, "%04d%02d%02d", year, month, day);
}

static void write_instant(int64_t seconds, char *text, size_t size) {
    time_t instant = (time_t)seconds;
    struct tm parts = {0};
    gmtime_r(&instant, &parts);
    strftime(text, size, "%Y%m%dT%H%M%SZ", &parts);
}

IcsSpan ics_span(const IcsWriter *writer, const Event *event) {
    IcsSpan span = {.days = !is_timed(event)};
    if (span.days) {
        write_day(event->start, span.start, sizeof span.start);
        write_day(event->finish + 1, span.end, sizeof span.end); /* the end is excluded */
    } else {
        write_instant(wall_clock_to_utc(writer->zone, event->start, event->start_minute),
                      span.start, sizeof span.start);
        write_instant(wall_clock_to_utc(writer->zone, event->finish, event->finish_minute),
                      span.end, sizeof span.end);
    }
    return span;
}

/* `name:value` of a property whose value needs no escaping. */
static void append_plain(GString *out, const char *name, const char *value) {
    char *line = g_strconcat(name, ":", value, NULL);
    ics_line(out, line);
    g_free(line);
}

static void append_summary(const IcsWriter *writer, const Event *event, GString *out) {
    const EventHousehold *household = event->household;
    const char *about = event->place[0] != '\0' ? event->place : household->id;
    if (writer->audience.everything)
        about = household->name[0] != '\0' ? household->name : household->id;
    char *summary = writer->audience.kind == AUDIENCE_HOUSEHOLD
                        ? g_strdup(event->label)
                        /* TRANSLATORS: a task, then whom or where it is about */
                        : g_strdup_printf(_("%s: %s"), event->label, about);
    if (event->state == EVENT_LIVE) {
        ics_text(out, "SUMMARY", summary);
    } else {
        char *cancelled = g_strdup_printf(_("Cancelled: %s"), summary);
        ics_text(out, "SUMMARY", cancelled);
        g_free(cancelled);
    }
    g_free(summary);
}

/* `Phone: 01632 960 011` on a line of its own, unless the text is blank. */
static void append_fact(GString *description, const char *heading, const char *text) {
    if (text[0] != '\0')
        g_string_append_printf(description, "%s%s: %s", description->len > 0 ? "\n" : "", heading,
                               text);
}

static void append_members(const IcsWriter *writer, const Event *event, GString *description) {
    GString *names = g_string_new(NULL);
    for (int i = 0; i < event->n_members; i++) {
        const char *name = event->members[i];
        for (int m = 0; m < writer->events->n_members; m++)
            if (g_str_equal(writer->events->members[m].id, name)) {
                name = writer->events->members[m].label;
                break;
            }
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", name);
    }
    append_fact(description, _("Who comes"), names->str);
    g_string_free(names, TRUE);
}

static void append_description(const IcsWriter *writer, const Event *event, GString *out) {
    const EventHousehold *household = event->household;
    const Audience *audience = &writer->audience;
    GString *description = g_string_new(NULL);
    if (audience->everything) {
        append_fact(description, _("Household"), household->id);
        append_fact(description, _("Phone"), household->phone);
    }
    if (audience->everything || audience->kind == AUDIENCE_HOUSEHOLD) {
        append_members(writer, event, description);
        append_fact(description, _("Temporary home"), household->home);
    }
    if (audience->kind != AUDIENCE_HOUSEHOLD)
        append_fact(description, _("Access"), household->access);
    if (audience->everything) {
        append_fact(description, _("Needs"), household->needs);
        append_fact(description, _("Absences"), household->absences);
        append_fact(description, _("Notes"), household->notes);
    }
    if (event->state == EVENT_LIVE)
        append_fact(description, _("Status"), tell_status(event->status));
    if (description->len > 0)
        ics_text(out, "DESCRIPTION", description->str);
    g_string_free(description, TRUE);
}

static void append_categories(const Event *event, GString *out) {
    const char *const categories[] = {event->move != MOVE_NONE ? _("Move")
                                      : is_timed(event)        ? _("Appointment")
                                                               : _("Works"),
                                      NULL};
    ics_texts(out, "CATEGORIES", categories);
}

/* Reminds the tenant a day before, and others an hour before, of an appointment that was told. */
static void append_alarm(const IcsWriter *writer, const Event *event, GString *out) {
    bool told = event->status == STATUS_ANNOUNCED || event->status == STATUS_CONFIRMED;
    if (event->state != EVENT_LIVE || !told || !is_timed(event))
        return;
    ics_line(out, "BEGIN:VALARM");
    ics_line(out, "ACTION:DISPLAY");
    ics_text(out, "DESCRIPTION", event->label);
    append_plain(out, "TRIGGER", writer->audience.kind == AUDIENCE_HOUSEHOLD ? "-P1D" : "-PT1H");
    ics_line(out, "END:VALARM");
}

static const char *status_of(const Event *event) {
    if (event->state != EVENT_LIVE)
        return "CANCELLED";
    /* An announced date is one that the tenant has not agreed to yet. */
    return event->status == STATUS_PROPOSED || event->status == STATUS_ANNOUNCED ? "TENTATIVE"
                                                                                 : "CONFIRMED";
}

/* Works in a home keep busy those who do them, and nobody else. */
static bool is_busy(const IcsWriter *writer, const Event *event) {
    return event->state == EVENT_LIVE &&
           (is_timed(event) || writer->audience.kind == AUDIENCE_MEMBER);
}

void ics_event(const IcsWriter *writer, const Event *event, bool stamped, const char *extra,
               GString *out) {
    char uid[UUID_TEXT], sequence[16];
    IcsSpan span = ics_span(writer, event);
    ics_line(out, "BEGIN:VEVENT");
    append_plain(out, "UID", event_uid(writer->events, event, uid));
    if (stamped) {
        char stamp[24];
        write_instant((int64_t)writer->events->as_of * DAY_SECONDS, stamp, sizeof stamp);
        append_plain(out, "DTSTAMP", stamp);
    }
    snprintf(sequence, sizeof sequence, "%d", event->sequence);
    append_plain(out, "SEQUENCE", sequence);
    append_plain(out, span.days ? "DTSTART;VALUE=DATE" : "DTSTART", span.start);
    append_plain(out, span.days ? "DTEND;VALUE=DATE" : "DTEND", span.end);
    append_summary(writer, event, out);
    if (event->place[0] != '\0')
        ics_text(out, "LOCATION", event->place);
    append_description(writer, event, out);
    append_categories(event, out);
    append_plain(out, "STATUS", status_of(event));
    append_plain(out, "TRANSP", is_busy(writer, event) ? "OPAQUE" : "TRANSPARENT");
    if (extra != NULL)
        ics_line(out, extra);
    append_alarm(writer, event, out);
    ics_line(out, "END:VEVENT");
}

void ics_begin(const IcsWriter *writer, const char *name, GString *out) {
    const char *language = writer->events->language;
    char *product = g_strdup_printf("PRODID:" ICS_PRODUCT "%c%c", g_ascii_toupper(language[0]),
                                    language[0] != '\0' ? g_ascii_toupper(language[1]) : ' ');
    ics_line(out, "BEGIN:VCALENDAR");
    ics_line(out, "VERSION:2.0");
    ics_line(out, product);
    ics_line(out, "CALSCALE:GREGORIAN");
    if (name != NULL) {
        ics_text(out, "NAME", name);
        ics_text(out, "X-WR-CALNAME", name);
    }
    g_free(product);
}

void ics_end(GString *out) {
    ics_line(out, "END:VCALENDAR");
}

/* A calendar needs something in it (section 3.6); the description of UTC changes nothing. */
static void append_utc(GString *out) {
    static const char *const lines[] = {
        "BEGIN:VTIMEZONE",    "TZID:Etc/UTC",     "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD",   "END:VTIMEZONE"};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        ics_line(out, lines[i]);
}

char *ics_empty(const IcsWriter *writer, const char *name) {
    GString *out = g_string_new(NULL);
    ics_begin(writer, name, out);
    append_utc(out);
    ics_end(out);
    return g_string_free(out, FALSE);
}

/* `Cité des Pinsons`, `Cité des Pinsons: Dupont électricité`. */
static char *calendar_name(const IcsWriter *writer) {
    const Events *events = writer->events;
    const char *label = writer->audience.id;
    if (writer->audience.kind == AUDIENCE_HOUSEHOLD)
        label = NULL; /* there is only one in a tenant's telephone */
    for (int m = 0; label != NULL && m < events->n_members; m++)
        if (g_str_equal(events->members[m].id, label)) {
            label = events->members[m].label;
            break;
        }
    return label == NULL ? g_strdup(events->operation)
                         : g_strdup_printf(_("%s: %s"), events->operation, label);
}

char *ics_calendar(const IcsWriter *writer) {
    const Events *events = writer->events;
    char *name = calendar_name(writer);
    GString *out = g_string_new(NULL);
    ics_begin(writer, name, out);
    gsize begin = out->len;
    for (int i = 0; i < events->n_live; i++)
        if (audience_sees(events, &writer->audience, &events->live[i]))
            ics_event(writer, &events->live[i], true, NULL, out);
    for (int i = 0; i < events->n_past; i++)
        if (audience_sees(events, &writer->audience, &events->past[i]))
            ics_event(writer, &events->past[i], true, NULL, out);
    if (out->len == begin)
        append_utc(out);
    ics_end(out);
    g_free(name);
    return g_string_free(out, FALSE);
}
