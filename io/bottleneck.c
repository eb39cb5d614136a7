#include "io/bottleneck.h"

#include <cjson/cJSON.h>
#include <glib.h>
#include <math.h>

#include "io/page.h"
#include "io/tell.h"
#include "solver/language.h"

enum { MARGIN = 2, INDENT = 5, MOST_TOLD = 10 };

/* Appends what one more would be. */
static void tell_one_more(GString *out, const Operation *op, const Bottleneck *bottleneck) {
    int i = bottleneck->subject;
    char date[DATE_TEXT];
    switch (bottleneck->kind) {
    case BOTTLENECK_CREW:
        if (op->resources[i].measure == MEASURE_VOLUME)
            g_string_append_printf(out, _("a second lorry like %s"), op->resources[i].label);
        else if (op->resources[i].measure == MEASURE_CLOCK)
            g_string_append_printf(out, _("one more person beside %s"), op->resources[i].label);
        else
            g_string_append_printf(out, _("one more crew of %s"), op->resources[i].label);
        break;
    case BOTTLENECK_EVENINGS:
        g_string_append_printf(out, _("one more evening a week of %s"), op->resources[i].label);
        break;
    case BOTTLENECK_HOME:
        g_string_append_printf(out,
                               n_("one more temporary home like %s, with %d room",
                                  "one more temporary home like %s, with %d rooms",
                                  op->homes[i].rooms),
                               op->homes[i].id, op->homes[i].rooms);
        break;
    case BOTTLENECK_DELIVERY:
        g_string_append_printf(out, _("delivery %s of '%s' a week before %s"), op->deliveries[i].id,
                               op->items[op->deliveries[i].item],
                               tell_moment(op, op->deliveries[i].date, MINUTE_NONE, date));
        break;
    }
}

static void append_row(GString *out, const Operation *op, const Bottleneck *bottleneck,
                       int number) {
    GString *text = g_string_new(NULL), *points = g_string_new(NULL);
    g_string_append_printf(text, "%d. ", number);
    tell_one_more(text, op, bottleneck);
    g_string_append(text, ": ");
    tell_number(points, op, llround(bottleneck->worth));
    g_string_append_printf(text, _("worth about %s points by the prices"), points->str);
    g_string_truncate(points, 0);
    tell_number(points, op, bottleneck->gain);
    if (bottleneck->tried && bottleneck->gain > 0)
        g_string_append_printf(text, _("; planned again with it: %s points saved"), points->str);
    else if (bottleneck->tried)
        g_string_append(text, _("; planned again with it: nothing was saved"));
    g_string_append_printf(out, "%*s", MARGIN, "");
    page_wrap(out, MARGIN, INDENT, text->str);
    g_string_free(text, TRUE);
    g_string_free(points, TRUE);
}

char *bottlenecks_text(const Operation *op, const Bottlenecks *bottlenecks) {
    GString *out = g_string_new(NULL);
    char *title = g_strdup_printf(bottlenecks->n > 0
                                      ? _("%s: what holds the operation up, the dearest first.")
                                      : _("%s: nothing that is shared holds the operation up."),
                                  op->name);
    page_wrap(out, 0, 0, title);
    g_free(title);
    for (int i = 0; i < MIN(bottlenecks->n, MOST_TOLD); i++)
        append_row(out, op, &bottlenecks->rows[i], i + 1);
    return g_string_free(out, FALSE);
}

static void add_subject(cJSON *object, const Operation *op, const Bottleneck *bottleneck) {
    int i = bottleneck->subject;
    switch (bottleneck->kind) {
    case BOTTLENECK_CREW:
    case BOTTLENECK_EVENINGS:
        cJSON_AddStringToObject(object, "resource", op->resources[i].id);
        break;
    case BOTTLENECK_HOME:
        cJSON_AddStringToObject(object, "home", op->homes[i].id);
        break;
    case BOTTLENECK_DELIVERY:
        cJSON_AddStringToObject(object, "delivery", op->deliveries[i].id);
        break;
    }
}

char *bottlenecks_json(const Operation *op, const Bottlenecks *bottlenecks) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "operation", op->name);
    cJSON *list = cJSON_AddArrayToObject(root, "bottlenecks");
    for (int i = 0; i < bottlenecks->n; i++) {
        const Bottleneck *bottleneck = &bottlenecks->rows[i];
        cJSON *entry = cJSON_CreateObject();
        GString *text = g_string_new(NULL);
        cJSON_AddStringToObject(entry, "code", bottleneck_codes[bottleneck->kind]);
        add_subject(entry, op, bottleneck);
        cJSON_AddNumberToObject(entry, "worth", (double)llround(bottleneck->worth));
        if (bottleneck->tried)
            cJSON_AddNumberToObject(entry, "gain", (double)bottleneck->gain);
        tell_one_more(text, op, bottleneck);
        cJSON_AddStringToObject(entry, "text", text->str);
        g_string_free(text, TRUE);
        cJSON_AddItemToArray(list, entry);
    }
    char *text = cJSON_PrintUnformatted(root);
    char *line = g_strconcat(text, "\n", NULL);
    cJSON_free(text);
    cJSON_Delete(root);
    return line;
}
