/* tell.c: a language decides here between two ways to write; words come from the translations. */
#include "io/tell.h"

#include <math.h>
#include <stdio.h>

#include "solver/language.h"

#define NO_BREAK_SPACE "\xc2\xa0"

bool tell_french(const Operation *op) {
    return language_is_french(op->language);
}

char *tell_moment(const Operation *op, date_t date, minute_t minute, char *text) {
    return date_time_told(date, minute, tell_french(op), text);
}

const char *tell_weekday(int weekday) {
    const char *const weekdays[] = {_("Mon"), _("Tue"), _("Wed"), _("Thu"),
                                    _("Fri"), _("Sat"), _("Sun")};
    return weekdays[weekday];
}

void tell_number(GString *out, const Operation *op, int64_t number) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, number);
    for (int i = 0; i < length; i++) {
        int left = length - i;
        if (i > 0 && left % 3 == 0 && g_ascii_isdigit(digits[i - 1]))
            g_string_append(out, tell_french(op) ? NO_BREAK_SPACE : ",");
        g_string_append_c(out, digits[i]);
    }
}

void tell_tenths(GString *out, const Operation *op, double number) {
    int64_t tenths = llround(number * 10);
    tell_number(out, op, tenths / 10);
    if (tenths % 10 != 0)
        g_string_append_printf(out, "%c%d", tell_french(op) ? ',' : '.', (int)(tenths % 10));
}

const char *tell_status(Status status) {
    switch (status) {
    case STATUS_PROPOSED:
        return _("proposed");
    case STATUS_ANNOUNCED:
        return _("announced");
    case STATUS_CONFIRMED:
        return _("confirmed");
    case STATUS_STARTED:
        return _("started");
    case STATUS_DONE:
        return _("done");
    }
    return "";
}

void tell_members(GString *out, const Operation *op, const PlanHousehold *household,
                  const Task *task) {
    bool any = false;
    for (int i = 0; i < task->n_needs; i++) {
        int r = household->members[task->needs[i].role];
        if (r == NONE)
            continue;
        g_string_append_printf(out, "%s%s", any ? ", " : "", op->resources[r].label);
        any = true;
    }
}
