/* csv_text.c: what a spreadsheet may have made of a table: encodings, delimiters, line ends. */
#include "io/csv_text.h"

#include <string.h>

#include "io/read_file.h"
#include "solver/language.h"

size_t csv_line_length(const char *text) {
    size_t length = strcspn(text, "\r\n");
    if (text[length] == '\r' && text[length + 1] == '\n')
        return length + 2;
    return text[length] != '\0' ? length + 1 : length;
}

size_t csv_line_offset(const GString *text, size_t start, size_t end, int lines) {
    for (; lines > 0 && end > start; lines--) {
        end -= end - start >= 2 && text->str[end - 2] == '\r' && text->str[end - 1] == '\n' ? 2 : 1;
        while (end > start && text->str[end - 1] != '\n' && text->str[end - 1] != '\r')
            end--;
    }
    return end;
}

bool csv_blank_line(const char *line, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isspace(line[i]))
            return false;
    return true;
}

bool csv_odd_quotes(const char *line, size_t length) {
    bool odd = false;
    for (size_t i = 0; i < length; i++)
        odd ^= line[i] == '"';
    return odd;
}

void csv_trim(GString *text) {
    const char *start = text->str, *end = text->str + text->len;
    while (start < end && g_unichar_isspace(g_utf8_get_char(start)))
        start += g_utf8_skip[(guchar)*start];
    while (end > start) {
        const char *last = g_utf8_prev_char(end);
        if (!g_unichar_isspace(g_utf8_get_char(last)))
            break;
        end = last;
    }
    g_string_truncate(text, (gsize)(end - text->str));
    g_string_erase(text, 0, start - text->str);
}

/* Replaces Windows-1252 by UTF-8. A byte that Windows-1252 does not define is a fault and becomes
 * a question mark, so that the other faults of the file are found in the same run. */
static void from_windows_1252(CsvText *csv, const char *file, Faults *faults) {
    GString *utf8 = g_string_sized_new(csv->text->len + csv->text->len / 8);
    static const char undefined[] = "\x81\x8d\x8f\x90\x9d";
    for (size_t i = 0; i < csv->text->len; i++)
        if (csv->text->str[i] != '\0' && strchr(undefined, csv->text->str[i]) != NULL) {
            if (!csv->damaged)
                faults_say(faults, FAULT_ERROR, file, line_at(csv->text->str, i),
                           _("byte 0x%02x is neither UTF-8 nor Windows-1252; save the file as "
                             "UTF-8"),
                           (unsigned char)csv->text->str[i]);
            csv->damaged = true;
            csv->text->str[i] = '?';
        }
    gsize length = 0;
    char *converted = g_convert(csv->text->str, (gssize)csv->text->len, "UTF-8", "WINDOWS-1252",
                                NULL, &length, NULL);
    if (converted != NULL) {
        g_string_append_len(utf8, converted, (gssize)length);
    } else {
        faults_say(faults, FAULT_ERROR, file, 0, _("the text is neither UTF-8 nor Windows-1252"));
        csv->damaged = true;
    }
    g_free(converted);
    g_string_free(csv->text, TRUE);
    csv->text = utf8;
    csv->encoding = "Windows-1252";
}

static bool has_prefix(const GString *text, const char *prefix, size_t length) {
    return text->len >= length && memcmp(text->str, prefix, length) == 0;
}

/* Order: BOM, valid UTF-8, Windows-1252. False when the file is no text that we can read. */
static bool decode(CsvText *csv, const char *file, Faults *faults) {
    bool bom = has_prefix(csv->text, "\xef\xbb\xbf", 3);
    if (has_prefix(csv->text, "\xff\xfe", 2) || has_prefix(csv->text, "\xfe\xff", 2)) {
        faults_say(faults, FAULT_ERROR, file, 1,
                   _("the file is in UTF-16; save it as \"CSV UTF-8\""));
        return false;
    }
    const char *nul = memchr(csv->text->str, '\0', csv->text->len);
    if (nul != NULL) {
        faults_say(faults, FAULT_ERROR, file,
                   line_at(csv->text->str, (size_t)(nul - csv->text->str)),
                   _("a NUL byte: this is not a text file"));
        return false;
    }
    if (bom)
        g_string_erase(csv->text, 0, 3);
    const char *bad;
    if (g_utf8_validate(csv->text->str, (gssize)csv->text->len, &bad))
        return true;
    if (bom) {
        faults_say(faults, FAULT_ERROR, file,
                   line_at(csv->text->str, (size_t)(bad - csv->text->str)),
                   _("the file begins as UTF-8 but byte 0x%02x is not UTF-8"), (unsigned char)*bad);
        return false;
    }
    from_windows_1252(csv, file, faults);
    return csv->text->len > 0;
}

/* The delimiter that the row of names uses most; none at all is a table of one column. */
static char most_used_delimiter(const char *line, size_t length) {
    static const char candidates[] = ";,\t";
    char best = ',';
    int most = 0;
    for (const char *candidate = candidates; *candidate != '\0'; candidate++) {
        int count = 0;
        bool quoted = false;
        for (size_t i = 0; i < length; i++) {
            quoted ^= line[i] == '"';
            count += !quoted && line[i] == *candidate;
        }
        if (count > most) {
            most = count;
            best = *candidate;
        }
    }
    return best;
}

/* Excel's own first line, `sep=;`, which is no row. */
static bool separator_line(const char *line, size_t length, char *delimiter) {
    char *text = g_strstrip(g_strndup(line, length));
    char *bare = text;
    size_t n = strlen(text);
    /* A separator that is a tab was stripped away as a blank. */
    if (n >= 2 && text[0] == '"' && text[n - 1] == '"') {
        text[n - 1] = '\0';
        bare = text + 1;
    }
    bool found = g_ascii_strncasecmp(bare, "sep=", 4) == 0 && strlen(bare) <= 5;
    if (found)
        *delimiter = bare[4] != '\0' ? bare[4] : '\t';
    g_free(text);
    return found;
}

static void find_delimiter(CsvText *csv, const char *file, Faults *faults) {
    csv->line = 1;
    csv->delimiter = ',';
    while (csv->offset < csv->text->len) {
        const char *line = csv->text->str + csv->offset;
        size_t length = csv_line_length(line);
        if (!csv_blank_line(line, length)) {
            if (!separator_line(line, length, &csv->delimiter)) {
                csv->delimiter = most_used_delimiter(line, length);
                return;
            }
            if (strchr(";,\t", csv->delimiter) == NULL) {
                faults_say(faults, FAULT_ERROR, file, csv->line,
                           _("got the separator '%c', expected ';', ',' or a tab"), csv->delimiter);
                csv->delimiter = ';';
            }
            csv->offset += length;
            csv->line++;
            return;
        }
        csv->offset += length;
        csv->line++;
    }
}

CsvText csv_decode(GString *bytes, const char *file, Faults *faults) {
    CsvText csv = {.text = bytes, .encoding = "UTF-8"};
    if (!decode(&csv, file, faults)) {
        g_string_free(csv.text, TRUE);
        csv.text = NULL;
    }
    if (csv.text != NULL)
        find_delimiter(&csv, file, faults);
    return csv;
}
