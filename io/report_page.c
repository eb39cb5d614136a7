/* report_page.c: the head of the page with what it may do, its facts, contents and filters. */
#include <string.h>

#include "io/report_files.h"
#include "io/report_internal.h"
#include "io/tell.h"
#include "io/tell_day.h"
#include "solver/language.h"

/* Appends what a browser compares with the script or style sheet: `'sha256-...'`. */
static void append_hash(GString *out, const char *text) {
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(sum, digest, &length);
    char *base64 = g_base64_encode(digest, length);
    g_string_append_printf(out, "'sha256-%s'", base64);
    g_free(base64);
    g_checksum_free(sum);
}

/* Nothing is loaded, sent or run but our own style sheet and script. */
static void add_policy(Report *report) {
    g_string_append(report->out, "<meta http-equiv=Content-Security-Policy content=\"default-src "
                                 "'none'; base-uri 'none'; form-action 'none'; style-src ");
    append_hash(report->out, report_css);
    g_string_append(report->out, "; script-src ");
    append_hash(report->out, report_js);
    g_string_append(report->out, "\">\n");
}

/* `Cité des Pinsons`, with whom the page is for when it is not the pilot's. */
static char *title_of(const Report *report) {
    if (report->audience->kind == AUDIENCE_MEMBER)
        for (int r = 0; r < report->op->n_resources; r++)
            if (g_str_equal(report->op->resources[r].id, report->audience->id))
                return report_text(_("%s: %s"), report->op->name, report->op->resources[r].label);
    return g_strdup(report->op->name);
}

static void add_number(Report *report, const char *number, const char *what, bool alarm) {
    html_add(report->out, "<div%s><dd>%s</dd><dt>%s</dt></div>", alarm ? " class=alarm" : "",
             number, what);
}

/* The figures that one asks for first. */
static void add_numbers(Report *report) {
    const Operation *op = report->op;
    int planned = 0;
    for (int h = 0; h < op->n_households; h++)
        planned += report->plan->households[h].planned;
    GString *text = g_string_new(NULL);
    html_add(report->out, "<dl class=numbers>");
    g_string_printf(text, "%d / %d", planned, op->n_households);
    add_number(report, text->str, _("households planned"), planned < op->n_households);
    g_string_truncate(text, 0);
    tell_tenths(text, op, report_count_nights(report).mean);
    add_number(report, text->str, _("nights away, mean"), false);
    g_string_printf(text, "%d", report->review->n_broken);
    if (report->review->n_broken == 0)
        add_number(report, text->str, _("broken promises"), false);
    else
        html_add(report->out,
                 "<div class=alarm><dd><a href=\"#changes\">%s</a></dd><dt>%s</dt></div>",
                 text->str, _("broken promises"));
    g_string_truncate(text, 0);
    tell_tenths(text, op, 100 * plan_gap(report->plan));
    g_string_append(text, tell_french(op) ? "\xc2\xa0%" : "%");
    add_number(report, text->str, _("from the best possible plan at most"), false);
    html_add(report->out, "</dl>\n");
    g_string_free(text, TRUE);
}

/* Those who have no dates, by name: the first thing to know. */
static void add_unplanned(Report *report) {
    enum { MOST_NAMED = 12 };
    int n = 0;
    for (int h = 0; h < report->op->n_households; h++) {
        if (report->plan->households[h].planned)
            continue;
        if (n < MOST_NAMED) {
            html_add(report->out, n == 0 ? "<p class=alarm>%s: " : "%s",
                     n == 0 ? _("Not planned") : ", ");
            report_link(report, h);
        }
        n++;
    }
    if (n > MOST_NAMED)
        html_add(report->out, " \xe2\x80\xa6");
    if (n > 0)
        html_add(report->out, "</p>\n");
}

static void add_contents(Report *report) {
    bool pilot = report->audience->kind == AUDIENCE_PILOT;
    const struct {
        const char *id, *label;
        bool shown;
    } views[] = {
        {"week", _("This week"), true},
        {"gantt", _("At a glance"), true},
        {"balance", _("Line of balance"), pilot},
        {"homes", _("Temporary homes"), pilot && report->op->n_homes > 0},
        {"load", _("Load"), true},
        {"deliveries", _("Deliveries"), pilot && report->op->n_deliveries > 0},
        {"nights", _("Nights"), pilot},
        {"changes", _("Changes"), report_has_changes(report)},
        {"sheets", report->audience->everything ? _("Households") : _("Dwellings"), true},
    };
    html_add(report->out, "<nav aria-label=\"%s\"><ul>", _("Contents"));
    for (size_t i = 0; i < G_N_ELEMENTS(views); i++)
        if (views[i].shown)
            html_add(report->out, "<li><a href=\"#%s\">%s</a></li>", views[i].id, views[i].label);
    html_add(report->out, "</ul></nav>\n");
}

/* ---- Filters -------------------------------------------------------------------------------- */

static void open_choice(Report *report, const char *id, const char *label, const char *all) {
    html_add(report->out, "<label for=%s>%s <select id=%s><option value=\"\">%s</option>", id,
             label, id, all);
}

static void close_choice(Report *report) {
    html_add(report->out, "</select></label>\n");
}

static void add_buildings(Report *report) {
    const Operation *op = report->op;
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    open_choice(report, "building", _("Building"), _("all"));
    for (int h = 0; h < op->n_households; h++) {
        const char *building = op->households[h].building;
        if (report->present[h] && building[0] != '\0' &&
            g_hash_table_add(seen, (gpointer)(uintptr_t)building))
            html_add(report->out, "<option>%s</option>", building);
    }
    close_choice(report);
    g_hash_table_destroy(seen);
}

static void add_members(Report *report) {
    open_choice(report, "member", _("Who comes"), _("everybody"));
    for (int r = 0; r < report->op->n_resources; r++)
        html_add(report->out, "<option value=%d>%s</option>", r, report->op->resources[r].label);
    close_choice(report);
}

static void add_weeks(Report *report) {
    open_choice(report, "weeks", _("Week"), _("all"));
    for (date_t monday = report->from - date_weekday(report->from); monday <= report->until;
         monday += 7) {
        GString *day = g_string_new(NULL);
        tell_short_day(day, report->op, monday);
        char *text = report_text(_("from %s"), day->str);
        html_add(report->out, "<option value=%d>%s</option>", axis_x(report, monday), text);
        g_free(text);
        g_string_free(day, TRUE);
    }
    close_choice(report);
}

static void add_households(Report *report) {
    open_choice(report, "household", report->audience->everything ? _("Household") : _("Dwelling"),
                _("all"));
    for (int h = 0; h < report->op->n_households; h++) {
        if (!report->present[h])
            continue;
        char *name = report_name(report, h);
        html_add(report->out, "<option value=%d>%s</option>", h, name);
        g_free(name);
    }
    close_choice(report);
}

static void add_filters(Report *report) {
    html_add(report->out,
             "<details class=\"filters script\"><summary>%s <output id=count></output></summary>"
             "<form><label for=search>%s <input id=search type=search autocomplete=off></label>\n",
             _("Search and filter"), _("Search"));
    add_households(report);
    add_buildings(report);
    if (report->audience->kind == AUDIENCE_PILOT)
        add_members(report);
    add_weeks(report);
    html_add(report->out, "<button type=reset>%s</button></form></details>\n", _("Show all"));
}

/* ---- Head and foot -------------------------------------------------------------------------- */

void report_head(Report *report) {
    static const char *const classes[] = {[AUDIENCE_PILOT] = "pilot",
                                          [AUDIENCE_MEMBER] = "member",
                                          [AUDIENCE_HOUSEHOLD] = "household"};
    char *title = title_of(report);
    GString *day = g_string_new(NULL);
    tell_day(day, report->op, report->plan->as_of, true);
    char *made = report_text(_("Plan of %s"), day->str);
    html_add(
        report->out,
        "<!DOCTYPE html>\n<html lang=\"%s\" data-from=%d data-days=%d data-day=%d data-late=\"",
        tell_french(report->op) ? "fr" : "en", report->from, report->until - report->from + 1,
        axis_x(report, report->op->as_of));
    for (int s = 0; s < report->op->n_slots; s++)
        if (report->op->slots[s].late)
            html_add(report->out, "%d-%d ", report->op->slots[s].from, report->op->slots[s].to);
    html_add(report->out, "\">\n<head><meta charset=utf-8>\n");
    add_policy(report);
    html_add(report->out,
             "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=referrer content=no-referrer>\n<title>%s, %s</title>\n",
             title, made);
    g_string_append_printf(report->out, "<style>%s</style>\n</head>\n", report_css);
    html_add(report->out,
             "<body class=%s>\n<a class=skip href=#main>%s</a>\n<header class=top><h1>%s</h1>"
             "<p>%s</p>\n",
             classes[report->audience->kind], _("To the contents"), title, made);
    if (report->audience->kind == AUDIENCE_PILOT) {
        add_numbers(report);
        add_unplanned(report);
    }
    html_add(report->out, "</header>\n");
    if (report->audience->kind != AUDIENCE_HOUSEHOLD) {
        add_contents(report);
        add_filters(report);
    }
    html_add(report->out, "<main id=main tabindex=-1>\n");
    g_string_free(day, TRUE);
    g_free(made);
    g_free(title);
}

void report_foot(Report *report) {
    html_add(report->out,
             "</main>\n<footer><p>%s</p></footer>\n<aside id=details role=status hidden></aside>\n"
             "<template id=words data-some=\"%s\" data-week=\"%s\" data-evening=\"%s\" "
             "data-print=\"%s\" data-none=\"%s\"></template>\n",
             _("Made by pilote. This page loads nothing from the network."), _("of them shown"),
             _("Week"), _("evening"), _("Print this sheet"), _("nothing"));
    g_string_append_printf(report->out, "<script>%s</script>\n</body>\n</html>\n", report_js);
}
