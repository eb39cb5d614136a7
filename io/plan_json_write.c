/* plan_json_write.c: a plan as JSON, laid out so that people can read and compare it: cJSON would
 * print one endless line or one value a line. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "io/json_write.h"
#include "io/plan_json.h"
#include "io/plan_json_events.h"

static void append_cost(GString *out, const char *key, cost_t cost) {
    g_string_append_printf(out, "\"%s\": %" G_GINT64_FORMAT, key, cost);
}

static void append_objective(GString *out, const Plan *plan) {
    char gap[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(gap, sizeof gap, "%.4g", round(plan_gap(plan) * 1e4) / 1e4);
    g_string_append(out, "  \"objective\": {");
    append_cost(out, "total", plan->total);
    g_string_append(out, ", ");
    append_cost(out, "bound", plan->bound);
    g_string_append_printf(out, ", \"gap\": %s,\n                \"parts\": {", gap);
    for (int p = 0; p < PART_COUNT; p++) {
        if (p > 0)
            g_string_append(out, p % 4 == 0 ? ",\n                          " : ", ");
        append_cost(out, part_infos[p].name, plan->parts[p]);
    }
    g_string_append(out, "}},\n");
}

static void append_members(GString *out, const Operation *op, const PlanHousehold *ph) {
    bool any = false;
    GString *members = g_string_new(NULL);
    for (int role = 0; role < op->n_roles; role++) {
        if (ph->members[role] == NONE)
            continue;
        if (any)
            g_string_append(members, ", ");
        json_write_string(members, op->roles[role].id);
        g_string_append(members, ": ");
        json_write_string(members, op->resources[ph->members[role]].id);
        any = true;
    }
    if (any || ph->planned)
        g_string_append_printf(out, ",\n     \"members\": {%s}", members->str);
    g_string_free(members, TRUE);
}

static void append_task(GString *out, const Task *task, const PlanTask *pt, const Event *event) {
    char text[DATE_TEXT];
    g_string_append(out, "       {");
    json_write_pair(out, "task", task->id);
    g_string_append(out, ", ");
    json_write_pair(out, "start", date_time_text(pt->start, pt->start_minute, text));
    g_string_append(out, ", ");
    json_write_pair(out, "finish", date_time_text(pt->finish, pt->finish_minute, text));
    g_string_append(out, ", ");
    json_write_pair(out, "status", status_names[pt->status]);
    plan_json_event(out, event);
    g_string_append_c(out, '}');
}

/* `*next` is the household's first event and is set behind its last. */
static void append_tasks(GString *out, const Package *package, const PlanHousehold *ph,
                         const Event **next) {
    bool any = false;
    g_string_append(out, ",\n     \"tasks\": [");
    for (int a = 0; a < package->n_tasks; a++) {
        if (ph->tasks[a].start == DATE_NONE)
            continue;
        g_string_append(out, any ? ",\n" : "\n");
        append_task(out, &package->tasks[a], &ph->tasks[a], (*next)++);
        any = true;
    }
    g_string_append(out, any ? "\n     ]" : "]");
}

static void append_household(GString *out, const Operation *op, const Plan *plan, int h,
                             const EventHousehold *household, const Event **next) {
    const PlanHousehold *ph = &plan->households[h];
    g_string_append(out, "    {");
    json_write_pair(out, "household", op->households[h].id);
    g_string_append_printf(out, ", \"planned\": %s", ph->planned ? "true" : "false");
    if (ph->home != NONE) {
        g_string_append(out, ", ");
        json_write_pair(out, "home", op->homes[ph->home].id);
    }
    append_members(out, op, ph);
    if (ph->planned || ph->nights_away > 0)
        g_string_append_printf(out, ",\n     \"nights_away\": %d", ph->nights_away);
    append_tasks(out, household_package(op, h), ph, next);
    if (!ph->planned) {
        g_string_append(out, ",\n     \"reasons\": [");
        for (int r = 0; r < ph->n_reasons; r++) {
            g_string_append(out, r > 0 ? ", " : "");
            json_write_string(out, ph->reasons[r]);
        }
        g_string_append_c(out, ']');
    }
    plan_json_household(out, household);
    g_string_append_c(out, '}');
}

/* The files that the plan was made from, so that next week's can say what has changed since. */
static void append_inputs(GString *out, const Operation *op) {
    if (op->n_inputs == 0)
        return;
    g_string_append(out, ",\n  \"inputs\": {");
    for (int i = 0; i < op->n_inputs; i++) {
        g_string_append(out, i > 0 ? ",\n    " : "\n    ");
        json_write_pair(out, op->inputs[i].file, op->inputs[i].text);
    }
    g_string_append(out, "\n  }");
}

char *plan_to_json(const Operation *op, const Plan *plan, const Events *events) {
    char as_of[DATE_TEXT];
    GString *out = g_string_new("{\n  ");
    json_write_pair(out, "format", PLAN_FORMAT);
    g_string_append(out, ",\n  ");
    json_write_pair(out, "operation", op->name);
    g_string_append(out, ",\n  ");
    json_write_pair(out, "as_of", date_text(plan->as_of, as_of));
    if (plan->follows != DATE_NONE) {
        g_string_append(out, ",\n  ");
        json_write_pair(out, "follows", date_text(plan->follows, as_of));
    }
    g_string_append(out, ",\n  ");
    json_write_pair(out, "status", plan_status_names[plan->status]);
    g_string_append(out, ",\n");
    append_objective(out, plan);
    const Event *next = events->live;
    g_string_append(out, "  \"households\": [");
    for (int h = 0; h < op->n_households; h++) {
        g_string_append(out, h > 0 ? ",\n" : "\n");
        append_household(out, op, plan, h, &events->households[h], &next);
    }
    g_string_append(out, op->n_households > 0 ? "\n  ]" : "]");
    plan_json_calendar(out, events);
    append_inputs(out, op);
    g_string_append(out, "\n}\n");
    return g_string_free(out, FALSE);
}
