#include "tests/support/folder.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void the_default_operation_is_good(void **state) {
    (void)state;
    char *folder = folder_new();
    char *text = folder_faults(folder);
    assert_string_equal(text, "");
    g_free(text);
    folder_free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_operation_is_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
