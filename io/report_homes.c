/* report_homes.c: who lives in which temporary home, and when it is free. */
#include "io/report_internal.h"
#include "io/tell_day.h"
#include "solver/language.h"

typedef struct Stay {
    int household;
    date_t from, until; /* the day of the move back, or the horizon's end */
    bool open;          /* without a move back */
} Stay;

static gint compare_stays(gconstpointer left, gconstpointer right) {
    const Stay *a = left, *b = right;
    return a->from != b->from ? (a->from < b->from ? -1 : 1) : a->household - b->household;
}

static GArray *stays_in(const Report *report, int home) {
    GArray *stays = g_array_new(FALSE, FALSE, sizeof(Stay));
    for (int h = 0; h < report->op->n_households; h++) {
        const PlanHousehold *planned = &report->plan->households[h];
        const Package *package = household_package(report->op, h);
        if (planned->home != home || package->move_out == NONE ||
            planned->tasks[package->move_out].start == DATE_NONE)
            continue;
        bool open =
            package->move_back == NONE || planned->tasks[package->move_back].start == DATE_NONE;
        Stay stay = {h, planned->tasks[package->move_out].start,
                     open ? MAX(report->op->end, planned->tasks[package->move_out].start)
                          : planned->tasks[package->move_back].start,
                     open};
        g_array_append_val(stays, stay);
    }
    g_array_sort(stays, compare_stays);
    return stays;
}

static double percent(const Report *report, date_t date) {
    return 100.0 * (date - report->from) / (report->until - report->from + 1);
}

static void add_stay(Report *report, const char *home, const Stay *stay) {
    date_t until = MIN(stay->until, report->until);
    char *name = report_name(report, stay->household);
    GString *from = g_string_new(NULL), *to = g_string_new(NULL);
    tell_short_day(from, report->op, stay->from);
    tell_short_day(to, report->op, stay->until);
    char *text = stay->open
                     ? report_text(_("%s: %s, from %s on"), home, name, from->str)
                     : report_text(_("%s: %s, from %s to %s"), home, name, from->str, to->str);
    html_add(report->out, "<svg class=stay data-t=\"%s\" data-h=%d x=\"%.2f%%\" width=\"%.2f%%\">",
             text, stay->household, percent(report, stay->from),
             100.0 * (until - stay->from + 1) / (report->until - report->from + 1));
    html_add(report->out,
             "<rect width=\"100%%\" height=22 y=2 rx=3 /><text x=5 y=17>%s</text></svg>",
             report->op->households[stay->household].id);
    g_string_free(from, TRUE);
    g_string_free(to, TRUE);
    g_free(text);
    g_free(name);
}

/* The days on which the home is not to be had at all. */
static void add_closed(Report *report, date_t from, date_t until) {
    if (from <= until)
        html_add(report->out, "<rect class=closed x=\"%.2f%%\" width=\"%.2f%%\" height=26 />",
                 percent(report, from),
                 100.0 * (until - from + 1) / (report->until - report->from + 1));
}

static void add_home(Report *report, int index) {
    const Home *home = &report->op->homes[index];
    GArray *stays = stays_in(report, index);
    char *rooms = report_text(n_("%d room", "%d rooms", home->rooms), home->rooms);
    html_add(report->out,
             "<tr><th scope=row>%s <span class=place>%s%s%s%s</span></th>"
             "<td><svg class=stays>",
             home->id, home->building, home->building[0] != '\0' ? ", " : "", rooms,
             home->accessible ? _(", step-free") : "");
    g_free(rooms);
    if (home->from != DATE_NONE)
        add_closed(report, report->from, MIN(home->from - 1, report->until));
    if (home->until != DATE_NONE)
        add_closed(report, MAX(home->until + 1, report->from), report->until);
    html_add(report->out, "<line class=today x1=\"%.2f%%\" x2=\"%.2f%%\" y2=26 />",
             percent(report, report->op->as_of), percent(report, report->op->as_of));
    for (guint i = 0; i < stays->len; i++)
        add_stay(report, home->id, &g_array_index(stays, Stay, i));
    html_add(report->out, "</svg></td></tr>\n");
    g_array_free(stays, TRUE);
}

void report_homes(Report *report) {
    if (report->op->n_homes == 0)
        return;
    report_section(report, "homes", _("Temporary homes"), NULL);
    axis_open(report, "homes", _("Who lives where, and when"), _("Home"));
    for (int i = 0; i < report->op->n_homes; i++)
        add_home(report, i);
    axis_close(report);
    html_add(report->out, "</section>\n");
}
