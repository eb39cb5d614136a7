/* What may and what may not come through into a page. */
#include "io/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *text, const char *expected) {
    GString *out = g_string_new(NULL);
    html_add(out, "%s", text);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void markup_and_quotes_are_shown_as_they_are(void **state) {
    (void)state;
    check("<b class=\"x\">'&amp;'</b>",
          "&lt;b class=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/b&gt;");
    check("rue des Mésanges \xe2\x86\x92 R1", "rue des Mésanges \xe2\x86\x92 R1");
}

static void control_characters_and_turning_marks_become_blanks(void **state) {
    (void)state;
    check("a\nb\x1b[0mc\x7f", "a b [0mc ");
    GString *turned = g_string_new("01");
    g_string_append_unichar(turned, 0x202E);
    g_string_append(turned, "99");
    g_string_append_unichar(turned, 0x2066);
    check(turned->str, "01 99 ");
    g_string_free(turned, TRUE);
}

static void numbers_stand_among_texts(void **state) {
    (void)state;
    GString *out = g_string_new(NULL);
    html_add(out, "<rect x=\"%.2f%%\" width=%d>%s</rect>", 12.345, -3, "<");
    assert_string_equal(out->str, "<rect x=\"12.35%\" width=-3>&lt;</rect>");
    g_string_free(out, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_and_quotes_are_shown_as_they_are),
        cmocka_unit_test(control_characters_and_turning_marks_become_blanks),
        cmocka_unit_test(numbers_stand_among_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
