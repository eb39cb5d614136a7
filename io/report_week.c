/* report_week.c: the next seven days, day by day, and what tenants are to be told in them. */
#include <string.h>

#include "io/call_list.h"
#include "io/report_internal.h"
#include "io/tell.h"
#include "io/tell_day.h"
#include "io/tell_review.h"
#include "solver/language.h"

enum { WEEK_DAYS = 7 };

typedef struct Entry {
    int household, task;
    const PlanTask *dated;
} Entry;

static gint compare_entries(gconstpointer left, gconstpointer right) {
    const Entry *a = left, *b = right;
    if (a->dated->start != b->dated->start)
        return a->dated->start < b->dated->start ? -1 : 1;
    /* Works, which have no hour, come after the appointments of their day. */
    bool timed = a->dated->start_minute != MINUTE_NONE;
    if (timed != (b->dated->start_minute != MINUTE_NONE))
        return timed ? -1 : 1;
    if (a->dated->start_minute != b->dated->start_minute)
        return a->dated->start_minute < b->dated->start_minute ? -1 : 1;
    if (a->household != b->household)
        return a->household - b->household;
    return a->task - b->task;
}

static GArray *find_entries(const Report *report) {
    const Operation *op = report->op;
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            Entry entry = {h, a, &report->plan->households[h].tasks[a]};
            if (report->shown[h][a] != NULL && entry.dated->start >= op->as_of &&
                entry.dated->start < op->as_of + WEEK_DAYS)
                g_array_append_val(entries, entry);
        }
    g_array_sort(entries, compare_entries);
    return entries;
}

/* A line of the entry, unless there is nothing to say. */
static void add_fact(Report *report, const char *heading, const char *text) {
    if (text[0] != '\0')
        html_add(report->out, "<div><dt>%s</dt><dd>%s</dd></div>", heading, text);
}

static void add_hours(Report *report, const PlanTask *dated) {
    if (dated->start_minute == MINUTE_NONE) {
        html_add(report->out, "<p class=when><b>%s</b></p>",
                 dated->finish > dated->start ? _("begins") : _("all day"));
        return;
    }
    GString *from = g_string_new(NULL), *to = g_string_new(NULL);
    tell_hour(from, report->op, dated->start_minute);
    if (dated->finish_minute != MINUTE_NONE)
        tell_hour(to, report->op, dated->finish_minute);
    html_add(report->out, "<p class=when><b>%s</b> <span>%s</span>", from->str, to->str);
    if (report_late(report, dated))
        html_add(report->out, " <em class=late>%s</em>", _("evening"));
    html_add(report->out, "</p>");
    g_string_free(from, TRUE);
    g_string_free(to, TRUE);
}

/* What the task itself needs on site. */
static void append_items(GString *text, const Operation *op, const Task *task) {
    for (int i = 0; i < task->n_items; i++) {
        g_string_append(text, text->len > 0 ? "; " : "");
        g_string_append(text, op->items[task->items[i].item]);
        if (task->items[i].quantity != MILLI) {
            g_string_append(text, " \xc3\x97 ");
            tell_tenths(text, op, (double)task->items[i].quantity / MILLI);
        }
    }
}

/* Announcements that are due for the household: at an appointment they are handed over. */
static void append_letters(GString *text, const Report *report, int h) {
    for (guint i = 0; report->calls != NULL && i < report->calls->len; i++) {
        const Call *call = &g_array_index(report->calls, Call, i);
        if (call->op != report->op || call->household != h)
            continue;
        for (guint j = 0; j < call->items->len; j++) {
            const CallItem *item = &g_array_index(call->items, CallItem, j);
            if (item->topic != CALL_TELL)
                continue;
            char *letter =
                g_strdup_printf(_("announcement of: %s"),
                                household_package(report->op, h)->tasks[item->task].label);
            g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", letter);
            g_free(letter);
        }
    }
}

static void add_bring(Report *report, const Entry *entry, const Task *task) {
    GString *text = g_string_new(NULL);
    append_items(text, report->op, task);
    if (task->minutes > 0)
        append_letters(text, report, entry->household);
    add_fact(report, _("To bring"), text->str);
    g_string_free(text, TRUE);
}

/* Whether somebody else comes than the only pilot, who knows that herself. */
static bool others_come(const Report *report, const Event *event) {
    int pilots = 0;
    for (int r = 0; r < report->op->n_resources; r++)
        pilots +=
            audience_of(report->events, AUDIENCE_MEMBER, report->op->resources[r].id).everything;
    return event->n_members != 1 || pilots != 1 ||
           !audience_of(report->events, AUDIENCE_MEMBER, event->members[0]).everything;
}

static void add_facts(Report *report, const Entry *entry, const Task *task) {
    const EventHousehold *household = report->shown[entry->household][entry->task]->household;
    html_add(report->out, "<dl>");
    if (report->audience->everything) {
        GString *members = g_string_new(NULL);
        tell_members(members, report->op, &report->plan->households[entry->household], task);
        add_bring(report, entry, task);
        if (others_come(report, report->shown[entry->household][entry->task]))
            add_fact(report, _("Who comes"), members->str);
        if (household->home[0] != '\0' && task->minutes > 0)
            add_fact(report, _("Temporary home"), household->home);
        g_string_free(members, TRUE);
    }
    add_fact(report, _("Access"), household->access);
    if (report->audience->everything) {
        if (report->op->households[entry->household].accessible)
            add_fact(report, _("Needs"), household->needs);
        add_fact(report, _("Absences"), household->absences);
        add_fact(report, _("Notes"), household->notes);
    }
    html_add(report->out, "</dl>");
}

static void add_entry(Report *report, const Entry *entry) {
    const Task *task = &household_package(report->op, entry->household)->tasks[entry->task];
    const Event *event = report->shown[entry->household][entry->task];
    const char *kind = task->move != MOVE_NONE ? "move" : task->minutes > 0 ? "visit" : "works";
    html_add(report->out, "<li class=%s", kind);
    report_mark(report, entry->household);
    if (report->audience->kind == AUDIENCE_PILOT)
        report_mark_members(report, entry->household, entry->task);
    html_add(report->out, ">");
    add_hours(report, entry->dated);
    html_add(report->out, "<div><p class=what><b>%s</b> <i class=\"status s%d\">%s</i></p><p>",
             task->label, (int)entry->dated->status, tell_status(entry->dated->status));
    report_link(report, entry->household);
    if (report->audience->everything) {
        html_add(report->out, " <span class=place>%s</span> ", event->place);
        report_phone(report, event->household->phone);
    } else if (task->move != MOVE_NONE) {
        html_add(report->out, " <span class=place>%s</span>", event->place);
    }
    html_add(report->out, "</p>");
    add_facts(report, entry, task);
    html_add(report->out, "</div></li>\n");
}

static void add_days(Report *report) {
    GArray *entries = find_entries(report);
    guint i = 0;
    html_add(report->out, "<div class=days>\n");
    for (date_t date = report->op->as_of; date < report->op->as_of + WEEK_DAYS; date++) {
        GString *day = g_string_new(NULL);
        tell_day(day, report->op, date, false);
        bool any = i < entries->len && g_array_index(entries, Entry, i).dated->start == date;
        /* An empty Saturday is nothing to look at. */
        if (any || date_weekday(date) < 5) {
            html_add(report->out, "<section class=day><h3>%s</h3>", day->str);
            html_add(report->out, any ? "<ol>\n" : "<p class=none>%s</p>", _("nothing"));
            for (; i < entries->len && g_array_index(entries, Entry, i).dated->start == date; i++)
                add_entry(report, &g_array_index(entries, Entry, i));
            html_add(report->out, any ? "</ol></section>\n" : "</section>\n");
        }
        g_string_free(day, TRUE);
    }
    html_add(report->out, "</div>\n");
    g_array_free(entries, TRUE);
}

static void add_call(Report *report, const Call *call) {
    const Household *household = &call->op->households[call->household];
    html_add(report->out, "<li");
    if (call->op == report->op)
        report_mark(report, call->household);
    html_add(report->out, "%s><p class=what>", call->broken ? " class=broken" : "");
    if (call->op == report->op)
        report_link(report, call->household);
    else
        html_add(report->out, "<b>%s %s</b>", household->id, household->name);
    html_add(report->out, " ");
    report_phone(report, household->phone);
    GString *by = g_string_new(NULL);
    tell_day(by, report->op, call->by, false);
    char *until = report_text(_("until %s"), by->str);
    html_add(report->out, " <span class=by>%s%s</span></p><ul>", until,
             call->evenings_only ? _(" (in the evening only)") : "");
    g_free(until);
    g_string_free(by, TRUE);
    for (guint j = 0; j < call->items->len; j++) {
        GString *text = g_string_new(NULL);
        tell_topic(text, report->op, call, &g_array_index(call->items, CallItem, j));
        html_add(report->out, "<li>%s</li>", text->str);
        g_string_free(text, TRUE);
    }
    html_add(report->out, "</ul></li>\n");
}

static void add_calls(Report *report) {
    html_add(report->out, "<h3 class=announce>%s</h3>\n", _("To call or visit, in this order"));
    if (report->calls->len == 0)
        html_add(report->out, "<p class=none>%s</p>", _("nobody"));
    html_add(report->out, "<ol class=calls>\n");
    for (guint i = 0; i < report->calls->len; i++)
        add_call(report, &g_array_index(report->calls, Call, i));
    html_add(report->out, "</ol>\n");
}

void report_week(Report *report) {
    GString *from = g_string_new(NULL), *until = g_string_new(NULL);
    tell_day(from, report->op, report->op->as_of, false);
    tell_day(until, report->op, report->op->as_of + WEEK_DAYS - 1, true);
    char *span = report_text(_("from %s to %s"), from->str, until->str);
    report_section(report, "week", _("This week"), span);
    html_add(report->out,
             "<p class=\"tools script\"><button type=button data-step=-1>%s</button> <button "
             "type=button data-step=1>%s</button></p>\n",
             _("Week before"), _("Week after"));
    add_days(report);
    if (report->calls != NULL)
        add_calls(report);
    html_add(report->out, "</section>\n");
    g_free(span);
    g_string_free(from, TRUE);
    g_string_free(until, TRUE);
}
