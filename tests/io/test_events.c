/* Events from week to week: what calendars know decides what they have to be told. */
#include "io/events.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/plan_json.h"
#include "io/uuid.h"
#include "tests/support/estate.h"
#include "tests/support/folder.h"

#include <cmocka.h>

/* The estate's plan as a plan.json that is read back as last week's. */
typedef struct Week {
    Estate *estate;
    Arena *arena;
    const Events *told;
} Week;

static int set_up(void **state) {
    Week *week = g_new0(Week, 1);
    void *estate = NULL;
    estate_set_up(&estate);
    week->estate = estate;
    week->arena = arena_new();
    *state = week;
    return 0;
}

static int tear_down(void **state) {
    Week *week = *state;
    void *estate = week->estate;
    estate_tear_down(&estate);
    arena_free(week->arena);
    g_free(week);
    return 0;
}

static const Events *events_of(const Week *week) {
    return events_new(week->arena, week->estate->op, week->estate->plan, week->told);
}

/* Writes the plan, with its events, and reads it as next week will. */
static void end_week(Week *week) {
    char *path = NULL;
    char *text = plan_to_json(week->estate->op, week->estate->plan, events_of(week));
    int fd = g_file_open_tmp("pilote-plan-XXXXXX.json", &path, NULL);
    assert_true(fd >= 0 && g_close(fd, NULL));
    assert_true(g_file_set_contents(path, text, -1, NULL));
    Faults *faults = faults_new();
    week->told = events_read(path, week->arena, true, faults);
    assert_non_null(week->told);
    assert_int_equal(faults_count(faults, FAULT_WARNING), 0);
    faults_free(faults);
    g_remove(path);
    g_free(path);
    g_free(text);
}

static void set_today(const Week *week, const char *date) {
    week->estate->op->as_of = week->estate->plan->as_of = on(date);
}

static PlanTask *task_of(const Week *week, int household, int task) {
    return &week->estate->plan->households[household].tasks[task];
}

static const Event *live(const Events *events, const char *household, const char *task) {
    for (int i = 0; i < events->n_live; i++)
        if (g_str_equal(events->live[i].household->id, household) &&
            g_str_equal(events->live[i].task, task))
            return &events->live[i];
    fail_msg("no live event of %s, %s", household, task);
    return NULL;
}

/* The only event of the past. */
static const Event *past(const Events *events) {
    assert_int_equal(events->n_past, 1);
    return &events->past[0];
}

static int sum_of_sequences(const Events *events) {
    int sum = 0;
    for (int i = 0; i < events->n_live; i++)
        sum += events->live[i].sequence;
    return sum;
}

static void a_week_without_changes_changes_no_sequence(void **state) {
    Week *week = *state;
    end_week(week);
    set_today(week, "2026-09-11");
    const Events *events = events_of(week);
    assert_int_equal(events->n_live, 8);
    assert_int_equal(events->n_past, 0);
    assert_int_equal(sum_of_sequences(events), 0);
}

static void a_date_that_moves_raises_its_own_sequence_by_one(void **state) {
    Week *week = *state;
    end_week(week);
    task_of(week, H1, OUT)->start = task_of(week, H1, OUT)->finish = on("2026-09-22");
    task_of(week, H2, VISIT)->start_minute += 15;
    const Events *events = events_of(week);
    assert_int_equal(live(events, "H1", "move_out")->sequence, 1);
    assert_int_equal(live(events, "H2", "visit")->sequence, 1);
    assert_int_equal(sum_of_sequences(events), 2);
    end_week(week);
    task_of(week, H1, OUT)->start = task_of(week, H1, OUT)->finish = on("2026-09-21");
    events = events_of(week);
    assert_int_equal(live(events, "H1", "move_out")->sequence, 2);
    assert_int_equal(sum_of_sequences(events), 3);
}

static void another_end_is_another_date(void **state) {
    Week *week = *state;
    end_week(week);
    task_of(week, H1, KITCHEN)->finish++;
    assert_int_equal(live(events_of(week), "H1", "kitchen")->sequence, 1);
}

static void another_place_raises_the_sequence_of_what_happens_there(void **state) {
    Week *week = *state;
    end_week(week);
    week->estate->plan->households[H1].home = R2;
    const Events *events = events_of(week);
    assert_int_equal(live(events, "H1", "move_out")->sequence, 1);
    assert_int_equal(live(events, "H1", "move_back")->sequence, 1);
    assert_int_equal(sum_of_sequences(events), 2);
    week->estate->op->households[H2].dwelling = "1 other street";
    assert_int_equal(sum_of_sequences(events_of(week)), 2 + 4);
}

static void what_is_not_date_or_place_raises_nothing(void **state) {
    Week *week = *state;
    end_week(week);
    task_of(week, H1, VISIT)->status = STATUS_CONFIRMED;
    week->estate->op->households[H1].phone = "01 99 00 10 21";
    week->estate->op->packages[0].tasks[KITCHEN].label = "Pose cuisine";
    assert_int_equal(sum_of_sequences(events_of(week)), 0);
}

static void a_visit_that_took_place_at_an_unknown_hour_is_not_moved(void **state) {
    Week *week = *state;
    end_week(week);
    task_of(week, H1, VISIT)->start_minute = task_of(week, H1, VISIT)->finish_minute = MINUTE_NONE;
    assert_int_equal(live(events_of(week), "H1", "visit")->sequence, 0);
}

static void a_withdrawn_date_is_told_for_a_month_at_least(void **state) {
    Week *week = *state;
    end_week(week);
    task_of(week, H1, VISIT)->start = DATE_NONE;
    const Event *event = past(events_of(week));
    assert_int_equal(event->state, EVENT_WITHDRAWN);
    assert_int_equal(event->sequence, 1);
    assert_int_equal(event->until, week->estate->op->as_of + 31);
    assert_int_equal(event->start, on("2026-09-14"));
    assert_int_equal(event->start_minute, at("09:00"));
    assert_true(event_has_member(event, "paul"));
    end_week(week);
    set_today(week, "2026-10-05");
    assert_int_equal(past(events_of(week))->state, EVENT_WITHDRAWN);
    end_week(week);
    set_today(week, "2026-10-06");
    assert_int_equal(past(events_of(week))->state, EVENT_FORGOTTEN);
    end_week(week);
    assert_int_equal(past(events_of(week))->sequence, 1);
}

static void a_far_date_is_told_withdrawn_until_it_is_over(void **state) {
    Week *week = *state;
    task_of(week, H1, BACK)->start = task_of(week, H1, BACK)->finish = on("2026-12-01");
    end_week(week);
    task_of(week, H1, BACK)->start = DATE_NONE;
    assert_int_equal(past(events_of(week))->until, on("2026-12-01"));
}

static void what_is_over_needs_no_withdrawal(void **state) {
    Week *week = *state;
    end_week(week);
    set_today(week, "2026-09-15");
    task_of(week, H1, VISIT)->start = DATE_NONE;
    assert_int_equal(past(events_of(week))->state, EVENT_FORGOTTEN);
}

static void a_date_that_comes_back_is_news_whenever_that_is(void **state) {
    Week *week = *state;
    PlanTask visit = *task_of(week, H1, VISIT);
    end_week(week);
    task_of(week, H1, VISIT)->start = DATE_NONE;
    end_week(week);
    *task_of(week, H1, VISIT) = visit;
    const Events *events = events_of(week);
    assert_int_equal(events->n_past, 0);
    assert_int_equal(live(events, "H1", "visit")->sequence, 2);
    task_of(week, H1, VISIT)->start = DATE_NONE;
    set_today(week, "2026-12-07");
    end_week(week);
    *task_of(week, H1, VISIT) = visit;
    assert_int_equal(live(events_of(week), "H1", "visit")->sequence, 2);
}

static void who_is_replaced_is_told_and_nobody_else(void **state) {
    Week *week = *state;
    end_week(week);
    put_member(week->estate->op, week->estate->plan, H1, FIT2);
    const Events *events = events_of(week);
    assert_int_equal(sum_of_sequences(events), 0);
    assert_true(event_has_member(live(events, "H1", "kitchen"), "fit2"));
    const Event *event = past(events);
    assert_int_equal(event->state, EVENT_REPLACED);
    assert_int_equal(event->n_members, 1);
    assert_string_equal(event->members[0], "fit1");
    assert_int_equal(event->sequence, 1);
    end_week(week);
    assert_int_equal(past(events_of(week))->sequence, 1);
}

static void who_comes_back_is_told_anew(void **state) {
    Week *week = *state;
    end_week(week);
    put_member(week->estate->op, week->estate->plan, H1, FIT2);
    end_week(week);
    put_member(week->estate->op, week->estate->plan, H1, FIT1);
    const Events *events = events_of(week);
    assert_int_equal(live(events, "H1", "kitchen")->sequence, 2);
    assert_string_equal(past(events)->members[0], "fit2");
}

static void a_household_that_left_the_operation_has_its_dates_withdrawn(void **state) {
    Week *week = *state;
    end_week(week);
    week->estate->op->n_households = 1;
    const Events *events = events_of(week);
    assert_int_equal(events->n_live, 4);
    assert_int_equal(events->n_past, 4);
    assert_string_equal(events->past[0].household->id, "H2");
}

static void uids_are_the_same_in_every_week_and_under_a_new_name(void **state) {
    Week *week = *state;
    char before[UUID_TEXT], after[UUID_TEXT];
    const Events *events = events_of(week);
    event_uid(events, live(events, "H1", "visit"), before);
    end_week(week);
    week->estate->op->name = "The estate, second phase";
    set_today(week, "2026-09-11");
    events = events_of(week);
    assert_string_equal(event_uid(events, live(events, "H1", "visit"), after), before);
    assert_string_not_equal(event_uid(events, live(events, "H2", "visit"), after), before);
}

static void last_weeks_plan_may_be_of_another_program(void **state) {
    Week *week = *state;
    static const char text[] =
        "{\"format\": \"pilote-plan/1\", \"operation\": \"x\", \"as_of\": \"2026-09-01\", "
        "\"households\": [{\"household\": \"H1\", \"tasks\": [{\"task\": \"visit\", "
        "\"start\": \"2026-09-10T09:00\", \"finish\": \"2026-09-10T10:30\"}]}]}";
    char *path = NULL;
    g_close(g_file_open_tmp("pilote-plan-XXXXXX.json", &path, NULL), NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    Faults *faults = faults_new();
    assert_null(events_read(path, week->arena, false, faults)); /* its time zone is not known */
    assert_int_equal(faults_count(faults, FAULT_ERROR), 1);
    week->told = events_read(path, week->arena, true, faults);
    assert_non_null(week->told);
    assert_int_equal(live(events_of(week), "H1", "visit")->sequence, 1);
    faults_free(faults);
    g_remove(path);
    g_free(path);
}

/* ---- Damaged ----------------------------------------------------------------------------- */

/* Reads the text as a plan.json; NULL when it is refused. What is told, without the path, is in
 * *told; free it with g_free(). */
static Events *read_text(const Week *week, const char *text, bool previous, char **told) {
    char *path = NULL;
    int fd = g_file_open_tmp("pilote-plan-XXXXXX.json", &path, NULL);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    assert_true(g_close(fd, NULL));
    Faults *faults = faults_new();
    Events *events = events_read(path, week->arena, previous, faults);
    assert_int_equal(events == NULL, faults_count(faults, FAULT_ERROR) > 0);
    char *all = faults_text(faults);
    char **parts = g_strsplit(all, path, -1);
    *told = g_strjoinv("", parts);
    g_strfreev(parts);
    g_free(all);
    faults_free(faults);
    g_remove(path);
    g_free(path);
    return events;
}

static void a_damaged_event_is_told_and_no_calendar_is_made_of_it(void **state) {
    Week *week = *state;
    static const struct {
        const char *old, *new, *told;
    } cases[] = {
        {"pilote-plan/1", "pilote-plan/9",
         "key 'format': got 'pilote-plan/9', expected pilote-plan/1\n"},
        {"\"format\"", "\"form\"", "the key 'format' is missing\n"},
        {"\"as_of\"", "\"day\"", "the key 'as_of' is missing\n"},
        {"\"timezone\"", "\"zone\"", "the key 'timezone' is missing\n"},
        {"\"uid_space\": \"", "\"uid_space\": \"x", "expected a UUID\n"},
        {"2026-09-14T09:00", "2026-09-14T9",
         "key 'households[0].tasks[0].start': got '2026-09-14T9', expected a date, or a date and "
         "time\n"},
        {"\"finish\"", "\"end\"", "expected a date, or a date and time\n"},
        {"\"status\": \"proposed\"", "\"status\": \"maybe\"",
         "got 'maybe', expected proposed, announced, confirmed, started or done\n"},
        {"\"moves\": \"out\"", "\"moves\": \"away\"", "got 'away', expected out or back\n"},
        {"\"members\": [\"paul\"]", "\"members\": [7]",
         "key 'households[0].tasks[0].members[0]': got '7', expected a text in double quotes\n"},
        {"\"task\": \"visit\"", "\"task\": 5",
         "key 'households[0].tasks[0].task': got '5', expected a text in double quotes\n"},
        {"\"tasks\": [", "\"tasks\": 1, \"other\": [",
         "key 'households[0].tasks': got '1', expected a list in square brackets\n"},
        {"{\"resource\": \"paul\"", "{\"resource\": null",
         "the key 'resources[0].resource' is missing\n"},
    };
    char *text = plan_to_json(week->estate->op, week->estate->plan, events_of(week));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *at = strstr(text, cases[i].old);
        assert_non_null(at);
        char *damaged = g_strdup_printf("%.*s%s%s", (int)(at - text), text, cases[i].new,
                                        at + strlen(cases[i].old)),
             *told = NULL;
        assert_null(read_text(week, damaged, false, &told));
        if (strstr(told, cases[i].told) == NULL)
            fail_msg("'%s' is not told, but: %s", cases[i].told, told);
        g_free(told);
        g_free(damaged);
    }
    g_free(text);
}

static void the_plan_of_another_program_has_what_it_says(void **state) {
    Week *week = *state;
    static const char plain[] =
        "{\"format\": \"pilote-plan/1\", \"operation\": \"O\", \"as_of\": \"2026-09-04\",\n"
        " \"households\": [{\"household\": \"H1\", \"tasks\": [{\"task\": \"visit\",\n"
        "   \"start\": \"2026-09-14\", \"finish\": \"2026-09-14\"}]}]}";
    char *told = NULL;
    assert_null(read_text(week, plain, false, &told));
    assert_string_equal(told, ":1: the key 'timezone' is missing\n");
    g_free(told);
    const Events *events = read_text(week, plain, true, &told);
    assert_string_equal(told, "");
    assert_int_equal(events->n_live, 1);
    assert_string_equal(events->language, "en");
    assert_string_equal(events->live[0].label, "visit");
    assert_int_equal(events->live[0].status, STATUS_PROPOSED);
    assert_int_equal(events->live[0].start_minute, MINUTE_NONE);
    assert_int_equal(events->live[0].n_members, 0);
    g_free(told);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_week_without_changes_changes_no_sequence),
        TEST(a_date_that_moves_raises_its_own_sequence_by_one),
        TEST(another_end_is_another_date),
        TEST(another_place_raises_the_sequence_of_what_happens_there),
        TEST(what_is_not_date_or_place_raises_nothing),
        TEST(a_visit_that_took_place_at_an_unknown_hour_is_not_moved),
        TEST(a_withdrawn_date_is_told_for_a_month_at_least),
        TEST(a_far_date_is_told_withdrawn_until_it_is_over),
        TEST(what_is_over_needs_no_withdrawal),
        TEST(a_date_that_comes_back_is_news_whenever_that_is),
        TEST(who_is_replaced_is_told_and_nobody_else),
        TEST(who_comes_back_is_told_anew),
        TEST(a_household_that_left_the_operation_has_its_dates_withdrawn),
        TEST(uids_are_the_same_in_every_week_and_under_a_new_name),
        TEST(last_weeks_plan_may_be_of_another_program),
        TEST(a_damaged_event_is_told_and_no_calendar_is_made_of_it),
        TEST(the_plan_of_another_program_has_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
