/* The system calls of write_file.c pass through this file, so that each of them can fail, fall
 * short or be the last one before the process is killed. */
#include "io/write_file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

typedef enum Mishap { MISHAP_NONE, MISHAP_FAILURE, MISHAP_KILL, MISHAP_SHORT } Mishap;

static struct Plot {
    Mishap mishap;
    int at, code; /* which of the calls, from 1, and its errno */
    int calls;
    bool no_exchange; /* the file system does not know how to exchange two names */
} plot;

/* True when this call is the one that has to fail. */
static bool struck(void) {
    if (plot.mishap != MISHAP_FAILURE && plot.mishap != MISHAP_KILL)
        return false;
    if (++plot.calls != plot.at)
        return false;
    if (plot.mishap == MISHAP_KILL)
        raise(SIGKILL);
    errno = plot.code;
    return true;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the C library's have
 * underscores
 */
ssize_t write(int fd, const void *bytes, size_t length) {
    if (struck()) {
        /* As a disk that fills up: a part is written, the rest is refused. */
        syscall(SYS_write, fd, bytes, length / 2);
        errno = plot.code;
        return -1;
    }
    if (plot.mishap == MISHAP_SHORT) {
        if (plot.calls++ % 3 == 0) {
            errno = EINTR;
            return -1;
        }
        length = MIN(length, 1000);
    }
    return syscall(SYS_write, fd, bytes, length);
}

int fsync(int fd) {
    return struck() ? -1 : (int)syscall(SYS_fsync, fd);
}

int close(int fd) {
    bool fails = struck();
    int code = errno;
    int result = (int)syscall(SYS_close, fd);
    if (!fails)
        return result;
    errno = code;
    return -1;
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned int flags) {
    if (plot.no_exchange) {
        errno = EINVAL;
        return -1;
    }
    return struck() ? -1 : (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) {
    return struck() ? -1 : (int)syscall(SYS_renameat, from_fd, from, to_fd, to);
}

int unlinkat(int fd, const char *name, int flags) {
    if (plot.mishap == MISHAP_KILL)
        struck();
    return (int)syscall(SYS_unlinkat, fd, name, flags);
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

/* The folder of one test, in which `out` is written. */
typedef struct Place {
    char *folder, *out;
    char *old[2], *new[2];
    OutputFile old_files[2], new_files[2];
} Place;

static const char *const names[] = {"calendar.csv", "plan.json"};

static char *long_text(const char *word) {
    GString *text = g_string_new(NULL);
    while (text->len < 5000)
        g_string_append(text, word);
    return g_string_free(text, FALSE);
}

static int set_up(void **state) {
    Place *place = g_new0(Place, 1);
    place->folder = g_dir_make_tmp("pilote-test-XXXXXX", NULL);
    place->out = g_build_filename(place->folder, "out", NULL);
    place->old[0] = long_text("old calendar ");
    place->old[1] = long_text("old plan ");
    place->new[0] = long_text("new calendar, longer ");
    place->new[1] = long_text("new plan, longer ");
    for (int f = 0; f < 2; f++) {
        place->old_files[f] = (OutputFile){names[f], place->old[f], NULL};
        place->new_files[f] = (OutputFile){names[f], place->new[f], NULL};
    }
    plot = (struct Plot){.mishap = MISHAP_NONE};
    *state = place;
    return 0;
}

static void remove_tree(const char *path) {
    GDir *entries = g_dir_open(path, 0, NULL);
    for (const char *name; entries != NULL && (name = g_dir_read_name(entries)) != NULL;) {
        char *child = g_build_filename(path, name, NULL);
        remove_tree(child);
        g_free(child);
    }
    if (entries != NULL)
        g_dir_close(entries);
    g_remove(path);
}

static int tear_down(void **state) {
    Place *place = *state;
    plot = (struct Plot){.mishap = MISHAP_NONE};
    remove_tree(place->folder);
    for (int f = 0; f < 2; f++) {
        g_free(place->old[f]);
        g_free(place->new[f]);
    }
    g_free(place->out);
    g_free(place->folder);
    g_free(place);
    return 0;
}

static char *content(const Place *place, const char *name) {
    char *path = g_build_filename(place->out, name, NULL), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    g_free(path);
    return text;
}

static void check_content(const Place *place, const char *name, const char *expected) {
    char *text = content(place, name);
    assert_non_null(text);
    assert_string_equal(text, expected);
    g_free(text);
}

static int n_entries(const char *folder) {
    int n = 0;
    GDir *entries = g_dir_open(folder, 0, NULL);
    assert_non_null(entries);
    while (g_dir_read_name(entries) != NULL)
        n++;
    g_dir_close(entries);
    return n;
}

static void write_well(const Place *place, const OutputFile *files) {
    char *error = NULL;
    if (!write_files(place->out, files, 2, &error))
        fail_msg("%s", error);
    assert_null(error);
    assert_int_equal(n_entries(place->out), 2);
}

/* Expects a failure whose message names `word`. */
static void write_badly(const char *folder, const OutputFile *files, const char *word) {
    char *error = NULL;
    assert_false(write_files(folder, files, 2, &error));
    assert_non_null(error);
    if (strstr(error, word) == NULL)
        fail_msg("'%s' does not say '%s'", error, word);
    g_free(error);
}

static void files_are_made_for_the_user_alone(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    check_content(place, "plan.json", place->old[1]);
    struct stat status;
    assert_int_equal(g_stat(place->out, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    for (int f = 0; f < 2; f++) {
        char *path = g_build_filename(place->out, names[f], NULL);
        assert_int_equal(g_stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, 0600);
        g_free(path);
    }
}

static void a_file_that_all_could_read_becomes_the_users_alone(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    char *path = g_build_filename(place->out, "plan.json", NULL);
    assert_int_equal(g_chmod(path, 0644), 0);
    write_well(place, place->new_files);
    struct stat status;
    assert_int_equal(g_stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    check_content(place, "plan.json", place->new[1]);
    g_free(path);
}

static void an_empty_file_is_a_file(void **state) {
    const Place *place = *state;
    const OutputFile files[] = {{"calendar.csv", "", NULL}, {"plan.json", "{}", NULL}};
    write_well(place, files);
    check_content(place, "calendar.csv", "");
}

static void short_and_interrupted_writes_are_continued(void **state) {
    const Place *place = *state;
    plot.mishap = MISHAP_SHORT;
    plot.calls = 0;
    write_well(place, place->new_files);
    assert_true(plot.calls > 10);
    check_content(place, "calendar.csv", place->new[0]);
    check_content(place, "plan.json", place->new[1]);
}

/* Lets call after call fail, over old files or none, until a run needs fewer calls. */
static void fail_every_call(const Place *place, bool old, int code, const char *word) {
    if (old)
        write_well(place, place->old_files);
    for (int at = 1;; at++) {
        char *error = NULL;
        plot.mishap = MISHAP_FAILURE;
        plot.at = at;
        plot.code = code;
        plot.calls = 0;
        bool written = write_files(place->out, place->new_files, 2, &error);
        plot.mishap = MISHAP_NONE;
        if (plot.calls < at) {
            assert_true(written);
            assert_in_range(at, 10, 30);
            break;
        }
        if (written) { /* the call did not matter: a close() when all had been done */
            assert_null(error);
            check_content(place, "plan.json", place->new[1]);
            if (!old)
                remove_tree(place->out);
            else
                write_well(place, place->old_files);
            continue;
        }
        if (strstr(error, word) == NULL)
            fail_msg("'%s' does not say '%s'", error, word);
        g_free(error);
        if (old) {
            assert_int_equal(n_entries(place->out), 2);
            check_content(place, "calendar.csv", place->old[0]);
            check_content(place, "plan.json", place->old[1]);
        } else {
            assert_false(g_file_test(place->out, G_FILE_TEST_EXISTS));
        }
    }
    check_content(place, "calendar.csv", place->new[0]);
}

static void a_full_disk_at_any_moment_leaves_the_old_files(void **state) {
    fail_every_call(*state, true, ENOSPC, "the disk is full");
}

static void a_full_disk_at_any_moment_leaves_no_half_folder(void **state) {
    fail_every_call(*state, false, EDQUOT, "the disk is full");
}

static void a_broken_disk_at_any_moment_leaves_the_old_files(void **state) {
    fail_every_call(*state, true, EIO, "error");
}

static void without_exchange_of_names_files_are_still_replaced(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    plot.no_exchange = true;
    write_well(place, place->new_files);
    check_content(place, "calendar.csv", place->new[0]);
    check_content(place, "plan.json", place->new[1]);
}

static int status_of_child(pid_t child) {
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void check_whole(const Place *place, int f) {
    char *text = content(place, names[f]);
    assert_non_null(text);
    if (!g_str_equal(text, place->old[f]))
        assert_string_equal(text, place->new[f]);
    g_free(text);
}

static void a_run_killed_at_any_moment_leaves_whole_files_and_nothing_to_clear(void **state) {
    const Place *place = *state;
    int killed = 0, left_over = 0;
    for (int at = 1;; at++) {
        write_well(place, place->old_files);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            char *error = NULL;
            plot = (struct Plot){MISHAP_KILL, at, 0, 0, false};
            _exit(write_files(place->out, place->new_files, 2, &error) ? 0 : 1);
        }
        int status = status_of_child(child);
        check_whole(place, 0);
        check_whole(place, 1);
        left_over += n_entries(place->out) > 2;
        write_well(place, place->new_files); /* which clears up */
        if (WIFEXITED(status)) {
            assert_int_equal(WEXITSTATUS(status), 0);
            break;
        }
        assert_int_equal(WTERMSIG(status), SIGKILL);
        killed++;
    }
    assert_true(killed > 10);
    assert_true(left_over > 4);
}

static void other_hidden_files_are_left_alone(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    static const char *const others[] = {".plan.json.pilote-tmp", ".plan.json.12x.pilote-tmp",
                                         ".plan.json.12.tmp", "plan.json.12.pilote-tmp",
                                         ".12.pilote-tmp"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        char *path = g_build_filename(place->out, others[i], NULL);
        assert_true(g_file_set_contents(path, "mine", -1, NULL));
        g_free(path);
    }
    char *error = NULL;
    assert_true(write_files(place->out, place->new_files, 2, &error));
    assert_int_equal(n_entries(place->out), 2 + (int)G_N_ELEMENTS(others));
}

/* The next run may write other files than the one that was killed. */
static void what_a_killed_run_left_of_another_file_is_removed(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    char *path = g_build_filename(place->out, ".previous.json.4711.pilote-tmp", NULL);
    assert_true(g_file_set_contents(path, "names and telephone numbers", -1, NULL));
    write_well(place, place->new_files);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_free(path);
}

static void a_limit_on_the_size_of_files_is_told(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {4096, 4096};
        signal(SIGXFSZ, SIG_IGN);
        char *error = NULL;
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
            write_files(place->out, place->new_files, 2, &error))
            _exit(1);
        _exit(strstr(error, "larger than is allowed") != NULL ? 0 : 2);
    }
    int status = status_of_child(child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(n_entries(place->out), 2);
    check_content(place, "calendar.csv", place->old[0]);
    check_content(place, "plan.json", place->old[1]);
}

static void a_file_in_the_place_of_the_folder_is_told(void **state) {
    const Place *place = *state;
    assert_true(g_file_set_contents(place->out, "a file", -1, NULL));
    write_badly(place->out, place->new_files, "a file and not a folder");
    char *text = NULL;
    assert_true(g_file_get_contents(place->out, &text, NULL, NULL));
    assert_string_equal(text, "a file");
    g_free(text);
}

static void a_folder_in_the_place_of_a_file_changes_nothing(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    char *path = g_build_filename(place->out, "plan.json", NULL);
    assert_int_equal(g_remove(path), 0);
    assert_int_equal(g_mkdir(path, 0700), 0);
    write_badly(place->out, place->new_files, "'plan.json'");
    assert_true(g_file_test(path, G_FILE_TEST_IS_DIR));
    check_content(place, "calendar.csv", place->old[0]);
    assert_int_equal(n_entries(place->out), 2);
    g_free(path);
}

static void a_missing_folder_above_is_told(void **state) {
    const Place *place = *state;
    char *deep = g_build_filename(place->out, "deep", NULL);
    write_badly(deep, place->new_files, "does not exist");
    write_badly("", place->new_files, "does not exist");
    assert_int_equal(n_entries(place->folder), 0);
    g_free(deep);
}

static void a_folder_that_may_not_be_written_is_told(void **state) {
    const Place *place = *state;
    enum { NOBODY = 65534 };
    write_well(place, place->old_files);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        /* Root may write everywhere, so it becomes nobody, in a folder of nobody's. */
        if (chdir(place->folder) != 0 || chmod("out", 0500) != 0 ||
            (geteuid() == 0 && (chown(".", NOBODY, NOBODY) != 0 ||
                                chown("out", NOBODY, NOBODY) != 0 || setuid(NOBODY) != 0)))
            _exit(1);
        char *error = NULL;
        if (write_files("out", place->new_files, 2, &error))
            _exit(2);
        _exit(strstr(error, "not allowed") != NULL ? 0 : 3);
    }
    int status = status_of_child(child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(g_chmod(place->out, 0700), 0);
    assert_int_equal(n_entries(place->out), 2);
    check_content(place, "plan.json", place->old[1]);
}

static void a_second_run_waits_for_the_first(void **state) {
    const Place *place = *state;
    write_well(place, place->old_files);
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int fd = open(place->out, O_RDONLY | O_DIRECTORY);
        if (fd < 0 || flock(fd, LOCK_EX) != 0 || write(ready[1], "x", 1) != 1)
            _exit(1);
        g_usleep(300 * 1000);
        /* Nothing may have happened until now. */
        _exit(n_entries(place->out) == 2 ? 0 : 2);
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    gint64 start = g_get_monotonic_time();
    write_well(place, place->new_files);
    assert_true(g_get_monotonic_time() - start > 100 * 1000);
    int status = status_of_child(child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(ready[0]);
    close(ready[1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(files_are_made_for_the_user_alone),
        TEST(a_file_that_all_could_read_becomes_the_users_alone),
        TEST(an_empty_file_is_a_file),
        TEST(short_and_interrupted_writes_are_continued),
        TEST(a_full_disk_at_any_moment_leaves_the_old_files),
        TEST(a_full_disk_at_any_moment_leaves_no_half_folder),
        TEST(a_broken_disk_at_any_moment_leaves_the_old_files),
        TEST(without_exchange_of_names_files_are_still_replaced),
        TEST(a_run_killed_at_any_moment_leaves_whole_files_and_nothing_to_clear),
        TEST(what_a_killed_run_left_of_another_file_is_removed),
        TEST(what_a_killed_run_left_of_another_file_is_removed),
        TEST(other_hidden_files_are_left_alone),
        TEST(a_limit_on_the_size_of_files_is_told),
        TEST(a_file_in_the_place_of_the_folder_is_told),
        TEST(a_folder_in_the_place_of_a_file_changes_nothing),
        TEST(a_missing_folder_above_is_told),
        TEST(a_folder_that_may_not_be_written_is_told),
        TEST(a_second_run_waits_for_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
