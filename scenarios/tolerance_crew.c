/* tolerance_crew.c: how badly one unit of a crew would be missed, week by week. */
#include "scenarios/tolerance_internal.h"

#include "solver/calendar.h"

/* The member has one unit less in the week that begins on `monday`. */
static Alteration week_without(const Operation *op, int resource, date_t monday) {
    Alteration alteration = alteration_of(ALTER_CAPACITY_BY, resource);
    /* A lorry is missed whole: there is no unit of cubic metres. */
    alteration.number = op->resources[resource].measure == MEASURE_VOLUME
                            ? -op->resources[resource].capacity
                            : -MILLI;
    alteration.from = monday;
    alteration.until = monday + 6;
    return alteration;
}

static bool works_in_week(const Operation *op, const Calendar *calendar, int resource,
                          date_t monday) {
    bool works = false;
    for (date_t date = MAX(monday, op->as_of); date < monday + 7; date++)
        works |= calendar_works(calendar, resource, date - op->start);
    return works;
}

bool tolerance_of_crew(const Inquiry *inquiry, int resource, CrewTolerance *answer) {
    const Operation *op = inquiry->op;
    Arena *arena = arena_new();
    const Calendar *calendar = calendar_new(arena, op);
    bool good = true;
    *answer = (CrewTolerance){.resource = resource, .done = true, .worst = DATE_NONE};
    date_t first = MAX(op->start, op->as_of);
    for (date_t monday = first - date_weekday(first); monday <= op->end && good; monday += 7) {
        Alteration alteration = week_without(op, resource, monday);
        Effect effect;
        if (!works_in_week(op, calendar, resource, monday))
            continue;
        answer->n_weeks++;
        if (inquiry_stands(inquiry, &alteration)) {
            answer->n_standing++;
            continue;
        }
        good = inquiry_effect(inquiry, &alteration, &effect);
        if (good && (answer->worst == DATE_NONE || effect.cost > answer->cost)) {
            answer->worst = monday;
            answer->cost = effect.cost;
            answer->n_promises = effect.n_promises;
            answer->n_returns = effect.n_returns;
            answer->n_unplanned = effect.n_unplanned;
        }
    }
    arena_free(arena);
    return good;
}
