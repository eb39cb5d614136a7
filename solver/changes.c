#include "solver/changes.h"

#include <glib.h>
#include <string.h>

#include "solver/promise.h"

const char *const change_names[] = {
    [CHANGE_NEW] = "new",
    [CHANGE_MOVED] = "moved",
    [CHANGE_FINISH] = "other_finish",
    [CHANGE_WITHDRAWN] = "withdrawn",
    [CHANGE_MEMBER] = "other_member",
    [CHANGE_HOME] = "other_home",
};

const char *const cause_names[] = {
    [CAUSE_UNKNOWN] = "unknown",     [CAUSE_FORCED] = "forced",
    [CAUSE_ENABLED] = "enabled",     [CAUSE_EXPLAINED] = "explained",
    [CAUSE_GIVES_WAY] = "gives_way", [CAUSE_IMPROVEMENT] = "improvement",
};

/* The changes as they are found. */
typedef struct Finder {
    const Weeks *weeks;
    GHashTable *then_households; /* id to index + 1 of then_op */
    GArray *changes;
    int n_dates;
} Finder;

static void add(Finder *finder, Change change) {
    g_array_append_val(finder->changes, change);
    finder->n_dates += change.kind <= CHANGE_WITHDRAWN;
}

static Change change_of(ChangeKind kind, const Operation *op, int h, int a) {
    return (Change){.kind = kind,
                    .op = op,
                    .household = h,
                    .task = a,
                    .role = NONE,
                    .then.start = DATE_NONE,
                    .now.start = DATE_NONE,
                    .cause.other = NONE};
}

static void compare_task(Finder *finder, int h, int a) {
    const Weeks *weeks = finder->weeks;
    const PlanTask *then = &weeks->previous->households[h].tasks[a];
    const PlanTask *now = &weeks->plan->households[h].tasks[a];
    Change change = change_of(CHANGE_NEW, weeks->op, h, a);
    change.then = *then;
    change.now = *now;
    change.status = weeks->op->households[h].facts[a].status;
    change.date = now->start;
    change.minute = now->start_minute;
    if (has_begun(&weeks->op->households[h].facts[a]) ||
        (then->start == DATE_NONE && now->start == DATE_NONE))
        return;
    if (now->start == DATE_NONE)
        change.kind = CHANGE_WITHDRAWN;
    else if (then->start == DATE_NONE)
        change.kind = CHANGE_NEW;
    else if (!same_start(then->start, then->start_minute, now->start, now->start_minute))
        change.kind = CHANGE_MOVED;
    else if (then->finish != now->finish)
        change.kind = CHANGE_FINISH;
    else
        return;
    if (then->start != DATE_NONE && (now->start == DATE_NONE || then->start < now->start)) {
        change.date = then->start;
        change.minute = then->start_minute;
    }
    add(finder, change);
}

/* The household's first date that is still to come, of a task that needs the role or, with NONE, is
 * a move; DATE_NONE when there is none. */
static date_t next_date(const Weeks *weeks, int h, int role) {
    const Package *package = household_package(weeks->op, h);
    date_t next = DATE_NONE;
    for (int a = 0; a < package->n_tasks; a++) {
        date_t start = weeks->plan->households[h].tasks[a].start;
        bool concerned = role == NONE && package->tasks[a].move != MOVE_NONE;
        for (int i = 0; i < package->tasks[a].n_needs; i++)
            concerned |= package->tasks[a].needs[i].role == role;
        if (concerned && !has_begun(&weeks->op->households[h].facts[a]) && start != DATE_NONE &&
            (next == DATE_NONE || start < next))
            next = start;
    }
    return next;
}

/* The household as it was, or NONE. */
static int household_then(const Finder *finder, int h) {
    const char *id = finder->weeks->op->households[h].id;
    return finder->weeks->then_op == NULL
               ? NONE
               : GPOINTER_TO_INT(g_hash_table_lookup(finder->then_households, id)) - 1;
}

/* Who served the household, even if the operation no longer has him. */
static const Resource *member_then(const Finder *finder, int h, int role) {
    const Weeks *weeks = finder->weeks;
    int r = weeks->previous->households[h].members[role], before = household_then(finder, h);
    if (r != NONE)
        return &weeks->op->resources[r];
    for (int i = 0; before != NONE && i < weeks->then_op->n_roles; i++) {
        int old = weeks->then->households[before].members[i];
        if (old != NONE && g_str_equal(weeks->then_op->roles[i].id, weeks->op->roles[role].id))
            return &weeks->then_op->resources[old];
    }
    return NULL;
}

static const Home *home_then(const Finder *finder, int h) {
    const Weeks *weeks = finder->weeks;
    int home = weeks->previous->households[h].home, before = household_then(finder, h);
    if (home != NONE)
        return &weeks->op->homes[home];
    home = before != NONE ? weeks->then->households[before].home : NONE;
    return home != NONE ? &weeks->then_op->homes[home] : NULL;
}

/* Members and homes change only for those who had dates before and have some now. */
static void compare_household(Finder *finder, int h) {
    const Weeks *weeks = finder->weeks;
    const PlanHousehold *now = &weeks->plan->households[h];
    if (!now->planned || !weeks->previous->households[h].planned)
        return;
    for (int role = 0; role < weeks->op->n_roles; role++) {
        const Resource *was = member_then(finder, h, role);
        Change change = change_of(CHANGE_MEMBER, weeks->op, h, NONE);
        if (was == NULL || now->members[role] == NONE)
            continue;
        change.member_then = was;
        change.member_now = &weeks->op->resources[now->members[role]];
        change.role = role;
        change.date = next_date(weeks, h, role);
        change.minute = MINUTE_NONE;
        if (!g_str_equal(was->id, change.member_now->id) && change.date != DATE_NONE)
            add(finder, change);
    }
    Change change = change_of(CHANGE_HOME, weeks->op, h, NONE);
    change.home_then = home_then(finder, h);
    change.home_now = now->home != NONE ? &weeks->op->homes[now->home] : NULL;
    change.date = next_date(weeks, h, NONE);
    change.minute = MINUTE_NONE;
    const char *id_then = change.home_then != NULL ? change.home_then->id : NULL;
    const char *id_now = change.home_now != NULL ? change.home_now->id : NULL;
    if (g_strcmp0(id_then, id_now) != 0 && change.date != DATE_NONE)
        add(finder, change);
}

/* Dates of tasks that the operation no longer has. */
static void find_gone(Finder *finder) {
    const Weeks *weeks = finder->weeks;
    const Operation *old = weeks->then_op, *op = weeks->op;
    GHashTable *here = g_hash_table_new(g_str_hash, g_str_equal);
    for (int h = 0; h < op->n_households; h++)
        g_hash_table_insert(here, (gpointer)(guintptr)op->households[h].id, GINT_TO_POINTER(h + 1));
    for (int h = 0; old != NULL && h < old->n_households; h++) {
        int now = GPOINTER_TO_INT(g_hash_table_lookup(here, old->households[h].id)) - 1;
        for (int a = 0; a < household_package(old, h)->n_tasks; a++) {
            bool stays = false;
            for (int b = 0; now != NONE && b < household_package(op, now)->n_tasks; b++)
                stays |= g_str_equal(household_package(op, now)->tasks[b].id,
                                     household_package(old, h)->tasks[a].id);
            const PlanTask *then = &weeks->then->households[h].tasks[a];
            if (stays || has_begun(&old->households[h].facts[a]) || then->start == DATE_NONE)
                continue;
            Change change = change_of(CHANGE_WITHDRAWN, old, h, a);
            change.then = *then;
            change.status = old->households[h].facts[a].status;
            change.date = then->start;
            change.minute = then->start_minute;
            add(finder, change);
        }
    }
    g_hash_table_destroy(here);
}

static const char *household_id(const Change *change) {
    return change->op->households[change->household].id;
}

static gint compare_changes(gconstpointer left, gconstpointer right, gpointer first) {
    const Change *a = left, *b = right;
    const char *id_a = household_id(a), *id_b = household_id(b);
    if (!g_str_equal(id_a, id_b)) {
        date_t soon_a = GPOINTER_TO_INT(g_hash_table_lookup(first, id_a));
        date_t soon_b = GPOINTER_TO_INT(g_hash_table_lookup(first, id_b));
        return soon_a != soon_b ? (soon_a < soon_b ? -1 : 1) : strcmp(id_a, id_b);
    }
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->minute != b->minute)
        return a->minute < b->minute ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->task != b->task ? a->task - b->task : a->role - b->role;
}

static void sort(GArray *changes) {
    GHashTable *first = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        gpointer key = (gpointer)(guintptr)household_id(change), date;
        if (!g_hash_table_lookup_extended(first, key, NULL, &date) ||
            change->date < GPOINTER_TO_INT(date))
            g_hash_table_insert(first, key, GINT_TO_POINTER(change->date));
    }
    g_array_sort_with_data(changes, compare_changes, first);
    g_hash_table_destroy(first);
}

Changes changes_between(const Weeks *weeks, Arena *arena) {
    Finder finder = {.weeks = weeks,
                     .then_households = g_hash_table_new(g_str_hash, g_str_equal),
                     .changes = g_array_new(FALSE, FALSE, sizeof(Change))};
    for (int h = 0; weeks->then_op != NULL && h < weeks->then_op->n_households; h++)
        g_hash_table_insert(finder.then_households,
                            (gpointer)(guintptr)weeks->then_op->households[h].id,
                            GINT_TO_POINTER(h + 1));
    for (int h = 0; h < weeks->op->n_households; h++) {
        for (int a = 0; a < household_package(weeks->op, h)->n_tasks; a++)
            compare_task(&finder, h, a);
        compare_household(&finder, h);
    }
    find_gone(&finder);
    sort(finder.changes);
    Changes changes = {.n = (int)finder.changes->len, .n_dates = finder.n_dates};
    changes.rows = ARENA_NEW(arena, Change, changes.n);
    if (changes.n > 0)
        memcpy(changes.rows, finder.changes->data, sizeof(Change) * (size_t)changes.n);
    g_array_free(finder.changes, TRUE);
    g_hash_table_destroy(finder.then_households);
    return changes;
}
