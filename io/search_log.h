/*
 * search_log.h: the course of the search, a line per phase and per improvement, in English.
 *
 * In the way of branch-and-cut solvers: the time, what happened, the phase that found it, and where
 * total and bound stand. As a table for people or as one JSON object per line for programs;
 * docs/outputs.md explains both.
 */
#ifndef PILOTE_SEARCH_LOG_H
#define PILOTE_SEARCH_LOG_H

#include <stdio.h>

#include "solver/run.h"

typedef struct SearchLog SearchLog;

/* Written to `out`, which is borrowed; `json` chooses the form. Free with search_log_free(). */
SearchLog *search_log_new(FILE *out, bool json);
void search_log_free(SearchLog *log);

/* A phase gets a line when it begins for the first time, RUN_NEWS_NONE gets none. */
void search_log_news(SearchLog *log, const RunProgress *news);

/* A line of text, with the time since search_log_new(). */
void search_log_remark(SearchLog *log, const char *text);

#endif
