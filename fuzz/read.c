/*
 * read.c: one file of an operation, among the good files of examples/tiny.
 *
 * The program is called read_FILE. An operation comes out exactly when no error was told; what it
 * keeps of its files reads as the same again; it becomes a problem, and the verifier judges the
 * plan in which nobody is planned.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fuzz/support.h"
#include "io/read_operation.h"
#include "solver/problem.h"
#include "solver/verify.h"

/* The file whose bytes they are, by the name of the program. */
static const char *fuzzed_file(void) {
    static const char beginning[] = "read_";
    require(g_str_has_prefix(program_invocation_short_name, beginning));
    return program_invocation_short_name + strlen(beginning);
}

/* What is kept in plan.json is read when plans are compared. */
static void read_again(const Operation *op) {
    Faults *faults = faults_new();
    Operation *again = read_operation_texts("fuzz", op->inputs, op->n_inputs, op->as_of, faults);
    require(again != NULL);
    require(again->n_households == op->n_households && again->n_resources == op->n_resources &&
            again->n_packages == op->n_packages && again->n_homes == op->n_homes &&
            again->n_deliveries == op->n_deliveries);
    operation_free(again);
    faults_free(faults);
}

static void compile_and_judge(const Operation *op) {
    problem_free(problem_new(op, NULL));
    Arena *arena = arena_new();
    verdict_free(verify_plan(op, NULL, plan_new(arena, op), false));
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static FILE *nowhere;
    if (nowhere == NULL)
        nowhere = fopen("/dev/null", "we");
    char *text = fuzz_text(data, size);
    Faults *faults = faults_new();
    Operation *op = fuzz_operation(fuzzed_file(), text, faults);
    require((op == NULL) == (faults_count(faults, FAULT_ERROR) > 0));
    faults_print(faults, nowhere, true);
    if (op != NULL) {
        read_again(op);
        compile_and_judge(op);
    }
    operation_free(op);
    faults_free(faults);
    g_free(text);
    return 0;
}
