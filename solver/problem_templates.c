#include "solver/problem_internal.h"

#include <glib.h>
#include <string.h>

/* What is found once and used again while the templates are compiled. */
typedef struct Builder {
    Problem *problem;
    GHashTable *joint_of; /* bytes of works[] -> index + 1 */
    GHashTable *pair_of;  /* joint * n_resources + member -> index + 1 */
    GArray *joint, *pair_calendar, *pair_member;
} Builder;

static guint hash_bytes(gconstpointer key) {
    return g_bytes_hash(key);
}

/* The index of the joint calendar with these working days. */
static int joint_index(Builder *builder, const uint8_t *works) {
    const Problem *problem = builder->problem;
    GBytes *key = g_bytes_new(works, (size_t)problem->n_days);
    int found = GPOINTER_TO_INT(g_hash_table_lookup(builder->joint_of, key));
    if (found != 0) {
        g_bytes_unref(key);
        return found - 1;
    }
    uint8_t *own = ARENA_NEW(problem->arena, uint8_t, problem->n_days);
    int32_t *index = ARENA_NEW(problem->arena, int32_t, problem->n_days + 1);
    int32_t *day = ARENA_NEW(problem->arena, int32_t, problem->n_days);
    JointCalendar joint = {own, index, day, 0};
    for (day_t d = 0; d < problem->n_days; d++) {
        own[d] = works[d];
        index[d] = joint.count;
        if (works[d]) {
            day[joint.count++] = d;
        }
    }
    index[problem->n_days] = joint.count;
    g_array_append_val(builder->joint, joint);
    g_hash_table_insert(builder->joint_of, key, GINT_TO_POINTER((int)builder->joint->len));
    return (int)builder->joint->len - 1;
}

static int pair_index(Builder *builder, int joint, int member) {
    gpointer key = GINT_TO_POINTER(joint * builder->problem->n_resources + member + 1);
    int found = GPOINTER_TO_INT(g_hash_table_lookup(builder->pair_of, key));
    if (found == 0) {
        g_array_append_val(builder->pair_calendar, joint);
        g_array_append_val(builder->pair_member, member);
        found = (int)builder->pair_member->len;
        g_hash_table_insert(builder->pair_of, key, GINT_TO_POINTER(found));
    }
    return found - 1;
}

/* The members of a role, in groups that work on the same days. */
typedef struct Groups {
    int n;
    int *count;
    int **members;
} Groups;

static bool same_days(const Problem *problem, int r, int q) {
    for (day_t d = 0; d < problem->n_days; d++) {
        if (calendar_works(problem->calendar, r, d) != calendar_works(problem->calendar, q, d)) {
            return false;
        }
    }
    return true;
}

static Groups group_members(const Problem *problem, const Role *role) {
    Groups groups = {0, ARENA_NEW(problem->arena, int, role->n_members),
                     ARENA_NEW(problem->arena, int *, role->n_members)};
    for (int i = 0; i < role->n_members; i++) {
        int g = 0;
        while (g < groups.n && !same_days(problem, groups.members[g][0], role->members[i])) {
            g++;
        }
        if (g == groups.n) {
            groups.members[groups.n++] = ARENA_NEW(problem->arena, int, role->n_members);
        }
        groups.members[g][groups.count[g]++] = role->members[i];
    }
    return groups;
}

/* Adds the combination of one group per need, unless its members never work together. */
static void add_combination(Builder *builder, Template *template, const Groups *groups,
                            const int *choice) {
    Problem *problem = builder->problem;
    uint8_t *works = g_malloc((size_t)problem->n_days);
    bool ever = false;
    for (day_t d = 0; d < problem->n_days; d++) {
        works[d] = 1;
        for (int i = 0; i < template->n_needs; i++) {
            works[d] &= calendar_works(problem->calendar, groups[i].members[choice[i]][0], d);
        }
        ever = ever || works[d];
    }
    if (ever) {
        Combination *combination = &template->combinations[template->n_combinations++];
        combination->calendar = joint_index(builder, works);
        combination->n_members = ARENA_NEW(problem->arena, int, template->n_needs);
        combination->members = ARENA_NEW(problem->arena, const int *, template->n_needs);
        combination->pairs = ARENA_NEW(problem->arena, const int *, template->n_needs);
        for (int i = 0; i < template->n_needs; i++) {
            int n = groups[i].count[choice[i]];
            int *pairs = ARENA_NEW(problem->arena, int, n);
            for (int m = 0; m < n; m++) {
                pairs[m] =
                    pair_index(builder, combination->calendar, groups[i].members[choice[i]][m]);
            }
            combination->n_members[i] = n;
            combination->members[i] = groups[i].members[choice[i]];
            combination->pairs[i] = pairs;
        }
    }
    g_free(works);
}

static void add_combinations(Builder *builder, Template *template) {
    Problem *problem = builder->problem;
    Groups *groups = g_new0(Groups, template->n_needs + 1);
    int *choice = g_new0(int, template->n_needs + 1);
    int product = 1;
    for (int i = 0; i < template->n_needs; i++) {
        groups[i] = group_members(problem, &problem->op->roles[template->needs[i].role]);
        product *= groups[i].n;
    }
    template->combinations = ARENA_NEW(problem->arena, Combination, product);
    for (int step = 0; step < product; step++) {
        add_combination(builder, template, groups, choice);
        for (int i = 0; i < template->n_needs && ++choice[i] == groups[i].n; i++) {
            choice[i] = 0;
        }
    }
    g_free(groups);
    g_free(choice);
}

static void compile_task(Builder *builder, const Task *task, Template *template) {
    const Operation *op = builder->problem->op;
    template->appointment = task->minutes > 0;
    template->presence = task->presence;
    template->minutes = task->minutes;
    template->days = task->days;
    template->needs = ARENA_NEW(builder->problem->arena, RoleNeed, task->n_needs);
    for (int i = 0; i < task->n_needs; i++) {
        const Need *need = &task->needs[i];
        int k = 0;
        while (k < template->n_needs && template->needs[k].role != need->role) {
            k++;
        }
        if (k == template->n_needs) {
            template->needs[template->n_needs++] =
                (RoleNeed){need->role, 0, 0, op->roles[need->role].measure};
        }
        template->needs[k].amount += need->by_volume ? 0 : need->amount;
        template->needs[k].volumes += need->by_volume ? 1 : 0;
    }
    if (!template->appointment) {
        add_combinations(builder, template);
    }
}

/* Numbers the lengths of appointments that occur. */
static void number_durations(Problem *problem) {
    const Operation *op = problem->op;
    bool used[24 * 60 + 1] = {false};
    for (int p = 0; p < op->n_packages; p++) {
        for (int a = 0; a < op->packages[p].n_tasks; a++) {
            used[CLAMP(op->packages[p].tasks[a].minutes, 0, 24 * 60)] = true;
        }
    }
    int index[24 * 60 + 1];
    problem->duration = ARENA_NEW(problem->arena, int, 24 * 60 + 1);
    for (int minutes = 1; minutes <= 24 * 60; minutes++) {
        index[minutes] = problem->n_durations;
        if (used[minutes]) {
            problem->duration[problem->n_durations++] = minutes;
        }
    }
    for (int p = 0; p < op->n_packages; p++) {
        for (int a = 0; a < op->packages[p].n_tasks; a++) {
            Template *template = &problem->templates[p][a];
            template->duration =
                template->appointment ? index[CLAMP(template->minutes, 1, 24 * 60)] : 0;
        }
    }
}

void problem_add_templates(Problem *problem) {
    const Operation *op = problem->op;
    Builder builder = {
        problem,
        g_hash_table_new_full(hash_bytes, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL),
        g_hash_table_new(NULL, NULL),
        g_array_new(FALSE, FALSE, sizeof(JointCalendar)),
        g_array_new(FALSE, FALSE, sizeof(int)),
        g_array_new(FALSE, FALSE, sizeof(int)),
    };
    problem->templates = ARENA_NEW(problem->arena, Template *, op->n_packages);
    for (int p = 0; p < op->n_packages; p++) {
        const Package *package = &op->packages[p];
        problem->templates[p] = ARENA_NEW(problem->arena, Template, package->n_tasks);
        for (int a = 0; a < package->n_tasks; a++) {
            compile_task(&builder, &package->tasks[a], &problem->templates[p][a]);
        }
    }
    number_durations(problem);
    problem->n_joint = (int)builder.joint->len;
    problem->joint = ARENA_NEW(problem->arena, JointCalendar, problem->n_joint);
    if (problem->n_joint > 0) {
        memcpy(problem->joint, builder.joint->data, sizeof(JointCalendar) * builder.joint->len);
    }
    problem->n_pairs = (int)builder.pair_member->len;
    problem->pair_calendar = ARENA_NEW(problem->arena, int, problem->n_pairs);
    problem->pair_member = ARENA_NEW(problem->arena, int, problem->n_pairs);
    for (int i = 0; i < problem->n_pairs; i++) {
        problem->pair_calendar[i] = g_array_index(builder.pair_calendar, int, i);
        problem->pair_member[i] = g_array_index(builder.pair_member, int, i);
    }
    g_array_free(builder.joint, TRUE);
    g_array_free(builder.pair_calendar, TRUE);
    g_array_free(builder.pair_member, TRUE);
    g_hash_table_destroy(builder.joint_of);
    g_hash_table_destroy(builder.pair_of);
}
