/* verify_tasks.c: what concerns one household alone: C1, C2, C3, C5 and C10. */
#include "solver/language.h"
#include "solver/verify_internal.h"

static const Task *task_of(const Judge *judge, int h, int a) {
    return &household_package(judge->op, h)->tasks[a];
}

static const char *say_start(Judge *judge, int h, int a) {
    return say_moment(judge, judge->tasks[h][a].start, judge->tasks[h][a].from);
}

/* ---- C1: horizon and notice ---------------------------------------------------------------- */

/* True when the start is the one that progress.csv announced or confirmed. */
static bool is_told_start(const Judge *judge, int h, int a) {
    const Fact *fact = &judge->op->households[h].facts[a];
    const Dated *dated = &judge->tasks[h][a];
    return (fact->status == STATUS_ANNOUNCED || fact->status == STATUS_CONFIRMED) &&
           fact->start == dated->start &&
           (fact->start_minute == MINUTE_NONE || fact->start_minute == dated->from);
}

static bool is_previous_start(const Judge *judge, int h, int a) {
    const Dated *dated = &judge->tasks[h][a];
    if (judge->previous == NULL) {
        return false;
    }
    const PlanTask *before = &judge->previous->households[h].tasks[a];
    return before->start == dated->start &&
           (before->start_minute == MINUTE_NONE || before->start_minute == dated->from);
}

static void judge_start(Judge *judge, int h, int a) {
    const Operation *op = judge->op;
    const Dated *dated = &judge->tasks[h][a];
    const Household *household = &op->households[h];
    int64_t notice = (int64_t)op->as_of + task_of(judge, h, a)->notice_days;
    if (dated->start < op->start || dated->start > op->end) {
        complain_task(judge, "C1", h, a, _("it starts on %s, outside the horizon, %s to %s"),
                      say_start(judge, h, a), say_date(judge, op->start), say_date(judge, op->end));
    } else if (dated->finish > op->end) {
        complain_task(judge, "C1", h, a, _("it ends on %s, after the end of the horizon, %s"),
                      say_date(judge, dated->finish), say_date(judge, op->end));
    }
    if (household->earliest != DATE_NONE && dated->start < household->earliest) {
        complain_task(judge, "C1", h, a, _("it starts on %s, before %s, the household's earliest"),
                      say_start(judge, h, a), say_date(judge, household->earliest));
    }
    if (is_told_start(judge, h, a)) {
        return;
    }
    if (dated->start < op->as_of) {
        complain_task(judge, "C1", h, a, _("it starts on %s, before %s, the day of the plan"),
                      say_start(judge, h, a), say_date(judge, op->as_of));
    } else if (dated->start < notice && !is_previous_start(judge, h, a)) {
        complain_task(judge, "C1", h, a,
                      _("it starts on %s, which is new, and needs notice until %s"),
                      say_start(judge, h, a), say_date(judge, notice));
    }
}

/* ---- C2: precedence ------------------------------------------------------------------------ */

static void judge_lag(Judge *judge, int h, int a, const Lag *lag) {
    const Dated *later = &judge->tasks[h][a];
    const Dated *earlier = &judge->tasks[h][lag->other];
    const char *other = task_of(judge, h, lag->other)->id;
    int64_t first = (int64_t)earlier->finish + lag->min_days;
    int64_t last = (int64_t)earlier->finish + lag->max_days;
    if (!earlier->dated || (earlier->fact && later->fact)) {
        return;
    }
    if (later->start < first) {
        complain_task(judge, "C2", h, a,
                      _("it starts on %s, but may only start from %s on, since %s ends on %s"),
                      say_date(judge, later->start), say_date(judge, first), other,
                      say_date(judge, earlier->finish));
    } else if (lag->has_max && later->start > last) {
        complain_task(judge, "C2", h, a,
                      _("it starts on %s, but must start until %s, since %s ends on %s"),
                      say_date(judge, later->start), say_date(judge, last), other,
                      say_date(judge, earlier->finish));
    } else if (later->start == earlier->finish && later->from != MINUTE_NONE &&
               earlier->to != MINUTE_NONE && later->from < earlier->to) {
        complain_task(judge, "C2", h, a, _("it starts on %s, but %s ends at %s that day"),
                      say_moment(judge, later->start, later->from), other,
                      say_time(judge, earlier->to));
    }
}

/* C9: a stay does not end before it begins, whatever the lags allow. */
static void judge_return(Judge *judge, int h) {
    const Package *package = household_package(judge->op, h);
    if (package->move_out == NONE || package->move_back == NONE) {
        return;
    }
    const Dated *out = &judge->tasks[h][package->move_out];
    const Dated *back = &judge->tasks[h][package->move_back];
    if (out->dated && back->dated && !back->fact && back->start < out->finish) {
        complain_task(judge, "C9", h, package->move_back,
                      _("it starts on %s, before the move out ends on %s"),
                      say_start(judge, h, package->move_back), say_date(judge, out->finish));
    }
}

/* ---- C3 and C10: works --------------------------------------------------------------------- */

/* The member that does not work on the date, for the message. */
static const char *who_is_off(const Judge *judge, int h, int a, date_t date) {
    const Task *task = task_of(judge, h, a);
    for (int i = 0; i < task->n_needs; i++) {
        int r = member_of(judge, h, a, task->needs[i].role);
        if (r != NONE && !roster_works(judge->roster, r, date)) {
            return judge->op->resources[r].id;
        }
    }
    return "";
}

static void judge_works(Judge *judge, int h, int a) {
    const Task *task = task_of(judge, h, a);
    const Dated *dated = &judge->tasks[h][a];
    int worked = 0;
    date_t date = dated->start;
    if (date < judge->op->start || date > judge->op->end) {
        return; /* C1 */
    }
    if (!works_can_be_done(judge, h, a, date)) {
        complain_task(judge, "C3", h, a, _("it starts on %s, when %s does not work"),
                      say_date(judge, date), who_is_off(judge, h, a, date));
    }
    for (; date <= judge->op->end; date++) {
        if (!works_can_be_done(judge, h, a, date)) {
            continue;
        }
        if (task->presence && tenant_is_absent(judge, h, date, 0, 24 * 60)) {
            complain_task(judge, "C10", h, a, _("the tenant must be there, but is absent on %s"),
                          say_date(judge, date));
        }
        if (++worked >= task->days) {
            break;
        }
    }
    if (date > judge->op->end) {
        complain_task(judge, "C3", h, a,
                      _("it starts on %s, and its working days do not end by %s"),
                      say_date(judge, dated->start), say_date(judge, judge->op->end));
    } else if (date != dated->finish) {
        /* TRANSLATORS: number of days, first day, the finish that follows, the plan's finish. */
        complain_task(judge, "C3", h, a,
                      n_("%d working day from %s on ends on %s, but the plan says %s",
                         "%d working days from %s on end on %s, but the plan says %s", task->days),
                      task->days, say_date(judge, dated->start), say_date(judge, date),
                      say_date(judge, dated->finish));
    }
}

/* ---- C5: appointments ---------------------------------------------------------------------- */

static void judge_slot(Judge *judge, int h, int a, int s) {
    const Operation *op = judge->op;
    const Task *task = task_of(judge, h, a);
    const Dated *dated = &judge->tasks[h][a];
    const Slot *slot = &op->slots[s];
    if (dated->to > slot->to) {
        complain_task(judge, "C5", h, a, _("it lasts from %s to %s, but the slot '%s' ends at %s"),
                      say_start(judge, h, a), say_time(judge, dated->to), slot->id,
                      say_time(judge, slot->to));
    }
    if (op->grid_minutes > 0 && (dated->from - slot->from) % op->grid_minutes != 0) {
        complain_task(judge, "C5", h, a,
                      n_("it starts on %s, which is not a multiple of %d minute from %s on",
                         "it starts on %s, which is not a multiple of %d minutes from %s on",
                         op->grid_minutes),
                      say_start(judge, h, a), op->grid_minutes, say_time(judge, slot->from));
    }
    for (int i = 0; i < task->n_needs; i++) {
        int role = task->needs[i].role;
        int r = member_of(judge, h, a, role);
        milli_t amount;
        if (r != NONE && op->roles[role].measure == MEASURE_CLOCK &&
            amount_of_role(op, h, task, i, &amount) &&
            roster_people(judge->roster, r, dated->start, s) == 0) {
            complain_task(judge, "C5", h, a, _("it starts on %s, when %s does not work"),
                          say_start(judge, h, a), op->resources[r].id);
        }
    }
}

static void judge_appointment(Judge *judge, int h, int a) {
    const Operation *op = judge->op;
    const Dated *dated = &judge->tasks[h][a];
    const PlanTask *told = &judge->plan->households[h].tasks[a];
    int s = slot_at(op, dated->from);
    if (told->finish != told->start || told->finish_minute != dated->to) {
        complain_task(judge, "C5", h, a, _("from %s on it lasts until %s, but the plan says %s"),
                      say_start(judge, h, a), say_time(judge, dated->to),
                      say_moment(judge, told->finish, told->finish_minute));
    }
    if (s == NONE) {
        complain_task(judge, "C5", h, a, _("it starts on %s, outside all slots"),
                      say_start(judge, h, a));
    } else {
        judge_slot(judge, h, a, s);
    }
    bool chooses = tenant_has(judge, h, AVAILABLE) || tenant_has(judge, h, PREFERRED);
    if (!chooses && s != NONE && op->slots[s].late) {
        complain_task(judge, "C5", h, a,
                      _("it starts on %s, but the tenant did not say that evenings suit"),
                      say_start(judge, h, a));
    } else if (chooses && !tenant_receives(judge, h, dated->start, dated->from, dated->to, false)) {
        complain_task(judge, "C5", h, a,
                      _("it lasts from %s to %s, when the tenant cannot receive anybody"),
                      say_start(judge, h, a), say_time(judge, dated->to));
    }
    if (tenant_is_absent(judge, h, dated->start, dated->from, dated->to)) {
        complain_task(judge, "C5", h, a, _("it lasts from %s to %s, when the tenant is absent"),
                      say_start(judge, h, a), say_time(judge, dated->to));
    }
}

void judge_tasks(Judge *judge) {
    for (int h = 0; h < judge->op->n_households; h++) {
        const Package *package = household_package(judge->op, h);
        judge_return(judge, h);
        for (int a = 0; a < package->n_tasks; a++) {
            const Task *task = &package->tasks[a];
            if (!judge->tasks[h][a].dated) {
                continue;
            }
            for (int l = 0; l < task->n_lags; l++) {
                judge_lag(judge, h, a, &task->lags[l]);
            }
            if (judge->tasks[h][a].fact) {
                continue;
            }
            judge_start(judge, h, a);
            if (task->minutes > 0) {
                judge_appointment(judge, h, a);
            } else {
                judge_works(judge, h, a);
            }
        }
    }
}
