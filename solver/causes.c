#include "solver/causes.h"

#include <glib.h>
#include <string.h>

#include "solver/language.h"
#include "solver/revert.h"
#include "solver/verify.h"

enum {
    WORK = 400000,     /* tasks of households that are judged */
    LEAST_TRIALS = 40, /* verdicts in any case */
    MAX_OTHERS = 40    /* households that a place may have been given to */
};

/* A difference, and the operation without it once somebody asked. */
typedef struct Doubt {
    const Difference *difference;
    const Operation *without; /* NULL: not made yet, or cannot be undone */
    bool tried;
} Doubt;

typedef struct Inquiry {
    const Weeks *weeks;
    bool known; /* what the inputs were */
    int n_doubts;
    Doubt *doubts;
    bool *changed; /* per household */
    Cause *causes; /* per household; kind CAUSE_UNKNOWN before it is found */
    bool *found;
    int trials_left;
    Arena *scratch;
} Inquiry;

/* ---- Trials ------------------------------------------------------------------------------ */

static PlanHousehold copy_household(Arena *arena, const Operation *op, const PlanHousehold *source,
                                    int h) {
    PlanHousehold copy = *source;
    int n = household_package(op, h)->n_tasks;
    copy.members = ARENA_NEW(arena, int, op->n_roles);
    copy.tasks = ARENA_NEW(arena, PlanTask, n);
    memcpy(copy.members, source->members, sizeof(int) * (size_t)op->n_roles);
    memcpy(copy.tasks, source->tasks, sizeof(PlanTask) * (size_t)n);
    return copy;
}

/* The household with the dates of `source`, but facts as `op` has them (`bare`: plan_new()). */
static PlanHousehold with_dates(Arena *arena, const Operation *op, const PlanHousehold *bare,
                                const PlanHousehold *source, int h) {
    PlanHousehold mixed = copy_household(arena, op, bare, h);
    mixed.planned = source->planned;
    if (mixed.home == NONE)
        mixed.home = source->home;
    for (int role = 0; role < op->n_roles; role++)
        if (mixed.members[role] == NONE)
            mixed.members[role] = source->members[role];
    for (int a = 0; a < household_package(op, h)->n_tasks; a++)
        if (op->households[h].facts[a].status < STATUS_STARTED) {
            mixed.tasks[a] = source->tasks[a];
            mixed.tasks[a].status = op->households[h].facts[a].status;
        }
    return mixed;
}

/* One question to the verifier: the dates of `source` for household h by the rules of `op`; with
 * `among` everybody else as planned now, but for `away`, who has no dates (or NONE); otherwise h
 * alone. */
typedef struct Trial {
    const Operation *op;
    const PlanHousehold *source;
    int h, away;
    bool among;
} Trial;

static Verdict *judge(Inquiry *inquiry, const Trial *trial) {
    const Operation *op = trial->op;
    Arena *arena = arena_new();
    Plan *plan = plan_new(arena, op);
    PlanHousehold tried = plan->households[trial->h];
    if (trial->source != NULL)
        tried = with_dates(arena, op, &tried, trial->source, trial->h);
    for (int h = 0; trial->among && h < op->n_households; h++)
        if (h != trial->away)
            plan->households[h] = with_dates(arena, op, &plan->households[h],
                                             &inquiry->weeks->plan->households[h], h);
    plan->households[trial->h] = tried;
    Verdict *verdict = verify_plan(op, inquiry->weeks->previous, plan, false);
    arena_free(arena);
    inquiry->trials_left--;
    return verdict;
}

/* How many rules are broken because of h's dates. */
static int count_broken(Inquiry *inquiry, const Trial *trial) {
    Verdict *verdict = judge(inquiry, trial);
    int n = verdict->n_violations;
    verdict_free(verdict);
    /* With a difference undone the others may break rules by themselves. */
    if (n > 0 && trial->among && trial->op != inquiry->weeks->op) {
        Trial others = *trial;
        others.source = NULL;
        verdict = judge(inquiry, &others);
        n -= verdict->n_violations;
        verdict_free(verdict);
    }
    return n;
}

/* The first rule that is broken by the task (or NONE), by its household, or by anybody; the
 * sentence does not name the task. NULL without any. */
static const char *first_rule(Arena *arena, const Operation *op, const Verdict *verdict, int h,
                              int a) {
    const Violation *best = NULL;
    const char *task = a != NONE ? household_package(op, h)->tasks[a].id : "";
    char *prefix = g_strdup_printf(_("household %s, task %s: %s"), op->households[h].id, task, "");
    int rank = 0;
    for (int i = 0; i < verdict->n_violations; i++) {
        const Violation *violation = &verdict->violations[i];
        int own = 1 + (violation->household == h) + g_str_has_prefix(violation->message, prefix);
        if (own > rank) {
            rank = own;
            best = violation;
        }
    }
    const char *rule = NULL;
    if (best != NULL)
        rule = arena_strdup(arena, best->message + (rank == 3 ? strlen(prefix) : 0));
    g_free(prefix);
    return rule;
}

/* ---- Which differences may concern a household --------------------------------------------- */

static bool needs_item(const Package *package, int item) {
    for (int a = 0; a < package->n_tasks; a++)
        for (int i = 0; i < package->tasks[a].n_items; i++)
            if (package->tasks[a].items[i].item == item)
                return true;
    return false;
}

/* The cell under a column; "" when it is blank, a date, or not there. */
static const char *text_of(const InputRow *row, const char *column) {
    for (int c = 0; c < row->n_cells; c++)
        if (g_str_equal(row->cells[c].column, column) && row->cells[c].text != NULL)
            return row->cells[c].text;
    return "";
}

static int item_index(const Operation *op, const char *item) {
    for (int i = 0; i < op->n_items; i++)
        if (g_str_equal(op->items[i], item))
            return i;
    return NONE;
}

/* Whether the row, of a resource, a role or everybody, speaks of somebody who serves h. */
static bool serves(const Weeks *weeks, const InputRow *row, int h) {
    const char *name = row->kind == INPUT_RESOURCE ? row->key : text_of(row, "resource");
    const Operation *op = weeks->op;
    if (g_str_equal(name, "*"))
        return true;
    for (int role = 0; role < op->n_roles; role++) {
        int members[] = {weeks->previous->households[h].members[role],
                         weeks->plan->households[h].members[role]};
        for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
            if (members[i] != NONE && (g_str_equal(op->resources[members[i]].id, name) ||
                                       g_str_equal(op->roles[role].id, name)))
                return true;
    }
    return false;
}

static bool is_fact_row(const InputRow *row) {
    const char *status = text_of(row, "status");
    return g_str_equal(status, status_names[STATUS_DONE]) ||
           g_str_equal(status, status_names[STATUS_STARTED]);
}

/* Whether the row can have anything to do with the dates of household h. */
static bool concerns(const Weeks *weeks, const InputRow *row, const Operation *of, int h) {
    const Operation *op = weeks->op;
    const char *id = op->households[h].id;
    bool own = row->household != NONE && g_str_equal(of->households[row->household].id, id);
    switch (row->kind) {
    case INPUT_SETTING:
        return true;
    case INPUT_TASK:
        return g_str_equal(of->packages[row->package].id, household_package(op, h)->id);
    case INPUT_HOUSEHOLD:
    case INPUT_AVAILABILITY:
        return own;
    case INPUT_RESOURCE:
    case INPUT_CALENDAR:
        return serves(weeks, row, h);
    case INPUT_HOME:
        return household_package(op, h)->move_out != NONE;
    case INPUT_DELIVERY:
        return (row->household == NONE || own) &&
               needs_item(household_package(op, h), item_index(op, text_of(row, "item")));
    case INPUT_PROGRESS:
        return own || is_fact_row(row);
    }
    return false;
}

static bool doubtful(const Weeks *weeks, const Difference *difference, int h) {
    return (difference->then != NULL && concerns(weeks, difference->then, weeks->then_op, h)) ||
           (difference->now != NULL && concerns(weeks, difference->now, weeks->op, h));
}

static const Operation *without(const Inquiry *inquiry, Doubt *doubt) {
    if (!doubt->tried)
        doubt->without = operation_without(inquiry->weeks->op, inquiry->weeks->then_op,
                                           doubt->difference, inquiry->scratch);
    doubt->tried = true;
    return doubt->without;
}

/* ---- Causes ------------------------------------------------------------------------------ */

/* The differences without which the trial breaks fewer rules than `broken` (or, with `more`, breaks
 * more). */
static void find_differences(Inquiry *inquiry, Trial trial, int broken, bool more, Cause *cause) {
    for (int i = 0; i < inquiry->n_doubts && cause->n < MAX_CAUSES; i++) {
        Doubt *doubt = &inquiry->doubts[i];
        if (inquiry->trials_left <= 0 || !doubtful(inquiry->weeks, doubt->difference, trial.h))
            continue;
        trial.op = without(inquiry, doubt);
        if (trial.op == NULL)
            continue;
        int n = count_broken(inquiry, &trial);
        if (more ? n > broken : n < broken)
            cause->differences[cause->n++] = doubt->difference;
    }
}

/* Rows that cannot be undone alone, like a package's needs, where nothing else was found. */
static void suspect_the_rest(Inquiry *inquiry, int h, Cause *cause) {
    for (int i = 0; i < inquiry->n_doubts && cause->n < MAX_CAUSES; i++) {
        Doubt *doubt = &inquiry->doubts[i];
        if (doubtful(inquiry->weeks, doubt->difference, h) && without(inquiry, doubt) == NULL)
            cause->differences[cause->n++] = doubt->difference;
    }
}

static void find_cause(Inquiry *inquiry, int h, int depth);

/* Somebody whose dates stand where h's old ones were, and why his are there. */
static bool find_other(Inquiry *inquiry, Trial trial, int broken, int depth, Cause *cause) {
    enum { DEPTH = 3 };
    const Weeks *weeks = inquiry->weeks;
    int tried = 0;
    for (int g = 0; g < weeks->op->n_households && tried < MAX_OTHERS; g++) {
        if (g == trial.h || !inquiry->changed[g] || inquiry->trials_left <= 0)
            continue;
        tried++;
        trial.away = g;
        if (count_broken(inquiry, &trial) >= broken)
            continue;
        cause->kind = CAUSE_GIVES_WAY;
        cause->other = g;
        if (depth < DEPTH)
            find_cause(inquiry, g, depth + 1);
        cause->n = inquiry->causes[g].n;
        memcpy(cause->differences, inquiry->causes[g].differences, sizeof cause->differences);
        return true;
    }
    return false;
}

/* Whether h has a date now that it did not have, and none before. */
static bool is_new(const Weeks *weeks, int h) {
    return !weeks->previous->households[h].planned;
}

/* The household's own rows that change no rule for it and yet what is best: a date that it was
 * promised, a deadline, a preferred hour. */
static void explain(Inquiry *inquiry, int h, Cause *cause) {
    for (int i = 0; i < inquiry->n_doubts && cause->n < MAX_CAUSES; i++) {
        const Difference *difference = inquiry->doubts[i].difference;
        const InputRow *row = difference->now != NULL ? difference->now : difference->then;
        bool own = row->kind == INPUT_HOUSEHOLD || row->kind == INPUT_AVAILABILITY ||
                   row->kind == INPUT_PROGRESS;
        const Operation *of =
            difference->now != NULL ? inquiry->weeks->op : inquiry->weeks->then_op;
        if (own &&
            g_str_equal(of->households[row->household].id, inquiry->weeks->op->households[h].id))
            cause->differences[cause->n++] = difference;
    }
    if (cause->n > 0)
        cause->kind = CAUSE_EXPLAINED;
}

static void find_why_possible(Inquiry *inquiry, int h, Cause *cause) {
    const Weeks *weeks = inquiry->weeks;
    for (int i = 0; i < inquiry->n_doubts; i++) {
        const Difference *difference = inquiry->doubts[i].difference;
        if (difference->then == NULL && difference->now->kind == INPUT_HOUSEHOLD &&
            difference->now->household == h)
            cause->differences[cause->n++] = difference;
    }
    Trial trial = {weeks->op, &weeks->plan->households[h], h, NONE, false};
    if (cause->n == 0)
        find_differences(inquiry, trial, 0, true, cause);
    cause->kind = cause->n > 0 ? CAUSE_ENABLED : CAUSE_IMPROVEMENT;
    if (cause->n > 0)
        return;
    if (!inquiry->known)
        cause->kind = CAUSE_UNKNOWN;
    explain(inquiry, h, cause);
}

static void find_why_not(Inquiry *inquiry, int h, int depth, Cause *cause) {
    const Weeks *weeks = inquiry->weeks;
    Trial trial = {weeks->op, &weeks->previous->households[h], h, NONE, false};
    int alone = count_broken(inquiry, &trial);
    if (alone > 0)
        find_differences(inquiry, trial, alone, false, cause);
    trial.among = true;
    int among = alone > 0 ? 0 : count_broken(inquiry, &trial);
    if (among > 0)
        find_differences(inquiry, trial, among, false, cause);
    if (alone + among == 0) {
        find_why_possible(inquiry, h, cause);
        return;
    }
    if (cause->n == 0 && among > 0 && find_other(inquiry, trial, among, depth, cause))
        return;
    if (cause->n == 0)
        suspect_the_rest(inquiry, h, cause);
    if (cause->n > 0)
        cause->kind = CAUSE_FORCED;
    else if (inquiry->known && inquiry->trials_left > 0)
        cause->kind = CAUSE_IMPROVEMENT; /* several others have better dates for it */
}

/* The cause of household h's changes, once. */
static void find_cause(Inquiry *inquiry, int h, int depth) {
    Cause *cause = &inquiry->causes[h];
    if (inquiry->found[h] || inquiry->trials_left <= 0)
        return;
    inquiry->found[h] = true;
    if (is_new(inquiry->weeks, h))
        find_why_possible(inquiry, h, cause);
    else
        find_why_not(inquiry, h, depth, cause);
}

/* ---- Which of the household's causes concern one of its tasks ---------------------------------
 */

static bool touches_days(const AvailabilityRow *row, date_t date) {
    return row->from == DATE_NONE ? row->weekdays[date_weekday(date)]
                                  : date >= row->from && date <= row->until;
}

static bool touches_row(const Change *change, const InputRow *row, const Operation *of) {
    const Task *task = &household_package(change->op, change->household)->tasks[change->task];
    switch (row->kind) {
    case INPUT_DELIVERY:
        for (int i = 0; i < task->n_items; i++)
            if (g_str_equal(change->op->items[task->items[i].item], text_of(row, "item")))
                return true;
        return false;
    case INPUT_AVAILABILITY:
        return (task->minutes > 0 || task->presence) &&
               ((change->then.start != DATE_NONE &&
                 touches_days(&of->availability[row->index], change->then.start)) ||
                (change->now.start != DATE_NONE &&
                 touches_days(&of->availability[row->index], change->now.start)));
    case INPUT_PROGRESS:
    case INPUT_TASK:
        return row->task != NONE && change->op == of && row->task == change->task &&
               (row->household == NONE || row->household == change->household);
    case INPUT_RESOURCE:
    case INPUT_CALENDAR: {
        const char *name =
            row->kind == INPUT_RESOURCE ? text_of(row, "role") : text_of(row, "resource");
        for (int i = 0; i < task->n_needs; i++) {
            const Role *role = &change->op->roles[task->needs[i].role];
            bool named = g_str_equal(role->id, name) || g_str_equal(name, "*");
            for (int m = 0; m < role->n_members && !named; m++)
                named = g_str_equal(change->op->resources[role->members[m]].id, name);
            if (named)
                return true;
        }
        return false;
    }
    case INPUT_SETTING:
    case INPUT_HOUSEHOLD:
    case INPUT_HOME:
        return false;
    }
    return false;
}

/* The household's cause, narrowed to the rows that the task itself uses where there are any; the
 * other tasks follow from those by their lags. */
static Cause cause_of_task(const Weeks *weeks, const Cause *cause, const Change *change) {
    Cause own = *cause;
    own.n = 0;
    if (cause->kind == CAUSE_GIVES_WAY || change->task == NONE)
        return *cause;
    for (int i = 0; i < cause->n; i++) {
        const Difference *difference = cause->differences[i];
        if ((difference->then != NULL && touches_row(change, difference->then, weeks->then_op)) ||
            (difference->now != NULL && touches_row(change, difference->now, weeks->op)))
            own.differences[own.n++] = difference;
    }
    return own.n > 0 ? own : *cause;
}

/* What is gone from the operation: the row that is missing now, or has another package. */
static Cause cause_of_gone(const Inquiry *inquiry, const Change *change) {
    Cause cause = {.kind = CAUSE_UNKNOWN, .other = NONE};
    const char *id = change->op->households[change->household].id;
    for (int i = 0; i < inquiry->n_doubts && cause.n < MAX_CAUSES; i++) {
        const Difference *difference = inquiry->doubts[i].difference;
        const InputRow *then = difference->then;
        bool household =
            then != NULL && then->kind == INPUT_HOUSEHOLD && g_str_equal(then->key, id);
        bool task = then != NULL && difference->now == NULL && then->kind == INPUT_TASK &&
                    then->package == change->op->households[change->household].package &&
                    then->task == change->task;
        if (household || task)
            cause.differences[cause.n++] = difference;
    }
    if (cause.n > 0)
        cause.kind = CAUSE_FORCED;
    return cause;
}

/* ---- All of it ---------------------------------------------------------------------------- */

static Inquiry inquiry_new(const Weeks *weeks, const Differences *differences) {
    Inquiry inquiry = {.weeks = weeks, .scratch = arena_new()};
    int n = weeks->op->n_households, n_tasks = 1;
    for (int h = 0; h < n; h++)
        n_tasks += household_package(weeks->op, h)->n_tasks;
    inquiry.trials_left = MAX(LEAST_TRIALS, WORK / n_tasks);
    inquiry.known = differences != NULL;
    inquiry.n_doubts = differences != NULL ? differences->n : 0;
    inquiry.doubts = ARENA_NEW(inquiry.scratch, Doubt, inquiry.n_doubts);
    for (int i = 0; i < inquiry.n_doubts; i++)
        inquiry.doubts[i].difference = &differences->rows[i];
    inquiry.changed = ARENA_NEW(inquiry.scratch, bool, n);
    inquiry.found = ARENA_NEW(inquiry.scratch, bool, n);
    inquiry.causes = ARENA_NEW(inquiry.scratch, Cause, n);
    for (int h = 0; h < n; h++)
        inquiry.causes[h].other = NONE;
    return inquiry;
}

void causes_find(const Weeks *weeks, const Differences *differences, Changes *changes) {
    Inquiry inquiry = inquiry_new(weeks, differences);
    for (int i = 0; i < changes->n; i++)
        if (changes->rows[i].op == weeks->op)
            inquiry.changed[changes->rows[i].household] = true;
    for (int i = 0; i < changes->n; i++) {
        Change *change = &changes->rows[i];
        if (change->op != weeks->op) {
            change->cause = cause_of_gone(&inquiry, change);
            continue;
        }
        find_cause(&inquiry, change->household, 0);
        change->cause = cause_of_task(weeks, &inquiry.causes[change->household], change);
    }
    arena_free(inquiry.scratch);
}

const char *causes_rule(const Weeks *weeks, int h, int a, Arena *arena) {
    bool was_planned = weeks->previous != NULL && weeks->previous->households[h].planned;
    if (!was_planned && !weeks->plan->households[h].planned)
        return NULL;
    Inquiry inquiry = inquiry_new(weeks, NULL);
    const Operation *op = weeks->op;
    const Fact *fact = &op->households[h].facts[a];
    const Task *task = &household_package(op, h)->tasks[a];
    const PlanHousehold *before =
        was_planned ? &weeks->previous->households[h] : &weeks->plan->households[h];
    PlanHousehold old = copy_household(inquiry.scratch, op, before, h);
    PlanTask *dated = &old.tasks[a];
    date_t length = dated->start != DATE_NONE ? dated->finish - dated->start : 0;
    dated->start = fact->start;
    dated->finish = fact->start + length;
    if (fact->start_minute != MINUTE_NONE) {
        dated->start_minute = fact->start_minute;
        dated->finish_minute = fact->start_minute + task->minutes;
    }
    if (fact->member != NONE)
        old.members[op->resources[fact->member].role] = fact->member;
    Trial trial = {op, &old, h, NONE, true};
    Verdict *verdict = judge(&inquiry, &trial);
    const char *rule = first_rule(arena, op, verdict, h, a);
    verdict_free(verdict);
    arena_free(inquiry.scratch);
    return rule;
}
