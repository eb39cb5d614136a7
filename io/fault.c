/* fault.c: the list of faults, kept until the command prints them. */
#include "io/fault.h"

#include <glib.h>
#include <stdarg.h>

#include "solver/language.h"

enum {
    MAX_PRINTED = 200,     /* of each severity */
    MAX_KEPT = 20000,      /* of each severity: a wrong delimiter can make millions */
    MAX_VALUE_LENGTH = 80, /* characters of a value that are shown */
    SEVERITIES = FAULT_WARNING + 1
};

typedef struct Fault {
    Severity severity;
    int file;     /* index into Faults.files */
    int line;     /* 0: of the whole file */
    int sequence; /* order of arrival */
    char *text;   /* without file and line */
} Fault;

struct Faults {
    GPtrArray *files; /* char *, in the order first met */
    GArray *list;     /* Fault */
    int counts[SEVERITIES];
};

Faults *faults_new(void) {
    Faults *faults = g_new0(Faults, 1);
    faults->files = g_ptr_array_new_with_free_func(g_free);
    faults->list = g_array_new(FALSE, FALSE, sizeof(Fault));
    return faults;
}

void faults_free(Faults *faults) {
    if (faults == NULL)
        return;
    for (guint i = 0; i < faults->list->len; i++)
        g_free(g_array_index(faults->list, Fault, i).text);
    g_array_free(faults->list, TRUE);
    g_ptr_array_free(faults->files, TRUE);
    g_free(faults);
}

static int file_index(Faults *faults, const char *file) {
    for (guint i = 0; i < faults->files->len; i++)
        if (g_str_equal(faults->files->pdata[i], file))
            return (int)i;
    g_ptr_array_add(faults->files, g_strdup(file));
    return (int)faults->files->len - 1;
}

/* A fault must stay on its line and must not steer a terminal, so control characters (the C1 range
 * included) and direction overrides are shown as escapes. */
static void append_character(GString *out, gunichar c) {
    if (c == '\n')
        g_string_append(out, "\\n");
    else if (c == '\r')
        g_string_append(out, "\\r");
    else if (c == '\t')
        g_string_append(out, "\\t");
    else if (c < 0x80 && g_ascii_iscntrl((char)c))
        g_string_append_printf(out, "\\x%02x", c);
    else if (g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT)
        g_string_append_printf(out, "\\u%04x", c);
    else
        g_string_append_unichar(out, c);
}

static char *shown(const char *text, glong max_length) {
    char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);
    glong length = 0;
    for (char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        if (length++ == max_length) {
            g_string_append(out, "…");
            break;
        }
        append_character(out, g_utf8_get_char(p));
    }
    g_free(valid);
    return g_string_free(out, FALSE);
}

char *fault_text(const char *text) {
    return shown(text, G_MAXLONG);
}

/* Takes over `text`. */
static void append(Faults *faults, Severity severity, const char *file, int line, char *text) {
    if (faults->counts[severity]++ >= MAX_KEPT) {
        g_free(text);
        return;
    }
    Fault fault = {severity, file_index(faults, file), line, (int)faults->list->len, text};
    g_array_append_val(faults->list, fault);
}

void faults_value(Faults *faults, Severity severity, const char *file, int line, const char *column,
                  const char *got, const char *expected) {
    char *value = shown(got, MAX_VALUE_LENGTH);
    GString *text = g_string_new(NULL);
    if (column != NULL) {
        char *name = shown(column, MAX_VALUE_LENGTH * 2);
        bool json = g_str_has_suffix(file, ".json");
        g_string_append_printf(text, json ? _("key '%s': ") : _("column '%s': "), name);
        g_free(name);
    }
    g_string_append_printf(text, _("got '%s', expected %s"), value, expected);
    g_free(value);
    append(faults, severity, file, line, g_string_free(text, FALSE));
}

void faults_say(Faults *faults, Severity severity, const char *file, int line, const char *format,
                ...) {
    va_list arguments;
    va_start(arguments, format);
    char *raw = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    append(faults, severity, file, line, shown(raw, MAX_VALUE_LENGTH * 20));
    g_free(raw);
}

int faults_count(const Faults *faults, Severity severity) {
    return faults->counts[severity];
}

static gint compare(gconstpointer left, gconstpointer right) {
    const Fault *a = left, *b = right;
    if (a->file != b->file)
        return a->file - b->file;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->sequence - b->sequence;
}

static void print_one(const Faults *faults, const Fault *fault, FILE *out) {
    char *file = shown(faults->files->pdata[fault->file], MAX_VALUE_LENGTH * 4);
    fputs(file, out);
    g_free(file);
    if (fault->line > 0)
        fprintf(out, ":%d", fault->line);
    fprintf(out, ": %s%s\n", fault->severity == FAULT_WARNING ? _("warning: ") : "", fault->text);
}

static void print_rest(Severity severity, int rest, FILE *out) {
    if (severity == FAULT_ERROR)
        fprintf(out, n_("and %d more error\n", "and %d more errors\n", rest), rest);
    else if (severity == FAULT_INFEASIBLE)
        fprintf(out, n_("and %d more obstacle\n", "and %d more obstacles\n", rest), rest);
    else
        fprintf(out, n_("and %d more warning\n", "and %d more warnings\n", rest), rest);
}

void faults_print(const Faults *faults, FILE *out, bool warnings) {
    GArray *sorted = g_array_new(FALSE, FALSE, sizeof(Fault));
    if (faults->list->len > 0)
        g_array_append_vals(sorted, faults->list->data, faults->list->len);
    g_array_sort(sorted, compare);
    int printed[SEVERITIES] = {0};
    for (guint i = 0; i < sorted->len; i++) {
        const Fault *fault = &g_array_index(sorted, Fault, i);
        if ((fault->severity == FAULT_WARNING && !warnings) ||
            printed[fault->severity] >= MAX_PRINTED)
            continue;
        printed[fault->severity]++;
        print_one(faults, fault, out);
    }
    for (int severity = 0; severity < SEVERITIES; severity++) {
        int rest = faults->counts[severity] - printed[severity];
        if (rest > 0 && (severity != FAULT_WARNING || warnings))
            print_rest((Severity)severity, rest, out);
    }
    g_array_free(sorted, TRUE);
}
