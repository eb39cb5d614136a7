/* files.c: writes the estate as the files of an operation folder. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bench/generator/estate.h"
#include "bench/generator/names.h"

enum { HOSTILE_PERCENT = 35 };

/* A hostile text instead of `text`, for some of the cells. Without draws of its own, so that the
 * estate is the same with and without. */
static const char *spoil(const Estate *estate, const char *text, int place) {
    unsigned mixed = ((unsigned)place * 2654435761u) >> 7;
    if (!estate->options.hostile || mixed % 100 >= HOSTILE_PERCENT)
        return text;
    return gen_hostile((int)(mixed / 100 % 1000));
}

/* Appends one cell and the delimiter or line end behind it; quoted where needed (RFC 4180). */
static void put(GString *csv, const char *text, char after) {
    if (text[strcspn(text, ",;\"\t\r\n")] == '\0') {
        g_string_append(csv, text);
    } else {
        g_string_append_c(csv, '"');
        for (const char *c = text; *c; c++) {
            if (*c == '"')
                g_string_append_c(csv, '"');
            g_string_append_c(csv, *c);
        }
        g_string_append_c(csv, '"');
    }
    g_string_append_c(csv, after);
}

static void put_date(GString *csv, date_t date, char after) {
    char text[DATE_TEXT];
    put(csv, date == DATE_NONE ? "" : date_text(date, text), after);
}

static void put_number(GString *csv, int number, char after) {
    g_string_append_printf(csv, "%d%c", number, after);
}

/* `text` followed by a number, as one cell: ids, labels, addresses. */
static void put_numbered(GString *csv, const char *text, int number, char after) {
    char *cell = g_strdup_printf(text, number);
    put(csv, cell, after);
    g_free(cell);
}

static void put_member(GString *csv, GenRole role, int number, char after) {
    g_string_append_printf(csv, "%s_%d%c", gen_role_names[role], number + 1, after);
}

static cJSON *needs_json(const GenTask *task) {
    cJSON *needs = cJSON_CreateArray();
    for (int i = 0; i < 2 && task->roles[i] != ROLE_NONE; i++) {
        cJSON *need = cJSON_CreateObject();
        cJSON_AddStringToObject(need, "role", gen_role_names[task->roles[i]]);
        if (task->roles[i] == ROLE_TRUCKS)
            cJSON_AddStringToObject(need, "amount", "volume_m3");
        cJSON_AddItemToArray(needs, need);
    }
    return needs;
}

static bool has_task(GenPackage package, const char *id) {
    for (int a = 0; a < gen_task_count; a++)
        if (gen_task_in(&gen_tasks[a], package) && strcmp(gen_tasks[a].id, id) == 0)
            return true;
    return false;
}

static cJSON *after_json(const GenTask *task, GenPackage package) {
    cJSON *after = cJSON_CreateArray();
    for (const GenLag *lag = task->after; lag->task; lag++) {
        if (!has_task(package, lag->task))
            continue;
        cJSON *entry = cJSON_CreateObject();
        cJSON_AddStringToObject(entry, "task", lag->task);
        cJSON_AddNumberToObject(entry, "min_days", lag->min_days);
        if (lag->max_days != NO_MAX)
            cJSON_AddNumberToObject(entry, "max_days", lag->max_days);
        cJSON_AddItemToArray(after, entry);
    }
    return after;
}

static cJSON *task_json(const Estate *estate, const GenTask *task, GenPackage package) {
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "id", task->id);
    cJSON_AddStringToObject(json, "label", spoil(estate, task->label, (int)(task - gen_tasks) + 7));
    if (task->minutes > 0)
        cJSON_AddNumberToObject(json, "minutes", task->minutes);
    else
        cJSON_AddNumberToObject(json, "days", task->days);
    if (task->presence)
        cJSON_AddTrueToObject(json, "presence");
    if (task->moves)
        cJSON_AddStringToObject(json, "moves", task->moves);
    cJSON_AddItemToObject(json, "needs", needs_json(task));
    cJSON_AddItemToObject(json, "after", after_json(task, package));
    if (task->item != ITEM_NONE) {
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "item", gen_item_names[task->item]);
        cJSON_AddNumberToObject(item, "quantity", 1);
        cJSON_AddNumberToObject(item, "days_before", 1);
        cJSON_AddItemToArray(cJSON_AddArrayToObject(json, "items"), item);
    }
    cJSON_AddNumberToObject(json, "notice_days", task->notice_days);
    return json;
}

static void add_slot(cJSON *slots, const char *id, const char *from, const char *to, bool late) {
    cJSON *slot = cJSON_CreateObject();
    cJSON_AddStringToObject(slot, "id", id);
    cJSON_AddStringToObject(slot, "from", from);
    cJSON_AddStringToObject(slot, "to", to);
    if (late)
        cJSON_AddTrueToObject(slot, "late");
    cJSON_AddItemToArray(slots, slot);
}

static void add_date(cJSON *object, const char *key, date_t date) {
    char text[DATE_TEXT];
    cJSON_AddStringToObject(object, key, date_text(date, text));
}

static GString *operation_json(const Estate *estate) {
    cJSON *root = cJSON_CreateObject();
    char *name = g_strdup_printf("Cité des Pinsons, %d logements", estate->options.households);
    cJSON_AddStringToObject(root, "name", spoil(estate, name, 1));
    g_free(name);
    cJSON_AddStringToObject(root, "timezone", "Europe/Paris");
    cJSON_AddStringToObject(root, "language", "fr");
    add_date(root, "as_of", estate->as_of);
    cJSON *horizon = cJSON_AddObjectToObject(root, "horizon");
    add_date(horizon, "start", estate->start);
    add_date(horizon, "end", estate->end);
    cJSON *slots = cJSON_AddArrayToObject(root, "slots");
    add_slot(slots, "morning", "08:30", "12:00", false);
    add_slot(slots, "afternoon", "13:30", "17:30", false);
    add_slot(slots, "evening", "17:30", "20:30", true);
    cJSON_AddNumberToObject(root, "grid_minutes", 15);
    cJSON_AddNumberToObject(root, "buffer_minutes", 15);
    cJSON_AddNumberToObject(root, "turnaround_days", 2);
    cJSON *packages = cJSON_AddObjectToObject(root, "packages");
    for (GenPackage p = 0; p < PACKAGE_COUNT; p++) {
        if (p == PACKAGE_GENERAL && !estate->options.general)
            continue;
        cJSON *package = cJSON_AddObjectToObject(packages, gen_package_ids[p]);
        cJSON_AddStringToObject(package, "label", gen_package_labels[p]);
        cJSON *tasks = cJSON_AddArrayToObject(package, "tasks");
        for (int a = 0; a < gen_task_count; a++)
            if (gen_task_in(&gen_tasks[a], p))
                cJSON_AddItemToArray(tasks, task_json(estate, &gen_tasks[a], p));
    }
    char *printed = cJSON_Print(root);
    GString *text = g_string_new(printed);
    g_string_append_c(text, '\n');
    cJSON_free(printed);
    cJSON_Delete(root);
    return text;
}

static void put_fixed(GString *csv, const GenHousehold *household) {
    GString *cell = g_string_new(NULL);
    if (household->pilot >= 0)
        g_string_append_printf(cell, "pilot=pilot_%d", household->pilot + 1);
    if (household->electrician >= 0)
        g_string_append_printf(cell, "%selectrician=electrician_%d", cell->len > 0 ? ";" : "",
                               household->electrician + 1);
    put(csv, cell->str, ',');
    g_string_free(cell, TRUE);
}

static GString *households_csv(const Estate *estate) {
    GString *csv = g_string_new("household,name,dwelling,building,package,rooms,accessible,"
                                "volume_m3,weight,earliest,deadline,max_nights_away,relocation,"
                                "members,phone,notes\n");
    for (int h = 0; h < estate->options.households; h++) {
        const GenHousehold *household = &estate->households[h];
        put_numbered(csv, "H%04d", h + 1, ',');
        char *name = g_strconcat(gen_family_name(h * 7 + h / 31), " ", gen_first_name(h), NULL);
        put(csv, spoil(estate, name, 16 * h), ',');
        g_free(name);
        char *address = g_strdup_printf("%d %s", h % 12 * 2 + 1, gen_street(household->building));
        put(csv, spoil(estate, address, 16 * h + 1), ',');
        g_free(address);
        put_numbered(csv, "B%03d", household->building + 1, ',');
        put(csv, gen_package_ids[household->package], ',');
        put_number(csv, household->rooms, ',');
        put(csv, household->accessible ? "yes" : "no", ',');
        g_string_append_printf(csv, "%d%s,", household->half_m3 / 2,
                               household->half_m3 % 2 ? ".5" : "");
        put_number(csv, household->weight, ',');
        put_date(csv, household->earliest, ',');
        put_date(csv, household->deadline, ',');
        if (household->max_nights > 0)
            put_number(csv, household->max_nights, ',');
        else
            put(csv, "", ',');
        put(csv, household->own ? "own" : "", ',');
        put_fixed(csv, household);
        char *phone = g_strdup_printf("01 99 00 %02d %02d", h / 100 % 100, h % 100);
        put(csv, spoil(estate, phone, 16 * h + 2), ',');
        g_free(phone);
        put(csv, spoil(estate, h % 6 == 0 ? gen_note(h / 6) : "", 16 * h + 3), '\n');
    }
    return csv;
}

static GString *resources_csv(const Estate *estate) {
    GString *csv =
        g_string_new("resource,role,label,measure,capacity,days,slots,max_late_per_week\n");
    for (guint i = 0; i < estate->members->len; i++) {
        const GenMember *member = &g_array_index(estate->members, GenMember, i);
        bool clock = gen_role_is_clock(member->role);
        put_member(csv, member->role, member->number, ',');
        put(csv, gen_role_names[member->role], ',');
        char *label = g_strdup_printf("%s %d", gen_firm(member->role), member->number + 1);
        put(csv, spoil(estate, label, 9 * (int)i), ',');
        g_free(label);
        put(csv, clock ? "clock" : member->role == ROLE_TRUCKS ? "volume" : "crew", ',');
        put_number(csv, member->capacity, ',');
        put(csv, "mon-fri", ',');
        put(csv, clock ? "morning,afternoon,evening,sat:morning" : "", ',');
        if (clock)
            put_number(csv, member->max_late, '\n');
        else
            put(csv, "", '\n');
    }
    return csv;
}

static void put_closure(GString *csv, date_t from, date_t until, const char *label) {
    put_date(csv, from, ',');
    put_date(csv, until, ',');
    put(csv, "", ',');
    put(csv, label, '\n');
}

static GString *calendar_csv(const Estate *estate) {
    GString *csv = g_string_new("resource,from,until,capacity,label\n");
    date_t christmas = date_from_ymd(2026, 12, 21);
    for (date_t d = estate->start; d <= estate->end; d++) {
        if (d == christmas) {
            put(csv, "*", ',');
            put_closure(csv, d, d + 11, "Congés de fin d'année");
        } else if (date_weekday(d) < 5 && estate_closed(d) &&
                   (d < christmas || d > christmas + 11)) {
            put(csv, "*", ',');
            put_closure(csv, d, d, "Jour férié");
        }
    }
    for (guint i = 0; i < estate->members->len; i++) {
        const GenMember *member = &g_array_index(estate->members, GenMember, i);
        for (int w = 0; w < 3; w++) {
            if (member->holiday[w] == DATE_NONE)
                continue;
            put_member(csv, member->role, member->number, ',');
            put_closure(csv, member->holiday[w], member->holiday[w] + 6,
                        spoil(estate, "Congés", 5 * (int)i + w));
        }
    }
    return csv;
}

static GString *homes_csv(const Estate *estate) {
    GString *csv = g_string_new("home,building,rooms,accessible\n");
    for (guint i = 0; i < estate->homes->len; i++) {
        const GenHome *home = &g_array_index(estate->homes, GenHome, i);
        put_numbered(csv, "R%03d", (int)i + 1, ',');
        put_numbered(csv, "B%03d", home->building + 1, ',');
        put_number(csv, home->rooms, ',');
        put(csv, home->accessible ? "yes" : "no", '\n');
    }
    return csv;
}

static GString *deliveries_csv(const Estate *estate) {
    GString *csv = g_string_new("delivery,item,quantity,date,household,supplier,status\n");
    for (guint i = 0; i < estate->deliveries->len; i++) {
        const GenDelivery *delivery = &g_array_index(estate->deliveries, GenDelivery, i);
        put_numbered(csv, "L%04d", (int)i + 1, ',');
        put(csv, gen_item_names[delivery->item], ',');
        put_number(csv, delivery->quantity, ',');
        put_date(csv, delivery->date, ',');
        if (delivery->household >= 0)
            put_numbered(csv, "H%04d", delivery->household + 1, ',');
        else
            put(csv, "", ',');
        const char *supplier =
            delivery->item == ITEM_KITCHEN ? "Cuisines Leman" : "Sanitaires Réunis";
        put(csv, spoil(estate, supplier, 3 * (int)i), ',');
        put(csv, i % 9 == 8 ? "late" : "promised", '\n');
    }
    return csv;
}

static void put_window(GString *csv, int h, const char *days, const char *from, const char *to,
                       const char *kind) {
    put_numbered(csv, "H%04d", h + 1, ',');
    put(csv, days, ',');
    put(csv, from, ',');
    put(csv, to, ',');
    put(csv, kind, '\n');
}

static void put_times(GString *csv, int h, const GenHousehold *household) {
    static const char *const some_days[] = {"mon,wed,fri", "tue,thu", "wed,fri", "mon-wed"};
    static const char *const one_day[] = {"mon", "tue", "wed", "thu"};
    switch (household->times) {
    case TIMES_EVENINGS:
        put_window(csv, h, "mon-fri", "18:00", "20:30", "available");
        break;
    case TIMES_EVENINGS_SATURDAYS:
        put_window(csv, h, "mon-fri", "18:00", "20:30", "available");
        put_window(csv, h, "sat", "", "", household->detail < 2 ? "preferred" : "available");
        break;
    case TIMES_MORNINGS:
        put_window(csv, h, "mon-fri", "08:30", "12:00", "available");
        break;
    case TIMES_SOME_DAYS:
        put_window(csv, h, some_days[household->detail], "", "", "available");
        break;
    case TIMES_PREFERRED:
        put_window(csv, h, "mon-fri", "", "", "available");
        put_window(csv, h, one_day[household->detail], "13:30", "17:30", "preferred");
        break;
    case TIMES_ANY:
    case TIMES_COUNT:
        break;
    }
}

static GString *availability_csv(const Estate *estate) {
    GString *csv = g_string_new("household,days,from,to,kind\n");
    for (int h = 0; h < estate->options.households; h++) {
        const GenHousehold *household = &estate->households[h];
        put_times(csv, h, household);
        for (int i = 0; i < household->n_absences; i++) {
            char from[DATE_TEXT], until[DATE_TEXT];
            char *days = g_strconcat(date_text(household->absence_from[i], from), "..",
                                     date_text(household->absence_until[i], until), NULL);
            put_window(csv, h, days, "", "", "absent");
            g_free(days);
        }
    }
    return csv;
}

static GString *progress_csv(const Estate *estate) {
    GString *csv = g_string_new("household,task,status,start,member\n");
    for (guint i = 0; i < estate->facts->len; i++) {
        const GenFact *fact = &g_array_index(estate->facts, GenFact, i);
        char start[DATE_TEXT];
        put_numbered(csv, "H%04d", fact->household + 1, ',');
        put(csv, "visit", ',');
        put(csv, fact->status, ',');
        put(csv, date_time_text(fact->date, fact->minute, start), ',');
        put_member(csv, ROLE_PILOT, fact->pilot, '\n');
    }
    return csv;
}

bool files_write(const Estate *estate, const char *folder) {
    static const struct {
        const char *name;
        GString *(*make)(const Estate *estate);
    } files[] = {
        {"operation.json", operation_json},
        {"households.csv", households_csv},
        {"resources.csv", resources_csv},
        {"calendar.csv", calendar_csv},
        {"homes.csv", homes_csv},
        {"deliveries.csv", deliveries_csv},
        {"availability.csv", availability_csv},
        {"progress.csv", progress_csv},
    };
    if (g_mkdir_with_parents(folder, 0755) != 0) {
        g_printerr("%s: %s\n", folder, g_strerror(errno));
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        char *path = g_build_filename(folder, files[i].name, NULL);
        GString *text = files[i].make(estate);
        GError *error = NULL;
        g_file_set_contents(path, text->str, (gssize)text->len, &error);
        g_string_free(text, TRUE);
        g_free(path);
        if (error) {
            g_printerr("%s\n", error->message);
            g_error_free(error);
            return false;
        }
    }
    return true;
}
