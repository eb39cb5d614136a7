/* read_resources.c: resources.csv: who works, on which days and in which slots. */
#include "io/sheet.h"
#include "io/slot_list.h"
#include "solver/language.h"

enum { DAYS_MON_FRI = 5 };

typedef struct ResourceRow {
    Resource resource;
    const char *role;
    bool days_given;
    const char *slots;
} ResourceRow;

enum { RESOURCE, ROLE, LABEL, MEASURE, CAPACITY, DAYS, SLOTS, MAX_LATE, FROM, UNTIL, N_COLUMNS };

static const Word measures[] = {
    {"crew", MEASURE_CREW},   {"equipe", MEASURE_CREW},   {"volume", MEASURE_VOLUME},
    {"clock", MEASURE_CLOCK}, {"horaire", MEASURE_CLOCK}, {"agenda", MEASURE_CLOCK},
};
static const Choice measure = {measures, COUNT(measures), N_("crew, volume or clock")};
static const Bounds capacity = {0, (int64_t)MAX_AMOUNT *MILLI};
static const Bounds late_dates = {0, 7};

static bool cell_days(const Cell *cell, void *field) {
    ResourceRow *row = field;
    row->days_given = true;
    return words_weekdays(cell->text, row->resource.works) ||
           cell_fault(cell, _("days of the week such as mon-fri or mon-thu,sat"));
}

#define FIELD(name) offsetof(ResourceRow, name)
static const Column columns[N_COLUMNS] = {
    [RESOURCE] = {"resource", "ressource", true, cell_id, FIELD(resource.id), NULL},
    [ROLE] = {"role", "metier", true, cell_id, FIELD(role), NULL},
    [LABEL] = {"label", "libelle", false, cell_text, FIELD(resource.label), NULL},
    [MEASURE] = {"measure", "mesure", true, cell_choice, FIELD(resource.measure), &measure},
    [CAPACITY] = {"capacity", "capacite", false, cell_amount, FIELD(resource.capacity), &capacity},
    [DAYS] = {"days", "jours", false, cell_days, 0, NULL},
    [SLOTS] = {"slots", "creneaux", false, cell_text, FIELD(slots), NULL},
    [MAX_LATE] = {"max_late_per_week", "soirees_max", false, cell_whole,
                  FIELD(resource.max_late_per_week), &late_dates},
    [FROM] = {"from", "du", false, cell_date, FIELD(resource.from), NULL},
    [UNTIL] = {"until", "au", false, cell_date, FIELD(resource.until), NULL},
};
#undef FIELD

static const SheetKind kind = {"resources.csv", true, columns, N_COLUMNS, MAX_RESOURCES};

/* The slots that a clock member works on each weekday: those of an ordinary day on its `days`, and
 * those added for a weekday. */
static void set_slots(const Sheet *sheet, int row, ResourceRow *fields, bool days_known) {
    const Reader *reader = sheet->reader;
    Resource *resource = &fields->resource;
    uint32_t added[7] = {0}, plain = 0;
    bool good = *fields->slots == '\0' || slot_list(sheet, row, SLOTS, &plain, added);
    resource->base_slots = plain;
    for (int s = 0; s < reader->op->n_slots && plain == 0; s++)
        if (!reader->op->slots[s].late)
            resource->base_slots |= 1U << s;
    uint32_t any = 0;
    for (int day = 0; day < 7; day++) {
        resource->slots[day] = added[day] | (resource->works[day] ? resource->base_slots : 0);
        resource->works[day] = resource->slots[day] != 0;
        any |= resource->slots[day];
    }
    if (any == 0 && good && days_known && !references_incomplete(reader->slots))
        sheet_fault(sheet, row, SLOTS,
                    _("a slot: without a name only slots that are not late "
                      "are meant, and there is none"));
}

static void check_clock(const Sheet *sheet, int row, ResourceRow *fields, bool days_known) {
    const Resource *resource = &fields->resource;
    if (resource->measure == MEASURE_CLOCK) {
        if (resource->capacity % MILLI != 0 || resource->capacity > (milli_t)MAX_PEOPLE * MILLI)
            sheet_fault(sheet, row, CAPACITY, _("a whole number of people, at most 1000"));
        set_slots(sheet, row, fields, days_known);
        return;
    }
    if (*fields->slots != '\0')
        sheet_fault(sheet, row, SLOTS, _("a blank cell: only a clock resource has slots"));
    if (resource->max_late_per_week != NO_LIMIT)
        sheet_fault(sheet, row, MAX_LATE, _("a blank cell: only a clock resource has evenings"));
}

/* Members of one role must measure alike: one amount is asked of all of them. The first member
 * without fault says how. */
static void check_role_measure(const Sheet *sheet, int row, const Resource *resource) {
    static const char *const names[] = {"crew", "volume", "clock"};
    const Reader *reader = sheet->reader;
    int *measure_of_role = &g_array_index(reader->role_measures, int, resource->role);
    if (*measure_of_role == NONE) {
        *measure_of_role = (int)resource->measure;
    } else if (*measure_of_role != (int)resource->measure) {
        char *expected =
            g_strdup_printf(_("'%s', as for the other members of the role '%s'"),
                            names[*measure_of_role], references_id(reader->roles, resource->role));
        sheet_fault(sheet, row, MEASURE, expected);
        g_free(expected);
    }
}

/* The index of the row's role, which is new when no row above has it. */
static int role_index(const Reader *reader, const char *role, int line) {
    int index = references_add(reader->roles, role, line);
    if (index == NONE)
        return references_find(reader->roles, role);
    int not_known = NONE;
    g_array_append_val(reader->role_measures, not_known);
    return index;
}

static void read_one(const Sheet *sheet, int row, GArray *resources) {
    Reader *reader = sheet->reader;
    ResourceRow fields = {.slots = ""};
    Resource *resource = &fields.resource;
    resource->capacity = MILLI;
    resource->max_late_per_week = NO_LIMIT;
    resource->from = resource->until = DATE_NONE;
    resource->line = sheet_line(sheet, row);
    uint32_t faulty = sheet_row(sheet, row, &fields);
    for (int day = 0; day < DAYS_MON_FRI && !fields.days_given; day++)
        resource->works[day] = true;
    sheet_check_range(sheet, row, FROM, UNTIL, resource->from, resource->until);
    if (resource->id != NULL && g_str_equal(resource->id, "*"))
        sheet_fault(sheet, row, RESOURCE, _("another id: in calendar.csv '*' means everybody"));
    if (fields.role != NULL && g_str_equal(fields.role, "*"))
        sheet_fault(sheet, row, ROLE, _("another name: in calendar.csv '*' means everybody"));
    if ((faulty & 1U << MEASURE) == 0)
        check_clock(sheet, row, &fields, (faulty & 1U << DAYS) == 0);
    resource->role = NONE;
    if (fields.role != NULL) {
        resource->role = role_index(reader, fields.role, resource->line);
        if ((faulty & 1U << MEASURE) == 0)
            check_role_measure(sheet, row, resource);
    }
    if (resource->label == NULL)
        resource->label = resource->id;
    if (sheet_id(sheet, row, RESOURCE, resource->id, reader->resources) != NONE)
        g_array_append_val(resources, *resource);
}

/* Roles in the order in which the file first names them, with their members. */
static void set_roles(const Reader *reader) {
    Operation *op = reader->op;
    op->n_roles = references_count(reader->roles);
    op->roles = ARENA_NEW(op->arena, Role, op->n_roles);
    for (int i = 0; i < op->n_roles; i++) {
        op->roles[i].id = arena_strdup(op->arena, references_id(reader->roles, i));
        op->roles[i].members = ARENA_NEW(op->arena, int, op->n_resources);
        int measure_of_role = g_array_index(reader->role_measures, int, i);
        if (measure_of_role != NONE)
            op->roles[i].measure = (Measure)measure_of_role;
    }
    for (int r = 0; r < op->n_resources; r++) {
        int role = op->resources[r].role;
        if (role != NONE)
            op->roles[role].members[op->roles[role].n_members++] = r;
    }
}

void read_resources(Reader *reader) {
    Sheet sheet;
    sheet_open(&sheet, reader, &kind, reader->resources);
    if (references_incomplete(reader->resources))
        references_set_incomplete(reader->roles);
    GArray *resources = g_array_new(FALSE, FALSE, sizeof(Resource));
    for (int row = 0; row < sheet.n_rows; row++)
        read_one(&sheet, row, resources);
    reader->op->resources = reader_keep(reader, resources, &reader->op->n_resources);
    set_roles(reader);
    sheet_close(&sheet);
}
