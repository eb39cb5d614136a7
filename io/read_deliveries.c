/* read_deliveries.c: deliveries.csv: what suppliers promised, and whether anything is missing. */
#include "io/sheet.h"
#include "solver/language.h"

enum { DELIVERY, ITEM, QUANTITY, DATE, HOUSEHOLD, SUPPLIER, STATUS, N_COLUMNS };

typedef struct DeliveryRow {
    Delivery delivery;
    const char *item;
} DeliveryRow;

static const Bounds quantity = {0, (int64_t)MAX_AMOUNT *MILLI};
static const ReferenceTo household = {offsetof(Reader, households),
                                      N_("a household of households.csv")};
static const Word statuses[] = {
    {"promised", DELIVERY_PROMISED}, {"promis", DELIVERY_PROMISED}, {"promise", DELIVERY_PROMISED},
    {"prevu", DELIVERY_PROMISED},    {"prevue", DELIVERY_PROMISED}, {"late", DELIVERY_LATE},
    {"en_retard", DELIVERY_LATE},    {"retard", DELIVERY_LATE},     {"arrived", DELIVERY_ARRIVED},
    {"arrive", DELIVERY_ARRIVED},    {"arrivee", DELIVERY_ARRIVED}, {"livre", DELIVERY_ARRIVED},
    {"livree", DELIVERY_ARRIVED},    {"recu", DELIVERY_ARRIVED},
};
static const Choice status = {statuses, COUNT(statuses), N_("promised, late or arrived")};

#define FIELD(name) offsetof(DeliveryRow, delivery.name)
static const Column columns[N_COLUMNS] = {
    [DELIVERY] = {"delivery", "livraison", true, cell_id, FIELD(id), NULL},
    [ITEM] = {"item", "article", true, cell_id, offsetof(DeliveryRow, item), NULL},
    [QUANTITY] = {"quantity", "quantite", false, cell_amount, FIELD(quantity), &quantity},
    [DATE] = {"date", NULL, true, cell_date, FIELD(date), NULL},
    [HOUSEHOLD] = {"household", "menage", false, cell_reference, FIELD(household), &household},
    [SUPPLIER] = {"supplier", "fournisseur", false, cell_text, FIELD(supplier), NULL},
    [STATUS] = {"status", "statut", false, cell_choice, FIELD(status), &status},
};
#undef FIELD

static const SheetKind kind = {"deliveries.csv", false, columns, N_COLUMNS, MAX_TABLE_ROWS};

/* The index of the item. One that no task needs is told once: nobody waits for it, but it may be a
 * slip of the pen. */
static int item_index(const Sheet *sheet, int row, const char *item) {
    const Reader *reader = sheet->reader;
    int line = sheet_line(sheet, row);
    references_add(reader->delivered, item, line);
    int index = references_find(reader->items, item);
    if (index == NONE && !references_incomplete(reader->items)) {
        char *expected = reader_hint(reader->items, item, _("an item that a task needs"));
        sheet_warning(sheet, row, ITEM, expected);
        g_free(expected);
    }
    return index != NONE ? index : references_add(reader->items, item, line);
}

static void read_one(const Sheet *sheet, int row, References *ids, GArray *rows) {
    const Reader *reader = sheet->reader;
    DeliveryRow fields = {0};
    Delivery *delivery = &fields.delivery;
    *delivery = (Delivery){
        .supplier = "", .item = NONE, .quantity = MILLI, .date = DATE_NONE, .household = NONE};
    delivery->line = sheet_line(sheet, row);
    sheet_row(sheet, row, &fields);
    if (fields.item != NULL)
        delivery->item = item_index(sheet, row, fields.item);
    if (delivery->status == DELIVERY_ARRIVED && delivery->date != DATE_NONE &&
        reader->op->as_of != DATE_NONE && delivery->date > reader->op->as_of)
        sheet_warning(sheet, row, DATE, _("a date that is past, for it has arrived"));
    if (sheet_id(sheet, row, DELIVERY, delivery->id, ids) != NONE)
        g_array_append_val(rows, *delivery);
}

/* C11: without any delivery nobody who needs the item could ever be planned. */
static void check_needed_items(const Reader *reader) {
    if (references_incomplete(reader->delivered))
        return;
    for (guint i = 0; i < reader->item_nodes->len; i++) {
        const char *item = references_id(reader->items, (int)i);
        if (references_find(reader->delivered, item) != NONE)
            continue;
        char *expected =
            reader_hint(reader->delivered, item, _("an item that deliveries.csv brings"));
        json_fault(reader->settings, reader->item_nodes->pdata[i], expected);
        g_free(expected);
    }
}

void read_deliveries(Reader *reader) {
    Operation *op = reader->op;
    Sheet sheet;
    References *ids = references_new();
    sheet_open(&sheet, reader, &kind, reader->delivered);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Delivery));
    for (int row = 0; row < sheet.n_rows; row++)
        read_one(&sheet, row, ids, rows);
    op->deliveries = reader_keep(reader, rows, &op->n_deliveries);
    check_needed_items(reader);
    op->n_items = references_count(reader->items);
    op->items = ARENA_NEW(op->arena, const char *, op->n_items);
    for (int i = 0; i < op->n_items; i++)
        op->items[i] = arena_strdup(op->arena, references_id(reader->items, i));
    references_free(ids);
    sheet_close(&sheet);
}
