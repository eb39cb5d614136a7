/* read_file.c: reads a file whole; refuses what would block or never end. */
#include "io/read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solver/language.h"

/* Opens an ordinary file; gives -1 after a fault. O_NONBLOCK so that a named pipe does not hang. */
static int open_file(const char *path, const char *file, bool required, Faults *faults) {
    struct stat state;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOENT && required)
            faults_say(faults, FAULT_ERROR, file, 0, _("the file is missing"));
        else if (errno != ENOENT)
            faults_say(faults, FAULT_ERROR, file, 0, _("cannot be opened: %s"), g_strerror(errno));
        return -1;
    }
    if (fstat(descriptor, &state) != 0 || !S_ISREG(state.st_mode)) {
        faults_say(faults, FAULT_ERROR, file, 0, _("this is not an ordinary file"));
    } else if (state.st_size > MAX_FILE_BYTES) {
        faults_say(faults, FAULT_ERROR, file, 0, _("the file is larger than %d MiB"),
                   MAX_FILE_BYTES >> 20);
    } else {
        return descriptor;
    }
    close(descriptor);
    return -1;
}

GString *read_file(const char *path, const char *file, bool required, Faults *faults) {
    int descriptor = open_file(path, file, required, faults);
    if (descriptor < 0)
        return NULL;
    GString *text = g_string_new(NULL);
    static const size_t step = 1 << 16;
    ssize_t got = 0;
    /* A file that grows while it is read stops at the limit as well. */
    while (text->len <= MAX_FILE_BYTES) {
        size_t length = text->len;
        g_string_set_size(text, length + step);
        do
            got = read(descriptor, text->str + length, step);
        while (got < 0 && errno == EINTR);
        g_string_set_size(text, length + (got > 0 ? (size_t)got : 0));
        if (got <= 0)
            break;
    }
    int error = errno;
    close(descriptor);
    if (got < 0)
        faults_say(faults, FAULT_ERROR, file, 0, _("cannot be read: %s"), g_strerror(error));
    else if (text->len > MAX_FILE_BYTES)
        faults_say(faults, FAULT_ERROR, file, 0, _("the file is larger than %d MiB"),
                   MAX_FILE_BYTES >> 20);
    else
        return text;
    g_string_free(text, TRUE);
    return NULL;
}

int line_at(const char *text, size_t offset) {
    int line = 1;
    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'))
            line++;
    return line;
}
