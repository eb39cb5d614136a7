#include "io/folder_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_MODE = 0700, FILE_MODE = 0600 };

struct FolderLock {
    char *folder, *path;
    int fd;
    bool made; /* the folder */
};

/* Whether the name still stands for the file that is open: its last holder removes it. */
static bool is_there(const FolderLock *lock) {
    struct stat open_file, named;
    return fstat(lock->fd, &open_file) == 0 && lstat(lock->path, &named) == 0 &&
           open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

/* 0, or an errno. */
static int take(FolderLock *lock) {
    for (;;) {
        lock->fd = open(lock->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
        if (lock->fd < 0)
            return errno;
        /* Of the process alone: the search, a child of it, does not inherit the lock. */
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int code;
        do
            code = fcntl(lock->fd, F_SETLK, &whole) == 0 ? 0 : errno;
        while (code == EINTR);
        if (code == EACCES || code == EAGAIN)
            code = EWOULDBLOCK;
        if (code == 0 && !is_there(lock)) {
            close(lock->fd);
            continue;
        }
        if (code == EWOULDBLOCK) {
            close(lock->fd);
            lock->fd = -1;
            return code;
        }
        return 0;
    }
}

static void forget(FolderLock *lock) {
    g_free(lock->folder);
    g_free(lock->path);
    g_free(lock);
}

FolderLock *folder_lock(const char *folder, const char *name, int *code) {
    char *file = g_strconcat(".", name, ".lock", NULL);
    FolderLock *lock = g_new0(FolderLock, 1);
    lock->folder = g_strdup(folder);
    lock->path = g_build_filename(folder, file, NULL);
    g_free(file);
    lock->made = mkdir(folder, FOLDER_MODE) == 0;
    *code = lock->made || errno == EEXIST || access(folder, F_OK) == 0 ? 0 : errno;
    if (*code == 0)
        *code = take(lock);
    if (*code == 0)
        return lock;
    if (lock->made)
        rmdir(folder);
    forget(lock);
    return NULL;
}

void folder_unlock(FolderLock *lock) {
    if (lock == NULL)
        return;
    unlink(lock->path);
    close(lock->fd);
    if (lock->made)
        rmdir(lock->folder);
    forget(lock);
}
