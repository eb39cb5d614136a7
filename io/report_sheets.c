/* report_sheets.c: each household's dates in sentences, as the sheet that is left at its door. */
#include "io/report_internal.h"
#include "io/tell.h"
#include "io/tell_day.h"
#include "solver/language.h"

/* The pilot who looks after the household, or NULL. */
static const Resource *contact_of(const Report *report, int h) {
    const Operation *op = report->op;
    for (int role = 0; role < op->n_roles; role++) {
        int r = report->plan->households[h].members[role];
        if (r != NONE &&
            audience_of(report->events, AUDIENCE_MEMBER, op->resources[r].id).everything)
            return &op->resources[r];
    }
    return NULL;
}

/* `On Tuesday 14 September 2026 from 18:45 to 20:15: Technical visit, Jane Ashworth`. */
static void add_step(Report *report, int h, int a) {
    const Task *task = &household_package(report->op, h)->tasks[a];
    const PlanTask *dated = &report->plan->households[h].tasks[a];
    GString *when = g_string_new(NULL);
    tell_when(when, report->op, dated);
    html_add(report->out, "<li class=\"%s\" data-d=%d,%d",
             report_colour(report_trade(report, task)), axis_x(report, dated->start),
             axis_x(report, dated->finish));
    if (dated->start_minute != MINUTE_NONE)
        html_add(report->out, ",%d", dated->start_minute);
    html_add(report->out, "><span>%s</span><p><b>%s</b>", when->str, task->label);
    if (report->audience->kind != AUDIENCE_MEMBER || report->audience->everything) {
        g_string_truncate(when, 0);
        tell_members(when, report->op, &report->plan->households[h], task);
        html_add(report->out, " %s", when->str);
    }
    if (dated->status == STATUS_PROPOSED)
        html_add(report->out, " <i>%s</i>", tell_status(dated->status));
    else
        html_add(report->out, " <i class=s%d>%s</i>", (int)dated->status,
                 tell_status(dated->status));
    g_string_free(when, TRUE);
}

static void add_steps(Report *report, int h) {
    const Package *package = household_package(report->op, h);
    int *order = g_new(int, package->n_tasks), n = report_tasks(report, h, order);
    html_add(report->out, "<ol class=steps>");
    for (int i = 0; i < n; i++)
        add_step(report, h, order[i]);
    html_add(report->out, "</ol>");
    g_free(order);
}

static void add_line(Report *report, const char *heading, const char *text) {
    if (text != NULL && text[0] != '\0')
        html_add(report->out, "<div><dt>%s</dt><dd>%s</dd></div>", heading, text);
}

/* Where the household lives meanwhile, and for how many nights. */
static void add_stay(Report *report, int h) {
    const PlanHousehold *planned = &report->plan->households[h];
    if (planned->home != NONE) {
        const Home *home = &report->op->homes[planned->home];
        char *text = home->building[0] != '\0' ? g_strconcat(home->id, ", ", home->building, NULL)
                                               : g_strdup(home->id);
        add_line(report, _("Temporary home"), text);
        g_free(text);
    }
    if (planned->nights_away > 0) {
        char *nights =
            report_text(n_("%d night", "%d nights", planned->nights_away), planned->nights_away);
        add_line(report, _("Away from home"), nights);
        g_free(nights);
    }
}

/* What the pilot knows of the household and does not leave at the door. */
static void add_private(Report *report, int h) {
    const EventHousehold *household = &report->events->households[h];
    html_add(report->out, "<dl class=private>");
    if (household->phone[0] != '\0') {
        html_add(report->out, "<div><dt>%s</dt><dd>", _("Phone"));
        report_phone(report, household->phone);
        html_add(report->out, "</dd></div>");
    }
    add_line(report, _("Needs"), household->needs);
    add_line(report, _("Access"), household->access);
    add_line(report, _("Absences"), household->absences);
    add_line(report, _("Notes"), household->notes);
    for (int i = 0; i < report->plan->households[h].n_reasons; i++)
        add_line(report, _("Not planned"), report->plan->households[h].reasons[i]);
    html_add(report->out, "</dl>");
}

static void add_facts(Report *report, int h) {
    const Resource *contact = contact_of(report, h);
    bool firm = report->audience->kind == AUDIENCE_MEMBER && !report->audience->everything;
    html_add(report->out, "<dl>");
    if (!firm) {
        add_line(report, _("Your contact"), contact != NULL ? contact->label : NULL);
        add_stay(report, h);
    } else {
        add_line(report, _("Access"), report->events->households[h].access);
    }
    html_add(report->out, "</dl>");
    if (report->audience->everything)
        add_private(report, h);
}

/* `12 Oct - 9 Nov`, or that there are no dates. */
static void add_outline(Report *report, int h) {
    const Package *package = household_package(report->op, h);
    const PlanTask *dated = report->plan->households[h].tasks;
    date_t first = INT32_MAX, last = INT32_MIN;
    for (int a = 0; a < package->n_tasks; a++)
        if (report->shown[h][a] != NULL) {
            first = MIN(first, dated[a].start);
            last = MAX(last, dated[a].finish);
        }
    GString *text = g_string_new(NULL);
    if (first <= last) {
        tell_short_day(text, report->op, first);
        g_string_append(text, " \xe2\x80\x93 ");
        tell_short_day(text, report->op, last);
    }
    if (!report->plan->households[h].planned && report->audience->everything)
        html_add(report->out, "<em class=late>%s</em> ", _("not planned"));
    html_add(report->out, "<span class=outline>%s</span>", text->str);
    g_string_free(text, TRUE);
}

static void add_members(Report *report, int h) {
    const PlanHousehold *planned = &report->plan->households[h];
    html_add(report->out, " data-m=\"");
    for (int role = 0; role < report->op->n_roles; role++)
        if (planned->members[role] != NONE)
            html_add(report->out, "%d ", planned->members[role]);
    html_add(report->out, "\"");
}

/* The more steps, the smaller the type, so that the sheet stays one page. */
static const char *size_of(const Report *report, int h) {
    enum { FEW = 9, MANY = 12, MORE = 17, MOST = 28 };
    int n = 0;
    for (int a = 0; a < household_package(report->op, h)->n_tasks; a++)
        n += report->shown[h][a] != NULL;
    if (n <= FEW)
        return " class=few";
    return n > MOST ? " class=most" : n > MORE ? " class=more" : n > MANY ? " class=many" : "";
}

static void add_sheet(Report *report, int h) {
    char *name = report_name(report, h), *address = report_address(report, h);
    bool pilot = report->audience->kind == AUDIENCE_PILOT;
    html_add(report->out, "<details class=sheet%s",
             report->audience->kind == AUDIENCE_HOUSEHOLD ? " open" : "");
    report_mark(report, h);
    if (pilot)
        add_members(report, h);
    html_add(report->out, " data-b=\"%s\"><summary><b>%s</b>", report->op->households[h].building,
             name);
    if (report->audience->everything)
        html_add(report->out, " <span class=place>%s</span> ", address);
    add_outline(report, h);
    html_add(report->out,
             "</summary><article id=h%d%s><header><p class=operation>%s</p><h3>%s</h3>", h,
             size_of(report, h), report->op->name,
             report->op->households[h].name[0] != '\0' && report->audience->kind != AUDIENCE_MEMBER
                 ? report->op->households[h].name
                 : name);
    if (report->audience->everything || report->audience->kind == AUDIENCE_HOUSEHOLD)
        html_add(report->out, "<p class=place>%s</p>", address);
    html_add(report->out, "</header>");
    add_facts(report, h);
    add_steps(report, h);
    html_add(report->out, "</article></details>\n");
    g_free(name);
    g_free(address);
}

void report_sheets(Report *report) {
    bool household = report->audience->kind == AUDIENCE_HOUSEHOLD;
    report_section(report, "sheets",
                   household                      ? _("Your dates")
                   : report->audience->everything ? _("Households")
                                                  : _("Dwellings"),
                   NULL);
    html_add(report->out,
             "<p class=\"tools script\"><button type=button data-print=sheets>%s</button></p>\n",
             household ? _("Print") : _("Print the sheets (A4)"));
    for (int h = 0; h < report->op->n_households; h++)
        if (report->present[h])
            add_sheet(report, h);
    html_add(report->out, "<p class=\"note small\">%s</p></section>\n",
             _("Dates that are proposed may still change; those that are confirmed are agreed."));
}
