/* report_internal.h: what the views of the report share. For io/report*.c only. */
#ifndef PILOTE_REPORT_INTERNAL_H
#define PILOTE_REPORT_INTERNAL_H

#include <glib.h>

#include "io/html.h"
#include "io/report.h"
#include "solver/calendar.h"

/* A line of work as the views tell them apart: those who move, and each role that does works. */
typedef struct Trade {
    int role;          /* NONE: of moves */
    Move move;         /* MOVE_NONE: works */
    const char *label; /* of the first task that is of this trade */
} Trade;

enum { TRADE_OUT, TRADE_BACK, N_MOVES, APPOINTMENT = -1, MAX_TRADES = 64 };

typedef struct Report {
    GString *out;
    Arena *arena;
    const Operation *op;
    const Plan *plan;
    const Review *review;
    const Events *events;
    const Audience *audience;
    date_t from, until;   /* first and last day of all time axes: whole months */
    const Event ***shown; /* [h][a]: the task's event, NULL when it has none or it is hidden */
    bool *present;        /* [h]: something of it is shown */
    int n_trades;
    Trade trades[MAX_TRADES];
    Calendar *calendar;
    GArray *calls; /* Call, see io/call_list.h; NULL but for the pilot */
} Report;

/* ---- What all views know (report.c) --------------------------------------------------------- */

/* Index into trades; APPOINTMENT for an appointment. */
int report_trade(const Report *report, const Task *task);

/* The classes that colour the trade in all views; static. */
const char *report_colour(int trade);

/* `H012 Lefebvre` for those who may know it, otherwise where it is. Free with g_free(). */
char *report_name(const Report *report, int h);

/* `2 Wren Row, Lark House`; free with g_free(). */
char *report_address(const Report *report, int h);

/* Appends the household's name as a link to its sheet. */
void report_link(Report *report, int h);

/* Appends ` data-h="12"`, by which filters find what concerns a household. */
void report_mark(Report *report, int h);

/* Appends the attribute with those who come to the task: ` data-m="0 3"`, resource indices. */
void report_mark_members(Report *report, int h, int a);

/* Appends a link that calls the number; nothing when there is none. */
void report_phone(Report *report, const char *phone);

/* The household's tasks that are shown, soonest first, into tasks[]; returns how many. */
int report_tasks(const Report *report, int h, int *tasks);

/* Nights of the households that are away at all. */
typedef struct ReportNights {
    int n, worst, least; /* households; most and fewest nights */
    double mean;
} ReportNights;

ReportNights report_count_nights(const Report *report);

/* Whether the appointment is in a late slot. */
bool report_late(const Report *report, const PlanTask *dated);

/* The text of a printf format that is translated already; free with g_free(). */
char *report_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Opens `<section>` with its heading, and below it a sentence (NULL: none). */
void report_section(Report *report, const char *id, const char *heading, const char *sentence);

/* ---- Time from left to right (report_axis.c) ------------------------------------------------ */

/* Begins a table whose second column is the time axis; `caption` names it for those who hear it.
 */
void axis_open(Report *report, const char *id, const char *caption, const char *first_column);

/* `<td>` with a drawing of `height` units, one unit wide a day, on the grid of months. */
void axis_draw(Report *report, const char *classes, int height);
void axis_drawn(Report *report);

/* The grid that drawings refer to; once a page, before the first table. */
void axis_grid(Report *report);

void axis_close(Report *report);

/* The first day of the month after the date's. */
date_t axis_next_month(date_t date);

/* Units from the left. */
int axis_x(const Report *report, date_t date);

/* ---- The views, each a file ----------------------------------------------------------------- */

void report_week(Report *report);
void report_gantt(Report *report);
void report_balance(Report *report);
void report_homes(Report *report);
void report_load(Report *report);
void report_deliveries(Report *report);
void report_nights(Report *report);
void report_changes(Report *report);
void report_sheets(Report *report);

/* Whether there is anything for report_changes(). */
bool report_has_changes(const Report *report);

/* The head of the page up to the views, and its end (report_page.c). */
void report_head(Report *report);
void report_foot(Report *report);

#endif
