/*
 * builder.h: operations and plans made in memory, for tests that need no files.
 *
 * build_operation() gives an empty estate with a few settings; everything else is added to it, one
 * call a row, in the order in which a reader would meet it: resources, packages with their tasks,
 * then households, then facts, availability and plans. Functions that add return the index of what
 * they added. Amounts are whole units; set the field itself for parts of one. Fields that have no
 * parameter here take the defaults of the files and may be set afterwards. Ids are kept by
 * reference. Everything is in the operation's arena; free it with operation_free().
 */
#ifndef PILOTE_TESTS_BUILDER_H
#define PILOTE_TESTS_BUILDER_H

#include "solver/plan.h"

/* `2026-09-14`; fails the test when there is no such date. */
date_t on(const char *text);

/* `18:45` as minutes since midnight. */
minute_t at(const char *text);

enum { MORNING, AFTERNOON, EVENING }; /* the slots of build_operation() */

/* as_of Friday 2026-09-04, horizon Monday 2026-09-07 to Friday 2027-01-29; slots morning 08:30 to
 * 12:00, afternoon 13:30 to 17:30, evening (late) 17:30 to 20:30; grid and buffer 15 minutes,
 * turnaround 2 days, default weights; in English. */
Operation *build_operation(void);

/* The role with this id, added when there is none. */
int build_role(Operation *op, const char *id, Measure measure);

/* A member of `role`, Monday to Friday; a clock member in the slots that are not late, so many
 * people at once. */
int build_resource(Operation *op, int role, const char *id, int capacity);

/* A role with one crew of so many units that works every day; returns the role. */
int build_daily_crew(Operation *op, const char *id, int capacity);

/* Lets a clock member work evenings too, Monday to Friday. */
void build_evenings(Operation *op, int resource, int max_late_per_week);

int build_package(Operation *op, const char *id);

/* A task that needs one unit of `role`, or nobody when it is NONE; notice of one day. */
int build_appointment(Operation *op, int package, const char *id, int minutes, int role);
int build_works(Operation *op, int package, const char *id, int days, int role);

/* Names the tasks that bound the stay; `back` NONE: the household moves out for good. */
void build_moves(Operation *op, int package, int out, int back);

void build_need(Operation *op, int package, int task, int role, int amount);
void build_volume_need(Operation *op, int package, int task, int role);
void build_item(Operation *op, int package, int task, const char *item, int quantity,
                int days_before);

/* Task `later` starts min to max days after the finish of `earlier`; max NO_LIMIT: no maximum. */
void build_lag(Operation *op, int package, int earlier, int later, int min_days, int max_days);

int build_household(Operation *op, int package, const char *id);
int build_home(Operation *op, const char *id);

/* `household` NONE: common stock. */
int build_delivery(Operation *op, const char *item, int quantity, date_t date, int household);

/* A row for the dates from..until; the whole day when start and end are MINUTE_NONE. */
AvailabilityRow *build_availability(Operation *op, int household, AvailabilityKind kind,
                                    date_t from, date_t until, minute_t start, minute_t end);

/* A row of calendar.csv for one resource, or everybody when it is NONE; capacity 0 closes. */
CalendarRow *build_calendar(Operation *op, int resource, date_t from, date_t until, int capacity);

/* What progress.csv says of a task. The pointer stays valid: set finish, member or home with it. */
Fact *build_fact(Operation *op, int household, int task, Status status, date_t start,
                 minute_t minute);

/* Dates a task in a plan of plan_new(), and makes its household a planned one. */
void put_works(Plan *plan, int household, int task, date_t start, date_t finish);
void put_appointment(const Operation *op, Plan *plan, int household, int task, date_t date,
                     minute_t minute);

/* Lets the resource serve the household. */
void put_member(const Operation *op, Plan *plan, int household, int resource);

#endif
