/*
 * note.c: any bytes as progress.csv, into which a fact is noted.
 *
 * The first byte chooses the task. Where the file is in order, the new one is too, or is refused in
 * words; it says what was noted, and of all other tasks what it said before.
 */
#include <string.h>

#include "fuzz/support.h"
#include "io/note.h"

static const char file[] = "progress.csv";

static bool same_fact(const Fact *a, const Fact *b) {
    return a->status == b->status && a->start == b->start && a->start_minute == b->start_minute &&
           a->finish == b->finish && a->finish_minute == b->finish_minute &&
           a->member == b->member && a->home == b->home;
}

static Note choose(const Operation *op, uint8_t byte) {
    Note note = {.household = byte % op->n_households,
                 .finish = DATE_NONE,
                 .finish_minute = MINUTE_NONE,
                 .start_minute = MINUTE_NONE,
                 .start = op->start + 3,
                 .member = NONE,
                 .home = NONE};
    const Package *package = household_package(op, note.household);
    note.task = byte / op->n_households % package->n_tasks;
    if (package->tasks[note.task].minutes > 0)
        note.start_minute = 10 * 60 + 30;
    return note;
}

/* Facts may contradict each other, which is told when the new file is read; if it is not, only the
 * noted one has changed. */
static void check(const Operation *op, const Note *note, const char *bytes) {
    Faults *faults = faults_new();
    Operation *changed = fuzz_operation(file, bytes, faults);
    require((changed == NULL) == (faults_count(faults, FAULT_ERROR) > 0));
    for (int h = 0; changed != NULL && h < op->n_households; h++)
        for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
            const Fact *old = &op->households[h].facts[a], *new = &changed->households[h].facts[a];
            if (h != note->household || a != note->task)
                require(same_fact(old, new));
            else
                require(
                    new->status == STATUS_ANNOUNCED &&new->start == note->start &&
                    (new->start_minute == note->start_minute || note->start_minute == MINUTE_NONE));
        }
    operation_free(changed);
    faults_free(faults);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    char *text = fuzz_text(data + 1, size - 1);
    Faults *faults = faults_new();
    Operation *op = fuzz_operation(file, text, faults);
    if (op != NULL) {
        Note note = choose(op, data[0]);
        char *error = NULL;
        GString *old = g_string_new(text);
        GString *bytes = notes_apply(op, old, &note, 1, &error);
        require((bytes == NULL) == (error != NULL));
        if (bytes != NULL) {
            check(op, &note, bytes->str);
            g_string_free(bytes, TRUE);
        }
        g_string_free(old, TRUE);
        g_free(error);
    }
    operation_free(op);
    faults_free(faults);
    g_free(text);
    return 0;
}
