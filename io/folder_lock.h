/* folder_lock.h: one run at a time where a folder cannot bear two. */
#ifndef PILOTE_FOLDER_LOCK_H
#define PILOTE_FOLDER_LOCK_H

typedef struct FolderLock FolderLock;

/*
 * Takes the lock `name` of the folder, which is made with mode 0700 when it is missing: an empty
 * file `.NAME.lock` in it, locked. The lock ends with the process, however it ends; a file that a
 * killed run left is taken over. Never waits.
 *
 * Returns the lock, to be given back with folder_unlock(), or NULL with an errno in *code:
 * EWOULDBLOCK when another run holds it, otherwise why nothing can be written into the folder. On a
 * file system without locks everybody gets it.
 */
FolderLock *folder_lock(const char *folder, const char *name, int *code);

/* Removes the file, and a folder that was made for it and is empty still. NULL is allowed. */
void folder_unlock(FolderLock *lock);

#endif
