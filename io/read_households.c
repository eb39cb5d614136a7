/* read_households.c: households.csv. */
#include <string.h>

#include "io/sheet.h"
#include "solver/language.h"

enum {
    HOUSEHOLD,
    NAME,
    DWELLING,
    BUILDING,
    PACKAGE,
    ROOMS,
    ACCESSIBLE,
    VOLUME,
    WEIGHT,
    EARLIEST,
    DEADLINE,
    MAX_NIGHTS,
    RELOCATION,
    MEMBERS,
    PHONE,
    NOTES,
    ACCESS,
    N_COLUMNS
};

typedef struct HouseholdRow {
    Household household;
    const char *members;
} HouseholdRow;

static const Bounds rooms = {0, 100};
static const Bounds volume = {0, (int64_t)MAX_AMOUNT *MILLI};
static const Bounds weight = {1, MAX_HOUSEHOLD_WEIGHT};
static const Bounds nights = {0, MAX_DAYS};
static const ReferenceTo package = {offsetof(Reader, package_ids),
                                    N_("a package of operation.json")};
static const Word relocations[] = {
    {"home", RELOCATION_HOME}, {"logement_relais", RELOCATION_HOME}, {"relais", RELOCATION_HOME},
    {"own", RELOCATION_OWN},   {"personnel", RELOCATION_OWN},        {"soi-meme", RELOCATION_OWN},
};
static const Choice relocation = {relocations, COUNT(relocations),
                                  N_("home (a temporary home) or own (they arrange it)")};

#define FIELD(name) offsetof(HouseholdRow, household.name)
static const Column columns[N_COLUMNS] = {
    [HOUSEHOLD] = {"household", "menage", true, cell_id, FIELD(id), NULL},
    [NAME] = {"name", "nom", false, cell_text, FIELD(name), NULL},
    [DWELLING] = {"dwelling", "logement", false, cell_text, FIELD(dwelling), NULL},
    [BUILDING] = {"building", "batiment", false, cell_text, FIELD(building), NULL},
    [PACKAGE] = {"package", "forfait", true, cell_reference, FIELD(package), &package},
    [ROOMS] = {"rooms", "pieces", false, cell_whole, FIELD(rooms), &rooms},
    [ACCESSIBLE] = {"accessible", "pmr", false, cell_flag, FIELD(accessible), NULL},
    [VOLUME] = {"volume_m3", "volume", false, cell_amount, FIELD(volume), &volume},
    [WEIGHT] = {"weight", "poids", false, cell_cost, FIELD(weight), &weight},
    [EARLIEST] = {"earliest", "au_plus_tot", false, cell_date, FIELD(earliest), NULL},
    [DEADLINE] = {"deadline", "echeance", false, cell_date, FIELD(deadline), NULL},
    [MAX_NIGHTS] = {"max_nights_away", "nuits_max", false, cell_whole, FIELD(max_nights_away),
                    &nights},
    [RELOCATION] = {"relocation", "relogement", false, cell_choice, FIELD(relocation), &relocation},
    [MEMBERS] = {"members", "intervenants", false, cell_text, offsetof(HouseholdRow, members),
                 NULL},
    [PHONE] = {"phone", "telephone", false, cell_text, FIELD(phone), NULL},
    [NOTES] = {"notes", "remarques", false, cell_text, FIELD(notes), NULL},
    [ACCESS] = {"access", "acces", false, cell_text, FIELD(access), NULL},
};
#undef FIELD

static const SheetKind kind = {"households.csv", true, columns, N_COLUMNS, MAX_HOUSEHOLDS};

/* Reports a part of the members' cell; `references` may know a better word for `id`. */
static void fault(const Sheet *sheet, int row, const char *expected, const char *part,
                  References *references, const char *id) {
    char *instead = g_strdup_printf(_("%s instead of '%s'"), expected, part);
    char *hint = references != NULL ? reader_hint(references, id, instead) : g_strdup(instead);
    sheet_fault(sheet, row, MEMBERS, hint);
    g_free(hint);
    g_free(instead);
}

/* `role=member`, as two texts without blanks around them. */
static void set_member(const Sheet *sheet, int row, const char *part, const char *role_id,
                       const char *member_id, int *members) {
    const Reader *reader = sheet->reader;
    int role = references_find(reader->roles, role_id);
    int member = references_find(reader->resources, member_id);
    if (role == NONE && !references_incomplete(reader->roles))
        fault(sheet, row, _("a role of resources.csv"), part, reader->roles, role_id);
    if (member == NONE && !references_incomplete(reader->resources))
        fault(sheet, row, _("a resource of resources.csv"), part, reader->resources, member_id);
    if (role == NONE || member == NONE)
        return;
    int role_of_member = reader->op->resources[member].role;
    if (members[role] != NONE) {
        fault(sheet, row, _("one member for each role"), part, NULL, NULL);
    } else if (role_of_member != role && role_of_member != NONE) {
        char *expected = g_strdup_printf(_("a member of the role '%s'"), role_id);
        fault(sheet, row, expected, part, NULL, NULL);
        g_free(expected);
    } else {
        members[role] = member;
    }
}

/* `pilot=paul;electrician=elec1`: the fixed member of each role. */
static int *read_members(const Sheet *sheet, int row, const char *text) {
    const Operation *op = sheet->reader->op;
    int *members = ARENA_NEW(op->arena, int, op->n_roles);
    for (int role = 0; role < op->n_roles; role++)
        members[role] = NONE;
    char **parts = g_strsplit_set(text, ";,\n", -1);
    for (char **part = parts; *part != NULL; part++) {
        if (*g_strstrip(*part) == '\0')
            continue;
        char **ends = g_strsplit(*part, "=", 2);
        if (ends[1] == NULL)
            fault(sheet, row, _("a role and its member such as pilot=paul"), *part, NULL, NULL);
        else
            set_member(sheet, row, *part, g_strstrip(ends[0]), g_strstrip(ends[1]), members);
        g_strfreev(ends);
    }
    g_strfreev(parts);
    return members;
}

static Fact *empty_facts(const Operation *op, int package_index) {
    int n = package_index != NONE ? op->packages[package_index].n_tasks : 0;
    return no_facts(op->arena, n);
}

void read_households(Reader *reader) {
    Sheet sheet;
    sheet_open(&sheet, reader, &kind, reader->households);
    GArray *households = g_array_new(FALSE, FALSE, sizeof(Household));
    for (int row = 0; row < sheet.n_rows; row++) {
        HouseholdRow fields = {.members = ""};
        Household *household = &fields.household;
        *household = (Household){.name = "",
                                 .dwelling = "",
                                 .building = "",
                                 .phone = "",
                                 .notes = "",
                                 .access = "",
                                 .package = NONE,
                                 .rooms = 1,
                                 .weight = 1,
                                 .earliest = DATE_NONE,
                                 .deadline = DATE_NONE,
                                 .max_nights_away = NO_LIMIT,
                                 .relocation = RELOCATION_HOME};
        household->line = sheet_line(&sheet, row);
        uint32_t faulty = sheet_row(&sheet, row, &fields);
        /* Neither of both, so that progress.csv is not judged by it. */
        if ((faulty & 1U << RELOCATION) != 0)
            household->relocation = (Relocation)NONE;
        if (household->earliest != DATE_NONE && household->deadline != DATE_NONE &&
            household->earliest > household->deadline)
            sheet_warning(&sheet, row, DEADLINE, _("a date on or after 'earliest'"));
        household->members = read_members(&sheet, row, fields.members);
        household->facts = empty_facts(reader->op, household->package);
        if (sheet_id(&sheet, row, HOUSEHOLD, household->id, reader->households) != NONE)
            g_array_append_vals(households, household, 1);
    }
    reader->op->households = reader_keep(reader, households, &reader->op->n_households);
    sheet_close(&sheet);
}
