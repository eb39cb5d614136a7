/* events_carry.c: what calendars were told before decides what they have to be told now. */
#include <string.h>

#include "io/events_internal.h"
#include "solver/promise.h"

typedef struct Carrier {
    Arena *arena;
    Events *events;
    GHashTable *live; /* event_key() to Event * */
    GArray *past;     /* Event, by value */
} Carrier;

/* A household as a withdrawn event knows it: nothing but whom and where it was about. */
static const EventHousehold *copy_household(Arena *arena, const EventHousehold *old) {
    EventHousehold *copy = ARENA_NEW(arena, EventHousehold, 1);
    *copy = (EventHousehold){.id = arena_strdup(arena, old->id),
                             .name = arena_strdup(arena, old->name),
                             .dwelling = "",
                             .building = "",
                             .phone = "",
                             .needs = "",
                             .absences = "",
                             .notes = "",
                             .access = "",
                             .home = ""};
    return copy;
}

/* Adds the old event, with these members, to those of the past. Nobody needs to be told of what
 * was to happen before today. */
static void add_past(const Carrier *carrier, const Event *old, EventState state, int sequence,
                     const char *const *members, int n_members) {
    Arena *arena = carrier->arena;
    date_t as_of = carrier->events->as_of;
    date_t until = old->state == EVENT_LIVE ? MAX(old->finish, as_of + DAYS_TO_LEARN) : old->until;
    bool over =
        old->state == EVENT_FORGOTTEN || (old->state == EVENT_LIVE ? old->finish : until) < as_of;
    if (over && state == EVENT_REPLACED)
        return;
    Event event = {.household = copy_household(arena, old->household),
                   .task = arena_strdup(arena, old->task),
                   .label = arena_strdup(arena, old->label),
                   .place = arena_strdup(arena, old->place),
                   .move = old->move,
                   .start = old->start,
                   .finish = old->finish,
                   .start_minute = old->start_minute,
                   .finish_minute = old->finish_minute,
                   .status = old->status,
                   .sequence = sequence,
                   .n_members = n_members,
                   .members = ARENA_NEW(arena, const char *, n_members),
                   .state = over ? EVENT_FORGOTTEN : state,
                   .until = until};
    for (int i = 0; i < n_members; i++)
        event.members[i] = arena_strdup(arena, members[i]);
    g_array_append_val(carrier->past, event);
}

/* Those of the old event's members that do not come any more are told, under `sequence`. */
static void add_replaced(const Carrier *carrier, const Event *old, const Event *now, int sequence) {
    const char **gone = g_new(const char *, old->n_members + 1);
    int n = 0;
    for (int i = 0; i < old->n_members; i++)
        if (!event_has_member(now, old->members[i]))
            gone[n++] = old->members[i];
    if (n > 0)
        add_past(carrier, old, EVENT_REPLACED, sequence, gone, n);
    g_free(gone);
}

static bool changed(const Event *old, const Event *now) {
    return !same_start(old->start, old->start_minute, now->start, now->start_minute) ||
           !same_start(old->finish, old->finish_minute, now->finish, now->finish_minute) ||
           !g_str_equal(old->place, now->place);
}

static Event *find_live(const Carrier *carrier, const Event *old) {
    char *key = event_key(old->household->id, old->task);
    Event *now = g_hash_table_lookup(carrier->live, key);
    g_free(key);
    return now;
}

/* An event that was live in the plan before. */
static void carry_live(const Carrier *carrier, const Event *old) {
    Event *now = find_live(carrier, old);
    if (now == NULL) {
        add_past(carrier, old, EVENT_WITHDRAWN, old->sequence + 1, old->members, old->n_members);
        return;
    }
    now->sequence = MAX(now->sequence, old->sequence + (changed(old, now) ? 1 : 0));
}

/* An event that somebody was told not to expect any more: it is news for them when it comes back.
 */
static void raise_returned(const Carrier *carrier, const Event *old) {
    Event *now = find_live(carrier, old);
    if (now == NULL)
        return;
    bool returned = old->state != EVENT_REPLACED;
    for (int i = 0; i < old->n_members; i++)
        returned |= event_has_member(now, old->members[i]);
    if (returned)
        now->sequence = MAX(now->sequence, old->sequence + 1);
}

static void carry_past(const Carrier *carrier, const Event *old) {
    const Event *now = find_live(carrier, old);
    if (now == NULL)
        add_past(carrier, old, old->state, old->sequence, old->members, old->n_members);
    else
        add_replaced(carrier, old, now, old->sequence);
}

static int compare_events(const void *left, const void *right) {
    const Event *a = left, *b = right;
    int order = strcmp(a->household->id, b->household->id);
    if (order == 0)
        order = strcmp(a->task, b->task);
    if (order == 0)
        order = (int)a->state - (int)b->state;
    if (order == 0)
        order = a->sequence - b->sequence;
    return order != 0 || a->n_members == 0 || b->n_members == 0
               ? order
               : strcmp(a->members[0], b->members[0]);
}

void events_carry(Arena *arena, Events *events, const Events *previous) {
    Carrier carrier = {arena, events, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                       g_array_new(FALSE, FALSE, sizeof(Event))};
    for (int i = 0; i < events->n_live; i++)
        g_hash_table_insert(carrier.live,
                            event_key(events->live[i].household->id, events->live[i].task),
                            &events->live[i]);
    /* Sequences first: those who are told of a replacement are told under the next one. */
    for (int i = 0; i < previous->n_live; i++)
        carry_live(&carrier, &previous->live[i]);
    for (int i = 0; i < previous->n_past; i++)
        raise_returned(&carrier, &previous->past[i]);
    for (int i = 0; i < previous->n_live; i++) {
        const Event *now = find_live(&carrier, &previous->live[i]);
        if (now != NULL)
            add_replaced(&carrier, &previous->live[i], now, now->sequence + 1);
    }
    for (int i = 0; i < previous->n_past; i++)
        carry_past(&carrier, &previous->past[i]);
    g_array_sort(carrier.past, compare_events);
    events->n_past = (int)carrier.past->len;
    events->past = ARENA_NEW(arena, Event, events->n_past);
    for (int i = 0; i < events->n_past; i++)
        events->past[i] = g_array_index(carrier.past, Event, i);
    g_array_free(carrier.past, TRUE);
    g_hash_table_destroy(carrier.live);
}
