/*
 * scenario.c: any bytes as a scenario: a file when they begin with a brace, else --slip.
 *
 * A scenario comes out exactly when no error was told. What it makes of the operation of
 * examples/tiny becomes a problem, and the verifier judges the plan of facts that is carried over.
 */
#include "fuzz/support.h"
#include "io/read_scenario.h"
#include "solver/problem.h"
#include "solver/verify.h"

static void alter(const Operation *op, const Scenario *scenario) {
    Arena *arena = arena_new();
    Operation *altered = operation_altered(op, scenario->alterations, scenario->n, arena);
    const Plan *plan = altered_plan(altered, op, plan_new(arena, op), arena);
    verdict_free(verify_plan(altered, NULL, plan, false));
    problem_free(problem_new(altered, plan));
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Operation *op;
    static FILE *nowhere;
    Faults *faults = faults_new();
    if (op == NULL) {
        op = fuzz_operation("", "", faults);
        nowhere = fopen("/dev/null", "we");
    }
    require(op != NULL && nowhere != NULL);
    Arena *arena = arena_new();
    Scenario scenario = {"", 0, NULL};
    bool good;
    if (size > 0 && data[0] == '{') {
        good = scenario_read(fuzz_path(data, size), op, arena, &scenario, faults);
    } else {
        char *text = fuzz_text(data, size);
        /* The command line is UTF-8 by then. */
        good = g_utf8_validate(text, -1, NULL) &&
               scenario_from_slips(text, op, arena, &scenario, faults);
        g_free(text);
    }
    require(!good || faults_count(faults, FAULT_ERROR) == 0);
    faults_print(faults, nowhere, true);
    if (good)
        alter(op, &scenario);
    arena_free(arena);
    faults_free(faults);
    return 0;
}
