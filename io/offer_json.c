#include "io/offer.h"

#include "solver/changes.h"

static void add_moment(cJSON *object, const char *key, date_t date, minute_t minute) {
    char text[DATE_TEXT];
    if (date != DATE_NONE)
        cJSON_AddStringToObject(object, key, date_time_text(date, minute, text));
}

cJSON *changes_json(const Operation *op, const Plan *then, const Plan *now, int h, bool others) {
    Arena *arena = arena_new();
    Weeks weeks = {.op = op, .previous = then, .plan = now};
    Changes changes = changes_between(&weeks, arena);
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < changes.n; i++) {
        const Change *change = &changes.rows[i];
        if (change->task == NONE || (change->household == h) == others)
            continue;
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddStringToObject(entry, "household", op->households[change->household].id);
        cJSON_AddStringToObject(entry, "task",
                                household_package(op, change->household)->tasks[change->task].id);
        add_moment(entry, "then", change->then.start, change->then.start_minute);
        add_moment(entry, "now", change->now.start, change->now.start_minute);
        cJSON_AddItemToArray(list, entry);
    }
    arena_free(arena);
    return list;
}

static char *printed(cJSON *root) {
    char *text = cJSON_PrintUnformatted(root);
    char *line = g_strconcat(text, "\n", NULL);
    cJSON_free(text);
    cJSON_Delete(root);
    return line;
}

char *offers_json(const Standing *standing, const Wish *wish, const Offer *offers, int n) {
    const Operation *op = standing->op;
    int h = wish->household;
    const PlanTask *now = &standing->plan->households[h].tasks[wish->task];
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "household", op->households[h].id);
    cJSON_AddStringToObject(root, "task", household_package(op, h)->tasks[wish->task].id);
    add_moment(root, "planned", now->start, now->start_minute);
    cJSON *list = cJSON_AddArrayToObject(root, "offers");
    for (int i = 0; i < n; i++) {
        const Offer *offer = &offers[i];
        int slot = offer->minute == MINUTE_NONE ? NONE : 0;
        while (slot != NONE && slot < op->n_slots && offer->minute >= op->slots[slot].to)
            slot++;
        cJSON *entry = cJSON_CreateObject();
        add_moment(entry, "start", offer->start, offer->minute);
        cJSON_AddBoolToObject(entry, "late",
                              slot >= 0 && slot < op->n_slots && op->slots[slot].late);
        cJSON_AddNumberToObject(entry, "cost", (double)offer->cost);
        cJSON_AddNumberToObject(entry, "moved_households", offer->n_moved);
        add_moment(entry, "finish", last_finish(op, offer->plan, h), MINUTE_NONE);
        cJSON_AddNumberToObject(entry, "nights_away", offer->plan->households[h].nights_away);
        cJSON_AddItemToObject(entry, "own",
                              changes_json(op, standing->plan, offer->plan, h, false));
        cJSON_AddItemToObject(entry, "others",
                              changes_json(op, standing->plan, offer->plan, h, true));
        cJSON_AddItemToArray(list, entry);
    }
    return printed(root);
}

char *freed_json(const Standing *standing, const FreedSlot *slot, const Freed *freed) {
    const Operation *op = standing->op;
    const Plan *then = freed->without == NULL ? standing->plan : freed->without->plan;
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "member", op->resources[slot->member].id);
    add_moment(root, "start", slot->start, slot->minute);
    if (freed->holder != NONE) {
        const PlanTask *task = &then->households[freed->holder].tasks[freed->holder_task];
        cJSON *holder = cJSON_AddObjectToObject(root, "holder");
        cJSON_AddStringToObject(holder, "household", op->households[freed->holder].id);
        cJSON_AddStringToObject(holder, "task",
                                household_package(op, freed->holder)->tasks[freed->holder_task].id);
        if (freed->holder_has_date)
            add_moment(holder, "instead", task->start, task->start_minute);
    }
    cJSON *list = cJSON_AddArrayToObject(root, "uses");
    for (int i = 0; i < freed->n; i++) {
        const FreedUse *use = &freed->uses[i];
        const Plan *otherwise = use->otherwise;
        int h = use->household;
        const PlanTask *before = &otherwise->households[h].tasks[use->task];
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddStringToObject(entry, "household", op->households[h].id);
        cJSON_AddStringToObject(entry, "task", household_package(op, h)->tasks[use->task].id);
        cJSON_AddStringToObject(entry, "phone", op->households[h].phone);
        add_moment(entry, "then", before->start, before->start_minute);
        cJSON_AddNumberToObject(entry, "gain", (double)use->gain);
        add_moment(entry, "finish", last_finish(op, use->plan, h), MINUTE_NONE);
        add_moment(entry, "finish_then", last_finish(op, otherwise, h), MINUTE_NONE);
        cJSON_AddNumberToObject(entry, "nights_away", use->plan->households[h].nights_away);
        cJSON_AddNumberToObject(entry, "nights_away_then", otherwise->households[h].nights_away);
        cJSON_AddItemToObject(entry, "own", changes_json(op, otherwise, use->plan, h, false));
        cJSON_AddItemToArray(list, entry);
    }
    return printed(root);
}
