/* report_gantt.c: one row a household: visits, nights away, works by trade, return. */
#include "io/report_internal.h"
#include "solver/language.h"

enum { ROW = 16, BAR_TOP = 2, MAX_LANES = 3 }; /* units of a row's height */

/* Works of one household that go on at the same time lie in lanes, one above the other. */
typedef struct Lanes {
    int n;
    date_t free[MAX_LANES]; /* the first day on which the lane is free */
} Lanes;

/* Puts the dates into the first free lane, or the one that is free first. */
static int take_lane(Lanes *lanes, const PlanTask *dated) {
    int best = 0;
    for (int l = 0; l < lanes->n; l++) {
        if (lanes->free[l] <= dated->start) {
            lanes->free[l] = dated->finish + 1;
            return l;
        }
        if (lanes->free[l] < lanes->free[best])
            best = l;
    }
    best = lanes->n < MAX_LANES ? lanes->n++ : best;
    lanes->free[best] = dated->finish + 1;
    return best;
}

/* The days between move out and move back, behind everything else. */
static void add_stay(Report *report, int h) {
    const Package *package = household_package(report->op, h);
    int out = package->move_out, back = package->move_back;
    if (out == NONE || report->shown[h][out] == NULL)
        return;
    const PlanTask *dated = report->plan->households[h].tasks;
    date_t until = back != NONE && dated[back].start != DATE_NONE
                       ? dated[back].start
                       : MIN(report->op->end, report->until);
    if (back == NONE || report->shown[h][back] != NULL)
        html_add(report->out, "<path class=away d=M%d,8h%d />", axis_x(report, dated[out].start),
                 until - dated[out].start);
}

/* The days of all appointments, or of all moves, as one drawing. */
static void add_days(Report *report, int h, const int *tasks, int n, bool moves) {
    const Package *package = household_package(report->op, h);
    bool any = false;
    for (int i = 0; i < n; i++) {
        int trade = report_trade(report, &package->tasks[tasks[i]]);
        if (trade >= N_MOVES || (trade == APPOINTMENT) == moves)
            continue;
        if (!any)
            html_add(report->out, "<path class=%s d=", moves ? "move" : "visit");
        html_add(report->out, "M%d,8h1",
                 axis_x(report, report->plan->households[h].tasks[tasks[i]].start));
        any = true;
    }
    if (any)
        html_add(report->out, " />");
}

static void add_bar(Report *report, int h, int a, double y) {
    const PlanTask *dated = &report->plan->households[h].tasks[a];
    int trade = report_trade(report, &household_package(report->op, h)->tasks[a]);
    html_add(report->out, "<path class=\"%s\" d=M%d,%.2fh%d />", report_colour(trade),
             axis_x(report, dated->start), y, dated->finish - dated->start + 1);
}

/* Works that overlap, tasks[0] to tasks[n - 1], each in its lane. */
static void add_cluster(Report *report, int h, const int *tasks, int n) {
    const PlanTask *dated = report->plan->households[h].tasks;
    int *lane = g_new(int, n);
    Lanes lanes = {0, {0}};
    for (int i = 0; i < n; i++)
        lane[i] = take_lane(&lanes, &dated[tasks[i]]);
    html_add(report->out, "<g class=l%d>", lanes.n);
    for (int i = 0; i < n; i++)
        add_bar(report, h, tasks[i], BAR_TOP + (ROW - 2 * BAR_TOP) * (lane[i] + 0.5) / lanes.n);
    html_add(report->out, "</g>");
    g_free(lane);
}

static void add_bars(Report *report, int h) {
    const Package *package = household_package(report->op, h);
    const PlanTask *dated = report->plan->households[h].tasks;
    int *tasks = g_new(int, package->n_tasks), n = report_tasks(report, h, tasks), n_works = 0;
    add_days(report, h, tasks, n, false);
    add_days(report, h, tasks, n, true);
    for (int i = 0; i < n; i++)
        if (report_trade(report, &package->tasks[tasks[i]]) >= N_MOVES)
            tasks[n_works++] = tasks[i];
    for (int i = 0, first = 0; i < n_works; first = i) {
        date_t last = dated[tasks[first]].finish;
        for (i++; i < n_works && dated[tasks[i]].start <= last; i++)
            last = MAX(last, dated[tasks[i]].finish);
        add_cluster(report, h, tasks + first, i - first);
    }
    g_free(tasks);
}

/* What the rows can be sorted by: the first day away, or of anything. */
static date_t first_day(const Report *report, int h) {
    const Package *package = household_package(report->op, h);
    const PlanTask *dated = report->plan->households[h].tasks;
    date_t first = report->until + 1;
    if (package->move_out != NONE && report->shown[h][package->move_out] != NULL)
        return dated[package->move_out].start;
    for (int a = 0; a < package->n_tasks; a++)
        if (report->shown[h][a] != NULL)
            first = MIN(first, dated[a].start);
    return first;
}

typedef struct Row {
    int household;
    date_t first;
} Row;

static gint compare_rows(gconstpointer left, gconstpointer right) {
    const Row *a = left, *b = right;
    return a->first != b->first ? (a->first < b->first ? -1 : 1) : a->household - b->household;
}

static void add_row(Report *report, const Row *row) {
    html_add(report->out, "<tr data-s=%d", axis_x(report, row->first));
    report_mark(report, row->household);
    html_add(report->out, "><th scope=row>");
    report_link(report, row->household);
    html_add(report->out, "</th>");
    axis_draw(report, "row", ROW);
    add_stay(report, row->household);
    add_bars(report, row->household);
    axis_drawn(report);
    html_add(report->out, "</tr>\n");
}

static void add_key(Report *report, const char *class, const char *label) {
    html_add(report->out,
             "<li><svg class=swatch viewBox=\"0 0 16 16\" aria-hidden=true><g class=l1>"
             "<path class=\"%s\" d=M0,8h16 /></g></svg>%s</li>",
             class, label);
}

static void add_legend(Report *report) {
    html_add(report->out, "<ul class=legend>");
    add_key(report, "visit", _("appointment"));
    add_key(report, "move", _("move"));
    add_key(report, "away", _("away from home"));
    html_add(report->out,
             "<li><svg class=swatch viewBox=\"0 0 16 16\" aria-hidden=true><path class=today "
             "d=M8,0v16 /></svg>%s</li>",
             _("day of the plan"));
    for (int t = N_MOVES; t < report->n_trades; t++) {
        bool any = false;
        for (int h = 0; h < report->op->n_households && !any; h++)
            for (int a = 0; a < household_package(report->op, h)->n_tasks && !any; a++)
                any = report->shown[h][a] != NULL &&
                      report_trade(report, &household_package(report->op, h)->tasks[a]) == t;
        if (any)
            add_key(report, report_colour(t), report->trades[t].label);
    }
    html_add(report->out, "</ul>\n");
}

void report_gantt(Report *report) {
    const Operation *op = report->op;
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));
    for (int h = 0; h < op->n_households; h++) {
        Row row = {h, first_day(report, h)};
        if (report->present[h] && row.first <= report->until)
            g_array_append_val(rows, row);
    }
    g_array_sort(rows, compare_rows);
    report_section(report, "gantt", _("The operation at a glance"), NULL);
    html_add(report->out,
             "<p class=\"tools script\"><span>%s</span> <button type=button data-sort=s "
             "aria-pressed=true>%s</button> <button type=button data-sort=b aria-pressed=false>%s"
             "</button> <button type=button data-print=gantt>%s</button></p>\n",
             _("Sorted by"), _("move out"), _("building"), _("Print (A3)"));
    add_legend(report);
    axis_open(report, "bars", _("Households, their dates from left to right"),
              report->audience->everything ? _("Household") : _("Dwelling"));
    for (guint i = 0; i < rows->len; i++)
        add_row(report, &g_array_index(rows, Row, i));
    axis_close(report);
    html_add(report->out, "</section>\n");
    g_array_free(rows, TRUE);
}
