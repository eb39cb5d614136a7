/* read_scenario_changes.c: the changes of a scenario file, one function a subject. */
#include <stddef.h>
#include <string.h>

#include "io/reader.h"
#include "io/scenario_reader.h"
#include "solver/language.h"

enum { NOT_GIVEN = INT_MIN };

/* ---- Deliveries ------------------------------------------------------------------------------ */

typedef struct DeliveryChange {
    const char *delivery, *item, *supplier;
    int slip_days;
    date_t date;
    milli_t quantity;
    bool never;
} DeliveryChange;

#define FIELD(name) offsetof(DeliveryChange, name)
static const JsonKey delivery_keys[] = {
    {"delivery", JSON_TEXT, false, FIELD(delivery), 0, 0},
    {"item", JSON_TEXT, false, FIELD(item), 0, 0},
    {"supplier", JSON_TEXT, false, FIELD(supplier), 0, 0},
    {"slip_days", JSON_WHOLE, false, FIELD(slip_days), -MAX_DAYS, MAX_DAYS},
    {"date", JSON_DATE, false, FIELD(date), 0, 0},
    {"quantity", JSON_AMOUNT, false, FIELD(quantity), 0, (int64_t)MAX_AMOUNT *MILLI},
    {"never", JSON_FLAG, false, FIELD(never), 0, 0},
};
#undef FIELD

/* One delivery by its id, or those of an item or a supplier, or of both. */
static void add_delivery(const ScenarioReader *reader, const cJSON *object,
                         const DeliveryChange *fields, const Alteration *change) {
    const Operation *op = reader->op;
    int item = NONE;
    if (fields->delivery != NULL) {
        Alteration alteration = *change;
        alteration.subject = find_subject(reader, object, "delivery", fields->delivery,
                                          op->deliveries, sizeof *op->deliveries, op->n_deliveries,
                                          _("a delivery of deliveries.csv"));
        if (alteration.subject == NONE)
            return;
        if (op->deliveries[alteration.subject].status == DELIVERY_ARRIVED)
            json_fault(reader->document, change_node(object, "delivery"),
                       _("a delivery that has not arrived yet"));
        add_alteration(reader, alteration);
        return;
    }
    if (fields->item != NULL)
        item = find_subject(reader, object, "item", fields->item, op->items, sizeof *op->items,
                            op->n_items, _("an item of deliveries.csv"));
    if (fields->item != NULL && item == NONE)
        return;
    if (add_to_deliveries(reader, item, fields->supplier, change) == 0)
        json_fault(reader->document,
                   change_node(object, fields->supplier != NULL ? "supplier" : "item"),
                   _("one of which a delivery has not arrived yet"));
}

void read_delivery_change(ScenarioReader *reader, const cJSON *object) {
    DeliveryChange fields = {.slip_days = NOT_GIVEN, .date = DATE_NONE, .quantity = NOT_GIVEN};
    if (!json_fill(reader->document, object, delivery_keys, COUNT(delivery_keys), &fields))
        return;
    bool slips = fields.slip_days != NOT_GIVEN, short_of = fields.quantity != NOT_GIVEN;
    if (fields.delivery != NULL && (fields.item != NULL || fields.supplier != NULL))
        json_fault(reader->document, object, _("either a delivery or an item or supplier"));
    else if (slips + (fields.date != DATE_NONE) + fields.never > 1 || (fields.never && short_of))
        json_fault(reader->document, object, _("one of slip_days, date and never"));
    else if (!slips && fields.date == DATE_NONE && !short_of && !fields.never)
        says_nothing(reader, object, _("one of slip_days, date, quantity and never"));
    else {
        Alteration change = alteration_of(slips ? ALTER_DELIVERY_SLIP : ALTER_DELIVERY_DATE, NONE);
        change.number = fields.slip_days;
        change.from = fields.date;
        if (slips || fields.date != DATE_NONE)
            add_delivery(reader, object, &fields, &change);
        change.kind = ALTER_DELIVERY_QUANTITY;
        change.number = fields.never ? 0 : fields.quantity;
        if (fields.never || short_of)
            add_delivery(reader, object, &fields, &change);
    }
}

/* ---- Resources ------------------------------------------------------------------------------- */

typedef struct ResourceChange {
    const char *resource, *days, *slots;
    date_t from, until;
    milli_t capacity, extra;
    int max_late, extra_late;
    bool closed;
} ResourceChange;

#define FIELD(name) offsetof(ResourceChange, name)
static const JsonKey resource_keys[] = {
    {"resource", JSON_TEXT, true, FIELD(resource), 0, 0},
    {"from", JSON_DATE, false, FIELD(from), 0, 0},
    {"until", JSON_DATE, false, FIELD(until), 0, 0},
    {"closed", JSON_FLAG, false, FIELD(closed), 0, 0},
    {"capacity", JSON_AMOUNT, false, FIELD(capacity), 0, (int64_t)MAX_AMOUNT *MILLI},
    {"extra_capacity", JSON_COST, false, FIELD(extra), -MAX_PEOPLE, MAX_PEOPLE},
    {"days", JSON_TEXT, false, FIELD(days), 0, 0},
    {"slots", JSON_TEXT, false, FIELD(slots), 0, 0},
    {"max_late_per_week", JSON_WHOLE, false, FIELD(max_late), 0, 7},
    {"extra_late_per_week", JSON_WHOLE, false, FIELD(extra_late), -7, 7},
};
#undef FIELD

static bool read_slots(const ScenarioReader *reader, const cJSON *object, const char *text,
                       uint32_t *slots) {
    const Operation *op = reader->op;
    char **parts = g_strsplit_set(text, ",; ", -1);
    bool good = true;
    *slots = 0;
    for (char **part = parts; *part != NULL; part++) {
        if (**part == '\0')
            continue;
        int s = find_subject(reader, object, "slots", *part, op->slots, sizeof *op->slots,
                             op->n_slots, _("slots of operation.json"));
        good &= s != NONE;
        if (s != NONE)
            *slots |= 1U << s;
    }
    g_strfreev(parts);
    if (good && *slots == 0)
        json_fault(reader->document, change_node(object, "slots"),
                   _("slots such as morning,evening"));
    return good && *slots != 0;
}

/* What only clock members have. */
static bool check_clock(const ScenarioReader *reader, const cJSON *object,
                        const ResourceChange *fields, const Resource *resource) {
    static const char *const keys[] = {"slots", "max_late_per_week", "extra_late_per_week"};
    if (resource->measure != MEASURE_CLOCK &&
        !has_none_of(reader, object, keys, COUNT(keys), _("a resource that keeps appointments")))
        return false;
    bool evenings = fields->max_late != NOT_GIVEN || fields->extra_late != NOT_GIVEN;
    if (evenings && (fields->from != DATE_NONE || fields->until != DATE_NONE)) {
        json_fault(reader->document, object,
                   _("evenings a week without dates (over a period: slots)"));
        return false;
    }
    if (resource->measure == MEASURE_CLOCK && fields->capacity != NOT_GIVEN &&
        fields->capacity % MILLI != 0) {
        json_fault(reader->document, change_node(object, "capacity"),
                   _("a whole number of people, at most 1000"));
        return false;
    }
    return true;
}

static void add_capacity(const ScenarioReader *reader, const ResourceChange *fields,
                         Alteration change) {
    if (fields->closed) {
        change.kind = ALTER_CLOSED;
        add_alteration(reader, change);
    }
    if (fields->capacity != NOT_GIVEN) {
        change.kind = ALTER_CAPACITY;
        change.number = fields->capacity;
        add_alteration(reader, change);
    }
    if (fields->extra != NOT_GIVEN) {
        change.kind = ALTER_CAPACITY_BY;
        change.number = fields->extra * MILLI;
        add_alteration(reader, change);
    }
    if (fields->max_late != NOT_GIVEN) {
        change.kind = ALTER_EVENINGS;
        change.number = fields->max_late;
        add_alteration(reader, change);
    }
    if (fields->extra_late != NOT_GIVEN) {
        change.kind = ALTER_EVENINGS_BY;
        change.number = fields->extra_late;
        add_alteration(reader, change);
    }
}

static void add_hours(const ScenarioReader *reader, const cJSON *object,
                      const ResourceChange *fields, Alteration change) {
    if (fields->days != NULL) {
        change.kind = ALTER_WEEKDAYS;
        if (words_weekdays(fields->days, change.weekdays))
            add_alteration(reader, change);
        else
            json_fault(reader->document, change_node(object, "days"),
                       _("days of the week such as mon-fri"));
    }
    if (fields->slots != NULL) {
        change.kind = ALTER_SLOTS;
        if (read_slots(reader, object, fields->slots, &change.slots))
            add_alteration(reader, change);
    }
}

void read_resource_change(ScenarioReader *reader, const cJSON *object) {
    const Operation *op = reader->op;
    ResourceChange fields = {.from = DATE_NONE,
                             .until = DATE_NONE,
                             .capacity = NOT_GIVEN,
                             .extra = NOT_GIVEN,
                             .max_late = NOT_GIVEN,
                             .extra_late = NOT_GIVEN};
    if (!json_fill(reader->document, object, resource_keys, COUNT(resource_keys), &fields))
        return;
    int r = find_subject(reader, object, "resource", fields.resource, op->resources,
                         sizeof *op->resources, op->n_resources, _("a resource of resources.csv"));
    if (r == NONE || !check_clock(reader, object, &fields, &op->resources[r]))
        return;
    if (fields.from != DATE_NONE && fields.until != DATE_NONE && fields.from > fields.until) {
        json_fault(reader->document, change_node(object, "until"), _("a date on or after 'from'"));
        return;
    }
    guint before = reader->alterations->len;
    Alteration change = alteration_of(ALTER_CLOSED, r);
    change.from = fields.from;
    change.until = fields.until;
    add_capacity(reader, &fields, change);
    add_hours(reader, object, &fields, change);
    if (reader->alterations->len == before && fields.days == NULL && fields.slots == NULL)
        says_nothing(reader, object,
                     _("one of closed, capacity, extra_capacity, days, slots, max_late_per_week "
                       "and extra_late_per_week"));
}

/* ---- Homes ----------------------------------------------------------------------------------- */

typedef struct HomeChange {
    Home home;
    date_t lost_from, lost_until;
    bool won;
} HomeChange;

#define FIELD(name) offsetof(HomeChange, name)
static const JsonKey home_keys[] = {
    {"home", JSON_TEXT, true, FIELD(home.id), 0, 0},
    {"lost_from", JSON_DATE, false, FIELD(lost_from), 0, 0},
    {"lost_until", JSON_DATE, false, FIELD(lost_until), 0, 0},
    {"won", JSON_FLAG, false, FIELD(won), 0, 0},
    {"building", JSON_TEXT, false, FIELD(home.building), 0, 0},
    {"rooms", JSON_WHOLE, false, FIELD(home.rooms), 0, 100},
    {"accessible", JSON_FLAG, false, FIELD(home.accessible), 0, 0},
    {"from", JSON_DATE, false, FIELD(home.from), 0, 0},
    {"until", JSON_DATE, false, FIELD(home.until), 0, 0},
};
#undef FIELD

static void add_won(const ScenarioReader *reader, const cJSON *object, const HomeChange *fields) {
    const Operation *op = reader->op;
    bool known = false;
    for (int i = 0; i < op->n_homes; i++)
        known |= g_str_equal(op->homes[i].id, fields->home.id);
    for (guint i = 0; i < reader->won->len; i++)
        known |= g_str_equal(reader->won->pdata[i], fields->home.id);
    if (known) {
        json_fault(reader->document, change_node(object, "home"), _("an id that no home has yet"));
        return;
    }
    Home *home = ARENA_NEW(reader->arena, Home, 1);
    *home = fields->home;
    home->id = arena_strdup(reader->arena, home->id);
    home->building = arena_strdup(reader->arena, home->building);
    g_ptr_array_add(reader->won, (gpointer)(guintptr)home->id);
    Alteration alteration = alteration_of(ALTER_HOME_WON, NONE);
    alteration.home = home;
    add_alteration(reader, alteration);
}

static void add_lost(const ScenarioReader *reader, const cJSON *object, const HomeChange *fields) {
    static const char *const keys[] = {"building", "rooms", "accessible", "from", "until"};
    const Operation *op = reader->op;
    if (!has_none_of(reader, object, keys, COUNT(keys),
                     _("a home that is won (\"won\": true); one is lost from 'lost_from' to "
                       "'lost_until'")))
        return;
    if (fields->lost_until != DATE_NONE && fields->lost_until < fields->lost_from) {
        json_fault(reader->document, change_node(object, "lost_until"),
                   _("a date on or after 'lost_from'"));
        return;
    }
    Alteration alteration = alteration_of(
        ALTER_HOME_LOST, find_subject(reader, object, "home", fields->home.id, op->homes,
                                      sizeof *op->homes, op->n_homes, _("a home of homes.csv")));
    alteration.from = fields->lost_from;
    alteration.until = fields->lost_until;
    if (alteration.subject != NONE)
        add_alteration(reader, alteration);
}

void read_home_change(ScenarioReader *reader, const cJSON *object) {
    HomeChange fields = {
        .home = {.building = "", .rooms = 1, .from = DATE_NONE, .until = DATE_NONE},
        .lost_from = DATE_NONE,
        .lost_until = DATE_NONE};
    if (!json_fill(reader->document, object, home_keys, COUNT(home_keys), &fields))
        return;
    bool lost = fields.lost_from != DATE_NONE;
    if (fields.won == lost || (!lost && fields.lost_until != DATE_NONE))
        says_nothing(reader, object, _("either won or lost_from"));
    else if (fields.won)
        add_won(reader, object, &fields);
    else
        add_lost(reader, object, &fields);
}

/* ---- Weights and the horizon ------------------------------------------------------------------
 */

typedef struct WeightChange {
    const char *weight;
    cost_t value;
} WeightChange;

static const JsonKey weight_keys[] = {
    {"weight", JSON_TEXT, true, offsetof(WeightChange, weight), 0, 0},
    {"value", JSON_COST, true, offsetof(WeightChange, value), 0, MAX_WEIGHT},
};

void read_weight_change(ScenarioReader *reader, const cJSON *object) {
    WeightChange fields = {NULL, 0};
    if (!json_fill(reader->document, object, weight_keys, COUNT(weight_keys), &fields))
        return;
    Alteration alteration = alteration_of(
        ALTER_WEIGHT, find_subject(reader, object, "weight", fields.weight, part_infos,
                                   sizeof *part_infos, PART_COUNT, _("a part of the objective")));
    alteration.number = fields.value;
    if (alteration.subject != NONE)
        add_alteration(reader, alteration);
}

typedef struct HorizonChange {
    date_t start, end;
} HorizonChange;

static const JsonKey horizon_keys[] = {
    {"horizon_start", JSON_DATE, false, offsetof(HorizonChange, start), 0, 0},
    {"horizon_end", JSON_DATE, false, offsetof(HorizonChange, end), 0, 0},
};

void read_horizon_change(ScenarioReader *reader, const cJSON *object) {
    HorizonChange fields = {reader->op->start, reader->op->end};
    if (!json_fill(reader->document, object, horizon_keys, COUNT(horizon_keys), &fields))
        return;
    if (fields.end < fields.start || fields.end - fields.start >= MAX_DAYS) {
        json_fault(reader->document, object,
                   _("a horizon of at most 3660 days (ten years) that ends after its start"));
        return;
    }
    Alteration alteration = alteration_of(ALTER_HORIZON, NONE);
    alteration.from = fields.start;
    alteration.until = fields.end;
    add_alteration(reader, alteration);
}
