#include "io/ics_files.h"

#include <glib.h>
#include <string.h>

#include "io/ics.h"
#include "io/wall_clock.h"
#include "io/write_file.h"
#include "solver/language.h"

#define MEMBER "member-"
#define HOUSEHOLD "household-"
#define ENDING ".ics"

enum { NAME_BYTES = 80, MARK_BYTES = 8 };

typedef struct Export {
    IcsWriter writer;
    const char *folder;
    GHashTable *names;  /* of the files there will be; owned by `files` */
    GPtrArray *written; /* char *: names and bytes that are written, in turn */
    IcsCount *count;
} Export;

char *ics_file_name(const char *beginning, const char *id) {
    GString *name = g_string_new(beginning);
    for (const char *p = id; *p != '\0' && name->len < NAME_BYTES; p++)
        g_string_append_c(name, g_ascii_isalnum(*p) || strchr("-_", *p) != NULL ? *p : '_');
    if (!g_str_equal(name->str + strlen(beginning), id)) {
        char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA1, id, -1);
        g_string_append_printf(name, ".%.*s", MARK_BYTES, sum);
        g_free(sum);
    }
    g_string_append(name, ENDING);
    return g_string_free(name, FALSE);
}

/* Takes over both. */
static void add_file(Export *export, char *name, char *bytes) {
    g_ptr_array_add(export->written, name);
    g_ptr_array_add(export->written, bytes);
    g_hash_table_add(export->names, name);
}

/* Adds the calendar, or does nothing when it is there already. */
static bool add_calendar(Export *export, AudienceKind kind, const char *beginning, const char *id) {
    char *name = ics_file_name(beginning, id != NULL ? id : "");
    if (g_hash_table_contains(export->names, name)) {
        g_free(name);
        return false;
    }
    export->writer.audience = audience_of(export->writer.events, kind, id);
    add_file(export, name, ics_calendar(&export->writer));
    return true;
}

/* Whether the file is one of our calendars. */
static bool is_ours(const char *folder, const char *name) {
    char *path = g_build_filename(folder, name, NULL);
    char *bytes = NULL;
    bool ours = g_file_get_contents(path, &bytes, NULL, NULL) &&
                strstr(bytes, "\r\nPRODID:" ICS_PRODUCT) != NULL;
    g_free(bytes);
    g_free(path);
    return ours;
}

static bool is_there(const char *folder, const char *name) {
    char *path = g_build_filename(folder, name, NULL);
    bool there = g_file_test(path, G_FILE_TEST_EXISTS);
    g_free(path);
    return there;
}

static void add_members(Export *export) {
    const Events *events = export->writer.events;
    for (int m = 0; m < events->n_members; m++)
        export->count->members +=
            add_calendar(export, AUDIENCE_MEMBER, MEMBER, events->members[m].id);
    /* Those who are gone have to learn what they are not to come to. */
    for (int i = 0; i < events->n_past; i++)
        for (int m = 0; m < events->past[i].n_members; m++) {
            const char *id = events->past[i].members[m];
            char *name = ics_file_name(MEMBER, id);
            if (is_there(export->folder, name))
                export->count->members += add_calendar(export, AUDIENCE_MEMBER, MEMBER, id);
            g_free(name);
        }
}

/* The calendar of a household that has one already, or that is asked for. */
static void add_household(Export *export, const char *id, bool wanted) {
    char *name = ics_file_name(HOUSEHOLD, id);
    if (wanted || is_there(export->folder, name))
        export->count->households += add_calendar(export, AUDIENCE_HOUSEHOLD, HOUSEHOLD, id);
    g_free(name);
}

static void add_households(Export *export, bool wanted) {
    const Events *events = export->writer.events;
    for (int h = 0; h < events->n_households; h++)
        add_household(export, events->households[h].id, wanted);
    for (int i = 0; i < events->n_past; i++)
        add_household(export, events->past[i].household->id, false);
}

/* Calendars that an earlier export left and that nothing is known of now. */
static void empty_others(Export *export) {
    GDir *entries = g_dir_open(export->folder, 0, NULL);
    if (entries == NULL)
        return;
    for (const char *name; (name = g_dir_read_name(entries)) != NULL;) {
        bool of_kind = g_str_has_suffix(name, ENDING) &&
                       (g_str_has_prefix(name, MEMBER) || g_str_has_prefix(name, HOUSEHOLD));
        if (!of_kind || g_hash_table_contains(export->names, name) ||
            !is_ours(export->folder, name))
            continue;
        add_file(export, g_strdup(name),
                 ics_empty(&export->writer, export->writer.events->operation));
        export->count->emptied++;
    }
    g_dir_close(entries);
}

static bool write_all(const Export *export, char **error) {
    guint n = export->written->len / 2;
    OutputFile *files = g_new(OutputFile, n);
    for (guint i = 0; i < n; i++)
        files[i] =
            (OutputFile){export->written->pdata[2 * i], export->written->pdata[2 * i + 1], NULL};
    bool written = write_files(export->folder, files, (int)n, error);
    g_free(files);
    return written;
}

bool ics_write_files(const Events *events, const char *folder, bool households, IcsCount *count,
                     char **error) {
    *count = (IcsCount){0, 0, 0};
    GTimeZone *zone = wall_clock_zone(events->timezone);
    if (zone == NULL) {
        *error = g_strdup_printf(_("this machine does not know the time zone '%s'; the package "
                                   "tzdata has the zones of the world"),
                                 events->timezone);
        return false;
    }
    Export export = {.writer = {.events = events, .zone = zone},
                     .folder = folder,
                     .names = g_hash_table_new(g_str_hash, g_str_equal),
                     .written = g_ptr_array_new_with_free_func(g_free),
                     .count = count};
    add_members(&export);
    add_households(&export, households);
    empty_others(&export);
    add_calendar(&export, AUDIENCE_PILOT, "pilot", NULL);
    bool written = write_all(&export, error);
    g_ptr_array_free(export.written, TRUE);
    g_hash_table_destroy(export.names);
    g_time_zone_unref(zone);
    return written;
}
