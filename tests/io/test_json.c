/* JSON is read strictly, and every value knows where it stands. */
#include "io/json.h"
#include "io/json_scan.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Fields {
    const char *text;
    int whole;
    cost_t cost;
    milli_t amount;
    bool flag;
    date_t date;
    minute_t time;
    const cJSON *object, *list, *any;
} Fields;

static const JsonKey keys[] = {
    {"text", JSON_TEXT, false, offsetof(Fields, text), 0, 0},
    {"whole", JSON_WHOLE, false, offsetof(Fields, whole), -5, 10},
    {"cost", JSON_COST, false, offsetof(Fields, cost), 0, INT64_C(100000000000)},
    {"amount", JSON_AMOUNT, false, offsetof(Fields, amount), 0, 2500},
    {"flag", JSON_FLAG, false, offsetof(Fields, flag), 0, 0},
    {"date", JSON_DATE, false, offsetof(Fields, date), 0, 0},
    {"time", JSON_TIME, false, offsetof(Fields, time), 0, 0},
    {"object", JSON_OBJECT, false, offsetof(Fields, object), 0, 0},
    {"list", JSON_LIST, false, offsetof(Fields, list), 0, 0},
    {"any", JSON_ANY, false, offsetof(Fields, any), 0, 0},
};

static char *printed(const Faults *faults) {
    char *told;
    size_t size;
    FILE *out = open_memstream(&told, &size);
    faults_print(faults, out, true);
    fclose(out);
    return told;
}

/* Reads the text into `fields` and checks what is told of it. */
static void check_fill(const char *text, Fields *fields, const char *expected) {
    Faults *faults = faults_new();
    JsonDocument *document = json_parse(text, strlen(text), "f.json", MAX_JSON_VALUES, faults);
    bool good = document != NULL &&
                json_fill(document, json_root(document), keys, G_N_ELEMENTS(keys), fields);
    char *told = printed(faults);
    assert_string_equal(told, expected);
    assert_true(good || *expected != '\0');
    free(told);
    fields->text = NULL; /* belongs to the document */
    json_free(document);
    faults_free(faults);
}

static void check_told(const char *text, const char *expected) {
    Fields fields = {0};
    check_fill(text, &fields, expected);
}

static void values_of_every_kind_are_read(void **state) {
    (void)state;
    Fields fields = {0};
    check_fill("{\"whole\": -5, \"cost\": 99999999999, \"amount\": 2.5, \"flag\": true,\n"
               " \"date\": \"14/09/2026\", \"time\": \"18h30\", \"object\": {}, \"list\": [],\n"
               " \"any\": 3, \"text\": \"\\u00e9\"}",
               &fields, "");
    assert_int_equal(fields.whole, -5);
    assert_int_equal(fields.cost, INT64_C(99999999999));
    assert_int_equal(fields.amount, 2500);
    assert_true(fields.flag);
    assert_int_equal(fields.date, date_from_ymd(2026, 9, 14));
    assert_int_equal(fields.time, 18 * 60 + 30);
    assert_non_null(fields.object);
    assert_non_null(fields.list);
    assert_non_null(fields.any);
}

static void absent_and_null_members_leave_the_default(void **state) {
    (void)state;
    Fields fields = {.whole = 7, .date = 3};
    check_fill("{\"whole\": null}", &fields, "");
    assert_int_equal(fields.whole, 7);
    assert_int_equal(fields.date, 3);
}

static void every_fault_is_told_with_line_and_path(void **state) {
    (void)state;
    Fields fields = {.whole = 7};
    check_fill(
        "{\n\"whole\": 11,\n\"amount\": 2.501,\n\"flag\": \"yes\",\n\"date\": "
        "\"2026-02-30\",\n\"tme\": 1,\n\"text\": \"\",\n\"list\": {\"a\": 1},\n\"object\": "
        "[1]}",
        &fields,
        "f.json:2: key 'whole': got '11', expected a whole number from -5 to 10\n"
        "f.json:3: key 'amount': got '2.501', expected a number from 0 to 2.500 with at most "
        "3 decimals\n"
        "f.json:4: key 'flag': got 'yes', expected true or false\n"
        "f.json:5: key 'date': got '2026-02-30', expected a date such as \"2026-09-14\"\n"
        "f.json:6: the key 'tme' is not known; did you mean 'time'?\n"
        "f.json:7: key 'text': got '', expected a text in double quotes\n"
        "f.json:8: key 'list': got '{...}', expected a list in square brackets\n"
        "f.json:9: key 'object': got '[...]', expected an object in braces\n");
    assert_int_equal(fields.whole, 7);
}

static void numbers_are_never_rounded(void **state) {
    (void)state;
    check_told("{\"whole\": 1.0}",
               "f.json:1: key 'whole': got '1.0', expected a whole number from -5 to 10\n");
    check_told("{\"whole\": 1e0}",
               "f.json:1: key 'whole': got '1e0', expected a whole number from -5 to 10\n");
    check_told("{\"whole\": 4294967297}",
               "f.json:1: key 'whole': got '4294967297', expected a whole number from -5 to 10\n");
    check_told("{\"whole\": \"1\"}",
               "f.json:1: key 'whole': got '1', expected a whole number from -5 to 10\n");
}

static void a_required_key_is_missed(void **state) {
    (void)state;
    static const JsonKey inner[] = {{"id", JSON_TEXT, true, 0, 0, 0}};
    static const char text[] = "{\"list\":\n[{}]}";
    Faults *faults = faults_new();
    JsonDocument *document = json_parse(text, strlen(text), "f.json", MAX_JSON_VALUES, faults);
    const cJSON *node = json_root(document)->child->child;
    const char *id = NULL;
    assert_false(json_fill(document, node, inner, 1, &id));
    assert_int_equal(json_line(document, node), 2);
    char *told = printed(faults);
    assert_string_equal(told, "f.json:2: the key 'list[0].id' is missing\n");
    free(told);
    json_free(document);
    faults_free(faults);
}

static void what_is_no_json_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *told;
    } cases[] = {
        {"", "f.json:1: the file ends too early, expected a value: an object, a list, a text, a "
             "number, true, false or null\n"},
        {"[1]", "f.json:1: got '[...]', expected an object in braces\n"},
        {"{\"whole\": 007}", "f.json:1: got '07}', expected a number without leading zeros\n"},
        {"{\"whole\": 1.}", "f.json:1: got '}', expected a digit\n"},
        {"{\"whole\": -}", "f.json:1: got '}', expected a digit\n"},
        {"{\"cost\":\n1e999}", "f.json:2: got '}', expected a number that is not so large\n"},
        {"{} x", "f.json:1: got 'x', expected nothing behind the end\n"},
        {"{\"a\": 1,}", "f.json:1: got '}', expected a text in double quotes\n"},
        {"{\"a\" 1}", "f.json:1: got '1}', expected ':' after the key\n"},
        {"{\"list\": [1 2]}", "f.json:1: got '2]}', expected ',' or ']'\n"},
        {"{\"text\": \"a\nb\"}",
         "f.json:1: got '\\nb\"}', expected a quote that closes the text\n"},
        {"{\"text\": \"a\tb\"}",
         "f.json:1: got '\\tb\"}', expected no control characters in a string\n"},
        {"{\"text\": \"\\u0000\"}",
         "f.json:1: got '\"}', expected no control characters in a string\n"},
        {"{\"text\": \"\\ud800\"}",
         "f.json:1: got '\"}', expected the second half of a surrogate pair\n"},
        {"{\"text\": \"\\udc00\"}",
         "f.json:1: got '\"}', expected no second half of a surrogate pair alone\n"},
        {"{\"text\": \"\\ud800\\u0041\"}",
         "f.json:1: got '\"}', expected the second half of a surrogate pair\n"},
        {"{\"text\": \"\\ud800\\ue000\"}",
         "f.json:1: got '\"}', expected the second half of a surrogate pair\n"},
        {"{\"text\": \"\\ud800\\n\"}",
         "f.json:1: got 'n\"}', expected the second half of a surrogate pair\n"},
        {"{\"text\": \"\\u007f\"}",
         "f.json:1: got '\"}', expected no control characters in a string\n"},
        {"{\"text\": \"\\u12g4\"}",
         "f.json:1: got 'g4\"}', expected four hexadecimal digits after \\u\n"},
        {"{\"text\": \"a\rb\"}",
         "f.json:1: got '\\rb\"}', expected a quote that closes the text\n"},
        {"{\"text\": \"a",
         "f.json:1: the file ends too early, expected a quote that closes the text\n"},
        {"{\"list\": [1", "f.json:1: the file ends too early, expected ',' or ']'\n"},
        {"{\"list\": [1, ]}", "f.json:1: got ']}', expected a value: an object, a list, a text, a "
                              "number, true, false or null\n"},
        {"{\"whole\": 1e+}", "f.json:1: got '}', expected a digit\n"},
        {"{\"whole\": 1e-2}",
         "f.json:1: key 'whole': got '1e-2', expected a whole number from -5 to 10\n"},
        {"{\"amount\": \"2\"}",
         "f.json:1: key 'amount': got '2', expected a number from 0 to 2.500 "
         "with at most 3 decimals\n"},
        {"{\"date\": 20260914}",
         "f.json:1: key 'date': got '20260914', expected a date such as \"2026-09-14\"\n"},
        {"{\"time\": \"24:30\"}",
         "f.json:1: key 'time': got '24:30', expected a time such as \"18:30\"\n"},
        {"{\"time\": 18}", "f.json:1: key 'time': got '18', expected a time such as \"18:30\"\n"},
        {"{\"text\": 5}", "f.json:1: key 'text': got '5', expected a text in double quotes\n"},
        {"\xfe\xff", "f.json:1: the file is in UTF-16; save it as UTF-8\n"},
        {"{\r\"whole\": 11}",
         "f.json:2: key 'whole': got '11', expected a whole number from -5 to 10\n"},
        {"{\r\n\r\n\"whole\": 11}",
         "f.json:3: key 'whole': got '11', expected a whole number from -5 to 10\n"},
        {"{\"text\": \"\\x\"}",
         "f.json:1: got 'x\"}', expected one of \" \\ / b f n r t u after a backslash\n"},
        {"{\"flag\": truely}", "f.json:1: got 'truely}', expected a value: an object, a list, a "
                               "text, a number, true, false or null\n"},
        {"{\"flag\": True}", "f.json:1: got 'True}', expected a value: an object, a list, a text, "
                             "a number, true, false or null\n"},
        {"{\"text\": \"\xe9\"}", "f.json:1: byte 0xe9 is not UTF-8; save the file as UTF-8\n"},
        {"\xff\xfe{", "f.json:1: the file is in UTF-16; save it as UTF-8\n"},
        {"{\"whole\": 1", "f.json:1: the file ends too early, expected ',' or '}'\n"},
        {"{\"whole\": 1,\n\"whole\": 2}",
         "f.json:2: key 'whole': got '2', expected each key only once\n"},
        {"{\"Whole\": 1}", "f.json:1: the key 'Whole' is not known; did you mean 'whole'?\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        check_told(cases[i].text, cases[i].told);
}

static void both_halves_of_a_surrogate_pair_are_one_character(void **state) {
    (void)state;
    static const char text[] = "{\"text\": \"\\ud83d\\ude00\\uFFFF\"}";
    Faults *faults = faults_new();
    Fields fields = {0};
    JsonDocument *document = json_parse(text, strlen(text), "f.json", MAX_JSON_VALUES, faults);
    assert_non_null(document);
    assert_true(json_fill(document, json_root(document), keys, G_N_ELEMENTS(keys), &fields));
    assert_string_equal(fields.text, "\xf0\x9f\x98\x80\xef\xbf\xbf");
    json_free(document);
    faults_free(faults);
}

static void what_is_no_object_has_no_members(void **state) {
    (void)state;
    static const char text[] = "{\"list\": [3]}";
    Faults *faults = faults_new();
    Fields fields = {.whole = 7};
    JsonDocument *document = json_parse(text, strlen(text), "f.json", MAX_JSON_VALUES, faults);
    assert_non_null(document);
    const cJSON *number = json_root(document)->child->child;
    assert_false(json_fill(document, number, keys, G_N_ELEMENTS(keys), &fields));
    char *told = printed(faults);
    assert_string_equal(told, "f.json:1: key 'list[0]': got '3', expected an object in braces\n");
    free(told);
    json_free(document);
    faults_free(faults);
}

static void a_byte_order_mark_is_left_out(void **state) {
    (void)state;
    Fields fields = {0};
    check_fill("\xef\xbb\xbf{\"whole\": 3}", &fields, "");
    assert_int_equal(fields.whole, 3);
}

static void nesting_without_end_is_refused(void **state) {
    (void)state;
    char *text = g_strnfill(1000000, '[');
    check_told(text, "f.json:1: got '[[[[[[[[[[[[[[[[[[[[', expected fewer levels of nesting\n");
    g_free(text);
    GString *deep = g_string_new("{\"any\": ");
    for (int i = 0; i < 60; i++)
        g_string_append_c(deep, '[');
    for (int i = 0; i < 60; i++)
        g_string_append_c(deep, ']');
    g_string_append_c(deep, '}');
    check_told(deep->str, "");
    g_string_free(deep, TRUE);
}

static void a_nul_byte_is_refused(void **state) {
    (void)state;
    static const char text[] = "{\"whole\": 1}\0{";
    Faults *faults = faults_new();
    assert_null(json_parse(text, sizeof text - 1, "f.json", MAX_JSON_VALUES, faults));
    assert_int_equal(faults_count(faults, FAULT_ERROR), 1);
    faults_free(faults);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_every_kind_are_read),
        cmocka_unit_test(absent_and_null_members_leave_the_default),
        cmocka_unit_test(every_fault_is_told_with_line_and_path),
        cmocka_unit_test(numbers_are_never_rounded),
        cmocka_unit_test(a_required_key_is_missed),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(both_halves_of_a_surrogate_pair_are_one_character),
        cmocka_unit_test(what_is_no_object_has_no_members),
        cmocka_unit_test(a_byte_order_mark_is_left_out),
        cmocka_unit_test(nesting_without_end_is_refused),
        cmocka_unit_test(a_nul_byte_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
