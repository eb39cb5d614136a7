/* write_file.c: a set of files that replaces the old set as a whole, as far as a file system can.
 */
#include "io/write_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solver/language.h"

enum {
    FOLDER_MODE = 0700,
    FILE_MODE = 0600,
    LOCK_ATTEMPTS = 50,
    LOCK_PAUSE = 100 * 1000 /* microseconds */
};

/* How far a file has come. */
typedef enum Stage {
    STAGE_NONE,
    STAGE_TEMPORARY, /* the temporary file holds the new bytes */
    STAGE_CREATED,   /* renamed; there was no old file */
    STAGE_EXCHANGED, /* renamed; the temporary file holds the old bytes */
    STAGE_REPLACED   /* renamed; the old file cannot be had back */
} Stage;

typedef struct Output {
    const char *name, *bytes, *changes;
    char *temporary; /* name of its temporary file */
    Stage stage;
} Output;

typedef struct Writer {
    const char *folder;
    int fd; /* of the folder */
    int count;
    Output *outputs;
    bool made, locked; /* the folder is ours, by birth and by lock */
    char **error;
} Writer;

/* strerror() speaks the language of the machine, if any; these are the ones that people meet. */
static const char *reason(int code) {
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return _("the disk is full");
    case EFBIG:
        return _("the file would be larger than is allowed here");
    case EROFS:
        return _("the disk can only be read");
    case EACCES:
    case EPERM:
        return _("you are not allowed to write there");
    case ENOTDIR:
        return _("it is a file and not a folder");
    case EISDIR:
        return _("it is a folder and not a file");
    case ENOENT:
        return _("the folder that should hold it does not exist");
    case EWOULDBLOCK:
        return _("another run of pilote is writing there");
    case ESTALE:
        return _("somebody else has changed it meanwhile; try again");
    default:
        return g_strerror(code);
    }
}

/* The first thing that goes wrong is the one to tell. */
static bool fail(const Writer *writer, const char *name, int code) {
    if (*writer->error != NULL)
        return false;
    if (name == NULL)
        *writer->error =
            g_strdup_printf(_("nothing was written: the folder '%s' cannot be used: %s"),
                            writer->folder, reason(code));
    else
        *writer->error =
            g_strdup_printf(_("nothing was written: '%s' in the folder '%s' cannot be written: %s"),
                            name, writer->folder, reason(code));
    return false;
}

/* Flushing a folder is refused by file systems that need no such thing. */
static int flush_folder(int fd) {
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
}

/* Makes the folder, if need be, so that it survives a power cut. */
static int make_folder(Writer *writer) {
    if (mkdir(writer->folder, FOLDER_MODE) != 0) {
        int code = errno; /* not always EEXIST for a folder on a disk that can only be read */
        return access(writer->folder, F_OK) == 0 ? 0 : code;
    }
    writer->made = true;
    char *parent = g_path_get_dirname(writer->folder);
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    g_free(parent);
    if (fd < 0) /* a parent that may be entered but not read */
        return 0;
    int code = flush_folder(fd);
    close(fd);
    return code;
}

/* Two runs that write into one folder take turns. The lock ends with the process, however it
 * ends. */
static int lock_folder(Writer *writer) {
    for (int attempt = 0; flock(writer->fd, LOCK_EX | LOCK_NB) != 0; attempt++) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK) /* a file system without locks */
            return 0;
        if (attempt == LOCK_ATTEMPTS)
            return EWOULDBLOCK;
        g_usleep(LOCK_PAUSE);
    }
    writer->locked = true;
    return 0;
}

static bool open_folder(Writer *writer) {
    int code = make_folder(writer);
    if (code == 0) {
        writer->fd = open(writer->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        code = writer->fd < 0 ? errno : lock_folder(writer);
    }
    return code == 0 || fail(writer, NULL, code);
}

#define TEMPORARY ".pilote-tmp"

/* `.plan.json.4711.pilote-tmp`, of whatever file. */
static bool is_temporary(const char *entry) {
    size_t length = strlen(entry), ending = strlen(TEMPORARY);
    if (entry[0] != '.' || length <= ending || !g_str_has_suffix(entry, TEMPORARY))
        return false;
    size_t end = length - ending, digits = end;
    while (digits > 0 && g_ascii_isdigit(entry[digits - 1]))
        digits--;
    return digits < end && digits > 2 && entry[digits - 1] == '.';
}

/* Nobody else writes while we hold the lock, so every temporary file is one that a killed run left
 * behind. */
static void remove_stale(const Writer *writer) {
    int fd = writer->locked ? openat(writer->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (entries == NULL) {
        if (fd >= 0)
            close(fd);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;)
        if (is_temporary(entry->d_name))
            unlinkat(writer->fd, entry->d_name, 0);
    closedir(entries);
}

static int write_all(int fd, const char *bytes) {
    for (size_t left = strlen(bytes); left > 0;) {
        ssize_t written = write(fd, bytes, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : ENOSPC;
        bytes += written;
        left -= (size_t)written;
    }
    return 0;
}

/* Whether the file has the bytes that `changes` names. Its permissions go into *mode. */
static int check_unchanged(const Writer *writer, const Output *output, mode_t *mode) {
    int fd = openat(writer->fd, output->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT && output->changes[0] == '\0' ? 0 : ESTALE;
    struct stat state;
    size_t length = strlen(output->changes);
    bool same = fstat(fd, &state) == 0 && S_ISREG(state.st_mode) && state.st_size == (off_t)length;
    char *bytes = g_malloc(length + 1);
    for (size_t done = 0; same && done < length;) {
        ssize_t got = read(fd, bytes + done, length - done);
        if (got < 0 && errno == EINTR)
            continue;
        same = got > 0;
        done += got > 0 ? (size_t)got : 0;
    }
    same = same && memcmp(bytes, output->changes, length) == 0;
    g_free(bytes);
    close(fd);
    *mode = state.st_mode & 0777;
    return same ? 0 : ESTALE;
}

static int write_temporary(const Writer *writer, Output *output) {
    int fd = openat(writer->fd, output->temporary,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (fd < 0)
        return errno;
    output->stage = STAGE_TEMPORARY;
    mode_t mode = FILE_MODE;
    int code = output->changes != NULL ? check_unchanged(writer, output, &mode) : 0;
    if (code == 0 && mode != FILE_MODE && fchmod(fd, mode) != 0)
        code = errno;
    if (code == 0)
        code = write_all(fd, output->bytes);
    if (code == 0 && fsync(fd) != 0)
        code = errno;
    if (close(fd) != 0 && code == 0)
        code = errno;
    return code;
}

static int exchange(const Writer *writer, const Output *output) {
    return renameat2(writer->fd, output->temporary, writer->fd, output->name, RENAME_EXCHANGE);
}

/* Puts the new file in the place of the old one, which is kept under the temporary name. */
static int put_in_place(const Writer *writer, Output *output) {
    struct stat old;
    bool exists = fstatat(writer->fd, output->name, &old, AT_SYMLINK_NOFOLLOW) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return EISDIR;
    if (exists && exchange(writer, output) == 0) {
        output->stage = STAGE_EXCHANGED;
        return 0;
    }
    if (exists && errno != EINVAL && errno != ENOSYS) /* those do not know how to exchange */
        return errno;
    if (renameat(writer->fd, output->temporary, writer->fd, output->name) != 0)
        return errno;
    output->stage = exists ? STAGE_REPLACED : STAGE_CREATED;
    return 0;
}

/* After success: away with the old files. After a failure: back with them. */
static void clear_up(const Writer *writer, bool written) {
    for (int f = writer->count - 1; f >= 0; f--) {
        const Output *output = &writer->outputs[f];
        if (!written && output->stage == STAGE_EXCHANGED)
            exchange(writer, output);
        else if (!written && output->stage == STAGE_CREATED)
            unlinkat(writer->fd, output->name, 0);
        if (output->stage == STAGE_TEMPORARY || output->stage == STAGE_EXCHANGED)
            unlinkat(writer->fd, output->temporary, 0);
    }
}

static bool replace_files(const Writer *writer) {
    for (int f = 0; f < writer->count; f++) {
        int code = write_temporary(writer, &writer->outputs[f]);
        if (code != 0)
            return fail(writer, writer->outputs[f].name, code);
    }
    for (int f = 0; f < writer->count; f++) {
        int code = put_in_place(writer, &writer->outputs[f]);
        if (code != 0)
            return fail(writer, writer->outputs[f].name, code);
    }
    int code = flush_folder(writer->fd);
    return code == 0 || fail(writer, NULL, code);
}

bool write_files(const char *folder, const OutputFile *files, int count, char **error) {
    *error = NULL;
    Writer writer = {.folder = folder, .fd = -1, .count = count, .error = error};
    writer.outputs = g_new0(Output, count);
    for (int f = 0; f < count; f++) {
        char *temporary = g_strdup_printf(".%s.%d" TEMPORARY, files[f].name, (int)getpid());
        writer.outputs[f] =
            (Output){files[f].name, files[f].bytes, files[f].changes, temporary, STAGE_NONE};
    }
    bool written = false;
    if (open_folder(&writer)) {
        remove_stale(&writer);
        written = replace_files(&writer);
        clear_up(&writer, written);
    }
    if (writer.fd >= 0)
        close(writer.fd);
    if (!written && writer.made)
        rmdir(folder);
    for (int f = 0; f < count; f++)
        g_free(writer.outputs[f].temporary);
    g_free(writer.outputs);
    return written;
}
