/*
 * progress.h: how the search is going, for somebody who waits.
 *
 * On a terminal one line is rewritten, at most ten times a second; elsewhere a line is added when
 * there is news, at most one every PROGRESS_PAUSE seconds.
 */
#ifndef PILOTE_PROGRESS_H
#define PILOTE_PROGRESS_H

#include <stdio.h>

#include "solver/run.h"

enum { PROGRESS_PAUSE = 5 };

typedef struct Progress Progress;

/* Progress shown on `out`, usually stderr. */
Progress *progress_new(FILE *out);

/* Removes the line that was rewritten, so that what follows stands alone, and frees. */
void progress_end(Progress *progress);

void progress_show(Progress *progress, const RunProgress *news);

/* The text that progress_show() shows, in at most `width` characters (0: as many as it needs); to
 * be freed with g_free(). */
char *progress_text(const RunProgress *news, int width);

#endif
