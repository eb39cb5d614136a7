#include "solver/pipe.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    HEAD_MARK = 0x70696c6f,
    READ_BYTES = 256 << 10,
    FILL_BYTES = 4 << 20, /* read by one inbox_fill() at most, so that its caller can look up */
    MAX_REASONS = 64,     /* of one household */
};

typedef struct Head {
    uint32_t mark;
    uint32_t kind;
    uint64_t length;   /* bytes behind the head */
    uint64_t checksum; /* of kind, length and those bytes */
} Head;

struct Inbox {
    GByteArray *bytes;
    size_t taken; /* bytes at the front that inbox_next() has handed out */
};

/* FNV-1a, 64 bits. */
static uint64_t hash(uint64_t state, const void *data, size_t length) {
    const uint8_t *bytes = data;
    for (size_t i = 0; i < length; i++)
        state = (state ^ bytes[i]) * UINT64_C(0x100000001b3);
    return state;
}

static uint64_t checksum(const Head *head, const void *bytes) {
    uint64_t state = UINT64_C(0xcbf29ce484222325);
    state = hash(state, &head->kind, sizeof head->kind);
    state = hash(state, &head->length, sizeof head->length);
    return hash(state, bytes, head->length);
}

static bool write_all(int fd, const void *data, size_t length) {
    const uint8_t *bytes = data;
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

bool pipe_send(int fd, MessageKind kind, const void *bytes, size_t length) {
    if (length > MAX_MESSAGE_BYTES)
        return false;
    Head head = {.mark = HEAD_MARK, .kind = kind, .length = length};
    head.checksum = checksum(&head, bytes);
    return write_all(fd, &head, sizeof head) && write_all(fd, bytes, length);
}

Inbox *inbox_new(void) {
    Inbox *inbox = g_new0(Inbox, 1);
    inbox->bytes = g_byte_array_new();
    return inbox;
}

void inbox_free(Inbox *inbox) {
    if (inbox == NULL)
        return;
    g_byte_array_unref(inbox->bytes);
    g_free(inbox);
}

bool inbox_fill(Inbox *inbox, int fd) {
    g_byte_array_remove_range(inbox->bytes, 0, (guint)inbox->taken);
    inbox->taken = 0;
    for (size_t total = 0; total < FILL_BYTES;) {
        guint length = inbox->bytes->len;
        g_byte_array_set_size(inbox->bytes, length + READ_BYTES);
        ssize_t n = read(fd, inbox->bytes->data + length, READ_BYTES);
        g_byte_array_set_size(inbox->bytes, length + (guint)(n > 0 ? n : 0));
        if (n == 0)
            return false;
        if (n < 0 && errno != EINTR)
            return errno == EAGAIN;
        total += n > 0 ? (size_t)n : 0;
    }
    return true;
}

InboxState inbox_next(Inbox *inbox, Message *message) {
    size_t left = inbox->bytes->len - inbox->taken;
    if (left < sizeof(Head))
        return INBOX_EMPTY;
    Head head;
    memcpy(&head, inbox->bytes->data + inbox->taken, sizeof head);
    if (head.mark != HEAD_MARK || head.kind > MESSAGE_END || head.length > MAX_MESSAGE_BYTES)
        return INBOX_DAMAGED;
    if (left - sizeof head < head.length)
        return INBOX_EMPTY;
    const uint8_t *bytes = inbox->bytes->data + inbox->taken + sizeof head;
    if (checksum(&head, bytes) != head.checksum)
        return INBOX_DAMAGED;
    *message = (Message){(MessageKind)head.kind, bytes, head.length};
    inbox->taken += sizeof head + head.length;
    return INBOX_MESSAGE;
}

static void put(GByteArray *out, const void *value, size_t bytes) {
    g_byte_array_append(out, value, (guint)bytes);
}

static void put_int(GByteArray *out, int32_t value) {
    put(out, &value, sizeof value);
}

GByteArray *phase_pack(const SolvePhase *phase) {
    GByteArray *out = g_byte_array_new();
    put_int(out, phase->columns);
    put_int(out, phase->rows);
    put(out, phase->name, strlen(phase->name));
    return out;
}

static void put_household(GByteArray *out, const Operation *op, int h, const PlanHousehold *hh) {
    put_int(out, hh->planned);
    put_int(out, hh->home);
    put_int(out, hh->nights_away);
    for (int role = 0; role < op->n_roles; role++)
        put_int(out, hh->members[role]);
    for (int a = 0; a < household_package(op, h)->n_tasks; a++) {
        const PlanTask *task = &hh->tasks[a];
        put_int(out, task->start);
        put_int(out, task->finish);
        put_int(out, task->start_minute);
        put_int(out, task->finish_minute);
    }
    int reasons = MIN(hh->n_reasons, MAX_REASONS);
    put_int(out, reasons);
    for (int i = 0; i < reasons; i++) {
        size_t length = strlen(hh->reasons[i]);
        put_int(out, (int32_t)length);
        put(out, hh->reasons[i], length);
    }
}

GByteArray *plan_pack(const Operation *op, const Plan *plan) {
    GByteArray *out = g_byte_array_new();
    put(out, &plan->total, sizeof plan->total);
    put(out, &plan->bound, sizeof plan->bound);
    put(out, plan->parts, sizeof plan->parts);
    for (int h = 0; h < op->n_households; h++)
        put_household(out, op, h, &plan->households[h]);
    return out;
}

/* Bytes that are still to be read; `good` turns false at the first value that cannot be. */
typedef struct Unpacking {
    const uint8_t *bytes;
    size_t left;
    bool good;
} Unpacking;

static void take(Unpacking *in, void *value, size_t bytes) {
    if (!in->good || in->left < bytes) {
        in->good = false;
        memset(value, 0, bytes);
        return;
    }
    memcpy(value, in->bytes, bytes);
    in->bytes += bytes;
    in->left -= bytes;
}

static int take_int(Unpacking *in, int min, int max) {
    int32_t value = 0;
    take(in, &value, sizeof value);
    if (value < min || value > max)
        in->good = false;
    return value;
}

bool phase_unpack(SolvePhase *phase, char name[MAX_PHASE_NAME + 1], const uint8_t *bytes,
                  size_t length) {
    Unpacking in = {bytes, length, true};
    phase->columns = take_int(&in, 0, INT32_MAX);
    phase->rows = take_int(&in, 0, INT32_MAX);
    phase->name = name;
    in.good = in.good && in.left <= MAX_PHASE_NAME;
    for (size_t i = 0; in.good && i < in.left; i++)
        in.good = g_ascii_isprint((char)in.bytes[i]);
    size_t n = in.good ? in.left : 0;
    memcpy(name, in.bytes, n);
    name[n] = '\0';
    return in.good;
}

static date_t take_date(Unpacking *in) {
    int32_t value = 0;
    take(in, &value, sizeof value);
    if (value != DATE_NONE &&
        (value < date_from_ymd(1900, 1, 1) || value > date_from_ymd(2999, 12, 31)))
        in->good = false;
    return value;
}

static const char *take_reason(Unpacking *in, Arena *arena) {
    int length = take_int(in, 0, MAX_MESSAGE_BYTES);
    if (!in->good || (size_t)length > in->left) {
        in->good = false;
        return "";
    }
    char *text = arena_alloc(arena, (size_t)length + 1);
    take(in, text, (size_t)length);
    if (!g_utf8_validate(text, length, NULL))
        in->good = false;
    return text;
}

static void take_household(Unpacking *in, Arena *arena, const Operation *op, int h,
                           PlanHousehold *hh) {
    const int n_tasks = household_package(op, h)->n_tasks;
    hh->planned = take_int(in, false, true);
    hh->home = take_int(in, NONE, op->n_homes - 1);
    hh->nights_away = take_int(in, 0, INT32_MAX);
    hh->members = ARENA_NEW(arena, int, op->n_roles);
    for (int role = 0; role < op->n_roles; role++)
        hh->members[role] = take_int(in, NONE, op->n_resources - 1);
    hh->tasks = ARENA_NEW(arena, PlanTask, n_tasks);
    for (int a = 0; a < n_tasks; a++) {
        PlanTask *task = &hh->tasks[a];
        task->start = take_date(in);
        task->finish = take_date(in);
        task->start_minute = take_int(in, MINUTE_NONE, 24 * 60);
        task->finish_minute = take_int(in, MINUTE_NONE, 24 * 60);
        task->status = op->households[h].facts[a].status;
    }
    hh->n_reasons = take_int(in, 0, MAX_REASONS);
    if (!in->good)
        return;
    hh->reasons = ARENA_NEW(arena, const char *, hh->n_reasons);
    for (int i = 0; i < hh->n_reasons; i++)
        hh->reasons[i] = take_reason(in, arena);
}

Plan *plan_unpack(Arena *arena, const Operation *op, const uint8_t *bytes, size_t length) {
    Unpacking in = {bytes, length, true};
    Plan *plan = ARENA_NEW(arena, Plan, 1);
    plan->as_of = op->as_of;
    plan->status = PLAN_FEASIBLE;
    take(&in, &plan->total, sizeof plan->total);
    take(&in, &plan->bound, sizeof plan->bound);
    take(&in, plan->parts, sizeof plan->parts);
    plan->households = ARENA_NEW(arena, PlanHousehold, op->n_households);
    for (int h = 0; h < op->n_households && in.good; h++)
        take_household(&in, arena, op, h, &plan->households[h]);
    return in.good && in.left == 0 ? plan : NULL;
}
