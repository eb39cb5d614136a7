/* command_table.c: the commands and options, and how the values of options are understood. */
#include "io/command_table.h"

#include <glib.h>
#include <limits.h>
#include <string.h>

#include "io/words.h"
#include "scenarios/engine.h"

/* Marks words for translation that are translated where they are used. */
#define N_(text) (text)

#define OPERAND(name) offsetof(CommandLine, name)

const CommandInfo command_infos[] = {
    [COMMAND_CHECK] =
        {"check",
         "DIR",
         1,
         1,
         {OPERAND(folder)},
         N_("read the operation in the folder DIR and tell every fault"),
         N_("Reads all files of the operation in the folder DIR and lists everything that is "
            "wrong with them, and the households that could never be planned. Nothing is written. "
            "The exit code is 0 when there is nothing to correct and 3 otherwise."),
         {NULL, NULL}},
    [COMMAND_PLAN] =
        {"plan",
         "DIR",
         1,
         1,
         {OPERAND(folder)},
         N_("make a plan and write it"),
         N_("Plans the operation in the folder DIR: a date for every task, a time for every "
            "appointment. Writes plan.json, calendar.csv and report.html and prints a summary. "
            "Ctrl-C "
            "ends the search early; the best plan found until then is written. An earlier plan in "
            "the "
            "output folder is replaced, and is taken into account only when --previous names it."),
         {NULL, NULL}},
    [COMMAND_VERIFY] =
        {"verify",
         "DIR PLAN",
         2,
         2,
         {OPERAND(folder), OPERAND(plan)},
         N_("check a plan against the operation"),
         N_("Checks the file PLAN (a plan.json) against the operation in the folder DIR and lists "
            "every rule that it breaks. The exit code is 3 when it breaks any; otherwise it is 0, "
            "or 1 when promises are broken or households are unplanned."),
         {NULL, NULL}},
    [COMMAND_RECORD] =
        {"record",
         "DIR HOUSEHOLD TASK STATUS",
         4,
         4,
         {OPERAND(folder), OPERAND(household), OPERAND(task), OPERAND(status)},
         N_("note in progress.csv what has happened or was promised"),
         N_("Notes in progress.csv that a household's task is done, started, confirmed or "
            "announced. A row that the task has already is changed, otherwise one is added; all "
            "else in the file stays as it is. Without --start the date is that of the row, else "
            "that of the plan. The file is written only when the whole operation is in order "
            "with it."),
         {NULL, NULL}},
    [COMMAND_ANNOUNCE] =
        {"announce",
         "DIR",
         1,
         1,
         {OPERAND(folder)},
         N_("note in progress.csv that the plan's dates were announced"),
         N_("Marks in progress.csv every date of the plan that is only proposed, from the day of "
            "the plan up to the date of --until, as announced to the tenants. All else in the "
            "file stays as it is."),
         {NULL, NULL}},
    [COMMAND_DIFF] =
        {"diff",
         "OLD NEW",
         2,
         2,
         {OPERAND(previous), OPERAND(plan)},
         N_("tell what changed between two plans, why, and whom to call"),
         N_("Compares two files plan.json of one operation: new dates, moved and withdrawn ones, "
            "other homes and members, each with its cause, soonest first; then the list of those "
            "to call or visit this week. Needs nothing but the two files."),
         {NULL, NULL}},
    [COMMAND_WHATIF] =
        {"whatif",
         "DIR",
         1,
         1,
         {OPERAND(folder)},
         N_("tell what a late delivery or another mishap would do to the plan"),
         N_("Plans the operation in the folder DIR again for each --slip and each --scenario, "
            "starting from its plan, and shows the results side by side, then for each the dates "
            "that change and whom to call. Nothing is written. The plan is that of --plan, else "
            "DIR/plan/plan.json, else one that is made first. The exit code is 1 when Ctrl-C ended "
            "it early and 5 when a scenario could not be planned; the others are told all the "
            "same."),
         {NULL, NULL}},
    [COMMAND_TOLERANCE] =
        {"tolerance",
         "DIR",
         1,
         1,
         {OPERAND(folder)},
         N_("tell how late each delivery may come, and how badly each crew would be missed"),
         N_("For every delivery of the operation in the folder DIR: how many days late it may come "
            "before any date of the plan moves, before an announced or confirmed date moves, and "
            "before the first household returns on another day, and what further weeks cost. The "
            "same for one crew less of each trade, week by week. The most dangerous first. Nothing "
            "is written. The plan is that of --plan, else DIR/plan/plan.json, else one that is "
            "made "
            "first. The exit code is 1 when Ctrl-C ended it early."),
         {NULL, NULL}},
    [COMMAND_RISK] =
        {"risk",
         "DIR",
         1,
         1,
         {OPERAND(folder)},
         N_("tell which dates hold when suppliers are as late as usual, and whom to call"),
         N_("Draws deliveries that are late or on time as suppliers.csv (or supplier_history.csv) "
            "in "
            "the folder DIR says, plans the operation again for each sample, and tells: each "
            "supplier's share of the harm; how certain each household's return is, and whether it "
            "can be promised; the last day. Nothing is written. The plan is that of --plan, else "
            "DIR/plan/plan.json, else one that is made first. The exit code is 1 when Ctrl-C ended "
            "it early."),
         {NULL, NULL}},
    [COMMAND_EXPORT] =
        {"export",
         "PLAN",
         1,
         1,
         {OPERAND(plan)},
         N_("write a plan as calendars or as a page to look at"),
         N_("Writes the dates of the file PLAN (a plan.json) as iCalendar files into the folder "
            "given with --ics: the pilot's calendar, which has everything; one for each member of "
            "every role, without a word about the tenants; and, if asked for, one for each "
            "household, with its own dates alone. With --html writes the report, one page that "
            "any browser opens: the pilot's, or with --audience that of a contractor or household, "
            "who see what their calendars say."),
         {NULL}},
    [COMMAND_PUBLISH] =
        {"publish",
         "PLAN",
         1,
         1,
         {OPERAND(plan)},
         N_("send a plan's dates to a calendar on a server"),
         N_("Makes the calendar on a CalDAV server equal to the dates of the file PLAN (a "
            "plan.json): the pilot's, or with --member that of a member. Events that pilote did "
            "not make are left alone, and so are those that somebody moved in the calendar: they "
            "are told. What was sent is noted in caldav.json next to the plan. The password is "
            "taken from the variable PILOTE_CALDAV_PASSWORD of the environment or from a file. The "
            "exit code is 1 when something was left as somebody changed it."),
         {"caldav", "user"}},
    [COMMAND_PULL] =
        {"pull",
         "DIR",
         1,
         1,
         {OPERAND(folder)},
         N_("note what was decided in the calendar on a server"),
         N_("Looks for appointments and works of the plan that somebody moved or cancelled in the "
            "calendar on a CalDAV server and notes them in progress.csv of the folder DIR, after a "
            "question: a new date as confirmed; a cancelled one is not promised any more."),
         {"caldav", "user"}},
    [COMMAND_ANONYMISE] =
        {"anonymise",
         "DIR OUT",
         2,
         2,
         {OPERAND(folder), OPERAND(output)},
         N_("write the operation without names, to be sent with a report of a fault"),
         N_("Writes the operation in the folder DIR into the folder OUT without names, addresses, "
            "telephone numbers, notes and labels, and with other ids for households, resources, "
            "temporary homes and deliveries. All that plans are made of stays, so that both "
            "give the same dates."),
         {NULL, NULL}},
    [COMMAND_OFFER] =
        {"offer",
         "DIR HOUSEHOLD TASK",
         2,
         3,
         {OPERAND(folder), OPERAND(household), OPERAND(task)},
         N_("find dates that can be offered to a tenant"),
         N_("Finds the best dates for one task of a household in what the plan leaves, those that "
            "move nobody else first, each with what it costs and what changes with it. Every offer "
            "was tried out: once it is confirmed, no promise has to be broken for it. With --freed "
            "MEMBER and a START instead of HOUSEHOLD and TASK: whom to call when that date of a "
            "member came free, in order, and what each gains. The exit code is 1 when there is "
            "nothing to offer."),
         {NULL, NULL}},
    [COMMAND_EXPLAIN] =
        {"explain",
         "DIR [HOUSEHOLD [TASK]]",
         1,
         3,
         {OPERAND(folder), OPERAND(household), OPERAND(task)},
         N_("tell why a household has its dates, or what holds all up"),
         N_("Tells why a task of a household does not take place sooner (the return, unless TASK "
            "names another): what it waits for, what would have to be different and how many days "
            "that would gain, and how far each date can slip before it comes later. Of a household "
            "that is not planned: which reasons keep it from being planned, and the least that "
            "would let it in. All others keep their dates meanwhile. Without HOUSEHOLD: what holds "
            "the whole operation up, by the prices of the bound; the three dearest are tried by "
            "planning again with one more. Nothing is told of a household that was not "
            "tried by planning again."),
         {NULL, NULL}},
    [COMMAND_HELP] = {"help",
                      "[COMMAND]",
                      0,
                      1,
                      {0},
                      N_("explain the program or one command"),
                      N_("Explains the program, or one of its commands."),
                      {NULL, NULL}},
};
enum {
    NOTING = FOR(COMMAND_RECORD) | FOR(COMMAND_ANNOUNCE),
    ASKING = FOR(COMMAND_WHATIF) | FOR(COMMAND_TOLERANCE) | FOR(COMMAND_RISK),
    OFFERING = FOR(COMMAND_OFFER),
    ANSWERING = OFFERING | FOR(COMMAND_EXPLAIN),
    READING = FOR(COMMAND_CHECK) | FOR(COMMAND_PLAN) | FOR(COMMAND_VERIFY) | FOR(COMMAND_PULL) |
              FOR(COMMAND_ANONYMISE) | NOTING | ASKING | ANSWERING,
    PREVIOUS = FOR(COMMAND_PLAN) | FOR(COMMAND_VERIFY) | ASKING,
    PLANNING = FOR(COMMAND_PLAN),
    RECORDING = FOR(COMMAND_RECORD),
    EXPORTING = FOR(COMMAND_EXPORT),
    SERVING = FOR(COMMAND_PUBLISH) | FOR(COMMAND_PULL),
    EVERYWHERE = ~0U >> 1
};

/* Readers of option values: whether the text is understood; *field is written only then. */

static bool read_text(const char *text, void *field) {
    *(const char **)field = text;
    return text[0] != '\0';
}

/* One more value of an option that may be repeated. */
static bool read_texts(const char *text, void *field) {
    TextList *list = field;
    if (text[0] == '\0' || list->n == MAX_REPEATED)
        return false;
    list->texts[list->n++] = text;
    return true;
}

static bool read_audience(const char *text, void *field) {
    *(const char **)field = text;
    const char *equals = strchr(text, '=');
    return equals != NULL && equals[1] != '\0' &&
           (g_str_has_prefix(text, AUDIENCE_CONTRACTOR) ||
            g_str_has_prefix(text, AUDIENCE_OF_HOUSEHOLD));
}

static bool read_date(const char *text, void *field) {
    return words_date(text, field);
}

static bool read_moment(const char *text, void *field) {
    Moment *moment = field;
    return words_date_time(text, &moment->date, &moment->minute);
}

/* A plain decimal number, no sign, exponent, inf or nan. `*end` is set behind it. */
static bool read_decimal(const char *text, double *number, const char **end) {
    size_t length = strspn(text, "0123456789.,");
    char *plain = g_strndup(text, length);
    g_strdelimit(plain, ",", '.');
    char *stop = plain;
    *number = g_ascii_strtod(plain, &stop);
    bool good = length > 0 && *stop == '\0' && g_ascii_isdigit(plain[length - 1]);
    g_free(plain);
    *end = text + length;
    return good;
}

static bool read_seconds(const char *text, void *field) {
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"", 1}, {"s", 1}, {"min", 60}, {"h", 3600}};
    const double year = 366.0 * 24 * 3600;
    double number = 0;
    const char *unit = "";
    if (!read_decimal(text, &number, &unit))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_str_equal(unit, units[i].unit) && number * units[i].seconds <= year) {
            *(double *)field = number * units[i].seconds;
            return true;
        }
    }
    return false;
}

static bool read_gap(const char *text, void *field) {
    double number = 0;
    const char *unit = "";
    if (!read_decimal(text, &number, &unit) || (*unit != '\0' && !g_str_equal(unit, "%")))
        return false;
    number = *unit == '%' ? number / 100 : number;
    if (number >= 1)
        return false;
    *(double *)field = number;
    return true;
}

static bool read_seed(const char *text, void *field) {
    int64_t seed = 0;
    if (!words_whole(text, &seed) || seed < 0)
        return false;
    *(int64_t *)field = seed;
    return true;
}

static bool read_int(const char *text, int64_t least, int64_t most, int *field) {
    int64_t number = 0;
    if (!words_whole(text, &number) || number < least || number > most)
        return false;
    *field = (int)number;
    return true;
}

static bool read_threads(const char *text, void *field) {
    return read_int(text, 1, MAX_THREADS, field);
}

static bool read_count(const char *text, void *field) {
    enum { MOST = 30 };
    return read_int(text, 1, MOST, field);
}

static bool read_rounds(const char *text, void *field) {
    return read_int(text, 1, INT_MAX, field);
}

static bool read_engine(const char *text, void *field) {
    static const Word engines[] = {{"local", ENGINE_LOCAL}, {"slurm", ENGINE_SLURM}};
    return words_choice(text, engines, G_N_ELEMENTS(engines), field);
}

/* `7`, or `3-7`. */
static bool read_jobs(const char *text, void *field) {
    Range *jobs = field;
    const char *dash = strchr(text, '-');
    char *first = dash == NULL ? g_strdup(text) : g_strndup(text, (gsize)(dash - text));
    bool good = read_int(first, 0, INT_MAX, &jobs->first);
    g_free(first);
    return good && read_int(dash == NULL ? text : dash + 1, jobs->first, INT_MAX, &jobs->last);
}

static bool read_samples(const char *text, void *field) {
    enum { MOST = 100000 };
    return read_int(text, 1, MOST, field);
}

/* A language that there are words in, with its country or not: fr, fr_BE. */
static bool read_language(const char *text, void *field) {
    *(const char **)field = text;
    return (g_str_has_prefix(text, "en") || g_str_has_prefix(text, "fr")) &&
           (text[2] == '\0' || text[2] == '_');
}

#define FIELD(name) offsetof(Parsed, line.name)

const Option options[] = {
    {"output", 'o', PLANNING, "FOLDER", read_text, FIELD(output), N_("the name of a folder"),
     N_("write the results into this folder (default: DIR/plan)")},
    {"previous", 'p', PREVIOUS, "PLAN", read_text, FIELD(previous), N_("the name of a file"),
     N_("last week's plan.json: its dates are kept where possible")},
    {"start", 0, RECORDING, "DATE", read_moment, FIELD(start),
     N_("a date like 2026-09-14, or with a time \"2026-09-14 18:30\""),
     N_("when the task starts or started, an appointment with its time")},
    {"finish", 0, RECORDING, "DATE", read_moment, FIELD(finish),
     N_("a date like 2026-09-14, or with a time \"2026-09-14 18:30\""),
     N_("when it was or will be finished")},
    {"member", 0, RECORDING | SERVING, "RESOURCE", read_text, FIELD(member), N_("a resource"),
     N_("who does it; for publish and pull: whose calendar it is, instead of the pilot's")},
    {"home", 0, RECORDING, "HOME", read_text, FIELD(home), N_("a temporary home"),
     N_("where the household lives meanwhile")},
    {"from", 0, OFFERING, "DATE", read_date, FIELD(from), N_("a date like 2026-09-14"),
     N_("the first day to offer")},
    {"until", 0, FOR(COMMAND_ANNOUNCE) | OFFERING, "DATE", read_date, FIELD(until),
     N_("a date like 2026-09-14"),
     N_("the last day whose dates were announced; for offer: the last day to offer")},
    {"count", 0, OFFERING, "NUMBER", read_count, FIELD(count), N_("a whole number from 1 to 30"),
     N_("how many offers at most (default 5)")},
    {"late", 0, OFFERING, NULL, NULL, FIELD(late), NULL, N_("offer evenings only")},
    {"freed", 0, OFFERING, "MEMBER", read_text, FIELD(freed), N_("a resource"),
     N_("a date of this member came free: whom to call")},
    {"language", 0, ANSWERING, "LANGUAGE", read_language, FIELD(language), N_("en or fr"),
     N_("the language of the answer (default: operation.json's)")},
    {"plan", 0, NOTING | FOR(COMMAND_PULL) | ASKING | ANSWERING, "PLAN", read_text, FIELD(plan),
     N_("the name of a file"), N_("the plan that is meant (default: DIR/plan/plan.json)")},
    {"slip", 0, FOR(COMMAND_WHATIF), "NAME:DAYS", read_texts, FIELD(slips),
     N_("a name and days like kitchen-03:+10d, at most 64 times"),
     N_("a delivery, an item or a supplier comes later, like kitchen-03:+10d, "
        "kitchen-03:2026-11-02 or kitchen-03:never; several of one scenario with commas")},
    {"scenario", 0, FOR(COMMAND_WHATIF), "FILE", read_texts, FIELD(scenarios),
     N_("the name of a file, at most 64 times"),
     N_("a file that says what may happen, see docs/scenarios.md")},
    {"engine", 0, ASKING, "ENGINE", read_engine, FIELD(engine), N_("local or slurm"),
     N_("plan on this machine (local, the default) or as a Slurm job array (slurm); the answer is "
        "the same")},
    {"work", 0, ASKING, "FOLDER", read_text, FIELD(work), N_("the name of a folder"),
     N_("for Slurm: where all machines find the results of each part; a part that is there is not "
        "computed again")},
    {"job", 0, ASKING, "NUMBERS", read_jobs, FIELD(jobs),
     N_("a whole number from 0 on, or two like 3-7"),
     N_("do these parts alone and write their results into --work; what Slurm calls")},
    {"samples", 0, FOR(COMMAND_RISK), "NUMBER", read_samples, FIELD(samples),
     N_("a whole number from 1 to 100000"),
     N_("how often to draw, at most (default 200); it ends sooner when more would hardly change "
        "what is advised")},
    {"csv", 0, ASKING, NULL, NULL, FIELD(csv), NULL,
     N_("print the figures as a table for a spreadsheet")},
    {"as-of", 0, READING, "DATE", read_date, FIELD(as_of), N_("a date like 2026-09-14"),
     N_("the day on which the plan is made (default: operation.json's, else today)")},
    {"time-limit", 't', PLANNING | ASKING, "TIME", read_seconds, FIELD(time_limit),
     N_("a time like 60, 90s, 5min or 2h, at most a year"),
     N_("how long to search, in seconds, or with s, min or h (default 60); 0 stops with the first "
        "plan")},
    {"gap", 'g', PLANNING, "GAP", read_gap, FIELD(gap), N_("a share like 0.05 or 5%, below 1"),
     N_("stop when the plan is proven to be this near to the best one possible, like 0.01 or 1% "
        "(default 0)")},
    {"seed", 's', PLANNING | ASKING, "NUMBER", read_seed, FIELD(seed),
     N_("a whole number from 0 on"),
     N_("the start of all random choices (default 1); the same seed gives the same plan")},
    {"rounds", 0, PLANNING | ASKING, "NUMBER", read_rounds, FIELD(rounds),
     N_("a whole number from 1 on"),
     N_("stop after so many rounds of the search: a limit that is the same on every machine, so "
        "that the plan is, too")},
    {"threads", 'j', PLANNING | ASKING, "NUMBER", read_threads, FIELD(threads),
     N_("a whole number from 1 to 256"),
     N_("how many processors to use (default: all); changes nothing in the plan")},
    {"write-mps", 0, PLANNING, "FILE", read_text, FIELD(mps), N_("the name of a file"),
     N_("instead of planning, write the operation as an integer program for other solvers")},
    {"ics", 0, EXPORTING, "FOLDER", read_text, FIELD(ics), N_("the name of a folder"),
     N_("write the calendars into this folder")},
    {"households", 0, EXPORTING, NULL, NULL, FIELD(households), NULL,
     N_("write a calendar for each household too")},
    {"html", 0, EXPORTING, "FILE", read_text, FIELD(html), N_("the name of a file"),
     N_("write the report, a page to look at, into this file")},
    {"audience", 0, EXPORTING, "WHOM", read_audience, FIELD(audience),
     N_("contractor=RESOURCE or household=HOUSEHOLD"),
     N_("the report for one contractor (contractor=RESOURCE) or one household "
        "(household=HOUSEHOLD), with what they may know; default: the pilot's")},
    {"no-report", 0, PLANNING, NULL, NULL, FIELD(no_report), NULL, N_("do not write report.html")},
    {"caldav", 0, SERVING, "URL", read_text, FIELD(caldav), N_("the address of a calendar"),
     N_("the address of the calendar, https://...")},
    {"user", 0, SERVING, "NAME", read_text, FIELD(user), N_("a name"),
     N_("who may change the calendar")},
    {"password-file", 0, SERVING, "FILE", read_text, FIELD(password_file), N_("the name of a file"),
     N_("the password is the first line of this file")},
    {"ca-file", 0, SERVING, "FILE", read_text, FIELD(ca_file), N_("the name of a file"),
     N_("trust the server's certificate if one in this file has signed it")},
    {"dry-run", 'n', FOR(COMMAND_PUBLISH), NULL, NULL, FIELD(dry_run), NULL,
     N_("change nothing, tell what would be changed")},
    {"yes", 'y', FOR(COMMAND_PULL), NULL, NULL, FIELD(yes), NULL,
     N_("note everything without a question")},
    {"json", 0, PREVIOUS | FOR(COMMAND_DIFF) | ANSWERING, NULL, NULL, FIELD(json), NULL,
     N_("print the result as one line of JSON instead of text")},
    {"log", 0, PLANNING, NULL, NULL, FIELD(log), NULL,
     N_("tell each phase and each improvement of the search, in English; with --json as JSON "
        "objects, one on each line")},
    {"quiet", 'q', READING | EXPORTING | FOR(COMMAND_PUBLISH), NULL, NULL, FIELD(quiet), NULL,
     N_("no progress and no warnings, only results and errors")},
    {"verbose", 'v', READING, NULL, NULL, FIELD(verbose), NULL,
     N_("tell what is being done, in English; for plan: what was read, and --log")},
    {"help", 'h', EVERYWHERE, NULL, NULL, offsetof(Parsed, help), NULL, N_("explain and stop")},
    {"version", 'V', EVERYWHERE, NULL, NULL, offsetof(Parsed, version), NULL,
     N_("tell the version and stop")},
};
const int n_options = G_N_ELEMENTS(options);
G_STATIC_ASSERT(G_N_ELEMENTS(options) <= MAX_OPTIONS);
