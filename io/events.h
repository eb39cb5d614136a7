/*
 * events.h: the dates of a plan as calendars show them, with what calendars were told before.
 *
 * An event is one dated task of one household. What makes an event a later edition of one that a
 * calendar has already (RFC 5545, 3.8.7.4) is its sequence; it rises when, and only when, the date
 * or the place changes, a date that is withdrawn or comes back included. It is carried from plan
 * to plan in plan.json, and so are the events that were withdrawn, until every calendar has had the
 * time to learn it.
 *
 * Everything belongs to the arena that the events were made in.
 */
#ifndef PILOTE_EVENTS_H
#define PILOTE_EVENTS_H

#include "io/fault.h"
#include "solver/plan.h"

/* What an event may say of a household. Texts are "" when there is nothing to say. */
typedef struct EventHousehold {
    const char *id, *name, *dwelling, *building;
    const char *phone, *needs, *absences, *notes; /* told to the pilot alone */
    const char *access;                           /* how to get in: told to everybody who comes */
    const char *home;                             /* id of the temporary home */
} EventHousehold;

typedef enum EventState {
    EVENT_LIVE,
    EVENT_WITHDRAWN, /* it has no date any more */
    EVENT_REPLACED,  /* `members` were replaced by others; for everybody else it is live */
    EVENT_FORGOTTEN  /* withdrawn, and no calendar needs to be told; its sequence is kept */
} EventState;

typedef struct Event {
    const EventHousehold *household;
    const char *task, *label, *place; /* `place` "" when it is not known */
    Move move;
    date_t start, finish;                 /* both included; the last ones it had if withdrawn */
    minute_t start_minute, finish_minute; /* MINUTE_NONE: all day */
    Status status;
    int sequence;
    int n_members;
    const char **members; /* ids of those who come, in the order of the task's needs */
    EventState state;
    date_t until; /* withdrawn or replaced: the last as-of day on which calendars are told */
} Event;

typedef struct EventMember {
    const char *id, *role, *label;
} EventMember;

typedef struct Events {
    const char *operation, *timezone, *language;
    const char *space; /* the UUID in which events are named; kept when the operation is renamed */
    date_t as_of;
    int n_households, n_members, n_live, n_past;
    EventHousehold *households; /* in the plan's order */
    EventMember *members;       /* of the operation, in its order */
    Event *live;                /* by household, then in the package's order */
    Event *past;                /* those that are not EVENT_LIVE, by household and task */
} Events;

/* The plan's events; `previous` are those of the plan before, or NULL. */
Events *events_new(Arena *arena, const Operation *op, const Plan *plan, const Events *previous);

/*
 * Reads the events of the plan.json at `path`. Faults are appended; returns NULL when one was an
 * error. The plan of another program may leave out what makes events rich; without `timezone` it
 * has no events unless `previous` is true (last week's plan, of which dates and sequences count).
 */
Events *events_read(const char *path, Arena *arena, bool previous, Faults *faults);

/* Writes the event's UID into text[UUID_TEXT] and returns text: a function of the operation, the
 * household and the task, and of nothing else. */
char *event_uid(const Events *events, const Event *event, char *text);

/* Whether the resource is among those who come. */
bool event_has_member(const Event *event, const char *member);

#endif
