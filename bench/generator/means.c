/*
 * means.c: people, firms, homes and deliveries in the numbers that the households need.
 *
 * The arithmetic is deliberately cautious: days on which works can hardly start or end are not
 * counted, so that an estate at the default tightness has a plan for everybody.
 */
#include <math.h>

#include "bench/generator/estate.h"

enum {
    LEAD_DAYS = 42,        /* before the first works: visit, plans, notice */
    TAIL_DAYS = 14,        /* after the last works */
    FIRST_STAY_DAY = 44,   /* of the horizon; no home is used before */
    CLOSED_STAY_DAYS = 14, /* the end of the year lengthens every stay that meets it */
    EVENING_MINUTES = 135, /* of one evening that are really used */
    LATE_WEEKS = 41,       /* weeks with appointments */
    HOUSEHOLDS_PER_PILOT = 60,
    HOUSEHOLDS_PER_MANAGER = 150,
    M3_PER_CREW = 40,
    MOST_M3 = 50,
    BUFFER_MINUTES = 15,
    TURNAROUND_DAYS = 2,
};

static const double stretch = 1.15; /* of a stay, by waiting for trades */

static void add_use(Estate *estate, const char *of, double needed, double available) {
    GenUse use = {of, needed, available};
    g_array_append_val(estate->uses, use);
}

static GenMember *add_member(Estate *estate, GenRole role, int number, int capacity) {
    GenMember member = {.role = role, .number = number, .capacity = capacity};
    int weeks = role == ROLE_PILOT ? 3 : 1;
    for (int i = 0; i < 3; i++) {
        date_t day = estate->start + draw_between(&estate->draw, 40, 300);
        member.holiday[i] = i < weeks ? day - date_weekday(day) : DATE_NONE;
    }
    g_array_append_val(estate->members, member);
    return &g_array_index(estate->members, GenMember, estate->members->len - 1);
}

/* Units x days of a crew or volume role (m3 for lorries) that one household needs. */
static double crew_need(const GenHousehold *household, GenRole role) {
    double need = 0;
    for (int a = 0; a < gen_task_count; a++) {
        const GenTask *task = &gen_tasks[a];
        for (int i = 0; i < 2; i++)
            if (gen_task_in(task, household->package) && task->roles[i] == role)
                need += role == ROLE_TRUCKS ? household->half_m3 / 2.0 * task->days : task->days;
    }
    return need;
}

static double crew_demand(const Estate *estate, GenRole role) {
    double need = 0;
    for (int h = 0; h < estate->options.households; h++)
        need += crew_need(&estate->households[h], role);
    return need;
}

/* Days on which one unit of any firm can work, its own week of holidays taken off. */
static int crew_days(const Estate *estate) {
    int days = -5;
    for (date_t d = estate->start + LEAD_DAYS; d <= estate->end - TAIL_DAYS; d++)
        days += !estate_closed(d);
    return days;
}

static void add_crews(Estate *estate, GenRole role) {
    double demand = crew_demand(estate, role);
    if (demand <= 0)
        return;
    int days = crew_days(estate);
    int units = (int)ceil(demand / (days * estate->options.tightness));
    int largest = 2 + estate->options.households / 400;
    int firms = (units + largest - 1) / largest;
    for (int i = 0; i < firms; i++)
        add_member(estate, role, i, units / firms + (i < units % firms));
    add_use(estate, gen_role_names[role], demand, (double)units * days);
}

/* Every firm of movers has its lorries. */
static void add_lorries(Estate *estate) {
    double demand = crew_demand(estate, ROLE_TRUCKS);
    int movers = estate_role_size(estate, ROLE_MOVERS);
    int sum = 0, number = 0;
    for (guint i = 0; number < movers; i++) {
        GenMember mover = g_array_index(estate->members, GenMember, i);
        if (mover.role != ROLE_MOVERS)
            continue;
        int m3 = MAX(MOST_M3, mover.capacity * M3_PER_CREW);
        GenMember *lorries = add_member(estate, ROLE_TRUCKS, number++, m3);
        lorries->holiday[0] = mover.holiday[0];
        sum += m3;
    }
    if (movers > 0)
        add_use(estate, gen_role_names[ROLE_TRUCKS], demand, (double)sum * crew_days(estate));
}

/* Minutes of appointments with the role that can only be in the evening; of tenants who have
 * Saturday mornings too, half are counted. */
static double evening_demand(const Estate *estate, GenRole role) {
    double minutes = 0;
    for (int h = 0; h < estate->options.households; h++) {
        const GenHousehold *household = &estate->households[h];
        double share = household->times == TIMES_EVENINGS             ? 1
                       : household->times == TIMES_EVENINGS_SATURDAYS ? 0.5
                                                                      : 0;
        for (int a = 0; a < gen_task_count; a++) {
            const GenTask *task = &gen_tasks[a];
            if (gen_task_in(task, household->package) &&
                (task->roles[0] == role || task->roles[1] == role))
                minutes += share * (task->minutes + BUFFER_MINUTES);
        }
    }
    return minutes;
}

static void add_clocks(Estate *estate, GenRole role, int households_each, const char *of) {
    int n = MAX(1, (estate->options.households + households_each / 2) / households_each);
    double demand = evening_demand(estate, role);
    double evening = (double)LATE_WEEKS * EVENING_MINUTES;
    int late = 2;
    while (demand > n * late * evening * estate->options.tightness) {
        if (late == 2)
            late = 3;
        else
            n++;
    }
    for (int i = 0; i < n; i++)
        add_member(estate, role, i, 1)->max_late = late;
    add_use(estate, of, demand, n * late * evening);
}

/* Most demanding first: accessible ones, then by rooms. */
static int compare_stays(gconstpointer a, gconstpointer b) {
    const GenHousehold *x = *(GenHousehold *const *)a, *y = *(GenHousehold *const *)b;
    if (x->accessible != y->accessible)
        return x->accessible ? -1 : 1;
    if (x->rooms != y->rooms)
        return x->rooms > y->rooms ? -1 : 1;
    return (x > y) - (x < y);
}

/* The stays in order of their demands are cut into as many blocks as there are homes; each home
 * is good enough for all of its block. */
static void add_homes(Estate *estate) {
    GPtrArray *stays = g_ptr_array_new();
    for (int h = 0; h < estate->options.households; h++) {
        GenHousehold *household = &estate->households[h];
        if (gen_package_moves(household->package) && !household->own)
            g_ptr_array_add(stays, household);
    }
    g_ptr_array_sort(stays, compare_stays);
    double each = estate->end - estate->start + 1 - FIRST_STAY_DAY - TAIL_DAYS - CLOSED_STAY_DAYS;
    double needed = 0, available = 0, in_block = 0;
    for (guint i = 0; i < stays->len; i++) {
        const GenHousehold *household = g_ptr_array_index(stays, i);
        double days = gen_shortest_stay(household->package) * stretch + TURNAROUND_DAYS + 1;
        const GenHousehold *before = i > 0 ? g_ptr_array_index(stays, i - 1) : NULL;
        bool other_kind = before && before->accessible != household->accessible;
        if (!before || other_kind || in_block + days > each * estate->options.tightness) {
            GenHome home = {household->rooms, household->building, household->accessible};
            g_array_append_val(estate->homes, home);
            available += each;
            in_block = 0;
        }
        in_block += days;
        needed += days;
    }
    if (stays->len > 0)
        add_use(estate, "homes", needed, available);
    g_ptr_array_free(stays, TRUE);
}

/* Lorries come on working days only. */
static void add_delivery(Estate *estate, GenItem item, int quantity, date_t date, int household) {
    while (estate_closed(date))
        date++;
    GenDelivery delivery = {item, quantity, date, household};
    g_array_append_val(estate->deliveries, delivery);
}

/* Weekly lorries into the common stock, early enough for an even use from two months after the
 * start to one before the end; some kitchens are made for one household. */
static void add_deliveries(Estate *estate, GenItem item) {
    int common = 0;
    for (int h = 0; h < estate->options.households; h++) {
        const GenHousehold *household = &estate->households[h];
        bool needs = item == ITEM_BATHROOM || gen_package_moves(household->package);
        if (needs && item == ITEM_KITCHEN && draw_percent(&estate->draw, 7)) {
            date_t date = estate->start + draw_between(&estate->draw, 45, 170);
            add_delivery(estate, item, 1, date, h);
        } else {
            common += needs;
        }
    }
    date_t first = estate->start + (item == ITEM_KITCHEN ? 42 : 22);
    double weeks = (estate->end - estate->start - 90) * estate->options.tightness / 7;
    int sent = 0;
    for (int week = 0; sent < common; week++) {
        int due = (int)ceil(common * MIN(1, (week + 1) / weeks));
        if (due > sent)
            add_delivery(estate, item, due - sent, first + 7 * week, -1);
        sent = due;
    }
}

/* Half of the buildings know their pilot; some have an electrician who was there before, as long
 * as the firm is not filled by them. */
static void fix_members(Estate *estate) {
    int pilots = estate_role_size(estate, ROLE_PILOT),
        firms = estate_role_size(estate, ROLE_ELECTRICIAN);
    int *capacity = g_new0(int, firms + 1);
    double *fixed = g_new0(double, firms + 1);
    for (guint i = 0; i < estate->members->len; i++) {
        const GenMember *member = &g_array_index(estate->members, GenMember, i);
        if (member->role == ROLE_ELECTRICIAN)
            capacity[member->number] = member->capacity;
    }
    double share = crew_days(estate) * estate->options.tightness / 2;
    for (int h = 0; h < estate->options.households; h++) {
        GenHousehold *household = &estate->households[h];
        int building = household->building;
        if (building % 2 == 0)
            household->pilot = building / 2 % pilots;
        double need = crew_need(household, ROLE_ELECTRICIAN);
        if (building % 5 != 1 || need <= 0 || firms < 2)
            continue;
        int firm = building / 5 % firms;
        if (fixed[firm] + need > capacity[firm] * share)
            continue;
        fixed[firm] += need;
        household->electrician = firm;
    }
    g_free(capacity);
    g_free(fixed);
}

bool means_add(Estate *estate) {
    add_clocks(estate, ROLE_PILOT, HOUSEHOLDS_PER_PILOT, "evenings of pilots");
    add_clocks(estate, ROLE_ESTIMATOR, HOUSEHOLDS_PER_MANAGER, "evenings of estimators");
    add_clocks(estate, ROLE_SITE_MANAGER, HOUSEHOLDS_PER_MANAGER, "evenings of site managers");
    for (GenRole role = ROLE_MOVERS; role < ROLE_COUNT; role++) {
        if (role == ROLE_TRUCKS)
            add_lorries(estate);
        else
            add_crews(estate, role);
    }
    add_homes(estate);
    add_deliveries(estate, ITEM_KITCHEN);
    add_deliveries(estate, ITEM_BATHROOM);
    fix_members(estate);
    for (guint i = 0; i < estate->uses->len; i++) {
        const GenUse *use = &g_array_index(estate->uses, GenUse, i);
        if (use->needed > use->available * (estate->options.tightness + 1e-9))
            return false;
    }
    return true;
}
