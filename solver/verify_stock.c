/* verify_stock.c: temporary homes and deliveries: C9 and C11. */
#include "solver/language.h"
#include "solver/verify_internal.h"

#include <stdlib.h>

/* ---- C9: homes ----------------------------------------------------------------------------- */

/* A home is taken from `out` to `until`, both included. */
typedef struct Stay {
    int home, h;
    date_t out, until; /* with the turnaround */
    bool fact;         /* the household has moved in already */
} Stay;

static int compare_stays(const void *one, const void *two) {
    const Stay *x = one;
    const Stay *y = two;
    COMPARE(x->home, y->home);
    COMPARE(x->out, y->out);
    COMPARE(x->h, y->h);
    return 0;
}

/* Whether the home suits a household that is still to move into it. */
static void judge_home(Judge *judge, int h, int home, date_t out) {
    const Household *household = &judge->op->households[h];
    const Home *of = &judge->op->homes[home];
    if (of->rooms < household->rooms) {
        complain(judge, "C9", h, _("household %s: rooms needed %d, but home %s has %d"),
                 household->id, household->rooms, of->id, of->rooms);
    }
    if (household->accessible && !of->accessible) {
        complain(judge, "C9", h, _("household %s needs access without steps, but home %s has none"),
                 household->id, of->id);
    }
    if (of->from != DATE_NONE && out < of->from) {
        complain(judge, "C9", h, _("household %s moves out on %s, but home %s is there from %s on"),
                 household->id, say_date(judge, out), of->id, say_date(judge, of->from));
    }
}

static void add_stay(Judge *judge, GArray *stays, int h) {
    const Operation *op = judge->op;
    const Household *household = &op->households[h];
    const Package *package = household_package(op, h);
    static const Dated none = {.dated = false};
    if (package->move_out == NONE || household->relocation == RELOCATION_OWN ||
        !judge->tasks[h][package->move_out].dated) {
        return;
    }
    const Dated *out = &judge->tasks[h][package->move_out];
    const Dated *back = package->move_back == NONE ? &none : &judge->tasks[h][package->move_back];
    date_t last = back->dated ? back->start : op->end;
    int home = judge->homes[h];
    /* What facts alone decided is not judged. */
    bool decided = !out->fact || (back->dated && !back->fact);
    if (home == NONE) {
        if (decided) {
            complain(judge, "C9", h,
                     _("household %s is away from %s on, but has no temporary home"), household->id,
                     say_date(judge, out->start));
        }
        return;
    }
    if (!out->fact) {
        judge_home(judge, h, home, out->start);
    }
    if (decided && op->homes[home].until != DATE_NONE && last > op->homes[home].until) {
        complain(judge, "C9", h, _("household %s stays until %s, but home %s is there until %s"),
                 household->id, say_date(judge, last), op->homes[home].id,
                 say_date(judge, op->homes[home].until));
    }
    Stay stay = {home, h, out->start, last + (back->dated ? op->turnaround_days : 0), out->fact};
    g_array_append_val(stays, stay);
}

static void judge_next_stay(Judge *judge, const Stay *before, const Stay *now) {
    if (before == NULL || now->out > before->until) {
        return;
    }
    complain(
        judge, "C9", now->h,
        _("household %s moves into home %s on %s, but household %s holds it until %s, with the "
          "days that it stays empty"),
        judge->op->households[now->h].id, judge->op->homes[now->home].id, say_date(judge, now->out),
        judge->op->households[before->h].id, say_date(judge, before->until));
}

void judge_homes(Judge *judge) {
    GArray *stays = g_array_new(FALSE, FALSE, sizeof(Stay));
    for (int h = 0; h < judge->op->n_households; h++) {
        add_stay(judge, stays, h);
    }
    g_array_sort(stays, compare_stays);
    const Stay *last = NULL;     /* of those before in this home, the one that ends last */
    const Stay *last_new = NULL; /* the same without those who moved in already */
    for (guint i = 0; i < stays->len; i++) {
        const Stay *now = &g_array_index(stays, Stay, i);
        if (last != NULL && last->home != now->home) {
            last = last_new = NULL;
        }
        judge_next_stay(judge, now->fact ? last_new : last, now);
        last = last == NULL || now->until > last->until ? now : last;
        if (!now->fact && (last_new == NULL || now->until > last_new->until)) {
            last_new = now;
        }
    }
    g_array_free(stays, TRUE);
}

/* ---- C11: deliveries ----------------------------------------------------------------------- */

/* What comes into a stock or is taken out of it on a day. */
typedef struct StockEvent {
    int item;
    int household; /* whose reserved stock, or NONE: the common one */
    date_t date;
    bool need; /* deliveries of a day come before its needs */
    milli_t amount;
    int h, a;  /* of a need */
    bool fact; /* a need of a task done or started */
} StockEvent;

static int compare_events(const void *one, const void *two) {
    const StockEvent *x = one;
    const StockEvent *y = two;
    COMPARE(x->item, y->item);
    COMPARE(x->household, y->household);
    COMPARE(x->date, y->date);
    COMPARE(x->need, y->need);
    COMPARE(x->h, y->h);
    COMPARE(x->a, y->a);
    return 0;
}

static int compare_keys(const void *one, const void *two) {
    const int64_t *x = one;
    const int64_t *y = two;
    COMPARE(*x, *y);
    return 0;
}

static int64_t reserve_key(const Operation *op, int h, int item) {
    return (int64_t)h * op->n_items + item;
}

static void add_needs(const Judge *judge, GArray *events, const GArray *reserved, int h, int a) {
    const Operation *op = judge->op;
    const Task *task = &household_package(op, h)->tasks[a];
    const Dated *dated = &judge->tasks[h][a];
    for (int i = 0; i < task->n_items && dated->dated; i++) {
        const ItemNeed *need = &task->items[i];
        int64_t key = reserve_key(op, h, need->item);
        bool own = reserved->len > 0 && bsearch(&key, reserved->data, reserved->len,
                                                sizeof(int64_t), compare_keys) != NULL;
        StockEvent event = {need->item, own ? h : NONE, dated->start - need->days_before,
                            true,       need->quantity, h,
                            a,          dated->fact};
        g_array_append_val(events, event);
    }
}

/* One stock from its first day to its last. What facts alone overdraw is not judged. */
static void judge_stock(Judge *judge, const StockEvent *events, int n) {
    milli_t delivered = 0;
    milli_t needed = 0;
    const StockEvent *last_new = NULL;
    for (int i = 0; i < n; i++) {
        const StockEvent *event = &events[i];
        delivered += event->need ? 0 : event->amount;
        needed += event->need ? event->amount : 0;
        last_new = event->need && !event->fact ? event : last_new;
        bool day_ends = i + 1 == n || events[i + 1].date != event->date;
        if (day_ends && event->need && last_new != NULL && needed > delivered) {
            complain_task(judge, "C11", last_new->h, last_new->a,
                          _("it starts on %s, but on %s %s of '%s' are needed and only %s are "
                            "delivered"),
                          say_date(judge, judge->tasks[last_new->h][last_new->a].start),
                          say_date(judge, event->date), say_amount(judge, needed),
                          judge->op->items[event->item], say_amount(judge, delivered));
        }
    }
}

void judge_items(Judge *judge) {
    const Operation *op = judge->op;
    GArray *events = g_array_new(FALSE, FALSE, sizeof(StockEvent));
    GArray *reserved = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (int i = 0; i < op->n_deliveries; i++) {
        const Delivery *delivery = &op->deliveries[i];
        StockEvent event = {delivery->item,
                            delivery->household,
                            delivery->date,
                            false,
                            delivery->quantity,
                            NONE,
                            NONE,
                            false};
        g_array_append_val(events, event);
        if (delivery->household != NONE) {
            int64_t key = reserve_key(op, delivery->household, delivery->item);
            g_array_append_val(reserved, key);
        }
    }
    g_array_sort(reserved, compare_keys);
    for (int h = 0; h < op->n_households; h++) {
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            add_needs(judge, events, reserved, h, a);
        }
    }
    g_array_sort(events, compare_events);
    const StockEvent *all = (const StockEvent *)(void *)events->data;
    int n = (int)events->len;
    for (int first = 0, last; first < n; first = last) {
        last = first + 1;
        while (last < n && all[last].item == all[first].item &&
               all[last].household == all[first].household) {
            last++;
        }
        judge_stock(judge, &all[first], last - first);
    }
    g_array_free(events, TRUE);
    g_array_free(reserved, TRUE);
}
