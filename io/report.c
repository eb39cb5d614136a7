#include "io/report.h"

#include <stdarg.h>

#include "io/call_list.h"
#include "io/events_internal.h"
#include "io/report_internal.h"
#include "io/summary_internal.h"
#include "solver/language.h"

char *report_text(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return text;
}

/* ---- Trades --------------------------------------------------------------------------------- */

int report_trade(const Report *report, const Task *task) {
    if (task->minutes > 0)
        return APPOINTMENT;
    if (task->move != MOVE_NONE)
        return task->move == MOVE_OUT ? TRADE_OUT : TRADE_BACK;
    int role = task->n_needs > 0 ? task->needs[0].role : NONE;
    for (int t = N_MOVES; t < report->n_trades; t++)
        if (report->trades[t].role == role)
            return t;
    return report->n_trades - 1;
}

const char *report_colour(int trade) {
    /* Nine colours that everybody can tell apart; dashes when there are more trades. */
    static const char *const colours[] = {
        "c0",        "c1",        "c2",        "c3",        "c4",        "c5",
        "c6",        "c7",        "c8",        "c0 dashed", "c1 dashed", "c2 dashed",
        "c3 dashed", "c4 dashed", "c5 dashed", "c6 dashed", "c7 dashed", "c8 dashed"};
    if (trade == APPOINTMENT)
        return "visit";
    return trade < N_MOVES ? "move" : colours[(size_t)(trade - N_MOVES) % G_N_ELEMENTS(colours)];
}

/* The label of the first task of a kind, which names its trade. */
static void add_trade(Report *report, const Task *task, int role) {
    for (int t = N_MOVES; t < report->n_trades; t++)
        if (report->trades[t].role == role)
            return;
    if (report->n_trades < MAX_TRADES)
        report->trades[report->n_trades++] = (Trade){role, MOVE_NONE, task->label};
}

static void find_trades(Report *report) {
    const Operation *op = report->op;
    report->trades[TRADE_OUT] = (Trade){NONE, MOVE_OUT, _("Move out")};
    report->trades[TRADE_BACK] = (Trade){NONE, MOVE_BACK, _("Move back")};
    report->n_trades = N_MOVES;
    for (int p = 0; p < op->n_packages; p++)
        for (int a = 0; a < op->packages[p].n_tasks; a++) {
            const Task *task = &op->packages[p].tasks[a];
            if (task->minutes == 0 && task->move == MOVE_NONE)
                add_trade(report, task, task->n_needs > 0 ? task->needs[0].role : NONE);
        }
}

/* ---- Households ----------------------------------------------------------------------------- */

char *report_address(const Report *report, int h) {
    const Household *household = &report->op->households[h];
    return event_address(household->dwelling, household->building);
}

char *report_name(const Report *report, int h) {
    if (report->audience->everything)
        return summary_name(report->op, h);
    char *address = report_address(report, h);
    if (address[0] != '\0')
        return address;
    g_free(address);
    return g_strdup(report->op->households[h].id);
}

void report_link(Report *report, int h) {
    char *name = report_name(report, h);
    html_add(report->out, "<a href=\"#h%d\">%s</a>", h, name);
    g_free(name);
}

void report_mark(Report *report, int h) {
    html_add(report->out, " data-h=%d", h);
}

void report_mark_members(Report *report, int h, int a) {
    const Task *task = &household_package(report->op, h)->tasks[a];
    html_add(report->out, " data-m=\"");
    for (int i = 0; i < task->n_needs; i++) {
        int r = report->plan->households[h].members[task->needs[i].role];
        if (r != NONE)
            html_add(report->out, "%d ", r);
    }
    html_add(report->out, "\"");
}

int report_tasks(const Report *report, int h, int *tasks) {
    const PlanTask *dated = report->plan->households[h].tasks;
    int n = 0;
    for (int a = 0; a < household_package(report->op, h)->n_tasks; a++) {
        if (report->shown[h][a] == NULL)
            continue;
        int i = n++;
        for (; i > 0 && (dated[tasks[i - 1]].start > dated[a].start ||
                         (dated[tasks[i - 1]].start == dated[a].start &&
                          dated[tasks[i - 1]].start_minute > dated[a].start_minute));
             i--)
            tasks[i] = tasks[i - 1];
        tasks[i] = a;
    }
    return n;
}

bool report_late(const Report *report, const PlanTask *dated) {
    for (int s = 0; s < report->op->n_slots; s++) {
        const Slot *slot = &report->op->slots[s];
        if (dated->start_minute >= slot->from && dated->start_minute < slot->to)
            return slot->late;
    }
    return false;
}

/* The number in the characters that a telephone takes. */
static char *dialled(const char *phone) {
    GString *digits = g_string_new(NULL);
    for (const char *p = phone; *p != '\0'; p++)
        if (g_ascii_isdigit(*p) || (*p == '+' && digits->len == 0))
            g_string_append_c(digits, *p);
    return g_string_free(digits, FALSE);
}

void report_phone(Report *report, const char *phone) {
    char *number = dialled(phone);
    if (number[0] != '\0')
        html_add(report->out, "<a class=phone href=\"tel:%s\">%s</a>", number, phone);
    g_free(number);
}

/* ---- What the audience sees ----------------------------------------------------------------- */

static void find_shown(Report *report) {
    const Operation *op = report->op;
    const Events *events = report->events;
    report->shown = ARENA_NEW(report->arena, const Event **, op->n_households);
    report->present = ARENA_NEW(report->arena, bool, op->n_households);
    for (int h = 0; h < op->n_households; h++) {
        report->shown[h] =
            ARENA_NEW(report->arena, const Event *, household_package(op, h)->n_tasks);
        report->present[h] = report->audience->kind == AUDIENCE_PILOT ||
                             (report->audience->kind == AUDIENCE_HOUSEHOLD &&
                              g_str_equal(op->households[h].id, report->audience->id));
    }
    for (int i = 0; i < events->n_live; i++) {
        const Event *event = &events->live[i];
        int h = (int)(event->household - events->households);
        int a = h < op->n_households ? package_task(household_package(op, h), event->task) : NONE;
        if (a == NONE || report->plan->households[h].tasks[a].start == DATE_NONE ||
            !audience_sees(events, report->audience, event))
            continue;
        report->shown[h][a] = event;
        report->present[h] = true;
    }
}

/* Whole months around all that is shown. */
static void find_span(Report *report) {
    const Operation *op = report->op;
    date_t first = op->as_of, last = op->as_of;
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            const PlanTask *dated = &report->plan->households[h].tasks[a];
            if (report->shown[h][a] == NULL)
                continue;
            first = MIN(first, dated->start);
            last = MAX(last, dated->finish);
        }
    int year;
    int month;
    int day;
    date_to_ymd(first, &year, &month, &day);
    report->from = first - day + 1;
    report->until = axis_next_month(last) - 1;
}

/* ---- The page ------------------------------------------------------------------------------- */

void report_section(Report *report, const char *id, const char *heading, const char *sentence) {
    html_add(report->out, "<section id=%s><h2>%s</h2>\n", id, heading);
    if (sentence != NULL)
        html_add(report->out, "<p class=lead>%s</p>\n", sentence);
}

static void add_views(Report *report) {
    bool pilot = report->audience->kind == AUDIENCE_PILOT;
    if (report->audience->kind != AUDIENCE_HOUSEHOLD) {
        report_week(report);
        axis_grid(report);
        report_gantt(report);
        if (pilot) {
            report_balance(report);
            report_homes(report);
        }
        report_load(report);
    }
    if (pilot) {
        report_deliveries(report);
        report_nights(report);
    }
    report_changes(report);
    report_sheets(report);
}

char *report_html(const Review *review, const Events *events, const Audience *audience) {
    Report report = {.out = g_string_sized_new(1 << 20),
                     .arena = arena_new(),
                     .op = review->weeks.op,
                     .plan = review->weeks.plan,
                     .review = review,
                     .events = events,
                     .audience = audience};
    find_trades(&report);
    find_shown(&report);
    find_span(&report);
    report.calendar = calendar_new(report.arena, report.op);
    if (audience->kind == AUDIENCE_PILOT)
        report.calls = call_list(review, CALLS_ALL);
    report_head(&report);
    add_views(&report);
    report_foot(&report);
    if (report.calls != NULL)
        call_list_free(report.calls);
    arena_free(report.arena);
    return g_string_free(report.out, FALSE);
}
