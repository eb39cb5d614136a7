/* events.c: events from a plan and its operation. */
#include "io/events.h"

#include <string.h>

#include "io/events_internal.h"
#include "io/tell.h"
#include "io/uuid.h"
#include "solver/language.h"

enum { WHOLE_DAY = 24 * 60 };

char *event_key(const char *household, const char *task) {
    return g_strconcat(household, "\n", task, NULL); /* ids are of one line */
}

char *event_uid(const Events *events, const Event *event, char *text) {
    return uuid_from_name(events->space, event->household->id, event->task, text);
}

bool event_has_member(const Event *event, const char *member) {
    for (int i = 0; i < event->n_members; i++)
        if (g_str_equal(event->members[i], member))
            return true;
    return false;
}

/* Takes over `text`. */
static const char *keep(Arena *arena, char *text) {
    const char *kept = arena_strdup(arena, text);
    g_free(text);
    return kept;
}

static void append_absence(GString *out, const Operation *op, const AvailabilityRow *row) {
    char text[DATE_TEXT];
    const char *separator = out->len > 0 ? "; " : "";
    if (row->from != DATE_NONE) {
        g_string_append_printf(out, "%s%s", separator,
                               tell_moment(op, row->from, MINUTE_NONE, text));
        if (row->until != row->from)
            g_string_append_printf(out, " - %s", tell_moment(op, row->until, MINUTE_NONE, text));
    } else {
        for (int d = 0; d < 7; d++)
            if (row->weekdays[d]) {
                g_string_append_printf(out, "%s%s", separator, tell_weekday(d));
                separator = ", ";
            }
    }
    if (row->start > 0 || row->end < WHOLE_DAY)
        g_string_append_printf(out, " %02d:%02d-%02d:%02d", row->start / 60, row->start % 60,
                               row->end / 60, row->end % 60);
}

/* The absences that are not over. */
static const char *absences_of(Arena *arena, const Operation *op, int h) {
    GString *out = g_string_new(NULL);
    for (int i = 0; i < op->n_availability; i++) {
        const AvailabilityRow *row = &op->availability[i];
        if (row->household == h && row->kind == ABSENT &&
            (row->from == DATE_NONE || row->until >= op->as_of))
            append_absence(out, op, row);
    }
    return keep(arena, g_string_free(out, FALSE));
}

static const char *needs_of(Arena *arena, const Household *household) {
    char *rooms = g_strdup_printf(n_("%d room", "%d rooms", household->rooms), household->rooms);
    char *text =
        household->accessible ? g_strdup_printf(_("%s, step-free access"), rooms) : g_strdup(rooms);
    g_free(rooms);
    return keep(arena, text);
}

static EventHousehold household_of(Arena *arena, const Operation *op, const Plan *plan, int h) {
    const Household *household = &op->households[h];
    int home = plan->households[h].home;
    return (EventHousehold){.id = arena_strdup(arena, household->id),
                            .name = arena_strdup(arena, household->name),
                            .dwelling = arena_strdup(arena, household->dwelling),
                            .building = arena_strdup(arena, household->building),
                            .phone = arena_strdup(arena, household->phone),
                            .needs = needs_of(arena, household),
                            .absences = absences_of(arena, op, h),
                            .notes = arena_strdup(arena, household->notes),
                            .access = arena_strdup(arena, household->access),
                            .home = home != NONE ? arena_strdup(arena, op->homes[home].id) : ""};
}

char *event_address(const char *dwelling, const char *building) {
    if (building[0] == '\0' || strstr(dwelling, building) != NULL)
        return g_strdup(dwelling);
    return dwelling[0] == '\0' ? g_strdup(building) : g_strconcat(dwelling, ", ", building, NULL);
}

/* Where the task takes place; a move goes from one place to another. */
static const char *place_of(Arena *arena, const Operation *op, const Plan *plan, int h, Move move) {
    const Household *household = &op->households[h];
    int home = plan->households[h].home;
    char *dwelling = event_address(household->dwelling, household->building);
    if (move == MOVE_NONE || home == NONE)
        return keep(arena, dwelling);
    char *relay = event_address(op->homes[home].id, op->homes[home].building);
    char *place = move == MOVE_OUT ? g_strconcat(dwelling, " \xe2\x86\x92 ", relay, NULL)
                                   : g_strconcat(relay, " \xe2\x86\x92 ", dwelling, NULL);
    g_free(dwelling);
    g_free(relay);
    return keep(arena, place);
}

static void set_members(Arena *arena, const Operation *op, const PlanHousehold *ph,
                        const Task *task, Event *event) {
    event->members = ARENA_NEW(arena, const char *, task->n_needs);
    for (int i = 0; i < task->n_needs; i++) {
        int r = ph->members[task->needs[i].role];
        if (r != NONE)
            event->members[event->n_members++] = arena_strdup(arena, op->resources[r].id);
    }
}

static Event event_of(Arena *arena, const Operation *op, const Plan *plan, int h, int a) {
    const PlanHousehold *ph = &plan->households[h];
    const PlanTask *pt = &ph->tasks[a];
    const Task *task = &household_package(op, h)->tasks[a];
    Event event = {.task = arena_strdup(arena, task->id),
                   .label = arena_strdup(arena, task->label),
                   .place = place_of(arena, op, plan, h, task->move),
                   .move = task->move,
                   .start = pt->start,
                   .finish = pt->finish,
                   .start_minute = pt->start_minute,
                   .finish_minute = pt->finish_minute,
                   .status = pt->status,
                   .until = DATE_NONE};
    set_members(arena, op, ph, task, &event);
    return event;
}

static void add_live(Arena *arena, const Operation *op, const Plan *plan, Events *events) {
    for (int h = 0; h < op->n_households; h++)
        events->n_live += household_package(op, h)->n_tasks;
    events->live = ARENA_NEW(arena, Event, events->n_live);
    events->n_live = 0;
    for (int h = 0; h < op->n_households; h++) {
        events->households[h] = household_of(arena, op, plan, h);
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            if (plan->households[h].tasks[a].start == DATE_NONE)
                continue;
            Event event = event_of(arena, op, plan, h, a);
            event.household = &events->households[h];
            events->live[events->n_live++] = event;
        }
    }
}

static const char *space_of(Arena *arena, const Operation *op, const Events *previous) {
    char uuid[UUID_TEXT];
    return arena_strdup(arena, previous != NULL
                                   ? previous->space
                                   : uuid_from_name(UUID_OPERATIONS, op->name, NULL, uuid));
}

Events *events_new(Arena *arena, const Operation *op, const Plan *plan, const Events *previous) {
    Events *events = ARENA_NEW(arena, Events, 1);
    *events = (Events){.operation = arena_strdup(arena, op->name),
                       .timezone = arena_strdup(arena, op->timezone),
                       .language = arena_strdup(arena, op->language),
                       .space = space_of(arena, op, previous),
                       .as_of = plan->as_of,
                       .n_households = op->n_households,
                       .n_members = op->n_resources};
    events->households = ARENA_NEW(arena, EventHousehold, op->n_households);
    events->members = ARENA_NEW(arena, EventMember, op->n_resources);
    for (int r = 0; r < op->n_resources; r++)
        events->members[r] = (EventMember){arena_strdup(arena, op->resources[r].id),
                                           arena_strdup(arena, op->roles[op->resources[r].role].id),
                                           arena_strdup(arena, op->resources[r].label)};
    add_live(arena, op, plan, events);
    if (previous != NULL)
        events_carry(arena, events, previous);
    return events;
}
