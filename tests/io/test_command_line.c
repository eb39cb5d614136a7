#include "io/command_line.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { MAX_WORDS = 16 };

/* Parses `words`, separated by blanks; `''` is an empty word. The line's texts live as long as the
 * words, until the next call. */
static bool parse(const char *words, CommandLine *line, char **error) {
    static char **argv;
    g_strfreev(argv);
    argv = g_strsplit(words, " ", MAX_WORDS);
    for (int i = 0; argv[i] != NULL; i++)
        if (g_str_equal(argv[i], "''"))
            argv[i][0] = '\0';
    return command_line_parse((int)g_strv_length(argv), argv, line, error);
}

static CommandLine parsed(const char *words) {
    CommandLine line;
    char *error = NULL;
    if (!parse(words, &line, &error))
        fail_msg("%s: %s", words, error);
    assert_null(error);
    return line;
}

/* Checks that the words are refused with a sentence that contains `part`. */
static void assert_refused(const char *words, const char *part) {
    CommandLine line;
    char *error = NULL;
    if (parse(words, &line, &error))
        fail_msg("accepted: %s", words);
    assert_non_null(error);
    if (strstr(error, part) == NULL)
        fail_msg("%s: got '%s', without '%s'", words, error, part);
    g_free(error);
}

static void what_is_not_given_takes_its_default(void **state) {
    (void)state;
    CommandLine line = parsed("pilote plan estate");
    assert_int_equal(line.command, COMMAND_PLAN);
    assert_string_equal(line.folder, "estate");
    assert_null(line.output);
    assert_null(line.previous);
    assert_int_equal(line.as_of, DATE_NONE);
    assert_true(line.time_limit == 60);
    assert_true(line.gap == 0);
    assert_int_equal(line.seed, 1);
    assert_int_equal(line.threads, 0);
    assert_false(line.json || line.quiet || line.verbose || line.log);
}

static void options_stand_anywhere_in_every_form(void **state) {
    (void)state;
    CommandLine line = parsed("pilote --json -t 5 plan --output=out -p old.json estate --seed 7 "
                              "-j2 -g0.5 -v --as-of 14/09/2026");
    assert_int_equal(line.command, COMMAND_PLAN);
    assert_string_equal(line.folder, "estate");
    assert_string_equal(line.output, "out");
    assert_string_equal(line.previous, "old.json");
    assert_true(line.time_limit == 5);
    assert_true(line.gap == 0.5);
    assert_int_equal(line.seed, 7);
    assert_int_equal(line.threads, 2);
    assert_int_equal(line.as_of, date_from_ymd(2026, 9, 14));
    assert_true(line.json && line.verbose);
}

static void letters_stand_together(void **state) {
    (void)state;
    CommandLine line = parsed("pilote plan -qoout estate");
    assert_true(line.quiet);
    assert_string_equal(line.output, "out");
}

static void names_may_be_shortened_while_they_are_clear(void **state) {
    (void)state;
    assert_true(parsed("pilote plan x --time 9").time_limit == 9);
    assert_true(parsed("pilote check x --verb").verbose);
    assert_refused("pilote check x --ver", "may mean");
}

static void verbose_asks_for_the_log_where_there_is_one(void **state) {
    (void)state;
    assert_true(parsed("pilote plan x --log -q").log);
    assert_true(parsed("pilote plan x --verbose").log);
    assert_false(parsed("pilote check x --verbose").log);
    assert_false(parsed("pilote plan x --log").verbose);
    assert_refused("pilote check x --log", "'--log' means nothing to 'check'");
}

static void the_last_of_two_equal_options_wins(void **state) {
    (void)state;
    assert_int_equal(parsed("pilote plan x --seed 3 --seed=4").seed, 4);
}

static void two_dashes_end_the_options(void **state) {
    (void)state;
    assert_string_equal(parsed("pilote plan -- --json").folder, "--json");
    assert_string_equal(parsed("pilote check -").folder, "-");
}

static void verify_takes_a_folder_and_a_plan(void **state) {
    (void)state;
    CommandLine line = parsed("pilote verify estate plan.json --previous old.json");
    assert_int_equal(line.command, COMMAND_VERIFY);
    assert_string_equal(line.folder, "estate");
    assert_string_equal(line.plan, "plan.json");
    assert_refused("pilote verify estate", "needs DIR PLAN");
    assert_refused("pilote verify estate plan.json more", "nothing more");
    assert_refused("pilote verify estate plan.json more and more", "nothing more");
}

static void times_have_units_and_bounds(void **state) {
    (void)state;
    assert_true(parsed("pilote plan x -t 0").time_limit == 0);
    assert_true(parsed("pilote plan x -t 0,5").time_limit == 0.5);
    assert_true(parsed("pilote plan x -t 30s").time_limit == 30);
    assert_true(parsed("pilote plan x -t 5min").time_limit == 300);
    assert_true(parsed("pilote plan x -t 2h").time_limit == 7200);
    const char *const wrong[] = {"-1", "nan",   "inf", "1e99",  "1e3", "0x10",
                                 "''", "5days", "1.",  "1.2.3", "s",   "99999999999999",
                                 "."};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        char *words = g_strconcat("pilote plan x --time-limit=", wrong[i], NULL);
        assert_refused(g_str_equal(wrong[i], "''") ? "pilote plan x -t ''" : words, "time-limit");
        g_free(words);
    }
}

static void a_gap_is_a_share_or_a_percentage_below_one(void **state) {
    (void)state;
    assert_true(parsed("pilote plan x --gap 0.05").gap == 0.05);
    assert_true(parsed("pilote plan x --gap 5%").gap == 0.05);
    assert_true(parsed("pilote plan x --gap 0,0001").gap == 0.0001);
    assert_refused("pilote plan x --gap 5", "got '5', expected a share");
    assert_refused("pilote plan x --gap 100%", "expected a share");
    assert_refused("pilote plan x --gap -0.1", "expected a share");
    assert_refused("pilote plan x --gap nan", "expected a share");
}

static void numbers_have_bounds(void **state) {
    (void)state;
    assert_int_equal(parsed("pilote plan x --threads 256").threads, 256);
    assert_refused("pilote plan x --threads 0", "from 1 to 256");
    assert_refused("pilote plan x --threads 9999", "from 1 to 256");
    assert_refused("pilote plan x --threads 1.5", "from 1 to 256");
    assert_refused("pilote plan x --threads 4294967297", "from 1 to 256");
    assert_true(parsed("pilote plan x --seed 999999999999999999").seed == 999999999999999999);
    assert_refused("pilote plan x --seed -1", "whole number");
    assert_refused("pilote plan x --seed 1000000000000000000", "whole number");
    assert_refused("pilote plan x --as-of 2026-02-30", "expected a date");
    assert_refused("pilote plan x --as-of ''", "expected a date");
}

static void empty_names_are_refused(void **state) {
    (void)state;
    assert_refused("pilote plan ''", "empty");
    assert_refused("pilote verify x ''", "empty");
    assert_refused("pilote plan x -o ''", "the name of a folder");
    assert_refused("pilote plan x --previous=", "the name of a file");
    assert_refused("pilote ''", "there is no command ''");
}

static void a_misspelt_word_gets_a_hint(void **state) {
    (void)state;
    assert_refused("pilote plna x", "did you mean 'plan'?");
    assert_refused("pilote plan x --tine-limit 5", "did you mean '--time-limit'?");
    assert_refused("pilote help verfy", "did you mean 'verify'?");
    assert_refused("pilote plan x --xyzzyxyzzy", "there is no option '--xyzzyxyzzy'");
    assert_refused("pilote plan x -x", "there is no option '-x'");
    assert_refused("pilote plan x --=5", "there is no option '--'");
}

static void values_are_neither_missing_nor_too_many(void **state) {
    (void)state;
    assert_refused("pilote plan x --seed", "'--seed' needs a value");
    assert_refused("pilote plan x -t", "'--time-limit' needs a value");
    assert_refused("pilote plan x --json=yes", "'--json' takes no value");
}

static void an_option_of_another_command_is_refused(void **state) {
    (void)state;
    assert_refused("pilote check x --seed 5", "'--seed' means nothing to 'check'");
    assert_refused("pilote --gap 0 verify x y", "'--gap' means nothing to 'verify'");
    assert_refused("pilote help --json", "'--json' means nothing to 'help'");
    assert_refused("pilote plan x --quiet --verbose", "exclude each other");
}

static void a_command_and_its_folder_must_be_there(void **state) {
    (void)state;
    assert_refused("pilote", "a command is missing");
    assert_refused("pilote --json", "a command is missing");
    assert_refused("pilote plan", "'plan' needs DIR");
    assert_refused("pilote check a b", "'check' takes DIR and nothing more");
}

static void an_offer_is_for_a_task_or_of_a_freed_date(void **state) {
    (void)state;
    CommandLine line = parsed("pilote offer x H1 visit --count 3 --from 2026-09-14 --late");
    assert_string_equal(line.household, "H1");
    assert_string_equal(line.task, "visit");
    assert_int_equal(line.count, 3);
    assert_int_equal(line.from, date_from_ymd(2026, 9, 14));
    assert_true(line.late);
    line = parsed("pilote offer x --freed paul 2026-09-14T18:30");
    assert_string_equal(line.freed, "paul");
    assert_int_equal(line.freed_start.date, date_from_ymd(2026, 9, 14));
    assert_int_equal(line.freed_start.minute, 18 * 60 + 30);
    assert_int_equal(line.count, 5);
    assert_refused("pilote offer x H1", "'offer' needs DIR HOUSEHOLD TASK");
    assert_refused("pilote offer x H1 visit --freed paul", "DIR --freed MEMBER START");
    assert_refused("pilote offer x --freed paul soon", "START: got 'soon'");
    assert_refused("pilote offer x H1 visit --count 31", "from 1 to 30");
}

static void no_words_at_all_are_refused(void **state) {
    (void)state;
    char *const argv[] = {NULL};
    CommandLine line;
    char *error = NULL;
    assert_false(command_line_parse(0, argv, &line, &error));
    g_free(error);
}

static void help_is_given_everywhere(void **state) {
    (void)state;
    static const struct {
        const char *words;
        Command topic;
    } cases[] = {
        {"pilote --help", COMMAND_NONE},
        {"pilote -h", COMMAND_NONE},
        {"pilote help", COMMAND_NONE},
        {"pilote help plan", COMMAND_PLAN},
        {"pilote plan --help", COMMAND_PLAN},
        {"pilote verify x -h", COMMAND_VERIFY},
        {"pilote --help check", COMMAND_CHECK},
        {"pilote help --help", COMMAND_HELP},
        {"pilote check a b c d -h", COMMAND_CHECK},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        CommandLine line = parsed(cases[i].words);
        assert_int_equal(line.command, COMMAND_HELP);
        assert_int_equal(line.topic, cases[i].topic);
    }
    assert_int_equal(parsed("pilote --version").command, COMMAND_VERSION);
    assert_int_equal(parsed("pilote plan -V").command, COMMAND_VERSION);
}

static void help_names_every_option_in_eighty_columns(void **state) {
    (void)state;
    char *help = command_line_help(COMMAND_PLAN);
    const char *const names[] = {"--output=FOLDER",   "--previous=PLAN", "--as-of=DATE",
                                 "--time-limit=TIME", "--gap=GAP",       "--seed=NUMBER",
                                 "--threads=NUMBER",  "--json",          "--quiet",
                                 "--verbose",         "--help",          "--log"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        assert_non_null(strstr(help, names[i]));
    g_free(help);
    help = command_line_help(COMMAND_CHECK);
    assert_null(strstr(help, "--seed"));
    g_free(help);
    for (Command topic = COMMAND_CHECK; topic <= COMMAND_NONE; topic++) {
        help = command_line_help(topic);
        char **lines = g_strsplit(help, "\n", -1);
        for (int i = 0; lines[i] != NULL; i++)
            assert_true(g_utf8_strlen(lines[i], -1) < 80);
        g_strfreev(lines);
        g_free(help);
    }
}

static void slips_and_scenarios_are_kept_in_their_order(void **state) {
    (void)state;
    CommandLine line = parsed("pilote whatif estate --slip K1:+1d --scenario a.json --slip K2:+2d");
    assert_int_equal(line.command, COMMAND_WHATIF);
    assert_int_equal(line.slips.n, 2);
    assert_string_equal(line.slips.texts[0], "K1:+1d");
    assert_string_equal(line.slips.texts[1], "K2:+2d");
    assert_int_equal(line.scenarios.n, 1);
    assert_int_equal(line.jobs.first, NONE);
    assert_int_equal(parsed("pilote risk estate").samples, 200);
    Range one = parsed("pilote risk estate --samples 7 --work w --job 3").jobs;
    Range some = parsed("pilote risk estate --samples 7 --work w --job 3-6").jobs;
    assert_true(one.first == 3 && one.last == 3 && some.first == 3 && some.last == 6);
    assert_refused("pilote risk estate --work w --job 6-3", "two like 3-7");
    assert_refused("pilote risk estate --work w --job 3-", "two like 3-7");
}

static void a_question_without_what_it_needs_is_refused(void **state) {
    (void)state;
    assert_refused("pilote whatif estate", "needs to be told what happens, like --slip=");
    assert_refused("pilote whatif estate --slip ''", "--slip");
    assert_refused("pilote whatif estate --slip K1:+1d --json --csv", "exclude each other");
    assert_refused("pilote tolerance estate --engine slurm", "needs --work=FOLDER");
    assert_refused("pilote risk estate --job 1", "needs --work=FOLDER");
    assert_refused("pilote risk estate --engine cloud", "local or slurm");
    assert_refused("pilote risk estate --work there", "goes with '--engine slurm'");
    assert_refused("pilote explain estate --language klingon", "en or fr");
    assert_refused("pilote explain estate --language f", "en or fr");
    assert_refused("pilote risk estate --slip K1:+1d", "means nothing to 'risk'");
    assert_refused("pilote tolerance estate --samples 5", "means nothing to 'tolerance'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_given_takes_its_default),
        cmocka_unit_test(options_stand_anywhere_in_every_form),
        cmocka_unit_test(letters_stand_together),
        cmocka_unit_test(names_may_be_shortened_while_they_are_clear),
        cmocka_unit_test(verbose_asks_for_the_log_where_there_is_one),
        cmocka_unit_test(the_last_of_two_equal_options_wins),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(verify_takes_a_folder_and_a_plan),
        cmocka_unit_test(times_have_units_and_bounds),
        cmocka_unit_test(a_gap_is_a_share_or_a_percentage_below_one),
        cmocka_unit_test(numbers_have_bounds),
        cmocka_unit_test(empty_names_are_refused),
        cmocka_unit_test(a_misspelt_word_gets_a_hint),
        cmocka_unit_test(values_are_neither_missing_nor_too_many),
        cmocka_unit_test(an_option_of_another_command_is_refused),
        cmocka_unit_test(a_command_and_its_folder_must_be_there),
        cmocka_unit_test(an_offer_is_for_a_task_or_of_a_freed_date),
        cmocka_unit_test(no_words_at_all_are_refused),
        cmocka_unit_test(help_is_given_everywhere),
        cmocka_unit_test(help_names_every_option_in_eighty_columns),
        cmocka_unit_test(slips_and_scenarios_are_kept_in_their_order),
        cmocka_unit_test(a_question_without_what_it_needs_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
