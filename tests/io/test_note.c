#include "io/note.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "tests/support/builder.h"
#include "tests/support/folder.h"

#include <cmocka.h>

enum { H001, H002, H003 };
enum { VISIT, LEAVE };

static const Note nothing = {.start = DATE_NONE,
                             .start_minute = MINUTE_NONE,
                             .finish = DATE_NONE,
                             .finish_minute = MINUTE_NONE,
                             .member = NONE,
                             .home = NONE};

/* A note of a task's status and start. */
static Note note(int h, int a, const char *status, const char *date, const char *time) {
    Note of_task = nothing;
    of_task.household = h;
    of_task.task = a;
    of_task.status = status;
    if (date != NULL)
        of_task.start = on(date);
    if (time != NULL)
        of_task.start_minute = at(time);
    return of_task;
}

/* What becomes of a progress.csv of these bytes; free with g_free(). */
static char *noted(const char *bytes, const Note *notes, int n) {
    char *folder = folder_new();
    folder_write(folder, "progress.csv", bytes);
    Operation *op = folder_read(folder);
    GString *old = g_string_new(bytes);
    char *error = NULL;
    GString *new = notes_apply(op, old, notes, n, &error);
    if (new == NULL)
        fail_msg("%s", error);
    g_string_free(old, TRUE);
    operation_free(op);
    folder_free(folder);
    return g_string_free(new, FALSE);
}

static void check_noted(const char *bytes, Note of_task, const char *expected) {
    char *new = noted(bytes, &of_task, 1);
    assert_string_equal(new, expected);
    g_free(new);
}

static void a_new_row_is_written_as_the_others_are(void **state) {
    (void)state;
    check_noted("household,task,status,start,finish,member,home\n"
                "H001,visit,done,2026-09-02T18:00,,paul,\n",
                note(H002, VISIT, "confirmed", "2026-09-14", "18:45"),
                "household,task,status,start,finish,member,home\n"
                "H001,visit,done,2026-09-02T18:00,,paul,\n"
                "H002,visit,confirmed,2026-09-14T18:45,,,\n");
    check_noted("\xef\xbb\xbfstatut;menage;tache;debut\r\n"
                "fait;H001;visit;02/09/2026 18:00\r\n",
                note(H002, VISIT, "confirme", "2026-09-14", "18:45"),
                "\xef\xbb\xbfstatut;menage;tache;debut\r\n"
                "fait;H001;visit;02/09/2026 18:00\r\n"
                "confirme;H002;visit;14/09/2026 18:45\r\n");
}

static void an_announcement_speaks_the_language_of_the_file(void **state) {
    (void)state;
    check_noted("household;task;status;start\nH001;visit;fait;02/09/2026\n",
                note(H002, VISIT, NULL, "2026-09-14", "18:45"),
                "household;task;status;start\nH001;visit;fait;02/09/2026\n"
                "H002;visit;annonc\xc3\xa9;14/09/2026 18:45\n");
    check_noted("household;task;status;start\nH001;visit;done;2026-09-02 18:00\n",
                note(H002, VISIT, NULL, "2026-09-14", "18:45"),
                "household;task;status;start\nH001;visit;done;2026-09-02 18:00\n"
                "H002;visit;announced;2026-09-14 18:45\n");
}

static void windows_1252_stays_windows_1252(void **state) {
    (void)state;
    check_noted("household;task;status;start;remarque\r\n"
                "H001;visit;done;02/09/2026;cl\xe9s\r\n",
                note(H002, VISIT, "annonc\xc3\xa9", "2026-09-14", "18:45"),
                "household;task;status;start;remarque\r\n"
                "H001;visit;done;02/09/2026;cl\xe9s\r\n"
                "H002;visit;annonc\xe9;14/09/2026 18:45;\r\n");
}

static void only_the_cells_of_the_note_change(void **state) {
    (void)state;
    /* Blank lines, quotes, blanks, an odd column and a last line without its end stay. */
    check_noted("sep=;\n\nnotes;household;task;status;start;finish;member\n"
                "\"a;\n\"\"b\"\"\";  H001 ;visit; confirmed ;2026-09-10 17:30; ;paul\n"
                ";;;;;;\n\n"
                "x;H002;visit;announced;2026-09-12 09:00",
                note(H001, VISIT, "announced", "2026-09-11", "18:30"),
                "sep=;\n\nnotes;household;task;status;start;finish;member\n"
                "\"a;\n\"\"b\"\"\";  H001 ;visit;announced;2026-09-11 18:30; ;paul\n"
                ";;;;;;\n\n"
                "x;H002;visit;announced;2026-09-12 09:00");
    check_noted("household\ttask\tstatus\tstart\n"
                "H002\tvisit\tannounced\t2026-09-12 09:00",
                note(H001, VISIT, "announced", "2026-09-11", "18:30"),
                "household\ttask\tstatus\tstart\n"
                "H002\tvisit\tannounced\t2026-09-12 09:00\n"
                "H001\tvisit\tannounced\t2026-09-11 18:30\n");
}

static void a_promise_that_is_withdrawn_loses_its_row(void **state) {
    (void)state;
    Note withdrawn = note(H002, VISIT, NULL, NULL, NULL);
    withdrawn.withdrawn = true;
    check_noted("household,task,status,start\r\n"
                "H002,visit,\"confirmed\",2026-09-14T18:45\r\n"
                "H001,visit,done,2026-09-02T18:00\r\n",
                withdrawn,
                "household,task,status,start\r\n"
                "H001,visit,done,2026-09-02T18:00\r\n");
    check_noted("household,task,status,start\nH002,visit,confirmed,2026-09-14", withdrawn,
                "household,task,status,start\n");
    check_noted("household,task,status,start\nH001,visit,done,2026-09-02\n", withdrawn,
                "household,task,status,start\nH001,visit,done,2026-09-02\n");
}

static void a_column_that_is_missing_is_added(void **state) {
    (void)state;
    Note moved = note(H001, LEAVE, "done", "2026-09-03", NULL);
    moved.home = 0;
    check_noted("household,task,status,start\nH001,visit,done,2026-08-02 18:00\n", moved,
                "household,task,status,start,home\nH001,visit,done,2026-08-02 18:00\n"
                "H001,move_out,done,2026-09-03,R01\n");
}

static void many_notes_go_in_together(void **state) {
    (void)state;
    const Note notes[] = {note(H001, VISIT, "announced", "2026-09-14", "18:00"),
                          note(H002, VISIT, "announced", "2026-09-12", "09:00"),
                          note(H003, 0, "announced", "2026-09-21", NULL)};
    char *new =
        noted("household,task,status,start\nH002,visit,confirmed,2026-09-19 09:00\n", notes, 3);
    assert_string_equal(new, "household,task,status,start\n"
                             "H002,visit,announced,2026-09-12 09:00\n"
                             "H001,visit,announced,2026-09-14 18:00\n"
                             "H003,bathroom,announced,2026-09-21\n");
    g_free(new);
}

static void what_the_encoding_lacks_is_told(void **state) {
    (void)state;
    char *folder = folder_new();
    Operation *op = folder_read(folder);
    op->resources[0].id = "\xce\xa9";
    GString *old = g_string_new("household;task;status;start;member;r\xe9\n");
    Note of_task = note(H002, VISIT, "announced", "2026-09-12", "09:00");
    of_task.member = 0;
    char *error = NULL;
    assert_null(notes_apply(op, old, &of_task, 1, &error));
    assert_non_null(strstr(error, "'\xce\xa9' cannot be written"));
    g_free(error);
    g_string_free(old, TRUE);
    operation_free(op);
    folder_free(folder);
}

/* ---- In the folder ------------------------------------------------------------------------- */

static char *file_text(const char *folder, const char *file) {
    char *path = g_build_filename(folder, file, NULL), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    g_free(path);
    return text;
}

/* Notes in the folder; returns whether it was written, or else there was something to tell. */
static bool write_note(const char *folder, Note of_task) {
    Operation *op = folder_read(folder);
    Faults *faults = faults_new();
    char *error = NULL;
    bool written = notes_write(op, &of_task, 1, faults, &error);
    assert_true(written || error != NULL || faults_count(faults, FAULT_ERROR) > 0);
    g_free(error);
    faults_free(faults);
    operation_free(op);
    return written;
}

static void a_file_is_begun_where_there_is_none(void **state) {
    (void)state;
    char *folder = folder_new();
    folder_delete(folder, "progress.csv");
    assert_true(write_note(folder, note(H002, VISIT, "announced", "2026-09-12", "09:00")));
    char *text = file_text(folder, "progress.csv");
    assert_string_equal(text, "household,task,status,start,finish,member,home\n"
                              "H002,visit,announced,2026-09-12T09:00,,,\n");
    g_free(text);
    folder_replace(folder, "operation.json", "\"language\": \"en\"", "\"language\": \"fr\"");
    folder_delete(folder, "progress.csv");
    assert_true(write_note(folder, note(H002, VISIT, "fait", "2026-09-02", "09:00")));
    text = file_text(folder, "progress.csv");
    assert_string_equal(text, "\xef\xbb\xbfhousehold;task;status;start;finish;member;home\r\n"
                              "H002;visit;fait;02/09/2026 09:00;;;\r\n");
    g_free(text);
    folder_free(folder);
}

static void a_fact_that_is_wrong_is_not_written(void **state) {
    (void)state;
    char *folder = folder_new();
    assert_false(write_note(folder, note(H002, VISIT, "perhaps", "2026-09-12", "09:00")));
    assert_false(write_note(folder, note(H002, VISIT, "done", "2026-09-12", "09:00")));
    assert_false(write_note(folder, note(H002, LEAVE, "done", "2026-09-02", NULL)));
    char *text = file_text(folder, "progress.csv");
    assert_string_equal(text, folder_default("progress.csv"));
    g_free(text);
    folder_free(folder);
}

static void the_file_keeps_its_permissions(void **state) {
    (void)state;
    char *folder = folder_new();
    char *path = g_build_filename(folder, "progress.csv", NULL);
    GStatBuf status;
    assert_int_equal(g_chmod(path, 0640), 0);
    assert_true(write_note(folder, note(H002, VISIT, "announced", "2026-09-12", "09:00")));
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    g_free(path);
    folder_free(folder);
}

#define TEST(name) cmocka_unit_test(name)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_new_row_is_written_as_the_others_are),
        TEST(an_announcement_speaks_the_language_of_the_file),
        TEST(windows_1252_stays_windows_1252),
        TEST(only_the_cells_of_the_note_change),
        TEST(a_promise_that_is_withdrawn_loses_its_row),
        TEST(a_column_that_is_missing_is_added),
        TEST(many_notes_go_in_together),
        TEST(what_the_encoding_lacks_is_told),
        TEST(a_file_is_begun_where_there_is_none),
        TEST(a_fact_that_is_wrong_is_not_written),
        TEST(the_file_keeps_its_permissions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
