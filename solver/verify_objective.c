/* verify_objective.c: the parts of the objective, counted anew, and what the plan tells of them. */
#include "solver/language.h"
#include "solver/verify_internal.h"

/* Adds weights[part] * factor * count; sums that are too large to be counted stay at the most. */
static void charge(Judge *judge, Part part, cost_t factor, cost_t count) {
    cost_t *sum = &judge->verdict->parts[part];
    cost_t cost;
    if (__builtin_mul_overflow(judge->op->weights[part], factor, &cost) ||
        __builtin_mul_overflow(cost, count, &cost) || __builtin_add_overflow(*sum, cost, sum)) {
        *sum = INT64_MAX;
    }
}

/* broken_promise, moved_announced, moved_announced_day, moved_proposed of one task. */
static void count_change(Judge *judge, int h, int a) {
    const Fact *fact = &judge->op->households[h].facts[a];
    const Dated *dated = &judge->tasks[h][a];
    bool same_start = fact->start == dated->start &&
                      (fact->start_minute == MINUTE_NONE || fact->start_minute == dated->from);
    if (fact->status == STATUS_CONFIRMED) {
        bool same_member =
            fact->member == NONE ||
            judge->members[h][judge->op->resources[fact->member].role] == fact->member;
        charge(judge, PART_BROKEN_PROMISE, 1, same_start && same_member ? 0 : 1);
    } else if (fact->status == STATUS_ANNOUNCED && fact->start != DATE_NONE) {
        charge(judge, PART_MOVED_ANNOUNCED, 1, same_start ? 0 : 1);
        charge(judge, PART_MOVED_ANNOUNCED_DAY, 1, ABS((cost_t)dated->start - fact->start));
    } else if (fact->status == STATUS_PROPOSED && judge->previous != NULL) {
        date_t before = judge->previous->households[h].tasks[a].start;
        charge(judge, PART_MOVED_PROPOSED, 1, before != DATE_NONE && before != dated->start);
    }
}

/* The nights of the household's stay; `away` tells whether it ends before the horizon does. */
static int nights_of(const Judge *judge, int h, bool *away) {
    const Package *package = household_package(judge->op, h);
    *away = false;
    if (package->move_out == NONE || !judge->tasks[h][package->move_out].dated) {
        return 0;
    }
    date_t out = judge->tasks[h][package->move_out].start;
    *away = package->move_back == NONE || !judge->tasks[h][package->move_back].dated;
    date_t back = *away ? judge->op->end : judge->tasks[h][package->move_back].start;
    return MAX(back - out, 0);
}

static void count_planned(Judge *judge, int h) {
    const Operation *op = judge->op;
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    bool chooses = tenant_has(judge, h, PREFERRED);
    bool any = false;
    date_t last = op->start;
    for (int a = 0; a < package->n_tasks; a++) {
        const Dated *dated = &judge->tasks[h][a];
        if (!dated->dated) {
            continue;
        }
        last = any ? MAX(last, dated->finish) : dated->finish;
        any = true;
        if (!dated->fact) {
            count_change(judge, h, a);
        }
        if (chooses && dated->from != MINUTE_NONE &&
            !tenant_receives(judge, h, dated->start, dated->from,
                             dated->from + package->tasks[a].minutes, true)) {
            charge(judge, PART_NON_PREFERRED, 1, 1);
        }
    }
    charge(judge, PART_FLOW_DAY, 1, MAX((cost_t)last - op->start, 0));
    if (any && household->deadline != DATE_NONE) {
        charge(judge, PART_LATE_DAY, household->weight, MAX((cost_t)last - household->deadline, 0));
    }
}

static void count_household(Judge *judge, int h) {
    const Household *household = &judge->op->households[h];
    bool planned = judge->plan->households[h].planned;
    bool away;
    int nights = nights_of(judge, h, &away);
    judge->verdict->nights_away[h] = nights;
    if (planned) {
        judge->verdict->n_planned++;
        count_planned(judge, h);
        if (household->max_nights_away != NO_LIMIT) {
            charge(judge, PART_NIGHT_OVER_MAX, household->weight,
                   MAX(nights - household->max_nights_away, 0));
        }
    } else {
        charge(judge, PART_UNPLANNED_HOUSEHOLD, household->weight, 1);
        for (int a = 0; a < household_package(judge->op, h)->n_tasks; a++) {
            charge(judge, PART_BROKEN_PROMISE, 1, household->facts[a].status == STATUS_CONFIRMED);
        }
    }
    if (planned || away) {
        charge(judge, PART_NIGHT_AWAY, household->weight, nights);
    }
}

void count_objective(Judge *judge, const GArray *evenings) {
    Verdict *verdict = judge->verdict;
    for (int h = 0; h < judge->op->n_households; h++) {
        count_household(judge, h);
    }
    for (guint i = 0; i < evenings->len; i++) {
        verdict->n_evenings += g_array_index(evenings, Evening, i).counted ? 1 : 0;
    }
    charge(judge, PART_LATE_EVENING, 1, verdict->n_evenings);
    for (int part = 0; part < PART_COUNT; part++) {
        if (__builtin_add_overflow(verdict->total, verdict->parts[part], &verdict->total)) {
            verdict->total = INT64_MAX;
        }
    }
}

void judge_told(Judge *judge) {
    const Verdict *verdict = judge->verdict;
    const Plan *plan = judge->plan;
    for (int part = 0; part < PART_COUNT; part++) {
        if (plan->parts[part] != verdict->parts[part]) {
            complain(judge, "objective", NONE, _("the plan says %s costs %lld, but it is %lld"),
                     part_infos[part].name, (long long)plan->parts[part],
                     (long long)verdict->parts[part]);
        }
    }
    if (plan->total != verdict->total) {
        complain(judge, "objective", NONE, _("the plan says its total is %lld, but it is %lld"),
                 (long long)plan->total, (long long)verdict->total);
    }
    if (plan->bound > verdict->total) {
        complain(judge, "objective", NONE,
                 _("the plan says that no plan costs less than %lld, but it costs %lld itself"),
                 (long long)plan->bound, (long long)verdict->total);
    }
}
