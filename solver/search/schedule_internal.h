/* schedule_internal.h: what the files of the schedule share. */
#ifndef PILOTE_SCHEDULE_INTERNAL_H
#define PILOTE_SCHEDULE_INTERNAL_H

#include "solver/search/schedule.h"

/* When an appointment is kept on some day, and what that costs. */
typedef struct ClockTime {
    int slot;
    minute_t minute;
    cost_t cost; /* moved dates, wishes and evenings */
} ClockTime;

/* The cheapest time for appointment t on the day, of equal ones the first; false when there is
 * none (schedule_clock.c). */
bool schedule_find_time(const Schedule *schedule, int t, day_t day, ClockTime *time);

/* Evenings that the placed appointments add to those in the usage, cost units. */
cost_t schedule_evenings(const Schedule *schedule);

/* True when a home can be had for the stay as far as its ends are known, with move t on `day`; its
 * class in *home_class when both are, else NONE (schedule_stay.c). */
bool schedule_find_home(const Schedule *schedule, int t, day_t day, int *home_class);

/* Takes a home of the class (sign 1) for the household's stay, or gives it back (-1). */
void schedule_occupy(Schedule *schedule, const ScheduleHousehold *household, int sign);

/* Nights of the household's stay with move t (or NONE) on `day`, cost units; 0 while unknown. */
cost_t schedule_nights(const Schedule *schedule, const ScheduleHousehold *household, int t,
                       day_t day);

/* What task t's start costs against what was told or planned before, the member included. */
cost_t schedule_promises(const Schedule *schedule, int t, day_t start, minute_t minute);

static inline const FreeTask *schedule_free_task(const Schedule *schedule, int t) {
    const ScheduleTask *task = &schedule->tasks[t];
    return &schedule->problem->households[schedule->households[task->owner].h].free[task->k];
}

static inline const Template *schedule_template(const Schedule *schedule, int t) {
    const ScheduleTask *task = &schedule->tasks[t];
    return free_template(schedule->problem, schedule->households[task->owner].h, task->k);
}

#endif
