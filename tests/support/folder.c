#include "tests/support/folder.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/read_operation.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *file, *text;
} defaults[] = {
    {"operation.json",
     "{\n"
     "  \"name\": \"Cité des Pinsons\",\n"
     "  \"timezone\": \"Europe/Paris\",\n"
     "  \"language\": \"en\",\n"
     "  \"as_of\": \"2026-09-04\",\n"
     "  \"horizon\": {\"start\": \"2026-09-07\", \"end\": \"2027-07-30\"},\n"
     "  \"slots\": [\n"
     "    {\"id\": \"morning\", \"from\": \"08:30\", \"to\": \"12:00\"},\n"
     "    {\"id\": \"afternoon\", \"from\": \"13:30\", \"to\": \"17:30\"},\n"
     "    {\"id\": \"evening\", \"from\": \"17:30\", \"to\": \"20:30\", \"late\": true}\n"
     "  ],\n"
     "  \"weights\": {\"night_away\": 12},\n"
     "  \"packages\": {\n"
     "    \"full\": {\n"
     "      \"label\": \"Full renovation\",\n"
     "      \"tasks\": [\n"
     "        {\"id\": \"visit\", \"label\": \"Visite technique\", \"minutes\": 90,\n"
     "         \"needs\": [{\"role\": \"pilot\"}], \"notice_days\": 7},\n"
     "        {\"id\": \"move_out\", \"days\": 1, \"presence\": true, \"moves\": \"out\",\n"
     "         \"needs\": [{\"role\": \"movers\"}, {\"role\": \"trucks\", \"amount\": "
     "\"volume_m3\"}],\n"
     "         \"after\": [{\"task\": \"visit\", \"min_days\": 14, \"max_days\": 60}],\n"
     "         \"notice_days\": 30},\n"
     "        {\"id\": \"kitchen\", \"days\": 2, \"needs\": [{\"role\": \"fitter\"}],\n"
     "         \"items\": [{\"item\": \"kitchen\", \"days_before\": 1}],\n"
     "         \"after\": [{\"task\": \"move_out\"}]},\n"
     "        {\"id\": \"move_back\", \"days\": 1, \"moves\": \"back\",\n"
     "         \"needs\": [{\"role\": \"movers\"}],\n"
     "         \"after\": [{\"task\": \"kitchen\", \"min_days\": 2}]}\n"
     "      ]\n"
     "    },\n"
     "    \"occupied\": {\n"
     "      \"tasks\": [{\"id\": \"bathroom\", \"days\": 4, \"needs\": [{\"role\": "
     "\"fitter\"}]}]\n"
     "    }\n"
     "  }\n"
     "}\n"},
    {"households.csv", "household,name,package,rooms,volume_m3,weight,earliest,deadline,members\n"
                       "H001,Mme Petit,full,3,22.5,2,2026-09-10,2027-03-31,pilot=paul\n"
                       "H002,M. Carpentier,full,4,30,,,,\n"
                       "H003,Mme Lefebvre,occupied,,,,,,\n"},
    {"resources.csv",
     "resource,role,label,measure,capacity,days,slots,max_late_per_week\n"
     "paul,pilot,Paul,clock,1,mon-fri,\"morning,afternoon,evening,sat:morning\",2\n"
     "anne,pilot,Anne,clock,,,,\n"
     "mov1,movers,,crew,2,,,\n"
     "trucks,trucks,,volume,60,\"mon-thu,sat\",,\n"
     "fit1,fitter,,crew,1,,,\n"},
    {"availability.csv", "household,days,from,to,kind\n"
                         "H001,mon-fri,17:30,20:30,preferred\n"
                         "H001,2026-12-20..2027-01-04,,,absent\n"
                         "H002,sat,09:00,12:00,available\n"},
    {"calendar.csv", "resource,from,until,capacity,label\n"
                     "*,2026-12-25,,,Christmas\n"
                     "movers,2027-01-11,2027-01-15,3,extra crew\n"},
    {"homes.csv", "home,building,rooms,accessible,from,until\n"
                  "R01,A,4,yes,2026-09-01,2027-07-31\n"
                  "R02,,3,,,\n"},
    {"deliveries.csv", "delivery,item,quantity,date,household,supplier,status\n"
                       "L1,kitchen,1,2026-10-01,H001,Cuisines du Nord,promised\n"
                       "L2,kitchen,5,2026-11-02,,,late\n"},
    {"progress.csv", "household,task,status,start,finish,member,home\n"
                     "H001,visit,done,2026-09-02 18:00,,paul,\n"
                     "H001,move_out,announced,2026-10-12,,,R01\n"},
};

static char *path_of(const char *folder, const char *file) {
    return g_build_filename(folder, file, NULL);
}

char *folder_new(void) {
    char *folder = g_dir_make_tmp("pilote-test-XXXXXX", NULL);
    assert_non_null(folder);
    for (size_t i = 0; i < G_N_ELEMENTS(defaults); i++)
        folder_write(folder, defaults[i].file, defaults[i].text);
    return folder;
}

void folder_free(char *folder) {
    GDir *directory = g_dir_open(folder, 0, NULL);
    assert_non_null(directory);
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;)
        folder_delete(folder, name);
    g_dir_close(directory);
    assert_int_equal(g_rmdir(folder), 0);
    g_free(folder);
}

const char *folder_default(const char *file) {
    for (size_t i = 0; i < G_N_ELEMENTS(defaults); i++)
        if (g_str_equal(defaults[i].file, file))
            return defaults[i].text;
    fail_msg("no default for %s", file);
    return NULL;
}

void folder_write(const char *folder, const char *file, const char *text) {
    folder_write_bytes(folder, file, text, strlen(text));
}

void folder_write_bytes(const char *folder, const char *file, const void *bytes, size_t length) {
    char *path = path_of(folder, file);
    /* Not g_file_set_contents(), which waits for the disk. */
    FILE *out = g_fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    assert_int_equal(fclose(out), 0);
    g_free(path);
}

void folder_replace(const char *folder, const char *file, const char *old, const char *new) {
    const char *text = folder_default(file);
    const char *place = strstr(text, old);
    if (place == NULL)
        fail_msg("'%s' is not in %s", old, file);
    GString *changed = g_string_new_len(text, place - text);
    g_string_append(changed, new);
    g_string_append(changed, place + strlen(old));
    folder_write(folder, file, changed->str);
    g_string_free(changed, TRUE);
}

void folder_append(const char *folder, const char *file, const char *text) {
    char *both = g_strconcat(folder_default(file), text, NULL);
    folder_write(folder, file, both);
    g_free(both);
}

void folder_delete(const char *folder, const char *file) {
    char *path = path_of(folder, file);
    assert_int_equal(g_remove(path), 0);
    g_free(path);
}

char *faults_text(const Faults *faults) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    faults_print(faults, out, true);
    fclose(out);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}

Operation *folder_read(const char *folder) {
    Faults *faults = faults_new();
    Operation *op = read_operation(folder, DATE_NONE, faults);
    char *text = faults_text(faults);
    if (op == NULL)
        fail_msg("the operation is refused:\n%s", text);
    g_free(text);
    faults_free(faults);
    return op;
}

char *folder_faults(const char *folder) {
    Faults *faults = faults_new();
    Operation *op = read_operation(folder, DATE_NONE, faults);
    assert_int_equal(op == NULL, faults_count(faults, FAULT_ERROR) > 0);
    char *text = faults_text(faults);
    operation_free(op);
    faults_free(faults);
    return text;
}

void folder_check(const char *file, const FolderCase *cases, size_t n) {
    char *folder = folder_new();
    for (size_t i = 0; i < n; i++) {
        if (cases[i].old != NULL)
            folder_replace(folder, file, cases[i].old, cases[i].new);
        else
            folder_append(folder, file, cases[i].new);
        char *told = folder_faults(folder);
        assert_string_equal(told, cases[i].told);
        g_free(told);
    }
    folder_free(folder);
}
