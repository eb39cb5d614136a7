/* report_deliveries.c: what suppliers bring, and who waits for it. */
#include "io/report_internal.h"
#include "io/tell.h"
#include "io/tell_day.h"
#include "solver/language.h"

/* A household that needs an item from a day on. */
typedef struct Wait {
    int household, item;
    date_t day;
    milli_t left; /* that no delivery covers yet */
} Wait;

static gint compare_waits(gconstpointer left, gconstpointer right) {
    const Wait *a = left, *b = right;
    return a->day != b->day ? (a->day < b->day ? -1 : 1) : a->household - b->household;
}

static GArray *find_waits(const Report *report) {
    const Operation *op = report->op;
    GArray *waits = g_array_new(FALSE, FALSE, sizeof(Wait));
    for (int h = 0; h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            const Task *task = &household_package(op, h)->tasks[a];
            const PlanTask *dated = &report->plan->households[h].tasks[a];
            for (int i = 0; i < task->n_items && dated->start != DATE_NONE; i++) {
                Wait wait = {h, task->items[i].item, dated->start - task->items[i].days_before,
                             task->items[i].quantity};
                g_array_append_val(waits, wait);
            }
        }
    g_array_sort(waits, compare_waits);
    return waits;
}

static gint compare_deliveries(gconstpointer left, gconstpointer right) {
    const Delivery *const *a = left, *const *b = right;
    return (*a)->date != (*b)->date ? ((*a)->date < (*b)->date ? -1 : 1) : (*a)->line - (*b)->line;
}

/* The deliveries, the soonest first. */
static GPtrArray *sorted_deliveries(const Report *report) {
    GPtrArray *sorted = g_ptr_array_new();
    for (int i = 0; i < report->op->n_deliveries; i++)
        g_ptr_array_add(sorted, &report->op->deliveries[i]);
    g_ptr_array_sort(sorted, compare_deliveries);
    return sorted;
}

/* Whether the delivery is what the household waits for: the first to need is the first to get. */
static bool serves(const Operation *op, const Delivery *delivery, const Wait *wait) {
    if (wait->item != delivery->item || wait->left <= 0)
        return false;
    return delivery->household != NONE ? delivery->household == wait->household
                                       : !has_reserved(op, wait->household, wait->item);
}

static void add_waits(Report *report, const Delivery *delivery, GArray *waits) {
    milli_t left = delivery->quantity;
    bool any = false;
    for (guint i = 0; i < waits->len && left > 0; i++) {
        Wait *wait = &g_array_index(waits, Wait, i);
        if (!serves(report->op, delivery, wait))
            continue;
        milli_t given = MIN(left, wait->left);
        left -= given;
        wait->left -= given;
        GString *day = g_string_new(NULL);
        tell_short_day(day, report->op, wait->day);
        html_add(report->out, "%s<span", any ? ", " : "");
        report_mark(report, wait->household);
        html_add(report->out, "><a href=\"#h%d\">%s</a> <small>%s</small></span>", wait->household,
                 report->op->households[wait->household].id, day->str);
        g_string_free(day, TRUE);
        any = true;
    }
    if (!any)
        html_add(report->out, "<span class=none>%s</span>", _("nobody"));
}

static const char *status_word(DeliveryStatus status) {
    switch (status) {
    case DELIVERY_PROMISED:
        return _("promised");
    case DELIVERY_LATE:
        return _("late");
    case DELIVERY_ARRIVED:
        return _("arrived");
    }
    return "";
}

static void add_delivery(Report *report, const Delivery *delivery, GArray *waits) {
    GString *day = g_string_new(NULL), *quantity = g_string_new(NULL);
    tell_short_day(day, report->op, delivery->date);
    tell_tenths(quantity, report->op, (double)delivery->quantity / MILLI);
    html_add(report->out,
             "<tr data-x=%d><td class=day>%s</td><td>%s <small>%s</small></td><td class=number>%s"
             "</td><td>%s</td><td><i class=\"delivery d%d\">%s</i></td><td>",
             axis_x(report, delivery->date), day->str, report->op->items[delivery->item],
             delivery->id, quantity->str, delivery->supplier, (int)delivery->status,
             status_word(delivery->status));
    add_waits(report, delivery, waits);
    html_add(report->out, "</td></tr>\n");
    g_string_free(day, TRUE);
    g_string_free(quantity, TRUE);
}

void report_deliveries(Report *report) {
    const Operation *op = report->op;
    if (op->n_deliveries == 0)
        return;
    GArray *waits = find_waits(report);
    GPtrArray *sorted = sorted_deliveries(report);
    report_section(report, "deliveries", _("Deliveries"),
                   _("Who waits for them, with the day from which it is needed. Of the common "
                     "stock the first to need it is the first to get it."));
    html_add(
        report->out,
        "<div class=scroll tabindex=0 role=region aria-label=\"%s\"><table class=list><thead>"
        "<tr><th scope=col>%s</th><th scope=col>%s</th><th scope=col class=number>%s</th>"
        "<th scope=col>%s</th><th scope=col>%s</th><th scope=col>%s</th></tr></thead><tbody>\n",
        _("Deliveries"), _("Date"), _("What"), _("Quantity"), _("Supplier"), _("Status"),
        _("Who waits"));
    for (guint i = 0; i < sorted->len; i++)
        add_delivery(report, g_ptr_array_index(sorted, i), waits);
    html_add(report->out, "</tbody></table></div></section>\n");
    g_array_free(waits, TRUE);
    g_ptr_array_free(sorted, TRUE);
}
