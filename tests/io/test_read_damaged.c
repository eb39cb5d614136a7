/* Damaged files: cut off at every byte, with bytes changed, or grown beyond sense. None of them may
 * crash the reader, and none gives an operation together with an error; folder_faults() checks it.
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/folder.h"

static const char *const files[] = {"operation.json", "households.csv", "availability.csv",
                                    "resources.csv",  "calendar.csv",   "homes.csv",
                                    "deliveries.csv", "progress.csv"};

static void read_damaged(const char *folder, const char *file, const void *bytes, size_t length) {
    folder_write_bytes(folder, file, bytes, length);
    g_free(folder_faults(folder));
}

static void a_file_cut_off_anywhere_is_survived(void **state) {
    (void)state;
    char *folder = folder_new();
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        const char *text = folder_default(files[i]);
        for (size_t length = 0; length < strlen(text); length++)
            read_damaged(folder, files[i], text, length);
        folder_write(folder, files[i], text);
    }
    char *told = folder_faults(folder);
    assert_string_equal(told, "");
    g_free(told);
    folder_free(folder);
}

static void json_cut_off_is_never_an_operation(void **state) {
    (void)state;
    char *folder = folder_new();
    const char *text = folder_default("operation.json");
    for (size_t length = 0; length + 2 < strlen(text); length += 7) {
        folder_write_bytes(folder, "operation.json", text, length);
        char *told = folder_faults(folder);
        assert_true(g_str_has_prefix(told, "operation.json:"));
        g_free(told);
    }
    folder_free(folder);
}

static void changed_bytes_are_survived(void **state) {
    (void)state;
    GRand *random = g_rand_new_with_seed(20260904);
    char *folder = folder_new();
    for (int round = 0; round < 1000; round++) {
        const char *file = files[g_rand_int_range(random, 0, G_N_ELEMENTS(files))];
        const char *text = folder_default(file);
        size_t length = strlen(text);
        char *bytes = g_memdup2(text, length);
        for (int i = g_rand_int_range(random, 1, 6); i > 0; i--)
            bytes[g_rand_int_range(random, 0, (gint32)length)] =
                (char)g_rand_int_range(random, 0, 256);
        read_damaged(folder, file, bytes, length);
        g_free(bytes);
        folder_write(folder, file, text);
    }
    g_rand_free(random);
    folder_free(folder);
}

/* Cells and values swapped for others that mean something elsewhere get deeper than noise. */
static void exchanged_words_are_survived(void **state) {
    (void)state;
    static const char *const words[] = {"",
                                        "*",
                                        "H001",
                                        "-1",
                                        "0",
                                        "999999999999",
                                        "9999999999999999999",
                                        "2026-09-14",
                                        "31/12/2999",
                                        "01/01/1900",
                                        "1900-01-01..2999-12-31",
                                        "24:00",
                                        "pilot",
                                        "paul",
                                        "volume_m3",
                                        "mon-fri",
                                        "sat:morning",
                                        "evening",
                                        "visit",
                                        "move_out",
                                        "done",
                                        "crew",
                                        "own",
                                        "\"",
                                        "\n",
                                        ",,,,",
                                        ";",
                                        "null",
                                        "{}",
                                        "[]",
                                        "true",
                                        "\xc3\xa9",
                                        "\xe9"};
    GRand *random = g_rand_new_with_seed(7);
    char *folder = folder_new();
    GRegex *word = g_regex_new("[^,\\n\":{} \\[\\]]+", G_REGEX_RAW, (GRegexMatchFlags)0, NULL);
    for (int round = 0; round < 1000; round++) {
        const char *file = files[g_rand_int_range(random, 0, G_N_ELEMENTS(files))];
        const char *text = folder_default(file);
        int start = 0, end = 0;
        GMatchInfo *match;
        gint from = g_rand_int_range(random, 0, (gint32)strlen(text));
        if (g_regex_match_full(word, text, -1, from, (GRegexMatchFlags)0, &match, NULL))
            g_match_info_fetch_pos(match, 0, &start, &end);
        g_match_info_free(match);
        GString *changed = g_string_new_len(text, start);
        g_string_append(changed, words[g_rand_int_range(random, 0, G_N_ELEMENTS(words))]);
        g_string_append(changed, text + end);
        read_damaged(folder, file, changed->str, changed->len);
        g_string_free(changed, TRUE);
        folder_write(folder, file, text);
    }
    g_regex_unref(word);
    g_rand_free(random);
    folder_free(folder);
}

static void absurd_numbers_of_things_are_refused(void **state) {
    (void)state;
    char *folder = folder_new();
    GString *text = g_string_new("resource,role,measure\n");
    for (int i = 0; i < 1001; i++)
        g_string_append_printf(text, "r%d,role%d,crew\n", i, i);
    folder_write(folder, "resources.csv", text->str);
    char *told = folder_faults(folder);
    assert_true(strstr(told, "resources.csv:1002: more than 1000 rows; the rest was not read\n") !=
                NULL);
    g_free(told);
    folder_write(folder, "resources.csv", folder_default("resources.csv"));
    g_string_assign(text, "\"packages\": {\"x\": {\"tasks\": [{\"id\": \"a\", \"days\": 1}");
    for (int i = 0; i < 10000; i++)
        g_string_append_printf(text, ", {\"id\": \"t%d\", \"days\": 1}", i);
    g_string_append(text, "]},");
    folder_replace(folder, "operation.json", "\"packages\": {", text->str);
    told = folder_faults(folder);
    assert_true(strstr(told, "key 'packages.x.tasks': got '[...]', expected at most 200 tasks") !=
                NULL);
    g_free(told);
    for (int i = 0; i < 100000; i++)
        g_string_append(text, " \"x\": 1,");
    folder_replace(folder, "operation.json", "\"packages\": {", text->str);
    told = folder_faults(folder);
    assert_true(strstr(told, "expected fewer values in one file") != NULL);
    g_free(told);
    g_string_free(text, TRUE);
    folder_free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_cut_off_anywhere_is_survived),
        cmocka_unit_test(json_cut_off_is_never_an_operation),
        cmocka_unit_test(changed_bytes_are_survived),
        cmocka_unit_test(exchanged_words_are_survived),
        cmocka_unit_test(absurd_numbers_of_things_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
