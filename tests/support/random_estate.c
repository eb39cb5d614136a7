#include "tests/support/random_estate.h"

#include "tests/support/builder.h"
#include "tests/support/draw.h"

/* The works packages: one with a stay, one in the occupied home, one that moves out for good. */
enum { VISIT, KEYS, OUT, KITCHEN, BATH, BACK };

typedef struct Roles {
    int pilot, movers, lorries, fitter, plumber;
} Roles;

static Roles add_means(Operation *op, Draw *draw) {
    Roles roles = {build_role(op, "pilot", MEASURE_CLOCK), build_role(op, "movers", MEASURE_CREW),
                   build_role(op, "lorries", MEASURE_VOLUME),
                   build_role(op, "fitter", MEASURE_CREW), build_role(op, "plumber", MEASURE_CREW)};
    for (int i = 0; i < 1 + one_in(draw, 2); i++) {
        int pilot = build_resource(op, roles.pilot, i == 0 ? "paul" : "pia", 1 + one_in(draw, 6));
        if (one_in(draw, 2)) {
            build_evenings(op, pilot, one_in(draw, 2) ? NO_LIMIT : between(draw, 0, 2));
        }
    }
    build_resource(op, roles.movers, "movers", between(draw, 1, 2));
    build_resource(op, roles.lorries, "lorries", between(draw, 30, 60));
    build_resource(op, roles.fitter, "fitter1", between(draw, 1, 2));
    if (one_in(draw, 2)) {
        build_resource(op, roles.fitter, "fitter2", 1);
    }
    build_resource(op, roles.plumber, "plumber1", 1);
    if (one_in(draw, 2)) {
        int second = build_resource(op, roles.plumber, "plumber2", 1);
        op->resources[second].works[4] = one_in(draw, 2);
        op->resources[second].works[5] = one_in(draw, 2);
    }
    for (int i = between(draw, 0, 3); i > 0; i--) {
        date_t from = op->start + between(draw, 0, op->end - op->start);
        build_calendar(op, one_in(draw, 3) ? NONE : between(draw, 0, op->n_resources - 1), from,
                       from + between(draw, 0, 2), one_in(draw, 4) ? 2 : 0);
    }
    return roles;
}

static int add_stay(Operation *op, Draw *draw, const Roles *roles) {
    int package = build_package(op, "full");
    build_appointment(op, package, "visit", 15 * between(draw, 2, 6), roles->pilot);
    build_appointment(op, package, "keys", 30, roles->pilot);
    build_works(op, package, "out", 1, roles->movers);
    build_works(op, package, "kitchen", between(draw, 1, 3), roles->fitter);
    build_works(op, package, "bath", between(draw, 1, 2), roles->plumber);
    build_works(op, package, "back", 1, roles->movers);
    build_volume_need(op, package, OUT, roles->lorries);
    build_volume_need(op, package, BACK, roles->lorries);
    build_need(op, package, BATH, roles->fitter, 1);
    build_item(op, package, KITCHEN, "kitchen", 1, between(draw, 0, 2));
    build_lag(op, package, VISIT, KEYS, between(draw, 0, 2), one_in(draw, 2) ? 6 : NO_LIMIT);
    build_lag(op, package, KEYS, OUT, between(draw, 0, 2), one_in(draw, 2) ? 5 : NO_LIMIT);
    build_lag(op, package, OUT, KITCHEN, between(draw, 0, 1), one_in(draw, 2) ? 6 : NO_LIMIT);
    build_lag(op, package, OUT, BATH, 1, NO_LIMIT);
    build_lag(op, package, KITCHEN, BACK, 1, NO_LIMIT);
    build_lag(op, package, BATH, BACK, between(draw, 1, 3), NO_LIMIT);
    if (one_in(draw, 3)) {
        build_lag(op, package, KITCHEN, BATH, between(draw, -2, 1), 8);
    }
    op->packages[package].tasks[OUT].presence = true;
    op->packages[package].tasks[BACK].presence = true;
    build_moves(op, package, OUT, BACK);
    return package;
}

static int add_occupied(Operation *op, Draw *draw, const Roles *roles) {
    int package = build_package(op, "light");
    int visit = build_appointment(op, package, "visit", 60, roles->pilot);
    int bath = build_works(op, package, "bath", between(draw, 1, 3), roles->plumber);
    int look = build_appointment(op, package, "look", 30, roles->pilot);
    op->packages[package].tasks[bath].presence = true;
    build_need(op, package, look, roles->fitter, 1);
    build_lag(op, package, visit, bath, between(draw, 1, 3), NO_LIMIT);
    build_lag(op, package, bath, look, between(draw, 0, 1), between(draw, 3, 6));
    if (one_in(draw, 2)) {
        build_works(op, package, "paint", between(draw, 1, 2), roles->fitter);
    }
    return package;
}

static int add_transfer(Operation *op, Draw *draw, const Roles *roles) {
    int package = build_package(op, "transfer");
    int visit = build_appointment(op, package, "visit", 45, roles->pilot);
    int out = build_works(op, package, "out", 1, roles->movers);
    build_lag(op, package, visit, out, between(draw, 0, 3), NO_LIMIT);
    build_moves(op, package, out, NONE);
    return package;
}

/* When the tenant receives. */
static void add_windows(Operation *op, Draw *draw, int household) {
    if (one_in(draw, 2)) {
        bool evening = one_in(draw, 3);
        build_availability(op, household, AVAILABLE, op->start, op->end,
                           at(evening ? "17:30" : "08:00"), at(evening ? "20:30" : "17:00"));
        if (one_in(draw, 2)) {
            date_t from = op->start + between(draw, 0, 10);
            build_availability(op, household, PREFERRED, from, from + between(draw, 0, 5),
                               at("14:00"), at("19:30"));
        }
    }
    if (one_in(draw, 3)) {
        date_t from = op->start + between(draw, 0, 20);
        build_availability(op, household, ABSENT, from, from + between(draw, 0, 3), MINUTE_NONE,
                           MINUTE_NONE);
    }
}

/* The first weekday from the date on. */
static date_t weekday_from(date_t date) {
    while (date_weekday(date) > 4) {
        date++;
    }
    return date;
}

/* What was promised, or has begun. */
static void add_facts(Operation *op, Draw *draw, int household) {
    const Package *package = household_package(op, household);
    date_t visit = weekday_from(op->start + between(draw, 0, 5));
    if (one_in(draw, 3)) {
        Fact *fact =
            build_fact(op, household, 0, one_in(draw, 2) ? STATUS_CONFIRMED : STATUS_ANNOUNCED,
                       visit, one_in(draw, 2) ? at("09:30") : MINUTE_NONE);
        const Role *pilots = &op->roles[package->tasks[0].needs[0].role];
        if (fact->status == STATUS_CONFIRMED && one_in(draw, 2)) {
            fact->member = pilots->members[between(draw, 0, pilots->n_members - 1)];
        }
        if (one_in(draw, 2)) {
            int later = between(draw, 1, package->n_tasks - 1);
            build_fact(op, household, later, one_in(draw, 2) ? STATUS_CONFIRMED : STATUS_ANNOUNCED,
                       weekday_from(visit + between(draw, 3, 12)), MINUTE_NONE);
        }
    } else if (one_in(draw, 3)) {
        Fact *fact = build_fact(op, household, 0, STATUS_DONE, op->as_of - between(draw, 0, 4),
                                one_in(draw, 2) ? at("18:00") : at("10:00"));
        fact->member = op->roles[package->tasks[0].needs[0].role].members[0];
        if (package->move_back != NONE && one_in(draw, 2)) {
            build_fact(op, household, KEYS, STATUS_DONE, op->as_of, at("10:00"));
            fact = build_fact(op, household, OUT, STATUS_DONE, op->as_of, MINUTE_NONE);
            bool own = op->households[household].relocation == RELOCATION_OWN;
            fact->home = own ? NONE : household % op->n_homes;
            if (one_in(draw, 2)) {
                build_fact(op, household, KITCHEN, STATUS_STARTED, op->as_of, MINUTE_NONE);
            }
        }
    }
}

static void add_household(Operation *op, Draw *draw, int package) {
    static const char *const ids[] = {"H1", "H2", "H3", "H4", "H5"};
    int h = build_household(op, package, ids[op->n_households]);
    Household *household = &op->households[h];
    household->rooms = between(draw, 1, 2);
    household->volume = (milli_t)between(draw, 10, 25) * MILLI;
    household->weight = between(draw, 1, 2);
    household->relocation = one_in(draw, 5) ? RELOCATION_OWN : RELOCATION_HOME;
    household->earliest = one_in(draw, 4) ? op->start + between(draw, 0, 6) : DATE_NONE;
    household->deadline = one_in(draw, 2) ? op->start + between(draw, 8, 20) : DATE_NONE;
    household->max_nights_away = one_in(draw, 2) ? between(draw, 1, 6) : NO_LIMIT;
    if (one_in(draw, 4)) {
        household->members[0] = op->roles[0].members[0];
    }
    add_windows(op, draw, h);
}

Operation *random_estate(uint64_t seed) {
    static const char *const homes[] = {"home1", "home2", "home3", "home4", "home5"};
    Draw draw = draw_from(seed);
    Operation *op = build_operation();
    op->end = op->start + between(&draw, 18, 27);
    op->turnaround_days = between(&draw, 0, 2);
    if (one_in(&draw, 3)) {
        op->weights[PART_UNPLANNED_HOUSEHOLD] = 200;
    }
    Roles roles = add_means(op, &draw);
    int packages[] = {add_stay(op, &draw, &roles), add_occupied(op, &draw, &roles),
                      add_transfer(op, &draw, &roles)};
    int n_homes = between(&draw, 2, 4);
    for (int i = 0; i < n_homes; i++) {
        int home = build_home(op, homes[i]);
        op->homes[home].rooms = between(&draw, 1, 2);
        op->homes[home].from = one_in(&draw, 4) ? op->start + between(&draw, 0, 8) : DATE_NONE;
        op->homes[home].until = one_in(&draw, 4) ? op->end - between(&draw, 0, 6) : DATE_NONE;
    }
    int n = between(&draw, 3, 5);
    for (int h = 0; h < n; h++) {
        add_household(op, &draw, packages[one_in(&draw, 2) ? 0 : between(&draw, 0, 2)]);
    }
    for (int h = 0; h < n; h++) {
        add_facts(op, &draw, h);
        bool own = one_in(&draw, 4);
        build_delivery(op, "kitchen", 1, op->start + between(&draw, 0, 12), own ? h : NONE);
    }
    return op;
}
