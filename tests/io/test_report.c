/* The report of a small estate: what its views say, and to whom. */
#include "io/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "io/tell_day.h"
#include "tests/support/estate.h"

#include <cmocka.h>

/* The page for the audience; free with g_free(). */
static char *page_for(const Estate *estate, AudienceKind kind, const char *id) {
    Arena *arena = arena_new();
    Weeks weeks = {.op = estate->op, .previous = estate->previous, .plan = estate->plan};
    Review *review = review_new(&weeks);
    Events *events = events_new(arena, estate->op, estate->plan, NULL);
    Audience audience = audience_of(events, kind, id);
    char *page = report_html(review, events, &audience);
    review_free(review);
    arena_free(arena);
    return page;
}

static void check_has(const char *page, const char *part) {
    if (strstr(page, part) == NULL)
        fail_msg("no '%s' in the page", part);
}

static void check_has_not(const char *page, const char *part) {
    if (strstr(page, part) != NULL)
        fail_msg("'%s' is in the page", part);
}

static void each_step_is_a_sentence(void **state) {
    Estate *estate = *state;
    estate->plan->households[H1].nights_away = 8;
    char *page = page_for(estate, AUDIENCE_PILOT, NULL);
    check_has(page, "<span>on Monday 14 September 2026 from 9:00 to 10:30</span><p><b>visit</b>");
    check_has(page, "<span>from Thursday 24 to Friday 25 September 2026</span><p><b>kitchen</b>");
    check_has(page, "<dd>8 nights</dd>");
    g_free(page);
}

static void a_day_tells_what_the_last_day_does_not(void **state) {
    const Estate *estate = *state;
    const struct {
        const char *start, *finish, *told;
    } spans[] = {
        {"2026-09-14", "2026-09-14", "on Monday 14 September 2026"},
        {"2026-09-30", "2026-10-01", "from Wednesday 30 September to Thursday 1 October 2026"},
        {"2026-12-31", "2027-01-04", "from Thursday 31 December 2026 to Monday 4 January 2027"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(spans); i++) {
        PlanTask task = {on(spans[i].start), on(spans[i].finish), MINUTE_NONE, MINUTE_NONE,
                         STATUS_PROPOSED};
        GString *text = g_string_new(NULL);
        tell_when(text, estate->op, &task);
        assert_string_equal(text->str, spans[i].told);
        g_string_free(text, TRUE);
    }
}

static void load_is_counted_by_week_against_capacity(void **state) {
    Estate *estate = *state;
    build_calendar(estate->op, FIT1, on("2026-09-23"), on("2026-09-23"), 0);
    estate->op->calendar[0].label = "Inventory";
    char *page = page_for(estate, AUDIENCE_PILOT, NULL);
    /* The fitter works two days for H1 in the week in which one day is closed, and two for H2. */
    check_has(page, "week of 21 Sep: 2 of 4 crew days; Inventory");
    check_has(page, "week of 28 Sep: 2 of 5 crew days");
    check_has(page, "week of 14 Sep: 3 of 37.5 hours");
    g_free(page);
}

static void the_first_to_need_is_the_first_to_get(void **state) {
    Estate *estate = *state;
    build_delivery(estate->op, "kitchen", 1, on("2026-09-28"), NONE);
    estate->op->deliveries[0].quantity = MILLI; /* the second one is what H2 waits for */
    char *page = page_for(estate, AUDIENCE_PILOT, NULL);
    check_has(page, "<a href=\"#h0\">H1</a> <small>23 Sep</small></span></td>");
    check_has(page, "<a href=\"#h1\">H2</a> <small>27 Sep</small></span></td>");
    g_free(page);
}

static void an_unplanned_household_is_told_with_its_reason(void **state) {
    Estate *estate = *state;
    int h = estate_add_household(estate, "H3");
    estate_plan(estate);
    static const char *reasons[] = {"no home is <free>"};
    estate->plan->households[h].reasons = reasons;
    estate->plan->households[h].n_reasons = 1;
    char *page = page_for(estate, AUDIENCE_PILOT, NULL);
    check_has(page, "<dd>2 / 3</dd>");
    check_has(page, "<dd>no home is &lt;free&gt;</dd>");
    g_free(page);
}

static void nobody_reads_what_is_not_theirs(void **state) {
    Estate *estate = *state;
    Household *household = &estate->op->households[H1];
    household->name = "Mme Petit";
    household->dwelling = "2 rue des Mésanges";
    household->phone = "01 99 00 10 21";
    household->notes = "deaf";
    household->access = "code 4711";
    estate->op->households[H2].name = "M. Leroy";
    const char *const secrets[] = {"Petit", "Leroy", "99 00", "deaf", "paul", "R1"};
    char *firm = page_for(estate, AUDIENCE_MEMBER, "fit1");
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
        check_has_not(firm, secrets[i]);
    check_has(firm, "2 rue des Mésanges");
    check_has(firm, "code 4711");
    check_has_not(firm, "visit</b>");
    char *tenant = page_for(estate, AUDIENCE_HOUSEHOLD, "H1");
    const char *const others[] = {"Leroy", "99 00", "deaf", "4711", "H2"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        check_has_not(tenant, others[i]);
    check_has(tenant, "Mme Petit");
    check_has(tenant, "kitchen</b>");
    char *pilot = page_for(estate, AUDIENCE_PILOT, NULL);
    check_has(pilot, "href=\"tel:0199001021\"");
    g_free(firm);
    g_free(tenant);
    g_free(pilot);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, estate_set_up, estate_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_step_is_a_sentence),
        TEST(a_day_tells_what_the_last_day_does_not),
        TEST(load_is_counted_by_week_against_capacity),
        TEST(the_first_to_need_is_the_first_to_get),
        TEST(an_unplanned_household_is_told_with_its_reason),
        TEST(nobody_reads_what_is_not_theirs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
