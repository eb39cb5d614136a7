/* verify_reading.c: the plan and the facts as one list of dated tasks. Here a plan that is no plan
 * is found, and what contradicts the facts: C8 and C12. */
#include "solver/language.h"
#include "solver/verify_internal.h"

static bool is_fact(const Fact *fact) {
    return (fact->status == STATUS_DONE || fact->status == STATUS_STARTED) &&
           fact->start != DATE_NONE;
}

static bool is_date(date_t date) {
    return date >= date_from_ymd(1900, 1, 1) && date <= date_from_ymd(2999, 12, 31);
}

bool amount_of_role(const Operation *op, int h, const Task *task, int i, milli_t *amount) {
    *amount = 0;
    for (int j = 0; j < task->n_needs; j++) {
        if (task->needs[j].role == task->needs[i].role) {
            if (j < i) {
                return false;
            }
            *amount += need_amount(op, h, &task->needs[j]);
        }
    }
    return true;
}

/* ---- Facts --------------------------------------------------------------------------------- */

/* C8: whom households.csv names, then whom facts name. Works under way are somebody's: where
 * nobody says whose, they are the role's first member's. */
static void settle_members(Judge *judge, int h) {
    const Operation *op = judge->op;
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    int *settled = judge->settled[h];
    for (int role = 0; role < op->n_roles; role++) {
        settled[role] = household->members[role];
    }
    for (int a = 0; a < package->n_tasks; a++) {
        const Fact *fact = &household->facts[a];
        if (is_fact(fact) && fact->member != NONE) {
            int role = op->resources[fact->member].role;
            settled[role] = settled[role] != NONE ? settled[role] : fact->member;
        }
    }
    for (int a = 0; a < package->n_tasks; a++) {
        for (int i = 0; i < package->tasks[a].n_needs; i++) {
            const Role *role = &op->roles[package->tasks[a].needs[i].role];
            int *member = &settled[package->tasks[a].needs[i].role];
            if (household->facts[a].status == STATUS_STARTED && *member == NONE &&
                role->n_members > 0) {
                *member = role->members[0];
            }
        }
    }
}

static int member_of_fact(const Judge *judge, int h, int a, int role) {
    int named = judge->op->households[h].facts[a].member;
    bool fits = named != NONE && judge->op->resources[named].role == role;
    return fits ? named : judge->settled[h][role];
}

/* Outside the horizon nobody's calendar is known: Monday to Friday are worked. */
static bool fact_works_on(const Judge *judge, int h, int a, date_t date) {
    const Task *task = &household_package(judge->op, h)->tasks[a];
    if (date < judge->op->start || date > judge->op->end) {
        return date_weekday(date) < 5;
    }
    for (int i = 0; i < task->n_needs; i++) {
        int r = member_of_fact(judge, h, a, task->needs[i].role);
        if (r != NONE && !roster_works(judge->roster, r, date)) {
            return false;
        }
    }
    return true;
}

/* C12: as told, else when its days of work are over. What is done was done by the plan's day. */
static date_t finish_of_fact(const Judge *judge, int h, int a) {
    const Task *task = &household_package(judge->op, h)->tasks[a];
    const Fact *fact = &judge->op->households[h].facts[a];
    date_t latest = fact->status == STATUS_DONE ? MAX(fact->start, judge->op->as_of) : INT32_MAX;
    if (fact->finish != DATE_NONE) {
        return MAX(fact->finish, fact->start);
    }
    date_t date = fact->start;
    int worked = fact_works_on(judge, h, a, date) ? 1 : 0;
    while (worked < task->days && date < latest) {
        date++;
        worked += fact_works_on(judge, h, a, date) ? 1 : 0;
    }
    return date;
}

static void read_fact(Judge *judge, int h, int a) {
    const Task *task = &household_package(judge->op, h)->tasks[a];
    const Fact *fact = &judge->op->households[h].facts[a];
    Dated *dated = &judge->tasks[h][a];
    *dated = (Dated){.dated = is_date(fact->start),
                     .fact = true,
                     .started = fact->status == STATUS_STARTED,
                     .start = fact->start,
                     .from = MINUTE_NONE,
                     .to = MINUTE_NONE};
    if (!dated->dated) {
        return;
    }
    dated->finish = finish_of_fact(judge, h, a);
    if (task->minutes > 0 && fact->start_minute != MINUTE_NONE) {
        dated->from = fact->start_minute;
        dated->to = fact->finish_minute != MINUTE_NONE ? fact->finish_minute
                                                       : fact->start_minute + task->minutes;
    }
}

/* C12: the plan tells a fact as progress.csv does. */
static void compare_fact(Judge *judge, int h, int a) {
    const Dated *dated = &judge->tasks[h][a];
    const PlanTask *told = &judge->plan->households[h].tasks[a];
    bool same_time = dated->from == MINUTE_NONE || dated->from == told->start_minute;
    bool same_end = judge->op->households[h].facts[a].finish_minute == MINUTE_NONE ||
                    dated->to == told->finish_minute || dated->to == MINUTE_NONE;
    if (!dated->dated) {
        return;
    }
    if (told->start == DATE_NONE) {
        complain_task(judge, "C12", h, a, _("it began on %s, but the plan gives it no date"),
                      say_date(judge, dated->start));
    } else if (told->start != dated->start || !same_time) {
        complain_task(judge, "C12", h, a, _("it began on %s, but the plan says %s"),
                      say_moment(judge, dated->start, dated->from),
                      say_moment(judge, is_date(told->start) ? told->start : dated->start,
                                 told->start_minute));
    } else if (told->finish != dated->finish || !same_end) {
        complain_task(judge, "C12", h, a, _("it ends on %s, but the plan says %s"),
                      say_moment(judge, dated->finish, dated->to),
                      say_moment(judge, is_date(told->finish) ? told->finish : dated->finish,
                                 told->finish_minute));
    }
}

/* ---- The plan ------------------------------------------------------------------------------ */

/* False when the dates of a task that the plan decides make no sense by themselves. */
static bool check_shape(Judge *judge, int h, int a) {
    const Task *task = &household_package(judge->op, h)->tasks[a];
    const PlanTask *told = &judge->plan->households[h].tasks[a];
    if (told->start == DATE_NONE) {
        complain_task(judge, "plan", h, a, _("the household is planned, but this has no date"));
        return false;
    }
    if (!is_date(told->start) || !is_date(told->finish)) {
        complain_task(judge, "plan", h, a, _("its start or finish is no date"));
        return false;
    }
    if (told->finish < told->start) {
        complain_task(judge, "plan", h, a, _("it ends on %s, before it starts on %s"),
                      say_date(judge, told->finish), say_date(judge, told->start));
        return false;
    }
    if (task->minutes > 0 && (told->start_minute < 0 || told->start_minute >= 24 * 60)) {
        complain_task(judge, "plan", h, a, _("it is an appointment on %s without a clock time"),
                      say_date(judge, told->start));
        return false;
    }
    if (task->minutes == 0 &&
        (told->start_minute != MINUTE_NONE || told->finish_minute != MINUTE_NONE)) {
        complain_task(judge, "plan", h, a, _("works on %s have a clock time, but count in days"),
                      say_date(judge, told->start));
    }
    return true;
}

static void read_decision(Judge *judge, int h, int a) {
    const Task *task = &household_package(judge->op, h)->tasks[a];
    const PlanTask *told = &judge->plan->households[h].tasks[a];
    Dated *dated = &judge->tasks[h][a];
    *dated = (Dated){.from = MINUTE_NONE, .to = MINUTE_NONE};
    if (!judge->plan->households[h].planned) {
        if (told->start != DATE_NONE) {
            complain_task(judge, "plan", h, a,
                          _("the household is not planned, but this is, on %s"),
                          say_date(judge, told->start));
        }
        return;
    }
    if (!check_shape(judge, h, a)) {
        return;
    }
    dated->dated = true;
    dated->start = told->start;
    dated->finish = told->finish;
    if (task->minutes > 0) {
        dated->finish = told->start; /* C5: inside one slot */
        dated->from = told->start_minute;
        dated->to = told->start_minute + task->minutes;
    }
}

/* Takes over the plan's members where they are members of their roles. */
static void read_members(Judge *judge, int h) {
    const Operation *op = judge->op;
    for (int role = 0; role < op->n_roles; role++) {
        int r = judge->plan->households[h].members[role];
        judge->members[h][role] = NONE;
        if (r == NONE) {
            continue;
        }
        if (r < 0 || r >= op->n_resources || op->resources[r].role != role) {
            complain(judge, "plan", h, _("household %s: who serves it as '%s' is not one of those"),
                     op->households[h].id, op->roles[role].id);
            continue;
        }
        judge->members[h][role] = r;
    }
}

/* Every role that a planned household still needs has somebody. */
static void check_served(Judge *judge, int h) {
    const Operation *op = judge->op;
    const Package *package = household_package(op, h);
    bool *missing = g_new0(bool, op->n_roles + 1);
    for (int a = 0; a < package->n_tasks; a++) {
        for (int i = 0; i < package->tasks[a].n_needs && !judge->tasks[h][a].fact; i++) {
            int role = package->tasks[a].needs[i].role;
            missing[role] = judge->plan->households[h].members[role] == NONE;
        }
    }
    for (int role = 0; role < op->n_roles; role++) {
        if (missing[role]) {
            complain(judge, "plan", h, _("household %s: nobody serves it as '%s', which it needs"),
                     op->households[h].id, op->roles[role].id);
        }
    }
    g_free(missing);
}

/* Whom the household keeps for a role: the one of households.csv, else one that a fact names; told
 * itself when some fact names it; NONE when that is open. */
static int due_member(const Judge *judge, int h, int role, int told) {
    const Household *household = &judge->op->households[h];
    int due = household->members[role];
    for (int a = 0; due == NONE && a < household_package(judge->op, h)->n_tasks; a++) {
        if (judge->tasks[h][a].fact && household->facts[a].member == told) {
            return told;
        }
    }
    for (int a = 0; due == NONE && a < household_package(judge->op, h)->n_tasks; a++) {
        int named = household->facts[a].member;
        if (judge->tasks[h][a].fact && named != NONE && judge->op->resources[named].role == role) {
            due = named;
        }
    }
    return due;
}

/* C8: one contact per role. */
static void judge_members(Judge *judge, int h) {
    const Operation *op = judge->op;
    for (int role = 0; role < op->n_roles; role++) {
        int told = judge->members[h][role];
        int due = told != NONE ? due_member(judge, h, role, told) : NONE;
        if (due != NONE && due != told) {
            complain(judge, "C8", h, _("household %s: %s serves it as '%s', but it keeps %s"),
                     op->households[h].id, op->resources[told].id, op->roles[role].id,
                     op->resources[due].id);
        }
    }
}

static bool has_moved_out(const Judge *judge, int h) {
    int out = household_package(judge->op, h)->move_out;
    return out != NONE && judge->tasks[h][out].fact;
}

/* The home: once it has moved out that of progress.csv, before that the plan's. */
static void read_home(Judge *judge, int h) {
    const Operation *op = judge->op;
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    int told = judge->plan->households[h].home;
    judge->homes[h] = NONE;
    if (told != NONE && (told < 0 || told >= op->n_homes)) {
        complain(judge, "plan", h, _("household %s: its temporary home is not in the list"),
                 household->id);
        told = NONE;
    }
    if (package->move_out == NONE || household->relocation == RELOCATION_OWN) {
        if (told != NONE) {
            complain(judge, "plan", h, _("household %s: it has home %s, but needs none"),
                     household->id, op->homes[told].id);
        }
        return;
    }
    if (!has_moved_out(judge, h)) {
        judge->homes[h] = judge->plan->households[h].planned ? told : NONE;
        return;
    }
    int settled = NONE;
    for (int a = 0; a < package->n_tasks && settled == NONE; a++) {
        settled = household->facts[a].home;
    }
    bool is_back = package->move_back != NONE && judge->tasks[h][package->move_back].fact;
    judge->homes[h] = settled != NONE ? settled : told;
    if (settled != NONE && told != settled && (told != NONE || !is_back)) {
        complain(judge, "C9", h, _("household %s: it has moved into home %s, but the plan says %s"),
                 household->id, op->homes[settled].id, told != NONE ? op->homes[told].id : "-");
    }
}

void read_plan(Judge *judge) {
    for (int h = 0; h < judge->op->n_households; h++) {
        const Household *household = &judge->op->households[h];
        settle_members(judge, h);
        read_members(judge, h);
        for (int a = 0; a < household_package(judge->op, h)->n_tasks; a++) {
            if (is_fact(&household->facts[a])) {
                read_fact(judge, h, a);
                compare_fact(judge, h, a);
            } else {
                read_decision(judge, h, a);
            }
        }
        read_home(judge, h);
        if (judge->plan->households[h].planned) {
            check_served(judge, h);
            judge_members(judge, h);
        }
    }
}

int member_of(const Judge *judge, int h, int a, int role) {
    return judge->tasks[h][a].fact ? member_of_fact(judge, h, a, role) : judge->members[h][role];
}

bool works_can_be_done(const Judge *judge, int h, int a, date_t date) {
    const Task *task = &household_package(judge->op, h)->tasks[a];
    if (date < judge->op->start || date > judge->op->end) {
        return false;
    }
    for (int i = 0; i < task->n_needs; i++) {
        int r = member_of(judge, h, a, task->needs[i].role);
        if (r != NONE && !roster_works(judge->roster, r, date)) {
            return false;
        }
    }
    return true;
}
