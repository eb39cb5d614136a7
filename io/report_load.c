/* report_load.c: what each firm and person has to do a week, against what they can, with closures.
 *
 * Crews are counted in units times days, volumes in cubic metres, clocks in hours of appointments.
 */
#include <math.h>

#include "io/report_internal.h"
#include "io/tell.h"
#include "io/tell_day.h"
#include "solver/language.h"

enum { HEIGHT = 40, WEEK = 7, HOUR = 60 };

typedef struct Load {
    int n_weeks;
    date_t monday;           /* of the first week */
    double *used, *capacity; /* [r * n_weeks + w], in thousandths or minutes */
} Load;

static int week_of(const Load *load, date_t date) {
    return (date - load->monday) / WEEK;
}

static void add_capacity(const Report *report, Load *load) {
    const Calendar *calendar = report->calendar;
    for (int r = 0; r < report->op->n_resources; r++)
        for (int d = 0; d < calendar->n_days; d++) {
            int week = week_of(load, report->op->start + d);
            if (report->op->start + d < load->monday || week >= load->n_weeks)
                continue;
            double *capacity = &load->capacity[r * load->n_weeks + week];
            *capacity += (double)calendar->capacity[(size_t)r * calendar->n_days + d];
            for (int s = 0; s < calendar->n_slots; s++)
                *capacity += calendar_people(calendar, r, d, s) *
                             (report->op->slots[s].to - report->op->slots[s].from);
        }
}

/* Whether all who do the task work on the day; outside the horizon: on Monday to Friday. */
static bool is_worked(const Report *report, const PlanHousehold *planned, const Task *task,
                      date_t date) {
    day_t d = date - report->op->start;
    if (d < 0 || d >= report->calendar->n_days)
        return date_weekday(date) < 5;
    for (int i = 0; i < task->n_needs; i++) {
        int r = planned->members[task->needs[i].role];
        if (r != NONE && report->op->resources[r].measure != MEASURE_CLOCK &&
            !calendar_works(report->calendar, r, d))
            return false;
    }
    return true;
}

static void add_use(Load *load, int r, date_t date, double amount) {
    int week = week_of(load, date);
    if (date >= load->monday && week < load->n_weeks)
        load->used[r * load->n_weeks + week] += amount;
}

static void add_task(const Report *report, Load *load, int h, int a) {
    const PlanHousehold *planned = &report->plan->households[h];
    const Task *task = &household_package(report->op, h)->tasks[a];
    const PlanTask *dated = &planned->tasks[a];
    for (int i = 0; i < task->n_needs; i++) {
        int r = planned->members[task->needs[i].role];
        if (r == NONE)
            continue;
        if (report->op->resources[r].measure == MEASURE_CLOCK) {
            add_use(load, r, dated->start, task->minutes);
            continue;
        }
        for (date_t date = dated->start; date <= dated->finish; date++)
            if (is_worked(report, planned, task, date))
                add_use(load, r, date, (double)need_amount(report->op, h, &task->needs[i]));
    }
}

static Load load_of(const Report *report) {
    Load load = {.monday = report->from - date_weekday(report->from)};
    load.n_weeks = week_of(&load, report->until) + 1;
    load.used = ARENA_NEW(report->arena, double, load.n_weeks * report->op->n_resources);
    load.capacity = ARENA_NEW(report->arena, double, load.n_weeks * report->op->n_resources);
    add_capacity(report, &load);
    for (int h = 0; h < report->op->n_households; h++)
        for (int a = 0; a < household_package(report->op, h)->n_tasks; a++)
            if (report->plan->households[h].tasks[a].start != DATE_NONE)
                add_task(report, &load, h, a);
    return load;
}

/* Appends the figure in the unit that people use. */
static void append_amount(GString *out, const Report *report, const Resource *resource,
                          double amount) {
    tell_tenths(out, report->op, amount / (resource->measure == MEASURE_CLOCK ? HOUR : MILLI));
}

static const char *unit_of(const Resource *resource) {
    switch (resource->measure) {
    case MEASURE_CREW:
        return _("crew days");
    case MEASURE_VOLUME:
        return _("m\xc2\xb3");
    case MEASURE_CLOCK:
        return _("hours");
    }
    return "";
}

/* Why somebody works less in the week, after the rows of calendar.csv that speak of him. */
static void append_closures(GString *text, const Report *report, int r, date_t monday) {
    const Operation *op = report->op;
    for (int i = 0; i < op->n_calendar; i++) {
        const CalendarRow *row = &op->calendar[i];
        bool his = (row->resource == NONE && row->role == NONE) || row->resource == r ||
                   (row->resource == NONE && row->role == op->resources[r].role);
        if (his && row->from < monday + WEEK && row->until >= monday && row->label[0] != '\0')
            g_string_append_printf(text, "; %s", row->label);
    }
}

/* `Week of 12 Oct: 4 of 5 crew days; Toussaint`; free with g_free(). */
static char *describe(const Report *report, const Load *load, int r, int week) {
    const Resource *resource = &report->op->resources[r];
    date_t monday = load->monday + week * WEEK;
    GString *day = g_string_new(NULL), *used = g_string_new(NULL), *capacity = g_string_new(NULL);
    tell_short_day(day, report->op, monday);
    append_amount(used, report, resource, load->used[r * load->n_weeks + week]);
    append_amount(capacity, report, resource, load->capacity[r * load->n_weeks + week]);
    GString *text = g_string_new(NULL);
    /* TRANSLATORS: a day, an amount of work, what could be done, the unit of both */
    g_string_append_printf(text, _("week of %s: %s of %s %s"), day->str, used->str, capacity->str,
                           unit_of(resource));
    append_closures(text, report, r, monday);
    g_string_free(day, TRUE);
    g_string_free(used, TRUE);
    g_string_free(capacity, TRUE);
    return g_string_free(text, FALSE);
}

/* What a week's bar is drawn as. */
typedef enum Bar { BAR_CAN, BAR_CLOSED, BAR_USED, BAR_FULL, N_BARS } Bar;

/* The height of a week's bar in the drawing, 0: none; `most` is the highest there is. */
static double bar_height(Bar bar, double used, double capacity, double most) {
    bool full = used > 0.9 * capacity;
    switch (bar) {
    case BAR_CAN:
        return HEIGHT * capacity / most;
    case BAR_CLOSED:
        return capacity > 0 ? 0 : HEIGHT;
    case BAR_USED:
        return full ? 0 : HEIGHT * used / most;
    default:
        return full ? HEIGHT * used / most : 0;
    }
}

/* Whether the week lies in the horizon, at least in part. */
static bool in_horizon(const Report *report, date_t monday) {
    return monday <= report->op->end && monday + WEEK > report->op->start;
}

/* All bars of one kind as one drawing. */
static void add_bars(Report *report, const Load *load, int r, Bar bar, double most) {
    static const char *const classes[] = {"can", "closed", "used", "full"};
    html_add(report->out, "<path class=%s d=\"", classes[bar]);
    for (int w = 0; w < load->n_weeks; w++) {
        date_t monday = load->monday + w * WEEK;
        double height = bar_height(bar, load->used[r * load->n_weeks + w],
                                   load->capacity[r * load->n_weeks + w], most);
        int width = bar == BAR_CAN || bar == BAR_CLOSED ? WEEK : WEEK - 1;
        if (height > 0 && in_horizon(report, monday))
            html_add(report->out, "M%d,%dh%dv%.2fh%dz", axis_x(report, monday), HEIGHT, width,
                     -height, -width);
    }
    html_add(report->out, "\"/>");
}

static void add_weeks(Report *report, const Load *load, int r) {
    double most = 1;
    for (int w = 0; w < load->n_weeks; w++)
        most = MAX(most,
                   MAX(load->used[r * load->n_weeks + w], load->capacity[r * load->n_weeks + w]));
    for (int bar = 0; bar < N_BARS; bar++)
        add_bars(report, load, r, (Bar)bar, most);
    for (int w = 0; w < load->n_weeks; w++) {
        date_t monday = load->monday + w * WEEK;
        if (!in_horizon(report, monday))
            continue;
        char *text = describe(report, load, r, w);
        html_add(report->out, "<path class=part data-t=\"%s\" d=M%d,0h7v%dh-7z />", text,
                 axis_x(report, monday), HEIGHT);
        g_free(text);
    }
}

/* How much of what could be done is used, between the first and the last task. */
static int share_of(const Load *load, int r) {
    double used = 0, capacity = 0, pending = 0;
    for (int w = 0; w < load->n_weeks; w++) {
        double now = load->used[r * load->n_weeks + w];
        if (now > 0 || used > 0)
            pending += load->capacity[r * load->n_weeks + w];
        if (now > 0) {
            used += now;
            capacity += pending;
            pending = 0;
        }
    }
    return capacity > 0 ? (int)lround(100 * used / capacity) : 0;
}

static void add_resource(Report *report, const Load *load, int r) {
    html_add(report->out, "<tr data-r=%d><th scope=row>%s <span class=place>", r,
             report->op->resources[r].label);
    char *share = report_text(_("%d%% used"), share_of(load, r));
    html_add(report->out, "%s</span></th>", share);
    g_free(share);
    axis_draw(report, "load", HEIGHT);
    add_weeks(report, load, r);
    axis_drawn(report);
    html_add(report->out, "</tr>\n");
}

void report_load(Report *report) {
    Load load = load_of(report);
    report_section(report, "load", _("Load against capacity"),
                   _("Week by week: the pale bar is what can be done, the dark one what is "
                     "planned, darkest from nine tenths on; hatched weeks are closed."));
    axis_open(report, "load", _("Load of each week"), _("Who"));
    for (int r = 0; r < report->op->n_resources; r++)
        if (report->audience->kind == AUDIENCE_PILOT ||
            g_str_equal(report->op->resources[r].id, report->audience->id))
            add_resource(report, &load, r);
    axis_close(report);
    html_add(report->out, "</section>\n");
}
