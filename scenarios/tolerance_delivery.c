/* tolerance_delivery.c: how late one delivery may come. */
#include <string.h>

#include "scenarios/tolerance_internal.h"

/* The slips of one delivery that were tried, and what came of them. */
typedef struct Slips {
    const Inquiry *inquiry;
    int delivery, most; /* days; with more it comes after the horizon */
    GArray *tried;      /* Slip */
    bool failed;
} Slips;

typedef struct Slip {
    int days;
    Effect effect;
} Slip;

static Alteration slip_of(const Slips *slips, int days) {
    Alteration alteration = alteration_of(ALTER_DELIVERY_SLIP, slips->delivery);
    alteration.number = days;
    return alteration;
}

/* The largest number of days from `low` (which holds) to `high` (which does not) that holds. */
static int bisect(Slips *slips, int low, int high, bool (*holds)(Slips *slips, int days)) {
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (holds(slips, middle))
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool all_dates_stay(Slips *slips, int days) {
    Alteration alteration = slip_of(slips, days);
    return inquiry_stands(slips->inquiry, &alteration);
}

/* What a slip does. The plan for a longer one serves too, where it is better. */
static Effect effect_of(Slips *slips, int days) {
    Effect best = {.cost = INT64_MAX};
    bool known = false;
    for (guint i = 0; i < slips->tried->len; i++) {
        const Slip *slip = &g_array_index(slips->tried, Slip, i);
        known |= slip->days == days;
        if (slip->days >= days && slip->effect.cost < best.cost)
            best = slip->effect;
    }
    if (known)
        return best;
    Slip slip = {.days = days};
    Alteration alteration = slip_of(slips, days);
    if (!inquiry_effect(slips->inquiry, &alteration, &slip.effect)) {
        slips->failed = true;
        return (Effect){0, 0, 0, 0};
    }
    g_array_append_val(slips->tried, slip);
    return slip.effect.cost <= best.cost ? slip.effect : best;
}

static bool promises_stay(Slips *slips, int days) {
    return effect_of(slips, days).n_promises == 0;
}

static bool returns_stay(Slips *slips, int days) {
    return effect_of(slips, days).n_returns == 0;
}

/* ---- The answer ------------------------------------------------------------------------------ */

static void find_limits(Slips *slips, DeliveryTolerance *answer) {
    const Inquiry *inquiry = slips->inquiry;
    int delivery = slips->delivery;
    answer->promises = answer->returns = ANY_SLIP;
    if (!promises_stay(slips, slips->most))
        answer->promises = bisect(slips, answer->stands, slips->most, promises_stay);
    answer->promises_exact = answer->promises == ANY_SLIP ||
                             no_plan_keeps(inquiry, KEPT_PROMISES, delivery, answer->promises + 1);
    if (!returns_stay(slips, slips->most))
        answer->returns = bisect(slips, answer->stands, slips->most, returns_stay) + 1;
    answer->returns_exact = answer->returns == ANY_SLIP ||
                            no_plan_keeps(inquiry, KEPT_RETURNS, delivery, answer->returns);
}

static void find_costs(Slips *slips, DeliveryTolerance *answer) {
    /* The longest first, since its plan serves the shorter ones. */
    for (int week = TOLERANCE_WEEKS; week >= 1; week--) {
        int days = MIN(7 * week, slips->most);
        if (days > answer->stands)
            answer->weeks[week - 1] = effect_of(slips, days).cost;
    }
}

bool tolerance_of_delivery(const Inquiry *inquiry, int delivery, DeliveryTolerance *answer) {
    const Operation *op = inquiry->op;
    Slips slips = {.inquiry = inquiry,
                   .delivery = delivery,
                   .most = MAX(op->end - op->deliveries[delivery].date, 0) + 1,
                   .tried = g_array_new(FALSE, FALSE, sizeof(Slip))};
    *answer = (DeliveryTolerance){.delivery = delivery, .done = true};
    if (all_dates_stay(&slips, slips.most)) {
        answer->stands = answer->promises = answer->returns = ANY_SLIP;
        answer->promises_exact = answer->returns_exact = true;
    } else {
        answer->stands = bisect(&slips, 0, slips.most, all_dates_stay);
        find_costs(&slips, answer);
        find_limits(&slips, answer);
    }
    g_array_free(slips.tried, TRUE);
    return !slips.failed;
}
