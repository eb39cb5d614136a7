/* schedule_stay.c: the stays away from home of a schedule's households (C9). */
#include "solver/search/schedule_internal.h"

#include <glib.h>

/* The days of the move out and back with move t on `day`; NO_DAY while unknown. */
static void stay_of(const Schedule *schedule, const ScheduleHousehold *household, int t, day_t day,
                    day_t *out, day_t *back) {
    const Problem *problem = schedule->problem;
    const ProblemHousehold *of = &problem->households[household->h];
    *out = household->out == NONE ? of->out_day : schedule->start[household->out];
    *back = household->back == NONE ? problem->n_days - 1 : schedule->start[household->back];
    *out = t == household->out && t != NONE ? day : *out;
    *back = t == household->back && t != NONE ? day : *back;
}

/* Is a home of the class free from..until? */
static bool is_free(const Schedule *schedule, const ProblemHousehold *household, int class,
                    day_t out, day_t back) {
    const Problem *problem = schedule->problem;
    const HomeClass *of = &problem->classes[class];
    const int32_t *left = &schedule->home_left[(size_t) class * problem->n_days];
    /* The home of a household that is away is counted as taken by itself. */
    bool own = household->fixed_home != NONE;
    day_t until = MIN(back + problem->op->turnaround_days, problem->n_days - 1);
    if ((!own && out < of->from) || back > of->until) {
        return false;
    }
    for (day_t d = MAX(out, 0); d <= until; d++) {
        if (left[d] < (own ? 0 : 1)) {
            return false;
        }
    }
    return true;
}

bool schedule_find_home(const Schedule *schedule, int t, day_t day, int *home_class) {
    const ScheduleHousehold *household = &schedule->households[schedule->tasks[t].owner];
    const ProblemHousehold *of = &schedule->problem->households[household->h];
    day_t out;
    day_t back;
    *home_class = NONE;
    if (!of->stays) {
        return true;
    }
    stay_of(schedule, household, t, day, &out, &back);
    bool whole = out != NO_DAY && back != NO_DAY;
    for (int i = 0; i < of->n_classes; i++) {
        day_t from = whole ? out : day;
        day_t until = whole ? back : day;
        if (is_free(schedule, of, of->classes[i], from, until)) {
            *home_class = whole ? of->classes[i] : NONE;
            return true;
        }
    }
    return false;
}

void schedule_occupy(Schedule *schedule, const ScheduleHousehold *household, int sign) {
    const Problem *problem = schedule->problem;
    const ProblemHousehold *of = &problem->households[household->h];
    day_t out;
    day_t back;
    stay_of(schedule, household, NONE, 0, &out, &back);
    if (of->fixed_home != NONE) {
        return;
    }
    day_t until = MIN(back + problem->op->turnaround_days, problem->n_days - 1);
    for (day_t d = MAX(out, 0); d <= until; d++) {
        schedule->home_left[(size_t)household->home_class * problem->n_days + d] -= sign;
    }
}

cost_t schedule_nights(const Schedule *schedule, const ScheduleHousehold *household, int t,
                       day_t day) {
    day_t out;
    day_t back;
    if ((household->out == NONE && household->back == NONE) ||
        (t != NONE && t != household->out && t != household->back)) {
        return 0;
    }
    stay_of(schedule, household, t, day, &out, &back);
    return out == NO_DAY || back == NO_DAY
               ? 0
               : nights_cost(schedule->problem, household->h, back - out);
}
