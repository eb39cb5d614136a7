/*
 * suppliers.c: any bytes as suppliers.csv and, behind the first NUL, supplier_history.csv.
 *
 * Suppliers come out exactly when no error was told; their figures are in their ranges, and what
 * they draw is a number of days that a calendar has.
 */
#include <string.h>
#include <unistd.h>

#include "fuzz/support.h"
#include "io/read_suppliers.h"

static char folder[] = "/tmp/pilote-fuzz-XXXXXX";

static void remove_folder(void) {
    for (int i = 0; i < 2; i++) {
        char *path =
            g_build_filename(folder, i == 0 ? "suppliers.csv" : "supplier_history.csv", NULL);
        unlink(path);
        g_free(path);
    }
    rmdir(folder);
}

static void write_file(const char *name, const uint8_t *data, size_t size) {
    char *path = g_build_filename(folder, name, NULL);
    FILE *file = fopen(path, "we");
    require(file != NULL && fwrite(data, 1, size, file) == size && fclose(file) == 0);
    g_free(path);
}

static void check(const Supplier *supplier) {
    require(supplier->on_time >= 0 && supplier->on_time <= 1);
    require(supplier->mean >= 0 && supplier->spread >= 0);
    for (int sample = 0; sample < 3; sample++) {
        int slip = supplier_slip(supplier, date_from_ymd(2026, 10, 1), 1, sample);
        require(slip >= 0 && slip < 1000000);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Operation *op;
    Faults *faults = faults_new();
    if (op == NULL) {
        op = fuzz_operation("", "", faults);
        require(op != NULL && mkdtemp(folder) != NULL);
        op->folder = folder;
        atexit(remove_folder);
    }
    const uint8_t *end = size == 0 ? NULL : memchr(data, 0, size);
    size_t first = end == NULL ? size : (size_t)(end - data);
    write_file("suppliers.csv", data, first);
    write_file("supplier_history.csv", data + MIN(first + 1, size), size - MIN(first + 1, size));
    Arena *arena = arena_new();
    int n = 0;
    Supplier *suppliers = suppliers_read(op, arena, &n, faults);
    require((suppliers == NULL) == (faults_count(faults, FAULT_ERROR) > 0));
    for (int i = 0; suppliers != NULL && i < n; i++)
        check(&suppliers[i]);
    arena_free(arena);
    faults_free(faults);
    return 0;
}
