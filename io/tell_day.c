#include "io/tell_day.h"

#include "io/tell.h"
#include "solver/language.h"

static const char *weekday_name(date_t date) {
    const char *const names[] = {_("Monday"), _("Tuesday"),  _("Wednesday"), _("Thursday"),
                                 _("Friday"), _("Saturday"), _("Sunday")};
    return names[date_weekday(date)];
}

static const char *month_name(int month) {
    const char *const names[] = {_("January"),   _("February"), _("March"),    _("April"),
                                 _("May"),       _("June"),     _("July"),     _("August"),
                                 _("September"), _("October"),  _("November"), _("December")};
    return names[month - 1];
}

const char *tell_short_month(date_t date) {
    /* TRANSLATORS: the months, as short as they are written on the axis of a chart */
    const char *const names[] = {_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
                                 _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")};
    int year;
    int month;
    int day;
    date_to_ymd(date, &year, &month, &day);
    return names[month - 1];
}

static void append_number(GString *out, const Operation *op, int day) {
    g_string_append_printf(out, tell_french(op) && day == 1 ? "%der" : "%d", day);
}

void tell_day(GString *out, const Operation *op, date_t date, bool year) {
    int y;
    int month;
    int day;
    date_to_ymd(date, &y, &month, &day);
    g_string_append_printf(out, "%s ", weekday_name(date));
    append_number(out, op, day);
    g_string_append_printf(out, " %s", month_name(month));
    if (year)
        g_string_append_printf(out, " %d", y);
}

void tell_short_day(GString *out, const Operation *op, date_t date) {
    int year;
    int month;
    int day;
    date_to_ymd(date, &year, &month, &day);
    append_number(out, op, day);
    g_string_append_printf(out, " %s", tell_short_month(date));
}

void tell_hour(GString *out, const Operation *op, minute_t minute) {
    const char *format = tell_french(op) ? "%d\xc2\xa0h\xc2\xa0%02d" : "%d:%02d";
    g_string_append_printf(out, format, minute / 60, minute % 60);
}

/* The day as a text of its own; free with g_free(). */
static char *day_text(const Operation *op, date_t date, bool year) {
    GString *text = g_string_new(NULL);
    tell_day(text, op, date, year);
    return g_string_free(text, FALSE);
}

static char *hour_text(const Operation *op, minute_t minute) {
    GString *text = g_string_new(NULL);
    tell_hour(text, op, minute);
    return g_string_free(text, FALSE);
}

/* `Monday 2`, `Monday 30 November`, `Thursday 31 December 2026`: what the last day does not say. */
static char *first_day_text(const Operation *op, date_t first, date_t last) {
    int year;
    int month;
    int day;
    int last_year;
    int last_month;
    date_to_ymd(last, &last_year, &last_month, &day);
    date_to_ymd(first, &year, &month, &day);
    if (year != last_year || month != last_month)
        return day_text(op, first, year != last_year);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s ", weekday_name(first));
    append_number(text, op, day);
    return g_string_free(text, FALSE);
}

void tell_when(GString *out, const Operation *op, const PlanTask *task) {
    char *finish = day_text(op, task->finish, true);
    if (task->finish != task->start) {
        char *start = first_day_text(op, task->start, task->finish);
        g_string_append_printf(out, _("from %s to %s"), start, finish);
        g_free(start);
    } else if (task->start_minute != MINUTE_NONE && task->finish_minute != MINUTE_NONE) {
        char *from = hour_text(op, task->start_minute), *to = hour_text(op, task->finish_minute);
        /* TRANSLATORS: a day, then two times of the clock */
        g_string_append_printf(out, _("on %s from %s to %s"), finish, from, to);
        g_free(from);
        g_free(to);
    } else {
        g_string_append_printf(out, _("on %s"), finish);
    }
    g_free(finish);
}
