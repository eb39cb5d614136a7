#include "solver/pipe.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/one_task.h"

typedef struct Ends {
    int in, out;
} Ends;

static Ends open_pipe(void) {
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    return (Ends){ends[0], ends[1]};
}

static void assert_message(Inbox *inbox, MessageKind kind, const char *text) {
    Message message;
    assert_int_equal(inbox_next(inbox, &message), INBOX_MESSAGE);
    assert_int_equal(message.kind, kind);
    assert_int_equal(message.length, strlen(text));
    assert_memory_equal(message.bytes, text, message.length);
}

static void messages_arrive_in_order(void **state) {
    (void)state;
    Ends ends = open_pipe();
    Inbox *inbox = inbox_new();
    Message message;
    assert_true(inbox_fill(inbox, ends.in));
    assert_int_equal(inbox_next(inbox, &message), INBOX_EMPTY);
    assert_true(pipe_send(ends.out, MESSAGE_LOG, "first", 5));
    assert_true(pipe_send(ends.out, MESSAGE_BOUND, "second", 6));
    assert_true(inbox_fill(inbox, ends.in));
    assert_message(inbox, MESSAGE_LOG, "first");
    assert_message(inbox, MESSAGE_BOUND, "second");
    assert_int_equal(inbox_next(inbox, &message), INBOX_EMPTY);
    assert_true(pipe_send(ends.out, MESSAGE_END, NULL, 0));
    close(ends.out);
    assert_false(inbox_fill(inbox, ends.in));
    assert_message(inbox, MESSAGE_END, "");
    inbox_free(inbox);
    close(ends.in);
}

/* The bytes of one message, as they stand in the pipe. */
static size_t message_bytes(char *bytes, size_t size) {
    Ends ends = open_pipe();
    assert_true(pipe_send(ends.out, MESSAGE_LOG, "hello", 5));
    ssize_t length = read(ends.in, bytes, size);
    assert_true(length > 5);
    close(ends.in);
    close(ends.out);
    return (size_t)length;
}

static void a_message_in_pieces_is_put_together(void **state) {
    (void)state;
    char bytes[100];
    size_t length = message_bytes(bytes, sizeof bytes);
    Ends ends = open_pipe();
    Inbox *inbox = inbox_new();
    Message message;
    for (size_t i = 0; i < length; i++) {
        assert_int_equal(inbox_next(inbox, &message), INBOX_EMPTY);
        assert_int_equal(write(ends.out, bytes + i, 1), 1);
        assert_true(inbox_fill(inbox, ends.in));
    }
    assert_message(inbox, MESSAGE_LOG, "hello");
    inbox_free(inbox);
    close(ends.in);
    close(ends.out);
}

static void a_changed_byte_never_passes(void **state) {
    (void)state;
    char bytes[100];
    size_t length = message_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < length; i++) {
        Ends ends = open_pipe();
        Inbox *inbox = inbox_new();
        bytes[i] ^= 0x10;
        assert_int_equal(write(ends.out, bytes, length), length);
        bytes[i] ^= 0x10;
        assert_true(inbox_fill(inbox, ends.in));
        Message message;
        /* A longer length makes it incomplete; everything else is damage. */
        assert_int_not_equal(inbox_next(inbox, &message), INBOX_MESSAGE);
        inbox_free(inbox);
        close(ends.in);
        close(ends.out);
    }
}

static void nothing_is_sent_when_nobody_reads(void **state) {
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    Ends ends = open_pipe();
    close(ends.in);
    assert_false(pipe_send(ends.out, MESSAGE_LOG, "hello", 5));
    close(ends.out);
}

static Plan *plan_with_reasons(Arena *arena, const Operation *op) {
    static const char *reasons[] = {"no crew", "", "fenêtre trop courte"};
    Plan *plan = one_task_plan(arena, op, 12);
    plan->bound = 7;
    plan->households[0].nights_away = 3;
    plan->households[0].n_reasons = 3;
    plan->households[0].reasons = reasons;
    return plan;
}

static void a_phase_comes_out_as_it_went_in(void **state) {
    (void)state;
    GByteArray *bytes = phase_pack(&(SolvePhase){"column generation", 70000, 3});
    char name[MAX_PHASE_NAME + 1];
    SolvePhase phase;
    assert_true(phase_unpack(&phase, name, bytes->data, bytes->len));
    assert_string_equal(phase.name, "column generation");
    assert_int_equal(phase.columns, 70000);
    assert_int_equal(phase.rows, 3);
    assert_false(phase_unpack(&phase, name, bytes->data, 7)); /* cut in the figures */
    bytes->data[bytes->len - 1] = '\n';
    assert_false(phase_unpack(&phase, name, bytes->data, bytes->len));
    assert_string_equal(phase.name, "");
    g_byte_array_unref(bytes);
    bytes = phase_pack(&(SolvePhase){"a name of more than twenty-four letters", 0, 0});
    assert_false(phase_unpack(&phase, name, bytes->data, bytes->len));
    g_byte_array_unref(bytes);
}

static void a_plan_comes_out_as_it_went_in(void **state) {
    (void)state;
    Operation *op = one_task_operation();
    Arena *arena = arena_new();
    GByteArray *bytes = plan_pack(op, plan_with_reasons(arena, op));
    Plan *plan = plan_unpack(arena, op, bytes->data, bytes->len);
    assert_non_null(plan);
    assert_int_equal(plan->total, 12);
    assert_int_equal(plan->bound, 7);
    assert_int_equal(plan->parts[PART_FLOW_DAY], 12);
    assert_int_equal(plan->as_of, op->as_of);
    assert_int_equal(one_task_day(op, plan), 12);
    const PlanHousehold *household = &plan->households[0];
    assert_true(household->planned);
    assert_int_equal(household->home, NONE);
    assert_int_equal(household->nights_away, 3);
    assert_int_equal(household->n_reasons, 3);
    assert_string_equal(household->reasons[0], "no crew");
    assert_string_equal(household->reasons[1], "");
    assert_string_equal(household->reasons[2], "fenêtre trop courte");
    g_byte_array_unref(bytes);
    arena_free(arena);
    operation_free(op);
}

static void bytes_that_are_no_plan_are_refused(void **state) {
    (void)state;
    Operation *op = one_task_operation();
    Arena *arena = arena_new();
    GByteArray *bytes = plan_pack(op, plan_with_reasons(arena, op));
    for (guint length = 0; length < bytes->len; length++) {
        uint8_t *part = g_memdup2(bytes->data, length); /* so that reading too far is seen */
        assert_null(plan_unpack(arena, op, part, length));
        g_free(part);
    }
    const guint8 more = 0;
    g_byte_array_append(bytes, &more, 1);
    assert_null(plan_unpack(arena, op, bytes->data, bytes->len));
    g_byte_array_unref(bytes);
    arena_free(arena);
    operation_free(op);
}

static void assert_unpack_refuses(Arena *arena, const Operation *op, const Plan *plan) {
    GByteArray *bytes = plan_pack(op, plan);
    assert_null(plan_unpack(arena, op, bytes->data, bytes->len));
    g_byte_array_unref(bytes);
}

static void figures_out_of_bounds_are_refused(void **state) {
    (void)state;
    Operation *op = one_task_operation();
    Arena *arena = arena_new();
    Plan *plan = plan_with_reasons(arena, op);
    PlanHousehold *household = &plan->households[0];
    household->home = op->n_homes;
    assert_unpack_refuses(arena, op, plan);
    household->home = -2;
    assert_unpack_refuses(arena, op, plan);
    household->home = NONE;
    household->tasks[0].start = INT32_MAX;
    assert_unpack_refuses(arena, op, plan);
    household->tasks[0].start = op->start;
    household->tasks[0].finish_minute = 24 * 60 + 1;
    assert_unpack_refuses(arena, op, plan);
    household->tasks[0].finish_minute = MINUTE_NONE;
    household->reasons[0] = "\xff\xfe";
    assert_unpack_refuses(arena, op, plan);
    household->reasons[0] = "no crew";
    household->nights_away = -1;
    assert_unpack_refuses(arena, op, plan);
    arena_free(arena);
    operation_free(op);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_arrive_in_order),
        cmocka_unit_test(a_message_in_pieces_is_put_together),
        cmocka_unit_test(a_changed_byte_never_passes),
        cmocka_unit_test(nothing_is_sent_when_nobody_reads),
        cmocka_unit_test(a_phase_comes_out_as_it_went_in),
        cmocka_unit_test(a_plan_comes_out_as_it_went_in),
        cmocka_unit_test(bytes_that_are_no_plan_are_refused),
        cmocka_unit_test(figures_out_of_bounds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
