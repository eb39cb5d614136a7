/* estate.c: draws the households of an estate and when their tenants can be met. */
#include "bench/generator/estate.h"

enum { HOUSEHOLDS_PER_BUILDING = 12, LATEST_EARLIEST = 120 };

/* The first households have one package each, so that every role and item occurs. */
static GenPackage draw_package(Estate *estate, int h) {
    static const GenPackage first[] = {PACKAGE_FULL, PACKAGE_OCCUPIED, PACKAGE_ASBESTOS,
                                       PACKAGE_BATHROOM, PACKAGE_GENERAL};
    if (h < (estate->options.general ? 5 : 4))
        return first[h];
    static const int shares[] = {
        [PACKAGE_FULL] = 42,     [PACKAGE_ASBESTOS] = 13, [PACKAGE_GENERAL] = 0,
        [PACKAGE_OCCUPIED] = 30, [PACKAGE_BATHROOM] = 15,
    };
    GenPackage package = (GenPackage)draw_share(&estate->draw, shares, PACKAGE_COUNT);
    if (package == PACKAGE_FULL && estate->options.general && draw_percent(&estate->draw, 40))
        return PACKAGE_GENERAL;
    return package;
}

static void draw_needs(Estate *estate, GenHousehold *household) {
    Draw *draw = &estate->draw;
    static const int rooms[] = {15, 45, 30, 10};                            /* 2 to 5 */
    static const int least[] = {24, 40, 60, 80}, most[] = {40, 60, 80, 96}; /* half m3 */
    int size = draw_share(draw, rooms, 4);
    household->rooms = size + 2;
    household->half_m3 = draw_between(draw, least[size], most[size]);
    static const int weights[] = {80, 13, 7};
    household->weight = 1 + draw_share(draw, weights, 3);
    household->earliest = household->deadline = DATE_NONE;
    if (draw_percent(draw, 8))
        household->earliest = estate->start + draw_between(draw, 7, LATEST_EARLIEST);
    else if (draw_percent(draw, 10))
        household->deadline = estate->end - draw_between(draw, 30, 140);
    if (!gen_package_moves(household->package))
        return;
    household->accessible = draw_percent(draw, 6);
    household->own = !household->accessible && draw_percent(draw, 12);
    if (draw_percent(draw, 15))
        household->max_nights = 5 * draw_between(draw, 8, 14);
}

static void add_absence(GenHousehold *household, date_t from, date_t until) {
    household->absence_from[household->n_absences] = from;
    household->absence_until[household->n_absences++] = until;
}

static void draw_times(Estate *estate, GenHousehold *household) {
    static const int shares[TIMES_COUNT] = {
        [TIMES_ANY] = 38,      [TIMES_EVENINGS] = 14, [TIMES_EVENINGS_SATURDAYS] = 14,
        [TIMES_MORNINGS] = 13, [TIMES_SOME_DAYS] = 6, [TIMES_PREFERRED] = 15,
    };
    Draw *draw = &estate->draw;
    household->times = (GenTimes)draw_share(draw, shares, TIMES_COUNT);
    household->detail = draw_between(draw, 0, 3);
    date_t new_year = date_from_ymd(2027, 1, 1);
    if (draw_percent(draw, 14))
        add_absence(household, new_year - 12, new_year + 3);
    if (draw_percent(draw, 18)) {
        date_t from = estate->start + draw_between(draw, 30, 290);
        add_absence(household, from, from + draw_between(draw, 4, 13));
    }
    if (draw_percent(draw, 15)) {
        date_t day = estate->start + draw_between(draw, 15, 300);
        add_absence(household, day, day);
    }
}

Estate *estate_new(const GenOptions *options) {
    Estate *estate = g_new0(Estate, 1);
    estate->options = *options;
    estate->draw.state = options->seed;
    estate->as_of = date_from_ymd(2026, 9, 4);
    estate->start = date_from_ymd(2026, 9, 7);
    estate->end = date_from_ymd(2027, 7, 30);
    estate->n_buildings =
        (options->households + HOUSEHOLDS_PER_BUILDING - 1) / HOUSEHOLDS_PER_BUILDING;
    estate->households = g_new0(GenHousehold, options->households);
    estate->members = g_array_new(FALSE, TRUE, sizeof(GenMember));
    estate->homes = g_array_new(FALSE, TRUE, sizeof(GenHome));
    estate->deliveries = g_array_new(FALSE, TRUE, sizeof(GenDelivery));
    estate->facts = g_array_new(FALSE, TRUE, sizeof(GenFact));
    estate->uses = g_array_new(FALSE, TRUE, sizeof(GenUse));
    for (int h = 0; h < options->households; h++) {
        GenHousehold *household = &estate->households[h];
        household->building = h / HOUSEHOLDS_PER_BUILDING;
        household->package = draw_package(estate, h);
        household->pilot = household->electrician = -1;
        draw_needs(estate, household);
        draw_times(estate, household);
    }
    return estate;
}

void estate_free(Estate *estate) {
    g_array_free(estate->members, TRUE);
    g_array_free(estate->homes, TRUE);
    g_array_free(estate->deliveries, TRUE);
    g_array_free(estate->facts, TRUE);
    g_array_free(estate->uses, TRUE);
    g_free(estate->households);
    g_free(estate);
}

bool estate_closed(date_t date) {
    static const int holidays[][3] = {
        {2026, 11, 11}, {2027, 3, 29}, {2027, 5, 6}, {2027, 5, 17}, {2027, 7, 14}};
    if (date_weekday(date) >= 5)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(holidays); i++)
        if (date == date_from_ymd(holidays[i][0], holidays[i][1], holidays[i][2]))
            return true;
    return date >= date_from_ymd(2026, 12, 21) && date <= date_from_ymd(2027, 1, 1);
}

int estate_role_size(const Estate *estate, GenRole role) {
    int n = 0;
    for (guint i = 0; i < estate->members->len; i++)
        n += g_array_index(estate->members, GenMember, i).role == role;
    return n;
}
