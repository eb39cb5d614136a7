#include "io/plan_json.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/builder.h"

#include <cmocka.h>

enum { VISIT, LEAVE, KITCHEN, RETURN };

/* An estate of two households, one planned and one not, and a file to read plans from. */
typedef struct Fixture {
    Operation *op;
    Plan *plan;
    Arena *arena; /* of plans that are read */
    char *path;
    char *faults; /* what the last reading found fault with */
    int paul, mov1;
} Fixture;

static int set_up(void **state) {
    Fixture *f = g_new0(Fixture, 1);
    Operation *op = build_operation();
    f->op = op;
    op->name = "Cité des \"Pinsons\"";
    int pilot = build_role(op, "pilot", MEASURE_CLOCK);
    int movers = build_role(op, "movers", MEASURE_CREW);
    int fitter = build_role(op, "fitter", MEASURE_CREW);
    f->paul = build_resource(op, pilot, "paul", 1);
    f->mov1 = build_resource(op, movers, "mov1", 2);
    build_resource(op, fitter, "fit1", 1);
    int full = build_package(op, "full");
    build_appointment(op, full, "visit", 90, pilot);
    build_works(op, full, "move_out", 1, movers);
    build_works(op, full, "kitchen", 2, fitter);
    build_works(op, full, "move_back", 1, movers);
    build_moves(op, full, LEAVE, RETURN);
    build_household(op, full, "H001");
    build_household(op, full, "H044");
    build_home(op, "R03");
    build_fact(op, 0, LEAVE, STATUS_ANNOUNCED, on("2026-10-12"), MINUTE_NONE);
    build_fact(op, 1, VISIT, STATUS_DONE, on("2026-09-02"), MINUTE_NONE)->member = f->paul;
    build_fact(op, 1, LEAVE, STATUS_CONFIRMED, on("2026-10-13"), MINUTE_NONE);

    Plan *plan = f->plan = plan_new(op->arena, op);
    put_appointment(op, plan, 0, VISIT, on("2026-09-14"), at("16:00"));
    put_works(plan, 0, LEAVE, on("2026-10-12"), on("2026-10-12"));
    put_works(plan, 0, KITCHEN, on("2026-11-03"), on("2026-11-04"));
    put_works(plan, 0, RETURN, on("2026-11-09"), on("2026-11-09"));
    put_member(op, plan, 0, f->paul);
    put_member(op, plan, 0, f->mov1);
    plan->households[0].home = 0;
    plan->households[0].nights_away = 28;
    static const char *reasons[] = {"no home is free", "nor \\ was one\n\tof 5 rooms"};
    plan->households[1].n_reasons = 2;
    plan->households[1].reasons = reasons;
    plan->status = PLAN_OPTIMAL;
    plan->total = 48210;
    plan->bound = 47980;
    for (int p = 0; p < PART_COUNT; p++)
        plan->parts[p] = p;

    f->arena = arena_new();
    int fd = g_file_open_tmp("pilote-plan-XXXXXX.json", &f->path, NULL);
    assert_true(fd >= 0 && g_close(fd, NULL));
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    g_remove(f->path);
    g_free(f->path);
    g_free(f->faults);
    arena_free(f->arena);
    operation_free(f->op);
    g_free(f);
    return 0;
}

static const char written_plan[] =
    "{\n"
    "  \"format\": \"pilote-plan/1\",\n"
    "  \"operation\": \"Cité des \\\"Pinsons\\\"\",\n"
    "  \"as_of\": \"2026-09-04\",\n"
    "  \"status\": \"optimal\",\n"
    "  \"objective\": {\"total\": 48210, \"bound\": 47980, \"gap\": 0.0048,\n"
    "                \"parts\": {\"unplanned_household\": 0, \"broken_promise\": 1, "
    "\"moved_announced\": 2, \"moved_announced_day\": 3,\n"
    "                          \"moved_proposed\": 4, \"night_away\": 5, "
    "\"night_over_max\": 6, \"late_day\": 7,\n"
    "                          \"flow_day\": 8, \"late_evening\": 9, \"non_preferred\": 10}},\n"
    "  \"households\": [\n"
    "    {\"household\": \"H001\", \"planned\": true, \"home\": \"R03\",\n"
    "     \"members\": {\"pilot\": \"paul\", \"movers\": \"mov1\"},\n"
    "     \"nights_away\": 28,\n"
    "     \"tasks\": [\n"
    "       {\"task\": \"visit\", \"start\": \"2026-09-14T16:00\", "
    "\"finish\": \"2026-09-14T17:30\", \"status\": \"proposed\", \"members\": [\"paul\"]},\n"
    "       {\"task\": \"move_out\", \"start\": \"2026-10-12\", \"finish\": \"2026-10-12\", "
    "\"status\": \"announced\", \"moves\": \"out\", \"place\": \" → R03\", \"members\": "
    "[\"mov1\"]},\n"
    "       {\"task\": \"kitchen\", \"start\": \"2026-11-03\", \"finish\": \"2026-11-04\", "
    "\"status\": \"proposed\"},\n"
    "       {\"task\": \"move_back\", \"start\": \"2026-11-09\", \"finish\": \"2026-11-09\", "
    "\"status\": \"proposed\", \"moves\": \"back\", \"place\": \"R03 → \", \"members\": "
    "[\"mov1\"]}\n"
    "     ],\n"
    "     \"needs\": \"1 room\"},\n"
    "    {\"household\": \"H044\", \"planned\": false,\n"
    "     \"members\": {\"pilot\": \"paul\"},\n"
    "     \"tasks\": [\n"
    "       {\"task\": \"visit\", \"start\": \"2026-09-02\", \"finish\": \"2026-09-02\", "
    "\"status\": \"done\", \"members\": [\"paul\"]}\n"
    "     ],\n"
    "     \"reasons\": [\"no home is free\", \"nor \\\\ was one\\n\\tof 5 rooms\"],\n"
    "     \"needs\": \"1 room\"}\n"
    "  ],\n"
    "  \"timezone\": \"Europe/Paris\", \"language\": \"en\", "
    "\"uid_space\": \"863d9429-8742-5103-9687-eaab448d3999\",\n"
    "  \"resources\": [\n"
    "    {\"resource\": \"paul\", \"role\": \"pilot\", \"label\": \"paul\"},\n"
    "    {\"resource\": \"mov1\", \"role\": \"movers\", \"label\": \"mov1\"},\n"
    "    {\"resource\": \"fit1\", \"role\": \"fitter\", \"label\": \"fit1\"}\n"
    "  ]\n"
    "}\n";

static char *to_json(const Fixture *f, const Plan *plan) {
    return plan_to_json(f->op, plan, events_new(f->arena, f->op, plan, NULL));
}

static char *replaced(const char *text, const char *old, const char *new) {
    const char *place = strstr(text, old);
    if (place == NULL)
        fail_msg("'%s' is not in the plan", old);
    GString *changed = g_string_new_len(text, place - text);
    g_string_append(changed, new);
    g_string_append(changed, place + strlen(old));
    return g_string_free(changed, FALSE);
}

/* Reads the text as a plan; what is wrong with it is in f->faults, without the path. */
static Plan *read_text(Fixture *f, const char *text, bool previous) {
    FILE *file = g_fopen(f->path, "wb"); /* g_file_set_contents() waits for the disk */
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    Faults *faults = faults_new();
    Plan *plan = plan_read(f->path, f->op, f->arena, previous, faults);
    assert_int_equal(plan == NULL, faults_count(faults, FAULT_ERROR) > 0);
    char *told = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&told, &length);
    faults_print(faults, out, true);
    fclose(out);
    faults_free(faults);
    g_free(f->faults);
    char **parts = g_strsplit(told, f->path, -1);
    f->faults = g_strjoinv("", parts);
    g_strfreev(parts);
    free(told);
    return plan;
}

/* Reads the plan of the fixture with `old` replaced. */
static Plan *read_changed(Fixture *f, const char *old, const char *new, bool previous) {
    char *text = replaced(written_plan, old, new);
    Plan *plan = read_text(f, text, previous);
    g_free(text);
    return plan;
}

static void check_fault(const Fixture *f, const char *expected) {
    if (strstr(f->faults, expected) == NULL)
        fail_msg("'%s' does not say '%s'", f->faults, expected);
}

/* With `old` replaced the plan is refused as `expected` says, and by nothing else. */
static void refuse(Fixture *f, const char *old, const char *new, const char *expected) {
    assert_null(read_changed(f, old, new, false));
    check_fault(f, expected);
    assert_int_equal(strchr(f->faults, '\n') - f->faults, (int)strlen(f->faults) - 1);
}

static void a_plan_is_written_as_the_contract_says(void **state) {
    const Fixture *f = *state;
    char *text = to_json(f, f->plan);
    assert_string_equal(text, written_plan);
    g_free(text);
}

static void an_unplanned_household_without_facts_has_no_members_and_tasks(void **state) {
    Fixture *f = *state;
    PlanHousehold *ph = &f->plan->households[1];
    ph->members[0] = NONE;
    ph->tasks[VISIT].start = DATE_NONE;
    ph->n_reasons = 0;
    char *text = to_json(f, f->plan);
    assert_non_null(strstr(text, "    {\"household\": \"H044\", \"planned\": false,\n"
                                 "     \"tasks\": [],\n"
                                 "     \"reasons\": [],\n"));
    g_free(text);
}

static void the_gap_has_four_decimals_at_most(void **state) {
    const Fixture *f = *state;
    static const struct {
        cost_t total, bound;
        const char *gap;
    } cases[] = {{0, 0, "0"},          {100, 100, "0"},           {3, 2, "0.3333"},
                 {1000000, 1, "1"},    {100000, 99999, "0"},      {20000, 19999, "0.0001"},
                 {1000, 875, "0.125"}, {300000, 299984, "0.0001"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        f->plan->total = cases[i].total;
        f->plan->bound = cases[i].bound;
        char *text = to_json(f, f->plan);
        char *expected = g_strdup_printf("\"gap\": %s,", cases[i].gap);
        if (strstr(text, expected) == NULL)
            fail_msg("no %s", expected);
        g_free(expected);
        g_free(text);
    }
}

static void check_same(const Operation *op, const Plan *read, const Plan *plan) {
    assert_int_equal(read->as_of, plan->as_of);
    assert_int_equal(read->status, plan->status);
    assert_int_equal(read->total, plan->total);
    assert_int_equal(read->bound, plan->bound);
    assert_memory_equal(read->parts, plan->parts, sizeof plan->parts);
    for (int h = 0; h < op->n_households; h++) {
        const PlanHousehold *a = &read->households[h], *b = &plan->households[h];
        assert_int_equal(a->planned, b->planned);
        assert_int_equal(a->home, b->home);
        assert_int_equal(a->nights_away, b->nights_away);
        assert_memory_equal(a->members, b->members, sizeof(int) * (size_t)op->n_roles);
        for (int t = 0; t < household_package(op, h)->n_tasks; t++) {
            assert_int_equal(a->tasks[t].start, b->tasks[t].start);
            assert_int_equal(a->tasks[t].finish, b->tasks[t].finish);
            assert_int_equal(a->tasks[t].start_minute, b->tasks[t].start_minute);
            assert_int_equal(a->tasks[t].finish_minute, b->tasks[t].finish_minute);
            assert_int_equal(a->tasks[t].status, b->tasks[t].status);
        }
        assert_int_equal(a->n_reasons, b->n_reasons);
        for (int r = 0; r < a->n_reasons; r++)
            assert_string_equal(a->reasons[r], b->reasons[r]);
    }
}

static void a_plan_that_was_written_is_read_as_it_was(void **state) {
    Fixture *f = *state;
    const Plan *read = read_text(f, written_plan, false);
    assert_string_equal(f->faults, "");
    check_same(f->op, read, f->plan);
    char *text = to_json(f, read);
    assert_string_equal(text, written_plan);
    g_free(text);
}

static void the_largest_figures_survive(void **state) {
    Fixture *f = *state;
    f->plan->total = INT64_C(999999999999999);
    f->plan->bound = INT64_C(999999999999998);
    f->plan->parts[PART_FLOW_DAY] = INT64_C(987654321098765);
    char *text = to_json(f, f->plan);
    const Plan *read = read_text(f, text, false);
    assert_string_equal(f->faults, "");
    check_same(f->op, read, f->plan);
    g_free(text);
}

static void keys_of_other_programs_are_passed_over(void **state) {
    Fixture *f = *state;
    char *a = replaced(written_plan, "\"status\": \"optimal\"",
                       "\"made_by\": {\"x\": [1]}, \"status\": \"optimal\"");
    char *b = replaced(a, "\"planned\": true", "\"colour\": null, \"planned\": true");
    char *c = replaced(b, "\"task\": \"kitchen\"", "\"task\": \"kitchen\", \"place\": \"sink\"");
    char *d = replaced(c, "\"flow_day\": 8", "\"flow_day\": 8, \"moon_day\": 3");
    const Plan *read = read_text(f, d, false);
    assert_string_equal(f->faults, "");
    check_same(f->op, read, f->plan);
    g_free(a);
    g_free(b);
    g_free(c);
    g_free(d);
}

static void a_file_of_another_format_is_refused_at_once(void **state) {
    Fixture *f = *state;
    assert_null(read_text(f, "{\"format\": \"pilote-plan/2\", \"households\": 7}", false));
    assert_string_equal(f->faults,
                        ":1: key 'format': got 'pilote-plan/2', expected pilote-plan/1\n");
    assert_null(read_text(f, "{}", true));
    check_fault(f, "the key 'format' is missing");
    assert_null(read_text(f, "[]", true));
    check_fault(f, "an object in braces");
    assert_null(read_text(f, "", true));
    assert_null(read_text(f, "{\"format\": \"pilote-plan/1\"", false));
}

static void a_missing_file_is_refused(void **state) {
    Fixture *f = *state;
    Faults *faults = faults_new();
    assert_null(plan_read("/nowhere/plan.json", f->op, f->arena, true, faults));
    assert_int_equal(faults_count(faults, FAULT_ERROR), 1);
    faults_free(faults);
}

static void every_key_of_the_contract_is_needed(void **state) {
    Fixture *f = *state;
    static const char *const keys[] = {"format", "operation",   "as_of",     "status",  "objective",
                                       "total",  "bound",       "gap",       "parts",   "late_day",
                                       "task",   "households",  "household", "planned", "start",
                                       "finish", "nights_away", "members",   "tasks"};
    for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
        char *old = g_strdup_printf("\"%s\": ", keys[k]);
        char *expected = g_strdup_printf("%s' is missing\n", keys[k]);
        assert_null(read_changed(f, old, "\"other\": ", false));
        check_fault(f, expected);
        g_free(old);
        g_free(expected);
    }
}

static void values_that_make_no_sense_are_refused_with_their_line(void **state) {
    Fixture *f = *state;
    refuse(f, "\"optimal\"", "\"perfect\"",
           ":5: key 'status': got 'perfect', expected optimal, feasible or interrupted");
    refuse(f, "2026-09-04", "2026-09-31", ":4: key 'as_of': got '2026-09-31'");
    refuse(f, "\"status\": \"announced\"", "\"status\": \"promised\"",
           ":16: key 'households[0].tasks[1].status': got 'promised', expected proposed,");
    refuse(f, "2026-09-14T16:00", "2026-09-14T25:00", "a date and time such as");
    refuse(f, "2026-09-14T16:00", "2026-09-14", "a date and time such as");
    refuse(f, "2026-11-03", "2026-11-03T08:30", "a date such as");
    refuse(f, "\"finish\": \"2026-11-04\"", "\"finish\": \"2026-11-02\"",
           "key 'households[0].tasks[2].finish': got '2026-11-02', expected an end that is not "
           "before the start");
    refuse(f, "\"finish\": \"2026-09-14T17:30\"", "\"finish\": \"2026-09-14T15:30\"",
           "expected an end that is not before the start");
    refuse(f, "0.0048", "0.0148", "got '0.0148', expected (total - bound) / total");
    refuse(f, "0.0048", "\"small\"", "key 'objective.gap': got 'small'");
    refuse(f, "\"nights_away\": 28", "\"nights_away\": -1", "a whole number from 0 to 100000");
    refuse(f, "\"planned\": true", "\"planned\": \"yes\"", "true or false");
    refuse(f, "\"nor \\\\ was", "7, \"nor \\\\ was", "key 'households[1].reasons[1]': got '7'");
    refuse(f, "\"paul\", \"movers\"", "[], \"movers\"", "a member of the role 'pilot'");
    refuse(f, "{\"task\": \"kitchen\"", "3, {\"task\": \"kitchen\"", "an object in braces");
}

static void names_that_the_operation_does_not_have_are_refused(void **state) {
    Fixture *f = *state;
    refuse(f, "\"home\": \"R03\"", "\"home\": \"R99\"",
           ":11: key 'households[0].home': got 'R99', expected a home of homes.csv");
    refuse(f, "\"task\": \"kitchen\"", "\"task\": \"Kitchen\"",
           "got 'Kitchen', expected a task of the household's package");
    refuse(f, "\"pilot\": \"paul\"", "\"pilot\": \"mov1\"",
           "key 'households[0].members.pilot': got 'mov1', expected a member of the role 'pilot'");
    refuse(f, "\"pilot\": \"paul\"", "\"pilote\": \"paul\"", "a role of the operation as the key");
    refuse(f, "\"task\": \"kitchen\"", "\"task\": \"visit\"", "expected each task only once");
    assert_null(read_changed(f, "\"H044\"", "\"H045\"", false));
    check_fault(f, "got 'H045', expected a household of the operation");
    check_fault(f, "the household 'H044' is missing");
    assert_null(read_changed(f, "\"H044\"", "\"H001\"", false));
    check_fault(f, "got 'H001', expected each household only once");
}

static void all_faults_are_found_at_once(void **state) {
    Fixture *f = *state;
    char *a = replaced(written_plan, "\"R03\"", "\"R99\"");
    char *b = replaced(a, "2026-11-03", "soon");
    char *c = replaced(b, "\"status\": \"done\"", "\"status\": \"over\"");
    assert_null(read_text(f, c, false));
    check_fault(f, "'R99'");
    check_fault(f, "'soon'");
    check_fault(f, "'over'");
    g_free(a);
    g_free(b);
    g_free(c);
}

static void a_plan_of_another_operation_is_warned_of(void **state) {
    Fixture *f = *state;
    assert_non_null(read_changed(f, "Cité des", "Clos des", false));
    check_fault(f, "key 'operation': got 'Clos des \"Pinsons\"'");
}

static void a_plan_of_other_households_altogether_is_one_fault(void **state) {
    Fixture *f = *state;
    char *a = replaced(written_plan, "\"H001\"", "\"A1\"");
    char *b = replaced(a, "\"H044\"", "\"A2\"");
    for (int previous = 0; previous < 2; previous++) {
        assert_null(read_text(f, b, previous != 0));
        assert_string_equal(f->faults, ":10: this is a plan of another operation: none of its "
                                       "households is in households.csv\n");
    }
    g_free(a);
    g_free(b);
    a = g_strndup(written_plan, (gsize)(strstr(written_plan, "[\n") - written_plan));
    b = g_strconcat(a, "[]}", NULL);
    assert_non_null(read_text(f, b, true));
    assert_null(read_text(f, b, false));
    check_fault(f, "the household 'H001' is missing");
    g_free(a);
    g_free(b);
}

static void last_weeks_plan_may_name_what_is_gone(void **state) {
    Fixture *f = *state;
    static const char *const changes[][2] = {{"\"home\": \"R03\"", "\"home\": \"R99\""},
                                             {"\"task\": \"kitchen\"", "\"task\": \"bath\""},
                                             {"\"paul\", \"movers\"", "\"pia\", \"movers\""},
                                             {"\"movers\": ", "\"carriers\": "},
                                             {"\"H044\"", "\"H045\""}};
    char *text = g_strdup(written_plan);
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        char *next = replaced(text, changes[i][0], changes[i][1]);
        g_free(text);
        text = next;
    }
    const Plan *read = read_text(f, text, true);
    g_free(text);
    assert_non_null(read);
    static const char *const told[] = {"'R99'", "'bath'", "'pia'", "carriers", "'H045'"};
    for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
        check_fault(f, told[i]);
    assert_int_equal(read->households[0].home, NONE);
    for (int role = 0; role < f->op->n_roles; role++)
        assert_int_equal(read->households[0].members[role], NONE);
    assert_int_equal(read->households[0].tasks[KITCHEN].start, DATE_NONE);
    assert_int_equal(read->households[0].tasks[RETURN].start, on("2026-11-09"));
}

static void a_household_that_is_new_had_no_dates_last_week(void **state) {
    Fixture *f = *state;
    build_household(f->op, 0, "H050");
    build_fact(f->op, 2, VISIT, STATUS_DONE, on("2026-09-03"), at("10:00"))->member = f->paul;
    const Plan *read = read_text(f, written_plan, true);
    assert_string_equal(f->faults, "");
    assert_false(read->households[2].planned);
    assert_int_equal(read->households[2].tasks[VISIT].start, DATE_NONE);
    assert_int_equal(read->households[2].members[0], NONE);
    assert_null(read_text(f, written_plan, false));
    check_fault(f, "the household 'H050' is missing");
}

static void a_task_may_have_been_of_another_kind_last_week(void **state) {
    Fixture *f = *state;
    const Plan *read = read_changed(f, "2026-11-03", "2026-11-03T08:30", true);
    assert_non_null(read);
    assert_int_equal(read->households[0].tasks[KITCHEN].start, on("2026-11-03"));
    assert_int_equal(read->households[0].tasks[KITCHEN].start_minute, MINUTE_NONE);
    read = read_changed(f, "2026-09-14T16:00", "2026-09-14", true);
    assert_non_null(read);
    assert_int_equal(read->households[0].tasks[VISIT].start_minute, MINUTE_NONE);
}

static void a_broken_file_is_no_plan_of_last_week_either(void **state) {
    Fixture *f = *state;
    assert_null(read_changed(f, "2026-11-03", "soon", true));
    assert_null(read_changed(f, "\"tasks\": ", "\"dates\": ", true));
    assert_null(read_changed(f, "\"H044\"", "\"H001\"", true));
}

static void a_truncated_plan_is_refused(void **state) {
    Fixture *f = *state;
    size_t end = strrchr(written_plan, '}') - written_plan;
    for (size_t length = 0; length <= end; length += 13) {
        char *text = g_strndup(written_plan, length);
        assert_null(read_text(f, text, true));
        g_free(text);
    }
}

static void a_damaged_plan_is_refused_or_read_but_harms_nobody(void **state) {
    Fixture *f = *state;
    static const char bytes[] = "\"{}[]:,.-+eE0189tfn\\ \x80\xc3x";
    GRand *random = g_rand_new_with_seed(1);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
        char *text = g_strdup(written_plan);
        for (int change = g_rand_int_range(random, 1, 4); change > 0; change--)
            text[g_rand_int_range(random, 0, (gint32)strlen(text))] =
                bytes[g_rand_int_range(random, 0, (gint32)sizeof bytes - 1)];
        /* read_text() checks that a plan comes exactly when there is no error. */
        const Plan *read = read_text(f, text, i % 2 == 0);
        refused += read == NULL;
        if (read != NULL) { /* then it can be written as well */
            char *again = to_json(f, read);
            assert_non_null(again);
            g_free(again);
        }
        g_free(text);
    }
    assert_in_range(refused, 500, 999);
    g_rand_free(random);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_plan_is_written_as_the_contract_says),
        TEST(an_unplanned_household_without_facts_has_no_members_and_tasks),
        TEST(the_gap_has_four_decimals_at_most),
        TEST(a_plan_that_was_written_is_read_as_it_was),
        TEST(the_largest_figures_survive),
        TEST(keys_of_other_programs_are_passed_over),
        TEST(a_file_of_another_format_is_refused_at_once),
        TEST(a_missing_file_is_refused),
        TEST(every_key_of_the_contract_is_needed),
        TEST(values_that_make_no_sense_are_refused_with_their_line),
        TEST(names_that_the_operation_does_not_have_are_refused),
        TEST(all_faults_are_found_at_once),
        TEST(a_plan_of_another_operation_is_warned_of),
        TEST(a_plan_of_other_households_altogether_is_one_fault),
        TEST(last_weeks_plan_may_name_what_is_gone),
        TEST(a_household_that_is_new_had_no_dates_last_week),
        TEST(a_task_may_have_been_of_another_kind_last_week),
        TEST(a_truncated_plan_is_refused),
        TEST(a_damaged_plan_is_refused_or_read_but_harms_nobody),
        TEST(a_broken_file_is_no_plan_of_last_week_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
