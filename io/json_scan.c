/* json_scan.c: a recursive descent over RFC 8259. */
#include "io/json_scan.h"

#include <math.h>
#include <string.h>

#include "io/read_file.h"
#include "solver/language.h"

typedef struct Scan {
    const char *text;
    size_t at;
    int line;
    int depth;
    GArray *spans;
    guint most;          /* spans */
    const char *problem; /* translated; NULL while all is well */
    size_t problem_at;
} Scan;

static bool fail(Scan *scan, const char *problem) {
    if (scan->problem == NULL) {
        scan->problem = problem;
        scan->problem_at = scan->at;
    }
    return false;
}

static void skip_blanks(Scan *scan) {
    for (;; scan->at++) {
        char c = scan->text[scan->at];
        if (c == '\n' || (c == '\r' && scan->text[scan->at + 1] != '\n'))
            scan->line++;
        else if (c != ' ' && c != '\t' && c != '\r')
            return;
    }
}

static bool accept(Scan *scan, char c) {
    if (scan->text[scan->at] != c)
        return false;
    scan->at++;
    return true;
}

static bool hex(Scan *scan, unsigned *value) {
    *value = 0;
    for (int i = 0; i < 4; i++, scan->at++) {
        int digit = g_ascii_xdigit_value(scan->text[scan->at]);
        if (digit < 0)
            return fail(scan, _("four hexadecimal digits after \\u"));
        *value = *value * 16 + (unsigned)digit;
    }
    return true;
}

/* The part of an escape behind the backslash. */
static bool escape(Scan *scan) {
    unsigned unit, low;
    if (!accept(scan, 'u')) {
        char c = scan->text[scan->at];
        if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL)
            return fail(scan, _("one of \" \\ / b f n r t u after a backslash"));
        scan->at++;
        return true;
    }
    if (!hex(scan, &unit))
        return false;
    if (unit < 0x20 || unit == 0x7f)
        return fail(scan, _("no control characters in a string"));
    if (unit >= 0xdc00 && unit <= 0xdfff)
        return fail(scan, _("no second half of a surrogate pair alone"));
    if (unit < 0xd800 || unit > 0xdbff)
        return true;
    if (!accept(scan, '\\') || !accept(scan, 'u') || !hex(scan, &low) || low < 0xdc00 ||
        low > 0xdfff)
        return fail(scan, _("the second half of a surrogate pair"));
    return true;
}

/* Line ends and tabs are met in notes that were pasted; as `\n` and `\t` they are harmless. */
static bool string(Scan *scan) {
    if (!accept(scan, '"'))
        return fail(scan, _("a text in double quotes"));
    for (;;) {
        char c = scan->text[scan->at];
        if (c == '"') {
            scan->at++;
            return true;
        }
        if (c == '\0' || c == '\n' || c == '\r')
            return fail(scan, _("a quote that closes the text"));
        if (g_ascii_iscntrl(c))
            return fail(scan, _("no control characters in a string"));
        scan->at++;
        if (c == '\\' && !escape(scan))
            return false;
    }
}

static bool digits(Scan *scan) {
    if (!g_ascii_isdigit(scan->text[scan->at]))
        return fail(scan, _("a digit"));
    while (g_ascii_isdigit(scan->text[scan->at]))
        scan->at++;
    return true;
}

static bool number(Scan *scan) {
    size_t start = scan->at;
    accept(scan, '-');
    if (accept(scan, '0')) {
        if (g_ascii_isdigit(scan->text[scan->at]))
            return fail(scan, _("a number without leading zeros"));
    } else if (!digits(scan)) {
        return false;
    }
    if (accept(scan, '.') && !digits(scan))
        return false;
    if (accept(scan, 'e') || accept(scan, 'E')) {
        if (!accept(scan, '+'))
            accept(scan, '-');
        if (!digits(scan))
            return false;
    }
    if (!isfinite(g_ascii_strtod(scan->text + start, NULL)))
        return fail(scan, _("a number that is not so large"));
    return true;
}

static bool value(Scan *scan);

static bool members(Scan *scan) {
    skip_blanks(scan);
    if (accept(scan, '}'))
        return true;
    do {
        skip_blanks(scan);
        if (!string(scan))
            return false;
        skip_blanks(scan);
        if (!accept(scan, ':'))
            return fail(scan, _("':' after the key"));
        if (!value(scan))
            return false;
        skip_blanks(scan);
    } while (accept(scan, ','));
    return accept(scan, '}') || fail(scan, _("',' or '}'"));
}

static bool items(Scan *scan) {
    skip_blanks(scan);
    if (accept(scan, ']'))
        return true;
    do {
        if (!value(scan))
            return false;
        skip_blanks(scan);
    } while (accept(scan, ','));
    return accept(scan, ']') || fail(scan, _("',' or ']'"));
}

static bool word(Scan *scan) {
    static const char *const words[] = {"true", "false", "null"};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(scan->text + scan->at, words[i], length) == 0 &&
            !g_ascii_isalnum(scan->text[scan->at + length])) {
            scan->at += length;
            return true;
        }
    }
    return fail(scan, _("a value: an object, a list, a text, a number, true, false or null"));
}

static bool value(Scan *scan) { /* at most MAX_JSON_DEPTH levels deep */
    skip_blanks(scan);
    guint own = scan->spans->len;
    JsonSpan span = {scan->at, scan->at, scan->line};
    g_array_append_val(scan->spans, span);
    if (++scan->depth > MAX_JSON_DEPTH)
        return fail(scan, _("fewer levels of nesting"));
    if (own == scan->most)
        return fail(scan, _("fewer values in one file"));
    bool good;
    char c = scan->text[scan->at];
    if (c == '{' || c == '[') {
        scan->at++;
        good = c == '{' ? members(scan) : items(scan);
    } else if (c == '"') {
        good = string(scan);
    } else {
        good = c == '-' || g_ascii_isdigit(c) ? number(scan) : word(scan);
    }
    scan->depth--;
    g_array_index(scan->spans, JsonSpan, own).end = scan->at;
    return good;
}

/* Reports what stood where something else was expected. */
static void report(const Scan *scan, const char *file, Faults *faults) {
    const char *here = scan->text + scan->problem_at;
    int line = line_at(scan->text, scan->problem_at);
    if (*here == '\0') {
        faults_say(faults, FAULT_ERROR, file, line, _("the file ends too early, expected %s"),
                   scan->problem);
        return;
    }
    char *got = g_utf8_substring(here, 0, MIN(g_utf8_strlen(here, 400), 20));
    char *end = strpbrk(got, "\r\n");
    if (end != NULL && end > got)
        *end = '\0';
    faults_value(faults, FAULT_ERROR, file, line, NULL, got, scan->problem);
    g_free(got);
}

GArray *json_scan(const char *text, size_t length, const char *file, int most, Faults *faults) {
    const char *bad;
    if (!g_utf8_validate(text, (gssize)length, &bad)) {
        faults_say(faults, FAULT_ERROR, file, line_at(text, (size_t)(bad - text)),
                   _("byte 0x%02x is not UTF-8; save the file as UTF-8"), (unsigned char)*bad);
        return NULL;
    }
    Scan scan = {.text = text, .line = 1, .most = (guint)most};
    scan.spans = g_array_new(FALSE, FALSE, sizeof(JsonSpan));
    if (value(&scan)) {
        skip_blanks(&scan);
        if (scan.at < length)
            fail(&scan, _("nothing behind the end"));
    }
    if (scan.problem == NULL)
        return scan.spans;
    report(&scan, file, faults);
    g_array_free(scan.spans, TRUE);
    return NULL;
}
