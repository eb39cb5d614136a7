/*
 * plan.c: any bytes as the plan.json of examples/tiny, read in all the ways there are.
 *
 * A plan that is read is judged, written and read again, and written as the same bytes.
 */
#include <string.h>

#include "fuzz/support.h"
#include "io/plan_json.h"
#include "io/snapshot.h"
#include "io/verdict.h"
#include "solver/language.h"
#include "solver/verify.h"

static Plan *read_plan(const char *path, const Operation *op, Arena *arena, bool previous) {
    Faults *faults = faults_new();
    Plan *plan = plan_read(path, op, arena, previous, faults);
    require((plan == NULL) == (faults_count(faults, FAULT_ERROR) > 0));
    faults_free(faults);
    return plan;
}

static Events *read_events(const char *path, Arena *arena, bool previous) {
    Faults *faults = faults_new();
    Events *events = events_read(path, arena, previous, faults);
    require((events == NULL) == (faults_count(faults, FAULT_ERROR) > 0));
    faults_free(faults);
    return events;
}

static void judge(const Operation *op, const Plan *previous, const Plan *plan) {
    Verdict *verdict = verify_plan(op, previous, plan, true);
    g_free(verdict_text(op, verdict));
    verdict_free(verdict);
}

/* What is written is read as the same. */
static void write_and_read(const Operation *op, const Plan *plan, const Events *told,
                           Arena *arena) {
    char *once = plan_to_json(op, plan, events_new(arena, op, plan, told));
    const char *path = fuzz_path(once, strlen(once));
    const Plan *again = read_plan(path, op, arena, false);
    const Events *events = read_events(path, arena, true);
    require(again != NULL && events != NULL);
    char *twice = plan_to_json(op, again, events_new(arena, op, again, events));
    require(g_str_equal(once, twice));
    g_free(once);
    g_free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Operation *op;
    Faults *faults = faults_new();
    if (op == NULL)
        op = fuzz_operation("", "", faults);
    require(op != NULL);
    Arena *arena = arena_new();
    const char *path = fuzz_path(data, size);
    Plan *previous = read_plan(path, op, arena, true);
    Plan *plan = read_plan(path, op, arena, false);
    Events *told = read_events(path, arena, true);
    read_events(path, arena, false);
    Snapshot snapshot;
    if (snapshot_read(path, &snapshot, faults))
        snapshot_free(&snapshot);
    language_set(op->language);
    if (plan != NULL) {
        judge(op, previous, plan);
        write_and_read(op, plan, told, arena);
    }
    arena_free(arena);
    faults_free(faults);
    return 0;
}
