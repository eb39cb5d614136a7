#include "io/csv_layout.h"

#include <string.h>

#include "io/csv_text.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

CsvLayout csv_layout(const GString *bytes) {
    Faults *faults = faults_new(); /* the file has been read before */
    CsvText decoded = csv_decode(g_string_new_len(bytes->str, (gssize)bytes->len), "", faults);
    CsvLayout layout = {.bytes = bytes,
                        .delimiter = decoded.delimiter,
                        .windows_1252 = g_str_equal(decoded.encoding, "Windows-1252"),
                        .line_end = "\n",
                        .head = decoded.offset,
                        .head_line = decoded.line};
    if (g_str_has_prefix(bytes->str, byte_order_mark))
        layout.head += strlen(byte_order_mark);
    size_t line_end = strcspn(bytes->str, "\r\n");
    if (bytes->str[line_end] == '\r')
        layout.line_end = bytes->str[line_end + 1] == '\n' ? "\r\n" : "\r";
    /* Behind a line with the separator there may be blank ones. */
    for (size_t length; layout.head < bytes->len; layout.head += length, layout.head_line++) {
        length = csv_line_length(bytes->str + layout.head);
        if (!csv_blank_line(bytes->str + layout.head, length))
            break;
    }
    if (decoded.text != NULL)
        g_string_free(decoded.text, TRUE);
    faults_free(faults);
    return layout;
}

GArray *csv_layout_cells(const CsvLayout *layout, size_t start, size_t *next) {
    const char *bytes = layout->bytes->str;
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(CsvSpan));
    CsvSpan cell = {start, start};
    bool quoted = false;
    for (;; cell.end++) {
        char c = bytes[cell.end];
        quoted ^= c == '"';
        bool row_end = c == '\0' || (!quoted && (c == '\n' || c == '\r'));
        if (!row_end && (quoted || c != layout->delimiter))
            continue;
        g_array_append_val(cells, cell);
        if (row_end)
            break;
        cell.start = cell.end + 1;
    }
    *next = cell.end + csv_line_length(bytes + cell.end);
    return cells;
}

char *csv_layout_text(const CsvLayout *layout, CsvSpan cell) {
    char *raw = g_strndup(layout->bytes->str + cell.start, cell.end - cell.start);
    char *utf8 = layout->windows_1252 ? g_convert_with_fallback(raw, -1, "UTF-8", "WINDOWS-1252",
                                                                "?", NULL, NULL, NULL)
                                      : g_strdup(raw);
    g_free(raw);
    GString *text = g_string_new(utf8);
    g_free(utf8);
    csv_trim(text);
    if (text->len >= 2 && text->str[0] == '"') {
        g_string_truncate(text, text->len - 1);
        g_string_erase(text, 0, 1);
        g_string_replace(text, "\"\"", "\"", 0);
        g_string_replace(text, "\r\n", "\n", 0);
        g_string_replace(text, "\r", "\n", 0);
        csv_trim(text);
    }
    return g_string_free(text, FALSE);
}

bool csv_layout_append(const CsvLayout *layout, GString *out, const char *text) {
    char *bytes = layout->windows_1252
                      ? g_convert(text, -1, "WINDOWS-1252", "UTF-8", NULL, NULL, NULL)
                      : g_strdup(text);
    if (bytes == NULL)
        return false;
    bool plain = strpbrk(bytes, "\"\r\n\t;,") == NULL && !g_ascii_isspace(bytes[0]);
    if (!plain)
        g_string_append_c(out, '"');
    for (const char *c = bytes; *c != '\0'; c++)
        g_string_append_printf(out, *c == '"' ? "\"%c" : "%c", *c);
    if (!plain)
        g_string_append_c(out, '"');
    g_free(bytes);
    return true;
}
