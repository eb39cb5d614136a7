#include "io/verdict.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/one_task.h"

static Violation violations[] = {{"C4", 0, "too many \"crews\""}, {"C9", NONE, "two at once"}};

static void a_correct_plan_is_said_to_be_so(void **state) {
    (void)state;
    Operation *op = one_task_operation();
    Verdict verdict = {.total = 12, .n_planned = 1};
    char *text = verdict_text(op, &verdict);
    assert_string_equal(text, "The plan keeps all rules: 1 of 1 households planned, total 12.\n");
    g_free(text);
    operation_free(op);
}

static void every_violation_has_its_line(void **state) {
    (void)state;
    Operation *op = one_task_operation();
    Verdict verdict = {.n_violations = 2, .violations = violations};
    char *text = verdict_text(op, &verdict);
    assert_string_equal(text, "C4: too many \"crews\"\nC9: two at once\n"
                              "The plan breaks the rules in 2 places.\n");
    g_free(text);
    operation_free(op);
}

static void the_json_says_the_same_on_one_line(void **state) {
    (void)state;
    Operation *op = one_task_operation();
    Verdict verdict = {.n_violations = 2,
                       .violations = violations,
                       .total = INT64_C(9007199254740993),
                       .n_planned = 1};
    verdict.parts[PART_FLOW_DAY] = 12;
    char *text = verdict_json(op, &verdict);
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
    assert_non_null(strstr(text, "\"total\":9007199254740993,"));
    cJSON *root = cJSON_Parse(text);
    assert_non_null(root);
    assert_true(cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(root, "valid")));
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "violations");
    assert_int_equal(cJSON_GetArraySize(list), 2);
    const cJSON *one = cJSON_GetArrayItem(list, 0);
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(one, "constraint")->valuestring, "C4");
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(one, "household")->valuestring, "H1");
    assert_string_equal(cJSON_GetObjectItemCaseSensitive(one, "message")->valuestring,
                        "too many \"crews\"");
    assert_null(cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(list, 1), "household"));
    const cJSON *objective = cJSON_GetObjectItemCaseSensitive(root, "objective");
    const cJSON *parts = cJSON_GetObjectItemCaseSensitive(objective, "parts");
    assert_int_equal(cJSON_GetArraySize(parts), PART_COUNT);
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(parts, "flow_day")->valueint, 12);
    cJSON_Delete(root);
    g_free(text);
    operation_free(op);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_correct_plan_is_said_to_be_so),
        cmocka_unit_test(every_violation_has_its_line),
        cmocka_unit_test(the_json_says_the_same_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
